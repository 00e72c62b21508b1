//! Brings a built site to a branch of a server, with the program `git`: one commit on top of what is there.
//!
//! Nothing of the desk's repository is touched but its store of objects: neither index, `HEAD`, branches,
//! hooks nor working tree. A commit says, in its last lines, of which commit of the desk the site was
//! made and for which moment; that is how a branch is known for ours, and what the ledger compares with.

mod changes;
mod failed;
mod mark;
mod pages;
mod source;
mod store;

pub use changes::{Changes, Standing, VerdictChange};
pub use failed::Failed;
pub use mark::Mark;
pub use pages::pages_of;
pub use source::Source;

use std::collections::BTreeMap;
use std::path::Path;

use crate::git::{Git, is_id, without_secrets};
use crate::output::Finished;

/// The domain at which GitHub Pages shows a site. Its settings write it to the branch.
const DOMAIN: &str = "CNAME";

/// How many commits are looked through for one of ours.
const FAR: &str = "--max-count=1000";

/// The files of a tree: mode and content by path.
type Tree = BTreeMap<String, (String, String)>;

/// A branch of a server that sites are published to.
#[derive(Debug)]
pub struct Server {
    git: Git,
    /// As the command line names it.
    remote: String,
    /// What git is told: the name, or the address that is pushed to.
    address: String,
    branch: String,
}

/// What is published now.
#[derive(Debug)]
pub struct Tip {
    /// The commit.
    pub id: String,
    /// What it says of itself, or what the commit of ours below it said; nothing on an empty branch.
    pub mark: Option<Mark>,
    /// Whether the domain on the branch is not the site's, but was written there by the host.
    has_own_domain: bool,
    tree: Tree,
}

/// A built site beside what is published.
#[derive(Debug)]
pub struct Laid {
    /// What publishing it would change.
    pub changes: Changes,
    /// Files of the branch that stay though they are not the site's.
    pub kept: Vec<String>,
    tree: Tree,
}

impl Server {
    /// The branch `branch` at `remote`, a name or an address, as the desk's repository in `root` knows it.
    /// `asks` says whether somebody is there to type a password.
    ///
    /// # Errors
    /// If the desk is in no repository, or a name is none.
    pub fn new(root: &Path, remote: &str, branch: &str, asks: bool) -> Result<Self, Failed> {
        let git = Git::at(root)?.talking(asks)?;
        let full = format!("refs/heads/{branch}");
        if branch.starts_with('-') || !git.attempt(&["check-ref-format", &full], b"")?.status.success() {
            return Err(Failed::BadBranch(branch.to_owned()));
        }
        let head = git.attempt(&["symbolic-ref", "--quiet", "HEAD"], b"")?.stdout;
        if String::from_utf8_lossy(&head).trim_end() == full {
            return Err(Failed::OwnBranch(branch.to_owned()));
        }
        let address = address(&git, remote)?;
        Ok(Self { git, remote: remote.to_owned(), address, branch: branch.to_owned() })
    }

    /// What the desk's folder is at.
    ///
    /// # Errors
    /// If there is no commit, or git cannot tell.
    pub fn source(&self) -> Result<Source, Failed> {
        source::of(&self.git)
    }

