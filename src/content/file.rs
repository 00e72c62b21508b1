//! A Markdown file: its text, its front matter, its body, and what its name says.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, Lang};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{Source, Span};
use crate::yaml::{Yaml, unusable_at};

use super::walk::{LEADS_OUT, NO_FILE, io_words, leads_out, why_unreadable};

/// The most front matter a file may have, in bytes. Parsing YAML is quadratic in its depth.
const MOST_FRONT_MATTER: usize = 64 * 1024;

/// The largest text file that is read, in bytes: far beyond any article, far below memory.
const LARGEST: u64 = 16 * 1024 * 1024;

/// A Markdown file, split.
#[derive(Debug, Clone)]
pub struct File {
    /// The front matter.
    pub yaml: Yaml,
    /// The bytes after the front matter.
    pub body: Span,
}

impl File {
    /// The whole text.
    pub fn source(&self) -> &Arc<Source> {
        &self.yaml.source
    }

    /// The Markdown.
    pub fn body_text(&self) -> &str {
        &self.yaml.source.text[self.body.clone()]
    }
}

/// Reads a text file that a walk has listed, as UTF-8.
///
/// # Errors
/// One diagnostic that says why it cannot be used.
pub fn read_text(location: &Path, shown: &str) -> Result<Arc<Source>, Box<Diagnostic>> {
    text_of(location, shown, &|error| why_unreadable("the file", error))
}

/// `why` says what a refusal of the system means, and whether it passes by itself.
fn text_of(
    location: &Path,
    shown: &str,
    why: &dyn Fn(&std::io::Error) -> (String, bool),
) -> Result<Arc<Source>, Box<Diagnostic>> {
    let refuse = |code, message: String| Box::new(Diagnostic::file(code, shown, message));
    let unreadable = |error: std::io::Error| {
        let (message, passing) = why(&error);
        Box::new(Diagnostic::file(Code::FileUnreadable, shown, message).passing(passing))
    };
    let found = std::fs::metadata(location).map_err(unreadable)?;
    // A pipe or a device would be read for ever.
    if !found.is_file() {
        return Err(refuse(Code::FileUnreadable, NO_FILE.to_owned()));
    }
    let size = found.len();
    if size > LARGEST {
        return Err(refuse(
            Code::FileUnreadable,
            format!("the file has {} MB; a text of at most 16 MB can be read", size / 1_000_000),
        ));
    }
    let bytes = std::fs::read(location).map_err(unreadable)?;
    match String::from_utf8(bytes) {
        Ok(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => {
            Err(refuse(Code::EmptyFile, "the file is empty".to_owned()))
        }
        // No page can carry it, and it is in no text that somebody wrote.
        Ok(text) if text.contains('\0') => {
            let source = Source::new(shown, text);
            let at = source.text.find('\0').unwrap_or_default();
            Err(Box::new(unusable_at(&source, at..at + 1, '\0')))
        }
        Ok(text) => Ok(Source::new(shown, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = memchr::memchr_iter(b'\n', &bytes[..valid]).count() + 1;
            let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            let what = if utf16 {
                "the file is UTF-16, not UTF-8".to_owned()
            } else {
                format!("the file is not UTF-8 (line {line} is the first that cannot be read)")
            };
            Err(Box::new(
                Diagnostic::file(Code::NotUtf8, shown, what).help("save the file with the encoding UTF-8"),
            ))
        }
    }
}

/// Reads a text file of the desk that no walk has found, by its path from `root`.
///
/// # Errors
/// One diagnostic that says why it cannot be used: a link out of `root`, or as [`read_text`].
pub fn read_own(root: &Path, path: &str) -> Result<Arc<Source>, Box<Diagnostic>> {
    let location = root.join(path);
    if leads_out(root, &location) {
        return Err(Box::new(Diagnostic::file(Code::SymlinkEscape, path, LEADS_OUT)));
    }
    text_of(&location, path, &|error| (format!("the file cannot be read: {}", io_words(error)), false))
}

/// Finds the front matter between two lines of `---`.
///
/// # Errors
/// One diagnostic if there is none, or it does not end, or it is too large.
pub(super) fn split(source: Arc<Source>) -> Result<File, Box<Diagnostic>> {
    let text = &source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = source.line_at(start);
    if first.starts_with("---\r") && first.trim_end() != "---" {
        let message = "the lines of this file end in carriage returns alone, as on old Macs";
        let diagnostic = Diagnostic::at(Code::FrontMatterMissing, &source, start..start + 3, message);
        return Err(Box::new(diagnostic.help("save the file with line ends `LF`")));
    }
    if first.trim_end() != "---" {
        let diagnostic = Diagnostic::at(
            Code::FrontMatterMissing,
            &source,
            start..start + first.len(),
            "the file does not begin with front matter",
        );
        if first.trim().is_empty() && text[start..].trim_start().starts_with("---") {
            return Err(Box::new(diagnostic.help("remove the empty lines above `---`")));
        }
        return Err(Box::new(
            diagnostic
                .help("begin with a line `---`, then `title: ...` and the other keys, then `---` again"),
        ));
    }
    let yaml_start = after_line(text, start);
    let mut at = yaml_start;
    while at < text.len() {
        let line = source_line(text, at);
        // Only at the beginning of a line: an indented `---` belongs to a text of several lines.
        if line.trim_end() == "---" || line.trim_end() == "..." {
            if at - yaml_start > MOST_FRONT_MATTER {
                let message =
                    format!("the front matter has {} KB; at most 64 KB are read", (at - yaml_start) / 1024);
                let diagnostic =
                    Diagnostic::at(Code::FrontMatterTooLarge, &source, start..start + 3, message);
                return Err(Box::new(diagnostic.help("move long text into the body, or split the article")));
            }
            let body = after_line(text, at)..text.len();
            return Ok(File { yaml: Yaml::part(source, yaml_start..at), body });
        }
        at = after_line(text, at);
    }
    let diagnostic = Diagnostic::at(
        Code::FrontMatterUnterminated,
        &source,
        start..start + 3,
        "the front matter does not end",
    )
    .label("it begins here")
    .help("close it with a line that is exactly `---`");
    Err(Box::new(diagnostic))
}

fn source_line(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
}

fn after_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1)
}

