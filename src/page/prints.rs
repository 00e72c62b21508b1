//! Fingerprints of what pages share: lists are made of cards, and each is looked through once for all lists it is in.

use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};
use tera::Value;

use crate::digest::Print;

/// How many threads can look for fingerprints without waiting for each other.
const SHARDS: usize = 16;

/// What is known of a mapping or a list. It is kept, so that nothing else can come to stand at its address.
type Known = (Value, Option<Print>);

/// By where a mapping or a list is.
#[derive(Debug, Default)]
pub struct Prints([Mutex<FxHashMap<usize, Known>>; SHARDS]);

impl Prints {
    /// Takes note of a mapping or a list that many pages share.
    pub(super) fn known(&self, shared: Value) -> Value {
        if let Some(at) = address(&shared) {
            self.shard(at).entry(at).or_insert_with(|| (shared.clone(), None));
        }
        shared
    }

    /// The fingerprint of a value, if it is known; `take` takes it the first time.
    pub fn of(&self, value: &Value, take: impl FnOnce() -> Print) -> Option<Print> {
        let at = address(value)?;
        let known = self.shard(at).get(&at)?.1;
        Some(known.unwrap_or_else(|| {
            let print = take();
            self.shard(at).insert(at, (value.clone(), Some(print)));
            print
        }))
    }

    fn shard(&self, at: usize) -> MutexGuard<'_, FxHashMap<usize, Known>> {
        let shard = &self.0[(FxBuildHasher.hash_one(at) >> 32) as usize % SHARDS];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a mapping or a list with anything in it is: the same for all that share it.
pub fn address(value: &Value) -> Option<usize> {
    let map = value.as_map().map(|map| std::ptr::from_ref(map).addr());
    map.or_else(|| value.as_array().filter(|list| !list.is_empty()).map(|list| list.as_ptr().addr()))
}
