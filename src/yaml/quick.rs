//! Finds places in YAML that is laid out as editors lay it out, without parsing it.
//!
//! A check may report something about every article, and each place found by parsing costs as much
//! as reading its front matter again. Here lines are walked by their indentation. Whatever is not
//! plain enough to be sure of (quoted keys, values over several lines, keys that are not there)
//! is left to the parser.

use super::locate::token_end;
use super::{Part, Spot, Yaml};
use crate::source::Span;

/// Where a value stands: in lines from `start` on whose keys begin at column `depth`, or in
/// brackets at `start`.
#[derive(Clone, Copy)]
enum Place {
    Lines { start: usize, depth: usize },
    Brackets { start: usize },
}

/// One line: how far it is indented, where its words begin, its words.
#[derive(Clone, Copy)]
struct Line<'t> {
    depth: usize,
    at: usize,
    words: &'t str,
}

/// The place of a key or value, if it is certain.
pub(super) fn find(yaml: &Yaml, path: &[Part], spot: Spot) -> Option<Span> {
    if yaml.odd_lines().is_some() {
        return None;
    }
    let mut place = Place::Lines { start: yaml.span.start, depth: 0 };
    for (number, part) in path.iter().enumerate() {
        let is_last = number + 1 == path.len();
        match (part, place) {
            (Part::Key(_, 1..), _) => return None,
            (Part::Key(name, _), _) => {
                let (key, value) = match place {
                    Place::Lines { start, depth } => key_in_lines(yaml, start, depth, name)?,
                    Place::Brackets { start } => key_in_brackets(yaml, start, name)?,
                };
                let below = collection(yaml, key, value, place);
                if is_last {
                    // A list or group in the lines below has no words of its own.
                    let start = if spot == Spot::Key || below.is_some() { key } else { scalar(yaml, value)? };
                    return Some(start..token_end(yaml, start));
                }
                place = match yaml.source.text[value..].chars().next() {
                    Some('{') => Place::Brackets { start: value },
                    _ => below?,
                };
            }
            (Part::Index(index), Place::Lines { start, depth }) => {
                let (at, inner) = item(yaml, start, depth, *index)?;
                if is_last {
                    let start = scalar(yaml, at)?;
                    return Some(start..token_end(yaml, start));
                }
                place = match yaml.source.text[at..].chars().next() {
                    Some('{') => Place::Brackets { start: at },
                    _ => Place::Lines { start: at, depth: inner },
                };
            }
            (Part::Index(_), Place::Brackets { .. }) => return None,
        }
    }
    None
}

/// The lines from `start` on that have words. `start` may stand within its line: what is before it
/// counts as indentation.
fn lines(yaml: &Yaml, start: usize) -> impl Iterator<Item = Line<'_>> {
    let text = &yaml.source.text;
    let begin = text[..start].rfind('\n').map_or(0, |at| at + 1).max(yaml.span.start);
    let mut next = start;
    let mut offset = start - begin;
    std::iter::from_fn(move || {
        while next < yaml.span.end {
            let end = memchr::memchr(b'\n', &text.as_bytes()[next..yaml.span.end])
                .map_or(yaml.span.end, |length| next + length);
            let line = text[next..end].trim_end();
            let words = line.trim_start_matches(' ');
            let lead = line.len() - words.len();
            let found = Line { depth: offset + lead, at: next + lead, words };
            (next, offset) = (end + 1, 0);
            if !words.is_empty() && !words.starts_with('#') {
                return Some(found);
            }
        }
        None
    })
}

/// Whether a line says by itself where its value ends.
fn is_whole(line: Line<'_>) -> bool {
    let mut words = line.words;
    while let Some(rest) = words.strip_prefix("- ") {
        words = rest.trim_start_matches(' ');
    }
    let value = match split_key(words) {
        Some((_, value)) if !words.starts_with(['"', '\'', '[', '{']) => value,
        _ => words,
    };
    let is_closed =
        |sign: char| value.len() > 1 && (value.ends_with(sign) || value.contains(&format!("{sign} #")));
    match value.chars().next() {
        Some(sign @ ('"' | '\'')) => is_closed(sign),
        Some('[' | '{') => {
            let count = |sign: char| value.matches(sign).count();
            (is_closed(']') || is_closed('}')) && count('[') == count(']') && count('{') == count('}')
        }
        // Anchors, references, tags, keys of several lines.
        Some('&' | '*' | '!' | '?' | '%' | '@' | '`' | '\t') => false,
        _ => true,
    }
}

