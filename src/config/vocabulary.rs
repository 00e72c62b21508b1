//! The keys and words that the readers of `site.yaml` know, for those who describe them.

use super::{checks, look, publisher, scale};

/// The keys of each group, by the group's name in the schema.
pub const KEYS: &[(&str, &[&str])] = &[
    ("site", super::KEYS),
    ("publisher", publisher::PUBLISHER),
    ("verdict", scale::VERDICT),
    ("kind", scale::KIND),
    ("menu", super::MENU_ITEM),
    ("submit", publisher::SUBMIT),
    ("theme", look::KEYS),
    ("markdown", super::MARKDOWN),
];

/// The rating scales that have a name.
pub fn scales() -> Vec<&'static str> {
    names(scale::SCALES)
}

/// The lists of kinds that have a name.
pub fn kinds() -> Vec<&'static str> {
    names(scale::KINDS)
}

/// What a verdict says at a glance.
pub fn tones() -> Vec<&'static str> {
    names(scale::TONES)
}

/// The levels of a rule.
pub fn levels() -> Vec<&'static str> {
    names(checks::LEVELS)
}

/// The lists that a desk can do without.
pub fn lists() -> Vec<&'static str> {
    names(super::LISTS)
}

/// What may happen to raw HTML.
pub fn raw_html() -> Vec<&'static str> {
    names(super::RAW_HTML)
}

fn names<T>(words: &'static [(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(name, _)| *name).collect()
}
