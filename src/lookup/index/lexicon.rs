//! Which words there are: the forms that people write, their stems, and ways to forms that are not wholly
//! as written. Only grows; what no text has any more is passed over by those who ask.

use super::names::{NONE, Names};
use crate::lookup::tuning::{HEADS, TYPO};

/// A form with one of its stems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) form: u32,
    pub(super) stem: u32,
    /// The form is the stem itself.
    pub(super) own: bool,
    /// The next word of the same form.
    next: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    pub(super) stems: Names,
    pub(super) forms: Names,
    heads: Names,
    pub(super) grams: Names,
    pub(super) words: Vec<Word>,
    /// For each form its first word, and the next form with the same head.
    of_form: Vec<(u32, u32)>,
    /// For each head its first form.
    of_head: Vec<u32>,
    /// For each trigram its first ending.
    of_gram: Vec<u32>,
    /// Forms that have a trigram near their end, and the next of the same trigram.
    endings: Vec<(u32, u32)>,
}

impl Lexicon {
    /// The number of a word, which may be new. A stem is a form of itself.
    pub(super) fn add(&mut self, form: &str, stem: &str) -> u32 {
        let (id, new) = self.stems.add(stem);
        if new && form != stem {
            self.add_word(stem, id, true);
        }
        self.get(form, stem).unwrap_or_else(|| self.add_word(form, id, form == stem))
    }

    fn add_word(&mut self, form: &str, stem: u32, own: bool) -> u32 {
        let (form_id, new) = self.forms.add(form);
        if new {
            self.add_form(form, form_id);
        }
        let word = self.words.len() as u32;
        let first = &mut self.of_form[form_id as usize].0;
        self.words.push(Word { form: form_id, stem, own, next: *first });
        *first = word;
        word
    }

    fn add_form(&mut self, form: &str, id: u32) {
        let (head_id, new) = self.heads.add(head(form));
        if new {
            self.of_head.push(NONE);
        }
        let first = &mut self.of_head[head_id as usize];
        self.of_form.push((NONE, *first));
        *first = id;
        for gram in endings(form) {
            let (gram_id, new) = self.grams.add(&gram);
            if new {
                self.of_gram.push(NONE);
            }
            let first = &mut self.of_gram[gram_id as usize];
            self.endings.push((id, *first));
            *first = self.endings.len() as u32 - 1;
        }
    }

    /// The number of a word that is known.
    pub(super) fn get(&self, form: &str, stem: &str) -> Option<u32> {
        let (form, stem) = (self.forms.get(form)?, self.stems.get(stem)?);
        self.of(form).find(|id| self.words[*id as usize].stem == stem)
    }

    /// The words of a form.
    pub(super) fn of(&self, form: u32) -> impl Iterator<Item = u32> {
        let first = self.of_form.get(form as usize).map(|of| of.0);
        std::iter::successors(first.filter(|word| *word != NONE), |word| {
            Some(self.words[*word as usize].next).filter(|word| *word != NONE)
        })
    }

    /// The forms with the same head, in no order that may be shown.
    pub(super) fn neighbours(&self, key: &str) -> impl Iterator<Item = u32> {
        let first = self.heads.get(head(key)).map(|head| self.of_head[head as usize]);
        std::iter::successors(first.filter(|form| *form != NONE), |form| {
            Some(self.of_form[*form as usize].1).filter(|form| *form != NONE)
        })
    }

    /// The forms with a trigram near their end, in no order that may be shown.
    pub(super) fn ending(&self, gram: u32) -> impl Iterator<Item = u32> {
        let first = self.of_gram.get(gram as usize).copied().filter(|entry| *entry != NONE);
        let entries = std::iter::successors(first, |entry| {
            Some(self.endings[*entry as usize].1).filter(|entry| *entry != NONE)
        });
        entries.map(|entry| self.endings[entry as usize].0)
    }
}

/// By what words are put together: their first three letters, or five where too many begin alike.
pub(super) fn head(key: &str) -> &str {
    let three = first(key, 3);
    if HEADS.contains(&three) { first(key, 5) } else { three }
}

/// The first letters of a key.
fn first(key: &str, letters: usize) -> &str {
    key.char_indices().nth(letters).map_or(key, |(end, _)| &key[..end])
}

/// The last three trigrams of a key, from the end, each once; none if it is short.
pub(super) fn endings(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    if letters.len() < TYPO[2] {
        return Vec::new();
    }
    let mut grams: Vec<String> = Vec::with_capacity(3);
    for gram in letters.windows(3).rev().take(3) {
        let gram: String = gram.iter().collect();
        if !grams.contains(&gram) {
            grams.push(gram);
        }
    }
    grams
}
