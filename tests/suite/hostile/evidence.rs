//! Files beside an article that are more than they say: scripts in pictures, pictures that grow.

use super::row::{A, Row, SITE, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = drawings();
    rows.extend(endings());
    rows.extend(pictures());
    rows
}

/// An article whose evidence is this file.
fn beside(name: String, file: &str, bytes: impl AsRef<[u8]>) -> Row {
    let sources = claim("").replace("url: \"https://a.example/\"", &format!("file: {file}"));
    Row::new(name).file(format!("content/articles/{file}"), bytes).file(A, article(&sources, "Isi."))
}

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
    )
}

fn drawings() -> Vec<Row> {
    let utf16: Vec<u8> =
        format!("\u{feff}{}", svg("<script>1</script>")).encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut rows: Vec<Row> = [
        ("a script", svg("<script>globalThis.__pwned=1</script>")),
        (
            "a script under another name",
            svg("<s:script xmlns:s=\"http://www.w3.org/2000/svg\">globalThis.__pwned=1</s:script>"),
        ),
        ("a handler", svg("<path onclick=\"globalThis.__pwned=1\"/>")),
        ("an address that runs", svg("<a xlink:href=\"javascript:globalThis.__pwned=1\"><path/></a>")),
        (
            "an address that runs, in references",
            svg("<a href=\"java&#115;cript:globalThis.__pwned=1\"><path/></a>"),
        ),
        (
            "an address that runs, with a tab in it",
            svg("<a href=\"java&#9;script:globalThis.__pwned=1\"><path/></a>"),
        ),
        (
            "an address that becomes another",
            svg("<a><set attributeName=\"href\" to=\"javascript:globalThis.__pwned=1\"/></a>"),
        ),
        ("HTML in it", svg("<foreignObject><b xmlns=\"http://www.w3.org/1999/xhtml\">x</b></foreignObject>")),
        (
            "HTML in it under another name",
            svg("<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\"/>"),
        ),
        ("entities", format!("<!DOCTYPE svg [<!ENTITY a \"x\">]>{}", svg("&a;"))),
        ("a transformation", format!("<?xml-stylesheet type=\"text/xsl\" href=\"#x\"?>{}", svg(""))),
        ("another encoding", format!("<?xml version=\"1.0\" encoding=\"utf-7\"?>{}", svg(""))),
    ]
    .into_iter()
    .map(|(what, text)| beside(format!("a drawing with {what}"), "b.svg", text).says("active-file"))
    .collect();
    rows.push(beside("a drawing in UTF-16".to_owned(), "b.svg", utf16).says("active-file"));
    rows.push(beside("a drawing that is only one".to_owned(), "b.svg", svg("<path d=\"M0 0h9v9z\"/>")));
    let logo = |name: &str, text: String| {
        Row::new(name)
            .file("site.yaml", SITE.replace("cards: off", "theme: {logo: logo.svg}"))
            .file("static/logo.svg", text)
    };
    rows.push(logo(
        "a logo of 100,000 groups in groups",
        svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000))),
    ));
    rows.push(logo("a logo that uses itself", svg("<g id=\"a\"><use xlink:href=\"#a\"/></g>")));
    rows.push(logo(
        "a logo with an arc to the end of the world",
        svg("<path d=\"M0 0A1e38 1e38 0 0 1 1e38 1e38\"/>"),
    ));
    rows.push(logo(
        "a logo that shows a file of the machine",
        svg("<image href=\"/etc/passwd\" width=\"9\" height=\"9\"/>"),
    ));
    rows.push(logo("a logo that is no drawing", "\0\0\0".to_owned()));
    rows
}

/// Names that browsers or servers would run.
fn endings() -> Vec<Row> {
    ["html", "HTM", "xhtml", "js", "mjs", "xml", "rss", "svgz", "mhtml", "php", "html."]
        .into_iter()
        .map(|end| {
            beside(
                format!("evidence that ends in {end}"),
                &format!("b.{end}"),
                "<script>globalThis.__pwned=1</script>",
            )
        })
        .map(|row| row.says("active-file"))
        .collect()
}

/// The bytes of a PNG that says that it is so large.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x06\0\0\0\0\0\0\0");
    bytes
}

fn pictures() -> Vec<Row> {
    let lead = |name: &str, bytes: &[u8]| {
        Row::new(name)
            .file("content/articles/b.png", bytes)
            .file(A, article("image: {file: b.png, alt: x}\n", "Isi."))
    };
    vec![
        lead("a picture of two thousand million points a side", &png(i32::MAX as u32, i32::MAX as u32)),
        lead("a picture of nothing", &png(0, 0)).says("bad-image"),
        lead("a picture without bytes", b"").says("bad-image"),
        lead("a picture that is a page", b"<script>globalThis.__pwned=1</script>").says("bad-image"),
        Row::new("what circulated is a page that is called a picture")
            .file("content/articles/b.png", "<script>globalThis.__pwned=1</script>")
            .file(A, article(&claim("    media: {type: image, file: b.png, alt: x}\n"), "Isi."))
            .says("bad-image"),
    ]
}
