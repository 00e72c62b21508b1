//! The files that the search page reads: the index of words, and what it shows of claims.
//! `docs/lookup.md` describes them.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Pages;
use crate::content::Status;
use crate::digest::sha256;
use crate::lookup::Published;
use crate::site::{CLAIMS_A_FILE, ClaimRef, LookupFile};

/// The index as files.
#[derive(Debug)]
pub(super) struct Files {
    index: String,
    published: Published,
    claims: Vec<String>,
    facets: String,
}

impl Files {
    /// The text of one; empty if there are not as many.
    pub(super) fn get(&self, file: LookupFile) -> &str {
        match file {
            LookupFile::Index => &self.index,
            LookupFile::Facets => &self.facets,
            LookupFile::Words(number) => nth(&self.published.words, number),
            LookupFile::Stems(number) => nth(&self.published.stems, number),
            LookupFile::Grams(number) => nth(&self.published.grams, number),
            LookupFile::Claims(number) => nth(&self.claims, number),
        }
    }
}

impl Pages {
    /// Makes the files of the search page, before threads of a pool ask for them.
    pub fn make_lookup(&self) {
        self.lookup_files();
    }

    pub(super) fn lookup_files(&self) -> &Files {
        self.lookup.get_or_init(|| files(self))
    }
}

fn files(pages: &Pages) -> Files {
    let site = &pages.site;
    let claims = site.lookup.claims();
    let published = site.index().publish();
    let blocks: Vec<String> = claims
        .par_chunks(CLAIMS_A_FILE)
        .map(|block| {
            let claims: Vec<Value> = block.iter().map(|at| claim(pages, *at)).collect();
            json!({"claims": claims}).to_string()
        })
        .collect();
    let facets = facets(pages, claims).to_string();
    let parts = [&published.words, &published.stems, &published.grams, &blocks];
    let mut all: String = parts.into_iter().flatten().map(|part| sha256(part.as_bytes())).collect();
    all.push_str(&facets);
    all.push_str(&published.rules);
    Files { index: index(pages, &published, &sha256(all.as_bytes())), published, claims: blocks, facets }
}

fn nth(list: &[String], number: usize) -> &str {
    list.get(number).map_or("", String::as_str)
}

/// What every lookup needs first. Names of files carry no hash, so that they differ little between two
/// publications; `digest` tells a browser whether those it keeps are of this one.
fn index(pages: &Pages, published: &Published, digest: &str) -> String {
    let config = &pages.site.config;
    let verdicts: Vec<Value> = config
        .scale
        .verdicts
        .iter()
        .map(|verdict| {
            let labels: BTreeMap<&str, &str> =
                config.langs().map(|lang| (config.code(lang), verdict.label.get(lang))).collect();
            json!({"id": verdict.id, "tone": verdict.tone.name(), "label": labels})
        })
        .collect();
    let known = json!({
        "version": 1,
        "digest": digest.get(..16),
        "claims": pages.site.lookup.claims().len(),
        "block": CLAIMS_A_FILE,
        "shards": {
            "words": published.words.len(),
            "stems": published.stems.len(),
            "grams": published.grams.len(),
        },
        "languages": config.langs().map(|lang| config.code(lang)).collect::<Vec<_>>(),
        "verdicts": verdicts,
    });
    let known = known.to_string();
    // The rules are JSON already.
    let rules = if published.rules.is_empty() { "null" } else { &published.rules };
    format!("{},\"rules\":{rules}}}", known.strip_suffix('}').unwrap_or_default())
}

/// What a list of results shows of a claim. Verdict and language are named, not numbered: a page that was
/// opened before the scale changed must not show another verdict for it.
fn claim(pages: &Pages, at: ClaimRef) -> Value {
    let site = &pages.site;
    let (article, claim) = (site.article_of(at), site.claim(at));
    let notice = match article.status {
        Status::Draft => Some("draft"),
        _ if article.date.is_after(&site.now) => Some("scheduled"),
        _ => None,
    };
    let mut value = json!({
        "href": pages.href(&site.claim_path(at)),
        "claim": claim.claim,
        "verdict": site.config.scale.verdicts.get(claim.verdict).map(|verdict| &verdict.id),
        "date": site.checked_on(at).to_string(),
        "language": site.config.code(article.lang),
    });
    if claim.claimant.is_some() {
        value["claimant"] = site.claimant_name(at).into();
    }
    if let Some(notice) = notice {
        value["notice"] = notice.into();
    }
    value
}

/// What claims are filtered by, a column each, in the order of the index; numbers are places in the lists
/// of names beside them. A name that only one claim has filters nothing.
fn facets(pages: &Pages, claims: &[ClaimRef]) -> Value {
    let site = &pages.site;
    let mut claimants = Names::default();
    let mut topics = Names::default();
    for at in claims {
        let article = site.article_of(*at);
        claimants.add(site.claimant_name(*at));
        for topic in &article.topics {
            topics.add(site.topic_label(topic, article.lang));
        }
    }
    let (claimants, topics) = (claimants.numbered(), topics.numbered());
    let each = |value: &dyn Fn(ClaimRef) -> Value| claims.iter().map(|at| value(*at)).collect::<Vec<_>>();
    json!({
        "verdicts": site.config.scale.verdicts.iter().map(|verdict| &verdict.id).collect::<Vec<_>>(),
        "languages": site.config.langs().map(|lang| site.config.code(lang)).collect::<Vec<_>>(),
        "claimants": claimants.keys().collect::<Vec<_>>(),
        "topics": topics.keys().collect::<Vec<_>>(),
        "verdict": each(&|at| site.verdict_of(at).into()),
        "year": each(&|at| site.checked_on(at).year().into()),
        "language": each(&|at| site.article_of(at).lang.index().into()),
        "claimant": each(&|at| claimants.get(site.claimant_name(at)).map_or(json!(-1), |n| json!(n))),
        "topic": each(&|at| {
            let article = site.article_of(at);
            let labels = article.topics.iter().map(|topic| site.topic_label(topic, article.lang));
            labels.filter_map(|label| topics.get(label).copied()).collect::<Vec<_>>().into()
        }),
    })
}

/// How often each name occurs.
#[derive(Default)]
struct Names<'n>(BTreeMap<&'n str, usize>);

impl<'n> Names<'n> {
    fn add(&mut self, name: &'n str) {
        if !name.is_empty() {
            *self.0.entry(name).or_default() += 1;
        }
    }

    /// The names that occur more than once, with their places in order.
    fn numbered(self) -> BTreeMap<&'n str, usize> {
        let often = self.0.into_iter().filter(|(_, count)| *count > 1);
        often.enumerate().map(|(number, (name, _))| (name, number)).collect()
    }
}
