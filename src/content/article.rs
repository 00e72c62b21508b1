//! Articles: a fact-check with its claims, or an explainer without.

use jiff::civil::Date;

use super::Reading;
use super::claim::{Claim, Quote, claim, quote};
use super::file::{File, Name};
use super::markdown::{self, Anchor, Body};
use super::moment::{Moment, date, moment};
use super::picture::{Picture, picture};
use crate::config::Lang;
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::slug;
use crate::yaml::{At, Decoder, Fields, Node, OwnedPath, Part, Spot, Yaml, id, list, one_of, parse, text};

/// An article in one language.
#[derive(Debug, Clone)]
pub struct Article {
    /// The front matter it was read from, for diagnostics of later stages.
    pub yaml: Yaml,
    /// The path from `content/` without language and ending; the same for all its translations.
    pub key: String,
    /// The language.
    pub lang: Lang,
    /// The last part of its address.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// When it appears.
    pub date: Moment,
    /// When it was last changed in substance.
    pub updated: Option<Moment>,
    /// Who wrote it: ids or plain names.
    pub authors: Vec<String>,
    /// Who checked it: ids or plain names.
    pub reviewers: Vec<String>,
    /// Topics as written.
    pub topics: Vec<String>,
    /// The "in short" box.
    pub summary: Option<String>,
    /// Draft, published or withdrawn.
    pub status: Status,
    /// Old addresses, which lead here.
    pub aliases: Vec<String>,
    /// Whether it leads the home page.
    pub featured: bool,
    /// The lead picture.
    pub image: Option<Picture>,
    /// The claims it checks.
    pub claims: Vec<Claim>,
    /// Claims checked elsewhere that it touches.
    pub mentions: Vec<Mention>,
    /// What was put right after it appeared.
    pub corrections: Vec<Correction>,
    /// Rules of `check` that do not hold for it.
    pub exceptions: Vec<Exception>,
    /// The text: who looks at it is noted ([`Article::body`]).
    pub(super) body: Body,
}

/// A rule of `check` that does not hold for an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The rule.
    pub rule: Code,
    /// Why not.
    pub reason: String,
}

/// Where an article stands in its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Not shown.
    Draft,
    /// Shown from its date on.
    Published,
    /// Taken back: its page says so.
    Withdrawn {
        /// When.
        date: Date,
        /// Why.
        reason: String,
    },
}

/// A claim checked elsewhere that an article touches.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its place in the `mentions` list.
    pub index: usize,
    /// The claim's id.
    pub claim: String,
    /// The words of this article that it stands on.
    pub quote: Option<Quote>,
}

/// Something put right after an article appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its place in the `corrections` list.
    pub index: usize,
    /// When.
    pub date: Date,
    /// What was wrong and what stands there now.
    pub note: String,
    /// The claim it concerns, if one.
    pub claim: Option<String>,
}

/// The keys of an article.
pub(super) const KEYS: &[&str] = &[
    "title",
    "date",
    "updated",
    "authors",
    "reviewers",
    "topics",
    "summary",
    "status",
    "withdrawn",
    "slug",
    "aliases",
    "featured",
    "image",
    "claims",
    "mentions",
    "corrections",
    "allow",
];

/// The keys of `withdrawn`, of a mention and of a correction.
pub(super) const WITHDRAWN: &[&str] = &["date", "reason"];
pub(super) const MENTION: &[&str] = &["claim", "quote"];
pub(super) const CORRECTION: &[&str] = &["date", "note", "claim"];

/// The words for [`Status`], without what belongs to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Draft,
    Published,
    Withdrawn,
}

pub(super) const WORDS: &[(&str, Word)] =
    &[("draft", Word::Draft), ("published", Word::Published), ("withdrawn", Word::Withdrawn)];

impl Article {
    /// The place of a value of the front matter.
    pub fn span(&self, path: &[Part]) -> crate::source::Span {
        self.yaml.find(path, crate::yaml::Spot::Value)
    }
}

