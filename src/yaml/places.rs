//! The places of everything in a text, from one reading of it.
//!
//! A file with thousands of problems would be parsed thousands of times by [`super::locate`]. Here each value is
//! raised as an error where it stands, as there, but caught by the list or group around it, which notes
//! the place and reads on. Two things of `serde_yaml` make that possible: a scalar that ends in an error was
//! read nevertheless, and a list or group that is asked for as an enum refuses without having been read, so that
//! it can be asked again. The place is in the words of the error alone, as its type is hidden from visitors.
//!
//! Whatever is not as expected ends the reading without a table; then places are found one by one.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor};

use super::locate::{KeyWalk, Spots};
use super::{Part, Spot, Yaml};
use crate::source::Span;

/// A line and a column of the YAML text, from 1, as the parser counts.
type Mark = (usize, usize);

/// What the errors raised here say.
const HERE: &str = "here";

/// What the library says of a list or group where an enum is wanted.
const NO_ENUM: &str = "expected a YAML tag starting with '!'";

/// Where everything in a text stands.
#[derive(Debug)]
pub(super) struct Places {
    groups: Vec<Group>,
}

#[derive(Debug)]
enum Group {
    /// It is still being read.
    Open,
    Items(Vec<Value>),
    /// Sorted by name; those of the same name in the order of the text.
    Keys(Vec<(String, Mark, Value)>),
}

/// A value: where it begins, and which list or group it is.
#[derive(Debug, Clone, Copy)]
struct Value {
    mark: Mark,
    group: Option<usize>,
}

impl Places {
    /// Reads a text; `None` if it is out of the ordinary.
    pub(super) fn read(yaml: &Yaml) -> Option<Self> {
        let text = yaml.text();
        let mut reader = Reader {
            groups: Vec::new(),
            begun: HashMap::new(),
            // With each error comes the path to its value; keys of megabytes must not come with each.
            left: text.len().saturating_mul(32).saturating_add(1 << 20),
        };
        let walk = Inside { reader: &mut reader, depth: 1 };
        serde_yaml::Deserializer::from_str(text).deserialize_any(walk).ok()?;
        Some(Self { groups: reader.groups })
    }

    /// The place of a key or value; that of the nearest thing above it if there is none.
    pub(super) fn find(&self, yaml: &Yaml, path: &[Part], spot: Spot) -> Span {
        super::locate::nearest(yaml, path, spot, |path, spot| self.exact(yaml, path, spot))
    }

    fn exact(&self, yaml: &Yaml, path: &[Part], spot: Spot) -> Option<Spots> {
        let (key, value) = self.below(0, path)?;
        let mark = if spot == Spot::Key { key? } else { value.mark };
        Some(Spots {
            start: yaml.offset(mark.0, mark.1),
            is_collection: spot == Spot::Value && value.group.is_some(),
        })
    }

    /// The value at the end of a path from a list or group, with the place of its key.
    fn below(&self, group: usize, path: &[Part]) -> Option<(Option<Mark>, Value)> {
        let (part, rest) = path.split_first()?;
        let end = |key, value: Value| match value.group {
            _ if rest.is_empty() => Some((key, value)),
            Some(group) => self.below(group, rest),
            None => None,
        };
        match (self.groups.get(group)?, part) {
            (Group::Items(items), Part::Index(index)) => end(None, *items.get(*index)?),
            (Group::Keys(keys), Part::Key(name, occurrence)) => {
                let first = keys.partition_point(|(other, ..)| other < name);
                let same = keys[first..].iter().take_while(|(other, ..)| other == name);
                // Of a key that stands twice, what the first lacks may be in the second.
                same.skip(*occurrence).find_map(|(_, key, value)| end(Some(*key), *value))
            }
            _ => None,
        }
    }
}

struct Reader {
    groups: Vec<Group>,
    /// The lists and groups by where they begin: an alias leads to one of them.
    begun: HashMap<Mark, usize>,
    /// How many bytes of errors may still be written.
    left: usize,
}

impl Reader {
    /// Pays for an error at a path of this length.
    fn pay<E: serde::de::Error>(&mut self, depth: usize) -> Result<(), E> {
        self.left = self.left.checked_sub(depth + 32).ok_or_else(|| E::custom("too much"))?;
        Ok(())
    }

