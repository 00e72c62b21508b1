//! How files get into a folder: nothing is written behind a link that leads out of it.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use meja::content::{io_words, leads_out};

/// Writes a file that is not there yet, and says whether it was written. A link there counts as a file.
pub(super) fn write_new(folder: &Path, path: &str, text: &str) -> Result<bool, String> {
    let place = prepared(folder, path)?;
    let mut new = match OpenOptions::new().write(true).create_new(true).open(&place) {
        Ok(new) => new,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(io_words(&error)),
    };
    new.write_all(text.as_bytes()).map(|()| true).map_err(|error| {
        // Half a file would be taken for one that somebody wrote.
        let _ = fs::remove_file(&place);
        io_words(&error)
    })
}

/// Writes a file that is wholly Meja's, whatever stands there.
pub(super) fn renew(folder: &Path, path: &str, text: &str) -> Result<(), String> {
    let place = prepared(folder, path)?;
    if place.is_symlink() {
        return Err("it is a link".to_owned());
    }
    fs::write(&place, text).map_err(|error| io_words(&error))
}

/// The place of a file, with the folders above it made.
pub(super) fn prepared(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let place = folder.join(path);
    let parent = place.parent().unwrap_or(folder);
    // Asked before a folder is made: that one would be made behind the link, too.
    if parent.ancestors().find(|above| above.exists()).is_some_and(|above| leads_out(folder, above)) {
        return Err("it would stand behind a link out of the folder".to_owned());
    }
    fs::create_dir_all(parent).map_err(|error| io_words(&error))?;
    Ok(place)
}
