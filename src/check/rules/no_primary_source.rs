//! `no-primary-source`: a check that only repeats what others wrote is no check.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::NoPrimarySource, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in article.claims.iter().filter(|claim| !claim.sources.iter().any(|source| source.primary)) {
        let path = [Part::key("sources")];
        let message = "none of these sources is marked as first-hand";
        found.push(
            at_claim(Code::NoPrimarySource, article, claim, &path, message)
                .help("add the document, the data or the person the matter is about, with `primary: true`"),
        );
    }
}
