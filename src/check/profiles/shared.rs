//! Criteria that several profiles have.

use rustc_hash::FxHashSet;

use super::Fact;
use super::seen::{Seen, counted, number, of};
use super::survey::{Survey, published};
use crate::content::{Page, Target};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{ListKind, address, author_slug};
use crate::yaml::{Part, Spot};

pub(super) fn legal_entity(survey: &Survey<'_>) -> Seen {
    let publisher = &survey.site().config.publisher;
    let mut seen = Seen::met(publisher.legal_name.iter().map(|name| survey.fact(name.as_str(), "/")));
    if publisher.legal_name.is_none() {
        let message = "the legal entity behind the desk is not named";
        seen.miss(
            survey
                .at_setting(&[Part::key("publisher")], message)
                .help("add below `publisher`: `legal_name: \"Perkumpulan ...\"`"),
        );
    }
    seen
}

pub(super) fn contact(survey: &Survey<'_>) -> Seen {
    let config = &survey.site().config;
    let mut seen = Seen::met(config.publisher.email.iter().map(|email| counted(email.as_str())));
    if config.publisher.email.is_none() {
        let message = "readers are given no address to write to";
        seen.miss(
            survey
                .at_setting(&[Part::key("publisher")], message)
                .help("add below `publisher`: `email: redaksi@example.org`"),
        );
    }
    seen
}

/// Where readers send claims, and the page that says what can be checked.
pub(super) fn submit(survey: &Survey<'_>) -> Seen {
    let submit = &survey.site().config.submit;
    let ways = [&submit.url, &submit.whatsapp, &submit.email];
    let mut seen = survey.policy("submit");
    seen.facts.extend(
        ways.iter()
            .copied()
            .flatten()
            .map(|way| if way.starts_with('/') { survey.fact("Form", way) } else { counted(way.as_str()) }),
    );
    if ways.iter().all(|way| way.is_none()) {
        let message = "there is no way to send in a claim";
        seen.miss(
            survey
                .at_setting(&[Part::key("submit")], message)
                .help("add to `site.yaml`: `submit: {email: lapor@example.org}`"),
        );
    }
    seen
}

pub(super) fn methodology(survey: &Survey<'_>) -> Seen {
    survey.policy("methodology")
}

pub(super) fn funding(survey: &Survey<'_>) -> Seen {
    survey.policy("funding")
}

pub(super) fn organisation(survey: &Survey<'_>) -> Seen {
    survey.policy("about")
}

pub(super) fn ethics(survey: &Survey<'_>) -> Seen {
    survey.policy("ethics")
}

pub(super) fn corrections_policy(survey: &Survey<'_>) -> Seen {
    survey.policy("corrections")
}

/// The team's page, and a biography of everyone who writes.
pub(super) fn team(survey: &Survey<'_>) -> Seen {
    let site = survey.site();
    let mut seen = survey.policy("team");
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for article in published(site) {
        for (index, name) in article.authors.iter().enumerate() {
            if !known.insert(name) {
                continue;
            }
            let person = site.person(name, article.lang);
            if let Some(person) = person.filter(|person| person.body.words > 0) {
                let slug = author_slug(site, name, article.lang);
                let path = address::term(&site.config, article.lang, ListKind::Author, &slug);
                seen.facts.push(survey.fact(person.description.name.as_str(), &path));
                survey.unfinished(&person.yaml.source, &person.body, &mut seen);
                continue;
            }
            let span = article.span(&[Part::key("authors"), Part::Index(index)]);
            let id = crate::slug::slug(name);
            let message = format!("nothing tells readers who `{name}` is");
            seen.miss(Diagnostic::at(survey.code, &article.yaml.source, span, message).help(format!(
                "add `content/people/{id}.md` with a biography, and write `authors: [{id}]`:\n---\nname: \
                 \"{name}\"\nrole: \"...\"\n---\nWhat they did before, and what they do here."
            )));
        }
    }
    seen
}

pub(super) fn two_sources(survey: &Survey<'_>) -> Seen {
    let figures = survey.figures;
    let words = format!(
        "{} with two sources that are independent of each other",
        of(figures.two_sources, figures.claims)
    );
    let mut seen = survey.by_rule(Code::FewSources, Seen::met([counted(words)]));
    unsourced(survey, &mut seen);
    seen
}

/// Claims that cite nothing at all.
pub(super) fn unsourced(survey: &Survey<'_>, seen: &mut Seen) {
    for (article, claim) in survey.claims().filter(|(_, claim)| claim.sources.is_empty()) {
        seen.miss(
            survey
                .at_claim(article, claim, &[Part::key("claim")], "this claim cites no source")
                .help("add `sources: [{title: \"...\", publisher: \"...\", url: \"https://...\"}]`"),
        );
    }
}

/// A public list of corrections that readers can find.
pub(super) fn corrections_list(survey: &Survey<'_>) -> Seen {
    let site = survey.site();
    let figures = survey.figures;
    let path = survey.corrections_path();
    let words = format!(
        "{}, {} and {} are listed",
        number(figures.corrections, "correction"),
        number(figures.changed_verdicts, "changed verdict"),
        number(figures.withdrawn, "withdrawn article"),
    );
    let mut seen = Seen::met([survey.fact(words, &path)]);
    let leads_there = |page: &Page| {
        page.body.links.iter().any(|link| matches!(&link.target, Target::Path(to, _) if *to == path))
    };
    let in_menu = site.config.menu.iter().any(|item| item.url == path);
    let pages: Vec<Fact> =
        site.pages.iter().filter(|page| leads_there(page)).map(|page| survey.page(page)).collect();
    if !in_menu && pages.is_empty() {
        let message = "neither the menu nor a page leads to the list of corrections";
        seen.miss(
            survey.at_setting(&[Part::key("menu")], message).help(format!("add to `menu`: `- url: {path}`")),
        );
    }
    if in_menu {
        seen.facts.push(counted("the menu leads there"));
    }
    seen.facts.extend(pages);
    seen
}

/// Whether the corrections policy names a host, where complaints can be taken.
pub(super) fn complaints_at(survey: &Survey<'_>, host: &str, address: &str) -> Seen {
    let pages = || survey.site().pages.iter().filter(|page| page.policy == Some("corrections"));
    let names = |page: &Page| page.yaml.source.text.contains(host);
    let mut seen = Seen::met(pages().filter(|page| names(page)).map(|page| survey.page(page)));
    for page in pages().filter(|page| !names(page)) {
        let span = page.yaml.find(&[Part::key("policy")], Spot::Value);
        let message = "this page does not tell where a complaint can be taken next";
        seen.miss(Diagnostic::at(survey.code, &page.yaml.source, span, message).help(format!(
            "add to the page: `If you are not satisfied with our answer, write to <{address}>.`"
        )));
    }
    if pages().next().is_none() {
        seen = seen.and(survey.policy("corrections"));
    }
    seen
}
