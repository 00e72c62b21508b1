//! `altered-correction`: a correction is a promise to readers that the mistake stays on record.

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::{quoted, same, shown};
use crate::check::at;
use crate::content::{Article, Correction};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::AlteredCorrection, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    for (index, article) in c.before.site.articles.iter().enumerate() {
        let heirs: Vec<&Article> = c.heirs(index).iter().map(|heir| &*c.now.site.articles[*heir]).collect();
        // With the article its corrections are gone; that is another rule's.
        let Some(first) = heirs.first().filter(|_| heirs.iter().all(|heir| c.is_whole(heir))) else {
            continue;
        };
        for old in &article.corrections {
            if heirs.iter().any(|heir| heir.corrections.iter().any(|new| c.says_same(old, new))) {
                continue;
            }
            let altered = heirs.iter().find_map(|heir| Some((*heir, altered(c, article, heir, old)?)));
            let said = format!("the correction of {} said at {}: \"{}\"", old.date, c.past.commit, shown(&old.note));
            let claim = old.claim.as_deref().map(|id| format!(", claim: {id}")).unwrap_or_default();
            let help = format!(
                "put it back into `corrections`: `- {{date: {}{claim}, note: {}}}`",
                old.date,
                quoted(&old.note)
            );
            found.push(match altered {
                Some((heir, (new, key))) => {
                    let path = [Part::key("corrections"), Part::Index(new.index), Part::key(key)];
                    at(RULE.code, heir, &path, format!("{said}; it has another {key} now"))
                        .help(help)
                        .help("what was wrong with a correction is told by a further one")
                }
                None => at(RULE.code, first, &[Part::key("corrections")], format!("{said}; it was removed")).help(help),
            });
        }
    }
}

/// The correction of today that seems to have been this one, and what is different.
fn altered<'n>(
    c: &Comparison<'_>,
    before: &Article,
    now: &'n Article,
    old: &Correction,
) -> Option<(&'n Correction, &'static str)> {
    let fresh = || now.corrections.iter().filter(|new| !before.corrections.iter().any(|old| c.says_same(old, new)));
    let by_note = fresh().find(|new| same(&new.note, &old.note));
    let by_day = || fresh().find(|new| new.date == old.date && new.claim == old.claim);
    let new = by_note.or_else(by_day)?;
    let key = match new {
        new if !same(&new.note, &old.note) => "note",
        new if new.date != old.date => "date",
        _ => "claim",
    };
    Some((new, key))
}
