//! A desk of any size, the same on every machine: what an archive is like, in words that mean nothing.

use std::fmt::Write as _;
use std::path::Path;

/// The same throws everywhere (a linear congruential generator, the constants of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// Few are thrown often, many seldom, as with claimants and hosts.
    fn seldom(&mut self, sides: usize) -> usize {
        let first = self.throw(sides);
        first * self.throw(sides) / sides
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::new();
        for nth in 0..count {
            let mut word = String::new();
            for _ in 0..=self.throw(3) {
                word.push_str(SYLLABLES[self.seldom(SYLLABLES.len())]);
            }
            if nth == 0 {
                word[..1].make_ascii_uppercase();
            } else {
                out.push(' ');
            }
            out.push_str(&word);
        }
        out
    }

    fn date(&mut self, year: usize) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.throw(12), 1 + self.throw(28))
    }
}

const SYLLABLES: [&str; 48] = [
    "ka", "me", "ber", "di", "an", "ta", "ri", "su", "per", "la", "mi", "nya", "pe", "ter", "bu", "ja", "ku",
    "ra", "si", "tu", "wa", "yang", "ba", "da", "gi", "ha", "in", "jo", "kar", "le", "man", "nu", "or",
    "pan", "qi", "ro", "sar", "ti", "un", "vi", "wi", "yu", "za", "cu", "dan", "em", "fa", "gu",
];

const VERDICTS: [&str; 5] = ["benar", "sebagian-benar", "keliru", "sesat", "belum-terbukti"];

const SITE: &str = "title: Meja Ukur\nbase_url: https://ukur.example.org/\nlanguage: id\ntimezone: Asia/Jakarta\n\
    publisher: {name: Meja Ukur}\npaginate: 20\n";

/// Writes a desk with so many articles, three claims each on the average, below `root`. `settings` are added
/// to its `site.yaml`.
pub(crate) fn write(root: &Path, articles: usize, settings: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(root)?;
    std::fs::write(root.join("site.yaml"), format!("{SITE}{RATINGS}{settings}"))?;
    let mut dice = Dice(1);
    for number in 0..articles {
        let year = 2015 + number * 11 / articles;
        let folder = root.join(format!("content/articles/{year}"));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("artikel-{number}.md")), article(&mut dice, number, year))?;
    }
    Ok(())
}

const RATINGS: &str = "ratings:\n  - {id: benar, label: Benar, definition: Contoh., value: 5}\n  \
    - {id: sebagian-benar, label: Sebagian benar, definition: Contoh., value: 3}\n  \
    - {id: sesat, label: Sesat, definition: Contoh., value: 2}\n  \
    - {id: keliru, label: Keliru, definition: Contoh., value: 1}\n  \
    - {id: belum-terbukti, label: Belum terbukti, definition: Contoh.}\n";

fn article(dice: &mut Dice, number: usize, year: usize) -> String {
    let mut out = format!("---\ntitle: \"{}\"\ndate: {}\n", dice.words(8), dice.date(year));
    let _ = writeln!(out, "authors: [\"Penulis {}\"]", dice.seldom(30));
    let _ = writeln!(out, "topics: [\"Topik {}\", \"Topik {}\"]", dice.seldom(20), 20 + dice.seldom(20));
    let _ = writeln!(out, "summary: \"{}.\"\nclaims:", dice.words(20));
    let mut body = String::new();
    for claim in 0..2 + dice.throw(3) {
        let words = dice.words(9);
        let _ =
            writeln!(out, "  - id: klaim-{number}-{claim}\n    claim: \"{words}\"\n    quote: \"{words}\"");
        let _ = writeln!(out, "    claimant: \"Pihak {}\"", dice.seldom(300));
        let _ = writeln!(out, "    claimed_on: {year}-01-01\n    verdict: {}", VERDICTS[dice.throw(5)]);
        let _ = writeln!(out, "    finding: \"{}.\"\n    sources:", dice.words(35));
        for source in 0..2 + dice.throw(3) {
            let host = dice.seldom(400);
            let url = format!("https://sumber-{host}.example.org/{number}/{claim}/{source}");
            let _ =
                writeln!(out, "      - title: \"{}\"\n        publisher: \"Sumber {host}\"", dice.words(8));
            let archived = format!("https://web.archive.org/web/20240101000000/{url}");
            let _ = writeln!(
                out,
                "        url: \"{url}\"\n        archived: \"{archived}\"\n        date: {year}-01-02"
            );
        }
        let _ = write!(body, "## {}\n\n{} {words} {}.\n\n", dice.words(4), dice.words(40), dice.words(60));
        for _ in 0..2 {
            let _ = write!(
                body,
                "{}, **{}** [{}](https://example.org/{number}).\n\n",
                dice.words(50),
                dice.words(3),
                dice.words(4)
            );
        }
    }
    out + "---\n" + &body
}
