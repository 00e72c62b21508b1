//! Values as PHP stores them: `a:1:{s:5:"claim";s:2:"..";}`. WordPress keeps the fields of plugins so.

use serde_json::{Map, Value};

/// How deep arrays may be within each other.
const DEEPEST: usize = 32;

/// The value, if the text is one. Objects are not read: nothing of a program is.
pub(super) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    let value = reader.value(0)?;
    (reader.bytes[reader.at..].iter().all(u8::is_ascii_whitespace)).then_some(value)
}

struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let kind = self.take()?;
        if kind == b'N' {
            self.next_is(b';')?;
            return Some(Value::Null);
        }
        self.next_is(b':')?;
        match kind {
            b'b' => self.until(b';').map(|word| Value::Bool(word == "1")),
            b'i' => self.until(b';')?.parse::<i64>().ok().map(Value::from),
            b'd' => self.until(b';')?.parse::<f64>().ok().map(Value::from),
            b's' => {
                let length: usize = self.until(b':')?.parse().ok()?;
                let text = self.text(length)?;
                self.next_is(b';')?;
                Some(Value::String(text))
            }
            b'a' => {
                let count: usize = self.until(b':')?.parse().ok()?;
                self.next_is(b'{')?;
                let mut entries = Map::new();
                for _ in 0..count {
                    let key = match self.value(depth + 1)? {
                        Value::String(key) => key,
                        other => other.to_string(),
                    };
                    entries.insert(key, self.value(depth + 1)?);
                }
                self.next_is(b'}')?;
                let is_list = entries.keys().enumerate().all(|(at, key)| *key == at.to_string());
                Some(if is_list {
                    entries.into_iter().map(|(_, value)| value).collect()
                } else {
                    Value::Object(entries)
                })
            }
            _ => None,
        }
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn next_is(&mut self, wanted: u8) -> Option<()> {
        (self.take()? == wanted).then_some(())
    }

    fn until(&mut self, mark: u8) -> Option<&str> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take(32).position(|byte| *byte == mark)?;
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).ok()
    }

    /// A text in quotation marks. Its length is of the text that was stored: line ends that an export changed and
    /// a host that was moved make it wrong, so the nearest end is looked for if it does not stand there.
    fn text(&mut self, length: usize) -> Option<String> {
        self.next_is(b'"')?;
        let rest = self.bytes.get(self.at..)?;
        let ends = |at: usize| rest.get(at..at.saturating_add(2)) == Some(&b"\";"[..]);
        let length = if ends(length) { length } else { (0..rest.len()).find(|at| ends(*at))? };
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).ok().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn stored_values_are_read() {
        let text = "a:2:{i:0;a:2:{s:5:\"claim\";s:9:\"é \"a\"; b\";s:1:\"n\";i:-1;}i:1;N;}";
        assert_eq!(read(text), Some(json!([{"claim": "é \"a\"; b", "n": -1}, null])));
        assert_eq!(read("s:99:\"abc\";"), Some(json!("abc")));
        assert_eq!(read("O:3:\"Foo\":0:{}"), None);
        assert_eq!(read("a:999999999:{"), None);
        assert_eq!(read(&"a:1:{i:0;".repeat(10_000)), None);
    }
}