    /// The next list or group of the table.
    fn open(&mut self) -> usize {
        self.groups.push(Group::Open);
        self.groups.len() - 1
    }
}

/// The place in the words of an error that end with `words` otherwise.
fn mark(told: &str, words: &str) -> Option<Mark> {
    let at = told.rfind(words)? + words.len();
    let rest = &told[at..];
    // The very beginning is not told.
    if rest.is_empty() {
        return Some((1, 1));
    }
    let (line, column) = rest.strip_prefix(" at line ")?.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// Reads what is in a list or group, and leaves it in the table.
struct Inside<'r> {
    reader: &'r mut Reader,
    /// How many bytes the path to it has.
    depth: usize,
}

impl Inside<'_> {
    /// Notes a value. `ask` is called with what is wanted of it: first where it stands, then, if it is a list or group that
    /// was not read before, what is in it. `None` if there is none.
    fn value<E: serde::de::Error>(
        &mut self,
        depth: usize,
        mut ask: impl FnMut(Ask<'_>) -> Result<Option<()>, E>,
    ) -> Result<Option<Value>, E> {
        self.reader.pay::<E>(depth)?;
        let mut is_scalar = false;
        let told = match ask(Ask::Where(&mut is_scalar)) {
            Ok(None) => return Ok(None),
            Ok(Some(())) => return Err(E::custom("read without an error")),
            Err(error) => error.to_string(),
        };
        let words = if is_scalar { HERE } else { NO_ENUM };
        let mark = mark(&told, words).ok_or_else(|| E::custom("no place"))?;
        if is_scalar {
            return Ok(Some(Value { mark, group: None }));
        }
        // No two lists or groups begin at the same place, so that this is an alias, which was read already.
        if let Some(group) = self.reader.begun.get(&mark) {
            return Ok(Some(Value { mark, group: Some(*group) }));
        }
        self.reader.begun.insert(mark, self.reader.groups.len());
        let group = Some(self.reader.groups.len());
        match ask(Ask::Inside(Inside { reader: self.reader, depth }))? {
            Some(()) => Ok(Some(Value { mark, group })),
            None => Err(E::custom("not there any more")),
        }
    }
}

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a group of keys")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let own = self.reader.open();
        let mut items = Vec::new();
        let depth = self.depth + 8;
        while let Some(value) = self.value(depth, |ask| seq.next_element_seed(ask))? {
            items.push(value);
        }
        self.reader.groups[own] = Group::Items(items);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let own = self.reader.open();
        let mut keys = Vec::new();
        loop {
            self.reader.pay::<A::Error>(self.depth)?;
            let mut name = None;
            let told = match map.next_key_seed(KeyWalk(|key: &str| {
                name = Some(key.to_owned());
                true
            })) {
                Ok(None) => break,
                Ok(Some(())) => return Err(A::Error::custom("read without an error")),
                Err(error) => error.to_string(),
            };
            let (Some(name), Some(mark)) = (name, mark(&told, HERE)) else {
                return Err(A::Error::custom("no key"));
            };
            let depth = self.depth + name.len() + 1;
            let Some(value) = self.value(depth, |ask| map.next_value_seed(ask).map(Some))? else {
                return Err(A::Error::custom("no value"));
            };
            keys.push((name, mark, value));
        }
        keys.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        self.reader.groups[own] = Group::Keys(keys);
        Ok(())
    }
}

/// What is wanted of a value.
enum Ask<'r> {
    /// Where it stands. Says whether it was a scalar, which is then read.
    Where(&'r mut bool),
    /// What is in it.
    Inside(Inside<'r>),
}

impl<'de> DeserializeSeed<'de> for Ask<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Ask::Where(is_scalar) => deserializer.deserialize_enum("", &[], Where(is_scalar)),
            Ask::Inside(inside) => deserializer.deserialize_any(inside),
        }
    }
}

struct Where<'r>(&'r mut bool);

impl<'de> Visitor<'de> for Where<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    /// Only a scalar comes here, and only asking for its name reads it.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        data.variant_seed(Skip)?;
        *self.0 = true;
        Err(A::Error::custom(HERE))
    }
}

/// Reads a scalar, and no tag.
struct Skip;

impl<'de> DeserializeSeed<'de> for Skip {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_ignored_any(self)
    }
}

impl Visitor<'_> for Skip {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}
