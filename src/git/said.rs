//! What git and servers say, made fit to be shown.

/// A line in which nothing commands a terminal or turns the writing direction, and no address has a password.
pub(crate) fn plain(line: &str) -> String {
    let plain: String = line.chars().filter(|c| !is_hidden(*c)).map(blank).collect();
    without_secrets(plain.trim())
}

/// The line that complains, or else the first one: before it may stand what git was told to trace.
pub(crate) fn complaint(said: &str) -> String {
    let after = |start: &'static str| said.lines().find_map(move |line| line.strip_prefix(start));
    let line = after("fatal: ").or_else(|| after("error: ")).or_else(|| said.lines().next());
    line.map(plain).filter(|line| !line.is_empty()).unwrap_or_else(|| "it did not say why".to_owned())
}

/// A text whose addresses have no name and password before their host.
pub(crate) fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let is_end = |c: char| matches!(c, '/' | '?' | '#' | '\'' | '"' | '`') || c.is_whitespace();
        let end = after.find(is_end).unwrap_or(after.len());
        let host = after[..end].rfind('@').map_or(0, |at| at + 1);
        rest = &after[host..];
    }
    out + rest
}

fn blank(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// Marks that turn the writing direction, and what takes no room.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let text = "cannot reach 'https://me:s3@cret@example.org/a@b' or ssh://git@example.net";
        assert_eq!(without_secrets(text), "cannot reach 'https://example.org/a@b' or ssh://example.net");
        assert_eq!(without_secrets("\"https://me:x@a.b\" c@d"), "\"https://a.b\" c@d");
    }

    #[test]
    fn a_terminal_is_not_commanded() {
        assert_eq!(plain(" a\u{1b}[31m\tb\u{202e}c "), "a [31m bc");
    }

    #[test]
    fn the_complaint_is_found_between_other_lines() {
        let said = "04:36 trace: run\nwarning: x\nfatal: not 'https://a:b@c/'\nhint: y\n";
        assert_eq!(complaint(said), "not 'https://c/'");
        assert_eq!(complaint("odd\nmore"), "odd");
        assert_eq!(complaint(""), "it did not say why");
    }
}
