//! Pictures in a text.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::links::{Destination, Link, destination};
use super::super::{Shown, Slot};
use super::Writer;
use crate::content::picture::{Picture, is_picture, size};
use crate::content::reference::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::escape_into;
use crate::yaml::clip;

impl Writer<'_, '_> {
    /// A picture alone in its paragraph becomes a figure, with its title as the caption.
    pub(super) fn figure(&mut self, paragraph: usize) -> Option<usize> {
        if !matches!(self.events.get(paragraph + 1)?.0, Event::Start(Tag::Image { .. })) {
            return None;
        }
        let end = self.image_end(paragraph + 1);
        if !matches!(self.events.get(end)?.0, Event::End(TagEnd::Paragraph)) {
            return None;
        }
        self.out.html.push_str("<figure>");
        self.image(paragraph + 1, true);
        self.out.html.push_str("</figure>\n");
        Some(end + 1)
    }

    /// The event after the end of the image that begins at `at`.
    fn image_end(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.events[at..].iter().enumerate() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + offset + 1;
            }
        }
        self.events.len()
    }

    pub(super) fn image(&mut self, at: usize, with_caption: bool) -> usize {
        let end = self.image_end(at);
        let (Event::Start(Tag::Image { link_type, dest_url, title, .. }), span) = &self.events[at] else {
            return end;
        };
        let mut alt = String::new();
        for (event, _) in &self.events[at + 1..end] {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        let found = destination(*link_type, dest_url, span, self.file, self.reading, self.diagnostics);
        let place = self.file.body.start + span.start..self.file.body.start + span.end;
        // The name of a file, read out, says nothing of what is in it.
        let is_file_name = is_picture(&alt) && !alt.trim().contains(char::is_whitespace);
        if alt.trim().is_empty() || is_file_name {
            self.mute_images.push(place.clone());
        }
        let problem = match found {
            Destination::Inside(Link { target: Target::File(path), span }) if is_picture(&path) => {
                let measured = self.reading.location(&path).map_or(Ok(None), size);
                self.out.slot(Slot::Picture(self.pictures.len()));
                // A link too, so that the file is published and what is said of links is said of it.
                self.links.push(Link { target: Target::File(path.clone()), span: span.clone() });
                let (size, reason) = match measured {
                    Ok(size) => (size, None),
                    Err(reason) => (None, Some(reason)),
                };
                let picture = Picture { path: path.clone(), alt, size };
                let shown_title = if with_caption { String::new() } else { title.to_string() };
                self.pictures.push(Shown { picture, title: shown_title });
                if with_caption && !title.is_empty() {
                    self.out.html.push_str("<figcaption>");
                    escape_into(&mut self.out.html, title);
                    self.out.html.push_str("</figcaption>");
                }
                reason.map(|reason| {
                    Diagnostic::at(
                        Code::BadImage,
                        self.file.source(),
                        span,
                        format!("`content/{path}` cannot be read as a picture: {reason}"),
                    )
                    .help("save the picture again, as PNG, JPEG, WebP, AVIF or GIF")
                })
            }
            Destination::Bad => None,
            Destination::Outside(link) => Some(
                Diagnostic::at(
                    Code::BadImage,
                    self.file.source(),
                    place,
                    format!("the picture `{}` is on another site", clip(&link.address)),
                )
                .help("save it beside the article: a page must not make readers' browsers ask other sites"),
            ),
            Destination::Inside(link) => Some(
                Diagnostic::at(
                    Code::BadImage,
                    self.file.source(),
                    link.span,
                    format!("`{}` is not a picture", clip(dest_url)),
                )
                .help("use a PNG, JPEG, WebP, AVIF, GIF or SVG file"),
            ),
        };
        self.diagnostics.extend(problem);
        end
    }
}
