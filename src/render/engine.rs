//! The template engine with the theme's templates in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ComponentInfo, Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::key::Keys;
use super::parts::{self, Parts};
use super::range;
use crate::config::BaseUrl;
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Print;
use crate::locale::fill;
use crate::page::Prints;
use crate::source::Source;
use crate::theme::{Theme, Words};

/// Templates that are parsed and ready.
pub struct Engine {
    tera: Arc<Tera>,
    parts: Parts,
    keys: Arc<Keys>,
    sources: BTreeMap<String, Arc<Source>>,
}

/// The most that a page may have, in bytes: no browser shows more, and a loop over loops would fill the memory.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A page as it is written, up to [`MOST_BYTES`].
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Default for Bounded {
    fn default() -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), is_full: false }
    }
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.bytes.len() + bytes.len() > MOST_BYTES {
            self.is_full = true;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// `Tera` has no `Debug` of its own.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("sources", &self.sources).finish_non_exhaustive()
    }
}

impl Engine {
    /// Parses the theme's templates. All of those with a mistake are reported; the built-in
    /// ones never have any.
    pub fn new(theme: &Theme, base: &BaseUrl) -> (Self, Vec<Diagnostic>) {
        let sources: BTreeMap<String, Arc<Source>> = theme
            .templates
            .iter()
            .map(|(name, template)| (name.clone(), Arc::clone(&template.source)))
            .collect();
        let mut diagnostics = Vec::new();
        let parts = Parts::default();
        // Samples call components that a desk may have done away with: they are no part of its site.
        let mut usable: BTreeMap<&str, &str> = sources
            .iter()
            .filter(|(name, _)| !is_guide(name))
            .map(|(name, source)| (name.as_str(), source.text.as_str()))
            .collect();
        let tera = loop {
            let mut tera = empty(theme, base, &parts);
            let Err(error) = tera.add_raw_templates(usable.iter().map(|(name, text)| (*name, *text))) else {
                break tera;
            };
            let several = match error.kind() {
                // Those of one template only, whose place is known better.
                ErrorKind::SyntaxError(_) | ErrorKind::MissingParent { .. } => Vec::new(),
                _ => reports(&sources, &error.to_string()),
            };
            if !several.is_empty() {
                diagnostics.extend(several);
                break empty(theme, base, &parts);
            }
            let (name, diagnostic) = explain(&sources, error.kind(), Code::TemplateSyntax, "");
            diagnostics.push(diagnostic);
            // The parser stops at the first mistake: without that template, it finds the next one.
            let taken_out = name.and_then(|name| {
                usable.get_mut(name.as_str()).filter(|text| !text.is_empty()).map(|text| *text = "")
            });
            if taken_out.is_none() {
                break empty(theme, base, &parts);
            }
        };
        let tera = Arc::new(tera);
        parts.made_with(&tera);
        let keys = Arc::new(Keys::new(theme, &base.path));
        (Self { tera, parts, keys, sources }, diagnostics)
    }

    /// The engine with the templates of the style guide, and what is wrong with those that it does
    /// not take, by name.
    pub(super) fn with_guide(&self) -> (Self, BTreeMap<String, Box<Diagnostic>>) {
        let mut tera = Tera::clone(&self.tera);
        let texts = || {
            let guide = self.sources.iter().filter(|(name, _)| is_guide(name));
            guide.map(|(name, source)| (name.as_str(), source.text.as_str()))
        };
        let mut broken = BTreeMap::new();
        if tera.add_raw_templates(texts()).is_err() {
            for (name, text) in texts() {
                if let Err(error) = tera.add_raw_template(name, text) {
                    let known = reports(&self.sources, &error.to_string()).into_iter().next();
                    let explained = || explain(&self.sources, error.kind(), Code::TemplateSyntax, "").1;
                    broken.insert(name.to_owned(), Box::new(known.unwrap_or_else(explained)));
                }
            }
        }
        let parts = self.parts.clone();
        let keys = Arc::clone(&self.keys);
        (Self { tera: Arc::new(tera), parts, keys, sources: self.sources.clone() }, broken)
    }

