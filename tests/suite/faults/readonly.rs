//! The output folder cannot be written.

use super::mount::Disk;
use super::tree::{differences, tree};
use super::world::World;

#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    let _turn = super::turn();
    let mut world = World::costly();
    std::fs::remove_dir_all(world.public()).expect("a removed folder");
    let Some(disk) = Disk::at(&world.public(), 64 * 1024) else { return };
    disk.set_read_only(true);
    let refused = |world: &World, when: &str| {
        let run = world.build_into(&world.public());
        assert_eq!(run.code, 3, "{when}: {}", run.stderr);
        assert!(run.stderr.contains('`') && run.stderr.contains("read-only"), "{when}: {}", run.stderr);
        assert!(run.stderr.contains("help: choose another folder with `--out`"), "{when}: {}", run.stderr);
    };
    let sources = world.sources();
    refused(&world, "with nothing in it");
    disk.set_read_only(false);
    world.build();
    world.turn_to(1);
    let before = tree(&world.public(), &[]);
    disk.set_read_only(true);
    refused(&world, "with a site in it");
    assert!(tree(&world.public(), &[]) == before, "something was written");
    disk.set_read_only(false);
    world.build();
    assert_eq!(differences(&tree(&world.public(), &[]), world.clean()), [""; 0]);
    world.turn_to(0);
    assert!(world.sources() == sources, "a file of the desk is not as it was");
}

/// Where no disk can be mounted, rights do the same, but for a superuser, who is refused nothing.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;

    let _turn = super::turn();
    let mut world = World::costly();
    let set = |world: &World, mode: u32| {
        for folder in
            walkdir::WalkDir::new(world.public()).into_iter().flatten().filter(|e| e.file_type().is_dir())
        {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("rights");
        }
    };
    world.turn_to(1);
    let before = world.built("before");
    set(&world, 0o555);
    let is_superuser = std::fs::write(world.public().join("probe"), "").is_ok();
    let run = world.build_into(&world.public());
    set(&world, 0o755);
    if is_superuser {
        std::fs::remove_file(world.public().join("probe")).expect("a removed file");
        println!("skipped: a superuser is refused nothing");
    } else {
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(run.stderr.contains("permission denied") && run.stderr.contains("help: "), "{}", run.stderr);
        let pages = |tree: &super::tree::Tree| {
            let mut pages = tree.clone();
            pages.retain(|path, _| !path.starts_with(".meja-"));
            pages
        };
        assert!(pages(&world.built("refused")) == pages(&before), "something was written");
    }
    world.build();
    world.is_clean("with its rights again");
}
