//! Text for XML.

use std::borrow::Cow;

use crate::html::escape;

/// Makes text safe as XML text and in attributes. Characters that XML 1.0 (section 2.2) has no way
/// to write are left out.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) {
        let kept: String = text.chars().filter(|c| !forbidden(*c)).collect();
        return Cow::Owned(escape(&kept).into_owned());
    }
    escape(text)
}
