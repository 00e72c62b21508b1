//! The outside addresses of a desk, each with its place.

use std::sync::Arc;

use crate::check::cited::cited;
use crate::config::Config;
use crate::content::markdown::Body;
use crate::content::{Article, Claim, Description, Looked, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::links::asked_as;
use crate::site::Site;
use crate::source::{Source, Span};
use crate::yaml::{OwnedPath, Part, Spot, Yaml};

/// An outside address at one place.
#[derive(Debug)]
pub struct Address<'a> {
    /// It as it is asked.
    pub asked: String,
    /// What it is of, in a message.
    pub(super) what: &'static str,
    /// The archived copy beside it.
    pub(super) archived: Option<&'a str>,
    /// Whether an archived copy can stand beside it.
    pub(super) may_have_copy: bool,
    place: Written<'a>,
}

#[derive(Debug)]
enum Written<'a> {
    /// The value of a key.
    Key(&'a Yaml, OwnedPath),
    /// Words of a text.
    Text(&'a Arc<Source>, Span),
}

impl Address<'_> {
    /// The file that it stands in.
    pub fn file(&self) -> &str {
        match &self.place {
            Written::Key(yaml, _) => &yaml.source.path,
            Written::Text(source, _) => &source.path,
        }
    }

    /// A problem with it, at its place.
    pub(super) fn diagnostic(&self, code: Code, message: String) -> Diagnostic {
        match &self.place {
            Written::Key(yaml, path) => {
                Diagnostic::at(code, &yaml.source, yaml.find(path, Spot::Value), message)
            }
            Written::Text(source, span) => Diagnostic::at(code, source, span.clone(), message),
        }
    }
}

/// Every outside address of what is shown, file by file.
pub fn addresses(site: &Site) -> Vec<Address<'_>> {
    let mut all = Collected(Vec::new());
    all.of_settings(&site.config);
    for article in &site.articles {
        for claim in &article.claims {
            all.of_claim(article, claim);
        }
        all.of_text(&article.yaml.source, article.body(&Looked::unnoted()));
    }
    for page in &site.pages {
        all.of_text(&page.yaml.source, &page.body);
    }
    for person in site.people() {
        all.of_party(&person.yaml, &person.description, &[]);
        all.of_text(&person.yaml.source, &person.body);
    }
    all.0
}

struct Collected<'a>(Vec<Address<'a>>);

impl<'a> Collected<'a> {
    fn add(&mut self, url: Option<&str>, what: &'static str, place: impl FnOnce() -> Written<'a>) {
        if let Some(asked) = url.and_then(asked_as) {
            let (archived, may_have_copy) = (None, false);
            self.0.push(Address { asked, what, archived, may_have_copy, place: place() });
        }
    }

    fn key(&mut self, url: Option<&str>, what: &'static str, yaml: &'a Yaml, path: OwnedPath) {
        self.add(url, what, || Written::Key(yaml, path));
    }

    fn of_settings(&mut self, config: &'a Config) {
        let (yaml, publisher) = (&config.yaml, &config.publisher);
        let own = |rest: &[Part]| [&[Part::key("publisher")], rest].concat();
        self.key(publisher.url.as_deref(), "address", yaml, own(&[Part::key("url")]));
        for (index, url) in publisher.same_as.iter().enumerate() {
            self.key(Some(url), "address", yaml, own(&[Part::key("same_as"), Part::Index(index)]));
        }
        self.key(publisher.ifcn.as_deref(), "address", yaml, own(&[Part::key("ifcn")]));
        for (index, item) in config.menu.iter().enumerate() {
            let path = vec![Part::key("menu"), Part::Index(index), Part::key("url")];
            self.key(Some(&item.url), "address", yaml, path);
        }
        let path = vec![Part::key("submit"), Part::key("url")];
        self.key(config.submit.url.as_deref(), "address", yaml, path);
    }

    fn of_claim(&mut self, article: &'a Article, claim: &'a Claim) {
        let yaml = &article.yaml;
        if let Some(Party::Described(known)) = &claim.claimant {
            self.of_party(yaml, known, &claim.path(&[Part::key("claimant")]));
        }
        for one in cited(claim) {
            let before = self.0.len();
            self.key(one.url, one.what, yaml, claim.path(&one.path("url")));
            for address in &mut self.0[before..] {
                (address.archived, address.may_have_copy) = (one.archived, true);
            }
            self.key(one.archived, "archived copy", yaml, claim.path(&one.path("archived")));
        }
        let original = claim.media.as_ref().and_then(|media| media.original.as_ref());
        let path = claim.path(&[Part::key("media"), Part::key("original"), Part::key("url")]);
        self.key(original.and_then(|original| original.url.as_deref()), "original", yaml, path);
        for past in &claim.history {
            let path = claim.path(&[Part::key("history"), Part::Index(past.index), Part::key("archived")]);
            self.key(past.archived.as_deref(), "archived copy", yaml, path);
        }
    }

    fn of_party(&mut self, yaml: &'a Yaml, party: &Description, path: &[Part]) {
        let below = |more: &[Part]| [path, more].concat();
        self.key(party.url.as_deref(), "address", yaml, below(&[Part::key("url")]));
        for (index, url) in party.same_as.iter().enumerate() {
            self.key(Some(url), "address", yaml, below(&[Part::key("same_as"), Part::Index(index)]));
        }
    }

    fn of_text(&mut self, source: &'a Arc<Source>, body: &Body) {
        for link in &body.outside {
            self.add(Some(&link.address), "link", || Written::Text(source, link.span.clone()));
        }
    }
}
