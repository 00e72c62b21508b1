//! `meja publish` that is killed, or has no room.

#![cfg(unix)]

use std::path::Path;
use std::time::Instant;

use super::{BRANCH, Pair, SITE, WHEN, article, below};
use crate::desk::{Run, git_in};
use crate::faults::disk::says_full;
use crate::faults::kill::{Moment, Tally, killed};
use crate::faults::mount::Disk;
use crate::faults::tree::{Tree, differences, tree};
use crate::faults::turn;

/// A day on which everything is published.
const NOW: [&str; 2] = ["--now", "2026-01-15"];

/// A desk whose building takes a part of the time only: without cards.
fn pair() -> Pair {
    let pair = Pair::new();
    pair.desk.write("site.yaml", format!("{SITE}cards: off\n"));
    pair
}

/// Commits a desk of another state: articles come, go and change, and so does a file that takes its time.
fn change(pair: &Pair, number: usize) {
    for id in 0..16 {
        let path = format!("content/articles/n{id}.md");
        if (id + number).is_multiple_of(4) {
            let _ = std::fs::remove_file(pair.desk.path(&path));
        } else {
            pair.desk
                .write(&path, article(&format!("n{id}"), "\"true\"", "", "") + &format!("{}\n", number / 8));
        }
    }
    let noise =
        (0..60_000_usize).map(|at| ((at + number).wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]);
    pair.desk.write("static/noise.bin", noise.collect::<Vec<u8>>());
    git_in(pair.desk.root(), &["add", "--all"], WHEN);
    git_in(pair.desk.root(), &["commit", "--quiet", "--message", "More"], WHEN);
}

/// What must stay as it is: the repository but for what git keeps of others, and every file of the desk.
fn kept(pair: &Pair) -> (Tree, Tree) {
    let passing = ["objects", "refs/remotes", "logs/refs/remotes"];
    (tree(&pair.desk.path(".git"), &passing), tree(pair.desk.root(), &[".git", "public"]))
}

/// Files in the store of objects that are no objects: what git was about to write.
fn strays(repository: &Path) -> Vec<String> {
    let found = tree(&repository.join("objects"), &[]).into_keys().filter(|path| !path.ends_with('/'));
    let is_object = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_loose = path.len() == 41
            && path.as_bytes()[2] == b'/'
            && path.bytes().all(|b| b == b'/' || b.is_ascii_hexdigit());
        is_loose || path.starts_with("info/") || (path.starts_with("pack/pack-") && !name.starts_with("tmp_"))
    };
    found.filter(|path| !is_object(path)).collect()
}

/// The name that git has for a folder with these files.
fn tree_of(folder: &Path) -> String {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = scratch.path();
    git_in(at, &["init", "--quiet"], WHEN);
    let work = format!("--work-tree={}", folder.display());
    let own = format!("--git-dir={}", at.join(".git").display());
    git_in(folder, &[&own, &work, "add", "--all", "--force", "--", ".", ":(exclude,top).meja-*"], WHEN);
    git_in(at, &["write-tree"], WHEN)
}

/// What is on the branch is what a build into an empty folder gives.
#[track_caller]
fn is_clean(pair: &Pair, when: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    let run = pair.desk.meja(&["build", "--out", out.to_str().expect("a path"), NOW[0], NOW[1]]);
    assert_eq!(run.code, 0, "{when}: {}", run.stderr);
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^{{tree}}")]), tree_of(&out), "{when}");
    let found = differences(&tree(&pair.desk.path("public"), &[]), &tree(&out, &[]));
    assert!(found.is_empty(), "{when}: {found:#?}");
}

#[track_caller]
fn is_whole(pair: &Pair, when: &str) {
    for repository in [pair.server.path(), pair.desk.root()] {
        let said = git_in(repository, &["fsck", "--full", "--strict", "--no-dangling"], WHEN);
        assert_eq!(said, "", "{when}");
    }
}

/// What stood where before a run.
struct Before {
    kept: (Tree, Tree),
    tip: String,
    out: Tree,
    at_desk: Vec<String>,
    at_server: Vec<String>,
}

impl Before {
    fn of(pair: &Pair) -> Self {
        Self {
            kept: kept(pair),
            tip: pair.tip(),
            out: tree(&pair.desk.path("public"), &[]),
            at_desk: strays(&pair.desk.path(".git")),
            at_server: strays(pair.server.path()),
        }
    }

    /// How far a publication was when it was killed.
    fn phase(&self, pair: &Pair, passing: &Path) -> &'static str {
        if pair.tip() != self.tip {
            "pushed, nothing said yet"
        } else if strays(pair.server.path()) != self.at_server {
            "in the midst of the push"
        } else if strays(&pair.desk.path(".git")) != self.at_desk {
            "storing objects"
        } else if tree(passing, &[]).keys().any(|path| path.starts_with("meja-")) {
            "with a passing folder"
        } else if tree(&pair.desk.path("public"), &[]) != self.out {
            "building, comparing, about to store"
        } else {
            "asking and reading"
        }
    }
}

