//! Characters that no page can carry, in texts: as they are, or as references such as `&#1;`.

use super::Body;
use crate::content::file::File;
use crate::diagnostic::{Code, Few};
use crate::html::{has_unusable, is_unusable};
use crate::source::Span;
use crate::yaml::unusable_at;

/// The longest reference that can mean one: `&#x0000001f;`.
const LONGEST: usize = 12;

pub(super) fn check(file: &File, body: &Body, few: &mut Few) {
    let text = file.body_text();
    let mut report = |c: char, span: Span| {
        few.add(Code::BadText, || {
            let place = file.body.start + span.start..file.body.start + span.end;
            unusable_at(file.source(), place, c)
        });
    };
    if has_unusable(text) {
        for (at, c) in text.char_indices().filter(|(_, c)| is_unusable(*c)) {
            report(c, at..at + c.len_utf8());
        }
    } else if text.contains("&#") && shows(body) {
        // In code, a reference is only words; what is shown says that one of them is not.
        for (at, _) in text.match_indices("&#") {
            if let Some((c, length)) = reference(&text[at..]).filter(|(c, _)| is_unusable(*c)) {
                report(c, at..at + length);
            }
        }
    }
}

/// Whether something of a text has come out as such a character.
fn shows(body: &Body) -> bool {
    let mut of_pictures = body.pictures.iter().flat_map(|shown| [&shown.title, &shown.picture.alt]);
    has_unusable(&body.html) || of_pictures.any(|words| has_unusable(words))
}

/// The character that a reference at the beginning of `text` means, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let digits = &text[2..end];
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((char::from_u32(number.ok()?)?, end + 1))
}
