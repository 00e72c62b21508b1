//! Reads a [`Node`] tree into the schema's types and collects every problem on the way.

use super::node::duplicates;
use super::{Node, Spot, Yaml};
use crate::diagnostic::{Code, Diagnostic, MOST, did_you_mean};

/// A step of a path into a YAML tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A key, and which of its occurrences (0 is the first).
    Key(String, usize),
    /// An item of a list, from 0.
    Index(usize),
}

impl Part {
    /// The first occurrence of a key.
    pub fn key(name: &str) -> Self {
        Part::Key(name.to_owned(), 0)
    }
}

/// A path from the root of a YAML text.
pub type OwnedPath = Vec<Part>;

/// A path while decoding: a chain on the stack that costs nothing until a problem needs it.
#[derive(Debug, Clone, Copy)]
pub struct At<'p> {
    parent: Option<&'p At<'p>>,
    part: Option<Step<'p>>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    /// The root of the text.
    pub const ROOT: At<'static> = At { parent: None, part: None };

    /// One key further.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> At<'p> {
        At { parent: Some(self), part: Some(Step::Key(key)) }
    }

    /// One list item further.
    #[must_use]
    pub fn index(&'p self, index: usize) -> At<'p> {
        At { parent: Some(self), part: Some(Step::Index(index)) }
    }

    /// The path as a value of its own.
    pub fn to_path(&self) -> OwnedPath {
        let mut path = self.parent.map(At::to_path).unwrap_or_default();
        match self.part {
            Some(Step::Key(key)) => path.push(Part::Key(key.to_owned(), 0)),
            Some(Step::Index(index)) => path.push(Part::Index(index)),
            None => {}
        }
        path
    }
}

/// How many bytes are parsed at most to find the places of one file's problems, give or take one parse, should they have
/// to be found one by one. Only settings can be so large that this is less than [`MOST`].
const MOST_BYTES: usize = MOST * 64 * 1024;

/// However large a file is, so many problems are told at once.
const FEWEST: usize = 10;

/// Collects the problems of one YAML text.
#[derive(Debug)]
pub struct Decoder<'y> {
    yaml: &'y Yaml,
    /// How many problems are told.
    most: usize,
    /// How many more there are.
    left_out: usize,
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'y> Decoder<'y> {
    /// Begins with no problem.
    pub fn new(yaml: &'y Yaml) -> Self {
        let most = (MOST_BYTES / yaml.span.len().max(1)).clamp(FEWEST, MOST);
        Self { yaml, most, left_out: 0, diagnostics: Vec::new() }
    }

    /// The text being decoded.
    pub fn yaml(&self) -> &'y Yaml {
        self.yaml
    }

    /// Adds a problem with the value at `at`; `finish` may add labels and help.
    pub fn problem(
        &mut self,
        code: Code,
        at: &At<'_>,
        message: impl Into<String>,
        finish: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.problem_on(code, at, Spot::Value, message, finish);
    }

    /// Adds a problem with the key or value at `at`.
    pub fn problem_on(
        &mut self,
        code: Code,
        at: &At<'_>,
        spot: Spot,
        message: impl Into<String>,
        finish: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        if self.is_full() {
            return;
        }
        let span = self.yaml.find(&at.to_path(), spot);
        self.diagnostics.push(finish(Diagnostic::at(code, &self.yaml.source, span, message)));
    }

    /// Whether nothing more is told; if so, a problem is counted.
    fn is_full(&mut self) -> bool {
        let is_full = self.diagnostics.len() >= self.most;
        if is_full && let Some(last) = self.diagnostics.last_mut() {
            self.left_out += 1;
            last.leave_out(self.left_out, "of this file");
        }
        is_full
    }

    /// Adds "expected this, found that".
    pub fn wrong_type(&mut self, at: &At<'_>, expected: &str, node: &Node, help: &str) {
        let help = help.to_owned();
        self.problem(Code::WrongType, at, format!("expected {expected}, found {}", node.kind()), |d| {
            if help.is_empty() { d } else { d.help(help) }
        });
    }

    /// Opens the mapping at `at`, which may have exactly `keys`. Unknown and duplicate keys are
    /// reported here, so that reading the fields need not think of them.
    pub fn fields<'n, 'p>(
        &mut self,
        node: &'n Node,
        at: &'p At<'p>,
        keys: &'static [&'static str],
    ) -> Option<Fields<'n, 'p>> {
        let Node::Map(entries) = node else {
            self.wrong_type(at, "a group of keys", node, &format!("its keys are {}", join_keys(keys)));
            return None;
        };
        self.report_duplicates(entries, at);
        for (key, _) in entries {
            if !keys.contains(&key.as_str()) {
                let help = match did_you_mean(key, keys.iter().copied()) {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => format!("the keys known here are {}", join_keys(keys)),
                };
                self.problem_on(
                    Code::UnknownKey,
                    &at.key(key),
                    Spot::Key,
                    format!("unknown key `{key}`"),
                    |d| d.help(help),
                );
            }
        }
        Some(Fields { entries, at, keys })
    }

    /// Opens a mapping whose keys are the author's own (languages, topics, rules).
    pub fn entries<'n>(&mut self, node: &'n Node, at: &At<'_>) -> Option<&'n [(String, Node)]> {
        let Node::Map(entries) = node else {
            self.wrong_type(at, "a group of keys", node, "");
            return None;
        };
        self.report_duplicates(entries, at);
        Some(entries)
    }

    fn report_duplicates(&mut self, entries: &[(String, Node)], at: &At<'_>) {
        for (key, times) in duplicates(entries) {
            if self.is_full() {
                continue;
            }
            let place = |occurrence| {
                let mut path = at.to_path();
                path.push(Part::Key(key.to_owned(), occurrence));
                self.yaml.find(&path, Spot::Key)
            };
            let diagnostic = Diagnostic::at(
                Code::DuplicateKey,
                &self.yaml.source,
                place(times),
                format!("the key `{key}` stands here twice"),
            )
            .other(&self.yaml.source, place(0), "it is first given here")
            .help("keep one of the two");
            self.diagnostics.push(diagnostic);
        }
    }
}

