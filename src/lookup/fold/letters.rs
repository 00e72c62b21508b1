//! The first steps: what nobody sees goes, what is written in several ways is written in one.

use unicode_normalization::UnicodeNormalization as _;

use super::rules::SCRIPT;

/// The characters of a text without tricks of writing; upper case is still there.
pub(super) fn clean(text: &str) -> Vec<char> {
    if text.is_ascii() {
        return text.chars().collect();
    }
    without_flags(text)
        .filter(|c| !SCRIPT.is_dropped(*c))
        .nfkd()
        .filter(|c| !SCRIPT.is_dropped(*c))
        .nfc()
        .map(|c| SCRIPT.digit(c))
        .collect()
}

/// Two regional letters alone are a flag, and no word.
fn without_flags(text: &str) -> impl Iterator<Item = char> {
    let is_regional = |c: &char| ('🇦'..='🇿').contains(c);
    let mut rest = text.chars().peekable();
    let mut waiting: std::collections::VecDeque<char> = std::collections::VecDeque::new();
    std::iter::from_fn(move || {
        if let Some(c) = waiting.pop_front() {
            return Some(c);
        }
        let first = rest.next()?;
        if !is_regional(&first) {
            return Some(first);
        }
        while let Some(next) = rest.next_if(is_regional) {
            waiting.push_back(next);
        }
        if waiting.len() == 1 {
            waiting.clear();
            return Some(' ');
        }
        Some(first)
    })
}

/// The letters of one run in lower case, Latin ones for those that look like them. Letters that look like
/// Latin ones are taken for them only if nothing else is left of the word, or it has Latin ones already:
/// words that are really Russian or Greek stay what they are.
pub(super) fn lower(run: &[char]) -> Vec<String> {
    let has_latin = run.iter().any(char::is_ascii_alphabetic);
    let is_latin = has_latin || run.iter().all(|c| c.is_ascii() || latin(*c).is_some());
    let each = run.iter().map(|c| {
        let other = if is_latin { latin(*c) } else { None };
        let other = other.or_else(|| SCRIPT.styled(*c).filter(|_| has_latin));
        other.map_or_else(|| small(*c), str::to_owned)
    });
    each.collect()
}

fn latin(c: char) -> Option<&'static str> {
    SCRIPT.alike(c).or_else(|| c.to_lowercase().next().and_then(|c| SCRIPT.alike(c)))
}

fn small(c: char) -> String {
    if c == 'ς' { "σ".to_owned() } else { c.to_lowercase().collect() }
}
