//! Claims as editors annotate them: who said what, what the desk found, on which evidence.

use jiff::civil::Date;

use super::Reading;
use super::evidence::{Evidence, evidence};
use super::media::{Media, media};
use super::moment::date;
use super::party::{Party, party};
use crate::diagnostic::{Code, did_you_mean};
use crate::yaml::{At, Decoder, Node, OwnedPath, Part, id, list, one_of, text, web_url};

/// A checked claim.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its place in the `claims` list of its file, for diagnostics.
    pub index: usize,
    /// Stable for ever: the claim's address.
    pub id: String,
    /// The claim in one sentence.
    pub claim: String,
    /// The words of the article that it stands on.
    pub quote: Option<Quote>,
    /// Who made it.
    pub claimant: Option<Party>,
    /// When it was made.
    pub claimed_on: Option<Date>,
    /// Where it was made.
    pub appearances: Vec<Appearance>,
    /// The verdict, as an index into the scale.
    pub verdict: usize,
    /// The kind of misinformation, as an index into the desk's kinds.
    pub kind: Option<usize>,
    /// The picture, video or recording that is checked.
    pub media: Option<Media>,
    /// What the desk found, in a sentence or two.
    pub finding: String,
    /// What is right in it.
    pub correct: Option<String>,
    /// What is wrong in it.
    pub incorrect: Option<String>,
    /// The evidence.
    pub sources: Vec<Evidence>,
    /// The right of reply.
    pub contact: Option<Contact>,
    /// Earlier verdicts, oldest first.
    pub history: Vec<PastVerdict>,
}

/// Exact words of an article's text, after the Web Annotation model's `TextQuoteSelector`
/// (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub exact: String,
    /// What stands right before them.
    pub prefix: Option<String>,
    /// What stands right after them.
    pub suffix: Option<String>,
}

/// A place where the claim was made.
#[derive(Debug, Clone)]
pub struct Appearance {
    /// Its address.
    pub url: String,
    /// An archived copy.
    pub archived: Option<String>,
    /// In which medium: "pidato", "Facebook".
    pub platform: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// The attempt to hear the claimant.
#[derive(Debug, Clone)]
pub struct Contact {
    /// When.
    pub date: Option<Date>,
    /// `replied`, `no-reply`, `declined` or `not-applicable`.
    pub outcome: &'static str,
    /// What was said.
    pub note: Option<String>,
}

/// A verdict that no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVerdict {
    /// Its place in the `history` list, for diagnostics.
    pub index: usize,
    /// From when it stood.
    pub date: Date,
    /// The verdict, as an index into the scale.
    pub verdict: usize,
    /// Why it was given.
    pub reason: Option<String>,
    /// An archived copy of the page as it was.
    pub archived: Option<String>,
}

impl Claim {
    /// The path of one of its keys in the front matter: `rest` is the path from the claim on.
    pub fn path(&self, rest: &[Part]) -> OwnedPath {
        let mut path = vec![Part::key("claims"), Part::Index(self.index)];
        path.extend_from_slice(rest);
        path
    }
}

/// The keys of a claim.
pub(super) const KEYS: &[&str] = &[
    "id",
    "claim",
    "quote",
    "claimant",
    "claimed_on",
    "appearances",
    "verdict",
    "kind",
    "media",
    "finding",
    "correct",
    "incorrect",
    "sources",
    "contact",
    "history",
];

/// The keys of what belongs to a claim.
pub(super) const QUOTE: &[&str] = &["exact", "prefix", "suffix"];
pub(super) const APPEARANCE: &[&str] = &["url", "archived", "platform", "date"];
pub(super) const CONTACT: &[&str] = &["date", "outcome", "note"];
pub(super) const HISTORY: &[&str] = &["date", "verdict", "reason", "archived"];

pub(super) const OUTCOMES: &[(&str, &str)] = &[
    ("replied", "replied"),
    ("no-reply", "no-reply"),
    ("declined", "declined"),
    ("not-applicable", "not-applicable"),
];

