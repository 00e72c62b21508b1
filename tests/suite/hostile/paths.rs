//! Names of files and addresses that want to be somewhere else, and names that some systems cannot have.

use super::row::{A, Row, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = ids();
    rows.extend(files());
    rows.extend(names());
    rows.extend(words());
    rows
}

/// Tricks where a part of an address is wanted.
const TRICKS: [(&str, &str); 10] = [
    ("steps upwards", "../../x"),
    ("a slash in front", "/etc/passwd"),
    ("a backslash", "..\\x"),
    ("a percent sign", "%2e%2e%2fx"),
    ("a dot alone", "."),
    ("a dot at the end", "x."),
    ("a drive", "C:x"),
    ("a device", "con"),
    ("a mark of its own", ".meja-manifest"),
    ("a script", "\\\"><script>globalThis.__pwned=1</script>"),
];

fn ids() -> Vec<Row> {
    let mut rows = Vec::new();
    for (trick, word) in TRICKS {
        rows.push(
            Row::front(format!("a slug with {trick}"), format!("slug: \"{}\"\n", yaml(word))).says("bad-id"),
        );
        let claims = claim("").replace("id: klaim", &format!("id: \"{}\"", yaml(word)));
        rows.push(Row::front(format!("a claim's id with {trick}"), claims).says("bad-id"));
    }
    for (trick, alias) in [
        ("steps upwards", "/../x/"),
        ("no slash in front", "x/"),
        ("another host", "//evil.example/"),
        ("a scheme", "javascript:globalThis.__pwned=1"),
        ("a percent sign", "/%2e%2e/x/"),
        ("a backslash", "/\\evil.example/"),
        ("a script", "/\\\"><script>globalThis.__pwned=1</script>/"),
        ("NUL", "/a\\0b/"),
    ] {
        let code = if trick == "NUL" { "bad-text" } else { "bad-id" };
        rows.push(
            Row::front(format!("an old address with {trick}"), format!("aliases: [\"{}\"]\n", yaml(alias)))
                .says(code),
        );
    }
    rows.push(Row::front("a slug of 101 letters", format!("slug: {}\n", "a".repeat(101))).says("bad-id"));
    rows.push(
        Row::front(
            "an id of 10,000 letters",
            claim("").replace("id: klaim", &format!("id: {}", "a".repeat(10_000))),
        )
        .says("bad-id"),
    );
    rows.push(
        Row::front("an old address of 300 letters", format!("aliases: [/{}/]\n", "a".repeat(300)))
            .says("bad-id"),
    );
    rows.push(
        Row::front("an old address of 2,000 folders", format!("aliases: [{}/]\n", "/a".repeat(2_000)))
            .says("bad-id"),
    );
    rows.push(Row::front("an old address that is a device", "aliases: [/nul/x/]\n").says("bad-id"));
    rows
}

/// A text between quotation marks of YAML; backslashes that escape are there already.
fn yaml(word: &str) -> String {
    if word.contains("\\\"") || word.contains("\\0") { word.to_owned() } else { word.replace('\\', "\\\\") }
}

fn files() -> Vec<Row> {
    let mut rows = Vec::new();
    for (trick, word) in [
        ("steps upwards", "../../site.yaml"),
        ("a slash in front", "/etc/passwd"),
        ("a backslash", "..\\\\..\\\\site.yaml"),
        ("a scheme", "file:///etc/passwd"),
        ("a percent sign", "%2e%2e/%2e%2e/site.yaml"),
        ("a folder", "."),
        ("10,000 letters", "LONG"),
    ] {
        let word = word.replace("LONG", &"a".repeat(10_000));
        let sources = claim("").replace("url: \"https://a.example/\"", &format!("file: \"{word}\""));
        rows.push(Row::front(format!("evidence with {trick}"), sources).says("missing-file"));
        let media = claim(&format!("    media: {{type: image, file: \"{word}\", alt: x}}\n"));
        rows.push(Row::front(format!("what circulated with {trick}"), media).says("missing-file"));
        rows.push(
            Row::front(format!("a picture with {trick}"), format!("image: {{file: \"{word}\", alt: x}}\n"))
                .says("missing-file"),
        );
    }
    rows.push(Row::body("a link with steps upwards", "[x](../../site.yaml)").says("broken-link"));
    rows.push(
        Row::body("a link with steps upwards in percent signs", "[x](%2e%2e/%2e%2e/site.yaml)")
            .says("broken-link"),
    );
    rows.push(Row::body("a picture with NUL", "![x](a%00.png)").says("broken-link"));
    rows.push(Row::site("a logo with steps upwards", "theme: {logo: ../site.yaml}").says("bad-id"));
    rows.push(Row::site("a font with steps upwards", "theme: {font: ../site.yaml}").says("bad-id"));
    rows.push(
        Row::new("a template of a page with steps upwards")
            .file("content/pages/a.md", "---\ntitle: A\ntemplate: ../site.yaml\n---\nx\n")
            .says("missing-file"),
    );
    rows
}

