//! Footnotes: numbered by their first reference, listed at the end, linked both ways.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::Slot;
use super::{Buffer, Writer};

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Numbers by label, from 1, in the order of first reference.
    numbers: HashMap<String, usize>,
    /// Labels in the order of their numbers.
    order: Vec<String>,
    /// How often each was referred to.
    references: HashMap<String, usize>,
    /// What each says.
    texts: HashMap<String, Buffer>,
    /// The footnotes being read; one inside another is possible.
    current: Vec<String>,
}

impl Notes {
    fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.order.push(label.to_owned());
        self.numbers.insert(label.to_owned(), self.order.len());
        self.order.len()
    }

    pub(super) fn begin(&mut self, label: &str) {
        self.current.push(label.to_owned());
    }

    pub(super) fn end(&mut self, text: Buffer) {
        if let Some(label) = self.current.pop() {
            self.texts.entry(label).or_insert(text);
        }
    }
}

impl Writer<'_, '_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        let number = self.notes.number(label);
        let times = self.notes.references.entry(label.to_owned()).or_insert(0);
        *times += 1;
        let id = reference_id(number, *times);
        self.ids.push(id.clone());
        let _ = write!(
            self.out.html,
            "<sup class=\"footnote-ref\" id=\"{}{id}\"><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>",
            self.sign
        );
    }

    pub(super) fn write_notes(&mut self) {
        // A footnote nobody refers to is still something the editor wrote.
        let mut unreferenced: Vec<String> = self
            .notes
            .texts
            .keys()
            .filter(|label| !self.notes.numbers.contains_key(*label))
            .cloned()
            .collect();
        unreferenced.sort_unstable();
        for label in unreferenced {
            self.notes.number(&label);
        }
        if self.notes.order.is_empty() {
            return;
        }
        self.out.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.out.slot(Slot::Word("footnotes"));
        self.out.html.push_str("\">\n<ol>\n");
        for (index, label) in std::mem::take(&mut self.notes.order).into_iter().enumerate() {
            let number = index + 1;
            self.ids.push(format!("fn-{number}"));
            let _ = write!(self.out.html, "<li id=\"{}fn-{number}\">", self.sign);
            let mut text = self.notes.texts.remove(&label).unwrap_or_default();
            let length = text.html.trim_end().len();
            let in_paragraph = text.html[..length].ends_with("</p>");
            if in_paragraph {
                text.html.truncate(length - "</p>".len());
            }
            self.out.append(text);
            for time in 1..=self.notes.references.get(&label).copied().unwrap_or_default() {
                let _ = write!(
                    self.out.html,
                    " <a class=\"footnote-back\" href=\"#{}\" role=\"doc-backlink\" aria-label=\"",
                    reference_id(number, time)
                );
                self.out.slot(Slot::Word("back_to_text"));
                self.out.html.push_str("\">↩</a>");
            }
            self.out.html.push_str(if in_paragraph { "</p></li>\n" } else { "</li>\n" });
        }
        self.out.html.push_str("</ol>\n</section>\n");
    }
}

fn reference_id(number: usize, time: usize) -> String {
    if time == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{time}") }
}
