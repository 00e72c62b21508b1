//! Words that would break out of where they stand, one field a row, each with a payload for the places that its words
//! reach. What all fields do at once, word by word, is in `demo/hostile.rs`.

use serde_json::Value;

use super::row::{A, Row, SITE, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = fields();
    rows.extend(settings());
    rows.extend(tables());
    rows.extend(formulas());
    rows.extend(colours());
    rows
}

/// Ends attributes, elements, comments, CDATA, scripts, templates, and begins what runs.
const OUT: &str = "x\"'>--></title></textarea></script>]]><script>globalThis.__pwned=1</script><img src=https://evil.example/x onerror=globalThis.__pwned=1>{{ 7*7 }}{% raw %}${7*7}\\u003cscript>";

fn q(word: &str) -> String {
    Value::String(word.to_owned()).to_string()
}

/// What must be nowhere in the site, whatever the field.
fn nowhere(row: Row) -> Row {
    row.lacks("<script>globalThis").lacks("<img src=https://evil.example")
}

fn fields() -> Vec<Row> {
    let out = q(OUT);
    let front =
        |name: &str, front: String| nowhere(Row::front(format!("words that break out of {name}"), front));
    let in_claim = |name: &str, more: String| front(name, claim(&more));
    let source = |name: &str, more: &str| front(name, claim("").replace("url: ", &format!("{more}, url: ")));
    vec![
        nowhere(
            Row::new("words that break out of a title").file(A, article("", "Isi.").replace("Judul", &out)),
        ),
        front("a summary", format!("summary: {out}\n")),
        nowhere(
            Row::new("words that break out of an author")
                .file(A, article("", "Isi.").replace("Rina Dewi", &out)),
        ),
        front("a reviewer", format!("reviewers: [{out}]\n")),
        front("a topic", format!("topics: [{out}]\n")),
        front("a withdrawal", format!("status: withdrawn\nwithdrawn: {{date: 2025-02-02, reason: {out}}}\n")),
        front("a correction", format!("corrections: [{{date: 2025-02-02, note: {out}}}]\n")),
        front("a claim", claim("").replace("claim: Kata", &format!("claim: {out}"))),
        front("a finding", claim("").replace("Temuan.", &out)),
        in_claim("what is right", format!("    correct: {out}\n    incorrect: {out}\n")),
        in_claim("a claimant", format!("    claimant: {{name: {out}, type: person}}\n")),
        in_claim(
            "a platform",
            format!("    appearances: [{{url: \"https://a.example/\", platform: {out}}}]\n"),
        ),
        in_claim("a reply", format!("    contact: {{outcome: replied, date: 2025-01-01, note: {out}}}\n")),
        in_claim(
            "a credit",
            format!("    media: {{type: image, original: {{url: \"https://a.example/\", credit: {out}}}}}\n"),
        ),
        source("the publisher of a source", &format!("publisher: {out}")),
        source("the words of a source", &format!("quote: {out}")),
        front("the title of a source", claim("").replace("Sumber", &out)),
        nowhere(Row::new("words that break out of a quotation").file(
            A,
            article(
                &claim(&format!("    quote: {}\n", q("x</script><b>y"))),
                "Kata x\\</script>\\<b>y selesai.",
            ),
        )),
        nowhere(
            Row::new("words that break out of a person")
                .file("content/people/ani.md", format!("---\nname: {out}\nrole: {out}\n---\nx\n"))
                .file(A, article("", "Isi.").replace("Rina Dewi", "ani")),
        ),
        nowhere(Row::new("words that break out of a page").file(
            "content/pages/tentang.md",
            format!("---\ntitle: {out}\nsummary: {out}\npolicy: about\n---\nx\n"),
        )),
        nowhere(Row::body(
            "words that break out of a heading",
            format!("## {}\n\nx", OUT.replace('<', "\\<")),
        )),
        nowhere(Row::body(
            "words that break out of code",
            format!("`{OUT}`\n\n    {OUT}\n\n```\n{OUT}\n```"),
        )),
        nowhere(Row::body(
            "words that break out of a table",
            format!("| a |\n|---|\n| {} |", OUT.replace('<', "\\<").replace('|', "\\|")),
        )),
        nowhere(Row::body("words that break out of raw HTML", OUT).warns("raw-html")),
        nowhere(Row::body(
            "words that break out of a comment",
            "<!-- x --!> <script>globalThis.__pwned=1</script> -->",
        )),
        nowhere(Row::front(
            "words that end a citation",
            claim("").replace(
                "claim: Kata",
                "claim: \"a}, url={https://evil.example/}, \\\\input{x} %\\\\n@misc{b\"",
            ),
        )),
    ]
}

