//! The program `git`, run so that neither the surroundings nor the repository change what it does.
//!
//! Nothing but this room runs another program. It reads stored objects, without filters, hooks or a pager;
//! only who calls `Git::talking` may have it ask a server.

mod command;
mod failed;
mod said;

pub use failed::Failed;
pub(crate) use said::{plain, without_secrets};

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;

use command::Manner;

use crate::config::FILE;

/// The oldest version that keeps its promises when it speaks with servers: older ones write files that it is
/// told not to write, and know not all of what is asked.
const OLDEST: (u32, u32) = (2, 30);

/// How many letters of a commit's name are shown.
const SHOWN: usize = 10;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// When it was committed.
    pub time: Timestamp,
}

impl Commit {
    /// Its name, as short as people write it.
    pub fn short(&self) -> &str {
        self.id.get(..SHOWN).unwrap_or(&self.id)
    }
}

/// A repository, seen from the desk's folder.
#[derive(Debug, Clone)]
pub(crate) struct Git {
    root: PathBuf,
    /// The desk's folder in the repository, without `/` at its end; empty for the whole.
    prefix: String,
    manner: Manner,
    /// Files and folders that stand for those of the repository.
    instead: Vec<(&'static str, PathBuf)>,
}

impl Git {
    /// The repository that the desk's folder is in.
    pub(crate) fn at(root: &Path) -> Result<Self, Failed> {
        let mut git = Self {
            root: root.to_path_buf(),
            prefix: String::new(),
            manner: Manner::Reading,
            instead: Vec::new(),
        };
        let prefix = git.text(&["rev-parse", "--show-prefix"])?;
        prefix.trim_end_matches('\n').trim_end_matches('/').clone_into(&mut git.prefix);
        Ok(git)
    }

    /// The same, but it may ask servers; `asks` is whether somebody can be asked for a password.
    pub(crate) fn talking(mut self, asks: bool) -> Result<Self, Failed> {
        let said = self.text(&["version"])?;
        if version(&said).is_some_and(|version| version < OLDEST) {
            return Err(Failed::Old(said.trim().trim_start_matches("git version ").to_owned()));
        }
        let chosen = |name: &str| std::env::var_os(name).is_some();
        let own_ssh = chosen("GIT_SSH_COMMAND")
            || chosen("GIT_SSH")
            || self.attempt(&["config", "--get", "core.sshCommand"], b"")?.status.success();
        self.manner = Manner::Talking { asks, own_ssh };
        Ok(self)
    }

    /// The same, but it asks nobody: what a partial clone lacks is missing.
    pub(crate) fn reading(&self) -> Self {
        Self { manner: Manner::Reading, ..self.clone() }
    }

    /// The same, with a file or folder in the place of the repository's, by the name git has for it.
    pub(crate) fn with(&self, name: &'static str, place: &Path) -> Self {
        let mut git = self.clone();
        git.instead.push((name, place.to_path_buf()));
        git
    }

