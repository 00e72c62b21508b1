//! Feeds as their specifications ask: Atom (RFC 4287), JSON Feed 1.1, sitemaps, robots.txt.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use serde_json::Value;
use url::Url;

use super::built::Built;
use super::{demo, wants_all, wants_none};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Whether a text is a date and time of RFC 3339 that exists.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let shape = "0000-00-00T00:00:00";
    let Some((moment, offset)) = text.split_at_checked(shape.len()) else {
        return false;
    };
    let fits = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .chars()
                .zip(shape.chars())
                .all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { c == s })
    };
    let has_offset = offset == "Z" || fits(offset, "+00:00") || fits(offset, "-00:00");
    fits(moment, shape) && has_offset && text.parse::<jiff::Timestamp>().is_ok()
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|child| child.has_tag_name((ATOM, name))).collect()
}

fn inner(node: Node<'_, '_>, name: &str) -> String {
    let found = node.children().find(|child| child.has_tag_name((ATOM, name)));
    found.and_then(|child| child.text()).unwrap_or_default().to_owned()
}

/// What is wrong with the Atom feeds.
pub(super) fn bad_atom(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for file in built.files.keys().filter(|file| file.ends_with("feed.xml")) {
        let text = built.text(file);
        let mut say = |what: String| violations.push(format!("{file}: {what}"));
        let document = match Document::parse(&text) {
            Ok(document) => document,
            Err(error) => {
                say(error.to_string());
                continue;
            }
        };
        let feed = document.root_element();
        if !feed.has_tag_name((ATOM, "feed")) {
            say("the root is no feed".to_owned());
        }
        required(feed, "the feed", &mut say);
        let own = built.url_of(file).to_string();
        let links = |rel: &str| -> Vec<String> {
            let of_rel = child(feed, "link").into_iter().filter(|link| link.attribute("rel") == Some(rel));
            of_rel.filter_map(|link| link.attribute("href").map(str::to_owned)).collect()
        };
        if links("self") != [own] {
            say(format!("its own address is {:?}", links("self")));
        }
        if links("alternate").len() != 1 {
            say("not one alternate".to_owned());
        }
        let mut ids = BTreeSet::new();
        let mut dates = Vec::new();
        for entry in child(feed, "entry") {
            let id = inner(entry, "id");
            required(entry, &format!("entry {id}"), &mut say);
            if !ids.insert(id.clone()) {
                say(format!("entry {id}: the id stands there twice"));
            }
            if child(entry, "author").is_empty() && child(feed, "author").is_empty() {
                say(format!("entry {id}: no author"));
            }
            for author in child(entry, "author").into_iter().chain(child(feed, "author")) {
                if inner(author, "name").trim().is_empty() {
                    say(format!("entry {id}: an author without a name"));
                }
            }
            let has_link = child(entry, "link").iter().any(|link| {
                link.attribute("rel").is_none_or(|rel| rel == "alternate") && link.attribute("href").is_some()
            });
            if !has_link && child(entry, "content").is_empty() {
                say(format!("entry {id}: neither link nor content"));
            }
            if child(entry, "category")
                .iter()
                .any(|category| category.attribute("term").is_none_or(str::is_empty))
            {
                say(format!("entry {id}: a category without a term"));
            }
            if !is_rfc3339(&inner(entry, "published")) {
                say(format!("entry {id}: published `{}`", inner(entry, "published")));
            }
            dates.push(inner(entry, "published"));
        }
        if dates.is_empty() {
            say("no entries".to_owned());
        }
        let instants: Vec<_> = dates.iter().filter_map(|date| date.parse::<jiff::Timestamp>().ok()).collect();
        if !instants.is_sorted_by(|a, b| a >= b) {
            say(format!("the entries are not newest first: {dates:?}"));
        }
    }
    violations
}

/// `id`, `title` and `updated` stand in every feed and entry, once (RFC 4287 sections 4.1.1, 4.1.2).
fn required(node: Node<'_, '_>, what: &str, say: &mut impl FnMut(String)) {
    for name in ["id", "title", "updated"] {
        let count = node.children().filter(|child| child.has_tag_name((ATOM, name))).count();
        if count != 1 || inner(node, name).trim().is_empty() {
            say(format!("{what}: {count} {name} `{}`", inner(node, name)));
        }
    }
    if !is_rfc3339(&inner(node, "updated")) {
        say(format!("{what}: updated `{}`", inner(node, "updated")));
    }
    if Url::parse(&inner(node, "id")).is_err() {
        say(format!("{what}: the id is no IRI"));
    }
}

