//! Claim lookup in the browser's words: the published files, asked by Node, answer as the index does.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use meja::lookup::{Folder, Index, Published, Text};
use meja::site::CLAIMS_A_FILE;
use serde_json::{Value, json};

use crate::desk::{Desk, repository};

const CLAIMS: [&str; 16] = [
    "Vaksin covid mengandung chip magnetik pelacak",
    "Air rebusan bawang putih menyembuhkan covid-19",
    "Pemerintah membagikan bantuan tunai 10 juta rupiah kepada petani",
    "Foto banjir Jakarta menunjukkan buaya berenang di Bundaran",
    "Gempa besar akan melanda Bandung minggu depan menurut ramalan",
    "Presiden menandatangani kenaikan harga bensin minggu ini",
    "Minum kopi setiap pagi mencegah penyakit jantung",
    "Gubernur melarang sepeda motor masuk kota mulai Januari",
    "__proto__ constructor toString hasOwnProperty",
    "Garlic water cures the coronavirus within three days",
    "新冠疫苗含有芯片",
    "วัคซีนมีชิป",
    "Memvaksinasi anak-anak menyebabkan kelumpuhan",
    "Bantuan tunai tidak dibagikan kepada nelayan",
    "Vaksinasi anak ditunda sampai 2027",
    "",
];

/// Writes an index where `find.mjs` reads it.
pub fn write(folder: &Path, published: &Published, claims: usize) {
    let parts = [("words", &published.words), ("stems", &published.stems), ("grams", &published.grams)];
    for (name, files) in parts {
        std::fs::create_dir_all(folder.join(name)).unwrap();
        for (number, file) in files.iter().enumerate() {
            std::fs::write(folder.join(format!("{name}/{number:03}.json")), file).unwrap();
        }
    }
    std::fs::create_dir_all(folder.join("claims")).unwrap();
    for block in 0..claims.div_ceil(CLAIMS_A_FILE) {
        let cards: Vec<usize> = (block * CLAIMS_A_FILE..claims.min((block + 1) * CLAIMS_A_FILE)).collect();
        std::fs::write(folder.join(format!("claims/{block:03}.json")), json!({"claims": cards}).to_string())
            .unwrap();
    }
    let rules: Value = serde_json::from_str(&published.rules).unwrap();
    let shards = json!({
        "words": published.words.len(), "stems": published.stems.len(), "grams": published.grams.len(),
    });
    let index = json!({
        "version": 1, "digest": "d", "claims": claims, "block": CLAIMS_A_FILE, "shards": shards, "rules": rules,
    });
    std::fs::write(folder.join("index.json"), index.to_string()).unwrap();
}

pub fn asked_of_node(folder: &Path, questions: &[Value]) -> Vec<Value> {
    let script = repository().join("tests/lookup/find.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs the scripts of browsers");
    let input = serde_json::to_string(questions).unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Questions that take every way through the rules.
fn questions() -> Vec<(String, bool)> {
    let mut all: Vec<(String, bool)> = CLAIMS.iter().map(|claim| ((*claim).to_owned(), false)).collect();
    for claim in CLAIMS {
        let letters: Vec<char> = claim.chars().collect();
        let words: Vec<&str> = claim.split(' ').collect();
        all.extend((1..letters.len()).step_by(3).map(|end| (letters[..end].iter().collect(), true)));
        for (place, word) in words.iter().enumerate() {
            let mut wrong: Vec<char> = word.chars().collect();
            all.push((format!("{word} {}", words[words.len() - 1 - place]), false));
            if wrong.len() > 3 {
                wrong.swap(place % 3, place % 3 + 1);
                all.push((wrong.iter().collect(), place % 2 == 0));
                wrong.remove(wrong.len() - 1 - place % 3);
                all.push((wrong.iter().collect(), false));
            }
            all.push((format!("di{word}kan"), false));
            all.push((word.to_uppercase(), true));
        }
    }
    let noise =
        "assalamualaikum bapak ibu sekalian izin meneruskan kabar penting dari saudara kami di rumah sakit ";
    for claim in CLAIMS {
        all.push((format!("{noise}{claim} tolong sebarkan ke semua grup keluarga {noise}"), false));
    }
    let odd = [
        "",
        " ",
        "!!!",
        "__proto__",
        "constructor",
        "toString valueOf",
        "hasOwnProperty __proto__ x",
        "zzz yyy xxx",
        "v",
        "va",
        "ber",
        "berena",
        "mem",
        "𝗩𝗮𝗸𝘀𝗶𝗻 𝗺𝗲𝗻𝗴𝗮𝗻𝗱𝘂𝗻𝗴",
        "vаksіn",
        "M3NG4NDUNG ch1p",
        "v.a.k.s.i.n",
        "10.000.000",
        "疫苗",
        "ชิป",
        "vaksin ",
        "vak ",
        "\u{200b}va\u{200b}ksin",
        "10 juta petani",
        "😀 vaksin 😀",
        "\u{d7ff}\u{e000}",
        "kopi kopi kopi",
    ];
    for text in odd {
        all.push((text.to_owned(), false));
        all.push((text.to_owned(), true));
    }
    all.push(((0..400_000).map(|number| ["kata", &number.to_string(), " "].concat()).collect(), false));
    all.push(("😀".repeat(10_005) + " vaksin", false));
    all.push((CLAIMS.join(" ").repeat(2000), false));
    all
}

#[test]
fn browsers_find_what_the_index_finds() {
    let texts: Vec<Text<'_>> = CLAIMS
        .iter()
        .enumerate()
        .map(|(position, claim)| Text {
            lang: if position == 9 { "en" } else { "id" },
            claim,
            title: CLAIMS[(position + 3) % 5],
            finding: "Tidak ada bukti untuk ini",
            claimant: "Akun anonim",
            topics: &["kesehatan"],
        })
        .collect();
    let index = Index::build(&Arc::new(Folder::new(&["id", "en"])), &texts);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &index.publish(), texts.len());
    let questions = questions();
    let asked: Vec<Value> =
        questions.iter().map(|(text, typing)| json!({"text": text, "typing": typing, "most": 9})).collect();
    let answers = asked_of_node(folder.path(), &asked);
    assert_eq!(answers.len(), questions.len());
    let mut hits = 0;
    for ((text, typing), answer) in questions.iter().zip(&answers) {
        let found = index.find_typed(text, *typing, 9, |_| true);
        hits += found.hits.len();
        let own: Vec<Value> = found
            .hits
            .iter()
            .map(|hit| json!({"claim": hit.claim, "score": hit.score, "share": hit.share}))
            .collect();
        let shown: String = text.chars().take(80).collect();
        assert_eq!(answer["hits"], json!(own), "{shown:?}, typing: {typing}");
        assert_eq!(answer["words"], json!(found.words), "{shown:?}");
        assert_eq!(answer["understood"], json!(found.understood), "{shown:?}");
        assert_eq!(answer["weak"], json!(found.weak), "{shown:?}");
        assert_eq!(answer["twice"], json!(0), "{shown:?}");
    }
    assert!(hits > questions.len(), "{hits} hits");

    // A file that is missing is told, and had the next time.
    let missing = ["index", "words/", "stems/", "grams/"];
    let asked: Vec<Value> =
        missing.iter().map(|name| json!({"text": "vaksin gubenrur", "most": 9, "missing": name})).collect();
    let expected = index.find("vaksin gubenrur", 9, |_| true);
    for (name, answer) in missing.iter().zip(asked_of_node(folder.path(), &asked)) {
        let error = answer["error"].as_str().unwrap_or_default().to_owned();
        assert!(error.starts_with(&format!("base/{name}")) && error.ends_with(": 404"), "{name}: {error}");
        let claims: Vec<Value> = expected.hits.iter().map(|hit| json!(hit.claim)).collect();
        let found: Vec<&Value> = answer["hits"].as_array().unwrap().iter().map(|hit| &hit["claim"]).collect();
        assert!(!claims.is_empty() && claims.iter().eq(found), "{name}: {answer}");
    }
}

