//! Checks links that are written as paths of the site.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Site;
use super::plan::Plan;
use crate::content::Target;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{Source, Span};
use crate::yaml::{Part, Spot};

/// Links that are written as paths of the site (`/claims/`), in texts and in the menu.
pub(super) fn check(site: &Site, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    // A page that is gone may be linked from everywhere.
    let mut advice = FxHashMap::default();
    let bodies = site
        .articles
        .iter()
        .map(|article| (&article.body, &article.yaml))
        .chain(site.pages.iter().map(|page| (&page.body, &page.yaml)))
        .chain(site.people().into_iter().map(|person| (&person.body, &person.yaml)));
    for (body, yaml) in bodies {
        for link in &body.links {
            if let Target::Path(path, _) = &link.target
                && plan.get(path.split('?').next().unwrap_or(path)).is_none()
            {
                let help =
                    "link to a file, `[words](other.md)`, so that the link follows when addresses change";
                diagnostics.push(broken(&mut advice, plan, path, &yaml.source, link.span.clone(), help));
            }
        }
    }
    let yaml = &site.config.yaml;
    let help = "a page of `content/pages` stands at `/<its name>/`, a list at a path such as `/claims/`";
    for (index, item) in site.config.menu.iter().enumerate() {
        if item.url.starts_with('/') && plan.get(&item.url).is_none() {
            let span = yaml.find(&[Part::key("menu"), Part::Index(index), Part::key("url")], Spot::Value);
            diagnostics.push(broken(&mut advice, plan, &item.url, &yaml.source, span, help));
        }
    }
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
