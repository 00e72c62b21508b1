//! HTML of others: to Markdown, to plain text, and what saved pages say of themselves. The only file that knows
//! the parser.

use std::rc::Rc;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown, Node};
use markup5ever_rcdom::NodeData;
use url::Url;

use super::addresses;
use super::tags::{Piece, pieces};
use super::tame::tame;
use crate::html::is_unusable;

/// A text as Markdown, and what became of what Markdown has no words for.
pub(super) fn markdown(html: &str, base: Option<&Url>) -> (String, Vec<String>) {
    let tame = tame(&without_controls(html));
    let converter = converter(base.cloned());
    let Ok(tree) = converter.html_to_tree(&tame.html) else {
        return (html.to_owned(), vec!["the text could not be read as HTML; it stands as it was".to_owned()]);
    };
    let mut notes = Vec::new();
    // Markdown has no table without heads, and nobody knows which of its cells are some.
    let bare = tame.html.split("<table").skip(1);
    let bare =
        bare.filter(|rest| !rest.split("</table").next().is_some_and(|table| table.contains("<th"))).count();
    if bare > 0 {
        notes.push(format!("tables without heads became paragraphs: {bare}"));
    }
    if tame.is_flattened {
        notes.push("the HTML was nested too deeply or too wrongly; some formatting was given up".to_owned());
    }
    if tame.media > 0 {
        notes.push(format!("pictures and embedded media became links: {}", tame.media));
    }
    if tame.left_out > 0 {
        notes.push(format!("scripts, styles and forms were left out: {}", tame.left_out));
    }
    notes.extend(
        tame.scripts.iter().map(|script| format!("a script may have shown something here: `{script}`")),
    );
    // Entities may stand for such characters, too.
    let text = without_controls(&with_links(&converter.tree_to_markdown(&tree)));
    (without_blanks(text.trim()), notes)
}

/// Stands before each link until all is put together; no text has it, as it is a control character.
const LINK: char = '\u{1}';

/// An exclamation mark before a link would make a picture of it.
fn with_links(text: &str) -> String {
    text.replace(&format!("!{LINK}"), "\\!").replace(LINK, "")
}

/// Without paragraphs of nothing but spaces that do not break, which editors of blogs put between others.
fn without_blanks(text: &str) -> String {
    if !text.contains('\u{a0}') {
        return text.to_owned();
    }
    let parts = text.split("\n\n").filter(|part| !part.contains('\u{a0}') || !part.trim().is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// Plain text as HTML: paragraphs at blank lines, as editors of blogs understand it.
pub(super) fn paragraphs(text: &str, is_html: bool) -> String {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let words = if is_html { part.to_owned() } else { escaped(part) };
            let is_block =
                is_html && part.starts_with('<') && !INLINE.iter().any(|tag| part.starts_with(tag));
            if is_block {
                format!("{words}\n\n")
            } else {
                format!("<p>{}</p>\n\n", words.replace('\n', "<br>"))
            }
        })
        .collect()
}

const INLINE: [&str; 8] = ["<a ", "<b>", "<i>", "<em", "<strong", "<span", "<img", "<code"];

/// The words alone: tags and entities are read as a browser would, once more if entities were encoded twice.
pub(super) fn plain(text: &str) -> String {
    let mut text = without_controls(text);
    for _ in 0..3 {
        if !is_marked_up(&text) {
            break;
        }
        let Ok(tree) = HtmlToMarkdown::new().html_to_tree(&tame(&text).html) else { break };
        let read = without_controls(&text_of(&tree));
        if read == text {
            break;
        }
        text = read;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has tags or entities in it.
pub(super) fn is_marked_up(text: &str) -> bool {
    let entity = text.split('&').skip(1).any(|rest| {
        rest.find(';').is_some_and(|end| {
            (2..=10).contains(&end) && rest[..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        })
    });
    entity || has_tag(text)
}

fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        rest.contains('>') && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
    })
}

/// What a saved page says of itself.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its blocks of JSON-LD.
    pub(super) data: Vec<String>,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Its language.
    pub(super) language: Option<String>,
    /// What it says of itself in a sentence.
    pub(super) description: Option<String>,
    /// The HTML of its only `article`.
    pub(super) article: Option<String>,
}

