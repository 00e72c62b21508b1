//! Listings: the same articles and claims by verdict, topic, claimant, author and source.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

use super::Site;
use super::edition::ClaimRef;
use crate::config::Lang;
use crate::content::{Article, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::slug;
use crate::yaml::Part;

/// What a list goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum ListKind {
    Verdict,
    Topic,
    Claimant,
    Author,
    Source,
}

impl ListKind {
    /// Every kind.
    pub const ALL: [ListKind; 5] =
        [ListKind::Verdict, ListKind::Topic, ListKind::Claimant, ListKind::Author, ListKind::Source];

    /// The folder its lists stand in.
    pub fn folder(self) -> &'static str {
        match self {
            ListKind::Verdict => "verdicts",
            ListKind::Topic => "topics",
            ListKind::Claimant => "claimants",
            ListKind::Author => "authors",
            ListKind::Source => "sources",
        }
    }

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            ListKind::Verdict => "verdict",
            ListKind::Topic => "topic",
            ListKind::Claimant => "claimant",
            ListKind::Author => "author",
            ListKind::Source => "source",
        }
    }
}

/// One list.
#[derive(Debug, Clone)]
pub struct Term {
    /// The last part of its address.
    pub slug: String,
    /// What readers see.
    pub label: String,
    /// The id of the person's file, for claimants and authors that have one.
    pub person: Option<String>,
    /// What is on it, newest first.
    pub members: Members,
}

/// What is on a list.
#[derive(Debug, Clone)]
pub enum Members {
    /// Claims.
    Claims(Vec<ClaimRef>),
    /// Articles, as indexes into [`Site::articles`].
    Articles(Vec<usize>),
}

impl Members {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Members::Claims(claims) => claims.len(),
            Members::Articles(articles) => articles.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The lists of one kind.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// By slug; verdicts in the order of the scale.
    pub list: Vec<Term>,
    by_slug: FxHashMap<String, usize>,
}

impl Terms {
    /// The position of the list with this slug.
    pub fn position(&self, slug: &str) -> Option<usize> {
        self.by_slug.get(slug).copied()
    }

    /// The list with this slug.
    pub fn get(&self, slug: &str) -> Option<&Term> {
        self.position(slug).map(|position| &self.list[position])
    }

    fn of(list: Vec<Term>) -> Self {
        let by_slug = list.iter().enumerate().map(|(position, term)| (term.slug.clone(), position)).collect();
        Self { list, by_slug }
    }
}

/// The slug of a claimant: the id of their file, or made of their name.
pub fn party_slug(site: &Site, party: &Party, lang: Lang) -> String {
    match party {
        Party::Named(id) if site.person(id, lang).is_some() => id.clone(),
        Party::Named(name) => slug(name),
        Party::Described(description) => slug(&description.name),
    }
}

/// The slug of an author: the id of their file, or made of their name.
pub fn author_slug(site: &Site, name: &str, lang: Lang) -> String {
    if site.person(name, lang).is_some() { name.to_owned() } else { slug(name) }
}

pub(super) fn verdicts(site: &Site, claims: &[ClaimRef], lang: Lang) -> Terms {
    let scale = &site.config.scale.verdicts;
    let mut members = vec![Vec::new(); scale.len()];
    for at in claims {
        if let Some(list) = members.get_mut(site.verdict_of(*at)) {
            list.push(*at);
        }
    }
    Terms::of(
        scale
            .iter()
            .zip(members)
            .map(|(verdict, claims)| Term {
                slug: verdict.id.clone(),
                label: verdict.label.get(lang).to_owned(),
                person: None,
                members: Members::Claims(claims),
            })
            .collect(),
    )
}

/// Lists being filled. What a name leads to is worked out once, however often the name occurs.
#[derive(Default)]
struct Grouping<'n> {
    by_name: FxHashMap<&'n str, Option<usize>>,
    by_slug: FxHashMap<String, usize>,
    terms: Vec<Term>,
}

impl<'n> Grouping<'n> {
    /// The position of the list a name leads to; `make` says which list that is.
    fn position(&mut self, name: &'n str, make: impl FnOnce() -> Option<Term>) -> Option<usize> {
        if let Some(position) = self.by_name.get(name) {
            return *position;
        }
        let position = make().map(|term| {
            *self.by_slug.entry(term.slug.clone()).or_insert_with(|| {
                self.terms.push(term);
                self.terms.len() - 1
            })
        });
        self.by_name.insert(name, position);
        position
    }

    /// Puts an article on a list once, however often it names the term.
    fn add_article(&mut self, position: Option<usize>, index: usize) {
        if let Some(Members::Articles(list)) = position.map(|position| &mut self.terms[position].members)
            && list.last() != Some(&index)
        {
            list.push(index);
        }
    }

    fn add_claim(&mut self, position: Option<usize>, at: ClaimRef) {
        if let Some(Members::Claims(list)) = position.map(|position| &mut self.terms[position].members)
            && list.last() != Some(&at)
        {
            list.push(at);
        }
    }

    fn done(mut self) -> Terms {
        self.terms.sort_by(|a, b| a.slug.cmp(&b.slug));
        Terms::of(self.terms)
    }
}

