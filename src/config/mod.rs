//! `site.yaml`: the desk's settings.

mod base_url;
mod checks;
mod look;
mod publisher;
mod scale;
mod text;
pub mod vocabulary;

pub use base_url::BaseUrl;
pub use checks::Level;
pub(crate) use publisher::email;
pub use publisher::{Publisher, Submit};
pub use scale::{Kind, Scale, TONES, Tone, Verdict};
pub use text::{Lang, Text};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::Source;
use crate::yaml::{self, At, Decoder, Fields, Node, Yaml, integer, one_of, text, web_url, yes_no};

/// The name of the settings file; the folder that holds it is the site's root.
pub const FILE: &str = "site.yaml";

/// Where the menu leads if the settings have none.
const MENU: [&str; 4] = ["/claims/", "/articles/", "/verdicts/", "/corrections/"];

const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "language",
    "languages",
    "timezone",
    "publisher",
    "ratings",
    "kinds",
    "menu",
    "paginate",
    "lists",
    "related",
    "feeds",
    "cards",
    "embeds",
    "data",
    "search",
    "submit",
    "checks",
    "theme",
    "footer",
    "topics",
    "markdown",
];

/// The lists that a desk can do without. Verdicts, topics, claimants and authors always have theirs.
const LISTS: &[(&str, MoreList)] =
    &[("sources", MoreList::Sources), ("years", MoreList::Years), ("kinds", MoreList::Kinds)];

const MENU_ITEM: &[&str] = &["label", "url"];
const MARKDOWN: &[&str] = &["smart_punctuation", "html"];
const RAW_HTML: &[(&str, RawHtml)] = &[("refuse", RawHtml::Refuse), ("sanitize", RawHtml::Sanitize)];

/// The settings of a desk, complete: what `site.yaml` leaves out has its default.
#[derive(Debug, Clone)]
pub struct Config {
    /// The text it was read from, for diagnostics of later stages.
    pub yaml: Yaml,
    /// The site's name.
    pub title: Text,
    /// One sentence on the site.
    pub description: Option<Text>,
    /// Where the site will stand.
    pub base: BaseUrl,
    /// BCP 47 codes; the first is the main language.
    pub languages: Vec<String>,
    /// Decides what "today" is.
    pub timezone: TimeZone,
    /// Who answers for the site.
    pub publisher: Publisher,
    /// The verdicts.
    pub scale: Scale,
    /// The kinds of misinformation.
    pub kinds: Vec<Kind>,
    /// The main menu, in order.
    pub menu: Vec<MenuItem>,
    /// Entries on a page of a listing.
    pub paginate: usize,
    /// The lists that are made beside those of verdicts, topics, claimants and authors.
    pub lists: Vec<MoreList>,
    /// How many related claims the page of a claim shows.
    pub related: usize,
    /// How many entries a feed has; `None` for no feeds.
    pub feeds: Option<usize>,
    /// Whether share cards are made.
    pub cards: bool,
    /// Whether claims can be shown on other sites: a page for frames and an oEmbed answer each.
    pub embeds: bool,
    /// Whether the files of all claims are made.
    pub data: bool,
    /// Whether the search index is made.
    pub search: bool,
    /// How readers send in claims.
    pub submit: Submit,
    /// Levels of the rules of `check`, by rule.
    pub checks: BTreeMap<Code, Level>,
    /// The accent colour, as `#rrggbb`.
    pub accent: Option<String>,
    /// The logo, a path under `static/`.
    pub logo: Option<String>,
    /// A font for share cards in scripts that the built-in faces lack, a path under `static/`.
    pub font: Option<String>,
    /// A remark in the footer of every page.
    pub footer: Option<Text>,
    /// Labels of topics, by slug.
    pub topics: BTreeMap<String, Text>,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// Which settings could be read wholly.
    pub whole: Whole,
}

/// Which settings could be read wholly. What documents say of the others is not held against them:
/// it would be complained of twice, and wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// `language` and `languages`.
    pub languages: bool,
    /// `ratings`.
    pub scale: bool,
    /// `kinds`.
    pub kinds: bool,
}

/// Lists that a desk can do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum MoreList {
    Sources,
    Years,
    Kinds,
}

/// An entry of the menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// What readers see; without one, the title of the page it leads to.
    pub label: Option<Text>,
    /// A path of the site, `/claims/`, or an outside address.
    pub url: String,
}

/// How Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Markdown {
    /// Whether straight quotes and hyphens become typographic ones.
    pub smart_punctuation: bool,
    /// What happens to raw HTML.
    pub html: RawHtml,
}

/// What happens to raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawHtml {
    /// It is shown as text, with a warning.
    Refuse,
    /// Harmless elements pass, everything else is removed.
    Sanitize,
}

