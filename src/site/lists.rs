//! What a list is.

use rustc_hash::FxHashMap;

use super::edition::ClaimRef;

/// What a list goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum ListKind {
    Verdict,
    Topic,
    Claimant,
    Author,
    Source,
    Year,
    Kind,
}

impl ListKind {
    /// Every kind.
    pub const ALL: [ListKind; 7] = [
        ListKind::Verdict,
        ListKind::Topic,
        ListKind::Claimant,
        ListKind::Author,
        ListKind::Source,
        ListKind::Year,
        ListKind::Kind,
    ];

    /// The folder its lists stand in.
    pub fn folder(self) -> &'static str {
        match self {
            ListKind::Verdict => "verdicts",
            ListKind::Topic => "topics",
            ListKind::Claimant => "claimants",
            ListKind::Author => "authors",
            ListKind::Source => "sources",
            ListKind::Year => "years",
            ListKind::Kind => "kinds",
        }
    }

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            ListKind::Verdict => "verdict",
            ListKind::Topic => "topic",
            ListKind::Claimant => "claimant",
            ListKind::Author => "author",
            ListKind::Source => "source",
            ListKind::Year => "year",
            ListKind::Kind => "kind",
        }
    }

    /// Whether its index stands even while there is no list: a desk may never name a kind of
    /// misinformation, and readers need no page that says so.
    pub fn always_has_index(self) -> bool {
        !matches!(self, ListKind::Year | ListKind::Kind)
    }

    /// Whether its lists have an order of their own: that of the scale, of the desk, of time.
    pub fn is_ordered(self) -> bool {
        matches!(self, ListKind::Verdict | ListKind::Year | ListKind::Kind)
    }
}

/// One list.
#[derive(Debug, Clone)]
pub struct Term {
    /// The last part of its address.
    pub slug: String,
    /// What readers see.
    pub label: String,
    /// The id of the person's file, for claimants and authors that have one.
    pub person: Option<String>,
    /// What is on it, newest first. What an author wrote stands before what they only reviewed.
    pub members: Members,
    /// How many of an author's articles they only reviewed.
    pub reviewed: usize,
    /// The claims of a topic's articles by verdict, in the order of the scale; empty for others.
    pub by_verdict: Vec<Vec<ClaimRef>>,
}

/// What is on a list.
#[derive(Debug, Clone)]
pub enum Members {
    /// Claims.
    Claims(Vec<ClaimRef>),
    /// Articles, as indexes into [`Site::articles`](super::Site::articles).
    Articles(Vec<usize>),
}

impl Term {
    /// An empty list.
    pub(super) fn new(slug: String, label: String, person: Option<String>, members: Members) -> Self {
        Self { slug, label, person, members, reviewed: 0, by_verdict: Vec::new() }
    }

    /// The claim that stands first on a list of claims.
    pub fn newest_claim(&self) -> Option<ClaimRef> {
        match &self.members {
            Members::Claims(claims) => claims.first().copied(),
            Members::Articles(_) => None,
        }
    }

    /// How many claims are on it, or in its articles if it is a topic.
    pub fn claim_count(&self) -> usize {
        match &self.members {
            Members::Claims(claims) => claims.len(),
            Members::Articles(_) => self.by_verdict.iter().map(Vec::len).sum(),
        }
    }
}

impl Members {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Members::Claims(claims) => claims.len(),
            Members::Articles(articles) => articles.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The lists of one kind.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// By slug; verdicts in the order of the scale, kinds in that of the desk, the newest year first.
    pub list: Vec<Term>,
    by_slug: FxHashMap<String, usize>,
}

impl Terms {
    /// The position of the list with this slug.
    pub fn position(&self, slug: &str) -> Option<usize> {
        self.by_slug.get(slug).copied()
    }

    /// The list with this slug.
    pub fn get(&self, slug: &str) -> Option<&Term> {
        self.position(slug).map(|position| &self.list[position])
    }

    pub(super) fn of(list: Vec<Term>) -> Self {
        let by_slug = list.iter().enumerate().map(|(position, term)| (term.slug.clone(), position)).collect();
        Self { list, by_slug }
    }
}
