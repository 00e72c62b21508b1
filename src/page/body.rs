//! Fills the slots of a text: addresses, marked passages, words of the interface.

use tera::Value;

use super::Pages;
use super::value::{Object, list};
use crate::config::Lang;
use crate::content::markdown::{Body, Passage, Shown, Slot};
use crate::content::{Looked, Status, Target};
use crate::html::{escape, escape_into};
use crate::locale::fill;
use crate::site::{ClaimRef, address};

/// The HTML of a text.
pub(super) fn html(pages: &Pages, body: &Body, lang: Lang, looked: &Looked) -> String {
    let mut out = String::with_capacity(body.html.len() + body.slots.len() * 64);
    let mut from = 0;
    let (mut open, mut hidden) = (0_usize, 0_usize);
    let mut in_label = false;
    for (number, (at, slot)) in body.slots.iter().enumerate() {
        out.push_str(&body.html[from..*at]);
        from = *at;
        match slot {
            Slot::Href(number) => href(pages, (body, *number), lang, looked, &mut out),
            Slot::Picture(number) => {
                if let Some(shown) = body.pictures.get(*number) {
                    picture(pages, shown, &mut out);
                }
            }
            // A claim that is held back leaves no trace, not even its id.
            Slot::MarkOpen { passage: of, first, linked } => {
                if let Some((passage, claim)) = claim_of(pages, body, *of, lang) {
                    open_mark(pages, passage, claim, *first, &mut out);
                    open += 1;
                    // A label holds no other label: of passages that overlap, the inner one has it.
                    in_label = !linked && !opens_another(pages, body, number, lang);
                    if in_label {
                        out.push_str(&format!("<label for=\"{}\">", sign_id(*of)));
                    }
                } else {
                    hidden += 1;
                }
            }
            // Runs that overlap are closed together, so their number is what counts.
            Slot::MarkClose if hidden > 0 && open == 0 => hidden -= 1,
            Slot::MarkClose if open > 0 => {
                out.push_str(if std::mem::take(&mut in_label) { "</label></mark>" } else { "</mark>" });
                open -= 1;
            }
            Slot::MarkClose => {}
            Slot::PassageSign(number) => {
                if let Some((_, at)) = claim_of(pages, body, *number, lang) {
                    passage_sign(pages, *number, at, lang, &mut out);
                }
            }
            Slot::Word(key) => escape_into(&mut out, pages.words(lang).text(key)),
        }
    }
    out.push_str(&body.html[from..]);
    out
}

/// Whether a run begins where the slot `number` has just begun one.
fn opens_another(pages: &Pages, body: &Body, number: usize, lang: Lang) -> bool {
    let at = body.slots[number].0;
    body.slots[number + 1..].iter().take_while(|(other, _)| *other == at).any(|(_, slot)| {
        matches!(slot, Slot::MarkOpen { passage, .. } if claim_of(pages, body, *passage, lang).is_some())
    })
}

/// What opens beside the passages of a text: for each its id, its tone and its claim.
pub(super) fn passages(pages: &Pages, body: &Body, lang: Lang) -> Value {
    let shown = (0..body.passages.len()).filter_map(|number| {
        let (_, at) = claim_of(pages, body, number, lang)?;
        let card = Object::new().set("id", card_id(number)).set("tone", tone(pages, at));
        Some(card.set("claim", pages.claim_card(at)))
    });
    list(shown)
}

/// The tones of the passages of a text, each once.
pub(super) fn tones(pages: &Pages, body: &Body, lang: Lang) -> Value {
    let found: std::collections::BTreeSet<&str> = (0..body.passages.len())
        .filter_map(|number| Some(tone(pages, claim_of(pages, body, number, lang)?.1)))
        .collect();
    list(found)
}

/// The id of a passage's sign.
fn sign_id(passage: usize) -> String {
    format!("m-sign-{}", passage + 1)
}

/// The id of what a passage's sign opens.
fn card_id(passage: usize) -> String {
    format!("m-verdict-{}", passage + 1)
}

