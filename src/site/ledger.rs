//! The ledger: every correction, changed verdict and withdrawal of the site.

use jiff::civil::Date;

use super::Site;
use super::edition::ClaimRef;
use crate::content::Status;

/// One entry of the ledger.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When.
    pub date: Date,
    /// The article, as an index into [`Site::articles`].
    pub article: usize,
    /// The claim, if it concerns one.
    pub claim: Option<ClaimRef>,
    /// What happened.
    pub change: Change,
}

/// What happened to an article or a claim after it appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Something was put right.
    Correction {
        /// What was wrong and what stands there now.
        note: String,
    },
    /// A verdict was changed. Indexes into the rating scale.
    Verdict {
        /// The verdict before.
        old: usize,
        /// The verdict since.
        new: usize,
        /// Why.
        reason: Option<String>,
    },
    /// An article was taken back.
    Withdrawal {
        /// Why.
        reason: String,
    },
}

/// A verdict and the time it stood, with why it was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'s> {
    /// From when it stood; `None` if that is not recorded.
    pub date: Option<Date>,
    /// An index into the rating scale.
    pub verdict: usize,
    /// Why it came to be changed.
    pub reason: Option<&'s str>,
    /// An archived copy of the page as it was.
    pub archived: Option<&'s str>,
    /// Whether it stands now.
    pub current: bool,
}

pub(super) fn of(site: &Site, articles: &[usize]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for index in articles {
        let article = &site.articles[*index];
        for correction in &article.corrections {
            let claim = correction
                .claim
                .as_ref()
                .and_then(|id| article.claims.iter().position(|claim| claim.id == *id));
            entries.push(Entry {
                date: correction.date,
                article: *index,
                claim: claim.map(|claim| ClaimRef { article: *index, claim }),
                change: Change::Correction { note: correction.note.clone() },
            });
        }
        for claim in 0..article.claims.len() {
            let at = ClaimRef { article: *index, claim };
            entries.extend(verdict_changes(site, at));
        }
        if let Status::Withdrawn { date, reason } = &article.status {
            entries.push(Entry {
                date: *date,
                article: *index,
                claim: None,
                change: Change::Withdrawal { reason: reason.clone() },
            });
        }
    }
    // Stable: entries of one day stay in the order of articles and of their front matter.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    entries
}

fn verdict_changes(site: &Site, at: ClaimRef) -> Vec<Entry> {
    let standing = site.standing(at);
    standing
        .windows(2)
        .filter(|pair| pair[0].verdict != pair[1].verdict)
        .filter_map(|pair| {
            let change = Change::Verdict {
                old: pair[0].verdict,
                new: pair[1].verdict,
                reason: pair[0].reason.map(str::to_owned),
            };
            Some(Entry { date: pair[1].date?, article: at.article, claim: Some(at), change })
        })
        .collect()
}

impl Site {
    /// The verdicts of a claim in the order they were given, the present one last. Only the
    /// present one if it never changed.
    ///
    /// `history` says from when each earlier verdict stood. The present one stands since the last
    /// correction of this claim that came after them, or else since the article's last update.
    pub fn standing(&self, at: ClaimRef) -> Vec<Standing<'_>> {
        let (article, claim) = (self.article_of(at), self.claim(at));
        let mut standing: Vec<Standing<'_>> = claim
            .history
            .iter()
            .map(|past| Standing {
                date: Some(past.date),
                verdict: past.verdict,
                reason: past.reason.as_deref(),
                archived: past.archived.as_deref(),
                current: false,
            })
            .collect();
        let last = claim.history.last().map(|past| past.date);
        let corrected = article
            .corrections
            .iter()
            .filter(|correction| correction.claim.as_deref() == Some(claim.id.as_str()))
            .map(|correction| correction.date)
            .filter(|date| last.is_none_or(|last| *date > last))
            .min();
        let since = match last {
            None => Some(article.date.date),
            Some(last) => corrected
                .or_else(|| article.updated.as_ref().map(|updated| updated.date).filter(|date| *date > last))
                .or(Some(last)),
        };
        standing.push(Standing {
            date: since,
            verdict: claim.verdict,
            reason: None,
            archived: None,
            current: true,
        });
        standing
    }
}
