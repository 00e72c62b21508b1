//! Why a site was not published, from what git and servers say.

use std::fmt;

use crate::git::{self, plain};

/// Why a site was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// Git could not be run, or did not do what it was asked.
    Git(git::Failed),
    /// No remote has this name; these are there.
    NoRemote(String, Vec<String>),
    /// The remote of this name pushes to several addresses.
    ManyAddresses(String),
    /// No branch can have this name.
    BadBranch(String),
    /// The branch is the one that the desk is written on.
    OwnBranch(String),
    /// The desk has no commit yet.
    NoCommit,
    /// Git does not know in whose name to commit.
    NoIdentity,
    /// What stands on the branch was not published by Meja.
    Foreign(String),
    /// Somebody changed these files on the branch since it was published.
    Altered(String, Vec<String>),
    /// Somebody else published at the same time, or set the branch back.
    Meanwhile,
    /// The connection broke off, so that it is not known what the server did.
    Broken(String),
    /// There is a branch with a name that goes on after this one's, or the other way round.
    Crossed(String),
    /// The server cannot be reached; its last words.
    Unreachable(String),
    /// There is no such repository, or it does not show itself.
    NoSuchRepository(String),
    /// The server does not let this person in, or not write.
    NotAllowed(String),
    /// The branch is protected.
    Protected(String),
    /// The branch is checked out in the repository that is pushed to.
    CheckedOut(String),
    /// The server refused; its words.
    Refused(String),
    /// A file's name is one that git does not keep.
    Name(String),
}

impl From<git::Failed> for Failed {
    fn from(failed: git::Failed) -> Self {
        Failed::Git(failed)
    }
}

impl Failed {
    /// What the words of a command mean that spoke with a server about this branch; `None` if nothing
    /// is known of them.
    pub(super) fn told(said: &str, branch: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let line = || last_words(said);
        let known = if has(&["GH006", "protected branch", "not allowed to push code to protected"]) {
            Failed::Protected(branch.to_owned())
        } else if has(&["refusing to update checked out branch"]) {
            Failed::CheckedOut(branch.to_owned())
        } else if has(&["exists; cannot create"]) {
            Failed::Crossed(branch.to_owned())
        } else if has(&["(fetch first)", "(non-fast-forward)", "(stale info)", "reference already exists"])
            || has(&["incorrect old value", "but expected "])
        {
            Failed::Meanwhile
        } else if has(&["[remote rejected]"]) {
            // The server was reached, and had its reasons, whatever words they have.
            Failed::Refused(line())
        } else if has(&["Could not resolve host", "Connection refused", "timed out", "unreachable"])
            || has(&["Failed to connect", "Could not connect", "Temporary failure in name resolution"])
        {
            Failed::Unreachable(line())
        } else if has(&["Permission denied", "Authentication failed", "could not read Username"])
            || has(&["could not read Password", "Permission to ", "error: 403", "error: 401"])
            || has(&["Host key verification failed", "access denied", "insufficient permission"])
        {
            Failed::NotAllowed(line())
        } else if has(&["epository not found", "does not appear to be a git repository"])
            || has(&["' not found", "does not exist", "not a git repository"])
        {
            Failed::NoSuchRepository(line())
        } else if has(&["hash algorithm"]) {
            // Git says it well, before it hangs up.
            return None;
        } else if has(&["hung up", "unexpected disconnect", "early EOF", "RPC failed", "Broken pipe"])
            || has(&["Connection reset", "Connection closed"])
        {
            Failed::Broken(line())
        } else if has(&["remote: "]) {
            Failed::Refused(line())
        } else {
            return None;
        };
        Some(known)
    }

