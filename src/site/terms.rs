//! Makes the lists: the same articles and claims by verdict, topic, claimant, author, source, year
//! and kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Site;
use super::edition::ClaimRef;
use super::lists::{Members, Term, Terms};
use crate::config::{Kind, Lang};
use crate::content::{Article, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::slug;
use crate::yaml::Part;

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
            .map(|(verdict, claims)| {
                let label = verdict.label.get(lang).to_owned();
                Term::new(verdict.id.clone(), label, None, Members::Claims(claims))
            })
            .collect(),
    )
}

/// The kinds of misinformation that occur, in the desk's order.
pub(super) fn kinds(site: &Site, claims: &[ClaimRef], lang: Lang) -> Terms {
    let kinds = &site.config.kinds;
    let mut members = vec![Vec::new(); kinds.len()];
    for at in claims {
        if let Some(list) = site.claim(*at).kind.and_then(|kind| members.get_mut(kind)) {
            list.push(*at);
        }
    }
    let used = kinds.iter().zip(members).filter(|(_, claims)| !claims.is_empty());
    let term = |(kind, claims): (&Kind, Vec<ClaimRef>)| {
        Term::new(kind.id.clone(), kind.label.get(lang).to_owned(), None, Members::Claims(claims))
    };
    Terms::of(used.map(term).collect())
}

/// The years in which claims were checked, the newest first.
pub(super) fn years(site: &Site, claims: &[ClaimRef]) -> Terms {
    let mut years: BTreeMap<i16, Vec<ClaimRef>> = BTreeMap::new();
    for at in claims {
        years.entry(site.checked_on(*at).year()).or_default().push(*at);
    }
    let term = |(year, claims): (i16, Vec<ClaimRef>)| {
        Term::new(year.to_string(), year.to_string(), None, Members::Claims(claims))
    };
    Terms::of(years.into_iter().rev().map(term).collect())
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

pub(super) fn topics(site: &Site, articles: &[usize], lang: Lang) -> Terms {
    let mut grouping = Grouping::default();
    for index in articles {
        for topic in &site.articles[*index].topics {
            let position = grouping.position(topic, || {
                let slug = slug(topic);
                let label =
                    site.config.topics.get(&slug).map_or(topic.as_str(), |label| label.get(lang)).to_owned();
                Some(Term::new(slug, label, None, Members::Articles(Vec::new())))
            });
            grouping.add_article(position, *index);
        }
    }
    for term in &mut grouping.terms {
        term.by_verdict = by_verdict(site, &term.members);
    }
    grouping.done()
}

/// The claims of articles by verdict.
fn by_verdict(site: &Site, members: &Members) -> Vec<Vec<ClaimRef>> {
    let mut lists = vec![Vec::new(); site.config.scale.verdicts.len()];
    if let Members::Articles(articles) = members {
        for article in articles {
            for claim in 0..site.articles[*article].claims.len() {
                let at = ClaimRef { article: *article, claim };
                if let Some(list) = lists.get_mut(site.verdict_of(at)) {
                    list.push(at);
                }
            }
        }
    }
    lists
}

/// The articles somebody wrote, and after them those they only reviewed.
pub(super) fn authors(
    site: &Site,
    articles: &[usize],
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms {
    let mut grouping = Grouping::default();
    for index in articles {
        for (place, name) in site.articles[*index].authors.iter().enumerate() {
            let position = author(site, (*index, "authors", place), name, &mut grouping, lang, diagnostics);
            grouping.add_article(position, *index);
        }
    }
    let written: Vec<usize> = grouping.terms.iter().map(|term| term.members.len()).collect();
    for index in articles {
        for (place, name) in site.articles[*index].reviewers.iter().enumerate() {
            let position = author(site, (*index, "reviewers", place), name, &mut grouping, lang, diagnostics);
            let wrote = position.is_some_and(|position| match &grouping.terms[position].members {
                // Articles come in their order, so that one of them can be looked up.
                Members::Articles(list) => {
                    list[..written.get(position).copied().unwrap_or(0)].binary_search(index).is_ok()
                }
                Members::Claims(_) => false,
            });
            if !wrote {
                grouping.add_article(position, *index);
            }
        }
    }
    for (position, term) in grouping.terms.iter_mut().enumerate() {
        term.reviewed = term.members.len() - written.get(position).copied().unwrap_or(0);
    }
    grouping.done()
}

/// The position of the list of somebody an article names; `place` says where it does.
fn author<'s>(
    site: &'s Site,
    (index, key, place): (usize, &'static str, usize),
    name: &'s str,
    grouping: &mut Grouping<'s>,
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let is_new = !grouping.by_name.contains_key(name);
    let shown = site.named(name, lang);
    let position = grouping.position(name, || {
        let slug = author_slug(site, name, lang);
        let person = site.person(name, lang).map(|person| person.id.clone());
        (!slug.is_empty()).then(|| Term::new(slug, shown.to_owned(), person, Members::Articles(Vec::new())))
    })?;
    let term = &grouping.terms[position];
    if is_new && term.label != shown {
        let article = &site.articles[index];
        let message =
            format!("`{shown}` and `{}` would share the page `/authors/{}/`", term.label, term.slug);
        let span = article.span(&[Part::key(key), Part::Index(place)]);
        diagnostics.push(
            Diagnostic::at(Code::DuplicateAddress, &article.yaml.source, span, message).help(SAME_OR_NOT),
        );
    }
    Some(position)
}

/// What to do about two names that make one address.
const SAME_OR_NOT: &str = "if they are the same, write the name the same way; if not, make a file in `content/people` for one of them";

pub(super) fn sources(site: &Site, claims: &[ClaimRef]) -> Terms {
    let mut grouping = Grouping::default();
    for at in claims {
        for host in site.claim(*at).sources.iter().filter_map(|source| source.host.as_deref()) {
            let position = grouping.position(host, || {
                Some(Term::new(host.to_owned(), host.to_owned(), None, Members::Claims(Vec::new())))
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
            (!slug.is_empty()).then(|| Term::new(slug, name.to_owned(), person, Members::Claims(Vec::new())))
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
