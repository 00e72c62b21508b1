//! Whose check a record is, and whose claim: archives of others hold the checks of many desks.

use std::collections::BTreeSet;

use super::plan::{Desk, Named};
use super::record::Record;
use super::{Format, addresses};
use crate::content::host;
use crate::slug::slug;

impl Desk<'_> {
    /// Why a record may be a check of somebody else, if it may. A desk's own tables and posts are its own.
    pub(super) fn foreign(&self, record: &Record) -> Option<String> {
        if !matches!(self.format, Format::ClaimReview | Format::Google) {
            return None;
        }
        let url = record.url.as_deref()?;
        let publisher = &self.config.publisher;
        // A profile on a site of others makes that site nobody's own.
        let sites = publisher.same_as.iter().filter(|url| addresses::is_home(url));
        let places = publisher.url.iter().chain(sites);
        let mut own = places.filter_map(|place| host(place)).chain([self.config.base.host.clone()]);
        let at = host(url)?;
        let is_own = own.any(|own| own == at || at.ends_with(&format!(".{own}")));
        if is_own || record.authors.iter().any(|author| self.is_ours(author)) {
            return None;
        }
        Some(format!(
            "it may be the check of another desk (`{at}`); if it is yours, name that site in publisher.same_as"
        ))
    }

    /// The desk does not make the claims that it checks, although many a form says so.
    pub(super) fn attribute(&self, record: &mut Record) {
        let name = |claimant: &mut super::record::Claimant| same(&claimant.name, &self.config.publisher.name);
        if let Some(claimant) = record.claimant.take_if(name) {
            record
                .notes
                .push(format!("the source says that the desk itself claimed it: `{}`", claimant.name));
        }
    }

    /// Learns how the desk writes names. Files of imports do not count: a second run would find what the first wrote.
    pub(super) fn learn(&mut self) {
        let files: BTreeSet<&str> =
            self.plan.memory.entries.values().map(|entry| entry.file.as_str()).collect();
        for (kind, name, path) in &self.taken.names {
            if !files.contains(path.as_str()) {
                self.spellings.entry((*kind, slug(name))).or_insert_with(|| name.clone());
            }
        }
    }

    /// Names whose pages would stand at one address are written as the first of them.
    pub(super) fn spell(&mut self, record: &mut Record) {
        let Record { authors, topics, claimant, notes, .. } = record;
        let mut spelled = |kind: Named, name: &mut String| {
            let known = self.spellings.entry((kind, slug(name))).or_insert_with(|| name.clone());
            if known != name {
                notes.push(format!("`{name}` is written `{known}`, as elsewhere"));
                name.clone_from(known);
            }
        };
        for name in authors.iter_mut() {
            spelled(Named::Author, name);
        }
        for name in topics.iter_mut() {
            spelled(Named::Topic, name);
        }
        if let Some(claimant) = claimant {
            spelled(Named::Claimant, &mut claimant.name);
        }
        for list in [authors, topics] {
            let mut seen = BTreeSet::new();
            list.retain(|name| seen.insert(name.clone()));
        }
    }

    fn is_ours(&self, author: &str) -> bool {
        same(author, &self.config.publisher.name)
            || self.taken.people.iter().any(|(id, person)| same(author, person) && !self.is_of_reviews(id))
    }

    /// Whether somebody is here only because a review that was imported names them: that makes nobody one of the desk.
    fn is_of_reviews(&self, id: &str) -> bool {
        [Format::ClaimReview, Format::Google]
            .iter()
            .any(|format| self.plan.memory.entries.contains_key(&super::naming::key_of_person(*format, id)))
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
