//! Finds the desk's folder, and where it is in its repository.

use std::path::{Path, PathBuf};

use meja::config::FILE;
use meja::pipeline::{self, Desk};

use super::{Common, Ended};

/// The folder given, or the nearest one upwards that holds the settings.
pub(super) fn find(common: &Common) -> Result<PathBuf, Ended> {
    if let Some(root) = &common.root {
        if root.join(FILE).is_file() {
            return Ok(root.clone());
        }
        return Err(Ended::Usage(format!("there is no `{FILE}` in `{}`", root.display())));
    }
    let here = std::env::current_dir()
        .map_err(|error| Ended::Machine(format!("cannot tell the present folder: {error}"), None))?;
    let found = here.ancestors().find(|folder| folder.join(FILE).is_file());
    match found {
        Some(folder) => Ok(folder.to_path_buf()),
        None => Err(Ended::Usage(format!(
            "there is no `{FILE}` here or in a folder above; go to the desk's folder or name it with `--root`"
        ))),
    }
}

/// The desk that a command looks into, and its folder. Why it cannot be read at all is reported.
pub(super) fn read(common: &Common) -> Result<(PathBuf, Desk), Ended> {
    let root = find(common)?;
    match pipeline::read(&root, None) {
        Ok(desk) => Ok((root, desk)),
        Err(diagnostic) => {
            common.report(&root, &[*diagnostic]);
            Err(Ended::Content)
        }
    }
}

/// The path of the desk's folder within its repository, empty or ending in `/`. Without a repository, the
/// desk's folder is taken for its root.
pub(super) fn in_repository(root: &Path) -> String {
    let Ok(real) = root.canonicalize() else {
        return String::new();
    };
    // In a further working tree and in a submodule, `.git` is a file.
    let repository = real.ancestors().find(|folder| folder.join(".git").exists());
    let within = repository.and_then(|repository| real.strip_prefix(repository).ok());
    let mut prefix = String::new();
    for part in within.into_iter().flat_map(Path::components) {
        prefix.push_str(&part.as_os_str().to_string_lossy());
        prefix.push('/');
    }
    prefix
}
