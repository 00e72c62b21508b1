//! Writes a text's HTML from its Markdown events.

mod headings;
mod images;
mod marks;
mod notes;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::links::{Destination, Link, Outside, destination};
use super::normal::{Prose, count_words};
use super::passage::Passage;
use super::{Body, Events, Heading, Shown, Slot, is_comment};
use crate::config::RawHtml;
use crate::content::Reading;
use crate::content::file::File;
use crate::diagnostic::Diagnostic;
use crate::html::escape_into;
use crate::source::Span;

/// HTML with its slots.
#[derive(Debug, Default)]
struct Buffer {
    html: String,
    slots: Vec<(usize, Slot)>,
}

impl Buffer {
    fn slot(&mut self, slot: Slot) {
        self.slots.push((self.html.len(), slot));
    }

    fn append(&mut self, other: Buffer) {
        let offset = self.html.len();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|(at, slot)| (at + offset, slot)));
    }
}

struct Writer<'w, 'e> {
    events: &'w Events<'e>,
    prose: &'w Prose,
    file: &'w File,
    reading: &'w Reading<'w>,
    html: RawHtml,
    /// What stands before an id until the HTML is cleaned.
    sign: &'w str,
    diagnostics: &'w mut Vec<Diagnostic>,
    out: Buffer,
    /// Buffers set aside while a footnote is written.
    outer: Vec<Buffer>,
    passages: Vec<Passage>,
    marks: marks::Marks,
    notes: notes::Notes,
    headings: Vec<Heading>,
    links: Vec<Link>,
    outside: Vec<Outside>,
    pictures: Vec<Shown>,
    used: HashSet<String>,
    /// The number that the next heading of the same words has after its id.
    numbers: HashMap<String, usize>,
    ids: Vec<String>,
    mute_images: Vec<Span>,
    columns: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    /// What each open link is to be closed with: nothing for one that leads nowhere.
    open_links: Vec<bool>,
    in_comment: bool,
    heading_end: String,
}

#[allow(clippy::too_many_arguments, reason = "each is one thing the text is written from")]
pub(super) fn write(
    events: &Events<'_>,
    prose: &Prose,
    passages: Vec<Passage>,
    file: &File,
    reading: &Reading<'_>,
    html: RawHtml,
    sign: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let mut writer = Writer {
        events,
        prose,
        file,
        reading,
        html,
        sign,
        diagnostics,
        out: Buffer { html: String::with_capacity(file.body.len() * 5 / 4), slots: Vec::new() },
        outer: Vec::new(),
        marks: marks::Marks::new(&passages),
        passages,
        notes: notes::Notes::default(),
        headings: Vec::new(),
        links: Vec::new(),
        outside: Vec::new(),
        pictures: Vec::new(),
        used: HashSet::new(),
        numbers: HashMap::new(),
        ids: Vec::new(),
        mute_images: Vec::new(),
        columns: Vec::new(),
        column: 0,
        in_table_head: false,
        open_links: Vec::new(),
        in_comment: false,
        heading_end: String::new(),
    };
    for passage in &writer.passages {
        if writer.used.insert(passage.id()) {
            writer.ids.push(passage.id());
        }
    }
    let mut at = 0;
    while at < events.len() {
        at = writer.event(at);
    }
    writer.close_marks();
    writer.write_notes();
    let words = count_words(&prose.raw);
    let mut html = writer.out.html;
    html.shrink_to_fit();
    Body {
        digests: std::collections::BTreeMap::new(),
        html,
        slots: writer.out.slots,
        headings: writer.headings,
        links: writer.links,
        outside: writer.outside,
        pictures: writer.pictures,
        passages: writer.passages,
        ids: writer.ids,
        mute_images: writer.mute_images,
        words,
    }
}

