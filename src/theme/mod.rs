//! The theme: templates, static files and words, compiled in and overridden file by file.

mod files;
mod words;

pub use files::{StaticFile, Template};
pub use words::Words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Config, Lang};
use crate::diagnostic::Diagnostic;

/// A theme, complete.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Templates by name (`claim.html`, `components/date.html`).
    pub templates: BTreeMap<String, Template>,
    /// Static files by name (`assets/style.css`).
    pub statics: BTreeMap<String, StaticFile>,
    /// The words of each language, by [`Lang`].
    pub words: Vec<Words>,
}

/// Reads the theme: the built-in one, with the site's own files laid over it.
pub fn read(root: &Path, config: &Config) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let templates = files::templates(root, &mut diagnostics);
    let statics = files::statics(root, &mut diagnostics);
    let words = words::read(root, config, &mut diagnostics);
    (Theme { templates, statics, words }, diagnostics)
}

impl Theme {
    /// The size of each static file in bytes, by its name.
    pub fn static_sizes(&self) -> Vec<(String, u64)> {
        self.statics.iter().map(|(name, file)| (name.clone(), file.bytes.len() as u64)).collect()
    }

    /// The static files: their path on the site and their name, for the plan.
    pub fn static_paths(&self) -> Vec<(String, String)> {
        self.statics.iter().map(|(name, file)| (file.path.clone(), name.clone())).collect()
    }

    /// The files of the site that it was read from, by their path from the root.
    pub fn own_paths(&self) -> impl Iterator<Item = String> {
        let templates = self.templates.values().filter(|template| template.own);
        let statics = self.statics.iter().filter(|(_, file)| matches!(file.bytes, Cow::Owned(_)));
        let words = self.words.iter().filter(|words| words.own);
        templates
            .map(|template| template.source.path.clone())
            .chain(statics.map(|(name, _)| format!("static/{name}")))
            .chain(words.map(|words| words::path(&words.code)))
    }

    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &Words {
        &self.words[lang.index()]
    }
}
