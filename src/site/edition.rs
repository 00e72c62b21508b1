//! The site in one language.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ledger::{self, Entry};
use super::terms::{self, ListKind, Terms};
use super::{Site, twice};
use crate::config::Lang;
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
    pub articles: Vec<usize>,
    /// Claims that listings show, newest first.
    pub claims: Vec<ClaimRef>,
    /// Every claim with a page, withdrawn ones too.
    pub by_id: FxHashMap<String, ClaimRef>,
    /// Claims whose id another claim has: they have no page.
    pub(super) doubled: FxHashSet<ClaimRef>,
    /// Articles that mention a claim checked elsewhere, newest first, by the claim's id.
    pub mentioned_in: FxHashMap<String, Vec<usize>>,
    /// Corrections, changed verdicts and withdrawals, newest first.
    pub ledger: Vec<Entry>,
    /// How many claims have each verdict, by the scale's order.
    pub verdict_counts: Vec<usize>,
    verdicts: Terms,
    topics: Terms,
    claimants: Terms,
    authors: Terms,
    sources: Terms,
}

impl Edition {
    pub(super) fn build(site: &Site, lang: Lang, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let in_language: Vec<usize> =
            (0..site.articles.len()).filter(|index| site.articles[*index].lang == lang).collect();
        let is_listed = |index: &usize| !matches!(site.articles[*index].status, Status::Withdrawn { .. });
        let articles: Vec<usize> = in_language.iter().copied().filter(is_listed).collect();
        let claims: Vec<ClaimRef> = articles
            .iter()
            .flat_map(|article| {
                (0..site.articles[*article].claims.len()).map(|claim| ClaimRef { article: *article, claim })
            })
            .collect();
        let mut mentioned_in: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in &articles {
            for mention in &site.articles[*index].mentions {
                let list = mentioned_in.entry(mention.claim.clone()).or_default();
                if list.last() != Some(index) {
                    list.push(*index);
                }
            }
        }
        // The lists do not depend on each other; those of sources are half of the work.
        let ((sources, (by_id, mut doubled)), ((claimants, mut clashing), (topics, authors))) = rayon::join(
            || (terms::sources(site, &claims), claims_by_id(site, &in_language)),
            || {
                let mut clashing = Vec::new();
                let claimants = terms::claimants(site, &claims, lang, &mut clashing);
                let topics = terms::topics(site, &articles, lang);
                ((claimants, clashing), (topics, terms::authors(site, &articles, lang)))
            },
        );
        diagnostics.append(&mut clashing);
        diagnostics.append(&mut doubled.1);
        Self {
            lang,
            verdict_counts: terms::verdict_counts(site, &claims),
            verdicts: terms::verdicts(site, &claims, lang),
            ledger: ledger::of(site, &in_language),
            doubled: doubled.0,
            topics,
            claimants,
            authors,
            sources,
            articles,
            claims,
            by_id,
            mentioned_in,
        }
    }

    /// The lists of one kind.
    pub fn terms(&self, kind: ListKind) -> &Terms {
        match kind {
            ListKind::Verdict => &self.verdicts,
            ListKind::Topic => &self.topics,
            ListKind::Claimant => &self.claimants,
            ListKind::Author => &self.authors,
            ListKind::Source => &self.sources,
        }
    }
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
                let place = |index| {
                    let key = |name: &str| Part::Key(name.to_owned(), 0);
                    [key("claims"), Part::Index(index), key("id")]
                };
                diagnostics.push(
                    twice(
                        Code::DuplicateClaim,
                        format!("the claim id `{}` is used twice", value.id),
                        (&later.yaml.source, later.span(&place(value.index))),
                        (&earlier.yaml.source, earlier.span(&place(site.claim(first).index))),
                    )
                    .help("give this claim another id; if it is the same claim, use `mentions`"),
                );
            }
        }
    }
    (by_id, (doubled, diagnostics))
}
