//! `meja publish` that is cut off, or not alone.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{BRANCH, Pair, WHEN, article};
use crate::desk::{Desk, Run, git_in};

/// Adds a change that is worth publishing.
fn change(pair: &Pair, number: u32) {
    pair.desk
        .write(&format!("content/articles/n{number}.md"), article(&format!("n{number}"), "\"true\"", "", ""));
    // So large that it takes its time.
    let noise: Vec<u8> =
        (0..200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    pair.desk.write(&format!("static/n{number}.bin"), [&number.to_le_bytes()[..], &noise].concat());
    commit(pair.desk.root());
}

/// Commits what is not ignored.
fn commit(root: &Path) {
    git_in(root, &["add", "--all"], WHEN);
    git_in(root, &["commit", "--quiet", "--message", "More"], WHEN);
}

#[test]
fn a_server_that_hangs_up_is_said_and_the_next_run_finds_what_arrived() {
    let pair = Pair::new();
    pair.published(&[]);
    let first = pair.tip();
    change(&pair, 1);
    // In the midst of the files.
    pair.desk.git(&[
        "config",
        "remote.origin.receivepack",
        "sh -c 'head -c 5000 | git-receive-pack \"$@\"' x",
    ]);
    let run = pair.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("early EOF"), "{}", run.stderr);
    assert_eq!(pair.tip(), first);
    // After the branch has moved, before the answer.
    pair.desk.git(&["config", "--unset", "remote.origin.receivepack"]);
    let hook = pair.server.path().join("hooks/post-receive");
    super::script(&hook, "kill -9 $PPID");
    let run = pair.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("the connection broke off"), "{}", run.stderr);
    assert!(!run.stderr.contains("nothing was changed"), "{}", run.stderr);
    fs::remove_file(hook).expect("a removed hook");
    assert!(pair.published(&[]).starts_with("nothing changed"));
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), first);
}

/// Runs it in all these folders at once, each time with an output folder of its own if `apart`.
fn at_once(pair: &Pair, folders: &[&Path], apart: bool) -> Vec<Run> {
    let children: Vec<_> = folders
        .iter()
        .enumerate()
        .map(|(number, folder)| {
            let out = pair.server.path().join(format!("out{number}")).display().to_string();
            let arguments: &[&str] = if apart { &["--out", &out] } else { &[] };
            let mut command = pair.command(arguments);
            command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("the program runs")
        })
        .collect();
    children.into_iter().map(|child| Run::from(child.wait_with_output().expect("ended"))).collect()
}

#[test]
fn of_two_at_once_one_publishes_and_the_other_says_why_not() {
    let pair = Pair::new();
    pair.published(&[]);
    pair.desk.git(&["push", "--quiet", "origin", "main"]);
    let other = Desk::empty();
    other.git(&["clone", "--quiet", "--branch", "main", pair.server.path().to_str().expect("a path"), "."]);
    for (name, value) in [("user.name", "Budi"), ("user.email", "budi@example.org")] {
        other.git(&["config", name, value]);
    }
    for round in 1..=4 {
        let count = || pair.at_server(&["rev-list", "--count", BRANCH]).parse::<u32>().expect("a number");
        let (apart, own) = (round % 2 == 0, pair.desk.root());
        change(&pair, round);
        let before = count();
        let runs = at_once(&pair, &[own, own], apart);
        assert!(runs.iter().any(|run| run.code == 0), "{}\n{}", runs[0].stderr, runs[1].stderr);
        for run in &runs {
            let is_said = ["in the meantime", "another build"].iter().any(|words| run.stderr.contains(words));
            assert!(run.code == 0 || (run.code == 3 && is_said), "{} {}", run.code, run.stderr);
        }
        assert_eq!(count(), before + 1);
        // In two clones, of which each has written something else.
        git_in(other.root(), &["pull", "--quiet", "--rebase", own.to_str().expect("a path"), "main"], WHEN);

        other.write(
            &format!("content/articles/other{round}.md"),
            article(&format!("o{round}"), "\"true\"", "", ""),
        );
        commit(other.root());
        change(&pair, 100 + round);
        let before = count();
        let runs = at_once(&pair, &[own, other.root()], apart);
        let done = runs.iter().filter(|run| run.code == 0).count();
        assert!(done == 1, "{done} published: {}\n{}", runs[0].stderr, runs[1].stderr);
        let failed = runs.iter().find(|run| run.code != 0).expect("one was slower");
        let is_said =
            ["in the meantime", "not in this clone"].iter().any(|words| failed.stderr.contains(words));
        assert!(failed.code == 3 && is_said, "{}", failed.stderr);
        assert_eq!(count(), before + 1);
        // They come together again.
        pair.desk.git(&[
            "pull",
            "--quiet",
            "--no-edit",
            "--no-rebase",
            other.root().to_str().expect("a path"),
            "main",
        ]);
        pair.published(&["--no-ledger"]);
    }
}
