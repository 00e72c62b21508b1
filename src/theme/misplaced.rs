//! Files of the site that seem to be meant for the theme and stand where nothing looks for them:
//! `static/style.css`, `templates/date.html`, `strings/id.yml`. Said only where another name is
//! close: a desk may have any files it likes.

use std::collections::BTreeSet;

use super::{Theme, files};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};

/// The style sheet that a desk adds to the theme's.
pub(super) const EXTRA: &str = "assets/extra.css";

impl Theme {
    /// Whether the theme itself has no template of this name.
    pub fn is_new(&self, name: &str) -> bool {
        files::built_in_template(name).is_none()
    }

    /// What is wrong with the places of files, but for those that are `named` somewhere.
    pub fn misplaced(&self, named: &BTreeSet<&str>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let templates = files::template_names();
        let templates: Vec<&str> =
            templates.iter().map(String::as_str).filter(|name| !is_sample(name)).collect();
        let own = self.templates.iter().filter(|(_, template)| template.own).map(|(name, _)| name.as_str());
        for name in own.filter(|name| !templates.contains(name) && !named.contains(name)) {
            let stray = Stray { folder: "templates", name, theme: self };
            if is_sample(name) || stray.is_included() {
                continue;
            }
            let close = || stray.neighbour(&templates).filter(|_| !stray.is_called());
            if let Some(meant) = stray.elsewhere(&templates).or_else(close) {
                diagnostics.push(stray.report(meant));
            }
        }
        let statics = files::static_names();
        let statics: Vec<&str> = statics.iter().map(String::as_str).chain([EXTRA]).collect();
        let own = self.own_statics().filter(|name| !statics.contains(name) && !named.contains(name));
        for name in own {
            let stray = Stray { folder: "static", name, theme: self };
            if stray.is_mentioned() {
                continue;
            }
            if let Some(meant) = stray.elsewhere(&statics).or_else(|| stray.neighbour(&statics)) {
                diagnostics.push(stray.report(meant));
            }
        }
        diagnostics
    }
}

/// A file that the theme does not know.
struct Stray<'t> {
    folder: &'static str,
    name: &'t str,
    theme: &'t Theme,
}

impl Stray<'_> {
    fn report(&self, meant: &str) -> Diagnostic {
        let Stray { folder, name, .. } = self;
        Diagnostic::file(Code::MisplacedFile, format!("{folder}/{name}"), "nothing uses this file")
            .help(format!("to have it used, move it to `{folder}/{meant}`"))
    }

    /// The file of the theme that has this name in another folder.
    fn elsewhere<'k>(&self, known: &[&'k str]) -> Option<&'k str> {
        let folded = |name: &str| base(name).to_lowercase();
        known.iter().copied().find(|other| folded(other) == folded(self.name))
    }

    /// The file of the theme beside it that has nearly this name.
    fn neighbour<'k>(&self, known: &[&'k str]) -> Option<&'k str> {
        let end = |name: &str| name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
        let beside =
            known.iter().filter(|other| folder(other) == folder(self.name) && end(other) == end(self.name));
        did_you_mean(self.name, beside.copied())
    }

    /// Whether a template includes or extends it.
    fn is_included(&self) -> bool {
        let quoted = [format!("\"{}\"", self.name), format!("'{}'", self.name)];
        self.others().any(|text| quoted.iter().any(|quoted| text.contains(quoted)))
    }

    /// Whether a template calls the component that it is named after, itself or as a `part`.
    fn is_called(&self) -> bool {
        let stem = base(self.name).trim_end_matches(".html");
        let called = format!("<{stem}");
        let parts = [format!("name=\"{stem}\""), format!("name='{stem}'")];
        self.others().any(|text| {
            let is_part = text.contains("part(") && parts.iter().any(|part| text.contains(part));
            is_part
                || text.match_indices(&called).any(|(at, _)| {
                    !text[at + called.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
        })
    }

    /// Whether a template or a style sheet of the site has its name in it.
    fn is_mentioned(&self) -> bool {
        let base = base(self.name);
        let sheets = self.theme.statics.iter().filter(|(name, _)| {
            name.as_str() != self.name && name.rsplit_once('.').is_some_and(|(_, end)| end == "css")
        });
        self.others().any(|text| text.contains(base))
            || sheets.into_iter().any(|(_, file)| String::from_utf8_lossy(&file.bytes).contains(base))
    }

    /// The texts of the site's own templates, but for this one.
    fn others(&self) -> impl Iterator<Item = &str> {
        let others = self.theme.templates.iter().filter(|(name, template)| {
            template.own && !(self.folder == "templates" && name.as_str() == self.name)
        });
        others.map(|(_, template)| template.source.text.as_str())
    }
}

/// Whether a template is a sample of the style guide, which has the name of its component.
fn is_sample(name: &str) -> bool {
    name.starts_with("styleguide/")
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What is wrong with the name of a file of words, given the languages of the site.
pub(super) fn misplaced_words(name: &str, languages: &[String]) -> Option<Diagnostic> {
    let (stem, end) = name.rsplit_once('.')?;
    if !matches!(end.to_ascii_lowercase().as_str(), "yaml" | "yml" | "json") {
        return None;
    }
    let fold = |code: &str| code.to_lowercase().replace('_', "-");
    let code = languages.iter().find(|code| fold(code) == fold(stem))?;
    let right = super::words::path(code);
    (right != format!("strings/{name}")).then(|| {
        Diagnostic::file(Code::MisplacedFile, format!("strings/{name}"), "nothing uses this file")
            .help(format!("the words of this language are read from `{right}`"))
    })
}