/// What is wrong with the JSON feeds (<https://www.jsonfeed.org/version/1.1/>).
pub(super) fn bad_json_feeds(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for file in built.files.keys().filter(|file| file.ends_with("feed.json")) {
        let mut say = |what: String| violations.push(format!("{file}: {what}"));
        let feed: Value = match serde_json::from_str(&built.text(file)) {
            Ok(feed) => feed,
            Err(error) => {
                say(error.to_string());
                continue;
            }
        };
        let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        let is_url = |value: &Value| value.as_str().is_some_and(|url| Url::parse(url).is_ok());
        if feed["version"] != "https://jsonfeed.org/version/1.1" {
            say(format!("version {}", feed["version"]));
        }
        if !is_text(&feed["title"]) {
            say("no title".to_owned());
        }
        if feed["feed_url"] != built.url_of(file).as_str() || !is_url(&feed["home_page_url"]) {
            say(format!("its own address is {}", feed["feed_url"]));
        }
        let mut ids = BTreeSet::new();
        let items = feed["items"].as_array().cloned().unwrap_or_default();
        if items.is_empty() {
            say("no items".to_owned());
        }
        for item in &items {
            let id = item["id"].as_str().unwrap_or_default();
            if id.is_empty() || !ids.insert(id) {
                say(format!("the id {} is empty or stands there twice", item["id"]));
            }
            if !is_text(&item["content_text"]) && !is_text(&item["content_html"]) {
                say(format!("{id}: no content"));
            }
            if !is_url(&item["url"]) {
                say(format!("{id}: the address {}", item["url"]));
            }
            for key in ["date_published", "date_modified"] {
                if item.get(key).is_some_and(|date| !date.as_str().is_some_and(is_rfc3339)) {
                    say(format!("{id}: {key} {}", item[key]));
                }
            }
            for author in item["authors"].as_array().into_iter().flatten() {
                if !is_text(&author["name"]) {
                    say(format!("{id}: an author without a name"));
                }
            }
            if item["tags"].as_array().is_some_and(|tags| !tags.iter().all(is_text)) {
                say(format!("{id}: the tags {}", item["tags"]));
            }
        }
    }
    violations
}

/// What is wrong with the files for robots and servers.
pub(super) fn bad_service_files(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    let mut say = |what: String| violations.push(what);
    match Document::parse(&built.text("sitemap.xml")) {
        Ok(document) => {
            let root = document.root_element();
            if !root.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "urlset")) {
                say("sitemap.xml: the root is no urlset".to_owned());
            }
            for node in root.descendants().filter(|node| node.tag_name().name() == "lastmod") {
                let date = node.text().unwrap_or_default();
                if date.parse::<jiff::civil::Date>().is_err() || !(date.len() == 10 || is_rfc3339(date)) {
                    say(format!("sitemap.xml: lastmod `{date}`"));
                }
            }
        }
        Err(error) => say(format!("sitemap.xml: {error}")),
    }
    let wanted = format!("Sitemap: {}sitemap.xml", built.base);
    if !built.text("robots.txt").lines().any(|line| line == wanted) {
        say(format!("robots.txt does not say `{wanted}`"));
    }
    if !built.files.contains_key(".nojekyll") {
        say(".nojekyll is not there".to_owned());
    }
    // It answers at any depth, so only what counts from the host's root leads anywhere.
    match built.page("404.html") {
        Some(page) => {
            let links = page.attributes("[href]", "href").into_iter().chain(page.attributes("[src]", "src"));
            let lost = |link: &String| {
                let is_absolute = Url::parse(link).is_ok() || link.starts_with('#');
                !is_absolute && !link.starts_with(built.base.path())
            };
            links.filter(lost).for_each(|link| say(format!("404.html: `{link}` depends on the address")));
            if !page.is_noindex() {
                say("404.html may be indexed".to_owned());
            }
            if page.all("main a[href]").is_empty() {
                say("404.html leads nowhere".to_owned());
            }
        }
        None => say("404.html is not there".to_owned()),
    }
    violations
}

#[test]
fn atom_feeds_are_valid() {
    let (built, content) = demo();
    let count = built.files.keys().filter(|file| file.ends_with("feed.xml")).count();
    assert_eq!(count, 3 * content.languages.len(), "articles, claims and corrections in each language");
    wants_none(&bad_atom(built));
}

#[test]
fn json_feeds_are_valid() {
    wants_none(&bad_json_feeds(&demo().0));
}

#[test]
fn files_for_robots_and_servers_are_right() {
    wants_none(&bad_service_files(&demo().0));
}

#[test]
fn broken_atom_is_found() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><link rel="self" href="/feed.xml"/><updated>2024-01-01</updated>
        <entry><id>https://h.example/</id><title>t</title><updated>2024-13-01T00:00:00Z</updated><published>2024-01-01T00:00:00Z</published></entry>
        <entry><id>https://h.example/</id><title> </title><category/><published>2024-02-01T00:00:00Z</published></entry></feed>"#;
    let built = Built::of("https://h.example/", &[("feed.xml", feed), ("en/feed.xml", "<feed>")]);
    wants_all(
        &bad_atom(&built),
        &[
            "en/feed.xml: ",
            "the feed: 0 title",
            "the feed: updated `2024-01-01`",
            "the feed: the id is no IRI",
            "its own address is [\"/feed.xml\"]",
            "not one alternate",
            "updated `2024-13-01T00:00:00Z`",
            "1 title ` `",
            "0 updated",
            "the id stands there twice",
            "no author",
            "neither link nor content",
            "a category without a term",
            "not newest first",
        ],
    );
}

#[test]
fn broken_json_feeds_are_found() {
    let feed =
        r#"{"version": "1", "items": [{"id": "", "date_published": "2024", "authors": [{}], "tags": [""]}]}"#;
    wants_all(
        &bad_json_feeds(&Built::of("https://h.example/", &[("feed.json", feed)])),
        &[
            "version",
            "no title",
            "own address",
            "is empty",
            "no content",
            "the address",
            "date_published",
            "author",
            "tags",
        ],
    );
}

#[test]
fn broken_service_files_are_found() {
    let files = [("404.html", "<a href=claims/>x</a>"), ("sitemap.xml", "<x><lastmod>1</lastmod></x>")];
    wants_all(
        &bad_service_files(&Built::of("https://h.example/", &files)),
        &[
            "no urlset",
            "lastmod `1`",
            "robots.txt",
            ".nojekyll",
            "`claims/` depends",
            "may be indexed",
            "leads nowhere",
        ],
    );
}
