//! `meja import` that is killed, or has no room.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{SITE, feed};
use crate::desk::Desk;
use crate::faults::disk::says_full;
use crate::faults::kill::{Moment, Tally, killed};
use crate::faults::mount::Disk;
use crate::faults::tree::{Tree, differences, tree};
use crate::faults::turn;

/// An article of the desk's own, and what the desk has beside articles.
const OWN: [(&str, &str); 3] = [
    (
        "content/articles/milik-sendiri.md",
        "---\ntitle: Milik sendiri\ndate: 2020-01-01\nauthors: [Rina]\n---\n\nIsi.\n",
    ),
    ("content/articles/.milik.md.tmp", "nobody's business"),
    ("static/catatan.txt", "catatan"),
];

/// Files of the first import that an editor has changed.
const CHANGED: usize = 3;

/// A desk with an earlier import, of which an editor has changed some files; and a newer archive.
struct Archive {
    /// Before the import that is interrupted.
    before: BTreeMap<String, Vec<u8>>,
    /// After it, if nothing interrupts.
    after: Tree,
    /// The files that the import must not touch.
    theirs: Vec<String>,
    length: Duration,
}

fn command(desk: &Desk) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meja"));
    command.args(["import", "claimreview", "in.json"]).current_dir(desk.root());
    command
}

fn imported(desk: &Desk) {
    let run = desk.meja(&["import", "claimreview", "in.json"]);
    assert!(run.code <= 1, "{}{}", run.stdout, run.stderr);
}

impl Archive {
    fn new() -> Self {
        let desk = Desk::with(&[("site.yaml", SITE)]);
        for (path, text) in OWN {
            desk.write(path, text);
        }
        desk.write("in.json", feed(120));
        imported(&desk);
        let written = tree(&desk.path("content"), &[]);
        let own: Vec<String> = OWN.iter().map(|(path, _)| (*path).to_owned()).collect();
        let articles =
            written.keys().filter(|path| path.ends_with(".md")).map(|path| format!("content/{path}"));
        let changed: Vec<String> =
            articles.filter(|path| !own.contains(path)).step_by(9).take(CHANGED).collect();
        assert_eq!(changed.len(), CHANGED);
        for path in &changed {
            desk.write(path, desk.read(path) + "\nDisunting.\n");
        }
        // Of the newer archive, some records are new and some say something else.
        desk.write("in.json", feed(300).replace("nomor 7", "nomor tujuh"));
        let before = files(&desk);
        let began = Instant::now();
        imported(&desk);
        let length = began.elapsed();
        Self { before, after: tree(desk.root(), &[]), theirs: [own, changed].concat(), length }
    }

    /// The desk as it was before the import.
    fn lay(&self, desk: &Desk) {
        desk.clear();
        for (path, bytes) in &self.before {
            desk.write(path, bytes);
        }
    }

    /// What stands there is as it was or as it will be; nothing of the desk's own has changed.
    #[track_caller]
    fn is_sound(&self, desk: &Desk, when: &str) -> &'static str {
        let found = files(desk);
        for path in self.theirs.iter().map(String::as_str).chain(["site.yaml", "in.json"]) {
            assert!(found.get(path) == self.before.get(path), "{when}: {path} is not as it was");
        }
        let mut phase = if found == self.before { "before anything was written" } else { "writing" };
        for (path, bytes) in found.iter().filter(|(path, _)| path.ends_with(".md")) {
            let is_old = self.before.get(path) == Some(bytes);
            let is_new = self.after.get(path) == Some(&crate::faults::tree::hex(bytes));
            assert!(is_old || is_new, "{when}: {path} is half written");
        }
        if found.keys().any(|path| path.ends_with(".tmp") && !self.before.contains_key(path)) {
            phase = "a file on its way";
        } else if tree(desk.root(), &[]) == self.after {
            phase = "complete";
        } else if self.after.keys().all(|path| path.ends_with('/') || found.contains_key(path)) {
            phase = "all written, the memory not settled";
        }
        phase
    }
}

fn files(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let found = tree(desk.root(), &[]).into_keys().filter(|path| !path.ends_with('/'));
    found.map(|path| (path.clone(), std::fs::read(desk.path(&path)).expect("a file"))).collect()
}

#[test]
fn killed_at_any_moment_the_next_import_leaves_what_one_run_leaves() {
    let _turn = turn();
    let archive = Archive::new();
    let mut tally = Tally::new("import");
    let desk = Desk::empty();
    while tally.goes_on() {
        archive.lay(&desk);
        for _ in 0..=tally.chance.below(4) / 3 {
            let memory = std::fs::read(desk.path(".meja-import.json")).expect("a memory");
            // Most of the time goes into reading, so that every second kill waits for the writing.
            let moment = if tally.chance.below(2) == 0 {
                let desk = &desk;
                let is_other =
                    move || std::fs::read(desk.path(".meja-import.json")).is_ok_and(|now| now != memory);
                Moment::Seen(Box::new(is_other), tally.chance.moment(archive.length / 6))
            } else {
                Moment::After(tally.chance.moment(archive.length))
            };
            let hit = killed(command(&desk), &moment);
            let phase = archive.is_sound(&desk, &tally.seed());
            tally.note(hit, phase);
        }
        imported(&desk);
        let found = differences(&tree(desk.root(), &[]), &archive.after);
        assert!(found.is_empty(), "{}: {found:#?}", tally.seed());
    }
    tally.end();
}

#[test]
fn an_import_that_does_not_fit_can_be_repeated() {
    let _turn = turn();
    let archive = Archive::new();
    let desk = Desk::empty();
    let Some(disk) = Disk::at(desk.root(), 64 * 1024) else { return };
    let mut failed = 0;
    for room in [0, 16, 80, 300, 600] {
        disk.resize(64 * 1024);
        archive.lay(&desk);
        std::fs::create_dir_all(desk.path(".meja")).expect("a folder");
        disk.resize(disk.taken() + room);
        let when = format!("{room} KB of room");
        let run = desk.meja(&["import", "claimreview", "in.json"]);
        if run.code > 1 {
            failed += 1;
            says_full(&run, &when);
        }
        archive.is_sound(&desk, &when);
        disk.resize(64 * 1024);
        imported(&desk);
        let found = differences(&tree(desk.root(), &[]), &archive.after);
        assert!(found.is_empty(), "{when}: {found:#?}");
    }
    assert!(failed >= 3, "only {failed} of the imports had too little room");
}
