//! Folding: from text as people write it to words that can be compared. `docs/lookup.md` has the rules.

mod letters;
mod numbers;
mod rules;
mod runs;
mod stems;
#[cfg(test)]
mod tests;

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
        let chars = letters::clean(text);
        let pieces = numbers::joined(&chars, runs::pieces(&chars, &self.words));
        let mut tokens: Vec<Token> = pieces.into_iter().map(|piece| self.token(piece)).collect();
        let mut out: Vec<Word> = Vec::with_capacity(tokens.len());
        let mut add = |key: String, text: String| {
            if out.last().is_none_or(|last| last.key != key) {
                out.push(Word { key, text });
            }
        };
        let mut at = 0;
        while at < tokens.len() {
            if let Some((number, used)) = numbers::spoken(&chars, &tokens[at..], &self.words) {
                add(number.clone(), number);
                at += used;
                continue;
            }
            let token = &mut tokens[at];
            let (key, text) = (std::mem::take(&mut token.key), std::mem::take(&mut token.piece.text));
            match token.piece.kind {
                Kind::Spaceless => pairs(&text, |pair| add(pair.to_owned(), pair.to_owned())),
                // What is short for several words stands in the table with `_` between them.
                Kind::Digits | Kind::Letters => {
                    key.split('_')
                        .zip(text.split('_'))
                        .for_each(|(key, text)| add(key.to_owned(), text.to_owned()));
                }
            }
            at += 1;
        }
        out
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

/// A word with every repeated letter once. Two letters are left: `UU` is not `U`.
fn squeeze(word: &str) -> String {
    if word.len() == 2 { word.to_owned() } else { at_most(1, word) }
}

/// A word with no letter more often in a row than this; digits stay.
fn at_most(most: usize, word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut times) = ('\0', 0);
    for c in word.chars() {
        times = if c == last && !c.is_ascii_digit() { times + 1 } else { 1 };
        last = c;
        if times <= most {
            out.push(c);
        }
    }
    out
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
