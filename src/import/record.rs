//! What every format is read into: one review of one claim, and the article around it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::heads::Heads;

/// One review of one claim, as far as the source tells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Where it stood in what was read: file, and number or line.
    pub place: String,
    /// The claim.
    pub claim: Option<String>,
    /// Who made it.
    pub claimant: Option<Claimant>,
    /// When it was made, as written.
    pub claimed_on: Option<String>,
    /// Where it was made.
    pub appearances: Vec<String>,
    /// How it was judged.
    pub rating: Rating,
    /// What was found.
    pub finding: Option<String>,
    /// On which evidence.
    pub sources: Vec<Cited>,
    /// The address of the review.
    pub url: Option<String>,
    /// The last part of its address, if the source names it.
    pub slug: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its summary.
    pub summary: Option<String>,
    /// When it appeared, as written.
    pub date: Option<String>,
    /// When it was changed, as written.
    pub updated: Option<String>,
    /// Who wrote it: the desk, or people.
    pub authors: Vec<String>,
    /// Its language, as written.
    pub language: Option<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// Its text as HTML.
    pub body: Option<String>,
    /// A picture, video or recording that is checked.
    pub media: Vec<String>,
    /// Whether the source calls it a draft, or something else that readers do not see.
    pub unpublished: bool,
    /// Whether it is an article without a claim, as other posts of a blog are.
    pub is_plain: bool,
    /// Whether it is a page of the site.
    pub is_page: bool,
    /// What an editor has to know about it.
    pub notes: Vec<String>,
    /// What says otherwise of the same claim.
    pub conflicts: Vec<String>,
    /// Whether the text had to be mended before it could be read, so that nothing in it is certain.
    pub is_guessed: bool,
    /// The record as it was read.
    pub raw: Value,
    /// What stood around it and belongs to no other record.
    pub around: Vec<Value>,
}

/// Who made a claim.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claimant {
    /// The name.
    pub name: String,
    /// `person` or `organization`, if the source says so.
    pub kind: Option<&'static str>,
    /// Home page.
    pub url: Option<String>,
    /// The same on other sites.
    pub same_as: Vec<String>,
}

/// How a claim was judged, as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rating {
    /// In words.
    pub label: Option<String>,
    /// Further words of the same standing; they have to mean the same.
    pub also: Vec<String>,
    /// What stands beside it and is often no rating at all; if it is one, it has to be the same.
    pub beside: Vec<String>,
    /// As a number.
    pub value: Option<f64>,
    /// The best number.
    pub best: Option<f64>,
    /// The worst number.
    pub worst: Option<f64>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cited {
    /// Its title; the address stands for it if there is none.
    pub title: Option<String>,
    /// Its address.
    pub url: String,
}

/// A person whom the source knows more of than a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Author {
    /// The name in the source by which articles name them.
    pub login: String,
    /// The name that readers see.
    pub name: String,
}

/// A record of the input that nothing can be made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Skipped {
    /// Where it stood.
    pub place: String,
    /// Why nothing was made of it.
    pub reason: &'static str,
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The records.
    pub records: Vec<Record>,
    /// What was passed over. Records and these are all there was.
    pub skipped: Vec<Skipped>,
    /// People.
    pub people: Vec<Author>,
    /// What was noticed about whole files.
    pub remarks: Vec<String>,
    /// The columns of tables.
    pub tables: Vec<Heads>,
    /// Hosts of the sites that exports say they are of.
    pub sites: BTreeSet<String>,
    /// Whether a part of a file was read as something that it is probably not.
    pub is_broken: bool,
}

impl Found {
    /// Takes what was read elsewhere to this.
    pub fn append(&mut self, other: Found) {
        self.records.extend(other.records);
        self.skipped.extend(other.skipped);
        self.people.extend(other.people);
        self.remarks.extend(other.remarks);
        self.tables.extend(other.tables);
        self.sites.extend(other.sites);
        self.is_broken |= other.is_broken;
    }

    /// Passes over one record.
    pub(super) fn skip(&mut self, place: impl Into<String>, reason: &'static str) {
        self.skipped.push(Skipped { place: place.into(), reason });
    }
}
