//! The text of an article's file: front matter, body, and notes that only editors see.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use url::Url;

use super::record::Record;
use super::{dates, markup};
use crate::config::Config;
use crate::html::is_unusable;
use crate::yaml::{Node, is_safe_id, scalar, write};

/// Stands for a date that is unknown: far ahead, so that nothing appears by mistake.
const NO_DATE: &str = "9000-01-01";

/// A claim of an article, with what was decided for it.
#[derive(Debug)]
pub(super) struct Claim<'r> {
    /// The record.
    pub(super) record: &'r Record,
    /// Its id.
    pub(super) id: String,
    /// Its verdict, if the label has one.
    pub(super) verdict: Option<String>,
    /// The label as written.
    pub(super) label: Option<String>,
    /// What was noticed about the rating.
    pub(super) notes: Vec<String>,
}

impl<'r> Claim<'r> {
    /// A page, which has none.
    pub(super) fn of_page(record: &'r Record) -> Self {
        Self { record, id: String::new(), verdict: None, label: None, notes: Vec::new() }
    }

    /// Whether a claim can stand under `claims`.
    pub(super) fn is_complete(&self) -> bool {
        let record = self.record;
        record.claim.is_some()
            && self.verdict.is_some()
            && record.finding.is_some()
            && !record.sources.is_empty()
    }
}

/// What an article's file is made of.
#[derive(Debug)]
pub(super) struct Article<'r> {
    /// The claims; one without any words for an article without claims.
    pub(super) claims: Vec<Claim<'r>>,
    /// The names and ids of its authors.
    pub(super) authors: Vec<String>,
    /// Old addresses that lead here.
    pub(super) aliases: Vec<String>,
    /// What was noticed about the article.
    pub(super) notes: Vec<String>,
    /// Why it must not appear before somebody has looked at it.
    pub(super) held: Vec<String>,
}

/// The text, and whether it is a draft.
pub(super) fn text(article: &Article<'_>, format: &str, config: &Config) -> (String, bool) {
    let records: Vec<&Record> = article.claims.iter().map(|claim| claim.record).collect();
    let first = |get: fn(&Record) -> Option<&String>| records.iter().find_map(|record| get(record)).cloned();
    let url = first(|record| record.url.as_ref());
    let (title, date) = (first(|record| record.title.as_ref()), first(|record| record.date.as_ref()));
    let has_claim = article.claims.iter().any(|claim| !claim.record.is_plain);
    let whole = article.claims.iter().all(|claim| claim.record.is_plain || claim.is_complete());
    let body = first(|record| record.body.as_ref());
    let is_draft = !whole
        || title.is_none()
        || date.is_none()
        || (!has_claim && body.is_none())
        || !article.held.is_empty()
        || records.iter().any(|record| record.unpublished);
    let mut notes: Vec<String> =
        article.held.iter().map(|why| format!("a draft, as {why}")).chain(article.notes.clone()).collect();
    if title.is_none() {
        let stands =
            if records.iter().any(|record| record.claim.is_some()) { "the claim" } else { "its address" };
        notes.push(format!("the source has no headline; {stands} stands for it"));
    }
    let mut out = format!("---\n# From `meja import {format}`");
    if let Some(url) = &url {
        out.push_str(&format!(": {}", one_line(url)));
    }
    out.push('\n');
    let stand_in =
        first(|record| record.claim.as_ref()).or_else(|| url.clone()).unwrap_or_else(|| "?".to_owned());
    let mut head = vec![entry("title", &title.unwrap_or(stand_in))];
    let date_is_known = date.is_some();
    head.push(entry("date", date.as_deref().unwrap_or(NO_DATE)));
    if !date_is_known {
        notes.push(format!(
            "the source has no date that can be read; {NO_DATE} stands for it, so that nothing appears"
        ));
    }
    head.push(list("authors", &article.authors));
    if let Some(updated) = first(|record| record.updated.as_ref()) {
        if date.as_deref().is_some_and(|date| dates::is_after(&updated, date)) {
            head.push(entry("updated", &updated));
        } else {
            notes.push(format!(
                "the date of the change `{updated}` is not after that of the article and was left out"
            ));
        }
    }
    let mut topics: Vec<String> = Vec::new();
    for topic in records.iter().flat_map(|record| &record.topics) {
        if !topics.contains(topic) {
            topics.push(topic.clone());
        }
    }
    if !topics.is_empty() {
        head.push(list("topics", &topics));
    }
    head.extend(first(|record| record.summary.as_ref()).map(|summary| entry("summary", &summary)));
    if is_draft {
        head.push(entry("status", "draft"));
    }
    if !article.aliases.is_empty() {
        head.push(list("aliases", &article.aliases));
    }
    let claims = article.claims.iter().filter(|claim| claim.record.claim.is_some());
    let (complete, rest): (Vec<&Claim<'_>>, Vec<&Claim<'_>>) = claims.partition(|claim| claim.is_complete());
    if !complete.is_empty() {
        head.push(("claims".to_owned(), Node::List(complete.iter().map(|claim| of_claim(claim)).collect())));
    }
    out.push_str(&write(&Node::Map(head)));
    if !rest.is_empty() {
        unfinished(&mut out, &rest, complete.is_empty(), config);
    }
    out.push_str("---\n\n");
    others(&records, &mut notes);
    let base = url.as_deref().and_then(|url| Url::parse(url).ok());
    let mut text = String::new();
    if let Some(body) = body {
        let found;
        (text, found) = markup::markdown(&body, base.as_ref());
        notes.extend(found);
    }
    // Before the text: whatever the text leaves open, it cannot make a part of the page of this.
    remarks(&mut out, &article.claims, &notes);
    if !text.is_empty() {
        out.push('\n');
        out.push_str(&text);
        out.push('\n');
    }
    (out, is_draft)
}

