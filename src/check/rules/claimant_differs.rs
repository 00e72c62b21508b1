//! `claimant-differs`: who made a claim must be known from one mention to the next.

use rustc_hash::FxHashMap;

use crate::check::addresses::same_page;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Claim, Description, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::ClaimantDiffers, find: Find::Site(find) };

type First<'s> = (&'s Article, &'s Claim, &'s Description);

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let mut known: FxHashMap<&str, First<'_>> = FxHashMap::default();
    // Oldest first: the newer of two is the one to look at.
    for article in facts.site.articles.iter().rev() {
        for claim in &article.claims {
            let Some(Party::Described(own)) = &claim.claimant else {
                continue;
            };
            let first = *known.entry(own.name.as_str()).or_insert((article, claim, own));
            let Some((key, words)) = difference(first.2, own) else {
                continue;
            };
            let path = [Part::key("claimant"), Part::key(key)];
            let message = format!("`{}` {words} here than where it was first named", own.name);
            found.push(
                at_claim(Code::ClaimantDiffers, article, claim, &path, message)
                    .other(&first.0.yaml.source, first.0.span(&first.1.path(&path)), "first named here")
                    .help(
                        "describe them once, in a file below `content/people`, and write its name as \
                        the claimant; if they are two, tell them apart by name",
                    ),
            );
        }
    }
}

/// What two descriptions cannot both say of the same one.
fn difference(first: &Description, other: &Description) -> Option<(&'static str, &'static str)> {
    if first.kind.is_some() && other.kind.is_some() && first.kind != other.kind {
        return Some(("type", "is of another type"));
    }
    let both = !first.same_as.is_empty() && !other.same_as.is_empty();
    let disjoint =
        both && !first.same_as.iter().any(|one| other.same_as.iter().any(|two| same_page(one, two)));
    disjoint.then_some(("same_as", "has other addresses"))
}
