//! Puts a site into the repository's store of objects: contents, a tree, a commit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Failed, Tree};
use crate::git::{self, Git};
use crate::output::Finished;

/// The mode of a plain file.
const PLAIN: &str = "100644";

/// The site's files with the names that git has for their contents. Nothing is written.
pub(super) fn hashed(git: &Git, site: &Finished) -> Result<Tree, Failed> {
    let mut asked = Vec::new();
    for path in &site.files {
        asked.extend(quoted(&site.folder.join(path)));
        asked.push(b'\n');
    }
    let said = git.feed(&["hash-object", "--no-filters", "--stdin-paths"], &asked)?;
    let said = String::from_utf8_lossy(&said);
    let ids: Vec<&str> = said.lines().filter(|id| git::is_id(id)).collect();
    if ids.len() != site.files.len() {
        return Err(git.why("not every file was read").into());
    }
    let files = site.files.iter().zip(ids);
    Ok(files.map(|(path, id)| (path.clone(), (PLAIN.to_owned(), id.to_owned()))).collect())
}

/// A path as git reads it from a list, whatever is in it: in quotation marks, each byte of a doubtful kind by its number.
fn quoted(path: &Path) -> Vec<u8> {
    let mut out = vec![b'"'];
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', *byte]),
            0..=31 | 127 => out.extend(format!("\\{byte:03o}").bytes()),
            other => out.push(*other),
        }
    }
    out.push(b'"');
    out
}

/// Stores the contents that the repository does not have yet, all at once: one by one, the disk would be
/// waited for as often.
pub(super) fn keep(git: &Git, site: &Finished, tree: &Tree) -> Result<(), Failed> {
    let ids: BTreeSet<&str> = tree.values().map(|(_, id)| id.as_str()).collect();
    let asked = ids.iter().flat_map(|id| [id, "\n"]).collect::<String>();
    // A partial clone would else ask its server for each of them.
    let said = git.reading().feed(&["cat-file", "--batch-check"], asked.as_bytes())?;
    let said = String::from_utf8_lossy(&said);
    let mut missing: BTreeSet<&str> = said.lines().filter_map(|line| line.strip_suffix(" missing")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (importer, _passing) = importer(git)?;
    importer.pour(&["fast-import", "--quiet", "--done"], |pipe| {
        for path in &site.files {
            if tree.get(path).is_some_and(|(_, id)| missing.remove(id.as_str())) {
                let bytes = fs::read(site.folder.join(path))?;
                write!(pipe, "blob\ndata {}\n", bytes.len())?;
                pipe.write_all(&bytes)?;
                pipe.write_all(b"\n")?;
            }
        }
        pipe.write_all(b"done\n")
    })?;
    Ok(())
}

/// Git with a passing repository whose store of objects is the desk's. What it leaves beside objects when it
/// is interrupted (a report of what it was doing) is not left in the desk's repository.
fn importer(git: &Git) -> Result<(Git, TempDir), Failed> {
    let objects = git.text(&["rev-parse", "--git-path", "objects"])?;
    let objects = git.root().join(objects.trim_end_matches('\n'));
    // Git runs in the desk's folder, from which a path would else be read.
    let objects = std::path::absolute(objects).map_err(|error| git::Failed::disk(&error))?;
    let format = git.text(&["rev-parse", "--show-object-format"])?;
    let format = format!("--object-format={}", format.trim());
    let folder = TempDir::with_prefix("meja-").map_err(|error| git::Failed::disk(&error))?;
    let git = git.reading().with("GIT_DIR", folder.path()).with("GIT_OBJECT_DIRECTORY", &objects);
    git.run(&["init", "--quiet", "--bare", "--template=", "--initial-branch=main", &format])?;
    Ok((git, folder))
}

/// Stores the tree of these files, by way of an index of its own.
pub(super) fn tree(git: &Git, files: &Tree) -> Result<String, Failed> {
    let folder = TempDir::with_prefix("meja-").map_err(|error| git::Failed::disk(&error))?;
    let git = git.with("GIT_INDEX_FILE", &folder.path().join("index"));
    let entries: String = files
        .iter()
        .flat_map(|(path, (mode, id))| [mode.as_str(), " ", id.as_str(), "\t", path.as_str(), "\0"])
        .collect();
    // Settings of the repository could make an index of several files, some of them not where we say.
    let plain =
        ["-c", "core.splitIndex=false", "-c", "core.untrackedCache=false", "-c", "index.sparse=false"];
    let run = |arguments: &[&str], input: &[u8]| {
        let arguments: Vec<&str> = plain.iter().chain(arguments).copied().collect();
        git.attempt(&arguments, input)
    };
    let output = run(&["update-index", "--add", "-z", "--index-info"], entries.as_bytes())?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || said.contains("nvalid path '") {
        let name = said.lines().find_map(|line| line.split_once("nvalid path '")).map(|(_, name)| name);
        return Err(match name {
            Some(name) => Failed::Name(name.trim_end_matches('\'').to_owned()),
            None => git.why(&said).into(),
        });
    }
    let output = run(&["write-tree"], b"")?;
    let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if git::is_id(&id) { Ok(id) } else { Err(git.why(&String::from_utf8_lossy(&output.stderr)).into()) }
}

/// Refuses if git does not know who commits.
pub(super) fn identity(git: &Git) -> Result<(), Failed> {
    for who in ["GIT_COMMITTER_IDENT", "GIT_AUTHOR_IDENT"] {
        if !git.attempt(&["-c", "user.useConfigOnly=true", "var", who], b"")?.status.success() {
            return Err(Failed::NoIdentity);
        }
    }
    Ok(())
}

/// Stores a commit.
pub(super) fn commit(git: &Git, tree: &str, parent: Option<&str>, message: &str) -> Result<String, Failed> {
    let mut arguments = vec!["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "--no-gpg-sign", tree];
    if let Some(parent) = parent {
        arguments.extend(["-p", parent]);
    }
    let said = git.feed(&arguments, message.as_bytes())?;
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_git_reads_them() {
        let is = |path: &str| String::from_utf8(quoted(Path::new(path))).unwrap_or_default();
        assert_eq!(is("/a b/é\"\\\n"), "\"/a b/é\\\"\\\\\\012\"");
    }
}
