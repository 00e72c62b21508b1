//! Templates and static files: the built-in ones and those of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::content::{Files, read_text, walk, why_unreadable};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::sha256;
use crate::source::Source;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Static files below this folder get their content's hash into their name, so that browsers may
/// keep them for ever. All others keep their names.
const FINGERPRINTED: &str = "assets/";

/// The style sheet that every page has.
pub const STYLE_SHEET: &str = "assets/style.css";

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text. The path is `templates/...`, whether it is built in or the site's.
    pub source: Arc<Source>,
    /// Whether the site brought it.
    pub own: bool,
}

/// A static file.
#[derive(Debug, Clone)]
pub struct StaticFile {
    /// Its path on the site.
    pub path: String,
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
    /// Whether the site brought it.
    pub own: bool,
}

impl StaticFile {
    fn new(name: &str, bytes: Cow<'static, [u8]>, own: bool) -> Self {
        Self { path: site_path(name, &bytes), bytes, own }
    }
}

/// The text of the theme's own template of this name.
pub fn built_in_template(name: &str) -> Option<&'static str> {
    TEMPLATES.get_file(name).and_then(|file| file.contents_utf8())
}

/// The names of the theme's own templates.
pub(super) fn template_names() -> Vec<String> {
    built_in(&TEMPLATES).into_iter().map(|(name, _)| name).collect()
}

/// The names of the theme's own static files.
pub(super) fn static_names() -> Vec<String> {
    built_in(&STATIC).into_iter().map(|(name, _)| name).collect()
}

pub(super) fn templates(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Template> {
    let mut templates = BTreeMap::new();
    for (name, bytes) in built_in(&TEMPLATES) {
        let text = String::from_utf8_lossy(bytes);
        templates.insert(
            name.clone(),
            Template { source: Source::new(format!("templates/{name}"), text), own: false },
        );
    }
    for (name, location) in list(root, "templates", diagnostics).iter() {
        match read_text(location, &format!("templates/{name}")) {
            Ok(source) => {
                templates.insert(name.to_owned(), Template { source, own: true });
            }
            Err(diagnostic) if diagnostic.code == Code::EmptyFile => {
                // An empty template is a way to leave a part out.
                let source = Source::new(format!("templates/{name}"), "");
                templates.insert(name.to_owned(), Template { source, own: true });
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    keep_built_in(&mut templates);
    templates
}

/// Keeps the theme's own templates that the site's extend under `theme/`. Only those: the others may
/// call components that the site has done away with. Components themselves cannot be there twice.
fn keep_built_in(templates: &mut BTreeMap<String, Template>) {
    let mut kept = Vec::new();
    for (name, bytes) in built_in(&TEMPLATES) {
        let name = format!("theme/{name}");
        let is_named = |template: &Template| template.own && template.source.text.contains(&name);
        let is_part = name.starts_with("theme/components/") || name.starts_with("theme/styleguide/");
        if !is_part && !templates.contains_key(&name) && templates.values().any(is_named) {
            let source = Source::new(format!("templates/{name}"), String::from_utf8_lossy(bytes));
            kept.push((name, Template { source, own: false }));
        }
    }
    templates.extend(kept);
}

/// The static files. An accent colour is the last rule of the style sheet: a page has no style of
/// its own, so that it can forbid all that did not come with the site.
pub(super) fn statics(
    root: &Path,
    accent: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, StaticFile> {
    let mut statics = BTreeMap::new();
    for (name, bytes) in built_in(&STATIC) {
        let file = StaticFile::new(&name, Cow::Borrowed(bytes), false);
        statics.insert(name, file);
    }
    for (name, location) in list(root, "static", diagnostics).iter() {
        match std::fs::read(location) {
            Ok(bytes) => {
                statics.insert(name.to_owned(), StaticFile::new(name, Cow::Owned(bytes), true));
            }
            Err(error) => {
                let (message, passing) = why_unreadable("the file", &error);
                let problem = Diagnostic::file(Code::FileUnreadable, format!("static/{name}"), message);
                diagnostics.push(problem.passing(passing));
            }
        }
    }
    if let (Some(accent), Some(sheet)) = (accent, statics.get_mut(STYLE_SHEET)) {
        let mut bytes = sheet.bytes.to_vec();
        bytes.extend_from_slice(format!("\n:root {{ --accent: {accent} }}\n").as_bytes());
        *sheet = StaticFile::new(STYLE_SHEET, Cow::Owned(bytes), sheet.own);
    }
    statics
}

pub(super) fn list(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let (files, mut problems) = walk(root, folder);
    diagnostics.append(&mut problems);
    files
}

/// `style.css` becomes `style.1f2e3d4c5b.css`.
fn site_path(name: &str, bytes: &[u8]) -> String {
    if !name.starts_with(FINGERPRINTED) {
        return format!("/{name}");
    }
    let hash = &sha256(bytes)[..10];
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    match file.rsplit_once('.') {
        Some((stem, end)) => format!("/{folder}/{stem}.{hash}.{end}"),
        None => format!("/{folder}/{file}.{hash}"),
    }
}

fn built_in(dir: &'static Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        for file in dir.files() {
            let parts: Vec<_> =
                file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let name = parts.join("/");
            if !parts.iter().any(|part| crate::content::is_ignored(part)) {
                found.push((name, file.contents()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::site_path;

    #[test]
    fn assets_carry_their_hash_and_others_keep_their_name() {
        assert_eq!(site_path("favicon.svg", b"x"), "/favicon.svg");
        assert_eq!(site_path("assets/style.css", b"x"), "/assets/style.2d711642b7.css");
        assert_ne!(site_path("assets/style.css", b"x"), site_path("assets/style.css", b"y"));
    }
}
