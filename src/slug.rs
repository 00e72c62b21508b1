//! Turns names into parts of addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in characters. Longer names are cut at a word.
const LONGEST: usize = 80;

/// Names Windows keeps for devices; no file or folder can be made of one there, whatever its ending.
pub const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest name of a file or folder, in bytes, that all usual disks take.
const LONGEST_NAME: usize = 255;

/// The longest path of a file, in bytes: stores of files that serve sites take hardly more.
const LONGEST_PATH: usize = 1000;

/// Why a path of the site cannot be a file on every system, if it cannot.
pub fn unfit(path: &str) -> Option<&'static str> {
    if path.len() > LONGEST_PATH {
        return Some("it is longer than 1,000 bytes");
    }
    path.split('/').filter(|part| !part.is_empty()).find_map(|part| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        if part.len() > LONGEST_NAME {
            Some("a part of it is longer than 255 bytes")
        } else if part.ends_with(['.', ' ']) {
            Some("Windows takes away a dot or a space at the end of a name")
        } else if part.contains(|c: char| matches!(c, ':' | '\\') || c.is_control()) {
            Some("a colon, a backslash or a control character cannot be in a name everywhere")
        } else if DEVICES.contains(&stem.as_str()) {
            Some("Windows keeps the name of a device for itself")
        } else {
            None
        }
    })
}

/// The part of an address that stands for `text`: small letters and digits joined by hyphens.
/// Latin letters lose their accents; letters of other scripts are kept. May be empty.
pub fn slug(text: &str) -> String {
    let slug = plain(text);
    if DEVICES.contains(&slug.as_str()) { slug + "-1" } else { slug }
}

fn plain(text: &str) -> String {
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
    use super::{slug, unfit};

    #[test]
    fn folds_case_accents_and_punctuation() {
        assert_eq!(slug("Café & Restoran: “Jum'at”"), "cafe-restoran-jumat");
        assert_eq!(slug("  --  "), "");
        assert_eq!(slug("../../etc"), "etc");
    }

    #[test]
    fn names_of_devices_stand_for_no_folder() {
        assert_eq!(slug("Con"), "con-1");
        assert_eq!(slug("Conan"), "conan");
        for path in ["/nul/x/", "/a/NUL.txt", "/a./b", "/a /b", "/a:b", "/a\\b", "/a\nb"] {
            assert!(unfit(path).is_some(), "{path}");
        }
        assert!(unfit(&format!("/{}/", "a".repeat(256))).is_some() && unfit(&"/a".repeat(501)).is_some());
        for path in ["/", "/nully/", "/a.nul", "/files/a b?.csv", "/.well-known/x", "/.nojekyll"] {
            assert_eq!(unfit(path), None, "{path}");
        }
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
