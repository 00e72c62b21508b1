//! `meja publish` where repositories, settings and surroundings are odd.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{A, B, BRANCH, Pair, SITE, WHEN, article, below, script};
use crate::desk::{Desk, Run, git_in};

/// The bytes of a file on the branch.
fn stored(pair: &Pair, path: &str) -> Vec<u8> {
    let output = Command::new("git")
        .args(["cat-file", "blob", &format!("{BRANCH}:{path}")])
        .current_dir(pair.server.path())
        .output()
        .expect("git runs");
    output.stdout
}

#[track_caller]
fn arrived_unchanged(pair: &Pair) {
    let built = below(&pair.desk.path("public"), &[".meja-"]);
    assert_eq!(pair.files(), built.keys().cloned().collect::<Vec<_>>());
    for (path, bytes) in &built {
        assert!(stored(pair, path) == *bytes, "{path} is otherwise than it was built");
    }
}

#[test]
fn settings_and_attributes_change_no_byte() {
    let pair = Pair::new();
    pair.desk.write(".gitattributes", "* text=auto eol=crlf\n*.html filter=loud\n");
    pair.desk.write("static/Case.txt", "one\r\ntwo\n");
    pair.desk.commit("Attributes", WHEN);
    for (name, value) in [
        ("core.autocrlf", "true"),
        ("core.safecrlf", "true"),
        ("core.ignoreCase", "true"),
        ("core.fileMode", "false"),
        ("filter.loud.clean", "tr a-z A-Z"),
        ("filter.loud.required", "true"),
        ("commit.gpgSign", "true"),
        ("push.gpgSign", "true"),
        ("gpg.program", "false"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("index.version", "4"),
        ("status.showUntrackedFiles", "no"),
        ("color.ui", "always"),
    ] {
        pair.desk.git(&["config", name, value]);
    }
    pair.published(&["--allow-dirty", "--message", "Kabar baik 😀"]);
    arrived_unchanged(&pair);
    assert_eq!(pair.at_server(&["log", "-1", "--format=%s", BRANCH]), "Kabar baik 😀");
    let modes = pair.at_server(&["ls-tree", "-r", "--format=%(objectmode)", BRANCH]);
    assert!(modes.lines().all(|mode| mode == "100644"), "{modes}");
}

#[test]
fn the_surroundings_do_not_mislead() {
    let pair = Pair::new();
    let index = pair.server.path().join("own-index");
    let misled = |trace: &str| {
        let mut command = pair.command(&[]);
        command
            .env("GIT_DIR", "/nowhere")
            .env("GIT_WORK_TREE", "/")
            .env("GIT_INDEX_FILE", &index)
            .env("GIT_OBJECT_DIRECTORY", "/nowhere/objects")
            .env("GIT_COMMON_DIR", "/nowhere")
            .env("GIT_NAMESPACE", "other")
            .env("GIT_IMPLICIT_WORK_TREE", "0")
            .env("GIT_LITERAL_PATHSPECS", "0")
            .env("GIT_TRACE", trace)
            .env("LANG", "id_ID.UTF-8")
            .env("LC_ALL", "de_DE.UTF-8")
            .env("LANGUAGE", "de");
        Run::from(command.output().expect("the program runs"))
    };
    let run = misled("1");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!index.exists());
    arrived_unchanged(&pair);
    // Words of git are understood in all languages.
    let hook = pair.hook("echo 'kind, not today' >&2; exit 1");
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    let run = misled("0");
    assert!(
        run.code == 3 && run.stderr.contains("\nerror: the server refused: kind, not today\n"),
        "{}",
        run.stderr
    );
    fs::remove_file(hook).expect("a removed hook");
}

