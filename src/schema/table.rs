//! The keys of front matter.

use super::Shape::{
    ClaimId, Date, Either, Email, File, Flag, Group as Of, Id, Kind, Line, List, Moment, Name, Path, Prose,
    Rules, Sha256, Topic, Url, Verdict, Word,
};
use super::{Group, Key, Shape};
use crate::content::vocabulary as words;

const CLAIMREVIEW: &str = "https://developers.google.com/search/docs/appearance/structured-data/factcheck";
const MEDIA_REVIEW: &str = "https://schema.org/MediaManipulationRatingEnumeration";
const IFCN: &str = "https://ifcncodeofprinciples.poynter.org/";
const FIPS: &str = "FIPS 180-4";

pub(super) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape, rule: "" }
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape, rule: "" }
}

impl Key {
    /// Names whose rule it is.
    pub(super) const fn by(self, rule: &'static str) -> Self {
        Key { rule, ..self }
    }
}

/// Front matter of `content/articles/**/*.md`.
pub static ARTICLE: Group = Group {
    name: "article",
    keys: &[
        must("title", Line),
        must("date", Moment).by(CLAIMREVIEW),
        must("authors", List(&Name, 1)).by(CLAIMREVIEW),
        may("updated", Moment),
        may("reviewers", List(&Name, 0)),
        may("topics", List(&Topic, 0)),
        may("summary", Prose),
        may("status", Word(words::statuses)),
        may("withdrawn", Of(&WITHDRAWN)),
        may("slug", Id),
        may("aliases", List(&Path, 0)),
        may("featured", Flag),
        may("image", Of(&PICTURE)),
        may("claims", List(const { &Of(&CLAIM) }, 0)),
        may("mentions", List(const { &Of(&MENTION) }, 0)),
        may("corrections", List(const { &Of(&CORRECTION) }, 0)).by(IFCN),
        may("allow", Rules(&Line)),
    ],
};

static WITHDRAWN: Group = Group { name: "withdrawn", keys: &[must("date", Date), must("reason", Prose)] };

static PICTURE: Group = Group { name: "picture", keys: &[must("file", File), must("alt", Line)] };

static CLAIM: Group = Group {
    name: "claim",
    keys: &[
        must("id", Id),
        must("claim", Prose).by(CLAIMREVIEW),
        must("verdict", Verdict).by(CLAIMREVIEW),
        must("finding", Prose),
        may("quote", Either(const { &[Prose, Of(&QUOTE)] })),
        may("claimant", Either(const { &[Name, Of(&CLAIMANT)] })).by(CLAIMREVIEW),
        may("claimed_on", Date).by(CLAIMREVIEW),
        may("appearances", List(const { &Of(&APPEARANCE) }, 0)).by(CLAIMREVIEW),
        may("kind", Kind),
        may("correct", Prose),
        may("incorrect", Prose),
        must("sources", List(const { &Of(&SOURCE) }, 1)).by(IFCN),
        may("media", Of(&MEDIA)).by(MEDIA_REVIEW),
        may("contact", Of(&CONTACT)).by(IFCN),
        may("history", List(const { &Of(&HISTORY) }, 0)),
    ],
};

static QUOTE: Group = Group {
    name: "quote",
    keys: &[
        must("exact", Prose).by("https://www.w3.org/TR/annotation-model/#text-quote-selector"),
        may("prefix", Line),
        may("suffix", Line),
    ],
};

static CLAIMANT: Group = Group {
    name: "claimant",
    keys: &[
        must("name", Line),
        may("type", Word(words::party_kinds)),
        may("url", Url),
        may("same_as", List(&Url, 0)).by("https://schema.org/sameAs"),
    ],
};

static APPEARANCE: Group = Group {
    name: "appearance",
    keys: &[must("url", Url), may("archived", Url), may("platform", Line), may("date", Date)],
};

static SOURCE: Group = Group {
    name: "source",
    keys: &[
        must("title", Line),
        may("url", Url),
        may("file", File),
        may("publisher", Line),
        may("date", Date),
        may("archived", Url),
        may("quote", Prose),
        may("stance", Word(words::stances)),
        may("primary", Flag).by(IFCN),
        may("sha256", Sha256).by(FIPS),
    ],
};

static MEDIA: Group = Group {
    name: "media",
    keys: &[
        must("type", Word(words::media_kinds)),
        may("file", File),
        may("alt", Line),
        may("categories", List(const { &Word(words::categories) }, 0)).by(MEDIA_REVIEW),
        may("original", Of(&ORIGINAL)),
    ],
};

static ORIGINAL: Group = Group {
    name: "original",
    keys: &[may("file", File), may("alt", Line), may("url", Url), may("credit", Line)],
};

static CONTACT: Group = Group {
    name: "contact",
    keys: &[must("outcome", Word(words::outcomes)), may("date", Date), may("note", Prose)],
};

static HISTORY: Group = Group {
    name: "history",
    keys: &[must("date", Date), must("verdict", Verdict), may("reason", Prose), may("archived", Url)],
};

static MENTION: Group = Group {
    name: "mention",
    keys: &[must("claim", ClaimId), must("quote", Either(const { &[Prose, Of(&QUOTE)] }))],
};

static CORRECTION: Group =
    Group { name: "correction", keys: &[must("date", Date), must("note", Prose), may("claim", ClaimId)] };

/// Front matter of `content/pages/*.md`.
pub static PAGE: Group = Group {
    name: "page",
    keys: &[
        must("title", Line),
        may("summary", Prose),
        may("policy", Word(words::policies)).by(IFCN),
        may("updated", Moment),
        may("slug", Id),
        may("aliases", List(&Path, 0)),
        may("template", Line),
    ],
};

/// Front matter of `content/people/*.md`.
pub static PERSON: Group = Group {
    name: "person",
    keys: &[
        must("name", Line),
        may("type", Word(words::party_kinds)),
        may("role", Line),
        may("url", Url),
        may("same_as", List(&Url, 0)).by("https://schema.org/sameAs"),
        may("email", Email),
        may("photo", Of(&PICTURE)),
    ],
};
