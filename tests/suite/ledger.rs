//! `meja check --since` on real git histories.

use std::path::Path;
use std::process::Command;

use meja::check::ledger::LEDGER;
use meja::diagnostic::Severity;

use crate::desk::{Desk, Run, git_in, meja_in, repository};

const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
languages: [en]
timezone: Asia/Jakarta
publisher: {name: Meja}
";

const FIRST: &str = "2026-01-10T00:00:00Z";
const LATER: &str = "2026-01-12T00:00:00Z";

/// An article with a claim; `more` stands before its claims, `history` in the claim.
fn article(id: &str, verdict: &str, more: &str, history: &str) -> String {
    format!(
        "---\ntitle: Judul {id}\ndate: 2025-01-02\nauthors: [Rina]\n{more}claims:\n{}---\n\"Air itu kering\", katanya.\n",
        claim(id, verdict, history)
    )
}

fn claim(id: &str, verdict: &str, history: &str) -> String {
    let source = |title: &str, host: &str, more: &str| {
        let url = format!("https://{host}/{id}");
        let archived = format!("https://web.archive.org/web/20250101000000/{url}");
        format!("      - {{title: {title}, url: \"{url}\", archived: \"{archived}\"{more}}}\n")
    };
    format!(
        "  - id: {id}\n    claim: Klaim {id}.\n    quote: Air itu kering\n    claimant: Budi Santoso\n    verdict: {verdict}\n    \
         finding: Temuan {id}.\n{history}    sources:\n{}{}",
        source("Laporan", "example.org", ", primary: true"),
        source("Berita", "example.net", "")
    )
}

/// A desk with this content, committed.
fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(files);
    if !desk.exists("site.yaml") {
        desk.write("site.yaml", SITE);
    }
    desk.commit("First", FIRST);
    desk
}

fn since(folder: &Path, rev: &str) -> Run {
    let arguments = ["check", "--since", rev, "--now", "2026-01-15", "--color", "never"];
    meja_in(folder, &arguments)
}

/// The codes said, sorted.
fn codes(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    let heads =
        lines.filter_map(|line| line.strip_prefix("error[").or_else(|| line.strip_prefix("warning[")));
    let mut codes: Vec<&str> = heads.filter_map(|rest| rest.split_once(']')).map(|(code, _)| code).collect();
    codes.sort_unstable();
    codes
}

#[track_caller]
fn says(run: &Run, expected: &[&str]) {
    assert_eq!(codes(run), expected, "{}", run.stderr);
}

const A: &str = "content/articles/a.md";
const B: &str = "content/articles/b.md";
const HISTORY: &str = "    history: [{date: 2025-01-02, verdict: \"false\"}]\n";
const CORRECTION: &str = "corrections: [{date: 2026-01-13, claim: air, note: Ada laporan baru.}]\n";

#[test]
fn what_did_not_change_is_fine() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let run = since(desk.root(), "HEAD");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn a_renamed_file_keeps_its_address_or_leads_on() {
    let text = article("air", "\"false\"", "", "");
    let desk = desk(&[(A, &text)]);
    desk.git(&["mv", A, "content/articles/baru.md"]);
    desk.commit("Rename", LATER);
    let run = since(desk.root(), "HEAD^");
    says(&run, &["lost-address"]);
    assert!(run.stderr.contains("--> content/articles/baru.md:2:1"), "{}", run.stderr);
    assert!(run.stderr.contains("`aliases: [/articles/a/]`"), "{}", run.stderr);

    for more in ["slug: a\n", "aliases: [/articles/a/]\n"] {
        desk.write("content/articles/baru.md", article("air", "\"false\"", more, ""));
        says(&since(desk.root(), "HEAD^"), &[]);
    }
}

