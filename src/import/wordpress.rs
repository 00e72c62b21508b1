//! Exports of WordPress (WXR): posts, pages, and the fields that ClaimReview plugins keep with them.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value, json};

use super::json::text;
use super::record::{Author, Cited, Claimant, Found, Rating, Record};
use super::table::{self, Columns};
use super::{bytes, claimreview, json, markup, php};

/// The most elements and texts of an export that are read.
const MOST_NODES: u32 = 20_000_000;

/// Fields of the plugin of Full Fact, a list of claims.
const FULL_FACT: &str = "_fullfact_all_claims";

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
    let mut number = 0;
    for item in document.descendants().filter(|node| node.has_tag_name_of("item")) {
        number += 1;
        let id = child(item, "post_id").unwrap_or_else(|| format!("item {number}"));
        of_item(&format!("{name} #{id}"), item, columns, &mut found);
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

fn of_item(place: &str, item: Node<'_, '_>, columns: &Columns, found: &mut Found) {
    let kind = child(item, "post_type").unwrap_or_else(|| "post".to_owned());
    let status = child(item, "status").unwrap_or_default();
    let mut meta = Map::new();
    for entry in item.children().filter(|child| child.has_tag_name_of("postmeta")) {
        if let (Some(key), Some(value)) = (child(entry, "meta_key"), child(entry, "meta_value")) {
            meta.insert(key, php::read(&value).unwrap_or(Value::String(value)));
        }
    }
    match kind.as_str() {
        "attachment" => return found.skip(place, "an attachment; links to it lead to the old site"),
        "nav_menu_item"
        | "revision"
        | "custom_css"
        | "customize_changeset"
        | "oembed_cache"
        | "wp_block"
        | "wp_template"
        | "wp_global_styles"
        | "wp_navigation" => {
            return found.skip(place, "no article: a part of how the old site looked");
        }
        _ if status == "trash" || status == "auto-draft" => {
            return found.skip(place, "in the trash, or never written");
        }
        _ => {}
    }
    let post = post(place, item, &kind, &status, &meta);
    let mut claims = claims(&post, &meta);
    let fields: Map<String, Value> = meta
        .iter()
        .filter(|(_, value)| !value.is_array())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let own = table::record(place.to_owned(), fields, columns);
    if claims.is_empty() && own.claim.is_some() {
        claims.push(Record {
            claim: own.claim,
            claimant: own.claimant,
            claimed_on: own.claimed_on,
            appearances: own.appearances,
            rating: own.rating,
            finding: own.finding,
            sources: own.sources,
            is_plain: false,
            ..post.clone()
        });
    }
    if post.is_page && post.unpublished {
        found.skip(place, "a page that is not published");
    } else if claims.is_empty() || post.is_page {
        found.records.push(post);
    } else {
        found.records.extend(claims);
    }
}

fn post(place: &str, item: Node<'_, '_>, kind: &str, status: &str, meta: &Map<String, Value>) -> Record {
    let content = encoded(item, "content").unwrap_or_default();
    let mut notes = Vec::new();
    if content
        .split('[')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()) && rest.contains(']'))
    {
        notes.push(
            "the text may hold shortcodes, such as `[caption]`; they stand as they were written".to_owned(),
        );
    }
    let topics: Vec<String> = item
        .children()
        .filter(|child| child.has_tag_name_of("category"))
        .filter(|category| matches!(category.attribute("domain"), None | Some("category" | "post_tag")))
        .filter(|category| {
            !matches!(category.attribute("nicename"), Some("uncategorized" | "tak-berkategori"))
        })
        .filter_map(|category| category.text().map(str::to_owned))
        .collect();
    // The days of posts are told in the time of the site; the moment is told in UTC.
    let local = child(item, "post_date").filter(|date| !date.starts_with("0000"));
    let utc = child(item, "post_date_gmt").filter(|date| !date.starts_with("0000"));
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
        unpublished: status != "publish" && !status.is_empty(),
        is_plain: true,
        is_page: kind == "page",
        notes,
        raw: json!({"post_type": kind, "status": status, "meta": meta}),
        ..Record::default()
    }
}

/// The claims that plugins keep with a post, and those of JSON-LD in its fields or its text.
fn claims(post: &Record, meta: &Map<String, Value>) -> Vec<Record> {
    let mut claims: Vec<Record> = json::items(meta.get(FULL_FACT))
        .iter()
        .filter_map(Value::as_object)
        .map(|fields| full_fact(post, fields))
        .collect();
    let scripts =
        post.body.as_deref().filter(|body| body.contains("ld+json")).map(|body| markup::page(body).data);
    let texts = meta.values().filter_map(Value::as_str).filter(|text| text.contains("ClaimReview"));
    for block in texts.map(str::to_owned).chain(scripts.into_iter().flatten()) {
        let reviews = claimreview::read(&post.place, block.as_bytes()).records;
        claims.extend(reviews.into_iter().map(|review| Record {
            claim: review.claim,
            claimant: review.claimant,
            claimed_on: review.claimed_on,
            appearances: review.appearances,
            rating: review.rating,
            finding: review.finding,
            sources: review.sources,
            raw: review.raw,
            is_plain: false,
            ..post.clone()
        }));
    }
    let several = claims.len() > 1;
    for (number, claim) in claims.iter_mut().enumerate().filter(|_| several) {
        claim.place = format!("{}.{}", post.place, number + 1);
    }
    claims
}

fn full_fact(post: &Record, fields: &Map<String, Value>) -> Record {
    let get = |key: &str| text(fields.get(key));
    let appearance = fields.get("appearance").and_then(|appearance| appearance.get("url"));
    let addresses: Vec<Value> = match appearance {
        Some(Value::Object(several)) => several.values().cloned().collect(),
        other => json::items(other).to_vec(),
    };
    Record {
        claim: get("claimreviewed"),
        claimant: get("author").map(|name| Claimant { name, ..Claimant::default() }),
        claimed_on: get("date"),
        appearances: addresses.iter().filter_map(|url| text(Some(url))).collect(),
        rating: Rating {
            label: get("assessment"),
            value: json::number(fields.get("numeric-rating")),
            ..Rating::default()
        },
        sources: Vec::<Cited>::new(),
        finding: None,
        is_plain: false,
        raw: json!({"post": post.raw, "claim": fields}),
        ..post.clone()
    }
}
