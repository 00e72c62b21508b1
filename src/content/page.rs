//! Pages that are not articles (methodology, corrections policy, ...) and people.

use super::Reading;
use super::article::{address, alias};
use super::file::{File, Name};
use super::markdown::{self, Body};
use super::moment::{Moment, moment};
use super::party::{Description, KINDS};
use super::picture::{Picture, picture};
use crate::config::Lang;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{At, Decoder, Yaml, is_safe_id, list, one_of, parse, text, web_url};

/// A page of the desk.
#[derive(Debug, Clone)]
pub struct Page {
    /// The front matter it was read from.
    pub yaml: Yaml,
    /// The path from `content/` without language and ending.
    pub key: String,
    /// The language.
    pub lang: Lang,
    /// Its address: `/<slug>/`.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// One sentence on it.
    pub summary: Option<String>,
    /// Which policy of the desk it states, if one.
    pub policy: Option<&'static str>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// The template it is made with, a file in `templates/`; the theme's for pages if it names none.
    pub template: Option<String>,
    /// The text.
    pub body: Body,
}

/// A person or organisation with a file of its own.
#[derive(Debug, Clone)]
pub struct Person {
    /// The front matter it was read from.
    pub yaml: Yaml,
    /// Its id: the file's name.
    pub id: String,
    /// The path from `content/` without language and ending.
    pub key: String,
    /// The language.
    pub lang: Lang,
    /// Name, type and addresses.
    pub description: Description,
    /// What they do at the desk or elsewhere.
    pub role: Option<String>,
    /// Where to write to them.
    pub email: Option<String>,
    /// A portrait.
    pub photo: Option<Picture>,
    /// A short biography.
    pub body: Body,
}

/// The policies that codes of principles ask for; each at most one page of a language.
pub const POLICIES: &[(&str, &str)] = &[
    ("methodology", "methodology"),
    ("ratings", "ratings"),
    ("corrections", "corrections"),
    ("funding", "funding"),
    ("team", "team"),
    ("submit", "submit"),
    ("about", "about"),
    ("ethics", "ethics"),
    ("privacy", "privacy"),
];

/// The keys of a page, and of a person.
pub(super) const PAGE: &[&str] = &["title", "summary", "slug", "policy", "updated", "aliases", "template"];
pub(super) const PERSON: &[&str] = &["name", "type", "role", "url", "same_as", "email", "photo"];

/// Reads a page.
pub(super) fn read_page(file: &File, name: Name, reading: &Reading<'_>) -> (Option<Page>, Vec<Diagnostic>) {
    let node = match parse(&file.yaml) {
        Ok(node) => node,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let mut decoder = Decoder::new(&file.yaml);
    let root = At::ROOT;
    let Some(fields) = decoder.fields(&node, &root, PAGE) else {
        return (None, decoder.diagnostics);
    };
    let d = &mut decoder;
    let (body, mut found) = markdown::read(file, &[], reading);
    let page = Page {
        yaml: file.yaml.clone(),
        slug: address(d, &fields, &name, file),
        title: fields
            .required(d, "title", "give the page a headline: `title: \"...\"`", text)
            .unwrap_or_default(),
        summary: fields.optional(d, "summary", text),
        policy: fields.optional(d, "policy", |d, n, a| one_of(d, n, a, POLICIES)),
        updated: fields.optional(d, "updated", |d, n, a| moment(d, n, a, &reading.config.timezone)),
        aliases: fields.list(d, "aliases", alias),
        template: fields.optional(d, "template", text),
        key: name.key,
        lang: name.lang,
        body,
    };
    let mut diagnostics = decoder.diagnostics;
    diagnostics.append(&mut found);
    (Some(page), diagnostics)
}

/// Reads a person.
pub(super) fn read_person(
    file: &File,
    name: Name,
    reading: &Reading<'_>,
) -> (Option<Person>, Vec<Diagnostic>) {
    let node = match parse(&file.yaml) {
        Ok(node) => node,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let mut decoder = Decoder::new(&file.yaml);
    let root = At::ROOT;
    let Some(fields) = decoder.fields(&node, &root, PERSON) else {
        return (None, decoder.diagnostics);
    };
    let d = &mut decoder;
    if !is_safe_id(&name.stem) {
        let better = crate::slug::slug(&name.stem);
        let help = if is_safe_id(&better) {
            format!("name the file `{better}.md`: small letters a to z, digits and hyphens")
        } else {
            "name the file with small letters a to z, digits and hyphens".to_owned()
        };
        d.diagnostics.push(
            Diagnostic::file(
                Code::BadId,
                file.source().path.as_str(),
                format!("the file's name `{}` cannot be an id", name.stem),
            )
            .help(help),
        );
    }
    let (body, mut found) = markdown::read(file, &[], reading);
    let person = Person {
        yaml: file.yaml.clone(),
        description: Description {
            name: fields.required(d, "name", "give the name as readers see it", text).unwrap_or_default(),
            kind: fields.optional(d, "type", |d, n, a| one_of(d, n, a, KINDS)),
            url: fields.optional(d, "url", web_url),
            same_as: fields.optional(d, "same_as", |d, n, a| list(d, n, a, web_url)).unwrap_or_default(),
        },
        role: fields.optional(d, "role", text),
        email: fields.optional(d, "email", crate::config::email),
        photo: fields.optional(d, "photo", |d, n, a| picture(d, n, a, reading)),
        id: name.stem,
        key: name.key,
        lang: name.lang,
        body,
    };
    let mut diagnostics = decoder.diagnostics;
    diagnostics.append(&mut found);
    (Some(person), diagnostics)
}
