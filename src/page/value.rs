//! Values as templates see them. Large ones are shared: a card that stands on fifty pages is built
//! once.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tera::Value;
use tera::value::Key;

/// A mapping being built.
#[derive(Debug, Default)]
pub struct Object(Vec<(&'static str, Value)>);

impl Object {
    /// An empty mapping.
    pub fn new() -> Self {
        Self::default()
    }

    /// The entries of a mapping, to which others are added.
    pub fn of(value: &Value) -> Self {
        let entries = value.as_map().into_iter().flatten().filter_map(|(key, value)| match key {
            Key::Str(key) => Some((*key, value.clone())),
            _ => None,
        });
        Self(entries.collect())
    }

    /// Adds a value. `None` becomes none.
    #[must_use]
    pub fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((key, value.into()));
        self
    }

    /// Its entries, to be given to a template one by one.
    pub fn into_entries(self) -> Vec<(&'static str, Value)> {
        self.0
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        // Of two entries with one key the later counts, as in an assignment.
        let entries = object.0.into_iter().enumerate().map(|(nth, (key, value))| (Nth(nth, key), value));
        Value::from(entries.collect::<std::collections::BTreeMap<_, _>>())
    }
}

/// A key by its place among others. The engine takes mappings that are sorted and sorts anew by its hashes: places
/// are compared sooner than words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Nth(usize, &'static str);

impl From<Nth> for Key<'static> {
    fn from(Nth(_, key): Nth) -> Self {
        Key::Str(key)
    }
}

/// Values that are built once for each name.
#[derive(Debug, Default)]
pub struct Once(Mutex<FxHashMap<String, Value>>);

impl Once {
    /// The value of a name, which `build` builds the first time.
    pub fn of(&self, name: &str, build: impl FnOnce() -> Value) -> Value {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known().get(name) {
            return value.clone();
        }
        let value = build();
        // Another thread may have been faster: all are to share one.
        known().entry(name.to_owned()).or_insert(value).clone()
    }
}

/// A list.
pub fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::from(items.into_iter().map(Into::into).collect::<Vec<Value>>())
}

/// An optional text.
pub fn text(value: Option<&str>) -> Value {
    Value::from(value)
}
