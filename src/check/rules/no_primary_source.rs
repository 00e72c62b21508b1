//! `no-primary-source`: a check that only repeats what others wrote is no check.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Claim};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::NoPrimarySource, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    // That a claim has no sources at all is an error of its own, and one mistake.
    let has_sources = |claim: &&Claim| !claim.sources.is_empty();
    for claim in article.claims.iter().filter(has_sources) {
        if claim.sources.iter().any(|source| source.primary) {
            continue;
        }
        let path = [Part::key("sources")];
        let message = "none of these sources is marked as first-hand";
        found.push(
            at_claim(Code::NoPrimarySource, article, claim, &path, message)
                .help("add the document, the data or the person the matter is about, with `primary: true`"),
        );
    }
}
