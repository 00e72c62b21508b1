//! What can keep a site from being written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the output could not be written. Paths are shown as the folder was named by the caller.
#[derive(Debug)]
pub enum OutputError {
    /// The folder is the site's root, holds it, or lies among the files the site is made from.
    OverSources {
        /// The folder that was to be written.
        folder: PathBuf,
        /// What it would have written over.
        sources: PathBuf,
    },
    /// The folder holds files and no manifest: another program, or a person, wrote it.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first few names in it, sorted.
        files: Vec<String>,
        /// How many further names there are.
        more: usize,
    },
    /// Another build holds the folder at this moment.
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// The manifest cannot be understood, so nothing in the folder is safe to replace.
    Manifest {
        /// The manifest.
        path: PathBuf,
    },
    /// A path that could lead out of the folder, or that a file system or the manifest cannot hold.
    UnsafePath {
        /// The path as the build asked for it.
        path: String,
    },
    /// Two files have the same name, or names that differ only by case.
    SameName {
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// A name is wanted for a file and for a folder.
    FileAndFolder {
        /// The file.
        file: String,
        /// A file in the folder of that name.
        inside: String,
    },
    /// Something that an earlier build did not write stands where a file has to be.
    InTheWay {
        /// Where.
        path: PathBuf,
    },
    /// A symbolic link or a foreign file stands where a folder has to be.
    NotAFolder {
        /// Where.
        path: PathBuf,
    },
    /// A file was written that the build did not declare, or was written twice.
    Undeclared {
        /// The path as the build gave it.
        path: String,
    },
    /// A file was declared and never written.
    Unwritten {
        /// The path as the build declared it.
        path: String,
    },
    /// The operating system refused.
    Io {
        /// What was tried, as in `cannot write`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl OutputError {
    pub(super) fn io(doing: &'static str, path: impl AsRef<Path>, error: io::Error) -> Self {
        Self::Io { doing, path: path.as_ref().to_owned(), error }
    }

    /// What to do about it, where that is not plain from the message.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::OverSources { .. } => Some("choose a folder of its own with `--out`"),
            Self::Foreign { .. } => Some(
                "empty the folder or choose another with `--out`; only files that an earlier build wrote are ever replaced",
            ),
            Self::Locked { .. } => Some("wait for the other build to end, or stop it"),
            Self::Manifest { .. } => {
                Some("a newer version may have written it; delete the folder to build it afresh")
            }
            Self::InTheWay { .. } => {
                Some("move it away, or give the page or file of that address another one")
            }
            Self::NotAFolder { .. } => Some("move it away and build again"),
            Self::SameName { .. } => {
                Some("many file systems and hosts take the two for one; rename one of them")
            }
            Self::FileAndFolder { .. } => Some("rename one of the two"),
            Self::Io { error, .. } => match error.kind() {
                io::ErrorKind::PermissionDenied => Some("check who owns the folder"),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("free some space and build again")
                }
                io::ErrorKind::ReadOnlyFilesystem => Some("choose another folder with `--out`"),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                    Some("something removed it while it was being written; build again")
                }
                _ => None,
            },
            Self::UnsafePath { .. } | Self::Undeclared { .. } | Self::Unwritten { .. } => None,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OverSources { folder, sources } => write!(
                f,
                "cannot build into `{}`: it would write over `{}`",
                folder.display(),
                sources.display()
            ),
            Self::Foreign { folder, files, more } => {
                write!(f, "cannot build into `{}`: it holds files of others: ", folder.display())?;
                for (number, file) in files.iter().enumerate() {
                    let comma = if number == 0 { "" } else { ", " };
                    write!(f, "{comma}`{file}`")?;
                }
                match more {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Self::Locked { folder } => {
                write!(f, "cannot build into `{}`: another build is writing it", folder.display())
            }
            Self::Manifest { path } => {
                write!(f, "cannot understand the manifest `{}`", path.display())
            }
            Self::UnsafePath { path } => {
                write!(f, "cannot write `{}`: not a safe path", path.escape_debug())
            }
            Self::SameName { first, second } if first == second => {
                write!(f, "two files would be written to `{first}`")
            }
            Self::SameName { first, second } => {
                write!(f, "`{first}` and `{second}` differ only by case")
            }
            Self::FileAndFolder { file, inside } => {
                write!(f, "`{file}` would be a file, and a folder because of `{inside}`")
            }
            Self::InTheWay { path } => {
                write!(f, "cannot write `{}`: something that no build wrote stands there", path.display())
            }
            Self::NotAFolder { path } => {
                write!(f, "cannot write into `{}`: it is not a folder", path.display())
            }
            Self::Undeclared { path } => {
                write!(f, "`{path}` was not declared, or is written twice")
            }
            Self::Unwritten { path } => write!(f, "`{path}` was declared and not written"),
            Self::Io { doing, path, error } => {
                write!(f, "cannot {doing} `{}`: {}", path.display(), cause(error))
            }
        }
    }
}

/// The kind in words, as in `permission denied`; what the system said where the kind says nothing.
fn cause(error: &io::Error) -> String {
    let kind = error.kind().to_string();
    if kind == "other error" || kind == "uncategorized error" { error.to_string() } else { kind }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
