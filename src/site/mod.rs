//! Assembles documents into one immutable [`Site`] and plans what stands at which address.
//!
//! Everything here is pure: documents and a moment in, a site and diagnostics out.

pub mod address;
mod circulated;
mod clashes;
mod copies;
mod edition;
mod history;
mod kept;
mod ledger;
mod lists;
mod lookup;
mod paths;
mod plan;
mod published;
mod references;
mod resolve;
mod table;
mod terms;

pub use circulated::spreads;
pub use copies::{Copy, Encoding};
pub use edition::{ClaimRef, Edition};
pub use ledger::{Change, Entry, Standing};
pub use lists::{ListKind, Members, Term, Terms};
pub use lookup::Lookup;
pub use plan::{
    CLAIMS_A_FILE, DataFile, Feed, LookupFile, Plan, Recipe, Route, SITEMAP_LIMIT, is_indexed, is_unlisted,
    plan,
};
pub use resolve::Unresolved;
pub use terms::{author_slug, party_slug};

use std::sync::Arc;

use jiff::Zoned;
use rustc_hash::FxHashMap;

use circulated::Circulated;
use kept::Kept;

use crate::config::{Config, Lang};
use crate::content::{Article, Claim, Document, Files, Moment, Page, Party, Person, Read, Status};
use crate::diagnostic::{Code, Diagnostic};

/// What is shown, and when "now" is. Time enters the program here and nowhere else.
#[derive(Debug, Clone)]
pub struct Showing {
    /// The present moment, in any time zone.
    pub now: Zoned,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether articles dated in the future are shown.
    pub future: bool,
}

/// An article that is not shown, and why.
#[derive(Debug, Clone)]
pub struct Held {
    /// The file.
    pub path: String,
    /// The headline.
    pub title: String,
    /// Until when; `None` for a draft.
    pub until: Option<Moment>,
}

/// Everything the desk publishes, put in order.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The files below `content/`.
    pub files: Arc<Files>,
    /// The articles that are shown, newest first.
    pub articles: Vec<Arc<Article>>,
    /// The pages, by key and language.
    pub pages: Vec<Arc<Page>>,
    /// What is held back.
    pub held: Vec<Held>,
    /// The present moment in the site's time zone.
    pub now: Zoned,
    /// The site in each language, by [`Lang`].
    pub editions: Vec<Edition>,
    /// People by id, in each language they are described in.
    people: FxHashMap<String, Vec<Arc<Person>>>,
    /// Articles and pages by key, in each language they are written in.
    documents: FxHashMap<String, Vec<(Lang, Position)>>,
    /// Documents that exist but are not shown.
    hidden: FxHashMap<(String, Lang), String>,
    /// Files of which no document could be made, from `content/`. What refers to them, or to claims
    /// that may stand in them, is not to blame.
    unreadable: Vec<String>,
    /// Claims of articles that are not shown.
    hidden_claims: FxHashMap<String, String>,
    /// What is under check and not published as it is.
    circulated: Circulated,
    /// The verdict of each claim, one article after the other; where an article's begin.
    verdicts: (Vec<usize>, Vec<usize>),
    /// What it shares with the site before it.
    kept: Kept,
    /// The claims by their words.
    pub lookup: Lookup,
}

/// Where a document stands in [`Site`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// An index into [`Site::articles`].
    Article(usize),
    /// An index into [`Site::pages`].
    Page(usize),
}

