//! Markdown to HTML, with passages marked and links left open.
//!
//! Where another document stands is not known while one file is read. So the HTML comes with
//! [`Slot`]s: places that are filled when the page is rendered. A body is parsed once, however
//! often the rest of the site changes.

mod anchor;
mod characters;
mod links;
mod normal;
mod passage;
mod sanitize;
mod writer;

pub use anchor::Anchor;
pub use links::{Link, Outside};
pub use passage::Passage;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser};

use super::evidence_file::file_digest;
use super::file::File;
use super::picture::Picture;
use super::{Reading, Target};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic, Few};
use crate::source::Span;

/// The text of a document as HTML.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML between the slots.
    pub html: String,
    /// What is to be filled in, by byte offset into `html`, in order.
    pub slots: Vec<(usize, Slot)>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links to other parts of the site.
    pub links: Vec<Link>,
    /// Links to other sites.
    pub outside: Vec<Outside>,
    /// The pictures in the text.
    pub pictures: Vec<Shown>,
    /// The SHA-256 of the linked files that are not shown as pictures, by path.
    pub digests: BTreeMap<String, String>,
    /// The passages that claims stand on.
    pub passages: Vec<Passage>,
    /// Every id in the HTML, which links may lead to.
    pub ids: Vec<String>,
    /// Where its pictures without alternative text stand in the file.
    pub mute_images: Vec<Span>,
    /// How many words it has.
    pub words: usize,
}

/// Something that is known only when the page is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// The attribute `href` with the address of `links[n]`; nothing if it leads nowhere for now.
    Href(usize),
    /// `pictures[n]`.
    Picture(usize),
    /// The beginning of a run of `passages[n]`; the first run carries the passage's id.
    MarkOpen {
        /// Which passage.
        passage: usize,
        /// Whether it is the passage's first run.
        first: bool,
        /// Whether it lies in a link: a tap there is the link's.
        linked: bool,
    },
    /// The end of a run.
    MarkClose,
    /// The sign of `passages[n]`, which opens its verdict, after the passage's last run.
    PassageSign(usize),
    /// A word of the interface, by its key, as text or inside a quoted attribute.
    Word(&'static str),
}

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which, and what it shows.
    pub picture: Picture,
    /// Words that appear on pointing at it; often empty.
    pub title: String,
}

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; the page's title is 1.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
}

/// Markdown events with their place in the body.
pub(super) type Events<'e> = [(Event<'e>, Span)];

/// Reads the body of a file and finds the anchors' words in it.
pub fn read(file: &File, anchors: &[Anchor], reading: &Reading<'_>) -> (Body, Vec<Diagnostic>) {
    let (mut body, diagnostics) = parse(file, anchors, reading);
    let mut few = Few::default();
    for found in diagnostics {
        few.add(found.code, || found);
    }
    characters::check(file, &body, &mut few);
    let linked = body.links.iter().filter_map(|link| match &link.target {
        Target::File(path) if !body.pictures.iter().any(|shown| shown.picture.path == *path) => Some(path),
        _ => None,
    });
    body.digests =
        linked.filter_map(|path| Some((path.clone(), file_digest(reading.location(path)?)?))).collect();
    (body, few.told())
}

fn parse(file: &File, anchors: &[Anchor], reading: &Reading<'_>) -> (Body, Vec<Diagnostic>) {
    let settings = reading.config.markdown;
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    if settings.smart_punctuation {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    let events: Vec<(Event<'_>, Span)> =
        Parser::new_ext(file.body_text(), options).into_offset_iter().collect();
    let refused = |diagnostics: &mut Vec<Diagnostic>| {
        write(&events, anchors, file, reading, RawHtml::Refuse, "", diagnostics)
    };
    let mut diagnostics = Vec::new();
    if settings.html == RawHtml::Refuse {
        let body = refused(&mut diagnostics);
        report_html(&events, file, &mut diagnostics);
        return (body, diagnostics);
    }
    let first = events.iter().position(|(event, _)| is_any_html(event));
    let token = first.map(|_| sanitize::token(file.body_text()));
    let sign = token.as_deref().map(sanitize::sign).unwrap_or_default();
    let body = write(&events, anchors, file, reading, settings.html, &sign, &mut diagnostics);
    let (Some(first), Some(token)) = (first, token) else {
        return (body, diagnostics);
    };
    if let Some((mut clean, led)) = sanitize::clean(&body, &token) {
        links::of_html(led, &mut clean, file);
        report_pictures(&events, file, &mut diagnostics);
        return (clean, diagnostics);
    }
    // An author's mistake must not take links, headings or passages away.
    diagnostics.clear();
    let body = refused(&mut diagnostics);
    let (event, span) = events.iter().find(|(event, _)| is_raw_html(event)).unwrap_or(&events[first]);
    let length = html_of(event).map_or(0, |html| html.trim_end().len().min(span.len()));
    let start = file.body.start + span.start;
    diagnostics.push(
        Diagnostic::at(
            Code::RawHtml,
            file.source(),
            start..start + length,
            "the HTML of this text takes apart the Markdown in it, so it is shown as text",
        )
        .help(
            "close each quotation mark, comment and element, and put nothing from Markdown into attributes",
        ),
    );
    (body, diagnostics)
}

fn write(
    events: &Events<'_>,
    anchors: &[Anchor],
    file: &File,
    reading: &Reading<'_>,
    html: RawHtml,
    sign: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let text = normal::Prose::collect(events, html);
    let passages = anchor::find_all(&text, anchors, file, diagnostics);
    writer::write(events, &text, passages, file, reading, html, sign, diagnostics)
}

/// Comments are notes among editors: they are left out in silence, and are no HTML to refuse.
pub(super) fn is_comment(html: &str) -> bool {
    // HTML standard, section 13.1.6; what a browser would end earlier is no comment as a whole.
    html.trim().strip_prefix("<!--").and_then(|html| html.strip_suffix("-->")).is_some_and(|words| {
        !words.starts_with('>')
            && !words.starts_with("->")
            && !words.ends_with("<!-")
            && !["<!--", "-->", "--!>"].iter().any(|mark| words.contains(mark))
    })
}

fn html_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html),
        _ => None,
    }
}

