//! What a page is made of, as one fingerprint: a build leaves a page alone that would come out the same.
//!
//! A template sees its values and nothing else, so a page is decided by the program, the theme, the template's
//! name and the values. The fingerprint is of all of them, down to the last word: what is not in it cannot be on the
//! page.

use tera::Value;
use tera::value::Key;

use crate::digest::Print;
use crate::page::Prints;
use crate::theme::Theme;

/// Takes the fingerprints of pages.
#[derive(Debug)]
pub(super) struct Keys {
    /// Of the program and the theme.
    made_with: Print,
}

impl Keys {
    pub(super) fn new(theme: &Theme, base: &str) -> Self {
        let mut text = Vec::new();
        add(&mut text, env!("MEJA_PROGRAM").as_bytes());
        add(&mut text, base.as_bytes());
        for (name, template) in &theme.templates {
            add(&mut text, name.as_bytes());
            add(&mut text, template.source.text.as_bytes());
        }
        for (name, file) in &theme.statics {
            add(&mut text, name.as_bytes());
            add(&mut text, file.path.as_bytes());
        }
        for words in &theme.words {
            add(&mut text, words.code.as_bytes());
            for (key, entry) in words.strings.iter() {
                add(&mut text, key.as_bytes());
                add(&mut text, format!("{entry:?}").as_bytes());
            }
        }
        Self { made_with: Print::of(&text) }
    }

    /// The fingerprint of program and theme.
    pub(super) fn made_with(&self) -> Print {
        self.made_with
    }

    /// The fingerprint of the page that `template` makes of `values`.
    pub(super) fn key(&self, template: &str, values: &[(&'static str, Value)], prints: &Prints) -> Print {
        let mut text = Vec::with_capacity(16 * 1024);
        text.extend(self.made_with.bytes());
        add(&mut text, template.as_bytes());
        for (name, value) in values {
            add(&mut text, name.as_bytes());
            add_value(&mut text, value, prints);
        }
        Print::of(&text)
    }
}

/// A text with its length, so that no two sequences of texts are alike.
fn add(out: &mut Vec<u8>, text: &[u8]) {
    out.extend(text.len().to_le_bytes());
    out.extend(text);
}

/// A value with its kind.
fn add_value(out: &mut Vec<u8>, value: &Value, prints: &Prints) {
    if let Some(text) = value.as_str() {
        out.push(if value.is_safe() { b's' } else { b't' });
        add(out, text.as_bytes());
    } else if value.is_map() || value.is_array() {
        let print = prints.of(value, || {
            let mut shared = Vec::with_capacity(2 * 1024);
            add_items(&mut shared, value, prints);
            Print::of(&shared)
        });
        match print {
            Some(print) => {
                out.push(b'p');
                out.extend(print.bytes());
            }
            None => add_items(out, value, prints),
        }
    } else if let Some(number) = value.as_i128() {
        out.push(b'n');
        out.extend(number.to_le_bytes());
    } else if let Some(yes) = value.as_bool() {
        out.extend([b'b', u8::from(yes)]);
    } else if value.is_none() {
        out.push(b'0');
    } else {
        out.push(b'?');
        add(out, format!("{value:?}").as_bytes());
    }
}

/// What is in a list, or in a mapping, sorted: its own order is another in each run.
fn add_items(out: &mut Vec<u8>, value: &Value, prints: &Prints) {
    if let Some(list) = value.as_array() {
        out.push(b'l');
        out.extend(list.len().to_le_bytes());
        for item in list {
            add_value(out, item, prints);
        }
        return;
    }
    // Nearly all words differ in their first eight letters, which are compared as one number.
    let begins = |key: &Key<'_>| {
        let mut first = [0; 8];
        let word = key.as_str().unwrap_or_default().as_bytes();
        let length = word.len().min(first.len());
        first[..length].copy_from_slice(&word[..length]);
        u64::from_be_bytes(first)
    };
    let entries = value.as_map().into_iter().flatten();
    let mut entries: Vec<_> = entries.map(|(key, value)| (begins(key), key, value)).collect();
    entries.sort_unstable_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.cmp(other.1)));
    out.push(b'm');
    out.extend(entries.len().to_le_bytes());
    for (_, key, value) in entries {
        match key.as_str() {
            Some(key) => add(out, key.as_bytes()),
            None => add_value(out, &key.as_value(), prints),
        }
        add_value(out, value, prints);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn keys() -> Keys {
        Keys { made_with: Print::of(b"") }
    }

    fn key(keys: &Keys, template: &str, name: &'static str, value: &Value) -> Print {
        keys.key(template, &[(name, value.clone())], &Prints::default())
    }

    fn page(entries: &[(&'static str, Value)]) -> Value {
        Value::from(entries.iter().cloned().collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn every_value_counts_and_its_place() {
        let all = [
            page(&[("a", "x".into()), ("b", "y".into())]),
            page(&[("a", "y".into()), ("b", "x".into())]),
            page(&[("a", "xb".into()), ("b", "y".into())]),
            page(&[("a", Value::safe_string("x")), ("b", "y".into())]),
            page(&[("a", vec!["x", "y"].into())]),
            page(&[("a", vec!["xy"].into())]),
            page(&[("a", Value::none())]),
            page(&[("a", "".into())]),
            page(&[("a", 1.into())]),
            page(&[("a", "1".into())]),
            page(&[("a", true.into())]),
            page(&[("a", page(&[("b", 1.into())]))]),
            page(&[]),
        ];
        let keys = keys();
        for (one, value) in all.iter().enumerate() {
            for (other, second) in all.iter().enumerate() {
                let same = key(&keys, "t", "page", value) == key(&keys, "t", "page", second);
                assert_eq!(same, one == other, "{value:?} {second:?}");
            }
        }
        assert_ne!(key(&keys, "t", "page", &all[0]), key(&keys, "u", "page", &all[0]));
        assert_ne!(key(&keys, "t", "page", &all[0]), key(&keys, "t", "site", &all[0]));
    }

    #[test]
    fn the_order_of_a_mapping_does_not_count() {
        // Every mapping has an order of its own, as its hashes are seeded.
        let value = || Value::from((0..100).map(|n| (format!("k{n}"), n)).collect::<BTreeMap<_, _>>());
        assert_eq!(key(&keys(), "t", "site", &value()), key(&keys(), "t", "site", &value()));
    }

    #[test]
    fn common_values_are_told_apart_by_what_they_are() {
        let keys = keys();
        let of = |text: &str| key(&keys, "t", "t", &page(&[("a", text.into())]));
        assert_eq!(of("x"), of("x"));
        assert_ne!(of("x"), of("y"));
    }
}
