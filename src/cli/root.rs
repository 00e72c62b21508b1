//! Finds the desk's folder.

use std::path::PathBuf;

use meja::config::FILE;

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