/// Reads an article. It comes back whenever its front matter can be parsed, with stand-ins for what
/// could not be read, so that references to it are not reported as well.
pub(super) fn read(file: &File, name: Name, reading: &Reading<'_>) -> (Option<Article>, Vec<Diagnostic>) {
    let node = match parse(&file.yaml) {
        Ok(node) => node,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let mut decoder = Decoder::new(&file.yaml);
    let article = decode(&mut decoder, &node, file, name, reading);
    let mut diagnostics = decoder.diagnostics;
    let article = article.map(|(mut article, anchors)| {
        let (body, mut found) = markdown::read(file, &anchors, reading);
        article.body = body;
        diagnostics.append(&mut found);
        article
    });
    (article, diagnostics)
}

fn decode(
    decoder: &mut Decoder<'_>,
    node: &Node,
    file: &File,
    name: Name,
    reading: &Reading<'_>,
) -> Option<(Article, Vec<Anchor>)> {
    let root = At::ROOT;
    let fields = decoder.fields(node, &root, KEYS)?;
    let zone = &reading.config.timezone;
    let title = fields.required(decoder, "title", "give the article a headline: `title: \"...\"`", text);
    let date_ = fields.required(decoder, "date", "say when it appears: `date: 2024-11-13`", |d, n, a| {
        moment(d, n, a, zone)
    });
    let authors = fields.required(decoder, "authors", "say who wrote it: `authors: [name]`", |d, n, a| {
        let names = list(d, n, a, text)?;
        if names.is_empty() {
            d.problem(Code::MissingKey, a, "an article needs an author", |d| {
                d.help("say who wrote it: `authors: [name]`")
            });
        }
        Some(names)
    });
    let mut index = 0;
    let claims: Vec<Claim> = fields.list(decoder, "claims", |d, n, a| {
        index += 1;
        claim(d, n, a, index - 1, reading)
    });
    let mut index = 0;
    let mentions: Vec<Mention> = fields.list(decoder, "mentions", |d, n, a| {
        index += 1;
        mention(d, n, a, index - 1)
    });
    let mut index = 0;
    let mut corrections: Vec<Correction> = fields.list(decoder, "corrections", |d, n, a| {
        index += 1;
        correction(d, n, a, index - 1)
    });
    corrections.sort_by_key(|correction| correction.date);
    let anchors = anchors(&claims, &mentions);
    let slug = address(decoder, &fields, &name, file);
    let article = Article {
        yaml: file.yaml.clone(),
        updated: fields.optional(decoder, "updated", |d, n, a| moment(d, n, a, zone)),
        reviewers: fields.list(decoder, "reviewers", text),
        topics: fields.list(decoder, "topics", topic),
        summary: fields.optional(decoder, "summary", text),
        status: status(decoder, &fields),
        aliases: fields.list(decoder, "aliases", alias),
        featured: fields.optional(decoder, "featured", crate::yaml::yes_no).unwrap_or_default(),
        image: fields.optional(decoder, "image", |d, n, a| picture(d, n, a, reading)),
        exceptions: fields.optional(decoder, "allow", exceptions).unwrap_or_default(),
        title: title.unwrap_or_else(|| name.stem.clone()),
        date: date_.unwrap_or_else(|| Moment::day(Date::constant(1970, 1, 1))),
        authors: authors.unwrap_or_default(),
        key: name.key,
        lang: name.lang,
        body: Body::default(),
        slug,
        claims,
        mentions,
        corrections,
    };
    Some((article, anchors))
}

fn anchors(claims: &[Claim], mentions: &[Mention]) -> Vec<Anchor> {
    let of_claims = claims.iter().filter_map(|claim| {
        let path: OwnedPath = vec![Part::key("claims"), Part::Index(claim.index), Part::key("quote")];
        claim.quote.clone().map(|quote| Anchor { claim: claim.id.clone(), mention: false, quote, path })
    });
    let of_mentions = mentions.iter().filter_map(|mention| {
        let path: OwnedPath = vec![Part::key("mentions"), Part::Index(mention.index), Part::key("quote")];
        mention.quote.clone().map(|quote| Anchor { claim: mention.claim.clone(), mention: true, quote, path })
    });
    of_claims.chain(of_mentions).collect()
}

/// The last part of the address: `slug`, or the file's name.
pub(super) fn address(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_, '_>,
    name: &Name,
    file: &File,
) -> String {
    if fields.get("slug").is_some() {
        return fields.optional(decoder, "slug", id).unwrap_or_else(|| slug(&name.stem));
    }
    let from_name = slug(&name.stem);
    if from_name.is_empty() {
        decoder.diagnostics.push(
            Diagnostic::file(
                Code::BadId,
                file.source().path.as_str(),
                "the file's name cannot be part of an address",
            )
            .help("rename the file with letters or digits, or give a `slug`"),
        );
        // Stands for an address that nothing else has, so that no clash is reported as well.
        return name.key.replace('/', "?");
    }
    from_name
}

fn status(decoder: &mut Decoder<'_>, fields: &Fields<'_, '_>) -> Status {
    let word =
        fields.optional(decoder, "status", |d, n, a| one_of(d, n, a, WORDS)).unwrap_or(Word::Published);
    let withdrawn = fields.optional(decoder, "withdrawn", |d, n, a| {
        let fields = d.fields(n, a, WITHDRAWN)?;
        let day = fields.required(d, "date", "say when it was withdrawn", date);
        let reason = fields.required(d, "reason", "tell readers why it was withdrawn", text);
        Some((day?, reason?))
    });
    let at = fields.at();
    match (word, withdrawn) {
        (Word::Withdrawn, Some((date, reason))) => Status::Withdrawn { date, reason },
        (Word::Withdrawn, None) => {
            if fields.get("withdrawn").is_none() {
                decoder.problem(
                    Code::MissingKey,
                    &at.key("status"),
                    "a withdrawn article needs a date and a reason",
                    |d| d.help("add `withdrawn: {date: 2024-12-01, reason: \"...\"}`"),
                );
            }
            Status::Published
        }
        (_, Some((date, reason))) => {
            decoder.problem(
                Code::UnknownValue,
                &at.key("withdrawn"),
                "`withdrawn` is given, but the status is another",
                |d| d.help("set `status: withdrawn`, or remove `withdrawn`"),
            );
            Status::Withdrawn { date, reason }
        }
        (Word::Draft, None) => Status::Draft,
        (Word::Published, None) => Status::Published,
    }
}

fn topic(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let name = text(decoder, node, at)?;
    if slug(&name).is_empty() {
        decoder.problem(Code::BadId, at, format!("`{name}` cannot be part of an address"), |d| {
            d.help("a topic needs at least one letter or digit")
        });
        return None;
    }
    Some(name)
}

/// Reads the rules that do not hold, each with its reason.
fn exceptions(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Vec<Exception>> {
    let mut found = Vec::new();
    for (name, reason) in decoder.entries(node, at)? {
        let here = at.key(name);
        let reason = text(decoder, reason, &here);
        match Code::rule(name) {
            Some(rule) => found.extend(reason.map(|reason| Exception { rule, reason })),
            None => {
                let (message, help) = Code::no_rule(name);
                decoder.problem_on(Code::UnknownRule, &here, Spot::Key, message, |d| d.help(help));
            }
        }
    }
    Some(found)
}

/// Reads an old address: a path of the site.
pub(super) fn alias(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let path = text(decoder, node, at)?;
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    // Two slashes begin the name of a host.
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && parts.iter().all(|part| {
            !part.is_empty()
                && *part != "."
                && *part != ".."
                && part.chars().all(|c| c.is_alphanumeric() || "-._~+".contains(c))
                && !part.ends_with('.')
        });
    if !safe {
        decoder.problem(Code::BadId, at, format!("`{path}` is not a path of the site"), |d| {
            d.help("write the old address without the host: `/2024/11/old-name/`")
        });
        return None;
    }
    Some(path)
}

fn mention(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, index: usize) -> Option<Mention> {
    let fields = decoder.fields(node, at, MENTION)?;
    let claim = fields.required(decoder, "claim", "give the id of the claim", id);
    let quote =
        fields.required(decoder, "quote", "give the words of this article that touch the claim", quote);
    Some(Mention { index, claim: claim?, quote })
}

fn correction(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, index: usize) -> Option<Correction> {
    let fields = decoder.fields(node, at, CORRECTION)?;
    let day = fields.required(decoder, "date", "say when it was corrected", date);
    let note = fields.required(decoder, "note", "say what was wrong and what stands there now", text);
    let claim = fields.optional(decoder, "claim", id);
    Some(Correction { index, date: day?, note: note?, claim })
}
