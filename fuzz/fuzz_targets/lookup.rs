//! Claims, a line each, and after a line `%%` what is looked for.

#![no_main]

use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use meja::lookup::{Folder, Found, Index, Text};
use meja_fuzz::text;
use serde_json::Value;

/// The languages a desk may have; the first byte of the claims chooses.
const LANGUAGES: [&[&str]; 6] =
    [&["id", "en"], &["en"], &["tr", "de"], &["fr", "es", "pt"], &["ja", "zh", "th"], &["ar", "hi", "ru"]];

/// How many claims an index has at most, and how many are found.
const CLAIMS: usize = 24;
const MOST: usize = 5;

fn folder(at: usize) -> &'static Arc<Folder> {
    static FOLDERS: OnceLock<Vec<Arc<Folder>>> = OnceLock::new();
    let folders =
        FOLDERS.get_or_init(|| LANGUAGES.iter().map(|langs| Arc::new(Folder::new(langs))).collect());
    &folders[at]
}

fuzz_target!(|data: &[u8]| {
    let Some(input) = text(data) else { return };
    let (claims, query) = input.split_once("\n%%\n").unwrap_or(("", &input));
    let choice = usize::from(claims.bytes().next().unwrap_or_default()) % LANGUAGES.len();
    let (folder, langs) = (folder(choice), LANGUAGES[choice]);
    for word in folder.words(&input) {
        assert!(!word.key.is_empty() && !word.key.contains(char::is_whitespace), "{word:?}");
        folder.is_stop(&word.key);
        for lang in langs {
            let stem = folder.stem(&word.text, lang);
            assert!(!stem.is_empty() && !stem.contains(char::is_whitespace), "{word:?} {stem:?}");
        }
    }
    let lines: Vec<&str> = claims.lines().take(CLAIMS).collect();
    let texts: Vec<Text<'_>> =
        lines.iter().enumerate().map(|(at, line)| of(line, langs[at % langs.len()])).collect();
    let index = Index::build(folder, &texts);
    assert_eq!((index.len(), index.is_empty()), (texts.len(), texts.is_empty()));
    for typing in [false, true] {
        let found = index.find_typed(query, typing, MOST, |_| true);
        is_in_order(&found, texts.len());
        let even = index.find_typed(query, typing, MOST, |claim| claim % 2 == 0);
        assert!(even.hits.iter().all(|hit| hit.claim % 2 == 0));
    }
    let published = index.publish();
    let files = [&published.words, &published.stems, &published.grams];
    for file in files.into_iter().flatten().chain([&published.rules]) {
        assert!(serde_json::from_str::<Value>(file).is_ok_and(|value| value.is_object()), "{file}");
    }
    for claim in 0..texts.len() {
        let related = index.related(claim, MOST, |_| true);
        assert!(related.iter().all(|hit| hit.claim != claim && hit.claim < texts.len() && hit.share <= 100));
        for (other, likeness) in index.alike(claim, |_| true) {
            assert!(likeness <= 100 && other != claim);
        }
    }
    // The same claims the other way round, most of them known: as if built anew.
    let turned: Vec<Option<usize>> = (0..texts.len()).rev().map(|at| (at % 3 != 0).then_some(at)).collect();
    let last = texts.len().saturating_sub(1);
    let updated = index.update(&turned, |position| texts[last - position]);
    let reversed: Vec<Text<'_>> = texts.iter().rev().copied().collect();
    let anew = Index::build(folder, &reversed);
    assert_eq!(updated.find(query, MOST, |_| true), anew.find(query, MOST, |_| true));
    let (updated, anew) = (updated.publish(), anew.publish());
    assert!(updated.words == anew.words && updated.stems == anew.stems && updated.grams == anew.grams);
});

/// A line is the claim, then its title, finding and claimant behind tabs.
fn of<'t>(line: &'t str, lang: &'t str) -> Text<'t> {
    let mut parts = line.split('\t');
    let mut next = || parts.next().unwrap_or_default();
    Text { lang, claim: next(), title: next(), finding: next(), claimant: next(), topics: &[] }
}

fn is_in_order(found: &Found, claims: usize) {
    assert!(found.hits.len() <= MOST && found.understood <= 100, "{found:?}");
    assert!(found.hits.iter().all(|hit| hit.claim < claims && hit.share <= 100), "{found:?}");
    let sorted =
        found.hits.is_sorted_by_key(|hit| (std::cmp::Reverse(hit.score), std::cmp::Reverse(hit.claim)));
    assert!(sorted, "{found:?}");
    assert!(!found.weak || !found.hits.is_empty(), "{found:?}");
}
