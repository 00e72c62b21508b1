//! YAML that is large, deep, repeats itself or means something else than it seems.

use super::row::{A, Row, SITE, article};

pub fn rows() -> Vec<Row> {
    let mut rows = repeats();
    rows.extend(depths());
    rows.extend(sizes());
    rows.extend(keys());
    rows.extend(values());
    rows.extend(dates());
    rows
}

/// Ten lists, each of nine times the one before.
fn bomb() -> String {
    let mut text = String::from("x:\n - &a [x,x,x,x,x,x,x,x,x]\n");
    for (one, next) in ('a'..'j').zip('b'..='j') {
        text.push_str(&format!(" - &{next} [{}]\n", [format!("*{one}").as_str(); 9].join(",")));
    }
    text
}

fn repeats() -> Vec<Row> {
    let many = |word: &str, times: usize| vec![word; times].join(",");
    vec![
        Row::site("settings that grow by aliases", bomb()).says("yaml-syntax"),
        // What the parser itself takes for bearable.
        Row::front(
            "a list of five thousand, five thousand times",
            format!("topics: &a [{}]\nallow: [{}]\n", many("x", 5000), many("*a", 5000)),
        )
        .says("yaml-syntax"),
        Row::front(
            "a long text, ten thousand times",
            format!("summary: &a \"{}\"\ntopics: [{}]\n", "x".repeat(20_000), many("*a", 10_000)),
        )
        .says("yaml-syntax"),
        Row::front("an alias of what it stands in", "topics: &a [*a]\n").says("yaml-syntax"),
        Row::front("an alias of nothing", "topics: [*b]\n").says("yaml-syntax"),
        Row::front("an honest alias", "summary: &a Kata\ntopics: [*a, *a]\n"),
        Row::front("a merge key", "<<: {summary: x}\n").says("unknown-key"),
        Row::front("a tag that makes an object elsewhere", "summary: !!python/object/apply:os.system [ls]\n")
            .says("wrong-type"),
        Row::front("a tag of one's own", "summary: !run ls\n").says("yaml-syntax"),
        Row::front("a set", "topics: !!set {a, b}\n").says("wrong-type"),
        Row::front("bytes in base 64", "summary: !!binary PHNjcmlwdD4=\n")
            .has("articles/a/index.html", "PHNjcmlwdD4="),
        Row::new("a directive of another version")
            .file("site.yaml", format!("%YAML 9.9\n---\n{SITE}"))
            .says("yaml-syntax"),
    ]
}

fn depths() -> Vec<Row> {
    let front = |name: &str, text: String| Row::front(name, text).says("yaml-syntax");
    let site = |name: &str, text: String| Row::site(name, text).says("yaml-syntax");
    vec![
        front("60,000 open brackets in front matter", format!("x: {}\n", "[".repeat(60_000))),
        front("20,000 open braces in front matter", format!("x: {}\n", "{".repeat(20_000))),
        front("30,000 hyphens", format!("topics:\n  {}\n", "- ".repeat(30_000))),
        front("30,000 question marks", format!("{}\n", "? ".repeat(30_000))),
        site("a million open brackets in settings", format!("x: {}", "[".repeat(1_000_000))),
        site("groups in groups in settings", format!("x: {}", "{a: ".repeat(3_000))),
        Row::new("settings of hyphens").file("site.yaml", "- ".repeat(100_000)).says("yaml-syntax"),
        Row::new("settings of colons").file("site.yaml", ":".repeat(100_000)).says("yaml-syntax"),
        Row::front("as deep as is read", format!("x: {}{}\n", "[".repeat(120), "]".repeat(120)))
            .says("unknown-key"),
        // Words are no lists.
        Row::front("brackets in words", format!("summary: \"{}\"\n", "[a] ".repeat(2_000))),
    ]
}