#[test]
fn killed_at_any_moment_the_next_run_publishes_a_clean_site() {
    let _turn = turn();
    let pair = pair();
    // What is to happen to the branch has nothing to do with verdicts.
    let arguments = [&NOW[..], &["--no-ledger"]].concat();
    change(&pair, 0);
    pair.published(&arguments);
    change(&pair, 1);
    let began = Instant::now();
    pair.published(&arguments);
    let length = began.elapsed();
    pair.desk.git(&["fetch", "--quiet"]);
    pair.desk.write("notes.txt", "staged");
    let mut tally = Tally::new("publish");
    let mut number = 1;
    while tally.goes_on() {
        number += 1;
        change(&pair, number);
        let before = Before::of(&pair);
        // Who is killed cannot clear up what it had on its way.
        let passing = tempfile::tempdir().expect("a folder");
        let mut command = pair.command(&arguments);
        command.env("TMPDIR", passing.path());
        let hit = killed(command, &Moment::After(tally.chance.moment(length)));
        let when = tally.seed();
        tally.note(hit, before.phase(&pair, passing.path()));
        assert!(
            kept(&pair) == before.kept,
            "{when}: something of the desk or its repository is not as it was"
        );
        let is_after = || pair.at_server(&["rev-parse", &format!("{BRANCH}^")]) == before.tip;
        assert!(pair.tip() == before.tip || is_after(), "{when}: the branch is where nobody put it");
        pair.published(&arguments);
        assert!(
            kept(&pair) == before.kept,
            "{when}: something of the desk or its repository is not as it was"
        );
        assert!(is_after(), "{when}: there is more than one commit");
        is_clean(&pair, &when);
        is_whole(&pair, &when);
    }
    tally.end();
    // What git itself had half written is in its own store, and goes with the rest that nobody needs.
    let left = strays(&pair.desk.path(".git"));
    println!("git left {} unfinished files in the store of the desk", left.len());
    assert!(left.iter().all(|path| path.contains("/tmp_") || path.starts_with("tmp_")), "{left:?}");
    pair.desk.git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(strays(&pair.desk.path(".git")), [""; 0]);
    is_whole(&pair, "at the end");
}

#[test]
fn without_room_nothing_is_published_and_nothing_lost() {
    let _turn = turn();
    for (place, more) in [("public", 20), ("TMPDIR", 4), ("objects", 20)] {
        let pair = pair();
        let arguments = [&NOW[..], &["--no-ledger"]].concat();
        change(&pair, 0);
        pair.published(&arguments);
        change(&pair, 1);
        let passing = tempfile::tempdir().expect("a folder");
        let at = match place {
            "public" => pair.desk.path("public"),
            "TMPDIR" => passing.path().to_owned(),
            _ => pair.desk.path(".git/objects"),
        };
        let content = below(&at, &[]);
        let Some(disk) = Disk::at(&at, 64 * 1024) else { return };
        for (path, bytes) in content {
            std::fs::create_dir_all(at.join(&path).parent().expect("a parent")).expect("a folder");
            std::fs::write(at.join(&path), bytes).expect("a file");
        }
        let (was, tip) = (kept(&pair), pair.tip());
        for room in [0, more] {
            disk.resize(disk.taken().max(4) + room);
            let mut command = pair.command(&arguments);
            let run = Run::from(command.env("TMPDIR", passing.path()).output().expect("the program runs"));
            let when = format!("{place} with {room} KB of room");
            says_full(&run, &when);
            assert!(pair.tip() == tip && kept(&pair) == was, "{when}: something has changed");
        }
        disk.resize(64 * 1024);
        pair.published(&arguments);
        assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), tip, "{place}");
        is_clean(&pair, place);
        is_whole(&pair, place);
    }
}

#[test]
fn a_server_without_room_is_said() {
    let _turn = turn();
    let pair = pair();
    let arguments = [&NOW[..], &["--no-ledger"]].concat();
    change(&pair, 0);
    pair.published(&arguments);
    change(&pair, 1);
    let at = pair.server.path().join("objects");
    let content = below(&at, &[]);
    let Some(disk) = Disk::at(&at, 64 * 1024) else { return };
    for (path, bytes) in content {
        std::fs::create_dir_all(at.join(&path).parent().expect("a parent")).expect("a folder");
        std::fs::write(at.join(&path), bytes).expect("a file");
    }
    let (was, tip) = (kept(&pair), pair.tip());
    disk.resize(disk.taken());
    let run = pair.publish(&arguments);
    assert!(run.code == 3 && run.stderr.contains("error: "), "{} {}", run.code, run.stderr);
    assert!(pair.tip() == tip && kept(&pair) == was, "something has changed: {}", run.stderr);
    disk.resize(64 * 1024);
    pair.published(&arguments);
    is_clean(&pair, "the server has room again");
    is_whole(&pair, "the server has room again");
}
