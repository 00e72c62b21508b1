use std::sync::Arc;

use super::*;
use crate::diagnostic::Code;
use crate::source::Source;

/// A problem at the first `words` in `source`.
fn at(source: &Arc<Source>, words: &str) -> Diagnostic {
    let start = source.text.find(words).unwrap_or_default();
    Diagnostic::at(Code::UnknownKey, source, start..start + words.len(), "message")
}

fn plain(diagnostic: Diagnostic) -> String {
    terminal(&[diagnostic], false)
}

#[test]
fn a_label_other_labels_and_help_are_shown() {
    let article = Source::new(
        "content/a.md",
        "---\nclaims:\n  - verdict: salah\n    finding: x\n    verdict: benar\n---\n",
    );
    let site = Source::new("site.yaml", "title: x\nratings: tempo\n");
    let shown = plain(
        at(&article, "salah")
            .label("not on the scale")
            .other(&article, 59..64, "and again")
            .other(&site, 18..23, "the scale is set here")
            .help("did you mean `keliru`?")
            .help("add the verdict:\nid: salah"),
    );
    assert_eq!(
        shown,
        "\
error[unknown-key]: message
 --> content/a.md:3:14
  |
3 |   - verdict: salah
  |              ^^^^^ not on the scale
4 |     finding: x
5 |     verdict: benar
  |              ----- and again
  |
 ::: site.yaml:2:10
  |
2 | ratings: tempo
  |          ----- the scale is set here
  |
  = help: did you mean `keliru`?
  = help: add the verdict:
          id: salah

"
    );
}

#[test]
fn a_far_label_of_the_same_file_is_an_excerpt_of_its_own() {
    let text = format!("id: a\n{}id: b\n", "\n".repeat(9_998));
    let end = text.len();
    let article = Source::new("a.md", text);
    let shown = plain(at(&article, "a").other(&article, end - 2..end - 1, "second"));
    assert_eq!(
        shown,
        "\
error[unknown-key]: message
     --> a.md:1:5
      |
    1 | id: a
      |     ^
      |
     ::: a.md:10000:5
      |
10000 | id: b
      |     - second

"
    );
}

#[test]
fn byte_order_mark_crlf_tabs_and_wide_characters_keep_the_column() {
    let article = Source::new("a.md", "\u{feff}é: x\r\n\té: 漢字 kata\r\n");
    assert_eq!(
        plain(at(&article, "x")),
        "\
error[unknown-key]: message
 --> a.md:1:4
  |
1 | é: x
  |    ^

"
    );
    assert_eq!(
        plain(at(&article, "kata\r\n")),
        "\
error[unknown-key]: message
 --> a.md:2:8
  |
2 |     é: 漢字 kata
  |             ^^^^

"
    );
}

#[test]
fn points_and_the_end_of_the_file_have_a_place() {
    let article = Source::new("a.md", "satu\ndua\n");
    let point = |at| plain(Diagnostic::at(Code::UnknownKey, &article, at..at, "message"));
    let end = "\
error[unknown-key]: message
 --> a.md:3:1
  |
3 |
  | ^

";
    assert_eq!(point(9), end);
    assert_eq!(point(99), end);
    assert_eq!(
        point(4),
        "\
error[unknown-key]: message
 --> a.md:1:5
  |
1 | satu
  |     ^

"
    );
    let empty = Source::new("a.md", "");
    assert_eq!(
        plain(Diagnostic::at(Code::EmptyFile, &empty, 0..0, "nothing").help("write")),
        "\
error[empty-file]: nothing
 --> a.md:1:1
  |
1 |
  | ^
  |
  = help: write

"
    );
}

#[test]
fn a_span_over_a_few_lines_is_drawn_and_a_longer_one_is_cut() {
    let article = Source::new("a.md", "a: b\nc: d\ne: f\ng\nh\ni\nj\n");
    assert_eq!(
        plain(at(&article, "b\nc: d\ne").label("all this")),
        "\
error[unknown-key]: message
 --> a.md:1:4
  |
1 |   a: b
  |  ____^
2 | | c: d
3 | | e: f
  | |_^ all this

"
    );
    assert_eq!(
        plain(at(&article, "b\nc: d\ne: f\ng\nh\ni").label("from here")),
        "\
error[unknown-key]: message
 --> a.md:1:4
  |
1 | a: b
  |    ^ from here

"
    );
}