/// How wide a picture of a text is shown: as the text, and no wider than the page.
const SIZES: &str = "(min-width: 46rem) 42rem, 92vw";

fn picture(pages: &Pages, shown: &Shown, out: &mut String) {
    let picture = &shown.picture;
    let srcset = pages.srcset(picture);
    if let Some(srcset) = &srcset {
        out.push_str("<picture><source type=\"image/webp\"");
        written("srcset", srcset, out);
        written("sizes", SIZES, out);
        out.push('>');
    }
    out.push_str("<img");
    written("src", &pages.href(&address::file(&picture.path)), out);
    written("alt", &picture.alt, out);
    if let Some(size) = &picture.size {
        written("width", &size.width.to_string(), out);
        written("height", &size.height.to_string(), out);
    }
    out.push_str(" loading=\"lazy\" decoding=\"async\"");
    if !shown.title.is_empty() {
        written("title", &shown.title, out);
    }
    out.push_str(if srcset.is_some() { "></picture>" } else { ">" });
}

fn written(name: &str, value: &str, out: &mut String) {
    out.extend([" ", name, "=\""]);
    escape_into(out, value);
    out.push('"');
}

/// The attribute `href` of a link.
fn href(pages: &Pages, (body, number): (&Body, usize), lang: Lang, looked: &Looked, out: &mut String) {
    let link = body.links.get(number);
    let resolved = link.and_then(|link| pages.site.resolve(&link.target, lang, body, looked).ok());
    // What is held back has no address yet: the words stay, the link comes later.
    let Some((path, fragment)) = resolved else {
        return;
    };
    out.push_str(" href=\"");
    if !path.is_empty() {
        let is_path = link.is_some_and(|link| matches!(link.target, Target::Path(..)));
        let split = path.split_once('?').filter(|_| is_path);
        let (path, query) = split.map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
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

/// The claim a passage stands on, if it has a page.
fn claim_of<'p>(
    pages: &'p Pages,
    body: &'p Body,
    number: usize,
    lang: Lang,
) -> Option<(&'p Passage, ClaimRef)> {
    let passage = body.passages.get(number)?;
    Some((passage, pages.site.find_claim(&passage.claim, lang)?))
}

/// The colour of a passage: that of the verdict, as long as it stands.
fn tone(pages: &Pages, at: ClaimRef) -> &'static str {
    if matches!(pages.site.article_of(at).status, Status::Withdrawn { .. }) {
        return "neutral";
    }
    pages.verdict(pages.site.claim(at).verdict).map_or("neutral", |verdict| verdict.tone.name())
}

fn open_mark(pages: &Pages, passage: &Passage, at: ClaimRef, first: bool, out: &mut String) {
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
    out.push_str(" tone-");
    out.push_str(tone(pages, at));
    out.push_str("\" data-claim=\"");
    escape_into(out, &passage.claim);
    out.push_str("\">");
}

/// The sign after a passage: the verdict as a picture, which opens the card with its words.
fn passage_sign(pages: &Pages, number: usize, at: ClaimRef, lang: Lang, out: &mut String) {
    let (claim, words) = (pages.site.claim(at), pages.words(lang));
    let Some(verdict) = pages.verdict(claim.verdict) else {
        return;
    };
    let withdrawn = matches!(pages.site.article_of(at).status, Status::Withdrawn { .. });
    let verdict = if withdrawn { words.text("withdrawn") } else { verdict.label.get(lang) };
    let label = fill(words.text("claim_check_of_passage"), &[("verdict", verdict), ("claim", &claim.claim)]);
    let tone = tone(pages, at);
    out.push_str(&format!(
        "<button type=\"button\" id=\"{}\" class=\"passage-sign tone-{tone}\" popovertarget=\"{}\" \
         aria-label=\"{}\" data-verdict=\"{}\"><svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" \
         focusable=\"false\"><use href=\"#m-tone-{tone}\"/></svg></button>",
        sign_id(number),
        card_id(number),
        escape(&label),
        escape(verdict),
    ));
}
