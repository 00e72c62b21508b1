//! `duplicate-claim-words`: one claim has one page, however often it comes back.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use crate::check::letters::letters;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Claim};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::DuplicateClaimWords, find: Find::Site(find) };

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let mut known: FxHashMap<u64, (&Article, &Claim)> = FxHashMap::default();
    known.reserve(facts.site.claim_count());
    // Oldest first: the newer of two is the one to change.
    for article in facts.site.articles.iter().rev() {
        for claim in &article.claims {
            let mut hasher = FxHasher::default();
            article.lang.hash(&mut hasher);
            letters(&claim.claim).for_each(|c| c.hash(&mut hasher));
            let first = *known.entry(hasher.finish()).or_insert((article, claim));
            let is_other = !std::ptr::eq(first.1, claim) && first.0.lang == article.lang;
            if !is_other || !letters(&first.1.claim).eq(letters(&claim.claim)) {
                continue;
            }
            let path = [Part::key("claim")];
            let message = format!("these are the words of the claim `{}`", first.1.id);
            found.push(
                at_claim(Code::DuplicateClaimWords, article, claim, &path, message)
                    .other(&first.0.yaml.source, first.0.span(&first.1.path(&path)), "checked before")
                    .help(format!(
                        "if it is the same claim, put `{{claim: {}, quote: \"...\"}}` below `mentions` \
                            instead; if not, say how it differs",
                        first.1.id
                    )),
            );
        }
    }
}
