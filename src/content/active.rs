//! Files that could run a script at the desk's own address.
//!
//! Evidence is often a saved page. Published as it is, it would run whatever is in it with the
//! rights of the desk's site.

use std::path::Path;

/// Endings that browsers take for pages or scripts.
const ENDINGS: [&str; 11] =
    ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "js", "mjs", "xml", "xsl", "xslt"];

/// What in an SVG file makes it more than a picture.
const IN_SVG: [&str; 4] = ["<script", "javascript:", "<foreignobject", "<!entity"];

/// Why a file may not be published as it is.
pub(super) fn danger(path: &str, location: &Path) -> Option<&'static str> {
    let end = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ENDINGS.contains(&end.as_str()) {
        return Some("a browser would run what is in it");
    }
    if end == "svg" {
        let text =
            std::fs::read(location).map(|bytes| String::from_utf8_lossy(&bytes).to_lowercase()).ok()?;
        let handles_events = text.match_indices("on").any(|(at, _)| {
            let begins = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
            let rest = &text[at + 2..];
            let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
            begins && name > 0 && rest[name..].trim_start().starts_with('=')
        });
        if handles_events || IN_SVG.iter().any(|word| text.contains(word)) {
            return Some("there is a script in it");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::danger;

    #[test]
    fn pages_and_scripts_are_dangerous_and_pictures_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let location = folder.path().join(name);
            std::fs::write(&location, text).unwrap();
            danger(name, &location).is_some()
        };
        assert!(file("bukti.HTML", "x"));
        assert!(file("a.svg", "<svg><SCRIPT>1</SCRIPT></svg>"));
        assert!(file("b.svg", "<svg\nonload = 'x'></svg>") && file("c.svg", "<a href='javascript:x'/>"));
        assert!(!file("d.svg", "<svg><text>satu on dua</text></svg>") && !file("e.pdf", "<script>"));
    }
}
