//! Turns names into parts of addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in characters. Longer names are cut at a word.
const LONGEST: usize = 80;

/// The part of an address that stands for `text`: small letters and digits joined by hyphens.
/// Latin letters lose their accents; letters of other scripts are kept. May be empty.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        return joined(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    let letters = text.nfd().filter(|c| !is_latin_accent(*c)).flat_map(char::to_lowercase);
    // Composed again, so that Hangul and Vietnamese file names look as their readers write them.
    joined(letters, text.len()).nfc().collect()
}

/// Letters and digits in words that hyphens join.
fn joined(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut slug = String::with_capacity(length);
    let mut count = 0;
    let mut last_word_end = 0;
    for c in letters {
        if c.is_alphanumeric() || is_combining_mark(c) {
            slug.push(c);
            count += 1;
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            last_word_end = slug.len();
            slug.push('-');
            count += 1;
        }
        if count >= LONGEST {
            if last_word_end > 0 {
                slug.truncate(last_word_end);
            }
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Accents of European scripts: U+0300 to U+036F. Marks of other scripts carry vowels.
fn is_latin_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn folds_case_accents_and_punctuation() {
        assert_eq!(slug("Café & Restoran: “Jum'at”"), "cafe-restoran-jumat");
        assert_eq!(slug("  --  "), "");
        assert_eq!(slug("../../etc"), "etc");
    }

    #[test]
    fn keeps_other_scripts() {
        assert_eq!(slug("هيئة الأرصاد"), "هيئة-الأرصاد");
        assert_eq!(slug("한국 정부"), "한국-정부");
    }

    #[test]
    fn cuts_long_names_at_a_word() {
        let long = slug(&"kata ".repeat(40));
        assert!(long.len() <= 80 && long.ends_with("kata"), "{long}");
        assert_eq!(slug(&"x".repeat(300)).len(), 80);
    }
}
