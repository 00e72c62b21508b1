//! ClaimReview and MediaReview, correct by construction.
//!
//! Rules: <https://developers.google.com/search/docs/appearance/structured-data/factcheck> and
//! <https://schema.org/ClaimReview>.

use serde_json::{Map, Value, json};

use super::{Pages, json_ld};
use crate::content::{Claim, Description, Media, MediaKind, PartyKind, Status};
use crate::site::ClaimRef;

/// The markup of a claim: one ClaimReview, and a MediaReview if a picture, video or recording is
/// checked. `None` once the article was withdrawn: a check that is taken back is no review.
pub(super) fn reviews(pages: &Pages, at: ClaimRef) -> Option<Vec<Value>> {
    let mut review = claim_review(pages, at)?;
    let Some(media) = &pages.site.claim(at).media else {
        return Some(vec![review]);
    };
    let url = pages.url(&pages.site.claim_path(at));
    let (claim_id, media_id) = (format!("{url}#claimreview"), format!("{url}#mediareview"));
    review["@id"] = json!(claim_id);
    review["associatedMediaReview"] = json!({"@id": media_id});
    let mut other = media_review(pages, at, media);
    other["@id"] = json!(media_id);
    other["associatedClaimReview"] = json!({"@id": claim_id});
    Some(vec![review, other])
}

/// The ClaimReview of a claim.
pub(super) fn claim_review(pages: &Pages, at: ClaimRef) -> Option<Value> {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    if matches!(article.status, Status::Withdrawn { .. }) {
        return None;
    }
    let mut node = Map::new();
    node.insert("@context".into(), json!("https://schema.org"));
    node.insert("@type".into(), json!("ClaimReview"));
    node.insert("url".into(), json!(pages.url(&pages.site.claim_path(at))));
    node.insert("claimReviewed".into(), json!(claim.claim));
    node.insert("datePublished".into(), json!(article.date.iso()));
    if let Some(updated) = &article.updated {
        node.insert("dateModified".into(), json!(updated.iso()));
    }
    node.insert("inLanguage".into(), json!(pages.site.config.code(article.lang)));
    node.insert("author".into(), json_ld::publisher(pages));
    node.insert("reviewRating".into(), rating(pages, at)?);
    node.insert("reviewBody".into(), json!(claim.finding));
    node.insert("itemReviewed".into(), item(pages, at));
    Some(Value::Object(node))
}

/// The verdict. Numbers stand there only if this verdict has one: empty or invented ones mislead
/// readers of the data more than none.
fn rating(pages: &Pages, at: ClaimRef) -> Option<Value> {
    let verdict = pages.verdict(pages.site.claim(at).verdict)?;
    let label = verdict.label.get(pages.site.article_of(at).lang);
    let mut node = Map::new();
    node.insert("@type".into(), json!("Rating"));
    if let (Some(value), Some(best)) = (verdict.value, pages.site.config.scale.best()) {
        node.insert("ratingValue".into(), json!(value));
        node.insert("bestRating".into(), json!(best));
        node.insert("worstRating".into(), json!(1));
    }
    node.insert("alternateName".into(), json!(label));
    Some(Value::Object(node))
}

/// The claim itself, with who made it and where. Our evidence is never an appearance.
fn item(pages: &Pages, at: ClaimRef) -> Value {
    let claim = pages.site.claim(at);
    let mut node = Map::new();
    node.insert("@type".into(), json!("Claim"));
    if let Some(party) = &claim.claimant {
        let (name, description) = pages.describe(party, pages.site.article_of(at).lang);
        node.insert("author".into(), claimant(name, description));
    }
    if let Some(date) = claim.claimed_on {
        node.insert("datePublished".into(), json!(date.to_string()));
    }
    let work = |url: &str| json!({"@type": "CreativeWork", "url": url});
    // Which appearance was the first is known only if each has its date.
    let first = claim.appearances.iter().min_by_key(|appearance| appearance.date);
    let dated = claim.appearances.iter().all(|appearance| appearance.date.is_some());
    match (claim.appearances.as_slice(), first) {
        ([], _) | (_, None) => {}
        (all, Some(first)) if dated => {
            node.insert("firstAppearance".into(), work(&first.url));
            let others: Vec<Value> =
                all.iter().filter(|other| other.url != first.url).map(|other| work(&other.url)).collect();
            if !others.is_empty() {
                node.insert("appearance".into(), json!(others));
            }
        }
        (all, _) => {
            let works: Vec<Value> = all.iter().map(|appearance| work(&appearance.url)).collect();
            node.insert("appearance".into(), json!(works));
        }
    }
    Value::Object(node)
}

/// The type is stated only where the desk knows it: a chain message is neither person nor
/// organisation.
fn claimant(name: &str, description: Option<&Description>) -> Value {
    let mut node = Map::new();
    if let Some(kind) = description.and_then(|description| description.kind) {
        let kind = match kind {
            PartyKind::Person => "Person",
            PartyKind::Organization => "Organization",
        };
        node.insert("@type".into(), json!(kind));
    }
    node.insert("name".into(), json!(name));
    if let Some(description) = description {
        if let Some(url) = &description.url {
            node.insert("url".into(), json!(url));
        }
        if !description.same_as.is_empty() {
            node.insert("sameAs".into(), json!(description.same_as));
        }
    }
    Value::Object(node)
}

/// The MediaReview of a claim about a picture, video or recording
/// (<https://schema.org/MediaReview>).
fn media_review(pages: &Pages, at: ClaimRef, media: &Media) -> Value {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    let mut node = Map::new();
    node.insert("@context".into(), json!("https://schema.org"));
    node.insert("@type".into(), json!("MediaReview"));
    node.insert("url".into(), json!(pages.url(&pages.site.claim_path(at))));
    node.insert("datePublished".into(), json!(article.date.iso()));
    node.insert("author".into(), json_ld::publisher(pages));
    if !media.categories.is_empty() {
        let categories: Vec<&str> = media.categories.iter().map(|category| enumeration(category)).collect();
        node.insert("mediaAuthenticityCategory".into(), json!(categories));
    }
    if let Some(url) = media.original.as_ref().and_then(|original| original.url.as_ref()) {
        node.insert("originalMediaLink".into(), json!(url));
    }
    node.insert("itemReviewed".into(), media_item(claim, media));
    Value::Object(node)
}

/// The member of schema.org's enumeration for a category as desks write it.
fn enumeration(category: &str) -> &'static str {
    match category {
        "Original" => "OriginalMediaContent",
        "EditedOrCropped" => "EditedOrCroppedContent",
        "Transformed" => "TransformedContent",
        "Staged" => "StagedContent",
        "SatireOrParody" => "SatireOrParodyContent",
        _ => "DecontextualizedContent",
    }
}

fn media_item(claim: &Claim, media: &Media) -> Value {
    let snapshot = match media.kind {
        MediaKind::Image => "ImageObjectSnapshot",
        MediaKind::Video => "VideoObjectSnapshot",
        MediaKind::Audio => "AudioObjectSnapshot",
    };
    let appearances: Vec<Value> = claim
        .appearances
        .iter()
        .map(|appearance| {
            let mut node = json!({"@type": snapshot, "accessedOnUrl": appearance.url});
            if let Some(archived) = &appearance.archived {
                node["archivedAt"] = json!(archived);
            }
            node
        })
        .collect();
    let mut node = json!({
        "@type": "MediaReviewItem",
        "interpretedAsClaim": {"@type": "Claim", "description": claim.claim},
    });
    if !appearances.is_empty() {
        node["mediaItemAppearance"] = json!(appearances);
    }
    node
}
