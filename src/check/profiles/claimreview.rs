//! `profile-claimreview`: Google's guideline for ClaimReview, as far as the desk's files decide it.
//!
//! What the markup of every claim's page has by construction is in `page/claimreview.rs`; the criteria
//! here look at the data that goes into it.

use rustc_hash::FxHashSet;

use super::ratings::{rating_label, rating_numbers, rating_table};
use super::seen::{Seen, counted, number, of};
use super::survey::{Survey, published};
use super::{Certainty, Criterion, Profile};
use crate::config::Lang;
use crate::content::{Description, Party, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Recipe, address};
use crate::yaml::{Part, Spot};

pub(super) const PROFILE: Profile = Profile {
    code: Code::ProfileClaimreview,
    name: "claimreview",
    title: "Google's guideline for ClaimReview structured data",
    document: "https://developers.google.com/search/docs/appearance/structured-data/factcheck",
    basis: "The guideline as it stood on 2025-12-10. Google Search shows no fact-check snippets since 2025; \
            Fact Check Explorer and its API still read the markup.",
    criteria: CRITERIA,
};

use Certainty::Read;

const CRITERIA: &[Criterion] = &[
    Criterion {
        id: "claim-reviewed",
        title: "The claim in one short sentence",
        asks: "`claimReviewed` is there, and has at most 75 characters.",
        source: "ClaimReview, `claimReviewed`",
        certainty: Read,
        person: None,
        judge: claim_reviewed,
    },
    Criterion {
        id: "claim-words",
        title: "The claim without its verdict",
        asks: "`claimReviewed` tells what was claimed, and does not judge it.",
        source: "ClaimReview, `claimReviewed`",
        certainty: Read,
        person: None,
        judge: claim_words,
    },
    Criterion {
        id: "rating-label",
        title: "A verdict in words",
        asks: "`reviewRating` has an `alternateName` that people understand.",
        source: "Rating, `alternateName`",
        certainty: Read,
        person: None,
        judge: rating_label,
    },
    Criterion {
        id: "rating-numbers",
        title: "Numbers that make a scale",
        asks: "`worstRating` is at least 1 and less than `bestRating`, `ratingValue` lies between them, and \
               higher is truer.",
        source: "Rating, `ratingValue`, `bestRating`, `worstRating`",
        certainty: Read,
        person: None,
        judge: rating_numbers,
    },
    Criterion {
        id: "rating-table",
        title: "A table of numbers and verdicts",
        asks: "Where checks carry numbers, a page of the site tells which verdict each stands for.",
        source: "Rating, `ratingValue`",
        certainty: Read,
        person: None,
        judge: rating_table,
    },
    Criterion {
        id: "page-url",
        title: "An address on the site's own host",
        asks: "`url` is the page of the check itself, on its own domain, not a redirect or short link.",
        source: "ClaimReview, `url`",
        certainty: Read,
        person: None,
        judge: page_url,
    },
    Criterion {
        id: "one-review",
        title: "One ClaimReview a page",
        asks: "A page carries one ClaimReview, and a review stands on one page only.",
        source: "technical guidelines",
        certainty: Read,
        person: None,
        judge: one_review,
    },
    Criterion {
        id: "claim-author",
        title: "Who made the claim",
        asks: "`itemReviewed.author` has a name; it is left out where nobody knows.",
        source: "Claim, `author`",
        certainty: Read,
        person: Some("whether nobody can know, where no claimant is named"),
        judge: claim_author,
    },
    Criterion {
        id: "claim-author-elsewhere",
        title: "The same claimant elsewhere",
        asks: "`itemReviewed.author.sameAs` leads to the person or organisation.",
        source: "Claim, `author.sameAs`",
        certainty: Read,
        person: None,
        judge: claim_author_elsewhere,
    },
    Criterion {
        id: "claim-date",
        title: "When the claim was made",
        asks: "`itemReviewed.datePublished` is recommended.",
        source: "Claim, `datePublished`",
        certainty: Read,
        person: None,
        judge: claim_date,
    },
    Criterion {
        id: "claim-appearance",
        title: "Where the claim was made",
        asks: "`itemReviewed.appearance` or `firstAppearance` is recommended.",
        source: "Claim, `appearance`, `firstAppearance`",
        certainty: Read,
        person: None,
        judge: claim_appearance,
    },
    Criterion {
        id: "publisher",
        title: "Who publishes the check",
        asks: "`author` has a name or an address.",
        source: "ClaimReview, `author`",
        certainty: Read,
        person: Some("whether the publisher is a political entity, which may not use the markup"),
        judge: publisher,
    },
    Criterion {
        id: "outside-claims",
        title: "Claims of others",
        asks: "The claim comes from outside the desk.",
        source: "content guidelines",
        certainty: Read,
        person: None,
        judge: outside_claims,
    },
    Criterion {
        id: "sources",
        title: "Sources are cited",
        asks: "Readers see what the check rests on.",
        source: "content guidelines",
        certainty: Read,
        person: None,
        judge: sources,
    },
    Criterion {
        id: "several-checks",
        title: "Several checks",
        asks: "The site has several pages with the markup.",
        source: "eligibility",
        certainty: Read,
        person: None,
        judge: several_checks,
    },
    Criterion {
        id: "corrections",
        title: "A way to report errors",
        asks: "The site has a corrections policy or a way to report errors.",
        source: "eligibility",
        certainty: Read,
        person: None,
        judge: super::shared::corrections_policy,
    },
    Criterion {
        id: "visible-verdict",
        title: "What the page shows",
        asks: "The page shows the verdict of the markup, and at least a summary of the check.",
        source: "technical guidelines",
        certainty: Read,
        person: Some("the pages, where the desk has templates of its own: only they decide what is shown"),
        judge: visible_verdict,
    },
];

