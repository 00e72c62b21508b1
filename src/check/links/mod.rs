//! `meja check --links`: what the answers of other sites mean for the desk.
//!
//! Nothing is asked here: the room `links` does that. A rule of links is one file here, one row of
//! [`LINKS`] and of the codes, and an explanation. It sees one place of an address and its answer.

mod addresses;

pub use addresses::{Address, addresses};

use std::collections::BTreeMap;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::{level, settle, without_effect};
use crate::config::Level;
use crate::content::{Article, Exception};
use crate::diagnostic::{Code, Diagnostic};
use crate::links::{Answer, Found};
use crate::site::Site;

macro_rules! links {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule of links, in the order of the table of codes.
        pub const LINKS: &[&LinkRule] = &[$(&$module::RULE,)*];
    };
}

links! {
    dead_link
    moved_link
}

/// A rule of links.
#[derive(Debug)]
pub struct LinkRule {
    /// Its name and its usual level.
    pub code: Code,
    find: fn(&Address<'_>, &Reports<'_>) -> Option<Diagnostic>,
}

/// The answers, and when they are read.
#[derive(Debug, Clone, Copy)]
pub struct Reports<'r> {
    /// The answers by address, as it is asked.
    pub answers: &'r BTreeMap<String, Answer>,
    /// The present moment: the age of an answer counts from here.
    pub now: Timestamp,
}

impl Reports<'_> {
    fn of(&self, address: &Address<'_>) -> Option<&Answer> {
        self.answers.get(&address.asked)
    }

    /// Whether something stands at an address, as far as is known.
    fn is_there(&self, url: &str) -> bool {
        let answer = crate::links::asked_as(url).and_then(|asked| self.answers.get(&asked));
        answer.is_none_or(|answer| !matches!(answer.found, Found::Failed(why) if why.is_dead()))
    }

    /// How old an answer is, in words behind "asked".
    fn age(&self, answer: &Answer) -> String {
        match self.now.duration_since(answer.asked).as_hours() / 24 {
            ..1 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        }
    }
}

/// What is wrong with these addresses by these answers, at the levels the desk has set.
pub fn judge(site: &Site, addresses: &[Address<'_>], reports: &Reports<'_>) -> Vec<Diagnostic> {
    let rules: Vec<_> = LINKS.iter().filter(|rule| level(site, rule.code) != Level::Allow).collect();
    let mut found: Vec<Diagnostic> = addresses
        .iter()
        .flat_map(|address| rules.iter().filter_map(|rule| (rule.find)(address, reports)))
        .collect();
    except(site, addresses, reports, &mut found);
    settle(site, &mut found);
    found
}

/// Leaves out what articles have an exception for, and complains of exceptions without effect. What cannot
/// be judged now may be what the exception is for, and then nothing is said of it.
fn except(site: &Site, addresses: &[Address<'_>], reports: &Reports<'_>, found: &mut Vec<Diagnostic>) {
    let mut exceptions: BTreeMap<(String, Code), (&Article, bool)> = BTreeMap::new();
    for article in &site.articles {
        let of_links = |exception: &&Exception| LINKS.iter().any(|rule| rule.code == exception.rule);
        for exception in article.exceptions.iter().filter(of_links) {
            exceptions.insert((article.yaml.source.path.clone(), exception.rule), (article, false));
        }
    }
    found.retain(|diagnostic| match exceptions.get_mut(&(diagnostic.path().to_owned(), diagnostic.code)) {
        Some((_, used)) => {
            *used = true;
            false
        }
        None => true,
    });
    let is_judged = |address: &Address<'_>| {
        reports.of(address).is_some_and(|answer| match answer.found {
            Found::Failed(why) => why.is_dead(),
            Found::Alive | Found::Moved(_) => true,
        })
    };
    let unjudged: FxHashSet<&str> =
        addresses.iter().filter(|address| !is_judged(address)).map(Address::file).collect();
    let judged: FxHashSet<&str> =
        addresses.iter().map(Address::file).filter(|file| !unjudged.contains(file)).collect();
    for ((file, rule), (article, used)) in exceptions {
        if !used && judged.contains(file.as_str()) {
            found.push(without_effect(article, rule));
        }
    }
}
