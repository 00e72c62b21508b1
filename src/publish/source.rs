//! Of what a site is made: a commit of the desk, and files that are otherwise than in it.

use super::Failed;
use crate::config::FILE;
use crate::content::is_ignored;
use crate::git::{self, Git, is_id};

/// What a site is made from, in the desk's folder.
const SOURCES: [&str; 5] = [FILE, "content", "templates", "static", "strings"];

/// The commit of the desk that a site is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub commit: String,
    /// Files that are otherwise now than they were committed, from the desk's folder.
    pub changed: Vec<String>,
}

/// What the desk's folder is at.
pub(super) fn of(git: &Git) -> Result<Source, Failed> {
    let git = git.reading();
    let head = git.attempt(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], b"")?;
    let commit = String::from_utf8_lossy(&head.stdout).trim().to_owned();
    if !is_id(&commit) {
        return Err(Failed::NoCommit);
    }
    let mut changed = altered(&git)?;
    changed.extend(ignored(&git)?);
    changed.extend(unwatched(&git)?);
    // Files that Meja does not read either, such as what an editor leaves.
    changed.retain(|path| !path.split('/').any(is_ignored));
    changed.sort_unstable();
    changed.dedup();
    Ok(Source { commit, changed })
}

/// What git knows to be changed, new or gone.
fn altered(git: &Git) -> Result<Vec<String>, git::Failed> {
    let mut status = vec!["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"];
    status.extend(["--ignore-submodules=none", "--"]);
    status.extend(SOURCES);
    let folder = match git.prefix() {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    };
    let listed = git.run(&status)?;
    let paths = words(&listed, 3);
    Ok(paths.map(|path| path.strip_prefix(folder.as_str()).unwrap_or(&path).to_owned()).collect())
}

/// What git is told to ignore, of that which the ledger reads: static files and the like may well be made by
/// a program and kept out of the history.
fn ignored(git: &Git) -> Result<Vec<String>, git::Failed> {
    let list = ["ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", FILE, "content"];
    Ok(words(&git.run(&list)?, 0).collect())
}

/// What git is told to take for unchanged (in lower case) or to leave out of the folder (`S`).
fn unwatched(git: &Git) -> Result<Vec<String>, git::Failed> {
    let mut list = vec!["ls-files", "-v", "-z", "--"];
    list.extend(SOURCES);
    let listed = git.run(&list)?;
    let is_unwatched =
        |entry: &&[u8]| entry.first().is_some_and(|tag| tag.is_ascii_lowercase() || *tag == b'S');
    let entries: Vec<&[u8]> = listed.split(|byte| *byte == 0).filter(is_unwatched).collect();
    Ok(words(&entries.join(&0), 2).collect())
}

/// The paths of a list whose entries end with a zero byte, without what stands before them.
fn words(listed: &[u8], before: usize) -> impl Iterator<Item = String> {
    listed
        .split(|byte| *byte == 0)
        .filter_map(move |entry| entry.get(before..))
        .filter(|path| !path.is_empty())
        .map(|path| String::from_utf8_lossy(path).into_owned())
}
