//! Diagnostics for people: the message, the place, the words in question underlined.

use annotate_snippets::{Element, Group, Level, Origin, Renderer};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::report::excerpt::{excerpts, mend_places};
use crate::report::visible;

/// Wide enough that the renderer never cuts a line: the excerpts are cut already.
const UNCUT: usize = 100_000;

/// Every diagnostic in the given order, each followed by an empty line. Lines and columns count
/// from 1, columns in characters. With `colour`, styled by ANSI escape sequences; those are the
/// only control characters in the text besides line ends, whatever the files hold.
pub fn terminal(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(UNCUT);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&mend_places(&renderer.render(&[group(diagnostic)])));
        text.push_str("\n\n");
    }
    text
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible::paragraph(&diagnostic.message)).id(diagnostic.code.name());
    let (label, whole_file) = match &diagnostic.place {
        Place::At(label) => (Some(label), None),
        Place::File(path) => (None, Some(Origin::path(visible::phrase(path)).into())),
    };
    let mut elements: Vec<Element<'_>> = whole_file.into_iter().collect();
    elements.extend(excerpts(label, &diagnostic.others).iter().map(|excerpt| excerpt.snippet().into()));
    elements.extend(diagnostic.help.iter().map(|help| Level::HELP.message(visible::paragraph(help)).into()));
    title.elements(elements)
}

#[cfg(test)]
#[path = "terminal_tests.rs"]
mod tests;
