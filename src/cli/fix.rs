//! Writes what `meja check --fix` mends.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use meja::check::mend;
use meja::content::{io_words, leads_out};
use meja::diagnostic::{Diagnostic, Fix};

/// What became of the mends of all files.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// How many were made.
    pub(super) made: usize,
    /// In how many files.
    pub(super) files: usize,
    /// How many were left because they touch others.
    pub(super) left: usize,
    /// Files that were left as they are, and why.
    pub(super) refused: Vec<String>,
}

/// Mends file by file. What cannot be written stays as it was.
pub(super) fn mend_all<'d>(root: &Path, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Done {
    let mut by_file: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for fix in diagnostics.filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        by_file.entry(fix.source.path.as_str()).or_default().push(fix);
    }
    let mut done = Done::default();
    for (path, fixes) in by_file {
        let source = &fixes[0].source;
        let mended = mend(source, &fixes);
        done.left += mended.left;
        match write(root, path, &source.text, &mended.text) {
            Ok(()) => {
                done.made += mended.made;
                done.files += 1;
            }
            Err(reason) => done.refused.push(format!("`{path}` stays as it is: {reason}")),
        }
    }
    done
}

/// Puts a file's new text in the place of the old one in one step.
pub(super) fn write(root: &Path, path: &str, old: &str, new: &str) -> Result<(), String> {
    let place = root.join(path);
    if leads_out(root, &place) {
        return Err("it is a link out of the desk's folder".to_owned());
    }
    // A link within the desk stays a link; what it leads to is written.
    let real = place.canonicalize().map_err(|error| io_words(&error))?;
    match fs::read(&real) {
        Ok(bytes) if bytes == old.as_bytes() => {}
        Ok(_) => return Err("it was changed meanwhile".to_owned()),
        Err(error) => return Err(io_words(&error)),
    }
    let coming = beside(&real).ok_or_else(|| "it has no name".to_owned())?;
    let written = replace(&real, &coming, new.as_bytes());
    if written.is_err() {
        // Nothing half written is left behind; that it is not there is fine.
        let _ = fs::remove_file(&coming);
    }
    written.map_err(|error| io_words(&error))
}

/// A hidden name in the same folder, so that a rename can move it into place.
fn beside(real: &Path) -> Option<PathBuf> {
    let name = real.file_name()?.to_string_lossy();
    Some(real.with_file_name(format!(".{name}.{}.tmp", std::process::id())))
}

fn replace(real: &Path, coming: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(real)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(coming)?;
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()?;
    drop(file);
    fs::rename(coming, real)
}
