//! `meja publish` to real bare repositories.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::desk::{Desk, Run, git_in, repository};

mod interrupted;
mod killed;
mod surroundings;

const SITE: &str = "\
title: Meja
base_url: https://name.github.io/meja/
language: id
timezone: Asia/Jakarta
publisher: {name: Meja}
";
const WHEN: &str = "2026-01-10T00:00:00Z";
const BRANCH: &str = "refs/heads/gh-pages";
const A: &str = "content/articles/a.md";
const B: &str = "content/articles/b.md";

fn article(id: &str, verdict: &str, more: &str, history: &str) -> String {
    format!(
        "---\ntitle: Judul {id}\ndate: 2025-01-02\nauthors: [Rina]\n{more}claims:\n  - id: {id}\n    claim: Klaim {id} bunyi.\n    \
         claimant: Budi\n    verdict: {verdict}\n    finding: Temuan.\n{history}    sources:\n      - {{title: Laporan, url: \
         \"https://example.org/{id}\", archived: \"https://web.archive.org/web/20250101000000/https://example.org/{id}\", primary: \
         true}}\n---\nIsi.\n"
    )
}

/// A desk, committed, and a server to publish it to.
struct Pair {
    desk: Desk,
    server: tempfile::TempDir,
}

impl Pair {
    fn new() -> Self {
        let files =
            [("site.yaml", SITE), (".gitignore", "/public\n"), (A, &article("air", "\"false\"", "", ""))];
        let pair = Self { desk: Desk::with(&files), server: tempfile::tempdir().expect("a folder") };
        pair.at_server(&["init", "--quiet", "--bare", "--initial-branch=main"]);
        pair.desk.commit("First", WHEN);
        pair.desk.git(&["config", "user.name", "Rina"]);
        pair.desk.git(&["config", "user.email", "rina@example.org"]);
        pair.desk.git(&["remote", "add", "origin", pair.server.path().to_str().expect("a path")]);
        pair
    }

    fn at_server(&self, arguments: &[&str]) -> String {
        git_in(self.server.path(), arguments, WHEN)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meja"));
        command
            .args(["publish", "--color", "never"])
            .args(arguments)
            .current_dir(self.desk.root())
            .stdin(Stdio::null())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn publish(&self, arguments: &[&str]) -> Run {
        Run::from(self.command(arguments).output().expect("the program runs"))
    }

    #[track_caller]
    fn published(&self, arguments: &[&str]) -> String {
        let run = self.publish(arguments);
        assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
        run.stdout
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--format", "json"];
        all.extend(arguments);
        let run = self.publish(&all);
        serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
    }

    /// The commit on the branch.
    fn tip(&self) -> String {
        self.at_server(&["for-each-ref", "--format=%(objectname)", BRANCH])
    }

    /// The files on the branch.
    fn files(&self) -> Vec<String> {
        let listed = self.at_server(&["ls-tree", "-r", "-z", "--name-only", BRANCH]);
        listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
    }

    fn hook(&self, text: &str) -> PathBuf {
        let hook = self.server.path().join("hooks/pre-receive");
        script(&hook, text);
        hook
    }

    /// Commits what `files` hold to the branch, as somebody else would.
    fn others(&self, files: &[(&str, &str)], fresh: bool) {
        let clone = Desk::empty();
        clone.git(&["clone", "--quiet", self.server.path().to_str().expect("a path"), "."]);
        if fresh {
            clone.git(&["checkout", "--quiet", "--orphan", "gh-pages"]);
        } else {
            clone.git(&["checkout", "--quiet", "gh-pages"]);
        }
        for (path, text) in files {
            clone.write(path, text);
        }
        clone.git(&["add", "--all"]);
        clone.git(&["commit", "--quiet", "--message", "By hand"]);
        clone.git(&["push", "--quiet", "origin", "gh-pages"]);
    }
}

fn script(path: &Path, text: &str) {
    fs::write(path, format!("#!/bin/sh\n{text}\n")).expect("a script");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
    }
}

