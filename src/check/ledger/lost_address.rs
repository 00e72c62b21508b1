//! `lost-address`: bookmarks, search engines and citations know the old address.

use super::LedgerRule;
use super::comparison::Comparison;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Recipe;
use crate::yaml::{Part, Spot};

pub(super) const RULE: LedgerRule = LedgerRule { code: Code::LostAddress, find };

fn find(c: &Comparison<'_>, found: &mut Vec<Diagnostic>) {
    if !c.can_be_lost() {
        return;
    }
    for route in c.before.plan.routes() {
        if let Recipe::Article(old) = route.recipe
            && let Some(intruder) = c.intruder(old, &route.path)
        {
            found.push(taken(c, old, intruder, &route.path));
        }
    }
    for route in c.before.plan.routes().filter(|route| !is_there(c, &route.path)) {
        let path = &route.path;
        let message = format!("`{path}` was published at {} and leads nowhere now", c.past.commit);
        let alias = format!("lead readers on, in what takes its place: `aliases: [{path}]`");
        match &route.recipe {
            Recipe::Article(old) => found.push(article(c, *old, message, &alias)),
            // A claim that is gone is another rule's; this one has moved to another language's folder.
            Recipe::Claim(at) if c.remains(*at) => {
                found.push(c.gone(RULE.code, at.article, None, "slug", message).help(alias));
            }
            Recipe::Page(old) => {
                found.push(page(c, *old, message).help(alias));
            }
            Recipe::Redirect(to) => {
                let message = format!("the old address {message}");
                found.push(redirect(c, to, message).help(alias));
            }
            _ => {}
        }
    }
}

fn article(c: &Comparison<'_>, old: usize, message: String, alias: &str) -> Diagnostic {
    let diagnostic = c.gone(RULE.code, old, None, "slug", message);
    if c.heirs(old).is_empty() {
        diagnostic.help(withdraw(c, "the article")).help(format!("or {alias}"))
    } else {
        diagnostic.help(alias)
    }
}

/// An address that another article took.
fn taken(c: &Comparison<'_>, old: usize, intruder: usize, path: &str) -> Diagnostic {
    let title = &c.before.site.articles[old].title;
    let article = &c.now.site.articles[intruder];
    let message = format!("`{path}` was the address of \u{201c}{title}\u{201d} at {}", c.past.commit);
    super::super::at(RULE.code, article, &[Part::key("slug")], message)
        .help("give this article another `slug`: those who cited the old one would cite this")
        .help(format!("and lead readers on, in the article that moved: `aliases: [{path}]`"))
}

/// A page that is gone, at what is in its file now.
fn page(c: &Comparison<'_>, old: usize, message: String) -> Diagnostic {
    let file = c.before.site.pages[old].yaml.source.path.as_str();
    match c.now.site.pages.iter().find(|page| page.yaml.source.path == file) {
        Some(page) => {
            let span = page.yaml.find(&[Part::key("slug")], Spot::Value);
            Diagnostic::at(RULE.code, &page.yaml.source, span, message)
        }
        None => Diagnostic::file(RULE.code, file, message),
    }
}

/// A redirect that is gone, at what it led to.
fn redirect(c: &Comparison<'_>, to: &str, message: String) -> Diagnostic {
    match c.before.plan.get(to).map(|route| &route.recipe) {
        Some(Recipe::Article(old)) => c.gone(RULE.code, *old, None, "slug", message),
        Some(Recipe::Page(old)) => page(c, *old, message),
        _ => Diagnostic::file(RULE.code, crate::config::FILE, message),
    }
}

/// Whether something stands at an address of then: a page, a redirect, or a file of the desk's own.
pub(super) fn is_there(c: &Comparison<'_>, path: &str) -> bool {
    c.now.plan.get(path).is_some() || (path.ends_with('/') && c.now.plan.get(&format!("{path}index.html")).is_some())
}

/// How to take something back.
pub(super) fn withdraw(c: &Comparison<'_>, what: &str) -> String {
    format!(
        "to take it back, keep {what} with `status: withdrawn` and `withdrawn: {{date: {}, reason: \"...\"}}`",
        c.now.site.now.date()
    )
}
