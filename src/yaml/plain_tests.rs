use proptest::prelude::*;

use super::plain::read;
use super::{Node, node};

/// What the parser makes of a text.
fn parsed(text: &str) -> Option<Node> {
    node::parsed(text).ok()
}

#[test]
fn front_matter_as_editors_write_it_is_plain() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/articles/2025");
    let (mut plain, mut all) = (0, 0);
    for file in std::fs::read_dir(root).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
        let Some(front) = text.strip_prefix("---\n").and_then(|text| text.split("\n---").next()) else {
            continue;
        };
        all += 1;
        if let Some(node) = read(front) {
            plain += 1;
            assert_eq!(Some(node), parsed(front), "{front}");
        }
    }
    assert!(all > 3 && plain * 10 > all * 6, "{plain} of {all}");
}

#[test]
fn what_is_plain_is_read_as_the_parser_reads_it() {
    for text in [
        "a: 1\nb: two words\nc: \"q: # \\\"x\\\" \\\\ \\n\" # note\nd: 'it''s'\n",
        "a:\n  - x: 1\n    y:\n    - z\n    -   w: \"v\"\n        u: t\n  - q\nb:\n",
        "a: [x, \"y, z\", 3, {b: c, d: [e]}]\nf: {}\ng: []\n# note\n\nh: 2024-11-13\n",
        "- a\n- b: c\n  d: e\n- [f]\n",
        "a: 2024-11-13T10:00:00+07:00\nb: https://x.org/#a\nc: é x#y\nd: true\ne: null\nf: 10 orang\n",
        "a:\n- b\nc: d # e\n",
        "a: >-\n  b # c\n  # d: e\n  f: g\nh: i\n",
        "- a: >-\n    b\n    c\n  d: >-\n    e",
    ] {
        assert!(read(text).is_some(), "{text}");
        assert_eq!(read(text), parsed(text), "{text}");
    }
}

#[test]
fn what_is_doubtful_is_left_to_the_parser() {
    for text in [
        "",
        "a",
        "a: b: c",
        "a: \"b\n  c\"",
        "a: |\n  b",
        "a: b\n  c",
        "a:\n  b\n",
        "a: &x b",
        "a: *x",
        "a: !t b",
        "a: 1.5",
        "a: 0x1f",
        "a: 007",
        "a: 1e5",
        "a: ~",
        "a: Null",
        "NULL: a",
        "a: -1",
        "a: +1",
        "a: .5",
        "\"a\": b",
        "a: \"\\x41\"",
        "a: 'b",
        "a: [b",
        "a: [b,]",
        "a: [b: c]",
        "a: {b:c}",
        "a: b\n c: d",
        " a: b\nc: d",
        "- a\nb: c",
        "a: \"b\"c",
        "a: \"b\"#c",
        "a:\tb",
        "a: b\r\n",
        "---\na: b",
        "a: b\n...\n",
        "? a\n: b",
        "a: \u{85}",
        "- - a",
        "a: >-\n",
        "a: >-\n  b\n\n  c\n",
        "a: >-\n  b\n   c\n",
        "a: >-\n  b \n  c\n",
        "a: >\n  b\n",
        "a: >-\n  b\n c: d\n",
        "- # a\n",
        "<<: a",
        "a: 9999999999999999999",
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: 'b' 'c'",
        "a: nan",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_layout_is_read_in_another_way_than_by_the_parser(
        lines in prop::collection::vec(
            (
                0..4_usize,
                prop::sample::select(vec!["", "", "- ", "- - ", "-   ", "-"]),
                prop::sample::select(vec!["a: ", "b: ", "c: ", "a:", "b:", "\"a\": ", "", "true: ", "a b: "]),
                prop::sample::select(vec![
                    "", "x", "'y'", "\"z\"", "\"z", "z\"", "'y", "|", ">-", ">-\n      x y\n      z", "{a: 1, b: 'c, d'}", "{a: 1,", "b: 2}",
                    "[1, 2]", "# a: 1", "x # b", "x: y", "\"a: b\" # c", "null", "~", "-1", "é", "&q x", "*q", "[ ]",
                    "[{a: 1}, {b: 2}]", "{a: {b: 1}}", "https://x.org/#a", "2024-11-13", "1e3", "'a''b'", "\"\\\"\\\\\"",
                    "a, b", "[a b, c-d]", "x:", "{a}", "[a: b]", "on", "012", "12", "a#b", "''", "\"\"", "[é, \"ü\"]",
                ]),
                prop::sample::select(vec!["\n", "\n", "\n", "\n\n", " \n", "\n# c\n", "\n    # c\n", "\r\n"]),
            ),
            0..8,
        ),
    ) {
        let text: String = lines
            .iter()
            .flat_map(|(depth, dash, key, value, end)| [&"  ".repeat(*depth), *dash, *key, *value, *end].map(str::to_owned))
            .collect();
        if let Some(node) = read(&text) {
            prop_assert_eq!(Some(node), parsed(&text));
        }
    }
}
