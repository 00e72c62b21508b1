//! A desk with several states, and what each of them is built to.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::tree::{Tree, differences, tree};
use crate::desk::{Desk, Run, repository};

/// When everything is built.
pub const NOW: &str = "2026-01-15";

/// Files of others in the output folder. One is where pages come and go.
const FOREIGN: [(&str, &str); 3] =
    [("mine.txt", "mine"), ("articles/a5/notes/mine.txt", "notes"), ("topics/mine.csv", "a,b\n")];

/// The files of a desk: path and bytes.
type Files = Vec<(String, Vec<u8>)>;

/// A desk, the states it is put into, and what comes of each.
pub struct World {
    pub desk: Desk,
    states: Vec<Files>,
    known: &'static Known,
    pub state: usize,
}

/// What is known of a desk's states, found once.
struct Known {
    /// What each is built to in an empty folder.
    clean: Vec<Tree>,
    length: Duration,
}

impl Known {
    fn of(states: &[Files]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let over = folder.path().join("over");
        let mut known = Self { clean: Vec::new(), length: Duration::MAX };
        for (number, files) in states.iter().enumerate() {
            let desk = Desk::empty();
            for (path, bytes) in files {
                desk.write(path, bytes);
            }
            let built = |out: &Path| {
                let run = Run::from(command(desk.root(), out).output().expect("the program runs"));
                assert_eq!(run.code, 0, "{}", run.stderr);
                tree(out, &[])
            };
            known.clean.push(built(&folder.path().join(number.to_string())));
            let began = Instant::now();
            let found = differences(&built(&over), &known.clean[number]);
            assert!(found.is_empty(), "uninterrupted, state {number}: {found:#?}");
            known.length = known.length.min(began.elapsed());
        }
        known
    }
}

fn command(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meja"));
    command.args(["build", "--color", "never", "--now", NOW, "--out"]).arg(out).current_dir(root);
    command
}

fn article(id: usize, words: &str, more: &str) -> String {
    format!(
        "---\ntitle: Judul {id} {words}\ndate: 2025-01-{:02}\nauthors: [Rina, Budi]\ntopics: [bumi, topik-{}]\n{more}claims:\n  \
         - id: k{id}\n    claim: Klaim {id} {words}.\n    claimant: Pihak {}\n    verdict: {}\n    finding: Temuan {words}.\n    \
         sources:\n      - {{title: Laporan, url: \"https://example.org/{id}\"}}\n---\nIsi {words}. {}\n",
        id % 28 + 1,
        id % 5,
        id % 7,
        ["keliru", "benar"][id % 2],
        "Kalimat yang panjang. ".repeat(id % 11 * 20)
    )
}

fn site(title: &str, more: &str) -> String {
    format!(
        "title: {title}\nbase_url: https://desk.example/\nlanguage: id\ntimezone: Asia/Jakarta\nratings: tempo\n\
         publisher: {{name: Meja}}\n{more}"
    )
}

fn text(path: &str, text: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (path.to_owned(), text.into())
}

/// Many pages and no picture. From state to state pages come, go and change: a few of them, or all, which are more than
/// are moved into place one by one.
fn wide() -> Vec<Files> {
    let state = |title: &str, numbers: std::ops::Range<usize>, words: &str| {
        let mut files: Vec<_> = numbers
            .map(|id| {
                let words = if id % 9 == 0 { words } else { "tetap" };
                text(&format!("content/articles/a{id}.md"), article(id, words, ""))
            })
            .collect();
        files.push(text("site.yaml", site(title, "cards: off\n")));
        files.push(text("static/extra.txt", words));
        files
    };
    vec![state("Meja", 0..130, "satu"), state("Meja", 4..134, "dua"), state("Meja lain", 10..140, "tiga")]
}

/// Few pages with cards and pictures, of which some are made anew from state to state.
fn costly() -> Vec<Files> {
    let picture =
        std::fs::read(repository().join("content/articles/2025/jarak-pengamat.png")).expect("a picture");
    let state = |numbers: std::ops::Range<usize>, words: &str| {
        let image = "image: {file: gambar.png, alt: Gambar}\n";
        let mut files: Vec<_> = numbers
            .map(|id| {
                let (words, more) =
                    (if id % 2 == 0 { words } else { "tetap" }, if id == 5 { image } else { "" });
                text(&format!("content/articles/a{id}.md"), article(id, words, more))
            })
            .collect();
        files.push(text("content/articles/gambar.png", picture.clone()));
        files.push(text("site.yaml", site("Meja", "cards: on\n")));
        files
    };
    vec![state(2..7, "satu"), state(4..9, "dua")]
}

impl World {
    pub fn wide() -> Self {
        static KNOWN: OnceLock<Known> = OnceLock::new();
        Self::of(wide(), &KNOWN)
    }

    pub fn costly() -> Self {
        static KNOWN: OnceLock<Known> = OnceLock::new();
        Self::of(costly(), &KNOWN)
    }

    /// The desk in its first state, built, with files of others in the output folder.
    fn of(states: Vec<Files>, known: &'static OnceLock<Known>) -> Self {
        let known = known.get_or_init(|| Known::of(&states));
        let mut world = Self { desk: Desk::empty(), states, known, state: 0 };
        world.turn_to(0);
        world.lay_foreign();
        world.is_clean("at first");
        world
    }

    pub fn states(&self) -> usize {
        self.states.len()
    }

    /// How long a build takes that brings one state over another.
    pub fn length(&self) -> Duration {
        self.known.length
    }

    pub fn clean(&self) -> &'static Tree {
        &self.known.clean[self.state]
    }

    /// Builds, and puts files of others into the output folder.
    #[track_caller]
    pub fn lay_foreign(&self) {
        self.build();
        for (path, text) in FOREIGN {
            self.desk.write(&format!("public/{path}"), text);
        }
    }

    pub fn public(&self) -> PathBuf {
        self.desk.path("public")
    }

    /// Puts the desk into a state.
    pub fn turn_to(&mut self, state: usize) {
        for folder in ["content", "static"] {
            if self.desk.exists(folder) {
                std::fs::remove_dir_all(self.desk.path(folder)).expect("a removed folder");
            }
        }
        for (path, bytes) in &self.states[state] {
            self.desk.write(path, bytes);
        }
        self.state = state;
    }

    pub fn command(&self, out: &Path) -> Command {
        command(self.desk.root(), out)
    }

    pub fn build_into(&self, out: &Path) -> Run {
        Run::from(self.command(out).output().expect("the program runs"))
    }

    #[track_caller]
    pub fn build(&self) {
        let run = self.build_into(&self.public());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    /// Every file of the desk, without what is built.
    pub fn sources(&self) -> Tree {
        tree(self.desk.root(), &["public"])
    }

    /// The output folder without the files of others, which must be as they were.
    #[track_caller]
    pub fn built(&self, when: &str) -> Tree {
        let mut found = tree(&self.public(), &[]);
        for (path, text) in FOREIGN {
            let kept = found.remove(path);
            assert_eq!(kept, Some(super::tree::hex(text.as_bytes())), "{when}: {path} is somebody else's");
            // What holds it stays with it.
            for folder in Path::new(path).ancestors().skip(1) {
                let folder = format!("{}/", folder.display());
                if !self.clean().contains_key(&folder) {
                    found.remove(&folder);
                }
            }
        }
        found
    }

    /// The output folder is that of a clean build, byte for byte.
    #[track_caller]
    pub fn is_clean(&self, when: &str) {
        let found = differences(&self.built(when), self.clean());
        assert!(found.is_empty(), "{when}, state {}: {found:#?}", self.state);
    }
}
