//! The built site, looked at from outside.
//!
//! These checks know the output's bytes and the desk's own YAML and Markdown, read in the plainest
//! way, and nothing of the crate: a mistake of the program is not repeated by what looks for it.
//! Each check is a function from a built site to a list of violations; its test on the demo desk
//! wants none, and a second test shows on a tiny broken site that it can find some.

mod built;
mod charts;
mod content;
mod desks;
mod feeds;
pub mod hostile;
mod html;
mod links;
mod listings;
mod reviews;
mod sharing;
mod strict;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use built::Built;
use content::Content;

use crate::desk::repository;

/// Where the checked build of the demo desk stands: a sub-path, as on GitHub Pages.
const BASE: &str = "https://nama.github.io/sub/path/";
/// The day on which it is built.
const TODAY: &str = "2026-11-22";

/// The demo desk, built once for all checks.
fn demo() -> &'static (Built, Content) {
    static DEMO: OnceLock<(Built, Content)> = OnceLock::new();
    DEMO.get_or_init(|| (Built::of_desk(repository(), BASE, TODAY), Content::read(repository(), TODAY)))
}

/// The path of the demo desk's address, and its files by their path from there.
pub fn files() -> (&'static str, &'static BTreeMap<String, Vec<u8>>) {
    (demo().0.base.path(), &demo().0.files)
}

/// Fails with every violation, one a line.
#[track_caller]
pub fn wants_none(violations: &[String]) {
    const MOST: usize = 60;
    let shown = violations.iter().take(MOST).cloned().collect::<Vec<_>>().join("\n  ");
    let more = violations.len().saturating_sub(MOST);
    assert!(violations.is_empty(), "{} violations:\n  {shown}\n  (and {more} more)", violations.len());
}

/// Fails unless, for each of `parts`, some violation contains it.
#[track_caller]
pub fn wants_all(violations: &[String], parts: &[&str]) {
    for part in parts {
        assert!(
            violations.iter().any(|violation| violation.contains(part)),
            "nothing says `{part}`; said was:\n  {}",
            violations.join("\n  ")
        );
    }
}
