//! Escaping for HTML and XML text.

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

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn leaves_nothing_that_could_end_its_place() {
        assert_eq!(escape("\"><script>alert('1')&"), "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;");
        assert!(matches!(escape("biasa"), std::borrow::Cow::Borrowed(_)));
    }
}
