//! `reworded-claim`: a verdict was given on these words of this person, and on no others.

use super::LedgerRule;
use super::comparison::{Comparison, Pair};
use super::words::{same, shown};
use crate::content::{Claim, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::RewordedClaim, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    for (pair, old, new) in c.whole_pairs() {
        let reworded = !old.claim.is_empty() && !same(&old.claim, &new.claim);
        let claimant = claimant(c, pair, old, new);
        if !(reworded || claimant.is_some()) || c.is_told(pair) {
            continue;
        }
        let mut say = |key: &str, message: String| {
            found.push(
                c.at_claim(RULE.code, pair.new, &[Part::key(key)], message)
                    .help(c.correction_to_add(&new.id))
                    .help("if it is another claim, give it an id of its own and keep the old one"),
            );
        };
        if reworded {
            let message = format!(
                "the claim `{}` read \"{}\" at {}, and no new correction tells readers",
                new.id,
                shown(&old.claim),
                c.past.commit
            );
            say("claim", message);
        }
        if let Some(name) = claimant {
            let message = format!(
                "the claim `{}` was {}'s at {}, and no new correction tells readers",
                new.id,
                shown(name),
                c.past.commit
            );
            say("claimant", message);
        }
    }
}

/// The claimant of then, if today's is another one. To name one where nobody was named contradicts
/// nothing that readers were told.
fn claimant<'c>(c: &Comparison<'c>, pair: Pair, old: &'c Claim, new: &Claim) -> Option<&'c str> {
    let was = old.claimant.as_ref()?;
    // The name in a person's own file may be put right.
    if let (Party::Named(old), Some(Party::Named(new))) = (was, &new.claimant)
        && old == new
    {
        return None;
    }
    let name = c.before.site.name_of(was, c.before.site.article_of(pair.old).lang);
    let lang = c.now.site.article_of(pair.new).lang;
    let is = new.claimant.as_ref().map(|party| c.now.site.name_of(party, lang));
    is.is_none_or(|is| !same(name, is)).then_some(name)
}