fn settings() -> Vec<Row> {
    let out = q(OUT);
    let site = |name: &str, from: &str, to: String| {
        nowhere(
            Row::new(format!("words that break out of {name}"))
                .file("site.yaml", SITE.replace(from, &to))
                .file(A, article(&claim("    kind: jenis\n"), "Isi.")),
        )
    };
    let kinds = "kinds: [{id: jenis, label: Jenis, definition: x}]\n";
    let plain = |name: &str, more: String| site(name, "cards: off\n", format!("cards: off\n{kinds}{more}\n"));
    let scale = format!(
        "ratings: [{{id: benar, label: {out}, definition: {out}, tone: \"true\", value: 2}}, {{id: salah, label: {out}, definition: {out}, tone: \"false\", value: 1}}]"
    );
    vec![
        site("the site's title", "title: Meja\n", format!("title: {out}\n{kinds}")),
        plain("the site's description", format!("description: {out}")),
        site("the publisher", "{name: Meja}\n", format!("{{name: {out}, legal_name: {out}}}\n{kinds}")),
        plain("the footer", format!("footer: {out}")),
        plain("the menu", format!("menu: [{{label: {out}, url: /claims/}}]")),
        plain("the label of a topic", format!("topics: {{air: {out}}}")),
        site("the verdicts", "ratings: tempo\n", format!("{scale}\n{kinds}")),
        site(
            "the kinds",
            "cards: off\n",
            format!("cards: off\nkinds: [{{id: jenis, label: {out}, definition: {out}}}]\n"),
        ),
    ]
}

/// Tables of words of the interface.
fn tables() -> Vec<Row> {
    let out = q(OUT);
    let table = |name: &str, key: &str, word: &str| {
        nowhere(
            Row::new(format!("words that break out of {name}"))
                .file("strings/en.yaml", format!("{key}: {word}\n")),
        )
    };
    vec![
        table("a label of the interface", "claims", &out),
        table("words of the search", "search", &out),
        table(
            "a word with a placeholder",
            "embed_title",
            &q("{claim}\"><script>globalThis.__pwned=1</script>{publisher}"),
        ),
        Row::new("a table of words with an unknown key")
            .file("strings/en.yaml", format!("{out}: x\n"))
            .says("bad-strings"),
        Row::new("a table of words of lists").file("strings/en.yaml", "claims: [a, b]\n").says("wrong-type"),
        Row::new("words of a language whose name leads elsewhere")
            .site_languages("../../x")
            .says("unknown-language"),
    ]
}

impl Row {
    /// The usual settings with another second language.
    fn site_languages(self, code: &str) -> Self {
        self.file("site.yaml", SITE.replace("[id]", &format!("[\"{code}\"]")))
    }
}

/// What a spreadsheet would run.
fn formulas() -> Vec<Row> {
    [
        ("an equals sign", "=cmd|'/c calc'!A1"),
        ("a plus sign", "+1+cmd|x"),
        ("a hyphen", "-1+cmd|x"),
        ("an at sign", "@SUM(1)"),
        ("a quotation mark and a formula", "\",=1+1,\""),
    ]
    .into_iter()
    .map(|(what, word)| {
        let claims =
            claim("").replace("claim: Kata", &format!("claim: {}", q(word))).replace("Temuan.", &q(word));
        Row::front(format!("a claim that begins with {what}"), claims)
    })
    .collect()
}

fn colours() -> Vec<Row> {
    let accent = |name: &str, word: &str| Row::site(name, format!("theme: {{accent: {}}}", q(word)));
    vec![
        accent("a colour that loads", "url(https://evil.example/x)").says("unknown-value"),
        accent("a colour that ends its rule", "#fff } * { display: none").says("unknown-value"),
        accent("a colour that ends its sheet", "</style><script>globalThis.__pwned=1</script>")
            .says("unknown-value"),
        accent("a colour that is one", "#7a1f3d"),
    ]
}
