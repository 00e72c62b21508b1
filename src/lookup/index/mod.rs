//! The index: from words to the claims that have them.

mod ask;
mod chunks;
mod expand;
mod find;
mod gather;
mod lexicon;
mod names;
mod publish;
mod related;
#[cfg(test)]
mod tests;
mod update;

use std::sync::Arc;

use chunks::Chunks;
use gather::Doc;
use lexicon::Lexicon;
use names::NONE;

use super::{Folder, Text};

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The claims, the best first; of equals the later position first.
    pub hits: Vec<Hit>,
    /// The folded words that were understood.
    pub words: Vec<String>,
    /// Which part of what was asked for the index knows, in percent.
    pub understood: u8,
    /// Claims were found, but even the best is perhaps only related to what was asked for.
    pub weak: bool,
}

/// Which claims have which words. Texts are numbered by their position when it was built.
///
/// Inside, a text keeps its *slot* however positions move, so that a copy with other texts shares what
/// did not change. Nothing that comes out depends on slots or on the numbers of words.
#[derive(Debug, Clone)]
pub struct Index {
    folder: Arc<Folder>,
    lexicon: Arc<Lexicon>,
    /// How many texts have a word, by its number.
    used: Vec<u32>,
    /// For each stem the slots that have it, with impacts, by slot.
    postings: Chunks<Vec<Posting>>,
    /// What is kept of texts, by slot.
    docs: Chunks<Doc>,
    /// The slot of each position.
    slots: Vec<u32>,
    /// The position of each slot, or none.
    positions: Vec<u32>,
}

/// A text that has a stem.
#[derive(Debug, Clone, Copy)]
struct Posting {
    slot: u32,
    impact: u8,
}

impl Index {
    /// Indexes texts.
    pub fn build(folder: &Arc<Folder>, texts: &[Text<'_>]) -> Self {
        let empty = Self {
            folder: Arc::clone(folder),
            lexicon: Arc::default(),
            used: Vec::new(),
            postings: Chunks::default(),
            docs: Chunks::default(),
            slots: Vec::new(),
            positions: Vec::new(),
        };
        empty.update(&vec![None; texts.len()], |position| texts[position])
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The texts that have a stem.
    fn having(&self, stem: u32) -> &[Posting] {
        self.postings.get(stem as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a text has a word, given by its number.
    fn is_live(&self, word: u32) -> bool {
        let own = self
            .lexicon
            .words
            .get(word as usize)
            .is_some_and(|word| word.own && !self.having(word.stem).is_empty());
        own || self.used.get(word as usize).is_some_and(|texts| *texts > 0)
    }

    /// What is kept of the text of a position.
    fn doc(&self, position: usize) -> Option<&Doc> {
        self.docs.get(*self.slots.get(position)? as usize)
    }

    /// The position of a slot.
    fn position(&self, slot: u32) -> usize {
        self.positions.get(slot as usize).copied().unwrap_or(NONE) as usize
    }
}
