//! Routes, found by their path.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::plan::Route;

/// Routes that are found by their path. The paths are not kept twice.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) routes: Vec<Route>,
    /// Indexes into `routes`, by the path's hash.
    by_path: HashTable<u32>,
}

impl Table {
    /// Of two routes with one path the first stays; the other comes back.
    pub(super) fn of(routes: Vec<Route>) -> (Self, Vec<Route>) {
        let hashes: Vec<u64> = routes.par_iter().map(|route| hash(&route.path)).collect();
        let mut table = Self {
            routes: Vec::with_capacity(routes.len()),
            by_path: HashTable::with_capacity(routes.len()),
        };
        let mut doubled = Vec::new();
        for (route, of_path) in routes.into_iter().zip(hashes) {
            if table.get(&route.path, of_path).is_some() {
                doubled.push(route);
                continue;
            }
            let index = u32::try_from(table.routes.len()).unwrap_or(u32::MAX);
            let known = &table.routes;
            table.by_path.insert_unique(of_path, index, |other| hash(&known[*other as usize].path));
            table.routes.push(route);
        }
        (table, doubled)
    }

    pub(super) fn get(&self, path: &str, hash: u64) -> Option<&Route> {
        let same = |index: &u32| self.routes[*index as usize].path == path;
        self.by_path.find(hash, same).map(|index| &self.routes[*index as usize])
    }
}

/// The hash a path is found by.
pub(super) fn hash(path: &str) -> u64 {
    let mut hasher = FxHasher::default();
    path.hash(&mut hasher);
    hasher.finish()
}
