//! `redefined-verdict`: a line of the settings can change what hundreds of published pages say.

use std::collections::BTreeMap;

use super::LedgerRule;
use super::comparison::Comparison;
use super::words::shown;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Part, Spot};

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::RedefinedVerdict, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    let (before, now) = (&c.before.site.config, &c.now.site.config);
    if !before.whole.scale || !now.whole.scale {
        return;
    }
    let mut published: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, old, _) in c.whole_pairs() {
        *published.entry(old.verdict).or_default() += 1;
    }
    for (verdict, count) in published {
        let Some(old) = before.scale.verdicts.get(verdict) else {
            continue;
        };
        let Some(index) = now.scale.verdicts.iter().position(|new| new.id == old.id) else {
            continue;
        };
        let new = &now.scale.verdicts[index];
        let (key, was) = if let Some(label) = c.other_label(old, new) {
            ("label", format!("was called \"{}\"", shown(label)))
        } else if old.value != new.value {
            ("value", format!("had the value {}", old.value.map_or("none".to_owned(), |value| value.to_string())))
        } else if old.tone != new.tone {
            ("tone", format!("had the tone `{}`", old.tone.name()))
        } else {
            continue;
        };
        let yaml = &now.yaml;
        let span = yaml.find(&[Part::key("ratings"), Part::Index(index), Part::key(key)], Spot::Value);
        let claims = if count == 1 { "1 published claim has".to_owned() } else { format!("{count} published claims have") };
        let message = format!("the verdict `{}` {was} at {}; {claims} it", old.id, c.past.commit);
        found.push(
            Diagnostic::at(RULE.code, &yaml.source, span, message)
                .help("for another meaning, add a verdict with an id of its own")
                .help("if only the words are new, say so on the page about the ratings"),
        );
    }
}
