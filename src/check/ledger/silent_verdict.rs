//! `silent-verdict`: who shared the old verdict must be able to see that it no longer stands.

use super::LedgerRule;
use super::comparison::Comparison;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::SilentVerdict, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    if !c.has_scales() {
        return;
    }
    for (pair, old, new) in c.whole_pairs() {
        let Some(was) = c.given(pair.old).filter(|was| !c.is_same(was, new.verdict)) else {
            continue;
        };
        let recorded = new.history.iter().any(|past| {
            let known = old.history.iter().any(|other| {
                other.date == past.date
                    && c.past_verdict(other.verdict).is_some_and(|other| c.is_same(&other, past.verdict))
            });
            !known && c.is_same(&was, past.verdict)
        });
        let told = c.is_told(pair);
        let missing = match (recorded, told) {
            (true, true) => continue,
            (false, false) => "neither its history nor a correction says so",
            (false, true) => "its history does not keep the old one",
            (true, false) => "no new correction tells readers",
        };
        let (id, commit, now) = (&new.id, c.past.commit, c.id(new.verdict));
        let message = if was.id == now {
            format!("the verdict `{now}` of `{id}` has the label now that another had at {commit}, but {missing}")
        } else {
            format!("the verdict of `{id}` was `{}` at {commit} and is `{now}` now, but {missing}", was.id)
        };
        let mut diagnostic = c.at_claim(RULE.code, pair.new, &[Part::key("verdict")], message);
        if !recorded {
            let entry = format!("{{date: {}, verdict: {}}}", c.before.site.checked_on(pair.old), c.id_today(&was));
            diagnostic = diagnostic.help(if new.history.is_empty() {
                format!("add to the claim: `history: [{entry}]`")
            } else {
                format!("add to its `history`: `- {entry}`")
            });
        }
        if !told {
            diagnostic = diagnostic.help(c.correction_to_add(&new.id));
        }
        found.push(diagnostic);
    }
}
