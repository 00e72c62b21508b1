//! The tables of interface strings that lie over one another, and what can be wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use super::formats::PLURAL_CATEGORIES;
use super::placeholders::names;
use super::strings::{Entry, Message, Strings, form};
use super::tables::is_built_in;
use crate::diagnostic::did_you_mean;

/// Keys that begin so are the site's own, for its own templates: Meja asks nothing of them.
pub const OWN_PREFIX: &str = "own_";

/// Something wrong with a table of interface strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key that the reference does not have. Its text is not used.
    UnknownKey {
        /// The key.
        key: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A message that counts without the form that every language has. The text below it is used.
    MissingPluralOther {
        /// The key.
        key: String,
    },
    /// A form for something that is not one of [`PLURAL_CATEGORIES`]. The form is not used.
    UnknownCategory {
        /// The key.
        key: String,
        /// What stands for a category.
        category: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// Plural forms for a message that does not count. The text below it is used.
    NotCounted {
        /// The key.
        key: String,
    },
    /// A text that drops a placeholder of the reference or invents one. It is used all the same.
    PlaceholderMismatch {
        /// The key.
        key: String,
        /// The plural category of the form, if the message has forms.
        category: Option<String>,
        /// What the reference has and the text has not.
        missing: Vec<String>,
        /// What the text has and the reference has not.
        extra: Vec<String>,
    },
    /// What a language that Meja has no table for does not translate. English stands in.
    Missing {
        /// The keys, in alphabetical order.
        keys: Vec<String>,
    },
}

/// Lays tables over one another, each given by its messages in the order of the file.
///
/// The first layer is the reference: its keys and placeholders are those that the others may have.
/// What is wrong with the others is returned in the order of their files, and what was good enough
/// is used.
pub fn merge(lang: &str, layers: Vec<Vec<(String, Entry)>>) -> (Strings, Vec<Problem>) {
    let mut layers = layers.into_iter();
    let reference: BTreeMap<String, Entry> = layers.next().into_iter().flatten().collect();
    let mut translated: BTreeMap<String, Entry> = BTreeMap::new();
    let mut refused = BTreeSet::new();
    let mut problems = Vec::new();
    for (key, entry) in layers.flatten() {
        if key.starts_with(OWN_PREFIX) {
            translated.insert(key, entry);
        } else if let Some(original) = reference.get(&key) {
            if let Some(entry) = checked(&key, entry, original, &mut problems) {
                translated.insert(key, entry);
            } else {
                refused.insert(key);
            }
        } else {
            let suggestion = did_you_mean(&key, reference.keys().map(String::as_str));
            let suggestion = suggestion.map(str::to_owned);
            problems.push(Problem::UnknownKey { key, suggestion });
        }
    }
    if !is_built_in(lang) {
        let keys: Vec<String> = reference
            .keys()
            .filter(|key| !translated.contains_key(*key) && !refused.contains(*key))
            .cloned()
            .collect();
        if !keys.is_empty() {
            problems.push(Problem::Missing { keys });
        }
        // English can stand in for any words but those that would call this language English.
        translated.entry(LANGUAGE_NAME.to_owned()).or_insert_with(|| Entry::Text(lang.to_owned()));
    }
    (strings(reference, translated), problems)
}

const LANGUAGE_NAME: &str = "language_name";

fn strings(reference: BTreeMap<String, Entry>, translated: BTreeMap<String, Entry>) -> Strings {
    let message = |entry, counts_in_english| Message { entry, counts_in_english };
    let mut messages: BTreeMap<String, Message> =
        reference.into_iter().map(|(key, entry)| (key, message(entry, true))).collect();
    messages.extend(translated.into_iter().map(|(key, entry)| (key, message(entry, false))));
    Strings { messages }
}

/// What of an entry can be used in the place of `original`.
fn checked(key: &str, entry: Entry, original: &Entry, problems: &mut Vec<Problem>) -> Option<Entry> {
    let key = || key.to_owned();
    let expected = match original {
        Entry::Text(text) => names(text),
        Entry::Plural(forms) => names(form(forms, "other").unwrap_or_default()),
    };
    let mut compare = |text: &str, category: Option<&str>| {
        problems.extend(mismatch(key(), text, category, &expected));
    };
    match (entry, original) {
        (Entry::Text(text), _) => {
            compare(&text, None);
            Some(Entry::Text(text))
        }
        (Entry::Plural(_), Entry::Text(_)) => {
            problems.push(Problem::NotCounted { key: key() });
            None
        }
        (Entry::Plural(forms), Entry::Plural(_)) => {
            let (known, unknown): (Vec<_>, Vec<_>) =
                forms.into_iter().partition(|(category, _)| PLURAL_CATEGORIES.contains(&category.as_str()));
            for (category, text) in &known {
                compare(text, Some(category));
            }
            problems.extend(unknown.into_iter().map(|(category, _)| Problem::UnknownCategory {
                key: key(),
                suggestion: did_you_mean(&category, PLURAL_CATEGORIES).map(str::to_owned),
                category,
            }));
            if form(&known, "other").is_none() {
                problems.push(Problem::MissingPluralOther { key: key() });
                return None;
            }
            Some(Entry::Plural(known))
        }
    }
}

/// Only the form for `other` must show its number: many languages write out one and two.
fn mismatch(key: String, text: &str, category: Option<&str>, expected: &[&str]) -> Option<Problem> {
    let found = names(text);
    let number_may_be_words = category.is_some_and(|category| category != "other");
    let missing: Vec<String> = expected
        .iter()
        .filter(|name| !found.contains(name))
        .filter(|name| **name != "n" || !number_may_be_words)
        .map(|name| (*name).to_owned())
        .collect();
    let extra: Vec<String> =
        found.iter().filter(|name| !expected.contains(name)).map(|name| (*name).to_owned()).collect();
    (!missing.is_empty() || !extra.is_empty()).then(|| Problem::PlaceholderMismatch {
        key,
        category: category.map(str::to_owned),
        missing,
        extra,
    })
}
