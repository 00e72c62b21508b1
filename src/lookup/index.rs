//! The index: from words to the claims that have them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Folder, Published, Text};

/// A claim that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its position in the order of building.
    pub claim: usize,
    /// How well it fits; only to be compared with others of the same lookup.
    pub score: u32,
    /// Which part of what was asked for it has, in percent.
    pub share: u8,
}

/// What a lookup brought.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The claims, the best first; of equals the later position first.
    pub hits: Vec<Hit>,
    /// The folded words that were understood.
    pub words: Vec<String>,
}

/// Which claims have which words. Texts are numbered by their position when it was built.
#[derive(Debug, Clone)]
pub struct Index {
    folder: Arc<Folder>,
    texts: Vec<Arc<BTreeSet<String>>>,
}

impl Index {
    /// Indexes texts.
    pub fn build(folder: &Arc<Folder>, texts: &[Text<'_>]) -> Self {
        let texts = texts.iter().map(|text| Arc::new(words(folder, text))).collect();
        Self { folder: Arc::clone(folder), texts }
    }

    /// The index of other texts, of which most are known: `known` has for each position the position
    /// in this index of a text that is wholly the same, or none; then `text` is asked for it.
    /// Equals an index that was built anew.
    #[must_use]
    pub fn update<'t>(&self, known: &[Option<usize>], text: impl Fn(usize) -> Text<'t>) -> Self {
        let each = known.iter().enumerate().map(|(position, old)| match old {
            Some(old) => Arc::clone(&self.texts[*old]),
            None => Arc::new(words(&self.folder, &text(position))),
        });
        Self { folder: Arc::clone(&self.folder), texts: each.collect() }
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The claims that a text, from a single word to a long message, is about. At most `most`, of those
    /// that `wanted` lets through.
    pub fn find(&self, text: &str, most: usize, wanted: impl Fn(usize) -> bool) -> Found {
        let asked: BTreeSet<String> = self.folder.words(text).into_iter().map(|word| word.key).collect();
        let mut hits: Vec<Hit> = (0..self.texts.len())
            .filter(|claim| wanted(*claim))
            .map(|claim| {
                let same = asked.intersection(&self.texts[claim]).count();
                let share = same * 100 / asked.len().max(1);
                Hit { claim, score: same as u32, share: share as u8 }
            })
            .filter(|hit| hit.score > 0)
            .collect();
        hits.sort_by(|a, b| b.score.cmp(&a.score).then(b.claim.cmp(&a.claim)));
        hits.truncate(most);
        Found { hits, words: asked.into_iter().collect() }
    }

    /// The claims closest to one of them, itself not among them.
    pub fn related(&self, claim: usize, most: usize, wanted: impl Fn(usize) -> bool) -> Vec<Hit> {
        let asked: Vec<&str> = self.texts[claim].iter().map(String::as_str).collect();
        self.find(&asked.join(" "), most, |other| other != claim && wanted(other)).hits
    }

    /// Claims that say nearly the same as one of them, with the likeness of their words in percent, the
    /// most alike first.
    pub fn alike(&self, claim: usize) -> Vec<(usize, u8)> {
        self.related(claim, 5, |_| true)
            .iter()
            .filter(|hit| hit.share > 70)
            .map(|hit| (hit.claim, hit.share))
            .collect()
    }

    /// The index as files.
    pub fn publish(&self) -> Published {
        let mut stems: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, words) in self.texts.iter().enumerate() {
            for word in words.iter() {
                stems.entry(word).or_default().push(position);
            }
        }
        Published { stems: vec![serde_json::to_string(&stems).unwrap_or_default()], ..Published::default() }
    }
}

fn words(folder: &Folder, text: &Text<'_>) -> BTreeSet<String> {
    let mut all: Vec<&str> = vec![text.claim, text.title, text.finding, text.claimant];
    all.extend(text.topics);
    all.into_iter().flat_map(|text| folder.words(text)).map(|word| word.key).collect()
}
