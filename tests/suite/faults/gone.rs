//! The output folder is taken away while it is written, and while a preview runs.

use std::fs;
use std::process::Stdio;

use super::chance::Chance;
use super::world::World;
use crate::desk::Run;
use crate::serve::server::Server;
use crate::serve::small;

#[test]
fn an_output_folder_removed_during_a_build_is_said_and_made_again() {
    let _turn = super::turn();
    let mut world = World::wide();
    let mut chance = Chance::new();
    let mut failed = 0;
    for round in 0..6 {
        world.turn_to((world.state + 1) % world.states());
        let sources = world.sources();
        let when = format!("round {round} of seed {}", chance.seed);
        let mut command = world.command(&world.public());
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        std::thread::sleep(chance.moment(world.length()));
        let away = world.desk.path(&format!("away-{round}"));
        if round % 2 == 0 {
            fs::rename(world.public(), &away).expect("moved away");
        } else {
            // As somebody does who means it: again, as long as something comes back.
            while world.public().exists() {
                let _ = fs::remove_dir_all(world.public());
            }
        }
        let run = Run::from(child.wait_with_output().expect("ended"));
        assert!(run.code == 0 || run.code == 3, "{when}: {} {}", run.code, run.stderr);
        if run.code == 3 {
            failed += 1;
            assert!(run.stderr.contains("error: ") && run.stderr.contains('`'), "{when}: {}", run.stderr);
            assert!(!run.stderr.contains("panicked"), "{when}: {}", run.stderr);
        }
        // What was moved away is whole enough for its owner: no file of others is lost in it.
        if away.exists() {
            assert_eq!(fs::read_to_string(away.join("mine.txt")).ok().as_deref(), Some("mine"), "{when}");
            fs::remove_dir_all(&away).expect("removed");
        }
        while world.public().exists() {
            let _ = fs::remove_dir_all(world.public());
        }
        assert!(world.sources() == sources, "{when}: a file of the desk is not as it was");
        world.lay_foreign();
        world.is_clean(&when);
    }
    println!("{failed} of 6 builds lost their folder");
    assert!(failed > 0, "no build lost its folder (seed {})", chance.seed);
}

#[test]
fn a_preview_goes_on_without_the_output_folder() {
    let desk = small::desk();
    assert_eq!(desk.meja(&["build"]).code, 0);
    let server = Server::start(desk.root());
    server.equals_cold_build();
    for title in ["Desk one", "Desk two"] {
        if desk.exists("public") {
            fs::remove_dir_all(desk.path("public")).expect("removed");
        }
        desk.write("site.yaml", small::SITE.replace("Small desk", title));
        server.shows("/", title);
        server.equals_cold_build();
        assert!(!desk.exists("public"), "a preview writes nothing");
        assert_eq!(desk.meja(&["build"]).code, 0);
        server.equals_cold_build();
    }
    assert!(!server.stderr().contains("panicked"), "{}", server.stderr());
}
