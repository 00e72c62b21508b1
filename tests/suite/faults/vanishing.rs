//! Files that vanish while they are read.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::tree::differences;
use super::world::World;
use crate::desk::{Desk, Run};
use crate::serve::server::Server;
use crate::serve::small;

/// Takes files away and brings them back, as fast as it can, until the value goes away.
fn restless<R>(desk: &Desk, names: &[String], work: impl FnOnce() -> R) -> R {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for name in names {
                    let (there, away) = (desk.path(name), desk.path(&format!("{name}.tmp")));
                    fs::rename(&there, &away).expect("taken away");
                    std::thread::sleep(Duration::from_micros(200));
                    fs::rename(&away, &there).expect("brought back");
                }
            }
        });
        let done = work();
        stop.store(true, Ordering::Relaxed);
        done
    })
}

#[test]
fn a_build_whose_files_vanish_publishes_all_or_nothing() {
    let _turn = super::turn();
    let mut world = World::wide();
    let mut names: Vec<String> = (10..130).map(|id| format!("content/articles/a{id}.md")).collect();
    names.push("static/extra.txt".to_owned());
    let (mut refused, mut done) = (0, 0);
    for round in 0..12 {
        if refused >= 2 {
            break;
        }
        world.turn_to(round % world.states());
        let before = world.built("before");
        let run = restless(&world.desk, &names, || world.build_into(&world.public()));
        let when = format!("round {round}: {}{}", run.stdout, run.stderr);
        assert!(run.code == 0 || run.code == 3, "{} {when}", run.code);
        if run.code == 3 {
            refused += 1;
            assert!(run.stderr.contains("was there a moment ago and is gone"), "{when}");
            assert!(run.stderr.contains("nothing was published"), "{when}");
            assert_eq!(differences(&world.built(&when), &before), [""; 0], "{when}");
        } else {
            done += 1;
        }
        world.build();
        world.is_clean(&when);
    }
    println!("{refused} builds missed a file, {done} did not");
    assert!(refused > 0, "no build missed a file");
}

#[test]
fn a_preview_whose_files_vanish_goes_on() {
    let _turn = super::turn();
    let desk = small::desk();
    let names: Vec<String> = (0..20).map(|id| format!("content/articles/v{id}.md")).collect();
    for (id, name) in names.iter().enumerate() {
        desk.write(name, small::article(&format!("v{id}"), "Words."));
    }
    let server = Server::start(desk.root());
    restless(&desk, &names, || std::thread::sleep(Duration::from_millis(800)));
    server.equals_cold_build();
    assert!(!server.stderr().contains("panicked"), "{}", server.stderr());
}

/// Evidence is read twice: when its page is read, and when it is published.
#[test]
fn evidence_that_vanishes_is_said_with_its_name() {
    let _turn = super::turn();
    let desk = small::desk();
    let names = ["content/articles/2026/tower/heights.csv".to_owned()];
    assert!(desk.exists(&names[0]), "the evidence of the small desk");
    let built = |out: &str| desk.meja(&["build", "--now", "2026-08-01", "--out", out]);
    assert_eq!(built("clean").code, 0);
    for round in 0..10 {
        let run: Run = restless(&desk, &names, || built("public"));
        // Gone when the folder was listed is a mistake of the page; gone afterwards is the disk's.
        let is_said = match run.code {
            0 => true,
            1 => run.stderr.contains("error[missing-file]"),
            3 => run.stderr.contains("is gone") || run.stderr.contains("moment ago"),
            _ => false,
        };
        assert!(is_said, "round {round}: {} {}", run.code, run.stderr);
    }
    assert_eq!(built("public").code, 0);
    let of = |out: &str| super::tree::tree(&desk.path(out), &[]);
    assert_eq!(differences(&of("public"), &of("clean")), [""; 0]);
}
