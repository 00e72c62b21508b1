//! HTML as Meja writes it: every element closed where it was opened, every attribute in quotes.

/// Elements without content.
const EMPTY: &[&str] = &["br", "hr", "img", "wbr", "col"];

/// Fails unless every element is closed in its order and no sign stands where it would be read as markup.
pub fn is_well_formed(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let from = &rest[at..];
        match from.as_bytes()[0] {
            b'&' => {
                let name = from[1..]
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                    .next()
                    .unwrap_or_default();
                let ends = from[1 + name.len()..].starts_with(';');
                assert!(!name.is_empty() && ends, "a bare ampersand: {}", shown(from));
                rest = &from[1..];
            }
            b'>' => panic!("a bare `>`: {}", shown(from)),
            _ => {
                let (name, closes, after) = tag(from);
                if closes {
                    assert_eq!(open.pop(), Some(name), "closed out of order: {}", shown(from));
                } else if !EMPTY.contains(&name) {
                    open.push(name);
                }
                rest = after;
            }
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

/// The name of a tag, whether it closes, and what follows it.
fn tag(from: &str) -> (&str, bool, &str) {
    let closes = from.starts_with("</");
    let inside = &from[if closes { 2 } else { 1 }..];
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).expect("a tag that ends");
    let (name, mut rest) = inside.split_at(length);
    assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "no name of an element: {}", shown(from));
    let mut seen: Vec<&str> = Vec::new();
    while !rest.starts_with('>') {
        assert!(!closes && rest.starts_with(' '), "no attribute: {}", shown(from));
        let (key, value) = rest[1..].split_once("=\"").unwrap_or_else(|| panic!("no value: {}", shown(from)));
        let is_key =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_' || c == ':';
        assert!(!key.is_empty() && key.chars().all(is_key), "no attribute: {}", shown(from));
        assert!(!key.starts_with("on") && key != "style", "a handler: {}", shown(from));
        assert!(!seen.contains(&key), "`{key}` twice: {}", shown(from));
        seen.push(key);
        let (value, after) = value.split_once('"').expect("a value that ends");
        assert!(!value.contains('<'), "an open tag in a value: {}", shown(from));
        if matches!(key, "href" | "src") {
            let scheme = value.trim_start().to_ascii_lowercase();
            let runs = ["javascript:", "data:", "vbscript:"].iter().any(|bad| scheme.starts_with(bad));
            assert!(!runs, "an address that runs: {}", shown(from));
        }
        rest = after;
    }
    (name, closes, &rest[1..])
}

fn shown(text: &str) -> String {
    text.chars().take(120).collect()
}

/// The text of HTML that has no tags.
pub fn unescaped(html: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(html.to_owned(), |text, (written, meant)| text.replace(written, meant))
}