/// What the claims of an article say of it besides the first: an article has one of each.
fn others(records: &[&Record], notes: &mut Vec<String>) {
    type Get = fn(&Record) -> Option<&String>;
    let fields: [(&str, Get); 5] = [
        ("headline", |record| record.title.as_ref()),
        ("date", |record| record.date.as_ref()),
        ("date of a change", |record| record.updated.as_ref()),
        ("summary", |record| record.summary.as_ref()),
        ("address", |record| record.url.as_ref()),
    ];
    for (what, get) in fields {
        let mut seen: Vec<&String> = Vec::new();
        for text in records.iter().filter_map(|record| get(record)) {
            if !seen.contains(&text) {
                if !seen.is_empty() {
                    notes.push(format!("another claim has another {what}: `{text}`"));
                }
                seen.push(text);
            }
        }
    }
}

fn entry(key: &str, text: &str) -> (String, Node) {
    (key.to_owned(), Node::Text(text.to_owned()))
}

fn list(key: &str, items: &[String]) -> (String, Node) {
    (key.to_owned(), Node::List(items.iter().cloned().map(Node::Text).collect()))
}

fn of_claim(claim: &Claim<'_>) -> Node {
    let record = claim.record;
    let mut entries = vec![entry("id", &claim.id)];
    entries.extend(record.claim.as_deref().map(|words| entry("claim", words)));
    if let Some(claimant) = &record.claimant {
        let mut known = vec![entry("name", &claimant.name)];
        known.extend(claimant.kind.map(|kind| entry("type", kind)));
        known.extend(claimant.url.as_deref().map(|url| entry("url", url)));
        if !claimant.same_as.is_empty() {
            known.push(list("same_as", &claimant.same_as));
        }
        // A word in small letters alone would be the id of somebody.
        let plain = known.len() == 1 && !is_safe_id(&claimant.name);
        entries.push(if plain {
            entry("claimant", &claimant.name)
        } else {
            ("claimant".to_owned(), Node::Map(known))
        });
    }
    entries.extend(record.claimed_on.as_deref().map(|day| entry("claimed_on", day)));
    if !record.appearances.is_empty() {
        let appearances = record.appearances.iter().map(|url| Node::Map(vec![entry("url", url)]));
        entries.push(("appearances".to_owned(), Node::List(appearances.collect())));
    }
    entries.extend(claim.verdict.as_deref().map(|verdict| entry("verdict", verdict)));
    entries.extend(record.finding.as_deref().map(|finding| entry("finding", finding)));
    if !record.sources.is_empty() {
        let sources = record.sources.iter().map(|source| {
            Node::Map(vec![
                entry("title", source.title.as_ref().unwrap_or(&source.url)),
                entry("url", &source.url),
            ])
        });
        entries.push(("sources".to_owned(), Node::List(sources.collect())));
    }
    Node::Map(entries)
}

