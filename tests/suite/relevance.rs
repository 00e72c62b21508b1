//! Claim lookup finds what people ask, over the claims of the demonstration desk and ten thousand others.

use std::sync::OnceLock;

use meja::lookup::Index;
use serde_json::{Value, json};

use crate::desk::repository;
use crate::lookup::{asked_of_node, write};
use crate::measure::{self, Document, Query};

/// So many of the queries find their claim first, and among five. What comes of a change of the rules may
/// be more; then this is raised.
const FIRST: usize = 279;
const FIVE: usize = 286;
/// A query fetches no more, in bytes.
const FETCHED: u64 = 150_000;

struct Lookup {
    documents: Vec<Document>,
    queries: Vec<Query>,
    index: Index,
}

fn lookup() -> &'static Lookup {
    static LOOKUP: OnceLock<Lookup> = OnceLock::new();
    LOOKUP.get_or_init(|| {
        let documents = measure::documents(repository());
        let (queries, index) = (measure::queries(measure::TUNED_ON, &documents), measure::index(&documents));
        Lookup { documents, queries, index }
    })
}

#[test]
fn people_find_the_claim_they_ask_about() {
    let Lookup { documents, queries, index } = lookup();
    let figures = measure::measure(queries, |query| {
        measure::rank(query, &index.find(&query.text, 10, |_| true), documents)
    });
    let table: Vec<String> = figures.iter().map(measure::Figures::line).collect();
    let all = figures.last().unwrap();
    assert!(all.first >= FIRST && all.five >= FIVE, "{all:?}\n{}", table.join("\n"));
    let short: Vec<&str> =
        figures.iter().filter(|class| class.queries < 8).map(|class| class.class.as_str()).collect();
    assert!(all.queries >= 180 && short.is_empty(), "too few queries: {short:?}");
}

#[test]
fn browsers_find_the_same_and_fetch_little() {
    let Lookup { documents, queries, index } = lookup();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &index.publish(), documents.len());
    let asked: Vec<Value> = queries.iter().map(|query| json!({"text": query.text, "most": 10})).collect();
    for (query, answer) in queries.iter().zip(asked_of_node(folder.path(), &asked)) {
        let found = index.find(&query.text, 10, |_| true);
        let hits = found.hits.iter();
        let own: Vec<Value> =
            hits.map(|hit| json!({"claim": hit.claim, "score": hit.score, "share": hit.share})).collect();
        assert_eq!(answer["hits"], json!(own), "{}", query.text);
        let fetched = answer["found"].as_u64().unwrap();
        assert!(fetched <= FETCHED, "{fetched} bytes for {}", query.text);
    }
}

#[test]
fn the_corpus_is_the_same_everywhere() {
    let mut text = String::new();
    let claims = crate::corpus::corpus();
    for one in &claims {
        text.push_str(&[one.claim.as_str(), &one.title, &one.finding, &one.claimant, one.lang].join("\t"));
        text.push('\n');
    }
    let distinct: std::collections::BTreeSet<&str> = claims.iter().map(|one| one.claim.as_str()).collect();
    assert_eq!((claims.len(), distinct.len()), (10_000, 10_000));
    assert_eq!(claims.iter().filter(|one| one.lang == "en").count(), 2_000);
    assert!(!text.contains(['{', '}', '[', ']', '|']), "a slot was left open");
    assert_eq!(
        meja::digest::sha256(text.as_bytes()),
        "6a99ddaaea4c14a22bac3cd5ad635aca9dbcf4e802fc6d9207492dc362e5f6f1"
    );
}
