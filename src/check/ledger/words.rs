//! Words of two versions, compared and put into messages.

use crate::yaml::clip;

/// Whether two texts say the same: line breaks and indentation are the editor's.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// A text for a message: on one line, and not longer than one.
pub(super) fn shown(text: &str) -> String {
    clip(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text as it can be pasted into YAML, on one line.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_no_change() {
        assert!(same("Bumi\n  datar.", "Bumi datar."));
        assert!(!same("Bumi datar.", "Bumi bulat."));
        assert_eq!(quoted("kata \"x\"\n\\y"), r#""kata \"x\" \\y""#);
    }
}
