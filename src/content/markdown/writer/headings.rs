//! Headings, and the ids that links may lead to.

use std::fmt::Write as _;

use pulldown_cmark::{Event, TagEnd};

use super::super::{Heading, Slot};
use super::Writer;
use crate::slug::slug;

impl Writer<'_, '_> {
    pub(super) fn heading(&mut self, level: u8, given: Option<&str>, at: usize) {
        // The page's title is the one heading of level 1.
        let level = level.max(2);
        let mut text = String::new();
        for (event, _) in &self.events[at + 1..] {
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Text(part) | Event::Code(part) => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        let wanted = slug(given.unwrap_or(&text));
        let id = self.unused_id(wanted);
        let _ = write!(self.out.html, "<h{level} id=\"{}{id}\">", self.sign);
        self.heading_end = format!("{level} {id}");
        self.ids.push(id.clone());
        let span = &self.events[at].1;
        let start = self.file.body.start + span.start;
        let length = self.file.source().line_at(start).len().min(span.len());
        self.headings.push(Heading { level, id, text, span: start..start + length });
    }

    pub(super) fn finish_heading(&mut self, end: &str) {
        let (level, id) = end.split_once(' ').unwrap_or(("2", ""));
        let _ = write!(self.out.html, " <a class=\"anchor\" href=\"#{id}\" aria-label=\"");
        self.out.slot(Slot::Word("link_to_section"));
        let _ = writeln!(self.out.html, "\">#</a></h{level}>");
    }

    /// An id that neither this text nor the theme uses.
    fn unused_id(&mut self, wanted: String) -> String {
        let reserved = ["claim-", "mention-", "fn-", "fnref-", "m-"];
        let base = if wanted.is_empty() || reserved.iter().any(|start| wanted.starts_with(start)) {
            format!("s-{wanted}").trim_end_matches('-').to_owned()
        } else {
            wanted
        };
        if self.used.insert(base.clone()) {
            return base;
        }
        // Numbers that were given away are not tried again.
        let number = self.numbers.entry(base.clone()).or_insert(2);
        loop {
            let id = format!("{base}-{number}");
            *number += 1;
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::read;
    use crate::content::file::split;
    use crate::content::{Files, Reading};
    use crate::source::Source;

    #[test]
    fn equal_headings_are_numbered_without_counting_again() {
        let site = "title: Meja\nbase_url: https://example.org/\nlanguage: id\n".to_owned();
        let (config, _) = crate::config::read(&Source::new("site.yaml", site));
        let text = format!("---\n---\n# Isi 2\n\n{}", "# Isi\n\n".repeat(20_000));
        let file = split(Source::new("content/articles/a.md", text)).unwrap();
        let (body, _) = read(&file, &[], &Reading::new(&config, &Files::default(), "articles"));
        let ids: Vec<&str> = body.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids[..4], ["isi-2", "isi", "isi-3", "isi-4"]);
        assert_eq!(ids.last(), Some(&"isi-20001"));
    }
}
