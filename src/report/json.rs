//! Diagnostics for programs.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label, Place, Severity};
use crate::source::{Source, Span};

/// The version of the shape. New keys may come without a new number; a key that goes or changes
/// its meaning raises it. `docs/diagnostics.schema.json` has the shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    diagnostics: Vec<Problem<'a>>,
}

#[derive(Serialize)]
pub(super) struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    label: &'a str,
    help: &'a [String],
    related: Vec<Related<'a>>,
    fix: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    message: &'a str,
}

/// The end is the place after the last character; all are null for a file as a whole.
#[derive(Serialize, Default)]
struct Range {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The diagnostics as one line of JSON, without a line end:
///
/// ```json
/// {"version":1,"diagnostics":[{"code","severity","message","file",
///   "line","column","end_line","end_column","label","help":[...],
///   "related":[{"file","line","column","end_line","end_column","message"}],
///   "fix":{"line","column","end_line","end_column","text"}}]}
/// ```
///
/// `severity` is `error` or `warning`; `file` is the path from the site's root. Lines and columns
/// count from 1, columns in characters, the end is exclusive; all four are null when the file as a
/// whole is meant. `fix` is null, or the place in `file` and the `text` that is to stand there instead:
/// what `meja check --fix` does. `label` and `message` may be empty. Texts are as the files have them: a program
/// that shows them guards its own screen.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let report = Report { version: VERSION, diagnostics: diagnostics.iter().map(problem).collect() };
    // Strings, numbers and lists only: nothing here can fail to be written.
    serde_json::to_string(&report).unwrap_or_default()
}

pub(super) fn problem(diagnostic: &Diagnostic) -> Problem<'_> {
    let (range, label) = match &diagnostic.place {
        Place::At(label) => (range(label), label.message.as_str()),
        Place::File(_) => (Range::default(), ""),
    };
    Problem {
        code: diagnostic.code.name(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        file: diagnostic.path(),
        range,
        label,
        help: &diagnostic.help,
        related: diagnostic.others.iter().map(related).collect(),
        fix: diagnostic
            .fix
            .as_ref()
            .map(|fix| Change { range: between(&fix.source, &fix.span), text: &fix.text }),
    }
}

fn related(label: &Label) -> Related<'_> {
    Related { file: &label.source.path, range: range(label), message: &label.message }
}

fn range(label: &Label) -> Range {
    between(&label.source, &label.span)
}

fn between(source: &Source, span: &Span) -> Range {
    let start = source.line_column(span.start);
    let end = source.line_column(span.end.max(span.start));
    Range {
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Source;

    #[test]
    fn the_shape_is_exact() {
        let article = Source::new("content/a.md", "\u{feff}---\r\nverdict: salah é\r\n---\r\n");
        let site = Source::new("site.yaml", "ratings: tempo\n");
        let start = article.text.find("salah").unwrap_or_default();
        let diagnostics = [
            Diagnostic::at(
                Code::UnknownVerdict,
                &article,
                start..start + "salah é".len(),
                "unknown verdict `salah é`",
            )
            .label("not on the scale")
            .other(&site, 9..14, "the scale is set here")
            .help("use `keliru`")
            .fix(start..start + "salah é".len(), "keliru"),
            Diagnostic::file(Code::NotUtf8, "content/b.md", "not \"UTF-8\""),
        ];
        assert_eq!(
            json(&diagnostics),
            concat!(
                r#"{"version":1,"diagnostics":["#,
                r#"{"code":"unknown-verdict","severity":"error","message":"unknown verdict `salah é`","#,
                r#""file":"content/a.md","line":2,"column":10,"end_line":2,"end_column":17,"#,
                r#""label":"not on the scale","help":["use `keliru`"],"#,
                r#""related":[{"file":"site.yaml","line":1,"column":10,"end_line":1,"end_column":15,"#,
                r#""message":"the scale is set here"}],"#,
                r#""fix":{"line":2,"column":10,"end_line":2,"end_column":17,"text":"keliru"}},"#,
                r#"{"code":"not-utf8","severity":"error","message":"not \"UTF-8\"","#,
                r#""file":"content/b.md","line":null,"column":null,"end_line":null,"end_column":null,"#,
                r#""label":"","help":[],"related":[],"fix":null}]}"#
            )
        );
        assert_eq!(json(&[]), r#"{"version":1,"diagnostics":[]}"#);
    }
}
