use std::error::Error;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

type Tested = Result<(), Box<dyn Error>>;

/// A site's root with something to lose, and `public` in it.
fn desk() -> Result<(TempDir, PathBuf), io::Error> {
    let root = tempfile::tempdir()?;
    fs::create_dir(root.path().join("content"))?;
    fs::write(root.path().join("content/a.md"), "source")?;
    fs::write(root.path().join("site.yaml"), "title: x")?;
    let public = root.path().join("public");
    Ok((root, public))
}

fn build(root: &TempDir, public: &Path, files: &[(&str, &str)]) -> Result<Summary, OutputError> {
    let mut output = Output::open(public, root.path())?;
    output.begin(files.iter().map(|(path, _)| *path))?;
    for (path, text) in files {
        output.write(path, text.as_bytes())?;
    }
    output.finish()
}

/// Every file below, with its content, without our own two.
fn tree(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .flatten()
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name = path.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                format!("{name}={text}")
            } else {
                format!("{name}/")
            }
        })
        .filter(|line| !line.starts_with(".meja-manifest=") && line != ".meja-lock=")
        .collect();
    found.sort_unstable();
    found
}

fn message<T>(result: Result<T, OutputError>, root: &TempDir) -> String {
    result
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
        .replace(&format!("{}/", root.path().display()), "")
}

#[test]
fn only_what_changed_is_written_and_only_ours_is_removed() -> Tested {
    let (root, public) = desk()?;
    let first = build(
        &root,
        &public,
        &[("index.html", "one"), ("a/b/index.html", "b"), ("a/c/d/x", "d"), ("e", "e")],
    )?;
    assert_eq!(first, Summary { new: 4, bytes: 6, ..Summary::default() });
    fs::write(public.join("CNAME"), "meja.example")?;
    fs::write(public.join("a/note.txt"), "mine")?;
    let before = fs::metadata(public.join("index.html"))?.modified()?;
    let second = build(&root, &public, &[("index.html", "one"), ("e", "E"), ("f/g", "g")])?;
    assert_eq!(second, Summary { new: 1, changed: 1, unchanged: 1, removed: 2, bytes: 5 });
    assert_eq!(
        tree(&public),
        ["CNAME=meja.example", "a/", "a/note.txt=mine", "e=E", "f/", "f/g=g", "index.html=one"]
    );
    assert_eq!(fs::metadata(public.join("index.html"))?.modified()?, before);
    let manifest = fs::read_to_string(public.join(manifest::NAME))?;
    assert_eq!(manifest, "meja-manifest 1\ne\nf/g\nindex.html\n");
    Ok(())
}

#[test]
fn a_folder_of_others_is_refused_and_left_as_it_is() -> Tested {
    let (root, public) = desk()?;
    fs::create_dir_all(public.join("img"))?;
    for name in ["d", "b", "c"] {
        fs::write(public.join(name), "x")?;
    }
    let before = tree(root.path());
    let error = Output::open(&public, root.path());
    assert_eq!(
        message(error, &root),
        "cannot build into `public`: it holds files of others: `b`, `c`, `d` and 1 more"
    );
    assert_eq!(tree(root.path()), before);
    assert!(!public.join(place::LOCK).exists());
    Ok(())
}

#[test]
fn an_empty_folder_may_hold_what_keeps_it_in_git() -> Tested {
    let (root, public) = desk()?;
    fs::create_dir(&public)?;
    fs::write(public.join(".gitkeep"), "")?;
    build(&root, &public, &[("a", "a")])?;
    assert_eq!(tree(&public), [".gitkeep=", "a=a"]);
    Ok(())
}

#[test]
fn the_sites_own_files_are_never_the_output() -> Tested {
    let (root, _) = desk()?;
    let at = |path: &str| message(Output::open(&root.path().join(path), root.path()), &root);
    assert_eq!(at("content/out"), "cannot build into `content/out`: it would write over `content`");
    assert_eq!(at("static/x/../y"), "cannot build into `static/x/../y`: it would write over `static`");
    for path in [".", "..", "public/..", "templates", "site.yaml"] {
        let error = Output::open(&root.path().join(path), root.path());
        assert!(matches!(error, Err(OutputError::OverSources { .. })), "{path}");
    }
    assert_eq!(tree(root.path()), ["content/", "content/a.md=source", "site.yaml=title: x"]);
    // Names that only begin alike are fine.
    Output::open(&root.path().join("content-out"), root.path())?;
    Ok(())
}

#[test]
fn two_builds_at_once_are_kept_apart() -> Tested {
    let (root, public) = desk()?;
    let first = Output::open(&public, root.path())?;
    assert_eq!(
        message(Output::open(&public, root.path()), &root),
        "cannot build into `public`: another build is writing it"
    );
    drop(first);
    // The lock file is still there, as after a kill, and blocks nobody.
    assert!(public.join(place::LOCK).exists());
    Output::open(&public, root.path())?;
    Ok(())
}