    /// What is on the branch now; `None` if there is no such branch.
    ///
    /// # Errors
    /// If the server cannot be asked, or what is there is not ours to replace.
    pub fn tip(&self) -> Result<Option<Tip>, Failed> {
        let full = self.full();
        let listed = self.ask(&["ls-remote", "--quiet", "--", &self.address, &full])?;
        let listed = String::from_utf8_lossy(&listed);
        let Some(id) = listed
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(id, name)| *name == full && is_id(id))
            .map(|(id, _)| id.to_owned())
        else {
            return Ok(None);
        };
        let commit = format!("{id}^{{commit}}");
        if !self.has(&commit)? {
            let quiet =
                ["fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-filter"];
            let mut fetch = quiet.to_vec();
            fetch.extend(["--no-recurse-submodules", "--no-auto-maintenance", "--no-write-commit-graph"]);
            // No branch of this repository moves, whatever its settings say of this remote.
            fetch.extend(["--refmap=", "--", &self.address, &full]);
            self.ask(&fetch)?;
            if !self.has(&commit)? {
                return Err(Failed::Meanwhile);
            }
        }
        let tree = self.tree(&id)?;
        let (mark, has_own_domain) = self.mark(&id, &tree)?;
        Ok(Some(Tip { id, mark, has_own_domain, tree }))
    }

    /// What the branch says of itself, and whether its domain is the host's. What others committed since must
    /// be undone, but for the domain.
    fn mark(&self, tip: &str, tree: &Tree) -> Result<(Option<Mark>, bool), Failed> {
        let listed = self.git.text(&["rev-list", "--first-parent", FAR, "--end-of-options", tip])?;
        let mut ours = None;
        let ids: Vec<&str> = listed.lines().collect();
        self.git.contents(&ids, |index, content| {
            let mut raw = Vec::new();
            if ours.is_none() {
                content.read_to_end(&mut raw)?;
                ours = Mark::read(&String::from_utf8_lossy(&raw)).map(|mark| (ids[index], mark));
            }
            Ok(())
        })?;
        let Some((id, mark)) = ours else {
            return if tree.is_empty() {
                Ok((None, false))
            } else {
                Err(Failed::Foreign(self.branch.clone()))
            };
        };
        let mut has_own_domain = mark.kept;
        if id != tip {
            let was = self.tree(id)?;
            let mut altered: Vec<String> = was
                .keys()
                .chain(tree.keys().filter(|path| !was.contains_key(*path)))
                .filter(|path| path.as_str() != DOMAIN && was.get(*path) != tree.get(*path))
                .cloned()
                .collect();
            altered.sort_unstable();
            if !altered.is_empty() {
                return Err(Failed::Altered(self.branch.clone(), altered));
            }
            has_own_domain |= was.get(DOMAIN) != tree.get(DOMAIN);
        }
        Ok((Some(mark), has_own_domain))
    }

    /// Whether a commit of the desk is in this repository.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn knows(&self, commit: &str) -> Result<bool, Failed> {
        let reading = Git::at(self.git.root())?;
        Ok(reading.attempt(&["cat-file", "-e", &format!("{commit}^{{commit}}")], b"")?.status.success())
    }

    /// Whether a commit of the desk is in the history of what is there now.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn holds(&self, commit: &str, source: &Source) -> Result<bool, Failed> {
        let arguments = ["merge-base", "--is-ancestor", commit, &source.commit];
        Ok(self.git.attempt(&arguments, b"")?.status.success())
    }

    /// Puts a built site beside what is published. Nothing is written.
    ///
    /// # Errors
    /// If a file cannot be read, or git cannot be run.
    pub fn lay(&self, site: &Finished, tip: Option<&Tip>) -> Result<Laid, Failed> {
        let mut tree = store::hashed(&self.git, site)?;
        let mut kept = Vec::new();
        let empty = Tree::new();
        let old = tip.map_or(&empty, |tip| &tip.tree);
        // A domain that the settings of the site brought to the branch goes when they do.
        let theirs = old.get(DOMAIN).filter(|_| tip.is_some_and(|tip| tip.has_own_domain));
        if let Some(domain) = theirs.filter(|_| !tree.contains_key(DOMAIN)) {
            tree.insert(DOMAIN.to_owned(), domain.clone());
            kept.push(DOMAIN.to_owned());
        }
        let changes = changes::between(&self.git, old, &tree, &site.folder)?;
        Ok(Laid { changes, kept, tree })
    }

    /// Commits a laid site on top of what is published, and pushes it. Returns the commit.
    ///
    /// # Errors
    /// If the server refuses, or somebody else was faster.
    pub fn push(
        &self,
        site: &Finished,
        laid: &Laid,
        tip: Option<&Tip>,
        message: &str,
        mark: &Mark,
    ) -> Result<String, Failed> {
        store::identity(&self.git)?;
        store::keep(&self.git, site, &laid.tree)?;
        let tree = store::tree(&self.git, &laid.tree)?;
        let parent = tip.map(|tip| tip.id.as_str());
        let mark = Mark { kept: !laid.kept.is_empty(), ..mark.clone() };
        let commit = store::commit(&self.git, &tree, parent, &mark.message(message))?;
        let target = format!("{commit}:{}", self.full());
        // The branch must be where it was looked at, or still not be there. The commit stands on top of it, so that
        // nothing is overwritten; but a branch that was set back or deleted since is left alone too.
        let lease = format!("--force-with-lease={}:{}", self.full(), parent.unwrap_or_default());
        let mut push = vec!["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed"];
        push.extend(["--recurse-submodules=no", &lease, "--", &self.address, &target]);
        self.ask(&push)?;
        Ok(commit)
    }

    /// The remote, as it may be shown: without a password that stands in an address.
    pub fn remote(&self) -> String {
        without_secrets(&self.remote)
    }

    fn full(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    fn has(&self, commit: &str) -> Result<bool, Failed> {
        Ok(self.git.attempt(&["cat-file", "-e", commit], b"")?.status.success())
    }

    fn tree(&self, commit: &str) -> Result<Tree, Failed> {
        Ok(changes::listed(&self.git.run(&["ls-tree", "-r", "-z", "--full-tree", commit])?))
    }

    /// Runs a command that speaks with the server.
    fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Failed> {
        let output = self.git.attempt(arguments, b"")?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
        let known =
            Failed::told(&format!("{said}\n{}", String::from_utf8_lossy(&output.stdout)), &self.branch);
        if said.trim().is_empty() {
            said = String::from_utf8_lossy(&output.stdout).into_owned();
        }
        Err(known.unwrap_or_else(|| self.git.why(&said).into()))
    }
}

/// What git is to be told of a remote, which is a name that it knows or an address. Where it fetches from must
/// be where it pushes to: what is published is compared with what is there.
fn address(git: &Git, remote: &str) -> Result<String, Failed> {
    let known: Vec<String> = git.text(&["remote"])?.lines().map(str::to_owned).collect();
    if remote.starts_with('-') || remote.is_empty() {
        return Err(Failed::NoRemote(remote.to_owned(), known));
    }
    if !known.iter().any(|name| name == remote) {
        if remote.contains([':', '\\']) {
            return Ok(remote.to_owned());
        }
        if !remote.contains('/') {
            return Err(Failed::NoRemote(remote.to_owned(), known));
        }
        // A path is meant from where the command is given, not from the desk's folder.
        let path = std::path::absolute(remote).unwrap_or_else(|_| remote.into());
        return Ok(path.to_string_lossy().into_owned());
    }
    let fetched = git.text(&["remote", "get-url", remote])?;
    let pushed = git.text(&["remote", "get-url", "--push", "--all", remote])?;
    let mut addresses = pushed.lines();
    let (Some(first), None) = (addresses.next(), addresses.next()) else {
        return Err(Failed::ManyAddresses(remote.to_owned()));
    };
    // A mirror takes all branches or none.
    let mirror = git.attempt(&["config", "--type=bool", "--get", &format!("remote.{remote}.mirror")], b"")?;
    let is_plain = first == fetched.trim_end_matches('\n') && mirror.stdout != b"true\n";
    Ok(if is_plain { remote.to_owned() } else { first.to_owned() })
}
