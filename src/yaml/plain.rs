//! Reads YAML that is laid out plainly, without the parser: most front matter is keys, texts in
//! quotation marks and lists, and the parser is the most costly part of reading an archive.
//!
//! Whatever is not plain beyond doubt (values over several lines, anchors, tags, unusual
//! characters or numbers, every mistake) is left to the parser, which alone decides what is YAML and
//! what is wrong with it. Debug builds, a property and a fuzzing target compare both.

use super::Node;

/// How deep groups and lists may stand here. The parser's own bound is higher.
const DEEPEST: usize = 24;
/// Longer keys are left to the parser, which has a bound of its own for them.
const LONGEST_KEY: usize = 80;

/// The tree of a YAML text, if it is plain.
pub(super) fn read(text: &str) -> Option<Node> {
    if !has_plain_characters(text) {
        return None;
    }
    let mut reader = Reader { text, next: 0, line: None };
    reader.advance();
    // An empty text is for the parser.
    let node = reader.block(0, reader.line?.depth)?;
    reader.line.is_none().then_some(node)
}

/// Whether there is neither a tab nor anything that YAML takes for the end of a line, for a byte order
/// mark, or for no character at all.
fn has_plain_characters(text: &str) -> bool {
    let control = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
    if text.as_bytes().iter().any(control) {
        return false;
    }
    let special = |c: char| {
        matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    text.is_ascii() || !text.contains(special)
}

/// A line that has words: how far it is indented, and its words without spaces at the end.
#[derive(Clone, Copy)]
struct Line<'t> {
    depth: usize,
    words: &'t str,
}

impl Line<'_> {
    fn is_item(self) -> bool {
        self.words.starts_with("- ")
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Where the line after this one begins.
    next: usize,
    line: Option<Line<'t>>,
}

impl<'t> Reader<'t> {
    /// Goes to the next line with words that are no comment.
    fn advance(&mut self) {
        let bytes = self.text.as_bytes();
        self.line = None;
        while self.next < bytes.len() {
            let end =
                memchr::memchr(b'\n', &bytes[self.next..]).map_or(bytes.len(), |length| self.next + length);
            let line = self.text[self.next..end].trim_end_matches(' ');
            self.next = end + 1;
            let words = line.trim_start_matches(' ');
            if !words.is_empty() && !words.starts_with('#') {
                self.line = Some(Line { depth: line.len() - words.len(), words });
                return;
            }
        }
    }

    /// The list or group whose first line is this one.
    fn block(&mut self, level: usize, depth: usize) -> Option<Node> {
        if level > DEEPEST {
            return None;
        }
        if self.line?.is_item() { self.list(level, depth) } else { self.group(level, depth) }
    }

    fn group(&mut self, level: usize, depth: usize) -> Option<Node> {
        let mut entries = Vec::new();
        while let Some(line) = self.line.filter(|line| line.depth >= depth) {
            if line.depth > depth || line.is_item() {
                return None;
            }
            let (key, value) = key(line.words)?;
            entries.push((key.to_owned(), self.value(level, depth, value)?));
        }
        Some(Node::Map(entries))
    }

    fn list(&mut self, level: usize, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        while let Some(line) = self.line.filter(|line| line.depth >= depth) {
            if line.depth > depth {
                return None;
            }
            if !line.is_item() {
                break;
            }
            let words = line.words[1..].trim_start_matches(' ');
            if key(words).is_some() {
                // The group begins on the line of its dash, as if that were indentation.
                let inner = depth + line.words.len() - words.len();
                self.line = Some(Line { depth: inner, words });
                items.push(self.block(level + 1, inner)?);
            } else {
                items.push(self.scalar(depth, words)?);
            }
        }
        Some(Node::List(items))
    }

    /// What follows a key at `depth`: on its line, or in the lines below.
    fn value(&mut self, level: usize, depth: usize, words: &str) -> Option<Node> {
        if !(words.is_empty() || words.starts_with('#')) {
            return self.scalar(depth, words);
        }
        self.advance();
        match self.line {
            // A list may stand as far to the left as its key.
            Some(line) if line.depth > depth || (line.depth == depth && line.is_item()) => {
                self.block(level + 1, line.depth)
            }
            _ => Some(Node::Null),
        }
    }

    /// A value that begins and ends on this line.
    fn scalar(&mut self, depth: usize, words: &str) -> Option<Node> {
        let node = match words.as_bytes().first()? {
            b'"' | b'\'' | b'[' | b'{' => {
                let mut rest = words;
                let node = enclosed(&mut rest, 0)?;
                let after = rest.trim_start_matches(' ');
                let is_done = after.is_empty() || (after.starts_with('#') && after.len() < rest.len());
                is_done.then_some(node)?
            }
            _ => {
                let words = words.find(" #").map_or(words, |comment| words[..comment].trim_end_matches(' '));
                if words.contains(": ") || words.ends_with(':') {
                    return None;
                }
                word(words)?
            }
        };
        self.advance();
        // Otherwise the value goes on, or something is wrong.
        self.line.is_none_or(|line| line.depth <= depth).then_some(node)
    }
}

