//! Structured data for search engines: what is around ClaimReview.
//!
//! Types and properties: <https://schema.org/NewsArticle>, <https://schema.org/BreadcrumbList>,
//! <https://schema.org/WebSite>, <https://schema.org/NewsMediaOrganization>.

use super::Pages;
use super::json::Node;
use crate::config::Lang;
use crate::content::PartyKind;
use crate::site::{ListKind, Position, address, author_slug};

/// Who publishes: the author of every review.
pub(super) fn publisher(pages: &Pages) -> Node {
    organization(pages, Node::of("Organization"))
}

/// The publisher as a node that was begun.
fn organization(pages: &Pages, node: Node) -> Node {
    let publisher = &pages.site.config.publisher;
    let logo = publisher.logo.as_deref().and_then(|name| pages.theme.statics.get(name));
    let same: Vec<&str> =
        publisher.same_as.iter().chain(publisher.ifcn.as_ref()).map(String::as_str).collect();
    node.set("name", &publisher.name)
        .set("url", publisher.url.clone().unwrap_or_else(|| pages.url("/")))
        .set_some("logo", logo.map(|logo| pages.url(&logo.path)))
        .set_any("sameAs", same)
}

pub(super) fn breadcrumbs(pages: &Pages, lang: Lang, trail: &[(String, String)]) -> Node {
    let home = (pages.words(lang).text("home").to_owned(), address::home(&pages.site.config, lang));
    let items = std::iter::once(&home).chain(trail).enumerate().map(|(index, (name, path))| {
        Node::of("ListItem").set("position", index + 1).set("name", name).set("item", pages.url(path))
    });
    Node::alone("BreadcrumbList").set("itemListElement", items.collect::<Vec<_>>())
}

/// The home page: the site and the organisation behind it, with its policies.
pub(super) fn website(pages: &Pages, lang: Lang) -> Vec<Node> {
    let config = &pages.site.config;
    let site = Node::alone("WebSite")
        .set("name", config.title.get(lang))
        .set("url", pages.url(&address::home(config, lang)))
        .set("inLanguage", config.code(lang))
        .set("publisher", publisher(pages));
    let policies = [
        ("methodology", "publishingPrinciples"),
        ("corrections", "correctionsPolicy"),
        ("ethics", "ethicsPolicy"),
        ("funding", "ownershipFundingInfo"),
        ("team", "masthead"),
    ];
    let organization = organization(pages, Node::alone("NewsMediaOrganization"))
        .set_some("legalName", config.publisher.legal_name.as_ref())
        .set_some("email", config.publisher.email.as_ref());
    let organization = policies.iter().fold(organization, |node, (policy, property)| {
        let page = pages.site.policy(policy, lang);
        node.set_some(property, page.map(|page| pages.url(&address::page(config, page.lang, &page.slug))))
    });
    vec![site, organization]
}

pub(super) fn news_article(pages: &Pages, index: usize) -> Node {
    let site = &pages.site;
    let article = &site.articles[index];
    let lang = article.lang;
    let modified = article.updated.as_ref().unwrap_or(&article.date);
    let authors: Vec<Node> = article.authors.iter().map(|name| author(pages, name, lang)).collect();
    let corrections = article.corrections.iter().map(|correction| {
        Node::of("CorrectionComment")
            .set("text", &correction.note)
            .set("datePublished", correction.date.to_string())
    });
    Node::alone("NewsArticle")
        .set("headline", &article.title)
        .set("url", pages.url(&site.path_of(Position::Article(index))))
        .set("inLanguage", site.config.code(lang))
        .set("datePublished", article.date.iso())
        .set("dateModified", modified.iso())
        .set("author", authors)
        .set("publisher", publisher(pages))
        .set_some("description", article.summary.as_ref())
        .set_some("image", article.image.as_ref().map(|image| pages.url(&address::file(&image.path))))
        .set_any("correction", corrections.collect())
}

fn author(pages: &Pages, name: &str, lang: Lang) -> Node {
    let person = pages.site.person(name, lang);
    let shown = person.map_or(name, |person| person.description.name.as_str());
    let is_organization =
        person.is_some_and(|person| person.description.kind == Some(PartyKind::Organization));
    let path = pages.term_path(lang, ListKind::Author, &author_slug(&pages.site, name, lang));
    Node::of(if is_organization { "Organization" } else { "Person" })
        .set("name", shown)
        .set_some("url", path.map(|path| pages.url(&path)))
}
