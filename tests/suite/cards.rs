//! Share cards: that every page has one, what they depend on, and what they weigh.

use std::collections::BTreeMap;
use std::process::Command;

use jiff::Zoned;
use meja::pipeline;
use meja::site::{ClaimRef, Recipe, Showing};

use crate::desk::{Desk, repository};

const SETTINGS: &str = "title: {id: Meja Uji, en: Test desk}
base_url: https://uji.example.org/desk/
language: id
languages: [en]
timezone: Asia/Jakarta
publisher: {name: Meja Uji}
ratings: tempo
";

fn article(more: &str, verdict: &str) -> String {
    format!(
        "---
title: Bumi bulat, bukan datar
date: 2025-01-02
authors: [Rina]
{more}claims:
  - id: bumi-datar
    claim: Bumi datar seperti meja makan di rumah.
    verdict: {verdict}
    finding: Bumi bulat.
    sources: [{{title: Sumber, url: \"https://example.org/\"}}]
---
Isi.
"
    )
}

fn desk() -> Desk {
    Desk::with(&[("site.yaml", SETTINGS), ("content/articles/bumi.md", &article("", "keliru"))])
}

/// The keys of the cards of the claim, the article and the desk.
fn keys(desk: &Desk) -> [Option<String>; 3] {
    let read = pipeline::read(desk.root(), None).expect("settings");
    let now: Zoned = "2025-06-01T00:00:00+07:00[Asia/Jakarta]".parse().expect("a moment");
    let ready = pipeline::prepare(&read, &Showing { now, drafts: true, future: true }, None);
    assert!(ready.is_publishable(), "{:?}", ready.diagnostics);
    let lang = meja::config::Lang::MAIN;
    let claim = Recipe::ClaimCard(ClaimRef { article: 0, claim: 0 });
    [claim, Recipe::ArticleCard(0), Recipe::DeskCard(lang)].map(|recipe| ready.pages.key(&recipe))
}

/// Every card of a built site by its path.
fn cards(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut cards = BTreeMap::new();
    let root = desk.path(folder);
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name == "card.png") {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
                cards.insert(name, std::fs::read(path).expect("a file"));
            }
        }
    }
    cards
}

/// Width and height as the file says them (<https://www.w3.org/TR/png-3/#11IHDR>).
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn every_page_names_its_card() {
    let desk = desk();
    assert_eq!(desk.meja(&["build"]).code, 0);
    let cards = cards(&desk, "public");
    let paths: Vec<&str> = cards.keys().map(String::as_str).collect();
    assert_eq!(paths, ["articles/bumi/card.png", "card.png", "claims/bumi-datar/card.png", "en/card.png"]);
    for (path, png) in &cards {
        assert_eq!(size(png), (1200, 630), "{path}");
        assert!((4_000..=40_000).contains(&png.len()), "{path}: {} bytes", png.len());
    }
    for (page, card) in [
        ("index.html", "card.png"),
        ("claims/index.html", "card.png"),
        ("en/index.html", "en/card.png"),
        ("claims/bumi-datar/index.html", "claims/bumi-datar/card.png"),
        ("articles/bumi/index.html", "articles/bumi/card.png"),
    ] {
        let html = desk.read(&format!("public/{page}"));
        let tag = format!("<meta property=\"og:image\" content=\"https://uji.example.org/desk/{card}\">");
        assert!(html.contains(&tag), "{page}");
        assert!(html.contains("<meta property=\"og:image:width\" content=\"1200\">"), "{page}");
        assert!(html.contains("<meta property=\"og:image:height\" content=\"630\">"), "{page}");
        assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"), "{page}");
    }
    let claim = desk.read("public/claims/bumi-datar/index.html");
    assert!(claim.contains("og:image:alt\" content=\"Putusan: Keliru. Klaim yang diperiksa: “Bumi datar"));
}

#[test]
fn without_cards_the_articles_picture_is_shown() {
    let desk = desk();
    let picture = include_bytes!("../../docs/images/claim.png");
    desk.write("content/articles/foto.png", picture);
    desk.write("content/articles/bumi.md", article("image: {file: foto.png, alt: Foto}\n", "keliru"));
    assert_eq!(desk.meja(&["build"]).code, 0);
    let page = "public/articles/bumi/index.html";
    assert!(
        desk.read(page)
            .contains("og:image\" content=\"https://uji.example.org/desk/articles/bumi/card.png\"")
    );
    desk.write("site.yaml", format!("{SETTINGS}cards: off\n"));
    assert_eq!(desk.meja(&["build"]).code, 0);
    assert!(cards(&desk, "public").is_empty());
    let html = desk.read(page);
    assert!(html.contains("og:image\" content=\"https://uji.example.org/desk/files/articles/foto.png\""));
    assert!(html.contains("summary_large_image"));
    let home = desk.read("public/index.html");
    assert!(!home.contains("og:image") && home.contains("<meta name=\"twitter:card\" content=\"summary\">"));
}