/// Every file below a folder with its bytes, but those below paths that begin with one of `without`.
fn below(folder: &Path, without: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            if without.iter().any(|start| name.starts_with(start)) {
            } else if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn the_first_publication_makes_a_branch_of_the_sites_files() {
    let pair = Pair::new();
    pair.desk.write("static/robots-extra.txt", "x");
    pair.desk.commit("More", WHEN);
    let said = pair.published(&[]);
    assert!(said.contains(" new, 0 changed, 0 gone"), "{said}");
    let built = below(&pair.desk.path("public"), &[".meja-"]);
    assert_eq!(pair.files(), built.keys().cloned().collect::<Vec<_>>());
    assert!(built.contains_key(".nojekyll") && built.contains_key("robots-extra.txt"));
    for (path, bytes) in &built {
        let stored = Command::new("git")
            .args(["cat-file", "blob", &format!("{BRANCH}:{path}")])
            .current_dir(pair.server.path())
            .output()
            .expect("git runs");
        assert_eq!(&stored.stdout, bytes, "{path}");
    }
    assert_eq!(pair.at_server(&["rev-list", "--count", BRANCH]), "1", "no history of the desk");
    let message = pair.at_server(&["log", "-1", "--format=%B", BRANCH]);
    let source = pair.desk.git(&["rev-parse", "HEAD"]);
    assert!(message.contains(&format!("\n\nMeja-Source: {source}\nMeja-Moment: ")), "{message}");
    let page = pair.at_server(&["cat-file", "blob", &format!("{BRANCH}:index.html")]);
    assert!(page.contains("/meja/articles/a/"), "links carry the sub-path");
}

#[test]
fn a_custom_domain_is_published() {
    let pair = Pair::new();
    pair.desk.write("site.yaml", SITE.replace("name.github.io/meja", "cek.example.org"));
    pair.desk.commit("Domain", WHEN);
    pair.published(&[]);
    assert_eq!(pair.at_server(&["cat-file", "blob", &format!("{BRANCH}:CNAME")]), "cek.example.org");
}

#[test]
fn a_publication_is_one_commit_on_top_and_only_if_something_changed() {
    let pair = Pair::new();
    pair.published(&[]);
    let first = pair.tip();
    assert!(pair.published(&[]).starts_with("nothing changed"));
    assert_eq!(pair.tip(), first);
    pair.desk.write("public/own.txt", "mine");
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    let said = pair.published(&["--message", "Kabar baru\n\nMeja-Source: 00"]);
    assert!(said.contains("published "), "{said}");
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), first);
    assert_eq!(pair.at_server(&["log", "-1", "--format=%s", BRANCH]), "Kabar baru");
    assert!(pair.files().contains(&"articles/b/index.html".to_owned()));
    assert!(!pair.files().contains(&"own.txt".to_owned()), "a foreign file stays at home");
    assert!(pair.published(&[]).starts_with("nothing changed"));
}