/// Puts the documents together. What of the site `before` still holds is shared with it; the
/// outcome is the same without it.
pub fn assemble(
    config: &Arc<Config>,
    files: &Arc<Files>,
    read: &[Read],
    showing: &Showing,
    before: Option<&Site>,
) -> (Site, Vec<Diagnostic>) {
    let now = showing.now.with_time_zone(config.timezone.clone());
    let mut site = Site {
        config: Arc::clone(config),
        files: Arc::clone(files),
        articles: Vec::new(),
        pages: Vec::new(),
        held: Vec::new(),
        now,
        editions: Vec::new(),
        people: FxHashMap::default(),
        documents: FxHashMap::default(),
        hidden: FxHashMap::default(),
        hidden_claims: FxHashMap::default(),
        unreadable: read.iter().filter(|read| is_unreadable(read)).map(|read| read.path.clone()).collect(),
        circulated: Circulated::of(read),
        verdicts: (Vec::new(), Vec::new()),
        kept: Kept::default(),
        lookup: Lookup::default(),
    };
    let mut diagnostics = Vec::new();
    for document in read.iter().filter_map(|read| read.document.as_ref()) {
        match document {
            Document::Article(article) => site.take_article(article, showing),
            Document::Page(page) => site.pages.push(Arc::clone(page)),
            Document::Person(person) => {
                let versions = site.people.entry(person.id.clone()).or_default();
                // An id is the file's name alone, so files in different folders can share one.
                if let Some(first) = versions.iter().find(|other| other.lang == person.lang) {
                    let path = &first.yaml.source.path;
                    let message = format!("there is a person `{}` already, in `{path}`", person.id);
                    diagnostics.push(
                        Diagnostic::file(Code::DuplicateAddress, person.yaml.source.path.as_str(), message)
                            .help("rename one of the two files; folders do not count"),
                    );
                    continue;
                }
                versions.push(Arc::clone(person));
            }
        }
    }
    site.order();
    site.check_versions(&mut diagnostics);
    let comparable = before.filter(|before| Arc::ptr_eq(&before.config, config));
    site.kept = comparable.map(|before| Kept::between(before, &site)).unwrap_or_default();
    site.editions = config
        .langs()
        .map(|lang| Edition::build(&site, lang, comparable.map(|before| (before.edition(lang), site.kept))))
        .collect();
    site.lookup = Lookup::build(&site, comparable);
    diagnostics.extend(site.editions.iter().flat_map(|edition| edition.problems().iter().cloned()));
    references::check(&site, &mut diagnostics);
    history::translations(&site, &mut diagnostics);
    (site, diagnostics)
}

/// Whether a file should have been a document.
fn is_unreadable(read: &Read) -> bool {
    read.document.is_none() && crate::diagnostic::any_error(&read.diagnostics)
}

impl Site {
    /// Whether no document could be made of some file: of this one, or of any if none is named.
    pub(crate) fn is_unreadable(&self, path: Option<&str>) -> bool {
        path.map_or(!self.unreadable.is_empty(), |path| self.unreadable.iter().any(|other| other == path))
    }

    fn take_article(&mut self, article: &Arc<Article>, showing: &Showing) {
        let until = article.date.is_after(&self.now).then(|| article.date.clone());
        let is_draft = article.status == Status::Draft;
        let held = (is_draft && !showing.drafts) || (until.is_some() && !showing.future);
        if !held {
            self.articles.push(Arc::clone(article));
            return;
        }
        self.held.push(Held {
            path: article.yaml.source.path.clone(),
            title: article.title.clone(),
            until: until.filter(|_| !is_draft),
        });
        self.hidden.insert((article.key.clone(), article.lang), article.title.clone());
        for claim in &article.claims {
            self.hidden_claims.insert(claim.id.clone(), article.title.clone());
        }
    }

    /// Sorts what must not depend on the order of files, and indexes it.
    fn order(&mut self) {
        self.articles.sort_by(|a, b| {
            b.date.sort_key().cmp(&a.date.sort_key()).then_with(|| (&a.key, a.lang).cmp(&(&b.key, b.lang)))
        });
        self.pages.sort_by(|a, b| (&a.key, a.lang).cmp(&(&b.key, b.lang)));
        self.held.sort_by(|a, b| a.path.cmp(&b.path));
        for article in &self.articles {
            self.verdicts.1.push(self.verdicts.0.len());
            self.verdicts.0.extend(article.claims.iter().map(|claim| claim.verdict));
        }
        let articles = self
            .articles
            .iter()
            .enumerate()
            .map(|(index, article)| (article.key.clone(), (article.lang, Position::Article(index))));
        let pages = self
            .pages
            .iter()
            .enumerate()
            .map(|(index, page)| (page.key.clone(), (page.lang, Position::Page(index))));
        for (key, version) in articles.chain(pages) {
            self.documents.entry(key).or_default().push(version);
        }
    }

