//! Checks what documents say of each other: links, mentions, corrections, names.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Site, Unresolved, circulated, history};
use crate::config::Lang;
use crate::content::markdown::Body;
use crate::content::{Article, Looked, Party, Target};
use crate::diagnostic::{Code, Diagnostic, Few, did_you_mean};
use crate::source::Source;
use crate::yaml::{Part, is_safe_id};

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let found: Vec<Diagnostic> = site
        .articles
        .par_iter()
        .flat_map_iter(|article| {
            let mut found = Vec::new();
            names(site, article, &mut found);
            claims(site, article, &mut found);
            history::check(site, article, &mut found);
            links(site, article.body(&Looked::unnoted()), article.lang, &article.yaml.source, &mut found);
            found
        })
        .collect();
    diagnostics.extend(found);
    circulated::check(site, diagnostics);
    for page in &site.pages {
        links(site, &page.body, page.lang, &page.yaml.source, diagnostics);
    }
    for person in site.people() {
        links(site, &person.body, person.lang, &person.yaml.source, diagnostics);
    }
}

/// A plain name has a capital letter or a space; what looks like an id must have its file.
fn names(site: &Site, article: &Arc<Article>, diagnostics: &mut Vec<Diagnostic>) {
    let mut check = |name: &str, path: Vec<Part>| {
        if !is_safe_id(name) || site.person(name, article.lang).is_some() {
            return;
        }
        let help = match did_you_mean(name, site.people_ids()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!(
                "make the file `content/people/{name}.md`, or write the name with its capital letters"
            ),
        };
        diagnostics.push(
            Diagnostic::at(
                Code::UnknownPerson,
                &article.yaml.source,
                article.span(&path),
                format!("there is nobody with the id `{name}`"),
            )
            .help(help),
        );
    };
    for (index, name) in article.authors.iter().enumerate() {
        check(name, vec![Part::key("authors"), Part::Index(index)]);
    }
    for (index, name) in article.reviewers.iter().enumerate() {
        check(name, vec![Part::key("reviewers"), Part::Index(index)]);
    }
    for claim in &article.claims {
        if let Some(Party::Named(name)) = &claim.claimant {
            check(name, vec![Part::key("claims"), Part::Index(claim.index), Part::key("claimant")]);
        }
    }
}

fn claims(site: &Site, article: &Arc<Article>, diagnostics: &mut Vec<Diagnostic>) {
    for mention in &article.mentions {
        let path = [Part::key("mentions"), Part::Index(mention.index), Part::key("claim")];
        if site.find_claim(&mention.claim, article.lang).is_none() && !may_be_unreadable(site, &mention.claim)
        {
            diagnostics.push(unknown_claim(site, article, &mention.claim, &path));
        }
    }
    for correction in &article.corrections {
        let Some(id) = &correction.claim else {
            continue;
        };
        if article.claims.iter().any(|claim| claim.id == *id) {
            continue;
        }
        let path = [Part::key("corrections"), Part::Index(correction.index), Part::key("claim")];
        let help = match did_you_mean(id, article.claims.iter().map(|claim| claim.id.as_str())) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "name a claim of this article, or leave `claim` out".to_owned(),
        };
        diagnostics.push(
            Diagnostic::at(
                Code::UnknownClaim,
                &article.yaml.source,
                article.span(&path),
                format!("this article has no claim `{id}`"),
            )
            .help(help),
        );
    }
}

/// Whether a claim that is nowhere may stand in a file that cannot be read.
fn may_be_unreadable(site: &Site, id: &str) -> bool {
    site.is_unreadable(None) && !site.is_held_claim(id)
}

fn unknown_claim(site: &Site, article: &Arc<Article>, id: &str, path: &[Part]) -> Diagnostic {
    claim_problem(site, id, article.lang, &article.yaml.source, article.span(path))
}

fn claim_problem(
    site: &Site,
    id: &str,
    lang: Lang,
    source: &Arc<Source>,
    span: crate::source::Span,
) -> Diagnostic {
    if site.is_held_claim(id) {
        return Diagnostic::at(
            Code::UnpublishedLink,
            source,
            span,
            format!("the claim `{id}` is held back for now"),
        )
        .help("readers see the words without the link until it appears");
    }
    let ids =
        [lang, Lang::MAIN].into_iter().flat_map(|lang| site.edition(lang).by_id.keys().map(String::as_str));
    let help = match did_you_mean(id, ids) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "give the id of a claim of this site".to_owned(),
    };
    Diagnostic::at(Code::UnknownClaim, source, span, format!("there is no claim `{id}`")).help(help)
}

fn links(site: &Site, body: &Body, lang: Lang, source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) {
    let mut few = Few::default();
    for link in &body.links {
        let Err(reason) = site.resolve(&link.target, lang, body, &Looked::unnoted()) else {
            continue;
        };
        let blameless = match (&reason, &link.target) {
            (Unresolved::Missing, Target::Document(path, _)) => site.is_unreadable(Some(path)),
            (Unresolved::Missing, Target::Claim(id)) => may_be_unreadable(site, id),
            _ => false,
        };
        if blameless {
            continue;
        }
        let span = link.span.clone();
        let code = match (&reason, &link.target) {
            (Unresolved::Held, _) => Code::UnpublishedLink,
            (Unresolved::Missing, Target::Claim(_)) => Code::UnknownClaim,
            _ => Code::BrokenLink,
        };
        few.add(code, || match (&reason, &link.target) {
            (Unresolved::NoFragment(fragment), _) => {
                let message = format!("there is no heading or passage `#{fragment}` there");
                let diagnostic = Diagnostic::at(code, source, span, message);
                match did_you_mean(fragment, body.ids.iter().map(String::as_str)) {
                    Some(close) if matches!(link.target, Target::Fragment(_)) => {
                        diagnostic.help(format!("did you mean `#{close}`?"))
                    }
                    _ => diagnostic.help("a heading's id is its text in small letters, with hyphens"),
                }
            }
            (_, Target::Claim(id)) => claim_problem(site, id, lang, source, span),
            (Unresolved::Held, _) => {
                Diagnostic::at(code, source, span, "this leads to an article that is held back for now")
                    .help("readers see the words without the link until it appears")
            }
            (Unresolved::Missing, _) => {
                Diagnostic::at(code, source, span, "this leads to a file that is not a page of the site")
                    .help("link to a file of `content/articles` or `content/pages`")
            }
        });
    }
    diagnostics.extend(few.told());
}
