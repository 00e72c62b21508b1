//! What files look like from outside, to find those that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::walk::walk;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDisk {
    /// A file of its own.
    File,
    /// A folder, or a link to something.
    Other,
    /// Nothing.
    Nothing,
}

/// Looks at a path without following a link.
pub fn on_disk(path: &Path) -> OnDisk {
    match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => OnDisk::File,
        Ok(_) => OnDisk::Other,
        Err(_) => OnDisk::Nothing,
    }
}

/// What every file of some folders looked like at one moment: time of change and length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<String, (u128, u64)>);

impl Stamps {
    /// Looks at one file and at all files in `folders`, by their paths from `root`.
    pub fn take(root: &Path, file: &str, folders: &[&str]) -> Self {
        let mut stamps = Self::default();
        stamps.add(file.to_owned(), &root.join(file));
        for folder in folders {
            let (files, _) = walk(root, folder);
            for (path, location) in files.iter() {
                stamps.add(format!("{folder}/{path}"), location);
            }
        }
        stamps
    }

    fn add(&mut self, path: String, location: &Path) {
        let Ok(data) = std::fs::metadata(location) else {
            return;
        };
        let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        self.0.insert(path, (changed.map_or(0, |time| time.as_nanos()), data.len()));
    }

    /// The files that are new, changed or gone since `before`.
    pub fn changed_since(&self, before: &Stamps) -> BTreeSet<String> {
        let changed =
            self.0.iter().filter(|(path, stamp)| before.0.get(*path) != Some(*stamp)).map(|(path, _)| path);
        let gone = before.0.keys().filter(|path| !self.0.contains_key(*path));
        changed.chain(gone).cloned().collect()
    }
}
