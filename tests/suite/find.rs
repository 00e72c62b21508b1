//! `meja find`: has this been checked?

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::desk::{Desk, Run, meja_in, repository};

fn found(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["version"], 1);
    let id = |result: &Value| result["id"].as_str().expect("an id").to_owned();
    value["results"].as_array().expect("results").iter().map(id).collect()
}

fn demo(arguments: &[&str]) -> Run {
    meja_in(repository(), &[&["find"], arguments].concat())
}

#[test]
fn a_claim_is_found_with_its_verdict_date_address_and_file() {
    let run = demo(&["tembok besar terlihat dari bulan", "--lang", "id"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let first: Vec<&str> = run.stdout.lines().take(4).map(str::trim).collect();
    assert!(first[0].starts_with("1. ") && first[0].contains("Tembok Besar"), "{}", run.stdout);
    assert!(first[2].starts_with("https://") && first[2].contains("/claims/"), "{}", run.stdout);
    let (file, line) = first[3].rsplit_once(':').expect("a line");
    let text = std::fs::read_to_string(repository().join(file)).expect("the file");
    let line: usize = line.parse().expect("a number");
    assert!(text.lines().nth(line - 1).expect("the line").contains("claim:"), "{}", run.stdout);
}

#[test]
fn programs_get_json() {
    let run = demo(&["antibiotik membunuh virus", "--format", "json", "--limit", "3"]);
    let ids = found(&run);
    assert!(!ids.is_empty() && ids.len() <= 3, "{ids:?}");
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let first = &value["results"][0];
    for key in ["id", "language", "claim", "claimant", "checked_on", "title", "url", "file", "line", "score"]
    {
        assert!(!first[key].is_null(), "{key}: {first}");
    }
    assert!(first["verdict"]["label"].is_string(), "{first}");
    assert!(first["claim"].as_str().expect("a claim").to_lowercase().contains("antibiotik"), "{first}");
}

#[test]
fn a_whole_message_is_read_from_standard_input() {
    let message = "Assalamualaikum wr wb.\n\n*PENTING!!!* Info dari grup sebelah 🙏🙏\n\
        Teman2 sekalian, ternyata 4ntibi0tik bs membunuh v1rus flu lho, ga perlu ke dokter!\n\
        Tolong sebarkan ke semua grup sebelum dihapus. Terima kasih 😊";
    for arguments in [vec!["find", "--format", "json"], vec!["find", "-", "--format", "json"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_meja"))
            .args(&arguments)
            .current_dir(repository())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("meja runs");
        child.stdin.take().expect("a pipe").write_all(message.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let claim = value["results"][0]["claim"].as_str().unwrap_or_default();
        assert!(claim.to_lowercase().contains("antibiotik"), "{value}");
    }
}

#[test]
fn nothing_is_found_where_nothing_was_checked() {
    let run = demo(&["zzyzx qwrtp"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "Nothing like this has been checked.\n"));
    assert!(found(&demo(&["zzyzx qwrtp", "--format", "json"])).is_empty());
}

#[test]
fn a_weak_match_is_not_told_as_an_answer() {
    let note = "Nothing fits well. These claims are perhaps related:\n1. ";
    let talk = "Halo teman-teman, arisan bulan ini diadakan di rumah Bu Siti hari Sabtu pukul empat sore. Mohon \
        membawa uang arisan dan makanan ringan masing-masing. Kalau hujan, acara dipindah ke dalam.";
    for weak in ["bumi datar", "5G menyebabkan kanker", talk] {
        let run = demo(&[weak]);
        assert!(run.stdout.starts_with(note), "{weak}: {}", run.stdout);
        let run = demo(&[weak, "--format", "json"]);
        assert!(run.stdout.contains("\"weak\":true"), "{}", run.stdout);
    }
    let run = demo(&["petir menyambar tempat yang sama dua kali"]);
    assert!(run.stdout.starts_with("1. "), "{}", run.stdout);
}

#[test]
fn drafts_are_found_when_asked_for() {
    let desk = Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/a.md", &ARTICLE.replace("date: 2025-01-02", "date: 2025-01-02\nstatus: draft")),
    ]);
    assert!(found(&desk.meja(&["find", "jembatan roboh", "--format", "json"])).is_empty());
    assert_eq!(found(&desk.meja(&["find", "jembatan roboh", "--format", "json", "--drafts"])), ["jembatan"]);
}

#[test]
fn a_desk_with_mistakes_is_looked_through_as_far_as_it_can_be_read() {
    let desk = Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/a.md", ARTICLE),
        ("content/articles/b.md", "---\ntitle: [\n---\n"),
    ]);
    let run = desk.meja(&["find", "jembatan roboh", "--format", "json"]);
    assert_eq!(found(&run), ["jembatan"]);
    assert!(run.stderr.contains("meja check"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_carried_out_is_said() {
    for (arguments, words) in [
        (vec!["x", "--lang", "fr"], "no language `fr`"),
        (vec!["x", "--format", "sarif"], "no list of problems"),
        (vec!["x", "--limit", "0"], "--limit"),
    ] {
        let run = demo(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}

const SITE: &str = "title: Meja\nbase_url: https://meja.example\nlanguage: id\ntimezone: Asia/Jakarta\n\
    publisher: {name: Meja}\nratings: google\n";

const ARTICLE: &str = r#"---
title: Jembatan Kali Anyar
date: 2025-01-02
authors: [Rina]
claims:
  - id: jembatan
    claim: Jembatan Kali Anyar roboh karena gempa bumi.
    quote: jembatan roboh
    claimant: Budi
    verdict: "false"
    finding: Jembatan itu masih berdiri.
    sources:
      - {title: Satu, publisher: Badan Air, url: "https://example.org/1"}
---
Kata Budi, jembatan roboh.
"#;
