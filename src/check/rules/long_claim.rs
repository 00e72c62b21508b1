//! `long-claim`: longer claims are cut off where results are listed.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::LongClaim, find: Find::Article(find) };

/// The most characters Google asks for in `claimReviewed`.
const MOST: usize = 75;

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    // A text has at most as many characters as bytes.
    for claim in article.claims.iter().filter(|claim| claim.claim.len() > MOST) {
        let count = claim.claim.chars().count();
        if count > MOST {
            let message = format!(
                "the claim has {count} characters; more than {MOST} are cut off in \
                lists of results"
            );
            found.push(
                at_claim(Code::LongClaim, article, claim, &[Part::key("claim")], message)
                    .help("say it in one short sentence; what it was said with belongs into the article"),
            );
        }
    }
}
