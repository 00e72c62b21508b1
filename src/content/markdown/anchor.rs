//! Finds the words a claim stands on.

use memchr::memmem;

use super::normal::{Prose, normal_words};
use super::passage::Passage;
use crate::content::claim::Quote;
use crate::content::file::File;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{OwnedPath, Spot};

/// How many places of the same words are looked for: nobody counts further.
const MOST: usize = 50;

/// How many of these places are tried for words around them that decide which is meant.
const TRIED: usize = 8;

/// Words that must be in the text, and the claim they belong to.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The claim's id.
    pub claim: String,
    /// Whether the claim is checked elsewhere.
    pub mention: bool,
    /// The words.
    pub quote: Quote,
    /// Where they stand in the front matter.
    pub path: OwnedPath,
}

/// Finds every anchor. Those that are not there, or there more than once, are reported.
pub(super) fn find_all(
    prose: &Prose,
    anchors: &[Anchor],
    file: &File,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Passage> {
    let mut passages = Vec::with_capacity(anchors.len());
    // What is spent on advice must not be missing where words are looked for.
    let (mut effort, mut advice) = (Effort::of(prose), Effort::of(prose));
    for anchor in anchors {
        match find(prose, &anchor.quote, &mut effort) {
            Found::Once(range) => {
                let range = prose.normal.raw(&range);
                passages.push(Passage::new(prose, anchor, range));
            }
            Found::Never => diagnostics.push(not_found(prose, anchor, file, &mut advice)),
            Found::Often(places) => diagnostics.push(ambiguous(prose, anchor, file, &places, &mut advice)),
        }
    }
    passages
}

/// How many bytes may still be compared for all that is quoted from a text. Only a text made for it needs more.
struct Effort(usize);

impl Effort {
    fn of(prose: &Prose) -> Self {
        Self(prose.normal.text.len().saturating_mul(64).saturating_add(4 << 20))
    }

    /// Whether there was so much left.
    fn spend(&mut self, bytes: usize) -> bool {
        let enough = self.0 > bytes;
        self.0 = self.0.saturating_sub(bytes);
        enough
    }
}

enum Found {
    Never,
    Once(Span),
    Often(Vec<Span>),
}

/// Looks for the words, as ranges of the normal form.
fn find(prose: &Prose, quote: &Quote, effort: &mut Effort) -> Found {
    let text = prose.normal.text.as_str();
    let words = normal_words(&quote.exact);
    if words.is_empty() {
        return Found::Never;
    }
    let prefix = quote.prefix.as_deref().map(normal_words).unwrap_or_default();
    let suffix = quote.suffix.as_deref().map(normal_words).unwrap_or_default();
    let finder = memmem::Finder::new(words.as_bytes());
    let step = words.chars().next().map_or(1, char::len_utf8);
    // Words may overlap with themselves, hence the small steps. What is compared at each of them is
    // counted: only a text made for it needs more than this.
    let mut places: Vec<Span> = Vec::new();
    let mut from = 0;
    while places.len() < MOST
        && effort.spend(words.len())
        && let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest))
    {
        let range = from + at..from + at + words.len();
        from = range.start + step;
        if !is_whole_words(text, &range) {
            continue;
        }
        effort.spend(prefix.len() + suffix.len());
        if text[..range.start].trim_end().ends_with(&prefix)
            && text[range.end..].trim_start().starts_with(&suffix)
        {
            places.push(range);
        }
    }
    match <[Span; 1]>::try_from(places) {
        Ok([range]) => Found::Once(range),
        Err(places) if places.is_empty() => Found::Never,
        Err(places) => Found::Often(places),
    }
}

/// Whether a range neither begins nor ends inside a word: "perang" is not in "perangkat".
fn is_whole_words(text: &str, range: &Span) -> bool {
    if !text.is_char_boundary(range.start) || !text.is_char_boundary(range.end) {
        return false;
    }
    let joined = |left: Option<char>, right: Option<char>| {
        // A mark that follows belongs to the letter before it, and so does the rest of a syllable.
        right.is_some_and(|c| unicode_normalization::char::is_combining_mark(c) || ends_syllable(c))
            || (left.is_some_and(is_word) && right.is_some_and(is_word))
    };
    let inside = &text[range.clone()];
    !joined(text[..range.start].chars().next_back(), inside.chars().next())
        && !joined(inside.chars().next_back(), text[range.end..].chars().next())
}

/// Vowels and final consonants of Hangul, which the normal form takes apart: they end a syllable
/// and never begin one.
fn ends_syllable(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Letters and digits of scripts that put spaces between words. Korean does, but its particles
/// follow a noun without one.
fn is_word(c: char) -> bool {
    let without_spaces = matches!(
        u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF
    );
    (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)) && !without_spaces
}