#[test]
fn a_claim_is_found_wherever_it_moved() {
    let two = format!(
        "{}{}",
        claim("air", "\"false\"", ""),
        claim("api", "\"false\"", "").replace("    quote: Air itu kering\n", "")
    );
    let one = "corrections:\n  - {date: 2025-02-01, claim: api, note: Tahunnya salah.}\n";
    let whole = article("air", "\"false\"", one, "").replace(&claim("air", "\"false\"", ""), &two);
    let desk = desk(&[(A, &whole)]);
    // Split in two: the claim takes its correction along.
    desk.write(A, article("air", "\"false\"", "", ""));
    desk.write(B, article("api", "\"false\"", one, ""));
    says(&since(desk.root(), "HEAD"), &[]);
    // Without it, readers lose what was put right; and its verdict is still compared.
    desk.write(B, article("api", "half-true", "", ""));
    says(&since(desk.root(), "HEAD"), &["altered-correction", "silent-verdict"]);
}

#[test]
fn a_new_id_does_not_hide_a_new_verdict() {
    let told = "corrections: [{date: 2025-02-01, claim: air, note: Tahunnya salah.}]\n";
    let desk = desk(&[(A, &article("air", "\"false\"", told, ""))]);
    let renamed = |verdict: &str, more: &str| {
        let more = format!("aliases: [/claims/air/]\n{more}");
        article("api", verdict, &more, "")
            .replace("Klaim api", "Klaim air")
            .replace("Temuan api", "Temuan air")
    };
    let told = told.replace("claim: air", "claim: api");
    desk.write(A, renamed("\"false\"", &told));
    says(&since(desk.root(), "HEAD"), &[]);
    desk.write(A, renamed("half-true", &told));
    says(&since(desk.root(), "HEAD"), &["silent-verdict"]);
    // Nor do other words with it.
    desk.write(A, renamed("half-true", &told).replace("Klaim air", "Klaim lain"));
    let run = since(desk.root(), "HEAD");
    says(&run, &["reworded-claim", "silent-verdict"]);
}

#[test]
fn another_code_of_the_language_does_not_hide_a_new_verdict() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    desk.write("site.yaml", SITE.replace("language: id", "language: ms"));
    says(&since(desk.root(), "HEAD"), &[]);
    desk.write(A, article("air", "half-true", "", ""));
    says(&since(desk.root(), "HEAD"), &["silent-verdict"]);
}

#[test]
fn what_is_deleted_must_be_withdrawn_or_lead_on() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", "")), (B, &article("api", "\"false\"", "", ""))]);
    desk.git(&["rm", "--quiet", A]);
    desk.commit("Delete", LATER);
    let run = since(desk.root(), "HEAD^");
    says(&run, &["lost-address", "lost-claim"]);
    assert!(run.stderr.contains("--> content/articles/a.md\n"), "{}", run.stderr);
    assert!(run.stderr.contains("`status: withdrawn`"), "{}", run.stderr);

    desk.write(B, article("api", "\"false\"", "aliases: [/articles/a/, /claims/air/]\n", ""));
    says(&since(desk.root(), "HEAD^"), &[]);

    desk.write(B, article("api", "\"false\"", "", ""));
    let withdrawn = "status: withdrawn\nwithdrawn: {date: 2026-01-13, reason: Palsu.}\n";
    desk.write(A, article("air", "\"false\"", withdrawn, ""));
    says(&since(desk.root(), "HEAD^"), &[]);
    desk.commit("Withdraw", LATER);

    // Once withdrawn, it stays so.
    desk.write(A, article("air", "\"false\"", "", ""));
    says(&since(desk.root(), "HEAD"), &["altered-withdrawal"]);
}

#[test]
fn a_squashed_branch_is_compared_as_a_whole() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    desk.git(&["checkout", "--quiet", "-b", "baru"]);
    // On the branch, first the verdict alone, then the rest.
    desk.write(A, article("air", "half-true", "", ""));
    desk.commit("Verdict", LATER);
    says(&since(desk.root(), "main"), &["silent-verdict"]);
    desk.write(A, article("air", "half-true", CORRECTION, HISTORY));
    desk.commit("History", LATER);
    desk.git(&["checkout", "--quiet", "main"]);
    desk.git(&["merge", "--quiet", "--squash", "baru"]);
    desk.commit("Squashed", LATER);
    says(&since(desk.root(), "HEAD^"), &[]);
    says(&since(desk.root(), "baru"), &[]);
}

