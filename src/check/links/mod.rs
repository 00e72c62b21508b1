//! `meja check --links`: what the answers of other sites mean for the desk.
//!
//! Nothing is asked here: the room `links` does that. A rule of links is one file here, one row of
//! [`LINKS`] and of the codes, and an explanation. It sees one place of an address and its answer.

mod addresses;

pub use addresses::{Address, addresses};

use std::collections::BTreeMap;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::{level, settle};
use crate::config::Level;
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
    let excepted: FxHashSet<(&str, Code)> = site
        .articles
        .iter()
        .flat_map(|article| {
            let path = article.yaml.source.path.as_str();
            article.exceptions.iter().map(move |exception| (path, exception.rule))
        })
        .collect();
    // That an exception is without effect is not said: the site may only be up again for a while.
    found.retain(|diagnostic| !excepted.contains(&(diagnostic.path(), diagnostic.code)));
    settle(site, &mut found);
    found
}
