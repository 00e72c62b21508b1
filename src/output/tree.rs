//! What stands in the folder: looking before writing, making folders, removing files.
//!
//! Nothing here is written or removed through a symbolic link below the output folder. A link is never something a
//! build wrote, so whatever is behind it is somebody else's.

use std::collections::HashMap;
use std::fs::{self, FileType};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::output::error::OutputError;
use crate::output::names;

/// The output folder by its real path, and as the caller named it, for messages.
#[derive(Clone, Copy)]
pub(super) struct Base<'b> {
    pub(super) real: &'b Path,
    pub(super) shown: &'b Path,
}

/// What has to happen before files can be written.
#[derive(Default)]
pub(super) struct Survey<'s> {
    /// Folders that do not exist yet; parents before children.
    pub(super) missing: Vec<&'s str>,
    /// Files of earlier builds that stand where a folder or a file of another name is wanted.
    pub(super) obsolete: Vec<&'s str>,
    /// For each file, whether nothing stands there.
    pub(super) fresh: Vec<bool>,
}

/// Looks for everything that would keep `files` from being written over what the earlier builds
/// wrote (`old`); both sorted. Changes nothing.
pub(super) fn survey<'s>(
    base: Base<'_>,
    files: &'s [String],
    old: &'s [String],
) -> Result<Survey<'s>, OutputError> {
    let mut survey = Survey::default();
    let folders = names::folders(files);
    let stand: Vec<_> = folders.par_iter().map(|folder| standing(base, folder)).collect();
    let mut missing = FxHashSet::default();
    for (folder, standing) in folders.into_iter().zip(stand) {
        let is_missing = names::parent(folder).is_some_and(|parent| missing.contains(parent))
            || match standing? {
                Some(kind) if kind.is_dir() => false,
                None => true,
                Some(kind) if kind.is_file() && holds(old, folder) => {
                    survey.obsolete.push(folder);
                    true
                }
                Some(_) => {
                    let path = base.shown.join(folder);
                    return Err(OutputError::NotAFolder { path });
                }
            };
        if is_missing {
            missing.insert(folder);
            survey.missing.push(folder);
        }
    }
    let stale = minus(old, files);
    let twins = names::twins(&stale, files);
    let old_folders = names::folder_set(old);
    let found: Vec<_> = files
        .par_iter()
        .zip(are_in(files, old))
        .map(|(file, is_ours)| {
            if names::parent(file).is_some_and(|parent| missing.contains(parent)) {
                return Ok((true, &[][..]));
            }
            let below = if old_folders.contains(file.as_str()) { below(old, file) } else { &[] };
            if is_ours && below.is_empty() {
                return Ok((false, below));
            }
            match standing(base, file)? {
                None => Ok((true, &[][..])),
                Some(kind) if kind.is_file() && is_ours => Ok((false, &[][..])),
                Some(kind) if kind.is_dir() && !below.is_empty() => {
                    refuse_strangers(base, file, below)?;
                    Ok((true, below))
                }
                Some(kind) if kind.is_file() && is_twin(&twins, file) => Ok((false, &[][..])),
                Some(_) => Err(OutputError::InTheWay { path: base.shown.join(file) }),
            }
        })
        .collect();
    for found in found {
        let (fresh, obsolete) = found?;
        survey.fresh.push(fresh);
        survey.obsolete.extend(obsolete.iter().map(String::as_str));
    }
    survey.obsolete.extend(twins);
    Ok(survey)
}

fn is_twin(twins: &[&str], file: &str) -> bool {
    let name = file.to_lowercase();
    twins.iter().any(|twin| twin.to_lowercase() == name)
}

/// What stands at a path, without following a link; `None` if nothing does.
fn standing(base: Base<'_>, path: &str) -> Result<Option<FileType>, OutputError> {
    match fs::symlink_metadata(base.real.join(path)) {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(OutputError::io("read", base.shown.join(path), error)),
    }
}

