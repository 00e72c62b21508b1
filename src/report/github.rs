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
    use std::collections::BTreeMap;

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

    /// A command as the runner of GitHub Actions reads it: the properties, and the words.
    fn obeyed(line: &str) -> (BTreeMap<String, String>, String) {
        let (head, words) =
            line.strip_prefix("::").and_then(|rest| rest.split_once("::")).unwrap_or_default();
        let (_, properties) = head.split_once(' ').unwrap_or_default();
        let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
        let property = |text: &str| data(text).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        let properties = properties.split(',').filter_map(|pair| pair.split_once('='));
        let properties = properties.map(|(name, value)| (name.to_owned(), property(value)));
        (properties.collect(), data(words).replace("%25", "%"))
    }

    #[test]
    fn every_special_character_is_read_as_it_was() {
        let path = "content/50 %, a:b=c %2C%0A\r\n::error::.md";
        let source = Source::new(path, "satu: dua, tiga\n");
        let words = "100 %: a, b; %0D%25\n::warning::c";
        let found = Diagnostic::at(Code::LongClaim, &source, 6..9, words);
        let text = github(&[found], "our, desk: 1 %/");
        assert_eq!(
            text,
            concat!(
                "::warning file=our%2C desk%3A 1 %25/content/50 %25%2C a%3Ab=c %252C%250A%0D%0A%3A%3Aerror%3A%3A.md,",
                "line=1,endLine=1,col=7,endColumn=10,title=long-claim",
                "::100 %25: a, b; %250D%2525%0A::warning::c\n",
            )
        );
        let (properties, said) = obeyed(text.trim_end_matches('\n'));
        assert_eq!(properties["file"], format!("our, desk: 1 %/{path}"));
        assert_eq!(
            properties.keys().collect::<Vec<_>>(),
            ["col", "endColumn", "endLine", "file", "line", "title"]
        );
        assert_eq!(said, words);
        assert_eq!(data("a\rb"), "a\u{240d}b", "a lone return is shown, as it would move the cursor");
        assert_eq!(property("a\rb\nc%0D"), "a%0Db%0Ac%250D");
    }

    #[test]
    fn columns_count_characters_whatever_stands_before_and_however_lines_end() {
        let text = "\u{feff}---\r\njudul: \"é😀e\u{301}\", salah\r\n\tkosong\r\n";
        let source = Source::new("a.md", text);
        let at = |words: &str| {
            let start = source.text.find(words).unwrap_or_default();
            let found = Diagnostic::at(Code::LongClaim, &source, start..start + words.len(), "x");
            let line = github(&[found], "");
            let (properties, _) = obeyed(&line);
            ["line", "endLine", "col", "endColumn"]
                .map(|name| properties.get(name).cloned().unwrap_or_default())
        };
        assert_eq!(at("---"), ["1", "1", "1", "4"], "a byte order mark is no column");
        assert_eq!(at("salah"), ["2", "2", "16", "21"]);
        assert_eq!(at("kosong"), ["3", "3", "2", "8"], "a tab is one column");
        assert_eq!(at("salah\r\n\tkosong"), ["2", "3", "", ""], "no columns over several lines");
        let empty = github(&[Diagnostic::at(Code::LongClaim, &source, 0..0, "x")], "");
        assert!(empty.contains(",line=1,endLine=1,col=1,endColumn=1,"), "{empty}");
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
