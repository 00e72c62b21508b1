//! `heading-skipped`: headings are how a reader with a screen reader moves about.

use std::sync::Arc;

use crate::check::{Find, Rule};
use crate::content::markdown::{Body, Heading};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

pub(super) const RULE: Rule = Rule { code: Code::HeadingSkipped, find: Find::Text(find) };

fn find(source: &Arc<Source>, body: &Body, found: &mut Vec<Diagnostic>) {
    // The title is the one heading above all of them.
    let mut above: Option<&Heading> = None;
    for heading in &body.headings {
        let level = above.map_or(1, |above| above.level);
        if heading.level > level + 1 {
            let message = format!("after a heading of level {level} comes one of level {}", heading.level);
            let wanted = "#".repeat(usize::from(level) + 1);
            let diagnostic = Diagnostic::at(Code::HeadingSkipped, source, heading.span.clone(), message)
                .help(format!(
                    "begin it with `{wanted}`: levels say what belongs to what, not how large \
                    it is"
                ));
            found.push(match above {
                Some(above) => diagnostic.other(source, above.span.clone(), "the heading before"),
                None => diagnostic.label("the title is the heading before"),
            });
        }
        above = Some(heading);
    }
}
