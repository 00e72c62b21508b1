//! `unfinished-archive`: a copy that is being made may never be finished.

use crate::check::archives::{Unfinished, unfinished};
use crate::check::cited::cited;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic, Place};

pub(super) const RULE: Rule = Rule { code: Code::UnfinishedArchive, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for one in cited(claim) {
            let Some((archived, state)) = one.archived.and_then(|url| Some((url, unfinished(url)?))) else {
                continue;
            };
            let say = |message: &str| {
                at_claim(Code::UnfinishedArchive, article, claim, &one.path("archived"), message)
            };
            found.push(match state {
                Unfinished::InProgress(part) => {
                    in_progress(say("this copy was still being made"), archived, part)
                }
                Unfinished::Request => say("this address asks for a copy, it is none")
                    .help("open it, wait until the page is saved, and write the address of the copy here"),
                Unfinished::List => say("this address lists all copies and names none of them")
                    .help("open it, choose the copy that you saw, and write its address here"),
                Unfinished::Moving => say("this address leads to another copy as soon as there is one")
                    .help("open it, and write the address of the copy that you see, with its day, here"),
                Unfinished::Nearest => {
                    say("this address leads to whichever copy is nearest to that time, and names none of them")
                        .help(
                            "open it, and write the address that the browser shows then: 14 digits in it name the copy",
                        )
                }
                Unfinished::Home => say("this is the archive itself, no copy in it")
                    .help("write the address of the copy here"),
            });
        }
    }
}

/// The finished copy has the same address without one part.
fn in_progress(diagnostic: Diagnostic, archived: &str, part: &str) -> Diagnostic {
    let diagnostic =
        diagnostic.help(format!("once it is finished, it stands at `{}`", archived.replacen(part, "", 1)));
    let place = match &diagnostic.place {
        Place::At(label) => label.source.text[label.span.clone()]
            .find(&format!("/{part}"))
            .map(|at| label.span.start + at + 1),
        Place::File(_) => None,
    };
    match place {
        Some(start) => diagnostic.fix(start..start + part.len(), ""),
        None => diagnostic,
    }
}
