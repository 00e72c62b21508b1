//! The levels of the rules of `check`.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, Spot, one_of};

/// The level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Level {
    Allow,
    Warn,
    Deny,
}

pub(super) const LEVELS: &[(&str, Level)] =
    &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

/// Reads `checks`: levels by rule.
pub(super) fn read(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<BTreeMap<Code, Level>> {
    let mut levels = BTreeMap::new();
    for (name, level) in decoder.entries(node, at)? {
        let here = at.key(name);
        let level = one_of(decoder, level, &here, LEVELS);
        match Code::rule(name) {
            Some(rule) => levels.extend(level.map(|level| (rule, level))),
            None => {
                let (message, help) = Code::no_rule(name);
                decoder.problem_on(Code::UnknownRule, &here, Spot::Key, message, |d| d.help(help));
            }
        }
    }
    Some(levels)
}