/// Whether an event is HTML of any kind, be it only a comment.
fn is_any_html(event: &Event<'_>) -> bool {
    html_of(event).is_some_and(|html| !html.trim().is_empty())
}

fn is_raw_html(event: &Event<'_>) -> bool {
    html_of(event).is_some_and(|html| !html.trim().is_empty() && !is_comment(html))
}

/// A picture in raw HTML comes from anywhere, hence from nowhere: its address is taken out, and the
/// author has to know.
fn report_pictures(events: &Events<'_>, file: &File, diagnostics: &mut Vec<Diagnostic>) {
    const TAG: &str = "<img";
    let mut in_comment = false;
    for (event, span) in events {
        let Some(html) = html_of(event) else {
            continue;
        };
        let was_in_comment = in_comment;
        if html.contains("<!--") || in_comment {
            in_comment = !html.contains("-->");
        }
        if was_in_comment || is_comment(html) || html.trim_start().starts_with("<!--") {
            continue;
        }
        for (at, _) in html.to_ascii_lowercase().match_indices(TAG) {
            let rest = &html[at + TAG.len()..];
            if rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')) {
                let start = file.body.start + span.start + at;
                diagnostics.push(
                    Diagnostic::at(
                        Code::BadImage,
                        file.source(),
                        start..start + TAG.len(),
                        "a picture in raw HTML is not shown",
                    )
                    .help("save it beside the article and write `![what it shows](picture.png)`"),
                );
            }
        }
    }
}

fn report_html(events: &Events<'_>, file: &File, diagnostics: &mut Vec<Diagnostic>) {
    // A block of HTML comes line by line, and a comment may run over several lines.
    let mut in_comment = false;
    let mut last_end = usize::MAX;
    for (event, span) in events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else {
            continue;
        };
        let was_in_comment = in_comment;
        if html.contains("<!--") || in_comment {
            in_comment = !html.contains("-->");
        }
        let part_of_comment = was_in_comment || html.trim_start().starts_with("<!--");
        let continues = span.start == last_end;
        last_end = span.end;
        // The end of an element is no second mistake.
        let closes = matches!(event, Event::InlineHtml(_)) && html.starts_with("</");
        if part_of_comment || continues || closes || html.trim().is_empty() {
            continue;
        }
        let start = file.body.start + span.start;
        let end = start + html.trim_end().len().min(span.len());
        diagnostics.push(
            Diagnostic::at(
                Code::RawHtml,
                file.source(),
                start..end,
                "raw HTML is shown as text, not as HTML",
            )
            .help("use Markdown, or allow harmless HTML in site.yaml with `markdown: {html: sanitize}`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::config;
    use crate::content::file::split;
    use crate::content::{Files, Reading};
    use crate::diagnostic::{Code, MOST};
    use crate::source::Source;

    #[test]
    fn a_text_of_mistakes_is_told_the_first_of_each_kind() {
        let site = "title: Meja\nbase_url: https://example.org/\nlanguage: id\n";
        let (config, _) = config::read(&Source::new("site.yaml", site));
        let text = format!("---\n---\n{} ![a](../../../a.png)\n", "a<b>".repeat(20_000));
        let file = split(Source::new("content/articles/a.md", text)).unwrap();
        let (body, found) = read(&file, &[], &Reading::new(&config, &Files::default(), "articles"));
        let of = |code: Code| found.iter().filter(|found| found.code == code).count();
        assert_eq!((of(Code::RawHtml), found.len()), (MOST, MOST + 1), "{:?}", found.last());
        assert!(body.html.matches("&lt;b&gt;").count() == 20_000);
    }
}
