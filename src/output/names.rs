//! The names of a build's files, checked against each other before anything is touched.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::output::error::OutputError;
use crate::output::manifest;

/// The paths sorted, if each is safe and no two would fall together on any file system.
pub(super) fn sorted(paths: impl IntoIterator<Item: Into<String>>) -> Result<Vec<String>, OutputError> {
    let mut files: Vec<String> = paths.into_iter().map(Into::into).collect();
    files.par_sort_unstable();
    if let Some(path) = files.par_iter().find_first(|path| !manifest::is_safe(path)) {
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
    let folders = folders(&files);
    let names: FxHashMap<Cow<'_, str>, &str> =
        folders.iter().rev().map(|folder| (lower(folder), *folder)).collect();
    if let Some((file, folder)) = folded.iter().find_map(|(fold, file)| Some((file, names.get(fold)?))) {
        let start = format!("{folder}/");
        let inside = files.iter().find(|file| file.starts_with(&start)).cloned();
        let file = (*file).to_owned();
        return Err(OutputError::FileAndFolder { file, inside: inside.unwrap_or(start) });
    }
    Ok(files)
}

/// Every folder that holds one of these files, at any depth, sorted: parents before children.
pub(super) fn folders<S: AsRef<str>>(files: &[S]) -> Vec<&str> {
    let mut folders: Vec<&str> = folder_set(files).into_iter().collect();
    folders.par_sort_unstable();
    folders
}

/// Every folder that holds one of these files, at any depth.
pub(super) fn folder_set<S: AsRef<str>>(files: &[S]) -> FxHashSet<&str> {
    let mut folders = FxHashSet::default();
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
    let at = |name: &str| folded.binary_search_by(|(fold, _)| fold.as_ref().cmp(name));
    old.iter().filter(|path| at(&lower(path)).is_ok()).copied().collect()
}

/// The paths in small letters, sorted by them.
fn folded(files: &[String]) -> Vec<(Cow<'_, str>, &str)> {
    let mut folded: Vec<_> = files.iter().map(|file| (lower(file), file.as_str())).collect();
    folded.par_sort_unstable();
    folded
}

/// A path in small letters, which most are already.
fn lower(path: &str) -> Cow<'_, str> {
    let is_small = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}
