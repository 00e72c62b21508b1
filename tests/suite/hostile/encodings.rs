//! Bytes that are not the UTF-8 they should be, and characters that nobody sees.

use super::row::{A, Row, SITE, article};

pub fn rows() -> Vec<Row> {
    let mut rows = files();
    rows.extend(escapes());
    rows.extend(unseen());
    rows
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf32(text: &str) -> Vec<u8> {
    text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()
}

fn files() -> Vec<Row> {
    let plain = article("", "Isi.");
    let marked = format!("\u{feff}{plain}");
    let with = |bytes: &[u8]| [plain.as_bytes(), bytes].concat();
    vec![
        Row::new("an article in UTF-16, big end first")
            .file(A, utf16(&marked, u16::to_be_bytes))
            .says("not-utf8"),
        Row::new("an article in UTF-16 without a mark")
            .file(A, utf16(&plain, u16::to_le_bytes))
            .says("bad-text"),
        Row::new("an article in UTF-32").file(A, utf32(&marked)).says("not-utf8"),
        Row::new("settings in UTF-16")
            .file("site.yaml", utf16(&format!("\u{feff}{SITE}"), u16::to_le_bytes))
            .says("not-utf8"),
        Row::new("words of the interface in Latin-1")
            .file("strings/en.yaml", b"home: \"Caf\xe9\"\n")
            .says("not-utf8"),
        Row::new("a template in Latin-1").file("templates/home.html", b"Caf\xe9").says("not-utf8"),
        Row::new("bytes that are in no encoding").file(A, with(b"\xff\xfe\x80")).says("not-utf8"),
        Row::new("a slash written too long").file(A, with(b"\xc0\xaf")).says("not-utf8"),
        Row::new("half of a surrogate pair in UTF-8").file(A, with(b"\xed\xa0\x80")).says("not-utf8"),
        Row::new("a character beyond the last").file(A, with(b"\xf4\x90\x80\x80")).says("not-utf8"),
        Row::new("a character that is cut off").file(A, with(b"\xe2\x82")).says("not-utf8"),
        Row::new("lines that end with CR alone")
            .file(A, plain.replace('\n', "\r"))
            .says("front-matter-missing"),
        Row::new("two byte order marks").file(A, format!("\u{feff}{marked}")).says("front-matter-missing"),
        Row::new("a byte order mark within front matter")
            .file(A, plain.replace("title", "\u{feff}title"))
            .says("yaml-syntax"),
        Row::body("a byte order mark before the text", "\u{feff}Isi."),
        Row::body("NUL in the text", "a\0b").says("bad-text"),
        Row::front("NUL in front matter", "summary: a\0b\n").says("bad-text"),
        Row::new("NUL in a template").file("templates/home.html", "a\0b").says("bad-text"),
    ]
}

/// Characters that YAML writes as escapes.
fn escapes() -> Vec<Row> {
    let bad =
        |name: &str, escape: &str, code| Row::front(name, format!("summary: \"a{escape}b\"\n")).says(code);
    vec![
        bad("an escape for NUL", "\\0", "bad-text"),
        bad("an escape for ESC", "\\e[31m", "bad-text"),
        bad("an escape for BEL", "\\a", "bad-text"),
        bad("an escape for half of a surrogate pair", "\\ud800", "yaml-syntax"),
        bad("escapes for both halves of a surrogate pair", "\\ud83d\\ude00", "yaml-syntax"),
        bad("an escape for what is no character", "\\uffff", "bad-text"),
        bad("an escape beyond the last character", "\\U00110000", "yaml-syntax"),
        bad("an escape that is cut off", "\\x4 ", "yaml-syntax"),
        Row::front("ESC as it is", "summary: a\u{1b}[2Jb\n").says("yaml-syntax"),
    ]
}

/// Characters that turn words around or cannot be seen. Pages show them as text; addresses do without them.
fn unseen() -> Vec<Row> {
    vec![
        Row::new("a title that is turned around")
            .file(A, article("", "Isi.").replace("Judul", "\"abc \u{202e}gnp.exe\u{202c} x\""))
            .has("articles/a/index.html", "\u{202e}"),
        Row::new("a title that is turned around and never back")
            .file(A, article("", "Isi.").replace("Judul", "\"\u{2067}\u{202e}abc\"")),
        Row::front("a topic with zero-width characters", "topics: [\"ke\u{200b}se\u{2060}hat\u{feff}an\"]\n"),
        Row::new("a file name with zero-width and turning characters")
            .file("content/articles/a\u{200b}b\u{202e}c.md", article("", "Isi.")),
        Row::new("a title of nothing but what nobody sees")
            .file(A, article("", "Isi.").replace("Judul", "\"\u{200b}\u{2060}\u{feff}\"")),
        Row::body("half a million marks over one letter", format!("e{}", "\u{301}".repeat(500_000))),
        Row::body("directions without end", "\u{202e}".repeat(100_000)),
        Row::front("a line separator in a title", "summary: \"a\\Lb\\Pc\"\n"),
    ]
}
