//! ClaimReview: JSON-LD in files of its own, in feeds, or in saved pages.

use serde_json::{Map, Value};

use super::json::{self, items, number, text};
use super::record::{Cited, Claimant, Found, Rating, Record};
use super::{bytes, markup};

/// How deep reviews are looked for; graphs nest a few levels.
const DEEPEST: usize = 24;

/// Reads a file: a page if it looks like one, JSON otherwise.
pub(super) fn read(name: &str, raw: &[u8]) -> Found {
    let (whole, remark) = bytes::text(raw);
    let mut found = Found::default();
    found.remarks.extend(remark.map(|remark| format!("{name}: {remark}")));
    if whole.trim_start().starts_with('<') {
        let page = markup::page(&whole);
        if page.data.is_empty() {
            found.skip(name, "the page has no JSON-LD");
        }
        let before = found.records.len();
        for (number, block) in page.data.iter().enumerate() {
            of_json(&format!("{name}, block {}", number + 1), block, &mut found);
        }
        for record in &mut found.records[before..] {
            record.title = record.title.take().or_else(|| page.title.clone());
            record.url = record.url.take().or_else(|| page.address.clone());
            record.language = record.language.take().or_else(|| page.language.clone());
            record.body = record.body.take().or_else(|| page.article.clone());
        }
        if found.records.is_empty() && found.skipped.is_empty() {
            found.skip(name, "the page has no ClaimReview");
        }
    } else {
        of_json(name, &whole, &mut found);
    }
    found
}

fn of_json(name: &str, whole: &str, found: &mut Found) {
    match json::read(whole) {
        Ok((value, was_mended)) => collect(name, &value, was_mended, found),
        // One value a line is no JSON as a whole.
        Err(_)
            if whole.lines().count() > 1
                && whole.lines().next().is_some_and(|line| json::read(line).is_ok()) =>
        {
            for (number, line) in whole.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let place = format!("{name}:{}", number + 1);
                match json::read(line) {
                    Ok((value, was_mended)) => collect(&place, &value, was_mended, found),
                    Err(_) => found.skip(place, "not readable as JSON"),
                }
            }
        }
        Err(error) => {
            found.remarks.push(format!("{name}: {error}"));
            found.skip(name, "not readable as JSON");
        }
    }
}

/// Every review of a value. What encloses it (a feed's item, an article) tells what the review does not.
fn collect(name: &str, value: &Value, was_mended: bool, found: &mut Found) {
    let before = (found.records.len(), found.skipped.len());
    let mut counter = 0;
    walk(name, value, None, 0, &mut counter, found);
    if was_mended {
        for record in &mut found.records[before.0..] {
            record.notes.push("the JSON was broken; quotation marks or commas in it were mended".to_owned());
        }
    }
    if (found.records.len(), found.skipped.len()) == before {
        found.skip(name, "holds no ClaimReview");
    }
}

fn walk(
    name: &str,
    value: &Value,
    around: Option<&Map<String, Value>>,
    depth: usize,
    counter: &mut usize,
    found: &mut Found,
) {
    if depth > DEEPEST {
        *counter += 1;
        found.skip(format!("{name} #{counter}"), "nested too deeply");
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                walk(name, value, around, depth + 1, counter, found);
            }
        }
        Value::Object(object) if is_a(object, "ClaimReview") => {
            *counter += 1;
            found.records.push(review(&format!("{name} #{counter}"), object, around));
        }
        Value::Object(object) => {
            for (key, value) in object {
                let is_feed = key == "dataFeedElement" || key == "item";
                for item in items(Some(value)) {
                    // A feed names its empty places, too.
                    let is_empty_item = key == "item" && item.as_object().is_some_and(Map::is_empty);
                    if (is_feed && item.is_null()) || is_empty_item {
                        *counter += 1;
                        found.skip(format!("{name} #{counter}"), "an empty item of a feed");
                    }
                }
                if key == "item" && value.is_null() {
                    *counter += 1;
                    found.skip(format!("{name} #{counter}"), "an empty item of a feed");
                }
                walk(name, value, Some(object), depth + 1, counter, found);
            }
        }
        _ => {}
    }
}

fn is_a(object: &Map<String, Value>, kind: &str) -> bool {
    items(object.get("@type"))
        .iter()
        .filter_map(Value::as_str)
        .any(|found| found.rsplit(['/', ':']).next().is_some_and(|last| last.eq_ignore_ascii_case(kind)))
}