/// Looks into a saved page.
pub(super) fn page(html: &str) -> Page {
    let mut page = Page::default();
    let (mut articles, mut start, mut end) = (0, None, None);
    for (at, piece) in pieces(html) {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Close(name) if name == "article" => {
                end = Some(at);
                continue;
            }
            _ => continue,
        };
        let is = |attribute: &str, word: &str| {
            tag.get(attribute).is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        match tag.name.as_str() {
            "html" => page.language = page.language.or(tag.get("lang")),
            "title" if page.title.is_none() => {
                page.title = tag.raw.map(str::to_owned).filter(|text| !text.trim().is_empty());
            }
            "link" if is("rel", "canonical") => page.address = tag.get("href").or(page.address),
            "meta" if is("property", "og:title") => page.title = tag.get("content").or(page.title),
            "meta" if is("property", "og:url") && page.address.is_none() => page.address = tag.get("content"),
            "meta" if is("name", "description") => page.description = tag.get("content").or(page.description),
            "script"
                if tag.get("type").is_some_and(|kind| {
                    kind.get(..19).is_some_and(|start| start.eq_ignore_ascii_case("application/ld+json"))
                }) =>
            {
                page.data.extend(tag.raw.map(str::to_owned));
            }
            "article" => {
                articles += 1;
                start = Some(at);
            }
            _ => {}
        }
    }
    if let (1, Some(start)) = (articles, start) {
        page.article =
            html.get(start..end.filter(|end| *end > start).unwrap_or(html.len())).map(str::to_owned);
    }
    page
}

fn converter(base: Option<Url>) -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        br_style: BrStyle::Backslash,
        hr_style: HrStyle::Asterisks,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let other = base.clone();
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["a"], move |handlers: &dyn Handlers, element: Element<'_>| {
            Some(HandlerResult::from(link(handlers, &element, base.as_ref())))
        })
        .add_handler(vec!["img"], move |handlers: &dyn Handlers, element: Element<'_>| {
            Some(HandlerResult::from(shown(handlers, &element, other.as_ref())))
        })
        .build()
}

fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    let found = element.attrs.iter().find(|attr| &*attr.name.local == name);
    found.map(|attr| attr.value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn link(handlers: &dyn Handlers, element: &Element<'_>, base: Option<&Url>) -> String {
    let words = handlers.walk_children(element.node).content;
    let Some(url) = attribute(element, "href").and_then(|href| addresses::resolved(&href, base)) else {
        return words;
    };
    let inner = words.trim();
    // A picture that leads to itself in full is one link.
    let picture = inner.strip_suffix(">)").and_then(|rest| rest.rsplit_once("](<"));
    let is_one = |label: &str, small: &str| {
        let full = in_full(small);
        label.starts_with([LINK, '[']) && !label.contains("](") && full.is_some() && full == in_full(&url)
    };
    if let Some((label, small)) = picture.filter(|(label, small)| is_one(label, small)) {
        let label = label.trim_start_matches(LINK).strip_prefix('[').unwrap_or(label);
        let label = if label == label_of(small) { label_of(&url) } else { label.to_owned() };
        return format!("{LINK}[{label}](<{url}>)");
    }
    // A link holds no other, and no paragraphs: it stands behind them.
    if inner.contains("](") || inner.contains("\n\n") || inner.starts_with('#') {
        return format!("{words} {LINK}[{}](<{url}>)", label_of(&url));
    }
    if inner.is_empty() {
        return String::new();
    }
    let (before, after) = (words.len() - words.trim_start().len(), words.len() - words.trim_end().len());
    format!("{}{LINK}[{inner}](<{url}>){}", &words[..before], &words[words.len() - after..])
}

fn shown(handlers: &dyn Handlers, element: &Element<'_>, base: Option<&Url>) -> String {
    let words = handlers.walk_children(element.node).content;
    let from = ["data-src", "src", "data", "href"].iter().find_map(|name| attribute(element, name));
    let Some(url) = from.and_then(|from| addresses::resolved(&from, base)) else {
        return words;
    };
    let label = ["alt", "title"].iter().find_map(|name| attribute(element, name));
    let label = label.map_or_else(|| label_of(&url), |label| for_label(&label));
    format!("{LINK}[{label}](<{url}>){words}")
}

/// The address of a picture without the size that WordPress gives to small ones: `a-300x200.jpg` is of `a.jpg`.
fn in_full(url: &str) -> Option<String> {
    let (name, ending) = url.rsplit_once('.')?;
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_size =
        |size: &str| size.split_once('x').is_some_and(|(wide, high)| is_figure(wide) && is_figure(high));
    let full = name.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(name, |(full, _)| full);
    ["jpg", "jpeg", "png", "gif", "webp"]
        .contains(&ending.to_lowercase().as_str())
        .then(|| format!("{full}.{ending}"))
}

/// What a link says that has no words: the file or the site it leads to.
fn label_of(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    let file = parsed.as_ref().and_then(|url| url.path_segments()?.next_back().map(str::to_owned));
    let host = parsed.as_ref().and_then(|url| url.host_str().map(str::to_owned));
    for_label(&file.filter(|file| !file.is_empty()).or(host).unwrap_or_default())
}

fn for_label(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\[]*_`<>&!#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Visits every node in order, without calling itself.
fn each(tree: &Rc<Node>, mut visit: impl FnMut(&Rc<Node>)) {
    let mut waiting = vec![Rc::clone(tree)];
    while let Some(node) = waiting.pop() {
        visit(&node);
        waiting.extend(node.children.borrow().iter().rev().map(Rc::clone));
    }
}

/// The words of a tree as readers see them, a space where an element ends a line.
fn text_of(tree: &Rc<Node>) -> String {
    let mut out = String::new();
    each(tree, |node| match &node.data {
        NodeData::Text { contents } => out.push_str(&contents.borrow()),
        NodeData::Element { name, .. } => {
            if matches!(&*name.local, "p" | "br" | "div" | "li" | "td" | "tr" | "h1" | "h2" | "h3" | "h4") {
                out.push(' ');
            }
        }
        _ => {}
    });
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Characters that no page can hold are left out; they are invisible.
fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !is_unusable(*c) && *c != '\u{feff}').collect()
}

#[cfg(test)]
mod tests {
    use super::{markdown, page, paragraphs, plain};

    #[test]
    fn html_becomes_markdown() {
        let html = "<h2>Narasi</h2><p>Ia <b>berkata</b> <a href=\"/a b\">di sini</a>.<script>x()</script></p>\
                    <img src='https://x.example/y.png' alt='Foto [1]'><a href='javascript:x()'>klik</a>";
        let base = url::Url::parse("https://x.example/c/").ok();
        let (text, notes) = markdown(html, base.as_ref());
        assert_eq!(
            text,
            "## Narasi\n\nIa **berkata** [di sini](<https://x.example/a%20b>).\n\n[Foto \\[1\\]](<https://x.example/y.png>)klik"
        );
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn pictures_that_lead_to_themselves_are_one_link() {
        let html = "<a href='https://x.example/a.jpg'><img src='https://x.example/a-300x200.jpg' alt=''></a><p>\u{a0}</p><p>x</p>";
        assert_eq!(markdown(html, None).0, "[a.jpg](<https://x.example/a.jpg>)\n\nx");
        let html = "<a href='https://x.example/b'><img src='https://x.example/a.jpg' alt='Foto'></a>";
        assert_eq!(markdown(html, None).0, "[Foto](<https://x.example/a.jpg>) [b](<https://x.example/b>)");
        let (_, notes) = markdown("<table><tr><td>a<tr><td>b</table>", None);
        assert_eq!(notes, ["tables without heads became paragraphs: 1"]);
    }

    #[test]
    fn an_exclamation_mark_makes_no_picture_of_a_link() {
        let of = |html: &str| markdown(html, None).0;
        assert_eq!(of("Baca!<a href='https://x.example/a'>ini</a>"), "Baca\\![ini](<https://x.example/a>)");
        assert_eq!(
            of("Baca!<img src='https://x.example/a.png'>"),
            "Baca\\![a.png](<https://x.example/a.png>)"
        );
        assert_eq!(of("Baca! <a href='https://x.example/a'>ini</a>"), "Baca! [ini](<https://x.example/a>)");
        assert_eq!(of("![x](y) <code>![x](y)</code>"), "!\\[x\\](y) `![x](y)`");
        let html = "Lihat!<a href='https://x.example/a.jpg'><img src='https://x.example/a-300x200.jpg'></a>";
        assert_eq!(of(html), "Lihat\\![a.jpg](<https://x.example/a.jpg>)");
    }

    #[test]
    fn entities_bring_no_controls() {
        assert_eq!(
            markdown("<p>a&#1;b&#2;c<a href='https://x.example/' title='&#3;'>&#4;d</a></p>", None).0,
            "abc[d](<https://x.example/>)"
        );
        assert_eq!(plain("a&#1;b&amp;#2;c"), "abc");
    }

    #[test]
    fn deep_html_is_flattened() {
        let (text, notes) = markdown(&format!("{}kata{}", "<div>".repeat(5000), "</div>".repeat(5000)), None);
        assert_eq!((text.as_str(), notes.len()), ("kata", 1));
    }

    #[test]
    fn words_lose_their_markup_and_nothing_else() {
        assert_eq!(plain("<p>Harga &amp;quot;BBM&amp;quot; &lt;b&gt;naik</p>"), "Harga \"BBM\" naik");
        assert_eq!(plain("5 < 6 & 7 > 3"), "5 < 6 & 7 > 3");
        assert_eq!(plain("AT&T  dan\nB&B"), "AT&T dan B&B");
        assert_eq!(paragraphs("a < b\nc\n\nd", false), "<p>a &lt; b<br>c</p>\n\n<p>d</p>\n\n");
    }

    #[test]
    fn pages_tell_their_data() {
        let page = page(
            "<html lang=id><title>T</title><link rel=canonical href='https://x.example/a'>\
             <script type='application/ld+json'>{\"a\": \"<b>\"}</script><article><p>Isi</p></article>",
        );
        assert_eq!(page.data, ["{\"a\": \"<b>\"}"]);
        assert_eq!((page.title.as_deref(), page.language.as_deref()), (Some("T"), Some("id")));
        assert!(page.article.is_some_and(|html| html.contains("<p>Isi</p>")));
    }
}
