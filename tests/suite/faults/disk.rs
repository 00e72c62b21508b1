//! The disk is full.

use std::fs;

use super::mount::Disk;
use super::tree::{Tree, differences, tree};
use super::world::World;
use crate::desk::Run;

/// How a run ends that has no room: with the code of the machine, the file, the reason, and what to do.
#[track_caller]
pub fn says_full(run: &Run, when: &str) {
    assert_eq!(run.code, 3, "{when}: {}{}", run.stdout, run.stderr);
    let said = &run.stderr;
    // In our own words, those of the system, or those of git.
    let words = ["no storage space", "o space left on device", "Out of diskspace"];
    assert!(words.iter().any(|words| said.contains(words)), "{when}: {said}");
    assert!(said.contains("error: ") && !said.contains("panicked"), "{when}: {said}");
}

/// Each file is as it was, as it is to be, or not there; none is half.
#[track_caller]
fn none_is_half(found: &Tree, before: &Tree, wanted: &Tree, when: &str) {
    for (path, is) in found.iter().filter(|(path, _)| !path.starts_with(".meja-") && !path.ends_with('/')) {
        let known = [before, wanted].iter().any(|tree| tree.get(path) == Some(is));
        assert!(known, "{when}: {path} is half written");
    }
}

#[test]
fn a_first_build_that_does_not_fit_can_be_repeated() {
    let _turn = super::turn();
    let mut world = World::costly();
    fs::remove_dir_all(world.public()).expect("a removed folder");
    world.turn_to(1);
    for kilobytes in [4, 16, 120, 500] {
        let Some(disk) = Disk::at(&world.public(), kilobytes) else { return };
        let sources = world.sources();
        let when = format!("{kilobytes} KB");
        says_full(&world.build_into(&world.public()), &when);
        none_is_half(&tree(&world.public(), &[]), &Tree::new(), world.clean(), &when);
        disk.resize(64 * 1024);
        world.build();
        let found = differences(&tree(&world.public(), &[]), world.clean());
        assert!(found.is_empty(), "{when}: {found:#?}");
        assert!(world.sources() == sources, "{when}: a file of the desk is not as it was");
    }
}

#[test]
fn a_build_over_another_that_does_not_fit_can_be_repeated() {
    let _turn = super::turn();
    for mut world in [World::wide(), World::costly()] {
        let kept = tempfile::tempdir().expect("a folder");
        let copy = kept.path().join("public");
        fs::rename(world.public(), &copy).expect("moved away");
        let Some(disk) = Disk::at(&world.public(), 64 * 1024) else { return };
        copy_all(&copy, &world.public());
        let mut failed = 0;
        // So many kilobytes are left: for nothing, for the manifest, for some of the pages, for nearly all.
        for room in [0, 8, 40, 130, 260] {
            world.turn_to((world.state + 1) % world.states().min(2));
            let (sources, before) = (world.sources(), world.built("before"));
            disk.resize(disk.taken() + room);
            let when = format!("{room} KB of room");
            let run = world.build_into(&world.public());
            if run.code != 0 {
                failed += 1;
                says_full(&run, &when);
                none_is_half(&world.built(&when), &before, world.clean(), &when);
            }
            disk.resize(64 * 1024);
            world.build();
            world.is_clean(&when);
            assert!(world.sources() == sources, "{when}: a file of the desk is not as it was");
        }
        assert!(failed >= 3, "only {failed} of the builds had too little room");
    }
}

/// Copies a folder with all that is in it.
fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