fn empty(slug: String, label: String, person: Option<String>, members: Members) -> Term {
    Term { slug, label, person, members }
}

pub(super) fn topics(site: &Site, articles: &[usize], lang: Lang) -> Terms {
    let mut grouping = Grouping::default();
    for index in articles {
        for topic in &site.articles[*index].topics {
            let position = grouping.position(topic, || {
                let slug = slug(topic);
                let label =
                    site.config.topics.get(&slug).map_or(topic.as_str(), |label| label.get(lang)).to_owned();
                Some(empty(slug, label, None, Members::Articles(Vec::new())))
            });
            grouping.add_article(position, *index);
        }
    }
    grouping.done()
}

pub(super) fn authors(
    site: &Site,
    articles: &[usize],
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms {
    let mut grouping = Grouping::default();
    for index in articles {
        let article = &site.articles[*index];
        for (place, name) in article.authors.iter().enumerate() {
            let is_new = !grouping.by_name.contains_key(name.as_str());
            let shown = site.named(name, lang);
            let position = grouping.position(name, || {
                let slug = author_slug(site, name, lang);
                let person = site.person(name, lang).map(|person| person.id.clone());
                (!slug.is_empty())
                    .then(|| empty(slug, shown.to_owned(), person, Members::Articles(Vec::new())))
            });
            if let Some(position) = position
                && is_new
                && grouping.terms[position].label != shown
            {
                let term = &grouping.terms[position];
                let message =
                    format!("`{shown}` and `{}` would share the page `/authors/{}/`", term.label, term.slug);
                let span = article.span(&[Part::key("authors"), Part::Index(place)]);
                diagnostics.push(
                    Diagnostic::at(Code::DuplicateAddress, &article.yaml.source, span, message)
                        .help(SAME_OR_NOT),
                );
            }
            grouping.add_article(position, *index);
        }
    }
    grouping.done()
}

/// What to do about two names that make one address.
const SAME_OR_NOT: &str = "if they are the same, write the name the same way; if not, make a file in `content/people` for one of them";

pub(super) fn sources(site: &Site, claims: &[ClaimRef]) -> Terms {
    let mut grouping = Grouping::default();
    for at in claims {
        for host in site.claim(*at).sources.iter().filter_map(|source| source.host.as_deref()) {
            let position = grouping.position(host, || {
                Some(empty(host.to_owned(), host.to_owned(), None, Members::Claims(Vec::new())))
            });
            grouping.add_claim(position, *at);
        }
    }
    grouping.done()
}

pub(super) fn claimants(
    site: &Site,
    claims: &[ClaimRef],
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms {
    let mut grouping = Grouping::default();
    let mut checked: FxHashSet<(&str, &str)> = FxHashSet::default();
    for at in claims {
        let Some(party) = &site.claim(*at).claimant else {
            continue;
        };
        let name = site.name_of(party, lang);
        // An id and a name may read the same and mean different pages.
        let key = match party {
            Party::Named(named) => named.as_str(),
            Party::Described(description) => description.name.as_str(),
        };
        let is_new = checked.insert((key, name));
        let position = grouping.position(key, || {
            let slug = party_slug(site, party, lang);
            let person =
                matches!(party, Party::Named(id) if site.person(id, lang).is_some()).then(|| slug.clone());
            (!slug.is_empty()).then(|| empty(slug, name.to_owned(), person, Members::Claims(Vec::new())))
        });
        match position {
            None if is_new => diagnostics.push(no_address(site, *at, name)),
            // Two different claimants on one page would put words into somebody's mouth.
            Some(position) if is_new && grouping.terms[position].label != name => {
                diagnostics.push(shared_page(site, *at, name, &grouping.terms[position]));
            }
            _ => {}
        }
        grouping.add_claim(position, *at);
    }
    grouping.done()
}

fn no_address(site: &Site, at: ClaimRef, name: &str) -> Diagnostic {
    let (article, claim) = (site.article_of(at), site.claim(at));
    let span = claimant_place(article, claim.index);
    Diagnostic::at(Code::BadId, &article.yaml.source, span, format!("`{name}` cannot be part of an address"))
        .help("make a file in `content/people` for this claimant and give its id")
}

fn shared_page(site: &Site, at: ClaimRef, name: &str, term: &Term) -> Diagnostic {
    let (article, claim) = (site.article_of(at), site.claim(at));
    let message = format!("`{name}` and `{}` would share the page `/claimants/{}/`", term.label, term.slug);
    let diagnostic = Diagnostic::at(
        Code::DuplicateAddress,
        &article.yaml.source,
        claimant_place(article, claim.index),
        message,
    )
    .help(SAME_OR_NOT);
    let Some(first) = (match &term.members {
        Members::Claims(claims) => claims.first(),
        Members::Articles(_) => None,
    }) else {
        return diagnostic;
    };
    let other = site.article_of(*first);
    diagnostic.other(
        &other.yaml.source,
        claimant_place(other, site.claim(*first).index),
        "it is first used here",
    )
}

fn claimant_place(article: &Arc<Article>, claim: usize) -> crate::source::Span {
    article.span(&[Part::key("claims"), Part::Index(claim), Part::key("claimant")])
}