    /// The fingerprint of the program and of the theme, the bytes of its static files aside.
    pub fn print(&self) -> Print {
        self.keys.made_with()
    }

    /// Whether there is a template of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The component of this name.
    pub(super) fn component(&self, name: &str) -> Option<ComponentInfo> {
        self.tera.get_component_definition(name)
    }

    /// Renders a page.
    ///
    /// # Errors
    /// One diagnostic with the place in the template.
    pub fn render(
        &self,
        template: &str,
        values: Vec<(&'static str, Value)>,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        for (name, value) in values {
            context.insert_value(name, value);
        }
        // What a part of the style guide left is no reason of this page.
        drop(parts::failed());
        range::begin();
        let mut written = Bounded::default();
        let rendered = self.tera.render_to(template, &context, &mut written);
        if written.is_full {
            let message = format!("a page of more than {} MB", MOST_BYTES / (1024 * 1024));
            let diagnostic = whole(&self.sources, template, Code::TemplateRender, message);
            return Err(Box::new(
                diagnostic
                    .help("a loop or an `include` writes the same too often")
                    .help(format!("it happened on the page `{page}`")),
            ));
        }
        rendered.and_then(|()| Ok(String::from_utf8(written.bytes)?)).map_err(|error| {
            let error = parts::failed().unwrap_or(error);
            Box::new(explain(&self.sources, error.kind(), Code::TemplateRender, page).1)
        })
    }

    /// The fingerprint of everything that a page is made of.
    pub(super) fn key(&self, template: &str, values: &[(&'static str, Value)], prints: &Prints) -> Print {
        self.keys.key(template, values, prints)
    }

    /// Forgets the parts that pages share: those of a site that is no longer shown would be kept for ever.
    pub fn forget_parts(&self) {
        self.parts.forget();
    }
}

/// Whether a template belongs to the style guide.
fn is_guide(name: &str) -> bool {
    name == "styleguide.html" || name.starts_with("styleguide/")
}

/// The engine with its filters. A filter sees words and addresses of files, never the site.
fn empty(theme: &Theme, base: &BaseUrl, parts: &Parts) -> Tera {
    let mut tera = Tera::new();
    tera.register_function("part", parts.clone());
    tera.register_function("range", range::range);
    let assets: BTreeMap<String, String> =
        theme.statics.iter().map(|(name, file)| (name.clone(), base.href(&file.path))).collect();
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        assets
            .get(name)
            .cloned()
            .ok_or_else(|| tera::Error::message(format!("there is no file `static/{name}`")))
    });
    tera.register_filter("fill", |message: &str, values: Kwargs, _: &State<'_>| -> String {
        let values: Vec<(String, String)> =
            values.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let values: Vec<(&str, &str)> =
            values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        fill(message, &values)
    });
    let words: Arc<Vec<Words>> = Arc::new(theme.words.clone());
    let find = |words: &[Words], kwargs: &Kwargs| -> TeraResult<usize> {
        let code: &str = kwargs.must_get("lang")?;
        words
            .iter()
            .position(|words| words.code == code)
            .ok_or_else(|| tera::Error::message(format!("`{code}` is not a language of this site")))
    };
    let table = Arc::clone(&words);
    tera.register_filter("count", move |n: u64, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let words = &table[find(&table, &kwargs)?];
        let key: &str = kwargs.must_get("key")?;
        words
            .strings
            .count(key, n, &words.formats)
            .ok_or_else(|| tera::Error::message(format!("there is no counting message `{key}`")))
    });
    tera.register_filter("number", move |n: i64, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(words[find(&words, &kwargs)?].formats.number(n))
    });
    tera
}