/// Reads one entry of `claims`.
pub(super) fn claim(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    index: usize,
    reading: &Reading<'_>,
) -> Option<Claim> {
    let fields = decoder.fields(node, at, KEYS)?;
    let id =
        fields.required(decoder, "id", "give the claim an id; it becomes its address and never changes", id);
    let words = fields.required(decoder, "claim", "write the claim in one sentence", text);
    let verdict = fields.required(
        decoder,
        "verdict",
        "give the verdict: an id from the desk's rating scale",
        |d, n, a| verdict(d, n, a, reading),
    );
    let finding = fields.required(decoder, "finding", "say in a sentence or two what was found", text);
    let sources = fields.required(
        decoder,
        "sources",
        "give at least one source: `sources: [{title: ..., url: ...}]`",
        |d, n, a| {
            let sources = list(d, n, a, |d, n, a| evidence(d, n, a, reading))?;
            if matches!(n, Node::List(items) if items.is_empty()) {
                d.problem(Code::MissingKey, a, "a claim needs at least one source", |d| {
                    d.help("write `sources: [{title: ..., url: ...}]`")
                });
            }
            Some(sources)
        },
    );
    let mut place = 0;
    let mut history = fields.list(decoder, "history", |d, n, a| {
        place += 1;
        past_verdict(d, n, a, place - 1, reading)
    });
    history.sort_by_key(|past: &PastVerdict| past.date);
    Some(Claim {
        index,
        quote: fields.optional(decoder, "quote", quote),
        claimant: fields.optional(decoder, "claimant", party),
        claimed_on: fields.optional(decoder, "claimed_on", date),
        appearances: fields.list(decoder, "appearances", appearance),
        kind: fields.optional(decoder, "kind", |d, n, a| kind(d, n, a, reading)),
        media: fields.optional(decoder, "media", |d, n, a| media(d, n, a, reading)),
        correct: fields.optional(decoder, "correct", text),
        incorrect: fields.optional(decoder, "incorrect", text),
        contact: fields.optional(decoder, "contact", contact),
        history,
        sources: sources.unwrap_or_default(),
        verdict: verdict.unwrap_or_default(),
        claim: words.unwrap_or_default(),
        finding: finding.unwrap_or_default(),
        id: id?,
    })
}

/// Reads exact words of the body, with or without what stands around them.
pub(super) fn quote(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Quote> {
    if !matches!(node, Node::Map(_)) {
        let exact = text(decoder, node, at)?;
        return Some(Quote { exact, prefix: None, suffix: None });
    }
    let fields = decoder.fields(node, at, QUOTE)?;
    let exact = fields.required(decoder, "exact", "give the exact words of the article", text);
    let prefix = fields.optional(decoder, "prefix", text);
    let suffix = fields.optional(decoder, "suffix", text);
    Some(Quote { exact: exact?, prefix, suffix })
}

fn verdict(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, reading: &Reading<'_>) -> Option<usize> {
    let ids: Vec<&str> = reading.config.scale.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
    known(
        decoder,
        node,
        at,
        (Code::UnknownVerdict, reading.config.whole.scale),
        "a verdict of this desk",
        &ids,
    )
}

fn kind(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, reading: &Reading<'_>) -> Option<usize> {
    let ids: Vec<&str> = reading.config.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let code = (Code::UnknownKind, reading.config.whole.kinds);
    known(decoder, node, at, code, "a kind of misinformation of this desk", &ids)
}

fn known(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    (code, ids_are_whole): (Code, bool),
    what: &str,
    ids: &[&str],
) -> Option<usize> {
    let word = match node {
        // A verdict `true` or `false` without quotes is a boolean to YAML.
        Node::Bool(value) => value.to_string(),
        _ => text(decoder, node, at)?,
    };
    let found = ids.iter().position(|id| *id == word);
    if found.is_none() && ids_are_whole {
        let all: Vec<_> = ids.iter().map(|id| format!("`{id}`")).collect();
        let help = crate::yaml::curly_help(&word, ids.iter().copied()).unwrap_or_else(|| {
            did_you_mean(&word, ids.iter().copied()).map_or_else(
                || match all.as_slice() {
                    [] => "the desk has none; list them in site.yaml, or leave this out".to_owned(),
                    _ => format!("it can be {}", all.join(", ")),
                },
                |close| format!("did you mean `{close}`?"),
            )
        });
        decoder.problem(code, at, format!("`{word}` is not {what}"), |d| d.help(help));
    }
    found
}

fn appearance(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Appearance> {
    let fields = decoder.fields(node, at, APPEARANCE)?;
    let url = fields.required(decoder, "url", "give the address where the claim was made", web_url);
    Some(Appearance {
        archived: fields.optional(decoder, "archived", web_url),
        platform: fields.optional(decoder, "platform", text),
        date: fields.optional(decoder, "date", date),
        url: url?,
    })
}

fn contact(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Contact> {
    let fields = decoder.fields(node, at, CONTACT)?;
    let outcome = fields.required(decoder, "outcome", "say how it went: `outcome: no-reply`", |d, n, a| {
        one_of(d, n, a, OUTCOMES)
    });
    Some(Contact {
        date: fields.optional(decoder, "date", date),
        note: fields.optional(decoder, "note", text),
        outcome: outcome?,
    })
}

fn past_verdict(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    index: usize,
    reading: &Reading<'_>,
) -> Option<PastVerdict> {
    let fields = decoder.fields(node, at, HISTORY)?;
    let day = fields.required(decoder, "date", "say from when this verdict stood", date);
    let verdict = fields.required(decoder, "verdict", "give the verdict that stood then", |d, n, a| {
        verdict(d, n, a, reading)
    });
    Some(PastVerdict {
        index,
        reason: fields.optional(decoder, "reason", text),
        archived: fields.optional(decoder, "archived", web_url),
        date: day?,
        verdict: verdict?,
    })
}
