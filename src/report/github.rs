//! Diagnostics as annotations of GitHub Actions: commands in the log that GitHub shows at the lines they name
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use super::visible;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// One command a line. `prefix` is the path of the desk's folder within the repository, empty or ending in
/// `/`: GitHub wants paths from the repository's root.
///
/// Columns are left out where the words stand on several lines: GitHub would not take them.
pub fn github(diagnostics: &[Diagnostic], prefix: &str) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut properties = vec![("file", property(&format!("{prefix}{}", diagnostic.path())))];
        if let Place::At(label) = &diagnostic.place {
            let start = label.source.line_column(label.span.start);
            let end = label.source.line_column(label.span.end.max(label.span.start));
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.to_string()));
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
        }
        properties.push(("title", property(diagnostic.code.name())));
        let properties: Vec<String> =
            properties.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let words = data(&super::words(diagnostic));
        text.push_str(&format!("::{command} {}::{words}\n", properties.join(",")));
    }
    text
}

/// A complaint of the program itself, which stands in no file.
pub fn github_error(message: &str, help: Option<&str>) -> String {
    let words = help.map_or_else(|| message.to_owned(), |help| format!("{message}\nhelp: {help}"));
    format!("::error title=meja::{}\n", data(&words))
}

/// Words that are shown: what a terminal would obey is made visible, as the log is shown in one too.
fn data(words: &str) -> String {
    visible::paragraph(words).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between commas. It is matched with a name of a file, so nothing else is changed.
fn property(words: &str) -> String {
    let data = words.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    data.replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Source;

    #[test]
    fn places_are_those_of_the_repository() {
        let article = Source::new("content/articles/a b,c.md", "---\ntitle: \"é😀 x\"\nlong: 1\n");
        let site = Source::new("site.yaml", "ratings: tempo\n");
        let start = article.text.find("é😀").unwrap_or_default();
        let found = [
            Diagnostic::at(Code::LongClaim, &article, start..start + "é😀".len(), "100 % wrong")
                .label("here, too")
                .other(&site, 9..14, "the scale")
                .help("write:\n  a: b"),
            Diagnostic::at(Code::YamlSyntax, &article, 4..25, "two lines"),
            Diagnostic::file(Code::NotUtf8, "content/b.md", "not UTF-8"),
        ];
        assert_eq!(
            github(&found, "desk/"),
            concat!(
                "::warning file=desk/content/articles/a b%2Cc.md,line=2,endLine=2,col=9,endColumn=11,title=long-claim",
                "::100 %25 wrong%0Ahere, too%0Asite.yaml:1:10: the scale%0Ahelp: write:%0A  a: b\n",
                "::error file=desk/content/articles/a b%2Cc.md,line=2,endLine=3,title=yaml-syntax::two lines\n",
                "::error file=desk/content/b.md,title=not-utf8::not UTF-8\n",
            )
        );
        assert_eq!(github(&[], ""), "");
    }

    #[test]
    fn no_text_can_end_its_command_or_begin_another() {
        let nasty = "a\r\n::error file=x::b\t\u{1b}[31m\u{202e}c ::stop-commands::t %0A";
        let found = [Diagnostic::file(Code::NotUtf8, "x\n::add-mask::y:1,title=z.md", nasty).help(nasty)];
        let text = github(&found, "");
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            text.starts_with("::error file=x%0A%3A%3Aadd-mask%3A%3Ay%3A1%2Ctitle=z.md,title=not-utf8::a")
        );
        assert!(text.contains("%250A") && !text.contains(['\u{1b}', '\u{202e}', '\t', '\r']), "{text}");
        assert_eq!(github_error("no\nport", Some("50 %")), "::error title=meja::no%0Aport%0Ahelp: 50 %25\n");
    }
}
