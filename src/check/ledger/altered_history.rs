//! `altered-history`: a history that can be rewritten is none.

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::{quoted, same};
use crate::content::{Claim, PastVerdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::AlteredHistory, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    if !c.has_scales() {
        return;
    }
    for (pair, old, new) in c.whole_pairs() {
        for past in &old.history {
            let Some(was) = c.past_verdict(past.verdict) else {
                continue;
            };
            let verdict = |other: &PastVerdict| c.is_same(&was, other.verdict);
            // A reason may be added where there was none.
            let reason = |other: &PastVerdict| match (&past.reason, &other.reason) {
                (Some(one), Some(other)) => same(one, other),
                (one, _) => one.is_none(),
            };
            // So may a copy of the page as it was; another copy may show another page.
            let copy = |other: &PastVerdict| past.archived.is_none() || past.archived == other.archived;
            let is_kept =
                |other: &PastVerdict| other.date == past.date && verdict(other) && reason(other) && copy(other);
            if new.history.iter().any(is_kept) {
                continue;
            }
            let on_the_day = new.history.iter().find(|other| other.date == past.date);
            let (place, what) = match on_the_day.or_else(|| stranger(old, new, &verdict)) {
                Some(other) if !verdict(other) => (Some((other, "verdict")), "verdict"),
                Some(other) if other.date != past.date => (Some((other, "date")), "date"),
                Some(other) if !reason(other) => (Some((other, "reason")), "reason"),
                Some(other) => (Some((other, "archived")), "archived copy"),
                None => (None, ""),
            };
            let path = match place {
                Some((other, key)) => vec![Part::key("history"), Part::Index(other.index), Part::key(key)],
                None => vec![Part::key("history")],
            };
            let message = match place {
                Some(_) => format!(
                    "the history of `{}` gave `{}` from {} at {}; it has another {what} now",
                    new.id, was.id, past.date, c.past.commit
                ),
                None => format!(
                    "the history of `{}` gave `{}` from {} at {}; that was removed",
                    new.id, was.id, past.date, c.past.commit
                ),
            };
            let given = past.reason.as_deref().map(|reason| format!(", reason: {}", quoted(reason)));
            let copied = past.archived.as_deref().map(|copy| format!(", archived: {}", quoted(copy)));
            found.push(c.at_claim(RULE.code, pair.new, &path, message).help(format!(
                "put it back into `history`: `- {{date: {}, verdict: {}{}{}}}`",
                past.date,
                was.id,
                given.unwrap_or_default(),
                copied.unwrap_or_default()
            )));
        }
    }
}

/// An entry of this verdict on a day that the history did not have.
fn stranger<'n>(
    old: &Claim,
    new: &'n Claim,
    verdict: &dyn Fn(&PastVerdict) -> bool,
) -> Option<&'n PastVerdict> {
    new.history.iter().find(|other| verdict(other) && !old.history.iter().any(|past| past.date == other.date))
}