fn claim_count(survey: &Survey<'_>) -> usize {
    survey.claims().count()
}

/// Claims for which something is missing, as one criterion.
fn each_claim(
    survey: &Survey<'_>,
    met: &str,
    lacks: impl Fn(&crate::content::Article, &crate::content::Claim) -> Option<Diagnostic>,
) -> Seen {
    let missing: Vec<Diagnostic> =
        survey.claims().filter_map(|(article, claim)| lacks(article, claim)).collect();
    let whole = claim_count(survey);
    let words = format!("{} {met}", of(whole - missing.len(), whole));
    let mut seen = Seen::met([counted(words)]);
    for diagnostic in missing {
        seen.miss(diagnostic);
    }
    seen
}

fn claim_reviewed(survey: &Survey<'_>) -> Seen {
    let seen = each_claim(survey, "say what was claimed", |article, claim| {
        let message = "the markup of this claim says nothing";
        claim.claim.is_empty().then(|| survey.at_claim(article, claim, &[Part::key("claim")], message))
    });
    survey.by_rule(Code::LongClaim, seen)
}

fn claim_words(survey: &Survey<'_>) -> Seen {
    let words = format!("{} looked at", number(claim_count(survey), "claim"));
    survey.by_rule(Code::VerdictInClaim, Seen::met([counted(words)]))
}

fn page_url(survey: &Survey<'_>) -> Seen {
    let base = &survey.site().config.base;
    let path = address::fixed(&survey.site().config, Lang::MAIN, "claims/");
    let mut seen = Seen::met([survey.fact("Every claim's page stands below", &path)]);
    let is_local = base.host.ends_with(".local") || base.host.ends_with(".localhost");
    if !base.host.contains('.') || is_local || base.host.parse::<std::net::IpAddr>().is_ok() {
        let message = format!("nobody outside can open pages at `{}`", base.host);
        let span = survey.site().config.yaml.find(&[Part::key("base_url")], Spot::Value);
        seen.miss(
            Diagnostic::at(survey.code, &survey.site().config.yaml.source, span, message)
                .help("write where the site will stand: `base_url: https://name.github.io/repository/`"),
        );
    }
    seen
}

/// Pages of articles carry no ClaimReview, and every claim has a page of its own.
fn one_review(survey: &Survey<'_>) -> Seen {
    let pages = survey.facts.plan.routes().filter(|route| matches!(route.recipe, Recipe::Claim(..))).count();
    let words = format!("{} with a claim each; articles carry no ClaimReview", number(pages, "page"));
    survey.by_rule(Code::DuplicateClaimWords, Seen::met([counted(words)]))
}

fn claim_author(survey: &Survey<'_>) -> Seen {
    let whole = claim_count(survey);
    let named = survey.claims().filter(|(_, claim)| claim.claimant.is_some()).count();
    survey.by_rule(Code::NoClaimant, Seen::met([counted(format!("{} name who made them", of(named, whole)))]))
}

