//! `few-sources`: what two sources say who do not know of each other is seldom wrong.

use crate::check::cited::has_independent_sources;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::FewSources, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in article.claims.iter().filter(|claim| !claim.sources.is_empty()) {
        if has_independent_sources(claim) {
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
