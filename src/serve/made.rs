//! Pictures that were made for the preview: a page that is shown again after an edit asks for all of
//! its pictures again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How much is remembered, in bytes: the pictures of a few dozen pages.
const MOST: usize = 48 * 1024 * 1024;

/// What was made last, by its key.
#[derive(Debug, Default)]
pub(super) struct Made(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    files: VecDeque<(String, Vec<u8>)>,
    bytes: usize,
}

impl Made {
    /// What was made from the same.
    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.files.iter().find(|(other, _)| other == key).map(|(_, bytes)| bytes.clone())
    }

    /// Remembers what was made, and forgets the oldest for it.
    pub(super) fn put(&self, key: String, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Two browsers may have asked at once.
        if bytes.len() > MOST || kept.files.iter().any(|(other, _)| *other == key) {
            return;
        }
        kept.bytes += bytes.len();
        kept.files.push_back((key, bytes.to_vec()));
        while kept.bytes > MOST {
            let Some((_, oldest)) = kept.files.pop_front() else {
                return;
            };
            kept.bytes -= oldest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Made};

    #[test]
    fn the_oldest_is_forgotten_first() {
        let made = Made::default();
        for name in ["a", "b", "c"] {
            made.put(name.to_owned(), &vec![0; MOST / 2]);
        }
        made.put("c".to_owned(), b"again");
        made.put("huge".to_owned(), &vec![0; MOST + 1]);
        assert!(made.get("a").is_none() && made.get("b").is_some() && made.get("huge").is_none());
        assert_eq!(made.get("c").map(|bytes| bytes.len()), Some(MOST / 2));
    }
}