#[test]
fn a_long_line_is_cut_around_the_words() {
    let text = format!("{}kata{}", "é".repeat(3_000), "x".repeat(5_000_000));
    let minified = Source::new("a.md", text);
    let shown = plain(at(&minified, "kata").label("here").other(&minified, 6_004..6_006, "near").other(
        &minified,
        4_000_000..4_000_001,
        "far",
    ));
    let lead = "é".repeat(40);
    let tail = "x".repeat(76);
    let around = "x".repeat(120);
    assert_eq!(
        shown,
        format!(
            "\
error[unknown-key]: message
 --> a.md:1:3001
  |
1 | ...{lead}kata{tail}...
  |    {space}^^^^-- near
  |    {space}|
  |    {space}here
  |
 ::: a.md:1:3997001
  |
1 | ...{around}...
  |    {space}- far

",
            space = " ".repeat(40)
        )
    );
    let all = Diagnostic::at(Code::UnknownKey, &minified, 0..minified.text.len(), "message");
    assert!(plain(all).len() < 700);
}

#[test]
fn a_file_as_a_whole_has_only_its_path() {
    let warning = Diagnostic::file(Code::RawHtml, "content/a.md", "whole");
    assert_eq!(plain(warning), "warning[raw-html]: whole\n--> content/a.md\n\n");
    let site = Source::new("site.yaml", "logo: a.png\n");
    let shown = plain(
        Diagnostic::file(Code::MissingFile, "static/a.png", "no such file")
            .other(&site, 6..11, "asked for here")
            .help("add it"),
    );
    assert_eq!(
        shown,
        "\
error[missing-file]: no such file
 --> static/a.png
  |
 ::: site.yaml:1:7
  |
1 | logo: a.png
  |       ----- asked for here
  |
  = help: add it

"
    );
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
    let evil = Source::new("a\u{1b}[2J.md", "x\u{1b}[31m\u{202e}\u{9b}y: z\n");
    let shown = plain(at(&evil, "y").label("l\u{7}\nl").help("h\u{200f}h").other(&evil, 0..1, "o\u{1b}"));
    assert_eq!(
        shown,
        "\
error[unknown-key]: message
 --> a␛[2J.md:1:9
  |
1 | x␛[31m��y: z
  | - o␛    ^ l␇␊l
  |
  = help: h�h

"
    );
}

#[test]
fn colour_only_adds_styles() {
    let article = Source::new("a.md", "judul: x\n");
    let problem = [at(&article, "judul").label("unknown").help("use `title`")];
    let styled = terminal(&problem, true);
    assert!(styled.starts_with("\u{1b}["));
    let mut bare = String::new();
    for (number, part) in styled.split("\u{1b}[").enumerate() {
        let style_end = if number == 0 { 0 } else { part.find('m').map_or(0, |at| at + 1) };
        bare.push_str(&part[style_end..]);
    }
    assert_eq!(bare, terminal(&problem, false));
}

/// Texts of awkward characters with arbitrary spans: the place is always the source's own, and
/// neither a panic nor a control character comes of it.
#[test]
fn any_span_of_any_text_is_shown_at_its_place() {
    let pieces = [
        "a",
        "b ",
        "é",
        "漢",
        "😀",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u{feff}",
        "\u{1b}",
        "e\u{301}",
        "\u{200d}",
        "\u{202e}",
        "   ",
        "kata kata kata kata kata kata kata kata kata",
    ];
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for _ in 0..20_000 {
        let text: String = (0..next(24)).map(|_| pieces[next(pieces.len())]).collect();
        let source = Source::new("a.md", text);
        let size = source.text.len() + 2;
        let mut span = || {
            let (one, two) = (next(size), next(size));
            one.min(two)..one.max(two)
        };
        let (first, second, third) = (span(), span(), span());
        let place = source.line_column(first.start);
        let shown = plain(
            Diagnostic::at(Code::UnknownKey, &source, first, "message")
                .label("label")
                .other(&source, second, "other")
                .other(&source, third, ""),
        );
        let head = format!("--> a.md:{}:{}\n", place.line, place.column);
        assert!(shown.contains(&head), "{:?}\n{shown}", source.text);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{:?}\n{shown}", source.text);
    }
}
