//! Exceptions to the rules of the ledger: each counts for the change that it comes with, and for no later
//! one. One that stood at the commit already would hide whatever comes next.

use rustc_hash::FxHashMap;

use super::LEDGER;
use super::comparison::{Comparison, articles};
use crate::check::at_exception;
use crate::content::{Article, Exception};
use crate::diagnostic::{Code, Diagnostic};

/// Leaves out what articles have an exception for, and complains of exceptions without effect.
pub(super) fn except(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    let mut exceptions: FxHashMap<(String, Code), (&Article, &Exception, bool)> = FxHashMap::default();
    let mut stood = Vec::new();
    for article in articles(c.now.read) {
        let of_ledger = |exception: &&Exception| LEDGER.iter().any(|rule| rule.code == exception.rule);
        for exception in article.exceptions.iter().filter(of_ledger) {
            if c.had_exception(article, exception) {
                stood.push((article, exception));
            } else {
                let key = (article.yaml.source.path.clone(), exception.rule);
                exceptions.insert(key, (article, exception, false));
            }
        }
    }
    found.retain(|diagnostic| match exceptions.get_mut(&(diagnostic.path().to_owned(), diagnostic.code)) {
        Some((_, _, used)) => {
            *used = true;
            false
        }
        None => true,
    });
    let commit = c.past.commit;
    for (article, exception) in stood {
        let message = format!("this exception stood here at {commit} already, so it does not count any more");
        found
            .push(at_exception(article, exception.rule, message).help(
                "remove it: an exception to a rule of the ledger is for the change that it comes with",
            ));
    }
    for (article, exception, _) in exceptions.into_values().filter(|(_, _, used)| !used) {
        let name = exception.rule.name();
        let message = format!("nothing that changed in this article since {commit} breaks the rule `{name}`");
        let diagnostic = at_exception(article, exception.rule, message);
        found.push(diagnostic.help("remove the exception: it would hide the next mistake"));
    }
}
