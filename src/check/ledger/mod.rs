//! `meja check --since`: what was published at a commit, against what would be published now.
//!
//! A rule of the ledger is one file here, one row of [`LEDGER`] and of the codes, cases and an
//! explanation, as other rules are. It sees two assembled sites and nothing else: claims are compared
//! by their id, everything else by its address, so that files may be renamed, split and moved.

mod comparison;
mod excepted;
mod successor;
mod words;

use super::{level, settle};
use crate::config::Level;
use crate::content::Read;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Plan, Site};
use comparison::Comparison;

macro_rules! ledger {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule of the ledger, in the order of the table of codes.
        pub const LEDGER: &[&LedgerRule] = &[$(&$module::RULE,)*];
    };
}

ledger! {
    silent_verdict
    lost_claim
    lost_address
    altered_history
    altered_correction
    altered_withdrawal
    reworded_claim
    reworded_finding
    lost_source
    redefined_verdict
    not_comparable
}

/// A rule of the ledger.
#[derive(Debug)]
pub struct LedgerRule {
    /// Its name and its usual level.
    pub code: Code,
    find: fn(&Comparison<'_>, &mut Vec<Diagnostic>),
}

/// A desk at one time.
#[derive(Debug, Clone, Copy)]
pub struct State<'s> {
    /// What is shown.
    pub site: &'s Site,
    /// What stands where.
    pub plan: &'s Plan,
    /// All documents, those that are held back too.
    pub read: &'s [Read],
}

/// What a desk had published at a commit.
#[derive(Debug, Clone, Copy)]
pub struct Past<'p> {
    /// The commit's name, as messages show it.
    pub commit: &'p str,
    /// The desk as it was; drafts and what was still to come are left out.
    pub state: State<'p>,
    /// What was wrong with it, by today's rules.
    pub problems: &'p [Diagnostic],
    /// Folders of its content that are kept in another repository.
    pub elsewhere: &'p [String],
}

/// What of the published record was changed without a word, at the levels the desk has set.
pub fn compare(past: &Past<'_>, now: State<'_>) -> Vec<Diagnostic> {
    let comparison = Comparison::new(past, now);
    let mut found = Vec::new();
    for rule in LEDGER.iter().filter(|rule| level(now.site, rule.code) != Level::Allow) {
        (rule.find)(&comparison, &mut found);
    }
    excepted::except(&comparison, &mut found);
    settle(now.site, &mut found);
    found
}

/// What to say of a commit at which there was no desk to compare with.
pub fn nothing_to_compare(now: &Site, commit: &str, why: &str) -> Vec<Diagnostic> {
    let mut found = vec![not_comparable::no_desk(now, commit, why)];
    settle(now, &mut found);
    found
}
