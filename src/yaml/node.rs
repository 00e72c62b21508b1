//! The tree a YAML text is parsed into.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Yaml, plain};
use crate::diagnostic::{Code, Diagnostic};
use crate::html::is_unusable;

/// A YAML value. Mappings keep their order and their duplicate keys, which are problems to report.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A text, quoted or not.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping with text keys.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What an editor would call this kind of value.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "nothing",
            Node::Bool(_) => "true or false",
            Node::Int(_) | Node::Float(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Map(_) => "a group of keys",
        }
    }
}

/// Parses `yaml`. An empty text is an empty mapping.
///
/// # Errors
/// One diagnostic: a parser cannot go on after a syntax error.
pub fn parse(yaml: &Yaml) -> Result<Node, Box<Diagnostic>> {
    if let Some(node) = plain::read(yaml.text()) {
        debug_assert_eq!(parsed(yaml.text()).ok().as_ref(), Some(&node), "{}", yaml.text());
        return Ok(node);
    }
    if let Some(at) = too_deep(yaml.text()) {
        return Err(Box::new(deep(yaml, yaml.span.start + at)));
    }
    match parsed(yaml.text()) {
        Ok(Node::Null) => Ok(Node::Map(Vec::new())),
        Ok(node) => Ok(node),
        Err(error) => Err(Box::new(explain(yaml, &error))),
    }
}

/// What the library makes of a text.
pub(super) fn parsed(text: &str) -> Result<Node, serde_yaml::Error> {
    begin(text);
    serde_yaml::from_str(text)
}

fn explain(yaml: &Yaml, error: &serde_yaml::Error) -> Diagnostic {
    let whole = error.to_string();
    // The position is shown by the report; in the words it would be relative to the front matter.
    let message = whole.split(" at line ").next().unwrap_or(&whole).trim();
    // The way to the value is shown by the report as well.
    let message = message.find("a tag stands").map_or(message, |at| &message[at..]);
    let explain_at = |at: usize, message: &str, help: &str| {
        let line = yaml.source.line_at(at);
        let end = at + line.chars().next().map_or(0, char::len_utf8);
        Diagnostic::at(Code::YamlSyntax, &yaml.source, at..end, format!("the YAML cannot be read: {message}"))
            .help(help)
    };
    if message.contains("control characters") {
        let mut characters = yaml.text().char_indices();
        if let Some((at, c)) = characters.find(|(_, c)| is_unusable(*c)) {
            let start = yaml.span.start + at;
            return super::unusable_at(&yaml.source, start..start + c.len_utf8(), c);
        }
    }
    if message.contains("more than one document") {
        let at = yaml.text().find("\n---").map_or(yaml.span.start, |at| yaml.span.start + at + 1);
        return explain_at(at, "a line `---` begins a second text", "remove the line, or indent it");
    }
    if message.contains("repetition limit") {
        let help = "write the values out instead of repeating them with `&name` and `*name`";
        return explain_at(yaml.span.start, "its aliases make too much of it", help);
    }
    if message.contains("recursion limit") {
        let at = error.location().map_or(yaml.span.start, |place| yaml.offset(place.line(), place.column()));
        return deep(yaml, at);
    }
    // The parser reads to the end of the text for the missing mark; the editor forgot it where the
    // text began.
    if (message.contains("unexpected end of stream") || message.contains("unexpected document indicator"))
        && let Some(at) = unclosed_quote(yaml.text())
    {
        let help =
            "put the same mark at the end of the text; inside it, write `\\\"` for `\"` or `''` for `'`";
        return explain_at(yaml.span.start + at, "this quotation mark is never closed", help);
    }
    let mut at = match error.location() {
        Some(place) => yaml.offset(place.line(), place.column()),
        None => yaml.span.start,
    };
    // libyaml points behind the last line where something is left open; the last line says more.
    let text = &yaml.source.text;
    while at > yaml.span.start && at >= text[..yaml.span.end].trim_end().len() && at > 0 {
        at -= 1;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
    }
    let line = yaml.source.line_at(at);
    let end = at + line.chars().next().map_or(0, char::len_utf8);
    let diagnostic = Diagnostic::at(
        Code::YamlSyntax,
        &yaml.source,
        at..end,
        format!("the YAML cannot be read: {message}"),
    );
    let start_of_line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let whole_line = yaml.source.line_at(start_of_line);
    if whole_line.trim_start_matches(' ').starts_with('\t') {
        diagnostic.help("indent with spaces, never with tabs")
    } else if message.contains("cannot start any token") {
        diagnostic.help("put text that begins with a special character in quotes")
    } else if message.contains("alphabetic or numeric") || message.contains("unknown anchor") {
        diagnostic.help("put text that begins with `*` or `&` in quotes")
    } else if message.contains("expected ',' or ']'") {
        diagnostic.help("close the list with `]`, here or above, and put a comma between its items")
    } else if message.contains("expected ',' or '}'") {
        diagnostic.help("close the group with `}`, here or above, and put a comma between its keys")
    } else if message.contains("mapping values are not allowed") {
        diagnostic.help("a text that contains `: ` must stand in quotes: `title: \"Fakta: ...\"`")
    } else if message.contains("quoted scalar") || message.contains("while scanning") {
        diagnostic.help("look for a quotation mark that is not closed, here or in a line above")
    } else if message.contains("tag") {
        diagnostic.help("YAML tags such as `!name` are not used; put the text in quotes")
    } else {
        diagnostic
            .help("check the indentation of this line and that texts with `:`, `#` or quotes stand in quotes")
    }
}

