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

impl Reader<'_> {
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
        if words == ">-" {
            return self.folded(depth).map(Node::Text);
        }
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

    /// The lines below a key at `depth` that are one paragraph.
    fn folded(&mut self, depth: usize) -> Option<String> {
        let mut text = String::new();
        let mut own = None;
        for raw in self.text.get(self.next..)?.split_inclusive('\n') {
            let line = raw.trim_end_matches('\n');
            let words = line.trim_start_matches(' ');
            let lead = line.len() - words.len();
            // Empty lines and deeper ones mean something of their own, and so do spaces at the end.
            if words.is_empty() || words.ends_with(' ') || lead > own.unwrap_or(lead) {
                return None;
            }
            if lead <= depth {
                break;
            }
            if lead < *own.get_or_insert(lead) {
                return None;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(words);
            self.next += raw.len();
        }
        self.advance();
        own.map(|_| text)
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