#[test]
fn the_files_are_compared_as_they_are_and_the_index_is_left_alone() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    desk.write(B, article("api", "\"false\"", "", ""));
    desk.git(&["add", B]);
    desk.write(A, article("air", "half-true", "", ""));
    desk.write("content/articles/c.md", article("batu", "\"false\"", "", ""));
    let (index, before) =
        (std::fs::read(desk.path(".git/index")).expect("an index"), desk.git(&["status", "--porcelain"]));
    says(&since(desk.root(), "HEAD"), &["silent-verdict"]);
    assert_eq!(std::fs::read(desk.path(".git/index")).expect("an index"), index);
    assert_eq!(desk.git(&["status", "--porcelain"]), before);
}

#[test]
fn a_desk_may_be_a_folder_of_its_repository() {
    let outer = Desk::with(&[
        ("README.md", "Bukan meja."),
        ("content/articles/lain.md", "bukan milik meja ini"),
        ("desks/satu [1]/site.yaml", SITE),
        ("desks/satu [1]/content/articles/a.md", &article("air", "\"false\"", "", "")),
    ]);
    outer.commit("First", FIRST);
    let root = outer.path("desks/satu [1]");
    says(&since(&root, "HEAD"), &[]);
    outer.write("desks/satu [1]/content/articles/a.md", article("air", "half-true", "", ""));
    let run = since(&root, "HEAD");
    says(&run, &["silent-verdict"]);
    assert!(run.stderr.contains("--> content/articles/a.md:"), "{}", run.stderr);
    // A desk that was not there yet published nothing; that is said.
    outer.write("desks/dua/site.yaml", SITE);
    let run = since(&outer.path("desks/dua"), "HEAD");
    says(&run, &["not-comparable"]);
    assert!(run.stderr.contains("no `site.yaml` in this folder"), "{}", run.stderr);
}

#[test]
fn a_desk_that_moved_within_its_repository_is_the_same_desk() {
    let outer = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    std::fs::create_dir(outer.path("meja")).expect("a folder");
    outer.git(&["mv", "site.yaml", "content", "meja"]);
    let root = outer.path("meja");
    says(&since(&root, "HEAD"), &[]);
    outer.write("meja/content/articles/a.md", article("air", "half-true", "", ""));
    says(&since(&root, "HEAD"), &["silent-verdict"]);
    outer.commit("Moved", LATER);
    says(&since(&root, "HEAD^"), &["silent-verdict"]);
    // One that is still there is another desk.
    outer.write("site.yaml", SITE);
    says(&since(&root, "HEAD^"), &["not-comparable"]);
}

#[test]
fn a_partial_clone_says_how_to_get_the_rest() {
    let origin = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.write(A, article("air", "half-true", "", ""));
    origin.commit("Second", LATER);
    let place = Desk::empty();
    let from = format!("file://{}", origin.root().display());
    git_in(place.root(), &["clone", "--quiet", "--filter=blob:none", &from, "klon"], LATER);
    let clone = place.path("klon");
    let run = since(&clone, "HEAD^");
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("`git fetch --refetch --no-filter`"), "{}", run.stderr);
    git_in(&clone, &["fetch", "--quiet", "--refetch", "--no-filter"], LATER);
    says(&since(&clone, "HEAD^"), &["silent-verdict"]);
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let first = desk.git(&["rev-parse", "HEAD"]);
    desk.write(A, article("air", "half-true", "", ""));
    desk.commit("Second", LATER);
    let place = Desk::empty();
    let from = format!("file://{}", desk.root().display());
    git_in(place.root(), &["clone", "--quiet", "--depth", "1", &from, "klon"], LATER);
    let clone = place.path("klon");
    for rev in ["HEAD^", first.as_str()] {
        let run = since(&clone, rev);
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(
            run.stderr.contains("only the last commits") && run.stderr.contains("fetch-depth: 0"),
            "{}",
            run.stderr
        );
    }
    git_in(&clone, &["fetch", "--quiet", "--unshallow"], LATER);
    says(&since(&clone, &first), &["silent-verdict"]);
}

