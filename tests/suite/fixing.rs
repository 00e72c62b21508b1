//! `meja check --fix` on real folders: it mends what it says, and nothing else of a file.

use crate::desk::Desk;

const SITE: &str = "title: Meja\nbase_url: https://example.org/\nlanguage: id\npublisher: {name: Meja}\n";

/// An article in which everything that can be mended is wrong.
const WRONG: &str = r#"---
title: "Ju{zw}dul"   # hati-hati
date: 2025-01-02
authors: [Rina]
allow:
  long-claim: "tidak lagi"
  few-sources: >-
    hanya ini
    yang ada

claims:
  - id: a
    claim: Air itu kering.
    quote: air itu kering
    claimant: {name: "Bu{zw}di", type: person}
    verdict: "false"
    finding: Air basah.
    sources:
      - title: Surat
        publisher: Badan
        file: surat.txt   # dari kementerian
        primary: true
      - {title: Berkas, file: surat.txt}
      - title: Berita
        publisher: Kantor
        url: https://example.net/2
        archived: https://archive.ph/wip/AbCdE
---
Kata Budi, air itu kering.
"#;

fn wrong() -> String {
    WRONG.replace("{zw}", "\u{200b}")
}

/// The SHA-256 of `Surat.` and a line end.
const HASH: &str = "47a78e8cddb36b5c771865cc76a0f5c81bc7f586e7a2ab9f66f5e2508fbd7fc4";

fn mended() -> String {
    WRONG
        .replace("{zw}", "")
        .replace("allow:\n  long-claim: \"tidak lagi\"\n  few-sources: >-\n    hanya ini\n    yang ada\n", "")
        .replace("# dari kementerian\n", &format!("# dari kementerian\n        sha256: {HASH}\n"))
        .replace("file: surat.txt}", &format!("file: surat.txt, sha256: {HASH}}}"))
        .replace("wip/", "")
}

fn desk(article: &str) -> Desk {
    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/surat.txt", "Surat.\n")]);
    desk.write("content/articles/a.md", article);
    desk
}

const FIX: [&str; 6] = ["check", "--fix", "--now", "2026-01-15", "--color", "never"];

#[test]
fn what_a_machine_can_mend_is_mended_and_the_rest_stays_byte_for_byte() {
    for dress in [
        |text: &str| text.to_owned(),
        |text: &str| format!("\u{feff}{text}"),
        |text: &str| text.replace('\n', "\r\n"),
        |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ] {
        let desk = desk(&dress(&wrong()));
        let run = desk.meja(&FIX);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", desk.read("content/articles/a.md"));
        let text = desk.read("content/articles/a.md");
        assert_eq!(text, dress(&mended()));
        let again = desk.meja(&FIX);
        assert_eq!(again.stdout, "0 problems mended in 0 files\nno problems\n");
        assert_eq!(desk.read("content/articles/a.md"), text);
    }
}

#[test]
fn only_the_files_asked_for_are_mended() {
    let desk = desk(&wrong());
    let other = wrong().replace("id: a", "id: b").replace("air itu", "api itu").replace("Air itu", "Api itu");
    desk.write("content/articles/b.md", &other);
    let run = desk.meja(&["check", "--fix", "content/articles/a.md", "--now", "2026-01-15"]);
    assert!(run.stdout.contains(" mended in 1 file\n"), "{}", run.stdout);
    assert_eq!(desk.read("content/articles/b.md"), other);
}

#[test]
fn without_fix_nothing_is_written_and_programs_are_told_what_would_be() {
    let desk = desk(&wrong());
    let run = desk.meja(&["check", "--format", "json", "--now", "2026-01-15"]);
    assert_eq!(desk.read("content/articles/a.md"), wrong());
    let report: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    let fix = |code: &str| {
        let all = report["diagnostics"].as_array().unwrap();
        all.iter().find(|problem| problem["code"] == code).unwrap()["fix"].clone()
    };
    let wip = fix("unfinished-archive");
    assert_eq!((&wip["line"], &wip["text"]), (&serde_json::json!(27), &serde_json::json!("")));
    assert_eq!(wip["end_column"].as_u64().unwrap() - wip["column"].as_u64().unwrap(), 4);
}

#[cfg(unix)]
#[test]
fn links_within_the_desk_stay_links_and_nothing_outside_is_written() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let foreign = outside.path().join("luar.md");
    std::fs::write(&foreign, wrong()).unwrap();
    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/surat.txt", "Surat.\n")]);
    desk.write("naskah/a.md", wrong());
    symlink("../../naskah/a.md", desk.path("content/articles/a.md")).unwrap();
    symlink(&foreign, desk.path("content/articles/luar.md")).unwrap();
    let run = desk.meja(&FIX);
    assert!(run.stdout.contains(" mended in 1 file\n"), "{} {}", run.stdout, run.stderr);
    assert!(desk.path("content/articles/a.md").is_symlink());
    assert!(desk.read("naskah/a.md").contains("https://archive.ph/AbCdE"));
    assert_eq!(std::fs::read_to_string(&foreign).unwrap(), wrong());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_stays_and_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk(&wrong());
    let path = desk.path("content/articles/a.md");
    let set = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o444);
    let run = desk.meja(&FIX);
    assert!(run.stderr.contains("`content/articles/a.md` stays as it is: "), "{}", run.stderr);
    assert_eq!(desk.read("content/articles/a.md"), wrong());
    set(0o640);
    assert!(desk.meja(&FIX).stdout.contains(" mended in 1 file\n"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let names: Vec<_> = std::fs::read_dir(desk.path("content/articles")).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing is left behind");
}
