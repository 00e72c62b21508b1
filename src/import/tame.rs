//! HTML of others made plain enough for a parser: what it may do to time and memory is bounded before it is parsed.
//!
//! Parsers of HTML repair what is nested wrongly, and what they do for one tag may grow with all tags before. Here
//! only elements that Markdown has words for are passed on, to a depth, and what needs repair only so often.

use std::collections::{BTreeMap, BTreeSet};

use super::tags::{Piece, Pieces, Tag, pieces};

/// The deepest nesting that is kept.
const DEEPEST: usize = 100;

/// The most elements that set in every line of what they hold, each within the other.
const DEEPEST_INDENT: usize = 12;

/// The most formatting elements that are open at once.
const MOST_OPEN: usize = 8;

/// How often formatting may be carried on into a further block.
const MOST_CARRIED: usize = 100_000;

/// How often something may stand where it has to be moved from.
const MOST_MOVED: usize = 1000;

/// Elements that say how words look; a parser carries them on over the ends of blocks.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that end by themselves where the next one begins.
const IMPLIED: [&str; 4] = ["p", "li", "dt", "dd"];

/// Parts of tables.
const TABLE: [&str; 10] =
    ["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// Other elements that mean something.
const BLOCKS: [&str; 31] = [
    "article",
    "blockquote",
    "cite",
    "del",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "ins",
    "kbd",
    "main",
    "mark",
    "ol",
    "pre",
    "q",
    "samp",
    "section",
    "sub",
    "summary",
    "sup",
    "ul",
    "var",
    "address",
];

/// What is left out with all that stands in it: no text, or means nothing outside its page.
const LEFT_OUT: [&str; 7] = ["svg", "math", "template", "select", "nav", "button", "datalist"];

/// HTML that can be parsed, and what became of the rest.
#[derive(Debug, Default)]
pub(super) struct Tame {
    /// The HTML.
    pub(super) html: String,
    /// Pictures and embedded media.
    pub(super) media: usize,
    /// Scripts, styles, forms and the like that were left out.
    pub(super) left_out: usize,
    /// The addresses of scripts among them: some of them show something.
    pub(super) scripts: Vec<String>,
    /// Whether formatting or nesting was given up somewhere.
    pub(super) is_flattened: bool,
    /// Formatting elements that are open, with how many blocks had begun before.
    formatting: Vec<(String, usize)>,
    /// Other elements that are open.
    open: Vec<String>,
    /// Elements that were not passed on, and are still to be closed.
    unseen: BTreeMap<String, usize>,
    blocks: usize,
    carried: usize,
    moved: usize,
    /// Line breaks that something has to follow before they mean anything.
    breaks: usize,
    /// Whether something stands in the block since it began.
    has_begun: bool,
    /// For each open table, whether a cell of it is open.
    tables: Vec<bool>,
}

/// Reads HTML of any make.
pub(super) fn tame(html: &str) -> Tame {
    let mut tame = Tame { html: String::with_capacity(html.len()), ..Tame::default() };
    let mut pieces = pieces(html);
    // Elements that nothing closes any more: only their tags are left out.
    let mut endless = BTreeSet::new();
    while let Some((_, piece)) = pieces.next() {
        match piece {
            Piece::Text(text) => tame.text(text),
            Piece::Close(name) => tame.close(&name),
            Piece::Open(tag) if LEFT_OUT.contains(&tag.name.as_str()) => {
                tame.left_out += 1;
                if !endless.contains(&tag.name) {
                    match after(&tag.name, pieces.clone()) {
                        Some(rest) => pieces = rest,
                        None => drop(endless.insert(tag.name)),
                    }
                }
            }
            Piece::Open(tag) => tame.open(&tag),
        }
    }
    tame
}

/// What stands after an element that is open; nothing if it has no end.
fn after<'h>(name: &str, mut pieces: Pieces<'h>) -> Option<Pieces<'h>> {
    let mut depth = 1_usize;
    pieces.is_foreign = matches!(name, "svg" | "math");
    while depth > 0 {
        match pieces.next()?.1 {
            Piece::Open(tag) if tag.name == name => depth += 1,
            Piece::Close(closed) if closed == name => depth -= 1,
            _ => {}
        }
    }
    pieces.is_foreign = false;
    Some(pieces)
}

