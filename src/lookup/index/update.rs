//! Other texts for an index, most of them known.

use super::gather::{self, Doc};
use super::names::NONE;
use super::{Index, Posting, Text};

impl Index {
    /// The index of other texts, of which most are known: `known` has for each position the position
    /// in this index of a text that is wholly the same, or none; then `text` is asked for it.
    /// Equals an index that was built anew. `text` must answer for every position.
    #[must_use]
    pub fn update<'t>(&self, known: &[Option<usize>], text: impl Fn(usize) -> Text<'t>) -> Self {
        let mut next = self.clone();
        next.positions.fill(NONE);
        next.slots = vec![NONE; known.len()];
        let mut strange = Vec::new();
        for (position, old) in known.iter().enumerate() {
            let slot = old.and_then(|old| self.slots.get(old)).copied().unwrap_or(NONE);
            // A text that stands twice is taken in a second time.
            match next.positions.get_mut(slot as usize) {
                Some(place) if *place == NONE => {
                    *place = position as u32;
                    next.slots[position] = slot;
                }
                _ => strange.push(position),
            }
        }
        let gone: Vec<u32> =
            self.slots.iter().copied().filter(|slot| next.positions[*slot as usize] == NONE).collect();
        for slot in gone {
            next.forget(slot);
        }
        let texts: Vec<Text<'_>> = strange.iter().map(|position| text(*position)).collect();
        let docs = gather::docs(&self.folder, &mut next.lexicon, &texts);
        next.used.resize(next.lexicon.words.len(), 0);
        let mut free = 0..;
        for (position, doc) in strange.into_iter().zip(docs) {
            let is_free = |slot: &usize| next.positions.get(*slot).is_none_or(|place| *place == NONE);
            let slot = free.find(is_free).unwrap_or(next.positions.len());
            if slot == next.positions.len() {
                next.positions.push(NONE);
            }
            next.positions[slot] = position as u32;
            next.slots[position] = slot as u32;
            next.learn(slot as u32, doc);
        }
        next
    }

    /// Takes a text out.
    fn forget(&mut self, slot: u32) {
        let doc = std::mem::take(self.docs.at(slot as usize));
        for word in &doc.words {
            if let Some(texts) = self.used.get_mut(*word as usize) {
                *texts = texts.saturating_sub(1);
            }
        }
        for term in &doc.terms {
            let having = self.postings.at(term.stem as usize);
            if let Ok(place) = having.binary_search_by_key(&slot, |posting| posting.slot) {
                having.remove(place);
            }
        }
    }

    /// Takes a text in.
    fn learn(&mut self, slot: u32, doc: Doc) {
        for word in &doc.words {
            if let Some(texts) = self.used.get_mut(*word as usize) {
                *texts += 1;
            }
        }
        for term in &doc.terms {
            let having = self.postings.at(term.stem as usize);
            let place = having.partition_point(|posting| posting.slot < slot);
            having.insert(place, Posting { slot, impact: term.impact });
        }
        *self.docs.at(slot as usize) = doc;
    }
}
