//! `archive-of-itself`: a page is no copy of itself: it goes when the page goes.

use crate::check::addresses::same_page;
use crate::check::archives::is_copy;
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};

pub(super) const RULE: Rule = Rule { code: Code::ArchiveOfItself, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim) {
            let (Some(url), Some(archived)) = (one.url, one.archived) else {
                continue;
            };
            // Where only a copy is left, it may stand in both places.
            if is_copy(url) || !same_page(url, archived) {
                continue;
            }
            let message = format!("the archived copy of this {} is the {} itself", one.what, one.what);
            let path = claim.path(&one.path("url"));
            found.push(
                at_claim(Code::ArchiveOfItself, article, claim, &one.path("archived"), message)
                    .other(&article.yaml.source, article.span(&path), "the same page")
                    .help(format!(
                        "save {url} at https://web.archive.org/save and write the address \
                        that gives here"
                    )),
            );
        }
    }
}
