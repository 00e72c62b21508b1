//! The words of the interface, per language, as the site has them.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, Lang};
use crate::content::read_own;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::{Entry, Formats, Problem, Strings, built_in_layers, merge};
use crate::source::Source;
use crate::yaml::{At, Decoder, Node, Part, Spot, Yaml, parse, text};

/// How a language says things and writes dates, numbers and plurals.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language's code.
    pub code: String,
    /// Whether the site brought some of them.
    pub own: bool,
    /// The words.
    pub strings: Strings,
    /// Dates, numbers and plurals.
    pub formats: Formats,
}

impl Words {
    /// A word of the interface. A key that is missing stands for itself: the tables are tested.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.text(key).unwrap_or(key)
    }

    /// A counting message.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.strings.count(key, n as u64, &self.formats).unwrap_or_else(|| n.to_string())
    }
}

/// The site's file of words for a language, by its path from the root.
pub(super) fn path(code: &str) -> String {
    format!("strings/{code}.yaml")
}

pub(super) fn read(root: &Path, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Words> {
    config.langs().map(|lang| of_language(root, config, lang, diagnostics)).collect()
}

fn of_language(root: &Path, config: &Config, lang: Lang, diagnostics: &mut Vec<Diagnostic>) -> Words {
    let code = config.code(lang);
    let mut layers: Vec<_> = built_in_layers(code)
        .into_iter()
        .map(|table| entries(&Source::new("strings", table), &mut Vec::new()).0)
        .collect();
    let path = path(code);
    let mut own = None;
    let exists = root.join(&path).exists();
    if exists {
        match read_own(root, &path) {
            Ok(source) => {
                let (table, yaml) = entries(&source, diagnostics);
                layers.push(table);
                own = Some(yaml);
            }
            Err(diagnostic) if diagnostic.code == Code::EmptyFile => {}
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let (strings, problems) = merge(code, layers);
    if let Some(yaml) = own {
        diagnostics.extend(problems.iter().map(|problem| explain(&yaml, problem)));
    }
    let formats = Formats::new(code).unwrap_or_else(|_| {
        diagnostics.push(Diagnostic::at(
            Code::UnknownLanguage,
            &config.yaml.source,
            config.yaml.find(&[Part::Key("languages".to_owned(), 0)], Spot::Value),
            format!("`{code}` is not a language code"),
        ));
        english()
    });
    Words { code: code.to_owned(), own: exists, strings, formats }
}

fn english() -> Formats {
    match Formats::new("en") {
        Ok(formats) => formats,
        Err(_) => unreachable!("the data for English is compiled in"),
    }
}

fn entries(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> (Vec<(String, Entry)>, Yaml) {
    let yaml = Yaml::whole(source);
    let node = match parse(&yaml) {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return (Vec::new(), yaml);
        }
    };
    let mut decoder = Decoder::new(&yaml);
    let root = At::ROOT;
    let mut table = Vec::new();
    for (key, value) in decoder.entries(&node, &root).unwrap_or_default() {
        let at = root.key(key);
        let entry = match value {
            Node::Map(_) => decoder.entries(value, &at).map(|forms| {
                let mut read = Vec::new();
                for (category, form) in forms {
                    if let Some(form) = text(&mut decoder, form, &at.key(category)) {
                        read.push((category.clone(), form));
                    }
                }
                Entry::Plural(read)
            }),
            _ => text(&mut decoder, value, &at).map(Entry::Text),
        };
        table.extend(entry.map(|entry| (key.clone(), entry)));
    }
    diagnostics.append(&mut decoder.diagnostics);
    (table, yaml)
}

fn explain(yaml: &Yaml, problem: &Problem) -> Diagnostic {
    let key = |key: &str| vec![Part::Key(key.to_owned(), 0)];
    let at = |path: Vec<Part>, spot, message: String| {
        Diagnostic::at(Code::BadStrings, &yaml.source, yaml.find(&path, spot), message)
    };
    let listed = |names: &[String], around: (&str, &str)| {
        let quoted = names.iter().map(|name| format!("`{}{name}{}`", around.0, around.1));
        quoted.collect::<Vec<_>>().join(", ")
    };
    let names = |names: &[String]| listed(names, ("{", "}"));
    match problem {
        Problem::UnknownKey { key: name, suggestion } => {
            let diagnostic = at(key(name), Spot::Key, format!("the theme has no word `{name}`"));
            match suggestion {
                Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                None => diagnostic.help("words for templates of your own begin with `own_`"),
            }
        }
        Problem::MissingPluralOther { key: name } => {
            at(key(name), Spot::Value, format!("`{name}` has no form `other`"))
                .help("`other` is the form for all other counts")
        }
        Problem::UnknownCategory { key: name, category, suggestion } => {
            let mut path = key(name);
            path.push(Part::Key(category.clone(), 0));
            let diagnostic = at(path, Spot::Key, format!("`{category}` is not a plural form"));
            match suggestion {
                Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                None => diagnostic.help("the forms are `zero`, `one`, `two`, `few`, `many` and `other`"),
            }
        }
        Problem::NotCounted { key: name } => {
            at(key(name), Spot::Value, format!("`{name}` does not count anything")).help("give it one text")
        }
        Problem::PlaceholderMismatch { key: name, missing, extra, .. } => {
            let diagnostic =
                at(key(name), Spot::Value, format!("`{name}` has other placeholders than the built-in text"));
            let diagnostic = if missing.is_empty() {
                diagnostic
            } else {
                diagnostic.help(format!("the text must contain {}", names(missing)))
            };
            if extra.is_empty() {
                diagnostic
            } else {
                diagnostic.help(format!("nothing is ever filled in for {}", names(extra)))
            }
        }
        Problem::Missing { keys } => {
            // No line of the file is to blame for what is not in it.
            let named = listed(&keys[..keys.len().min(12)], ("", ""));
            let help = match keys.len().saturating_sub(12) {
                0 => format!("add {named}"),
                more => format!("add {named} and {more} more"),
            };
            let message = match keys.len() {
                1 => "1 word is missing and stays English".to_owned(),
                many => format!("{many} words are missing and stay English"),
            };
            let mut diagnostic =
                Diagnostic::file(Code::BadStrings, yaml.source.path.as_str(), message).help(help);
            diagnostic.severity = crate::diagnostic::Severity::Warning;
            diagnostic
        }
    }
}
