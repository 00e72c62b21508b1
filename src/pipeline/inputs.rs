//! Everything that a site is made of, as one fingerprint: a build that would make the same site again only looks whether
//! it stands there as it was made.

use super::{Desk, Ready};
use crate::content::Document;
use crate::digest::Print;
use crate::site::Recipe;

/// The fingerprint of all that decides the files of [`is_covered`]: program, theme and words, settings, what the
/// documents say, which files there are beside them, and which articles time has not yet let out. It is taken of what was read, not of
/// what stands in the folder by now.
///
/// `ready` must have been prepared from `desk`.
pub(super) fn fingerprint(desk: &Desk, ready: &Ready) -> Print {
    let mut text = Vec::new();
    text.extend(ready.engine.print().bytes());
    let mut add = |part: &[u8]| {
        text.extend(part.len().to_le_bytes());
        text.extend(Print::of(part).bytes());
    };
    add(desk.config.yaml.source.text.as_bytes());
    // It can be given beside the settings.
    add(format!("{:?}", desk.config.base).as_bytes());
    for path in desk.files.paths() {
        add(path.as_bytes());
    }
    for read in &desk.read {
        add(read.path.as_bytes());
        let source = match &read.document {
            Some(Document::Article(article)) => &article.yaml.source,
            Some(Document::Page(page)) => &page.yaml.source,
            Some(Document::Person(person)) => &person.yaml.source,
            None => continue,
        };
        add(source.text.as_bytes());
        // What was found out of other files: sizes, digests.
        if !read.asked.is_empty() {
            add(format!("{:?}", read.document).as_bytes());
        }
    }
    let site = ready.site();
    for article in &site.articles {
        add(article.yaml.source.path.as_bytes());
        add(&[u8::from(article.date.is_after(&site.now))]);
    }
    Print::of(&text)
}

/// Whether what a recipe makes is decided by [`fingerprint`]. Pictures, cards and files are not: they have
/// bytes of their own that no document tells.
pub(super) fn is_covered(recipe: &Recipe) -> bool {
    !matches!(
        recipe,
        Recipe::Static(_)
            | Recipe::File(_)
            | Recipe::Picture(_)
            | Recipe::Copy(_)
            | Recipe::Circulated(..)
            | Recipe::DeskCard(_)
            | Recipe::ArticleCard(_)
            | Recipe::ClaimCard(_)
    )
}