    /// The desk's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the desk's folder is in the repository, without `/` at its end.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The commit that `rev` names.
    pub(crate) fn commit(&self, rev: &str) -> Result<Commit, Failed> {
        let peeled = format!("{rev}^{{commit}}");
        // What begins with a hyphen is no name; older versions of git would take it for an option.
        let found = if rev.is_empty() || rev.starts_with('-') {
            None
        } else {
            self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled]).ok()
        };
        let Some(id) = found.as_deref().map(str::trim).filter(|id| is_id(id)) else {
            let shallow = self.text(&["rev-parse", "--is-shallow-repository"])?;
            let rev = rev.to_owned();
            return Err(if shallow.trim() == "true" { Failed::Shallow(rev) } else { Failed::Unknown(rev) });
        };
        let raw = self.run(&["cat-file", "commit", id])?;
        let time = committed(&String::from_utf8_lossy(&raw))
            .ok_or_else(|| Failed::Git(format!("the commit {id} does not say when it was made")))?;
        Ok(Commit { id: id.to_owned(), time })
    }

    /// The files of the desk's folder at a commit, as `ls-tree -r -z` lists them; nothing if there was no
    /// such folder.
    pub(crate) fn list(&self, commit: &Commit) -> Result<Vec<u8>, Failed> {
        let tree = format!("{}:{}", commit.id, self.prefix);
        if self.run(&["cat-file", "-e", &tree]).is_err() {
            return Ok(Vec::new());
        }
        self.run(&["ls-tree", "-r", "-z", "--full-tree", &tree])
    }

    /// Looks at another folder of the repository from now on: the one that the desk of a commit stood in, if
    /// it was moved since. That is the only one with settings at which there are none any more.
    pub(crate) fn follow_move(&mut self, commit: &Commit) -> Result<bool, Failed> {
        let listed = self.run(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &commit.id])?;
        let top = self.text(&["rev-parse", "--show-toplevel"])?;
        let top = Path::new(top.trim_end_matches('\n'));
        let mut gone = listed
            .split(|byte| *byte == 0)
            .filter_map(|path| std::str::from_utf8(path).ok())
            .filter_map(|path| path.strip_suffix(FILE))
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .map(|folder| folder.trim_end_matches('/'))
            .filter(|folder| !top.join(folder).join(FILE).exists());
        match (gone.next(), gone.next()) {
            (Some(folder), None) => {
                folder.clone_into(&mut self.prefix);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Gives the stored bytes of each of `blobs` to `take`, in their order.
    pub(crate) fn contents(
        &self,
        blobs: &[&str],
        mut take: impl FnMut(usize, &mut dyn Read) -> std::io::Result<()>,
    ) -> Result<(), Failed> {
        let disk = |error: std::io::Error| Failed::disk(&error);
        // Files stand for the pipes, so that neither side waits for the other.
        let mut asked = tempfile::tempfile().map_err(disk)?;
        for blob in blobs {
            writeln!(asked, "{blob}").map_err(disk)?;
        }
        asked.seek(SeekFrom::Start(0)).map_err(disk)?;
        let mut said = tempfile::tempfile().map_err(disk)?;
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::from(asked))
            .stdout(Stdio::piped())
            .stderr(Stdio::from(said.try_clone().map_err(disk)?))
            .spawn()
            .map_err(|error| Failed::NoGit(error.to_string()))?;
        let outcome = match child.stdout.take() {
            Some(answers) => read_batch(blobs, BufReader::new(answers), &mut take),
            None => Ok(()),
        };
        let ended = child.wait().map_err(disk)?;
        match outcome {
            // Who stops listening makes git end badly.
            Err(missing @ Failed::Missing(_)) => Err(missing),
            outcome if ended.success() => outcome,
            _ => Err(self.why(&text_of(&mut said))),
        }
    }

    /// What a command prints.
    pub(crate) fn text(&self, arguments: &[&str]) -> Result<String, Failed> {
        let bytes = self.run(arguments)?;
        String::from_utf8(bytes).map_err(|_| Failed::Git("the desk's path is not UTF-8".to_owned()))
    }

    /// The bytes that a command prints.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Failed> {
        self.feed(arguments, b"")
    }

    /// As [`Git::run`], with something for the command to read.
    pub(crate) fn feed(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Failed> {
        let output = self.attempt(arguments, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(self.why(&String::from_utf8_lossy(&output.stderr)))
    }

    /// Runs a command that may well fail.
    pub(crate) fn attempt(&self, arguments: &[&str], input: &[u8]) -> Result<Output, Failed> {
        let disk = |error: std::io::Error| Failed::disk(&error);
        let stdin = if input.is_empty() {
            Stdio::null()
        } else {
            // A file stands for the pipe, so that neither side waits for the other.
            let mut file = tempfile::tempfile().map_err(disk)?;
            file.write_all(input).map_err(disk)?;
            file.seek(SeekFrom::Start(0)).map_err(disk)?;
            Stdio::from(file)
        };
        self.command(arguments).stdin(stdin).output().map_err(|error| Failed::NoGit(error.to_string()))
    }

    /// Runs a command that reads what `write` writes, while it is written.
    pub(crate) fn pour(
        &self,
        arguments: &[&str],
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Failed> {
        let disk = |error: std::io::Error| Failed::disk(&error);
        let mut said = tempfile::tempfile().map_err(disk)?;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::from(said.try_clone().map_err(disk)?))
            .spawn()
            .map_err(|error| Failed::NoGit(error.to_string()))?;
        let outcome = child.stdin.take().map_or(Ok(()), |pipe| {
            let mut pipe = BufWriter::new(pipe);
            write(&mut pipe).and_then(|()| pipe.flush())
        });
        // If git stops listening, its own words say why.
        if child.wait().map_err(disk)?.success() {
            outcome.map_err(disk)
        } else {
            Err(self.why(&text_of(&mut said)))
        }
    }

    /// What git's words mean.
    pub(crate) fn why(&self, said: &str) -> Failed {
        if said.contains("dubious ownership") {
            let folder = said.split('\'').nth(1).map(str::to_owned);
            return Failed::NotTrusted(folder.unwrap_or_else(|| self.root.display().to_string()));
        }
        if said.contains("not a git repository") {
            return Failed::NoRepository;
        }
        if said.contains("must be run in a work tree") {
            return Failed::Bare;
        }
        Failed::Git(said::complaint(said))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command::of(&self.root, self.manner, &self.instead, arguments)
    }
}

/// Reads the answers of `cat-file --batch`: a line `<id> blob <size>`, the bytes, a line end.
fn read_batch(
    blobs: &[&str],
    mut answers: impl BufRead,
    take: &mut impl FnMut(usize, &mut dyn Read) -> std::io::Result<()>,
) -> Result<(), Failed> {
    let disk = |error: std::io::Error| Failed::disk(&error);
    for (index, blob) in blobs.iter().enumerate() {
        let mut head = String::new();
        answers.read_line(&mut head).map_err(disk)?;
        let size = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok());
        let Some(size) = size else {
            return Err(Failed::Missing((*blob).to_owned()));
        };
        let mut content = (&mut answers).take(size);
        take(index, &mut content).map_err(disk)?;
        std::io::copy(&mut content, &mut std::io::sink()).map_err(disk)?;
        answers.read_exact(&mut [0]).map_err(disk)?;
    }
    Ok(())
}