/// Reads the settings. A `Config` comes back even when there are problems, so that the problems of
/// the articles can be shown in the same run.
pub fn read(source: &Arc<Source>) -> (Config, Vec<Diagnostic>) {
    let yaml = Yaml::whole(source);
    let (node, mut diagnostics) = match yaml::parse(&yaml) {
        Ok(node) => (node, Vec::new()),
        Err(diagnostic) => (Node::Map(Vec::new()), vec![*diagnostic]),
    };
    let unreadable = !diagnostics.is_empty();
    let mut decoder = Decoder::new(&yaml);
    let mut config = decode(&mut decoder, &node, &yaml);
    // After a syntax error every required key would be reported as missing.
    if unreadable {
        config.whole = Whole { languages: false, scale: false, kinds: false };
    } else {
        diagnostics.append(&mut decoder.diagnostics);
    }
    (config, diagnostics)
}

fn decode(decoder: &mut Decoder<'_>, node: &Node, yaml: &Yaml) -> Config {
    let root = At::ROOT;
    let fields = decoder.fields(node, &root, KEYS).unwrap_or(Fields::empty(&root, KEYS));
    let before = decoder.diagnostics.len();
    let main =
        fields.required(decoder, "language", "give the code of the main language, such as `id`", language);
    let main_is_known = main.is_some();
    let mut languages: Vec<String> = main.into_iter().collect();
    for code in fields.list(decoder, "languages", language) {
        if !languages.contains(&code) {
            languages.push(code);
        }
    }
    let languages_are_whole = decoder.diagnostics.len() == before;
    // Without the main language, nothing can be said against the languages of texts.
    let known = languages;
    let languages = if main_is_known { known.clone() } else { Vec::new() };
    let title = fields
        .required(decoder, "title", "give the site a name", |d, n, a| text::localised(d, n, a, &languages))
        .unwrap_or_default();
    let base = fields
        .required(
            decoder,
            "base_url",
            "say where the site will stand: `https://name.github.io/repository/`",
            base_url::read,
        )
        .unwrap_or_else(|| BaseUrl { origin: String::new(), path: "/".to_owned(), host: String::new() });
    let publisher = fields
        .required(
            decoder,
            "publisher",
            "say who answers for the site: `publisher: {name: ...}`",
            publisher::read,
        )
        .unwrap_or_else(|| Publisher { name: title.get(Lang::MAIN).to_owned(), ..Publisher::default() });
    let look = fields.optional(decoder, "theme", look::read).unwrap_or_default();
    let before = decoder.diagnostics.len();
    let scale = fields
        .optional(decoder, "ratings", |d, n, a| scale::read_scale(d, n, a, &languages))
        .unwrap_or_else(|| scale::default_scale(&languages));
    let scale_is_whole = decoder.diagnostics.len() == before;
    let before = decoder.diagnostics.len();
    let kinds = fields
        .optional(decoder, "kinds", |d, n, a| scale::read_kinds(d, n, a, &languages))
        .unwrap_or_else(|| scale::default_kinds(&languages));
    let kinds_are_whole = decoder.diagnostics.len() == before;
    Config {
        yaml: yaml.clone(),
        whole: Whole { languages: languages_are_whole, scale: scale_is_whole, kinds: kinds_are_whole },
        description: fields.optional(decoder, "description", |d, n, a| text::localised(d, n, a, &languages)),
        timezone: fields.optional(decoder, "timezone", timezone).unwrap_or(TimeZone::UTC),
        scale,
        kinds,
        menu: match fields.get("menu") {
            Some(_) => fields.list(decoder, "menu", |d, n, a| menu_item(d, n, a, &languages)),
            None => MENU.iter().map(|url| MenuItem { label: None, url: (*url).to_owned() }).collect(),
        },
        paginate: fields
            .optional(decoder, "paginate", |d, n, a| integer(d, n, a, 1..=1000))
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(20),
        lists: match fields.get("lists") {
            Some(Node::List(_)) => fields.list(decoder, "lists", |d, n, a| one_of(d, n, a, LISTS)),
            Some(node) => {
                let help = "`[]` makes none of them; without the key, all are made";
                decoder.wrong_type(&At::ROOT.key("lists"), "a list", node, help);
                Vec::new()
            }
            None => LISTS.iter().map(|(_, list)| *list).collect(),
        },
        related: fields
            .optional(decoder, "related", |d, n, a| integer(d, n, a, 0..=12))
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(4),
        feeds: fields.optional(decoder, "feeds", feeds).unwrap_or(Some(30)),
        cards: fields.optional(decoder, "cards", yes_no).unwrap_or(true),
        embeds: fields.optional(decoder, "embeds", yes_no).unwrap_or(true),
        data: fields.optional(decoder, "data", yes_no).unwrap_or(true),
        search: fields.optional(decoder, "search", yes_no).unwrap_or(true),
        submit: fields.optional(decoder, "submit", publisher::read_submit).unwrap_or_default(),
        checks: fields.optional(decoder, "checks", checks::read).unwrap_or_default(),
        footer: fields.optional(decoder, "footer", |d, n, a| text::localised(d, n, a, &languages)),
        topics: fields.optional(decoder, "topics", |d, n, a| topics(d, n, a, &languages)).unwrap_or_default(),
        markdown: fields
            .optional(decoder, "markdown", markdown)
            .unwrap_or(Markdown { smart_punctuation: true, html: RawHtml::Refuse }),
        accent: look.accent,
        logo: look.logo,
        font: look.font,
        title,
        base,
        // Something has to stand for a main language that could not be read; not one of the others,
        // or each article would seem to be there twice.
        languages: if main_is_known {
            known
        } else {
            let stand_in =
                ["en", "id", "ms"].into_iter().find(|code| !known.iter().any(|other| other == code));
            stand_in.map(str::to_owned).into_iter().chain(known).collect()
        },
        publisher,
    }
}