#[test]
fn what_is_no_commit_is_the_command_lines_mistake() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let trap = desk.path("jebakan");
    let option = format!("--output={}", trap.display());
    for rev in ["tidak-ada", "HEAD:site.yaml", "", "HEAD..HEAD", "0123456789012345678901234567890123456789"] {
        let run = since(desk.root(), rev);
        assert_eq!(run.code, 2, "`{rev}`: {}", run.stderr);
        assert!(run.stderr.contains("is no commit of this repository"), "{}", run.stderr);
    }
    for rev in ["--all", "-h", option.as_str()] {
        let run = desk.meja(&["check", &format!("--since={rev}"), "--now", "2026-01-15"]);
        assert_eq!(run.code, 2, "`{rev}`: {}", run.stderr);
    }
    assert!(!trap.exists());
    // A tag of a commit is one.
    desk.git(&["tag", "--annotate", "--message", "v1", "v1"]);
    says(&since(desk.root(), "v1"), &[]);
}

#[test]
fn without_a_repository_nothing_can_be_compared() {
    let desk = Desk::with(&[("site.yaml", SITE), (A, &article("air", "\"false\"", "", ""))]);
    let run = since(desk.root(), "HEAD");
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("not in a git repository") && run.stderr.contains("= help: "),
        "{}",
        run.stderr
    );
    // In the form for programs too.
    let run = desk.meja(&["check", "--since", "HEAD", "--format", "json"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("\"error\":\"the desk is not in a git repository\""), "{}", run.stderr);
    // Nor with one in which nothing was committed yet.
    desk.git(&["init", "--quiet"]);
    let run = since(desk.root(), "HEAD");
    assert_eq!(run.code, 2, "{}", run.stderr);
}

/// Runs `meja check --since HEAD` with more in its surroundings.
fn with_surroundings(desk: &Desk, surroundings: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_meja"))
        .args(["check", "--since", "HEAD", "--now", "2026-01-15", "--color", "never"])
        .current_dir(desk.root())
        .envs(surroundings.iter().copied())
        .output()
        .expect("the program runs");
    Run::from(output)
}

#[test]
fn the_surroundings_of_a_hook_do_not_mislead() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let other = Desk::with(&[("site.yaml", SITE)]);
    other.commit("Other", FIRST);
    desk.write(A, article("air", "half-true", "", ""));
    let elsewhere = other.path(".git").display().to_string();
    let run = with_surroundings(
        &desk,
        &[("GIT_DIR", &elsewhere), ("GIT_INDEX_FILE", "/nonexistent"), ("GIT_PREFIX", "x/")],
    );
    says(&run, &["silent-verdict"]);
}

