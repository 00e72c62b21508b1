//! The paths of the site: what stands where, as `docs` and readers' bookmarks know it.
//!
//! A path begins with `/` and counts from the home page; where the site itself stands is added by
//! [`crate::config::BaseUrl`].

use super::copies::Encoding;
use super::lists::ListKind;
use crate::config::{Config, Lang};

/// What paths in this language begin with: nothing for the main language, `/en` for others.
#[derive(Debug, Clone, Copy)]
pub struct Prefix<'c>(&'c str);

impl std::fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "/{}", self.0) }
    }
}

/// What paths in this language begin with.
pub fn prefix(config: &Config, lang: Lang) -> Prefix<'_> {
    Prefix(if lang == Lang::MAIN { "" } else { config.code(lang) })
}

/// The home page.
pub fn home(config: &Config, lang: Lang) -> String {
    format!("{}/", prefix(config, lang))
}

/// An article.
pub fn article(config: &Config, lang: Lang, slug: &str) -> String {
    format!("{}/articles/{slug}/", prefix(config, lang))
}

/// A claim.
pub fn claim(config: &Config, lang: Lang, id: &str) -> String {
    format!("{}/claims/{id}/", prefix(config, lang))
}

/// The share card of the page at `path`, which ends in `/`.
pub fn card(path: &str) -> String {
    format!("{path}card.png")
}

/// The page of a claim for frames on other sites.
pub fn embed(claim: &str) -> String {
    format!("{claim}embed/")
}

/// What tells other sites of that page (<https://oembed.com/>).
pub fn oembed(claim: &str) -> String {
    format!("{claim}oembed.json")
}

/// A file of the lookup's index, which all languages share.
pub fn lookup(name: &str) -> String {
    format!("/data/lookup/{name}")
}

/// A page of `content/pages`.
pub fn page(config: &Config, lang: Lang, slug: &str) -> String {
    format!("{}/{slug}/", prefix(config, lang))
}

/// The index of a kind of list: `/verdicts/`.
pub fn index(config: &Config, lang: Lang, kind: ListKind) -> String {
    format!("{}/{}/", prefix(config, lang), kind.folder())
}

/// A list: `/verdicts/benar/`.
pub fn term(config: &Config, lang: Lang, kind: ListKind, slug: &str) -> String {
    format!("{}/{}/{slug}/", prefix(config, lang), kind.folder())
}

/// The claims of a topic with one verdict: `/topics/kesehatan/benar/`.
pub fn topic_verdict(config: &Config, lang: Lang, topic: &str, verdict: &str) -> String {
    format!("{}{verdict}/", term(config, lang, ListKind::Topic, topic))
}

/// A page of a list, from 1: `/verdicts/benar/page/2/`.
pub fn nth(first: &str, page: usize) -> String {
    if page <= 1 { first.to_owned() } else { format!("{first}page/{page}/") }
}

/// A file of `content/`, the same in all languages.
pub fn file(path: &str) -> String {
    format!("/files/{path}")
}

/// A copy of a picture of `content/` for smaller screens.
pub fn copy(path: &str, width: usize) -> String {
    format!("{}.{width}w.webp", file(path))
}

/// The marked copy of what circulated, beside its claim.
pub fn circulated(config: &Config, lang: Lang, id: &str, encoding: Encoding) -> String {
    format!("{}circulated.{}", claim(config, lang, id), encoding.name())
}

/// Something at a fixed place in each language: `/data/claims.json`.
pub fn fixed(config: &Config, lang: Lang, path: &str) -> String {
    format!("{}/{path}", prefix(config, lang))
}
