//! Folding: from text as people write it to words that can be compared. `docs/lookup.md` has the rules.

mod letters;
mod numbers;
mod plain;
mod rules;
mod runs;
mod stems;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rules::Words;
use runs::{Kind, Piece};
use stems::Stems;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What words are compared by: folded, with every repeated letter once.
    pub key: String,
    /// What the stemmer sees: folded, with no letter more than twice in a row.
    pub text: String,
}

/// Folds texts of some languages.
#[derive(Debug)]
pub struct Folder {
    words: Words,
    stems: Stems,
}

/// A piece with what it is compared by.
#[derive(Debug)]
struct Token {
    piece: Piece,
    key: String,
}

impl Folder {
    /// For texts in these languages (BCP 47 tags).
    pub fn new(langs: &[&str]) -> Self {
        Self { words: rules::words(langs), stems: Stems::new(langs) }
    }

    /// The words of a text, in their order.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.each_word(text, |key, text| words.push(Word { key: key.to_owned(), text: text.to_owned() }));
        words
    }

    /// Gives each word of a text, as [`Word::key`] and [`Word::text`], in their order.
    pub(super) fn each_word(&self, text: &str, mut take: impl FnMut(&str, &str)) {
        let mut last = String::new();
        let mut add = |key: &str, text: &str| {
            if last != key {
                key.clone_into(&mut last);
                take(key, text);
            }
        };
        let (mut runs, mut plain) = (Vec::new(), Vec::new());
        for part in plain::parts(text) {
            if plain::runs(part, &mut runs) && self.fold_plain(part, &runs, &mut plain) {
                plain
                    .iter()
                    .take(runs.len())
                    .for_each(|word: &Word| add_word(&word.key, &word.text, &mut add));
            } else {
                self.fold_all(part, &mut add);
            }
        }
    }

    /// Folds runs of letters into `words`, if none of them may be part of a number.
    fn fold_plain(&self, part: &str, runs: &[Range<usize>], words: &mut Vec<Word>) -> bool {
        words.resize_with(words.len().max(runs.len()), || Word { key: String::new(), text: String::new() });
        runs.iter().zip(words).all(|(run, word)| {
            let raw = &part[run.clone()];
            word.text.clear();
            word.text.extend(raw.chars().map(|c| c.to_ascii_lowercase()));
            squeeze_into(&word.text, &mut word.key);
            if let Some(text) = self.words.chat.get(&word.key) {
                text.clone_into(&mut word.text);
                squeeze_into(&word.text, &mut word.key);
            } else if word.key.len() + 1 < word.text.len() {
                word.text = at_most(2, &word.text);
            }
            !self.words.numbers.contains_key(&word.key)
        })
    }

    /// Folds a text by all steps.
    fn fold_all(&self, text: &str, add: &mut impl FnMut(&str, &str)) {
        let chars = letters::clean(text);
        let pieces = numbers::joined(&chars, runs::pieces(&chars, &self.words));
        let tokens: Vec<Token> = pieces.into_iter().map(|piece| self.token(piece)).collect();
        let mut at = 0;
        while at < tokens.len() {
            if let Some((number, used)) = numbers::spoken(&chars, &tokens[at..], &self.words) {
                add(&number, &number);
                at += used;
                continue;
            }
            let token = &tokens[at];
            match token.piece.kind {
                Kind::Spaceless => pairs(&token.piece.text, |pair| add(pair, pair)),
                Kind::Digits | Kind::Letters => add_word(&token.key, &token.piece.text, add),
            }
            at += 1;
        }
    }

    /// The stem of a word (its [`Word::text`]) in a language, as a key. The key of the word if there is no
    /// stemmer for the language.
    pub fn stem(&self, word: &str, lang: &str) -> String {
        self.stems.of(word, lang, &self.words)
    }

    /// Whether a key is of a word that says nothing about what a text is about.
    pub fn is_stop(&self, key: &str) -> bool {
        self.words.stop.contains(key)
    }

    /// All that the browser needs to fold the same way.
    pub fn rules(&self) -> serde_json::Value {
        self.words.published()
    }

    fn token(&self, mut piece: Piece) -> Token {
        if piece.kind != Kind::Letters {
            return Token { key: piece.text.clone(), piece };
        }
        let key = squeeze(&piece.text);
        if let Some(text) = self.words.chat.get(&key) {
            return Token { key: squeeze(text), piece: Piece { text: text.clone(), ..piece } };
        }
        if key.len() + 1 < piece.text.len() {
            piece.text = at_most(2, &piece.text);
        }
        Token { piece, key }
    }
}

/// Gives a word; what is short for several stands in the table with `_` between them.
fn add_word(key: &str, text: &str, add: &mut impl FnMut(&str, &str)) {
    key.split('_').zip(text.split('_')).for_each(|(key, text)| add(key, text));
}

/// A word with every repeated letter once. Two letters are left: `UU` is not `U`.
fn squeeze(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    squeeze_into(word, &mut out);
    out
}

/// As [`squeeze`], without a new text.
fn squeeze_into(word: &str, out: &mut String) {
    out.clear();
    if word.len() == 2 { out.push_str(word) } else { at_most_into(1, word, out) }
}

/// A word with no letter more often in a row than this; digits stay.
fn at_most(most: usize, word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    at_most_into(most, word, &mut out);
    out
}

fn at_most_into(most: usize, word: &str, out: &mut String) {
    let (mut last, mut times) = ('\0', 0);
    for c in word.chars() {
        times = if c == last && !c.is_ascii_digit() { times + 1 } else { 1 };
        last = c;
        if times <= most {
            out.push(c);
        }
    }
}

/// The overlapping pairs of a text without spaces.
fn pairs(text: &str, mut add: impl FnMut(&str)) {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    if ends.len() < 2 {
        return add(text);
    }
    let mut start = 0;
    for two in ends.windows(2) {
        add(&text[start..two[1]]);
        start = two[0];
    }
}
