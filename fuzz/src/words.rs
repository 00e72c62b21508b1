//! What two ways of writing the same words have in common.

use unicode_normalization::UnicodeNormalization as _;

/// The letters and digits of a text, taken apart: all that quotation marks, hyphens and white space leave.
pub fn letters(text: &str) -> String {
    // Both are typed as apostrophes.
    let is_apostrophe = |c: &char| matches!(c, '\u{2b9}' | '\u{2bc}');
    text.nfd().filter(|c| c.is_alphanumeric() && !is_apostrophe(c)).collect()
}
