//! `pasted-paragraph`: text from elsewhere loses its paragraphs when it is pasted.

use std::sync::Arc;

use crate::check::{Facts, Find, Rule};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

pub(super) const RULE: Rule = Rule { code: Code::PastedParagraph, find: Find::Article(find) };

/// From how many lines on a paragraph is looked at.
const LINES: usize = 5;
/// How long the lines are on average at least, in bytes: shorter ones were broken by an editor.
const LENGTH: usize = 100;

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    let source = &article.yaml.source;
    let start = article.yaml.span.end + source.line_at(article.yaml.span.end).len();
    let mut in_code = false;
    let mut lines: Vec<Span> = Vec::new();
    let mut at = start;
    for line in source.text[start..].split_inclusive('\n') {
        let (from, words) = (at, line.trim());
        at += line.len();
        let fence = words.starts_with("```") || words.starts_with("~~~");
        in_code ^= fence;
        if in_code || fence || words.is_empty() || !begins_prose(line) {
            look(source, &lines, found);
            lines.clear();
            continue;
        }
        let lead = line.len() - line.trim_start().len();
        lines.push(from + lead..from + lead + words.len());
    }
    look(source, &lines, found);
}

/// Whether a line belongs to a plain paragraph: lists, tables and quotations end their lines as
/// they must.
fn begins_prose(line: &str) -> bool {
    let is_code = line.starts_with("    ") || line.starts_with('\t');
    let words = line.trim_start();
    let is_numbered = words.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
        && words.starts_with(|c: char| c.is_ascii_digit());
    let is_listed = ["- ", "* ", "+ "].iter().any(|sign| words.starts_with(sign));
    !is_code
        && !is_numbered
        && !is_listed
        && !words.starts_with(['#', '>', '|', '<', '!'])
        && !words.starts_with("[^")
}

fn look(source: &Arc<Source>, lines: &[Span], found: &mut Vec<Diagnostic>) {
    let Some((first, last)) = lines.first().zip(lines.last()).filter(|_| lines.len() >= LINES) else {
        return;
    };
    let whole = |span: &&Span| {
        let words = source.text[(*span).clone()].trim_end_matches(['"', '”', '’', ')', '*', '_']);
        words.ends_with(['.', '!', '?', '…'])
    };
    let ended = lines.iter().filter(whole).count();
    if ended + 1 < lines.len() || (last.end - first.start) / lines.len() < LENGTH {
        return;
    }
    let message = format!("{} lines that each end a sentence make one paragraph", lines.len());
    found.push(
        Diagnostic::at(Code::PastedParagraph, source, first.clone(), message)
            .help("put an empty line between paragraphs: one line end is only a space to a reader")
            .help("words of others belong into a quotation: begin each line with `> `"),
    );
}