fn explain(
    sources: &BTreeMap<String, Arc<Source>>,
    kind: &ErrorKind,
    code: Code,
    page: &str,
) -> (Option<String>, Diagnostic) {
    let on_page = |diagnostic: Diagnostic| {
        if page.is_empty() {
            diagnostic
        } else {
            diagnostic.help(format!("it happened on the page `{page}`"))
        }
    };
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = report.filename().to_owned();
            let message = report.message().trim_end_matches('.').to_owned();
            let diagnostic = match sources.get(&name) {
                Some(source) => {
                    let span = report.span();
                    let start = source.offset(span.start_line, span.start_col + 1);
                    let end = source.offset(span.end_line, span.end_col + 1).max(start);
                    let diagnostic = Diagnostic::at(code, source, start..end, lowercase(&message));
                    if message.eq_ignore_ascii_case("unexpected end of input") {
                        diagnostic.help(
                            "something above is not closed: `{% if %}`, `{% for %}`, `{% block %}` or `{{`",
                        )
                    } else {
                        diagnostic
                    }
                }
                None => Diagnostic::file(code, format!("templates/{name}"), lowercase(&message)),
            };
            (Some(name), on_page(diagnostic))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("it extends `{parent}`, which does not exist");
            (Some(current.clone()), on_page(whole(sources, current, code, message)))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (Some(tpl.clone()), on_page(whole(sources, tpl, code, "it extends itself".to_owned())))
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (Some(tpl.clone()), on_page(whole(sources, tpl, code, "it includes itself".to_owned())))
        }
        ErrorKind::TemplateNotFound(name) => (
            None,
            on_page(Diagnostic::file(code, format!("templates/{name}"), "this template does not exist")),
        ),
        other => {
            let message = other.to_string();
            let diagnostic = match defined_twice(sources, &message) {
                Some((name, theirs)) => whole(sources, name, code, lowercase(&message))
                    .help(format!("to replace the component, write it into `templates/{theirs}`")),
                None => Diagnostic::file(code, "templates", lowercase(&message)),
            };
            (None, on_page(diagnostic))
        }
    }
}

/// The two templates of which the engine says that both define a component; the one that has the
/// component's place last.
fn defined_twice<'m>(
    sources: &BTreeMap<String, Arc<Source>>,
    message: &'m str,
) -> Option<(&'m str, &'m str)> {
    let (start, files) = message.split_once(" is defined in both `")?;
    let (one, other) = files.split_once("` and `")?;
    let (one, other) = (one, other.trim_end_matches('`'));
    let place = format!("components/{}.html", start.split('`').nth(1)?);
    let known = sources.contains_key(one) && sources.contains_key(other);
    known.then_some(if one == place { (other, one) } else { (one, other) })
}

/// Names that no template, filter or component has are looked for in all templates at once and
/// told in one text, as the engine would print it. It is taken apart again.
fn reports(sources: &BTreeMap<String, Arc<Source>>, text: &str) -> Vec<Diagnostic> {
    let mut lines = text.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let (Some(message), Some(place)) = (line.trim().strip_prefix("error: "), lines.peek()) else {
            continue;
        };
        let mut parts = place.trim().strip_prefix("--> ").unwrap_or_default().rsplitn(3, ':');
        let (column, line, name) = (parts.next(), parts.next(), parts.next());
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
        let (Some(column), Some(line), Some(source)) =
            (number(column), number(line), name.and_then(|name| sources.get(name)))
        else {
            continue;
        };
        let width = lines
            .clone()
            .take_while(|line| !line.trim().starts_with("error: "))
            .find(|line| line.contains('^'))
            .map_or(1, |line| line.matches('^').count());
        let span = source.offset(line, column)..source.offset(line, column + width);
        found.push(Diagnostic::at(Code::TemplateSyntax, source, span, lowercase(message)));
    }
    found
}

fn whole(sources: &BTreeMap<String, Arc<Source>>, name: &str, code: Code, message: String) -> Diagnostic {
    match sources.get(name) {
        Some(source) => Diagnostic::at(code, source, 0..source.line_at(0).len(), message),
        None => Diagnostic::file(code, format!("templates/{name}"), message),
    }
}

/// Messages are phrases; the engine's are sentences.
fn lowercase(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) if !message.starts_with('`') => first.to_lowercase().chain(chars).collect(),
        _ => message.to_owned(),
    }
}
