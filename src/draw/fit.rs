//! Fits a text into a box: the largest size at which it fits, in lines of about the same length.

use std::sync::OnceLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::hyphens;

/// A box, and how text may be set in it.
#[derive(Debug, Clone, Copy)]
pub struct Space<'s> {
    /// In pixels.
    pub width: f32,
    /// In pixels.
    pub height: f32,
    /// The sizes to try, largest first.
    pub sizes: &'s [f32],
    /// The distance of lines, in ems.
    pub leading: f32,
}

/// A text that was fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The size of its letters.
    pub size: f32,
    /// Its lines.
    pub lines: Vec<String>,
}

/// A stretch of text that stays together, and what may come after it.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    /// In ems, without and with the white space that follows.
    width: f32,
    advance: f32,
    /// Whether a hyphen is added if the line ends here.
    hyphen: bool,
}

/// How bad it is to end a line with a hyphen, and the last with one short word; in squares of ems.
const HYPHEN: f32 = 12.0;
const LONELY: f32 = 40.0;

/// No picture has more.
const MOST_LINES: u16 = 60;

/// Another line is worth it if plain text would have to be this much smaller.
const MUCH_SMALLER: f32 = 0.72;

/// Fits a text. `width` measures a stretch of text in ems. Words are parted if they do not fit
/// otherwise, or only in much smaller letters. What does not fit even so ends with an ellipsis after
/// a whole word.
pub fn fit(text: &str, language: &str, space: &Space<'_>, width: &dyn Fn(&str) -> f32) -> Fitted {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let plain = pieces(&text, None, width);
    let whole =
        space.sizes.iter().find_map(|size| at_size(&plain, *size, space, width).map(|lines| (*size, lines)));
    let parted = || {
        let limit = whole.as_ref().map_or(0.0, |(size, _)| size / MUCH_SMALLER);
        let parted = pieces(&text, Some(language), width);
        let mut sizes = space.sizes.iter().filter(|size| **size >= limit);
        sizes.find_map(|size| at_size(&parted, *size, space, width).map(|lines| (*size, lines)))
    };
    let is_largest = whole.as_ref().is_some_and(|(size, _)| space.sizes.first() == Some(size));
    let best = if is_largest { None } else { parted() };
    match best.or(whole) {
        Some((size, lines)) => Fitted { size, lines },
        None => cut(&text, language, space, width),
    }
}

/// A text in one line, with an ellipsis after a word if it is too long.
pub fn one_line(text: &str, most: f32, width: &dyn Fn(&str) -> f32) -> String {
    let space = Space { width: most, height: 1.0, sizes: &[1.0], leading: 1.0 };
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if width(&text) <= most { text } else { cut(&text, "", &space, width).lines.join("") }
}

/// The longest beginning that fits in the smallest letters.
fn cut(text: &str, language: &str, space: &Space<'_>, width: &dyn Fn(&str) -> f32) -> Fitted {
    let size = space.sizes.last().copied().unwrap_or(1.0);
    let pieces = pieces(text, None, width);
    let mut ends = Vec::new();
    let mut end = 0;
    for piece in &pieces {
        end += piece.text.len();
        ends.push(end);
    }
    let attempt = |end: usize| {
        let kept =
            text[..end].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c == '…');
        let kept = format!("{kept}…");
        at_size(&self::pieces(&kept, None, width), size, space, width)
            .or_else(|| at_size(&self::pieces(&kept, Some(language), width), size, space, width))
    };
    let fits = ends.partition_point(|end| attempt(*end).is_some());
    // A first word that does not fit is cut between its letters.
    let lines = match fits.checked_sub(1).and_then(|last| attempt(ends[last])) {
        Some(lines) => lines,
        None => {
            let letters: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            let fits = letters.partition_point(|end| attempt(*end).is_some());
            let end = fits.checked_sub(1).map_or(0, |last| letters[last]);
            attempt(end).unwrap_or_else(|| vec!["…".to_owned()])
        }
    };
    Fitted { size, lines }
}

