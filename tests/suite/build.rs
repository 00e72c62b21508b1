//! `meja build` from the first word of the command line to the last byte of the site.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::desk::{Desk, Run, meja_in};

const SITE: &str = "\
title: Meja
base_url: https://example.github.io/meja/
language: id
timezone: Asia/Jakarta
publisher: {name: Meja}
";

/// An article with one claim, whose id is `<slug>-klaim`.
fn checked(slug: &str, date: &str, more: &str, body: &str) -> String {
    format!(
        "---\ntitle: Judul {slug}\ndate: {date}\nauthors: [Rina]\n{more}claims:\n  - id: {slug}-klaim\n    \
         claim: Klaim {slug}.\n    verdict: false\n    finding: Temuan {slug}.\n    \
         sources: [{{title: Sumber, url: \"https://example.org/{slug}\"}}]\n---\n{body}\n"
    )
}

fn desk() -> Desk {
    Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/satu.md", &checked("satu", "2025-01-01", "", "Isi satu.")),
        ("content/articles/dua.md", &checked("dua", "2025-01-02", "topics: [bumi]\n", "Isi dua.")),
    ])
}

fn build(desk: &Desk, more: &[&str]) -> Run {
    let mut line = vec!["build"];
    if !more.contains(&"--now") {
        line.extend(["--now", "2026-01-15"]);
    }
    line.extend(more);
    desk.meja(&line)
}

