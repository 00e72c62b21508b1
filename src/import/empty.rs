//! What stands for nothing: signs and words that archives have where nothing is known.

/// Words that mean an empty cell, whatever the field.
const NOTHING: [&str; 18] = [
    "n/a",
    "n.a.",
    "n.a",
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "null",
    "nil",
    "none",
    "nan",
    "undefined",
    "tidak ada",
    "tdk ada",
    "belum ada",
    "kosong",
    "(kosong)",
    "(blank)",
];

/// Words that stand for a name and name nobody.
const NOBODY: [&str; 20] = [
    "unknown",
    "(unknown)",
    "unknown author",
    "unknown source",
    "unknown person",
    "not known",
    "tidak diketahui",
    "tak diketahui",
    "belum diketahui",
    "tidak dikenal",
    "tidak jelas",
    "sumber tidak diketahui",
    "anonim",
    "anonymous",
    "anon",
    "no name",
    "noname",
    "tanpa nama",
    "nn",
    "n.n.",
];

/// Whether a text is none: only signs that fill a cell, or a word that says so.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let is_sign = |c: char| c.is_whitespace() || "-–—−‐‑?.…_/*~#=:,;·'\"“”()[]".contains(c);
    // `Na` is a name, `NA` is none.
    text.chars().all(is_sign) || text == "NA" || NOTHING.contains(&text.to_lowercase().as_str())
}

/// Whether a name names nobody.
pub(super) fn is_nobody(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    NOBODY.iter().any(|word| word.trim_end_matches('.') == name)
}

#[cfg(test)]
mod tests {
    use super::{is_nobody, is_nothing};

    #[test]
    fn nothing_is_told_from_something() {
        for text in [
            "-",
            "–",
            "—",
            " - ",
            "--",
            "N/A",
            "n.a.",
            "?",
            "???",
            ".",
            "null",
            "None",
            "Tidak ada",
            "NA",
            "[]",
        ] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["0", "-1", "Na", "A", "+", "🙂", "Tidak ada bukti", "Nonet", "?!a", "否"] {
            assert!(!is_nothing(text), "{text}");
        }
        for name in ["unknown", "Unknown.", "Tidak diketahui", "ANONIM", "N.N."] {
            assert!(is_nobody(name) && !is_nothing(name), "{name}");
        }
        assert!(!is_nobody("Anonim Palsu") && !is_nobody("Netizen"));
    }
}
