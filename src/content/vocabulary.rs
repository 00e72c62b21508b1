//! The keys and words that the readers of front matter know, for those who describe them.

use super::{article, claim, evidence, media, page, party, picture};

/// The keys of each group, by the group's name in the schema.
pub const KEYS: &[(&str, &[&str])] = &[
    ("article", article::KEYS),
    ("withdrawn", article::WITHDRAWN),
    ("mention", article::MENTION),
    ("correction", article::CORRECTION),
    ("claim", claim::KEYS),
    ("quote", claim::QUOTE),
    ("appearance", claim::APPEARANCE),
    ("contact", claim::CONTACT),
    ("history", claim::HISTORY),
    ("source", evidence::KEYS),
    ("media", media::KEYS),
    ("original", media::ORIGINAL),
    ("picture", picture::KEYS),
    ("claimant", party::KEYS),
    ("page", page::PAGE),
    ("person", page::PERSON),
];

/// The words for the state of an article.
pub fn statuses() -> Vec<&'static str> {
    names(article::WORDS)
}

/// How the right of reply went.
pub fn outcomes() -> Vec<&'static str> {
    names(claim::OUTCOMES)
}

/// What a source says of a claim.
pub fn stances() -> Vec<&'static str> {
    names(evidence::STANCES)
}

/// The kinds of media.
pub fn media_kinds() -> Vec<&'static str> {
    names(media::KINDS)
}

/// How authentic media are.
pub fn categories() -> Vec<&'static str> {
    names(media::CATEGORIES)
}

/// The policies a page may state.
pub fn policies() -> Vec<&'static str> {
    names(page::POLICIES)
}

/// Person or organisation.
pub fn party_kinds() -> Vec<&'static str> {
    names(party::KINDS)
}

fn names<T>(words: &'static [(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(name, _)| *name).collect()
}
