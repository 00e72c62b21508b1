//! Every address in the output leads somewhere, and every page can be reached.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use url::Url;

use super::built::{Built, Page, percent_decoded, text};
use super::{demo, wants_all, wants_none};

/// An address as it stands in a file.
struct Reference {
    /// Where it was found.
    place: &'static str,
    written: String,
    /// Whether a browser loads it by itself: then nothing of another host may stand there.
    loaded: bool,
    /// Whether a fragment is the name of a place in a page.
    has_place: bool,
}

impl Reference {
    fn link(place: &'static str, written: impl Into<String>) -> Self {
        Self { place, written: written.into(), loaded: false, has_place: true }
    }

    fn loaded(place: &'static str, written: impl Into<String>) -> Self {
        Self { loaded: true, ..Self::link(place, written) }
    }

    /// A name that is an address: `@id`, the id of an entry.
    fn name(place: &'static str, written: impl Into<String>) -> Self {
        Self { has_place: false, ..Self::link(place, written) }
    }
}

/// Links of every kind that lead nowhere, out of the sub-path, or load what is not the site's own.
pub(super) fn broken_links(built: &Built) -> Vec<String> {
    let pages: BTreeMap<String, Page> =
        built.pages().into_iter().map(|page| (page.file.clone(), page)).collect();
    let mut violations = Vec::new();
    for page in pages.values() {
        if page.first("base").is_some() {
            violations.push(format!("{}: a <base> changes what links mean", page.file));
        }
        for frame in page.all("iframe, object, embed, frame") {
            violations.push(format!("{}: <{}>", page.file, frame.value().name()));
        }
        for reference in references_of_page(page) {
            violations.extend(judge(built, &pages, &page.file, &page.url, &reference));
        }
    }
    for file in built.files.keys().filter(|file| !file.ends_with(".html")) {
        for reference in references_of_file(built, file) {
            violations.extend(judge(built, &pages, file, &built.url_of(file), &reference));
        }
    }
    violations
}

fn judge(
    built: &Built,
    pages: &BTreeMap<String, Page>,
    file: &str,
    from: &Url,
    reference: &Reference,
) -> Option<String> {
    let Reference { place, written, .. } = reference;
    let say = |what: &str| Some(format!("{file}: {place} `{written}` {what}"));
    if written.is_empty() {
        return say("is empty");
    }
    if written.starts_with("//") {
        return say("has no scheme");
    }
    if written.trim() != written || written.contains(['\n', ' ']) {
        return say("has white space");
    }
    let Ok(url) = from.join(written) else {
        return say("is no address");
    };
    if matches!(url.scheme(), "mailto" | "tel") || (url.scheme() == "data" && reference.loaded) {
        return None;
    }
    if !matches!(url.scheme(), "http" | "https") {
        return say("has a scheme that no page needs");
    }
    if !built.is_own_origin(&url) {
        let is_relative = Url::parse(written).is_err();
        return match (reference.loaded, is_relative) {
            (true, _) => say("loads something from another host"),
            (_, true) => say("leaves the host"),
            _ => None,
        };
    }
    if !url.path().starts_with(built.base.path()) {
        return say("leaves the sub-path");
    }
    let Some(target) = built.file_at(&url) else {
        return say("leads to no file");
    };
    let fragment = url.fragment().unwrap_or_default().split(":~:").next().unwrap_or_default();
    if fragment.is_empty() || !reference.has_place {
        return None;
    }
    match pages.get(&target) {
        Some(page) if page.has_id(&percent_decoded(fragment)) => None,
        Some(_) => say("has a fragment that the page lacks"),
        None if target.ends_with(".svg") => None,
        None => say("has a fragment, and the file is no page"),
    }
}

fn references_of_page(page: &Page) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut links = |place: &'static str, selector: &str, name: &str| {
        found.extend(page.attributes(selector, name).into_iter().map(|href| Reference::link(place, href)));
    };
    links("a", "a, area", "href");
    links("form", "form", "action");
    links("cite", "[cite]", "cite");
    links("og:url", "meta[property='og:url']", "content");
    let mut loads = |place: &'static str, selector: &str, name: &str| {
        found.extend(page.attributes(selector, name).into_iter().map(|href| Reference::loaded(place, href)));
    };
    loads("link", "link:not([rel=canonical]):not([rel=alternate])", "href");
    loads("canonical", "link[rel=canonical]", "href");
    loads("alternate", "link[rel=alternate]", "href");
    loads("img", "img, source, audio, video, track, input", "src");
    loads("poster", "video", "poster");
    loads("script", "script", "src");
    loads("og:image", "meta[property='og:image'], meta[name='twitter:image']", "content");
    for set in page.attributes("img, source", "srcset").iter().chain(&page.attributes("link", "imagesrcset"))
    {
        let candidates = set.split(',').filter_map(|part| part.split_whitespace().next());
        found.extend(candidates.map(|address| Reference::loaded("srcset", address)));
    }
    found.extend(page.refresh().map(|to| Reference::loaded("refresh", to)));
    for style in page.all("style") {
        found.extend(in_css(&text(style)));
    }
    for style in page.attributes("[style]", "style") {
        found.extend(in_css(&style));
    }
    for node in page.json_ld().0 {
        in_json("JSON-LD", &node, &mut found);
    }
    found
}

