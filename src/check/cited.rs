//! What a claim cites: its sources and the places where it was made.

use super::addresses::is_below;
use crate::content::{Claim, Evidence};
use crate::yaml::Part;

/// A source or an appearance of a claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited<'c> {
    /// The key of its list in the front matter.
    list: &'static str,
    /// Its place in that list.
    index: usize,
    /// What it is, in a message.
    pub(super) what: &'static str,
    /// Its address.
    pub(super) url: Option<&'c str>,
    /// The address of its archived copy.
    pub(super) archived: Option<&'c str>,
    /// Whether a copy is kept beside the article.
    pub(super) has_file: bool,
}

impl Cited<'_> {
    /// The path of one of its keys, from the claim on.
    pub(super) fn path(&self, key: &str) -> [Part; 3] {
        [Part::key(self.list), Part::Index(self.index), Part::key(key)]
    }
}

/// What a claim cites, in the order of its front matter's lists.
pub(super) fn cited(claim: &Claim) -> impl Iterator<Item = Cited<'_>> {
    let sources = claim.sources.iter().enumerate().map(|(index, source)| Cited {
        list: "sources",
        index,
        what: "source",
        url: source.url.as_deref(),
        archived: source.archived.as_deref(),
        has_file: source.file.is_some(),
    });
    let appearances = claim.appearances.iter().enumerate().map(|(index, place)| Cited {
        list: "appearances",
        index,
        what: "appearance",
        url: Some(&place.url),
        archived: place.archived.as_deref(),
        has_file: false,
    });
    appearances.chain(sources)
}

/// Whether some two sources of a claim are named and independent of each other.
pub(super) fn has_independent_sources(claim: &Claim) -> bool {
    let is_named = |source: &&Evidence| source.publisher.is_some() || source.host.is_some();
    let mut named = claim.sources.iter().filter(is_named);
    named.next().is_some_and(|first| named.any(|other| independent(first, other)))
}

/// Whether two sources come from two houses: by what is said of their publishers, otherwise by
/// their hosts. Of one house are also `Kompas` and `Harian Kompas`, if they stand on one site.
fn independent(one: &Evidence, other: &Evidence) -> bool {
    match (&one.publisher, &other.publisher) {
        (Some(name), Some(second)) => {
            let (name, second) = (folded(name), folded(second));
            let is_longer_name = name.contains(&second) || second.contains(&name);
            name != second && !(is_longer_name && on_one_site(one, other))
        }
        _ => one.host.is_none() || one.host != other.host,
    }
}

/// Whether one host is that of the other or stands below it.
fn on_one_site(one: &Evidence, other: &Evidence) -> bool {
    let (Some(one), Some(other)) = (&one.host, &other.host) else {
        return false;
    };
    is_below(one, &[other]) || is_below(other, &[one])
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
