//! `unpinned-file`: a file that nobody can exchange unseen is evidence.

use crate::check::fix::still_yaml;
use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Span;
use crate::yaml::{Part, Spot, Yaml};

pub(super) const RULE: Rule = Rule { code: Code::UnpinnedFile, find: Find::Article(find) };

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        for (index, source) in claim.sources.iter().enumerate() {
            let Some(file) = source.file.as_ref().filter(|file| !file.pinned) else {
                continue;
            };
            let path = [Part::key("sources"), Part::Index(index), Part::key("file")];
            let message = "the SHA-256 of this evidence file is not stated";
            let line = format!("sha256: {}", file.sha256);
            let diagnostic = at_claim(Code::UnpinnedFile, article, claim, &path, message)
                .help(format!("add `{line}` below it"));
            let key = article.yaml.find(&claim.path(&path), Spot::Key);
            found.push(match addition(&article.yaml, &key, &diagnostic, &line) {
                Some((span, text)) => diagnostic.fix(span, text),
                None => diagnostic,
            });
        }
    }
}

/// Where an entry can be added after the one whose key stands at `key`, and what it is there.
fn addition(yaml: &Yaml, key: &Span, diagnostic: &Diagnostic, entry: &str) -> Option<(Span, String)> {
    let Place::At(value) = &diagnostic.place else {
        return None;
    };
    let text = &yaml.source.text;
    let line = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..key.start];
    let (at, added) = if before.chars().all(|c| matches!(c, ' ' | '-')) {
        let end = key.start + text[key.start..].find('\n')?;
        let (end, line_end) = if text[..end].ends_with('\r') { (end - 1, "\r\n") } else { (end, "\n") };
        (end, format!("{line_end}{}{entry}", " ".repeat(before.len())))
    } else {
        (value.span.end, format!(", {entry}"))
    };
    // Lines of a group in brackets look like lines of one without.
    still_yaml(yaml, &(at..at), &added).then_some((at..at, added))
}