/// Claims that lack something, as comments in the place where they will stand.
fn unfinished(out: &mut String, claims: &[&Claim<'_>], is_alone: bool, config: &Config) {
    out.push_str(
        "# Not whole yet: fill in what is missing, take the `#` away, then remove `status: draft`.\n",
    );
    if is_alone {
        out.push_str("# claims:\n");
    }
    for claim in claims {
        let node = Node::Map(vec![("claims".to_owned(), Node::List(vec![of_claim(claim)]))]);
        for line in write(&node).lines().skip(1) {
            out.push_str(&format!("# {line}\n"));
        }
        if claim.verdict.is_none() {
            let ids: Vec<&str> = config.scale.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
            let said = claim.label.as_ref().map_or_else(
                || "the source has no rating".to_owned(),
                |label| format!("the source says {}", scalar(&Node::Text(label.clone()))),
            );
            out.push_str(&format!("#     verdict: # {said}; one of {}\n", ids.join(", ")));
        }
        if claim.record.finding.is_none() {
            out.push_str("#     finding: # what was found, in a sentence or two\n");
        }
        if claim.record.sources.is_empty() {
            out.push_str("#     sources: # at least one: [{title: ..., url: ...}]\n");
        }
    }
}

/// The longest record that is kept in a file, in bytes; a file has at most 16 MB.
const LONGEST_RECORD: usize = 2_000_000;

/// What editors have to know, and the records as they were read, as a comment that no page has.
pub(super) fn remarks(out: &mut String, claims: &[Claim<'_>], notes: &[String]) {
    out.push_str("<!-- For the editor; no page shows this.\n");
    let mut said: Vec<String> = notes.to_vec();
    for claim in claims {
        said.extend(claim.record.notes.iter().chain(&claim.notes).cloned());
        said.extend(claim.record.media.iter().map(|media| format!("checked picture or recording: {media}")));
    }
    let mut written = BTreeSet::new();
    for note in said.iter().map(|note| safe(&one_line(note))) {
        if written.insert(note.clone()) {
            out.push_str(&format!("* {note}\n"));
        }
    }
    // Claims of one post have the post in common.
    let mut kept: Vec<&Value> = Vec::new();
    for claim in claims {
        let record = claim.record;
        let parts = [("As it was read", &record.raw)];
        let around = record.around.iter().map(|value| ("Around it", value));
        for (what, value) in parts.into_iter().chain(around).filter(|(_, value)| **value != Value::Null) {
            if kept.contains(&value) {
                continue;
            }
            kept.push(value);
            let mut text = value.to_string();
            if text.len() > LONGEST_RECORD {
                let end = (0..=LONGEST_RECORD).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                text.truncate(end);
                text.push_str(" ... the rest is too long and is only in the source");
            }
            out.push_str(&format!("{what} ({}):\n{}\n", safe(&one_line(&record.place)), safe(&text)));
        }
    }
    out.push_str("-->\n");
}

/// Text within a comment: nothing in it can end the comment, nothing in it is refused in a text, and JSON in it stays the
/// same JSON.
fn safe(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if matches!(c, '<' | '>') || is_unusable(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !is_unusable(*c)).collect()
}
