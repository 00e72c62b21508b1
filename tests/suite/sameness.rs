//! The same desk and the same moment give the same bytes: however many threads, wherever the desk lies, in whatever
//! order its files come, and whoever builds it.
//!
//! Six builds of a small desk; `MEJA_BUILDS=30` makes them thirty, and thirty of the demo desk and of a larger one each.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::desk::repository;
use crate::faults::chance::{Chance, times};
use crate::faults::tree::{Tree, differences, digest, tree};
use crate::serve::small;

const NOW: &str = "2026-11-22T09:30:00+07:00";

const ZONES: [&str; 6] =
    ["UTC", "Asia/Jakarta", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "No/Where"];
const TONGUES: [&str; 6] = ["C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.eucJP", "xx_YY"];
const UMASKS: [&str; 3] = ["022", "077", "002"];
const NAMES: [&str; 4] = ["desk", "a desk", "meja-çek-日本", "deep/er/and/deeper"];

/// A folder in memory, where files are listed in the order in which they came, if there is one.
fn memory() -> Option<&'static Path> {
    Some(Path::new("/dev/shm")).filter(|folder| folder.is_dir())
}

/// The files of a desk.
type Files = Vec<(String, Vec<u8>)>;

fn small_desk() -> Files {
    let desk = small::desk();
    for number in 0..30 {
        let name = format!("n{number}");
        desk.write(
            &format!("content/articles/{}/{name}.md", number % 4),
            small::article(&name, "Some words."),
        );
    }
    read(desk.root(), &["content", "static", "site.yaml"])
}

/// The repository, which is a desk in two languages with everything on it.
fn demo() -> Files {
    read(repository(), &["content", "static", "strings", "templates", "site.yaml"])
}

/// Many articles that share topics, claimants, sources and days.
fn large() -> Files {
    let mut dice = Chance::of(1);
    let text = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let mut files = vec![
        text("site.yaml", &small::SITE.replace("paginate: 10", "cards: off")),
        text("content/people/ann.md", "---\nname: Ann\n---\n\nAnn measures things.\n"),
    ];
    for number in 0..500 {
        let name = format!("n{number}");
        let text = small::article(&name, &"Words upon words. ".repeat(1 + dice.below(60)))
            .replace(
                "date: 2026-02-01",
                &format!("date: 2025-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(9)),
            )
            .replace("authors: [ann]", &format!("authors: [ann, \"Author {}\"]", dice.below(9)))
            .replace("verdict: benar", &format!("verdict: {}", ["benar", "keliru", "sesat"][dice.below(3)]))
            .replace("    verdict:", &format!("    claimant: \"Speaker {}\"\n    verdict:", dice.below(40)))
            .replace("topics: [towers]", &format!("topics: [towers, \"topic {}\"]", dice.below(20)));
        files.push((format!("content/articles/{}/{name}.md", number % 7), text.into_bytes()));
    }
    files
}

fn read(root: &Path, parts: &[&str]) -> Files {
    let mut files = Files::new();
    for part in parts.iter().map(|part| root.join(part)).filter(|part| part.exists()) {
        for entry in walkdir::WalkDir::new(part).sort_by_file_name() {
            let entry = entry.expect("an entry");
            if entry.file_type().is_file() {
                let name =
                    entry.path().strip_prefix(root).expect("below").to_str().expect("a name").to_owned();
                files.push((name, fs::read(entry.path()).expect("a file")));
            }
        }
    }
    files
}

/// The names below a folder in the order in which the system gives them.
fn listed(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        names.push(entry.file_name().to_string_lossy().into_owned());
        if entry.path().is_dir() {
            names.extend(listed(&entry.path()));
        }
    }
    names
}

/// One way to build a desk, of chance.
struct Build {
    holder: tempfile::TempDir,
    root: PathBuf,
    threads: &'static str,
    words: Vec<String>,
    command: Command,
    out: PathBuf,
}

