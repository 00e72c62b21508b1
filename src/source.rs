//! The text of a file the desk wrote, and places in it.
//!
//! Every diagnostic points into a [`Source`]; nothing else keeps line tables.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A byte range in a [`Source`].
pub type Span = Range<usize>;

/// One file as it was read: its path and its text.
#[derive(Debug)]
pub struct Source {
    /// The path from the site's root, with `/` between its parts, as messages show it.
    pub path: String,
    /// The whole text. A byte order mark is kept, so that spans are offsets into the file.
    pub text: String,
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters stand before each [`STEP`]th byte.
    counted: OnceLock<Vec<usize>>,
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
            self.characters_before(offset) - self.characters_before(start)
        };
        LineColumn { line, column: column + 1 }
    }

    /// How many characters stand before a boundary.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counted = self.counted.get_or_init(|| {
            let mut count = 0;
            let steps = (0..=bytes.len()).step_by(STEP).map(|from| {
                let before = count;
                count += (from..(from + STEP).min(bytes.len())).filter(|at| begins(bytes, *at)).count();
                before
            });
            steps.collect()
        });
        let before = counted.get(offset / STEP).copied().unwrap_or_default();
        before + (offset / STEP * STEP..offset).filter(|at| begins(bytes, *at)).count()
    }

    /// The byte offset of a line and column (both from 1, the column in characters).
    /// A place past the end of its line means the line's end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let starts = self.line_starts();
        let Some(start) = starts.get(line.saturating_sub(1)).copied() else {
            return self.text.len();
        };
        let rest = self.line_at(start);
        let chars = rest.strip_prefix('\u{feff}').unwrap_or(rest);
        let skipped = rest.len() - chars.len();
        start + chars.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at + skipped)
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

/// Whether a character begins at a byte. Byte order marks are not counted: no editor shows them.
fn begins(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..];
    rest.first().is_some_and(|byte| byte & 0xc0 != 0x80) && !rest.starts_with("\u{feff}".as_bytes())
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
        for (at, c) in text.char_indices() {
            assert_eq!(source.line_column(at), place);
            match c {
                '\n' => place = LineColumn { line: place.line + 1, column: 1 },
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