#[test]
fn what_git_is_told_to_overlook_is_not_committed_either() {
    let pair = Pair::new();
    pair.desk.write(".gitignore", "/public\nsecret.md\n/static/made/\n");
    pair.desk.commit("Ignored", WHEN);
    pair.desk.write("static/made/map.txt", "made by a program");
    for junk in ["content/.DS_Store", "content/articles/a.md~", "content/articles/.a.md.swp"] {
        pair.desk.write(junk, "");
    }
    pair.published(&[]);
    assert!(pair.files().contains(&"made/map.txt".to_owned()), "what a program makes need not be kept");
    let refused = |path: &str| {
        let run = pair.publish(&[]);
        let said = format!("not everything is committed: \"{path}\"\n");
        assert!(run.code == 3 && run.stderr.contains(&said), "{path}: {}", run.stderr);
        let said = pair.json(&["--dry-run"]);
        assert_eq!(said["uncommitted"], serde_json::json!([path]));
    };
    let ignored = "content/articles/secret.md";
    pair.desk.write(ignored, article("bumi", "\"true\"", "", ""));
    refused(ignored);
    fs::remove_file(pair.desk.path(ignored)).expect("removed");
    let committed = pair.desk.read(A);
    for (set, unset) in
        [("--assume-unchanged", "--no-assume-unchanged"), ("--skip-worktree", "--no-skip-worktree")]
    {
        pair.desk.git(&["update-index", set, A]);
        pair.desk.write(A, article("air", "\"true\"", "", ""));
        refused(A);
        pair.desk.write(A, &committed);
        pair.desk.git(&["update-index", unset, A]);
    }
    assert!(pair.published(&[]).starts_with("nothing changed"));
}

#[test]
fn what_changes_while_the_site_is_built_is_not_published() {
    let pair = Pair::new();
    let folder = tempfile::tempdir().expect("a folder");
    let late = pair.desk.path(A);
    // The server is asked after the desk was looked at.
    let path = wrapped(
        &folder,
        &format!("case \" $* \" in *\" ls-remote \"*) echo More. >> '{}';; esac", late.display()),
    );
    let run = Run::from(pair.command(&[]).env("PATH", path).output().expect("the program runs"));
    assert!(run.code == 3 && run.stderr.contains("changed while the site was built"), "{}", run.stderr);
    assert_eq!(pair.tip(), "");
}

/// The search path with a `git` that first does something else.
fn wrapped(folder: &tempfile::TempDir, first: &str) -> String {
    let real = Command::new("sh").args(["-c", "command -v git"]).output().expect("a shell").stdout;
    let real = String::from_utf8(real).expect("a path");
    script(&folder.path().join("git"), &format!("{first}\nexec {} \"$@\"", real.trim()));
    format!("{}:{}", folder.path().display(), std::env::var("PATH").expect("a path"))
}

#[test]
fn a_branch_that_was_set_back_or_deleted_meanwhile_is_left_alone() {
    let pair = Pair::new();
    pair.published(&[]);
    let first = pair.tip();
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    pair.published(&[]);
    let second = pair.tip();
    pair.desk.write("content/articles/c.md", article("cuaca", "\"true\"", "", ""));
    pair.desk.commit("Third", WHEN);
    let server = pair.server.path().display();
    for (change, left) in
        [(format!("update-ref {BRANCH} {first}"), first.as_str()), (format!("update-ref -d {BRANCH}"), "")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let path =
            wrapped(&folder, &format!("case \" $* \" in *\" push \"*) git -C '{server}' {change};; esac"));
        let run = Run::from(pair.command(&[]).env("PATH", path).output().expect("the program runs"));
        assert!(run.code == 3 && run.stderr.contains("in the meantime"), "{}", run.stderr);
        assert_eq!(pair.tip(), left);
        pair.at_server(&["update-ref", BRANCH, &second]);
    }
    // Set back at leisure, it is published to again; a deleted one is made anew.
    pair.at_server(&["update-ref", BRANCH, &first]);
    pair.published(&[]);
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), first);
    pair.at_server(&["update-ref", "-d", BRANCH]);
    pair.published(&[]);
    assert_eq!(pair.at_server(&["rev-list", "--count", BRANCH]), "1");
}

