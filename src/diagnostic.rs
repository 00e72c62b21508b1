//! What can be wrong with a desk's files, as data.
//!
//! An author's mistake is never an `Err`: stages return what they could make of the input and the
//! [`Diagnostic`]s they collected. Only `report` prints them.

mod codes;
mod few;

pub use codes::Code;
pub use few::{Few, MOST};

use std::sync::Arc;

use crate::source::{Source, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while there is one.
    Error,
    /// Published all the same, but said.
    Warning,
}

/// A place in a source with a short remark on it.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that are meant. Empty for a point.
    pub span: Span,
    /// What to say there; may be empty.
    pub message: String,
}

/// Where a diagnostic stands.
#[derive(Debug, Clone)]
pub enum Place {
    /// Exact words of a file.
    At(Label),
    /// A file as a whole (it cannot be read as text), by its path from the root.
    File(String),
}

/// A change to a file's text that mends a problem without anyone's judgement.
#[derive(Debug, Clone)]
pub struct Fix {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that go.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// One problem: what, where, and how to mend it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind.
    pub code: Code,
    /// Normally [`Code::severity`]; rules with configurable levels change it.
    pub severity: Severity,
    /// A lowercase phrase, names in backticks, no full stop.
    pub message: String,
    /// The place that is to be changed.
    pub place: Place,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// How to mend it; each entry stands by itself.
    pub help: Vec<String>,
    /// What mends it, where a machine can.
    pub fix: Option<Fix>,
    /// Whether the disk changed under the reader: nothing is known to be wrong with the content, and what else was
    /// found may only come of this.
    pub passing: bool,
}

impl Diagnostic {
    /// A problem at exact words of a file.
    pub fn at(code: Code, source: &Arc<Source>, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: Place::At(Label { source: Arc::clone(source), span, message: String::new() }),
            others: Vec::new(),
            help: Vec::new(),
            fix: None,
            passing: false,
        }
    }

    /// A problem with a file as a whole.
    pub fn file(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: Place::File(path.into()),
            others: Vec::new(),
            help: Vec::new(),
            fix: None,
            passing: false,
        }
    }

    /// Adds a remark at the place itself.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        if let Place::At(label) = &mut self.place {
            label.message = message.into();
        }
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn other(mut self, source: &Arc<Source>, span: Span, message: impl Into<String>) -> Self {
        self.others.push(Label { source: Arc::clone(source), span, message: message.into() });
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what mends it: other words for some bytes of the file it stands in.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        if let Place::At(label) = &self.place {
            self.fix = Some(Fix { source: Arc::clone(&label.source), span, text: text.into() });
        }
        self
    }

    /// The same, as what passes by itself if this is true.
    #[must_use]
    pub fn passing(mut self, passing: bool) -> Self {
        self.passing = passing;
        self
    }

    /// The path of the file it stands in.
    pub fn path(&self) -> &str {
        match &self.place {
            Place::At(label) => &label.source.path,
            Place::File(path) => path,
        }
    }

    /// Where in that file, as a byte offset; 0 for the file as a whole.
    pub fn offset(&self) -> usize {
        match &self.place {
            Place::At(label) => label.span.start,
            Place::File(_) => 0,
        }
    }
}

/// Puts diagnostics in reading order: by file, place, code and message, so that the order does not
/// depend on threads.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.path(), a.offset(), a.code, &a.message).cmp(&(b.path(), b.offset(), b.code, &b.message))
    });
    diagnostics.dedup_by(|a, b| {
        a.code == b.code && a.path() == b.path() && a.offset() == b.offset() && a.message == b.message
    });
}

/// Whether one of them forbids publishing.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Whether one of the errors is the disk's, so that the same command may succeed when given again.
pub fn any_passing(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error && d.passing)
}

/// How many candidates are compared letter by letter: a site may have a hundred thousand of them,
/// and as many broken links.
const COMPARED: usize = 2_000;

/// The longest word that something close is looked for, in bytes: comparing costs the product of two lengths, and
/// longer ones are no slips of a hand.
const LONGEST: usize = 400;

/// The candidate closest to `word`, if one is close enough to be what was meant.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let fold = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let folded = fold(word);
    let letters = letters_of(&folded);
    let length = folded.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            // A candidate that is much longer or has other letters needs no closer look.
            if candidate.len() > 4 * folded.len() + 4 || folded.len() > 4 * candidate.len() + 4 {
                return None;
            }
            let other = fold(candidate);
            let most = (length.max(other.chars().count()) / 3).max(1);
            let differing: u32 =
                letters.iter().zip(letters_of(&other)).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
            (differing as usize <= 2 * most).then_some((candidate, other, most))
        })
        .take(COMPARED)
        .map(|(candidate, other, most)| (strsim::damerau_levenshtein(&folded, &other), candidate, most))
        .filter(|(distance, _, most)| distance <= most)
        .map(|(distance, candidate, _)| (distance, candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How often each letter occurs, other characters taken together. Each edit changes at most two of
/// these numbers by one.
fn letters_of(text: &str) -> [u8; 32] {
    let mut letters = [0_u8; 32];
    for byte in text.bytes() {
        let at = usize::from(byte & 31);
        letters[at] = letters[at].saturating_add(1);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_close() {
        let keys = ["claimant", "claimed_on", "verdict"];
        assert_eq!(did_you_mean("verdikt", keys), Some("verdict"));
        assert_eq!(did_you_mean("claimed-on", keys), Some("claimed_on"));
        assert_eq!(did_you_mean("sumber", keys), None);
    }

    #[test]
    fn rules_are_found_by_their_name() {
        assert_eq!(Code::rule("no-archive"), Some(Code::NoArchive));
        assert_eq!(Code::rule("unknown-key"), None, "what keeps a site from being built has no level");
        assert_eq!(Code::named("unknown-key"), Some(Code::UnknownKey));
    }

    #[test]
    fn codes_have_distinct_names() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
