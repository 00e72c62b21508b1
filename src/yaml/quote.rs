//! Writes a text as YAML, so that it is read back as it was.

/// `text` between double quotes, on one line. What YAML might take for a line end or may not hold is
/// written as an escape.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line ends of YAML 1.1, the byte order mark, and what is no character.
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Yaml, parse};
    use super::quoted;
    use crate::source::Source;

    fn read_back(text: &str) -> Option<Node> {
        parse(&Yaml::whole(&Source::new("a.yaml", format!("key: {} # end\nother: 1\n", quoted(text))))).ok()
    }

    #[test]
    fn every_character_comes_back() {
        let hostile = [
            "",
            "a: b # c",
            "\"\\\" {{ }} %TAG",
            "- x\n---\n...",
            "\u{0}\u{7f}\u{85}\u{2028}\u{feff}\u{1f}",
            "'",
            " a ",
        ];
        for text in hostile {
            let expected = Node::Map(vec![
                ("key".to_owned(), Node::Text(text.to_owned())),
                ("other".to_owned(), Node::Int(1)),
            ]);
            assert_eq!(read_back(text), Some(expected), "{text:?}");
        }
        for from in (0..0x11_0000_u32).step_by(0x400) {
            let text: String = (from..from + 0x400).filter_map(char::from_u32).collect();
            let Some(Node::Map(entries)) = read_back(&text) else { unreachable!("{from:x}") };
            assert_eq!(entries[0].1, Node::Text(text), "{from:x}");
        }
    }
}
