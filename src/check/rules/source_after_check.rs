//! `source-after-check`: a check cannot stand on what was not yet written.

use crate::check::{Facts, Find, Rule, at_claim, last_day};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::SourceAfterCheck, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        let (last, key) = last_day(article, claim);
        for (index, source) in claim.sources.iter().enumerate() {
            let Some(date) = source.date.filter(|date| *date > last) else {
                continue;
            };
            let path = [Part::key("sources"), Part::Index(index), Part::key("date")];
            let message = format!("this source is of {date}, but the article was last changed on {last}");
            let words = if key == "date" { "the article's date" } else { "last changed" };
            found.push(
                at_claim(Code::SourceAfterCheck, article, claim, &path, message)
                    .other(&article.yaml.source, article.span(&[Part::key(key)]), words)
                    .help(format!(
                        "if the source came in later, say so: `updated: {date}`; otherwise \
                        put its date right"
                    )),
            );
        }
    }
}
