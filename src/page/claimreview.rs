//! ClaimReview and MediaReview, correct by construction.
//!
//! Rules: <https://developers.google.com/search/docs/appearance/structured-data/factcheck> and
//! <https://schema.org/ClaimReview>.

use super::json::Node;
use super::{Pages, json_ld};
use crate::content::{Claim, Description, Media, MediaKind, PartyKind, Status};
use crate::site::ClaimRef;

/// The markup of a claim: one ClaimReview, and a MediaReview if a picture, video or recording is
/// checked. `None` once the article was withdrawn: a check that is taken back is no review.
pub(super) fn reviews(pages: &Pages, at: ClaimRef) -> Option<Vec<Node>> {
    let review = claim_review(pages, at)?;
    let Some(media) = &pages.site.claim(at).media else {
        return Some(vec![review]);
    };
    let url = pages.url(&pages.site.claim_path(at));
    let (claim_id, media_id) = (format!("{url}#claimreview"), format!("{url}#mediareview"));
    let review = review.set("@id", &claim_id).set("associatedMediaReview", Node::new().set("@id", &media_id));
    let other = media_review(pages, at, media)
        .set("@id", &media_id)
        .set("associatedClaimReview", Node::new().set("@id", &claim_id));
    Some(vec![review, other])
}

/// The ClaimReview of a claim.
pub(super) fn claim_review(pages: &Pages, at: ClaimRef) -> Option<Node> {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    if matches!(article.status, Status::Withdrawn { .. }) {
        return None;
    }
    let node = Node::alone("ClaimReview")
        .set("url", pages.url(&pages.site.claim_path(at)))
        .set("claimReviewed", &claim.claim)
        .set("datePublished", article.date.iso())
        .set_some("dateModified", article.updated.as_ref().map(crate::content::Moment::iso))
        .set("inLanguage", pages.site.config.code(article.lang))
        .set("author", json_ld::publisher(pages))
        .set("reviewRating", rating(pages, at)?)
        .set("reviewBody", &claim.finding)
        .set("itemReviewed", item(pages, at));
    Some(node)
}

/// The verdict. Numbers stand there only if this verdict has one: empty or invented ones mislead
/// readers of the data more than none.
fn rating(pages: &Pages, at: ClaimRef) -> Option<Node> {
    let verdict = pages.verdict(pages.site.claim(at).verdict)?;
    let label = verdict.label.get(pages.site.article_of(at).lang);
    let mut node = Node::of("Rating");
    if let (Some(value), Some(best)) = (verdict.value, pages.site.config.scale.best()) {
        node = node.set("ratingValue", value).set("bestRating", best).set("worstRating", 1_i64);
    }
    Some(node.set("alternateName", label))
}

/// The claim itself, with who made it and where. Our evidence is never an appearance.
fn item(pages: &Pages, at: ClaimRef) -> Node {
    let claim = pages.site.claim(at);
    let by = claim.claimant.as_ref().map(|party| {
        let (name, description) = pages.describe(party, pages.site.article_of(at).lang);
        claimant(name, description)
    });
    let node = Node::of("Claim")
        .set_some("author", by)
        .set_some("datePublished", claim.claimed_on.map(|date| date.to_string()));
    let work = |url: &str| Node::of("CreativeWork").set("url", url);
    // Which appearance was the first is known only if each has its date.
    let first = claim.appearances.iter().min_by_key(|appearance| appearance.date);
    let dated = claim.appearances.iter().all(|appearance| appearance.date.is_some());
    match (claim.appearances.as_slice(), first) {
        ([], _) | (_, None) => node,
        (all, Some(first)) if dated => {
            let others = all.iter().filter(|other| other.url != first.url).map(|other| work(&other.url));
            node.set("firstAppearance", work(&first.url)).set_any("appearance", others.collect())
        }
        (all, _) => node.set_any("appearance", all.iter().map(|appearance| work(&appearance.url)).collect()),
    }
}

/// The type is stated only where the desk knows it: a chain message is neither person nor
/// organisation.
fn claimant(name: &str, description: Option<&Description>) -> Node {
    let kind = description.and_then(|description| description.kind).map(|kind| match kind {
        PartyKind::Person => "Person",
        PartyKind::Organization => "Organization",
    });
    let node = Node::new().set_some("@type", kind).set("name", name);
    let Some(description) = description else {
        return node;
    };
    let same: Vec<&String> = description.same_as.iter().collect();
    node.set_some("url", description.url.as_ref()).set_any("sameAs", same)
}

/// The MediaReview of a claim about a picture, video or recording
/// (<https://schema.org/MediaReview>).
fn media_review(pages: &Pages, at: ClaimRef, media: &Media) -> Node {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    let categories: Vec<&str> = media.categories.iter().map(|category| enumeration(category)).collect();
    let original = media.original.as_ref().and_then(|original| original.url.as_ref());
    Node::alone("MediaReview")
        .set("url", pages.url(&pages.site.claim_path(at)))
        .set("datePublished", article.date.iso())
        .set("author", json_ld::publisher(pages))
        .set_any("mediaAuthenticityCategory", categories)
        .set_some("originalMediaLink", original)
        .set("itemReviewed", media_item(claim, media))
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

fn media_item(claim: &Claim, media: &Media) -> Node {
    let snapshot = match media.kind {
        MediaKind::Image => "ImageObjectSnapshot",
        MediaKind::Video => "VideoObjectSnapshot",
        MediaKind::Audio => "AudioObjectSnapshot",
    };
    let appearances = claim.appearances.iter().map(|appearance| {
        Node::of(snapshot)
            .set("accessedOnUrl", &appearance.url)
            .set_some("archivedAt", appearance.archived.as_ref())
    });
    Node::of("MediaReviewItem")
        .set("interpretedAsClaim", Node::of("Claim").set("description", &claim.claim))
        .set_any("mediaItemAppearance", appearances.collect())
}
