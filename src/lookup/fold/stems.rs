//! Stems: what the forms of a word share.

use std::fmt;

use pagefind_stem::{Algorithm, Stemmer};

use super::rules::{Words, primary};
use super::squeeze;

/// A language and its algorithm.
type Named = (&'static str, fn() -> Algorithm);

const ALGORITHMS: &[Named] = &[
    ("da", || Algorithm::Danish),
    ("de", || Algorithm::German),
    ("en", || Algorithm::English),
    ("es", || Algorithm::Spanish),
    ("fi", || Algorithm::Finnish),
    ("fr", || Algorithm::French),
    ("hu", || Algorithm::Hungarian),
    ("id", || Algorithm::Indonesian),
    ("it", || Algorithm::Italian),
    ("nb", || Algorithm::Norwegian),
    ("nl", || Algorithm::Dutch),
    ("nn", || Algorithm::Norwegian),
    ("no", || Algorithm::Norwegian),
    ("pl", || Algorithm::Polish),
    ("pt", || Algorithm::Portuguese),
    ("ro", || Algorithm::Romanian),
    ("sv", || Algorithm::Swedish),
    ("tr", || Algorithm::Turkish),
];

/// The stemmers of some languages.
pub(super) struct Stems(Vec<(&'static str, Stemmer)>);

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(lang, _)| lang)).finish()
    }
}

impl Stems {
    pub(super) fn new(langs: &[&str]) -> Self {
        let wanted = |code: &str| langs.iter().any(|lang| primary(lang) == code);
        let stemmers = ALGORITHMS.iter().filter(|(code, _)| wanted(code));
        Self(stemmers.map(|(code, algorithm)| (*code, Stemmer::create(algorithm()))).collect())
    }

    pub(super) fn of(&self, word: &str, lang: &str, words: &Words) -> String {
        let lang = primary(lang);
        let Some((_, stemmer)) = self.0.iter().find(|(code, _)| *code == lang) else {
            return squeeze(word);
        };
        if !word.chars().all(|c| c.is_ascii_lowercase()) {
            return squeeze(word);
        }
        if lang == "id" {
            return squeeze(&indonesian(word, stemmer, words));
        }
        squeeze(&stemmer.stem(word))
    }
}

/// The first letters of roots that come back when a prefix is taken off.
const SWALLOWED: &[(&str, &str)] = &[
    ("men", "t"),
    ("pen", "t"),
    ("meng", "k"),
    ("peng", "k"),
    ("meny", "s"),
    ("peny", "s"),
    ("mem", "p"),
    ("pem", "p"),
    ("be", "r"),
    ("te", "r"),
    ("pe", "r"),
    ("ke", "r"),
];

fn indonesian(word: &str, stemmer: &Stemmer, words: &Words) -> String {
    if words.roots.contains(word) {
        return word.to_owned();
    }
    let loan = ["isasi", "asi", "isme", "is"].iter().filter_map(|ending| word.strip_suffix(ending));
    if let Some(root) = loan.into_iter().find(|root| words.roots.contains(*root)) {
        return root.to_owned();
    }
    let stem = stemmer.stem(word);
    if words.roots.contains(stem.as_ref()) {
        return stem.into_owned();
    }
    let root = SWALLOWED.iter().filter(|(prefix, _)| word.contains(prefix)).find_map(|(_, letter)| {
        let root = format!("{letter}{stem}");
        words.roots.contains(&root).then_some(root)
    });
    root.unwrap_or_else(|| without_loan_ending(&stem, words).to_owned())
}

/// Takes off endings of loan words where enough is left to be a word of its own.
fn without_loan_ending<'w>(stem: &'w str, words: &Words) -> &'w str {
    if words.whole.contains(stem) {
        return stem;
    }
    for (ending, off) in [("isasi", "isasi"), ("asi", "asi"), ("isme", "me")] {
        if let Some(rest) = stem.strip_suffix(ending).filter(|rest| rest.len() >= 5) {
            return &stem[..rest.len() + ending.len() - off.len()];
        }
    }
    stem
}
