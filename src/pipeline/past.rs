//! The desk as it was at a commit, brought the same way through the house as the desk of today.

use std::path::Path;

use jiff::Timestamp;

use super::{Desk, Ready, prepare, read};
use crate::check::ledger::{self, State};
use crate::diagnostic::Diagnostic;
use crate::revision::{Failed, Revision};
use crate::site::Showing;

/// What of the record that was published at the commit `rev` was changed without a word. `ready` must
/// have been prepared from `desk` without drafts.
///
/// # Errors
/// If the commit cannot be had.
pub fn since(rev: &str, root: &Path, desk: &Desk, ready: &Ready) -> Result<Vec<Diagnostic>, Failed> {
    compare(&Revision::open(root, rev)?, None, desk, ready)
}

/// As [`since`], for a commit of which the site was made at the moment `made`, so that what had appeared
/// by then counts as published.
///
/// # Errors
/// As [`since`].
pub fn since_published(
    rev: &str,
    made: Timestamp,
    root: &Path,
    desk: &Desk,
    ready: &Ready,
) -> Result<Vec<Diagnostic>, Failed> {
    compare(&Revision::open(root, rev)?, Some(made), desk, ready)
}

fn compare(
    revision: &Revision,
    made: Option<Timestamp>,
    desk: &Desk,
    ready: &Ready,
) -> Result<Vec<Diagnostic>, Failed> {
    let commit = revision.commit.short();
    let nothing = |why: &str| Ok(ledger::nothing_to_compare(ready.site(), commit, why));
    if !revision.has_desk {
        return nothing("there was no `site.yaml` in this folder, nor in one that is gone");
    }
    let before = match read(revision.folder(), None) {
        Ok(before) => before,
        Err(problem) => return nothing(&problem.message),
    };
    // What was still to come at that moment was not published.
    let now = made.unwrap_or(revision.commit.time).to_zoned(before.config.timezone.clone());
    let was = prepare(&before, &Showing { now, drafts: false, future: false }, None);
    let past = ledger::Past {
        commit,
        state: state(&before, &was),
        problems: &was.diagnostics,
        elsewhere: &revision.elsewhere,
    };
    Ok(ledger::compare(&past, state(desk, ready)))
}

fn state<'s>(desk: &'s Desk, ready: &'s Ready) -> State<'s> {
    State { site: ready.site(), plan: ready.plan(), read: &desk.read }
}
