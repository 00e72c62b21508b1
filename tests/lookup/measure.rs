//! Measures claim lookup: the claims of the demonstration desk and of the corpus, the queries of
//! `queries.json`, and how many of them find what they are about.

use std::path::Path;
use std::sync::Arc;

use meja::lookup::{Folder, Found, Index, Text};
use meja::site::{self, Showing};

/// A claim that is looked up.
#[derive(Debug)]
pub struct Document {
    /// By which queries name it: the id of a claim of the desk, the sentence of one of the corpus.
    pub name: String,
    pub lang: String,
    pub claim: String,
    pub title: String,
    pub finding: String,
    pub claimant: String,
    pub topics: Vec<String>,
}

/// Something to look up.
#[derive(Debug)]
pub struct Query {
    pub class: String,
    pub text: String,
    /// The claims that answer it, one as good as the other; none if nothing should be found.
    pub expect: Vec<String>,
}

/// What came of the queries of one class.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    pub class: String,
    pub queries: usize,
    pub first: usize,
    pub five: usize,
    /// The sum of 1/rank, of ten ranks.
    pub reciprocal: f64,
}

impl Figures {
    /// A line of the table.
    pub fn line(&self) -> String {
        let of = |n: f64| n / self.queries.max(1) as f64;
        let percent = |n: usize| of(n as f64) * 100.0;
        format!(
            "{:<12} {:>4} {:>7.1} {:>7.1} {:>7.3}",
            self.class,
            self.queries,
            percent(self.first),
            percent(self.five),
            of(self.reciprocal)
        )
    }

    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1;
        let Some(rank) = rank else { return };
        self.first += usize::from(rank == 1);
        self.five += usize::from(rank <= 5);
        self.reciprocal += 1.0 / rank as f64;
    }
}

/// The claims of the corpus, then those of the desk in `root`.
pub fn documents(root: &Path) -> Vec<Document> {
    let corpus = crate::corpus::corpus().into_iter().map(|claim| Document {
        name: claim.claim.clone(),
        lang: claim.lang.to_owned(),
        claim: claim.claim,
        title: claim.title,
        finding: claim.finding,
        claimant: claim.claimant,
        topics: claim.topics,
    });
    corpus.chain(desk(root)).collect()
}

fn desk(root: &Path) -> Vec<Document> {
    let desk = meja::pipeline::read(root, None).expect("the demonstration desk is readable");
    let now = "2026-12-01T00:00:00+07:00[Asia/Jakarta]".parse().expect("a moment");
    let showing = Showing { now, drafts: false, future: false };
    let (site, _) = site::assemble(&desk.config, &desk.files, &desk.read, &showing, None);
    let mut documents = Vec::new();
    for edition in &site.editions {
        for at in edition.claims.iter().rev() {
            let (claim, article) = (site.claim(*at), site.article_of(*at));
            let name = claim.claimant.as_ref().map_or("", |party| site.name_of(party, edition.lang));
            let label = |topic: &String| {
                desk.config
                    .topics
                    .get(topic)
                    .map_or(topic.clone(), |label| label.get(edition.lang).to_owned())
            };
            documents.push(Document {
                name: claim.id.clone(),
                lang: desk.config.code(edition.lang).to_owned(),
                claim: claim.claim.clone(),
                title: article.title.clone(),
                finding: claim.finding.clone(),
                claimant: name.to_owned(),
                topics: article.topics.iter().map(label).collect(),
            });
        }
    }
    documents
}

/// The queries that the numbers of the ranking were tuned on.
pub const TUNED_ON: &str = include_str!("queries.json");

/// Queries that were written without looking at what is found, and not tuned on.
pub const HELD_OUT: &str = include_str!("held_out.json");

/// The queries of a file, each of which expects claims that are there.
pub fn queries(json: &str, documents: &[Document]) -> Vec<Query> {
    let read: Vec<serde_json::Value> = serde_json::from_str(json).expect("queries are JSON");
    let known: std::collections::BTreeSet<&str> = documents.iter().map(|one| one.name.as_str()).collect();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let query = |value: &serde_json::Value| Query {
        class: text(&value["class"]),
        text: text(&value["query"]),
        expect: value["expect"].as_array().into_iter().flatten().map(text).collect(),
    };
    let queries: Vec<Query> = read.iter().map(query).collect();
    for query in &queries {
        for name in &query.expect {
            assert!(
                known.contains(name.as_str()),
                "`{name}` is no claim, but is expected by `{}`",
                query.text
            );
        }
    }
    queries
}

/// The index over all claims.
pub fn index(documents: &[Document]) -> Index {
    let topics: Vec<Vec<&str>> =
        documents.iter().map(|one| one.topics.iter().map(String::as_str).collect()).collect();
    let texts: Vec<Text<'_>> = documents
        .iter()
        .zip(&topics)
        .map(|(one, topics)| Text {
            lang: &one.lang,
            claim: &one.claim,
            title: &one.title,
            finding: &one.finding,
            claimant: &one.claimant,
            topics,
        })
        .collect();
    Index::build(&Arc::new(Folder::new(&["id", "en"])), &texts)
}

/// The rank of what was expected among ten; that nothing was found is rank 1 if nothing should be.
pub fn rank(query: &Query, found: &Found, documents: &[Document]) -> Option<usize> {
    if query.expect.is_empty() {
        return found.hits.is_empty().then_some(1);
    }
    let is_expected = |claim: usize| query.expect.contains(&documents[claim].name);
    found.hits.iter().take(10).position(|hit| is_expected(hit.claim)).map(|before| before + 1)
}

/// The figures of each class in the order of their first query, and those of all at the end.
pub fn measure<'q>(queries: &'q [Query], mut rank: impl FnMut(&'q Query) -> Option<usize>) -> Vec<Figures> {
    let mut classes: Vec<Figures> = Vec::new();
    let mut all = Figures { class: "all".to_owned(), ..Figures::default() };
    for query in queries {
        let rank = rank(query);
        all.add(rank);
        if classes.last().is_none_or(|last| last.class != query.class) {
            classes.push(Figures { class: query.class.clone(), ..Figures::default() });
        }
        if let Some(class) = classes.last_mut() {
            class.add(rank);
        }
    }
    classes.push(all);
    classes
}
