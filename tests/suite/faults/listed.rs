//! A file that vanishes between two steps of reading.

use std::fs;

use meja::diagnostic::any_passing;
use meja::{config, content, pipeline};

use crate::desk::Desk;
use crate::serve::small;

/// Listing and reading are two steps; what is gone in between is said so, and is not the author's mistake.
#[test]
fn a_file_that_was_listed_and_is_gone_is_no_mistake_of_the_content() {
    let desk = Desk::with(&[
        ("site.yaml", small::SITE),
        ("content/articles/a.md", &small::article("a", "Words.")),
        ("content/articles/b.md", &small::article("b", "Words.")),
    ]);
    let settings = pipeline::read_settings(desk.root()).expect("settings");
    let (config, _) = config::read(&settings);
    let (files, problems) = content::walk(desk.root(), "content");
    assert!(problems.is_empty());
    fs::remove_file(desk.path("content/articles/b.md")).expect("a removed file");
    let found: Vec<_> =
        content::read(&config, &files).into_iter().flat_map(|read| read.diagnostics).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(any_passing(&found) && found[0].path() == "content/articles/b.md", "{found:?}");
    assert!(found[0].message.contains("was there a moment ago and is gone"), "{found:?}");
}