#[test]
fn a_build_that_died_leaves_nothing_for_the_next_one() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("old/x", "x"), ("index.html", "1")])?;
    {
        let mut output = Output::open(&public, root.path())?;
        output.begin(["index.html", "half/way", "never/written"])?;
        output.write("half/way", b"ha")?;
        output.write("index.html", b"2")?;
    }
    fs::write(public.join(manifest::NEXT), "half a mani")?;
    fs::write(public.join(file::COMING).join("7"), "half a page")?;
    assert!(public.join("old/x").exists(), "a failed build removes nothing");
    let manifest = fs::read_to_string(public.join(manifest::NAME))?;
    assert_eq!(manifest, "meja-manifest 1\nhalf/way\nindex.html\nnever/written\nold/x\n");
    let after = build(&root, &public, &[("index.html", "3"), ("new", "n")])?;
    assert_eq!(after.removed, 2);
    let clean = root.path().join("clean");
    build(&root, &clean, &[("index.html", "3"), ("new", "n")])?;
    assert_eq!(tree(&public), tree(&clean));
    assert_eq!(fs::read(public.join(manifest::NAME))?, fs::read(clean.join(manifest::NAME))?);
    assert!(!public.join(manifest::NEXT).exists());
    Ok(())
}

#[test]
fn a_first_build_that_died_before_its_manifest_does_not_make_the_folder_foreign() -> Tested {
    let (root, public) = desk()?;
    fs::create_dir(&public)?;
    fs::write(public.join(manifest::NEXT), "half a mani")?;
    fs::write(public.join(place::LOCK), "")?;
    build(&root, &public, &[("a", "a")])?;
    assert_eq!(tree(&public), ["a=a"]);
    Ok(())
}

#[test]
fn unsafe_lines_of_a_manifest_are_never_acted_on() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("a", "a")])?;
    let lines = format!(
        "meja-manifest 1\n../content/a.md\n{}/site.yaml\na/../../site.yaml\nb\n",
        root.path().display()
    );
    fs::write(public.join(manifest::NAME), lines)?;
    fs::remove_file(public.join("a"))?;
    build(&root, &public, &[("c", "c")])?;
    assert!(root.path().join("content/a.md").exists());
    assert!(root.path().join("site.yaml").exists());
    fs::write(public.join(manifest::NAME), "meja-manifest 2\nc\n")?;
    let error = build(&root, &public, &[("d", "d")]);
    assert_eq!(message(error, &root), "cannot understand the manifest `public/.meja-manifest`");
    assert_eq!(tree(&public), ["c=c"]);
    Ok(())
}

#[test]
fn what_no_build_wrote_is_never_overwritten() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("a", "a")])?;
    fs::write(public.join("CNAME"), "mine")?;
    fs::create_dir(public.join("empty"))?;
    let before = fs::read(public.join(manifest::NAME))?;
    for path in ["CNAME", "empty"] {
        let error = build(&root, &public, &[("b", "b"), (path, "x")]);
        assert_eq!(
            message(error, &root),
            format!("cannot write `public/{path}`: something that no build wrote stands there")
        );
    }
    let error = build(&root, &public, &[("CNAME/x", "x")]);
    assert_eq!(message(error, &root), "cannot write into `public/CNAME`: it is not a folder");
    assert_eq!(tree(&public), ["CNAME=mine", "a=a", "empty/"]);
    assert_eq!(fs::read(public.join(manifest::NAME))?, before);
    Ok(())
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("a", "a"), ("x/b/c", "c"), ("x/b/d/e", "e")])?;
    let summary = build(&root, &public, &[("a/index.html", "A"), ("x/b", "B")])?;
    assert_eq!((summary.new, summary.removed), (2, 3));
    assert_eq!(tree(&public), ["a/", "a/index.html=A", "x/", "x/b=B"]);
    build(&root, &public, &[("x/b/c", "c")])?;
    fs::write(public.join("x/b/mine"), "mine")?;
    let error = build(&root, &public, &[("x/b", "B")]);
    assert_eq!(
        message(error, &root),
        "cannot write `public/x/b/mine`: something that no build wrote stands there"
    );
    assert_eq!(tree(&public), ["x/", "x/b/", "x/b/c=c", "x/b/mine=mine"]);
    Ok(())
}

#[test]
fn names_that_fall_together_are_refused() -> Tested {
    let (root, public) = desk()?;
    let of = |files: &[(&str, &str)]| message(build(&root, &public, files), &root);
    assert_eq!(of(&[("a/x", ""), ("b", ""), ("a/x", "")]), "two files would be written to `a/x`");
    assert_eq!(of(&[("a/x", ""), ("A/X", "")]), "`A/X` and `a/x` differ only by case");
    assert_eq!(
        of(&[("Klaim", ""), ("klaim-b", ""), ("klaim/x", "")]),
        "`Klaim` would be a file, and a folder because of `klaim/x`"
    );
    assert_eq!(of(&[("../x", "")]), "cannot write `../x`: not a safe path");
    assert_eq!(tree(&public), Vec::<String>::new());
    Ok(())
}