impl Tame {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.outside_cells();
            self.goes_on();
        }
        // A `<` of a text begins no tag.
        self.html.push_str(&text.replace('<', "&lt;"));
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        let raw = tag.raw.unwrap_or_default();
        match name {
            "script" | "style" | "noscript" | "noembed" | "noframes" | "input" | "form" => {
                self.left_out += 1;
                self.scripts.extend(tag.get("src").filter(|_| name == "script" && self.scripts.len() < 20));
            }
            "title" | "plaintext" | "textarea" => self.text(raw),
            "xmp" => self.html.push_str(&format!("<pre>{}</pre>", raw.replace('<', "&lt;"))),
            "img" | "iframe" | "embed" | "video" | "audio" | "source" | "object" => self.media(tag),
            "br" => {
                self.outside_cells();
                self.breaks += usize::from(self.has_begun);
            }
            "hr" => {
                self.outside_cells();
                self.edge();
                self.html.push_str("<hr>");
            }
            "wbr" => {}
            _ if FORMATTING.contains(&name) => self.formatting(tag),
            _ if TABLE.contains(&name) => self.table(tag),
            _ if IMPLIED.contains(&name) => {
                self.block();
                self.put(tag);
            }
            _ if BLOCKS.contains(&name) => {
                self.block();
                let indents = |name: &str| matches!(name, "ul" | "ol" | "dl" | "blockquote");
                let indented = self.open.iter().filter(|open| indents(open)).count();
                if self.open.len() >= DEEPEST || (indents(name) && indented >= DEEPEST_INDENT) {
                    self.unseen(name);
                    // What stands in it does not run into what stands before.
                    self.html.push(' ');
                } else {
                    self.open.push(name.to_owned());
                    self.put(tag);
                }
            }
            // Whatever else there is has only its words.
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(count) = self.unseen.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.html.push(' ');
            return;
        }
        if FORMATTING.contains(&name) {
            if let Some(at) = self.formatting.iter().rposition(|(open, _)| open == name) {
                let (_, blocks) = self.formatting.remove(at);
                self.moved += usize::from(blocks != self.blocks);
                self.html.push_str(&format!("</{name}>"));
            }
        } else if IMPLIED.contains(&name) {
            self.block();
            self.html.push_str(&format!("</{name}>"));
        } else if TABLE.contains(&name) {
            self.close_table(name);
        } else if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.block();
            self.open.truncate(at);
            self.html.push_str(&format!("</{name}>"));
        }
    }

    /// Something of a line follows: line breaks before it count.
    fn goes_on(&mut self) {
        self.has_begun = true;
        for _ in 0..std::mem::take(&mut self.breaks) {
            self.html.push_str("<br>");
        }
    }

    /// A block begins or ends: no line breaks stand there.
    fn edge(&mut self) {
        (self.breaks, self.has_begun) = (0, false);
    }

    /// A block begins or ends: open formatting is carried on.
    fn block(&mut self) {
        self.outside_cells();
        self.edge();
        self.blocks += 1;
        self.carried += self.formatting.len();
        if self.carried > MOST_CARRIED || self.moved > MOST_MOVED {
            self.end_formatting();
        }
    }

    fn end_formatting(&mut self) {
        for (name, _) in std::mem::take(&mut self.formatting).into_iter().rev() {
            self.html.push_str(&format!("</{name}>"));
            self.is_flattened = true;
        }
    }

    fn formatting(&mut self, tag: &Tag<'_>) {
        self.outside_cells();
        if self.breaks > 0 {
            self.goes_on();
        }
        let name = tag.name.as_str();
        if name == "a" || name == "nobr" {
            // A link holds no other: the next one ends it.
            self.close(name);
        }
        if self.formatting.len() >= MOST_OPEN || self.carried > MOST_CARRIED || self.moved > MOST_MOVED {
            self.unseen(name);
            return;
        }
        self.formatting.push((name.to_owned(), self.blocks));
        // `</b><b>` changes nothing.
        let end = format!("</{name}>");
        if tag.attributes.is_empty() && self.html.ends_with(&end) && name != "a" {
            self.html.truncate(self.html.len() - end.len());
        } else {
            self.put(tag);
        }
    }

    fn unseen(&mut self, name: &str) {
        self.is_flattened = true;
        *self.unseen.entry(name.to_owned()).or_default() += 1;
    }

    fn table(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        self.edge();
        if name == "table" {
            self.block();
            if self.open.len() >= DEEPEST || self.moved > MOST_MOVED {
                self.unseen(name);
                return;
            }
            self.open.push(name.to_owned());
            self.tables.push(false);
        } else if let Some(cell) = self.tables.last_mut() {
            *cell = matches!(name, "td" | "th" | "caption");
            self.blocks += 1;
        } else {
            self.html.push(' ');
            return;
        }
        self.put(tag);
    }

    fn close_table(&mut self, name: &str) {
        self.edge();
        self.blocks += 1;
        if let Some(cell) = self.tables.last_mut() {
            if name == "table" {
                self.tables.pop();
                if let Some(at) = self.open.iter().rposition(|open| open == name) {
                    self.open.truncate(at);
                }
            } else {
                *cell = false;
            }
            self.html.push_str(&format!("</{name}>"));
        }
    }

    /// What stands in a table but in no cell of it has to be moved before the table.
    fn outside_cells(&mut self) {
        if self.tables.last() != Some(&false) {
            return;
        }
        self.moved += 1;
        if self.moved > MOST_MOVED {
            self.is_flattened = true;
            for _ in std::mem::take(&mut self.tables) {
                self.html.push_str("</table>");
            }
        }
    }

    fn media(&mut self, tag: &Tag<'_>) {
        self.outside_cells();
        self.goes_on();
        self.media += 1;
        // One element for all of them: what is shown is told apart by nobody after this.
        self.put(&Tag { name: "img".to_owned(), attributes: tag.attributes.clone(), raw: None });
    }

    fn put(&mut self, tag: &Tag<'_>) {
        self.html.push('<');
        self.html.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            self.html.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;").replace('<', "&lt;")));
        }
        self.html.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn sound_html_stays() {
        for html in [
            "<p>Ia <b>berkata <a href=\"x?a=1&amp;b\">ya</a></b>.</p><ul><li>satu<li>dua<ul><li>tiga</ul></ul>",
            "<table><tr><td>a<td><b>b</b></table><blockquote><p>x</p></blockquote>",
        ] {
            let tame = tame(html);
            assert_eq!((tame.html.as_str(), tame.is_flattened), (html, false));
        }
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let tame =
            tame("a<svg><style><b></svg>b<script>c</script><nav><a href=x>d</a></nav><custom-x>e</custom-x>");
        assert_eq!((tame.html.as_str(), tame.left_out), ("abe", 3));
    }

    #[test]
    fn what_grows_is_bounded() {
        for part in ["<b>", "<div>", "<b id=1><p>", "<table><b>", "<b><p></b>", "<i>x</i>", "<table><tr>x"] {
            let tame = tame(&part.repeat(100_000));
            let opened = tame.html.matches("<b").count() + tame.html.matches("<div").count();
            assert!(opened < 2100 && tame.open.len() <= 100, "{part}: {opened}");
        }
    }
}
