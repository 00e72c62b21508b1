//! Text from files made fit for a terminal.
//!
//! A claim copied from a chat may hold escape sequences or marks that turn the writing direction;
//! printed raw, they could recolour, reorder or forge what the desk reads.

use std::borrow::Cow;

/// Text that may have several lines: line ends stay, tabs become a space.
pub(super) fn paragraph(text: &str) -> Cow<'_, str> {
    replace(text, |c| match c {
        '\n' => '\n',
        '\t' => ' ',
        other => visible(other),
    })
}

/// Text that must stay on its line, such as a path: line ends and tabs are shown as symbols.
pub(super) fn phrase(text: &str) -> Cow<'_, str> {
    replace(text, visible)
}

/// A line of a source: tabs stay, because the renderer widens them and its underlines alike.
pub(super) fn code(text: &str) -> Cow<'_, str> {
    replace(text, |c| if c == '\t' { c } else { visible(c) })
}

fn replace(text: &str, shown: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// The character itself, or what stands for it if a terminal would obey or hide it.
/// Always one for one, so that columns stay what they are.
fn visible(c: char) -> char {
    match c {
        '\u{00}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // C1 controls: a terminal reads U+009B as the start of an escape sequence.
        '\u{80}'..='\u{9f}'
        // Marks, embeddings, overrides and isolates of the writing direction.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // Line and paragraph separators.
        | '\u{2028}' | '\u{2029}'
        // Invisible: zero width space, word joiner and its kin, byte order mark, tags.
        | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(phrase("a\u{1b}[31mb\u{7}\n"), "a␛[31mb␇␊");
        assert_eq!(phrase("x\u{9b}2J\u{202e}y\u{2066}\u{feff}"), "x�2J�y��");
        assert_eq!(paragraph("satu\n\tdua\r"), "satu\n dua␍");
        assert_eq!(code("\ta\u{7f}"), "\ta␡");
        assert!(matches!(code("biasa é 😀"), Cow::Borrowed(_)));
    }
}
