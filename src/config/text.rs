//! Languages of a site, and texts that differ by language.

use super::Config;
use crate::diagnostic::{Code, did_you_mean};
use crate::yaml::{At, Decoder, Node, text};

/// A language of the site, as an index into [`Config::languages`]. `Lang::MAIN` is the one whose
/// pages stand at the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

impl Lang {
    /// The site's main language.
    pub const MAIN: Lang = Lang(0);

    /// The index into tables by language.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A text in one or more languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// By language; `None` where the author gave no version.
    versions: Vec<Option<String>>,
    /// What stands for a language without a version.
    fallback: String,
}

impl Text {
    /// The same words in every language.
    pub fn same(text: impl Into<String>) -> Self {
        Self { versions: Vec::new(), fallback: text.into() }
    }

    /// The version in `lang`, or the main language's.
    pub fn get(&self, lang: Lang) -> &str {
        self.versions.get(lang.index()).and_then(Option::as_deref).unwrap_or(&self.fallback)
    }
}

/// Reads a text, or a mapping of languages to texts.
pub(super) fn localised(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
) -> Option<Text> {
    if !matches!(node, Node::Map(_)) {
        return text(decoder, node, at).map(Text::same);
    }
    let entries = decoder.entries(node, at)?;
    // The site's languages could not be read, which was said: any version will do.
    if languages.is_empty() {
        let first = entries.iter().find_map(|(code, value)| text(decoder, value, &at.key(code)));
        return Some(Text::same(first.unwrap_or_default()));
    }
    let mut versions = vec![None; languages.len()];
    for (code, value) in entries {
        let here = at.key(code);
        match languages.iter().position(|known| known == code) {
            Some(index) => versions[index] = text(decoder, value, &here),
            None => unknown_language(decoder, &here, code, languages),
        }
    }
    let fallback = versions.iter().flatten().next().cloned();
    if fallback.is_none() {
        decoder.problem(Code::MissingKey, at, "no text in any language of the site", |d| {
            d.help(format!("the site's languages are {}", languages.join(", ")))
        });
    }
    Some(Text { versions, fallback: fallback? })
}

/// As [`localised`], for presets: versions in languages the site does not have are passed over,
/// and a language the preset lacks reads the English one.
pub(super) fn localised_preset(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
) -> Option<Text> {
    let entries = decoder.entries(node, at)?;
    let find = |code: &str| {
        entries.iter().find(|(key, _)| key == code).and_then(|(_, value)| match value {
            Node::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    let versions: Vec<_> = languages
        .iter()
        .map(|code| find(code).or_else(|| find(code.split('-').next().unwrap_or(code))))
        .collect();
    let fallback = find("en").or_else(|| versions.iter().flatten().next().cloned())?;
    Some(Text { versions, fallback })
}

fn unknown_language(decoder: &mut Decoder<'_>, at: &At<'_>, code: &str, languages: &[String]) {
    let help = match did_you_mean(code, languages.iter().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}`?"),
        None => format!(
            "the site's languages are {}; add `{code}` to `languages` in site.yaml",
            languages.join(", ")
        ),
    };
    decoder.problem_on(
        Code::UnknownLanguage,
        at,
        crate::yaml::Spot::Key,
        format!("`{code}` is not a language of this site"),
        |d| d.help(help),
    );
}

impl Config {
    /// The language with this code.
    pub fn lang(&self, code: &str) -> Option<Lang> {
        let index = self.languages.iter().position(|known| known == code)?;
        u8::try_from(index).ok().map(Lang)
    }

    /// The code of a language, such as `id`.
    pub fn code(&self, lang: Lang) -> &str {
        self.languages.get(lang.index()).map_or("", String::as_str)
    }

    /// Every language, the main one first.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.languages.len()).filter_map(|index| u8::try_from(index).ok().map(Lang))
    }
}
