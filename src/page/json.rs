//! JSON as it is written: key by key into one text. Trees of values would be built only to be written once, for
//! every claim in several files.

use std::fmt::Write as _;

/// An object being written; keys keep their order.
#[derive(Debug, Clone)]
pub(super) struct Node(String);

impl Node {
    pub(super) fn new() -> Self {
        Self("{".to_owned())
    }

    /// A node of schema.org.
    pub(super) fn of(kind: &'static str) -> Self {
        Self::new().set("@type", kind)
    }

    /// A node of schema.org that stands alone.
    pub(super) fn alone(kind: &'static str) -> Self {
        Self::new().set("@context", "https://schema.org").set("@type", kind)
    }

    #[must_use]
    pub(super) fn set(mut self, key: &'static str, value: impl Json) -> Self {
        self.begin(key);
        value.write(&mut self.0);
        self
    }

    /// Writes a key.
    fn begin(&mut self, key: &'static str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        string(key, &mut self.0);
        self.0.push(':');
    }

    /// Sets what is there.
    #[must_use]
    pub(super) fn set_some(self, key: &'static str, value: Option<impl Json>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Sets a list that has anything in it.
    #[must_use]
    pub(super) fn set_any<T: Json>(self, key: &'static str, values: Vec<T>) -> Self {
        if values.is_empty() { self } else { self.set(key, values) }
    }

    /// Sets a list, writing one item after the other.
    #[must_use]
    pub(super) fn set_each(mut self, key: &'static str, values: impl Iterator<Item = impl Json>) -> Self {
        self.begin(key);
        items(values, &mut self.0);
        self
    }

    /// The text.
    pub(super) fn text(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// The text as a file: with a line end.
    pub(super) fn line(self) -> String {
        let mut text = self.text();
        text.push('\n');
        text
    }

    /// The text for a script element: nothing in it can end the element or open a comment
    /// (<https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>).
    pub(super) fn for_script(self) -> String {
        let text = self.text();
        // The two separators of lines begin with 0xe2; few texts have any of these bytes.
        if !text.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xe2)) {
            return text;
        }
        let mut out = String::with_capacity(text.len() + 32);
        for c in text.chars() {
            match c {
                '<' => out.push_str("\\u003c"),
                '>' => out.push_str("\\u003e"),
                '&' => out.push_str("\\u0026"),
                '\u{2028}' => out.push_str("\\u2028"),
                '\u{2029}' => out.push_str("\\u2029"),
                c => out.push(c),
            }
        }
        out
    }
}

/// What can stand in JSON.
pub(super) trait Json {
    fn write(&self, out: &mut String);
}

impl Json for str {
    fn write(&self, out: &mut String) {
        string(self, out);
    }
}

impl Json for String {
    fn write(&self, out: &mut String) {
        string(self, out);
    }
}

impl Json for Node {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
        out.push('}');
    }
}

impl Json for usize {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl Json for i64 {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl<T: Json> Json for [T] {
    fn write(&self, out: &mut String) {
        items(self.iter(), out);
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, out: &mut String) {
        self.as_slice().write(out);
    }
}

impl<T: Json + ?Sized> Json for &T {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

/// A list, one item after the other.
fn items(values: impl Iterator<Item = impl Json>, out: &mut String) {
    out.push('[');
    for (nth, value) in values.enumerate() {
        if nth > 0 {
            out.push(',');
        }
        value.write(out);
    }
    out.push(']');
}

/// A text in quotation marks (RFC 8259, section 7).
fn string(text: &str, out: &mut String) {
    out.push('"');
    // Hardly any text has something to escape.
    if !text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..=31 => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        if escape.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Node;

    #[test]
    fn nothing_ends_the_script() {
        let text = Node::new().set("a", "</script><!--\u{2028}&").for_script();
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({"a": "</script><!--\u{2028}&"}));
    }

    #[test]
    fn nodes_stand_in_nodes_and_lists() {
        let inner = || Node::of("Rating").set("ratingValue", -2_i64);
        let node = Node::alone("X").set("one", inner()).set("list", vec![inner(), inner()]).set("n", 3_usize);
        let node = node.set_some("no", None::<&str>).set_any("none", Vec::<String>::new());
        let node = node.set_each("each", [1_i64, 2].into_iter());
        let expected = json!({"@context": "https://schema.org", "@type": "X",
            "one": {"@type": "Rating", "ratingValue": -2},
            "list": [{"@type": "Rating", "ratingValue": -2}, {"@type": "Rating", "ratingValue": -2}], "n": 3, "each": [1, 2]});
        assert_eq!(node.text(), expected.to_string());
        assert_eq!(Node::new().line(), "{}\n");
    }

    proptest! {
        #[test]
        fn texts_are_written_as_the_library_writes_them(text in ".*|[\\x00-\\x7f]*") {
            prop_assert_eq!(Node::new().set("t", text.as_str()).text(), json!({"t": text}).to_string());
        }
    }
}
