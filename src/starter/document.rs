//! The files of `meja new`: front matter that is valid as it stands, and what may come into it as comments.

use jiff::civil::Date;

use super::scaffold::{choices, scaffold};
use super::words::words;
use crate::slug::slug;
use crate::yaml::{Node, is_safe_id, quoted, scalar};

/// How many authors a new article names in a comment.
const MOST_PEOPLE: usize = 20;

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
    /// The desk's authors: id and name. A comment names the first of them.
    pub people: &'a [(String, String)],
    /// The desk's verdicts: id and label.
    pub verdicts: &'a [(String, String)],
    /// The code of the desk's main language.
    pub language: &'a str,
}

impl NewArticle<'_> {
    /// The file.
    pub fn text(&self) -> String {
        let words = words(self.language);
        let mut out = format!("---\ntitle: {}\ndate: {}\n", quoted(self.title), self.date);
        out.push_str(&format!("authors: {}\n", list(self.authors)));
        if !self.people.is_empty() {
            out.push_str(&format!(
                "# {}: {}\n",
                words.authors,
                choices(&self.people[..self.people.len().min(MOST_PEOPLE)])
            ));
        }
        if !self.topics.is_empty() {
            out.push_str(&format!("topics: {}\n", list(self.topics)));
        }
        out.push_str(&format!("status: draft    # {}\n", words.publish));
        out.push_str(&scaffold(self.claim, self.verdicts, words));
        out.push_str(&format!("---\n{}\n", words.note));
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
        format!("---\ntitle: {}\n{policy}---\n{}\n", quoted(self.title), words(self.language).note)
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
        out.push_str(&format!("---\n{}\n", words(self.language).note));
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

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| scalar(&Node::Text(item.clone()))).collect();
    format!("[{}]", items.join(", "))
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
        assert_eq!(free("CON", "article", |_| false), "con-1");
    }

    #[test]
    fn words_that_yaml_reads_otherwise_are_quoted() {
        let items = ["rina", "Rina Sari", "no", "1e5", "a, b"].map(str::to_owned);
        assert_eq!(list(&items), "[rina, Rina Sari, \"no\", \"1e5\", \"a, b\"]");
    }

    #[test]
    fn what_stands_in_comments_is_short_and_holds_when_it_is_used() {
        let people: Vec<_> = (0..500).map(|n| (format!("p-{n}"), "P".to_owned())).collect();
        let article = NewArticle {
            title: "t",
            date: Date::constant(2026, 1, 15),
            authors: &["p-0".to_owned()],
            topics: &[],
            claim: Some(("true", "True?")),
            people: &people,
            verdicts: &[],
            language: "en",
        };
        let text = article.text();
        assert!(text.contains("p-19 (P)\n") && !text.contains("p-20"), "{text}");
        assert!(text.contains("#   - id: \"true\"\n"), "{text}");
    }
}
