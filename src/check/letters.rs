//! Letters that are not what they seem (Unicode Technical Standard 39).

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{MixedScript as _, skeleton};

/// What is wrong with a text's letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trick {
    /// A character that nobody sees, or that turns the direction of reading.
    Hidden(char),
    /// A word with letters of several scripts that look alike.
    Mixed(String),
    /// A letter in disguise, such as a mathematical bold one, in this word.
    Disguised(String),
    /// A host whose name in letters of another script reads like this.
    Host(String, String),
}

/// What is wrong with the letters of a name or a title.
pub(super) fn trick(text: &str) -> Option<Trick> {
    if text.is_ascii() {
        return None;
    }
    if let Some(c) = hidden(text) {
        return Some(Trick::Hidden(c));
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii()).find_map(|word| {
        if word.chars().any(is_disguised) {
            return Some(Trick::Disguised(word.to_owned()));
        }
        (!word.is_single_script()).then(|| Trick::Mixed(word.to_owned()))
    })
}

/// What is wrong with the letters of an address.
pub(super) fn trick_of_address(url: &str) -> Option<Trick> {
    if let Some(c) = hidden(url) {
        return Some(Trick::Hidden(c));
    }
    let host = super::addresses::host(url);
    let is_plain = host.is_ascii() && !host.split('.').any(|label| label.get(..4).is_some_and(is_encoded));
    if is_plain {
        return None;
    }
    let (shown, _) = idna::domain_to_unicode(host);
    // Under a top level of its own script a name cannot be taken for one in Latin letters.
    let top_is_latin = shown.rsplit('.').next().is_some_and(str::is_ascii);
    shown.split('.').filter(|label| !label.is_ascii()).find_map(|label| {
        if !label.is_single_script() {
            return Some(Trick::Mixed(label.to_owned()));
        }
        let reads: String = skeleton(label).collect();
        (top_is_latin && reads.is_ascii()).then(|| Trick::Host(shown.clone(), reads))
    })
}

fn is_encoded(start: &str) -> bool {
    start.eq_ignore_ascii_case("xn--")
}

/// The text without the characters that nobody sees.
pub(super) fn without_hidden(text: &str) -> String {
    let is_right_to_left = is_right_to_left(text);
    let mut before = None;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_hidden(c, before, is_right_to_left) {
            kept.push(c);
            before = Some(c);
        }
    }
    kept
}

fn hidden(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let is_right_to_left = is_right_to_left(text);
    let mut before = None;
    text.chars().find(|c| {
        let is_hidden = is_hidden(*c, before, is_right_to_left);
        before = Some(*c);
        is_hidden
    })
}

fn is_hidden(c: char, before: Option<char>, right_to_left: bool) -> bool {
    match c {
        // Overrides and embeddings turn what follows, soft hyphens and the like come from copying.
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}' => true,
        // Scripts written from the right need these marks beside numbers and Latin words.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => !right_to_left,
        // Joiners shape letters of many scripts and emoji; between Latin letters they do nothing.
        '\u{200c}' | '\u{200d}' => before.is_none_or(|before| before.is_ascii() || before < '\u{250}'),
        _ => false,
    }
}

fn is_right_to_left(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// A letter or digit that is a plain one in another dress.
fn is_disguised(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{ff01}'..='\u{ff5e}' | '\u{249c}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
        && c.nfkc().all(|plain| plain.is_ascii())
}

/// The text with disguised letters as plain ones.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().collect()
}

/// A text's letters and digits, with a space before each word.
pub(super) fn letters(claim: &str) -> impl Iterator<Item = char> {
    claim
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_two_scripts_are_found_and_texts_of_two_are_not() {
        assert_eq!(trick("Vaks\u{456}n covid"), Some(Trick::Mixed("Vaks\u{456}n".to_owned())));
        for fine in [
            "Café Perang–Dingin",
            "γ-globulin dan DNA",
            "北朝鮮のミサイル",
            "한국 KBS 방송",
            "Путин в Москве",
            "5 µm",
        ] {
            assert_eq!(trick(fine), None, "{fine}");
        }
        assert!(matches!(
            trick("\u{1d415}\u{1d400}\u{1d40a}\u{1d412}\u{1d408}\u{1d40d}"),
            Some(Trick::Disguised(_))
        ));
        assert_eq!(plain("\u{1d415}\u{1d400}"), "VA");
    }

    #[test]
    fn what_nobody_sees_is_found_where_it_means_nothing() {
        assert_eq!(trick("WH\u{200b}O"), Some(Trick::Hidden('\u{200b}')));
        assert_eq!(trick("\u{202e}gpj.exe"), Some(Trick::Hidden('\u{202e}')));
        assert_eq!(trick("ka\u{200d}ta"), Some(Trick::Hidden('\u{200d}')));
        assert_eq!(trick("\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}"), None);
        assert_eq!(trick("\u{1f469}\u{200d}\u{1f52c} Rina"), None);
        assert_eq!(without_hidden("W\u{200b}H\u{feff}O"), "WHO");
    }

    #[test]
    fn hosts_that_read_like_others_are_found() {
        // Cyrillic letters only, all of which look like Latin ones.
        let trick = trick_of_address("https://xn--80ak6aa92e.com/login");
        assert!(matches!(trick, Some(Trick::Host(..))), "{trick:?}");
        assert_eq!(trick_of_address("https://xn--e1afmkfd.xn--p1ai/"), None);
        assert_eq!(trick_of_address("https://xn--mnchen-3ya.de/"), None);
        assert_eq!(trick_of_address("https://example.org/%D0%B0"), None);
        assert!(matches!(trick_of_address("https://g\u{43e}ogle.com/"), Some(Trick::Mixed(_))));
    }
}
