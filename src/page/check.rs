//! What is wrong between a site and its theme: files of the theme that pages and settings name and
//! that are not there, and files that seem to stand where nothing looks for them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::digest::sha256;
use crate::site::{Site, spreads};
use crate::theme::Theme;
use crate::yaml::{Part, Spot};

/// The template of pages that choose none.
pub(super) const PAGE: &str = "page.html";

/// Everything that is wrong between a site and its theme.
pub fn check(site: &Site, theme: &Theme) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = site
        .pages
        .iter()
        .filter_map(|page| {
            let (code, message, help) = refusal(page.template.as_deref()?, theme)?;
            let span = page.yaml.find(&[Part::key("template")], Spot::Value);
            Some(Diagnostic::at(code, &page.yaml.source, span, message).help(help))
        })
        .collect();
    let config = &site.config;
    let logos = [(config.logo.as_deref(), "theme"), (config.publisher.logo.as_deref(), "publisher")];
    for (logo, group) in logos {
        let Some(logo) = logo.filter(|logo| !theme.statics.contains_key(*logo)) else {
            continue;
        };
        let span = config.yaml.find(&[Part::key(group), Part::key("logo")], Spot::Value);
        let help = match did_you_mean(logo, theme.statics.keys().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "the path counts from `static/`".to_owned(),
        };
        let message = format!("there is no file `static/{logo}`");
        diagnostics.push(Diagnostic::at(Code::MissingFile, &config.yaml.source, span, message).help(help));
    }
    let named: BTreeSet<&str> = site
        .pages
        .iter()
        .filter_map(|page| page.template.as_deref())
        .chain(logos.iter().filter_map(|(logo, _)| *logo))
        .collect();
    diagnostics.extend(theme.misplaced(&named));
    for (name, file) in &theme.statics {
        if let Cow::Owned(bytes) = &file.bytes
            && let Some(claim) = site.claim_of_copy(|| sha256(bytes))
        {
            let help = "keep it beside the article and name it in `media` of the claim only";
            let path = format!("static/{name}");
            diagnostics.push(Diagnostic::file(Code::CirculatedMedia, path, spreads(claim)).help(help));
        }
    }
    diagnostics
}

/// Why a page cannot have this template.
fn refusal(name: &str, theme: &Theme) -> Option<(Code, String, String)> {
    let for_pages = |name: &str| {
        let is_own = theme.templates.get(name).is_some_and(|template| template.own);
        name == PAGE || (is_own && theme.is_new(name) && !name.starts_with("components/"))
    };
    if for_pages(name) {
        return None;
    }
    if theme.templates.contains_key(name) {
        let message = format!("`{name}` is not made for pages");
        let help = format!("name a template of your own in `templates/`; it sees what `{PAGE}` sees");
        return Some((Code::UnknownValue, message, help));
    }
    let message = format!("there is no template `templates/{name}`");
    let known = || theme.templates.keys().map(String::as_str).filter(|name| for_pages(name));
    let meant = name.strip_prefix("templates/").unwrap_or(name);
    let meant = if meant.ends_with(".html") { meant.to_owned() } else { format!("{meant}.html") };
    let help = match did_you_mean(&meant, known()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "give the name of a file in `templates/`, such as `landing.html`".to_owned(),
    };
    Some((Code::MissingFile, message, help))
}
