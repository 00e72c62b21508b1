//! `meja build` that is killed over the site of another state of the desk.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use super::kill::{Moment, Tally, killed};
use super::tree::{Tree, tree};
use super::world::World;

/// Where a build was when it was killed, by what stands in the folder.
fn phase(found: &Tree, before: &Tree, wanted: &Tree) -> &'static str {
    let has = |name: &str| found.contains_key(name);
    let own = |path: &String| path.starts_with(".meja-") || path.ends_with('/');
    let is_written = |tree: &Tree| {
        tree.iter().filter(|(path, _)| !own(path)).all(|(path, is)| found.get(path) == Some(is))
    };
    let stale = || before.keys().filter(|path| !own(path) && !wanted.contains_key(*path));
    if has(".meja-manifest.new") {
        "a manifest on its way"
    } else if has(".meja-made.new") {
        "the list of what was made on its way"
    } else if found == before {
        "before anything was written"
    } else if !is_written(wanted) {
        if has(".meja-tmp/") { "writing, with pages on their way" } else { "writing" }
    } else if stale().any(|path| found.contains_key(path)) {
        "written, old pages still there"
    } else if found.get(".meja-manifest") != wanted.get(".meja-manifest") {
        "removed, the manifest still the longer"
    } else if found == wanted {
        "complete"
    } else {
        "removed, the list of what was made still the old one"
    }
}

/// A moment of chance; for every third, one that follows a sign in the folder, so that what takes little time is hit too.
fn moment<'w>(world: &'w World, tally: &mut Tally, before: &Tree) -> Moment<'w> {
    let soon = tally.chance.moment(Duration::from_millis(8));
    let public = world.public();
    match tally.chance.below(9) {
        0 => {
            let size = fs::metadata(public.join(".meja-manifest")).map_or(0, |data| data.len());
            let is_other =
                move || fs::metadata(public.join(".meja-manifest")).map_or(0, |data| data.len()) != size;
            Moment::Seen(Box::new(is_other), soon)
        }
        1 => Moment::Seen(Box::new(move || public.join(".meja-tmp").exists()), soon),
        2 => {
            let wanted = world.clean();
            let stale: Vec<&String> =
                before.keys().filter(|path| !wanted.contains_key(*path) && !path.ends_with('/')).collect();
            let pages: Vec<_> = stale.into_iter().filter(|path| !path.starts_with(".meja-")).collect();
            match pages.get(tally.chance.below(pages.len())).map(|path| public.join(path)) {
                Some(page) => Moment::Seen(Box::new(move || !page.exists()), soon / 4),
                None => Moment::After(tally.chance.moment(world.length())),
            }
        }
        _ => Moment::After(tally.chance.moment(world.length())),
    }
}

#[test]
fn killed_at_any_moment_the_next_build_is_a_clean_one() {
    let _turn = super::turn();
    let mut tally = Tally::new("build");
    let mut worlds = [World::wide(), World::costly()];
    let mut round = 0;
    while tally.goes_on() {
        round += 1;
        let world = &mut worlds[usize::from(round % 3 == 0)];
        // Killed once, or again and again in several states, before a build may end.
        for _ in 0..=tally.chance.below(5) / 3 {
            let step = 1 + tally.chance.below(world.states() - 1);
            world.turn_to((world.state + step) % world.states());
            let (sources, before) = (world.sources(), world.built("before"));
            let moment = moment(world, &mut tally, &before);
            let hit = killed(world.command(&world.public()), &moment);
            let when = tally.seed();
            tally.note(hit, phase(&world.built(&when), &before, world.clean()));
            assert!(world.sources() == sources, "{when}: a file of the desk is not as it was");
        }
        let (sources, when) = (world.sources(), tally.seed());
        world.build();
        world.is_clean(&when);
        assert!(world.sources() == sources, "{when}: a file of the desk is not as it was");
    }
    tally.end();
}

/// With the same desk and the output folder of a build that was killed, what another state would have left is gone too.
#[test]
fn what_a_killed_build_left_is_cleared_whatever_comes_next() {
    let _turn = super::turn();
    let world = World::costly();
    for own in [".meja-manifest.new", ".meja-made.new", ".meja-tmp/0", ".meja-tmp/17"] {
        world.desk.write(&format!("public/{own}"), "half");
    }
    world.build();
    world.is_clean("with leftovers");
    let folder = tree(&world.public(), &[]);
    let own: BTreeSet<&str> =
        folder.keys().map(String::as_str).filter(|path| path.starts_with(".meja")).collect();
    assert_eq!(own.into_iter().collect::<Vec<_>>(), [".meja-lock", ".meja-made", ".meja-manifest"]);
}