fn language(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let code = text(decoder, node, at)?;
    // BCP 47: letters, digits and hyphens in parts of at most eight; the code is also a folder.
    let well_formed = code
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && code.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()));
    if !well_formed {
        decoder.problem(Code::UnknownLanguage, at, format!("`{code}` is not a language code"), |d| {
            d.help("use a BCP 47 code such as `id`, `en` or `pt-BR`")
        });
        return None;
    }
    Some(code)
}

fn timezone(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<TimeZone> {
    let name = text(decoder, node, at)?;
    if let Ok(zone) = TimeZone::get(&name) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let help = match did_you_mean(&name, known.iter().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "use a name of the IANA database, such as `Asia/Jakarta`".to_owned(),
    };
    decoder.problem(Code::UnknownTimeZone, at, format!("there is no time zone `{name}`"), |d| d.help(help));
    None
}

/// `feeds: false` turns them off, a number says how many entries each has.
#[expect(clippy::option_option, reason = "the outer says whether it could be read, the inner is the setting")]
fn feeds(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Option<usize>> {
    match node {
        Node::Int(_) => integer(decoder, node, at, 1..=1000).map(|count| usize::try_from(count).ok()),
        Node::Bool(_) | Node::Text(_) => yes_no(decoder, node, at).map(|on| on.then_some(30)),
        _ => {
            let help = "a number says how many entries each feed has";
            decoder.wrong_type(at, "`true`, `false` or a number", node, help);
            None
        }
    }
}

fn menu_item(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, languages: &[String]) -> Option<MenuItem> {
    let fields = decoder.fields(node, at, MENU_ITEM)?;
    let label = fields.optional(decoder, "label", |d, n, a| text::localised(d, n, a, languages));
    let url = fields.required(decoder, "url", "say where the entry leads", path_or_url);
    Some(MenuItem { label, url: url? })
}

/// A path of the site, or an outside address.
fn path_or_url(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let word = text(decoder, node, at)?;
    if word.starts_with('/') && !word.starts_with("//") {
        return Some(word);
    }
    if word.contains(':') || word.starts_with("//") {
        return web_url(decoder, node, at);
    }
    let message = format!("`{word}` is neither a path of the site nor a whole address");
    decoder.problem(Code::BadUrl, at, message, |d| {
        d.help("write a path such as `/claims/`, or an address that begins with `https://`")
    });
    None
}

fn topics(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
) -> Option<BTreeMap<String, Text>> {
    let mut labels = BTreeMap::new();
    for (slug, label) in decoder.entries(node, at)? {
        let here = at.key(slug);
        if slug.is_empty() || crate::slug::slug(slug) != *slug {
            let help = crate::slug::slug(slug);
            decoder.problem_on(
                Code::BadId,
                &here,
                yaml::Spot::Key,
                format!("`{slug}` cannot be part of an address"),
                |d| d.help(format!("write the topic's slug: `{help}`")),
            );
        }
        if let Some(label) = text::localised(decoder, label, &here, languages) {
            labels.insert(slug.clone(), label);
        }
    }
    Some(labels)
}

fn markdown(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Markdown> {
    let fields = decoder.fields(node, at, MARKDOWN)?;
    let smart = fields.optional(decoder, "smart_punctuation", yes_no);
    let html = fields.optional(decoder, "html", |d, n, a| one_of(d, n, a, RAW_HTML));
    Some(Markdown { smart_punctuation: smart.unwrap_or(true), html: html.unwrap_or(RawHtml::Refuse) })
}
