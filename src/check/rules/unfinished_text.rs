//! `unfinished-text`: a note to the newsroom that readers would see.

use std::sync::Arc;

use crate::check::{Find, Rule};
use crate::content::markdown::Body;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

pub(super) const RULE: Rule = Rule { code: Code::UnfinishedText, find: Find::Text(find) };

/// How a note begins, as `meja init` writes it in English and in Indonesian.
const MARKS: [&str; 2] = ["[TODO:", "[ISI:"];

fn find(source: &Arc<Source>, _: &Body, found: &mut Vec<Diagnostic>) {
    let mut marks: Vec<usize> =
        MARKS.iter().flat_map(|mark| source.text.match_indices(mark).map(|(at, _)| at)).collect();
    marks.sort_unstable();
    let Some(first) = marks.first().copied() else {
        return;
    };
    let rest = &source.text[first..];
    let end = rest.find([']', '\n', '\r']).map_or(rest.len(), |end| {
        end + usize::from(rest[end..].starts_with(']'))
    });
    let message = match marks.len() {
        1 => "a note to the newsroom stands in the text".to_owned(),
        more => format!("{more} notes to the newsroom stand in the text; this is the first"),
    };
    found.push(
        Diagnostic::at(Code::UnfinishedText, source, first..first + end, message)
            .help("write for readers what it asks for, and delete the note"),
    );
}
