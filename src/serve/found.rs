//! What `check` finds, for editors: in the article they look at, and in the whole site when they ask.

use std::sync::{Arc, Mutex, PoisonError};

use super::live::View;
use crate::check::{Facts, check, check_article};
use crate::content::Article;
use crate::diagnostic::Diagnostic;

/// What was found in the whole site when it was last asked for, and in which version of it.
#[derive(Debug, Default)]
pub(super) struct Found {
    last: Mutex<Option<(u64, Arc<Vec<Diagnostic>>)>>,
}

impl Found {
    /// Everything that is found in the site that is shown. It is looked for once a version.
    pub(super) fn in_site(&self, view: &View) -> Arc<Vec<Diagnostic>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, found)) = last.as_ref()
            && *version == view.version
        {
            return Arc::clone(found);
        }
        let found = Arc::new(look(view, check));
        *last = Some((view.version, Arc::clone(&found)));
        found
    }
}

/// What the rules find that look article by article.
pub(super) fn in_article(view: &View, article: &Article) -> Vec<Diagnostic> {
    look(view, |facts| check_article(facts, article))
}

/// A site with stand-ins for what could not be read says nothing of the desk.
fn look(view: &View, find: impl FnOnce(Facts<'_>) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !view.is_good() {
        return Vec::new();
    }
    let statics = view.ready.pages.theme.static_sizes();
    find(Facts { site: view.ready.site(), plan: view.ready.plan(), statics: &statics })
}
