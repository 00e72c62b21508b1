//! `no-archive`: pages vanish and change; what a verdict stands on must be readable as it was.

use crate::check::addresses::is_social;
use crate::check::archives::is_copy;
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};

pub(super) const RULE: Rule = Rule { code: Code::NoArchive, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim).filter(|one| one.archived.is_none() && !one.has_file) {
            // A post on a social network is the matter of a rule that weighs more.
            let Some(url) = one.url.filter(|url| !is_social(url) && !is_copy(url)) else {
                continue;
            };
            let message = format!("this {} has no archived copy", one.what);
            found.push(at_claim(Code::NoArchive, article, claim, &one.path("url"), message).help(format!(
                "save {url} at https://web.archive.org/save and add `archived:` with the copy's address"
            )));
        }
    }
}
