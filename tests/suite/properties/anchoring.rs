//! A quotation is found where it was taken from, in whatever way it is typed.

use meja::config;
use meja::content::markdown::{self, Anchor, Body, Slot};
use meja::content::{File, Files, Quote, Reading};
use meja::source::Source;
use meja::yaml::Yaml;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::cases;

const SITE: &str = "title: Meja\nbase_url: https://example.org/\nlanguage: id\npublisher: {name: Meja}\n";

/// A piece of prose: words in one kind of markup.
#[derive(Debug, Clone)]
struct Piece {
    words: Vec<String>,
    markup: usize,
    /// Whether a line ends after it.
    breaks: bool,
}

/// Pieces of prose from such words, and from which word to which a quotation goes.
fn prose(word: &'static str) -> impl Strategy<Value = (Vec<Piece>, usize, usize)> {
    let piece = (prop::collection::vec(word, 1..5), 0..5_usize, any::<bool>())
        .prop_map(|(words, markup, breaks)| Piece { words, markup, breaks });
    (prop::collection::vec(piece, 1..12), any::<usize>(), any::<usize>()).prop_map(
        |(mut pieces, from, length)| {
            // Each word stands there once, so that every quotation has one place.
            let mut count = 0;
            for word in pieces.iter_mut().flat_map(|piece| &mut piece.words) {
                *word = format!("{word}{count}");
                count += 1;
            }
            let from = from % count;
            (pieces, from, from + 1 + length % (count - from))
        },
    )
}

fn markdown(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        let words = piece.words.join(" ");
        text.push_str(&match piece.markup {
            0 => format!("*{words}*"),
            1 => format!("**{words}**"),
            2 => format!("[{words}](https://example.org/)"),
            3 => format!("~~*{words}*~~"),
            _ => words,
        });
        text.push(if piece.breaks { '\n' } else { ' ' });
    }
    text
}

/// What a reader of the HTML reads.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (written, meant)| text.replace(written, meant))
}

fn body_of(text: &str, quote: Option<&str>) -> Body {
    let source = Source::new("content/articles/a.md", text);
    let (config, _) = config::read(&Source::new("site.yaml", SITE));
    let file = File { yaml: Yaml::part(source, 0..0), body: 0..text.len() };
    let files = Files::default();
    let reading = Reading::new(&config, &files, "articles");
    let anchor = |exact: &str| Anchor {
        claim: "klaim".to_owned(),
        mention: false,
        quote: Quote { exact: exact.to_owned(), prefix: None, suffix: None },
        path: Vec::new(),
    };
    let anchors: Vec<Anchor> = quote.map(anchor).into_iter().collect();
    let (body, problems) = markdown::read(&file, &anchors, &reading);
    assert!(problems.is_empty(), "{problems:?}");
    body
}

/// What stands between the marks. The first run must say that it is the first, and none may have tags in it.
fn marked(body: &Body) -> String {
    let mut runs = Vec::new();
    let mut open = None;
    let mut first = 0;
    for (at, slot) in &body.slots {
        match slot {
            Slot::MarkOpen { first: is_first, .. } => {
                assert!(open.is_none(), "a mark in a mark");
                open = Some(*at);
                first += usize::from(*is_first);
            }
            Slot::MarkClose => runs.push(&body.html[open.take().expect("an open mark")..*at]),
            _ => {}
        }
    }
    assert!(open.is_none() && first == 1, "{:?}", body.slots);
    assert!(runs.iter().all(|run| !run.contains('<') && !run.is_empty()), "{runs:?}");
    assert_eq!(body.slots.iter().filter(|(_, slot)| *slot == Slot::PassageSign(0)).count(), 1);
    without_tags(&runs.concat())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_quotation_is_found_at_exactly_its_words((pieces, from, to) in prose("[a-zA-Zéßдж]{1,8}")) {
        let words: Vec<&str> = pieces.iter().flat_map(|piece| &piece.words).map(String::as_str).collect();
        let text = markdown(&pieces);
        let quote = words[from..to].join(" ");
        let (plain, found) = (body_of(&text, None), body_of(&text, Some(&quote)));
        prop_assert_eq!(&plain.html, &found.html);
        prop_assert_eq!(without_tags(&plain.html), words.join(" "));
        prop_assert_eq!(&found.passages[0].exact, &quote);
        let around = format!("{}{}{}", found.passages[0].before, quote, found.passages[0].after);
        if !around.contains('…') {
            prop_assert_eq!(around.trim(), words.join(" "));
        }
        // The runs between opening and closing marks are the quotation, and none of it is left out.
        prop_assert_eq!(marked(&found), quote);
    }

    #[test]
    fn a_quotation_is_found_however_it_is_typed(
        (pieces, from, to) in prose("[a-zé각]{1,4}|[a-z]{1,3}['’][a-z]{1,3}|[a-z]{1,3}[-–—‑][a-z]{1,3}|[\"“«][a-zü]{1,4}|[a-z]{1,3}(…|\\.\\.\\.)[a-z]{1,2}"),
        typed in prop::collection::vec(any::<usize>(), 1..40),
    ) {
        let words: Vec<&str> = pieces.iter().flat_map(|piece| &piece.words).map(String::as_str).collect();
        let text = markdown(&pieces);
        let quote = retyped(&words[from..to].join(" "), &typed);
        let (plain, found) = (body_of(&text, None), body_of(&text, Some(&quote)));
        prop_assert_eq!(&plain.html, &found.html);
        // Every word of the text has a number of its own: so these words are this place.
        let taken = plainly(&words[from..to].join(" "));
        prop_assert_eq!(plainly(&found.passages[0].exact), taken.clone(), "{:?}", quote);
        prop_assert_eq!(plainly(&marked(&found)), taken, "{:?}", quote);
    }
}

/// The same words as somebody else types or copies them: white space, quotation marks, hyphens, dots, hidden
/// characters, letters taken apart. `choices` decides sign by sign.
fn retyped(quote: &str, choices: &[usize]) -> String {
    let pick = |at: usize, ways: &[&str]| ways[choices[at % choices.len()] % ways.len()].to_owned();
    let dots = quote.replace("...", "…");
    let signs = dots.chars().enumerate().map(|(at, c)| match c {
        ' ' => pick(at, &[" ", "  ", "\n", "\u{a0}", "\t", "\u{202f}", "\u{3000}", " \u{200b}\r\n"]),
        '\'' | '’' => pick(at, &["'", "’", "‘", "\u{2bc}", "`", "\u{b4}", "\u{2032}"]),
        '-' | '–' | '—' | '‑' => pick(at, &["-", "–", "—", "‑", "--", "---", "\u{2212}"]),
        '"' | '“' | '«' => pick(at, &["\"", "“", "”", "„", "«", "»", "＂"]),
        '…' => pick(at, &["...", "…"]),
        c => {
            let apart: String = c.nfd().collect();
            let c = c.to_string();
            let soft = format!("\u{ad}{c}");
            let hidden = format!("{c}\u{200b}");
            pick(at, &[&c, &c, &c, &c, &apart, &soft, &hidden])
        }
    });
    signs.collect()
}

/// What all ways of typing a text have in common, found in another way than the program finds it.
fn plainly(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfc() {
        match c {
            '‘' | '’' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '-' | '–' | '—' | '‑' if out.ends_with('-') => {}
            '–' | '—' | '‑' => out.push('-'),
            '…' => out.push_str("..."),
            c if c.is_whitespace() => out.push_str(if out.ends_with(' ') { "" } else { " " }),
            c => out.push(c),
        }
    }
    out
}
