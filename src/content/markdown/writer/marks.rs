//! Marks the passages in the running text.
//!
//! A passage may begin and end inside emphasis, links or table cells, and passages may overlap. So
//! a passage becomes runs: each lies within one stretch of text, and where passages overlap their
//! runs are nested. The HTML is well formed whatever the passages are.

use super::super::Slot;
use super::super::passage::Passage;
use super::Writer;
use crate::html::escape_into;

/// Which passages are open while the text is written.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Passages whose runs are open, outermost first.
    open: Vec<usize>,
    /// Passages whose first run was written.
    begun: Vec<bool>,
    /// Passages that have ended and whose link to the claim is still to be written.
    ended: Vec<usize>,
    /// How many elements are open in which no link may stand.
    held: usize,
}

impl Marks {
    pub(super) fn new(passages: &[Passage]) -> Self {
        Self { begun: vec![false; passages.len()], ..Self::default() }
    }

    /// An element begins in which no link may stand: a link, or code.
    pub(super) fn hold(&mut self) {
        self.held += 1;
    }
}

impl Writer<'_, '_> {
    /// Writes the text of an event with the runs of the passages that lie in it.
    pub(super) fn text(&mut self, event: usize, text: &str) {
        let Some(start) = self.prose.of_event(event).filter(|_| !self.passages.is_empty()) else {
            escape_into(&mut self.out.html, text);
            return;
        };
        let end = start + text.len();
        let mut cuts: Vec<usize> = self
            .passages
            .iter()
            .flat_map(|passage| [passage.range.start, passage.range.end])
            .filter(|cut| (start..end).contains(cut))
            .chain([start, end])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let within: Vec<usize> = (0..self.passages.len())
                .filter(|number| {
                    let range = &self.passages[*number].range;
                    range.start <= from && to <= range.end
                })
                .collect();
            self.switch_marks(&within);
            // Cuts lie where words begin and end, hence on character boundaries.
            escape_into(&mut self.out.html, text.get(from - start..to - start).unwrap_or_default());
            let ending: Vec<usize> =
                within.into_iter().filter(|number| self.passages[*number].range.end == to).collect();
            if !ending.is_empty() {
                self.close_marks();
                self.marks.ended.extend(ending);
                self.write_links();
            }
        }
    }

    /// Closes every open run.
    pub(super) fn close_marks(&mut self) {
        while self.marks.open.pop().is_some() {
            self.out.slot(Slot::MarkClose);
        }
    }

    fn switch_marks(&mut self, within: &[usize]) {
        if self.marks.open == within {
            return;
        }
        self.close_marks();
        for number in within {
            let first = !std::mem::replace(&mut self.marks.begun[*number], true);
            self.out.slot(Slot::MarkOpen { passage: *number, first });
            self.marks.open.push(*number);
        }
    }

    /// The element that was held is closed.
    pub(super) fn release_links(&mut self) {
        self.marks.held = self.marks.held.saturating_sub(1);
        self.write_links();
    }

    fn write_links(&mut self) {
        if self.marks.held == 0 {
            for number in std::mem::take(&mut self.marks.ended) {
                self.out.slot(Slot::PassageLink(number));
            }
        }
    }
}
