//! Brings a built site to a branch of a server, with the program `git`: one commit on top of what is there.
//!
//! Nothing of the desk's repository is touched but its store of objects: neither index, `HEAD`, branches,
//! hooks nor working tree. A commit says, in its last lines, of which commit of the desk the site was
//! made and for which moment; that is how a branch is known for ours, and what the ledger compares with.

mod changes;
mod failed;
mod mark;
mod store;

pub use changes::{Changes, Standing, VerdictChange};
pub use failed::Failed;
pub use mark::Mark;

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::FILE;
use crate::git::{Git, is_id};
use crate::output::Finished;

/// What a site is made from, in the desk's folder.
const SOURCES: [&str; 5] = [FILE, "content", "templates", "static", "strings"];

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
    remote: String,
    branch: String,
}

/// The commit of the desk that a site is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub commit: String,
    /// Files that are otherwise now than they were committed, from the desk's folder.
    pub changed: Vec<String>,
}

/// What is published now.
#[derive(Debug)]
pub struct Tip {
    /// The commit.
    pub id: String,
    /// What it says of itself, or what the commit of ours below it said; nothing on an empty branch.
    pub mark: Option<Mark>,
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
        let known = git.text(&["remote"])?;
        let known: Vec<String> = known.lines().map(str::to_owned).collect();
        let is_address = remote.contains(['/', ':', '\\']) && !remote.starts_with('-');
        if !is_address && !known.iter().any(|name| name == remote) {
            return Err(Failed::NoRemote(remote.to_owned(), known));
        }
        Ok(Self { git, remote: remote.to_owned(), branch: branch.to_owned() })
    }

    /// What the desk's folder is at.
    ///
    /// # Errors
    /// If there is no commit, or git cannot tell.
    pub fn source(&self) -> Result<Source, Failed> {
        let head = self.git.attempt(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], b"")?;
        let commit = String::from_utf8_lossy(&head.stdout).trim().to_owned();
        if !is_id(&commit) {
            return Err(Failed::NoCommit);
        }
        let prefix = match self.git.prefix() {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let mut status =
            vec!["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--"];
        status.extend(SOURCES);
        let listed = self.git.run(&status)?;
        let mut changed: Vec<String> = listed
            .split(|byte| *byte == 0)
            .filter_map(|entry| entry.get(3..))
            .map(String::from_utf8_lossy)
            .map(|path| path.strip_prefix(prefix.as_str()).unwrap_or(&path).to_owned())
            .collect();
        // What git is told to ignore is in no list.
        let settings = format!("{commit}:{prefix}{FILE}");
        if !self.git.attempt(&["cat-file", "-e", &settings], b"")?.status.success() {
            changed.push(FILE.to_owned());
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(Source { commit, changed })
    }

    /// What is on the branch now; `None` if there is no such branch.
    ///
    /// # Errors
    /// If the server cannot be asked, or what is there is not ours to replace.
    pub fn tip(&self) -> Result<Option<Tip>, Failed> {
        let full = self.full();
        let listed = self.ask(&["ls-remote", "--quiet", "--", &self.remote, &full])?;
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
            let quiet = ["fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head"];
            let mut fetch = quiet.to_vec();
            fetch.extend(["--no-recurse-submodules", "--no-auto-maintenance", "--", &self.remote, &full]);
            self.ask(&fetch)?;
            if !self.has(&commit)? {
                return Err(Failed::Meanwhile);
            }
        }
        let tree = self.tree(&id)?;
        let mark = self.mark(&id, &tree)?;
        Ok(Some(Tip { id, mark, tree }))
    }

    /// What the branch says of itself. What others committed since must be undone, but for the domain.
    fn mark(&self, tip: &str, tree: &Tree) -> Result<Option<Mark>, Failed> {
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
            return if tree.is_empty() { Ok(None) } else { Err(Failed::Foreign(self.branch.clone())) };
        };
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
        }
        Ok(Some(mark))
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
        if let Some(domain) = old.get(DOMAIN).filter(|_| !tree.contains_key(DOMAIN)) {
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
        let commit = store::commit(&self.git, &tree, tip.map(|tip| tip.id.as_str()), &mark.message(message))?;
        let target = format!("{commit}:{}", self.full());
        let mut push = vec!["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed"];
        push.extend(["--recurse-submodules=no", "--", &self.remote, &target]);
        self.ask(&push)?;
        Ok(commit)
    }

    /// The remote, as it may be shown: without a password that stands in an address.
    pub fn remote(&self) -> String {
        failed::without_secrets(&self.remote)
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
