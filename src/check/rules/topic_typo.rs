//! `topic-typo`: one letter too many, and an article is missing from its topic.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::check::{Facts, Find, Rule, at};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::slug;
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::TopicTypo, find: Find::Site(find) };

/// From how many articles on a topic counts as meant.
const OFTEN: usize = 3;
/// Shorter topics differ by a letter without being the same.
const SHORTEST: usize = 5;

struct Use<'s> {
    times: usize,
    first: (&'s Article, usize),
}

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    for lang in facts.site.config.langs() {
        let mut topics: BTreeMap<String, Use<'_>> = BTreeMap::new();
        for article in facts.site.articles.iter().rev().filter(|article| article.lang == lang) {
            for (index, topic) in article.topics.iter().enumerate() {
                let known = topics.entry(slug(topic)).or_insert(Use { times: 0, first: (article, index) });
                known.times += 1;
            }
        }
        one_language(facts, &topics, found);
    }
}

fn one_language(facts: Facts<'_>, topics: &BTreeMap<String, Use<'_>>, found: &mut Vec<Diagnostic>) {
    // Two words that are one edit apart become the same when a letter or none is left out of each.
    let mut often: FxHashMap<String, &str> = FxHashMap::default();
    for (topic, _) in topics.iter().filter(|(_, known)| known.times >= OFTEN) {
        often.extend(shortened(topic).map(|form| (form, topic.as_str())));
    }
    if often.is_empty() {
        return;
    }
    for (topic, known) in topics.iter().filter(|(_, known)| known.times == 1) {
        // What the settings name is meant.
        if topic.chars().count() < SHORTEST || facts.site.config.topics.contains_key(topic) {
            continue;
        }
        let close = shortened(topic).filter_map(|form| often.get(form.as_str()).copied());
        let Some(meant) = close.filter(|meant| is_slip(topic, meant)).min() else {
            continue;
        };
        let (article, index) = known.first;
        let written = &article.topics[index];
        let path = [Part::key("topics"), Part::Index(index)];
        let message =
            format!("no other article has the topic `{written}`, but {} have `{meant}`", topics[meant].times);
        found.push(at(Code::TopicTypo, article, &path, message).help(format!(
            "write `{meant}`; if `{written}` is meant, give it a label below `topics` \
                    in site.yaml"
        )));
    }
}

/// A word, and the word without each of its letters.
fn shortened(word: &str) -> impl Iterator<Item = String> {
    let without = word.char_indices().map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]));
    std::iter::once(word.to_owned()).chain(without)
}

/// Whether one letter was added, left out, changed or changed places with its neighbour. Digits
/// are no slip: `pemilu-2024` is not `pemilu-2029`.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    if one.iter().chain(other).any(char::is_ascii_digit) {
        return false;
    }
    match (one, other) {
        ([] | [_], [_]) | ([_], []) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}