fn references_of_file(built: &Built, file: &str) -> Vec<Reference> {
    let content = built.text(file);
    let mut found = Vec::new();
    if file.ends_with(".css") {
        found.extend(in_css(&content));
    } else if file.ends_with(".json") {
        match serde_json::from_str(&content) {
            Ok(value) => in_json("JSON", &value, &mut found),
            Err(error) => found.push(Reference::link("JSON that does not parse", format!("{error}"))),
        }
    } else if file.ends_with(".xml") {
        match roxmltree::Document::parse(&content) {
            Ok(document) => in_xml(&document, &mut found),
            Err(error) => found.push(Reference::link("XML that does not parse", format!("{error}"))),
        }
    } else if file == "robots.txt" {
        let sitemaps = content.lines().filter_map(|line| line.strip_prefix("Sitemap:"));
        found.extend(sitemaps.map(|url| Reference::link("Sitemap", url.trim())));
    } else if file.ends_with("data/claims.csv") {
        let mut rows = csv::Reader::from_reader(content.as_bytes());
        let heads = rows.headers().cloned().unwrap_or_default();
        for row in rows.records().flatten() {
            let urls = heads.iter().zip(&row).filter(|(head, _)| matches!(*head, "url" | "article"));
            found.extend(urls.map(|(_, cell)| Reference::link("CSV", cell)));
        }
    }
    found
}

fn in_xml(document: &roxmltree::Document<'_>, found: &mut Vec<Reference>) {
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let inner = || node.text().unwrap_or_default().to_owned();
        match node.tag_name().name() {
            "link" => found.extend(node.attribute("href").map(|href| Reference::loaded("link", href))),
            "loc" => found.push(Reference::loaded("loc", inner())),
            "id" => found.push(Reference::name("id", inner())),
            "logo" | "icon" => found.push(Reference::loaded("logo", inner())),
            "uri" => found.push(Reference::link("uri", inner())),
            _ => {}
        }
    }
}

/// Strings of JSON that are addresses.
fn in_json(place: &'static str, value: &Value, found: &mut Vec<Reference>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| in_json(place, item, found)),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => {
                        let is_name = matches!(key.as_str(), "@id" | "id" | "@context");
                        found.push(if is_name {
                            Reference::name(place, text)
                        } else {
                            Reference::link(place, text)
                        });
                    }
                    // An address of the site in data must work wherever the data is read.
                    Value::String(text)
                        if matches!(key.as_str(), "url" | "item" | "image" | "logo" | "@id") =>
                    {
                        found.push(Reference::link("an address in JSON without a host", format!("//{text}")));
                    }
                    _ => in_json(place, value, found),
                }
            }
        }
        _ => {}
    }
}

fn in_css(css: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = css
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(inner, _)| Reference::loaded("url()", inner.trim().trim_matches(['"', '\''])))
        .collect();
    found.extend(css.split("@import").skip(1).map(|_| Reference::loaded("@import", "//")));
    found
}

/// Pages that the sitemap lacks, and what it lists without being an indexed page.
pub(super) fn sitemap_differences(built: &Built) -> Vec<String> {
    let sitemap = built.text("sitemap.xml");
    let listed: Vec<String> = match roxmltree::Document::parse(&sitemap) {
        Ok(document) => document
            .descendants()
            .filter(|node| node.tag_name().name() == "loc")
            .filter_map(|node| node.text().map(str::to_owned))
            .collect(),
        Err(error) => return vec![format!("sitemap.xml: {error}")],
    };
    let set: BTreeSet<String> = listed.iter().cloned().collect();
    let wanted: BTreeSet<String> = built
        .pages()
        .iter()
        .filter(|page| page.refresh().is_none() && page.file != "404.html" && !page.is_noindex())
        .map(|page| page.url.to_string())
        .collect();
    let mut violations = Vec::new();
    if set.len() != listed.len() {
        violations.push("sitemap.xml: an address stands there twice".to_owned());
    }
    violations.extend(wanted.difference(&set).map(|url| format!("sitemap.xml lacks {url}")));
    violations.extend(set.difference(&wanted).map(|url| format!("sitemap.xml lists {url}, no indexed page")));
    violations
}

