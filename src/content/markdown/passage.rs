//! The words of an article that a claim stands on, with what stands around them.

use super::anchor::Anchor;
use super::normal::Prose;
use crate::source::Span;

/// How much of the block around a passage is kept on each side, in characters.
const CONTEXT: usize = 240;

/// A passage of a text that a claim stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The claim's id.
    pub claim: String,
    /// Whether the claim is checked elsewhere.
    pub mention: bool,
    /// What stands before it in its paragraph, cut at a word.
    pub before: String,
    /// The words.
    pub exact: String,
    /// What stands after it in its paragraph, cut at a word.
    pub after: String,
    /// The passage in the prose, in bytes.
    pub(super) range: Span,
}

impl Passage {
    pub(super) fn new(prose: &Prose, anchor: &Anchor, range: Span) -> Self {
        let block = prose.block(&range);
        Self {
            claim: anchor.claim.clone(),
            mention: anchor.mention,
            before: last_words(&prose.raw[block.start..range.start]),
            exact: single_line(&prose.raw[range.clone()]),
            after: first_words(&prose.raw[range.end..block.end]),
            range,
        }
    }

    /// The id of the passage's first run in the HTML.
    pub fn id(&self) -> String {
        let kind = if self.mention { "mention" } else { "claim" };
        format!("{kind}-{}", self.claim)
    }
}

/// White space folded, but a space at either end kept: it separates the parts.
fn single_line(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_empty() {
        return folded;
    }
    let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{lead}{folded}{tail}")
}

fn first_words(text: &str) -> String {
    let line = single_line(text.trim_end());
    let Some((cut, _)) = line.char_indices().nth(CONTEXT) else {
        return line;
    };
    let end = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", &line[..end])
}

fn last_words(text: &str) -> String {
    let line = single_line(text.trim_start());
    let count = line.chars().count();
    let Some((cut, _)) =
        count.checked_sub(CONTEXT).and_then(|skip| line.char_indices().nth(skip)).filter(|(cut, _)| *cut > 0)
    else {
        return line;
    };
    let start = line[cut..].find(' ').map_or(cut, |at| cut + at + 1);
    format!("… {}", &line[start..])
}