#[test]
fn every_kind_of_clone_publishes() {
    let pair = Pair::new();
    pair.published(&[]);
    let server = pair.server.path().to_str().expect("a path").to_owned();
    for name in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
        pair.at_server(&["config", name, "true"]);
    }
    pair.desk.git(&["push", "--quiet", "origin", "main"]);
    let address = format!("file://{server}");
    let mut number = 0;
    let mut next = |root: &Path| {
        number += 1;
        let id = format!("n{number}");
        let here = |arguments: &[&str]| git_in(root, arguments, WHEN);
        fs::write(root.join(format!("content/articles/{id}.md")), article(&id, "\"true\"", "", ""))
            .expect("a file");
        here(&["add", "--all"]);
        here(&["commit", "--quiet", "--message", &id]);
        let state =
            || (here(&["status", "--porcelain=v2", "--branch"]), here(&["for-each-ref", "refs/heads"]));
        let (before, was) = (pair.tip(), state());
        // Where the source of what is published is not known, the ledger cannot tell.
        let run =
            Run::from(pair.command(&["--no-ledger"]).current_dir(root).output().expect("the program runs"));
        assert_eq!(run.code, 0, "{id}: {}", run.stderr);
        assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), before, "{id}");
        assert!(pair.files().contains(&format!("articles/{id}/index.html")), "{id}");
        assert_eq!(state(), was, "{id}");
        pair.at_server(&["fsck", "--strict", "--no-dangling"]);
    };
    let clone = |arguments: &[&str]| {
        let desk = Desk::empty();
        let mut all = vec!["clone", "--quiet", "--branch", "main"];
        all.extend(arguments);
        all.extend([address.as_str(), "."]);
        desk.git(&all);
        own(desk.root());
        desk
    };
    next(clone(&["--single-branch"]).root());
    next(clone(&["--depth=1"]).root());
    next(clone(&["--filter=blob:none"]).root());
    next(clone(&["--filter=tree:0"]).root());
    let detached = clone(&[]);
    detached.git(&["checkout", "--quiet", "--detach"]);
    next(detached.root());
    // A working tree beside another one, a repository that is part of another, and a mirror.
    let folder = Desk::empty();
    let beside = folder.path("beside");
    pair.desk.git(&["worktree", "add", "--quiet", "-b", "second", beside.to_str().expect("a path")]);
    next(&beside);
    let outer = Desk::empty();
    outer.git(&["init", "--quiet", "--initial-branch=main"]);
    outer.git(&["submodule", "--quiet", "add", "--branch", "main", &address, "inner"]);
    own(&outer.path("inner"));
    git_in(&outer.path("inner"), &["checkout", "--quiet", "main"], WHEN);
    next(&outer.path("inner"));
    let mirror = clone(&[]);
    mirror.git(&["config", "remote.origin.mirror", "true"]);
    mirror.git(&["config", "remote.origin.fetch", "+refs/*:refs/*"]);
    next(mirror.root());
}

fn own(root: &Path) {
    git_in(root, &["config", "user.name", "Rina"], WHEN);
    git_in(root, &["config", "user.email", "rina@example.org"], WHEN);
}

