//! What most of a text is: letters of the alphabet and spaces between them. It is folded without a copy of each
//! word; a test holds that the same comes out as by all steps.

use std::ops::Range;

/// The parts of a text that have nothing to do with each other: no step reaches over a punctuation mark
/// with a space behind it.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let ends = |at: &usize| {
            matches!(bytes[*at], b'.' | b',' | b';' | b':' | b'!' | b'?') && bytes[*at + 1] == b' '
        };
        let end = (0..bytes.len() - 1).find(ends).map_or(rest.len(), |at| at + 1);
        let (part, more) = rest.split_at(end);
        rest = more;
        Some(part)
    })
}

/// The words of a part as they stand there, if there is nothing to fold in it but capitals.
pub(super) fn runs(part: &str, runs: &mut Vec<Range<usize>>) -> bool {
    runs.clear();
    let mut start = None;
    for (at, c) in part.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {
                start.get_or_insert(at);
            }
            // What folding takes for a space, too, wherever it stands beside letters.
            ' ' | '\n' | '.' | ',' | ';' | ':' | '?' | '(' | ')' | '"' | '/' | '-' | '“' | '”' | '–'
            | '—' | '…' => {
                runs.extend(start.take().map(|start| start..at));
            }
            _ => return false,
        }
    }
    runs.extend(start.map(|start| start..part.len()));
    // One letter may be part of a word that is spelled out.
    runs.iter().all(|run| run.len() > 1)
}
