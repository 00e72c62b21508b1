//! Which files of `content/` are published.

use std::collections::BTreeMap;

use super::Site;
use super::lists::ListKind;
use crate::content::markdown::Body;
use crate::content::{Article, Looked, Picture, Size, Target};

/// How a file is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Published {
    /// Whether it is evidence, whose SHA-256 is stated.
    pub(super) is_evidence: bool,
    /// How wide the copies are that are published beside it.
    pub(super) widths: Vec<usize>,
    /// The SHA-256 of a picture that is shown.
    pub(super) sha256: Option<String>,
}

/// The files of `content/` that something shown refers to, by their paths. Files of drafts stay at
/// home.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Files(BTreeMap<String, Published>);

impl Files {
    /// Publishes a file.
    fn add(&mut self, path: &str) -> &mut Published {
        if !self.0.contains_key(path) {
            self.0.insert(path.to_owned(), Published::default());
        }
        self.0.entry(path.to_owned()).or_default()
    }

    /// Publishes a picture that is shown.
    fn show(&mut self, path: &str, size: Option<&Size>) {
        let published = self.add(path);
        if let Some(size) = size {
            published.widths = size.widths();
            published.sha256 = Some(size.sha256.clone());
        }
    }

    fn picture(&mut self, picture: &Picture) {
        self.show(&picture.path, picture.size.as_ref());
    }

    /// The files that an article refers to.
    pub(super) fn of(article: &Article) -> Self {
        let mut files = Self::default();
        files.article(article);
        files
    }

    fn article(&mut self, article: &Article) {
        self.body(article.body(&Looked::unnoted()));
        article.image.iter().for_each(|image| self.picture(image));
        for claim in &article.claims {
            for file in claim.sources.iter().filter_map(|source| source.file.as_ref()) {
                self.add(&file.path).is_evidence = true;
            }
            // What circulated is not published as it is: a copy of it would spread the hoax.
            let original = claim.media.as_ref().and_then(|media| media.original.as_ref());
            if let Some((path, original)) =
                original.and_then(|original| Some((original.file.as_ref()?, original)))
            {
                self.show(path, original.size.as_ref());
            }
        }
    }

    fn body(&mut self, body: &Body) {
        for link in &body.links {
            if let Target::File(path) = &link.target {
                self.add(path);
            }
        }
        body.pictures.iter().for_each(|shown| self.picture(&shown.picture));
    }
}

/// All of them.
pub(super) fn published_files(site: &Site) -> BTreeMap<String, Published> {
    let mut files = Files::default();
    site.articles.iter().for_each(|article| files.article(article));
    site.pages.iter().for_each(|page| files.body(&page.body));
    // Of people, only those whose page exists: a draft may be the first to name somebody.
    for person in site.people().into_iter().filter(|person| is_shown(site, &person.id)) {
        files.body(&person.body);
        person.photo.iter().for_each(|photo| files.picture(photo));
    }
    files.0
}

/// Whether somebody has a page as an author or a claimant.
fn is_shown(site: &Site, id: &str) -> bool {
    site.editions.iter().any(|edition| {
        [ListKind::Author, ListKind::Claimant].iter().any(|kind| edition.terms(*kind).get(id).is_some())
    })
}
