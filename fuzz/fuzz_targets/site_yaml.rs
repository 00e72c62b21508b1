//! The settings: what is said of them, where, and how that reads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meja::config;
use meja::content::{self, Files};
use meja::source::Source;
use meja_fuzz::{said, text};

/// An article that asks the settings for languages, verdicts and kinds.
const ARTICLE: &str = "---\ntitle: Judul\ndate: 2025-01-02\nauthors: [Rina]\ntopics: [kesehatan]\nclaims:\n  - id: a\n    \
                       claim: Klaim\n    verdict: false\n    finding: Temuan.\n    kinds: [satire]\n---\nIsi.\n";

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let source = Source::new("site.yaml", text);
    let (config, problems) = config::read(&source);
    said::holds(&problems);
    // Settings are whole even where something is wrong with them: all else is read by them.
    assert!(!config.languages.is_empty() && config.paginate > 0, "{config:?}");
    assert!(config.base.absolute("/a/").ends_with("/a/"), "{:?}", config.base);
    for path in ["articles/a.md", "articles/a.en.md"] {
        let read =
            content::read_as(path, ARTICLE.to_owned(), &config, &Files::default()).expect("a document");
        said::holds(&read.diagnostics);
    }
});
