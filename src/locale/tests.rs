//! The built-in tables agree with one another, and a site's table lies over them as promised.

use std::collections::BTreeMap;

use super::*;
use crate::locale::placeholders::names;

fn parse(yaml: &str) -> Vec<(String, Entry)> {
    let Ok(serde_yaml::Value::Mapping(table)) = serde_yaml::from_str(yaml) else {
        unreachable!("not a YAML mapping: {yaml}")
    };
    let text = |value: &serde_yaml::Value| value.as_str().unwrap_or("not a text").to_owned();
    table
        .iter()
        .map(|(key, value)| {
            let entry = match value {
                serde_yaml::Value::Mapping(forms) => {
                    Entry::Plural(forms.iter().map(|(category, form)| (text(category), text(form))).collect())
                }
                _ => Entry::Text(text(value)),
            };
            (text(key), entry)
        })
        .collect()
}

/// What a site gets whose `strings/<lang>.yaml` is `yaml`.
fn site(lang: &str, yaml: &str) -> (Strings, Vec<Problem>) {
    let mut layers: Vec<_> = built_in_layers(lang).into_iter().map(parse).collect();
    layers.push(parse(yaml));
    merge(lang, layers)
}

fn problems(lang: &str, yaml: &str) -> Vec<Problem> {
    site(lang, yaml).1
}

fn counted(strings: &Strings, n: u64, tag: &str) -> Option<String> {
    strings.count("claims_count", n, &Formats::new(tag).ok()?)
}

/// Each key with the placeholders of its text, or of its form for `other`.
fn shape(yaml: &str) -> BTreeMap<String, (bool, Vec<String>)> {
    parse(yaml)
        .into_iter()
        .map(|(key, entry)| {
            let (counts, text) = match entry {
                Entry::Text(text) => (false, text),
                Entry::Plural(forms) => {
                    (true, strings::form(&forms, "other").unwrap_or("no form").to_owned())
                }
            };
            let names = names(&text).into_iter().map(str::to_owned).collect();
            (key, (counts, names))
        })
        .collect()
}

#[test]
fn the_built_in_tables_have_the_same_keys_and_placeholders() {
    let english = shape(BUILT_IN[0].1);
    assert!(english.len() > 200);
    for (lang, yaml) in BUILT_IN {
        assert_eq!(shape(yaml), english, "{lang}");
        assert_eq!(problems(lang, "{}"), [], "{lang}");
    }
}

#[test]
fn the_built_in_tables_stand_in_one_order_and_have_no_empty_text() {
    let keys = |yaml| parse(yaml).into_iter().map(|(key, _)| key);
    for (lang, yaml) in BUILT_IN {
        assert!(keys(yaml).eq(keys(BUILT_IN[0].1)), "{lang}");
        for (key, entry) in parse(yaml) {
            let texts = match entry {
                Entry::Text(text) => vec![text],
                Entry::Plural(forms) => forms.into_iter().map(|(_, text)| text).collect(),
            };
            for text in texts {
                assert!(!text.is_empty() && text.trim() == text, "{lang}: {key}");
                assert!(text != "not a text", "{lang}: {key}");
            }
        }
    }
}

#[test]
fn every_built_in_table_has_just_the_forms_of_its_language() {
    for (lang, yaml) in BUILT_IN {
        let Ok(formats) = Formats::new(lang) else { unreachable!("`{lang}` has formats") };
        let used = |category: &str| (0..200).any(|n| formats.plural_category(n) == category);
        for (key, entry) in parse(yaml) {
            let Entry::Plural(forms) = entry else {
                continue;
            };
            for category in PLURAL_CATEGORIES {
                let given = strings::form(&forms, category).is_some();
                assert_eq!(given, used(category), "{lang}: {key}: {category}");
            }
        }
    }
}

#[test]
fn a_language_reads_its_table_in_every_region() {
    for lang in ["id", "id-ID", "ID"] {
        let (strings, problems) = site(lang, "{}");
        assert_eq!(problems, []);
        assert_eq!(strings.text("in_short"), Some("Singkatnya"));
    }
    assert_eq!(site("en-GB", "{}").0.text("language_name"), Some("English"));
    assert_eq!(built_in_layers("en-GB").len(), 1);
    assert_eq!(built_in_layers("ban").len(), 1);
    assert!(is_built_in("id-ID"));
    assert!(!is_built_in("idx"));
}

