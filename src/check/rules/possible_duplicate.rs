//! `possible-duplicate`: a claim that comes back in other words has been checked already.

use crate::check::letters::letters;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{ClaimRef, Position};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::PossibleDuplicate, find: Find::Article(find) };

fn find(facts: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    let Some(Position::Article(index)) = facts.site.document(&article.key, article.lang) else {
        return;
    };
    for (place, claim) in article.claims.iter().enumerate() {
        let at = ClaimRef { article: index, claim: place };
        let before = facts.site.said_before(at).into_iter().map(|(earlier, _)| earlier);
        // The very same words are the matter of `duplicate-claim-words`.
        let is_other = |earlier: &ClaimRef| !letters(&facts.site.claim(*earlier).claim).eq(letters(&claim.claim));
        let Some(earlier) = before.take(1).find(is_other) else {
            continue;
        };
        let (first, known) = (facts.site.article_of(earlier), facts.site.claim(earlier));
        let path = [Part::key("claim")];
        let message = format!("this says nearly the same as the claim `{}`", known.id);
        found.push(
            at_claim(Code::PossibleDuplicate, article, claim, &path, message)
                .other(&first.yaml.source, first.span(&known.path(&path)), "checked before")
                .help(format!(
                    "if it is the same claim, put `{{claim: {}, quote: \"...\"}}` below `mentions` instead",
                    known.id
                ))
                .help("if it is another one, say why: `allow: {possible-duplicate: \"...\"}`"),
        );
    }
}
