//! What is seen of a criterion.

use super::Fact;
use crate::diagnostic::{Code, Diagnostic};

/// What is there and what is missing.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) facts: Vec<Fact>,
    pub(super) missing: Vec<Missing>,
    /// Whether what is there decides nothing.
    pub(super) for_a_person: bool,
}

/// Something missing.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) diagnostic: Diagnostic,
    /// The rule of `check` that says the same, if one.
    pub(super) rule: Option<Code>,
}

impl Seen {
    /// What fulfils a criterion, unless something is missing.
    pub(super) fn met(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { facts: facts.into_iter().collect(), ..Self::default() }
    }

    /// What a person should know who judges.
    pub(super) fn for_a_person(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { for_a_person: true, ..Self::met(facts) }
    }

    /// Something is missing.
    pub(super) fn miss(&mut self, diagnostic: Diagnostic) {
        self.missing.push(Missing { diagnostic, rule: None });
    }

    /// Both, as one criterion.
    pub(super) fn and(mut self, other: Seen) -> Self {
        self.facts.extend(other.facts);
        self.missing.extend(other.missing);
        self.for_a_person |= other.for_a_person;
        self
    }
}

/// Something that was counted.
pub(super) fn counted(words: impl Into<String>) -> Fact {
    Fact { words: words.into(), address: None }
}

/// A number with its noun: `1 claim`, `2 claims`.
pub(super) fn number(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A part of all claims, in words.
pub(super) fn of(part: usize, whole: usize) -> String {
    format!("{part} of {}", number(whole, "claim"))
}
