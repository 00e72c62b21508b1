//! Where a word may be parted at the end of a line.

use hypher::Lang;

/// The places in a word, in bytes, at which a hyphen may stand. `language` is a BCP 47 code; none
/// for languages whose rules are not known. Words that are no words (numbers, addresses) stay whole.
pub(super) fn places(word: &str, language: &str) -> Vec<usize> {
    let core = word.trim_matches(|c: char| !c.is_alphabetic());
    if core.chars().count() < 6 || !core.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let Some(start) = word.find(core) else { return Vec::new() };
    let primary = language.split('-').next().unwrap_or_default().to_lowercase();
    let within = match primary.as_str() {
        "id" | "ms" => indonesian(core),
        code => by_patterns(core, code),
    };
    within.into_iter().map(|place| start + place).collect()
}

fn by_patterns(word: &str, code: &str) -> Vec<usize> {
    let Some(language) = code.as_bytes().try_into().ok().and_then(Lang::from_iso) else {
        return Vec::new();
    };
    // At least two letters stay before a hyphen and three go to the next line, in any language.
    let (left, right) = language.bounds();
    let mut place = 0;
    let lengths: Vec<usize> =
        hypher::hyphenate_bounded(word, language, left.max(2), right.max(3)).map(str::len).collect();
    let inner = lengths.len().saturating_sub(1);
    lengths
        .iter()
        .take(inner)
        .map(|length| {
            place += length;
            place
        })
        .collect()
}

/// Indonesian and Malay: between two vowels that are no diphthong, before a single consonant,
/// after the first of several. `kh`, `ng`, `ny` and `sy` are one consonant.
///
/// Affixes are parted from the word they stand at (`ber-asal`, `makan-an`), which a rule cannot
/// tell from syllables (`be-ras`, `ma-kan`). Where both may be, no place is given.
fn indonesian(word: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> =
        word.char_indices().map(|(at, c)| (at, c.to_lowercase().next().unwrap_or(c))).collect();
    let sounds = sounds(&letters);
    let total = letters.len();
    let mut places = Vec::new();
    for (number, sound) in sounds.iter().enumerate() {
        if !sound.vowel {
            continue;
        }
        let Some(next) = sounds.iter().skip(number + 1).position(|later| later.vowel) else { break };
        // The sounds between this vowel and the next; the break stands before `first`.
        let first = match next {
            0 | 1 => number + 1,
            _ => number + 2,
        };
        places.push(sounds[first].start);
    }
    let small: String = letters.iter().map(|(_, c)| *c).collect();
    places.retain(|place| *place >= 2 && total - place >= 3 && !is_doubtful(&small, *place));
    places.into_iter().filter_map(|place| letters.get(place).map(|(at, _)| *at)).collect()
}

/// A letter, or several that sound as one.
struct Sound {
    /// Its first letter's number.
    start: usize,
    vowel: bool,
}

fn sounds(letters: &[(usize, char)]) -> Vec<Sound> {
    let at = |number: usize| letters.get(number).map_or('\0', |(_, c)| *c);
    let mut sounds = Vec::new();
    let mut number = 0;
    while number < letters.len() {
        let vowel = is_vowel(at(number));
        let pair = (at(number), at(number + 1));
        // `ai`, `au`, `ei` and `oi` may be one sound (`pan-dai`) or two (`ma-in`): they stay together.
        let one =
            matches!(pair, ('k', 'h') | ('s', 'y') | ('n', 'g' | 'y') | ('a' | 'e' | 'o', 'i') | ('a', 'u'));
        sounds.push(Sound { start: number, vowel });
        number += if one { 2 } else { 1 };
    }
    sounds
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'é' | 'è' | 'ê')
}

/// Whether a break at this letter may stand in the middle of an affix.
fn is_doubtful(word: &str, place: usize) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let after = |count: usize| letters.get(place + count).copied().unwrap_or('\0');
    let rest: String = letters[place..].iter().collect();
    let before: String = letters[..place].iter().collect();
    // `be-r|asal`, `me-ng|ambil`: the consonant may belong to the prefix.
    let prefixes = ["be", "te", "pe", "me", "membe", "mempe", "dipe", "kebe", "pembe", "kete"];
    let prefix_may_go_on = prefixes.contains(&before.as_str())
        && ((after(0) == 'r' && is_vowel(after(1)))
            || (after(0) == 'n' && after(1) == 'g' && is_vowel(after(2))));
    // `ma-kan|an`, `per-bu-at|an`: the consonant belongs to the word before the suffix.
    let suffix = |end: &str| {
        rest.strip_suffix(end).is_some_and(|middle| {
            let consonants = middle.chars().count();
            consonants <= 2 && middle.chars().all(|c| !is_vowel(c))
        })
    };
    let ends = ["an", "i", "anmu", "anku", "annya", "anlah", "ankah", "inya", "ilah"];
    let own = ["kan", "kanlah", "kannya"].contains(&rest.as_str())
        && place.checked_sub(1).is_some_and(|last| !is_vowel(letters[last]));
    prefix_may_go_on || (ends.iter().any(|end| suffix(end)) && !own)
}

#[cfg(test)]
mod tests {
    use super::places;

    fn parted(word: &str, language: &str) -> String {
        let mut out = word.to_owned();
        for place in places(word, language).into_iter().rev() {
            out.insert(place, '-');
        }
        out
    }

    #[test]
    fn indonesian_words_are_parted_by_syllables() {
        for (word, expected) in [
            ("pemerintah", "pe-me-rin-tah"),
            ("masyarakat", "ma-sya-ra-kat"),
            ("instrumen", "in-stru-men"),
            ("Indonesia", "In-do-ne-sia"),
            ("dirumahkan", "di-ru-mah-kan"),
            ("menyanggul", "me-nyang-gul"),
            ("bertanggung", "ber-tang-gung"),
            ("kependudukan", "ke-pen-du-dukan"),
            ("berasal", "bera-sal"),
            ("mengambil", "mengam-bil"),
        ] {
            assert_eq!(parted(word, "id"), expected);
        }
    }

    #[test]
    fn english_follows_patterns_and_others_stay_whole() {
        assert_eq!(parted("extensive", "en-GB"), "ex-ten-sive");
        assert_eq!(parted("“unconstitutional”", "en"), "“un-con-sti-tu-tional”");
        assert_eq!(parted("unconstitutional", "zu"), "unconstitutional");
        assert_eq!(parted("https://example.org/a", "id"), "https://example.org/a");
        assert_eq!(parted("COVID-19", "id"), "COVID-19");
    }
}
