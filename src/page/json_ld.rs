//! Structured data for search engines: what is around ClaimReview.
//!
//! Types and properties: <https://schema.org/NewsArticle>, <https://schema.org/BreadcrumbList>,
//! <https://schema.org/WebSite>, <https://schema.org/NewsMediaOrganization>.

use serde_json::{Map, Value, json};

use super::Pages;
use crate::config::Lang;
use crate::site::{Position, address};

/// JSON for a script element: nothing in it can end the element or open a comment
/// (<https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>).
pub(super) fn for_script(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 32);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// Who publishes: the author of every review.
pub(super) fn publisher(pages: &Pages) -> Value {
    let publisher = &pages.site.config.publisher;
    let mut node = Map::new();
    node.insert("@type".into(), json!("Organization"));
    node.insert("name".into(), json!(publisher.name));
    let url = publisher.url.clone().unwrap_or_else(|| pages.url("/"));
    node.insert("url".into(), json!(url));
    if let Some(logo) = publisher.logo.as_deref().and_then(|name| pages.theme.statics.get(name)) {
        node.insert("logo".into(), json!(pages.url(&logo.path)));
    }
    let same: Vec<&str> =
        publisher.same_as.iter().chain(publisher.ifcn.as_ref()).map(String::as_str).collect();
    if !same.is_empty() {
        node.insert("sameAs".into(), json!(same));
    }
    Value::Object(node)
}

pub(super) fn breadcrumbs(pages: &Pages, lang: Lang, trail: &[(String, String)]) -> Value {
    let home = (pages.words(lang).text("home").to_owned(), address::home(&pages.site.config, lang));
    let items: Vec<Value> = std::iter::once(&home)
        .chain(trail)
        .enumerate()
        .map(|(index, (name, path))| {
            json!({"@type": "ListItem", "position": index + 1, "name": name, "item": pages.url(path)})
        })
        .collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
}

/// The home page: the site and the organisation behind it, with its policies.
pub(super) fn website(pages: &Pages, lang: Lang) -> Vec<Value> {
    let config = &pages.site.config;
    let site = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.title.get(lang),
        "url": pages.url(&address::home(config, lang)),
        "inLanguage": config.code(lang),
        "publisher": publisher(pages),
    });
    let mut organization = publisher(pages);
    if let Value::Object(node) = &mut organization {
        node.insert("@context".into(), json!("https://schema.org"));
        node.insert("@type".into(), json!("NewsMediaOrganization"));
        if let Some(legal) = &config.publisher.legal_name {
            node.insert("legalName".into(), json!(legal));
        }
        if let Some(email) = &config.publisher.email {
            node.insert("email".into(), json!(email));
        }
        let policies = [
            ("methodology", "publishingPrinciples"),
            ("corrections", "correctionsPolicy"),
            ("ethics", "ethicsPolicy"),
            ("funding", "ownershipFundingInfo"),
            ("team", "masthead"),
        ];
        for (policy, property) in policies {
            if let Some(page) = pages.site.policy(policy, lang) {
                node.insert(property.into(), json!(pages.url(&address::page(config, page.lang, &page.slug))));
            }
        }
    }
    vec![site, organization]
}

pub(super) fn news_article(pages: &Pages, index: usize) -> Value {
    let site = &pages.site;
    let article = &site.articles[index];
    let lang = article.lang;
    let mut node = Map::new();
    node.insert("@context".into(), json!("https://schema.org"));
    node.insert("@type".into(), json!("NewsArticle"));
    node.insert("headline".into(), json!(article.title));
    node.insert("url".into(), json!(pages.url(&site.path_of(Position::Article(index)))));
    node.insert("inLanguage".into(), json!(site.config.code(lang)));
    node.insert("datePublished".into(), json!(article.date.iso()));
    let modified = article.updated.as_ref().unwrap_or(&article.date);
    node.insert("dateModified".into(), json!(modified.iso()));
    let authors: Vec<Value> = article.authors.iter().map(|name| author(pages, name, lang)).collect();
    node.insert("author".into(), json!(authors));
    node.insert("publisher".into(), publisher(pages));
    if let Some(summary) = &article.summary {
        node.insert("description".into(), json!(summary));
    }
    if let Some(image) = &article.image {
        node.insert("image".into(), json!(pages.url(&address::file(&image.path))));
    }
    let corrections: Vec<Value> = article
        .corrections
        .iter()
        .map(|c| json!({"@type": "CorrectionComment", "text": c.note, "datePublished": c.date.to_string()}))
        .collect();
    if !corrections.is_empty() {
        node.insert("correction".into(), json!(corrections));
    }
    Value::Object(node)
}

fn author(pages: &Pages, name: &str, lang: Lang) -> Value {
    let site = &pages.site;
    let person = site.person(name, lang);
    let shown = person.map_or(name, |person| person.description.name.as_str());
    let is_organization =
        person.is_some_and(|person| person.description.kind == Some(crate::content::PartyKind::Organization));
    let mut node = json!({"@type": if is_organization { "Organization" } else { "Person" }, "name": shown});
    let slug = crate::site::author_slug(site, name, lang);
    if let Some(path) = pages.term_path(lang, crate::site::ListKind::Author, &slug) {
        node["url"] = json!(pages.url(&path));
    }
    node
}

#[cfg(test)]
mod tests {
    use super::for_script;

    #[test]
    fn nothing_ends_the_script() {
        let value = serde_json::json!({"a": "</script><!--\u{2028}&"});
        let text = for_script(&value);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
