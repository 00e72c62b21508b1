//! `meja check --profile`: what a machine can see of a code or a guideline, criterion by criterion.
//!
//! A profile is one file here with its table of criteria, one row of [`PROFILES`] and of the codes,
//! cases and an explanation. A criterion is met, open, or for a person to judge; nothing here says
//! that a desk complies with anything. Nothing of it is run unless a profile is asked for.

mod claimreview;
mod efcsn;
mod figures;
mod ifcn;
mod ratings;
mod seen;
mod shared;
mod survey;

pub use figures::{Figures, Replies, WEEKS, Week};

use rustc_hash::FxHashMap;

use super::{Facts, level, settle, without_effect};
use crate::config::Level;
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use seen::Seen;
use survey::Survey;

/// Every profile, in the order of the table of codes.
pub const PROFILES: &[&Profile] = &[&claimreview::PROFILE, &ifcn::PROFILE, &efcsn::PROFILE];

/// A code of principles or a guideline.
#[derive(Debug)]
pub struct Profile {
    /// The code of everything that is open.
    pub code: Code,
    /// What it is asked for by.
    pub name: &'static str,
    /// The document's title.
    pub title: &'static str,
    /// The document's address.
    pub document: &'static str,
    /// What our words of it rest on.
    pub basis: &'static str,
    /// What it asks, in its order.
    pub criteria: &'static [Criterion],
}

/// One thing a profile asks.
#[derive(Debug)]
pub struct Criterion {
    /// Its stable name within the profile.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What is asked, in our words.
    pub asks: &'static str,
    /// Where in the document it stands.
    pub source: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
    /// What a person has to judge or to add, if anything.
    pub person: Option<&'static str>,
    judge: fn(&Survey<'_>) -> Seen,
}

/// How sure the source of a criterion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It was read in the document.
    Read,
    /// It is known from others who read it: compare before relying on it.
    SecondHand,
}

impl Certainty {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::SecondHand => "second-hand",
        }
    }
}

/// What became of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// What a machine can see of it is there.
    Met,
    /// Something is missing.
    Open,
    /// A machine cannot know.
    Person,
}

impl State {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Open => "open",
            Self::Person => "person",
        }
    }
}

/// Something that can be seen, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub words: String,
    /// Its absolute address.
    pub address: Option<String>,
}

/// Something missing for which the desk has given a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excepted {
    /// The article's file.
    pub path: String,
    /// The desk's reason.
    pub reason: String,
    /// How often it was needed.
    pub times: usize,
}

/// A criterion and what became of it.
#[derive(Debug)]
pub struct Judged {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// What became of it. What the desk has excepted keeps it open.
    pub state: State,
    /// What fulfils it, or what a person should know.
    pub facts: Vec<Fact>,
    /// What is missing.
    pub open: Vec<Diagnostic>,
    /// What is missing for a reason.
    pub excepted: Vec<Excepted>,
}

/// A profile and what became of its criteria.
#[derive(Debug)]
pub struct Report {
    /// The profile.
    pub profile: &'static Profile,
    /// Its criteria, in its order.
    pub criteria: Vec<Judged>,
}

impl Report {
    /// How many criteria ended so.
    pub fn count(&self, state: State) -> usize {
        self.criteria.iter().filter(|judged| judged.state == state).count()
    }
}

/// What was asked for of a site.
#[derive(Debug)]
pub struct Reports {
    /// What was counted.
    pub figures: Figures,
    /// The profiles, in the order of the table.
    pub profiles: Vec<Report>,
    /// What is open, at the levels the desk has set, and exceptions that have no effect.
    pub diagnostics: Vec<Diagnostic>,
}

/// The profile with this name.
pub fn named(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| profile.name == name)
}

/// Judges a site by the profiles asked for.
pub fn judge(facts: Facts<'_>, wanted: &[&'static Profile]) -> Reports {
    let figures = Figures::of(facts.site);
    let excepting: FxHashMap<&str, &Article> = facts
        .site
        .articles
        .iter()
        .filter(|article| !article.exceptions.is_empty())
        .map(|article| (article.yaml.source.path.as_str(), article.as_ref()))
        .collect();
    let mut diagnostics = Vec::new();
    let mut profiles = Vec::new();
    for profile in PROFILES.iter().filter(|profile| wanted.iter().any(|asked| asked.code == profile.code)) {
        let survey = Survey { facts, figures: &figures, code: profile.code };
        let criteria: Vec<Judged> =
            profile.criteria.iter().map(|criterion| of_criterion(criterion, &survey, &excepting)).collect();
        diagnostics.extend(criteria.iter().flat_map(|judged| judged.open.iter().cloned()));
        if level(facts.site, profile.code) != Level::Allow {
            diagnostics.extend(unused(facts.site, profile.code, &criteria));
        }
        profiles.push(Report { profile, criteria });
    }
    settle(facts.site, &mut diagnostics);
    Reports { figures, profiles, diagnostics }
}

fn of_criterion(
    criterion: &'static Criterion,
    survey: &Survey<'_>,
    excepting: &FxHashMap<&str, &Article>,
) -> Judged {
    let seen = (criterion.judge)(survey);
    let mut open = Vec::new();
    let mut excepted: Vec<Excepted> = Vec::new();
    for missing in seen.missing {
        let path = missing.diagnostic.path();
        let reason = excepting.get(path).and_then(|article| {
            let holds = |code: Code| article.exceptions.iter().find(|exception| exception.rule == code);
            // The reason given for the rule tells of this very thing, that for the profile of anything.
            missing.rule.and_then(holds).or_else(|| holds(survey.code))
        });
        match (reason, excepted.last_mut()) {
            (None, _) => open.push(missing.diagnostic),
            (Some(given), Some(last)) if last.path == path && last.reason == given.reason => last.times += 1,
            (Some(given), _) => {
                excepted.push(Excepted { path: path.to_owned(), reason: given.reason.clone(), times: 1 });
            }
        }
    }
    let state = match (open.is_empty() && excepted.is_empty(), seen.for_a_person) {
        (false, _) => State::Open,
        (true, true) => State::Person,
        (true, false) => State::Met,
    };
    Judged { criterion, state, facts: seen.facts, open, excepted }
}

/// Exceptions to a profile in articles where nothing is missing.
fn unused(site: &Site, code: Code, criteria: &[Judged]) -> Vec<Diagnostic> {
    let is_used = |article: &Article| {
        let path = &article.yaml.source.path;
        criteria.iter().flat_map(|judged| &judged.excepted).any(|excepted| excepted.path == *path)
    };
    let excepts = |article: &&std::sync::Arc<Article>| {
        article.exceptions.iter().any(|exception| exception.rule == code)
    };
    site.articles
        .iter()
        .filter(excepts)
        .filter(|article| !is_used(article))
        .map(|article| without_effect(article, code))
        .collect()
}