/// One ClaimReview. WordPress plugins give their fields to this shape as well.
pub(super) fn review(
    place: &str,
    object: &Map<String, Value>,
    around: Option<&Map<String, Value>>,
) -> Record {
    let get = |key: &str| text(object.get(key));
    let outer = |key: &str| around.and_then(|around| text(around.get(key)));
    let rating = items(object.get("reviewRating")).iter().find_map(Value::as_object);
    let item = items(object.get("itemReviewed")).iter().find_map(Value::as_object);
    let mut notes = Vec::new();
    let article = around.filter(|around| {
        ["Article", "NewsArticle", "WebPage", "BlogPosting", "ReportageNewsArticle"]
            .iter()
            .any(|kind| is_a(around, kind))
    });
    let mut record = Record {
        place: place.to_owned(),
        claim: get("claimReviewed"),
        claimant: item.and_then(|item| claimant(item.get("author"))),
        claimed_on: item.and_then(|item| text(item.get("datePublished"))),
        url: address(object.get("url"), &mut notes)
            .or_else(|| get("mainEntityOfPage"))
            .or_else(|| outer("url")),
        title: get("name")
            .or_else(|| get("headline"))
            .or_else(|| article.and_then(|article| text(article.get("headline")))),
        date: get("datePublished").or_else(|| outer("datePublished")).or_else(|| outer("dateCreated")),
        updated: get("dateModified"),
        authors: authors(object.get("author")),
        language: get("inLanguage"),
        finding: get("reviewBody").or_else(|| get("description")),
        body: article.and_then(|article| text(article.get("articleBody"))).map(|text| html_of(&text)),
        raw: Value::Object(object.clone()),
        ..Record::default()
    };
    if let Some(rating) = rating {
        record.rating = Rating {
            label: text(rating.get("alternateName")).or_else(|| text(rating.get("name"))),
            value: number(rating.get("ratingValue")),
            best: number(rating.get("bestRating")),
            worst: number(rating.get("worstRating")),
        };
        if record.finding.is_none() {
            record.finding = text(rating.get("ratingExplanation"));
        }
    }
    if let Some(item) = item {
        for key in ["firstAppearance", "appearance", "sameAs", "url"] {
            record.appearances.extend(items(item.get(key)).iter().filter_map(address_of));
        }
        // In the first years the claimed work itself stood there.
        if record.claimant.is_none() && is_a(item, "CreativeWork") {
            record.claimant = claimant(item.get("publisher"));
        }
        if is_a(item, "MediaReviewItem") || item.contains_key("mediaItemAppearance") {
            record.media = items(item.get("mediaItemAppearance")).iter().filter_map(address_of).collect();
        }
    }
    for key in ["citation", "isBasedOn"] {
        record.sources.extend(items(object.get(key)).iter().filter_map(cited));
    }
    record.notes = notes;
    record
}

/// Text that may be HTML, as HTML.
pub(super) fn html_of(text: &str) -> String {
    markup::paragraphs(text, markup::is_marked_up(text))
}

/// The review's own address. Exports that split at commas make a list of one address.
fn address(value: Option<&Value>, notes: &mut Vec<String>) -> Option<String> {
    let parts: Vec<&str> = items(value).iter().filter_map(Value::as_str).collect();
    let [first, rest @ ..] = parts.as_slice() else { return text(value) };
    if rest.is_empty() || rest.iter().any(|part| part.trim().starts_with("http")) {
        return text(value);
    }
    notes.push("the address was split at its commas and was put together again".to_owned());
    Some(
        std::iter::once(first.trim())
            .chain(rest.iter().map(|part| part.trim()))
            .collect::<Vec<_>>()
            .join(","),
    )
}

fn address_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => {
            ["url", "accessedOnUrl", "@id", "contentUrl"].iter().find_map(|key| text(object.get(*key)))
        }
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

fn cited(value: &Value) -> Option<Cited> {
    let title = value
        .as_object()
        .and_then(|object| text(object.get("name")).or_else(|| text(object.get("headline"))));
    Some(Cited { title, url: address_of(value)? })
}

fn claimant(value: Option<&Value>) -> Option<Claimant> {
    items(value).iter().find_map(|value| match value {
        Value::String(name) if !name.trim().is_empty() => {
            Some(Claimant { name: name.clone(), ..Claimant::default() })
        }
        Value::Object(object) => {
            let same_as = items(object.get("sameAs")).iter().filter_map(address_of).collect();
            Some(Claimant {
                name: text(object.get("name"))?,
                // Plugins call every claimant a person: only an organisation was chosen by somebody.
                kind: is_a(object, "Organization").then_some("organization"),
                url: text(object.get("url")),
                same_as,
            })
        }
        _ => None,
    })
}

fn authors(value: Option<&Value>) -> Vec<String> {
    items(value)
        .iter()
        .filter_map(|value| match value {
            Value::Object(object) => text(object.get("name")),
            other => text(Some(other)),
        })
        .filter(|name| !name.starts_with("http"))
        .collect()
}
