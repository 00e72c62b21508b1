//! What costly files were made from, so that a build that would make the same ones again need not.
//!
//! A card or a picture takes milliseconds, so its route has a key: a digest of everything its bytes
//! depend on. Beside the key stands the digest of the bytes. A file is kept only if both agree,
//! whatever happened to the folder in between.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::digest::{sha256, sha256_of};

/// Its name in the folder.
pub(super) const NAME: &str = ".meja-made";

const HEADER: &str = "meja-made 1";

/// By path: the key of a file and the digest of its bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Made(BTreeMap<String, (String, String)>);

impl Made {
    /// Reads the list. One that is missing, damaged or of another version knows nothing: its files
    /// are made again.
    pub(super) fn read(folder: &Path) -> Self {
        let path = folder.join(NAME);
        // A pipe or a link to a device would be read for ever.
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        let text = is_file.then(|| fs::read_to_string(path).ok()).flatten().unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Self::default();
        }
        let entry = |line: &str| {
            let mut parts = line.split('\t');
            let (path, key, digest) = (parts.next()?, parts.next()?, parts.next()?);
            Some((path.to_owned(), (key.to_owned(), digest.to_owned())))
        };
        Self(lines.filter_map(entry).collect())
    }

    /// The size of the file at `location` if it was made from this key and is as it was made.
    pub(super) fn holds(&self, path: &str, key: &str, location: &Path) -> Option<u64> {
        let (known, digest) = self.0.get(path)?;
        if known != key || !fs::symlink_metadata(location).is_ok_and(|found| found.is_file()) {
            return None;
        }
        let (length, found) = sha256_of(File::open(location).ok()?).ok()?;
        (found == *digest).then_some(length)
    }

    /// Takes note of a file.
    pub(super) fn note(&mut self, path: &str, key: &str, bytes: &[u8]) {
        self.0.insert(path.to_owned(), (key.to_owned(), sha256(bytes)));
    }

    /// Takes over what the list of an earlier build says of a file.
    pub(super) fn take_over(&mut self, path: &str, earlier: &Made) {
        if let Some(entry) = earlier.0.get(path) {
            self.0.insert(path.to_owned(), entry.clone());
        }
    }

    /// Writes the list, or removes it if it is empty. What is lost of it costs only time.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub(super) fn store(&self, folder: &Path) -> io::Result<()> {
        let path = folder.join(NAME);
        // A leftover could be a link to somewhere else; it is removed, never followed.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if self.0.is_empty() {
            return Ok(());
        }
        let mut text = format!("{HEADER}\n");
        for (path, (key, digest)) in &self.0 {
            text.push_str(&format!("{path}\t{key}\t{digest}\n"));
        }
        io::Write::write_all(&mut File::create_new(path)?, text.as_bytes())
    }
}