    /// How to mend it.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Failed::Git(failed) => return failed.help(),
            Failed::NoRemote(_, known) if known.is_empty() => {
                "`git remote add origin ADDRESS` names the server; or give the address itself".to_owned()
            }
            Failed::NoRemote(_, known) => format!("there are: {}", known.join(", ")),
            Failed::ManyAddresses(_) => "give one of the addresses with `--remote`".to_owned(),
            Failed::BadBranch(_) => "write a name such as `gh-pages`".to_owned(),
            Failed::OwnBranch(_) => {
                "the site needs a branch of its own; `gh-pages` is taken if none is named".to_owned()
            }
            Failed::NoCommit => {
                "commit the desk first: `git add --all && git commit`; each publication says of \
                                 which commit it was made"
                    .to_owned()
            }
            Failed::NoIdentity => {
                "`git config user.name \"Your name\"` and `git config user.email you@example.org`".to_owned()
            }
            Failed::Foreign(branch) => format!(
                "name another branch with `--branch`; or, if nothing of it is wanted, delete it: `git push REMOTE \
                 --delete {branch}`"
            ),
            Failed::Altered(..) => {
                "what is to stay belongs into `static/`; then revert those commits on the branch, \
                                    and publish again"
                    .to_owned()
            }
            Failed::Meanwhile => {
                "get what they wrote (`git pull`), look at it with `--dry-run`, and publish again".to_owned()
            }
            Failed::Broken(_) => "publish again: it begins by looking at what has arrived".to_owned(),
            Failed::Crossed(_) => "name another branch with `--branch`".to_owned(),
            Failed::Unreachable(_) => {
                "try again when the server can be reached: it begins by looking at what is there".to_owned()
            }
            Failed::NoSuchRepository(_) => {
                "see `git remote --verbose`; a private repository hides from who has no access".to_owned()
            }
            Failed::NotAllowed(_) => {
                "see that `git push` works from this terminal; in a workflow of GitHub, give the \
                                      job `permissions: {contents: write}`"
                    .to_owned()
            }
            Failed::Protected(_) => {
                "allow pushes to it in the settings of the repository, or name another with `--branch`"
                    .to_owned()
            }
            Failed::CheckedOut(_) => {
                "push to a bare repository, or check another branch out over there".to_owned()
            }
            Failed::Refused(_) | Failed::Name(_) => return None,
        };
        Some(help)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::Git(failed) => failed.fmt(f),
            Failed::NoRemote(name, _) => write!(f, "there is no remote `{name}`"),
            Failed::ManyAddresses(name) => write!(f, "the remote `{name}` pushes to several addresses"),
            Failed::BadBranch(name) => write!(f, "`{name}` cannot be the name of a branch"),
            Failed::OwnBranch(name) => write!(f, "`{name}` is the branch that the desk is written on"),
            Failed::NoCommit => f.write_str("the desk has no commit yet"),
            Failed::NoIdentity => f.write_str("git does not know in whose name to commit"),
            Failed::Foreign(branch) => {
                write!(f, "the branch `{branch}` is there already, and not from `meja publish`")
            }
            Failed::Altered(branch, files) => {
                let shown: Vec<String> = files.iter().take(3).map(|file| plain(file)).collect();
                write!(f, "somebody else changed the branch `{branch}`: {}", shown.join(", "))?;
                match files.len().saturating_sub(shown.len()) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Failed::Meanwhile => f.write_str("somebody else published in the meantime; nothing was changed"),
            Failed::Broken(said) => write!(f, "the connection broke off: {said}"),
            Failed::Crossed(branch) => {
                write!(
                    f,
                    "`{branch}` cannot stand beside a branch whose name is the beginning of the other's"
                )
            }
            Failed::Unreachable(said) => write!(f, "the server cannot be reached: {said}"),
            Failed::NoSuchRepository(said) => write!(f, "the repository cannot be found: {said}"),
            Failed::NotAllowed(said) => write!(f, "the server does not allow it: {said}"),
            Failed::Protected(branch) => write!(f, "the branch `{branch}` is protected"),
            Failed::CheckedOut(branch) => {
                write!(f, "the branch `{branch}` is checked out in the repository that is pushed to")
            }
            Failed::Refused(said) => write!(f, "the server refused: {said}"),
            Failed::Name(said) => write!(f, "git does not keep a file of this name: {said}"),
        }
    }
}

/// The lines that say most, on one line: what the server said, or else the first complaint. Nothing in
/// them may command a terminal.
fn last_words(said: &str) -> String {
    let lines = |start: &'static str| {
        said.lines()
            .filter_map(move |line| line.trim_start().strip_prefix(start))
            .map(plain)
            .filter(|line| !line.is_empty())
    };
    let remote: Vec<String> = lines("remote:").take(4).collect();
    let first = || {
        let ssh = said.lines().find(|line| line.contains("Permission denied") || line.contains("ssh: "));
        ssh.map(plain).or_else(|| lines("fatal:").next()).or_else(|| lines("error:").next())
    };
    if remote.is_empty() {
        let rejected = said.lines().find(|line| line.contains("[remote rejected]")).map(plain);
        rejected.or_else(first).unwrap_or_else(|| "it did not say why".to_owned())
    } else {
        remote.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Is = fn(&Failed) -> bool;

    #[test]
    fn the_words_of_git_and_servers_are_understood() {
        let told = |said: &str| Failed::told(said, "gh-pages");
        let cases: &[(&str, Is)] = &[
            ("remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.", |failed| {
                matches!(failed, Failed::Protected(_))
            }),
            (" ! [rejected]        abc -> gh-pages (fetch first)", |failed| *failed == Failed::Meanwhile),
            ("fatal: unable to access 'https://x.invalid/a/': Could not resolve host: x.invalid", |failed| {
                matches!(failed, Failed::Unreachable(_))
            }),
            (
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
                |failed| matches!(failed, Failed::NotAllowed(_)),
            ),
            (
                "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
                |failed| matches!(failed, Failed::NotAllowed(said) if said.contains("publickey")),
            ),
            (
                "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
                |failed| matches!(failed, Failed::NoSuchRepository(_)),
            ),
            (
                "remote: Too large\u{1b}[31m\n ! [remote rejected] a -> b (pre-receive hook declined)",
                |failed| *failed == Failed::Refused("Too large [31m".to_owned()),
            ),
            // The words of a hook are not those of git.
            (
                "remote: index.html does not exist: Permission denied\n!\ta:b\t[remote rejected] (hook declined)",
                |failed| matches!(failed, Failed::Refused(said) if said.starts_with("index.html")),
            ),
            ("!\ta:refs/heads/b\t[rejected] (stale info)", |failed| *failed == Failed::Meanwhile),
            ("!\ta:b\t[remote rejected] (cannot lock ref 'b': is at 11 but expected 22)", |failed| {
                *failed == Failed::Meanwhile
            }),
            ("!\ta:b\t[remote rejected] ('refs/heads/g' exists; cannot create 'refs/heads/g/x')", |failed| {
                matches!(failed, Failed::Crossed(_))
            }),
            (
                "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up",
                |failed| *failed == Failed::Broken("the remote end hung up".to_owned()),
            ),
        ];
        for (said, is) in cases {
            assert!(told(said).as_ref().is_some_and(is), "{said}: {:?}", told(said));
        }
        assert_eq!(told("fatal: something of its own"), None);
    }
}
