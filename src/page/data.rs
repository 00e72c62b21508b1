//! The desk's checks as data: JSON in the shape others read already, and a table.

use super::json::Node;
use super::{Pages, claimreview, json_ld};
use crate::config::Lang;
use crate::content::{Moment, Status};
use crate::site::{ClaimRef, DataFile, Position};

/// A file below `/data/`.
pub(super) fn file(pages: &Pages, lang: Lang, file: DataFile) -> String {
    let claims = &pages.site.edition(lang).claims;
    match file {
        DataFile::Claims => {
            Node::new().set_each("claims", claims.iter().map(|at| fact_check(pages, *at))).line()
        }
        DataFile::ClaimReview => data_feed(pages, lang, claims),
        DataFile::Csv => table(pages, claims),
    }
}

/// One claim as JSON: its markup, or what is left of it after a withdrawal.
pub(super) fn claim(pages: &Pages, at: ClaimRef) -> String {
    let node = fact_check(pages, at).set_some("markup", claimreview::reviews(pages, at));
    let withdrawn = match &pages.site.article_of(at).status {
        Status::Withdrawn { date, reason } => {
            Some(Node::new().set("date", date.to_string()).set("reason", reason))
        }
        _ => None,
    };
    node.set_some("withdrawn", withdrawn).line()
}

/// A claim as Google's Fact Check Tools API answers it
/// (<https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims>).
fn fact_check(pages: &Pages, at: ClaimRef) -> Node {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    let lang = article.lang;
    let config = &pages.site.config;
    let zone = &config.timezone;
    let review_date =
        if claim.history.is_empty() { article.date.clone() } else { Moment::day(pages.site.checked_on(at)) };
    let claimant = claim.claimant.as_ref().map(|party| pages.site.name_of(party, lang));
    let node = Node::new()
        .set("text", &claim.claim)
        .set_some("claimant", claimant)
        .set_some("claimDate", claim.claimed_on.map(|date| format!("{date}T00:00:00Z")));
    if matches!(article.status, Status::Withdrawn { .. }) {
        return node;
    }
    let publisher = Node::new().set("name", &config.publisher.name).set("site", &config.base.host);
    let review = Node::new()
        .set("publisher", publisher)
        .set("url", pages.url(&pages.site.claim_path(at)))
        .set("title", &article.title)
        .set("reviewDate", review_date.rfc3339(zone))
        .set("textualRating", pages.verdict(claim.verdict).map_or("", |verdict| verdict.label.get(lang)))
        .set("languageCode", config.code(lang));
    node.set("claimReview", vec![review])
}

/// A `DataFeed` as Data Commons reads it (<https://www.datacommons.org/factcheck/download>).
fn data_feed(pages: &Pages, lang: Lang, claims: &[ClaimRef]) -> String {
    let zone = &pages.site.config.timezone;
    let elements = claims.iter().filter_map(|at| {
        let reviews = claimreview::reviews(pages, *at)?;
        let article = pages.site.article_of(*at);
        let modified = article.updated.as_ref().unwrap_or(&article.date);
        let node = Node::of("DataFeedItem")
            .set("dateCreated", article.date.rfc3339(zone))
            .set("dateModified", modified.rfc3339(zone))
            .set("url", pages.url(&pages.site.claim_path(*at)))
            .set("item", reviews);
        Some(node)
    });
    let changed = claims
        .iter()
        .map(|at| pages.site.article_of(*at))
        .map(|article| article.updated.as_ref().unwrap_or(&article.date).rfc3339(zone))
        .max();
    Node::alone("DataFeed")
        .set("name", pages.site.config.title.get(lang))
        .set("inLanguage", pages.site.config.code(lang))
        .set("publisher", json_ld::publisher(pages))
        .set_each("dataFeedElement", elements)
        .set_some("dateModified", changed)
        .line()
}

/// The claims as a table.
fn table(pages: &Pages, claims: &[ClaimRef]) -> String {
    let head = [
        "id",
        "claim",
        "claimant",
        "claimed_on",
        "verdict",
        "verdict_label",
        "value",
        "kind",
        "finding",
        "checked_on",
        "article",
        "url",
        "topics",
        "sources",
    ];
    let mut rows = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory cannot fail; a row of another length would, and there is none.
    let _ = rows.write_record(head);
    for at in claims {
        let (article, claim) = (pages.site.article_of(*at), pages.site.claim(*at));
        let lang = article.lang;
        let Some(verdict) = pages.verdict(claim.verdict) else {
            continue;
        };
        let kind = claim.kind.and_then(|kind| pages.site.config.kinds.get(kind));
        let row = [
            claim.id.clone(),
            claim.claim.clone(),
            claim.claimant.as_ref().map_or("", |party| pages.site.name_of(party, lang)).to_owned(),
            claim.claimed_on.map(|date| date.to_string()).unwrap_or_default(),
            verdict.id.clone(),
            verdict.label.get(lang).to_owned(),
            verdict.value.map(|value| value.to_string()).unwrap_or_default(),
            kind.map_or("", |kind| kind.id.as_str()).to_owned(),
            claim.finding.clone(),
            pages.site.checked_on(*at).to_string(),
            pages.url(&pages.site.path_of(Position::Article(at.article))),
            pages.url(&pages.site.claim_path(*at)),
            article.topics.join("; "),
            claim.sources.iter().filter_map(|source| source.url.as_deref()).collect::<Vec<_>>().join(" "),
        ];
        let _ = rows.write_record(row.iter().map(|cell| inert(cell)));
    }
    rows.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What makes a spreadsheet take a cell for a formula at its beginning, after OWASP's list
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula: an apostrophe leads what could be one. A program
/// that splits at semicolons or tabs makes cells of its own, whose beginnings count as well.
fn inert(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 2);
    let mut at_start = true;
    for c in cell.chars() {
        if at_start && FORMULA.contains(&c) {
            out.push('\'');
        }
        at_start = matches!(c, ';' | '\t' | '\r' | '\n') || (at_start && (c == ' ' || c == '"'));
        out.push(c);
    }
    if out.starts_with(['\t', '\r', '\n']) { format!("'{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"] {
            assert!(inert(formula).trim_start().starts_with('\''), "{formula}");
        }
        assert_eq!(inert("Klaim;=1+1"), "Klaim;'=1+1");
        assert_eq!(inert("10.000 tentara"), "10.000 tentara");
    }
}
