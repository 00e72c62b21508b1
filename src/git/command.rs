//! How git is run.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether a server may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Stored objects are read, and that is all.
    Reading,
    /// Servers are asked; people too, if there is a terminal.
    Talking {
        /// Whether somebody is there to answer.
        asks: bool,
        /// Whether the way to a server by SSH is left to git.
        own_ssh: bool,
    },
}

/// What hooks and other programs leave in the surroundings: it may speak of another repository, of a
/// passing index, or of objects that are not there to stay.
const MISLEADING: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// Git in the folder `root`, with `instead` for what stands for files and folders of the repository.
pub(super) fn of(root: &Path, manner: Manner, instead: &[(&str, PathBuf)], arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(arguments)
        .env("LC_ALL", "C")
        // A replaced commit would make the ledger compare with what was never published.
        .env("GIT_NO_REPLACE_OBJECTS", "1");
    for name in MISLEADING {
        command.env_remove(name);
    }
    if !matches!(manner, Manner::Talking { asks: true, .. }) {
        command.env("GIT_TERMINAL_PROMPT", "0").env("SSH_ASKPASS_REQUIRE", "never").env_remove("SSH_ASKPASS");
    }
    match manner {
        Manner::Talking { asks: false, own_ssh: false } => {
            command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
        Manner::Talking { .. } => {}
        // What a partial clone lacks would be fetched over the network, by programs that its settings name.
        Manner::Reading => {
            command.env("GIT_NO_LAZY_FETCH", "1");
        }
    }
    command.envs(instead.iter().map(|(name, place)| (*name, place)));
    command
}