fn join_keys(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// A mapping whose keys were checked.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'n, 'p> {
    entries: &'n [(String, Node)],
    at: &'p At<'p>,
    keys: &'static [&'static str],
}

impl<'n, 'p> Fields<'n, 'p> {
    /// A mapping without entries, to go on with where one could not be read.
    pub fn empty(at: &'p At<'p>, keys: &'static [&'static str]) -> Self {
        Fields { entries: &[], at, keys }
    }

    /// Where the mapping stands.
    pub fn at(&self) -> &'p At<'p> {
        self.at
    }

    /// The value of `key`. A key without a value counts as absent, as editors leave unused keys.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        debug_assert!(self.keys.contains(&key), "`{key}` is not in the key table");
        self.entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, node)| node)
            .filter(|node| **node != Node::Null)
    }

    /// Reads `key` if it is there.
    pub fn optional<T>(
        &self,
        decoder: &mut Decoder<'_>,
        key: &'static str,
        read: impl FnOnce(&mut Decoder<'_>, &Node, &At<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key)?;
        read(decoder, node, &self.at.key(key))
    }

    /// Reads `key`, and reports it if it is missing.
    pub fn required<T>(
        &self,
        decoder: &mut Decoder<'_>,
        key: &'static str,
        help: &str,
        read: impl FnOnce(&mut Decoder<'_>, &Node, &At<'_>) -> Option<T>,
    ) -> Option<T> {
        if let Some(node) = self.get(key) {
            return read(decoder, node, &self.at.key(key));
        }
        let present = self.entries.iter().any(|(name, _)| name == key);
        // A misspelt key was reported as such; that it is missing as well would be the same mistake.
        let misspelt = |name: &str| {
            !self.keys.contains(&name) && did_you_mean(name, self.keys.iter().copied()) == Some(key)
        };
        if !present && self.entries.iter().any(|(name, _)| misspelt(name)) {
            return None;
        }
        let (message, at) = if present {
            (format!("`{key}` has no value"), self.at.key(key))
        } else {
            (format!("the key `{key}` is missing"), *self.at)
        };
        let help = help.to_owned();
        decoder.problem_on(Code::MissingKey, &at, Spot::Key, message, |d| d.help(help));
        None
    }

    /// Reads a list of things; an absent key is an empty list.
    pub fn list<T>(
        &self,
        decoder: &mut Decoder<'_>,
        key: &'static str,
        read: impl FnMut(&mut Decoder<'_>, &Node, &At<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.optional(decoder, key, |decoder, node, at| super::list(decoder, node, at, read))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Decoder, MOST};
    use crate::source::Source;
    use crate::yaml::{Yaml, parse};

    #[test]
    fn more_mistakes_than_anyone_reads_are_not_looked_up() {
        let yaml = Yaml::whole(&Source::new("a.yaml", "kunci: 1\n".repeat(300)));
        let node = parse(&yaml).unwrap();
        for known in [&["kunci"][..], &[]] {
            let mut decoder = Decoder::new(&yaml);
            decoder.fields(&node, &At::ROOT, known);
            assert_eq!(decoder.diagnostics.len(), MOST);
            let more = if known.is_empty() { 399 } else { 99 };
            let told = format!("{more} more problems of this file are left out");
            assert_eq!(decoder.diagnostics[MOST - 1].help.last(), Some(&told));
        }
        let mut decoder = Decoder::new(&yaml);
        decoder.entries(&node, &At::ROOT);
        assert_eq!(decoder.diagnostics.len(), MOST);
    }
}
