//! `meja check`: what a site can be published with, but should not be.
//!
//! A rule is one file below `rules/`, one row of [`RULES`], one row of the codes, one case file that
//! it fires on, one `fine-` case that it is silent on, and one explanation below `explain/`;
//! `tests/suite/check.rs` holds that. Rules see the assembled site and its plan, and nothing else. Those
//! that compare with a commit are below `ledger/`, those that look at the answers of other sites
//! below `links/`.

mod addresses;
mod archives;
mod cited;
mod explain;
mod fix;
pub mod ledger;
mod letters;
pub mod links;
pub mod profiles;
mod rules;

pub use explain::{Explanation, explain};
pub use fix::{Mended, mend};
pub use rules::RULES;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::{Config, Level};
use crate::content::markdown::Body;
use crate::content::{Article, Claim, Looked};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, sort};
use crate::site::{Plan, Site};
use crate::source::{Source, Span};
use crate::yaml::{Part, Spot};

/// Whether a name or a title has letters that are not what they seem.
pub fn is_disguised(text: &str) -> bool {
    letters::trick(text).is_some()
}

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    /// The assembled site.
    pub site: &'f Site,
    /// What stands where.
    pub plan: &'f Plan,
    /// The static files by name, with their sizes in bytes.
    pub statics: &'f [(String, u64)],
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, its usual level and what it is about.
    pub code: Code,
    /// How it looks for what is wrong.
    pub find: Find,
}

