//! The names of a build's files, checked against each other before anything is touched.

use std::collections::BTreeSet;

use crate::output::error::OutputError;
use crate::output::manifest;

/// The paths sorted, if each is safe and no two would fall together on any file system.
pub(super) fn sorted(paths: impl IntoIterator<Item: Into<String>>) -> Result<Vec<String>, OutputError> {
    let mut files: Vec<String> = paths.into_iter().map(Into::into).collect();
    files.sort_unstable();
    if let Some(path) = files.iter().find(|path| !manifest::is_safe(path)) {
        return Err(OutputError::UnsafePath { path: path.clone() });
    }
    let folded = folded(&files);
    for pair in folded.windows(2) {
        if let [(one, first), (other, second)] = pair
            && one == other
        {
            return Err(OutputError::SameName { first: (*first).to_owned(), second: (*second).to_owned() });
        }
    }
    let folders: BTreeSet<&str> = folders(&files);
    for folder in folders {
        let name = folder.to_lowercase();
        if let Ok(at) = folded.binary_search_by(|(fold, _)| fold.as_str().cmp(&name)) {
            let start = format!("{folder}/");
            let inside = files.iter().find(|file| file.starts_with(&start));
            return Err(OutputError::FileAndFolder {
                file: folded[at].1.to_owned(),
                inside: inside.cloned().unwrap_or(start),
            });
        }
    }
    Ok(files)
}

/// Every folder that holds one of these files, at any depth; parents before children.
pub(super) fn folders<S: AsRef<str>>(files: &[S]) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for file in files {
        let mut path = file.as_ref();
        while let Some(parent) = parent(path) {
            // What holds a folder that is known is known as well.
            if !folders.insert(parent) {
                break;
            }
            path = parent;
        }
    }
    folders
}

/// The folder a path stands in, or `None` at the top.
pub(super) fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// The paths that are not among `files` but differ from one of them only by case. Where case does
/// not count, they are that file.
pub(super) fn twins<'o>(old: &[&'o str], files: &[String]) -> Vec<&'o str> {
    if old.is_empty() {
        return Vec::new();
    }
    let folded = folded(files);
    old.iter()
        .filter(|path| {
            let name = path.to_lowercase();
            folded.binary_search_by(|(fold, _)| fold.as_str().cmp(&name)).is_ok()
        })
        .copied()
        .collect()
}

fn folded(files: &[String]) -> Vec<(String, &str)> {
    let mut folded: Vec<_> = files.iter().map(|file| (file.to_lowercase(), file.as_str())).collect();
    folded.sort_unstable();
    folded
}
