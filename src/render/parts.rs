//! Parts that stand alike on many pages: the card of a claim is rendered once, for all lists it is in.
//!
//! `part(name="claim_card", claim=claim)` is what the component `claim_card` renders. That depends on its
//! arguments and on the words of the page's language alone, so these are what a part is known by: mappings, lists and
//! the words by identity, all else by what it is. A part keeps them, so that nothing else can come to
//! stand at their addresses.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use hashbrown::{Equivalent, HashMap};
use rustc_hash::FxBuildHasher;
use tera::{Context, Function, Kwargs, State, Tera, TeraResult, Value};

use crate::page::address;

/// How many threads can look for parts without waiting for each other.
const SHARDS: usize = 16;

/// How many mappings and lists a part may be known by.
const MOST: usize = 2;

/// What components are given without being asked, if they name it.
const IMPLICIT: [&str; 3] = ["t", "lang", "site"];

/// The parts that were rendered so far, and the templates they are made with.
#[derive(Clone, Default)]
pub(super) struct Parts(Arc<Inner>);

#[derive(Default)]
struct Inner {
    tera: OnceLock<Weak<Tera>>,
    shards: [Mutex<HashMap<Name, Part, FxBuildHasher>>; SHARDS],
}

#[derive(PartialEq, Eq, Hash)]
struct Name {
    component: String,
    /// The names of the mappings and lists, and all other arguments with names, kinds and lengths.
    options: Vec<u8>,
    /// Where the words and the arguments are.
    at: [usize; 1 + MOST],
}

/// A name as it is looked for.
#[derive(Hash)]
struct Asked<'a> {
    component: &'a str,
    options: &'a [u8],
    at: [usize; 1 + MOST],
}

impl Equivalent<Name> for Asked<'_> {
    fn equivalent(&self, name: &Name) -> bool {
        (self.component, self.options, self.at) == (&name.component, name.options.as_slice(), name.at)
    }
}

struct Part {
    html: Value,
    /// Kept so that their addresses stay theirs.
    _named_by: [Value; 1 + MOST],
}

thread_local! {
    /// Why the last part of this thread could not be rendered: where it was called, only a text is told.
    static FAILED: RefCell<Option<tera::Error>> = const { RefCell::new(None) };
}

impl Parts {
    /// Says what parts are made with. Before that, there are none.
    pub(super) fn made_with(&self, tera: &Arc<Tera>) {
        let _ = self.0.tera.set(Arc::downgrade(tera));
    }

    /// Forgets all parts: cards that are no longer shown would be kept for ever.
    pub(super) fn forget(&self) {
        for shard in &self.0.shards {
            lock(shard).clear();
        }
    }

    fn shard(&self, asked: &Asked<'_>) -> MutexGuard<'_, HashMap<Name, Part, FxBuildHasher>> {
        lock(&self.0.shards[(FxBuildHasher.hash_one(asked.at) >> 32) as usize % SHARDS])
    }

    fn part(&self, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let component: &str = kwargs.must_get("name")?;
        let words = state.get::<Value>("t")?.unwrap_or_else(Value::none);
        let mut named_by = [words, Value::none(), Value::none()];
        let mut names = [""; 1 + MOST];
        let mut count = 0;
        let mut others = Vec::new();
        for (key, value) in kwargs.iter() {
            match key.as_str() {
                None | Some("name") => {}
                Some(key) if value.is_map() || value.is_array() => {
                    count += 1;
                    if count > MOST {
                        let reason = "a part has at most two mappings or lists, which it is known by";
                        return Err(tera::Error::message(reason));
                    }
                    named_by[count] = value.clone();
                    names[count] = key;
                }
                Some(key) => others.push((key, value)),
            }
        }
        if count == 0 || address(&named_by[0]).is_none() {
            let reason = "a part needs a mapping or list to be known by, and the words of the page (`t`)";
            return Err(tera::Error::message(reason));
        }
        // Arguments come in no order.
        if names[1] > names[2] && count == MOST {
            named_by.swap(1, 2);
            names.swap(1, 2);
        }
        others.sort_unstable_by_key(|(key, _)| *key);
        // Which argument is which counts too.
        let mut options = Vec::with_capacity(32);
        for (name, value) in names.iter().zip(&named_by).skip(1).take(count) {
            add(&mut options, if value.is_map() { b'm' } else { b'l' }, name);
        }
        for (name, value) in others {
            add(&mut options, b'=', name);
            match value.as_str() {
                // The one is escaped, the other not.
                Some(text) => add(&mut options, if value.is_safe() { b's' } else { b't' }, text),
                None => add(&mut options, b'v', &format!("{value:?}")),
            }
        }
        let at = named_by.each_ref().map(|value| address(value).unwrap_or_default());
        let asked = Asked { component, options: &options, at };
        if let Some(part) = self.shard(&asked).get(&asked) {
            return Ok(part.html.clone());
        }
        let Some(tera) = self.0.tera.get().and_then(Weak::upgrade) else {
            return Err(tera::Error::message("parts are for pages of the site only"));
        };
        if tera.get_component_definition(component).is_none() {
            return Err(tera::Error::message(format!("there is no component `{component}`")));
        }
        let mut arguments = Context::new();
        for (key, value) in kwargs.iter() {
            if let Some(key) = key.as_str().filter(|key| *key != "name") {
                arguments.insert_value(key.to_owned(), value.clone());
            }
        }
        let mut implicit = Context::new();
        for name in IMPLICIT {
            if let Some(value) = state.get::<Value>(name)? {
                implicit.insert_value(name, value);
            }
        }
        let html = tera.render_component_with_implicits(component, &arguments, &implicit, None, true);
        let html = html.map_err(|error| {
            let text = tera::Error::message(error.to_string());
            // Of parts within parts, the innermost knows best.
            FAILED.with_borrow_mut(|failed| {
                failed.get_or_insert(error);
            });
            text
        })?;
        let html = Value::safe_string(&html);
        let name = Name { component: component.to_owned(), options: options.clone(), at: asked.at };
        let part = Part { html: html.clone(), _named_by: named_by };
        self.shard(&asked).insert(name, part);
        Ok(html)
    }
}

/// The error of a part that could not be rendered, if the page failed for that.
pub(super) fn failed() -> Option<tera::Error> {
    FAILED.with_borrow_mut(Option::take)
}

impl Function<TeraResult<Value>> for Parts {
    fn call(&self, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        self.part(&kwargs, state)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A word with its kind and length, so that no words are taken for others.
fn add(out: &mut Vec<u8>, kind: u8, word: &str) {
    out.push(kind);
    out.extend(word.len().to_le_bytes());
    out.extend(word.as_bytes());
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