/// The lines at a size, if the text fits.
fn at_size(
    pieces: &[Piece],
    size: f32,
    space: &Space<'_>,
    width: &dyn Fn(&str) -> f32,
) -> Option<Vec<String>> {
    // The last line needs no distance to a next one, only its letters' height.
    let reach = |lines: u16| size * (1.0 + space.leading * f32::from(lines - 1));
    let count = (1..=MOST_LINES).take_while(|lines| reach(*lines) <= space.height + 0.01).count();
    let ends = broken(pieces, space.width / size, count, width("-"))?;
    let mut lines = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let mut line: String = pieces[start..end].iter().map(|piece| piece.text.as_str()).collect();
        line.truncate(line.trim_end().len());
        if end < pieces.len() && pieces[end - 1].hyphen {
            line.push('-');
        }
        lines.push(line);
        start = end;
    }
    Some(lines)
}

/// Where the lines end, so that there are as few as can be and those as even as can be. `None` if
/// more than `most` would be needed.
fn broken(pieces: &[Piece], room: f32, most: usize, hyphen: f32) -> Option<Vec<usize>> {
    // best[lines][end]: the cost of the first pieces up to `end` in that many lines, and where the
    // last of them starts.
    let mut best: Vec<Vec<Option<(f32, usize)>>> = vec![vec![None; pieces.len() + 1]];
    best[0][0] = Some((0.0, 0));
    for lines in 1..=most {
        let mut row = vec![None; pieces.len() + 1];
        for (start, before) in best[lines - 1].iter().enumerate() {
            let Some((cost, _)) = *before else { continue };
            let mut advance = 0.0;
            for end in start + 1..=pieces.len() {
                let piece = &pieces[end - 1];
                let is_last = end == pieces.len();
                let added = if piece.hyphen && !is_last { hyphen } else { 0.0 };
                let width = advance + piece.width + added;
                if advance + piece.width > room {
                    break;
                }
                advance += piece.advance;
                if width > room {
                    continue;
                }
                let mut cost = cost + (room - width) * (room - width);
                if piece.hyphen && !is_last {
                    cost += HYPHEN;
                }
                let lonely = lines > 1 && is_last && end - start == 1 && width < 0.4 * room;
                if lonely {
                    cost += LONELY;
                }
                let cell: &mut Option<(f32, usize)> = &mut row[end];
                if cell.is_none_or(|(other, _)| cost < other) {
                    *cell = Some((cost, start));
                }
            }
        }
        let done = row[pieces.len()].is_some();
        best.push(row);
        if done {
            let mut ends = vec![pieces.len()];
            for line in (2..=lines).rev() {
                let end = ends.last().copied().unwrap_or(0);
                ends.push(best[line][end]?.1);
            }
            ends.reverse();
            return Some(ends);
        }
    }
    None
}

/// Cuts a text where lines may end (UAX #14; by dictionaries for Thai, Lao, Khmer and Burmese), and
/// within words where hyphens may stand if a language is given.
fn pieces(text: &str, hyphenated: Option<&str>, width: &dyn Fn(&str) -> f32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in segmenter().segment_str(text).filter(|end| *end > 0) {
        let word = &text[start..end];
        let mut from = 0;
        for place in hyphenated.map(|language| hyphens::places(word, language)).unwrap_or_default() {
            pieces.push(piece(&word[from..place], true, width));
            from = place;
        }
        pieces.push(piece(&word[from..], false, width));
        start = end;
    }
    pieces
}

fn piece(text: &str, hyphen: bool, width: &dyn Fn(&str) -> f32) -> Piece {
    let bare = text.trim_end();
    let inked = width(bare);
    let advance = if bare.len() == text.len() { inked } else { width(text) };
    Piece { text: text.to_owned(), width: inked, advance, hyphen }
}

fn segmenter() -> LineSegmenterBorrowed<'static> {
    static SEGMENTER: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();
    *SEGMENTER.get_or_init(|| LineSegmenter::new_auto(LineBreakOptions::default()))
}

#[cfg(test)]
#[path = "fit_tests.rs"]
mod tests;
