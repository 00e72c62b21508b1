//! After every import the desk builds, whatever names and values the archive has.

use std::collections::BTreeMap;

use meja::config;
use meja::diagnostic::any_error;
use meja::import::{self, Columns, Format, Memory, Planned, Ratings, Taken};
use meja::pipeline;
use meja::site::Showing;
use proptest::prelude::*;
use serde_json::json;

use super::{SITE, desk};
use crate::desk::Desk;

/// A cell as people fill them: empty in many ways, a name that is an id, a device or a path, signs, other scripts.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "", "-", "–", "—", "N/A", "n.a.", "?", ".", "null", "none", "unknown", "Tidak diketahui", "tidak ada", "anonim",
            "Warga", "WARGA", "warga", "con", "CON", "nul.md", "..", "../etc", "a/b", "Sari Dewi", "sari-dewi", "2021-07-16", "44927",
            "12 Agt 2022", "Mei 2022", "03/04/2021", "Keliru", "benar", "true", "yes", "~", "null:", "- a", "# b", "---", "🙂", "\u{301}", "ª", "ß",
            "İstanbul", "否", "한국", "ﷺ", "\u{200b}", "\u{200d}\u{200b}", "\u{ad}", "<b>-</b>", "&nbsp;", "<!--", "-->", "{{ site }}", "https://b.example/1",
            "https://desk.example/a", "https://desk.example/", "http://-", "//x", "admin", "index", "articles", "0", "-1", "%", "a\nb|c;d", "Andi, Budi",
        ]).prop_map(str::to_owned),
        1 => "[-.?a-zA-Z0-9 /\\\\:#&*!|>'\"%@`{}\\[\\],~]{0,14}",
        1 => any::<String>().prop_map(|text| text.chars().take(20).collect()),
    ]
}

fn records() -> impl Strategy<Value = Vec<BTreeMap<&'static str, String>>> {
    let fields = import::FIELDS.iter().map(|(field, _)| *field).collect::<Vec<_>>();
    let record = prop::collection::vec((cell(), any::<bool>()), fields.len()).prop_map(move |cells| {
        let whole = |field: &str| match field {
            "claim" => "Klaim satu",
            "title" => "Judul",
            "rating" => "Keliru",
            "date" => "2021-07-16",
            "finding" => "Temuan.",
            "sources" => "https://b.example/1",
            _ => "",
        };
        // About half of each record is sound, so that some of them are published.
        let value = |(field, (cell, is_messy)): (&'static str, (String, bool))| match whole(field) {
            "" => (field, cell),
            sound if !is_messy => (field, sound.to_owned()),
            _ => (field, cell),
        };
        fields.iter().copied().zip(cells).map(value).collect()
    });
    prop::collection::vec(record, 1..6)
}

