//! Diagnostics as text: for the terminal and for programs.
//!
//! Stages collect [`Diagnostic`]s and never print. Each way to show them is one file here, and all
//! of them take the same slice in the order [`crate::diagnostic::sort`] gave it.

mod evidence;
mod excerpt;
mod github;
mod json;
mod markdown;
mod published;
mod sarif;
mod terminal;
mod visible;

pub use evidence::{evidence_json, evidence_lines, evidence_markdown};
pub use github::{github, github_error};
pub use json::json;
pub use markdown::explanation;
pub use published::{changes, changes_json};
pub use sarif::sarif;
pub use terminal::terminal;

use crate::diagnostic::{Diagnostic, Place, Severity};

/// How many errors and how many warnings there are.
pub fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// What a diagnostic says of its own place: the message, the remark there, and the ways to mend it, a line each.
fn said(diagnostic: &Diagnostic) -> String {
    lines(diagnostic, &[])
}

/// As [`said`], with the other places that matter, for those that show only one.
fn words(diagnostic: &Diagnostic) -> String {
    let others: Vec<String> = diagnostic
        .others
        .iter()
        .map(|label| {
            let at = label.source.line_column(label.span.start);
            let place = format!("{}:{}:{}", label.source.path, at.line, at.column);
            if label.message.is_empty() { place } else { format!("{place}: {}", label.message) }
        })
        .collect();
    lines(diagnostic, &others)
}

fn lines(diagnostic: &Diagnostic, others: &[String]) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    if let Place::At(label) = &diagnostic.place
        && !label.message.is_empty()
    {
        lines.push(label.message.clone());
    }
    lines.extend_from_slice(others);
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// The counts in words, without a line end: `2 errors and 1 warning`, or `no problems`.
pub fn summary_line(diagnostics: &[Diagnostic]) -> String {
    let (errors, warnings) = counts(diagnostics);
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// A number with its noun: `1 error`, `2 errors`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn counts_are_said_in_words() {
        let error = || Diagnostic::file(Code::EmptyFile, "a.md", "empty");
        let warning = || Diagnostic::file(Code::RawHtml, "a.md", "raw");
        assert_eq!(summary_line(&[]), "no problems");
        assert_eq!(summary_line(&[error()]), "1 error");
        assert_eq!(summary_line(&[warning(), warning()]), "2 warnings");
        let mixed = [error(), warning(), error()];
        assert_eq!(counts(&mixed), (2, 1));
        assert_eq!(summary_line(&mixed), "2 errors and 1 warning");
    }
}
