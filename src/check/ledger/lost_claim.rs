//! `lost-claim`: others cite the address of a claim; what the desk found there must not vanish.

use super::LedgerRule;
use super::comparison::Comparison;
use super::lost_address::{is_there, withdraw};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Recipe;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::LostClaim, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    if !c.can_be_lost() {
        return;
    }
    for route in c.before.plan.routes() {
        let Recipe::Claim(at) = route.recipe else {
            continue;
        };
        if is_there(c, &route.path) || c.remains(at) {
            continue;
        }
        let claim = c.before.site.claim(at);
        let message = format!("the claim `{}` was published at {} and is gone", claim.id, c.past.commit);
        found.push(
            c.gone(RULE.code, at.article, Some(claim), "claims", message)
                .help(withdraw(c, "it in an article"))
                .help(format!("or lead readers on, in the article that takes its place: `aliases: [{}]`", route.path)),
        );
    }
}