#[test]
fn another_spelling_replaces_the_old_one() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("Topics/A", "a"), ("b", "b")])?;
    let summary = build(&root, &public, &[("topics/a", "a"), ("b", "b")])?;
    assert_eq!((summary.unchanged, summary.removed), (1, 1));
    assert_eq!(tree(&public), ["b=b", "topics/", "topics/a=a"]);
    Ok(())
}

#[test]
fn a_build_writes_exactly_what_it_declared() -> Tested {
    let (root, public) = desk()?;
    build(&root, &public, &[("old", "o")])?;
    let mut output = Output::open(&public, root.path())?;
    output.begin(["a", "b"])?;
    assert_eq!(message(output.write("c", b""), &root), "`c` was not declared, or is written twice");
    output.write("a", b"")?;
    assert!(output.write("a", b"").is_err());
    assert_eq!(message(output.finish(), &root), "`b` was declared and not written");
    assert!(public.join("old").exists());
    let untouched = Output::open(&public, root.path())?.finish()?;
    assert_eq!(untouched, Summary::default());
    assert!(public.join("old").exists());
    Ok(())
}

#[test]
fn the_bytes_decide_not_the_size() -> Tested {
    let (root, public) = desk()?;
    let long = "x".repeat(200_000);
    let other = format!("{}y", "x".repeat(199_999));
    build(&root, &public, &[("a", &long), ("e", "")])?;
    let same = build(&root, &public, &[("a", &long), ("e", "")])?;
    assert_eq!(same.unchanged, 2);
    let summary = build(&root, &public, &[("a", &other), ("e", "")])?;
    assert_eq!(summary.changed, 1);
    assert_eq!(fs::read_to_string(public.join("a"))?, other);
    assert!(!public.join(file::COMING).exists());
    Ok(())
}

#[test]
fn a_build_that_changes_everything_ends_like_any_other() -> Tested {
    let (root, public) = desk()?;
    let site = |text: &str| -> Vec<(String, String)> {
        (0..1_200).map(|number| (format!("{}/{number}", number % 7), text.repeat(number % 5))).collect()
    };
    for text in ["satu", "a", "", "tiga"] {
        let files = site(text);
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        build(&root, &public, &files)?;
        for (path, text) in files {
            assert_eq!(fs::read_to_string(public.join(path))?, text);
        }
    }
    Ok(())
}

#[cfg(unix)]
mod links;
mod parts;

#[test]
fn a_costly_file_is_made_again_only_if_its_key_or_its_bytes_are_others() -> Tested {
    let (root, public) = desk()?;
    // Builds with these files; says which of them had to be made.
    let build = |files: &[(&'static str, &str, &str)]| -> Result<Vec<&'static str>, OutputError> {
        let mut output = Output::open(&public, root.path())?;
        output.begin(files.iter().map(|(path, ..)| *path))?;
        let mut made = Vec::new();
        for (path, key, text) in files {
            let origin = Origin::from(Print::of(key.as_bytes()));
            if !output.keep(path, &origin) {
                made.push(*path);
                output.write_made(path, origin, text.as_bytes())?;
            }
        }
        output.finish()?;
        Ok(made)
    };
    let both = [("a.png", "1", "A"), ("b.png", "2", "B")];
    assert_eq!(build(&both)?, ["a.png", "b.png"]);
    assert_eq!(build(&both)?, [""; 0]);
    assert_eq!(build(&[both[0], ("b.png", "3", "C")])?, ["b.png"], "another key");
    fs::write(public.join("a.png"), "X")?;
    assert_eq!(build(&[both[0], ("b.png", "3", "C")])?, ["a.png"], "other bytes");
    assert_eq!(fs::read_to_string(public.join("a.png"))?, "A");
    fs::remove_file(public.join("a.png"))?;
    assert_eq!(build(&[both[0], ("b.png", "3", "C")])?, ["a.png"], "gone");

    // Damage costs time, never a wrong file; a file that is no more leaves no trace.
    fs::write(public.join(made::NAME), "meja-made 4\t-\t2\na.png\t1\n\n")?;
    assert_eq!(build(&[both[0]])?, ["a.png"]);
    assert!(!public.join("b.png").exists());
    let text = fs::read_to_string(public.join(made::NAME))?;
    let (key, bytes) = (Print::of(b"1"), Print::of(b"A"));
    assert_eq!(text, format!("meja-made 4\t-\t1\na.png\t{key}\t{bytes}\t-\n"));
    Ok(())
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_a_costly_file_is_not_kept() -> Tested {
    let (root, public) = desk()?;
    fs::write(root.path().join("other"), "A")?;
    let mut output = Output::open(&public, root.path())?;
    output.begin(["a.png"])?;
    output.write_made("a.png", Print::of(b"1").into(), b"A")?;
    output.finish()?;
    fs::remove_file(public.join("a.png"))?;
    std::os::unix::fs::symlink(root.path().join("other"), public.join("a.png"))?;
    let mut output = Output::open(&public, root.path())?;
    assert!(output.begin(["a.png"]).is_err() || !output.keep("a.png", &Print::of(b"1").into()));
    Ok(())
}
