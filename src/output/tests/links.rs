use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use super::*;

#[test]
fn a_folder_turned_into_a_link_leads_nowhere() -> Tested {
    let (root, public) = desk()?;
    let away = tempfile::tempdir()?;
    fs::write(away.path().join("x"), "theirs")?;
    build(&root, &public, &[("a/x", "x"), ("b/x", "x"), ("c", "c")])?;
    for folder in ["a", "b"] {
        fs::remove_dir_all(public.join(folder))?;
        symlink(away.path(), public.join(folder))?;
    }
    let error = build(&root, &public, &[("a/x", "y"), ("c", "c")]);
    assert_eq!(message(error, &root), "cannot write into `public/a`: it is not a folder");
    // As stale files they are left alone, links and all.
    build(&root, &public, &[("c", "c")])?;
    assert_eq!(tree(away.path()), ["x=theirs"]);
    assert!(public.join("a").is_symlink() && public.join("b").is_symlink());
    Ok(())
}

#[test]
fn a_file_turned_into_a_link_is_not_written_through() -> Tested {
    let (root, public) = desk()?;
    let away = tempfile::tempdir()?;
    let theirs = away.path().join("x");
    fs::write(&theirs, "theirs")?;
    build(&root, &public, &[("a", "a"), ("b", "b")])?;
    fs::remove_file(public.join("a"))?;
    symlink(&theirs, public.join("a"))?;
    let error = build(&root, &public, &[("a", "new"), ("b", "b")]);
    assert_eq!(message(error, &root), "cannot write `public/a`: something that no build wrote stands there");
    build(&root, &public, &[("b", "b")])?;
    assert!(public.join("a").is_symlink());
    for own in [place::LOCK, manifest::NEXT, file::COMING] {
        drop(fs::remove_file(public.join(own)));
        symlink(&theirs, public.join(own))?;
    }
    assert!(build(&root, &public, &[("b", "c")]).is_err());
    fs::remove_file(public.join(place::LOCK))?;
    build(&root, &public, &[("b", "c"), ("d", "d")])?;
    assert_eq!(fs::read_to_string(theirs)?, "theirs");
    Ok(())
}

#[test]
fn a_changed_file_is_a_new_one_on_the_disk() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("a", "old")])?;
    let deployed = root.path().join("deployed");
    fs::hard_link(public.join("a"), &deployed)?;
    build(&root, &public, &[("a", "new")])?;
    assert_eq!(fs::read_to_string(&deployed)?, "old");
    assert_ne!(fs::metadata(&deployed)?.ino(), fs::metadata(public.join("a"))?.ino());
    Ok(())
}

#[test]
fn the_output_folder_itself_may_be_a_link() -> Tested {
    let (root, public) = desk()?;
    let away = tempfile::tempdir()?;
    symlink(away.path(), &public)?;
    build(&root, &public, &[("a/b", "b")])?;
    assert_eq!(tree(away.path()), ["a/", "a/b=b"]);
    fs::remove_file(&public)?;
    symlink(root.path().join("content"), &public)?;
    let error = build(&root, &public, &[("a", "a")]);
    assert!(matches!(error, Err(OutputError::OverSources { .. })));
    Ok(())
}

#[test]
fn a_refusal_of_the_system_names_the_file() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("a/x", "x")])?;
    fs::set_permissions(public.join("a"), fs::Permissions::from_mode(0o555))?;
    let error = build(&root, &public, &[("a/x", "x"), ("a/y", "y")]);
    fs::set_permissions(public.join("a"), fs::Permissions::from_mode(0o755))?;
    // A superuser is refused nothing.
    if let Err(error) = error {
        assert_eq!(error.help(), Some("check who owns the folder"));
        assert_eq!(message(Err::<(), _>(error), &root), "cannot write `public/a/y`: permission denied");
    }
    Ok(())
}
