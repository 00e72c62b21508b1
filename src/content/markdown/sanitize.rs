//! Lets harmless raw HTML through and nothing else.
//!
//! The whole body goes through `ammonia`, since an element may begin in one Markdown event and end
//! in another. Slots travel as tokens that name a hash of the body: a text cannot contain its own
//! hash, so no author can forge one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

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

pub(super) fn clean(body: Body, markdown: &str) -> Body {
    let token = format!("meja{}n", &sha256(markdown.as_bytes())[..24]);
    let mut marked = String::with_capacity(body.html.len() + body.slots.len() * 48);
    let mut from = 0;
    for (number, (at, slot)) in body.slots.iter().enumerate() {
        marked.push_str(&body.html[from..*at]);
        let (before, after) = around(slot);
        let _ = write!(marked, "{before}{token}{number}z{after}");
        from = *at;
    }
    marked.push_str(&body.html[from..]);
    let cleaned = builder(token.clone()).clean(&marked).to_string();
    restore(body, &cleaned, &token)
}

/// A slot that is a whole attribute travels as that attribute's value.
fn around(slot: &Slot) -> (&'static str, &'static str) {
    match slot {
        Slot::Href(_) => (" href=\"", "\""),
        Slot::Src(_) => (" src=\"", "\""),
        _ => ("", ""),
    }
}

fn restore(body: Body, cleaned: &str, token: &str) -> Body {
    let mut html = String::with_capacity(cleaned.len());
    let mut slots: Vec<(usize, Slot)> = Vec::with_capacity(body.slots.len());
    let mut rest = cleaned;
    while let Some(at) = rest.find(token) {
        html.push_str(&rest[..at]);
        let after = &rest[at + token.len()..];
        let (number, mut tail) = after.split_once('z').unwrap_or((after, ""));
        if let Some((_, slot)) = number.parse::<usize>().ok().and_then(|number| body.slots.get(number)) {
            let (opening, closing) = around(slot);
            if html.ends_with(opening) {
                html.truncate(html.len() - opening.len());
            }
            tail = tail.strip_prefix(closing).unwrap_or(tail);
            slots.push((html.len(), slot.clone()));
        }
        rest = tail;
    }
    html.push_str(rest);
    Body { html, slots, ..body }
}

fn builder(token: String) -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(["aside", "section", "figure", "figcaption", "mark", "details", "summary"])
        .add_generic_attributes(["id", "role", "aria-label", "lang", "dir"])
        .add_tag_attributes("a", ["aria-describedby"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("section", ["aria-label"])
        .add_tag_attributes("img", ["loading", "decoding"])
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
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            // A picture from elsewhere would be a request to a third party.
            (_, "src") => value.contains(&token).then_some(Cow::Borrowed(value)),
            // Relative addresses in raw HTML cannot be checked; Markdown links are.
            (_, "href" | "cite") => {
                let fine = value.contains(&token)
                    || value.starts_with('#')
                    || ["http://", "https://", "mailto:"].iter().any(|start| value.starts_with(start));
                fine.then_some(Cow::Borrowed(value))
            }
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}
