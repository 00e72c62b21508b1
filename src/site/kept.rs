//! What of the site before still holds after some documents were read again.
//!
//! Assembling is a function of the documents; where the facts that a list is made of are the same,
//! the list is the same, and is shared instead of made again. What comes out equals a site that was
//! assembled without a predecessor: the tests of the preview hold it to that.

use std::sync::Arc;

use super::Site;
use super::published::Files;
use crate::content::{Article, Claim};

/// Which parts of the site before still hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Order, languages, addresses and states of all documents, and the ids of all claims.
    pub(super) skeleton: bool,
    /// Topics.
    pub(super) topics: bool,
    /// Authors and reviewers.
    pub(super) authors: bool,
    /// Claimants.
    pub(super) claimants: bool,
    /// The hosts of sources.
    pub(super) sources: bool,
    /// Kinds of misinformation.
    pub(super) kinds: bool,
    /// Mentions of claims checked elsewhere.
    pub(super) mentions: bool,
    /// Verdicts, their history, and corrections.
    pub(super) verdicts: bool,
    /// Which files of `content/` are published.
    pub(super) files: bool,
}

impl Kept {
    /// Compares the documents of two sites.
    pub(super) fn between(before: &Site, now: &Site) -> Self {
        let same_pages = before.pages.len() == now.pages.len()
            && before.pages.iter().zip(&now.pages).all(|(a, b)| {
                Arc::ptr_eq(a, b)
                    || (a.key == b.key
                        && a.lang == b.lang
                        && a.slug == b.slug
                        && a.aliases == b.aliases
                        && a.policy == b.policy)
            });
        let (people, people_now) = (before.people(), now.people());
        let same_people = people.len() == people_now.len()
            && people.iter().zip(&people_now).all(|(a, b)| Arc::ptr_eq(a, b));
        let comparable = Arc::ptr_eq(&before.config, &now.config)
            && same_pages
            && same_people
            && before.articles.len() == now.articles.len();
        if !comparable {
            return Self::default();
        }
        let changed: Vec<(&Arc<Article>, &Arc<Article>)> =
            before.articles.iter().zip(&now.articles).filter(|(a, b)| !Arc::ptr_eq(a, b)).collect();
        let all = |same: fn(&Article, &Article) -> bool| changed.iter().all(|(a, b)| same(a, b));
        let skeleton = all(|a, b| {
            (&a.key, a.lang, &a.slug, &a.date, &a.status, &a.aliases)
                == (&b.key, b.lang, &b.slug, &b.date, &b.status, &b.aliases)
                && each_claim(a, b, |a, b| a.id == b.id)
        });
        if !skeleton {
            return Self::default();
        }
        let authors = all(|a, b| a.authors == b.authors && a.reviewers == b.reviewers);
        let claimants = all(|a, b| each_claim(a, b, |a, b| a.claimant == b.claimant));
        let pages_changed = before.pages.iter().zip(&now.pages).any(|(a, b)| !Arc::ptr_eq(a, b));
        Self {
            skeleton,
            topics: all(|a, b| a.topics == b.topics),
            authors,
            claimants,
            sources: all(|a, b| {
                each_claim(a, b, |a, b| {
                    a.sources
                        .iter()
                        .map(|source| &source.host)
                        .eq(b.sources.iter().map(|source| &source.host))
                })
            }),
            kinds: all(|a, b| each_claim(a, b, |a, b| a.kind == b.kind)),
            mentions: all(|a, b| {
                a.mentions
                    .iter()
                    .map(|mention| &mention.claim)
                    .eq(b.mentions.iter().map(|mention| &mention.claim))
            }),
            verdicts: all(|a, b| {
                a.corrections == b.corrections
                    && a.updated == b.updated
                    && each_claim(a, b, |a, b| a.verdict == b.verdict && a.history == b.history)
            }),
            files: !pages_changed
                && authors
                && claimants
                && all(|a, b| {
                    Files::of(a) == Files::of(b) && each_claim(a, b, |a, b| is_marked(a) == is_marked(b))
                }),
        }
    }
}

fn each_claim(a: &Article, b: &Article, same: fn(&Claim, &Claim) -> bool) -> bool {
    a.claims.len() == b.claims.len() && a.claims.iter().zip(&b.claims).all(|(a, b)| same(a, b))
}

/// Whether a marked copy of what circulated can be published.
fn is_marked(claim: &Claim) -> bool {
    claim.media.as_ref().is_some_and(|media| media.picture.is_some())
}
