//! `reworded-finding`: a finding may be put more clearly, but not turned into another one unseen.

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::{same, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::RewordedFinding, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    for (pair, old, new) in c.whole_pairs() {
        if old.finding.is_empty() || same(&old.finding, &new.finding) || c.is_told_at_all(pair) {
            continue;
        }
        let message = format!(
            "the finding on `{}` read \"{}\" at {}, and no new correction tells readers",
            new.id,
            shown(&old.finding),
            c.past.commit
        );
        let diagnostic = c.at_claim(RULE.code, pair.new, &[Part::key("finding")], message);
        found.push(diagnostic.help(format!("if it says something else now, {}", c.correction_to_add(&new.id))));
    }
}
