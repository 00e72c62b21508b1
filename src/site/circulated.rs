//! Sees to it that what circulated is nowhere published without a mark: not in a text, not as
//! evidence, not beside an article, not under another name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Site;
use crate::content::markdown::Body;
use crate::content::{Article, Document, Looked, Picture, Read, Target};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::yaml::{Part, Spot, Yaml};

/// What is under check in all articles, those that are held back too.
#[derive(Debug, Default)]
pub(super) struct Circulated {
    /// The claims by the paths of their circulated copies.
    paths: FxHashMap<String, String>,
    /// The paths of files by their SHA-256: a copy of a file is no other file.
    digests: FxHashMap<String, String>,
}

impl Circulated {
    /// What all articles check.
    pub(super) fn of(read: &[Read]) -> Self {
        let mut all = Self::default();
        let articles = read.iter().filter_map(|read| match &read.document {
            Some(Document::Article(article)) => Some(article),
            _ => None,
        });
        for claim in articles.flat_map(|article| &article.claims) {
            let Some((media, path)) =
                claim.media.as_ref().and_then(|media| Some((media, media.file.as_ref()?)))
            else {
                continue;
            };
            all.paths.entry(path.clone()).or_insert_with(|| claim.id.clone());
            if let Some(sha256) = &media.sha256 {
                all.digests.entry(sha256.clone()).or_insert_with(|| path.clone());
            }
        }
        all
    }

    /// The claim that a file is under check for.
    fn claim(&self, path: &str, sha256: Option<&str>) -> Option<&str> {
        let by_digest = || self.digests.get(sha256?).and_then(|path| self.paths.get(path));
        self.paths.get(path).or_else(by_digest).map(String::as_str)
    }

    /// The claim that a file outside `content/` is a copy of what is under check for. Nothing is
    /// hashed where nothing is under check.
    pub(super) fn claim_of_copy(&self, sha256: impl FnOnce() -> String) -> Option<&str> {
        if self.is_empty() { None } else { self.claim("", Some(&sha256())) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    fn body(&self, body: &Body, source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) {
        for link in &body.links {
            let Target::File(path) = &link.target else {
                continue;
            };
            let shown = body.pictures.iter().find(|shown| shown.picture.path == *path);
            let digest = shown.and_then(|shown| digest(&shown.picture));
            let digest = digest.or_else(|| body.digests.get(path).map(String::as_str));
            if let Some(claim) = self.claim(path, digest) {
                let help = "describe it in words; the page of the claim shows it with the verdict across it";
                diagnostics.push(problem(source, link.span.clone(), claim, help));
            }
        }
    }

    fn named(
        &self,
        (path, sha256): (&str, Option<&str>),
        yaml: &Yaml,
        place: &[Part],
        help: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Some(claim) = self.claim(path, sha256) {
            diagnostics.push(problem(&yaml.source, yaml.find(place, Spot::Value), claim, help));
        }
    }

    fn article(&self, article: &Article, diagnostics: &mut Vec<Diagnostic>) {
        self.body(article.body(&Looked::unnoted()), &article.yaml.source, diagnostics);
        let yaml = &article.yaml;
        if let Some(image) = &article.image {
            let place = [Part::key("image"), Part::key("file")];
            self.named((&image.path, digest(image)), yaml, &place, ANOTHER, diagnostics);
        }
        for claim in &article.claims {
            let inside = |rest: &[Part]| [&[Part::key("claims"), Part::Index(claim.index)], rest].concat();
            for (number, source) in claim.sources.iter().enumerate() {
                if let Some(file) = &source.file {
                    let place = inside(&[Part::key("sources"), Part::Index(number), Part::key("file")]);
                    let help = "give the address and an archived copy of it instead of `file`";
                    self.named((&file.path, Some(&file.sha256)), yaml, &place, help, diagnostics);
                }
            }
            let original = claim.media.as_ref().and_then(|media| media.original.as_ref());
            if let Some((path, original)) =
                original.and_then(|original| Some((original.file.as_ref()?, original)))
            {
                let place = inside(&[Part::key("media"), Part::key("original"), Part::key("file")]);
                let digest = original.sha256.as_deref();
                let help = "if what circulated is the original, leave the `file` of `media` out";
                self.named((path, digest), yaml, &place, help, diagnostics);
            }
        }
    }
}

const ANOTHER: &str = "choose another picture";

/// Reports every place where what circulated would be published as it is.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let all = &site.circulated;
    if all.is_empty() {
        return;
    }
    for article in &site.articles {
        all.article(article, diagnostics);
    }
    for page in &site.pages {
        all.body(&page.body, &page.yaml.source, diagnostics);
    }
    for person in site.people() {
        all.body(&person.body, &person.yaml.source, diagnostics);
        if let Some(photo) = &person.photo {
            let place = [Part::key("photo"), Part::key("file")];
            all.named((&photo.path, digest(photo)), &person.yaml, &place, ANOTHER, diagnostics);
        }
    }
}

fn digest(picture: &Picture) -> Option<&str> {
    picture.size.as_ref().map(|size| size.sha256.as_str())
}

fn problem(source: &Arc<Source>, span: Span, claim: &str, help: &str) -> Diagnostic {
    Diagnostic::at(Code::CirculatedMedia, source, span, spreads(claim)).help(help)
}

/// What is wrong with publishing what circulated of a claim.
pub fn spreads(claim: &str) -> String {
    format!("this is what circulated of the claim `{claim}`; published as it is, the site would spread it")
}
