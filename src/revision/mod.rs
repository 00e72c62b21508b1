//! A desk as it was at a commit: `git` is asked for the files, which are laid out in a folder that goes
//! away with the value.
//!
//! Nothing of the repository is touched, neither its index nor its work tree, and nothing that is set
//! in it is run: objects are read as they are stored, without filters, hooks or a pager.

mod lay_out;
mod listing;

pub use crate::git::{Commit, Failed};

use std::path::Path;

use tempfile::TempDir;

use crate::config::FILE;
use crate::git::Git;

/// A desk as it was.
#[derive(Debug)]
pub struct Revision {
    /// The commit.
    pub commit: Commit,
    /// Folders that belong to another repository (submodules), so that what was in them is unknown.
    pub elsewhere: Vec<String>,
    /// Whether there was a desk then, in this folder or in one that was moved here.
    pub has_desk: bool,
    folder: TempDir,
}

impl Revision {
    /// Lays out the desk in `root` as it was at `rev`: its settings and texts. Of other files only the
    /// names are kept, which is what reading a text needs.
    ///
    /// # Errors
    /// If git is not there, does not know `rev`, or cannot give the files.
    pub fn open(root: &Path, rev: &str) -> Result<Self, Failed> {
        let mut git = Git::at(root)?;
        let commit = git.commit(rev)?;
        let has_desk = |files: &[listing::Entry]| files.iter().any(|file| file.path == FILE);
        let mut files = listing::read(&git.list(&commit)?);
        if !has_desk(&files) && git.follow_move(&commit)? {
            files = listing::read(&git.list(&commit)?);
        }
        let folder = TempDir::with_prefix("meja-").map_err(|error| Failed::disk(&error))?;
        lay_out::lay_out(&git, &files, folder.path())?;
        Ok(Self { elsewhere: listing::elsewhere(&files), has_desk: has_desk(&files), commit, folder })
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
