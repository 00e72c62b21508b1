//! `translation-lacks`: a translation is the same check in other words.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::check::addresses::key;
use crate::check::{Facts, Find, Rule, at};
use crate::config::Lang;
use crate::content::{Article, Claim};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Position;
use crate::yaml::{Part, clip};

pub(super) const RULE: Rule = Rule { code: Code::TranslationLacks, find: Find::Article(find) };

fn find(facts: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    let site = facts.site;
    if article.lang == Lang::MAIN {
        return;
    }
    let Some(Position::Article(index)) = site.document(&article.key, Lang::MAIN) else {
        return;
    };
    let original = &site.articles[index];
    let mut say = |path: &[Part], other: &[Part], message: String, help: String| {
        found.push(
            at(Code::TranslationLacks, article, path, message)
                .other(&original.yaml.source, original.span(other), "in the main language")
                .help(help),
        );
    };
    if article.date.date != original.date.date {
        let path = [Part::key("date")];
        let message =
            format!("the original is of {}, its translation of {}", original.date.date, article.date.date);
        say(
            &path,
            &path,
            message,
            format!("write `date: {}`; a later change is told by `updated`", original.date.iso()),
        );
    }
    let days =
        |article: &Article| article.corrections.iter().map(|correction| correction.date).collect::<Vec<_>>();
    if days(article) != days(original) {
        // Where there are none, the title stands for the article.
        let place = |article: &Article| {
            let key = if article.corrections.is_empty() { "title" } else { "corrections" };
            [Part::key(key)]
        };
        let message = "the original and its translation have other corrections".to_owned();
        say(
            &place(article),
            &place(original),
            message,
            "tell every correction in both languages, with \
            the same date"
                .to_owned(),
        );
    }
    let by_id = |article: &'_ Article| -> FxHashMap<String, usize> {
        article.claims.iter().enumerate().map(|(index, claim)| (claim.id.clone(), index)).collect()
    };
    let (own, first) = (by_id(article), by_id(original));
    for claim in &original.claims {
        if !own.contains_key(&claim.id) {
            let message = format!("the original checks `{}`, its translation does not", claim.id);
            let help = "repeat the claim with its id, verdict and sources".to_owned();
            let place = if article.claims.is_empty() { "title" } else { "claims" };
            say(&[Part::key(place)], &claim.path(&[Part::key("id")]), message, help);
        }
    }
    for claim in &article.claims {
        let path = claim.path(&[Part::key("id")]);
        let Some(main) = first.get(&claim.id).map(|index| &original.claims[*index]) else {
            let message = format!("the translation checks `{}`, its original does not", claim.id);
            let place = if original.claims.is_empty() { "title" } else { "claims" };
            say(&path, &[Part::key(place)], message, "check it in the main language too".to_owned());
            continue;
        };
        if claim.claimed_on != main.claimed_on {
            let key = [Part::key("claimed_on")];
            let help =
                main.claimed_on.map_or("leave it out in both, or give it in both".to_owned(), |date| {
                    format!("one of the two is wrong; the original says `claimed_on: {date}`")
                });
            let message = "the claim was made on another day in the main language".to_owned();
            say(&claim.path(&key), &main.path(&key), message, help);
        }
        if let Some(message) = sources(main, claim) {
            let key = [Part::key("sources")];
            let help = "cite the same evidence in both languages".to_owned();
            say(&claim.path(&key), &main.path(&key), message, help);
        }
    }
}

/// How the sources of a claim and of its translation differ.
fn sources(main: &Claim, other: &Claim) -> Option<String> {
    if main.sources.iter().map(|source| &source.url).eq(other.sources.iter().map(|source| &source.url)) {
        return None;
    }
    let keys = |claim: &Claim| -> BTreeSet<String> {
        claim.sources.iter().filter_map(|source| source.url.as_deref()).map(key).collect()
    };
    let (first, own) = (keys(main), keys(other));
    let lacking = first
        .difference(&own)
        .next()
        .map(|url| format!("`{}` is cited by the original, but not here", clip(url)));
    let added =
        || own.difference(&first).next().map(|url| format!("`{}` is not cited by the original", clip(url)));
    let counted = || {
        (main.sources.len() != other.sources.len()).then(|| {
            format!(
                "the original cites {} sources, its translation {}",
                main.sources.len(),
                other.sources.len()
            )
        })
    };
    lacking.or_else(added).or_else(counted)
}