#[test]
fn a_repository_that_git_does_not_trust_is_said() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let run = with_surroundings(
        &desk,
        &[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")],
    );
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("does not trust") && run.stderr.contains("safe.directory"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn nothing_that_the_repository_sets_is_run() {
    let desk = desk(&[
        (A, &article("air", "\"false\"", "", "")),
        (".gitattributes", "*.md filter=jebakan diff=jebakan\n*.yaml filter=jebakan\n"),
    ]);
    let trap = desk.path("jebakan");
    let run = format!("sh -c 'touch {}; cat'", trap.display());
    for key in [
        "filter.jebakan.smudge",
        "filter.jebakan.clean",
        "diff.jebakan.textconv",
        "core.fsmonitor",
        "core.pager",
    ] {
        desk.git(&["config", key, &run]);
    }
    desk.git(&["config", "filter.jebakan.required", "true"]);
    desk.write(A, article("air", "half-true", "", ""));
    says(&since(desk.root(), "HEAD"), &["silent-verdict"]);
    assert!(!trap.exists());
}

#[test]
fn a_replaced_commit_does_not_rewrite_the_record() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let first = desk.git(&["rev-parse", "HEAD"]);
    desk.write(A, article("air", "half-true", "", ""));
    desk.commit("Second", LATER);
    let second = desk.git(&["rev-parse", "HEAD"]);
    desk.git(&["replace", &first, &second]);
    says(&since(desk.root(), &first), &["silent-verdict"]);
}

#[test]
fn what_was_held_back_at_the_commits_own_time_may_change() {
    // 10 January, 00:00 UTC, is 07:00 in Jakarta.
    let dated = |date: &str, verdict: &str| article("air", verdict, "", "").replace("2025-01-02", date);
    for (date, expected) in [
        ("2026-01-10", &["silent-verdict"][..]),
        ("2026-01-10T06:59:00+07:00", &["silent-verdict"]),
        ("2026-01-10T07:01:00+07:00", &[]),
        ("2026-01-11", &[]),
    ] {
        let desk = desk(&[(A, &dated(date, "\"false\""))]);
        desk.write(A, dated(date, "half-true"));
        says(&since(desk.root(), "HEAD"), expected);
    }
    let desk = desk(&[(A, &article("air", "\"false\"", "status: draft\n", ""))]);
    desk.git(&["rm", "--quiet", A]);
    desk.write(B, article("air", "half-true", "", ""));
    says(&since(desk.root(), "HEAD"), &[]);
}

#[test]
fn a_draft_of_today_is_gone_for_readers_though_it_is_looked_at() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", "")), (B, &article("api", "\"false\"", "", ""))]);
    desk.write(A, article("air", "\"false\"", "status: draft\n", ""));
    for more in [None, Some("--drafts")] {
        let arguments = ["check", "--since", "HEAD", "--now", "2026-01-15", "--color", "never"];
        let run = desk.meja(&arguments.into_iter().chain(more).collect::<Vec<_>>());
        says(&run, &["lost-address", "lost-claim"]);
        assert!(run.stderr.contains("--> content/articles/a.md:5:9"), "{}", run.stderr);
    }
}

#[test]
fn line_ends_are_no_change() {
    let text = article(
        "air",
        "\"false\"",
        "corrections:\n  - date: 2025-02-01\n    note: >\n      Dua\n      baris.\n",
        "",
    );
    let desk = desk(&[(A, &text)]);
    desk.write(A, text.replace('\n', "\r\n"));
    says(&since(desk.root(), "HEAD"), &[]);
}

