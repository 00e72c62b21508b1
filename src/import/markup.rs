//! HTML of others: to Markdown and to plain text. The only file that knows the parser.

use std::rc::Rc;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown, Node};
use markup5ever_rcdom::NodeData;
use url::Url;

use super::addresses;
use super::marks::{self, Mark, START, TILDE};
use super::tame::tame;
use crate::html::is_unusable;

/// A text as Markdown, and what became of what Markdown has no words for.
pub(super) fn markdown(html: &str, base: Option<&Url>) -> (String, Vec<String>) {
    let tame = tame(&without_controls(html));
    let converter = converter(base.cloned());
    let Ok(tree) = converter.html_to_tree(&tame.html) else {
        return (html.to_owned(), vec!["the text could not be read as HTML; it stands as it was".to_owned()]);
    };
    only_text(&tree);
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
    let text = marks::resolved(&converter.tree_to_markdown(&tree));
    (without_blanks(text.trim()), notes)
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
        let read = text_of(&tree);
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
    let marked = |mark: Mark| {
        move |handlers: &dyn Handlers, element: Element<'_>| {
            Some(HandlerResult::from(mark.around(&handlers.walk_children(element.node).content)))
        }
    };
    let raised = |is_above: bool| {
        move |handlers: &dyn Handlers, element: Element<'_>| {
            Some(HandlerResult::from(marks::raised(&handlers.walk_children(element.node).content, is_above)))
        }
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["b", "strong"], marked(Mark::Strong))
        .add_handler(vec!["i", "em"], marked(Mark::Emphasis))
        .add_handler(vec!["code"], |handlers: &dyn Handlers, element: Element<'_>| {
            let mut code = handlers.fallback(element)?;
            code.content.insert(0, START);
            Some(code)
        })
        .add_handler(STRUCK.to_vec(), marked(Mark::Struck))
        .add_handler(vec!["sup"], raised(true))
        .add_handler(vec!["sub"], raised(false))
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
    found.map(|attr| without_controls(attr.value.trim())).filter(|value| !value.is_empty())
}

fn link(handlers: &dyn Handlers, element: &Element<'_>, base: Option<&Url>) -> String {
    let words = handlers.walk_children(element.node).content;
    let Some(url) = attribute(element, "href").and_then(|href| addresses::resolved(&href, base)) else {
        return words;
    };
    let (start, end) = marks::edges(&words);
    let inner = &words[start..end];
    // A picture that leads to itself in full is one link.
    let picture = inner.strip_prefix(START).and_then(|rest| rest.strip_prefix('[')?.strip_suffix(">)"));
    let is_one = |(label, small): &(&str, &str)| {
        let full = in_full(small);
        !label.contains("](") && full.is_some() && full == in_full(&url)
    };
    if let Some((label, small)) = picture.and_then(|inside| inside.rsplit_once("](<")).filter(is_one) {
        let label = if label == label_of(small) { label_of(&url) } else { label.to_owned() };
        return format!("{START}[{label}](<{url}>)");
    }
    // A link holds no other, and no paragraphs: it stands behind them.
    if inner.contains("](") || inner.contains("\n\n") || inner.starts_with('#') {
        return format!("{words} {START}[{}](<{url}>)", label_of(&url));
    }
    if inner.is_empty() {
        return String::new();
    }
    format!("{}{START}[{inner}](<{url}>){}", &words[..start], &words[end..])
}

fn shown(handlers: &dyn Handlers, element: &Element<'_>, base: Option<&Url>) -> String {
    let words = handlers.walk_children(element.node).content;
    let from = ["data-src", "src", "data", "href"].iter().find_map(|name| attribute(element, name));
    let Some(url) = from.and_then(|from| addresses::resolved(&from, base)) else {
        return words;
    };
    let label = ["alt", "title"].iter().find_map(|name| attribute(element, name));
    let label = label.map_or_else(|| label_of(&url), |label| for_label(&label));
    format!("{START}[{label}](<{url}>){words}")
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

/// Elements whose words are taken back.
const STRUCK: [&str; 3] = ["s", "strike", "del"];

/// Visits every node in order, without calling itself; what stands below a node only if `visit` says so.
fn each(tree: &Rc<Node>, mut visit: impl FnMut(&Rc<Node>) -> bool) {
    let mut waiting = vec![Rc::clone(tree)];
    while let Some(node) = waiting.pop() {
        if visit(&node) {
            waiting.extend(node.children.borrow().iter().rev().map(Rc::clone));
        }
    }
}

/// Leaves out what entities stand for that no page can have, and tells a `~` of a text from a mark.
fn only_text(tree: &Rc<Node>) {
    each(tree, |node| {
        if let NodeData::Text { contents } = &node.data {
            let text = without_controls(&contents.borrow()).replace('~', TILDE.encode_utf8(&mut [0; 4]));
            *contents.borrow_mut() = text.into();
        }
        true
    });
}

/// The words of a tree as readers see them, a space where an element ends a line. What was struck out is taken back.
fn text_of(tree: &Rc<Node>) -> String {
    let mut out = String::new();
    each(tree, |node| {
        match &node.data {
            NodeData::Text { contents } => out.push_str(&without_controls(&contents.borrow())),
            NodeData::Element { name, .. } => match &*name.local {
                "p" | "br" | "div" | "li" | "td" | "tr" | "h1" | "h2" | "h3" | "h4" => out.push(' '),
                name if STRUCK.contains(&name) => return false,
                name @ ("sup" | "sub") => {
                    let inner: String = node.children.borrow().iter().map(text_of).collect();
                    out.push_str(&marks::raised(&inner, name == "sup").replace("\\_", "_"));
                    return false;
                }
                _ => {}
            },
            _ => {}
        }
        true
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
#[path = "markup_tests.rs"]
mod tests;