/// A desk with an article of so many claims, each with one of two verdicts, beside another article.
fn desk(claims: usize) -> Desk {
    let claim = |number: usize| {
        let verdict = ["\"false\"", "\"true\""][number % 2];
        format!(
            "  - {{id: c{number}, claim: Jembatan nomor {number} runtuh., verdict: {verdict}, finding: Dilihat., \
             sources: [{{title: Satu, url: \"https://example.org/{number}\"}}]}}\n"
        )
    };
    let article = |title: &str, claims: String| {
        format!("---\ntitle: {title}\ndate: 2025-01-02\nauthors: [Rina]\nclaims:\n{claims}---\nTeks.\n")
    };
    Desk::with(&[
        (
            "site.yaml",
            "title: Meja\nbase_url: https://meja.example\nlanguage: id\ntimezone: Asia/Jakarta\n\
             publisher: {name: Meja}\nratings: google\ncards: false\n",
        ),
        ("content/articles/a.md", &article("Satu", claim(0))),
        ("content/articles/b.md", &article("Dua", (1..claims).map(claim).collect())),
    ])
}

#[test]
fn a_card_names_the_verdict_and_language_of_its_claim() {
    let desk = desk(9);
    assert_eq!(desk.meja(&["build"]).code, 0);
    let file: Value = serde_json::from_str(&desk.read("public/data/lookup/claims/000.json")).unwrap();
    let cards = file["claims"].as_array().unwrap();
    assert_eq!(cards.len(), 9);
    for card in cards {
        let number: usize =
            card["claim"].as_str().unwrap().split(' ').nth(2).and_then(|number| number.parse().ok()).unwrap();
        assert_eq!(card["verdict"], ["false", "true"][number % 2], "{card}");
        assert_eq!(card["href"], format!("/claims/c{number}/"), "{card}");
        assert_eq!(card["language"], "id", "{card}");
    }
    let facets: Value = serde_json::from_str(&desk.read("public/data/lookup/facets.json")).unwrap();
    for (card, verdict) in cards.iter().zip(facets["verdict"].as_array().unwrap()) {
        let place = usize::try_from(verdict.as_u64().unwrap()).unwrap();
        assert_eq!(facets["verdicts"][place], card["verdict"], "{card}");
    }
}

#[test]
fn files_that_a_smaller_index_lacks_are_removed() {
    let desk = desk(80);
    assert_eq!(desk.meja(&["build"]).code, 0);
    let files = ["words/001.json", "stems/001.json", "claims/001.json"];
    let there = || files.map(|file| desk.exists(&format!("public/data/lookup/{file}")));
    assert_eq!(there(), [true; 3]);
    std::fs::remove_file(desk.path("content/articles/b.md")).unwrap();
    assert_eq!(desk.meja(&["build"]).code, 0);
    assert_eq!(there(), [false; 3]);
    assert!(desk.exists("public/data/lookup/words/000.json"));
}
