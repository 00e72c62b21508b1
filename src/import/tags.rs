//! HTML as a run of tags and texts, read as browsers read it (HTML, section 13.2.5) but without a tree, so that it
//! takes time in proportion to its length whatever stands in it.

/// One piece of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'h> {
    /// Text with its entities.
    Text(&'h str),
    /// A tag that opens an element. What stands in elements without markup, such as `script`, is with it.
    Open(Tag<'h>),
    /// A tag that closes one, by its name in small letters.
    Close(String),
}

/// A tag that opens an element.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'h> {
    /// Its name in small letters.
    pub(super) name: String,
    /// Attributes that [`KNOWN`] names, as written, with their entities. The first of a name counts.
    pub(super) attributes: Vec<(&'static str, &'h str)>,
    /// What stands in an element that holds text only.
    pub(super) raw: Option<&'h str>,
}

impl Tag<'_> {
    /// The value of an attribute, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// Attributes that tell something about a text.
const KNOWN: [&str; 15] = [
    "href", "src", "data-src", "data", "alt", "title", "type", "rel", "property", "name", "content", "lang",
    "start", "class", "cite",
];

/// Elements in which a tag is text.
const RAW: [&str; 10] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

/// The pieces of a page, each with the place of its first byte.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, no_comment: false, is_foreign: false }
}

/// See [`pieces`].
#[derive(Clone)]
pub(super) struct Pieces<'h> {
    html: &'h str,
    at: usize,
    /// Whether no comment ends any more; they would be looked for again and again.
    no_comment: bool,
    /// Whether this is within a drawing or a formula, where nothing is text only.
    pub(super) is_foreign: bool,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = (usize, Piece<'h>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at;
            let rest = self.html.get(start..)?;
            if rest.is_empty() {
                return None;
            }
            if !is_tag(rest) {
                let end = rest.char_indices().skip(1).find(|(at, c)| *c == '<' && is_tag(&rest[*at..]));
                let text = &rest[..end.map_or(rest.len(), |(at, _)| at)];
                self.at += text.len();
                return Some((start, Piece::Text(text)));
            }
            if let Some(close) = rest.strip_prefix("</") {
                if !close.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                    continue;
                }
                let (name, _, length) = tag(close);
                self.at += 2 + length;
                return Some((start, Piece::Close(name)));
            }
            if rest.starts_with("<!") || rest.starts_with("<?") {
                self.at += self.comment(rest);
                continue;
            }
            let (name, attributes, length) = tag(&rest[1..]);
            self.at += 1 + length;
            let raw = (!self.is_foreign && RAW.contains(&name.as_str())).then(|| {
                let inner = &self.html[self.at..];
                let end = if name == "plaintext" { inner.len() } else { end_of(inner, &name) };
                self.at += end;
                &inner[..end]
            });
            return Some((start, Piece::Open(Tag { name, attributes, raw })));
        }
    }
}

impl Pieces<'_> {
    /// How long a comment, a document type or an instruction is. One without an end is no comment: its words stay.
    fn comment(&mut self, rest: &str) -> usize {
        let Some(inner) = rest.strip_prefix("<!--") else {
            return rest.find('>').map_or(rest.len(), |end| end + 1);
        };
        if let Some(empty) = ["<!-->", "<!--->"].iter().find(|empty| rest.starts_with(**empty)) {
            return empty.len();
        }
        if !self.no_comment {
            if let Some(end) = inner.find("-->") {
                return 4 + end + 3;
            }
            self.no_comment = true;
        }
        4
    }
}

/// Whether a tag, a comment or the like begins here.
fn is_tag(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('<')
        && match chars.next() {
            Some('/') => chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '>'),
            Some(c) => c.is_ascii_alphabetic() || c == '!' || c == '?',
            None => false,
        }
}

/// Where the text of an element without markup ends: before its closing tag.
fn end_of(inner: &str, name: &str) -> usize {
    let bytes = inner.as_bytes();
    let is_end = |at: usize| {
        let after = &bytes[at + 2..];
        after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && after
                .get(name.len())
                .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
    };
    inner.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(inner.len())
}

/// A tag from its name on: name, attributes, and how long it is with its `>`.
fn tag(text: &str) -> (String, Vec<(&'static str, &str)>, usize) {
    let bytes = text.as_bytes();
    let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let until = |from: usize, stop: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |length| from + length)
    };
    let mut at = until(0, &is_end);
    let name = text[..at].to_ascii_lowercase();
    let mut attributes: Vec<(&'static str, &str)> = Vec::new();
    loop {
        at = until(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None => return (name, attributes, at),
            Some(b'>') => return (name, attributes, at + 1),
            Some(_) => {}
        }
        let start = at;
        // A `=` that stands first is part of the name.
        at = until(at + 1, &|byte| is_end(byte) || byte == b'=');
        let key = &text[start..at];
        let mut value = "";
        let equals = until(at, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) == Some(&b'=') {
            at = until(equals + 1, &|byte| !byte.is_ascii_whitespace());
            match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let end = until(at + 1, &|byte| byte == *quote);
                    value = &text[at + 1..end];
                    at = (end + 1).min(bytes.len());
                }
                _ => {
                    let end = until(at, &|byte| byte.is_ascii_whitespace() || byte == b'>');
                    value = &text[at..end];
                    at = end;
                }
            }
        }
        if let Some(known) = KNOWN.iter().find(|known| key.eq_ignore_ascii_case(known))
            && !attributes.iter().any(|(other, _)| other == known)
        {
            attributes.push((known, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn shown(html: &str) -> String {
        let words = pieces(html).map(|(_, piece)| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Open(tag) => format!("<{} {:?} {:?}>", tag.name, tag.attributes, tag.raw),
            Piece::Close(name) => format!("</{name}>"),
        });
        words.collect()
    }

    #[test]
    fn pieces_are_told_apart() {
        assert_eq!(shown("a < b <P Class=x ID='y>'>é</p >"), "a < b <p [(\"class\", \"x\")] None>é</p>");
        assert_eq!(
            shown("<a href='1\"' href=2 title>x</a"),
            "<a [(\"href\", \"1\\\"\"), (\"title\", \"\")] None>x</a>"
        );
        assert_eq!(
            shown("<script>a<b></scriptx></SCRIPT>z"),
            "<script [] Some(\"a<b></scriptx>\")></script>z"
        );
        assert_eq!(shown("x<!-- <b> -->y<!DOCTYPE z><?php ?>w<!-->v<!-- u"), "xywv u");
        assert_eq!(shown("5 <3 </> <"), "5 <3  <");
    }
}
