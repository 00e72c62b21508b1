//! The prose of a text, and its normal form in which quotations are compared.

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Events, is_comment};
use crate::config::RawHtml;
use crate::source::Span;

/// What a reader reads: the text of all events, one after the other.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// The text. Blocks are separated by a line feed.
    pub(super) raw: String,
    /// Where each event's text begins in `raw`: (offset, index of the event, its place in the body).
    segments: Vec<(usize, usize, Span)>,
    /// Where blocks begin in `raw`.
    blocks: Vec<usize>,
    /// Its normal form.
    pub(super) normal: Normal,
}

impl Prose {
    pub(super) fn collect(events: &Events<'_>, html: RawHtml) -> Self {
        let mut prose = Prose::default();
        let mut in_image = 0_usize;
        for (index, (event, span)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Image { .. }) => in_image += 1,
                Event::End(TagEnd::Image) => in_image = in_image.saturating_sub(1),
                Event::Start(tag) if is_block(tag) => prose.begin_block(),
                // The description of a picture is not part of the running text.
                _ if in_image > 0 => {}
                Event::Text(text) | Event::Code(text) => prose.push(index, text, span),
                // Refused HTML is shown, so it can be quoted.
                Event::InlineHtml(text) if html == RawHtml::Refuse && !is_comment(text) => {
                    prose.push(index, text, span);
                }
                Event::SoftBreak | Event::HardBreak => prose.push(index, "\n", span),
                _ => {}
            }
        }
        prose.normal = Normal::of(&prose.raw);
        prose
    }

    fn begin_block(&mut self) {
        if !self.raw.is_empty() {
            self.raw.push('\n');
        }
        self.blocks.push(self.raw.len());
    }

    fn push(&mut self, event: usize, text: &str, span: &Span) {
        self.segments.push((self.raw.len(), event, span.clone()));
        self.raw.push_str(text);
    }

    /// Where the text of an event stands in `raw`.
    pub(super) fn of_event(&self, event: usize) -> Option<usize> {
        let at = self.segments.binary_search_by_key(&event, |(_, event, _)| *event).ok()?;
        self.segments.get(at).map(|(start, ..)| *start)
    }

    /// The block that holds the bytes of `range`, as a range of `raw`. More than one block if the
    /// range spans several.
    pub(super) fn block(&self, range: &Span) -> Span {
        let before = self.blocks.partition_point(|start| *start <= range.start);
        let start = if before == 0 { 0 } else { self.blocks[before - 1] };
        let after = self.blocks.partition_point(|start| *start < range.end);
        let end = self.blocks.get(after).copied().unwrap_or(self.raw.len());
        start..end.max(range.end)
    }

    /// The blocks that have words, as ranges of the normal form.
    pub(super) fn normal_blocks(&self) -> impl Iterator<Item = Span> {
        let of_raw = |raw: usize| self.normal.from.partition_point(|from| (*from as usize) < raw);
        let end = self.normal.text.len();
        let starts = std::iter::once(0).chain(self.blocks.iter().map(move |raw| of_raw(*raw).min(end)));
        let ends = self.blocks.iter().map(move |raw| of_raw(*raw).min(end)).chain([end]);
        starts.zip(ends).map(|(start, end)| start..end.max(start)).filter(|block| !block.is_empty())
    }

    /// The bytes of the Markdown that a range of `raw` comes from.
    pub(super) fn in_markdown(&self, range: &Span) -> Span {
        let place = |offset: usize, is_end: bool| {
            let at = if is_end {
                self.segments.partition_point(|(start, ..)| *start < offset)
            } else {
                self.segments.partition_point(|(start, ..)| *start <= offset)
            };
            let Some((start, _, span)) = at.checked_sub(1).and_then(|at| self.segments.get(at)) else {
                return 0;
            };
            (span.start + (offset - start)).min(span.end)
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// A text in normal form: canonical decomposition, one kind of quotation mark and hyphen, single
/// spaces, nothing invisible. Case and words are as they were.
#[derive(Debug, Default)]
pub(super) struct Normal {
    /// The normal form.
    pub(super) text: String,
    /// For each byte of it, the offset in the raw text it comes from; one more for the end.
    from: Vec<u32>,
}

impl Normal {
    pub(super) fn of(raw: &str) -> Self {
        let mut normal =
            Normal { text: String::with_capacity(raw.len()), from: Vec::with_capacity(raw.len() + 1) };
        let mut at = 0;
        loop {
            at = normal.take_plain(raw, at);
            let Some(first) = raw[at..].chars().next() else {
                break;
            };
            let mut end = at + first.len_utf8();
            // Accents may be written apart from their letter, in any order: decompose them together.
            while let Some(mark) =
                raw[end..].chars().next().filter(|c| !c.is_ascii() && is_combining_mark(*c))
            {
                end += mark.len_utf8();
            }
            if end == at + first.len_utf8() {
                normal.push(first, at);
            } else {
                for c in raw[at..end].nfd() {
                    normal.append(c, at);
                }
            }
            at = end;
        }
        let length = u32::try_from(raw.len()).unwrap_or(u32::MAX);
        normal.from.push(length);
        normal
    }

    /// Takes over letters, digits and signs that stay as they are: nearly all of any text. Says where the rest begins.
    fn take_plain(&mut self, raw: &str, at: usize) -> usize {
        let rest = &raw.as_bytes()[at..];
        // Of several spaces one stays.
        let mut after_space = self.text.ends_with(' ');
        let stays = |byte: &&u8| {
            let is_space = **byte == b' ';
            let stays = is_plain(**byte) || (is_space && !after_space);
            after_space = is_space;
            stays
        };
        let mut length = rest.iter().take_while(stays).count();
        // An accent may follow.
        if rest.get(length).is_some_and(|byte| !byte.is_ascii()) {
            length = length.saturating_sub(1);
        }
        self.text.push_str(&raw[at..at + length]);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.from.extend(place(at)..place(at + length));
        at + length
    }

    fn push(&mut self, c: char, at: usize) {
        match c {
            ' '
            | '\n'
            | '\t'
            | '\r'
            | '\u{a0}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
            | '\u{2028}'
            | '\u{2029}' => {
                if !self.text.ends_with(' ') {
                    self.append(' ', at);
                }
            }
            // En and em dashes are typed as two or three hyphens.
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                if !self.text.ends_with('-') {
                    self.append('-', at);
                }
            }
            '\''
            | '\u{2018}'..='\u{201b}'
            | '\u{2032}'
            | '\u{2b9}'
            | '\u{2bc}'
            | '\u{ff07}'
            | '`'
            | '\u{b4}' => self.append('\'', at),
            '"' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ff02}' | '\u{ab}' | '\u{bb}' => {
                self.append('"', at);
            }
            '\u{2026}' => {
                for _ in 0..3 {
                    self.append('.', at);
                }
            }
            // Soft hyphen, zero-width and direction marks, byte order mark.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_ascii() => self.append(c, at),
            c => {
                for part in std::iter::once(c).nfd() {
                    self.append(part, at);
                }
            }
        }
    }

    fn append(&mut self, c: char, at: usize) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.from.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// The raw bytes behind a range of the normal form.
    pub(super) fn raw(&self, range: &Span) -> Span {
        let at = |offset: usize| self.from.get(offset).map_or(0, |raw| *raw as usize);
        let start = at(range.start);
        start..at(range.end).max(start)
    }
}