fn not_found(prose: &Prose, anchor: &Anchor, file: &File, effort: &mut Effort) -> Diagnostic {
    let mut path = anchor.path.clone();
    let yaml = &file.yaml;
    // `{exact: ...}` is pointed at where its words are.
    let mut exact = path.clone();
    exact.push(crate::yaml::Part::Key("exact".to_owned(), 0));
    if anchor.quote.prefix.is_some() || anchor.quote.suffix.is_some() {
        path = exact;
    }
    let span = yaml.find(&path, Spot::Value);
    let message = format!("the words of claim `{}` are not in the article", anchor.claim);
    let diagnostic = Diagnostic::at(Code::QuoteNotFound, file.source(), span, message);
    let bare = Quote { exact: anchor.quote.exact.clone(), prefix: None, suffix: None };
    if !matches!(find(prose, &bare, effort), Found::Never) {
        return diagnostic.help("the exact words are there, but not between this prefix and suffix");
    }
    // Words are looked at one by one, which costs more than to find them as they are.
    let is_affordable = effort.spend(prose.normal.text.len().saturating_mul(8));
    let near = is_affordable.then(|| nearest(prose, &normal_words(&anchor.quote.exact))).flatten();
    let Some(range) = near else {
        return diagnostic.help("copy the words from the text below the front matter");
    };
    let raw = prose.normal.raw(&range);
    let words = prose.raw[raw.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let inside = prose.in_markdown(&raw);
    diagnostic
        .other(
            file.source(),
            file.body.start + inside.start..file.body.start + inside.end,
            "the nearest passage",
        )
        .help(format!("the nearest passage is \"{words}\""))
}

fn ambiguous(
    prose: &Prose,
    anchor: &Anchor,
    file: &File,
    places: &[Span],
    effort: &mut Effort,
) -> Diagnostic {
    let span = file.yaml.find(&anchor.path, Spot::Value);
    let least = if places.len() == MOST { "at least " } else { "" };
    let message =
        format!("the words of claim `{}` are in the article {least}{} times", anchor.claim, places.len());
    let mut diagnostic = Diagnostic::at(Code::QuoteAmbiguous, file.source(), span, message);
    for place in places.iter().take(3) {
        let inside = prose.in_markdown(&prose.normal.raw(place));
        diagnostic = diagnostic.other(
            file.source(),
            file.body.start + inside.start..file.body.start + inside.end,
            "here",
        );
    }
    let quoted = |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
    let Some((side, around)) =
        places.iter().take(TRIED).find_map(|place| deciding(prose, &anchor.quote, place, effort))
    else {
        return diagnostic.help("quote more words");
    };
    diagnostic.help(format!(
        "quote more words, or say which is meant by what stands {}: `quote: {{exact: {}, {side}: {}}}`",
        if side == "prefix" { "before it" } else { "after it" },
        quoted(&anchor.quote.exact),
        quoted(&around),
    ))
}

/// The fewest words before or after one of the places that no other of them has there.
fn deciding(
    prose: &Prose,
    quote: &Quote,
    place: &Span,
    effort: &mut Effort,
) -> Option<(&'static str, String)> {
    let text = &prose.normal.text;
    let before: Vec<&str> = text[..place.start].split_whitespace().rev().take(6).collect();
    let after: Vec<&str> = text[place.end..].split_whitespace().take(6).collect();
    (1..=6).find_map(|count| {
        let prefix =
            before.get(..count).map(|words| words.iter().rev().copied().collect::<Vec<_>>().join(" "));
        let suffix = after.get(..count).map(|words| words.join(" "));
        let mut decides = |prefix: Option<String>, suffix: Option<String>| {
            let tried = Quote { exact: quote.exact.clone(), prefix, suffix };
            matches!(find(prose, &tried, effort), Found::Once(_))
        };
        match (prefix, suffix) {
            (Some(prefix), _) if decides(Some(prefix.clone()), None) => Some(("prefix", prefix)),
            (_, Some(suffix)) if decides(None, Some(suffix.clone())) => Some(("suffix", suffix)),
            _ => None,
        }
    })
}

/// The stretch of a block that shares most words with `words`, if it shares enough of them. A heading and the
/// paragraph below it are two blocks: nobody quotes them as one.
fn nearest(prose: &Prose, words: &str) -> Option<Span> {
    let wanted: Vec<String> = words.split(' ').map(core).filter(|word| !word.is_empty()).collect();
    let mut best: Option<(i64, Span)> = None;
    for block in prose.normal_blocks() {
        let Some((score, range)) = nearest_in(&prose.normal.text[block.clone()], &wanted) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, block.start + range.start..block.start + range.end));
        }
    }
    best.map(|(_, range)| range)
}

