//! Mends what a machine can mend: changes to a file's text, and nothing else of it.

use crate::diagnostic::Fix;
use crate::source::{Source, Span};
use crate::yaml::{Yaml, parse};

/// A file's text after its mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many changes were made.
    pub made: usize,
    /// How many were left for the next time, because they touch one that was made.
    pub left: usize,
}

/// Makes the changes in the order of their places. All are of one file; two that are the same are
/// one.
pub fn mend(source: &Source, fixes: &[&Fix]) -> Mended {
    let mut order: Vec<&Fix> = fixes.to_vec();
    order.sort_by(|a, b| (a.span.start, a.span.end, &a.text).cmp(&(b.span.start, b.span.end, &b.text)));
    order.dedup_by(|a, b| a.span == b.span && a.text == b.text);
    let mut mended = Mended { text: String::with_capacity(source.text.len()), made: 0, left: 0 };
    let mut at = 0;
    let mut last: Option<&Span> = None;
    for fix in order {
        let touches = last.is_some_and(|last| fix.span.start < last.end || fix.span == *last);
        let fits = source.text.get(fix.span.clone()).is_some();
        if touches || !fits {
            mended.left += 1;
            continue;
        }
        mended.text.push_str(&source.text[at..fix.span.start]);
        mended.text.push_str(&fix.text);
        at = fix.span.end;
        last = Some(&fix.span);
        mended.made += 1;
    }
    mended.text.push_str(&source.text[at..]);
    mended
}

/// Whether the YAML after one change still is YAML.
pub(super) fn still_yaml(yaml: &Yaml, span: &Span, text: &str) -> bool {
    changed(yaml, span, text).is_some_and(|yaml| parse(&yaml).is_ok())
}

/// The YAML after one change.
pub(super) fn changed(yaml: &Yaml, span: &Span, text: &str) -> Option<Yaml> {
    let before = yaml.text().get(..span.start.checked_sub(yaml.span.start)?)?;
    let after = yaml.source.text.get(span.end..yaml.span.end)?;
    let source = Source::new(yaml.source.path.as_str(), format!("{before}{text}{after}"));
    Some(Yaml::whole(&source))
}

/// The lines of an entry whose key stands at `key`, with its continuation lines. If it is the only
/// entry of `group`, the lines of the group. `None` if they cannot go without touching others.
pub(super) fn entry_lines(yaml: &Yaml, key: &Span, group: &str, only: bool) -> Option<Span> {
    let text = &yaml.source.text;
    let line = text[..key.start].rfind('\n').map_or(0, |at| at + 1).max(yaml.span.start);
    let before = &text[line..key.start];
    let begins_group = before.trim_start().strip_prefix(group).is_some_and(|rest| rest.starts_with(':'));
    let start = if begins_group && only {
        // `allow: {rule: why}`: the group is this line.
        line
    } else if before.trim().is_empty() && !before.is_empty() {
        let above = text[..line].trim_end_matches(['\n', '\r']);
        let above = above.rfind('\n').map_or(0, |at| at + 1);
        let is_head = text[above..line].trim_end().strip_suffix(':') == Some(group);
        if only && is_head { above } else { line }
    } else {
        return None;
    };
    let span = start..block_end(yaml, start, key.start);
    still_yaml(yaml, &span, "").then_some(span)
}

/// The lines of the whole group whose key stands at `key`, at the beginning of its line.
pub(super) fn group_lines(yaml: &Yaml, key: &Span) -> Option<Span> {
    let span = key.start..block_end(yaml, key.start, key.start);
    let begins_line = key.start == yaml.span.start || yaml.source.text[..key.start].ends_with('\n');
    (begins_line && still_yaml(yaml, &span, "")).then_some(span)
}

/// The end of what is indented further than the line at `start`, from the line at `last` on.
fn block_end(yaml: &Yaml, start: usize, last: usize) -> usize {
    let text = &yaml.source.text;
    let depth = indent(&text[start..]);
    let mut end = after_line(text, last);
    let mut next = end;
    while next < yaml.span.end {
        let after = after_line(text, next);
        let is_blank = text[next..after].trim().is_empty();
        if !is_blank && indent(&text[next..]) <= depth {
            break;
        }
        next = after;
        if !is_blank {
            end = next;
        }
    }
    end.min(yaml.span.end)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn after_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::yaml::{Part, Spot};

    fn fix(source: &Arc<Source>, span: Span, text: &str) -> Fix {
        Fix { source: Arc::clone(source), span, text: text.to_owned() }
    }

    #[test]
    fn what_is_not_mended_stays_byte_for_byte() {
        let source = Source::new("a.md", "\u{feff}---\r\nsatu: 1 # a\r\ndua: é\r\n");
        let one = source.text.find("satu").unwrap();
        let two = source.text.find('é').unwrap();
        let fixes = [fix(&source, two..two + 2, "e"), fix(&source, one..one + 4, "SATU")];
        let mended = mend(&source, &fixes.iter().collect::<Vec<_>>());
        assert_eq!(mended.text, "\u{feff}---\r\nSATU: 1 # a\r\ndua: e\r\n");
        assert_eq!((mended.made, mended.left), (2, 0));
    }

    #[test]
    fn changes_that_touch_each_other_wait() {
        let source = Source::new("a.md", "abcdef");
        let fixes = [
            fix(&source, 0..3, "x"),
            fix(&source, 2..4, "y"),
            fix(&source, 3..3, "z"),
            fix(&source, 3..3, "z"),
            fix(&source, 9..12, "!"),
        ];
        let mended = mend(&source, &fixes.iter().collect::<Vec<_>>());
        assert_eq!(mended.text, "xzdef");
        assert_eq!((mended.made, mended.left), (2, 2));
    }

    #[test]
    fn the_lines_of_an_exception_go_and_no_others() {
        for (before, after) in [
            ("a: 1\nallow:\n  satu: x\n  dua: y\nb: 2\n", "a: 1\nallow:\n  dua: y\nb: 2\n"),
            ("a: 1\nallow:\n  satu: >-\n    x\n\n    y\n  dua: y\n", "a: 1\nallow:\n  dua: y\n"),
            ("a: 1\r\nallow:\r\n  satu: x\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
            ("allow: {satu: x}\nb: 2\n", "b: 2\n"),
        ] {
            let yaml = Yaml::whole(&Source::new("a.yaml", before));
            let key = yaml.find(&[Part::key("allow"), Part::key("satu")], Spot::Key);
            let span = entry_lines(&yaml, &key, "allow", !before.contains("dua")).unwrap();
            assert_eq!(mend(&yaml.source, &[&fix(&yaml.source, span, "")]).text, after);
        }
        let yaml = Yaml::whole(&Source::new("a.yaml", "allow: {satu: x, dua: y}\n"));
        let key = yaml.find(&[Part::key("allow"), Part::key("satu")], Spot::Key);
        assert_eq!(entry_lines(&yaml, &key, "allow", false), None);
    }
}
