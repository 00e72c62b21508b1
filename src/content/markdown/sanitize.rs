//! Lets harmless raw HTML through and nothing else.
//!
//! The whole body goes through `ammonia`, since an element may begin in one Markdown event and end
//! in another. Slots travel as tokens that name a hash of the body: a text cannot contain its own
//! hash, so no author can forge one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use ammonia::Builder;

use super::{Body, Slot};
use crate::digest::sha256;

/// Classes that our own markup uses; an author may borrow them, they only style.
const CLASSES: &[(&str, &[&str])] = &[
    ("a", &["anchor", "footnote-back"]),
    ("aside", &["alert", "alert-note", "alert-tip", "alert-important", "alert-warning", "alert-caution"]),
    ("div", &["scroll"]),
    ("p", &["alert-title"]),
    ("section", &["footnotes"]),
    ("span", &["task"]),
    ("sup", &["footnote-ref"]),
    ("td", &["left", "center", "right"]),
    ("th", &["left", "center", "right"]),
];

/// What marks this text's own slots and ids: no text can contain its own hash.
pub(super) fn token(markdown: &str) -> String {
    format!("meja{}n", &sha256(markdown.as_bytes())[..24])
}

/// What the writer puts before an id of ours, so that it differs from an author's.
pub(super) fn sign(token: &str) -> String {
    format!("{token}i")
}

/// The body without what could harm, and where its links lead that are no slots; nothing if its HTML takes our
/// own markup apart.
pub(super) fn clean(body: &Body, token: &str) -> Option<(Body, Vec<String>)> {
    let mut marked = String::with_capacity(body.html.len() + body.slots.len() * 48);
    let mut from = 0;
    for (number, (at, slot)) in body.slots.iter().enumerate() {
        marked.push_str(&body.html[from..*at]);
        let (before, after) = around(slot);
        let _ = write!(marked, "{before}{token}{number}z{after}");
        from = *at;
    }
    marked.push_str(&body.html[from..]);
    // An element that does not come out as one tells of a comment, an attribute or a script that
    // nobody closed.
    let end = format!("<p id=\"{token}e\"></p>");
    marked.push_str(&end);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let cleaned = builder(token, &body.slots, &seen).clean(&marked).to_string();
    let (before, after) = cleaned.split_once(&end)?;
    let body = restore(body, &format!("{before}{after}"), token)?;
    let led = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    Some((body, led))
}

/// A slot that is a whole attribute travels as that attribute's value.
fn around(slot: &Slot) -> (&'static str, &'static str) {
    match slot {
        Slot::Href(_) => (" href=\"", "\""),
        _ => ("", ""),
    }
}

/// Puts the slots back. Each must be there once, in its order, and where such a slot may stand.
fn restore(body: &Body, cleaned: &str, token: &str) -> Option<Body> {
    let mut html = String::with_capacity(cleaned.len());
    let mut slots: Vec<(usize, Slot)> = Vec::with_capacity(body.slots.len());
    let mut ids = HashSet::new();
    let mut place = Place::default();
    let mut rest = cleaned;
    while let Some(at) = rest.find(token) {
        html.push_str(&rest[..at]);
        let tags = place.follow(&rest[..at]);
        if tags && place.marks > 0 {
            return None;
        }
        let after = &rest[at + token.len()..];
        if let Some(tail) = after.strip_prefix('i') {
            let id = &tail[..tail.find('"')?];
            if !place.in_value || !html.ends_with(" id=\"") || !ids.insert(id) {
                return None;
            }
            rest = tail;
            continue;
        }
        let (number, mut tail) = after.split_once('z')?;
        let number: usize = number.parse().ok()?;
        let (_, slot) = body.slots.get(number).filter(|_| number == slots.len())?;
        match slot {
            Slot::Href(_) => {
                let (opening, closing) = around(slot);
                if !place.in_value || !html.ends_with(opening) {
                    return None;
                }
                html.truncate(html.len() - opening.len());
                tail = tail.strip_prefix(closing)?;
                place.in_value = false;
            }
            Slot::Word(_) if place.in_value => {
                if !html.ends_with("=\"") || !tail.starts_with('"') {
                    return None;
                }
            }
            _ if place.in_tag => return None,
            Slot::MarkOpen { .. } => place.marks += 1,
            Slot::MarkClose => place.marks = place.marks.checked_sub(1)?,
            Slot::Picture(_) | Slot::PassageSign(_) | Slot::Word(_) => {}
        }
        slots.push((html.len(), slot.clone()));
        rest = tail;
    }
    html.push_str(rest);
    let whole = slots.len() == body.slots.len()
        && place.marks == 0
        && ids.len() == body.html.matches(&sign(token)).count();
    whole.then(|| Body { html, slots, ..body.clone() })
}

/// Where one is in cleaned HTML: a `<` always opens a tag there, and values stand in `"`.
#[derive(Default)]
struct Place {
    in_tag: bool,
    in_value: bool,
    /// How many runs of passages are open.
    marks: usize,
}

