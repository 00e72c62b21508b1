//! Whether places that are found without parsing are those that parsing finds.

use proptest::prelude::*;

use super::super::places::Places;
use super::super::{Node, locate, parse};
use super::*;
use crate::source::Source;

/// Every path of a tree.
fn paths(node: &Node, at: &mut Vec<Part>, all: &mut Vec<Vec<Part>>) {
    let mut below = |part: Part, node: &Node| {
        at.push(part);
        all.push(at.clone());
        paths(node, at, all);
        at.pop();
    };
    match node {
        Node::Map(entries) => entries.iter().for_each(|(key, node)| below(Part::key(key), node)),
        Node::List(items) => {
            items.iter().enumerate().for_each(|(index, node)| below(Part::Index(index), node));
        }
        _ => {}
    }
}

/// How many places there are, and how many of them are found without parsing. All of those, and all that
/// are found at once, are the ones that parsing finds one by one.
fn compare(yaml: &Yaml) -> (usize, usize) {
    let Ok(node) = parse(yaml) else {
        return (0, 0);
    };
    let mut all = Vec::new();
    paths(&node, &mut Vec::new(), &mut all);
    let beyond: Vec<Vec<Part>> = all
        .iter()
        .flat_map(|path| {
            [Part::key("z"), Part::Index(9), Part::Key("a".to_owned(), 1)].map(|part| {
                let mut path = path.clone();
                path.push(part);
                path
            })
        })
        .collect();
    let places = Places::read(yaml).filter(|_| !all.is_empty());
    assert!(places.is_some() || all.is_empty(), "in\n{}", yaml.text());
    let mut found = 0;
    for (number, path) in all.iter().chain(&beyond).enumerate() {
        for spot in [Spot::Key, Spot::Value] {
            let careful = locate::find(yaml, path, spot);
            if let Some(span) = find(yaml, path, spot) {
                found += usize::from(number < all.len());
                assert_eq!(span, careful, "{path:?} in\n{}", yaml.text());
            }
            if let Some(places) = &places {
                assert_eq!(places.find(yaml, path, spot), careful, "{path:?} in\n{}", yaml.text());
            }
        }
    }
    (2 * all.len(), found)
}

/// Lines that no editor counts: the parser does.
#[test]
fn odd_ends_of_lines_move_no_place() {
    for end in ["\r", "\u{85}", "\u{2028}", "\u{2029}"] {
        for text in [
            format!("a: x.{end}bc: false\nd: y\ne:\n  - f: 1{end}    g: 2\n"),
            format!("a: \"x{end}{end}y\"\nbc: 1\r\nd: [1,{end}2]\n"),
            format!("# a{end}bc: é{end}d: y"),
        ] {
            let yaml = Yaml::whole(&Source::new("a.yaml", text.as_str()));
            compare(&yaml);
            for key in ["bc", "d"] {
                let span = yaml.find(&[Part::key(key)], Spot::Key);
                assert_eq!(&text[span], key, "{text:?}");
            }
        }
    }
}

#[test]
fn what_editors_write_is_found_without_parsing() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["site.yaml", "content/articles/2025/5g-covid.md", "content/articles/2024/jumlah-pulau.md"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let front = text.split("---\n").nth(1).unwrap_or(&text).to_owned();
        for front in [front.clone(), front.replace('\n', "\r\n")] {
            let (all, found) = compare(&Yaml::whole(&Source::new(file, front)));
            assert!(all > 100 && found * 10 > all * 8, "{file}: {found} of {all}");
        }
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    for text in [
        "a: \"b\n  c: d\"\nc: e\n",
        "a: 'b\n\n  c: d'\nc: e\n",
        "a: |\n  c: d\nc: e\n",
        "a: {b: c,\n  c: d}\nc: e\n",
        "\"c\": 1\n'a': 2\n",
        "a:\n- c: 1\n  a: 2\n- - 3\n  - c: 4\nc: 5\n",
        "a: &x {c: 1}\nc: *x\n",
        "a: {c: 'it''s, so', a: \"x\\\", c: y\", b: [1, 2]}\n",
        "# c: 1\nc: 2 # a: 3\na: #c\n  - 4\n",
        "a:\n  b\n  c\nc:\n  d: e\n",
        "a: &x [{c: 1}, &y d]\nb: [*x, *y, {c: *x}, *y]\nc: {a: *x, b: *y}\n",
        "- &x\n  a: &y {b: c}\n- *x\n- a: *y\n  b: *x\n- *y\n- [*y, *y]\n",
        "&x a: b\n*x : c\nd: [*x, e]\n",
        "? a\n? &x b\n? *x\nc: *x\n",
        "a: {b, c}\nb: [c: d, {e}, [], {}]\nc: [ ]\n",
        "99999999999999999999: 1\n0x10: 2\n1e3: 3\n~: 4\ntrue: 5\n-1: 6\n999999999999999999999999999999: 7\n",
        "a: !!str 1\nb: !!int \"2\"\nc: &x !!str 3\nd: !!map {a: *x}\n",
        "{a: 1, b: [2, {c: 3}]}",
        "- a\n- - b\n  - c: d\n-\n- - - e\n",
        "\u{feff}a: {b: \u{feff}\u{e9}, c: x, d: [\u{feff}, y]}\nb: \u{feff}c\n",
        "here: {here: here at line 7 column 9, 'here at line 1 column 1': b}\n",
    ] {
        compare(&Yaml::whole(&Source::new("a.yaml", text)));
    }
}

proptest! {
    #[test]
    fn every_layout_is_found_where_the_parser_finds_it(
        lines in prop::collection::vec(
            (
                0..4_usize,
                prop::sample::select(vec!["", "", "- ", "- - ", "-   "]),
                prop::sample::select(vec![
                    "a: ", "b: ", "c: ", "a:", "b:", "\"a\": ", "", "", "? ", "&k a: ", "*k : ",
                ]),
                prop::sample::select(vec![
                    "", "x", "'y'", "\"z\"", "\"z", "z\"", "'y", "|", ">-", "{a: 1, b: 'c, d'}", "{a: 1,",
                    "b: 2}", "[1, 2]", "# a: 1", "x # b", "x: y", "\"a: b\" # c", "null", "~", "-1", "é", "&q x", "*q",
                    "[{a: 1}, {b: 2}]", "{a: {b: 1}}", "https://x.org/#a", "&q {a: 1, b: [c]}", "&q", "[*q, {a: *q}]",
                    "{a, b: *q}", "!!str 1", "&q [a: b, *q]",
                ]),
            ),
            0..10,
        ),
    ) {
        let mut text = String::new();
        for (depth, dash, key, value) in lines {
            text += &format!("{}{dash}{key}{value}\n", "  ".repeat(depth));
        }
        compare(&Yaml::whole(&Source::new("a.yaml", text)));
    }
}
