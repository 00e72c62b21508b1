//! The fields of one ClaimReview (<https://schema.org/ClaimReview>).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json::{self, items, number, text};
use super::markup;
use super::record::{Cited, Claimant, Rating, Record};

/// The objects of a document by their `@id`, which others name them by.
pub(super) type Ids<'v> = BTreeMap<&'v str, &'v Map<String, Value>>;

/// Whether an object is of a type, whatever prefix its vocabulary has.
pub(super) fn is_a(object: &Map<String, Value>, kind: &str) -> bool {
    items(object.get("@type"))
        .iter()
        .filter_map(Value::as_str)
        .any(|found| found.rsplit(['/', ':']).next().is_some_and(|last| last.eq_ignore_ascii_case(kind)))
}

/// The objects of a field, those that are only named among them.
fn objects<'v>(value: Option<&'v Value>, ids: &Ids<'v>) -> Vec<&'v Map<String, Value>> {
    let of = |value: &'v Value| {
        let object = value.as_object()?;
        let named = object.get("@id").and_then(Value::as_str).filter(|_| object.len() == 1);
        Some(named.and_then(|id| ids.get(id).copied()).unwrap_or(object))
    };
    items(value).iter().filter_map(of).collect()
}

/// One ClaimReview.
pub(super) fn review(
    place: &str,
    object: &Map<String, Value>,
    around: Option<&Map<String, Value>>,
    ids: &Ids<'_>,
) -> Record {
    let get = |key: &str| text(object.get(key));
    let outer = |key: &str| around.and_then(|around| text(around.get(key)));
    let mut notes = Vec::new();
    let reviewed = objects(object.get("itemReviewed"), ids);
    let item = reviewed.first().copied();
    if reviewed.len() > 1 {
        notes.push("the source names several reviewed items; the first was taken".to_owned());
    }
    let article = around.filter(|around| {
        ["Article", "NewsArticle", "WebPage", "BlogPosting", "ReportageNewsArticle"]
            .iter()
            .any(|kind| is_a(around, kind))
    });
    let mut record = Record {
        place: place.to_owned(),
        claim: get("claimReviewed"),
        claimant: item.and_then(|item| claimant(item.get("author"), ids, &mut notes)),
        claimed_on: item.and_then(|item| text(item.get("datePublished"))),
        url: address(object.get("url"), &mut notes)
            .or_else(|| get("mainEntityOfPage"))
            .or_else(|| outer("url")),
        title: get("name")
            .or_else(|| get("headline"))
            .or_else(|| article.and_then(|article| text(article.get("headline")))),
        date: get("datePublished").or_else(|| outer("datePublished")),
        updated: get("dateModified"),
        authors: authors(object.get("author"), ids),
        language: get("inLanguage"),
        // What a review is about stands in `description`, and often that is the claim: it tells no finding.
        summary: get("description"),
        finding: get("reviewBody"),
        body: article.and_then(|article| text(article.get("articleBody"))).map(|text| html_of(&text)),
        raw: Value::Object(object.clone()),
        ..Record::default()
    };
    if record.date.is_none() {
        record.date = outer("dateCreated");
        notes.extend(record.date.is_some().then(|| "the date is that of the feed's item".to_owned()));
    }
    let ratings = objects(object.get("reviewRating"), ids);
    record.rating = rating(object.get("reviewRating"), &ratings);
    if record.finding.is_none() {
        record.finding = ratings.iter().find_map(|rating| text(rating.get("ratingExplanation")));
    }
    if let Some(item) = item {
        for key in ["firstAppearance", "appearance", "sameAs", "url"] {
            record.appearances.extend(items(item.get(key)).iter().filter_map(address_of));
        }
        // In the first years the claimed work itself stood there.
        if record.claimant.is_none() && is_a(item, "CreativeWork") {
            record.claimant = claimant(item.get("publisher"), ids, &mut notes);
            if record.claimant.is_some() {
                notes.push("the claimant is the publisher of what was checked".to_owned());
            }
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

/// All that a review says as its rating. What more than one thing says has to agree.
fn rating(value: Option<&Value>, ratings: &[&Map<String, Value>]) -> Rating {
    let texts = |key: &str| {
        let values = ratings.iter().flat_map(move |rating| items(rating.get(key)));
        values.filter_map(|value| text(Some(value))).collect::<Vec<_>>()
    };
    let mut names = texts("alternateName");
    // Some write the label as the number, or as the rating itself.
    let is_label = |text: &String| json::number(Some(&Value::String(text.clone()))).is_none();
    names.extend(texts("ratingValue").into_iter().filter(is_label));
    names
        .extend(items(value).iter().filter(|value| !value.is_object()).filter_map(|value| text(Some(value))));
    let mut beside = texts("name");
    if names.is_empty() && !beside.is_empty() {
        names.push(beside.remove(0));
    }
    let figure = |key: &str| ratings.iter().find_map(|rating| number(rating.get(key)));
    let mut names = names.into_iter();
    Rating {
        label: names.next(),
        also: names.collect(),
        beside,
        value: figure("ratingValue"),
        best: figure("bestRating"),
        worst: figure("worstRating"),
    }
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

fn claimant(value: Option<&Value>, ids: &Ids<'_>, notes: &mut Vec<String>) -> Option<Claimant> {
    let of_text = |value: &Value| match value {
        Value::String(name) if !name.trim().is_empty() => {
            Some(Claimant { name: name.clone(), ..Claimant::default() })
        }
        _ => None,
    };
    let of_object = |object: &&Map<String, Value>| {
        Some(Claimant {
            name: text(object.get("name"))?,
            // Plugins call every claimant a person: only an organisation was chosen by somebody.
            kind: is_a(object, "Organization").then_some("organization"),
            url: text(object.get("url")),
            same_as: items(object.get("sameAs")).iter().filter_map(address_of).collect(),
        })
    };
    let mut all = items(value).iter().filter_map(of_text).collect::<Vec<_>>();
    all.extend(objects(value, ids).iter().filter_map(of_object));
    if all.len() > 1 {
        let others: Vec<String> = all[1..].iter().map(|other| format!("`{}`", other.name)).collect();
        notes.push(format!("the source names several claimants, also {}", others.join(", ")));
    }
    all.into_iter().next()
}

fn authors(value: Option<&Value>, ids: &Ids<'_>) -> Vec<String> {
    let mut names: Vec<String> = items(value)
        .iter()
        .filter(|value| !value.is_object())
        .filter_map(|value| text(Some(value)))
        .collect();
    names.extend(objects(value, ids).iter().filter_map(|object| text(object.get("name"))));
    names.retain(|name| !name.starts_with("http"));
    names
}
