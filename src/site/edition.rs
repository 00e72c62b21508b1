//! The site in one language.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Site;
use super::kept::Kept;
use super::ledger::{self, Entry};
use super::lists::{ListKind, Terms};
use super::terms;
use crate::config::{Lang, MoreList};
use crate::content::Status;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

/// A claim: an index into [`Site::articles`], and one into that article's claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// Which article.
    pub article: usize,
    /// Which of its claims.
    pub claim: usize,
}

/// The site in one language.
#[derive(Debug)]
pub struct Edition {
    /// The language.
    pub lang: Lang,
    /// Articles that listings show, newest first.
    pub articles: Arc<Vec<usize>>,
    /// Claims that listings show, newest first.
    pub claims: Arc<Vec<ClaimRef>>,
    /// Every claim with a page, withdrawn ones too.
    pub by_id: Arc<FxHashMap<String, ClaimRef>>,
    /// Claims whose id another claim has: they have no page.
    pub(super) doubled: Arc<FxHashSet<ClaimRef>>,
    /// Articles that mention a claim checked elsewhere, newest first, by the claim's id.
    pub mentioned_in: Arc<FxHashMap<String, Vec<usize>>>,
    /// Corrections, changed verdicts and withdrawals, newest first.
    pub ledger: Arc<Vec<Entry>>,
    verdicts: Arc<Terms>,
    topics: Arc<Terms>,
    claimants: Arc<Terms>,
    authors: Arc<Terms>,
    sources: Arc<Terms>,
    years: Arc<Terms>,
    kinds: Arc<Terms>,
    /// Whether there are lists of sources.
    has_sources: bool,
    /// Mistakes found on the way; where there are any, nothing is shared with a later site.
    problems: Vec<Diagnostic>,
}

impl Edition {
    /// Makes the lists of one language; those that still hold are taken from `before`.
    pub(super) fn build(site: &Site, lang: Lang, before: Option<(&Edition, Kept)>) -> Self {
        let before = before.filter(|(edition, kept)| kept.skeleton && edition.problems.is_empty());
        let shared =
            |holds: fn(&Kept) -> bool| before.filter(|(_, kept)| holds(kept)).map(|(edition, _)| edition);
        let mut problems = Vec::new();
        let wanted = |list| site.config.lists.contains(&list);
        let has_sources = wanted(MoreList::Sources);
        let (articles, claims, by_id, doubled) = match shared(|_| true) {
            Some(e) => {
                (Arc::clone(&e.articles), Arc::clone(&e.claims), Arc::clone(&e.by_id), Arc::clone(&e.doubled))
            }
            None => {
                let (articles, claims) = listed(site, lang);
                let (by_id, (doubled, mut found)) = claims_by_id(site, &in_language(site, lang));
                problems.append(&mut found);
                (Arc::new(articles), Arc::new(claims), Arc::new(by_id), Arc::new(doubled))
            }
        };
        // The lists do not depend on each other; those of sources are half of the work.
        let (sources, (claimants, mut clashing, topics, authors)) = rayon::join(
            || {
                let of_sources =
                    || if has_sources { terms::sources(site, &claims) } else { Terms::default() };
                shared(|kept| kept.sources).map_or_else(|| Arc::new(of_sources()), |e| Arc::clone(&e.sources))
            },
            || {
                let mut clashing = Vec::new();
                let claimants = shared(|kept| kept.claimants).map_or_else(
                    || Arc::new(terms::claimants(site, &claims, lang, &mut clashing)),
                    |e| Arc::clone(&e.claimants),
                );
                let topics = shared(|kept| kept.topics && kept.verdicts).map_or_else(
                    || Arc::new(terms::topics(site, &articles, lang)),
                    |e| Arc::clone(&e.topics),
                );
                let authors = shared(|kept| kept.authors).map_or_else(
                    || Arc::new(terms::authors(site, &articles, lang, &mut clashing)),
                    |e| Arc::clone(&e.authors),
                );
                (claimants, clashing, topics, authors)
            },
        );
        problems.append(&mut clashing);
        let (verdicts, years, ledger) = match shared(|kept| kept.verdicts) {
            Some(e) => (Arc::clone(&e.verdicts), Arc::clone(&e.years), Arc::clone(&e.ledger)),
            None => (
                Arc::new(terms::verdicts(site, &claims, lang)),
                Arc::new(if wanted(MoreList::Years) {
                    terms::years(site, &claims)
                } else {
                    Terms::default()
                }),
                Arc::new(ledger::of(site, &in_language(site, lang))),
            ),
        };
        let of_kinds =
            || if wanted(MoreList::Kinds) { terms::kinds(site, &claims, lang) } else { Terms::default() };
        let kinds = shared(|kept| kept.kinds).map_or_else(|| Arc::new(of_kinds()), |e| Arc::clone(&e.kinds));
        let mentioned_in = shared(|kept| kept.mentions)
            .map_or_else(|| Arc::new(mentioned_in(site, &articles)), |e| Arc::clone(&e.mentioned_in));
        Self {
            lang,
            articles,
            claims,
            by_id,
            doubled,
            mentioned_in,
            ledger,
            verdicts,
            topics,
            claimants,
            authors,
            sources,
            years,
            kinds,
            has_sources,
            problems,
        }
    }

