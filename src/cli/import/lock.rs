//! One import at a time.

use std::fs;
use std::io;
use std::path::Path;

use meja::content::{io_words, leads_out};

use super::super::Ended;

/// The file that an import locks.
const LOCK: &str = ".meja/import.lock";

/// Locks the desk against a second import until the file is dropped. The system holds the lock, so an import that
/// was killed leaves none behind.
pub(super) fn lock(root: &Path) -> Result<fs::File, Ended> {
    let cannot =
        |error: &io::Error| Ended::Machine(format!("cannot lock `{LOCK}`: {}", io_words(error)), None);
    let path = root.join(LOCK);
    let folder = root.join(".meja");
    fs::create_dir_all(&folder).map_err(|error| cannot(&error))?;
    if leads_out(root, &folder) {
        return Err(Ended::Machine("`.meja` leads out of the desk's folder".to_owned(), None));
    }
    // Opening a link would make or lock a file somewhere else.
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Ended::Machine(format!("`{LOCK}` is in the way: it is no file"), None));
    }
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| cannot(&error))?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => Err(Ended::Machine(
            "another import is writing this desk".to_owned(),
            Some("wait for it to end, or stop it".to_owned()),
        )),
        // Some network file systems have no locks; importing there unguarded beats not at all.
        Err(fs4::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(fs4::TryLockError::Error(error)) => Err(cannot(&error)),
    }
}