#[test]
fn a_desk_in_a_folder_of_a_repository_is_published_alone() {
    let pair = Pair::new();
    let outer =
        Desk::with(&[("desk/site.yaml", SITE), (&format!("desk/{A}"), &article("air", "\"false\"", "", ""))]);
    outer.commit("First", WHEN);
    own(outer.root());
    outer.write("other.md", "not the desk's");
    let server = pair.server.path().parent().expect("a folder");
    let name = pair.server.path().file_name().expect("a name").to_str().expect("a name");
    let publish = |folder: &Path, arguments: &[&str]| {
        Run::from(pair.command(arguments).current_dir(folder).output().expect("the program runs"))
    };
    // A path to the server begins where the command is given.
    let remote = format!("./{name}");
    let root = outer.path("desk");
    let run = publish(server, &["--root", root.to_str().expect("a path"), "--remote", &remote]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let public: Vec<String> = below(&root.join("public"), &[".meja-"]).into_keys().collect();
    assert_eq!(pair.files(), public);
    outer.write(&format!("desk/{B}"), "");
    let run =
        publish(outer.root(), &["--root", "desk", "--remote", pair.server.path().to_str().expect("a path")]);
    assert!(run.stderr.contains(&format!("not everything is committed: \"{B}\"\n")), "{}", run.stderr);
}

#[test]
fn a_repository_with_long_names_of_objects_is_published() {
    let pair = Pair::new();
    fs::remove_dir_all(pair.desk.path(".git")).expect("removed");
    pair.desk.git(&["init", "--quiet", "--object-format=sha256", "--initial-branch=main"]);
    own(pair.desk.root());
    pair.desk.commit("First", WHEN);
    pair.desk.git(&["remote", "add", "origin", pair.server.path().to_str().expect("a path")]);
    let run = pair.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("hash algorithm"), "{}", run.stderr);
    let server = tempfile::tempdir().expect("a folder");
    git_in(server.path(), &["init", "--quiet", "--bare", "--object-format=sha256"], WHEN);
    let pair = Pair { desk: pair.desk, server };
    pair.desk.git(&["remote", "set-url", "origin", pair.server.path().to_str().expect("a path")]);
    pair.published(&[]);
    arrived_unchanged(&pair);
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    pair.published(&[]);
}

#[test]
fn what_is_pushed_to_is_what_is_looked_at() {
    let pair = Pair::new();
    let nowhere = pair.server.path().join("nowhere");
    let server = pair.server.path().to_str().expect("a path");
    pair.desk.git(&["config", "remote.origin.url", nowhere.to_str().expect("a path")]);
    pair.desk.git(&["config", "remote.origin.pushurl", server]);
    pair.published(&[]);
    assert!(pair.published(&[]).starts_with("nothing changed"));
    pair.desk.git(&["config", "--add", "remote.origin.pushurl", nowhere.to_str().expect("a path")]);
    let run = pair.publish(&[]);
    assert!(run.code == 2 && run.stderr.contains("pushes to several addresses"), "{}", run.stderr);
    pair.desk.git(&["config", "--unset-all", "remote.origin.pushurl"]);
    pair.desk.git(&["config", "remote.origin.url", "short:desk"]);
    pair.desk.git(&["config", &format!("url.{server}.insteadOf"), "short:desk"]);
    assert!(pair.published(&[]).starts_with("nothing changed"));
}

#[test]
fn an_own_domain_goes_with_the_settings_that_brought_it() {
    let pair = Pair::new();
    pair.desk.write("site.yaml", SITE.replace("name.github.io/meja", "cek.example.org"));
    pair.desk.commit("Domain", WHEN);
    pair.published(&[]);
    assert!(pair.files().contains(&"CNAME".to_owned()));
    pair.desk.write("site.yaml", SITE);
    pair.desk.commit("No domain", WHEN);
    pair.published(&[]);
    assert!(!pair.files().contains(&"CNAME".to_owned()));
}

