//! Addresses that run, that lead elsewhere than they seem, or that would break out of where they stand.

use super::row::{A, Row, SITE, article, claim};

pub fn rows() -> Vec<Row> {
    let mut rows = fields();
    rows.extend(spellings());
    rows.extend(in_text());
    rows.extend(raw());
    rows.extend(mail());
    rows
}

const RUNS: &str = "javascript:globalThis.__pwned=1";

/// Every field that takes an address, with one that runs.
fn fields() -> Vec<Row> {
    let in_claim = |field: &str, more: &str| {
        Row::front(format!("an address that runs, {field}"), claim(&more.replace("URL", RUNS)))
            .says("bad-url")
    };
    let in_site = |field: &str, from: &str, to: &str| {
        let text = SITE.replace(from, &to.replace("URL", RUNS));
        Row::new(format!("an address that runs, {field}")).file("site.yaml", text).says("bad-url")
    };
    let person = |field: &str, line: &str| {
        Row::new(format!("an address that runs, {field}"))
            .file("content/people/ani.md", format!("---\nname: Ani\n{}\n---\nx\n", line.replace("URL", RUNS)))
            .says("bad-url")
    };
    vec![
        Row::front("an address that runs, of a source", claim("").replace("https://a.example/", RUNS))
            .says("bad-url"),
        Row::front(
            "an address that runs, of an archived source",
            claim("").replace("url: ", &format!("archived: \"{RUNS}\", url: ")),
        )
        .says("bad-url"),
        in_claim("of an appearance", "    appearances: [{url: \"URL\"}]\n"),
        in_claim(
            "of an archived appearance",
            "    appearances: [{url: \"https://a.example/\", archived: \"URL\"}]\n",
        ),
        in_claim("of a claimant", "    claimant: {name: A, url: \"URL\"}\n"),
        in_claim("of a claimant elsewhere", "    claimant: {name: A, same_as: [\"URL\"]}\n"),
        in_claim("of an original", "    media: {type: image, original: {url: \"URL\"}}\n"),
        in_claim(
            "of an earlier verdict",
            "    history: [{date: 2025-01-01, verdict: keliru, archived: \"URL\"}]\n",
        )
        .says("unexplained-verdict")
        .says("bad-order"),
        person("of a person", "url: \"URL\""),
        person("of a person elsewhere", "same_as: [\"URL\"]"),
        in_site("of the publisher", "{name: Meja}", "{name: Meja, url: \"URL\"}"),
        in_site("of the publisher elsewhere", "{name: Meja}", "{name: Meja, same_as: [\"URL\"]}"),
        in_site("of the publisher's record", "{name: Meja}", "{name: Meja, ifcn: \"URL\"}"),
        in_site("of the menu", "cards: off", "cards: off\nmenu: [{label: x, url: \"URL\"}]"),
        in_site("of a form", "cards: off", "cards: off\nsubmit: {url: \"URL\"}"),
        in_site("of the site itself", "https://desk.example.org/", "URL"),
    ]
}

/// Spellings that browsers take for the same, and other addresses that are none.
fn spellings() -> Vec<Row> {
    [
        ("in capitals", "JaVaScRiPt:globalThis.__pwned=1"),
        ("with a tab in it", "java\\tscript:globalThis.__pwned=1"),
        ("with a line feed in it", "java\\nscript:globalThis.__pwned=1"),
        ("after a control character", "\\x01javascript:globalThis.__pwned=1"),
        ("with a reference in it", "java&#115;cript:globalThis.__pwned=1"),
        ("in percent signs", "javascript%3AglobalThis.__pwned=1"),
        ("as Visual Basic", "vbscript:globalThis.__pwned=1"),
        ("as data", "data:text/html,<script>globalThis.__pwned=1</script>"),
        ("as data in base 64", "data:text/html;base64,PHNjcmlwdD4="),
        ("as a blob", "blob:https://evil.example/x"),
        ("as a view of the source", "view-source:https://evil.example/"),
        ("of a file", "file:///etc/passwd"),
        ("without a scheme", "//evil.example/"),
        ("with a backslash", "https:\\\\\\\\evil.example/"),
        ("with one slash", "https:/evil.example/"),
        ("with a name before the host", "https://desk.example.org@evil.example/"),
        ("that ends its attribute", "https://a.example/\\\"onmouseover=\\\"globalThis.__pwned=1"),
        ("with an element in it", "https://a.example/<script>globalThis.__pwned=1</script>"),
        ("with a host that has spaces", "https://a.example evil.example/"),
    ]
    .into_iter()
    .map(|(how, url)| {
        let code = if how == "after a control character" { "bad-text" } else { "bad-url" };
        Row::front(format!("a source's address {how}"), claim("").replace("https://a.example/", url))
            .says(code)
    })
    .collect()
}