#[test]
fn files_that_are_not_laid_out_do_not_make_old_texts_unreadable() {
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let claim = |verdict: &str| {
        article("air", verdict, "image: {file: foto.svg, alt: Air}\n", "").replace(
            "    sources:\n",
            &format!("    sources:\n      - {{title: Salinan, file: bukti.txt, sha256: {hash}}}\n"),
        )
    };
    let desk = desk(&[
        (A, &claim("\"false\"")),
        ("content/articles/bukti.txt", "abc"),
        ("content/articles/foto.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    says(&since(desk.root(), "HEAD"), &[]);
    desk.write(A, claim("half-true"));
    says(&since(desk.root(), "HEAD"), &["silent-verdict"]);
    // The copy is gone with its entry.
    desk.write(A, article("air", "\"false\"", "image: {file: foto.svg, alt: Air}\n", ""));
    says(&since(desk.root(), "HEAD"), &["lost-source"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_desk_only() {
    let outside = Desk::with(&[("rahasia.md", &article("rahasia", "\"false\"", "", ""))]);
    let desk = Desk::with(&[("site.yaml", SITE), ("arsip/a.md", &article("air", "\"false\"", "", ""))]);
    std::fs::create_dir_all(desk.path("content/articles")).expect("a folder");
    std::os::unix::fs::symlink("../../arsip", desk.path("content/articles/arsip")).expect("a link");
    std::os::unix::fs::symlink(outside.path("rahasia.md"), desk.path("content/articles/r.md"))
        .expect("a link");
    desk.commit("First", FIRST);
    std::fs::remove_file(desk.path("content/articles/r.md")).expect("a removed link");
    desk.write("arsip/a.md", article("air", "half-true", "", ""));
    says(&since(desk.root(), "HEAD"), &["not-comparable", "silent-verdict"]);
}

#[test]
fn old_files_that_cannot_be_read_do_not_block() {
    let broken = "---\ntitle: \"Judul\nclaims: [\n---\n";
    let odd =
        article("api", "hoaks", "penulis: Rina\n", "").replace("authors: [Rina]", "authors: {nama: Rina}");
    let desk = desk(&[(A, broken), (B, &odd), ("content/articles/c.md", "\0\u{1}")]);
    desk.write(A, article("air", "\"false\"", "", ""));
    desk.write(B, article("api", "\"false\"", "", ""));
    desk.write("content/articles/c.md", article("batu", "\"false\"", "", ""));
    let run = since(desk.root(), "HEAD");
    // What can be read of them is compared: the verdict is no longer on the scale, but it is another one.
    says(&run, &["not-comparable", "not-comparable", "not-comparable", "silent-verdict"]);
    assert!(run.stderr.contains("was `hoaks` at"), "{}", run.stderr);

    // Nor do settings: verdicts are compared as they are written.
    desk.write("site.yaml", format!("{SITE}ratings: [{{id: hoaks}}]\n"));
    desk.write(B, article("api", "hoaks", "", ""));
    desk.git(&["rm", "--quiet", "--cached", A, "content/articles/c.md"]);
    desk.commit("Second", LATER);
    desk.write("site.yaml", SITE);
    desk.write(B, article("api", "\"false\"", "", ""));
    let run = since(desk.root(), "HEAD");
    assert!(
        codes(&run).contains(&"silent-verdict") && codes(&run).contains(&"not-comparable"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_mistake_of_today_is_said_once() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", "")), (B, &article("api", "\"false\"", "", ""))]);
    // The claims in it are not lost, and its verdict is not what stands in for it.
    desk.write(A, "---\ntitle: \"Judul\n---\n");
    says(&since(desk.root(), "HEAD"), &["yaml-syntax"]);
    desk.write(A, article("air", "fasle", "", ""));
    says(&since(desk.root(), "HEAD"), &["unknown-verdict"]);
}

#[test]
fn each_language_has_its_own_record() {
    let english = "content/articles/a.en.md";
    let text = article("air", "\"false\"", "", "");
    let desk = desk(&[(A, &text), (english, &text)]);
    std::fs::remove_file(desk.path(english)).expect("a removed file");
    let run = since(desk.root(), "HEAD");
    says(&run, &["lost-address", "lost-claim"]);
    assert!(run.stderr.contains("`/en/articles/a/`"), "{}", run.stderr);
    // The same claim stands at another address once the main language is another one.
    desk.write(english, &text);
    says(&since(desk.root(), "HEAD"), &[]);
    desk.write("site.yaml", SITE.replace("language: id", "language: en").replace("[en]", "[id]"));
    std::fs::rename(desk.path(A), desk.path("content/articles/a.id.md")).expect("a renamed file");
    std::fs::rename(desk.path(english), desk.path(A)).expect("a renamed file");
    let run = since(desk.root(), "HEAD");
    says(&run, &["lost-address", "lost-address"]);
    assert!(run.stderr.contains("`/en/claims/air/`"), "{}", run.stderr);
}

#[test]
fn levels_and_exceptions_hold_for_the_ledger() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let changed = article("air", "half-true", "", "");
    desk.write(A, &changed);
    desk.write("site.yaml", format!("{SITE}checks: {{silent-verdict: warn}}\n"));
    let run = since(desk.root(), "HEAD");
    assert_eq!(run.code, 0, "{}", run.stderr);
    says(&run, &["silent-verdict"]);
    desk.write("site.yaml", format!("{SITE}checks: {{silent-verdict: allow}}\n"));
    says(&since(desk.root(), "HEAD"), &[]);
    desk.write("site.yaml", SITE);
    desk.write(A, article("air", "half-true", "allow: {silent-verdict: \"a slip of ten minutes\"}\n", ""));
    says(&since(desk.root(), "HEAD"), &[]);
    // Whether it has an effect depends on the commit, so nothing is said without one.
    says(&desk.meja(&["check", "--now", "2026-01-15"]), &[]);
    // Once committed it has served: it must not hide the next change.
    desk.commit("Excepted", LATER);
    let run = since(desk.root(), "HEAD");
    says(&run, &["unused-exception"]);
    assert!(run.stderr.contains("--> content/articles/a.md:5:9"), "{}", run.stderr);
    says(&since(desk.root(), "HEAD^"), &[]);
    let again = desk.read(A).replace("half-true", "mostly-false");
    desk.write(A, &again);
    says(&since(desk.root(), "HEAD"), &["silent-verdict", "unused-exception"]);
    desk.git(&["mv", A, B]);
    desk.write(B, again.replace("allow:", "slug: a\nallow:"));
    says(&since(desk.root(), "HEAD"), &["silent-verdict", "unused-exception"]);
    // Another reason is another exception.
    desk.write(B, again.replace("allow:", "slug: a\nallow:").replace("ten minutes", "an hour"));
    says(&since(desk.root(), "HEAD"), &[]);
    // One that excepts nothing is said.
    desk.write(B, desk.read(B).replace("mostly-false", "half-true"));
    says(&since(desk.root(), "HEAD"), &["unused-exception"]);
}

#[test]
fn paths_narrow_what_is_said_down() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", "")), (B, &article("api", "\"false\"", "", ""))]);
    desk.write(A, article("air", "half-true", "", ""));
    desk.write(B, article("api", "half-true", "", ""));
    let run = desk.meja(&["check", B, "--since", "HEAD", "--now", "2026-01-15", "--color", "never"]);
    says(&run, &["silent-verdict"]);
    assert!(run.stderr.contains("--> content/articles/b.md"), "{}", run.stderr);
}