/// Only a person or an organisation can be found elsewhere; a chain message cannot.
fn claim_author_elsewhere(survey: &Survey<'_>) -> Seen {
    let site = survey.site();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut seen = Seen::default();
    let found = |description: &Description| !description.same_as.is_empty();
    let is_somebody = |description: &Description| description.kind.is_some();
    for (article, claim) in survey.claims() {
        let help = "add where else they are known: `same_as: [\"https://www.wikidata.org/wiki/...\"]`";
        match &claim.claimant {
            Some(Party::Described(description)) if is_somebody(description) && !found(description) => {
                let message = format!("nothing tells which `{}` this is", description.name);
                seen.miss(survey.at_claim(article, claim, &[Part::key("claimant")], message).help(help));
            }
            Some(Party::Named(name)) if known.insert(name) => {
                let Some(person) = site.person(name, article.lang) else {
                    continue;
                };
                if is_somebody(&person.description) && !found(&person.description) {
                    let span = person.yaml.find(&[Part::key("name")], Spot::Value);
                    let message = format!("nothing tells which `{}` this is", person.description.name);
                    seen.miss(Diagnostic::at(survey.code, &person.yaml.source, span, message).help(help));
                }
            }
            _ => {}
        }
    }
    seen.facts.push(counted(format!("{} with a file or a plain name", number(known.len(), "claimant"))));
    seen
}

fn claim_date(survey: &Survey<'_>) -> Seen {
    each_claim(survey, "say when they were made", |article, claim| {
        let message = "nothing tells when this was claimed";
        claim.claimed_on.is_none().then(|| {
            survey
                .at_claim(article, claim, &[Part::key("claim")], message)
                .help("add the day, if it is known: `claimed_on: 2026-01-31`")
        })
    })
}

fn claim_appearance(survey: &Survey<'_>) -> Seen {
    each_claim(survey, "say where they were made", |article, claim| {
        let message = "nothing tells where this was claimed";
        claim.appearances.is_empty().then(|| {
            survey.at_claim(article, claim, &[Part::key("claim")], message).help(
                "add where it can be read: `appearances: [{url: \"https://...\", archived: \"https://...\"}]`",
            )
        })
    })
}

fn publisher(survey: &Survey<'_>) -> Seen {
    let publisher = &survey.site().config.publisher;
    let mut seen = Seen::met([survey.fact(publisher.name.as_str(), "/")]);
    if publisher.name.is_empty() {
        let message = "nobody is named who publishes the checks";
        seen.miss(
            survey
                .at_setting(&[Part::key("publisher")], message)
                .help("add below `publisher`: `name: \"...\"`"),
        );
    }
    seen
}

fn outside_claims(survey: &Survey<'_>) -> Seen {
    let site = survey.site();
    each_claim(survey, "are not the desk's own", |article, claim| {
        let claimant = claim.claimant.as_ref()?;
        let name = site.name_of(claimant, article.lang);
        let own = name == site.config.publisher.name
            || article.authors.iter().any(|author| site.named(author, article.lang) == name);
        own.then(|| {
            survey
                .at_claim(article, claim, &[Part::key("claimant")], "the desk checks a claim of its own")
                .help("name who made the claim outside the desk, or tell it as an article without claims")
        })
    })
}

fn sources(survey: &Survey<'_>) -> Seen {
    let mut seen = Seen::met([counted(format!("{} looked at", number(claim_count(survey), "claim")))]);
    super::shared::unsourced(survey, &mut seen);
    seen
}

fn several_checks(survey: &Survey<'_>) -> Seen {
    let count = survey.figures.claims;
    let path = address::fixed(&survey.site().config, Lang::MAIN, "claims/");
    let mut seen = Seen::met([survey.fact(number(count, "claim"), &path)]);
    if count < 2 {
        let message = "one page with the markup is no fact-checking site";
        let seen_at = survey.at_setting(&[Part::key("title")], message);
        seen.miss(seen_at.help("publish more checks before you rely on the markup being read"));
    }
    seen
}

fn visible_verdict(survey: &Survey<'_>) -> Seen {
    let withdrawn =
        published(survey.site()).filter(|article| matches!(article.status, Status::Withdrawn { .. })).count();
    Seen::for_a_person([
        counted("the theme writes verdict and finding from the same data as the markup"),
        counted(format!("{} without markup", number(withdrawn, "withdrawn article"))),
    ])
}
