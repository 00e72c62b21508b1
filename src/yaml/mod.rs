//! YAML as a tree, and where its parts stand: the only module that knows `serde_yaml`.
//!
//! `serde_yaml` stops at the first mistake and forgets positions, while an editor wants all
//! mistakes with their places. So the text is parsed once into a plain [`Node`] tree, which
//! `decode` reads while it collects every problem, and `locate` finds the place of a problem
//! afterwards, only when there is one to report. Where many are asked for, all places are found at once (`places`).

mod decode;
mod emit;
mod locate;
mod node;
mod places;
mod plain;
#[cfg(test)]
mod plain_tests;
mod quick;
mod quote;
mod values;
mod write;

pub use decode::{At, Decoder, Fields, OwnedPath, Part};
pub use emit::emit;
pub use node::{Node, parse};
pub use quote::quoted;
pub(crate) use values::{CURLY, clip, curly_help, plain_host, unusable_at};
pub use values::{
    absolute_url, address_help, id, integer, is_safe_id, list, one_of, text, web_url, without_curly_quotes,
    yes_no,
};
pub use write::{scalar, write};

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use places::Places;

use crate::source::{Source, Span};

/// Up to this size, in bytes, debug builds find a place in all ways and compare.
const COMPARED: usize = 16 * 1024;

/// So many places of a text are found one by one, each by walking its lines or by reading it again. After that,
/// all are found at once and kept, so that a file of thousands of problems is not read thousands of times.
const FEW: usize = 8;

/// A stretch of YAML inside a file: a whole `site.yaml`, or the front matter of an article.
#[derive(Debug, Clone)]
pub struct Yaml {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes of the file that are YAML.
    pub span: Span,
    known: Arc<Known>,
}

/// What is known of the places of a text; its copies share it.
#[derive(Default)]
struct Known {
    /// Where lines begin, if some of them end in another way than editors know.
    odd_lines: OnceLock<Option<Vec<usize>>>,
    /// How many places were asked for.
    asked: AtomicUsize,
    places: OnceLock<Option<Places>>,
}

/// Two of the same text are shown alike, whatever was asked of them.
impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").finish_non_exhaustive()
    }
}

impl Yaml {
    /// The bytes `span` of a file.
    pub fn part(source: Arc<Source>, span: Span) -> Self {
        Self { source, span, known: Arc::default() }
    }

    /// The same YAML as if it were a file of its own.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self::whole(&Source::new(self.source.path.clone(), self.text().to_owned()))
    }

    /// A whole file, without its byte order mark.
    pub fn whole(source: &Arc<Source>) -> Self {
        let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self::part(Arc::clone(source), start..source.text.len())
    }

    /// The YAML text.
    pub fn text(&self) -> &str {
        &self.source.text[self.span.clone()]
    }

    /// The place of the value (or the key) at `path`. The nearest place above it if there is none.
    pub fn find(&self, path: &[Part], part: Spot) -> Span {
        if self.known.asked.fetch_add(1, Ordering::Relaxed) >= FEW
            && let Some(places) = self.places()
        {
            return places.find(self, path, part);
        }
        let quick = quick::find(self, path, part);
        if (cfg!(not(debug_assertions)) || self.span.len() > COMPARED)
            && let Some(span) = quick
        {
            return span;
        }
        let careful = locate::find(self, path, part);
        debug_assert!(quick.is_none_or(|quick| quick == careful), "{path:?} in {}", self.source.path);
        if cfg!(debug_assertions)
            && self.span.len() <= COMPARED
            && let Some(places) = self.places()
        {
            debug_assert_eq!(places.find(self, path, part), careful, "{path:?} in {}", self.source.path);
        }
        careful
    }

    /// Where everything stands, unless the text is out of the ordinary.
    fn places(&self) -> Option<&Places> {
        self.known.places.get_or_init(|| Places::read(self)).as_ref()
    }

    /// Where lines begin, if some end otherwise than by a line feed, as they may in YAML 1.1 (section 4.2): the parser counts
    /// them, no editor does.
    fn odd_lines(&self) -> Option<&[usize]> {
        let known = self.known.odd_lines.get_or_init(|| {
            let bytes = self.text().as_bytes();
            let odd = |at: usize| odd_break(&bytes[at..]).is_some();
            if !memchr::memchr3_iter(b'\r', 0xc2, 0xe2, bytes).any(odd) {
                return None;
            }
            let ends = (0..bytes.len()).filter_map(|at| match bytes[at] {
                b'\n' => Some(at + 1),
                _ => odd_break(&bytes[at..]).map(|length| at + length),
            });
            Some(std::iter::once(0).chain(ends).map(|at| self.span.start + at).collect())
        });
        known.as_deref()
    }

    /// Turns a line and column of the YAML text (from 1, in characters) into a file offset.
    fn offset(&self, line: usize, column: usize) -> usize {
        if let Some(lines) = self.odd_lines() {
            let start = lines.get(line.saturating_sub(1)).copied().unwrap_or(self.span.end);
            let rest = &self.source.text[start..self.span.end];
            return start
                + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        }
        let first = self.source.line_column(self.span.start);
        let column = if line == 1 { column + first.column - 1 } else { column };
        self.source.offset(first.line + line - 1, column).clamp(self.span.start, self.span.end)
    }
}

/// The length of a line end that begins here, if it is one that editors do not know: a carriage return alone, the next
/// line of C1, or one of Unicode's separators.
fn odd_break(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', ..] => None,
        [b'\r', ..] => Some(1),
        [0xc2, 0x85, ..] => Some(2),
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => Some(3),
        _ => None,
    }
}

/// Which part of a mapping entry is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The key.
    Key,
    /// The value.
    Value,
}