/// Links of Markdown.
fn in_text() -> Vec<Row> {
    let mut rows: Vec<Row> = [
        ("that runs", "[x](javascript:globalThis.__pwned=1)"),
        ("that runs, between angles", "[x](<javascript:globalThis.__pwned=1>)"),
        ("that runs, in references", "[x](&#106;avascript:globalThis.__pwned=1)"),
        ("that runs, with a backslash", "[x](javascript\\:globalThis.__pwned=1)"),
        ("that runs, in capitals", "[x](JAVASCRIPT:globalThis.__pwned=1)"),
        ("that runs, defined below", "[x][a]\n\n[a]: javascript:globalThis.__pwned=1"),
        ("that runs by itself", "<javascript:globalThis.__pwned=1>"),
        ("of data", "[x](data:text/html,x)"),
        ("without a scheme", "[x](//evil.example/)"),
        ("of a scheme nobody knows", "[x](x-run:y)"),
    ]
    .into_iter()
    .map(|(what, text)| Row::body(format!("a link {what}"), text).says("bad-url"))
    .collect();
    rows.push(
        Row::body("a link with a tab in its scheme", "[x](<java\tscript:globalThis.__pwned=1>)")
            .says("broken-link"),
    );
    rows.push(
        Row::body(
            "a link with a reference to a tab in its scheme",
            "[x](java&#9;script:globalThis.__pwned=1)",
        )
        .says("broken-link"),
    );
    rows.push(Row::body("a link with a backslash for a slash", "[x](/\\evil.example/)").says("broken-link"));
    rows.push(Row::body("a picture that runs", "![x](javascript:globalThis.__pwned=1)").says("bad-url"));
    rows.push(Row::body("a picture of another host", "![x](https://evil.example/x.png)").says("bad-image"));
    rows.push(Row::body("a picture of data", "![x](data:image/svg+xml,%3Csvg%3E)").says("bad-url"));
    rows.push(
        Row::body(
            "a title of a link that ends its attribute",
            "[x](https://a.example/ \"\\\" onclick=globalThis.__pwned=1 \\\"\")",
        )
        .has("articles/a/index.html", "&quot; onclick"),
    );
    rows.push(
        Row::body("the name of a heading that ends its attribute", "# x {#\"onclick=globalThis.__pwned=1}")
            .lacks("\"onclick="),
    );
    rows.push(
        Row::body(
            "the language of code that ends its attribute",
            "```\"onclick=globalThis.__pwned=1\nx\n```",
        )
        .lacks("\"onclick="),
    );
    rows.push(
        Row::body("a footnote whose name ends its attribute", "x[^\"onclick=1]\n\n[^\"onclick=1]: y")
            .lacks("\"onclick="),
    );
    rows
}

/// Raw HTML where a desk allows a part of it.
fn raw() -> Vec<Row> {
    [
        ("a script", "<script>globalThis.__pwned=1</script>"),
        ("a handler", "<b onclick=\"globalThis.__pwned=1\">x</b>"),
        ("a picture with a handler", "<img src=x onerror=\"globalThis.__pwned=1\">"),
        ("a drawing with a handler", "<svg onload=\"globalThis.__pwned=1\"><path/></svg>"),
        ("a link that runs", "<a href=\"java&#9;script:globalThis.__pwned=1\">x</a>"),
        ("a frame", "<iframe srcdoc=\"<script>globalThis.__pwned=1</script>\"></iframe>"),
        ("a form", "<form action=\"https://evil.example/\"><input name=x><button formaction=\"javascript:1\">x</button></form>"),
        ("a style", "<b style=\"background:url(https://evil.example/)\">x</b><style>*{display:none}</style>"),
        ("a base", "<base href=\"https://evil.example/\">"),
        ("a refresh", "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example/\">"),
        ("HTML that changes when it is read twice", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=globalThis.__pwned=1&gt;\">"),
        ("a text area that is not closed", "<textarea><script>globalThis.__pwned=1</script>"),
        ("a title within", "<noscript><p title=\"</noscript><img src=x onerror=globalThis.__pwned=1>\"></noscript>"),
        ("a name of the page's own", "<form id=\"getElementById\"></form><a id=\"meja-preview\" name=\"body\">x</a>"),
    ]
    .into_iter()
    .map(|(what, html)| {
        let row = Row::new(format!("raw HTML with {what}"))
            .file("site.yaml", format!("{SITE}markdown: {{html: sanitize}}\n"))
            .file(A, article("", &format!("Isi.\n\n{html}\n\nAkhir.")));
        match what {
            // There is no file `x`.
            "a picture with a handler" | "a title within" => row.says("bad-image"),
            "HTML that changes when it is read twice" | "a text area that is not closed" => row.warns("raw-html"),
            _ => row,
        }
    })
    .collect()
}

fn mail() -> Vec<Row> {
    let mail = |name: &str, word: &str| Row::site(name, format!("submit: {{email: \"{word}\"}}"));
    vec![
        mail("mail with copies to others", "a@a.example?bcc=x@evil.example").says("bad-url"),
        mail("mail that ends its attribute", "a\\\"onclick=globalThis.__pwned=1@a.example").says("bad-url"),
        mail("mail with a line feed", "a@a.example\\nBcc: x@evil.example").says("bad-url"),
        Row::site(
            "a number that is a script",
            "submit: {whatsapp: \"+62<script>globalThis.__pwned=1</script>\"}",
        )
        .says("bad-number"),
    ]
}
