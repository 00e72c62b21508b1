//! The theme: templates, static files and words, compiled in and overridden file by file.

mod files;
mod misplaced;
mod tokens;
mod words;

pub use files::{STYLE_SHEET, StaticFile, Template, built_in_template};
pub use tokens::Token;
pub use words::Words;

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
    let statics = files::statics(root, config.accent.as_deref(), &mut diagnostics);
    let words = words::read(root, config, &mut diagnostics);
    for (name, _) in files::list(root, "strings", &mut diagnostics).iter() {
        diagnostics.extend(misplaced::misplaced_words(name, &config.languages));
    }
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
        let statics = self.statics.iter().filter(|(_, file)| file.own);
        let words = self.words.iter().filter(|words| words.own);
        templates
            .map(|template| template.source.path.clone())
            .chain(statics.map(|(name, _)| format!("static/{name}")))
            .chain(words.map(|words| words::path(&words.code)))
    }

    /// The names of the static files that the site brought.
    fn own_statics(&self) -> impl Iterator<Item = &str> {
        let own = self.statics.iter().filter(|(_, file)| file.own);
        own.map(|(name, _)| name.as_str())
    }

    /// The style sheet that the site adds to the theme's, if there is one.
    pub fn extra_style_sheet(&self) -> Option<&str> {
        self.statics.contains_key(misplaced::EXTRA).then_some(misplaced::EXTRA)
    }

    /// The tokens of the style sheet.
    pub fn tokens(&self) -> Vec<Token> {
        let sheet = self.statics.get(STYLE_SHEET);
        sheet.map(|file| tokens::tokens(&String::from_utf8_lossy(&file.bytes))).unwrap_or_default()
    }

    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &Words {
        &self.words[lang.index()]
    }
}
