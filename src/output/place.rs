//! Where a site may be written, and that only one build does so at a time.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::output::error::OutputError;
use crate::output::manifest;

/// The lock file in the folder. It stays there: removing it would let a third build lock a file
/// that the second one, already waiting, does not see.
pub(super) const LOCK: &str = ".meja-lock";

/// What a site is made from, in its root.
const SOURCES: [&str; 4] = ["content", "templates", "static", "site.yaml"];

/// Names that do not make a folder foreign: an empty branch checked out to be published, and what
/// keeps an empty folder in git.
const BYSTANDERS: [&str; 3] = [".git", ".gitignore", ".gitkeep"];

/// The real path of `dir`, which need not exist, if it lies clear of what the site is made from.
pub(super) fn clear_of_sources(dir: &Path, root: &Path) -> Result<PathBuf, OutputError> {
    let over = |sources: PathBuf| OutputError::OverSources { folder: dir.to_owned(), sources };
    let folder = resolve(dir).map_err(|error| OutputError::io("find", dir, error))?;
    let real_root = resolve(root).map_err(|error| OutputError::io("find", root, error))?;
    if real_root.starts_with(&folder) {
        return Err(over(root.to_owned()));
    }
    for name in SOURCES {
        // A source may be a link to elsewhere, so its own real path counts.
        let shown = root.join(name);
        let real = resolve(&shown).map_err(|error| OutputError::io("find", &shown, error))?;
        let own = real_root.join(name);
        if folder.starts_with(&real) || real.starts_with(&folder) || folder.starts_with(own) {
            return Err(over(shown));
        }
    }
    Ok(folder)
}

/// The real path: links resolved as far as the path exists, the rest as it is written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut rest: Vec<Component<'_>> = Vec::new();
    let mut existing = absolute.as_path();
    let mut real = loop {
        match existing.canonicalize() {
            Ok(real) => break real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut components = existing.components();
        rest.extend(components.next_back());
        existing = components.as_path();
        if rest.len() > 255 || existing.as_os_str().is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
    };
    for component in rest.iter().rev() {
        match component {
            Component::ParentDir => {
                real.pop();
            }
            other => real.push(other),
        }
    }
    Ok(real)
}

/// Refuses a folder that holds anything without a manifest that says it is ours.
pub(super) fn refuse_foreign(folder: &Path, shown: &Path) -> Result<(), OutputError> {
    let cannot = |error| OutputError::io("read", shown, error);
    if fs::symlink_metadata(folder.join(manifest::NAME)).is_ok() {
        return Ok(());
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(manifest::RESERVED) && !BYSTANDERS.contains(&name.as_str()) {
            let slash = if entry.file_type().is_ok_and(|kind| kind.is_dir()) { "/" } else { "" };
            names.push(name + slash);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    names.sort_unstable();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    Err(OutputError::Foreign { folder: shown.to_owned(), files: names, more })
}

/// A lock of the folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Said outright: a program that another thread is just starting has the file open for a moment, and would hold the lock on.
        let _ = fs4::FileExt::unlock(&self.0);
    }
}

/// Locks the folder until the answer is dropped. The system holds the lock, so a killed build leaves
/// none behind.
pub(super) fn lock(folder: &Path, shown: &Path) -> Result<Lock, OutputError> {
    let path = folder.join(LOCK);
    let shown_path = shown.join(LOCK);
    let cannot = |error| OutputError::io("lock", &shown_path, error);
    // Opening a link would create or lock a file somewhere else.
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(OutputError::InTheWay { path: shown_path });
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(cannot)?;
    // Named in full, because newer compilers have a method of the same name with another error.
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(Lock(file)),
        Err(fs4::TryLockError::WouldBlock) => Err(OutputError::Locked { folder: shown.to_owned() }),
        // Some network file systems have no locks; building there unguarded beats not at all.
        Err(fs4::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Lock(file)),
        Err(fs4::TryLockError::Error(error)) => Err(cannot(error)),
    }
}