#[test]
fn the_sites_own_words_win() {
    let (strings, problems) = site("id", "in_short: Ringkasnya\nclaims_count: {other: '{n} butir'}");
    assert_eq!(problems, []);
    assert_eq!(strings.text("in_short"), Some("Ringkasnya"));
    assert_eq!(strings.text("home"), Some("Beranda"));
    assert_eq!(counted(&strings, 1, "id").as_deref(), Some("1 butir"));
    let (english, problems) = site("en", "home: Front page");
    assert_eq!(problems, []);
    assert_eq!(english.text("home"), Some("Front page"));
    assert_eq!(counted(&english, 1, "en").as_deref(), Some("1 claim"));
}

#[test]
fn a_new_language_falls_back_to_english_key_by_key() {
    let (strings, problems) = site("ban", "home: Umah\nclaim: Klaim");
    assert_eq!(strings.text("home"), Some("Umah"));
    assert_eq!(strings.text("in_short"), Some("In short"));
    assert_eq!(strings.text("language_name"), Some("ban"));
    assert_eq!(counted(&strings, 1, "ban").as_deref(), Some("1 claim"));
    let [Problem::Missing { keys }] = problems.as_slice() else { unreachable!("{problems:?}") };
    assert_eq!(keys.len(), parse(BUILT_IN[0].1).len() - 2);
    assert!(keys.is_sorted() && keys.iter().any(|key| key == "language_name"));
}

#[test]
fn a_new_language_that_is_complete_has_no_problems() {
    let (strings, problems) = site("ms", BUILT_IN[1].1);
    assert_eq!(problems, []);
    assert_eq!(strings.text("language_name"), Some("Bahasa Indonesia"));
}

#[test]
fn an_unknown_key_is_not_used_and_the_likely_one_is_named() {
    let (strings, problems) = site("id", "in_shrot: Ringkasnya\nzzzzzzzz: apa");
    assert_eq!(strings.text("in_shrot"), None);
    assert_eq!(
        problems,
        [
            Problem::UnknownKey { key: "in_shrot".to_owned(), suggestion: Some("in_short".to_owned()) },
            Problem::UnknownKey { key: "zzzzzzzz".to_owned(), suggestion: None },
        ]
    );
}

#[test]
fn a_sites_own_keys_are_its_own() {
    let (strings, problems) = site("id", "own_donate: 'Dukung {who}'");
    assert_eq!(problems, []);
    assert_eq!(strings.text("own_donate"), Some("Dukung {who}"));
}

#[test]
fn a_count_without_other_is_not_used() {
    let (strings, problems) = site("ban", "claims_count: {one: 'asiki'}");
    assert_eq!(counted(&strings, 3, "ban").as_deref(), Some("3 claims"));
    let key = "claims_count".to_owned();
    assert_eq!(problems[0], Problem::MissingPluralOther { key });
    let Problem::Missing { keys } = &problems[1] else { unreachable!("{problems:?}") };
    assert!(!keys.iter().any(|key| key == "claims_count"));
}

#[test]
fn a_form_for_no_category_is_not_used() {
    assert_eq!(
        problems("id", "claims_count: {othr: '{n}', other: '{n} butir'}"),
        [Problem::UnknownCategory {
            key: "claims_count".to_owned(),
            category: "othr".to_owned(),
            suggestion: Some("other".to_owned()),
        }]
    );
}

#[test]
fn forms_for_what_does_not_count_are_not_used() {
    let (strings, problems) = site("id", "home: {other: Beranda}");
    assert_eq!(strings.text("home"), Some("Beranda"));
    let key = "home".to_owned();
    assert_eq!(problems, [Problem::NotCounted { key }]);
}

#[test]
fn placeholders_may_neither_be_dropped_nor_invented() {
    let mismatch = |key: &str, category: Option<&str>, missing: &[&str], extra: &[&str]| {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Problem::PlaceholderMismatch {
            key: key.to_owned(),
            category: category.map(str::to_owned),
            missing: owned(missing),
            extra: owned(extra),
        }
    };
    assert_eq!(
        problems("id", "verdict_changed: 'Dari {lama} menjadi {new}'"),
        [mismatch("verdict_changed", None, &["old"], &["lama"])]
    );
    assert_eq!(
        problems("id", "claims_count: {other: 'beberapa klaim'}"),
        [mismatch("claims_count", Some("other"), &["n"], &[])]
    );
    assert_eq!(
        problems("en", "claims_count: {one: 'one {what}', other: '{n} claims'}"),
        [mismatch("claims_count", Some("one"), &[], &["what"])]
    );
}

#[test]
fn a_form_may_write_its_number_out_and_a_count_may_be_one_text() {
    assert_eq!(problems("en", "claims_count: {one: 'one claim', other: '{n} claims'}"), []);
    let (strings, problems) = site("id", "claims_count: '{n} butir'");
    assert_eq!(problems, []);
    assert_eq!(counted(&strings, 7, "id").as_deref(), Some("7 butir"));
}
