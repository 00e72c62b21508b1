//! A list whose copies share what neither of them changed.

use std::sync::Arc;

/// So many things are copied if one of them changes.
const SIZE: usize = 32;

#[derive(Debug, Clone)]
pub(super) struct Chunks<T> {
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T: Clone + Default> Chunks<T> {
    pub(super) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / SIZE)?.get(index % SIZE)
    }

    /// The thing at a place, to be changed; the list grows until there is one.
    pub(super) fn at(&mut self, index: usize) -> &mut T {
        while self.chunks.len() <= index / SIZE {
            self.chunks.push(Arc::new(vec![T::default(); SIZE]));
        }
        &mut Arc::make_mut(&mut self.chunks[index / SIZE])[index % SIZE]
    }
}
