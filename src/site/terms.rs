//! Listings: the same articles and claims by verdict, topic, claimant, author and source.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use url::Url;

use super::edition::ClaimRef;
use super::{Site, twice};
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
    /// How many of its claims have each verdict, by the scale's order; empty for articles.
    pub verdict_counts: Vec<usize>,
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
    by_slug: HashMap<String, usize>,
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

    fn of(site: &Site, mut list: Vec<Term>) -> Self {
        for term in &mut list {
            if let Members::Claims(claims) = &term.members {
                term.verdict_counts = verdict_counts(site, claims);
            }
        }
        let by_slug = list.iter().enumerate().map(|(position, term)| (term.slug.clone(), position)).collect();
        Self { list, by_slug }
    }
}

/// How many of the claims have each verdict, by the scale's order.
pub(super) fn verdict_counts(site: &Site, claims: &[ClaimRef]) -> Vec<usize> {
    let mut counts = vec![0; site.config.scale.verdicts.len()];
    for at in claims {
        if let Some(count) = counts.get_mut(site.claim(*at).verdict) {
            *count += 1;
        }
    }
    counts
}

/// The host of a source without `www.`: the address of its list. `None` for a source without URL.
pub fn host(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).trim_matches(['[', ']']).replace(':', "-"))
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
        if let Some(list) = members.get_mut(site.claim(*at).verdict) {
            list.push(*at);
        }
    }
    Terms::of(
        site,
        scale
            .iter()
            .zip(members)
            .map(|(verdict, claims)| Term {
                slug: verdict.id.clone(),
                label: verdict.label.get(lang).to_owned(),
                person: None,
                members: Members::Claims(claims),
                verdict_counts: Vec::new(),
            })
            .collect(),
    )
}

pub(super) fn topics(site: &Site, articles: &[usize], lang: Lang) -> Terms {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for index in articles {
        for topic in &site.articles[*index].topics {
            let slug = slug(topic);
            let label =
                || site.config.topics.get(&slug).map_or(topic.as_str(), |label| label.get(lang)).to_owned();
            let term = terms.entry(slug.clone()).or_insert_with(|| Term {
                label: label(),
                slug: slug.clone(),
                person: None,
                members: Members::Articles(Vec::new()),
                verdict_counts: Vec::new(),
            });
            push_article(term, *index);
        }
    }
    Terms::of(site, terms.into_values().collect())
}

pub(super) fn authors(site: &Site, articles: &[usize], lang: Lang) -> Terms {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for index in articles {
        let article = &site.articles[*index];
        for name in &article.authors {
            let slug = author_slug(site, name, lang);
            if slug.is_empty() {
                continue;
            }
            let term = terms.entry(slug.clone()).or_insert_with(|| Term {
                slug,
                label: site.named(name, lang).to_owned(),
                person: site.person(name, lang).map(|person| person.id.clone()),
                members: Members::Articles(Vec::new()),
                verdict_counts: Vec::new(),
            });
            push_article(term, *index);
        }
    }
    Terms::of(site, terms.into_values().collect())
}

/// An article stands on a list once, however often it names the term.
fn push_article(term: &mut Term, index: usize) {
    if let Members::Articles(list) = &mut term.members
        && list.last() != Some(&index)
    {
        list.push(index);
    }
}

pub(super) fn claimants(
    site: &Site,
    claims: &[ClaimRef],
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms {
    let mut terms: BTreeMap<String, (Term, ClaimRef)> = BTreeMap::new();
    for at in claims {
        let Some(party) = &site.claim(*at).claimant else {
            continue;
        };
        let slug = party_slug(site, party, lang);
        let name = site.name_of(party, lang);
        let (article, claim) = (site.article_of(*at), site.claim(*at));
        if slug.is_empty() {
            let span = claimant_place(article, claim.index);
            diagnostics.push(
                Diagnostic::at(
                    Code::BadId,
                    &article.yaml.source,
                    span,
                    format!("`{name}` cannot be part of an address"),
                )
                .help("make a file in `content/people` for this claimant and give its id"),
            );
            continue;
        }
        let (term, first) = terms.entry(slug.clone()).or_insert_with(|| {
            let term = Term {
                label: name.to_owned(),
                person: matches!(party, Party::Named(id) if site.person(id, lang).is_some())
                    .then(|| slug.clone()),
                slug: slug.clone(),
                members: Members::Claims(Vec::new()),
                verdict_counts: Vec::new(),
            };
            (term, *at)
        });
        // Two different claimants on one page would put words into somebody's mouth.
        if term.label != name {
            let other = site.article_of(*first);
            let message = format!("`{name}` and `{}` would share the page `/claimants/{slug}/`", term.label);
            diagnostics.push(
                twice(
                    Code::DuplicateAddress,
                    message,
                    (&article.yaml.source, claimant_place(article, claim.index)),
                    (&other.yaml.source, claimant_place(other, site.claim(*first).index)),
                )
                .help("if they are the same, write the name the same way; if not, make a file in `content/people` for one of them"),
            );
        }
        if let Members::Claims(list) = &mut term.members {
            list.push(*at);
        }
    }
    Terms::of(site, terms.into_values().map(|(term, _)| term).collect())
}

fn claimant_place(article: &Arc<Article>, claim: usize) -> crate::source::Span {
    let key = |name: &str| Part::Key(name.to_owned(), 0);
    article.span(&[key("claims"), Part::Index(claim), key("claimant")])
}

pub(super) fn sources(site: &Site, claims: &[ClaimRef]) -> Terms {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for at in claims {
        for host in site.claim(*at).sources.iter().filter_map(|source| source.url.as_deref().and_then(host)) {
            let term = terms.entry(host.clone()).or_insert_with(|| Term {
                slug: host.clone(),
                label: host,
                person: None,
                members: Members::Claims(Vec::new()),
                verdict_counts: Vec::new(),
            });
            if let Members::Claims(list) = &mut term.members
                && list.last() != Some(at)
            {
                list.push(*at);
            }
        }
    }
    Terms::of(site, terms.into_values().collect())
}
