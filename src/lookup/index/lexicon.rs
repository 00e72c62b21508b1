//! Which words there are: the forms that people write, their stems, and ways to forms that are not wholly
//! as written. Only grows; what no text has any more is passed over by those who ask.

use super::names::{NONE, Names};
use crate::lookup::tuning::{HEADS, SORTED, TAILS};

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
    /// By what forms are put together.
    pub(super) grams: Names,
    pub(super) words: Vec<Word>,
    /// For each form its first word.
    of_form: Vec<u32>,
    /// For each gram its first member.
    of_gram: Vec<u32>,
    /// Forms that have a gram, and the next member of the same gram.
    members: Vec<(u32, u32)>,
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
        let first = &mut self.of_form[form_id as usize];
        self.words.push(Word { form: form_id, stem, own, next: *first });
        *first = word;
        word
    }

    fn add_form(&mut self, form: &str, id: u32) {
        self.of_form.push(NONE);
        for gram in grams(form) {
            let (gram_id, new) = self.grams.add(&gram);
            if new {
                self.of_gram.push(NONE);
            }
            let first = &mut self.of_gram[gram_id as usize];
            self.members.push((id, *first));
            *first = self.members.len() as u32 - 1;
        }
    }

    /// The number of a word that is known.
    pub(super) fn get(&self, form: &str, stem: &str) -> Option<u32> {
        let (form, stem) = (self.forms.get(form)?, self.stems.get(stem)?);
        self.of(form).find(|id| self.words[*id as usize].stem == stem)
    }

    /// The words of a form.
    pub(super) fn of(&self, form: u32) -> impl Iterator<Item = u32> {
        let first = self.of_form.get(form as usize).copied();
        std::iter::successors(first.filter(|word| *word != NONE), |word| {
            Some(self.words[*word as usize].next).filter(|word| *word != NONE)
        })
    }

    /// The forms that have a gram, in no order that may be shown.
    pub(super) fn members(&self, gram: u32) -> impl Iterator<Item = u32> {
        let first = self.of_gram.get(gram as usize).copied().filter(|entry| *entry != NONE);
        let entries = std::iter::successors(first, |entry| {
            Some(self.members[*entry as usize].1).filter(|entry| *entry != NONE)
        });
        entries.map(|entry| self.members[entry as usize].0)
    }
}

/// By what a form is put together with others: how it begins, how it ends, and, if it is short, which letters
/// it has. One of these stays after most typing errors.
pub(super) fn grams(form: &str) -> Vec<String> {
    let mut letters: Vec<char> = form.chars().collect();
    let (head, tail) = (part(&letters, false), part(&letters, true));
    let mut grams = vec![format!("^{head}"), format!("${tail}")];
    if letters.len() <= SORTED {
        letters.sort_unstable();
        grams.push(format!("~{}", letters.iter().collect::<String>()));
    }
    grams
}

/// The first or last three letters; five where too many words have the same three.
fn part(letters: &[char], last: bool) -> String {
    let cut = |size: usize| -> String {
        let size = size.min(letters.len());
        let place = if last { letters.len() - size.. } else { 0.. };
        letters[place].iter().take(size).collect()
    };
    let three = cut(3);
    let many = if last { TAILS.contains(&three.as_str()) } else { HEADS.contains(&three.as_str()) };
    if many { cut(5) } else { three }
}
