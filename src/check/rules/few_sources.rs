//! `few-sources`: what two sources say who do not know of each other is seldom wrong.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Evidence};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::FewSources, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in article.claims.iter().filter(|claim| !claim.sources.is_empty()) {
        let is_named = |source: &&Evidence| source.publisher.is_some() || source.host.is_some();
        let mut named = claim.sources.iter().filter(is_named);
        let is_enough = named.next().is_some_and(|first| named.any(|other| independent(first, other)));
        if is_enough {
            continue;
        }
        let message = match claim.sources.len() {
            1 => "this is the only source of the claim",
            _ => "these sources are not independent of each other",
        };
        found.push(at_claim(Code::FewSources, article, claim, &[Part::key("sources")], message).help(
            "add a source of another publisher: `- {title: \"...\", publisher: \"...\", url: \
                    \"https://...\"}`",
        ));
    }
}

/// Whether two sources come from two houses: by what is said of their publishers, otherwise by
/// their hosts.
fn independent(one: &Evidence, other: &Evidence) -> bool {
    match (&one.publisher, &other.publisher) {
        (Some(one), Some(other)) => !folded(one).eq(folded(other)),
        _ => one.host.is_none() || one.host != other.host,
    }
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