#[track_caller]
fn built(desk: &Desk, more: &[&str]) -> Run {
    let run = build(desk, more);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

/// Every file of a folder by its path, without the lock.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).expect("a folder").flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else if entry.file_name() != ".meja-lock" {
                let path = entry.path();
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn public(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    files(&desk.path("public"))
}

/// The names of the files that differ.
fn changes(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn each_way_to_end_has_its_exit_code() {
    assert_eq!(built(&desk(), &[]).code, 0);
    let wrong = desk();
    wrong.write("content/articles/tiga.md", "---\ntitle: Tiga\n---\n");
    assert_eq!(build(&wrong, &[]).code, 1);
    for line in [
        &["build", "--now", "kemarin"][..],
        &["build", "--now", "2025-02-30"],
        &["build", "--now", "2025-01-01T08:00:00"],
        &["build", "--base-url", "example.org"],
        &["build", "--format", "xml"],
        &["build", "--root", "tidak-ada"],
        &["bangun"],
    ] {
        let run = desk().meja(line);
        assert_eq!(run.code, 2, "{line:?}: {}", run.stderr);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{line:?}");
    }
    assert_eq!(Desk::empty().meja(&["build"]).code, 2);
    let foreign = desk();
    foreign.write("public/skripsi.txt", "jangan hilang");
    let run = build(&foreign, &[]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("`skripsi.txt`"), "{}", run.stderr);
    assert_eq!(public(&foreign).len(), 1, "nothing is put beside a foreign file");
}

#[test]
fn errors_leave_the_published_site_as_it_was() {
    let desk = desk();
    built(&desk, &[]);
    let before = public(&desk);
    desk.write("content/articles/satu.md", checked("satu", "2025-13-01", "", "Lain."));
    desk.write("content/articles/baru.md", checked("baru", "2025-01-03", "", "Baru."));
    let run = build(&desk, &[]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.ends_with("1 error; nothing was published\n"), "{}", run.stderr);
    assert_eq!(changes(&before, &public(&desk)), [""; 0]);
    // A template fails only while pages are made.
    desk.write("content/articles/satu.md", checked("satu", "2025-01-01", "", "Lain."));
    desk.write("templates/claim.html", "{{ claim.tidak.ada }}");
    assert_eq!(build(&desk, &[]).code, 1);
    assert_eq!(changes(&before, &public(&desk)), [""; 0]);
}

#[test]
fn programs_read_problems_and_results_as_json() {
    let desk = desk();
    desk.write("content/articles/nanti.md", checked("nanti", "2099-01-01T08:30:00+07:00", "", "Nanti."));
    desk.write("content/articles/konsep.md", checked("konsep", "2025-01-01", "status: draft\n", "Konsep."));
    desk.write("content/catatan.md", "Halo");
    let run = built(&desk, &["--format", "json"]);
    let problems = json(&run.stderr);
    assert_eq!(problems["version"], 1);
    let problem = &problems["diagnostics"][0];
    assert_eq!((&problem["code"], &problem["severity"]), (&"misplaced-file".into(), &"warning".into()));
    assert_eq!((&problem["file"], &problem["line"]), (&"content/catatan.md".into(), &Value::Null));
    let result = json(&run.stdout);
    assert_eq!(result["version"], 1);
    assert_eq!(
        (&result["articles"], &result["claims"], &result["warnings"]),
        (&2.into(), &2.into(), &1.into())
    );
    assert!(result["files"]["new"].as_u64() > Some(10) && result["bytes"].as_u64() > Some(10_000));
    let held = &result["held"];
    assert_eq!((&held[0]["file"], &held[0]["until"]), (&"content/articles/konsep.md".into(), &Value::Null));
    assert_eq!(held[1]["until"], "2099-01-01T08:30:00+07:00");

    desk.write("content/articles/satu.md", checked("satu", "besok", "", "Isi."));
    let run = build(&desk, &["--format", "json"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    let error = &json(&run.stderr)["diagnostics"][0];
    assert_eq!(error["code"], "bad-date");
    let place = ["line", "column", "end_line", "end_column"].map(|key| error[key].as_u64().unwrap_or(0));
    assert_eq!(place, [3, 7, 3, 12]);
    assert!(error["help"][0].is_string() && error["related"].is_array() && error["label"].is_string());
    let run = desk.meja(&["build", "--format", "json", "--root", "tidak-ada"]);
    assert_eq!(run.code, 2);
    assert!(json(&run.stderr)["error"].is_string());
}

#[test]
fn drafts_and_embargoes_are_held_back_and_named() {
    let desk = desk();
    desk.write("content/articles/nanti.md", checked("nanti", "2099-01-01T08:30:00+07:00", "", "Nanti."));
    desk.write("content/articles/konsep.md", checked("konsep", "2025-01-01", "status: draft\n", "Konsep."));
    let run = built(&desk, &[]);
    assert!(
        run.stdout.contains("held back until 2099-01-01 08:30 WIB: Judul nanti (content/articles/nanti.md)"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("held back as a draft: Judul konsep (content/articles/konsep.md)"));
    let text = |desk: &Desk| {
        public(desk).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>()
    };
    // Not a word of them anywhere: not in feeds, data or listings.
    assert!(!text(&desk).contains("nanti-klaim") && !text(&desk).contains("Judul konsep"));
    let shown = |more: &[&str]| {
        built(&desk, more);
        ["nanti", "konsep"].map(|slug| desk.exists(&format!("public/articles/{slug}/index.html")))
    };
    assert_eq!(shown(&["--drafts"]), [false, true]);
    assert_eq!(shown(&["--future"]), [true, false]);
    let page = desk.read("public/articles/nanti/index.html");
    assert!(page.contains("noindex"), "what is shown before its time is kept out of search engines");
    assert!(!desk.read("public/sitemap.xml").contains("nanti"));
    assert_eq!(shown(&["--drafts", "--future"]), [true, true]);
    assert_eq!(shown(&["--now", "2099-01-01T01:29:59Z"]), [false, false]);
    assert_eq!(shown(&["--now", "2099-01-01T01:30:00Z"]), [true, false]);
    assert_eq!(shown(&[]), [false, false]);
}

#[test]
fn the_time_zone_of_the_site_decides_what_today_is() {
    let article = checked("hari-ini", "2026-01-15", "", "Hari ini.");
    let shown = |zone: &str, now: &str| {
        let desk = Desk::with(&[
            ("site.yaml", &SITE.replace("Asia/Jakarta", zone)),
            ("content/articles/hari-ini.md", &article),
        ]);
        let run = desk.meja(&["build", "--now", now]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        desk.exists("public/articles/hari-ini/index.html")
    };
    assert!(shown("Asia/Jakarta", "2026-01-14T17:00:00Z"));
    assert!(!shown("Asia/Jakarta", "2026-01-14T16:59:59Z"));
    assert!(!shown("UTC", "2026-01-14T17:00:00Z"));
    assert!(!shown("America/New_York", "2026-01-15T04:59:59Z"));
    assert!(shown("America/New_York", "2026-01-15"));
}

#[test]
fn the_time_zones_of_the_machine_do_not_matter() {
    // A database in which Jakarta lies a day behind (RFC 9636).
    let part =
        [&b"TZif2"[..], &[0; 31], &[0, 0, 0, 1, 0, 0, 0, 4], &(-43_200_i32).to_be_bytes(), b"\0\0XXX\0"]
            .concat();
    let desk = Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/hari-ini.md", &checked("hari-ini", "2026-01-15", "", "Hari ini.")),
    ]);
    desk.write("zones/Asia/Jakarta", [&part[..], &part[..], b"\n<-12>12\n"].concat());
    let output = Command::new(env!("CARGO_BIN_EXE_meja"))
        .args(["build", "--now", "2026-01-14T17:00:00Z"])
        .current_dir(desk.root())
        .env("TZDIR", desk.path("zones"))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(desk.exists("public/articles/hari-ini/index.html"));
}

#[test]
fn options_say_where_the_site_stands_and_where_it_is_written() {
    let desk = desk();
    let below = desk.path("content/articles");
    assert_eq!(meja_in(&below, &["build", "--now", "2026-01-15"]).code, 0, "the desk is found upwards");
    assert!(desk.exists("public/index.html"));
    assert!(desk.read("public/articles/satu/index.html").contains("\"/meja/claims/satu-klaim/\""));
    let elsewhere = Desk::empty();
    let root = desk.root().to_str().expect("UTF-8");
    let run = elsewhere.meja(&[
        "build",
        "--root",
        root,
        "--out",
        "hasil",
        "--base-url",
        "https://cek.example.org",
        "--quiet",
        "--now",
        "2026-01-15",
    ]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    assert!(elsewhere.read("hasil/articles/satu/index.html").contains("\"/claims/satu-klaim/\""));
    let all: String = files(&elsewhere.path("hasil"))
        .into_values()
        .map(|b| String::from_utf8_lossy(&b).into_owned())
        .collect();
    assert!(!all.contains("github.io"), "the address of the settings stands nowhere");
    // Only a domain of one's own has a CNAME, and only while it has it.
    assert_eq!(elsewhere.read("hasil/CNAME").trim(), "cek.example.org");
    assert!(!desk.exists("public/CNAME"));
}

#[test]
fn only_what_changed_is_written() {
    let desk = desk();
    built(&desk, &[]);
    let before = public(&desk);
    let times = |desk: &Desk| -> Vec<_> {
        public(desk)
            .keys()
            .map(|name| {
                std::fs::metadata(desk.path("public").join(name)).and_then(|m| m.modified()).expect("a time")
            })
            .collect()
    };
    let first = times(&desk);
    let run = built(&desk, &[]);
    assert!(
        run.stdout.contains(" 0 new, 0 changed, ") && run.stdout.contains(" 0 removed"),
        "{}",
        run.stdout
    );
    assert_eq!(times(&desk), first);

    desk.write("content/articles/satu.md", checked("satu", "2025-01-01", "", "Isi satu, diperbaiki."));
    let run = built(&desk, &[]);
    let after = public(&desk);
    let mut changed = changes(&before, &after);
    // Meja's own list of what pages were made from is no page.
    changed.retain(|name| name != ".meja-made");
    assert!(changed.contains(&"articles/satu/index.html".to_owned()), "{changed:?}");
    for name in &changed {
        assert!(name.contains("satu") || name.ends_with(".xml") || name == "feed.json", "{name}");
    }
    assert!(run.stdout.contains(&format!(" 0 new, {} changed, ", changed.len())), "{}", run.stdout);

    desk.write("public/catatan.txt", "milik orang lain");
    std::fs::remove_file(desk.path("content/articles/dua.md")).expect("our own file");
    built(&desk, &[]);
    let names: Vec<String> = public(&desk).into_keys().collect();
    for gone in ["articles/dua/index.html", "claims/dua-klaim/index.html", "topics/bumi/index.html"] {
        assert!(before.contains_key(gone) && !names.iter().any(|name| name == gone), "{gone}");
    }
    assert!(!desk.exists("public/articles/dua"), "an empty folder goes too");
    assert_eq!(desk.read("public/catatan.txt"), "milik orang lain");
}

#[test]
fn two_builds_at_once_are_kept_apart() {
    let desk = desk();
    built(&desk, &[]);
    let before = public(&desk);
    desk.write("content/articles/satu.md", checked("satu", "2025-01-01", "", "Lain."));
    let lock = std::fs::File::options().write(true).open(desk.path("public/.meja-lock")).expect("the lock");
    fs4::FileExt::lock(&lock).expect("nobody else holds it");
    let run = build(&desk, &[]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("another build is writing it"), "{}", run.stderr);
    assert_eq!(changes(&before, &public(&desk)), [""; 0]);
    drop(lock);
    built(&desk, &[]);
    assert_ne!(before, public(&desk));
}

#[test]
fn the_same_desk_gives_the_same_bytes() {
    let make = |environment: &[(&str, &str)]| {
        let desk = desk();
        for number in 0..30 {
            let slug = format!("a{number}");
            let date = format!("2025-02-{:02}", number % 5 + 1);
            desk.write(
                &format!("content/articles/{slug}.md"),
                checked(&slug, &date, "topics: [bumi]\n", "Isi."),
            );
        }
        let output = Command::new(env!("CARGO_BIN_EXE_meja"))
            .args(["build", "--now", "2026-01-15"])
            .current_dir(desk.root())
            .envs(environment.iter().copied())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        public(&desk)
    };
    let first = make(&[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C")]);
    for other in [
        make(&[("RAYON_NUM_THREADS", "2"), ("TZ", "America/New_York"), ("LANG", "de_DE.UTF-8")]),
        make(&[("RAYON_NUM_THREADS", "8"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")]),
    ] {
        assert_eq!(changes(&first, &other), [""; 0]);
    }
}

#[test]
fn a_withdrawn_article_keeps_its_page_and_loses_its_reviews() {
    let desk = desk();
    let more = "status: withdrawn\nwithdrawn: {date: 2025-06-01, reason: Sumbernya palsu.}\n";
    desk.write("content/articles/satu.md", checked("satu", "2025-01-01", more, "Isi satu."));
    built(&desk, &[]);
    let article = desk.read("public/articles/satu/index.html");
    assert!(article.contains("Sumbernya palsu.") && article.contains("Isi satu."));
    let claim = desk.read("public/claims/satu-klaim/index.html");
    assert!(claim.contains("Sumbernya palsu."));
    assert!(!claim.contains("\"ClaimReview\""), "a check that was taken back is no review");
    assert!(desk.read("public/claims/dua-klaim/index.html").contains("\"ClaimReview\""));
    assert!(!desk.read("public/claims/satu-klaim/claim.json").contains("\"ClaimReview\""));
    for file in
        ["data/claims.json", "data/claimreview.json", "data/claims.csv", "sitemap.xml", "claims/index.html"]
    {
        let text = desk.read(&format!("public/{file}"));
        assert!(!text.contains("satu") && text.contains("dua"), "{file}");
    }
    assert!(desk.read("public/corrections/index.html").contains("Sumbernya palsu."));
}

#[test]
fn old_addresses_lead_to_the_new_one() {
    let desk = desk();
    let more = "aliases: [/2024/lama/, /lama.html, /arsip/tanpa-garis]\n";
    desk.write("content/articles/satu.md", checked("satu", "2025-01-01", more, "Isi."));
    built(&desk, &[]);
    for file in ["2024/lama/index.html", "lama.html", "arsip/tanpa-garis/index.html"] {
        let page = desk.read(&format!("public/{file}"));
        assert!(page.contains("url=/meja/articles/satu/"), "{file}: {page}");
        assert!(
            page.contains("href=\"https://example.github.io/meja/articles/satu/\"")
                && page.contains("noindex")
        );
    }
    assert!(!desk.read("public/sitemap.xml").contains("lama"));
}

#[test]
fn a_language_is_written_in_its_own_direction() {
    let desk = Desk::with(&[
        ("site.yaml", &SITE.replace("language: id", "language: id\nlanguages: [ar]")),
        ("content/articles/satu.md", &checked("satu", "2025-01-01", "", "Isi.")),
        ("content/articles/satu.ar.md", &checked("satu", "2025-01-01", "", "نص عربي.")),
    ]);
    built(&desk, &[]);
    assert!(desk.read("public/articles/satu/index.html").contains("<html lang=\"id\" dir=\"ltr\">"));
    let arabic = desk.read("public/ar/articles/satu/index.html");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(arabic.contains("hreflang=\"id\"") && arabic.contains("hreflang=\"ar\""));
}

#[test]
fn every_scale_builds_and_so_does_one_of_the_desk() {
    let presets = [
        ("google", "half-true"),
        ("politifact", "pants-on-fire"),
        ("africa-check", "misleading"),
        ("tempo", "sesat"),
        ("turnbackhoax", "penipuan"),
    ];
    let own = "\n  - {id: sahih, label: {id: Sahih, en: Sound}, definition: Terbukti., tone: true, value: 3}\n  \
               - {id: goyah, label: Goyah, definition: Lemah., tone: mixed, value: 2}\n  \
               - {id: runtuh, label: Runtuh, definition: Salah., tone: false, value: 1}";
    for (ratings, verdict) in presets.into_iter().chain([(own, "goyah")]) {
        let desk = Desk::with(&[
            ("site.yaml", &format!("{SITE}languages: [en]\nratings: {ratings}\n")),
            (
                "content/articles/satu.md",
                &checked("satu", "2025-01-01", "", "Isi.")
                    .replace("verdict: false", &format!("verdict: {verdict}")),
            ),
        ]);
        built(&desk, &[]);
        assert!(
            desk.read(&format!("public/verdicts/{verdict}/index.html")).contains("Klaim satu."),
            "{ratings}"
        );
        assert!(desk.exists(&format!("public/en/verdicts/{verdict}/index.html")));
        let review = desk.read("public/data/claimreview.json");
        assert!(review.contains("\"alternateName\""), "{review}");
    }
}

#[test]
fn harmless_html_passes_and_the_rest_is_removed() {
    let body = "\
Isi <b>tebal</b>, <i onclick=\"alert(1)\">miring</i> dan <a href=\"javascript:alert(2)\">jebakan</a>.

<details open><summary>Rincian</summary>

Bumi itu **bulat**, lihat [dua](dua.md) dan ![foto](foto.svg).

</details>

<script>alert(3)</script>
<style>body { display: none }</style>
<iframe src=\"https://example.org/\"></iframe>
<form action=\"/x\"><input name=\"y\"></form>

## Judul bagian

[Ke bagian](#judul-bagian)";
    let desk = desk();
    desk.write("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"));
    desk.write("content/articles/foto.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let article =
        checked("satu", "2025-01-01", "", body).replace("    verdict", "    quote: bumi itu\n    verdict");
    desk.write("content/articles/satu.md", article.replace("quote: bumi", "quote: Bumi"));
    let run = built(&desk, &[]);
    assert_eq!(run.stderr, "");
    let page = desk.read("public/articles/satu/index.html");
    let from = page.find("Isi <b>tebal</b>").expect("the body, with its bold words");
    let body = &page[from..page[from..].find("Ke bagian").map_or(page.len(), |at| from + at + 20)];
    for kept in [
        "<details open=\"\"><summary>Rincian</summary>",
        "<mark id=\"claim-satu-klaim\"",
        "href=\"/meja/articles/dua/\"",
        "src=\"/meja/files/articles/foto.svg\"",
        "id=\"judul-bagian\"",
        "href=\"#judul-bagian\"",
        "class=\"passage-sign",
    ] {
        assert!(body.contains(kept), "{kept}: {body}");
    }
    for gone in ["alert(", "onclick", "javascript:", "display: none", "<iframe", "<form", "<input"] {
        assert!(!body.contains(gone), "{gone}: {body}");
    }
}

#[test]
fn what_a_desk_leaves_out_is_neither_written_nor_linked() {
    let desk = desk();
    let all = "paginate: 20\n";
    let few = "lists: [years]\nrelated: 0\nembeds: off\ndata: off\n";
    let outputs = [(all, "all"), (few, "few")].map(|(lines, out)| {
        desk.write("site.yaml", format!("{SITE}{lines}search: false\n"));
        built(&desk, &["--out", out]);
        files(&desk.path(out))
    });
    let has = |files: &BTreeMap<String, Vec<u8>>, what: &str| files.keys().any(|path| path.contains(what));
    for gone in ["sources/", "/embed/", "oembed.json", "data/"] {
        assert!(has(&outputs[0], gone) && !has(&outputs[1], gone), "{gone}");
    }
    for stays in
        ["years/2025/", "topics/bumi/", "claimants/", "authors/rina/", "claims/satu-klaim/claim.json"]
    {
        assert!(has(&outputs[0], stays) && has(&outputs[1], stays), "{stays}");
    }
    // What is not there is not led to.
    for (path, bytes) in outputs[1].iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        for gone in ["/meja/sources/", "/embed/", "oembed", "/meja/data/", "<iframe", "m-related"] {
            assert!(!text.contains(gone), "{path}: {gone}");
        }
    }
    // `meja find` needs the index that no page shows anything of, and so does `meja check`.
    let found = desk.meja(&["find", "judul satu"]);
    assert!(found.stdout.contains("Klaim satu."), "{}{}", found.stdout, found.stderr);
    assert!(desk.meja(&["check"]).code < 2);

    desk.write("site.yaml", format!("{SITE}lists: [source]\nrelated: 13\nembeds: perhaps\ndata: [claims]\n"));
    let run = build(&desk, &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for place in ["site.yaml:6:9", "site.yaml:7:10", "site.yaml:8:9", "site.yaml:9:7"] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(run.stderr.contains("did you mean `sources`?"), "{}", run.stderr);
}
