//! Clocks that jump: of the machine that builds, and of the file system, whose times may be any.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::chance::Chance;
use super::tree::{differences, tree};
use super::world::World;
use crate::desk::Desk;
use crate::serve::server::Server;
use crate::serve::small;

fn set_time(path: &Path, time: SystemTime) {
    File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// Long ago, long from now, before time began, and a moment that many files share.
fn times() -> [SystemTime; 4] {
    let years = |count: u64| Duration::from_secs(count * 31_556_952);
    let began = SystemTime::UNIX_EPOCH;
    [began + years(1), began + years(300), began - years(20), began + years(56)]
}

#[test]
fn a_build_asks_no_file_for_its_time() {
    let _turn = super::turn();
    let mut chance = Chance::new();
    for (first, mut world) in [World::wide(), World::costly()].into_iter().enumerate() {
        for (round, time) in times().into_iter().enumerate().skip(first).step_by(2) {
            let when = format!("round {round} of seed {}", chance.seed);
            // The desk, what was built, or both are from another time; then single files are.
            for folder in [world.desk.path("content"), world.public()] {
                for file in files(&folder) {
                    let time = if chance.below(4) == 0 { times()[chance.below(4)] } else { time };
                    set_time(&file, time);
                }
            }
            world.build();
            world.is_clean(&when);
            // Other words at an older or at the very same time are other words.
            world.turn_to((world.state + 1) % world.states());
            for file in files(&world.desk.path("content")) {
                set_time(&file, time);
            }
            world.build();
            world.is_clean(&when);
        }
    }
}

#[test]
fn a_build_of_another_day_leaves_nothing_of_that_day() {
    let _turn = super::turn();
    let world = World::wide();
    for day in ["0001-01-01", "2025-01-09", "9999-12-31"] {
        let out = world.public();
        let run = world.desk.meja(&["build", "--now", day, "--out", out.to_str().expect("a path")]);
        assert_eq!(run.code, 0, "{day}: {}", run.stderr);
        let fresh = tempfile::tempdir().expect("a folder");
        let clean = fresh.path().join("public");
        let run = world.desk.meja(&["build", "--now", day, "--out", clean.to_str().expect("a path")]);
        assert_eq!(run.code, 0, "{day}: {}", run.stderr);
        let mut wanted = tree(&clean, &[]);
        // The folders of files of others stay, whether pages are in them or not.
        let theirs =
            ["articles/", "articles/a5/", "topics/"].map(|folder| (folder.to_owned(), String::new()));
        wanted.extend(theirs);
        assert_eq!(differences(&world.built(day), &wanted), [""; 0], "{day}");
        world.build();
        world.is_clean(day);
    }
}

/// A change that neither time nor length tells.
fn same_from_outside(desk: &Desk, server: &Server) {
    let path = "content/articles/same.md";
    let text = |word: &str| small::article("same", &format!("A word: {word}."));
    desk.write(path, text("satu"));
    server.shows("/articles/same/", "A word: satu.");
    let time = fs::metadata(desk.path(path)).and_then(|data| data.modified()).expect("a time");
    for (nth, word) in ["tiga", "lima", "enam", "tuju"].iter().enumerate() {
        desk.write(path, text(word));
        set_time(&desk.path(path), [time, times()[0], times()[2], times()[2]][nth]);
        server.shows("/articles/same/", &format!("A word: {word}."));
    }
    // Another file of an older time in its place.
    desk.write("content/articles/.other", text("lain"));
    set_time(&desk.path("content/articles/.other"), times()[2]);
    fs::rename(desk.path("content/articles/.other"), desk.path(path)).expect("a new name");
    server.shows("/articles/same/", "A word: lain.");
    server.equals_cold_build();
}

#[test]
fn a_preview_sees_changes_that_times_do_not_tell() {
    let desk = small::desk();
    same_from_outside(&desk, &Server::start(desk.root()));
}

#[cfg(unix)]
#[test]
fn a_preview_that_looks_at_every_file_sees_them_too() {
    let desk = small::desk();
    same_from_outside(&desk, &Server::with(desk.root(), &["--port", "0", "--poll"]));
}
