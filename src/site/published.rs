//! Which files of `content/` are published.

use std::collections::BTreeSet;

use super::Site;
use super::lists::ListKind;
use crate::content::markdown::Body;
use crate::content::{Article, Target};

/// The files of `content/` that something shown refers to. Files of drafts stay at home.
pub(super) fn published_files(site: &Site) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut publish = |path: &str| {
        if !files.contains(path) {
            files.insert(path.to_owned());
        }
    };
    for article in &site.articles {
        files_of(article, &mut publish);
    }
    for page in &site.pages {
        linked_files(&page.body, &mut publish);
    }
    // Of people, only those whose page exists: a draft may be the first to name somebody.
    for person in site.people().into_iter().filter(|person| is_shown(site, &person.id)) {
        linked_files(&person.body, &mut publish);
        person.photo.iter().for_each(|photo| publish(&photo.path));
    }
    files
}

/// The files an article refers to.
pub(super) fn files_of(article: &Article, publish: &mut dyn FnMut(&str)) {
    linked_files(&article.body, publish);
    if let Some(image) = &article.image {
        publish(&image.path);
    }
    for claim in &article.claims {
        for file in claim.sources.iter().filter_map(|source| source.file.as_ref()) {
            publish(&file.path);
        }
        // What circulated is not published as it is: a copy of it would spread the hoax.
        let original = claim.media.as_ref().and_then(|media| media.original.as_ref());
        if let Some(file) = original.and_then(|original| original.file.as_deref()) {
            publish(file);
        }
    }
}

fn linked_files(body: &Body, publish: &mut dyn FnMut(&str)) {
    for link in &body.links {
        if let Target::File(path) = &link.target {
            publish(path);
        }
    }
}

/// Whether somebody has a page as an author or a claimant.
fn is_shown(site: &Site, id: &str) -> bool {
    site.editions.iter().any(|edition| {
        [ListKind::Author, ListKind::Claimant].iter().any(|kind| edition.terms(*kind).get(id).is_some())
    })
}