/// More brackets than this are never open at once: the parser takes no lists that deep.
const MOST_OPEN: usize = 256;

/// Where brackets stand deeper than any list that is read. The parser would go through all of them before it says so, and
/// at each look back at all that are open. In words, brackets are closed: whatever has so many open ones is no text.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    memchr::memchr2_iter(b'[', b'{', text.as_bytes()).nth(MOST_OPEN)?;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MOST_OPEN
    })
}

fn deep(yaml: &Yaml, at: usize) -> Diagnostic {
    let end = at + yaml.source.line_at(at).chars().next().map_or(0, char::len_utf8);
    let message = "the YAML cannot be read: lists or groups stand too deep within each other";
    Diagnostic::at(Code::YamlSyntax, &yaml.source, at..end, message).help("at most 128 levels are read")
}

thread_local! {
    /// How much the text being parsed may still become.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Says what is to be parsed, before it is.
pub(super) fn begin(text: &str) {
    LEFT.set(text.len().saturating_mul(4).saturating_add(4096));
}

/// Counts a value and its words. Without aliases, a text has at most one value a byte and its own words; what becomes
/// much more than the text repeats itself, and would fill the memory.
fn grow<E: serde::de::Error>(words: usize) -> Result<(), E> {
    let left = LEFT.get().checked_sub(words.saturating_add(1));
    LEFT.set(left.unwrap_or_default());
    left.map(|_| ()).ok_or_else(|| E::custom("repetition limit exceeded"))
}

/// Where a quotation mark opens a text that does not end, if one does.
fn unclosed_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // What stands before the place on its line, without spaces: only there a text may begin.
    let mut before = b'\n';
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let opens =
            matches!(byte, b'"' | b'\'') && matches!(before, b'\n' | b':' | b'-' | b',' | b'[' | b'{');
        if opens {
            let start = at;
            at += 1;
            while at < bytes.len() && bytes[at] != byte {
                at += if byte == b'"' && bytes[at] == b'\\' { 2 } else { 1 };
            }
            if at >= bytes.len() {
                return Some(start);
            }
        } else if byte == b'#' && (at == 0 || bytes[at - 1].is_ascii_whitespace()) {
            at += memchr::memchr(b'\n', &bytes[at..])?;
            before = b'\n';
        }
        if !matches!(byte, b' ' | b'\t' | b'\r') {
            before = byte;
        }
        at += 1;
    }
    None
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node, E> {
        grow(0).map(|()| Node::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node, E> {
        grow(0).map(|()| Node::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node, E> {
        grow(0).map(|()| Node::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        grow(0).map(|()| i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Node, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Node, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        grow(0).map(|()| Node::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        grow(value.len()).map(|()| Node::Text(value.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Node, E> {
        grow(value.len()).map(|()| Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        grow(0)?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        grow(0)?;
        let mut entries = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            entries.push((key, map.next_value()?));
        }
        Ok(Node::Map(entries))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::custom("a tag stands where a plain value is expected"))
    }
}

/// A mapping key. Numbers and words such as `true` and `null` are taken as they are written.
pub(super) struct Key(pub(super) String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Node::deserialize(deserializer)? {
            Node::Text(text) => Ok(Key(text)),
            Node::Int(number) => Ok(Key(number.to_string())),
            Node::Float(number) => Ok(Key(number.to_string())),
            Node::Bool(value) => Ok(Key(value.to_string())),
            Node::Null => Ok(Key("null".to_owned())),
            Node::List(_) | Node::Map(_) => Err(D::Error::custom("a key must be a plain word")),
        }
    }
}

/// The keys that stand twice in `map`, with the number of the later occurrence (from 1).
pub(super) fn duplicates(map: &[(String, Node)]) -> Vec<(&str, usize)> {
    // Mappings of the schema are short; a sorted copy would cost more than it saves there, but a
    // hostile mapping of thousands of keys must stay linear, hence the map beyond a few keys.
    let mut seen = std::collections::HashMap::with_capacity(map.len());
    map.iter()
        .filter_map(|(key, _)| {
            let times = seen.entry(key.as_str()).and_modify(|n| *n += 1).or_insert(0_usize);
            (*times > 0).then_some((key.as_str(), *times))
        })
        .collect()
}