impl<'e> Writer<'_, 'e> {
    /// Writes the event at `at` and returns the next one to write.
    fn event(&mut self, at: usize) -> usize {
        let (event, span) = &self.events[at];
        match event {
            Event::Text(text) => self.text(at, text),
            Event::SoftBreak => self.text(at, "\n"),
            Event::Code(code) => {
                self.close_marks();
                self.marks.hold();
                self.out.html.push_str("<code>");
                self.text(at, code);
                self.close_marks();
                self.out.html.push_str("</code>");
                self.release_links();
            }
            Event::HardBreak => {
                self.close_marks();
                self.out.html.push_str("<br>\n");
            }
            Event::Rule => {
                self.close_marks();
                self.out.html.push_str("<hr>\n");
            }
            Event::FootnoteReference(label) => {
                self.close_marks();
                self.note_reference(label);
            }
            Event::TaskListMarker(done) => {
                self.close_marks();
                let (key, sign) = if *done { ("task_done", "☑") } else { ("task_open", "☐") };
                self.out.html.push_str("<span class=\"task\" role=\"img\" aria-label=\"");
                self.out.slot(Slot::Word(key));
                let _ = write!(self.out.html, "\">{sign}</span> ");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(at, html),
            Event::InlineMath(text) | Event::DisplayMath(text) => escape_into(&mut self.out.html, text),
            Event::Start(tag) => {
                self.close_marks();
                return self.start(tag, at, span);
            }
            Event::End(tag) => {
                self.close_marks();
                self.end(*tag);
            }
        }
        at + 1
    }

    fn start(&mut self, tag: &Tag<'e>, at: usize, span: &Span) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.figure(at) {
                    return next;
                }
                self.out.html.push_str("<p>");
            }
            Tag::Heading { level, id, .. } => self.heading(*level as u8, id.as_deref(), at),
            Tag::BlockQuote(kind) => self.block_quote(*kind),
            Tag::CodeBlock(kind) => {
                self.marks.hold();
                match kind {
                    CodeBlockKind::Fenced(info) if !info.is_empty() => {
                        let language = info.split([' ', ',']).next().unwrap_or_default();
                        self.out.html.push_str("<pre><code class=\"language-");
                        escape_into(&mut self.out.html, language);
                        self.out.html.push_str("\">");
                    }
                    _ => self.out.html.push_str("<pre><code>"),
                }
            }
            Tag::List(Some(1)) => self.out.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out.html, "<ol start=\"{first}\">");
            }
            Tag::List(None) => self.out.html.push_str("<ul>\n"),
            Tag::Item => self.out.html.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.notes.begin(label);
                self.outer.push(std::mem::take(&mut self.out));
            }
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                self.out.html.push_str("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
                self.out.slot(Slot::Word("table"));
                self.out.html.push_str("\">\n<table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.out.html.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.html.push_str("<tr>");
            }
            Tag::TableCell => {
                self.out.html.push_str(if self.in_table_head { "<th scope=\"col\"" } else { "<td" });
                self.out.html.push_str(match self.columns.get(self.column) {
                    Some(Alignment::Left) => " class=\"left\">",
                    Some(Alignment::Center) => " class=\"center\">",
                    Some(Alignment::Right) => " class=\"right\">",
                    _ => ">",
                });
            }
            Tag::Emphasis => self.out.html.push_str("<em>"),
            Tag::Strong => self.out.html.push_str("<strong>"),
            Tag::Strikethrough => self.out.html.push_str("<del>"),
            Tag::Superscript => self.out.html.push_str("<sup>"),
            Tag::Subscript => self.out.html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, span),
            Tag::Image { .. } => return self.image(at, false),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            Tag::DefinitionList => self.out.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.html.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.html.push_str("<dd>"),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(_) => {
                let end = std::mem::take(&mut self.heading_end);
                self.finish_heading(&end);
                return;
            }
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::BlockQuote(Some(_)) => "</aside>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => {
                let outer = self.outer.pop().unwrap_or_default();
                let note = std::mem::replace(&mut self.out, outer);
                self.notes.end(note);
                return;
            }
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.column += 1;
                if self.in_table_head { "</th>" } else { "</td>" }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                if self.open_links.pop() == Some(true) {
                    self.out.html.push_str("</a>");
                }
                self.release_links();
                return;
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
        };
        self.out.html.push_str(close);
        if tag == TagEnd::CodeBlock {
            self.release_links();
        }
    }

    fn link(&mut self, kind: LinkType, written: &str, title: &str, span: &Span) {
        match destination(kind, written, span, self.file, self.reading, self.diagnostics) {
            Destination::Bad => {
                self.open_links.push(false);
                self.marks.hold();
                return;
            }
            Destination::Outside(link) => {
                self.out.html.push_str("<a href=\"");
                escape_into(&mut self.out.html, &link.address);
                self.out.html.push('"');
                self.outside.push(link);
            }
            Destination::Inside(link) => {
                self.out.html.push_str("<a");
                self.out.slot(Slot::Href(self.links.len()));
                self.links.push(link);
            }
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.html.push('>');
        self.open_links.push(true);
        self.marks.hold();
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out.html, " {name}=\"");
        escape_into(&mut self.out.html, value);
        self.out.html.push('"');
    }

    fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, key) = match kind {
            None => {
                self.out.html.push_str("<blockquote>\n");
                return;
            }
            Some(BlockQuoteKind::Note) => ("note", "alert_note"),
            Some(BlockQuoteKind::Tip) => ("tip", "alert_tip"),
            Some(BlockQuoteKind::Important) => ("important", "alert_important"),
            Some(BlockQuoteKind::Warning) => ("warning", "alert_warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "alert_caution"),
        };
        let _ = write!(
            self.out.html,
            "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">"
        );
        self.out.slot(Slot::Word(key));
        self.out.html.push_str("</p>\n");
    }

    fn raw_html(&mut self, at: usize, html: &str) {
        if self.html == RawHtml::Sanitize {
            self.close_marks();
            self.out.html.push_str(html);
            return;
        }
        let opens = html.contains("<!--");
        let closes = html.contains("-->");
        if self.in_comment || is_comment(html) || opens && !closes {
            self.in_comment = (self.in_comment || opens) && !closes;
            return;
        }
        self.text(at, html);
    }
}