impl Place {
    /// Goes on behind `html`, and says whether a tag was on the way.
    fn follow(&mut self, html: &str) -> bool {
        let mut tags = false;
        for byte in html.bytes() {
            match byte {
                b'"' if self.in_tag => self.in_value = !self.in_value,
                b'<' if !self.in_tag => {
                    self.in_tag = true;
                    tags = true;
                }
                b'>' if !self.in_value => self.in_tag = false,
                _ => {}
            }
        }
        tags
    }
}

/// Notes in `seen` where the links lead that it lets through.
fn builder(token: &str, slots: &[(usize, Slot)], seen: &Arc<Mutex<Vec<String>>>) -> Builder<'static> {
    let (token, sign, slots) = (token.to_owned(), sign(token), slots.to_vec());
    let seen = Arc::clone(seen);
    let mut builder = Builder::default();
    builder
        .add_tags(["aside", "section", "figure", "figcaption", "mark", "details", "summary"])
        .add_generic_attributes(["id", "role", "aria-label", "lang", "dir"])
        .add_tag_attributes("a", ["aria-describedby"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("section", ["aria-label"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("details", ["open"])
        .link_rel(None)
        .allowed_classes(
            CLASSES
                .iter()
                .map(|(tag, classes)| (*tag, classes.iter().copied().collect()))
                .collect::<HashMap<_, _>>(),
        )
        .url_schemes(["http", "https", "mailto"].into())
        .attribute_filter(move |element, attribute, value| {
            let ours = value.contains(&token);
            // The slot whose token is all of the value.
            let slot = || {
                let number = value.strip_prefix(&token)?.strip_suffix('z')?;
                slots.get(number.parse::<usize>().ok()?).map(|(_, slot)| slot)
            };
            let fine = match (element, attribute) {
                // Ids are where links lead and what claims are found by: an author has none to give.
                (_, "id") => value.starts_with(&sign) || value.strip_prefix(&token) == Some("e"),
                ("a", "href") if ours => matches!(slot(), Some(Slot::Href(_))),
                (_, "aria-label") if ours => matches!(slot(), Some(Slot::Word(_))),
                // An attribute that was not closed where its author meant it to be.
                _ if ours => false,
                // A picture from elsewhere would be a request to a third party.
                (_, "src") => false,
                // Relative addresses in raw HTML are not resolved; Markdown links are.
                (_, "href" | "cite") => {
                    value.starts_with('#')
                        || ["http://", "https://", "mailto:"].iter().any(|start| value.starts_with(start))
                }
                _ => true,
            };
            if fine && !ours && (element, attribute) == ("a", "href") {
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(value.to_owned());
            }
            fine.then_some(Cow::Borrowed(value))
        });
    builder
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use scraper::{Html, Node};

    use super::super::{Anchor, Body, Slot, read};
    use crate::content::claim::Quote;
    use crate::content::file::split;
    use crate::content::{Files, Reading};
    use crate::diagnostic::Code;
    use crate::source::Source;

    /// What a text becomes, its slots filled, and whether its HTML was refused.
    fn page(markdown: &str) -> (String, Body, bool) {
        let (config, _) = crate::config::read(&Source::new(
            "site.yaml",
            "title: Meja\nbase_url: https://example.org/\nlanguage: id\nmarkdown: {html: sanitize}\n"
                .to_owned(),
        ));
        let files = Files::default();
        let file = split(Source::new("content/articles/a.md", format!("---\n---\n{markdown}"))).unwrap();
        let quote = Quote { exact: "bumi itu datar".to_owned(), prefix: None, suffix: None };
        let anchor = Anchor { claim: "x".to_owned(), mention: false, quote, path: Vec::new() };
        let (body, found) = read(&file, &[anchor], &Reading::new(&config, &files, "articles"));
        let mut out = String::new();
        let mut from = 0;
        for (at, slot) in &body.slots {
            out.push_str(&body.html[from..*at]);
            from = *at;
            out.push_str(match slot {
                Slot::Href(_) => " href=\"/x/\"",
                Slot::Picture(_) => "<img src=\"/x.png\">",
                Slot::MarkOpen { first: true, .. } => "<mark id=\"claim-x\">",
                Slot::MarkOpen { .. } => "<mark>",
                Slot::MarkClose => "</mark>",
                Slot::PassageSign(_) => "<button class=\"passage-sign\"></button>",
                Slot::Word(_) => "kata &quot;kami&quot;",
            });
        }
        out.push_str(&body.html[from..]);
        (out, body, found.iter().any(|diagnostic| diagnostic.code == Code::RawHtml))
    }

    fn assert_harmless(markdown: &str) -> bool {
        let (html, body, refused) = page(markdown);
        let mut ids = BTreeSet::new();
        for node in Html::parse_fragment(&html).tree.nodes() {
            let Node::Element(element) = node.value() else {
                continue;
            };
            let name = element.name();
            assert!(!matches!(name, "script" | "style" | "iframe" | "object" | "form"), "{markdown}\n{html}");
            for (attribute, value) in element.attrs() {
                assert!(!attribute.starts_with("on") && attribute != "style", "{markdown}\n{html}");
                assert!(!value.trim_start().starts_with("javascript:"), "{markdown}\n{html}");
                if attribute == "id" {
                    assert!(body.ids.iter().any(|id| id == value), "{value}: {markdown}\n{html}");
                    assert!(ids.insert(value.to_owned()), "{value} twice: {markdown}\n{html}");
                }
            }
        }
        assert_eq!(html.matches("<mark").count(), html.matches("</mark>").count(), "{markdown}\n{html}");
        for gone in ["meja", "<!--"] {
            assert!(!html.contains(gone), "{markdown}\n{html}");
        }
        refused
    }

    #[test]
    fn no_text_gets_an_attribute_past_the_cleaning() {
        let passage = "Kata bumi itu datar, [tautan](claim:x) onmouseover=alert(1) x\n\n## Judul";
        let inside = [
            "<div title='\n\n{}\n\n<p '>halo</p></div>",
            "<div title=\"\n\n{}\n\n<p \">halo</p></div>",
            "<a href='\n\n{}\n\n<p '>halo</p></a>",
            "<img src='\n\n{}\n\n<p '>halo",
            "<p aria-label='\n\n> [!NOTE]\n> {}\n\n<p '>halo</p>",
            "<p id='\n\n{}\n\n<p '>halo</p>",
            "<div title='\n\n{}",
            "<!-- \n\n{}",
            "<div>\n<script>\n</div>\n\n{}\n\n",
            "<div>\n<style>\n</div>\n\n{}\n\n",
            "<div><textarea>\n\n{}\n\n</textarea></div>",
            "<div><title>\n\n{}\n\n</title></div>",
            "<div><iframe>\n\n{}\n\n",
            "<div><plaintext>\n\n{}\n\n",
            "<div><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">\n\n{}",
            "<svg><style><img src=x onerror=alert(1)></style></svg>\n\n{}",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">\n\n{}",
            "<div><select>\n\n{}\n\n</select></div>",
            "<table><tr>\n\n{}\n\n</tr></table>",
            "<template>\n\n{}\n\n</template>",
            "<b><p>\n\n{}\n\n</b></p>",
            "<a>\n\n{}\n\n</p></a>",
            "Satu <b title='{}' onclick=alert(1)>dua</b>",
            "<p id=\"claim-other\">a</p><p id=m-main>b</p><p id=judul>c</p>\n\n{}",
        ];
        for hostile in inside {
            assert_harmless(&hostile.replace("{}", passage));
            assert_harmless(
                &hostile.replace("{}", "Catatan[^1] `kode` ![foto](claim:x)\n\n[^1]: Isi *bumi itu datar*."),
            );
            assert_harmless(
                &hostile.replace("{}", "- [x] bumi itu datar <i>dan\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
            );
        }
    }

    #[test]
    fn what_only_begins_as_a_comment_is_cleaned() {
        for hostile in [
            "<!-- a --><script>alert(1)</script>-->",
            "<!--><script>alert(1)</script>-->",
            "<!---><img src=x onerror=alert(1)>-->",
            "<!-- a --!><img src=x onerror=alert(1)>-->",
            "Satu <!-- a --> dua",
        ] {
            assert_harmless(hostile);
        }
    }

    #[test]
    fn a_text_whose_markup_would_be_lost_keeps_it() {
        let (html, body, refused) =
            page("<div title='\n\nBumi: bumi itu datar [tautan](claim:x)\n\n## Judul\n\n<p '>halo</p></div>");
        assert!(refused);
        assert!(html.contains("<mark id=\"claim-x\">bumi itu datar</mark>"), "{html}");
        assert!(html.contains("<a href=\"/x/\">tautan</a>") && html.contains("<h2 id=\"judul\">"), "{html}");
        assert!(html.contains("&lt;div title="), "{html}");
        assert_eq!(body.links.len(), 1);
    }

    #[test]
    fn harmless_html_keeps_our_ids_and_words() {
        let (html, _, refused) = page(
            "<details open id=\"judul\"><summary>A</summary>\n\nBumi *bumi itu* datar[^1] [t](claim:x).\n\n## Judul\n\n\
             > [!NOTE]\n> <b>Isi</b>\n\n| a |\n|---|\n| 1 |\n\n</details>\n\n[^1]: Catatan.",
        );
        assert!(!refused, "{html}");
        for kept in [
            "<details open=\"\"><summary>A</summary>",
            "<mark id=\"claim-x\">bumi itu</mark></em><mark> datar</mark><button class=\"passage-sign\"",
            "<h2 id=\"judul\">",
            "id=\"fnref-1\"",
            "<li id=\"fn-1\">",
            "aria-label=\"kata &quot;kami&quot;\"",
            "<b>Isi</b>",
            "<a href=\"/x/\">t</a>",
        ] {
            assert!(html.contains(kept), "{kept}: {html}");
        }
    }
}