/// How many words a text has: what stands between white space, as [`str::split_whitespace`] has it.
pub(super) fn count_words(text: &str) -> usize {
    // White space beyond ASCII begins with one of four bytes; hardly any text has it.
    let is_wide = |at: usize| text[at..].starts_with(char::is_whitespace);
    let bytes = text.as_bytes();
    if memchr::memchr3_iter(0xc2, 0xe1, 0xe3, bytes).chain(memchr::memchr_iter(0xe2, bytes)).any(is_wide) {
        return text.split_whitespace().count();
    }
    let is_space = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let begins = bytes.windows(2).filter(|pair| is_space(pair[0]) && !is_space(pair[1])).count();
    begins + usize::from(bytes.first().is_some_and(|first| !is_space(*first)))
}

/// Whether a byte is a character that the normal form has as it is, whatever stands before it.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'-' | b'\'' | b'`' | b'"')
}

/// The normal form of a quotation, without white space around it.
pub(super) fn normal_words(text: &str) -> String {
    Normal::of(text).text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Normal, normal_words};

    #[test]
    fn typographic_and_typed_forms_are_the_same() {
        assert_eq!(normal_words("“Kami’tahu” – kata  dia…"), normal_words("\"Kami'tahu\" -- kata\ndia..."));
        assert_eq!(normal_words("re\u{301}sume\u{301}"), normal_words("résumé"));
        assert_eq!(normal_words("e\u{302}\u{323}"), normal_words("ệ"));
        assert_eq!(normal_words("so\u{ad}ft\u{200b}"), "soft");
    }

    #[test]
    fn what_is_taken_as_it_is_would_be_pushed_alike() {
        for byte in 0..=u8::MAX {
            let (mut pushed, c) = (Normal::default(), char::from(byte));
            if super::is_plain(byte) {
                pushed.push(c, 0);
                assert_eq!(pushed.text, c.to_string());
            }
        }
        let normal = Normal::of("cafe\u{301} tea");
        assert_eq!(normal.text, "cafe\u{301} tea");
        assert_eq!(normal.raw(&(3..6)), 3..6);
    }

    #[test]
    fn one_space_stays_and_accents_find_their_letter() {
        let texts = [
            "a  b",
            " a",
            "a \n b",
            "a\u{a0} b",
            "a \u{301}b",
            "-- a - b ",
            "a\t b  c",
            "é  é",
            "x  ",
            "a – – b",
        ];
        for raw in texts {
            let plain = Normal::of(raw);
            // As if nothing were plain: character by character.
            let mut slow = Normal::default();
            let mut at = 0;
            while let Some(first) = raw[at..].chars().next() {
                let rest = &raw[at + first.len_utf8()..];
                let marks: usize = rest
                    .chars()
                    .take_while(|c| unicode_normalization::char::is_combining_mark(*c))
                    .map(char::len_utf8)
                    .sum();
                let end = at + first.len_utf8() + marks;
                if marks == 0 {
                    slow.push(first, at);
                } else {
                    unicode_normalization::UnicodeNormalization::nfd(&raw[at..end])
                        .for_each(|c| slow.append(c, at));
                }
                at = end;
            }
            slow.from.push(u32::try_from(raw.len()).unwrap());
            assert_eq!((plain.text, plain.from), (slow.text, slow.from), "{raw:?}");
        }
    }

    #[test]
    fn words_are_counted_as_the_library_counts_them() {
        for c in ('\0'..='\u{3100}').chain(['\u{feff}', '\u{10ffff}']) {
            for text in [format!("a{c}b"), format!("{c} {c}"), format!(" é{c}")] {
                assert_eq!(super::count_words(&text), text.split_whitespace().count(), "{text:?}");
            }
        }
    }

    #[test]
    fn words_and_case_stay_different() {
        assert_ne!(normal_words("Kami"), normal_words("kami"));
        assert_ne!(normal_words("10.000"), normal_words("10,000"));
    }

    #[test]
    fn ranges_lead_back_to_the_raw_text() {
        let raw = "a  “é” z";
        let normal = Normal::of(raw);
        let start = normal.text.find('"').unwrap();
        let end = normal.text.rfind('"').unwrap() + 1;
        assert_eq!(&raw[normal.raw(&(start..end))], "“é”");
    }
}
