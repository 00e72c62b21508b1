//! Evidence: what a check stands on.

use jiff::civil::Date;
use url::Url;

use super::Reading;
use super::moment::date;
use super::reference::file;
use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, one_of, plain_host, text, web_url};

/// One piece of evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address's host without `www.`, under which listings have it.
    pub host: Option<String>,
    /// An archived copy.
    pub archived: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// What it says about the claim.
    pub stance: Option<Stance>,
    /// Whether it is first-hand.
    pub primary: bool,
    /// Its own words.
    pub quote: Option<String>,
    /// A copy kept beside the article, by its path from `content/`.
    pub file: Option<EvidenceFile>,
}

/// A copy of evidence kept beside the article.
#[derive(Debug, Clone)]
pub struct EvidenceFile {
    /// Its path from `content/`.
    pub path: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Whether the front matter states it.
    pub pinned: bool,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What a piece of evidence says about the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Stance {
    Supports,
    Refutes,
    Context,
}

impl Stance {
    /// Its name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Supports => "supports",
            Stance::Refutes => "refutes",
            Stance::Context => "context",
        }
    }
}

/// The keys of a source.
pub(super) const KEYS: &[&str] =
    &["title", "publisher", "url", "archived", "date", "stance", "primary", "quote", "file", "sha256"];

pub(super) const STANCES: &[(&str, Stance)] =
    &[("supports", Stance::Supports), ("refutes", Stance::Refutes), ("context", Stance::Context)];

/// Reads one entry of `sources`.
pub(super) fn evidence(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    reading: &Reading<'_>,
) -> Option<Evidence> {
    let fields = decoder.fields(node, at, KEYS)?;
    let title = fields.required(decoder, "title", "give the source's title", text);
    let url = fields.optional(decoder, "url", web_url);
    let stated = fields.optional(decoder, "sha256", sha256);
    let file = fields
        .optional(decoder, "file", |d, n, a| file(d, n, a, reading))
        .and_then(|path| super::evidence_file::read(decoder, at, &path, stated.as_deref(), reading));
    if fields.get("url").is_none() && fields.get("file").is_none() {
        decoder.problem(Code::MissingKey, at, "a source needs an address or a file", |d| {
            d.help("add `url: https://...`, or `file:` with a file beside the article")
        });
    }
    if fields.get("sha256").is_some() && fields.get("file").is_none() {
        decoder.problem(Code::MissingKey, &at.key("sha256"), "a SHA-256 without a file", |d| {
            d.help("name the evidence file with `file:`")
        });
    }
    Some(Evidence {
        publisher: fields.optional(decoder, "publisher", text),
        archived: fields.optional(decoder, "archived", web_url),
        date: fields.optional(decoder, "date", date),
        stance: fields.optional(decoder, "stance", |d, n, a| one_of(d, n, a, STANCES)),
        primary: fields.optional(decoder, "primary", crate::yaml::yes_no).unwrap_or_default(),
        quote: fields.optional(decoder, "quote", text),
        host: url.as_deref().and_then(host),
        url,
        file,
        title: title?,
    })
}

/// The host of an address without `www.`, as a folder may be called. A colon of an IPv6 address
/// cannot be part of a file name.
pub fn host(url: &str) -> Option<String> {
    if let Some(host) = plain_host(url) {
        return Some(host.strip_prefix("www.").unwrap_or(host).to_owned());
    }
    let host = Url::parse(url).ok()?.host_str()?.to_lowercase();
    let bare = host.strip_prefix("www.").unwrap_or(&host);
    Some(bare.trim_matches(['[', ']']).trim_end_matches('.').replace(':', "-"))
}

fn sha256(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let hash = text(decoder, node, at)?.to_lowercase();
    if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(hash);
    }
    decoder.problem(Code::BadText, at, "this is not a SHA-256", |d| {
        d.help("it has 64 hexadecimal digits; `sha256sum FILE` prints it")
    });
    None
}
