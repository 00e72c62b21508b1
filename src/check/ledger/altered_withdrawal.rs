//! `altered-withdrawal`: what was taken back stays so, for the reason that readers were given.

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::{same, shown};
use crate::check::at;
use crate::content::Status;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::AlteredWithdrawal, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    for (index, old) in c.before.site.articles.iter().enumerate() {
        let (Status::Withdrawn { date, reason }, Some(heir)) = (&old.status, c.heirs(index).first()) else {
            continue;
        };
        let new = &c.now.site.articles[*heir];
        if c.fresh(*heir).next().is_some() || !c.is_whole(new) {
            continue;
        }
        let (path, what) = match &new.status {
            Status::Withdrawn { reason: now, .. } if !same(now, reason) => {
                (vec![Part::key("withdrawn"), Part::key("reason")], "it gives another reason now")
            }
            Status::Withdrawn { date: now, .. } if now != date => {
                (vec![Part::key("withdrawn"), Part::key("date")], "it gives another day now")
            }
            Status::Withdrawn { .. } => continue,
            _ => (vec![Part::key("status")], "it is published again"),
        };
        let message = format!(
            "this article was withdrawn on {date} at {} (\"{}\"); {what}",
            c.past.commit,
            shown(reason)
        );
        found.push(at(RULE.code, new, &path, message).help(format!(
            "tell readers why, in `corrections`: `- {{date: {}, note: \"...\"}}`",
            c.now.site.now.date()
        )));
    }
}