/// What a file's name says: `folder/name.en.md` is the English version of `folder/name.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The path from `content/` without language and ending: the same for all versions.
    pub key: String,
    /// The last part of the key.
    pub stem: String,
    /// The language.
    pub lang: Lang,
}

/// Reads a path such as `articles/2024/name.en.md`.
///
/// # Errors
/// One diagnostic if it names a language the site does not have.
pub(super) fn name(path: &str, shown: &str, config: &Config) -> Result<Name, Box<Diagnostic>> {
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let stem = file.strip_suffix(".md").unwrap_or(file);
    let (stem, lang) = match stem.rsplit_once('.') {
        None => (stem, Lang::MAIN),
        Some((before, code)) => {
            match config.lang(code) {
                Some(lang) => (before, lang),
                None if looks_like_language(code) && !config.whole.languages => (before, Lang::MAIN),
                None if looks_like_language(code) => {
                    return Err(Box::new(
                    Diagnostic::file(
                        Code::UnknownLanguage,
                        shown,
                        format!("`{code}` is not a language of this site"),
                    )
                    .help(match did_you_mean(code, config.languages.iter().map(String::as_str)) {
                        Some(close) => format!("did you mean `{}.{close}.md`?", before.rsplit('/').next().unwrap_or(before)),
                        None => format!("add `{code}` to `languages` in site.yaml, or rename the file without the dot"),
                    }),
                ));
                }
                None => (stem, Lang::MAIN),
            }
        }
    };
    let key = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
    Ok(Name { key, stem: stem.to_owned(), lang })
}

/// `pt` or `pt-BR`, but not `v2` or `final`.
fn looks_like_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    // Three letters too: `jav`, `ban`, or a slip such as `eng`.
    let two = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    two && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