#[test]
fn a_dry_run_says_exactly_what_would_change() {
    let pair = Pair::new();
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Two", WHEN);
    pair.published(&[]);
    let before = pair.files();
    let tip = pair.tip();
    let history = "    history: [{date: 2025-01-02, verdict: \"false\"}]\n";
    let corrected = "corrections: [{date: 2025-06-01, claim: air, note: Ada laporan baru.}]\n";
    pair.desk.write(A, article("air", "\"true\"", corrected, history));
    pair.desk.write("content/articles/c.md", article("cuaca", "\"true\"", "aliases: [/lama/]\n", ""));
    fs::remove_file(pair.desk.path(B)).expect("a removed file");
    let objects = || below(&pair.desk.path(".git/objects"), &[]).into_keys().collect::<Vec<_>>();
    let stored = objects();
    let said = pair.json(&["--dry-run", "--no-ledger"]);
    assert_eq!((objects(), pair.tip()), (stored, tip), "nothing was written");
    let base = "https://name.github.io/meja/";
    let verdicts = &said["changes"]["verdicts"];
    assert_eq!(verdicts[0]["url"], format!("{base}claims/air/"), "{said}");
    assert_eq!(verdicts[0]["claim"], "Klaim air bunyi.");
    assert!(verdicts[0]["before"]["verdict"] != verdicts[0]["after"]["verdict"], "{said}");
    assert_eq!(verdicts[1]["after"], Value::Null, "{said}");
    assert_eq!((said["commit"].clone(), said["dry_run"].clone()), (Value::Null, Value::Bool(true)));
    assert_eq!(said["uncommitted"].as_array().map(Vec::len), Some(3), "{said}");
    let text = pair.published(&["--dry-run", "--no-ledger"]);
    let first = text.lines().next().unwrap_or_default();
    assert!(first.starts_with("verdict  /claims/air/ (Klaim air bunyi.): "), "{text}");
    for line in ["new      /articles/c/", "new      /lama/", "gone     /articles/b/", "changed  /"] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }

    pair.desk.commit("Changes", WHEN);
    pair.published(&["--no-ledger"]);
    let after = pair.files();
    let named = |files: Vec<&String>| -> Vec<String> {
        files
            .iter()
            .map(|file| {
                format!(
                    "{base}{}",
                    file.strip_suffix("index.html")
                        .filter(|at| at.is_empty() || at.ends_with('/'))
                        .unwrap_or(file)
                )
            })
            .collect()
    };
    let strings = |kind: &str| -> Vec<String> {
        serde_json::from_value(said["changes"][kind].clone()).expect("a list")
    };
    assert_eq!(strings("new"), named(after.iter().filter(|file| !before.contains(file)).collect()));
    assert_eq!(strings("gone"), named(before.iter().filter(|file| !after.contains(file)).collect()));
    let listed = pair.at_server(&[
        "diff-tree",
        "-r",
        "--no-renames",
        "--name-only",
        "--diff-filter=M",
        &format!("{BRANCH}^"),
        BRANCH,
    ]);
    let modified: Vec<String> = listed.lines().map(str::to_owned).collect();
    assert_eq!(strings("changed"), named(modified.iter().collect()));
}

#[test]
fn nothing_of_the_desks_repository_is_touched() {
    let pair = Pair::new();
    let ran = pair.desk.path(".git/ran");
    for hook in
        ["pre-push", "pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"]
    {
        fs::create_dir_all(pair.desk.path(".git/hooks")).expect("a folder");
        script(&pair.desk.path(&format!(".git/hooks/{hook}")), &format!("touch '{}'; exit 1", ran.display()));
    }
    // Something staged, something changed and something new, none of it the site's.
    pair.desk.write("notes.txt", "one");
    pair.desk.git(&["-c", "core.hooksPath=/dev/null", "add", "notes.txt"]);
    pair.desk.write("notes.txt", "two");
    pair.desk.write("more.txt", "new");
    for name in ["core.splitIndex", "core.untrackedCache", "push.followTags", "fetch.prune"] {
        pair.desk.git(&["config", name, "true"]);
    }
    let _ = fs::remove_file(&ran);
    let passing = ["objects", "refs/remotes", "logs/refs/remotes"];
    let state = || (below(&pair.desk.path(".git"), &passing), below(pair.desk.root(), &[".git", "public"]));
    let before = state();
    pair.published(&[]);
    pair.published(&["--dry-run"]);
    assert!(!ran.exists(), "a hook was run");
    assert!(before == state(), "the index, a branch or a file is not as it was");
}

