//! A small disk of a test's own, where the system lets it have one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A file system in memory, mounted at a folder until the value goes away.
pub struct Disk {
    at: PathBuf,
}

fn done(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

impl Disk {
    /// A disk of so many kilobytes at this folder, which is made; `None`, with the reason said, where only a
    /// superuser may mount one and nobody is.
    pub fn at(folder: &Path, kilobytes: usize) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("a folder");
        let at = folder.to_str().expect("a path");
        let options = format!("size={kilobytes}k,mode=0755");
        if done("mount", &["-t", "tmpfs", "-o", &options, "tmpfs", at]) {
            return Some(Self { at: folder.to_owned() });
        }
        println!("skipped: no disk can be mounted here (that takes Linux and a superuser)");
        None
    }

    /// Gives the disk another size.
    pub fn resize(&self, kilobytes: usize) {
        self.remount(&format!("size={kilobytes}k"));
    }

    /// Forbids or allows writing.
    pub fn set_read_only(&self, is: bool) {
        self.remount(if is { "ro" } else { "rw" });
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(done("mount", &["-o", &options, self.at.to_str().expect("a path")]), "{options}");
    }

    /// How many kilobytes are taken.
    pub fn taken(&self) -> usize {
        let output =
            Command::new("df").args(["-k", "--output=used"]).arg(&self.at).output().expect("df runs").stdout;
        let text = String::from_utf8(output).expect("a number");
        text.lines().nth(1).and_then(|line| line.trim().parse().ok()).expect("a number")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        done("umount", &["-l", self.at.to_str().expect("a path")]);
    }
}
