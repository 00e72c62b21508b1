//! The words of the interface in one language.

use std::collections::BTreeMap;

use super::formats::Formats;
use super::placeholders::fill;

/// One message of a table of interface strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A text, perhaps with `{placeholders}`.
    Text(String),
    /// A message that counts: a text for each plural category, in which `{n}` is the number.
    Plural(Vec<(String, String)>),
}

/// The merged table of one language: every key of the reference, and the site's own.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    pub(super) messages: BTreeMap<String, Message>,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) entry: Entry,
    /// English words in another language's table count as English does.
    pub(super) counts_in_english: bool,
}

impl Strings {
    /// The text of a key. `None` for a key that the table does not have or that counts.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.messages.get(key)?.entry {
            Entry::Text(text) => Some(text),
            Entry::Plural(_) => None,
        }
    }

    /// The message of a key for `n` things, with `{n}` as the language writes the number. Other
    /// placeholders are left for [`fill`]. `None` for a key that the table does not have.
    pub fn count(&self, key: &str, n: u64, formats: &Formats) -> Option<String> {
        let message = self.messages.get(key)?;
        let text = match &message.entry {
            Entry::Text(text) => text,
            Entry::Plural(forms) => {
                let category = match (message.counts_in_english, n) {
                    (true, 1) => "one",
                    (true, _) => "other",
                    (false, n) => formats.plural_category(n),
                };
                form(forms, category).or_else(|| form(forms, "other"))?
            }
        };
        Some(fill(text, &[("n", &formats.count(n))]))
    }

    /// Every key and its message, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.messages.iter().map(|(key, message)| (key.as_str(), &message.entry))
    }
}

pub(super) fn form<'a>(forms: &'a [(String, String)], category: &str) -> Option<&'a str> {
    forms.iter().find(|(of, _)| of == category).map(|(_, text)| text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(counts_in_english: bool, forms: &[(&str, &str)]) -> Strings {
        let forms =
            forms.iter().map(|(category, text)| ((*category).to_owned(), (*text).to_owned())).collect();
        let message = |entry| Message { entry, counts_in_english };
        Strings {
            messages: BTreeMap::from([
                ("kata".to_owned(), message(Entry::Text("{n} kata".to_owned()))),
                ("jumlah".to_owned(), message(Entry::Plural(forms))),
            ]),
        }
    }

    fn count(strings: &Strings, n: u64, tag: &str) -> Option<String> {
        strings.count("jumlah", n, &Formats::new(tag).ok()?)
    }

    #[test]
    fn the_language_picks_the_form_and_writes_the_number() {
        let arabic = strings(false, &[("two", "مرتان"), ("few", "{n} مرات"), ("other", "{n} مرة")]);
        assert_eq!(count(&arabic, 2, "ar").as_deref(), Some("مرتان"));
        assert_eq!(count(&arabic, 3, "ar").as_deref(), Some("3 مرات"));
        assert_eq!(count(&arabic, 1, "ar").as_deref(), Some("1 مرة"));
        let indonesian = strings(false, &[("other", "{n} klaim oleh {claimant}")]);
        assert_eq!(count(&indonesian, 10_000, "id").as_deref(), Some("10.000 klaim oleh {claimant}"));
    }

    #[test]
    fn english_words_count_as_english_does() {
        let forms = [("one", "{n} claim"), ("other", "{n} claims")];
        assert_eq!(count(&strings(true, &forms), 1, "ban").as_deref(), Some("1 claim"));
        assert_eq!(count(&strings(false, &forms), 1, "ban").as_deref(), Some("1 claims"));
    }

    #[test]
    fn a_text_can_be_counted_but_a_count_is_no_text() {
        let strings = strings(false, &[("other", "{n}")]);
        let Ok(id) = Formats::new("id") else { unreachable!("`id` has formats") };
        assert_eq!(strings.count("kata", 5, &id).as_deref(), Some("5 kata"));
        assert_eq!(strings.count("lain", 5, &id), None);
        assert_eq!(strings.text("kata"), Some("{n} kata"));
        assert_eq!(strings.text("jumlah"), None);
        let keys: Vec<&str> = strings.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["jumlah", "kata"]);
    }
}