/// How a rule looks for what is wrong. All it finds has the rule's code.
#[derive(Debug, Clone, Copy)]
pub enum Find {
    /// Article by article, on all cores.
    Article(fn(Facts<'_>, &Article, &mut Vec<Diagnostic>)),
    /// Text by text: those of articles, pages and people.
    Text(fn(&Arc<Source>, &Body, &mut Vec<Diagnostic>)),
    /// Once for the whole site.
    Site(fn(Facts<'_>, &mut Vec<Diagnostic>)),
}

/// Everything the rules find, at the levels the desk has set, in reading order.
///
/// Nothing while the settings cannot be read: what stands for them is not the desk's.
pub fn check(facts: Facts<'_>) -> Vec<Diagnostic> {
    let whole = facts.site.config.whole;
    if !(whole.languages && whole.scale && whole.kinds) {
        return Vec::new();
    }
    // Before the threads ask for it.
    facts.site.index();
    let mut found: Vec<Diagnostic> =
        facts.site.articles.par_iter().flat_map_iter(|article| of_article(facts, article)).collect();
    let mut of_site = Vec::new();
    for rule in RULES.iter().filter(|rule| level(facts.site, rule.code) != Level::Allow) {
        match rule.find {
            Find::Article(_) => {}
            Find::Site(find) => find(facts, &mut of_site),
            Find::Text(find) => {
                for page in &facts.site.pages {
                    find(&page.yaml.source, &page.body, &mut found);
                }
                let people = facts.site.people();
                for person in people {
                    find(&person.yaml.source, &person.body, &mut found);
                }
            }
        }
    }
    found.extend(without_exceptions(facts.site, of_site));
    drop_whole_groups(facts.site, &mut found);
    settle(facts.site, &mut found);
    found
}

/// Where no exception of an article has an effect, their common key goes with them.
fn drop_whole_groups(site: &Site, found: &mut [Diagnostic]) {
    let mut unused: FxHashMap<String, usize> = FxHashMap::default();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.code == Code::UnusedException) {
        *unused.entry(diagnostic.path().to_owned()).or_default() += 1;
    }
    let mut groups: FxHashMap<&str, Span> = FxHashMap::default();
    for article in site.articles.iter().filter(|article| article.exceptions.len() > 1) {
        let path = article.yaml.source.path.as_str();
        if unused.get(path) == Some(&article.exceptions.len()) {
            let key = article.yaml.find(&[Part::key("allow")], Spot::Key);
            groups.extend(fix::group_lines(&article.yaml, &key).map(|lines| (path, lines)));
        }
    }
    for diagnostic in found.iter_mut().filter(|diagnostic| diagnostic.code == Code::UnusedException) {
        if let (Some(lines), Some(fix)) = (groups.get(diagnostic.path()).cloned(), &mut diagnostic.fix) {
            fix.span = lines;
        }
    }
}

/// What the rules that look article by article find in one, at the levels the desk has set.
pub fn check_article(facts: Facts<'_>, article: &Article) -> Vec<Diagnostic> {
    let mut found = of_article(facts, article);
    settle(facts.site, &mut found);
    found
}

fn settle(site: &Site, found: &mut Vec<Diagnostic>) {
    found.retain(|diagnostic| level(site, diagnostic.code) != Level::Allow);
    for diagnostic in found.iter_mut() {
        diagnostic.severity = match level(site, diagnostic.code) {
            Level::Deny => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
    }
    sort(found);
}

/// Leaves out what an article has an exception for, and complains of exceptions without effect.
fn without_exceptions(site: &Site, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of_site =
        |code: Code| RULES.iter().any(|rule| rule.code == code && matches!(rule.find, Find::Site(_)));
    let mut exceptions: FxHashMap<(String, Code), (&Article, bool)> = FxHashMap::default();
    for article in &site.articles {
        for exception in article.exceptions.iter().filter(|exception| of_site(exception.rule)) {
            exceptions.insert((article.yaml.source.path.clone(), exception.rule), (article, false));
        }
    }
    found.retain(|diagnostic| {
        let exception = exceptions.get_mut(&(diagnostic.path().to_owned(), diagnostic.code));
        exception.is_none_or(|(_, used)| {
            *used = true;
            false
        })
    });
    let unused = exceptions.into_iter().filter(|(_, (_, used))| !used);
    found.extend(unused.map(|((_, rule), (article, _))| without_effect(article, rule)));
    found
}

fn of_article(facts: Facts<'_>, article: &Article) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        let before = found.len();
        let is_on = level(facts.site, rule.code) != Level::Allow;
        match rule.find {
            Find::Site(_) => continue,
            Find::Article(find) if is_on => find(facts, article, &mut found),
            Find::Text(find) if is_on => {
                find(&article.yaml.source, article.body(&Looked::unnoted()), &mut found);
            }
            Find::Article(_) | Find::Text(_) => {}
        }
        if article.exceptions.iter().any(|exception| exception.rule == rule.code) {
            if found.len() == before {
                found.push(without_effect(article, rule.code));
            } else {
                found.truncate(before);
            }
        }
    }
    found
}

fn level(site: &Site, rule: Code) -> Level {
    level_on(&site.config, rule)
}

/// The level of a rule under these settings.
pub fn level_on(config: &Config, rule: Code) -> Level {
    config.checks.get(&rule).copied().unwrap_or(match rule.severity() {
        Severity::Error => Level::Deny,
        Severity::Warning => Level::Warn,
    })
}

/// A problem with an article's exception to a rule.
fn at_exception(article: &Article, rule: Code, message: String) -> Diagnostic {
    let span = article.yaml.find(&[Part::key("allow"), Part::key(rule.name())], Spot::Key);
    Diagnostic::at(Code::UnusedException, &article.yaml.source, span, message)
}

fn without_effect(article: &Article, rule: Code) -> Diagnostic {
    let name = rule.name();
    let span = article.yaml.find(&[Part::key("allow"), Part::key(name)], Spot::Key);
    let message = format!("nothing in this article breaks the rule `{name}`");
    let lines = fix::entry_lines(&article.yaml, &span, "allow", article.exceptions.len() == 1);
    let diagnostic =
        at_exception(article, rule, message).help("remove the exception: it would hide the next mistake");
    match lines {
        Some(lines) => diagnostic.fix(lines, ""),
        None => diagnostic,
    }
}

/// The same problem, with only these words of the value underlined, if they stand there as they are.
fn narrowed(mut diagnostic: Diagnostic, words: &str) -> Diagnostic {
    if let Place::At(label) = &mut diagnostic.place
        && let Some(at) = label.source.text[label.span.clone()].find(words)
    {
        let start = label.span.start + at;
        label.span = start..start + words.len();
    }
    diagnostic
}

/// A problem with a value of an article's front matter.
fn at(code: Code, article: &Article, path: &[Part], message: impl Into<String>) -> Diagnostic {
    Diagnostic::at(code, &article.yaml.source, article.span(path), message)
}

/// The last day on which a claim is known to have been worked on, and the key that says so.
fn last_day(article: &Article, claim: &Claim) -> (Date, &'static str) {
    let own = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == claim.id);
    let corrected = article.corrections.iter().filter(|correction| own(&correction.claim));
    let updated = article.updated.iter().map(|updated| (updated.date, "updated"));
    let later = updated.chain(corrected.map(|correction| (correction.date, "corrections")));
    later.fold((article.date.date, "date"), |last, next| if next.0 > last.0 { next } else { last })
}

/// A problem with a key of a claim: `rest` is the path from the claim on.
fn at_claim(
    code: Code,
    article: &Article,
    claim: &Claim,
    rest: &[Part],
    message: impl Into<String>,
) -> Diagnostic {
    at(code, article, &claim.path(rest), message)
}
