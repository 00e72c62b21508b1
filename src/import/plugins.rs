//! What plugins of WordPress keep of claims. Each was read in its source:
//!
//! * Full Fact, Claim Review Schema: a list in one field
//!   (<https://github.com/FullFact/claim-review-schema-wordpress-plugin>);
//! * `CheckNews`: a field for each part (<https://github.com/bflaven/PluginWordpressForFun>);
//! * WPSSO Core: one field with all options (<https://wordpress.org/plugins/wpsso/>);
//! * Factchecker ClaimReview: posts of their own that others name
//!   (<https://github.com/admataz/wp-factchecker-claim-review>);
//! * all that keep ClaimReview itself, as JSON-LD or as an array of PHP with `@type`, such as Rank Math.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::json::{items, number, text};
use super::record::{Claimant, Rating, Record};
use super::wordpress::Meta;
use super::{claimreview, saved};

/// The field of Full Fact.
pub(super) const FULL_FACT: &str = "_fullfact_all_claims";

/// The type of posts that hold one review each, and the field that names them.
pub(super) const KIND: &str = "claim_review";
pub(super) const SELECTED: &str = "_claim_reviews_selected";

/// The claims of a post.
pub(super) fn claims(
    post: &Record,
    kind: &str,
    meta: &Meta,
    reviews: &BTreeMap<String, (String, Meta)>,
) -> Vec<Record> {
    let full_fact = items(meta.get(FULL_FACT)).iter().filter_map(Value::as_object).map(full_fact);
    let mut claims: Vec<Record> = full_fact.filter(|claim| claim.claim.is_some()).collect();
    claims.extend(check_news(meta));
    claims.extend(meta.get("_wpsso_meta").and_then(Value::as_object).and_then(wpsso));
    if kind == KIND {
        claims.extend(factchecker(meta));
    }
    for (place, meta) in selected(meta).iter().filter_map(|id| reviews.get(id)) {
        claims.extend(factchecker(meta).map(|mut claim| {
            claim.notes.push(format!("the review was a post of its own ({place})"));
            claim
        }));
    }
    for value in meta.values() {
        match value {
            Value::String(text) if text.contains("ClaimReview") => {
                claims.extend(claimreview::read(&post.place, text.as_bytes()).records);
            }
            Value::Array(_) | Value::Object(_) => {
                claims.extend(claimreview::of_value(&post.place, &without_variables(value)));
            }
            _ => {}
        }
    }
    if let Some(body) = post.body.as_deref().filter(|body| body.contains("ld+json")) {
        for block in &saved::page(body).data {
            claims.extend(claimreview::read(&post.place, block.as_bytes()).records);
        }
    }
    let several = claims.len() > 1;
    let placed = claims.into_iter().enumerate().map(|(number, claim)| {
        let mut record = with(post, claim);
        if several {
            record.place = format!("{}.{}", post.place, number + 1);
        }
        record
    });
    placed.collect()
}

/// A claim with the post that it stands in.
pub(super) fn with(post: &Record, claim: Record) -> Record {
    Record {
        claim: claim.claim,
        claimant: claim.claimant,
        claimed_on: claim.claimed_on,
        appearances: claim.appearances,
        rating: claim.rating,
        finding: claim.finding,
        sources: claim.sources,
        media: claim.media,
        is_guessed: claim.is_guessed,
        conflicts: claim.conflicts,
        notes: post.notes.iter().cloned().chain(claim.notes).collect(),
        around: std::iter::once(claim.raw).chain(claim.around).collect(),
        is_plain: false,
        ..post.clone()
    }
}

fn named(name: Option<String>) -> Option<Claimant> {
    name.map(|name| Claimant { name, ..Claimant::default() })
}

fn full_fact(fields: &Map<String, Value>) -> Record {
    let get = |key: &str| text(fields.get(key));
    let appearance = fields.get("appearance").and_then(|appearance| appearance.get("url"));
    let addresses: Vec<Value> = match appearance {
        Some(Value::Object(several)) => several.values().cloned().collect(),
        other => items(other).to_vec(),
    };
    let said = [("location", "where it was said"), ("job-title", "what the claimant is")];
    Record {
        claim: get("claimreviewed"),
        claimant: named(get("author")),
        claimed_on: get("date"),
        appearances: addresses.iter().filter_map(|url| text(Some(url))).collect(),
        // The ends of the scale are settings of the plugin, which an export does not have.
        rating: Rating { label: get("assessment"), ..Rating::default() },
        notes: said.iter().filter_map(|(key, what)| Some(format!("{what}: `{}`", get(key)?))).collect(),
        raw: json!(fields),
        ..Record::default()
    }
}