#[test]
fn a_key_changes_with_what_is_on_the_card_and_with_nothing_else() {
    let desk = desk();
    let first = keys(&desk);
    assert!(first.iter().all(Option::is_some));
    assert_eq!(first, keys(&desk));
    let changed = |path: &str, text: &str| {
        let before = desk.exists(path).then(|| desk.read(path));
        desk.write(path, text);
        let now = keys(&desk);
        match before {
            Some(before) => desk.write(path, before),
            None => std::fs::remove_file(desk.path(path)).expect("a file"),
        }
        [0, 1, 2].map(|card| now[card] != first[card])
    };
    let file = "content/articles/bumi.md";
    let text = article("", "keliru");
    assert_eq!(changed(file, &text.replace("Bumi bulat.", "Bumi itu bulat.")), [false; 3]);
    assert_eq!(changed(file, &text.replace("\nIsi.", "\nIsi lain.")), [false; 3]);
    assert_eq!(changed(file, &article("", "sesat")), [true, true, false]);
    assert_eq!(changed(file, &text.replace("bukan datar", "tidak datar")), [false, true, false]);
    assert_eq!(changed(file, &text.replace("meja makan", "meja tulis")), [true, false, false]);
    assert_eq!(changed(file, &article("status: draft\n", "keliru")), [true, true, false]);
    assert_eq!(changed("site.yaml", &SETTINGS.replace("Meja Uji,", "Meja Coba,")), [true; 3]);
    assert_eq!(changed("site.yaml", &SETTINGS.replace("uji.example", "coba.example")), [true; 3]);
    assert_eq!(
        changed("site.yaml", &SETTINGS.replace("publisher: {name: Meja Uji}", "publisher: {name: Meja}")),
        [false; 3]
    );
    assert_eq!(changed("site.yaml", &format!("{SETTINGS}theme: {{accent: \"#c2410c\"}}\n")), [true; 3]);
    assert_eq!(changed("strings/id.yaml", "claim_reviewed: Klaim itu\n"), [true, true, false]);
    assert_eq!(changed("static/assets/style.css", ":root{--false:#900}"), [true; 3]);
    assert_eq!(changed("static/assets/style.css", ":root{--other:#900}"), [false; 3]);
    let logo = format!("{SETTINGS}theme: {{logo: favicon.svg}}\n");
    desk.write("site.yaml", &logo);
    let with_logo = keys(&desk);
    assert!((0..3).all(|card| with_logo[card] != first[card]));
    desk.write("static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>");
    assert!((0..3).all(|card| keys(&desk)[card] != with_logo[card]));
}

#[test]
fn a_withdrawn_verdict_is_on_no_card() {
    let desk = desk();
    let withdrawn = "status: withdrawn\nwithdrawn: {date: 2025-02-03, reason: Salah.}\n";
    let with = |verdict: &str| {
        desk.write("content/articles/bumi.md", article(withdrawn, verdict));
        keys(&desk)
    };
    assert_eq!(with("keliru"), with("benar"));
    assert_eq!(desk.meja(&["build"]).code, 0);
    let html = desk.read("public/claims/bumi-datar/index.html");
    assert!(
        html.contains(
            "og:image:alt\" content=\"Ditarik. Pemeriksaan klaim ini ditarik pada 3 Februari 2025."
        )
    );
}

#[test]
fn cards_are_the_same_whoever_makes_them_and_made_once() {
    let desk = desk();
    let build = |out: &str, threads: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_meja"))
            .args(["build", "--out", out])
            .current_dir(desk.root())
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .expect("the program runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    build("one", "1");
    build("many", "4");
    let first = cards(&desk, "one");
    assert_eq!(first, cards(&desk, "many"));
    let written =
        |card: &str| std::fs::metadata(desk.path(card)).and_then(|data| data.modified()).expect("a time");
    let before = written("one/claims/bumi-datar/card.png");
    build("one", "2");
    assert_eq!(written("one/claims/bumi-datar/card.png"), before);
    desk.write("content/articles/bumi.md", article("", "benar"));
    build("one", "2");
    let second = cards(&desk, "one");
    assert_ne!(first["claims/bumi-datar/card.png"], second["claims/bumi-datar/card.png"]);
    assert_eq!(first["card.png"], second["card.png"]);
}

#[test]
fn a_static_file_stands_for_the_desks_card() {
    let desk = desk();
    let own = include_bytes!("../../docs/images/claim.png");
    desk.write("static/card.png", own);
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(std::fs::read(desk.path("public/card.png")).expect("a card"), own);
}

#[test]
fn the_longest_texts_stay_small_and_scripts_find_the_sites_font() {
    let desk = desk();
    let long = "Pemerintah diam-diam telah menandatangani perjanjian yang mengizinkan perusahaan asing mengambil \
                alih seluruh pengelolaan air minum di lima kota besar mulai bulan depan, dan warga yang menolak \
                membayar tarif baru akan dikenai sanksi pidana kurungan paling lama enam bulan menurut edaran itu";
    assert!(long.len() > 280);
    let text = article("", "sebagian-benar");
    desk.write("content/articles/bumi.md", text.replace("Bumi datar seperti meja makan di rumah.", long));
    let wide = "Pneumonoultramikroskopiksilikovolkanokoniosis".repeat(4);
    desk.write(
        "content/articles/lain.md",
        text.replace("bumi-datar", "lain").replace("Bumi bulat, bukan datar", &wide),
    );
    let font = std::fs::read(repository().join("assets/fonts/NotoSans-Bold.ttf")).expect("a font");
    desk.write("static/huruf.ttf", font);
    desk.write("site.yaml", format!("{SETTINGS}theme: {{font: huruf.ttf}}\n"));
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (path, png) in cards(&desk, "public") {
        assert!(png.len() <= 40_000, "{path}: {} bytes", png.len());
    }
}
