//! Exports of WordPress (WXR): posts, pages, and the fields that ClaimReview plugins keep with them.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value, json};

use super::heads::{Columns, resolved};
use super::record::{Author, Found, Record};
use super::shortcodes::{self, Files};
use super::{bytes, markup, php, plugins, table};

/// The most elements and texts of an export that are read.
const MOST_NODES: u32 = 20_000_000;

/// What belongs to posts but stands elsewhere in the export: reviews that are posts of their own, and files.
#[derive(Debug, Default)]
struct Kept {
    reviews: BTreeMap<String, (String, Meta)>,
    selected: BTreeSet<String>,
    /// The address and title of each attachment, by its number.
    files: Files,
}

/// Reads an export. A document type is refused, and with it every entity of its own, be it within or elsewhere.
pub(super) fn read(name: &str, raw: &[u8], columns: &Columns) -> Found {
    let (whole, remark) = bytes::text(raw);
    let mut found = Found::default();
    found.remarks.extend(remark.map(|remark| format!("{name}: {remark}")));
    // Posts hold characters that XML cannot, and WordPress exports them.
    let clean: String =
        whole.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    if too_deep(&clean) {
        found.skip(name, "nested too deeply");
        return found;
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(clean.trim_start(), options) {
        Ok(document) => document,
        Err(error) => {
            found.remarks.push(format!("{name}: {error}"));
            found.skip(name, "not readable as XML");
            return found;
        }
    };
    for author in document.descendants().filter(|node| node.has_tag_name_of("author")) {
        if let Some(login) = child(author, "author_login") {
            let name = child(author, "author_display_name").unwrap_or_else(|| login.clone());
            found.people.push(Author { login, name });
        }
    }
    // The site that the export is of, where all that name it agree.
    for channel in document.descendants().filter(|node| node.has_tag_name_of("channel")) {
        let named = ["link", "base_site_url", "base_blog_url"].iter().filter_map(|name| child(channel, name));
        let hosts: BTreeSet<String> = named.filter_map(|url| crate::content::host(url.trim())).collect();
        found.sites.extend(hosts.first().filter(|_| hosts.len() == 1).cloned());
    }
    let mut kept = Kept::default();
    for item in document.descendants().filter(|node| node.has_tag_name_of("item")) {
        let id = child(item, "post_id").unwrap_or_default();
        if let Some(address) = child(item, "attachment_url") {
            kept.files.insert(id.clone(), (address, child(item, "title").unwrap_or_default()));
        }
        if child(item, "post_type").as_deref() == Some(plugins::KIND)
            && child(item, "status").as_deref() != Some("trash")
        {
            kept.reviews.insert(id.clone(), (format!("{name} #{id}"), meta_of(item)));
        } else {
            kept.selected.extend(plugins::selected(&meta_of(item)));
        }
    }
    kept.selected.retain(|id| kept.reviews.contains_key(id));
    let mut number = 0;
    for item in document.descendants().filter(|node| node.has_tag_name_of("item")) {
        number += 1;
        let id = child(item, "post_id").unwrap_or_else(|| format!("item {number}"));
        of_item(&format!("{name} #{id}"), item, columns, &kept, &mut found);
    }
    if number == 0 {
        found.skip(name, "holds no `item`: not an export of WordPress");
    }
    found
}

/// Whether elements stand in each other deeper than any export has them.
fn too_deep(text: &str) -> bool {
    let (mut depth, mut rest) = (0_usize, text);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            rest = inner.find("]]>").map_or("", |end| &inner[end..]);
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with("<!") && !rest.starts_with("<?") && !rest[..end].ends_with('/') {
            depth += 1;
        }
        if depth > 100 {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

/// Names without their prefix, as its meaning differs between versions of the format.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn child(node: Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.children().find(|child| child.has_tag_name_of(name))?;
    let text: String = found.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// The text of `content:encoded` or `excerpt:encoded`, which differ by their prefix alone.
fn encoded(item: Node<'_, '_>, kind: &str) -> Option<String> {
    let found = item.children().find(|child| {
        child.has_tag_name_of("encoded")
            && child.tag_name().namespace().is_some_and(|space| space.contains(kind))
    })?;
    let text: String = found.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// The fields of a post that plugins keep with it. A field that is there several times has a list.
pub(super) type Meta = Map<String, Value>;

fn meta_of(item: Node<'_, '_>) -> Meta {
    let mut meta = Meta::new();
    for entry in item.children().filter(|child| child.has_tag_name_of("postmeta")) {
        let (Some(key), Some(value)) = (child(entry, "meta_key"), child(entry, "meta_value")) else {
            continue;
        };
        let value = php::read(&value).unwrap_or(Value::String(value));
        match meta.get_mut(&key) {
            None => drop(meta.insert(key, value)),
            Some(Value::Array(values)) if !is_list(&key) => values.push(value),
            Some(before) => *before = Value::Array(vec![before.take(), value]),
        }
    }
    meta
}

/// Whether a field is a list by itself.
fn is_list(key: &str) -> bool {
    key == plugins::FULL_FACT || key == plugins::SELECTED
}

/// Parts of a site that are no texts of it.
const PARTS: [&str; 14] = [
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "acf-field-group",
];

fn of_item(place: &str, item: Node<'_, '_>, columns: &Columns, kept: &Kept, found: &mut Found) {
    let kind = child(item, "post_type").unwrap_or_else(|| "post".to_owned());
    let status = child(item, "status").unwrap_or_default();
    match kind.as_str() {
        "attachment" => return found.skip(place, "an attachment; links to it lead to the old site"),
        kind if PARTS.contains(&kind) || kind == "acf-field" => {
            return found.skip(place, "no article: a part of how the old site looked");
        }
        _ if status == "trash" || status == "auto-draft" => {
            return found.skip(place, "in the trash, or never written");
        }
        plugins::KIND if child(item, "post_id").is_some_and(|id| kept.selected.contains(&id)) => return,
        _ => {}
    }
    let meta = meta_of(item);
    let mut post = post(place, item, &kind, &status, &meta, kept);
    let mut claims = plugins::claims(&post, &kind, &meta, &kept.reviews);
    let fields: Meta = meta
        .iter()
        .filter(|(_, value)| !value.is_array() && !value.is_object())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let known = resolved(&fields.keys().map(String::as_str).collect::<Vec<_>>(), columns);
    let own = table::record(place.to_owned(), fields, &known);
    if claims.is_empty() && own.claim.is_some() {
        claims.push(plugins::with(&post, own));
    }
    if post.is_page && (post.unpublished || post.title.is_none()) {
        // Every page of a desk is public, so this can be none.
        post.is_page = false;
        post.unpublished = true;
        post.notes.push(
            "a page that was not public in the source; move it to content/pages once it may be".to_owned(),
        );
    } else if claims.is_empty() && !matches!(kind.as_str(), "post" | "page") {
        post.unpublished = true;
        post.notes.push(format!("an entry of the type `{kind}`; see whether it is an article"));
    }
    if claims.is_empty() || post.is_page {
        if !claims.is_empty() {
            post.notes.push(format!("a page has no claims; those of the source are below: {}", claims.len()));
            post.around.extend(claims.into_iter().map(|claim| claim.raw));
        }
        found.records.push(post);
    } else {
        found.records.extend(claims);
    }
}

fn post(place: &str, item: Node<'_, '_>, kind: &str, status: &str, meta: &Meta, kept: &Kept) -> Record {
    let content = encoded(item, "content").unwrap_or_default();
    let (content, left) = shortcodes::expanded(&content, &kept.files);
    let mut notes: Vec<String> = left
        .iter()
        .map(|name| format!("what may be a shortcode stands as it was written: `[{name}]`"))
        .collect();
    let is_locked = child(item, "post_password").is_some();
    if is_locked {
        notes.push("readers needed a password for it".to_owned());
    }
    let comments = item.children().filter(|child| child.has_tag_name_of("comment")).count();
    if comments > 0 {
        notes.push(format!("comments of readers were left out: {comments}"));
    }
    let is_topic = |category: &Node<'_, '_>| {
        matches!(category.attribute("domain"), None | Some("category" | "post_tag"))
            && !matches!(category.attribute("nicename"), Some("uncategorized" | "tak-berkategori"))
    };
    let categories = item.children().filter(|child| child.has_tag_name_of("category"));
    let (topics, terms): (Vec<Node<'_, '_>>, Vec<Node<'_, '_>>) = categories.partition(is_topic);
    let topics = topics.iter().filter_map(|category| category.text().map(str::to_owned)).collect();
    // Other ways of sorting posts; some desks keep their verdicts so.
    let terms: Vec<Value> = terms
        .iter()
        .filter_map(|term| Some(json!({"in": term.attribute("domain"), "term": term.text()?})))
        .collect();
    // The days of posts are told in the time of the site; the moment is told in UTC.
    let local = child(item, "post_date").filter(|date| !date.starts_with("0000"));
    let utc = child(item, "post_date_gmt").filter(|date| !date.starts_with("0000"));
    let mut raw = Map::new();
    for (key, value) in [
        ("post_type", json!(kind)),
        ("status", json!(status)),
        ("modified", json!(child(item, "post_modified"))),
        ("description", json!(child(item, "description"))),
        ("link", json!(child(item, "link"))),
        ("terms", json!(terms)),
        ("meta", json!(meta)),
    ] {
        let is_empty = value.is_null() || value == json!("") || value == json!([]) || value == json!({});
        drop((!is_empty).then(|| raw.insert(key.to_owned(), value)));
    }
    Record {
        place: place.to_owned(),
        title: child(item, "title"),
        url: child(item, "link"),
        slug: child(item, "post_name"),
        date: utc
            .map(|utc| format!("{}Z", utc.trim().replacen(' ', "T", 1)))
            .or(local)
            .or_else(|| child(item, "pubDate")),
        authors: child(item, "creator").into_iter().collect(),
        summary: encoded(item, "excerpt"),
        body: Some(markup::paragraphs(&content, true)).filter(|body| !body.is_empty()),
        topics,
        unpublished: (status != "publish" && !status.is_empty()) || is_locked,
        is_plain: true,
        is_page: kind == "page",
        notes,
        raw: Value::Object(raw),
        ..Record::default()
    }
}
