//! From a word as it was asked for to the stems it may mean.

use std::cmp::Reverse;

use super::Index;
use super::lexicon::grams;
use crate::lookup::tuning::{AFTER, BEFORE, BEGUN, PEELED_LEAST, TYPO, TYPO_WAYS, WAYS, WEIGHTS};

/// A stem that a word may mean, and how sure that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) stem: u32,
    pub(super) weight: u32,
}

impl Index {
    /// The stems of a form that texts have.
    pub(super) fn exact(&self, key: &str) -> Vec<Way> {
        self.ways(self.lexicon.forms.get(key), WEIGHTS[0], WAYS)
    }

    /// The stems of the forms that a word begins; none if it is too short to say by what they are put together.
    pub(super) fn prefixed(&self, key: &str) -> Vec<Way> {
        let mut forms = grams(key).first().map(|head| self.sharing(head)).unwrap_or_default();
        forms.retain(|form| self.lexicon.forms.name(*form).starts_with(key));
        self.ways(self.frequent(forms, BEGUN), WEIGHTS[2], WAYS)
    }

    /// The stems of a word that no text has. That a short one begins others says little, unless it is still
    /// being typed.
    pub(super) fn guessed(&self, key: &str, long: bool, open: bool) -> Vec<Way> {
        let peeled = self.peeled(key);
        if !peeled.is_empty() {
            return peeled;
        }
        let is_begun = open || !(long || key.chars().count() < PEELED_LEAST);
        let prefixed = if is_begun { self.prefixed(key) } else { Vec::new() };
        if !prefixed.is_empty() {
            return prefixed;
        }
        // In a message only what begins alike: it has many words, and lists of endings are long.
        for gram in grams(key).iter().take(if long { 1 } else { usize::MAX }) {
            let (wrong, forms) = self.nearest(key, self.sharing(gram));
            if !forms.is_empty() {
                return self.ways(self.frequent(forms, TYPO_WAYS), WEIGHTS[2 + wrong], TYPO_WAYS);
            }
        }
        Vec::new()
    }

    fn peeled(&self, key: &str) -> Vec<Way> {
        let known = peels(key).into_iter().filter_map(|peel| {
            let ways = self.ways(self.lexicon.forms.get(&peel), WEIGHTS[1], WAYS);
            (!ways.is_empty()).then_some((peel.chars().count(), ways))
        });
        // The longest; of equals the first.
        known.reduce(|best, next| if next.0 > best.0 { next } else { best }).unwrap_or_default().1
    }

    /// Those forms that differ least from a word, and in how many letters.
    fn nearest(&self, key: &str, forms: Vec<u32>) -> (usize, Vec<u32>) {
        let letters: Vec<char> = key.chars().collect();
        let reach = usize::from(TYPO[0] <= letters.len()) + usize::from(TYPO[1] <= letters.len());
        let mut least = reach;
        let mut nearest = Vec::new();
        for form in forms {
            let other: Vec<char> = self.lexicon.forms.name(form).chars().collect();
            let wrong = distance(&letters, &other, least).filter(|_| self.frequency(form) > 0);
            let Some(wrong) = wrong else {
                continue;
            };
            if wrong < least {
                nearest.clear();
            }
            least = wrong;
            nearest.push(form);
        }
        (least, nearest)
    }

    /// The forms that have a gram.
    fn sharing(&self, gram: &str) -> Vec<u32> {
        self.lexicon.grams.get(gram).map(|gram| self.lexicon.members(gram).collect()).unwrap_or_default()
    }

    /// How many texts have the most frequent stem of a form; none if no text has the form.
    pub(super) fn frequency(&self, form: u32) -> usize {
        let live = self.lexicon.of(form).filter(|word| self.is_live(*word));
        live.map(|word| self.having(self.lexicon.words[word as usize].stem).len()).max().unwrap_or_default()
    }

    /// Some of the forms that texts have, the most frequent first, of equals by the alphabet.
    pub(super) fn frequent(&self, forms: Vec<u32>, most: usize) -> Vec<u32> {
        let known =
            forms.into_iter().map(|form| (self.frequency(form), form)).filter(|(texts, _)| *texts > 0);
        let mut known: Vec<(usize, u32)> = known.collect();
        known.sort_unstable_by(|a, b| {
            let names = (self.lexicon.forms.name(a.1), self.lexicon.forms.name(b.1));
            b.0.cmp(&a.0).then_with(|| by_units(names.0, names.1))
        });
        known.into_iter().take(most).map(|known| known.1).collect()
    }

    /// The stems of forms, the most frequent first, of equals by the alphabet.
    fn ways(&self, forms: impl IntoIterator<Item = u32>, weight: u32, most: usize) -> Vec<Way> {
        let words = forms.into_iter().flat_map(|form| self.lexicon.of(form));
        let live = words.filter(|word| self.is_live(*word));
        let mut stems: Vec<u32> = live.map(|word| self.lexicon.words[word as usize].stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems.sort_by(|a, b| {
            let order = Reverse(self.having(*a).len()).cmp(&Reverse(self.having(*b).len()));
            order.then_with(|| by_units(self.lexicon.stems.name(*a), self.lexicon.stems.name(*b)))
        });
        stems.truncate(most);
        stems.into_iter().map(|stem| Way { stem, weight }).collect()
    }
}

/// The order of texts in browsers: by UTF-16 units.
pub(super) fn by_units(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// What may stay of a word without its affixes: first without what stands before, then without what
/// stands after, then without both.
fn peels(key: &str) -> Vec<String> {
    let befores = BEFORE
        .iter()
        .filter_map(|(before, instead)| key.strip_prefix(before).map(|rest| format!("{instead}{rest}")));
    let starts: Vec<String> = std::iter::once(key.to_owned()).chain(befores).collect();
    let mut peels: Vec<String> = Vec::new();
    for start in &starts {
        let afters = AFTER.iter().filter_map(|after| start.strip_suffix(after));
        for peel in std::iter::once(start.as_str()).chain(afters) {
            let known = peel == key || peels.iter().any(|known| known == peel);
            if !known && peel.chars().count() >= PEELED_LEAST {
                peels.push(peel.to_owned());
            }
        }
    }
    peels
}

/// How many letters are wrong, missing, too many or swapped with their neighbour, if not more than `reach`.
fn distance(a: &[char], b: &[char], reach: usize) -> Option<usize> {
    if reach == 0 || a.len().abs_diff(b.len()) > reach {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(b.len() + 1);
        next.push(row + 1);
        for (column, other) in b.iter().enumerate() {
            let mut least =
                (last[column] + usize::from(letter != other)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == b[column - 1] && a[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|distance| *distance <= reach)
}
