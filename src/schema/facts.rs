//! What a schema says of one desk: its verdicts, kinds, people, topics, languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Config, FILE, Lang};
use crate::content::{Document, Read};
use crate::slug::slug;
use crate::source::Source;

/// A word that may be chosen, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it is written.
    pub word: String,
    /// What readers see.
    pub label: String,
}

/// What there is to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The site's name.
    pub title: String,
    /// Where it will stand.
    pub address: String,
    /// Codes, the main language first; none if they are not known.
    pub languages: Vec<String>,
    /// In the order of the scale.
    pub verdicts: Vec<Choice>,
    /// In the desk's order.
    pub kinds: Vec<Choice>,
    /// Files of `content/people`, by id.
    pub people: Vec<Choice>,
    /// By address.
    pub topics: Vec<Choice>,
    /// Whether articles stand in folders by year.
    pub by_year: bool,
}

impl Facts {
    /// Those of a desk.
    pub fn of(config: &Config, read: &[Read]) -> Self {
        let mut facts = Self::of_settings(config);
        if !config.base.host.is_empty() {
            facts.address = config.base.absolute("/");
        }
        facts.languages.clone_from(&config.languages);
        let mut people = BTreeMap::new();
        let mut topics: BTreeMap<String, String> = config
            .topics
            .iter()
            .map(|(topic, label)| (topic.clone(), label.get(Lang::MAIN).to_owned()))
            .collect();
        let mut years = BTreeSet::new();
        for document in read.iter().filter_map(|read| read.document.as_ref()) {
            match document {
                Document::Person(person) if person.lang == Lang::MAIN || !people.contains_key(&person.id) => {
                    people.insert(person.id.clone(), person.description.name.clone());
                }
                Document::Article(article) => {
                    years.insert(is_below_year(&article.key));
                    for topic in &article.topics {
                        topics.entry(slug(topic)).or_insert_with(|| topic.clone());
                    }
                }
                Document::Person(_) | Document::Page(_) => {}
            }
        }
        facts.people = choices(people);
        facts.topics = choices(topics);
        facts.by_year = years.into_iter().eq([true]);
        facts
    }

    /// Those of a site that says nothing but its language: the scale and the kinds that it is given.
    pub fn preset(language: &str) -> Self {
        let (config, _) = config::read(&Source::new(FILE, format!("language: {language}\n")));
        Self { title: String::new(), ..Self::of_settings(&config) }
    }

    fn of_settings(config: &Config) -> Self {
        let choice = |word: &str, label: &config::Text| Choice {
            word: word.to_owned(),
            label: label.get(Lang::MAIN).to_owned(),
        };
        Self {
            title: config.title.get(Lang::MAIN).to_owned(),
            verdicts: config.scale.verdicts.iter().map(|one| choice(&one.id, &one.label)).collect(),
            kinds: config.kinds.iter().map(|one| choice(&one.id, &one.label)).collect(),
            ..Self::default()
        }
    }
}

/// Whether an article is in a folder such as `articles/2026`, and no deeper.
fn is_below_year(key: &str) -> bool {
    let parts: Vec<&str> = key.split('/').collect();
    matches!(parts.as_slice(), [_, year, _] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

fn choices(labels: BTreeMap<String, String>) -> Vec<Choice> {
    labels.into_iter().map(|(word, label)| Choice { word, label }).collect()
}
