//! JSON as sites publish it, which is not always JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::empty::is_nothing;

/// The value, and whether the text had to be mended first. Depth is bounded by the parser (128).
pub(super) fn read(text: &str) -> Result<(Value, bool), String> {
    let bare = unwrapped(text);
    match serde_json::from_str::<Whole>(bare) {
        Ok(value) => Ok((value.0, false)),
        Err(error) => {
            let mended = serde_json::from_str::<Whole>(&mended(bare));
            mended.map(|value| (value.0, true)).map_err(|_| error.to_string())
        }
    }
}

/// A value that loses nothing: a key that is there twice has a list of both values.
struct Whole(Value);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Whole)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Whole(value)) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Whole(value))) = entries.next_entry::<String, Whole>()? {
            match map.get_mut(&key) {
                None => drop(map.insert(key, value)),
                Some(before) if *before == value => {}
                Some(Value::Array(values)) => values.push(value),
                Some(before) => *before = Value::Array(vec![before.take(), value]),
            }
        }
        Ok(Value::Object(map))
    }
}

/// Without the comment or CDATA that old pages put around scripts.
fn unwrapped(text: &str) -> &str {
    let mut bare = text.trim().trim_start_matches('\u{feff}');
    for (before, after) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
        bare = bare
            .strip_prefix(before)
            .map_or(bare, |rest| rest.trim_end().strip_suffix(after).unwrap_or(rest))
            .trim();
    }
    bare.trim_end_matches(';')
}

/// With quotation marks escaped that cannot be the end of a text, control characters escaped, and without commas
/// after the last item.
fn mended(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_text = false;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match c {
            '"' if !in_text => {
                in_text = true;
                out.push(c);
            }
            '"' if ends_text(&chars, at) => {
                in_text = false;
                out.push(c);
            }
            '"' => out.push_str("\\\""),
            '\\' if in_text => {
                // A backslash that begins no escape stands for itself.
                let escapes = chars.get(at + 1).is_some_and(|next| "\"\\/bfnrtu".contains(*next));
                out.push_str(if escapes { "\\" } else { "\\\\" });
                if escapes {
                    at += 1;
                    out.push(chars[at]);
                }
            }
            '\n' if in_text => out.push_str("\\n"),
            '\r' if in_text => out.push_str("\\r"),
            '\t' if in_text => out.push_str("\\t"),
            c if in_text && c.is_control() => {}
            ',' if !in_text && next_of(&chars, at + 1).is_some_and(|next| matches!(next, '}' | ']')) => {}
            c => out.push(c),
        }
        at += 1;
    }
    out
}

fn next_of(chars: &[char], from: usize) -> Option<char> {
    chars.get(from..)?.iter().copied().find(|c| !c.is_whitespace())
}

/// Whether the quotation mark at `at` ends its text: what follows is what may follow a text.
fn ends_text(chars: &[char], at: usize) -> bool {
    let Some(place) = (at + 1..chars.len()).find(|place| !chars[*place].is_whitespace()) else {
        return true;
    };
    match chars[place] {
        ':' => next_of(chars, place + 1).is_some_and(|next| {
            matches!(next, '"' | '{' | '[' | '-' | 't' | 'f' | 'n') || next.is_ascii_digit()
        }),
        '}' | ']' => true,
        ',' => next_of(chars, place + 1)
            .is_some_and(|next| matches!(next, '"' | '{' | '[' | '}' | ']' | '-') || next.is_ascii_digit()),
        _ => false,
    }
}

/// A text of any plain value; nothing for an empty one, or for one that stands for nothing.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(items) => return items.iter().find_map(|item| self::text(Some(item))),
        Value::Object(object) => {
            return ["@value", "name", "url", "@id"].iter().find_map(|key| match object.get(*key)? {
                Value::String(text) if !is_nothing(text) => Some(text.clone()),
                _ => None,
            });
        }
        Value::Null => return None,
    };
    (!is_nothing(&text)).then_some(text)
}

/// A number, also one in quotes.
pub(super) fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

/// The items of a list, or the one value that stands for a list.
pub(super) fn items(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn broken_json_is_mended() {
        for (text, value) in [
            ("{\"a\": \"b\"}", json!({"a": "b"})),
            (
                "{\"a\": \"Ia berkata \"tidak\", lalu pergi\", \"b\": 1}",
                json!({"a": "Ia berkata \"tidak\", lalu pergi", "b": 1}),
            ),
            (
                "{\"a\": 1, \"a\": 2.5, \"a\": true, \"b\": null, \"b\": null}",
                json!({"a": [1, 2.5, true], "b": null}),
            ),
            ("{\"a\": \"satu\ndua\",}", json!({"a": "satu\ndua"})),
            ("<!-- {\"a\": [1,2,]} -->", json!({"a": [1, 2]})),
            ("//<![CDATA[\n{\"a\": \"C:\\dir\"};\n//]]>", json!({"a": "C:\\dir"})),
        ] {
            assert_eq!(read(text).map(|(value, _)| value), Ok(value), "{text}");
        }
        assert!(read("{\"a\": ").is_err());
        assert!(read(&"[".repeat(100_000)).is_err(), "no deep recursion");
    }
}
