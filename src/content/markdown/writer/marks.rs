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
    /// Where passages begin and end, in order.
    cuts: Vec<usize>,
    /// The passages over the text after this many cuts, as it was last asked for.
    over: Option<(usize, Vec<usize>)>,
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
        let mut cuts: Vec<usize> =
            passages.iter().flat_map(|passage| [passage.range.start, passage.range.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self { cuts, begun: vec![false; passages.len()], ..Self::default() }
    }

    /// The passages over the text from `from` to the next cut. The text is asked for in its order,
    /// so each cut costs one look at all passages, however many events there are.
    fn over(&mut self, passages: &[Passage], from: usize) -> Vec<usize> {
        let before = self.cuts.partition_point(|cut| *cut <= from);
        if let Some((at, within)) = &self.over
            && *at == before
        {
            return within.clone();
        }
        let within: Vec<usize> =
            (0..passages.len()).filter(|number| passages[*number].range.contains(&from)).collect();
        self.over = Some((before, within.clone()));
        within
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
        let first = self.marks.cuts.partition_point(|cut| *cut <= start);
        let mut from = start;
        for next in first.. {
            if from == end {
                break;
            }
            let to = self.marks.cuts.get(next).map_or(end, |cut| end.min(*cut));
            let within = self.marks.over(&self.passages, from);
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
            from = to;
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
            let linked = self.open_links.contains(&true);
            self.out.slot(Slot::MarkOpen { passage: *number, first, linked });
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
                self.out.slot(Slot::PassageSign(number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Anchor, Slot, read};
    use crate::content::claim::Quote;
    use crate::content::file::split;
    use crate::content::{Files, Reading};
    use crate::source::Source;

    fn marked(text: &str, quotes: &[&str]) -> String {
        let site = "title: Meja\nbase_url: https://example.org/\nlanguage: id\n".to_owned();
        let (config, _) = crate::config::read(&Source::new("site.yaml", site));
        let file = split(Source::new("content/articles/a.md", format!("---\n---\n{text}"))).unwrap();
        let anchors: Vec<Anchor> = quotes
            .iter()
            .map(|exact| Anchor {
                claim: (*exact).to_owned(),
                mention: false,
                quote: Quote { exact: (*exact).to_owned(), prefix: None, suffix: None },
                path: Vec::new(),
            })
            .collect();
        let (body, _) = read(&file, &anchors, &Reading::new(&config, &Files::default(), "articles"));
        let mut out = String::new();
        let mut from = 0;
        for (at, slot) in &body.slots {
            out.push_str(&body.html[from..*at]);
            from = *at;
            match slot {
                Slot::MarkOpen { passage, .. } => out.push_str(&format!("[{passage}")),
                Slot::MarkClose => out.push(']'),
                Slot::PassageSign(passage) => out.push_str(&format!("<{passage}>")),
                _ => {}
            }
        }
        out + &body.html[from..]
    }

    #[test]
    fn passages_touch_overlap_and_begin_inside_emphasis() {
        assert_eq!(
            marked("a b *c d* e f\n\ng h", &["b c", "c d e", "f", "e"]),
            "<p>a [0b ]<em>[0[1c]]<0>[1 d]</em>[1 ][1[3e]]<1><3> [2f]<2></p>\n<p>g h</p>\n"
        );
        assert_eq!(marked("a b c d", &["c d", "a b"]), "<p>[1a b]<1> [0c d]<0></p>\n");
    }

    #[test]
    fn many_passages_and_many_events_are_no_product() {
        let words: Vec<String> = (0..2_000).map(|number| format!("kata{number}")).collect();
        let quotes: Vec<&str> = words.iter().step_by(10).map(String::as_str).collect();
        let text = format!("{}\n\n{}", words.join(" "), "*b* \\& ".repeat(40_000));
        assert_eq!(marked(&text, &quotes).matches(']').count(), quotes.len());
    }
}
