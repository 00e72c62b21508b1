//! `evidence-is-appearance`: what is under check cannot prove itself.

use crate::check::addresses::key;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Stance};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::EvidenceIsAppearance, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in article.claims.iter().filter(|claim| !claim.appearances.is_empty()) {
        let places: Vec<String> = claim.appearances.iter().map(|place| key(&place.url)).collect();
        for (index, source) in claim.sources.iter().enumerate() {
            let Some(url) = source.url.as_deref().filter(|_| source.stance != Some(Stance::Context)) else {
                continue;
            };
            let own = key(url);
            let Some(place) = places.iter().position(|place| *place == own) else {
                continue;
            };
            let path = |list, index| [Part::key(list), Part::Index(index), Part::key("url")];
            let other = claim.path(&path("appearances", place));
            let message = "the place where the claim was made is no evidence for or against it";
            found.push(
                at_claim(Code::EvidenceIsAppearance, article, claim, &path("sources", index), message)
                    .other(&article.yaml.source, article.span(&other), "the claim was made here")
                    .help(
                        "cite what shows whether it holds; if it only shows that it was said, write \
                        `stance: context`",
                    ),
            );
        }
    }
}
