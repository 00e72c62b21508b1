//! Two things at one address.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::plan::{Plan, Recipe, Route, alias_path};
use super::{Position, Site};
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::unfit;
use crate::source::{Source, Span};
use crate::yaml::{Part, Spot, clip};

/// Finds addresses that are different to us and the same to a disk: `/a` and `/a/`, `/A/` and
/// `/a/`, a file that would have to be a folder as well.
pub(super) fn find(site: &Site, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    let mut folded: FxHashMap<String, &Route> = FxHashMap::default();
    for route in plan.routes() {
        let path = route.path.as_str();
        if path.chars().any(|c| c.is_ascii_uppercase() || (!c.is_ascii() && c.is_uppercase())) {
            let small = path.to_lowercase();
            // Some capital letters, such as those of mathematics, have no small ones: such a path meets itself.
            let other = plan.get(&small).filter(|other| other.path != path);
            let first = other.or_else(|| folded.get(&small).copied());
            if let Some(first) = first.filter(|first| !is_echo(first, route)) {
                let what = format!("`{}` and `{path}` are the same to Windows and macOS", first.path);
                diagnostics.push(clash(site, first, route, what));
            }
            folded.insert(small, route);
        }
        // These are named by the desk's files; what else has an address has it of a slug or an id.
        if matches!(
            route.recipe,
            Recipe::Static(_) | Recipe::File(_) | Recipe::Picture(_) | Recipe::Redirect(_)
        ) && let Some(why) = unfit(path)
        {
            diagnostics.push(misfit(site, route, why));
        }
        // What Meja itself names never clashes this way; only these have names of the desk's own.
        if matches!(route.recipe, Recipe::Static(_) | Recipe::File(_) | Recipe::Redirect(_)) {
            if let Some(same) = path.strip_suffix("index.html").and_then(|folder| plan.get(folder)) {
                let what = format!("two things would stand at `{}`", same.path);
                diagnostics.push(clash(site, same, route, what));
            }
            let bare = path.trim_end_matches('/');
            let other = if bare.len() < path.len() { bare.to_owned() } else { format!("{path}/") };
            let above = bare.match_indices('/').skip(1).map(|(at, _)| bare[..at].to_owned());
            for file in std::iter::once(other).chain(above).filter_map(|other| plan.get(&other)) {
                let what = format!("`{}` would be a file and a folder", file.path.trim_end_matches('/'));
                diagnostics.push(clash(site, file, route, what));
            }
        }
    }
}

/// Whether two cards are in each other's way: so are their pages, which is said already.
pub(super) fn is_echo(one: &Route, other: &Route) -> bool {
    let is_card = |route: &Route| matches!(route.recipe, Recipe::ArticleCard(_) | Recipe::ClaimCard(_));
    is_card(one) && is_card(other)
}

/// An address that cannot be a file on every system.
fn misfit(site: &Site, route: &Route, why: &str) -> Diagnostic {
    let message = format!("`{}` cannot be an address everywhere: {why}", clip(&route.path));
    match (origin(site, route), &route.recipe) {
        (Some(origin), _) => {
            Diagnostic::at(Code::BadId, &origin.source, origin.span, message).help("choose another")
        }
        (None, Recipe::Static(name)) => {
            Diagnostic::file(Code::BadId, format!("static/{name}"), message).help("rename the file")
        }
        (None, Recipe::File(name) | Recipe::Picture(name)) => {
            Diagnostic::file(Code::BadId, format!("content/{name}"), message).help("rename the file")
        }
        (None, _) => Diagnostic::file(Code::BadId, "content", message).help("choose another"),
    }
}

/// Two things that claim one address.
pub(super) fn clash(site: &Site, one: &Route, other: &Route, what: String) -> Diagnostic {
    let help = "give one of them another `slug`, id or alias";
    match (origin(site, one), origin(site, other)) {
        (Some(one), Some(other)) => {
            let first = if one.named { FROM_NAME } else { "it is first used here" };
            Diagnostic::at(Code::DuplicateAddress, &other.source, other.span, what)
                .label(if other.named { FROM_NAME } else { "" })
                .other(&one.source, one.span, first)
                .help(help)
        }
        (Some(origin), None) | (None, Some(origin)) => {
            Diagnostic::at(Code::DuplicateAddress, &origin.source, origin.span, what)
                .label("Meja itself puts a page or a static file there")
                .help(help)
        }
        (None, None) => {
            let file = match (&one.recipe, &other.recipe) {
                (_, Recipe::Static(name)) | (Recipe::Static(name), _) => format!("static/{name}"),
                _ => "static".to_owned(),
            };
            Diagnostic::file(Code::DuplicateAddress, file, what).help("rename the static file")
        }
    }
}

/// Said where nothing in the file gives the address, so that there are no words to point at.
const FROM_NAME: &str = "this file's name gives it the address";

/// The words that gave something its address, or the beginning of the file whose name did.
struct Origin {
    source: Arc<Source>,
    span: Span,
    named: bool,
}

/// The words that gave something its address.
fn origin(site: &Site, route: &Route) -> Option<Origin> {
    let words = |(source, span)| Origin { source, span, named: false };
    let slug = |yaml: &crate::yaml::Yaml, slug: &str| {
        let span = yaml.find(&[Part::key("slug")], Spot::Value);
        let is_there = yaml.source.text[span.clone()].trim_matches(['"', '\'']) == slug;
        let start = yaml.span.start;
        let span = if is_there { span } else { start..start };
        Origin { source: Arc::clone(&yaml.source), span, named: !is_there }
    };
    match &route.recipe {
        Recipe::Article(index) | Recipe::ArticleCard(index) => {
            Some(slug(&site.articles[*index].yaml, &site.articles[*index].slug))
        }
        Recipe::Page(index) => Some(slug(&site.pages[*index].yaml, &site.pages[*index].slug)),
        Recipe::Claim(at)
        | Recipe::ClaimJson(at)
        | Recipe::ClaimCard(at)
        | Recipe::Embed(at)
        | Recipe::OEmbed(at) => {
            let article = site.article_of(*at);
            let path = [Part::key("claims"), Part::Index(site.claim(*at).index), Part::key("id")];
            Some(words((Arc::clone(&article.yaml.source), article.span(&path))))
        }
        Recipe::Redirect(to) => {
            let found = site
                .articles
                .iter()
                .enumerate()
                .map(|(index, article)| (Position::Article(index), &article.aliases, &article.yaml))
                .chain(
                    site.pages
                        .iter()
                        .enumerate()
                        .map(|(index, page)| (Position::Page(index), &page.aliases, &page.yaml)),
                )
                .filter(|(position, ..)| site.path_of(*position) == *to)
                .find_map(|(_, aliases, yaml)| {
                    let index = aliases.iter().position(|alias| alias_path(alias) == route.path)?;
                    Some((
                        Arc::clone(&yaml.source),
                        yaml.find(&[Part::key("aliases"), Part::Index(index)], Spot::Value),
                    ))
                });
            found.map(words)
        }
        _ => None,
    }
}
