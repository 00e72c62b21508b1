//! `not-comparable`: what cannot be read cannot be vouched for, and that must be said.

use rustc_hash::FxHashSet;

use super::LedgerRule;
use super::comparison::{Comparison, stand_in};
use crate::content::Document;
use crate::diagnostic::{Code, Diagnostic, any_error};
use crate::site::Site;

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::NotComparable, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    let commit = c.past.commit;
    let settings = c.past.problems.iter().filter(|problem| problem.path() == crate::config::FILE);
    if let Some(problem) = stand_in(settings) {
        let message =
            format!("the settings of {commit} can be read only in part by today's rules: {}", problem.message);
        found.push(Diagnostic::file(RULE.code, crate::config::FILE, message));
    }
    // Links that lead nowhere, or out of what was committed. Of files that were found, more is said below.
    let listed: FxHashSet<&str> = c.before.read.iter().map(|read| read.path.as_str()).collect();
    for problem in c.past.problems {
        let unread = matches!(problem.code, Code::FileUnreadable | Code::SymlinkEscape);
        if let Some(path) = problem.path().strip_prefix("content/").filter(|path| unread && !listed.contains(path)) {
            let message = format!("what stood here at {commit} cannot be read: {}", problem.message);
            found.push(Diagnostic::file(RULE.code, format!("content/{path}"), message));
        }
    }
    for folder in c.past.elsewhere {
        let message = format!("at {commit} this folder was kept in another repository, so what it published is not compared");
        found.push(Diagnostic::file(RULE.code, folder.as_str(), message));
    }
    for read in c.before.read {
        let path = format!("content/{}", read.path);
        let (problem, what) = match &read.document {
            None if any_error(&read.diagnostics) => (read.diagnostics.first(), "cannot be read"),
            Some(Document::Article(_) | Document::Page(_)) => {
                (stand_in(&read.diagnostics), "can be read only in part")
            }
            _ => (None, ""),
        };
        // A draft was not published, whatever is in it.
        let is_held = || c.before.site.held.iter().any(|held| held.path == path);
        if let Some(problem) = problem.filter(|_| !is_held()) {
            let message = format!("what this file said at {commit} {what} by today's rules: {}", problem.message);
            found.push(Diagnostic::file(RULE.code, path.as_str(), message).help(format!("look at it yourself: `git show {commit}:./{path}`")));
        }
    }
}

/// A commit at which there was no desk, or none that can be read.
pub(super) fn no_desk(now: &Site, commit: &str, why: &str) -> Diagnostic {
    let start = now.config.yaml.span.start;
    let message = format!("there is nothing to compare with at {commit}: {why}");
    Diagnostic::at(RULE.code, &now.config.yaml.source, start..start, message)
        .help("name a commit at which the desk was published from this folder")
}
