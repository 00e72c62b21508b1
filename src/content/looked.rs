//! Whose texts were looked at: what is made without looking at a text stays the same when that text changes.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Article;
use super::markdown::Body;

/// Takes note of the articles whose texts somebody looks at. There is no other way to them than [`Article::body`], so nothing
/// can be forgotten.
#[derive(Debug)]
pub struct Looked(Option<RefCell<BTreeSet<String>>>);

impl Looked {
    /// For those who want to know it.
    pub fn noted() -> Self {
        Self(Some(RefCell::default()))
    }

    /// For those who look at all texts anyway.
    pub fn unnoted() -> Self {
        Self(None)
    }

    fn at(&self, article: &Article) {
        if let Some(paths) = &self.0 {
            paths.borrow_mut().insert(article.yaml.source.path.clone());
        }
    }

    /// The files of these articles, sorted.
    pub fn paths(self) -> Vec<String> {
        self.0.map(RefCell::into_inner).unwrap_or_default().into_iter().collect()
    }
}

impl Article {
    /// The text.
    pub fn body(&self, looked: &Looked) -> &Body {
        looked.at(self);
        &self.body
    }

    /// The article without its text: what its front matter says, and what was found out of the files named there.
    #[must_use]
    pub fn front(&self) -> Self {
        Self { yaml: self.yaml.alone(), body: Body::default(), ..self.clone() }
    }
}
