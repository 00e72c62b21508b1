//! Finds where a key or value stands.
//!
//! `serde_yaml` keeps no positions, but an error raised inside a visitor is given the position of
//! the value being visited. So the walk to a path ends in an error on purpose, and its location is
//! the answer. It costs one more parse, which only a file with a problem pays.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::node::{Key, begin};
use super::{Part, Spot, Yaml};
use crate::source::Span;

/// Where something begins, and whether it is a list or a group of keys.
pub(super) struct Spots {
    pub(super) start: usize,
    pub(super) is_collection: bool,
}

pub(super) fn find(yaml: &Yaml, path: &[Part], spot: Spot) -> Span {
    nearest(yaml, path, spot, |path, spot| exact(yaml, path, spot))
}

/// The words at a path, whose beginning `exact` knows.
pub(super) fn nearest(
    yaml: &Yaml,
    path: &[Part],
    spot: Spot,
    exact: impl Fn(&[Part], Spot) -> Option<Spots>,
) -> Span {
    // A path that is not there (a missing key) is answered by the nearest place above it.
    for depth in (0..=path.len()).rev() {
        let spot = if depth == path.len() { spot } else { Spot::Key };
        if let Some(start) = start(yaml, &path[..depth], spot, &exact) {
            return start..token_end(yaml, start);
        }
    }
    let line = yaml.source.line_at(yaml.span.start);
    yaml.span.start..yaml.span.start + line.len()
}

fn start(
    yaml: &Yaml,
    path: &[Part],
    spot: Spot,
    exact: impl Fn(&[Part], Spot) -> Option<Spots>,
) -> Option<usize> {
    let last = path.last()?;
    // An item of a list has no key of its own: its value stands for it.
    let spot = if matches!(last, Part::Index(_)) { Spot::Value } else { spot };
    let found = exact(path, spot)?;
    let opens = yaml.source.text.as_bytes().get(found.start);
    // A group or list in the lines below a key has no words of its own: its key stands for it.
    if found.is_collection && !matches!(opens, Some(b'[' | b'{')) && matches!(last, Part::Key(..)) {
        return exact(path, Spot::Key).map(|found| found.start);
    }
    Some(found.start)
}

fn exact(yaml: &Yaml, path: &[Part], spot: Spot) -> Option<Spots> {
    let reached = Cell::new(false);
    let collection = Cell::new(false);
    begin(yaml.text());
    let walk = Walk { path, spot, reached: &reached, collection: &collection };
    let error = walk.deserialize(serde_yaml::Deserializer::from_str(yaml.text())).err()?;
    if !reached.get() {
        return None;
    }
    let place = error.location()?;
    Some(Spots { start: yaml.offset(place.line(), place.column()), is_collection: collection.get() })
}

/// The end of the scalar that begins at `start`, or of its line for anything larger.
pub(super) fn token_end(yaml: &Yaml, start: usize) -> usize {
    let line = yaml.source.line_at(start);
    let rest = line.as_bytes();
    let length = match rest.first() {
        Some(b'"') => {
            let mut at = 1;
            while at < rest.len() && rest[at] != b'"' {
                at += if rest[at] == b'\\' { 2 } else { 1 };
            }
            at + 1
        }
        Some(b'\'') => line[1..].find('\'').map_or(rest.len(), |at| at + 2),
        Some(b'[' | b'{') => flow_end(rest),
        Some(b'|' | b'>') => rest.len(),
        _ => plain_end(yaml, start, line),
    };
    let end = start + length.min(rest.len());
    let text = &yaml.source.text;
    let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    start + text[start..end].trim_end().len()
}

