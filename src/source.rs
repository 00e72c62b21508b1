//! The text of a file the desk wrote, and places in it.
//!
//! Every diagnostic points into a [`Source`]; nothing else keeps line tables.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A byte range in a [`Source`].
pub type Span = Range<usize>;

/// One file as it was read: its path and its text.
pub struct Source {
    /// The path from the site's root, with `/` between its parts, as messages show it.
    pub path: String,
    /// The whole text. A byte order mark is kept, so that spans are offsets into the file.
    pub text: String,
    line_starts: OnceLock<Vec<usize>>,
    counted: OnceLock<Counted>,
}

/// Without what was found out of the text on the way: two of the same text are shown alike.
impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("path", &self.path).field("text", &self.text).finish_non_exhaustive()
    }
}

/// The characters of a text, counted.
#[derive(Debug)]
struct Counted {
    /// How many stand before each [`STEP`]th byte.
    steps: Vec<usize>,
    /// Where byte order marks stand, which no editor shows.
    marks: Vec<usize>,
}

/// How many bytes are counted at most to find a column: a line of 5 MB may have a thousand mistakes.
const STEP: usize = 512;

/// A position as editors count: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Keeps `text` under its `path`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            counted: OnceLock::new(),
        })
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0)
                .chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1))
                .collect()
        })
    }

    /// The line and column of a byte offset. An offset past the end means the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = floor(&self.text, offset);
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts[line - 1];
        let column = if offset - start <= STEP {
            self.text[start..offset].chars().filter(|c| *c != '\u{feff}').count()
        } else {
            let marks = &self.counted().marks;
            let marks_before = |at| marks.partition_point(|mark| *mark < at);
            let marks = marks_before(offset) - marks_before(start);
            self.characters_before(offset) - self.characters_before(start) - marks
        };
        LineColumn { line, column: column + 1 }
    }

    fn counted(&self) -> &Counted {
        self.counted.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut count = 0;
            let steps = (0..=bytes.len()).step_by(STEP).map(|from| {
                let before = count;
                count += begun(&bytes[from..(from + STEP).min(bytes.len())]);
                before
            });
            let steps = steps.collect();
            Counted { steps, marks: memchr::memmem::find_iter(bytes, "\u{feff}").collect() }
        })
    }

    /// How many characters stand before a boundary.
    fn characters_before(&self, offset: usize) -> usize {
        let before = self.counted().steps.get(offset / STEP).copied().unwrap_or_default();
        before + begun(&self.text.as_bytes()[offset / STEP * STEP..offset])
    }

    /// The byte offset of a line and column (both from 1, the column in characters).
    /// A place past the end of its line means the line's end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let starts = self.line_starts();
        let Some(start) = starts.get(line.saturating_sub(1)).copied() else {
            return self.text.len();
        };
        let rest = self.line_at(start);
        let end = start + rest.len();
        let start = end - rest.strip_prefix('\u{feff}').unwrap_or(rest).len();
        let skipped = column.saturating_sub(1);
        // What is far to the right is looked for from near it.
        let (from, left) = if skipped <= STEP {
            (start, skipped)
        } else {
            let wanted = self.characters_before(start) + skipped;
            let steps = &self.counted().steps;
            let step = steps.partition_point(|before| *before <= wanted).saturating_sub(1);
            // A character that the step cuts counts before it.
            let from = (step * STEP..end).find(|at| self.text.is_char_boundary(*at)).unwrap_or(end);
            (from.max(start), wanted - steps.get(step).copied().unwrap_or_default())
        };
        self.text[from.min(end)..end].char_indices().nth(left).map_or(end, |(at, _)| from + at)
    }

    /// The rest of the line that `start` stands on, without its line end.
    pub fn line_at(&self, start: usize) -> &str {
        let start = floor(&self.text, start);
        // Most texts are never asked for a place: only for the line that their front matter ends on.
        let end = match self.line_starts.get() {
            Some(starts) => starts.get(starts.partition_point(|other| *other <= start)).map(|next| next - 1),
            None => memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map(|length| start + length),
        };
        let end = end.unwrap_or(self.text.len());
        let line = &self.text[start..end];
        line.strip_suffix('\r').unwrap_or(line)
    }
}

/// How many characters begin in some bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The last character boundary of `text` at or before `offset`; an offset past the end means the end.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let source = Source::new("a.md", "\u{feff}é: x\r\nkey: nilai\n");
        assert_eq!(source.line_column(3 + 2), LineColumn { line: 1, column: 2 });
        let value = source.text.find("nilai").unwrap_or_default();
        assert_eq!(source.line_column(value), LineColumn { line: 2, column: 6 });
        assert_eq!(source.offset(2, 6), value);
        assert_eq!(source.offset(1, 1), 3);
        assert_eq!(source.line_at(value), "nilai");
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_its_characters() {
        let text =
            format!("{}\n{}", "a\u{e9}\u{feff}\u{20ac}\u{1f642}".repeat(700), "\u{feff}b\u{e9}".repeat(900));
        let source = Source::new("a.md", text.as_str());
        let mut place = LineColumn { line: 1, column: 1 };
        // The parser of YAML counts byte order marks within a line.
        let mut parsed = 1;
        for (at, c) in text.char_indices() {
            assert_eq!(source.line_column(at), place);
            if c != '\u{feff}' || parsed > 1 {
                assert_eq!(source.offset(place.line, parsed), at);
                parsed += 1;
            }
            match c {
                '\n' => (place, parsed) = (LineColumn { line: place.line + 1, column: 1 }, 1),
                '\u{feff}' => {}
                _ => place.column += 1,
            }
        }
        assert_eq!(source.line_column(text.len()), place);
    }

    #[test]
    fn a_thousand_places_on_a_line_of_megabytes_are_found_at_once() {
        let source = Source::new("a.md", "<b>".repeat(2_000_000));
        // Counting the line for each would take hours.
        for at in (0..source.text.len()).step_by(30) {
            assert_eq!(source.line_column(at).column, at + 1);
            assert_eq!(source.line_at(at).len(), source.text.len() - at);
            assert_eq!(source.offset(1, at + 1), at);
        }
    }

    #[test]
    fn places_past_the_end_mean_the_end() {
        let source = Source::new("a.md", "ab");
        assert_eq!(source.line_column(99), LineColumn { line: 1, column: 3 });
        assert_eq!(source.offset(7, 1), 2);
        assert_eq!(source.offset(1, 9), 2);
    }
}