fn sizes() -> Vec<Row> {
    let many = |words: &str, times: usize| words.repeat(times);
    let numbered = |prefix: &str, rest: &str, times: usize| {
        (0..times).map(|number| format!("{prefix}{number}{rest}")).collect::<Vec<_>>().concat()
    };
    vec![
        Row::front("front matter of one line of 5 MB", format!("summary: {}\n", many("a", 5_000_000)))
            .says("front-matter-too-large"),
        Row::front("a summary of 60 KB", format!("summary: {}\n", many("kata ", 12_000))),
        Row::site("a footer of 5 MB in one line", format!("footer: {}", many("a", 5_000_000))),
        Row::site("a footer of a million escapes", format!("footer: \"{}\"", many("\\x41", 1_000_000))),
        Row::site("100,000 unknown keys", numbered("k", ": 1\n", 100_000)).says("unknown-key"),
        Row::site("50,000 times the same key", many("footer: a\n", 50_000)).says("duplicate-key"),
        Row::site("100,000 anchors", format!("x: [{}]", numbered("&a", " x, ", 100_000))).says("unknown-key"),
        Row::site("a million comments", many("# x\n", 1_000_000)),
        Row::front("5,000 times the same key in front matter", many("summary: a\n", 5_000))
            .says("duplicate-key"),
        Row::front(
            "a scale of problems in brackets",
            format!("claims: [{}]\n", numbered("{id: k", "}, ", 300)),
        )
        .says("missing-key"),
        Row::front(
            "2,100 claims in one line of brackets",
            format!("claims: [{}]\n", numbered("{id: k", ", verdict: wrong}, ", 2_100)),
        )
        .says("missing-key")
        .says("unknown-verdict"),
        Row::new("settings larger than any text")
            .file("site.yaml", "")
            .lay(|desk| {
                std::fs::File::create(desk.path("site.yaml")).and_then(|file| file.set_len(4 << 30)).is_ok()
            })
            .says_at("file-unreadable", "site.yaml"),
    ]
}

fn keys() -> Vec<Row> {
    vec![
        Row::front("a key that stands twice in one bracket", "image: {file: a.png, file: b.png, alt: x}\n")
            .says("duplicate-key")
            .says("missing-file"),
        Row::front("a tab for indentation", "claims:\n\t- id: a\n").says("yaml-syntax"),
        Row::site("a tab for indentation in settings", "theme:\n\taccent: x").says("yaml-syntax"),
        Row::front("a list as a key", "[a, b]: c\n").says("yaml-syntax"),
        Row::front("nothing as a key", "~: c\n").says("unknown-key"),
        Row::front("an object's prototype as a key", "__proto__: {a: b}\nconstructor: x\n")
            .says("unknown-key"),
        Row::front("a key with a script in it", "\"<script>globalThis.__pwned=1</script>\": x\n")
            .says("unknown-key"),
        Row::new("settings that are a list").file("site.yaml", "[]").says("missing-key").says("wrong-type"),
        Row::new("settings in two documents")
            .file("site.yaml", format!("{SITE}---\n{SITE}"))
            .says("yaml-syntax"),
    ]
}

fn values() -> Vec<Row> {
    vec![
        Row::front("a whole number of 26 digits", "featured: 99999999999999999999999999\n").says("wrong-type"),
        Row::front("a number without end", "summary: .inf\n").says("wrong-type"),
        Row::front("a number of 60,000 digits", format!("featured: {}\n", "9".repeat(60_000))).says("wrong-type"),
        Row::front("a hexadecimal number beyond all types", "summary: 0xffffffffffffffffffffff\n").says("wrong-type"),
        Row::site("the largest number as a size of lists", "paginate: 9223372036854775807").says("bad-number"),
        Row::site("the smallest number as a size of lists", "paginate: -9223372036854775808").says("bad-number"),
        Row::site("more entries in a feed than numbers have", "feeds: 99999999999999999999").says("wrong-type"),
        Row::new("no number as a value of a verdict")
            .file("site.yaml", SITE.replace("ratings: tempo", "ratings: [{id: a, label: A, definition: x, value: .nan}, {id: b, label: B, definition: y, value: 1}]"))
            .says("wrong-type")
            .says("bad-scale"),
    ]
}

fn dates() -> Vec<Row> {
    let dated = |date: &str| article("", "Isi.").replace("2025-01-02", date);
    let bad = [
        "0000-01-01",
        "0001-01-01",
        "10000-01-01",
        "-9999-01-01",
        "2025-02-30",
        "2025-01-02T10:00:00+99:99",
        "9999-12-31T23:59:59-23:59",
        "٢٠٢٥-٠١-٠٢",
    ];
    let mut rows: Vec<Row> = bad
        .iter()
        .map(|date| Row::new(format!("the date {date}")).file(A, dated(date)).says("bad-date"))
        .collect();
    rows.extend(
        ["9999-12-31", "2025-01-02T23:59:60Z"]
            .map(|date| Row::new(format!("the date {date}")).file(A, dated(date))),
    );
    rows.push(Row::front("a history before time began", "updated: 0001-01-01\n").says("bad-date"));
    rows
}
