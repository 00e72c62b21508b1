//! `claimed-after-check`: a claim is made first and checked then.

use crate::check::{Facts, Find, Rule, at_claim, last_day};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::ClaimedAfterCheck, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        let (last, key) = last_day(article, claim);
        let Some(date) = claim.claimed_on.filter(|date| *date > last) else {
            continue;
        };
        let message = format!("the claim was made on {date}, but checked by {last}");
        found.push(
            at_claim(Code::ClaimedAfterCheck, article, claim, &[Part::key("claimed_on")], message)
                .other(&article.yaml.source, article.span(&[Part::key(key)]), "the check is of this day")
                .help(
                    "one of the two dates is wrong; for a claim that came back, give the day it was \
                    first made",
                ),
        );
    }
}
