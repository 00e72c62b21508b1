//! Checks the life of an article: dates in their order, changed verdicts with their reasons, and
//! language versions that agree.

use jiff::civil::Date;

use super::Site;
use super::edition::ClaimRef;
use crate::config::Lang;
use crate::content::{Article, Claim, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

/// Checks one article by itself.
pub(super) fn check(site: &Site, article: &Article, diagnostics: &mut Vec<Diagnostic>) {
    let first = article.date.date;
    let today = site.now.date();
    // An article that is still to come may speak of days to come.
    let latest = today.max(first);
    let mut order = |path: Vec<Part>, date: Date, what: &str| {
        let problem = if date < first {
            format!("{what} on {date}, before the article appeared on {first}")
        } else if date > latest {
            format!("{what} on {date}, which is in the future")
        } else {
            return;
        };
        diagnostics.push(
            Diagnostic::at(Code::BadOrder, &article.yaml.source, article.span(&path), problem)
                .help("one of the two dates is wrong; readers and the public ledger rely on both"),
        );
    };
    if let Some(updated) = &article.updated {
        order(vec![Part::key("updated")], updated.date, "it was updated");
    }
    if let Status::Withdrawn { date, .. } = &article.status {
        order(vec![Part::key("withdrawn"), Part::key("date")], *date, "it was withdrawn");
    }
    for correction in &article.corrections {
        let path = vec![Part::key("corrections"), Part::Index(correction.index), Part::key("date")];
        order(path, correction.date, "it was corrected");
    }
    for claim in &article.claims {
        for past in &claim.history {
            let path = vec![Part::key("claims"), Part::Index(claim.index), Part::key("history")];
            order(path, past.date, "an earlier verdict was given");
        }
    }
    for claim in &article.claims {
        verdict(article, claim, diagnostics);
    }
}

/// A verdict that changed is told by a correction of its claim, on or after the day from which the
/// last earlier verdict stood.
fn verdict(article: &Article, claim: &Claim, diagnostics: &mut Vec<Diagnostic>) {
    let Some(last) = claim.history.last() else {
        return;
    };
    let path = [Part::key("claims"), Part::Index(claim.index), Part::key("history")];
    let at = |message: String| {
        Diagnostic::at(Code::UnexplainedVerdict, &article.yaml.source, article.span(&path), message)
    };
    if last.verdict == claim.verdict {
        diagnostics.push(
            at(format!("the last earlier verdict of `{}` is the present one", claim.id))
                .help("`history` lists the verdicts before the present one, oldest first"),
        );
        return;
    }
    let told = article.corrections.iter().any(|correction| {
        correction.claim.as_deref() == Some(claim.id.as_str()) && correction.date >= last.date
    });
    if !told {
        diagnostics.push(at(format!("the verdict of `{}` changed, but no correction says when and why", claim.id)).help(
            format!(
                "add to `corrections`: `- {{date: {}, claim: {}, note: \"...\"}}` with the day of the change",
                last.date, claim.id
            ),
        ));
    }
}

/// Compares the versions of claims in further languages with those in the main one.
pub(super) fn translations(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for edition in site.editions.iter().filter(|edition| edition.lang != Lang::MAIN) {
        let mut ids: Vec<(&String, ClaimRef)> = edition.by_id.iter().map(|(id, at)| (id, *at)).collect();
        ids.sort_unstable();
        for (id, at) in ids {
            if let Some(main) = site.edition(Lang::MAIN).by_id.get(id) {
                compare(site, *main, at, diagnostics);
            }
        }
    }
    for article in site.articles.iter().filter(|article| article.lang != Lang::MAIN) {
        state(site, article, diagnostics);
    }
}

fn compare(site: &Site, main: ClaimRef, other: ClaimRef, diagnostics: &mut Vec<Diagnostic>) {
    let (article, original) = (site.article_of(other), site.article_of(main));
    let (claim, first) = (site.claim(other), site.claim(main));
    let place =
        |claim: &Claim, key: &str| vec![Part::key("claims"), Part::Index(claim.index), Part::key(key)];
    let mut differs = |key: &str, message: String, help: &str| {
        diagnostics.push(
            Diagnostic::at(
                Code::TranslationDiffers,
                &article.yaml.source,
                article.span(&place(claim, key)),
                message,
            )
            .other(&original.yaml.source, original.span(&place(first, key)), "in the other language")
            .help(help),
        );
    };
    if article.key != original.key {
        let message = format!("the claim id `{}` belongs to another article in the main language", claim.id);
        differs("id", message, "give this claim another id; if it is the same claim, use `mentions`");
        return;
    }
    let ids = |index: usize| site.config.scale.verdicts.get(index).map_or("", |verdict| verdict.id.as_str());
    if claim.verdict != first.verdict {
        let message = format!(
            "`{}` is `{}` here and `{}` in the main language",
            claim.id,
            ids(claim.verdict),
            ids(first.verdict)
        );
        differs("verdict", message, "the two pages are declared to say the same; make the verdicts agree");
    }
    let past = |claim: &Claim| claim.history.iter().map(|past| (past.date, past.verdict)).collect::<Vec<_>>();
    if past(claim) != past(first) {
        let message =
            format!("`{}` has another history of verdicts here than in the main language", claim.id);
        differs("history", message, "repeat every earlier verdict with its date in both versions");
    }
}

/// A translation is published, drafted and withdrawn together with its original.
fn state(site: &Site, article: &Article, diagnostics: &mut Vec<Diagnostic>) {
    let at = |key: &str, message: &str| {
        Diagnostic::at(
            Code::TranslationDiffers,
            &article.yaml.source,
            article.span(&[Part::key(key)]),
            message.to_owned(),
        )
        .help("give both versions the same `status` and `date`")
    };
    if site.is_hidden(&article.key, Lang::MAIN) {
        diagnostics
            .push(at("status", "the original of this translation is held back, but this version is not"));
        return;
    }
    let Some(super::Position::Article(index)) = site.document(&article.key, Lang::MAIN) else {
        return;
    };
    let original = &site.articles[index];
    let withdrawn = |article: &Article| matches!(article.status, Status::Withdrawn { .. });
    if withdrawn(article) != withdrawn(original) {
        diagnostics.push(at("status", "only one of the two language versions is withdrawn"));
    }
}
