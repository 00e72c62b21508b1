//! `no-archive`: pages vanish and change; what a verdict stands on must be readable as it was.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::NoArchive, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        let missing = |list: &'static str, index: usize, what: &str, url: &str| {
            let path = [Part::key(list), Part::Index(index), Part::key("url")];
            at_claim(Code::NoArchive, article, claim, &path, format!("{what} has no archived copy"))
                .help(format!("save {url} at https://web.archive.org/save and add `archived:` with the copy's address"))
        };
        for (index, source) in claim.sources.iter().enumerate() {
            if let (Some(url), None, None) = (&source.url, &source.archived, &source.file) {
                found.push(missing("sources", index, "this source", url));
            }
        }
        for (index, place) in claim.appearances.iter().enumerate().filter(|(_, place)| place.archived.is_none()) {
            found.push(missing("appearances", index, "this appearance", &place.url));
        }
    }
}