/// The end of a list or group in brackets; the end of its line if it goes on.
fn flow_end(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut quote: Option<&u8> = None;
    for (at, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (Some(open), close) if open == close && !(*open == b'"' && rest[at - 1] == b'\\') => {
                quote = None;
            }
            // Elsewhere an apostrophe belongs to a word.
            (None, b'"' | b'\'') if at > 0 && b" [{,:".contains(&rest[at - 1]) => quote = Some(byte),
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    rest.len()
}

/// An unquoted value ends at a comment, a `: ` that makes it a key, or inside `[ ]` and `{ }` at
/// the next separator.
fn plain_end(yaml: &Yaml, start: usize, line: &str) -> usize {
    let before = &yaml.source.text[yaml.span.start..start];
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    let in_flow = before[line_start..].contains(['[', '{']);
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let ends = (c == '#' && previous == ' ')
            || (c == ':' && (rest.is_empty() || rest.starts_with(' ')))
            || (in_flow && matches!(c, ',' | ']' | '}'));
        if ends {
            return at;
        }
        previous = c;
    }
    line.len()
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    path: &'a [Part],
    spot: Spot,
    reached: &'a Cell<bool>,
    /// Whether what stands at the end of the path is a list or a group of keys.
    collection: &'a Cell<bool>,
}

impl Walk<'_> {
    fn stop<E: serde::de::Error>(&self) -> E {
        self.reached.set(true);
        E::custom("here")
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Any scalar: the goal if the path ends here, a dead end otherwise.
macro_rules! scalar {
    ($($name:ident($kind:ty))*) => {
        $(fn $name<E: serde::de::Error>(self, _: $kind) -> Result<(), E> {
            if self.path.is_empty() { Err(self.stop()) } else { Ok(()) }
        })*
    };
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    scalar! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_i128(i128) visit_u128(u128)
        visit_f64(f64) visit_str(&str)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        if self.path.is_empty() { Err(self.stop()) } else { Ok(()) }
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some((part, rest)) = self.path.split_first() else {
            self.collection.set(true);
            return Err(self.stop());
        };
        let wanted = match part {
            Part::Index(index) => Some(*index),
            Part::Key(..) => None,
        };
        let mut index = 0;
        loop {
            let found = if wanted == Some(index) {
                seq.next_element_seed(Walk { path: rest, ..self })?
            } else {
                seq.next_element::<IgnoredAny>()?.map(|_| ())
            };
            if found.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((part, rest)) = self.path.split_first() else {
            self.collection.set(true);
            return Err(self.stop());
        };
        let Part::Key(wanted, occurrence) = part else {
            while map.next_entry::<Key, IgnoredAny>()?.is_some() {}
            return Ok(());
        };
        let mut left = *occurrence;
        let on_key = rest.is_empty() && self.spot == Spot::Key;
        loop {
            let mut matches = false;
            let seed = KeyWalk(|key: &str| {
                matches = key == wanted;
                self.reached.set(matches && on_key && left == 0);
                self.reached.get()
            });
            if map.next_key_seed(seed)?.is_none() {
                return Ok(());
            }
            if !matches {
                map.next_value::<IgnoredAny>()?;
            } else if left > 0 {
                left -= 1;
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Walk { path: rest, ..self })?;
            }
        }
    }
}

/// Reads a key as [`super::node`] does, and ends in an error at its place if this is wanted of it.
pub(super) struct KeyWalk<F>(pub(super) F);

impl<'de, F: FnOnce(&str) -> bool> DeserializeSeed<'de> for KeyWalk<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<F: FnOnce(&str) -> bool> Visitor<'_> for KeyWalk<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<(), E> {
        if (self.0)(key) { Err(E::custom("here")) } else { Ok(()) }
    }

    fn visit_i64<E: serde::de::Error>(self, key: i64) -> Result<(), E> {
        self.visit_str(&key.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, key: u64) -> Result<(), E> {
        match i64::try_from(key) {
            Ok(key) => self.visit_i64(key),
            Err(_) => self.visit_f64(key as f64),
        }
    }

    fn visit_i128<E: serde::de::Error>(self, key: i128) -> Result<(), E> {
        self.visit_f64(key as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, key: u128) -> Result<(), E> {
        self.visit_f64(key as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, key: f64) -> Result<(), E> {
        self.visit_str(&key.to_string())
    }

    fn visit_bool<E: serde::de::Error>(self, key: bool) -> Result<(), E> {
        self.visit_str(if key { "true" } else { "false" })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_str("null")
    }
}
