//! What files were made from, so that a build that would make the same ones again need not.
//!
//! A page takes longer to render than to compare, a card or a picture milliseconds. So each has a key:
//! a fingerprint of everything its bytes depend on. Beside the key stands that of the bytes. A file is kept only if
//! both agree, whatever happened to the folder in between.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::file;
use super::inputs::{Inputs, Origin, Parts};
use crate::digest::Print;

/// Its name in the folder.
pub(super) const NAME: &str = ".meja-made";

/// The name of a list that is not in force yet.
pub(super) const NEXT: &str = ".meja-made.new";

const HEADER: &str = "meja-made 4\t";

/// How many lines are written at a time.
const LINES: usize = 1024;

/// More bytes than a header has.
const HEAD: u64 = 128;

/// Stands in a line where a file has no parts: whatever a line lost, it does not say that by chance.
const NO_PARTS: &str = "-";

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it was made from.
    pub(super) origin: Origin,
    /// Its bytes.
    pub(super) bytes: Print,
}

/// What is known of files, sorted by their paths.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// What every file may have depended on, if the build said so.
    common: Option<Print>,
    /// The list as it was written.
    text: String,
    /// Where each path begins and ends in it.
    entries: Vec<(std::ops::Range<usize>, Entry)>,
}

impl Made {
    /// Reads the list. One that is missing, damaged or of another version knows nothing: its files
    /// are made again.
    pub(super) fn read(folder: &Path) -> Self {
        let mut text = String::new();
        let read = open(folder).is_some_and(|mut file| file.read_to_string(&mut text).is_ok());
        let Some((common, count, lines)) = Some(&text).filter(|_| read).and_then(|text| header(text)) else {
            return Self::default();
        };
        let mut at = text.len() - lines.len();
        let lines = lines.split_inclusive('\n').map(|line| {
            at += line.len();
            (at - line.len(), line)
        });
        let lines: Vec<(usize, &str)> = lines.collect();
        // Nothing of a list is believed that was cut: a power cut may do that.
        if lines.len() != count {
            return Self::default();
        }
        let entries: Vec<_> = lines
            .into_par_iter()
            .filter_map(|(start, line)| {
                Entry::read(line).map(|(path, entry)| (start..start + path.len(), entry))
            })
            .collect();
        if !entries.is_sorted_by(|one, other| text[one.0.clone()] < text[other.0.clone()]) {
            return Self::default();
        }
        Self { common, text, entries }
    }

    /// What every file in the folder may have depended on, if that is known.
    pub(super) fn common_of(folder: &Path) -> Option<Print> {
        let mut begin = Vec::new();
        open(folder)?.take(HEAD).read_to_end(&mut begin).ok()?;
        header(&String::from_utf8_lossy(&begin))?.0
    }

    /// Whether what every file may depend on is as it was.
    pub(super) fn has(&self, inputs: &Inputs) -> bool {
        self.common == Some(inputs.common)
    }

    /// What is known of a file.
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|(known, _)| self.text[known.clone()].cmp(path)).ok()?;
        Some(&self.entries[at].1)
    }

    /// Writes a list in place of this one if it says something else, or removes it if it is empty. What is lost of it
    /// costs only time, but that may be minutes: the old one stays until the new one is whole.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub(super) fn replace<'p>(
        &self,
        common: Option<Print>,
        made: impl Iterator<Item = (&'p str, &'p Entry)>,
        folder: &Path,
    ) -> io::Result<()> {
        let mut text = HEADER.to_owned();
        match common {
            Some(common) => common.write(&mut text),
            None => text.push('-'),
        }
        let made: Vec<(&str, &Entry)> = made.collect();
        text.push_str(&format!("\t{}\n", made.len()));
        let head = text.len();
        let lines = made.par_chunks(LINES).map(|part| {
            let mut lines = String::with_capacity(part.len() * 128);
            for (path, Entry { origin: Origin { key, parts }, bytes }) in part {
                lines.extend([path, "\t"]);
                key.write(&mut lines);
                lines.push('\t');
                bytes.write(&mut lines);
                lines.push('\t');
                match parts {
                    Some(parts) => parts.write(&mut lines),
                    None => lines.push_str(NO_PARTS),
                }
                lines.push('\n');
            }
            lines
        });
        text.extend(lines.collect::<Vec<_>>());
        if text == self.text {
            return Ok(());
        }
        if text.len() == head {
            return match fs::remove_file(folder.join(NAME)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        file::put_list(folder, NEXT, NAME, &text, false)
    }
}

impl Entry {
    /// One line of the list.
    fn read(line: &str) -> Option<(&str, Self)> {
        let mut columns = line.strip_suffix('\n')?.split('\t');
        let (path, key, bytes) = (columns.next()?, columns.next()?, columns.next()?);
        let parts = match (columns.next()?, columns.next(), columns.next()) {
            (NO_PARTS, None, None) => None,
            (places, Some(print), None) => Some(Arc::new(Parts::read(places, print)?)),
            _ => return None,
        };
        let origin = Origin { key: key.parse().ok()?, parts };
        Some((path, Self { origin, bytes: bytes.parse().ok()? }))
    }

    /// Whether the parts it was made from are as they were.
    pub(super) fn has(&self, inputs: &Inputs) -> bool {
        self.origin.parts.as_ref().is_none_or(|parts| inputs.same(parts))
    }

    /// The size of the file at `location` in bytes, if it is as it was made.
    pub(super) fn stands_at(&self, location: &Path) -> Option<u64> {
        // Nothing that a link leads to, nor anything else that was put in its place.
        fs::symlink_metadata(location).ok().filter(fs::Metadata::is_file)?;
        let bytes = fs::read(location).ok()?;
        (Print::of(&bytes) == self.bytes).then_some(bytes.len() as u64)
    }
}

/// The list, if it is a file: a pipe or a link to a device would be read for ever.
fn open(folder: &Path) -> Option<File> {
    let path = folder.join(NAME);
    fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    File::open(path).ok()
}

/// What the header says - what is common, and how many lines there are - and the lines after it.
fn header(text: &str) -> Option<(Option<Print>, usize, &str)> {
    let (head, lines) = text.strip_prefix(HEADER)?.split_once('\n')?;
    let (common, count) = head.split_once('\t')?;
    Some((common.parse().ok(), count.parse().ok()?, lines))
}