/// The key that a line begins with, and the words after its colon.
fn key(words: &str) -> Option<(&str, &str)> {
    let bytes = words.as_bytes();
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = bytes.iter().position(|byte| !is_letter(byte))?;
    let begins_well = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    if !begins_well || length > LONGEST_KEY || bytes[length] != b':' || is_special(&words[..length]) {
        return None;
    }
    let rest = &words[length + 1..];
    (rest.is_empty() || rest.starts_with(' ')).then(|| (&words[..length], rest.trim_start_matches(' ')))
}

/// Whether a word is none that every parser takes for a text.
fn is_special(word: &str) -> bool {
    ["null", "true", "false", "nan", "inf", "infinity"].iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// A value without quotation marks.
fn word(words: &str) -> Option<Node> {
    let text = || Some(Node::Text(words.to_owned()));
    let bytes = words.as_bytes();
    match *bytes.first()? {
        b'0'..=b'9' => number(words),
        b'A'..=b'Z' | b'a'..=b'z' if is_special(words) => match words {
            "true" => Some(Node::Bool(true)),
            "false" => Some(Node::Bool(false)),
            "null" => Some(Node::Null),
            _ => None,
        },
        b'A'..=b'Z' | b'a'..=b'z' | b'/' | b'(' | 0x80.. => text(),
        _ => None,
    }
}

/// A value that begins with a digit: a whole number, a day, or words.
fn number(words: &str) -> Option<Node> {
    let bytes = words.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        let is_plain = bytes.len() <= 18 && (bytes.len() == 1 || bytes[0] != b'0');
        return is_plain.then(|| words.parse().ok().map(Node::Int))?;
    }
    let is_day = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && matches!(bytes.get(10), None | Some(b'T'));
    // No number has a space in it.
    (is_day || words.contains(' ')).then(|| Node::Text(words.to_owned()))
}

/// A value in quotation marks or brackets at the beginning of `rest`, which is left after it.
fn enclosed(rest: &mut &str, level: usize) -> Option<Node> {
    if level > DEEPEST {
        return None;
    }
    match rest.as_bytes().first()? {
        b'"' => double_quoted(rest).map(Node::Text),
        b'\'' => single_quoted(rest).map(Node::Text),
        b'[' => in_brackets(rest, b']', |rest| inside(rest, level)).map(Node::List),
        b'{' => {
            let entry = |rest: &mut &str| {
                let (name, value) = key(rest)?;
                *rest = value;
                Some((name.to_owned(), inside(rest, level)?))
            };
            in_brackets(rest, b'}', entry).map(Node::Map)
        }
        _ => None,
    }
}

/// A value within brackets.
fn inside(rest: &mut &str, level: usize) -> Option<Node> {
    if matches!(rest.as_bytes().first()?, b'"' | b'\'' | b'[' | b'{') {
        return enclosed(rest, level + 1);
    }
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || matches!(c, ' ' | '-' | '_' | '.' | '/');
    let end = rest.find(|c| !is_plain(c))?;
    let node = word(rest[..end].trim_end_matches(' '))?;
    *rest = &rest[end..];
    Some(node)
}

/// What stands between brackets, divided by commas.
fn in_brackets<T>(
    rest: &mut &str,
    close: u8,
    mut read: impl FnMut(&mut &str) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = Vec::new();
    *rest = rest[1..].trim_start_matches(' ');
    if rest.as_bytes().first() == Some(&close) {
        *rest = &rest[1..];
        return Some(items);
    }
    loop {
        items.push(read(rest)?);
        *rest = rest.trim_start_matches(' ');
        let sign = *rest.as_bytes().first()?;
        if sign != close && sign != b',' {
            return None;
        }
        *rest = &rest[1..];
        if sign == close {
            return Some(items);
        }
        *rest = rest.trim_start_matches(' ');
    }
}

fn double_quoted(rest: &mut &str) -> Option<String> {
    let inner = &rest[1..];
    let bytes = inner.as_bytes();
    let first = memchr::memchr2(b'"', b'\\', bytes)?;
    let mut text = inner[..first].to_owned();
    let mut at = first;
    loop {
        if bytes[at] == b'"' {
            *rest = &inner[at + 1..];
            return Some(text);
        }
        text.push(match bytes.get(at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'n' => '\n',
            b't' => '\t',
            _ => return None,
        });
        at += 2;
        let next = at + memchr::memchr2(b'"', b'\\', &bytes[at..])?;
        text.push_str(&inner[at..next]);
        at = next;
    }
}

