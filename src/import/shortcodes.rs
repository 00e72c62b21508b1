//! Shortcodes of WordPress: what names a picture, a film or a link becomes one; all others stay and are named.

use std::collections::{BTreeMap, BTreeSet};

/// The address and title of each attachment, by its number.
pub(super) type Files = BTreeMap<String, (String, String)>;

/// A shortcode as it was found: `[name attributes]`.
struct Code<'t> {
    /// Its name.
    name: &'t str,
    /// What follows the name, within the brackets.
    attributes: &'t str,
    /// How long it is, with its brackets.
    length: usize,
}

/// The HTML without the shortcodes that are understood, and the names of the others.
pub(super) fn expanded(html: &str, files: &Files) -> (String, BTreeSet<String>) {
    let mut out = String::with_capacity(html.len());
    let mut left = BTreeSet::new();
    let mut rest = html;
    // A name that nothing closes is not looked for again.
    let mut endless: BTreeSet<&str> = BTreeSet::new();
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(code) = code(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let after = &rest[code.length..];
        let inner = (!endless.contains(code.name)).then(|| until_end(code.name, after)).flatten();
        if inner.is_none() {
            endless.insert(code.name);
        }
        match shown(&code, inner.map(|(inner, _)| inner), files) {
            Some(html) => {
                out.push_str(&html);
                rest = inner.filter(|_| encloses(code.name)).map_or(after, |(_, after)| after);
            }
            None => {
                let is_code = !code.attributes.trim().is_empty() || inner.is_some();
                if is_code || is_known_alone(code.name) {
                    left.insert(code.name.to_owned());
                }
                out.push_str(&rest[..code.length]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (linked(&out), left)
}

/// The shortcode that a text begins with. Words in brackets are one only if attributes follow.
fn code(text: &str) -> Option<Code<'_>> {
    let end = text.find(']').filter(|end| *end <= 2000)?;
    let inner = text.get(1..end)?;
    let length = inner.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c)));
    let (name, attributes) = inner.split_at(length.unwrap_or(inner.len()));
    let attributes = attributes.strip_suffix('/').unwrap_or(attributes);
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    let trimmed = attributes.trim();
    let is_plain = trimmed.is_empty() || trimmed.contains('=') || trimmed.starts_with("http");
    (is_name && is_plain && !inner.contains(['[', '\n'])).then_some(Code {
        name,
        attributes,
        length: end + 1,
    })
}

/// What stands before the end of a shortcode, and what after.
fn until_end<'t>(name: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    text.split_once(&format!("[/{name}]"))
}

fn encloses(name: &str) -> bool {
    matches!(name, "embed" | "caption" | "wp_caption" | "audio" | "video" | "youtube")
}

/// Shortcodes without attributes that are no words.
fn is_known_alone(name: &str) -> bool {
    matches!(name, "toc" | "gallery" | "playlist") || name.contains(['_', '-'])
}

/// What a shortcode showed, as HTML.
fn shown(code: &Code<'_>, inner: Option<&str>, files: &Files) -> Option<String> {
    let get = |names: &[&str]| names.iter().find_map(|name| attribute(code.attributes, name));
    match code.name {
        "caption" | "wp_caption" => {
            let inner = inner?;
            // The picture, with the link around it, ends where the words begin.
            let end = ["</a>", "/>", ">"].iter().find_map(|mark| Some(inner.find(mark)? + mark.len()))?;
            let (picture, words) = inner.split_at(end);
            let words = match words.trim() {
                "" => attribute(code.attributes, "caption").unwrap_or_default(),
                words => words.to_owned(),
            };
            Some(format!("\n\n<figure>{picture}<p>{words}</p></figure>\n\n"))
        }
        "embed" => Some(film(inner?.trim())).filter(|html| !html.is_empty()),
        "youtube" => {
            let bare = code.attributes.trim().trim_start_matches('=').trim_matches(['"', '\'']);
            let named = get(&["url", "id", "v"]).or_else(|| inner.map(|inner| inner.trim().to_owned()));
            let named = named.unwrap_or_else(|| bare.to_owned());
            let is_id =
                !named.is_empty() && named.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
            let address = if is_id { format!("https://www.youtube.com/watch?v={named}") } else { named };
            Some(film(&address)).filter(|html| !html.is_empty())
        }
        "audio" | "video" => {
            let from = get(&["src", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "m4v", "ogv", "flv", "url"]);
            let from = from.or_else(|| inner.map(|inner| inner.trim().to_owned()))?;
            Some(film(&from)).filter(|html| !html.is_empty())
        }
        "gallery" | "playlist" => {
            let ids = get(&["ids", "include"])?;
            let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
            let found: Option<Vec<String>> = ids
                .iter()
                .map(|id| files.get(*id).map(|(url, title)| format!("<p>{}</p>", link(url, title))))
                .collect();
            // Where one is missing, the list of numbers is all that tells which.
            found.filter(|found| !found.is_empty()).map(|found| format!("\n\n{}\n\n", found.join("\n\n")))
        }
        _ => None,
    }
}

