//! The few lines of a source that a message shows.
//!
//! The renderer lays out every line it is given, so it gets a small copy: only the lines with
//! labels, long ones cut to a window around the words meant. A file of 5 MB on one line then costs
//! no more than a short one.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use crate::diagnostic::Label;
use crate::report::visible;
use crate::source::{Source, Span, floor};

/// Lines up to this many characters are shown whole; of longer ones, this many.
const WINDOW: usize = 120;
/// How many characters of a cut line stand before the words meant.
const LEAD: usize = 40;
/// Spans over more lines than this are underlined on their first line only.
const MAX_LINES: usize = 5;
/// Labels of one file this many lines apart are shown as two excerpts.
const MAX_GAP: usize = 40;
/// Ends the place in a path given to the renderer; cannot occur in text made visible.
const PLACE_END: char = '\u{1}';

/// Lines of one source with the labels on them.
pub(super) struct Excerpt<'a> {
    source: &'a Arc<Source>,
    marks: Vec<Mark<'a>>,
}

/// A label with what of it is shown.
struct Mark<'a> {
    label: &'a Label,
    kind: AnnotationKind,
    /// Line numbers from 1, both inclusive.
    first: usize,
    last: usize,
    /// The bytes to underline, within those lines.
    span: Span,
    /// The bytes of the line that are shown, if the mark stands on one line.
    window: Span,
}

/// The excerpts for the place of a diagnostic, if it has exact words, and for its further labels;
/// the place comes first.
pub(super) fn excerpts<'a>(primary: Option<&'a Label>, others: &'a [Label]) -> Vec<Excerpt<'a>> {
    let primary = primary.map(|label| mark(label, AnnotationKind::Primary));
    let others = others.iter().map(|label| mark(label, AnnotationKind::Context));
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for mark in primary.into_iter().chain(others) {
        match excerpts.iter_mut().find(|excerpt| excerpt.takes(&mark)) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => excerpts.push(Excerpt { source: &mark.label.source, marks: vec![mark] }),
        }
    }
    excerpts
}

fn mark(label: &Label, kind: AnnotationKind) -> Mark<'_> {
    let source = &label.source;
    let start = floor(&source.text, label.span.start);
    let end = floor(&source.text, label.span.end).max(start);
    // A line end at the end of a span would make it reach into the next line.
    let end = start + source.text[start..end].trim_end_matches(['\r', '\n']).len();
    let first = source.line_column(start).line;
    let line = line_bytes(source, first);
    let start = start.clamp(line.start, line.end);
    let end = end.max(start);

    let last = first + memchr::memchr_iter(b'\n', &source.text.as_bytes()[start..end]).count();
    let spans_few = last > first && last - first < MAX_LINES;
    if spans_few && (first..=last).all(|number| is_short(source, number)) {
        let span = start..end;
        let window = line;
        return Mark { label, kind, first, last, span, window };
    }
    let window = window(&source.text, line.clone(), start);
    let span = start..end.min(window.end);
    Mark { label, kind, first, last: first, span, window }
}

/// The part of a line to show so that `at` is in it: all of it if the line is short.
fn window(text: &str, line: Span, at: usize) -> Span {
    if is_short_text(&text[line.clone()]) {
        return line;
    }
    let start =
        text[line.start..at].char_indices().rev().take(LEAD).last().map_or(at, |(back, _)| line.start + back);
    let end = text[start..line.end].char_indices().nth(WINDOW).map_or(line.end, |(forth, _)| start + forth);
    start..end
}

fn is_short(source: &Source, number: usize) -> bool {
    is_short_text(&source.text[line_bytes(source, number)])
}

fn is_short_text(line: &str) -> bool {
    line.chars().nth(WINDOW).is_none()
}

/// The bytes of a line without its line end and without a byte order mark.
fn line_bytes(source: &Source, number: usize) -> Span {
    let start = source.offset(number, 1);
    start..start + source.line_at(start).len()
}

impl<'a> Excerpt<'a> {
    /// Whether a mark can be shown among these: near, and within what a cut line still shows.
    fn takes(&self, mark: &Mark<'_>) -> bool {
        Arc::ptr_eq(self.source, &mark.label.source)
            && self.lines().start.saturating_sub(MAX_GAP) <= mark.last
            && mark.first < self.lines().end + MAX_GAP
            && self.marks.iter().all(|own| {
                own.first != mark.first
                    || own.window == mark.window
                    || (own.window.start <= mark.span.start && mark.span.end <= own.window.end)
            })
    }

    fn lines(&self) -> Range<usize> {
        let first = self.marks.iter().map(|mark| mark.first).min();
        let last = self.marks.iter().map(|mark| mark.last).max();
        first.unwrap_or(1)..last.unwrap_or(1) + 1
    }

    /// The excerpt as the renderer takes it. What it prints as the path has to go through
    /// [`mend_places`].
    pub(super) fn snippet(&self) -> Snippet<'a, Annotation<'a>> {
        let lines = self.lines();
        let mut text = String::new();
        let mut spans = vec![(0, 0); self.marks.len()];
        for number in lines.clone() {
            if number > lines.start {
                text.push('\n');
            }
            let shown = self.shown(number);
            let line = line_bytes(self.source, number);
            let cut_left = shown.start > line.start;
            text.push_str(if cut_left { "..." } else { "" });
            let at = |offset: usize| {
                let before = &self.source.text[shown.start..offset.clamp(shown.start, shown.end)];
                text.len() + visible::code(before).len()
            };
            for (mark, span) in self.marks.iter().zip(&mut spans) {
                if mark.first == number {
                    span.0 = at(mark.span.start);
                }
                if mark.last == number {
                    span.1 = at(mark.span.end);
                }
            }
            text.push_str(&visible::code(&self.source.text[shown.clone()]));
            text.push_str(if shown.end < line.end { "..." } else { "" });
        }
        // The renderer does not count an empty line after the last line end.
        if text.ends_with('\n') {
            text.push(' ');
        }
        let annotations = self.marks.iter().zip(spans).map(|(mark, (start, end))| {
            let annotation = mark.kind.span(start..end);
            match mark.label.message.as_str() {
                "" => annotation,
                message => annotation.label(visible::phrase(message).into_owned()),
            }
        });
        Snippet::source(text).line_start(lines.start).path(self.place()).annotations(annotations)
    }

    /// The bytes shown of a line: what the first mark on it wants, or its beginning.
    fn shown(&self, number: usize) -> Span {
        let wanted = self.marks.iter().find(|mark| mark.first == number);
        wanted.map_or_else(
            || {
                let line = line_bytes(self.source, number);
                window(&self.source.text, line.clone(), line.start)
            },
            |mark| mark.window.clone(),
        )
    }

    fn place(&self) -> String {
        let path = visible::phrase(&self.source.path);
        let offset = self.marks.first().map_or(0, |mark| mark.label.span.start);
        let at = self.source.line_column(offset);
        format!("{path}:{}:{}{PLACE_END}", at.line, at.column)
    }
}

/// Takes away the line and column that the renderer added behind ours: it counts them in the
/// excerpt, where long lines are cut.
pub(super) fn mend_places(rendered: &str) -> String {
    let mut parts = rendered.split(PLACE_END);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mended, part| {
        mended + part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit())
    })
}
