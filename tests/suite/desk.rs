//! A desk in a temporary folder, and the built program to run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository, which is itself a desk.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that goes away with the value.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with these files: path and text.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::empty();
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.path(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        std::fs::write(place, text).expect("a written file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs `git` in the folder, untouched by the settings of whoever runs the tests.
    pub fn git(&self, arguments: &[&str]) -> String {
        git_in(self.root(), arguments, "2026-01-10T00:00:00Z")
    }

    /// Commits the folder as it is, at this moment; makes it a repository first if it is none.
    pub fn commit(&self, message: &str, moment: &str) {
        if !self.exists(".git") {
            self.git(&["init", "--quiet", "--initial-branch=main"]);
        }
        git_in(self.root(), &["add", "--all", "--force"], moment);
        git_in(self.root(), &["commit", "--quiet", "--allow-empty", "--message", message], moment);
    }

    /// Removes everything but the repository.
    pub fn clear(&self) {
        for entry in std::fs::read_dir(self.root()).expect("a folder") {
            let entry = entry.expect("an entry");
            if entry.file_name() == ".git" {
                continue;
            }
            if entry.file_type().expect("a kind").is_dir() {
                std::fs::remove_dir_all(entry.path()).expect("a removed folder");
            } else {
                std::fs::remove_file(entry.path()).expect("a removed file");
            }
        }
    }

    /// Runs `meja` with the folder as the present one.
    pub fn meja(&self, arguments: &[&str]) -> Run {
        meja_in(self.root(), arguments)
    }
}

/// What a run of the program said and how it ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

pub fn meja_in(folder: &Path, arguments: &[&str]) -> Run {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_meja"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .expect("the program runs");
    Run::from(output)
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Runs `git` in a folder and returns what it said. `moment` is when commits are made.
pub fn git_in(folder: &Path, arguments: &[&str], moment: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "-c", "commit.gpgSign=false", "-c", "gc.auto=0"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Rina")
        .env("GIT_AUTHOR_EMAIL", "rina@example.org")
        .env("GIT_COMMITTER_NAME", "Rina")
        .env("GIT_COMMITTER_EMAIL", "rina@example.org")
        .env("GIT_AUTHOR_DATE", moment)
        .env("GIT_COMMITTER_DATE", moment)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}
