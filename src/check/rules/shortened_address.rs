//! `shortened-address`: readers should see where a link leads, and it should lead there for ever.

use crate::check::addresses::{host, is_shortened};
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};

pub(super) const RULE: Rule = Rule { code: Code::ShortenedAddress, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim) {
            let addresses = [("url", one.url), ("archived", one.archived)];
            for (key, url) in addresses.into_iter().filter_map(|(key, url)| Some((key, url?))) {
                if is_shortened(url) {
                    let message = format!("`{}` hides where it leads", host(url));
                    found.push(
                        at_claim(Code::ShortenedAddress, article, claim, &one.path(key), message)
                            .help("open it and write the address at which you arrive"),
                    );
                }
            }
        }
    }
}
