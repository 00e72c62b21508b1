//! The small Markdown of explanations, for a terminal: headings, paragraphs, blocks of code.

/// As plain text: headings without their signs, code indented.
pub(super) fn plain(text: &str) -> String {
    explanation(text, false)
}

/// For people: headings stand out where there is colour, code is indented, paragraphs are as they are written.
pub fn explanation(text: &str, colour: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code && !line.is_empty() {
            out.push_str(&format!("    {line}\n"));
        } else if let Some(heading) = line.strip_prefix("## ").filter(|_| !in_code) {
            let (on, off) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            out.push_str(&format!("{on}{heading}{off}\n"));
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_out_and_code_is_indented() {
        let text = "## Why\n\nBecause of `x`.\n\n```yaml\n## no heading\n\na: 1\n```\n\nThen.\n";
        let shown = "Why\n\nBecause of `x`.\n\n    ## no heading\n\n    a: 1\n\nThen.\n";
        assert_eq!(explanation(text, false), shown);
        assert!(explanation(text, true).starts_with("\u{1b}[1mWhy\u{1b}[0m\n\nBecause"));
    }
}