/// A link on a line of its own; nothing for what is no address.
fn film(address: &str) -> String {
    if !address.starts_with("http") || address.contains(char::is_whitespace) {
        return String::new();
    }
    format!("\n\n<p>{}</p>\n\n", link(address, address))
}

fn link(address: &str, words: &str) -> String {
    let words = if words.trim().is_empty() { address } else { words };
    let safe = |text: &str| text.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<a href=\"{}\">{}</a>", safe(address.trim()), safe(words.trim()))
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| "\"'“”″".contains(*c));
        let (value, next) = match quote {
            Some(quote) => {
                let inner = &after[quote.len_utf8()..];
                inner.split_once(|c: char| c == quote || (quote == '“' && c == '”')).unwrap_or((inner, ""))
            }
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key == name && !value.trim().is_empty() {
            return Some(value.trim().to_owned());
        }
        rest = next;
    }
    None
}

/// An address alone on its line was shown as what it leads to; it becomes a link.
fn linked(html: &str) -> String {
    let is_address = |line: &str| {
        (line.starts_with("https://") || line.starts_with("http://"))
            && !line.contains(|c: char| c.is_whitespace() || "<>\"[]".contains(c))
    };
    let lines = html.split('\n').map(|line| match line.trim() {
        bare if is_address(bare) => link(bare, bare),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Files, expanded};

    #[test]
    fn what_shows_something_becomes_a_link() {
        let files =
            Files::from([("7".to_owned(), ("https://x.example/a.jpg".to_owned(), "Foto <1>".to_owned()))]);
        let is = |text: &str, part: &str| {
            let (html, left) = expanded(text, &files);
            assert!(html.contains(part) && !html.contains('['), "{html}");
            assert!(left.is_empty(), "{left:?}");
        };
        let film = "<a href=\"https://youtu.be/abc\">https://youtu.be/abc</a>";
        is("x [embed]https://youtu.be/abc[/embed] y", film);
        is("[embed width=\"4\"]https://youtu.be/abc[/embed]", film);
        is("[youtube https://youtu.be/abc]", film);
        is("[youtube url='https://youtu.be/abc' w=3]", film);
        is("https://youtu.be/abc", film);
        is("[youtube id=\"abc\"]", "https://www.youtube.com/watch?v=abc");
        is("[video width=\"1\" mp4=\"https://x.example/a.mp4\"][/video]", "href=\"https://x.example/a.mp4\"");
        is("[audio src=https://x.example/a.mp3]", "href=\"https://x.example/a.mp3\"");
        is("[gallery columns=\"2\" ids=\"7\"]", "<a href=\"https://x.example/a.jpg\">Foto &lt;1&gt;</a>");
        is(
            "[caption id=\"a\"]<a href=u><img src=s /></a> Kata[/caption]",
            "<figure><a href=u><img src=s /></a><p>Kata</p></figure>",
        );
    }

    #[test]
    fn all_others_stay() {
        for (text, names) in [
            ("[contact-form-7 id=\"1\"]", &["contact-form-7"][..]),
            ("[box]a[/box]", &["box"]),
            ("[gallery ids=\"8\"]", &["gallery"]),
            ("[embed]lihat[/embed]", &["embed"]),
            ("[sic] [SALAH] [1] a[0] [kata dua]", &[]),
            ("[", &[]),
        ] {
            let (html, left) = expanded(text, &Files::new());
            assert_eq!(html, text);
            assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), names, "{text}");
        }
        let long = "[box]".repeat(200_000);
        assert_eq!(expanded(&long, &Files::new()).0, long);
    }
}
