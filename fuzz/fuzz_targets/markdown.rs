//! The text of an article with quotations from it: the first lines up to `%%` are the quotations, one a line, each
//! with what stands before and after it behind tabs; the rest is Markdown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meja::config::Config;
use meja::content::markdown::{self, Anchor, Body, Slot};
use meja::content::{File, Files, Quote, Reading};
use meja::diagnostic::Code;
use meja::source::Source;
use meja::yaml::Yaml;
use meja_fuzz::words::letters;
use meja_fuzz::{html, said, settings, settings_with_html, text};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let (quotes, body) = text.split_once("\n%%\n").unwrap_or(("", &text));
    let anchors: Vec<Anchor> = quotes.lines().take(8).enumerate().map(anchor).collect();
    for config in [settings(), settings_with_html()] {
        holds(config, body, &anchors);
    }
});

fn anchor((number, line): (usize, &str)) -> Anchor {
    let mut parts = line.split('\t').map(str::to_owned);
    let exact = parts.next().unwrap_or_default();
    let quote = Quote { exact, prefix: parts.next(), suffix: parts.next() };
    Anchor { claim: format!("k{number}"), mention: number % 2 == 1, quote, path: Vec::new() }
}

fn holds(config: &Config, text: &str, anchors: &[Anchor]) {
    let source = Source::new("content/articles/a.md", text);
    let file = File { yaml: Yaml::part(source, 0..0), body: 0..text.len() };
    let files = Files::default();
    let reading = Reading::new(config, &files, "articles");
    let (body, problems) = markdown::read(&file, anchors, &reading);
    said::holds(&problems);
    html::is_well_formed(&filled(&body));
    // What is not in the text, or is there more than once, is said; everything else is found.
    let lost =
        problems.iter().filter(|found| matches!(found.code, Code::QuoteNotFound | Code::QuoteAmbiguous));
    assert_eq!(body.passages.len() + lost.count(), anchors.len());
    for (number, passage) in body.passages.iter().enumerate() {
        let anchor = anchors.iter().find(|anchor| anchor.claim == passage.claim).expect("a claim");
        assert_eq!(letters(&passage.exact), letters(&anchor.quote.exact), "{passage:?}");
        assert_eq!(passage.mention, anchor.mention);
        let marked = marked(&body, number);
        // A text whose words are all shown elsewhere, such as a note that nothing refers to, has no marks.
        if let Some(marked) = marked {
            assert_eq!(letters(&marked), letters(&passage.exact), "{passage:?}\n{}", body.html);
        }
    }
    // Marks change nothing but the marks.
    if !body.passages.is_empty() && problems.is_empty() {
        let (plain, _) = markdown::read(&file, &[], &reading);
        assert_eq!(plain.words, body.words);
        assert_eq!(plain.headings.len(), body.headings.len());
    }
    // An id leads to one place.
    let mut ids = body.ids.clone();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), body.ids.len(), "{:?}", body.ids);
}

/// The HTML as a page has it.
fn filled(body: &Body) -> String {
    let mut out = String::with_capacity(body.html.len() * 2);
    let mut from = 0;
    for (at, slot) in &body.slots {
        out.push_str(&body.html[from..*at]);
        from = *at;
        match slot {
            Slot::Href(link) => {
                assert!(*link < body.links.len());
                out.push_str(" href=\"/\"");
            }
            Slot::Picture(picture) => {
                assert!(*picture < body.pictures.len());
                out.push_str("<img alt=\"\">");
            }
            Slot::MarkOpen { passage, .. } => {
                assert!(*passage < body.passages.len());
                out.push_str("<mark>");
            }
            Slot::MarkClose => out.push_str("</mark>"),
            Slot::PassageSign(passage) => {
                assert!(*passage < body.passages.len());
                out.push_str("<button></button>");
            }
            Slot::Word(key) => out.push_str(key),
        }
    }
    out.push_str(&body.html[from..]);
    out
}

/// The text between the marks of a passage; nothing if it has none.
fn marked(body: &Body, number: usize) -> Option<String> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut text = None;
    for (at, slot) in &body.slots {
        match slot {
            Slot::MarkOpen { passage, .. } => open.push((*passage, *at)),
            Slot::MarkClose => {
                let (passage, from) = open.pop().expect("a mark that was opened");
                let run = &body.html[from..*at];
                assert!(!run.contains('<'), "a tag in a run of a mark: {run}");
                if passage == number {
                    text.get_or_insert_with(String::new).push_str(&html::unescaped(run));
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "a mark that is not closed");
    text
}
