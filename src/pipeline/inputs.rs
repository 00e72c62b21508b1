//! What a site is made from, as fingerprints: a build leaves alone what it would make again from the same.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Desk, Ready};
use crate::content::{Document, Looked, Read};
use crate::digest::Print;
use crate::output;
use crate::site::Recipe;

/// The fingerprints of a desk, and where the parts of them are.
#[derive(Debug)]
pub(super) struct Inputs {
    pub(super) fingerprints: output::Inputs,
    /// By the files of the articles.
    places: FxHashMap<String, u32>,
}

impl Inputs {
    /// All that decides the files of [`is_covered`]. Common to all are program, theme and words, settings, what
    /// pages and persons say, the front matter of all articles and what was found out of files that are named there, which files there are, which
    /// articles time has not yet let out, and all addresses. The text of an article decides only what is made with a look at it
    /// ([`Looked`]), so each is a part of its own. It is all taken of what was read, not of what stands in the folder by now.
    ///
    /// `ready` must have been prepared from `desk`.
    pub(super) fn of(desk: &Desk, ready: &Ready) -> Self {
        let mut text = Vec::new();
        text.extend(ready.engine.print().bytes());
        let mut add = |part: &[u8]| add(&mut text, part);
        add(desk.config.yaml.source.text.as_bytes());
        // It can be given beside the settings.
        add(format!("{:?}", desk.config.base).as_bytes());
        for path in desk.files.paths() {
            add(path.as_bytes());
        }
        let read: Vec<(Print, Option<Print>)> = desk.read.par_iter().map(of_document).collect();
        let mut bodies: FxHashMap<&str, Print> = FxHashMap::default();
        for (read, (front, body)) in desk.read.iter().zip(read) {
            add(&front.bytes());
            if let (Some(Document::Article(article)), Some(body)) = (&read.document, body) {
                bodies.insert(&article.yaml.source.path, body);
            }
        }
        let site = ready.site();
        let mut parts = Vec::new();
        let mut places = FxHashMap::default();
        for article in &site.articles {
            let path = &article.yaml.source.path;
            add(path.as_bytes());
            add(&[u8::from(article.date.is_after(&site.now))]);
            if let Some(print) = bodies.get(path.as_str()) {
                // Far more articles than a place can count do not fit into memory.
                places.insert(path.clone(), u32::try_from(parts.len()).unwrap_or(u32::MAX));
                parts.push(*print);
            }
        }
        for route in ready.plan().routes() {
            add(route.path.as_bytes());
        }
        Self { fingerprints: output::Inputs { common: Print::of(&text), parts }, places }
    }

    /// What a file was made from: its key, and the texts that were looked at.
    pub(super) fn origin(&self, key: Print, looked: Looked) -> output::Origin {
        // A text that is not here is no part there is: such a file is made again.
        let place = |path: &String| self.places.get(path).copied().unwrap_or(u32::MAX);
        let places = looked.paths().iter().map(place).collect();
        output::Origin { key, parts: self.fingerprints.only(places) }
    }
}

/// A part with its length, so that no two sequences of parts are alike.
fn add(text: &mut Vec<u8>, part: &[u8]) {
    text.extend(part.len().to_le_bytes());
    text.extend(Print::of(part).bytes());
}

/// What a document says but for the text of an article, and that text. With both goes what was found out of the files that are named:
/// sizes, digests.
fn of_document(read: &Read) -> (Print, Option<Print>) {
    let asked = !read.asked.is_empty();
    let (mut front, mut body) = (Vec::new(), Vec::new());
    add(&mut front, read.path.as_bytes());
    let mut found = |all: &dyn Fn() -> String| {
        if asked {
            add(&mut front, all().as_bytes());
        }
    };
    match &read.document {
        Some(Document::Article(article)) => {
            found(&|| format!("{:?}", article.front()));
            add(&mut front, article.yaml.text().as_bytes());
            let (whole, yaml) = (&article.yaml.source.text, &article.yaml.span);
            add(&mut body, &whole.as_bytes()[..yaml.start]);
            add(&mut body, &whole.as_bytes()[yaml.end..]);
            if asked {
                add(&mut body, format!("{:?}", article.body(&Looked::unnoted())).as_bytes());
            }
            return (Print::of(&front), Some(Print::of(&body)));
        }
        Some(Document::Page(page)) => {
            found(&|| format!("{page:?}"));
            add(&mut front, page.yaml.source.text.as_bytes());
        }
        Some(Document::Person(person)) => {
            found(&|| format!("{person:?}"));
            add(&mut front, person.yaml.source.text.as_bytes());
        }
        None => {}
    }
    (Print::of(&front), None)
}

/// Whether what a recipe makes is decided by [`Inputs::of`]. Pictures, cards and files are not: they have
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
