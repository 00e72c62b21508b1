//! Files that could run a script at the desk's own address.
//!
//! Evidence is often a saved page. Published as it is, it would run whatever is in it with the
//! rights of the desk's site.

use std::path::Path;

/// Endings that browsers take for pages or scripts: HTML, what is XML by any name and so may hold HTML, and saved pages.
const ENDINGS: [&str; 23] = [
    "html", "htm", "xhtml", "xht", "xhtm", "shtml", "dhtml", "mhtml", "mht", "hta", "htc", "xbl", "js",
    "mjs", "cjs", "xml", "xsl", "xslt", "rdf", "rss", "atom", "svgz", "swf",
];

/// Endings that servers run.
const ON_SERVERS: [&str; 9] = ["php", "phtml", "phar", "asp", "aspx", "ashx", "jsp", "jspx", "cgi"];

/// Elements of an SVG file that make it more than a picture, whatever stands before the colon of their names.
const ELEMENTS: [&str; 9] =
    ["script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "html", "body"];

/// Words that do so wherever they stand. They are looked for without white space, which browsers pass over in addresses.
const IN_SVG: [&str; 7] =
    ["javascript:", "vbscript:", "data:text/", "<!entity", "<?xml-stylesheet", "1999/xhtml", "dtdxhtml"];

/// Why a file may not be published as it is.
pub(super) fn danger(path: &str, location: &Path) -> Option<&'static str> {
    let bare = path.trim_end_matches(['.', ' ']);
    let end = bare.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ENDINGS.contains(&end.as_str()) {
        return Some("a browser would run what is in it");
    }
    if ON_SERVERS.contains(&end.as_str()) {
        return Some("a server could run what is in it");
    }
    (end == "svg").then(|| in_svg(&std::fs::read(location).ok()?)).flatten()
}

/// What in an SVG file is more than a picture.
fn in_svg(bytes: &[u8]) -> Option<&'static str> {
    // Browsers read XML in the encoding that it names: in another one, nothing would be found below.
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0') && names_utf8(text))
    else {
        return Some("an SVG file must be UTF-8, so that it can be looked through");
    };
    let text = without_references(text).to_lowercase();
    let starts_script = text.match_indices('<').any(|(at, _)| {
        let name = text[at + 1..].split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next();
        name.and_then(|name| name.rsplit(':').next()).is_some_and(|name| ELEMENTS.contains(&name))
    });
    let handles_events = text.match_indices("on").any(|(at, _)| {
        let begins = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
        let rest = &text[at + 2..];
        let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        begins && name > 0 && rest[name..].trim_start().starts_with('=')
    });
    let tight: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_active = starts_script || handles_events || IN_SVG.iter().any(|word| tight.contains(word));
    is_active.then_some("there is a script in it")
}

/// Whether the XML declaration names no encoding but UTF-8, if any (XML 1.0 section 4.3.3).
fn names_utf8(text: &str) -> bool {
    let head =
        text.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let named = head.and_then(|head| head.split_once("encoding")).map(|(_, rest)| rest);
    named.is_none_or(|rest| {
        let name = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        ["utf-8", "us-ascii"].iter().any(|known| name.to_lowercase().starts_with(known))
    })
}

/// The text with `&#106;` and `&#x6a;` as the letters they stand for (XML 1.0 section 4.1).
fn without_references(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or((part, ""));
        let code = match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        match code.ok().and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{danger, in_svg};

    #[test]
    fn pages_and_scripts_are_dangerous_and_pictures_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let location = folder.path().join(name);
            std::fs::write(&location, text).unwrap();
            danger(name, &location).is_some()
        };
        assert!(
            file("bukti.HTML", "x")
                && file("bukti.html.", "x")
                && file("umpan.rss", "x")
                && file("a.php", "x")
        );
        assert!(file("a.svg", "<svg><SCRIPT>1</SCRIPT></svg>"));
        assert!(file("b.svg", "<svg\nonload = 'x'></svg>") && file("c.svg", "<a href='javascript:x'/>"));
        assert!(!file("d.svg", "<svg><text>satu on dua</text></svg>") && !file("e.pdf", "<script>"));
    }

    #[test]
    fn scripts_are_found_in_every_spelling() {
        let utf16: Vec<u8> =
            "\u{feff}<svg><script>1</script></svg>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(in_svg(&utf16).is_some());
        for text in [
            "<s:svg xmlns:s='x'><s:script>1</s:script></s:svg>",
            "<svg><a href='java&#115;cript:x'/></svg>",
            "<svg><a href='java&#x73;cript:x'/></svg>",
            "<svg><a href='java&#9;script:x'/></svg>",
            "<svg><a href='java\nscript:x'/></svg>",
            "<svg><x:b xmlns:x='http://www.w3.org/1999/xhtm&#108;'/></svg>",
            "<svg><handler>x</handler></svg>",
            "<?xml-stylesheet href='#x' type='text/xsl'?><svg/>",
            "<?xml version='1.0' encoding='utf-7'?><svg/>",
            "<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>",
            "<svg onload='x'/>",
            "<svg a='b'onload='x'/>",
            "<svg &#111;nload='x'/>",
        ] {
            assert!(in_svg(text.as_bytes()).is_some(), "{text}");
        }
        for text in [
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
            "<svg><metadata/><text>a &#38; b &# c; &#xffffffff;</text><image href='data:image/png;base64,AA=='/></svg>",
        ] {
            assert_eq!(in_svg(text.as_bytes()), None, "{text}");
        }
    }
}