/// The nearest stretch of one block, and how many words it shares.
fn nearest_in(text: &str, wanted: &[String]) -> Option<(i64, Span)> {
    if wanted.is_empty() {
        return None;
    }
    let mut missing = std::collections::HashMap::new();
    for word in wanted {
        *missing.entry(word.as_str()).or_insert(0_i64) += 1;
    }
    let mut at = 0;
    let tokens: Vec<(Span, String)> = text
        .split(' ')
        .map(|token| {
            let start = at;
            at += token.len() + 1;
            (start..start + token.len(), core(token))
        })
        .collect();
    // A little wider than the quotation: words may have been put in between.
    let size = (wanted.len() + wanted.len() / 3 + 1).min(tokens.len());
    let mut score = 0_i64;
    let mut best = (0_i64, 0);
    for (index, (_, word)) in tokens.iter().enumerate() {
        if let Some(left) = missing.get_mut(word.as_str()) {
            score += i64::from(*left > 0);
            *left -= 1;
        }
        if index >= size
            && let Some(left) = missing.get_mut(tokens[index - size].1.as_str())
        {
            *left += 1;
            score -= i64::from(*left > 0);
        }
        if score > best.0 {
            best = (score, (index + 1).saturating_sub(size));
        }
    }
    // A passage that shares one common word with the quotation helps nobody.
    let enough = wanted.len().div_ceil(2).max(wanted.len().min(2));
    if usize::try_from(best.0).unwrap_or(0) < enough {
        return None;
    }
    let window = &tokens[best.1..(best.1 + size).min(tokens.len())];
    let shared = |(_, word): &&(Span, String)| missing.contains_key(word.as_str());
    let first = window.iter().find(shared)?;
    let last = window.iter().rev().find(shared)?;
    // Without the punctuation around it, which would have to be quoted as well.
    let stretch = &text[first.0.start..last.0.end];
    let bare = |c: char| !c.is_alphanumeric();
    let start = first.0.start + (stretch.len() - stretch.trim_start_matches(bare).len());
    Some((best.0, start..start + stretch.trim_matches(bare).len()))
}

/// A word without punctuation and capital letters.
fn core(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Effort, Found, MOST, Prose, find, nearest};
    use crate::config::RawHtml;
    use crate::content::claim::Quote;

    /// Where the words are found, in bytes of the text.
    fn places(text: &str, exact: &str, prefix: Option<&str>) -> Vec<(usize, usize)> {
        let events = [(pulldown_cmark::Event::Text(text.into()), 0..text.len())];
        let prose = Prose::collect(&events, RawHtml::Refuse);
        let quote = Quote { exact: exact.to_owned(), prefix: prefix.map(str::to_owned), suffix: None };
        let found = match find(&prose, &quote, &mut Effort::of(&prose)) {
            Found::Never => Vec::new(),
            Found::Once(range) => vec![range],
            Found::Often(ranges) => ranges,
        };
        found.iter().map(|range| prose.normal.raw(range)).map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn a_korean_noun_is_found_before_its_particle() {
        assert_eq!(places("북한군이 왔다", "북한군", None), [(0, 9)]);
        assert_eq!(places("그 북한군은", "북한군", None), [(4, 13)]);
        // `가` is no part of `각`, though its letters are.
        assert_eq!(places("각 나라", "가", None), []);
        assert_eq!(places("한국", "\u{1161}", None), []);
    }

    #[test]
    fn words_that_overlap_with_themselves_are_found() {
        assert_eq!(places("bla la la land", "la la", None), [(4, 9)]);
        assert_eq!(places("ya ya ya", "ya ya", None), [(0, 5), (3, 8)]);
        assert_eq!(places("tidak ya ya ya", "ya ya", Some("tidak")), [(6, 11)]);
    }

    #[test]
    fn a_text_of_one_word_does_not_keep_anyone_waiting() {
        let text = "a ".repeat(500_000);
        assert_eq!(places(&text, "a a", None).len(), MOST);
        assert_eq!(places(&text, &"a ".repeat(15_000), Some(&"b a ".repeat(7_000))), []);
        assert_eq!(places(&"a".repeat(1_000_000), &"a".repeat(30_000), None), []);
        // Half of a long quotation, after as many words that are not in it.
        let words = |letter: char, step: usize| {
            let words: Vec<String> = (0..30_000).step_by(step).map(|at| format!("{letter}{at}")).collect();
            words.join(" ") + " "
        };
        let text = words('z', 1) + &words('k', 2);
        let events = [(pulldown_cmark::Event::Text(text.as_str().into()), 0..text.len())];
        let found = nearest(&Prose::collect(&events, RawHtml::Refuse), &words('k', 1));
        assert!(found.is_some_and(|range| text[range].starts_with("k0 k2 ")));
    }
}
