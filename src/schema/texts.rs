//! What is said of each key, in the languages that the program speaks.

use super::Group;
use crate::source::Source;
use crate::yaml::{Node, Yaml, parse};

const LANGUAGES: [(&str, &str); 2] = [
    ("en", include_str!("../../assets/schema/en.yaml")),
    ("id", include_str!("../../assets/schema/id.yaml")),
];

/// The texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// The code of the language.
    pub language: &'static str,
    groups: Node,
}

impl Texts {
    /// Those for a site in `language`: in that language if they are there, otherwise in English.
    pub fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
        let (language, text) =
            LANGUAGES.into_iter().find(|(code, _)| *code == primary).unwrap_or(LANGUAGES[0]);
        let groups = parse(&Yaml::whole(&Source::new("texts", text)));
        Self { language, groups: groups.unwrap_or(Node::Null) }
    }

    /// What is said of a group.
    pub fn group(&self, group: &Group) -> &str {
        self.key(group, "")
    }

    /// What is said of a key of a group.
    pub fn key(&self, group: &Group, key: &str) -> &str {
        match value(&self.groups, group.name).and_then(|texts| value(texts, key)) {
            Some(Node::Text(text)) => text,
            _ => "",
        }
    }

    /// Every text there is, as group and key.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<(String, String)> {
        let Node::Map(groups) = &self.groups else { return Vec::new() };
        let keys = |texts: &Node| match texts {
            Node::Map(texts) => texts.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        };
        groups
            .iter()
            .flat_map(|(group, texts)| keys(texts).into_iter().map(|key| (group.clone(), key)))
            .collect()
    }
}

fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match node {
        Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}