fn check_news(meta: &Meta) -> Option<Record> {
    let get = |key: &str| text(meta.get(&format!("claimreview_details_{key}")));
    let claim = get("itemReviewed_claimReviewed")?;
    let figure = number(get("reviewRating_ratingValue").map(Value::String).as_ref());
    let is_shown = text(meta.get("claimreview_itemReviewed_status")).as_deref() == Some("1");
    let hidden = || "the plugin was told not to show this review".to_owned();
    Some(Record {
        claim: Some(claim),
        claimant: named(get("itemReviewed_author_name")),
        claimed_on: get("itemReviewed_datePublished"),
        appearances: get("itemReviewed_author_sameAs").into_iter().collect(),
        rating: Rating {
            label: get("reviewRating_alternateName"),
            value: figure,
            best: figure.map(|_| 5.0),
            worst: figure.map(|_| 1.0),
            ..Rating::default()
        },
        conflicts: (!is_shown).then(hidden).into_iter().collect(),
        ..Record::default()
    })
}

fn wpsso(meta: &Map<String, Value>) -> Option<Record> {
    let get = |key: &str| text(meta.get(&format!("schema_review_{key}"))).filter(|word| word != "none");
    let claim = get("claim_reviewed")?;
    let figure = |key: &str| number(get(key).map(Value::String).as_ref());
    let same_as = meta.iter().filter(|(key, _)| key.starts_with("schema_review_item_sameas_url_"));
    let appearances = [get("claim_first_url"), get("item_url")].into_iter().flatten();
    Some(Record {
        claim: Some(claim),
        claimant: get("item_cw_author_name").map(|name| Claimant {
            name,
            kind: get("item_cw_author_type")
                .filter(|kind| kind.contains("rganization"))
                .map(|_| "organization"),
            url: get("item_cw_author_url"),
            ..Claimant::default()
        }),
        claimed_on: get("item_cw_pub_date"),
        appearances: appearances.chain(same_as.filter_map(|(_, url)| text(Some(url)))).collect(),
        rating: Rating {
            label: get("rating_alt_name"),
            value: figure("rating"),
            best: figure("rating_to"),
            worst: figure("rating_from"),
            ..Rating::default()
        },
        ..Record::default()
    })
}

/// The ids of the reviews that a post shows.
pub(super) fn selected(meta: &Meta) -> Vec<String> {
    items(meta.get(SELECTED)).iter().filter_map(|id| text(Some(id))).collect()
}

fn factchecker(meta: &Meta) -> Option<Record> {
    let get = |key: &str| text(meta.get(&format!("_claim_review_{key}")));
    // Labels are settings of the plugin, which an export does not have: of the rating there is only its place in a
    // list that nobody knows.
    let rating = get("review_rating")
        .map(|place| format!("the rating is number `{place}`, from 0, of the plugin's list"));
    let summary = get("claim_summary").map(|summary| format!("summary of the claim: `{summary}`"));
    let publication = get("publication_name").map(|name| format!("the claim stood in `{name}`"));
    Some(Record {
        claim: Some(get("claim_quote")?),
        claimant: get("author_name").map(|name| Claimant {
            name,
            kind: get("author_type").filter(|kind| kind == "Organization").map(|_| "organization"),
            url: get("author_url"),
            ..Claimant::default()
        }),
        claimed_on: get("publication_date"),
        appearances: get("publication_url").into_iter().collect(),
        finding: get("review_summary"),
        notes: [rating, summary, publication].into_iter().flatten().collect(),
        raw: json!(meta),
        ..Record::default()
    })
}

/// Without texts such as `%seo_title%`, in which a plugin puts something when a page is shown.
fn without_variables(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let inner = text.trim().strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
            let is_variable = inner.is_some_and(|inner| {
                !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || "_()-, ".contains(c))
            });
            if is_variable { Value::Null } else { value.clone() }
        }
        Value::Array(values) => values.iter().map(without_variables).collect(),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(key, value)| (key.clone(), without_variables(value))).collect())
        }
        other => other.clone(),
    }
}