fn as_table(records: &[BTreeMap<&'static str, String>]) -> String {
    let row = |cells: Vec<&str>| {
        let cells: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        cells.join(",") + "\n"
    };
    let heads = import::FIELDS.iter().map(|(field, _)| *field).collect::<Vec<_>>();
    let rows = records.iter().map(|record| row(heads.iter().map(|head| record[head].as_str()).collect()));
    row(heads.clone()) + &rows.collect::<String>()
}

fn as_reviews(records: &[BTreeMap<&'static str, String>]) -> String {
    let reviews = records.iter().map(|record| {
        let of = |field: &str| record[field].as_str();
        json!({"@type": "ClaimReview", "claimReviewed": of("claim"), "url": of("url"), "name": of("title"), "datePublished": of("date"),
            "author": [{"name": of("authors")}, of("topics")], "reviewBody": of("finding"), "inLanguage": of("language"),
            "reviewRating": {"alternateName": of("rating"), "ratingValue": of("value")}, "description": of("summary"),
            "itemReviewed": {"author": {"name": of("claimant"), "sameAs": of("appearances")}, "datePublished": of("claimed_on"), "appearance": of("appearances")},
            "citation": [{"name": of("media"), "url": of("sources")}]})
    });
    json!({"@graph": reviews.collect::<Vec<_>>()}).to_string()
}

/// Imports into the desk, and says what the library finds wrong with the outcome.
fn outcome(desk: &Desk, format: Format, name: &str, text: &str) -> Vec<String> {
    let root = desk.root();
    let (config, _) = config::read(&pipeline::read_settings(root).expect("settings"));
    let found = import::read(format, name, text.as_bytes(), &Columns::new());
    let map = Ratings::default();
    let standing = |_: &str| None;
    let plan = import::plan(
        format,
        found,
        None,
        &config,
        Taken::default(),
        Memory::default(),
        (&map, None),
        &standing,
        &|| {},
    );
    for Planned { path, text } in &plan.files {
        desk.write(path, text);
    }
    let read = pipeline::read(root, None).expect("a desk");
    let mut wrong = Vec::new();
    for drafts in [false, true] {
        let now = "2030-01-01T00:00:00+00:00[UTC]".parse().expect("a moment");
        let ready = pipeline::prepare(&read, &Showing { drafts, now, future: drafts }, None);
        let errors = ready.diagnostics.iter().filter(|found| any_error(std::slice::from_ref(*found)));
        wrong.extend(errors.map(|found| format!("{found:?}")));
    }
    wrong
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_desk_builds_after_every_import(records in records()) {
        for (format, name, text) in [
            (Format::Csv, "in.csv", as_table(&records)),
            (Format::ClaimReview, "in.json", as_reviews(&records)),
        ] {
            let desk = Desk::with(&[("site.yaml", SITE)]);
            let wrong = outcome(&desk, format, name, &text);
            prop_assert!(wrong.is_empty(), "{name}\n{text}\n{}", wrong.join("\n"));
        }
    }
}

/// What fills a cell and says nothing is nothing: it makes no page of a claimant, and breaks no build.
#[test]
fn empty_cells_are_empty() {
    let desk = desk();
    let empties = [
        "-",
        "–",
        "—",
        "N/A",
        "n.a.",
        "?",
        ".",
        "null",
        "none",
        "unknown",
        "Tidak diketahui",
        "tidak ada",
        "anonim",
    ];
    let mut table = String::from("claim,title,rating,date,finding,sources,claimant,authors,topics,url\n");
    for (at, empty) in empties.iter().enumerate() {
        table += &format!(
            "Klaim {at},Judul {at},Keliru,2021-07-16,Temuan.,https://b.example/,{empty},{empty},{},{}\n",
            if at < 9 { empty } else { "-" },
            if at < 9 { empty } else { "-" },
        );
    }
    desk.write("in.csv", &table);
    let (_, report) = super::import(&desk, &["csv", "in.csv"]);
    assert_eq!(super::count(&report, "imported"), 13, "{report}");
    assert_eq!(report["attention"]["the claimant … names nobody and was left out"], 3, "{report}");
    for at in 0..empties.len() {
        let article = desk.read(&format!("content/articles/judul-{at}.md"));
        assert!(!article.contains("claimant:") && article.contains("authors:\n  - Meja\n"), "{article}");
        assert!(!article.contains("topics:") && !article.contains("is no address"), "{article}");
    }
    let run = desk.meja(&["build", "--now", "2026-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// Capital letters that have no small ones are no clash of an address with itself.
#[test]
fn letters_of_mathematics_have_one_page() {
    let desk = desk();
    desk.write("in.csv", "title,date,topics,body\nJudul,2021-07-16,𝒫agi,Isi.\n");
    desk.meja(&["import", "csv", "in.csv"]);
    let run = desk.meja(&["build", "--now", "2026-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// An address says nothing: it is neither a claim nor a headline, and the row is kept nevertheless.
#[test]
fn addresses_are_no_claims() {
    let desk = desk();
    desk.write(
        "in.csv",
        "claim,title,rating,date,finding,sources\nhttps://x.example/1,https://x.example/1,Keliru,2021-07-16,Temuan.,https://b.example/\n\
         Klaim,https://x.example/2,Keliru,2021-07-16,Temuan.,\"BMKG - https://b.example/; USGS: https://c.example/\"\n",
    );
    let (_, report) = super::import(&desk, &["csv", "in.csv"]);
    assert_eq!((super::count(&report, "drafts"), super::count(&report, "skipped")), (2, 0), "{report}");
    let article = desk.read("content/articles/klaim.md");
    assert!(
        article.contains("title: Klaim\n")
            && article.contains("title: BMKG\n")
            && article.contains("title: USGS\n"),
        "{article}"
    );
}