impl Build {
    fn new(files: &Files, number: usize, chance: &mut Chance) -> Self {
        let holder = match memory().filter(|_| !number.is_multiple_of(3)) {
            Some(memory) => tempfile::tempdir_in(memory),
            None => tempfile::tempdir(),
        };
        let holder = holder.expect("a folder");
        let root = holder.path().join(NAMES[chance.below(NAMES.len())]);
        let mut files: Vec<_> = files.iter().collect();
        chance.shuffle(&mut files);
        for (path, bytes) in files {
            let place = root.join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, bytes).expect("a file");
        }
        // Whether the desk is in a repository, and whether there is a git, is nothing to a build.
        if chance.below(2) == 0 {
            let status = Command::new("git").args(["init", "--quiet"]).current_dir(&root).status();
            assert!(status.expect("git runs").success());
        }
        let path =
            if chance.below(2) == 0 { "/nowhere".to_owned() } else { std::env::var("PATH").expect("a path") };
        let threads = ["1", "2", "8"][number % 3];
        // The root by its absolute path, from above, from below, by a link, or found from a folder of the desk.
        let linked = holder.path().join("link");
        std::os::unix::fs::symlink(&root, &linked).expect("a link");
        let outside = holder.path().join("out side");
        let (from, given) = match chance.below(5) {
            0 => (Path::new("/").to_owned(), Some(root.clone())),
            1 => {
                (holder.path().to_owned(), Some(root.strip_prefix(holder.path()).expect("below").to_owned()))
            }
            2 => (root.join("content/articles"), Some("../..".into())),
            3 => (holder.path().to_owned(), Some("link".into())),
            _ => (root.join("content"), None),
        };
        let mut words = vec!["build".to_owned(), "--format=json".to_owned(), format!("--now={NOW}")];
        words.extend(given.map(|given| format!("--root={}", given.display())));
        let mut out = root.join("public");
        if chance.below(2) == 0 {
            words.push(format!("--out={}", outside.display()));
            out = outside;
        }
        let mut command = Command::new("/bin/sh");
        let umask = UMASKS[chance.below(UMASKS.len())];
        command.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_meja")]);
        command.args(&words).current_dir(from).stdin(Stdio::null());
        command.env_clear().env("PATH", path).env("RAYON_NUM_THREADS", threads);
        command.env("TZ", ZONES[chance.below(ZONES.len())]);
        for name in ["LANG", "LC_ALL", "LANGUAGE"] {
            command.env(name, TONGUES[chance.below(TONGUES.len())]);
        }
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"] {
            if chance.below(3) > 0 {
                let home = holder.path().join("home");
                fs::create_dir_all(&home).expect("a folder");
                command.env(name, home);
            }
        }
        Self { holder, root, threads, words, command, out }
    }

    /// What was written, and what was said of the content.
    fn run(&mut self) -> (Tree, String) {
        let Output { status, stderr, .. } = self.command.output().expect("the program runs");
        let said = String::from_utf8_lossy(&stderr).into_owned();
        assert!(status.success(), "{:?}: {said}", self.words);
        (tree(&self.out, &[]), said)
    }
}

fn same(what: &str, files: &Files, builds: usize) {
    let mut chance = Chance::new();
    let (mut orders, mut threads) = (BTreeSet::new(), BTreeSet::new());
    let mut first: Option<(Tree, String)> = None;
    for number in 0..builds {
        let mut build = Build::new(files, number, &mut chance);
        orders.insert(listed(&build.root.join("content")));
        threads.insert(build.threads);
        let found = build.run();
        let when = format!("{what}, build {number} of seed {} (MEJA_SEED), {:?}", chance.seed, build.words);
        let (wanted, said) = first.get_or_insert_with(|| found.clone());
        assert_eq!(differences(&found.0, wanted), [""; 0], "{when}");
        assert_eq!(found.1, *said, "{when}");
        drop(build.holder);
    }
    let (wanted, _) = first.expect("a build");
    println!(
        "{what}: {builds} builds with {threads:?} threads and {} orders of files, {} files and folders, {}",
        orders.len(),
        wanted.len(),
        digest(&wanted)
    );
    assert_eq!(threads.len(), 3, "{what}");
    if memory().is_none() {
        println!("skipped: no folder in memory, so files may have been listed in one order only");
    } else {
        assert!(orders.len() > builds / 2, "{what}: files were listed in {} orders only", orders.len());
    }
}

#[test]
fn whoever_builds_it_a_desk_gives_the_same_bytes() {
    same("small desk", &small_desk(), times("MEJA_BUILDS", 6));
}

/// Thirty of these take minutes, so they are built only when asked for.
fn same_if_asked(what: &str, files: fn() -> Files) {
    match times("MEJA_BUILDS", 0) {
        0 => println!("skipped: `MEJA_BUILDS=30` builds the {what}"),
        builds => same(what, &files(), builds),
    }
}

#[test]
fn whoever_builds_it_the_demo_gives_the_same_bytes() {
    same_if_asked("demo desk", demo);
}

#[test]
fn whoever_builds_it_a_larger_desk_gives_the_same_bytes() {
    same_if_asked("larger desk", large);
}
