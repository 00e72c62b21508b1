//! What files look like from outside, to find those that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::walk::walk;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDisk {
    /// A file of its own.
    File,
    /// A folder.
    Folder,
    /// A link to something.
    Link,
    /// Nothing.
    Nothing,
}

/// Looks at a path without following a link.
pub fn on_disk(path: &Path) -> OnDisk {
    match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => OnDisk::Link,
        Ok(data) if data.is_file() => OnDisk::File,
        Ok(_) => OnDisk::Folder,
        Err(_) => OnDisk::Nothing,
    }
}

/// What every file of some folders looked like at one moment: its times, its length, which file it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<String, Stamp>);

/// What a file looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    /// When its content changed, as the system or whoever set it says: whether after 1970 began, and how far from that.
    changed: Option<(bool, Duration)>,
    /// Which file it is, and when the system last changed anything about it, which nobody can set: clocks jump, and
    /// programs give files the times of others.
    own: (u64, i64, i64),
    bytes: u64,
}

/// What stands for a file that cannot be looked at.
const UNSEEN: Stamp = Stamp { changed: None, own: (0, 0, 0), bytes: 0 };

/// What no file looks like.
const DOUBTED: Stamp = Stamp { bytes: u64::MAX, ..UNSEEN };

impl Stamps {
    /// Looks at one file and at all files in `folders`, by their paths from `root`.
    pub fn take(root: &Path, file: &str, folders: &[&str]) -> Self {
        let mut now = Self::default();
        now.0.insert(file.to_owned(), stamp(&root.join(file)));
        now.note_folders(root, folders);
        now
    }

    /// Takes note of all files of these folders.
    pub(crate) fn note_folders(&mut self, root: &Path, folders: &[&str]) {
        for folder in folders {
            let below = format!("{folder}/");
            self.0.retain(|path, _| !path.starts_with(&below));
            let (files, problems) = walk(root, folder);
            for (path, location) in files.iter() {
                self.0.insert(format!("{below}{path}"), stamp(location));
            }
            // What cannot be read is to be noticed too when it comes and when it goes.
            self.0.extend(problems.iter().map(|problem| (problem.path().to_owned(), UNSEEN)));
        }
    }

    /// Takes note of files that are about to be read, so that a later comparison is with what was
    /// read last. A file that was put in the place of a newer one has changed too.
    pub(crate) fn note(&mut self, root: &Path, paths: &BTreeSet<String>) {
        for path in paths {
            // A folder is left to the next look at everything.
            match std::fs::metadata(root.join(path)) {
                Ok(data) if data.is_file() => self.0.insert(path.clone(), seen(&data)),
                Ok(_) => None,
                Err(_) => self.0.remove(path),
            };
        }
    }

    /// Marks those of these files that were read though they were not there when note was taken: they
    /// came in between. If they are gone again at the next look, that is a change.
    pub(crate) fn doubt(&mut self, read: impl Iterator<Item = String>) {
        for path in read {
            self.0.entry(path).or_insert(DOUBTED);
        }
    }

    /// The files that are new, changed or gone since `before`.
    pub fn changed_since(&self, before: &Stamps) -> BTreeSet<String> {
        let changed = self.0.iter().filter(|(path, stamp)| before.0.get(*path) != Some(*stamp));
        let gone = before.0.keys().filter(|path| !self.0.contains_key(*path));
        changed.map(|(path, _)| path).chain(gone).cloned().collect()
    }
}

fn stamp(location: &Path) -> Stamp {
    std::fs::metadata(location).map_or(UNSEEN, |data| seen(&data))
}

fn seen(data: &std::fs::Metadata) -> Stamp {
    let changed = data.modified().ok().map(|time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (true, after),
        Err(before) => (false, before.duration()),
    });
    Stamp { changed, own: own(data), bytes: data.len() }
}

#[cfg(unix)]
fn own(data: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (data.ino(), data.ctime(), data.ctime_nsec())
}

/// Elsewhere, time and length have to do.
#[cfg(not(unix))]
fn own(_: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::Stamps;

    #[test]
    fn a_file_that_came_and_went_between_two_looks_is_a_change_if_it_was_read() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let mut before = Stamps::take(root.path(), "site.yaml", &["templates"]);
        let now = Stamps::take(root.path(), "site.yaml", &["templates"]);
        assert!(now.changed_since(&before).is_empty());

        before.doubt(["templates/a.html".to_owned(), "site.yaml".to_owned()].into_iter());
        let changed: Vec<_> = now.changed_since(&before).into_iter().collect();
        assert_eq!(changed, ["templates/a.html"], "what was noted is not doubted");
    }
}
