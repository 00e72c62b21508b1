//! `unanchored-claim`: readers want to see which words a verdict is about.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::UnanchoredClaim, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in article.claims.iter().filter(|claim| claim.quote.is_none()) {
        found.push(
            at_claim(
                Code::UnanchoredClaim,
                article,
                claim,
                &[Part::key("claim")],
                "this claim stands on no words of the article",
            )
            .help("add `quote: \"...\"` with the exact words of the text in which the claim is told"),
        );
    }
}
