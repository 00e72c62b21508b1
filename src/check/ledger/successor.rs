//! What stands for a claim or an article of then: a new id, a new language code or a reused address is
//! no way around the record.

use super::comparison::Comparison;
use super::words::same;
use crate::content::{Article, Claim, Exception};
use crate::site::{ClaimRef, Recipe};

impl Comparison<'_> {
    /// The claim of today that stands for one of then: the one with its language and id, or else the one
    /// that its address leads to.
    pub(super) fn successor(&self, old: ClaimRef) -> Option<ClaimRef> {
        let before = self.before.site;
        let (article, claim) = (before.article_of(old), before.claim(old));
        let by_id = self.lang_now(article.lang).and_then(|lang| {
            let edition = self.now.site.edition(lang);
            edition.by_id.get(&claim.id).copied()
        });
        by_id.or_else(|| {
            let path = before.claim_path(old);
            match self.now.plan.get(&path)?.recipe {
                // The language has another code now.
                Recipe::Claim(new) => Some(new),
                Recipe::Redirect(_) => self.renamed(old, self.at_address(&path)?),
                _ => None,
            }
        })
    }

    /// The article of today at the address of one of then, if it has nothing to do with it, while another
    /// one has.
    pub(super) fn intruder(&self, old: usize, path: &str) -> Option<usize> {
        let there = self.at_address(path)?;
        let others = self.heirs(old).iter().filter(|heir| **heir != there);
        let has_moved = others.into_iter().any(|heir| self.is_kin(old, *heir));
        (has_moved && !self.is_kin(old, there)).then_some(there)
    }

    /// Whether an article of today is one of then in another place, or a translation of it: it has one of its
    /// claims, or its file if it has none.
    fn is_kin(&self, old: usize, new: usize) -> bool {
        let (then, now) = (&self.before.site.articles[old], &self.now.site.articles[new]);
        if then.claims.is_empty() {
            return then.yaml.source.path == now.yaml.source.path;
        }
        let has_id = |id: &String| now.claims.iter().any(|claim| claim.id == *id);
        then.claims.iter().any(|claim| has_id(&claim.id))
            || self.pairs.iter().any(|pair| (pair.old.article, pair.new.article) == (old, new))
    }

    /// Whether an article, or one of then that it stands for, had this exception with this reason.
    pub(super) fn had_exception(&self, article: &Article, exception: &Exception) -> bool {
        self.forebears(article).any(|old| {
            let mut exceptions = old.exceptions.iter().filter(|other| other.rule == exception.rule);
            exceptions.any(|other| same(&other.reason, &exception.reason))
        })
    }

    /// The claim of an article of today that got another id: the one with the same words, or the only
    /// one that readers did not know.
    fn renamed(&self, old: ClaimRef, article: usize) -> Option<ClaimRef> {
        let before = self.before.site;
        let known = &before.edition(before.article_of(old).lang).by_id;
        let claims: &[Claim] = &self.now.site.articles[article].claims;
        let fresh: Vec<usize> =
            (0..claims.len()).filter(|index| !known.contains_key(&claims[*index].id)).collect();
        let words = &before.claim(old).claim;
        let alike = fresh.iter().copied().find(|index| same(&claims[*index].claim, words));
        let only = match fresh[..] {
            [only] if before.article_of(old).claims.len() == 1 => Some(only),
            _ => None,
        };
        alike.or(only).map(|claim| ClaimRef { article, claim })
    }
}