#[test]
fn an_article_that_is_to_come_comes_without_a_word_of_the_ledger() {
    let pair = Pair::new();
    let planned = article("bumi", "\"true\"", "", "").replace("date: 2025-01-02", "date: 2026-03-02");
    pair.desk.write(B, planned);
    pair.desk.commit("Planned", WHEN);
    pair.published(&["--now", "2026-03-01"]);
    assert!(!pair.files().contains(&"articles/b/index.html".to_owned()));
    let said = pair.published(&["--now", "2026-03-01"]);
    assert!(said.starts_with("nothing changed"), "{said}");
    let run = pair.publish(&["--dry-run", "--now", "2026-03-02"]);
    assert!(
        run.code == 0 && run.stdout.lines().any(|line| line == "new      /articles/b/"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
    pair.published(&["--now", "2026-03-02"]);
    assert!(pair.files().contains(&"articles/b/index.html".to_owned()));
    // From then on it is part of the record, though its commit is the same.
    pair.desk.write(B, article("bumi", "\"false\"", "", "").replace("date: 2025-01-02", "date: 2026-03-02"));
    pair.desk.commit("Silent", WHEN);
    let run = pair.publish(&["--now", "2026-03-03"]);
    assert!(run.code == 1 && run.stderr.contains("error[silent-verdict]"), "{}", run.stderr);
}

#[test]
fn programs_that_an_address_names_are_not_run() {
    let pair = Pair::new();
    let ran = pair.server.path().join("ran");
    for remote in [format!("ext::touch {}", ran.display()), format!("--upload-pack=touch {}", ran.display())]
    {
        let run = pair.publish(&[&format!("--remote={remote}")]);
        assert!(run.code != 0 && !ran.exists(), "{remote}: {}", run.stderr);
    }
    let run = pair.publish(&["--remote=ssh://-oProxyCommand=x/y"]);
    assert!(run.code == 3, "{}", run.stderr);
    let run = Run::from(pair.command(&[]).env("PATH", "/nowhere").output().expect("the program runs"));
    assert!(run.code == 3 && run.stderr.contains("error: `git` cannot be run"), "{}", run.stderr);
    let folder = tempfile::tempdir().expect("a folder");
    let path = wrapped(&folder, "case \" $* \" in *\" version \"*) echo git version 2.25.1; exit;; esac");
    let run = Run::from(pair.command(&[]).env("PATH", path).output().expect("the program runs"));
    assert!(run.code == 3 && run.stderr.contains("git 2.25.1 is too old"), "{}", run.stderr);
}

#[test]
fn repositories_that_cannot_be_published_from_are_told_apart() {
    let pair = Pair::new();
    pair.published(&[]);
    let run = pair.publish(&["--branch", "gh-pages/old"]);
    assert!(run.code == 3 && run.stderr.contains("cannot stand beside a branch"), "{}", run.stderr);
    let bare = Desk::with(&[("site.yaml", SITE)]);
    bare.git(&["init", "--quiet", "--bare", "--initial-branch=main"]);
    let bare = Pair { desk: bare, server: tempfile::tempdir().expect("a folder") };
    bare.desk.git(&["remote", "add", "origin", pair.server.path().to_str().expect("a path")]);
    bare.desk.git(&["fetch", "--quiet", pair.desk.root().to_str().expect("a path"), "main:main"]);
    let run = bare.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("inside a bare repository"), "{}", run.stderr);
    // The branch that the desk is written on elsewhere.
    pair.desk.git(&["push", "--quiet", "origin", "main"]);
    pair.desk.git(&["checkout", "--quiet", "-b", "draft"]);
    let run = pair.publish(&["--branch", "main"]);
    assert!(run.code == 3 && run.stderr.contains("not from `meja publish`"), "{}", run.stderr);
    // An address with a password in the settings.
    pair.desk.git(&["remote", "add", "far", "https://me:secret@127.0.0.1:9/a"]);
    pair.desk.git(&["config", "remote.far.pushurl", "https://me:secret@127.0.0.1:9/b"]);
    let run = pair.publish(&["--remote", "far"]);
    assert!(run.code == 3 && run.stderr.contains("127.0.0.1:9/b"), "{}", run.stderr);
    assert!(!run.stderr.contains("secret") && !run.stderr.contains("me:"), "{}", run.stderr);
    // A name of somebody else's file is shown without its power over the terminal.
    pair.others(&[("\u{1b}[31m\u{202e}x", "x")], false);
    let run = pair.publish(&[]);
    assert!(run.stderr.contains("changed the branch `gh-pages`: [31mx\n"), "{}", run.stderr);
}
