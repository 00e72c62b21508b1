//! `lost-source`: what a published verdict stood on must stay in sight.

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::{same, shown};
use crate::content::{Evidence, EvidenceFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::LostSource, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    for (pair, old, new) in c.whole_pairs() {
        let mut lost = old.sources.iter().filter(|old| !new.sources.iter().any(|new| is_same(old, new))).peekable();
        if lost.peek().is_none() || c.is_told_at_all(pair) {
            continue;
        }
        for source in lost {
            let place = source.url.as_deref().map(|url| format!(" ({})", shown(url))).unwrap_or_default();
            let message = format!(
                "the source \"{}\"{place} of `{}` was there at {} and is gone",
                shown(&source.title),
                new.id,
                c.past.commit
            );
            let diagnostic = c.at_claim(RULE.code, pair.new, &[Part::key("sources")], message);
            found.push(
                diagnostic
                    .help(format!("put it back, or {}", c.correction_to_add(&new.id)))
                    .help("a source that no longer answers stays, with an `archived` copy"),
            );
        }
    }
}

/// Whether one source is the other: it may have moved, or been called by another title.
fn is_same(old: &Evidence, new: &Evidence) -> bool {
    let equal = |old: &Option<String>, new: &Option<String>| old.is_some() && old == new;
    let name = |file: &EvidenceFile| file.path.rsplit('/').next().map(str::to_owned);
    equal(&old.url, &new.url)
        || equal(&old.archived, &new.archived)
        || equal(&old.file.as_ref().and_then(name), &new.file.as_ref().and_then(name))
        || same(&old.title, &new.title)
}