/// A line's key, and what follows its colon.
fn split_key(words: &str) -> Option<(&str, &str)> {
    let colon = words
        .bytes()
        .enumerate()
        .position(|(at, byte)| byte == b':' && matches!(words.as_bytes().get(at + 1), None | Some(b' ')))?;
    Some((&words[..colon], words[colon + 1..].trim_start_matches(' ')))
}

/// Where a key and its value begin in a group of lines.
fn key_in_lines(yaml: &Yaml, start: usize, depth: usize, name: &str) -> Option<(usize, usize)> {
    for line in lines(yaml, start) {
        if line.depth < depth || !is_whole(line) {
            return None;
        }
        // A list may stand as far to the left as its key.
        if line.depth > depth || line.words.starts_with("- ") || line.words == "-" {
            continue;
        }
        if line.words.starts_with(['"', '\'', '[', '{', '#']) {
            return None;
        }
        let (key, value) = split_key(line.words)?;
        if key == name {
            return Some((line.at, line.at + line.words.len() - value.len()));
        }
    }
    None
}

/// The lines of the list or group below a key without a value on its line.
fn collection(yaml: &Yaml, key: usize, value: usize, place: Place) -> Option<Place> {
    let Place::Lines { .. } = place else {
        return None;
    };
    let mut lines = lines(yaml, key);
    let own = lines.next()?;
    let rest = &own.words[value - own.at..];
    if !(rest.is_empty() || rest.starts_with('#')) {
        return None;
    }
    let first = lines.next()?;
    let is_list = first.words.starts_with("- ");
    let is_below = first.depth > own.depth || (first.depth == own.depth && is_list);
    let opens =
        is_list || (split_key(first.words).is_some() && !first.words.starts_with(['"', '\'', '[', '{']));
    (is_below && opens && is_whole(first)).then_some(Place::Lines { start: first.at, depth: first.depth })
}

/// Where the words of an item of a list begin, and their column.
fn item(yaml: &Yaml, start: usize, depth: usize, index: usize) -> Option<(usize, usize)> {
    let mut count = 0;
    for line in lines(yaml, start) {
        if line.depth < depth || !is_whole(line) {
            return None;
        }
        if line.depth > depth {
            continue;
        }
        let words = line.words.strip_prefix("- ")?;
        if count == index {
            let lead = words.len() - words.trim_start_matches(' ').len() + 2;
            return Some((line.at + lead, line.depth + lead));
        }
        count += 1;
    }
    None
}

/// Where a key and its value begin in brackets that close on their line.
fn key_in_brackets(yaml: &Yaml, open: usize, name: &str) -> Option<(usize, usize)> {
    let line = yaml.source.line_at(open);
    let bytes = line.as_bytes();
    let skip = |mut at: usize| {
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        at
    };
    let mut at = skip(1);
    loop {
        if matches!(bytes.get(at)?, b'"' | b'\'' | b'{' | b'[' | b'}' | b'?' | b'&' | b'*' | b'!') {
            return None;
        }
        let (key, value) = split_key(&line[at..])?;
        let value = line.len() - value.len();
        if key.contains([',', '}', '{', '[', ']']) {
            return None;
        }
        if key == name {
            return Some((open + at, open + value));
        }
        at = end_of_value(bytes, value)?;
        at = skip(at);
        match bytes.get(at)? {
            b',' => at = skip(at + 1),
            _ => return None,
        }
    }
}

/// The end of a value in brackets: the comma or bracket after it, or the end of its quotation.
fn end_of_value(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    match bytes.get(start)? {
        b'"' => loop {
            at += if bytes.get(at)? == &b'\\' { 2 } else { 1 };
            if bytes.get(at)? == &b'"' {
                return Some(at + 1);
            }
        },
        b'\'' => loop {
            at += 1;
            if bytes.get(at)? == &b'\'' {
                if bytes.get(at + 1) != Some(&b'\'') {
                    return Some(at + 1);
                }
                at += 1;
            }
        },
        b'{' | b'[' | b'&' | b'*' | b'!' => None,
        _ => {
            while !matches!(bytes.get(at)?, b',' | b'}') {
                at += 1;
            }
            Some(at)
        }
    }
}

/// A value that stands on the line of its key.
fn scalar(yaml: &Yaml, value: usize) -> Option<usize> {
    let rest = yaml.source.line_at(value);
    let is_plain = !rest.trim_end().is_empty()
        && !rest.starts_with(['#', '|', '>', '&', '*', '!', '?', '%', '@', '`', ',', '}', ']', '-', '~'])
        && !rest.starts_with("null");
    is_plain.then_some(value)
}

#[cfg(test)]
#[path = "quick_tests.rs"]
mod tests;
