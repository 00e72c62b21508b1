//! The claim that a new article shows as comments, and how it goes once there is one.

use std::sync::Arc;

use super::words::{ALL, Words};
use crate::content::front_matter;
use crate::source::Source;
use crate::yaml::{Node, is_safe_id, quoted, scalar};

/// The lines, for a claim that may be known already.
pub(super) fn scaffold(claim: Option<(&str, &str)>, verdicts: &[(String, String)], words: &Words) -> String {
    let (id, claim) = claim.unwrap_or(("lasting-id", ""));
    block(&scalar(&Node::Text(id.to_owned())), &quoted(claim), verdicts, words)
}

fn block(id: &str, claim: &str, verdicts: &[(String, String)], words: &Words) -> String {
    let Words { claim: instead, quote, .. } = words;
    format!(
        "# {instead}\n# claims:\n#   - id: {id}\n#     claim: {claim}\n#     verdict:         # {}\n\
         #     finding: \"\"\n#     quote: \"\"        # {quote}\n#     sources:\n\
         #       - {{ title: \"\", publisher: \"\", url: \"\", archived: \"\", stance: refutes }}\n",
        choices(verdicts)
    )
}

/// The article without those lines, if they are still what was written. What somebody put into them stays.
pub fn without_scaffold(source: &Arc<Source>, verdicts: &[(String, String)]) -> Arc<Source> {
    let text = &source.text;
    let Ok(yaml) = front_matter(Arc::clone(source)) else { return Arc::clone(source) };
    let front = &text[yaml.span.clone()];
    for words in ALL {
        let Some(start) = begin(front, words) else { continue };
        let Some(written) = as_written(&front[start..], verdicts, words) else { continue };
        let at = yaml.span.start + start;
        let rest = &text[at + written..];
        return Source::new(source.path.as_str(), format!("{}{rest}", &text[..at]));
    }
    Arc::clone(source)
}

/// Where the first of the lines begins.
fn begin(front: &str, words: &Words) -> Option<usize> {
    let first = format!("# {}", words.claim);
    front.match_indices(&first).map(|(at, _)| at).find(|at| *at == 0 || front[..*at].ends_with('\n'))
}

/// How long the lines are, if nobody changed them: the id goes with the claim, and all else is known.
fn as_written(lines: &str, verdicts: &[(String, String)], words: &Words) -> Option<usize> {
    let value = |line: usize, key: &str| lines.lines().nth(line)?.strip_prefix(key);
    let id = value(2, "#   - id: ")?;
    let claim = value(3, "#     claim: ")?;
    let said = claim.strip_prefix('"')?.strip_suffix('"')?;
    let suggested = match crate::slug::slug(said) {
        _ if said.is_empty() => "lasting-id".to_owned(),
        slug if is_safe_id(&slug) => slug,
        _ => "claim".to_owned(),
    };
    // An id that was taken has a number.
    let number =
        id.trim_matches('"').strip_prefix(&suggested).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    let is_suggested = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let mut written = block(id, claim, verdicts, words);
    if lines.lines().next()?.len() < lines.find('\n')? {
        written = written.replace('\n', "\r\n");
    }
    (is_suggested && lines.starts_with(&written)).then_some(written.len())
}

/// Ids with their names, on one line that may follow a `#`.
pub(super) fn choices(of: &[(String, String)]) -> String {
    let shown: Vec<String> = of.iter().map(|(id, name)| format!("{id} ({})", in_comment(name))).collect();
    shown.join(", ")
}

/// A text that cannot end a comment.
fn in_comment(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn left(text: &str) -> String {
        without_scaffold(&Source::new("a.md", text), &verdicts()).text.clone()
    }

    fn verdicts() -> Vec<(String, String)> {
        vec![("no".to_owned(), "No: # not".to_owned())]
    }

    #[test]
    fn what_was_written_goes_and_what_was_edited_stays() {
        let claims = [
            None,
            Some(("a-b", "A b!")),
            Some(("a-b-2", "A b!")),
            Some(("claim", "???")),
            Some(("true", "True?")),
        ];
        for language in ["en", "id"] {
            for claim in claims {
                let lines = scaffold(claim, &verdicts(), words(language));
                let file = format!("---\ntitle: a\n{lines}# mine\n---\n{lines}");
                let bare = format!("---\ntitle: a\n# mine\n---\n{lines}");
                assert_eq!(left(&file), bare);
                assert_eq!(left(&file.replace('\n', "\r\n")), bare.replace('\n', "\r\n"));
                for (from, to) in [
                    ("finding: \"\"", "finding: \"x\""),
                    ("verdict:  ", "verdict: no"),
                    ("#     claim: \"", "#     claim: \"Other "),
                    ("- id: ", "- id: other-"),
                    ("# claims:", "claims:"),
                ] {
                    let edited = file.replacen(from, to, 1);
                    assert_eq!(left(&edited), edited, "{from}");
                }
            }
        }
        assert_eq!(left("no front matter"), "no front matter");
    }

    #[test]
    fn a_name_cannot_end_a_comment() {
        assert_eq!(in_comment("a\nb\u{85}c\u{2028}d\u{0}"), "a b c d");
    }
}
