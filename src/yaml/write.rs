//! Trees as YAML text that reads back as the same tree.

use super::{Node, quoted};

/// The tree as YAML, in block style. Texts stand in quotes unless they are plain words or dates.
pub fn write(node: &Node) -> String {
    let mut out = String::new();
    match node {
        Node::Map(entries) if !entries.is_empty() => map(&mut out, entries, 0, false),
        Node::List(items) if !items.is_empty() => list(&mut out, items, 0),
        other => {
            out.push_str(&scalar(other));
            out.push('\n');
        }
    }
    out
}

fn map(out: &mut String, entries: &[(String, Node)], depth: usize, after_dash: bool) {
    for (place, (key, value)) in entries.iter().enumerate() {
        if place > 0 || !after_dash {
            indent(out, depth);
        }
        out.push_str(&quoted_if_needed(key));
        out.push(':');
        match value {
            Node::Map(inner) if !inner.is_empty() => {
                out.push('\n');
                map(out, inner, depth + 1, false);
            }
            Node::List(items) if !items.is_empty() => {
                out.push('\n');
                list(out, items, depth + 1);
            }
            other => {
                out.push(' ');
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

fn list(out: &mut String, items: &[Node], depth: usize) {
    for item in items {
        indent(out, depth);
        out.push_str("- ");
        match item {
            Node::Map(entries) if !entries.is_empty() => map(out, entries, depth + 1, true),
            Node::List(inner) if !inner.is_empty() => {
                out.push('\n');
                list(out, inner, depth + 1);
            }
            other => {
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// A value without parts, on one line. Empty lists and mappings are such values.
pub fn scalar(node: &Node) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Int(number) => number.to_string(),
        Node::Float(number) if number.is_nan() => ".nan".to_owned(),
        Node::Float(number) if number.is_infinite() => {
            if *number > 0.0 { ".inf" } else { "-.inf" }.to_owned()
        }
        Node::Float(number) => format!("{number:?}"),
        Node::Text(text) => quoted_if_needed(text),
        Node::List(_) => "[]".to_owned(),
        Node::Map(_) => "{}".to_owned(),
    }
}

fn quoted_if_needed(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that mean something else without quotes, in some version of YAML.
const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan"];

/// Whether the text means itself without quotes: a few plain words, or a date.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let words = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 100
        && text.split(' ').all(|word| !word.is_empty() && word.chars().all(is_word))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    let date = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    words || date
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write;
    use crate::source::Source;
    use crate::yaml::{Node, Yaml, parse};

    fn read(text: &str) -> Node {
        parse(&Yaml::whole(&Source::new("test", text))).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
    }

    fn trees() -> impl Strategy<Value = Node> {
        let text = prop_oneof![
            any::<String>(),
            "[-?:,\\[\\]{}#&*!|>'\"%@` a-z0-9.\n\t\u{85}\u{2028}\u{feff}]{0,12}",
            prop::sample::select(vec![
                "yes",
                "NO",
                "null",
                "~",
                "1e3",
                "0x1f",
                "2021-07-16",
                "---",
                "...",
                "1_000",
                "=",
                "<<"
            ])
            .prop_map(str::to_owned),
        ];
        let leaf = prop_oneof![
            Just(Node::Null),
            any::<bool>().prop_map(Node::Bool),
            any::<i64>().prop_map(Node::Int),
            text.clone().prop_map(Node::Text),
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Node::List),
                prop::collection::vec((text.clone(), inner), 0..5).prop_map(Node::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(tree in trees()) {
            let tree = Node::Map(vec![("top".to_owned(), tree)]);
            prop_assert_eq!(read(&write(&tree)), tree);
        }
    }

    #[test]
    fn it_looks_as_editors_write() {
        let text = "title: \"Fakta: \\\"benar\\\"?\"\ndate: 2021-07-16\nclaims:\n  - id: a-b\n    sources:\n      - title: Buku Putih\n        year: 1\n";
        assert_eq!(write(&read(text)), text);
    }
}