fn single_quoted(rest: &mut &str) -> Option<String> {
    let mut inner = &rest[1..];
    let mut text = String::new();
    loop {
        let end = inner.find('\'')?;
        text.push_str(&inner[..end]);
        inner = &inner[end + 1..];
        let Some(after) = inner.strip_prefix('\'') else {
            *rest = inner;
            return Some(text);
        };
        text.push('\'');
        inner = after;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the parser makes of a text.
    fn parsed(text: &str) -> Option<Node> {
        serde_yaml::from_str(text).ok()
    }

    #[test]
    fn front_matter_as_editors_write_it_is_plain() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/articles/2025");
        let mut files = 0;
        for file in std::fs::read_dir(root).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
            let Some(front) = text.strip_prefix("---\n").and_then(|text| text.split("\n---").next()) else {
                continue;
            };
            files += 1;
            assert_eq!(read(front), parsed(front), "{front}");
        }
        assert!(files > 3);
    }

    #[test]
    fn what_is_plain_is_read_as_the_parser_reads_it() {
        for text in [
            "a: 1\nb: two words\nc: \"q: # \\\"x\\\" \\\\ \\n\" # note\nd: 'it''s'\n",
            "a:\n  - x: 1\n    y:\n    - z\n    -   w: \"v\"\n        u: t\n  - q\nb:\n",
            "a: [x, \"y, z\", 3, {b: c, d: [e]}]\nf: {}\ng: []\n# note\n\nh: 2024-11-13\n",
            "- a\n- b: c\n  d: e\n- [f]\n",
            "a: 2024-11-13T10:00:00+07:00\nb: https://x.org/#a\nc: é x#y\nd: true\ne: null\nf: 10 orang\n",
            "a:\n- b\nc: d # e\n",
        ] {
            assert!(read(text).is_some(), "{text}");
            assert_eq!(read(text), parsed(text), "{text}");
        }
    }

    #[test]
    fn what_is_doubtful_is_left_to_the_parser() {
        for text in [
            "",
            "a",
            "a: b: c",
            "a: \"b\n  c\"",
            "a: |\n  b",
            "a: b\n  c",
            "a:\n  b\n",
            "a: &x b",
            "a: *x",
            "a: !t b",
            "a: 1.5",
            "a: 0x1f",
            "a: 007",
            "a: 1e5",
            "a: ~",
            "a: Null",
            "NULL: a",
            "a: -1",
            "a: +1",
            "a: .5",
            "\"a\": b",
            "a: \"\\x41\"",
            "a: 'b",
            "a: [b",
            "a: [b,]",
            "a: [b: c]",
            "a: {b:c}",
            "a: b\n c: d",
            " a: b\nc: d",
            "- a\nb: c",
            "a: \"b\"c",
            "a: \"b\"#c",
            "a:\tb",
            "a: b\r\n",
            "---\na: b",
            "a: b\n...\n",
            "? a\n: b",
            "a: \u{85}",
            "- - a",
            "- # a\n",
            "<<: a",
            "a: 9999999999999999999",
            "a: @b",
            "a: `b`",
            "a: %b",
            "a: 'b' 'c'",
            "a: nan",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_layout_is_read_in_another_way_than_by_the_parser(
            lines in prop::collection::vec(
                (
                    0..4_usize,
                    prop::sample::select(vec!["", "", "- ", "- - ", "-   ", "-"]),
                    prop::sample::select(vec!["a: ", "b: ", "c: ", "a:", "b:", "\"a\": ", "", "true: ", "a b: "]),
                    prop::sample::select(vec![
                        "", "x", "'y'", "\"z\"", "\"z", "z\"", "'y", "|", ">-", "{a: 1, b: 'c, d'}", "{a: 1,", "b: 2}",
                        "[1, 2]", "# a: 1", "x # b", "x: y", "\"a: b\" # c", "null", "~", "-1", "é", "&q x", "*q", "[ ]",
                        "[{a: 1}, {b: 2}]", "{a: {b: 1}}", "https://x.org/#a", "2024-11-13", "1e3", "'a''b'", "\"\\\"\\\\\"",
                        "a, b", "[a b, c-d]", "x:", "{a}", "[a: b]", "on", "012", "12", "a#b", "''", "\"\"", "[é, \"ü\"]",
                    ]),
                    prop::sample::select(vec!["\n", "\n", "\n", "\n\n", " \n", "\n# c\n", "\n    # c\n", "\r\n"]),
                ),
                0..8,
            ),
        ) {
            let text: String = lines
                .iter()
                .map(|(depth, dash, key, value, end)| format!("{}{dash}{key}{value}{end}", "  ".repeat(*depth)))
                .collect();
            if let Some(node) = read(&text) {
                prop_assert_eq!(Some(node), parsed(&text));
            }
        }
    }
}