#[test]
fn who_is_faster_is_not_overwritten() {
    let pair = Pair::new();
    pair.published(&[]);
    let first = pair.tip();
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    // Somebody else's commit comes between the look at the server and the push.
    let other = pair.at_server(&["commit-tree", "-p", &first, "-m", "Faster", &format!("{first}^{{tree}}")]);
    let folder = tempfile::tempdir().expect("a folder");
    let real = Command::new("sh").args(["-c", "command -v git"]).output().expect("a shell").stdout;
    let real = String::from_utf8(real).expect("a path");
    let (real, server) = (real.trim(), pair.server.path().display());
    script(
        &folder.path().join("git"),
        &format!(
            "case \" $* \" in *\" push \"*) {real} -C '{server}' update-ref {BRANCH} {other};; esac\nexec {real} \"$@\""
        ),
    );
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").expect("a path"));
    let run = Run::from(pair.command(&[]).env("PATH", path).output().expect("the program runs"));
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("\nerror: somebody else published in the meantime; nothing was changed\n"),
        "{}",
        run.stderr
    );
    assert_eq!(pair.tip(), other);
    // Within the push itself.
    pair.at_server(&["update-ref", BRANCH, &first]);
    let hook = pair.hook(&format!("exec env -u GIT_QUARANTINE_PATH git update-ref {BRANCH} {other}"));
    let run = pair.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("in the meantime"), "{}", run.stderr);
    assert_eq!(pair.tip(), other);
    fs::remove_file(hook).expect("a removed hook");
    // The faster one changed no file, so the next run goes on top of it.
    pair.published(&[]);
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), other);
}

