//! For search engines: which pages there are (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write as _;

use super::Pages;
use super::xml::xml;
use crate::site::{Recipe, SITEMAP_LIMIT, is_indexed};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// One part of the sitemap, from 0.
pub(super) fn part(pages: &Pages, number: usize) -> String {
    let mut out = String::from(HEAD);
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let listed = pages.plan.routes().filter(|route| is_indexed(&pages.site, &route.recipe));
    for route in listed.skip(number * SITEMAP_LIMIT).take(SITEMAP_LIMIT) {
        let _ = write!(out, "<url><loc>{}</loc>", xml(&pages.url(&route.path)));
        if let Some(date) = last_change(pages, &route.recipe) {
            let _ = write!(out, "<lastmod>{date}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The list of parts, where one sitemap is not enough.
pub(super) fn index(pages: &Pages) -> String {
    let mut out = String::from(HEAD);
    out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for route in pages.plan.routes().filter(|route| matches!(route.recipe, Recipe::Sitemap(_))) {
        let _ = writeln!(out, "<sitemap><loc>{}</loc></sitemap>", xml(&pages.url(&route.path)));
    }
    out.push_str("</sitemapindex>\n");
    out
}

pub(super) fn robots(pages: &Pages) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", pages.url("/sitemap.xml"))
}

/// When a page last changed in substance, where that is known.
fn last_change(pages: &Pages, recipe: &Recipe) -> Option<String> {
    let of_article = |index: usize| {
        let article = pages.site.articles.get(index)?;
        Some(article.updated.as_ref().unwrap_or(&article.date).iso())
    };
    match recipe {
        Recipe::Article(index) => of_article(*index),
        Recipe::Claim(at) => of_article(at.article),
        Recipe::Page(index) => {
            pages.site.pages.get(*index)?.updated.as_ref().map(crate::content::Moment::iso)
        }
        _ => None,
    }
}
