//! `archive-of-other`: a copy of another page proves nothing about this one.

use crate::check::addresses::{leads_elsewhere, same_page};
use crate::check::archives::original;
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::clip;

pub(super) const RULE: Rule = Rule { code: Code::ArchiveOfOther, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim) {
            let (Some(url), Some(archived)) = (one.url, one.archived) else {
                continue;
            };
            let Some(held) = original(archived) else {
                continue;
            };
            // Where the address is a copy already, both are of one page.
            let own = original(url);
            let page = own.as_deref().unwrap_or(url);
            // An archive keeps a page under the address at which it arrived.
            if same_page(&held, page) || leads_elsewhere(page) {
                continue;
            }
            let message = format!("this is a copy of `{}`, not of this {}", clip(&held), one.what);
            let path = claim.path(&one.path("url"));
            found.push(
                at_claim(Code::ArchiveOfOther, article, claim, &one.path("archived"), message)
                    .other(&article.yaml.source, article.span(&path), "of which it should be a copy")
                    .help(
                        "write the address of a copy of this page; if the page has moved, write its \
                        new address as `url`",
                    ),
            );
        }
    }
}