/// File names of the desk.
fn names() -> Vec<Row> {
    let of =
        |name: &str, file: &str| Row::new(name).file(format!("content/articles/{file}"), article("", "Isi."));
    let long = "a".repeat(250);
    vec![
        of("an article called CON", "CON.md"),
        of("an article called nul", "nul.md"),
        of("an article whose name ends in a dot", "a..md"),
        of("an article whose name ends in a space", "a .md"),
        of("an article whose name has a colon", "a:b.md"),
        of("an article whose name is a script", "\"><script>globalThis.__pwned=1<.md"),
        of("an article whose name has a line feed", "a\nb.md"),
        of("an article whose name has ESC", "a\u{1b}[2Jb.md"),
        of("an article whose name has a backslash", "..\\x.md"),
        of("an article whose name is as long as names may be", &format!("{long}.md")),
        Row::new("articles whose names differ by case")
            .file("content/articles/Sama.md", article("", "Satu."))
            .file("content/articles/sama.md", article("", "Dua."))
            .says("duplicate-address"),
        Row::new("files of static that differ by case")
            .file("static/Catatan.txt", "a")
            .file("static/catatan.txt", "b")
            .says_at("duplicate-address", "static/Catatan.txt"),
        Row::new("a file of static called nul").file("static/nul.txt", "a").says("bad-id"),
        Row::new("a file of static whose name ends in a dot").file("static/a.", "a").says("bad-id"),
        Row::new("a file of static whose name has a colon").file("static/a:b.txt", "a").says("bad-id"),
        Row::new("a file of static with our own name").file("static/.well-known/.meja-x", "a"),
        Row::new("evidence whose name is a script")
            .file("content/articles/\"onerror=globalThis.__pwned=1 x='.csv", "a,b\n")
            .file(
                A,
                article(
                    &claim("").replace(
                        "url: \"https://a.example/\"",
                        "file: \"\\\"onerror=globalThis.__pwned=1 x='.csv\"",
                    ),
                    "Isi.",
                ),
            ),
        Row::new("a folder that is 100 deep")
            .file(format!("content/articles/{}a.md", "a/".repeat(100)), article("", "Isi.")),
    ]
}

/// Names that addresses are made of.
fn words() -> Vec<Row> {
    let authors = |word: &str| article("", "Isi.").replace("[Rina Dewi]", &format!("[\"{word}\"]"));
    vec![
        Row::new("an author with steps upwards").file(A, authors("../../../x Y")).lacks("../../../x\""),
        Row::new("an author of 5,000 letters").file(A, authors(&"Rina ".repeat(1_000))),
        Row::new("an author that is a device").file(A, authors("Con")),
        Row::front("a topic with steps upwards", "topics: [\"../../etc/passwd\"]\n"),
        Row::front("a topic that is a device", "topics: [NUL]\n"),
        Row::front("a topic of signs", "topics: [\"../..\"]\n").says("bad-id"),
        Row::front("a topic with a script", "topics: [\"<script>globalThis.__pwned=1</script>\"]\n")
            .lacks("<script>globalThis"),
        Row::front(
            "a claimant with steps upwards",
            claim("    claimant: {name: \"../../x\", type: person}\n"),
        ),
        Row::front("a source whose host is a device", claim("").replace("a.example", "aux")).says("bad-url"),
        Row::front("a source whose host has steps upwards", claim("").replace("a.example", "..%2f..%2fx"))
            .says("bad-url"),
    ]
}
