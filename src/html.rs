//! Escaping for HTML and XML text, and for addresses.

use std::borrow::Cow;

/// Makes `text` safe as HTML or XML text and inside a quoted attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    Cow::Owned(out)
}

/// As [`escape`], appending to `out`.
pub fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Whether a text may not have a character: the HTML standard forbids control characters, XML 1.0 (section 2.2)
/// some of them and the last two of 16 bits. No page or feed could carry them.
pub fn is_unusable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether one of the characters of `text` is [unusable](is_unusable).
pub fn has_unusable(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out of the loop, several bytes are looked at at once.
    let is_low = |byte: u8| byte == 0x7f || (byte < b' ' && byte != b'\n' && byte != b'\t' && byte != b'\r');
    if bytes.iter().fold(false, |found, byte| found | is_low(*byte)) {
        return true;
    }
    // All others begin with one of these two bytes.
    let mut others = memchr::memchr2_iter(0xc2, 0xef, bytes);
    others.any(|at| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_unusable))
}

/// `text` with every byte but RFC 3986's unreserved ones and those in `kept` as `%41`: nothing can take it for
/// anything else than text.
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    percent_encode_into(&mut out, text, kept);
    out
}

/// As [`percent_encoded`], appending to `out`.
pub fn percent_encode_into(out: &mut String, text: &str, kept: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut bytes = Vec::with_capacity(text.len() * 2);
    let stays = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~')
            || (byte.is_ascii() && kept.contains(&byte))
    };
    for byte in text.bytes() {
        if stays(byte) {
            bytes.push(byte);
        } else {
            bytes.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
    // What stays is ASCII.
    out.push_str(std::str::from_utf8(&bytes).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_text() {
        assert_eq!(percent_encoded("a b&c#d=\"e\"\n+%", b""), "a%20b%26c%23d%3D%22e%22%0A%2B%25");
        assert_eq!(percent_encoded("😀é", b""), "%F0%9F%98%80%C3%A9");
        assert_eq!(percent_encoded("مرحبا", b""), "%D9%85%D8%B1%D8%AD%D8%A8%D8%A7");
        assert_eq!(percent_encoded("A-z_0.9~", b""), "A-z_0.9~");
        assert_eq!(percent_encoded("a/b:c é", b"/:"), "a/b:c%20%C3%A9");
        // A byte of a longer character is never kept.
        assert_eq!(percent_encoded("é", "é".as_bytes()), "%C3%A9");
    }

    #[test]
    fn leaves_nothing_that_could_end_its_place() {
        assert_eq!(escape("\"><script>alert('1')&"), "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;");
        assert!(matches!(escape("biasa"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn every_character_that_no_page_can_carry_is_seen() {
        let known =
            ['\0', '\u{8}', '\u{b}', '\u{c}', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{ffff}'];
        assert!(known.into_iter().all(is_unusable));
        assert!(!['\t', '\n', '\r', ' ', '~', '\u{a0}', '\u{feff}', '\u{fffd}'].into_iter().any(is_unusable));
        for c in ('\0'..='\u{2ff}').chain('\u{e000}'..='\u{10010}') {
            assert_eq!(has_unusable(&format!("a\u{bf}{c}\u{fffd}b")), is_unusable(c), "{c:?}");
        }
    }
}
