//! Why git did not do what it was asked.

use std::fmt;
use std::io;

/// Why git did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// There is no program `git`.
    NoGit(String),
    /// It is too old to speak with servers; its version.
    Old(String),
    /// The desk's folder is in no repository.
    NoRepository,
    /// The repository is one without files.
    Bare,
    /// The repository belongs to somebody else, and git does not trust it.
    NotTrusted(String),
    /// No commit has this name.
    Unknown(String),
    /// The clone has only the last commits, and this one is not among them.
    Shallow(String),
    /// A file of the commit is not in this clone.
    Missing(String),
    /// Git said something else.
    Git(String),
    /// A file or folder that git needs could not be written.
    Disk(String),
}

impl Failed {
    pub(crate) fn disk(error: &io::Error) -> Self {
        Failed::Disk(error.to_string())
    }

    /// Whether the command line is to blame, not the machine.
    pub fn is_usage(&self) -> bool {
        matches!(self, Failed::Unknown(_))
    }

    /// How to mend it.
    pub fn help(&self) -> Option<String> {
        match self {
            Failed::NoGit(_) => {
                Some("install git; the published claims are compared with its history".to_owned())
            }
            Failed::Old(_) => Some("install git 2.30 or later".to_owned()),
            Failed::Bare => Some("run it in a clone that has the desk's files: `git clone`".to_owned()),
            Failed::NoRepository => {
                Some("the desk's folder must be in a git repository: `git init`, then commit it".to_owned())
            }
            Failed::NotTrusted(folder) => {
                Some(format!("if you trust it: `git config --global --add safe.directory \"{folder}\"`"))
            }
            Failed::Unknown(_) => {
                Some("name a commit, a tag or a branch; a branch of the server is `origin/main`".to_owned())
            }
            Failed::Shallow(_) => Some(
                "fetch it first: `git fetch --unshallow`, or `git fetch --deepen 100`; in a workflow, \
                 `fetch-depth: 0` of actions/checkout"
                    .to_owned(),
            ),
            Failed::Missing(_) => Some(
                "if this is a partial clone, fetch the rest first: `git fetch --refetch --no-filter`"
                    .to_owned(),
            ),
            Failed::Git(_) | Failed::Disk(_) => None,
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::NoGit(why) => write!(f, "`git` cannot be run: {why}"),
            Failed::Old(version) => write!(f, "git {version} is too old to publish with"),
            Failed::Bare => {
                f.write_str("the desk's folder is inside a bare repository, which tracks no files")
            }
            Failed::NoRepository => f.write_str("the desk is not in a git repository"),
            Failed::NotTrusted(_) => {
                f.write_str("git does not trust this repository: it belongs to somebody else")
            }
            Failed::Unknown(rev) => write!(f, "`{rev}` is no commit of this repository"),
            Failed::Shallow(rev) => {
                write!(f, "`{rev}` is not in this clone, which has only the last commits")
            }
            Failed::Missing(object) => write!(f, "the object {object} is not in this clone"),
            Failed::Git(said) => write!(f, "git failed: {said}"),
            Failed::Disk(why) => write!(f, "a passing file or folder cannot be written: {why}"),
        }
    }
}
