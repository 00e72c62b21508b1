//! Bytes that are not the UTF-8 they should be, and characters that nobody sees.

use super::row::{A, Row, SITE, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = files();
    rows.extend(escapes());
    rows.extend(controls());
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
        Row::front("ESC as it is", "summary: a\u{1b}[2Jb\n").says("bad-text"),
    ]
}

/// Control characters, which neither pages nor feeds can carry, wherever words of a desk come from.
fn controls() -> Vec<Row> {
    let mut rows = Vec::new();
    for number in [0x1, 0x8, 0xb, 0xc, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0xfffe, 0xffff_u32] {
        let c = char::from_u32(number).expect("a character");
        let escape = format!("a\\u{number:04x}b");
        let bad = |row: Row| row.says("bad-text");
        rows.extend([
            bad(Row::body(format!("U+{number:04X} in a text"), format!("a{c}b"))),
            bad(Row::body(format!("U+{number:04X} in code"), format!("```\na{c}b\n```"))),
            bad(Row::body(format!("U+{number:04X} in a text as a reference"), format!("a&#{number};b"))),
            Row::body(format!("a reference to U+{number:04X} in code"), format!("`&#x{number:x};`"))
                .has("articles/a/index.html", format!("&amp;#x{number:x};")),
            bad(Row::front(
                format!("U+{number:04X} in a claim"),
                claim("").replace("Kata", &format!("\"{escape}\"")),
            )),
            bad(Row::new(format!("U+{number:04X} in a title"))
                .file(A, article("", "Isi.").replace("Judul", &format!("\"{escape}\"")))),
            bad(Row::new(format!("U+{number:04X} in the site's title"))
                .file("site.yaml", SITE.replace("title: Meja", &format!("title: \"{escape}\"")))),
            bad(Row::new(format!("U+{number:04X} in words of the interface"))
                .file("strings/en.yaml", format!("claims: \"{escape}\"\n"))),
        ]);
    }
    let sanitized = |name: &str, body: &str| {
        Row::new(name)
            .file("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"))
            .file(A, article("", body))
            .says("bad-text")
    };
    let reference = |name: &str, body: &str| Row::body(name, body).says("bad-text");
    rows.extend([
        sanitized("a control character in HTML", "<b>a\u{1}b</b>"),
        sanitized("a control character in HTML as a reference", "<b>a&#x1;b</b>"),
        sanitized("a control character in an attribute as a reference", "<b title=\"a&#x1f;b\">c</b>"),
        reference("a control character in a comment", "<!-- \u{1} -->"),
        reference("a control character in a heading as a reference", "## a&#x7f;b"),
        reference("a control character in a name of code", "```a&#1;b\nc\n```"),
        reference("a control character in the title of a link", "[a](https://a.example/ \"b&#1;c\")"),
        Row::new("a control character in a page")
            .file("content/pages/tentang.md", "---\ntitle: Tentang\n---\na\u{b}b\n")
            .says("bad-text"),
        Row::new("a control character in what is said of a person")
            .file("content/people/ani.md", "---\nname: Ani\n---\na\u{c}b\n")
            .says("bad-text"),
        Row::front("a control character in a topic", "topics: [\"a\\x01b\"]\n").says("bad-text"),
        Row::front("a control character in an address", claim("").replace("a.example/", "a.example/\\x01"))
            .says("bad-text"),
        Row::site("a control character in a key", "topics: {\"a\\x01b\": c}").says("bad-id"),
        Row::body("half a million control characters", "a\u{1}".repeat(500_000)).says("bad-text"),
    ]);
    rows
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
