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
        /// Why the new one was given.
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
    /// Why it was given.
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
        let changes: Vec<Entry> = (0..article.claims.len())
            .filter(|claim| !article.claims[*claim].history.is_empty())
            .flat_map(|claim| verdict_changes(site, ClaimRef { article: *index, claim }))
            .collect();
        for correction in &article.corrections {
            let claim =
                correction.claim.as_ref().and_then(|id| article.claims.iter().position(|c| c.id == *id));
            let claim = claim.map(|claim| ClaimRef { article: *index, claim });
            let change = Change::Correction { note: correction.note.clone() };
            let entry = Entry { date: correction.date, article: *index, claim, change };
            // The correction that tells of a changed verdict stands with that change, not twice.
            let told = claim.is_some()
                && changes.iter().any(|change| change.claim == claim && change.date == entry.date);
            if !told {
                entries.push(entry);
            }
        }
        entries.extend(changes);
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
    let (article, claim) = (site.article_of(at), site.claim(at));
    let standing = site.standing(at);
    standing
        .windows(2)
        .filter(|pair| pair[0].verdict != pair[1].verdict)
        .filter_map(|pair| {
            let date = pair[1].date?;
            // What readers were told on that day comes before what the history says of it.
            let told: Vec<&str> = article
                .corrections
                .iter()
                .filter(|c| c.claim.as_deref() == Some(claim.id.as_str()) && c.date == date)
                .map(|c| c.note.as_str())
                .collect();
            let reason =
                if told.is_empty() { pair[1].reason.map(str::to_owned) } else { Some(told.join(" ")) };
            let change = Change::Verdict { old: pair[0].verdict, new: pair[1].verdict, reason };
            Some(Entry { date, article: at.article, claim: Some(at), change })
        })
        .collect()
}

impl Site {
    /// The day on which the present verdict of a claim was given.
    pub fn checked_on(&self, at: ClaimRef) -> Date {
        let first = self.article_of(at).date.date;
        if self.claim(at).history.is_empty() {
            return first;
        }
        self.standing(at).last().and_then(|standing| standing.date).unwrap_or(first)
    }

    /// The verdicts of a claim in the order they were given, the present one last. Only the
    /// present one if it never changed.
    ///
    /// `history` says from when each earlier verdict stood and why it was given. The present one
    /// stands since the last correction of this claim on or after that of the last earlier verdict;
    /// a site in which there is none is not published.
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
        // Corrections are in the order of their dates. The last one counts: what is put right after
        // a verdict changed is rarely told of its claim again, a slip before it often is.
        let corrected = article
            .corrections
            .iter()
            .rev()
            .filter(|correction| correction.claim.as_deref() == Some(claim.id.as_str()))
            .find(|correction| last.is_some_and(|last| correction.date >= last));
        let since = match last {
            None => Some(article.date.date),
            Some(_) => corrected.map(|correction| correction.date),
        };
        let reason = corrected.map(|correction| correction.note.as_str());
        standing.push(Standing {
            date: since,
            verdict: claim.verdict,
            reason,
            archived: None,
            current: true,
        });
        standing
    }
}