    /// A document has one version in each language, and a policy one page.
    fn check_versions(&self, diagnostics: &mut Vec<Diagnostic>) {
        let path_of = |position: Position| match position {
            Position::Article(index) => self.articles[index].yaml.source.path.as_str(),
            Position::Page(index) => self.pages[index].yaml.source.path.as_str(),
        };
        for versions in self.documents.values() {
            for (place, (lang, position)) in versions.iter().enumerate() {
                if let Some((_, first)) = versions[..place].iter().find(|(other, _)| other == lang) {
                    let message = format!("`{}` is the same article in the same language", path_of(*first));
                    diagnostics.push(
                        Diagnostic::file(Code::DuplicateAddress, path_of(*position), message)
                            .help("remove one of the two files, or give it another name"),
                    );
                }
            }
        }
        for (place, page) in self.pages.iter().enumerate() {
            let same = |other: &&Arc<Page>| other.lang == page.lang && other.policy == page.policy;
            if let Some(first) = self.pages[..place].iter().find(same).filter(|_| page.policy.is_some()) {
                let span = page.yaml.find(&[crate::yaml::Part::key("policy")], crate::yaml::Spot::Value);
                let other = first.yaml.find(&[crate::yaml::Part::key("policy")], crate::yaml::Spot::Value);
                diagnostics.push(
                    Diagnostic::at(
                        Code::DuplicateAddress,
                        &page.yaml.source,
                        span,
                        format!("two pages state the policy `{}`", page.policy.unwrap_or_default()),
                    )
                    .other(&first.yaml.source, other, "it is first used here")
                    .help("a policy has one page in each language; leave `policy` out on the other"),
                );
            }
        }
    }

    /// The verdict of a claim, as an index into the scale. Counting verdicts asks for all of them;
    /// this does not touch the articles.
    pub fn verdict_of(&self, at: ClaimRef) -> usize {
        self.verdicts.0[self.claim_number(at)]
    }

    /// The number of a claim among all claims, for tables with an entry for each.
    pub fn claim_number(&self, at: ClaimRef) -> usize {
        self.verdicts.1[at.article] + at.claim
    }

    /// How many claims there are in all languages.
    pub fn claim_count(&self) -> usize {
        self.verdicts.0.len()
    }

    /// The claim behind a reference.
    pub fn claim(&self, at: ClaimRef) -> &Claim {
        &self.articles[at.article].claims[at.claim]
    }

    /// The article a claim stands in.
    pub fn article_of(&self, at: ClaimRef) -> &Arc<Article> {
        &self.articles[at.article]
    }

    /// The site in one language.
    pub fn edition(&self, lang: Lang) -> &Edition {
        &self.editions[lang.index()]
    }

    /// The document with this key in `lang`, if it is shown.
    pub fn document(&self, key: &str, lang: Lang) -> Option<Position> {
        self.documents.get(key)?.iter().find(|(version, _)| *version == lang).map(|(_, position)| *position)
    }

    /// Whether a document exists but is held back.
    pub(crate) fn is_hidden(&self, key: &str, lang: Lang) -> bool {
        self.hidden.contains_key(&(key.to_owned(), lang))
    }

    /// The person with this id, in `lang` or the main language.
    pub fn person(&self, id: &str, lang: Lang) -> Option<&Arc<Person>> {
        let versions = self.people.get(id)?;
        let find = |lang| versions.iter().find(|person| person.lang == lang);
        find(lang).or_else(|| find(Lang::MAIN))
    }

    /// The ids of all people, in no order.
    pub(crate) fn people_ids(&self) -> impl Iterator<Item = &str> {
        self.people.keys().map(String::as_str)
    }

    /// Everyone with a file, by id and language.
    pub fn people(&self) -> Vec<&Arc<Person>> {
        let mut people: Vec<_> = self.people.values().flatten().collect();
        people.sort_by(|a, b| (&a.id, a.lang).cmp(&(&b.id, b.lang)));
        people
    }

    /// The name readers see for a party, in `lang`.
    pub fn name_of<'a>(&'a self, party: &'a Party, lang: Lang) -> &'a str {
        match party {
            Party::Named(name) => self.named(name, lang),
            Party::Described(description) => &description.name,
        }
    }

    /// The name readers see for an id or a plain name.
    pub fn named<'a>(&'a self, name: &'a str, lang: Lang) -> &'a str {
        self.person(name, lang).map_or(name, |person| person.description.name.as_str())
    }

    /// Whether a marked copy of what circulated may be published.
    pub fn has_circulated_pictures(&self) -> bool {
        !self.circulated.is_empty()
    }

    /// The claim whose circulated copy has this SHA-256, for files outside `content/`.
    pub fn claim_of_copy(&self, sha256: impl FnOnce() -> String) -> Option<&str> {
        self.circulated.claim_of_copy(sha256)
    }

    /// The page that states a policy of the desk, in `lang` or the main language.
    pub fn policy(&self, policy: &str, lang: Lang) -> Option<&Arc<Page>> {
        let find = |lang| self.pages.iter().find(|page| page.lang == lang && page.policy == Some(policy));
        find(lang).or_else(|| find(Lang::MAIN))
    }
}