#[test]
fn an_interrupted_push_leaves_the_branch_as_it_was() {
    let pair = Pair::new();
    pair.published(&[]);
    let first = pair.tip();
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    for (words, said) in [
        ("echo 'Too many files' >&2; exit 1", "error: the server refused: Too many files\n"),
        ("kill -9 $PPID", "error: "),
    ] {
        let hook = pair.hook(words);
        let run = pair.publish(&[]);
        assert!(run.code == 3 && run.stderr.contains(said), "{words}: {}", run.stderr);
        assert_eq!(pair.tip(), first, "{words}");
        fs::remove_file(hook).expect("a removed hook");
    }
    // The program itself is killed while the server thinks.
    let folder = tempfile::tempdir().expect("a folder");
    let (there, go) = (folder.path().join("there"), folder.path().join("go"));
    let wait = format!(
        "touch '{}'; while [ ! -e '{}' ]; do sleep 0.05; done; exit 1",
        there.display(),
        go.display()
    );
    let hook = pair.hook(&wait);
    let mut child =
        pair.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    for _ in 0..600 {
        if there.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(there.exists(), "the server was asked");
    child.kill().expect("killed");
    child.wait().expect("ended");
    fs::remove_file(hook).expect("a removed hook");
    fs::write(&go, "").expect("a file");
    assert_eq!(pair.tip(), first);
    pair.published(&[]);
    assert_eq!(pair.at_server(&["rev-parse", &format!("{BRANCH}^")]), first);
}

#[test]
fn what_others_made_is_not_replaced() {
    let pair = Pair::new();
    pair.others(&[("index.html", "by hand")], true);
    let tip = pair.tip();
    let run = pair.publish(&[]);
    assert_eq!(run.code, 3);
    assert!(
        run.stderr.contains("not from `meja publish`") && run.stderr.contains("--branch"),
        "{}",
        run.stderr
    );
    assert_eq!(pair.tip(), tip);
    assert!(pair.published(&["--branch", "site"]).contains("`site` of `origin`"));

    let pair = Pair::new();
    pair.published(&[]);
    pair.others(&[("iklan.html", "x"), ("index.html", "x")], false);
    let run = pair.publish(&[]);
    assert!(
        run.code == 3 && run.stderr.contains("changed the branch `gh-pages`: iklan.html, index.html"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_domain_that_a_host_wrote_to_the_branch_stays() {
    let pair = Pair::new();
    pair.published(&[]);
    pair.others(&[("CNAME", "cek.example\n")], false);
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    pair.desk.commit("Second", WHEN);
    for verdict in ["\"true\"", "\"false\""] {
        pair.desk.write("content/articles/c.md", article("cuaca", verdict, "", ""));
        pair.desk.commit("More", WHEN);
        assert!(pair.published(&["--no-ledger"]).contains("kept CNAME"));
        assert_eq!(pair.at_server(&["cat-file", "blob", &format!("{BRANCH}:CNAME")]), "cek.example");
    }
}

#[test]
fn errors_and_the_ledger_keep_a_site_at_home() {
    let pair = Pair::new();
    pair.published(&[]);
    let tip = pair.tip();
    pair.desk.write(A, article("air", "\"true\"", "", ""));
    pair.desk.commit("Silent", WHEN);
    let run = pair.publish(&[]);
    assert!(run.code == 1 && run.stderr.contains("error[silent-verdict]"), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was published"), "{}", run.stderr);
    let run = pair.publish(&["--dry-run"]);
    assert!(run.code == 1 && run.stdout.starts_with("verdict  /claims/air/"), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("this would not be published"), "{}", run.stderr);
    let run = pair.publish(&["--since", "nope"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(pair.publish(&["--since", "HEAD", "--dry-run"]).code, 0);
    assert_eq!(pair.tip(), tip);

    pair.desk.write(A, article("air", "mungkin", "", ""));
    pair.desk.commit("Wrong", WHEN);
    let run = pair.publish(&[]);
    assert!(run.code == 1 && run.stderr.contains("error[unknown-verdict]"), "{}", run.stderr);
    assert_eq!(pair.tip(), tip);
}

#[test]
fn a_site_that_does_not_say_where_it_stands_is_not_published() {
    let pair = Pair::new();
    pair.desk.write("site.yaml", SITE.replace("https://name.github.io/", "https://example.github.io/"));
    pair.desk.commit("As it was begun", WHEN);
    let run = pair.desk.meja(&["publish"]);
    assert!(run.code == 1 && run.stderr.contains("error[placeholder-address]"), "{}", run.stderr);
    assert_eq!(pair.at_server(&["for-each-ref"]), "");
    let run = pair.desk.meja(&["publish", "--base-url", "https://name.github.io/meja/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_commit_that_is_not_here_cannot_be_compared_with() {
    let pair = Pair::new();
    pair.published(&[]);
    let other = Desk::with(&[
        ("site.yaml", SITE),
        (".gitignore", "/public\n"),
        (A, &article("air", "\"true\"", "", "")),
    ]);
    other.commit("Other", "2026-01-11T00:00:00Z");
    other.git(&["remote", "add", "origin", pair.server.path().to_str().expect("a path")]);
    let other = Pair { desk: other, server: tempfile::tempdir().expect("a folder") };
    let run = other.publish(&[]);
    assert!(run.code == 3 && run.stderr.contains("which is not in this clone"), "{}", run.stderr);
    assert!(run.stderr.contains("git pull"), "{}", run.stderr);
    let run = other.publish(&["--no-ledger"]);
    assert!(run.code == 3 && run.stderr.contains("in whose name to commit"), "{}", run.stderr);
}

#[test]
fn what_is_not_committed_is_not_published_unless_asked() {
    let pair = Pair::new();
    pair.desk.write(B, article("bumi", "\"true\"", "", ""));
    let run = pair.publish(&[]);
    assert!(
        run.code == 3 && run.stderr.contains("not everything is committed: \"content/articles/b.md\""),
        "{}",
        run.stderr
    );
    assert_eq!(pair.tip(), "");
    pair.published(&["--allow-dirty"]);
    assert!(pair.at_server(&["log", "-1", "--format=%B", BRANCH]).contains(" with changes\n"));
    pair.desk.commit("Second", WHEN);
    assert!(pair.published(&[]).starts_with("nothing changed"));
}

#[cfg(unix)]
#[test]
fn hostile_names_of_files_are_published_as_they_are() {
    let pair = Pair::new();
    let names = [
        "-x.txt",
        "a b.txt",
        "\"q\".txt",
        "$(touch x).txt",
        "é😀.txt",
        "it's.txt",
        "(top).txt",
        "\u{202e}a.txt",
    ];
    for name in names {
        pair.desk.write(&format!("static/{name}"), name);
    }
    pair.desk.commit("Names", WHEN);
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("a \"b\"\n\\c");
    pair.published(&["--out", out.to_str().expect("a path")]);
    let files = pair.files();
    for name in names {
        assert!(files.iter().any(|file| file == name), "{name}: {files:?}");
    }
    assert!(!pair.desk.exists("x"));
}

#[test]
fn what_cannot_work_is_said_plainly() {
    let pair = Pair::new();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["--remote", "upstream"], 2, "there is no remote `upstream`; there are: origin"),
        (&["--remote", "--upload-pack=x"], 2, "there is no remote"),
        (&["--branch", "main"], 2, "`main` is the branch that the desk is written on"),
        (&["--branch", "a..b"], 2, "`a..b` cannot be the name of a branch"),
        (&["--remote", "/nowhere/at/all"], 3, "the repository cannot be found"),
        (&["--remote", "https://me:secret@127.0.0.1:9/a"], 3, "the server cannot be reached"),
    ];
    for (arguments, code, said) in cases {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let joined: Vec<String> = arguments.chunks(2).map(|pair| pair.join("=")).collect();
        let run = pair.publish(&joined.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(run.code == *code && run.stderr.contains(said), "{joined:?}: {} {}", run.code, run.stderr);
        assert!(!run.stderr.contains("secret"), "{}", run.stderr);
    }
    let bare = Desk::with(&[("site.yaml", SITE)]);
    let outside = Pair { desk: bare, server: tempfile::tempdir().expect("a folder") };
    assert!(outside.publish(&[]).stderr.contains("not in a git repository"));
    outside.desk.git(&["init", "--quiet", "--initial-branch=main"]);
    outside.desk.git(&["remote", "add", "origin", "x"]);
    assert!(outside.publish(&[]).stderr.contains("the desk has no commit yet"));
    let checked_out = Pair::new();
    let work = Desk::empty();
    work.git(&["init", "--quiet", "--initial-branch=gh-pages"]);
    let run = checked_out.publish(&["--remote", work.root().to_str().expect("a path")]);
    assert!(run.stderr.contains("is checked out in the repository"), "{}", run.stderr);
}

#[test]
fn every_command_of_the_document_works() {
    let page = fs::read_to_string(repository().join("docs/publishing.md")).expect("the document");
    let blocks: Vec<&str> =
        page.split("\n```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(blocks.len() >= 5, "{blocks:?}");
    let pair = Pair::new();
    let programs = tempfile::tempdir().expect("a folder");
    // Who sends files to a host stands in for itself: it has them, and leaves the notes of the build.
    for name in ["rsync", "rclone"] {
        let seen = pair.server.path().join(name);
        script(
            &programs.path().join(name),
            &format!(
                "case \"$*\" in *\"--exclude .meja-* public/ \"*) test -f public/index.html && touch '{}';; *) exit 1;; esac",
                seen.display()
            ),
        );
    }
    let own = Path::new(env!("CARGO_BIN_EXE_meja")).parent().expect("a folder").display().to_string();
    let path = format!("{}:{own}:{}", programs.path().display(), std::env::var("PATH").expect("a path"));
    for block in blocks {
        let output = Command::new("sh")
            .args(["-e", "-c", block])
            .current_dir(pair.desk.root())
            .stdin(Stdio::null())
            .env("PATH", &path)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("a shell");
        let run = Run::from(output);
        assert_eq!(run.code, 0, "{block}\n{}{}", run.stdout, run.stderr);
    }
    assert!(!pair.tip().is_empty(), "published");
    for name in ["rsync", "rclone"] {
        assert!(pair.server.path().join(name).exists(), "{name}");
    }
    // The shape of the JSON shown is that of what is printed.
    let shown = page.split("\n```json\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("JSON");
    let shown: Value = serde_json::from_str(shown).expect("JSON");
    let printed = pair.json(&["--dry-run"]);
    let keys = |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    assert_eq!(keys(&shown), keys(&printed));
    assert_eq!(keys(&shown["changes"]), keys(&printed["changes"]));
    // Every option is in the table or the text.
    let help = crate::desk::meja_in(repository(), &["publish", "--help"]).stdout;
    let lines =
        help.lines().map(str::trim_start).filter(|line| line.starts_with('-') && !line.starts_with("- "));
    for option in lines.filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--"))) {
        let common = ["--help", "--version", "--root", "--format", "--quiet", "--color"];
        assert!(common.contains(&option) || page.contains(option), "{option} is not in docs/publishing.md");
    }
}
