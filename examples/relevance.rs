//! How well claim lookup finds what people ask: `cargo run --release --example relevance`.
//!
//! `-- --held-out` asks the queries that nothing was tuned on, `-- --misses` also lists the queries that did not find their claim first, `-- --claims` writes the
//! claims as JSON for other lookups (one each line) and does nothing else, `-- --publish FOLDER` writes the
//! files that browsers ask.

#![allow(
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "shares its parts with the tests, and fails as they do"
)]

use std::path::Path;
use std::time::Instant;

use serde_json::json;

#[path = "../tests/lookup/corpus.rs"]
mod corpus;
#[path = "../tests/lookup/measure.rs"]
mod measure;

fn main() {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    let documents = measure::documents(Path::new(env!("CARGO_MANIFEST_DIR")));
    if asked("--claims") {
        for one in &documents {
            let line = json!({
                "name": one.name, "lang": one.lang, "claim": one.claim, "title": one.title,
                "finding": one.finding, "claimant": one.claimant, "topics": one.topics,
            });
            println!("{line}");
        }
        return;
    }
    let of = if asked("--held-out") { measure::HELD_OUT } else { measure::TUNED_ON };
    let queries = measure::queries(of, &documents);
    let time = Instant::now();
    let index = measure::index(&documents);
    println!("{} claims in {:.1?}", documents.len(), time.elapsed());
    if let Some(folder) = std::env::args().skip_while(|argument| argument != "--publish").nth(1) {
        return publish(Path::new(&folder), &index.publish(), documents.len())
            .expect("the folder is writable");
    }
    let mut misses = Vec::new();
    let time = Instant::now();
    let figures = measure::measure(&queries, |query| {
        let found = index.find(&query.text, 10, |_| true);
        let rank = measure::rank(query, &found, &documents);
        if rank != Some(1) {
            let hits = found.hits.iter().take(3);
            let hits =
                hits.map(|hit| format!("{} ({}, {}%)", documents[hit.claim].name, hit.score, hit.share));
            misses.push((rank, query, hits.collect::<Vec<_>>(), found.words));
        }
        rank
    });
    println!("{} queries in {:.1?}\n", queries.len(), time.elapsed());
    println!("{:<12} {:>4} {:>7} {:>7} {:>7}", "class", "n", "hit@1", "hit@5", "MRR");
    for class in figures {
        println!("{}", class.line());
    }
    if asked("--misses") {
        for (rank, query, hits, words) in misses {
            let start: String = query.text.chars().take(120).collect();
            let rank = rank.map_or("none".to_owned(), |rank| rank.to_string());
            println!("\n{} [{rank}] {}", query.class, start.replace('\n', " "));
            println!("  wanted {}", query.expect.first().map_or("nothing", String::as_str));
            println!("  found  {}", hits.join("\n         "));
            println!("  words  {}", words.join(" "));
        }
    }
}

/// Writes an index as a site has it below `data/lookup/`, without the cards and facets that pages make.
fn publish(folder: &Path, published: &meja::lookup::Published, claims: usize) -> std::io::Result<()> {
    let kinds = [("words", &published.words), ("stems", &published.stems), ("grams", &published.grams)];
    for (kind, files) in kinds {
        std::fs::create_dir_all(folder.join(kind))?;
        for (number, file) in files.iter().enumerate() {
            std::fs::write(folder.join(kind).join(format!("{number:03}.json")), file)?;
        }
    }
    let shards = kinds.map(|(kind, files)| (kind.to_owned(), json!(files.len())));
    let shards: serde_json::Map<String, serde_json::Value> = shards.into_iter().collect();
    let rules: serde_json::Value = serde_json::from_str(&published.rules)?;
    let index = json!({
        "version": 1, "digest": "0", "claims": claims, "block": meja::site::CLAIMS_A_FILE, "shards": shards, "rules": rules,
    });
    std::fs::write(folder.join("index.json"), index.to_string())
}
