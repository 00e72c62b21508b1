//! Names that are kept once and known by a number.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// Distinct names, numbered as they came. One piece of memory for all: a copy of many costs little.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    text: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Names {
    /// The name of a number; empty if there is none.
    pub(super) fn name(&self, id: u32) -> &str {
        name(&self.text, &self.ends, id)
    }

    /// The number of a name.
    pub(super) fn get(&self, wanted: &str) -> Option<u32> {
        self.table.find(hash(wanted), |id| self.name(*id) == wanted).copied()
    }

    /// The number of a name, and whether it is new.
    pub(super) fn add(&mut self, wanted: &str) -> (u32, bool) {
        if let Some(id) = self.get(wanted) {
            return (id, false);
        }
        let id = self.ends.len() as u32;
        self.text.push_str(wanted);
        self.ends.push(self.text.len() as u32);
        let (text, ends) = (&self.text, &self.ends);
        self.table.insert_unique(hash(wanted), id, |id| hash(name(text, ends, *id)));
        (id, true)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn name<'n>(text: &'n str, ends: &[u32], id: u32) -> &'n str {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends.get(id - 1).copied().unwrap_or_default() };
    ends.get(id).and_then(|end| text.get(start as usize..*end as usize)).unwrap_or_default()
}

/// The hash by which tables of this room find texts.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