#[test]
fn what_is_wrong_with_the_settings_is_said_whatever_the_paths() {
    let desk = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    desk.write("site.yaml", format!("{SITE}checks: {{no-archiv: deny}}\n"));
    let run = desk.meja(&["check", A, "--now", "2026-01-15", "--color", "never"]);
    says(&run, &["unknown-rule"]);
}

#[test]
fn a_folder_of_another_repository_is_not_vouched_for() {
    let inner = Desk::with(&[("a.md", &article("air", "\"false\"", "", ""))]);
    inner.commit("Inner", FIRST);
    let desk = desk(&[(B, &article("api", "\"false\"", "", ""))]);
    let from = inner.root().display().to_string();
    desk.git(&["submodule", "--quiet", "add", &from, "content/articles/dalam"]);
    desk.commit("Submodule", FIRST);
    let run = since(desk.root(), "HEAD");
    says(&run, &["not-comparable"]);
    assert!(run.stderr.contains("--> content/articles/dalam"), "{}", run.stderr);
}

#[test]
fn the_page_about_the_ledger_is_right() {
    let page = std::fs::read_to_string(repository().join("docs/ledger.md")).expect("docs/ledger.md");
    for rule in LEDGER {
        let level = if rule.code.severity() == Severity::Error { "error" } else { "warning" };
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", rule.code.name())));
        assert!(
            row.is_some_and(|row| row.ends_with(&format!("| {level} |"))),
            "{}: {row:?}",
            rule.code.name()
        );
    }
    let origin = desk(&[(A, &article("air", "\"false\"", "", ""))]);
    let place = Desk::empty();
    git_in(place.root(), &["clone", "--quiet", &origin.root().display().to_string(), "klon"], LATER);
    let clone = place.path("klon");
    std::fs::write(clone.join(A), article("air", "half-true", "", "")).expect("a written file");
    let mut commands = 0;
    for line in page.lines().filter_map(|line| line.strip_prefix("meja check ")) {
        commands += 1;
        let base = git_in(&clone, &["merge-base", "origin/main", "HEAD"], LATER);
        let line = line.replace("\"$(git merge-base origin/main HEAD)\"", &base);
        let arguments: Vec<&str> =
            ["check"].into_iter().chain(line.split(' ')).chain(["--now", "2026-01-15"]).collect();
        let run = meja_in(&clone, &arguments);
        says(&run, &["silent-verdict"]);
    }
    assert_eq!(commands, 2);
}