fn text_of(file: &mut File) -> String {
    let mut text = Vec::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut text));
    read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&text).into_owned())
}

/// The first two numbers of `git version 2.47.3`; nothing if it is written in another way.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix("git version ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Whether a word is the whole name of an object.
pub(crate) fn is_id(word: &str) -> bool {
    word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The time in a commit's line `committer Name <address> 1704067200 +0700`.
fn committed(raw: &str) -> Option<Timestamp> {
    let line = raw.lines().take_while(|line| !line.is_empty()).find(|line| line.starts_with("committer "))?;
    let seconds = line.rsplit(' ').nth(1)?.parse().ok()?;
    Timestamp::from_second(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_far_as_they_count() {
        assert_eq!(version("git version 2.47.3\n"), Some((2, 47)));
        assert_eq!(version("git version 2.39.5 (Apple Git-154)"), Some((2, 39)));
        assert_eq!(version("git version 2.9.rc1"), Some((2, 9)));
        assert_eq!(version("another"), None);
    }

    #[test]
    fn the_time_is_the_committers() {
        let raw =
            "tree a\nauthor A <a@b> 1 +0000\ncommitter B C <b@c> 1704067200 +0700\n\ncommitter x 5 +0000\n";
        assert_eq!(committed(raw).map(Timestamp::as_second), Some(1_704_067_200));
        assert_eq!(committed("tree a\n\ncommitter B <b> 5 +0000\n"), None, "the message is not the head");
    }

    #[test]
    fn answers_are_read_in_their_order() {
        let answers: &[u8] = b"aa blob 3\nx\ny\nbb blob 0\n\ncc blob 2\nzz\n";
        let mut seen = Vec::new();
        let mut take = |index: usize, content: &mut dyn Read| {
            let mut text = String::new();
            // What is not taken is passed over.
            if index != 2 {
                content.read_to_string(&mut text)?;
            }
            seen.push((index, text));
            Ok(())
        };
        assert_eq!(read_batch(&["aa", "bb", "cc"], answers, &mut take), Ok(()));
        assert_eq!(seen, [(0, "x\ny".to_owned()), (1, String::new()), (2, String::new())]);
    }

    #[test]
    fn an_object_that_is_missing_is_said() {
        let failed = read_batch(&["aa"], &b"aa missing\n"[..], &mut |_, _| Ok(()));
        assert_eq!(failed, Err(Failed::Missing("aa".to_owned())));
    }
}
