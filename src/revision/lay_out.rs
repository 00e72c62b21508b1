//! Lays the files of a commit out in a folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::Failed;
use super::listing::{Entry, Kind, is_content};
use crate::config::FILE;
use crate::git::Git;

/// Writes the texts as they were, and an empty file for everything else: whether a picture is there
/// matters to a text that names it, what it shows does not.
pub(super) fn lay_out(git: &Git, entries: &[Entry], folder: &Path) -> Result<(), Failed> {
    let disk = |error: io::Error| Failed::disk(&error);
    // A link may lead to any place in the desk's folder.
    let everything = entries
        .iter()
        .any(|entry| entry.kind == Kind::Link && (entry.path == FILE || is_content(&entry.path)));
    let wanted: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.kind != Kind::Elsewhere)
        .filter(|entry| everything || entry.path == FILE || is_content(&entry.path))
        .collect();
    let (read, empty): (Vec<&Entry>, Vec<&Entry>) =
        wanted.into_iter().partition(|entry| entry.kind == Kind::Link || is_text(&entry.path));
    for entry in empty {
        create(folder, &entry.path).map_err(disk)?;
    }
    let mut links = Vec::new();
    let blobs: Vec<&str> = read.iter().map(|entry| entry.blob.as_str()).collect();
    git.contents(&blobs, |index, content| {
        let Some(entry) = read.get(index) else {
            return Ok(());
        };
        if entry.kind == Kind::Link {
            let mut target = String::new();
            content.take(4096).read_to_string(&mut target)?;
            links.push((entry.path.as_str(), target));
            return Ok(());
        }
        io::copy(content, &mut create(folder, &entry.path)?).map(|_| ())
    })?;
    // Last, so that nothing is ever written through one of them.
    for (path, target) in links {
        link(folder, path, &target).map_err(disk)?;
    }
    Ok(())
}

fn is_text(path: &str) -> bool {
    [".md", ".yaml", ".yml"].iter().any(|end| path.ends_with(end))
}

fn create(folder: &Path, path: &str) -> io::Result<File> {
    let place = folder.join(path);
    if let Some(above) = place.parent() {
        fs::create_dir_all(above)?;
    }
    File::create(place)
}

#[cfg(unix)]
fn link(folder: &Path, path: &str, target: &str) -> io::Result<()> {
    let place = folder.join(path);
    if let Some(above) = place.parent() {
        fs::create_dir_all(above)?;
    }
    std::os::unix::fs::symlink(target, place)
}

/// Where there are no links, git writes where they would lead.
#[cfg(not(unix))]
fn link(folder: &Path, path: &str, target: &str) -> io::Result<()> {
    use std::io::Write as _;
    create(folder, path)?.write_all(target.as_bytes())
}
