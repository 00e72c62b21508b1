//! `social-without-archive`: posts are taken down first, often by those who spread a hoax.

use crate::check::addresses::is_social;
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};

pub(super) const RULE: Rule = Rule { code: Code::SocialWithoutArchive, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim).filter(|one| one.archived.is_none() && !one.has_file) {
            let Some(url) = one.url.filter(|url| is_social(url)) else {
                continue;
            };
            let message = format!(
                "this {} is a post that can be gone tomorrow, and has no archived \
                copy",
                one.what
            );
            found.push(at_claim(Code::SocialWithoutArchive, article, claim, &one.path("url"), message).help(
                format!(
                    "save {url} at https://archive.ph or https://web.archive.org/save and add `archived:` \
                    with the copy's address"
                ),
            ));
        }
    }
}
