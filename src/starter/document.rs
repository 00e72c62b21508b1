//! The files of `meja new`: front matter that is valid as it stands, and what may come into it as comments.

use jiff::civil::Date;

use crate::slug::slug;
use crate::yaml::{is_safe_id, quoted};

/// An article to be begun, always as a draft.
#[derive(Debug, Clone)]
pub struct NewArticle<'a> {
    /// The headline.
    pub title: &'a str,
    /// The day it bears.
    pub date: Date,
    /// Ids or plain names.
    pub authors: &'a [String],
    /// Topics as written.
    pub topics: &'a [String],
    /// The id and the words of a claim it will check.
    pub claim: Option<(&'a str, &'a str)>,
    /// The desk's authors: id and name.
    pub people: &'a [(String, String)],
    /// The desk's verdicts: id and label.
    pub verdicts: &'a [(String, String)],
    /// The code of the desk's main language.
    pub language: &'a str,
}

impl NewArticle<'_> {
    /// The file.
    pub fn text(&self) -> String {
        let mut out = format!("---\ntitle: {}\ndate: {}\n", quoted(self.title), self.date);
        out.push_str(&format!("authors: {}\n", list(self.authors)));
        if !self.people.is_empty() {
            out.push_str(&format!("# Authors of the desk: {}\n", choices(self.people)));
        }
        if !self.topics.is_empty() {
            out.push_str(&format!("topics: {}\n", list(self.topics)));
        }
        let (id, claim) = self.claim.unwrap_or(("lasting-id", ""));
        out.push_str("status: draft    # take this line away to publish the article\n");
        out.push_str(
            "# `meja new claim FILE` asks for all of this and adds it above the `---` below.\n# claims:\n",
        );
        out.push_str(&format!("#   - id: {id}\n#     claim: {}\n", quoted(claim)));
        out.push_str(&format!("#     verdict:         # {}\n", choices(self.verdicts)));
        out.push_str(
            "#     finding: \"\"\n#     quote: \"\"        # words of the text that the claim stands on\n",
        );
        out.push_str("#     sources:\n#       - { title: \"\", publisher: \"\", url: \"\", archived: \"\", stance: refutes }\n");
        out.push_str(&format!("---\n{}\n", note(self.language)));
        out
    }
}

/// A page to be begun.
#[derive(Debug, Clone)]
pub struct NewPage<'a> {
    /// The headline.
    pub title: &'a str,
    /// One of the desk's policies.
    pub policy: Option<&'a str>,
    /// The code of the desk's main language.
    pub language: &'a str,
}

impl NewPage<'_> {
    /// The file.
    pub fn text(&self) -> String {
        let policy = self.policy.map(|policy| format!("policy: {policy}\n")).unwrap_or_default();
        format!("---\ntitle: {}\n{policy}---\n{}\n", quoted(self.title), note(self.language))
    }
}

/// A person or an organisation to be introduced.
#[derive(Debug, Clone)]
pub struct NewPerson<'a> {
    /// The name as readers see it.
    pub name: &'a str,
    /// `person` or `organization`.
    pub kind: &'a str,
    /// What it does for the desk.
    pub role: Option<&'a str>,
    /// A page about it.
    pub url: Option<&'a str>,
    /// Where it can be written to.
    pub email: Option<&'a str>,
    /// The code of the desk's main language.
    pub language: &'a str,
}

impl NewPerson<'_> {
    /// The file.
    pub fn text(&self) -> String {
        let mut out = format!("---\nname: {}\ntype: {}\n", quoted(self.name), self.kind);
        for (key, value) in [("role", self.role), ("url", self.url), ("email", self.email)] {
            if let Some(value) = value {
                out.push_str(&format!("{key}: {}\n", quoted(value)));
            }
        }
        out.push_str(&format!("---\n{}\n", note(self.language)));
        out
    }
}

/// The name of a file or the id of a claim that its title suggests, and that nothing else has.
pub fn free(title: &str, otherwise: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let suggested = slug(title);
    let base = if is_safe_id(&suggested) { suggested } else { otherwise.to_owned() };
    if !is_taken(&base) {
        return base;
    }
    // Some number is free: there are more of them than files.
    let mut number = 2_u64;
    loop {
        let name = format!("{base}-{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

/// A note where the text will be, as the rule `unfinished-text` knows it.
fn note(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("id") => "[ISI: teks]",
        _ => "[TODO: the text]",
    }
}

fn list(items: &[String]) -> String {
    let items: Vec<String> =
        items.iter().map(|item| if is_plain(item) { item.clone() } else { quoted(item) }).collect();
    format!("[{}]", items.join(", "))
}

/// Whether YAML reads a word as this text and nothing else: an id with a letter that is no keyword.
fn is_plain(word: &str) -> bool {
    let keywords = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    is_safe_id(word) && word.starts_with(|c: char| c.is_ascii_lowercase()) && !keywords.contains(&word)
}

/// Ids with their names, on one line that may follow a `#`.
fn choices(of: &[(String, String)]) -> String {
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
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let taken = ["a-b", "a-b-2"];
        assert_eq!(free("A b!", "article", |name| taken.contains(&name)), "a-b-3");
        assert_eq!(free("???", "article", |_| false), "article");
        assert_eq!(free("北京", "article", |_| false), "article");
        assert_eq!(free("CON", "article", |_| false), "article");
    }

    #[test]
    fn words_that_yaml_reads_otherwise_are_quoted() {
        let items = ["rina", "no", "1e5", "a, b", "2024-01-02"].map(str::to_owned);
        assert_eq!(list(&items), "[rina, \"no\", \"1e5\", \"a, b\", \"2024-01-02\"]");
    }

    #[test]
    fn a_name_cannot_end_a_comment() {
        assert_eq!(in_comment("a\nb\u{85}c\u{2028}d\u{0}"), "a b c d");
    }
}