fn is_absent(error: &io::Error) -> bool {
    // The second kind: what would have to be a folder on the way there is a file.
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether a sorted list holds a path.
pub(super) fn holds(sorted: &[String], path: &str) -> bool {
    sorted.binary_search_by(|own| own.as_str().cmp(path)).is_ok()
}

/// The part of a sorted list that lies in the folder `path`.
fn below<'o>(sorted: &'o [String], path: &str) -> &'o [String] {
    let start = format!("{path}/");
    let first = sorted.partition_point(|own| own.as_str() < start.as_str());
    let count = sorted[first..].partition_point(|own| own.starts_with(&start));
    &sorted[first..first + count]
}

/// The paths of one sorted list that are not in the other.
pub(super) fn minus<'o>(list: &'o [String], other: &[String]) -> Vec<&'o str> {
    let paths = list.iter().zip(are_in(list, other));
    paths.filter(|(_, is_there)| !is_there).map(|(path, _)| path.as_str()).collect()
}

/// Whether each path of a sorted list is in another.
fn are_in(list: &[String], other: &[String]) -> Vec<bool> {
    let mut other = other.iter().peekable();
    let is_there = |path: &String| {
        while other.next_if(|before| *before < path).is_some() {}
        other.peek() == Some(&path)
    };
    list.iter().map(is_there).collect()
}

/// Refuses to clear the folder `path` away if it holds anything but the files of `ours`.
fn refuse_strangers(base: Base<'_>, path: &str, ours: &[String]) -> Result<(), OutputError> {
    let cannot = |error| OutputError::io("read", base.shown.join(path), error);
    for entry in fs::read_dir(base.real.join(path)).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let inside = format!("{path}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(cannot)?;
        if kind.is_dir() && !below(ours, &inside).is_empty() {
            refuse_strangers(base, &inside, ours)?;
        } else if !(kind.is_file() && holds(ours, &inside)) {
            let path = base.shown.join(inside);
            return Err(OutputError::InTheWay { path });
        }
    }
    Ok(())
}

/// Makes folders whose other parents exist, on all cores: folder by folder this would take longer
/// than writing the files.
pub(super) fn make_folders(base: Base<'_>, missing: &[&str]) -> Result<(), OutputError> {
    let mut levels: Vec<Vec<&str>> = Vec::new();
    for folder in missing {
        let depth = folder.matches('/').count();
        if levels.len() <= depth {
            levels.resize_with(depth + 1, Vec::new);
        }
        levels[depth].push(folder);
    }
    levels.iter().try_for_each(|level| {
        level.par_iter().try_for_each(|folder| {
            let path = base.real.join(folder);
            match fs::create_dir(&path) {
                Ok(()) => Ok(()),
                // Where case does not count, another spelling may have made it already.
                Err(_) if fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir()) => Ok(()),
                Err(error) => Err(OutputError::io("create the folder", base.shown.join(folder), error)),
            }
        })
    })
}

/// Removes files of earlier builds, then the folders that thereby became empty. Says how many
/// files there were. What is no longer a plain file in a plain folder is left alone.
pub(super) fn remove(base: Base<'_>, files: &[&str]) -> Result<usize, OutputError> {
    let mut plain: HashMap<&str, bool> = HashMap::new();
    let folders = names::folders(files);
    for folder in &folders {
        let parent = names::parent(folder);
        let reachable = parent.is_none_or(|parent| plain.get(parent) == Some(&true));
        let is_folder = reachable && standing(base, folder)?.is_some_and(|kind| kind.is_dir());
        plain.insert(folder, is_folder);
    }
    let reachable = |path: &str| names::parent(path).is_none_or(|parent| plain.get(parent) == Some(&true));
    let removed = files
        .par_iter()
        .filter(|path| reachable(path))
        .map(|path| match standing(base, path)? {
            Some(kind) if kind.is_file() => fs::remove_file(base.real.join(path))
                .map(|()| 1)
                .map_err(|error| OutputError::io("remove", base.shown.join(path), error)),
            _ => Ok(0),
        })
        .try_reduce(|| 0, |one, other| Ok(one + other))?;
    // Children come after their parents, so from the end each folder is seen after all it holds.
    for folder in folders.iter().rev() {
        if plain.get(folder) != Some(&true) {
            continue;
        }
        match fs::remove_dir(base.real.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty && !is_absent(&error) => {
                return Err(OutputError::io("remove", base.shown.join(folder), error));
            }
            _ => {}
        }
    }
    Ok(removed)
}
