//! The table says what the readers know, and nothing else.

use std::collections::BTreeSet;

use super::{DOCUMENTS, Facts, Texts, json};

/// Every group of the table, each once.
fn groups() -> Vec<&'static super::Group> {
    let mut names = BTreeSet::new();
    DOCUMENTS.iter().flat_map(|(_, group)| group.all()).filter(|group| names.insert(group.name)).collect()
}

#[test]
fn the_table_has_the_very_keys_that_the_readers_know() {
    let readers = [crate::content::vocabulary::KEYS, crate::config::vocabulary::KEYS].concat();
    let groups = groups();
    assert_eq!(readers.len(), groups.len());
    for (name, keys) in readers {
        let group =
            groups.iter().find(|group| group.name == name).unwrap_or_else(|| panic!("no group {name}"));
        let table: BTreeSet<&str> = group.keys.iter().map(|key| key.name).collect();
        assert_eq!(table, keys.iter().copied().collect(), "{name}");
        assert_eq!(group.keys.len(), keys.len(), "{name} has a key twice");
    }
}

#[test]
fn every_key_has_its_words_in_every_language() {
    for language in ["en", "id"] {
        let texts = Texts::of(language);
        assert_eq!(texts.language, language);
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for group in groups() {
            for key in group.keys.iter().map(|key| key.name).chain([""]) {
                assert!(!texts.key(group, key).trim().is_empty(), "{language}: {}.{key}", group.name);
                wanted.insert((group.name.to_owned(), key.to_owned()));
            }
        }
        let found: BTreeSet<(String, String)> = texts.names().into_iter().collect();
        assert_eq!(found, wanted, "{language}");
    }
    // The interface calls a verdict `putusan`; only its scale is one of `penilaian`.
    let id = Texts::of("id");
    for group in groups() {
        for key in group.keys.iter().map(|key| key.name).chain([""]) {
            let text = id.key(group, key).to_lowercase();
            assert!(
                !text.replace("skala penilaian", "").contains("penilaian"),
                "{}.{key}: {text}",
                group.name
            );
        }
    }
    assert_eq!((Texts::of("id-ID").language, Texts::of("pt-BR").language), ("id", "en"));
}

#[test]
fn a_desk_without_settings_has_the_usual_scale() {
    let facts = Facts::preset("id");
    assert!(facts.verdicts.len() > 3 && facts.kinds.len() == 7, "{facts:?}");
    for (_, document) in DOCUMENTS {
        let schema = json(document, &facts, &Texts::of("id"));
        assert_eq!(schema, json(document, &facts, &Texts::of("id")), "the same again");
    }
}
