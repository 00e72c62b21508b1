//! Markdown that nests, repeats or refers without end.

use super::row::{A, Row, SITE, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = nests();
    rows.extend(repeats());
    rows.extend(sizes());
    rows.extend(quotations());
    rows
}

const MANY: usize = 50_000;

fn nests() -> Vec<Row> {
    let of = |name: &str, text: String| Row::body(format!("{name} within each other"), text);
    vec![
        of("quotations", format!("{}a", "> ".repeat(MANY))),
        of("lists on one line", format!("{}a", "- ".repeat(MANY))),
        of(
            "lists by indentation",
            (0..1_000).map(|depth| format!("{}- a\n", " ".repeat(2 * depth))).collect::<Vec<_>>().concat(),
        ),
        of("numbered lists", format!("{}a", "1. ".repeat(MANY))),
        of("lists in quotations", format!("{}a", "> - ".repeat(10_000))),
        of("emphases", format!("{}a{}", "*_".repeat(MANY), "_*".repeat(MANY))),
        of("asterisks", format!("{}a{}", "*".repeat(MANY), "*".repeat(MANY))),
        of("brackets", format!("{}{}", "[".repeat(MANY), "]".repeat(MANY))),
        of("links", format!("{}a{}", "[".repeat(5_000), "](https://a.example/)".repeat(5_000))),
        of("pictures", format!("{}a{}", "![".repeat(5_000), "](b.png)".repeat(5_000))).says("broken-link"),
        of(
            "footnotes",
            (0..2_000)
                .map(|number| format!("[^a{number}]: x[^a{}]\n\n", number + 1))
                .collect::<Vec<_>>()
                .concat()
                + "[^a0]",
        ),
        of("alerts", "> [!NOTE]\n".repeat(5_000)),
    ]
}

fn repeats() -> Vec<Row> {
    let of = |name: &str, text: String| Row::body(format!("many {name}"), text);
    vec![
        of("openings of emphasis", "*a **a ".repeat(MANY)),
        of("openings of strong emphasis", "**a".repeat(MANY)),
        of("openings of links", "[a](b".repeat(MANY)),
        of("openings of pictures", "![".repeat(MANY)),
        of("openings of comments", "x <!--".repeat(MANY)),
        of("openings of HTML", "x <a ".repeat(MANY)),
        of("openings of instructions", "x <?".repeat(MANY)),
        of("openings of declarations", "x <!A ".repeat(MANY)),
        of("openings of CDATA", "x <![CDATA[".repeat(MANY)),
        of("runs of backticks", (1..800).map(|length| "`".repeat(length) + "a").collect()),
        of("backticks that are one too few", format!("{}a{}", "`".repeat(MANY), "`".repeat(MANY - 1))),
        of("columns", format!("{}|\n{}|\n{}|", "|a".repeat(3_000), "|-".repeat(3_000), "|b".repeat(3_000))),
        of(
            "rows of few of many columns",
            format!("{}|\n{}|\n{}", "|a".repeat(300), "|-".repeat(300), "|b|\n".repeat(3_000)),
        ),
        of(
            "definitions",
            (0..20_000)
                .map(|number| format!("[a{number}]: https://a.example/\n"))
                .collect::<Vec<_>>()
                .concat()
                + &"\n[a1] ".repeat(20_000),
        ),
        of(
            "uses of one long definition",
            format!("[a]: https://a.example/{}\n\n{}", "x".repeat(50_000), "[a] ".repeat(5_000)),
        ),
        of("notes that refer to themselves", "[^a]: [^a]\n\n[^a]".to_owned()),
        of("references to one note", format!("[^a]: x\n\n{}", "[^a] ".repeat(10_000))),
        of("headings of the same words", "# a\n\n".repeat(10_000)),
        of("tasks", "- [ ] a\n".repeat(10_000)),
        of("quotation marks", "\"a 'b ".repeat(MANY)),
        of("entities", "&amp;&#0;&#x10ffff;&nosuch;".repeat(10_000)),
        of("backslashes", "\\".repeat(MANY)),
        of("addresses that do not end", "<https:".repeat(MANY)),
        of("links to pages that are not there", "[a](/b/) [c](d.md) [e](#f) ".repeat(20_000))
            .says("broken-link"),
    ]
}

fn sizes() -> Vec<Row> {
    vec![
        Row::body("a line of 5 MB without a space", "a".repeat(5_000_000)),
        Row::body("a line of 5 MB of words", "kata ".repeat(1_000_000)),
        Row::body("a line of 5 MB in a script without spaces", "字".repeat(1_600_000)),
        Row::body("300,000 lines of one paragraph", "a\n".repeat(300_000)),
        Row::body("a block of code of 5 MB", format!("```\n{}\n```", "a b c\n".repeat(800_000))),
        Row::new("a text larger than any")
            .lay(|desk| {
                let text = desk.path(A);
                std::fs::File::options().write(true).open(text).and_then(|file| file.set_len(1 << 30)).is_ok()
            })
            .says_at("file-unreadable", A),
        Row::new("40,000 links of raw HTML")
            .file("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"))
            .file(A, article("", &links_of_html(20_000)))
            .says("broken-link"),
        // What is allowed in raw HTML is built by a parser of browsers, which has its own weaknesses.
        Row::new("raw HTML within each other")
            .file("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"))
            .file(A, article("", &format!("x {}", "<b>".repeat(2_000)))),
        Row::new("raw HTML of tables in tables")
            .file("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"))
            .file(A, article("", &"<table><b>".repeat(500))),
    ]
}

/// Links of raw HTML, half of which do not stand in the text as they are.
fn links_of_html(count: usize) -> String {
    let links = (0..count).map(|number| {
        format!("x <a href='#a{number}'>y</a> <a href=\"&#104;ttps://a.example/{number}\">z</a>\n")
    });
    links.collect::<Vec<_>>().concat()
}

/// Words that are looked for in texts that were made for it.
fn quotations() -> Vec<Row> {
    let claims = |count: usize, quote: &str| {
        let one = |number: usize| {
            format!(
                "  - {{id: k{number}, claim: Kata, quote: \"{quote}\", verdict: benar, finding: x, sources: [{{title: a, url: \"https://a.example/\"}}]}}\n"
            )
        };
        format!("claims:\n{}", (0..count).map(one).collect::<String>())
    };
    let of = |name: &str, count: usize, quote: &str, body: String| {
        Row::new(name).file(A, article(&claims(count, quote), &body))
    };
    vec![
        of("400 quotations that are not in a text of 1 MB", 400, "a b a b a c", "a b ".repeat(250_000))
            .says("quote-not-found"),
        of("300 quotations that are everywhere in a text of 1 MB", 300, "a b a b", "a b ".repeat(250_000))
            .says("quote-ambiguous"),
        of(
            "a quotation of 30 KB that is nearly there",
            1,
            &("a b ".repeat(7_500) + "z"),
            "a b ".repeat(250_000),
        )
        .says("quote-not-found"),
        of("a quotation over 1,000 emphases", 1, "a ".repeat(999).trim_end(), "*a* ".repeat(999)),
        Row::new("a quotation of what nobody sees")
            .file(A, article(&claim("    quote: \"\\u200b\\u2060\"\n"), "Isi."))
            .says("quote-not-found"),
    ]
}