    /// Mistakes found while the lists were made.
    pub(super) fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Whether the lists of a kind have an index.
    pub fn has_index(&self, kind: ListKind) -> bool {
        let always = kind.always_has_index() && (self.has_sources || kind != ListKind::Source);
        always || !self.terms(kind).list.is_empty()
    }

    /// The lists of one kind.
    pub fn terms(&self, kind: ListKind) -> &Terms {
        match kind {
            ListKind::Verdict => &self.verdicts,
            ListKind::Topic => &self.topics,
            ListKind::Claimant => &self.claimants,
            ListKind::Author => &self.authors,
            ListKind::Source => &self.sources,
            ListKind::Year => &self.years,
            ListKind::Kind => &self.kinds,
        }
    }
}

fn in_language(site: &Site, lang: Lang) -> Vec<usize> {
    (0..site.articles.len()).filter(|index| site.articles[*index].lang == lang).collect()
}

/// What listings show: everything that was not withdrawn.
fn listed(site: &Site, lang: Lang) -> (Vec<usize>, Vec<ClaimRef>) {
    let is_listed = |index: &usize| !matches!(site.articles[*index].status, Status::Withdrawn { .. });
    let articles: Vec<usize> = in_language(site, lang).into_iter().filter(is_listed).collect();
    let claims = articles
        .iter()
        .flat_map(|article| {
            (0..site.articles[*article].claims.len()).map(|claim| ClaimRef { article: *article, claim })
        })
        .collect();
    (articles, claims)
}

fn mentioned_in(site: &Site, articles: &[usize]) -> FxHashMap<String, Vec<usize>> {
    let mut mentioned: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for index in articles {
        for mention in &site.articles[*index].mentions {
            let list = mentioned.entry(mention.claim.clone()).or_default();
            if list.last() != Some(index) {
                list.push(*index);
            }
        }
    }
    mentioned
}

type Doubled = (FxHashSet<ClaimRef>, Vec<Diagnostic>);

fn claims_by_id(site: &Site, articles: &[usize]) -> (FxHashMap<String, ClaimRef>, Doubled) {
    let (mut doubled, mut diagnostics) = (FxHashSet::default(), Vec::new());
    let mut by_id: FxHashMap<String, ClaimRef> = FxHashMap::default();
    // Oldest first: of two claims with one id, the newer is the one to change.
    for article in articles.iter().rev() {
        for (claim, value) in site.articles[*article].claims.iter().enumerate() {
            let at = ClaimRef { article: *article, claim };
            let first = *by_id.entry(value.id.clone()).or_insert(at);
            if first != at {
                doubled.insert(at);
                let (later, earlier) = (site.article_of(at), site.article_of(first));
                let place = |index| [Part::key("claims"), Part::Index(index), Part::key("id")];
                diagnostics.push(
                    Diagnostic::at(
                        Code::DuplicateClaim,
                        &later.yaml.source,
                        later.span(&place(value.index)),
                        format!("the claim id `{}` is used twice", value.id),
                    )
                    .other(
                        &earlier.yaml.source,
                        earlier.span(&place(site.claim(first).index)),
                        "it is first used here",
                    )
                    .help("give this claim another id; if it is the same claim, use `mentions`"),
                );
            }
        }
    }
    (by_id, (doubled, diagnostics))
}
