//! Fills the slots of a text: addresses, marked passages, words of the interface.

use super::Pages;
use crate::config::Lang;
use crate::content::markdown::{Body, Passage, Slot};
use crate::html::{escape, escape_into};
use crate::locale::fill;

/// The HTML of a text.
pub(super) fn html(pages: &Pages, body: &Body, lang: Lang) -> String {
    let mut out = String::with_capacity(body.html.len() + body.slots.len() * 64);
    let mut from = 0;
    for (at, slot) in &body.slots {
        out.push_str(&body.html[from..*at]);
        from = *at;
        match slot {
            Slot::Href(number) => attribute(pages, body, lang, "href", *number, &mut out),
            Slot::Src(number) => attribute(pages, body, lang, "src", *number, &mut out),
            Slot::MarkOpen { passage, first } => {
                if let Some(passage) = body.passages.get(*passage) {
                    open_mark(pages, passage, lang, *first, &mut out);
                }
            }
            Slot::MarkClose => out.push_str("</mark>"),
            Slot::PassageLink(number) => {
                if let Some(passage) = body.passages.get(*number) {
                    passage_link(pages, passage, lang, &mut out);
                }
            }
            Slot::Word(key) => escape_into(&mut out, pages.words(lang).text(key)),
        }
    }
    out.push_str(&body.html[from..]);
    out
}

fn attribute(pages: &Pages, body: &Body, lang: Lang, name: &str, number: usize, out: &mut String) {
    let resolved = body.links.get(number).and_then(|link| pages.site.resolve(&link.target, lang, body).ok());
    // What is held back has no address yet: the words stay, the link comes later.
    let Some((path, fragment)) = resolved else {
        return;
    };
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    if !path.is_empty() {
        let (path, query) =
            path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
        escape_into(out, &pages.href(path));
        if let Some(query) = query {
            out.push('?');
            escape_into(out, query);
        }
    }
    if let Some(fragment) = fragment {
        out.push('#');
        escape_into(out, &fragment);
    }
    out.push('"');
}

fn open_mark(pages: &Pages, passage: &Passage, lang: Lang, first: bool, out: &mut String) {
    out.push_str("<mark");
    if first {
        out.push_str(" id=\"");
        escape_into(out, &passage.id());
        out.push('"');
    }
    out.push_str(" class=\"passage");
    if passage.mention {
        out.push_str(" mention");
    }
    if let Some(at) = pages.site.find_claim(&passage.claim, lang) {
        out.push_str(" tone-");
        out.push_str(
            pages.verdict(pages.site.claim(at).verdict).map_or("neutral", |verdict| verdict.tone.name()),
        );
    }
    out.push_str("\" data-claim=\"");
    escape_into(out, &passage.claim);
    out.push_str("\">");
}

fn passage_link(pages: &Pages, passage: &Passage, lang: Lang, out: &mut String) {
    let Some(at) = pages.site.find_claim(&passage.claim, lang) else {
        return;
    };
    let (claim, words) = (pages.site.claim(at), pages.words(lang));
    let Some(verdict) = pages.verdict(claim.verdict) else {
        return;
    };
    let label = fill(
        words.text("claim_check_of_passage"),
        &[("verdict", verdict.label.get(lang)), ("claim", &claim.claim)],
    );
    out.push_str("<a class=\"passage-link tone-");
    out.push_str(verdict.tone.name());
    out.push_str("\" href=\"");
    escape_into(out, &pages.href(&pages.site.claim_path(at)));
    out.push_str("\" aria-label=\"");
    out.push_str(&escape(&label));
    out.push_str("\"></a>");
}
