//! Markdown to HTML, with passages marked and links left open.
//!
//! Where another document stands is not known while one file is read. So the HTML comes with
//! [`Slot`]s: places that are filled when the page is rendered. A body is parsed once, however
//! often the rest of the site changes.

mod anchor;
mod links;
mod normal;
mod passage;
mod sanitize;
mod writer;

pub use anchor::Anchor;
pub use links::Link;
pub use passage::Passage;

use pulldown_cmark::{Event, Options, Parser};

use super::Reading;
use super::file::File;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
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
    /// The passages that claims stand on.
    pub passages: Vec<Passage>,
    /// Every id in the HTML, which links may lead to.
    pub ids: Vec<String>,
    /// How many words it has.
    pub words: usize,
}

/// Something that is known only when the page is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// The attribute `href` with the address of `links[n]`; nothing if it leads nowhere for now.
    Href(usize),
    /// The attribute `src` with the address of `links[n]`.
    Src(usize),
    /// The beginning of a run of `passages[n]`; the first run carries the passage's id.
    MarkOpen {
        /// Which passage.
        passage: usize,
        /// Whether it is the passage's first run.
        first: bool,
    },
    /// The end of a run.
    MarkClose,
    /// The link from `passages[n]` to its claim, after the passage's last run.
    PassageLink(usize),
    /// A word of the interface, by its key, as text or inside a quoted attribute.
    Word(&'static str),
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
}

/// Markdown events with their place in the body.
pub(super) type Events<'e> = [(Event<'e>, Span)];

/// Reads the body of a file and finds the anchors' words in it.
pub fn read(file: &File, anchors: &[Anchor], reading: &Reading<'_>) -> (Body, Vec<Diagnostic>) {
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
    let mut diagnostics = Vec::new();
    let text = normal::Prose::collect(&events, settings.html);
    let passages = anchor::find_all(&text, anchors, file, &mut diagnostics);
    let mut body = writer::write(&events, &text, passages, file, reading, &mut diagnostics);
    let has_html = events.iter().any(|(event, _)| is_raw_html(event));
    if has_html {
        match settings.html {
            RawHtml::Sanitize => body = sanitize::clean(body, file.body_text()),
            RawHtml::Refuse => report_html(&events, file, &mut diagnostics),
        }
    }
    (body, diagnostics)
}

/// Comments are notes among editors: they are left out in silence, and are no HTML to refuse.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.matches("<!--").count() == 1
}

fn is_raw_html(event: &Event<'_>) -> bool {
    matches!(event, Event::Html(html) | Event::InlineHtml(html) if !html.trim().is_empty() && !is_comment(html))
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
