//! `site-size`: GitHub refuses large files, and does not publish large sites.

use rustc_hash::FxHashMap;

use crate::check::{Facts, Find, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Recipe;

pub(super) const RULE: Rule = Rule { code: Code::SiteSize, find: Find::Site(find) };

/// GitHub takes no larger file into a repository, in bytes.
const LARGEST_FILE: u64 = 100 * 1024 * 1024;
/// GitHub Pages publishes no larger site, in bytes.
const LARGEST_SITE: u64 = 1_000_000_000;
/// What a page has beside its text, in bytes: a coarse guess.
const PAGE: u64 = 16 * 1024;

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let statics: FxHashMap<&str, u64> =
        facts.statics.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let mut whole = 0_u64;
    for route in facts.plan.routes() {
        let (path, bytes) = match &route.recipe {
            Recipe::File(path) => {
                (Some(format!("content/{path}")), facts.site.files.bytes(path).unwrap_or_default())
            }
            Recipe::Static(name) => {
                (Some(format!("static/{name}")), statics.get(name.as_str()).copied().unwrap_or_default())
            }
            Recipe::Article(index) => {
                (None, PAGE + 2 * facts.site.articles[*index].yaml.source.text.len() as u64)
            }
            Recipe::Data(..) => (None, facts.site.claim_count() as u64 * 1024),
            Recipe::Redirect(_) | Recipe::ClaimJson(_) => (None, 2 * 1024),
            _ => (None, PAGE),
        };
        whole += bytes;
        if let Some(path) = path.filter(|_| bytes > LARGEST_FILE) {
            let message =
                format!("this file has {} MB; GitHub refuses files of more than 100 MB", bytes / 1_048_576);
            found.push(
                Diagnostic::file(Code::SiteSize, path, message)
                    .help("make it smaller, or publish it elsewhere and cite its address"),
            );
        }
    }
    // Near the limit there is still time to do something about it.
    if whole > LARGEST_SITE / 10 * 9 {
        let message =
            format!("the site has about {} MB; GitHub Pages publishes at most 1000 MB", whole / 1_000_000);
        found.push(
            Diagnostic::file(Code::SiteSize, crate::config::FILE, message)
                .help("make pictures and evidence files smaller, or publish the site elsewhere"),
        );
    }
}
