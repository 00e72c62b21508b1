//! Claim lookup: "has this been checked?" Finds claims by the words people use for them.
//!
//! Knows texts and numbers, nothing of desks. `docs/lookup.md` has the rules; the browser follows the same
//! ones over the files of [`Published`].

mod fold;
mod index;
mod tuning;

pub use fold::{Folder, Word};
pub use index::{Found, Hit, Index};

/// What is looked up: the texts of a claim in one language.
#[derive(Debug, Clone, Copy)]
pub struct Text<'t> {
    /// The language it is written in, as a BCP 47 tag.
    pub lang: &'t str,
    /// The claim in one sentence.
    pub claim: &'t str,
    /// The article's headline.
    pub title: &'t str,
    /// What the desk found.
    pub finding: &'t str,
    /// Who claims it, as readers see the name; empty if nobody is named.
    pub claimant: &'t str,
    /// The topics as readers see them.
    pub topics: &'t [&'t str],
}

/// How many files the published index of so many claims is cut into. Depends on nothing else, so that
/// planning does not need the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shards {
    /// Files that lead from words to stems.
    pub words: usize,
    /// Files that lead from stems to claims.
    pub stems: usize,
    /// Files that lead from three letters to stems.
    pub grams: usize,
}

impl Shards {
    /// For so many claims in all languages.
    pub fn of(claims: usize) -> Self {
        let tier = |per: usize, most: usize| (claims / per).next_power_of_two().min(most);
        Self { words: tier(32, 1024), stems: tier(32, 1024), grams: tier(128, 256) }
    }
}

/// The index as files for browsers, JSON each; numbers of claims are positions in the order of building.
#[derive(Debug, Default)]
pub struct Published {
    /// What all lookups need: how texts are folded, how matches are weighed.
    pub rules: String,
    /// From words to stems, by [`Shards::words`].
    pub words: Vec<String>,
    /// From stems to claims, by [`Shards::stems`].
    pub stems: Vec<String>,
    /// From three letters to stems, by [`Shards::grams`].
    pub grams: Vec<String>,
}
