//! Evidence kept beside the article: its size and its SHA-256.

use std::path::Path;

use super::Reading;
use super::evidence::EvidenceFile;
use super::walk::why_unreadable;
use crate::diagnostic::Code;
use crate::digest::sha256_of;
use crate::yaml::{At, Decoder};

/// The SHA-256 of a file; none of one that cannot be read.
pub(super) fn file_digest(location: &Path) -> Option<String> {
    std::fs::File::open(location).and_then(sha256_of).ok().map(|(_, sha256)| sha256)
}

/// Hashes the file and compares it with what the front matter states.
pub(super) fn read(
    decoder: &mut Decoder<'_>,
    source: &At<'_>,
    path: &str,
    stated: Option<&str>,
    reading: &Reading<'_>,
) -> Option<EvidenceFile> {
    let location = reading.location(path)?;
    let (bytes, sha256) = match std::fs::File::open(location).and_then(sha256_of) {
        Ok(read) => read,
        Err(error) => {
            let (message, passing) = why_unreadable(&format!("`content/{path}`"), &error);
            decoder.problem(Code::FileUnreadable, &source.key("file"), message, |d| d.passing(passing));
            return None;
        }
    };
    if stated.is_some_and(|stated| stated != sha256) {
        decoder.problem(
            Code::HashMismatch,
            &source.key("sha256"),
            format!("`content/{path}` has another SHA-256 than stated"),
            |d| d.help(format!("if the file is the right one, write `sha256: {sha256}`")),
        );
    }
    Some(EvidenceFile { path: path.to_owned(), sha256, pinned: stated.is_some(), bytes })
}
