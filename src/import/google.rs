//! Answers of Google's Fact Check Tools, `claims:search`
//! (<https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search>).

use serde_json::{Value, json};

use super::bytes;
use super::json::{self, items, text};
use super::record::{Claimant, Found, Rating, Record};

/// Reads one page of answers.
pub(super) fn read(name: &str, raw: &[u8]) -> Found {
    let (whole, remark) = bytes::text(raw);
    let mut found = Found::default();
    found.remarks.extend(remark.map(|remark| format!("{name}: {remark}")));
    let pages = match json::read(&whole) {
        Ok((value, was_mended)) => {
            if was_mended {
                found.remarks.push(format!("{name}: the JSON was broken and was mended"));
            }
            // Pages that were collected into one list.
            match value {
                Value::Array(pages) if pages.iter().all(|page| page.get("claims").is_some()) => pages,
                Value::Array(claims) => vec![json!({ "claims": claims })],
                page => vec![page],
            }
        }
        Err(error) => {
            found.remarks.push(format!("{name}: {error}"));
            found.skip(name, "not readable as JSON");
            return found;
        }
    };
    let mut number = 0;
    for page in &pages {
        if page.get("claims").is_none() {
            found.skip(name, "holds no `claims`");
        }
        for claim in items(page.get("claims")) {
            number += 1;
            of_claim(&format!("{name} #{number}"), claim, &mut found);
        }
    }
    found
}

fn of_claim(place: &str, claim: &Value, found: &mut Found) {
    let reviews = items(claim.get("claimReview"));
    if reviews.is_empty() {
        found.skip(place, "a claim without a review");
    }
    // All that is said of the claim itself.
    let mut of_claim = claim.clone();
    if let Value::Object(object) = &mut of_claim {
        object.shift_remove("claimReview");
    }
    for (number, review) in reviews.iter().enumerate() {
        let publisher = review.get("publisher");
        let desk = publisher
            .and_then(|publisher| text(publisher.get("name")).or_else(|| text(publisher.get("site"))));
        let label = text(review.get("textualRating"));
        found.records.push(Record {
            place: if reviews.len() == 1 { place.to_owned() } else { format!("{place}.{}", number + 1) },
            claim: text(claim.get("text")),
            claimant: text(claim.get("claimant")).map(|name| Claimant { name, ..Claimant::default() }),
            claimed_on: text(claim.get("claimDate")),
            rating: Rating { label, ..Rating::default() },
            url: text(review.get("url")),
            title: text(review.get("title")),
            date: text(review.get("reviewDate")),
            authors: desk.into_iter().collect(),
            language: text(review.get("languageCode")),
            raw: json!({"claim": of_claim, "claimReview": review}),
            ..Record::default()
        });
    }
}
