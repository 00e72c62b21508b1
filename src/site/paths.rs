//! Checks links that are written as paths of the site.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::plan::{Plan, Recipe};
use super::{Position, Site};
use crate::content::markdown::Body;
use crate::content::{Looked, Target};
use crate::diagnostic::{Code, Diagnostic, Few, did_you_mean};
use crate::source::{Source, Span};
use crate::yaml::{Part, Spot};

/// Links that are written as paths of the site (`/claims/`), in texts and in the menu.
pub(super) fn check(site: &Site, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    // A page that is gone may be linked from everywhere.
    let mut advice = FxHashMap::default();
    let looked = Looked::unnoted();
    let bodies = site
        .articles
        .iter()
        .map(|article| (article.body(&looked), &article.yaml))
        .chain(site.pages.iter().map(|page| (&page.body, &page.yaml)))
        .chain(site.people().into_iter().map(|person| (&person.body, &person.yaml)));
    for (body, yaml) in bodies {
        let mut few = Few::default();
        for link in &body.links {
            let Target::Path(path, fragment) = &link.target else {
                continue;
            };
            let Some(route) = plan.get(path.split('?').next().unwrap_or(path)) else {
                let help =
                    "link to a file, `[words](other.md)`, so that the link follows when addresses change";
                few.add(Code::BrokenLink, || {
                    broken(&mut advice, plan, path, &yaml.source, link.span.clone(), help)
                });
                continue;
            };
            let there = fragment.as_deref().zip(body_of(site, &route.recipe, &looked));
            if let Some((fragment, there)) = there.filter(|(fragment, there)| !has(there, fragment)) {
                let span = link.span.clone();
                few.add(Code::BrokenLink, || {
                    let message = format!("there is no heading or passage `#{fragment}` at `{path}`");
                    Diagnostic::at(Code::BrokenLink, &yaml.source, span, message).help(
                        match did_you_mean(fragment, there.ids.iter().map(String::as_str)) {
                            Some(close) => format!("did you mean `#{close}`?"),
                            None => "a heading's id is its text in small letters, with hyphens".to_owned(),
                        },
                    )
                });
            }
        }
        diagnostics.extend(few.told());
    }
    let yaml = &site.config.yaml;
    let help = "a page of `content/pages` stands at `/<its name>/`, a list at a path such as `/claims/`";
    let mut few = Few::default();
    for (index, item) in site.config.menu.iter().enumerate() {
        if item.url.starts_with('/') && plan.get(&item.url).is_none() {
            few.add(Code::BrokenLink, || {
                let span = yaml.find(&[Part::key("menu"), Part::Index(index), Part::key("url")], Spot::Value);
                broken(&mut advice, plan, &item.url, &yaml.source, span, help)
            });
        }
    }
    diagnostics.extend(few.told());
    if let Some(url) = site.config.submit.url.as_deref().filter(|url| url.starts_with('/'))
        && plan.get(url).is_none()
    {
        diagnostics.push(broken(
            &mut advice,
            plan,
            url,
            &yaml.source,
            yaml.find(&[Part::key("submit"), Part::key("url")], Spot::Value),
            help,
        ));
    }
}

/// The text of an article or a page.
fn body_of<'s>(site: &'s Site, recipe: &Recipe, looked: &Looked) -> Option<&'s Body> {
    match recipe {
        Recipe::Article(index) => Some(site.body_of(Position::Article(*index), looked)),
        Recipe::Page(index) => Some(site.body_of(Position::Page(*index), looked)),
        _ => None,
    }
}

/// Whether a fragment leads to something of a text, or to a part of the page around it: the ids of
/// templates begin with `m-`. A directive (<https://wicg.github.io/scroll-to-text-fragment/>) names no id.
fn has(body: &Body, fragment: &str) -> bool {
    fragment.is_empty()
        || fragment.starts_with("m-")
        || fragment.starts_with(":~:")
        || body.ids.iter().any(|id| id == fragment)
}

fn broken(
    advice: &mut FxHashMap<String, Option<String>>,
    plan: &Plan,
    path: &str,
    source: &Arc<Source>,
    span: Span,
    otherwise: &str,
) -> Diagnostic {
    let close = advice.entry(path.to_owned()).or_insert_with(|| close_to(plan, path)).as_ref();
    let help = close.map_or_else(|| otherwise.to_owned(), |close| format!("did you mean `{close}`?"));
    Diagnostic::at(Code::BrokenLink, source, span, format!("there is nothing at `{path}`")).help(help)
}

/// A path of the site that may have been meant.
fn close_to(plan: &Plan, path: &str) -> Option<String> {
    let with_slash = format!("{path}/");
    if plan.get(&with_slash).is_some() {
        return Some(with_slash);
    }
    did_you_mean(path, plan.routes().map(|route| route.path.as_str())).map(str::to_owned)
}