/// Pages to which no chain of links leads from the home page.
pub(super) fn unreachable(built: &Built) -> Vec<String> {
    let pages: BTreeMap<String, Page> =
        built.pages().into_iter().map(|page| (page.file.clone(), page)).collect();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut waiting = vec!["index.html".to_owned()];
    while let Some(page) = waiting.pop().and_then(|file| pages.get(&file)) {
        for href in page.attributes("a", "href") {
            let target = page.url.join(&href).ok().filter(|url| built.is_own_origin(url));
            if let Some(file) = target.and_then(|url| built.file_at(&url))
                && pages.contains_key(&file)
                && reached.insert(file.clone())
            {
                waiting.push(file);
            }
        }
    }
    let exempt = |page: &Page| page.file == "404.html" || page.refresh().is_some() || page.is_frame();
    pages
        .values()
        .filter(|page| !reached.contains(&page.file) && !exempt(page))
        .map(|page| format!("no links lead to {}", page.file))
        .collect()
}

#[test]
fn every_address_leads_somewhere() {
    wants_none(&broken_links(&demo().0));
}

#[test]
fn the_sitemap_lists_every_page_and_nothing_else() {
    wants_none(&sitemap_differences(&demo().0));
}

#[test]
fn every_page_can_be_reached_from_the_home_page() {
    wants_none(&unreachable(&demo().0));
}

#[test]
fn broken_addresses_are_found() {
    let page = r##"<!doctype html><title>t</title><link rel="stylesheet" href="https://cdn.example/x.css">
        <link rel="canonical" href="/sub/none/"><style>a{background:url(none.png)}</style>
        <meta property="og:image" content="https://h.example/sub/none.png">
        <a href="/outside/">a</a><a href="../../up/">b</a><a href="#nowhere">c</a><a href="//h.example/sub/">d</a>
        <a href="javascript:alert(1)">e</a><img src="https://other.example/a.png" srcset="x.png 1x, y.png 2x">
        <script src="https://cdn.example/x.js"></script><iframe src="/sub/"></iframe>
        <script type="application/ld+json">{"url": "https://h.example/sub/gone/", "logo": "/logo.png"}</script>"##;
    let moved = r#"<meta http-equiv="refresh" content="0; url=/sub/gone/">"#;
    let built = Built::of(
        "https://h.example/sub/",
        &[
            ("index.html", page),
            ("old/index.html", moved),
            ("feed.xml", "<feed><id>https://h.example/sub/f.xml</id></feed>"),
            ("data/claims.csv", "url\nhttps://h.example/sub/no/\n"),
            ("style.css", "a{b:url('https://cdn.example/f.woff')}"),
        ],
    );
    wants_all(
        &broken_links(&built),
        &[
            "link `https://cdn.example/x.css` loads",
            "canonical `/sub/none/` leads to no file",
            "url() `none.png` leads to no file",
            "og:image `https://h.example/sub/none.png` leads to no file",
            "a `/outside/` leaves the sub-path",
            "a `../../up/` leaves the sub-path",
            "a `#nowhere` has a fragment",
            "a `//h.example/sub/` has no scheme",
            "a `javascript:alert(1)` has a scheme",
            "img `https://other.example/a.png` loads",
            "srcset `y.png` leads to no file",
            "script `https://cdn.example/x.js` loads",
            "<iframe>",
            "JSON-LD `https://h.example/sub/gone/` leads to no file",
            "without a host `///logo.png`",
            "refresh `/sub/gone/` leads to no file",
            "feed.xml: id",
            "CSV `https://h.example/sub/no/`",
            "url() `https://cdn.example/f.woff` loads",
        ],
    );
}

#[test]
fn missing_and_surplus_entries_of_the_sitemap_are_found() {
    let sitemap = "<urlset><url><loc>https://h.example/gone/</loc></url></urlset>";
    let hidden = r#"<meta name="robots" content="noindex">"#;
    let files = [("index.html", "<p>"), ("a/index.html", hidden), ("sitemap.xml", sitemap)];
    let violations = sitemap_differences(&Built::of("https://h.example/", &files));
    wants_all(&violations, &["lacks https://h.example/", "lists https://h.example/gone/"]);
    assert_eq!(violations.len(), 2, "a page that is not indexed is not missed: {violations:?}");
}

#[test]
fn pages_without_a_way_to_them_are_found() {
    let files = [("index.html", "<a href=a/>"), ("a/index.html", "<p>"), ("b/index.html", "<p>")];
    let violations = unreachable(&Built::of("https://h.example/", &files));
    assert_eq!(violations, ["no links lead to b/index.html"]);
}
