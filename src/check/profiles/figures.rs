//! What can be counted of a desk's work.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::survey::published;
use crate::check::cited::has_independent_sources;
use crate::content::{Article, Claim, Status};
use crate::site::Site;

/// How many weeks are looked back on: half a year.
pub const WEEKS: usize = 26;

/// The counts. An article or a claim counts once, whatever the number of its translations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Articles that check claims and stand; withdrawn ones are not among them.
    pub checks: usize,
    /// Articles that were withdrawn.
    pub withdrawn: usize,
    /// Claims in the articles that stand.
    pub claims: usize,
    /// Of these, with two sources that are independent of each other.
    pub two_sources: usize,
    /// With a source that is first-hand.
    pub primary: usize,
    /// With a copy of every source: archived, or kept beside the article.
    pub archived: usize,
    /// With an address or a file for every source.
    pub linked: usize,
    /// With a source that supports and one that refutes.
    pub both_ways: usize,
    /// The weeks before the present day, oldest first; the last ends on it.
    pub weeks: Vec<Week>,
    /// Checks in the twelve months before the present day.
    pub year: usize,
    /// Checks in the six months before the present day.
    pub half_year: usize,
    /// Corrections.
    pub corrections: usize,
    /// Verdicts that no longer stand.
    pub changed_verdicts: usize,
    /// The right of reply.
    pub replies: Replies,
}

/// A week of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub from: Date,
    /// The checks that appeared in it.
    pub checks: usize,
}

/// What became of the right of reply, in claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replies {
    /// The claimant replied.
    pub replied: usize,
    /// Asked, without a reply.
    pub no_reply: usize,
    /// Asked, and declined.
    pub declined: usize,
    /// Nobody to ask.
    pub not_applicable: usize,
    /// Nothing is recorded.
    pub unrecorded: usize,
}

impl Figures {
    pub(super) fn of(site: &Site) -> Self {
        let today = site.now.date();
        let mut figures = Self { weeks: weeks(today), ..Self::default() };
        let since = |months: i32| today.checked_sub(months.months()).unwrap_or(today);
        let (half_year, year) = (since(6), since(12));
        let mut articles: FxHashSet<&str> = FxHashSet::default();
        let mut claims: FxHashSet<&str> = FxHashSet::default();
        for article in published(site).filter(|article| articles.insert(&article.key)) {
            figures.corrections += article.corrections.len();
            if matches!(article.status, Status::Withdrawn { .. }) {
                figures.withdrawn += 1;
                continue;
            }
            if article.claims.is_empty() {
                continue;
            }
            figures.checks += 1;
            let day = article.date.date;
            figures.half_year += usize::from(day > half_year);
            figures.year += usize::from(day > year);
            let week = figures.weeks.partition_point(|week| week.from <= day);
            if let Some(week) = week.checked_sub(1) {
                figures.weeks[week].checks += 1;
            }
            for claim in article.claims.iter().filter(|claim| claims.insert(&claim.id)) {
                figures.count(claim);
            }
        }
        figures
    }

    fn count(&mut self, claim: &Claim) {
        let has = |is: fn(&crate::content::Evidence) -> bool| claim.sources.iter().any(is);
        let all = |is: fn(&crate::content::Evidence) -> bool| {
            !claim.sources.is_empty() && claim.sources.iter().all(is)
        };
        let stands = |name: &str| {
            claim.sources.iter().any(|source| source.stance.is_some_and(|stance| stance.name() == name))
        };
        self.claims += 1;
        self.two_sources += usize::from(has_independent_sources(claim));
        self.primary += usize::from(has(|source| source.primary));
        self.archived += usize::from(all(|source| source.archived.is_some() || source.file.is_some()));
        self.linked += usize::from(all(|source| source.url.is_some() || source.file.is_some()));
        self.both_ways += usize::from(stands("supports") && stands("refutes"));
        self.changed_verdicts += claim.history.len();
        let replies = &mut self.replies;
        let place = match claim.contact.as_ref().map(|contact| contact.outcome) {
            Some("replied") => &mut replies.replied,
            Some("no-reply") => &mut replies.no_reply,
            Some("declined") => &mut replies.declined,
            Some(_) => &mut replies.not_applicable,
            None => &mut replies.unrecorded,
        };
        *place += 1;
    }

    /// The checks of all weeks together.
    pub fn in_weeks(&self) -> usize {
        self.weeks.iter().map(|week| week.checks).sum()
    }

    /// How many weeks had none.
    pub fn empty_weeks(&self) -> usize {
        self.weeks.iter().filter(|week| week.checks == 0).count()
    }
}

/// The weeks up to a day, without their checks.
fn weeks(today: Date) -> Vec<Week> {
    let first_day = |back: i64| today.checked_sub((back * 7 - 1).days()).unwrap_or(today);
    let count = i64::try_from(WEEKS).unwrap_or_default();
    (1..=count).rev().map(|back| Week { from: first_day(back), checks: 0 }).collect()
}

/// Whether an article checks claims and was not withdrawn.
pub(super) fn stands(article: &Article) -> bool {
    !article.claims.is_empty() && !matches!(article.status, Status::Withdrawn { .. })
}
