//! The desk's own files, read in the plainest way: front matter as YAML values, names and folders.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;

use super::built::files_below;

/// What the desk wrote.
pub(super) struct Content {
    pub(super) site: Value,
    /// All languages, the main one first.
    pub(super) languages: Vec<String>,
    /// The articles readers may see, newest first.
    pub(super) articles: Vec<Article>,
    /// People by id and language.
    people: BTreeMap<(String, String), Value>,
}

pub(super) struct Article {
    /// The path below `content/` without language and ending.
    pub(super) key: String,
    pub(super) lang: String,
    pub(super) slug: String,
    pub(super) front: Value,
    pub(super) claims: Vec<Claim>,
}

#[derive(Clone)]
pub(super) struct Claim {
    pub(super) id: String,
    pub(super) front: Value,
}

/// Who made a claim, as far as the desk knows.
#[derive(Debug, PartialEq)]
pub(super) struct Claimant {
    /// The last part of the address of their list.
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) url: Option<String>,
    pub(super) same_as: Vec<String>,
}

impl Content {
    pub(super) fn read(root: &Path, today: &str) -> Self {
        let text = std::fs::read_to_string(root.join("site.yaml")).expect("site.yaml");
        let site: Value = serde_yaml::from_str(&text).expect("YAML");
        let mut languages = vec![word(&site, "language").expect("a language")];
        languages.extend(
            words(&site, "languages").into_iter().filter(|code| *code != languages[0]).collect::<Vec<_>>(),
        );
        let mut content = Self { site, languages, articles: Vec::new(), people: BTreeMap::new() };
        for (path, bytes) in files_below(&root.join("content")) {
            let Some(stem) = path.strip_suffix(".md") else {
                continue;
            };
            let text = String::from_utf8(bytes).expect("UTF-8");
            let front = text.trim_start_matches('\u{feff}').strip_prefix("---\n").expect("front matter");
            let (front, _) = front.split_once("\n---").expect("an end of the front matter");
            let front: Value = serde_yaml::from_str(front).unwrap_or_else(|error| panic!("{path}: {error}"));
            let (key, lang) = match stem.rsplit_once('.') {
                Some((key, code)) if content.languages.iter().any(|known| known == code) => {
                    (key, code.to_owned())
                }
                _ => (stem, content.languages[0].clone()),
            };
            let name = key.rsplit('/').next().unwrap_or(key).to_owned();
            if path.starts_with("people/") {
                content.people.insert((name, lang), front);
            } else if path.starts_with("articles/") && is_shown(&front, today) {
                content.articles.push(Article::of(key.to_owned(), lang, &name, front));
            }
        }
        content.articles.sort_by(|a, b| (b.day(), &a.key).cmp(&(a.day(), &b.key)));
        content
    }

    /// What addresses in a language begin with.
    pub(super) fn prefix(&self, lang: &str) -> String {
        if lang == self.languages[0] { String::new() } else { format!("{lang}/") }
    }

    /// The articles of a language that lists show, newest first.
    pub(super) fn listed<'a>(&'a self, lang: &'a str) -> impl Iterator<Item = &'a Article> + 'a {
        self.articles.iter().filter(move |article| article.lang == lang && !article.is_withdrawn())
    }

    /// The claims of a language that lists show, newest first.
    pub(super) fn claims<'a>(&'a self, lang: &'a str) -> impl Iterator<Item = (&'a Article, &'a Claim)> + 'a {
        self.listed(lang).flat_map(|article| article.claims.iter().map(move |claim| (article, claim)))
    }

    pub(super) fn person(&self, id: &str, lang: &str) -> Option<&Value> {
        let find = |lang: &str| self.people.get(&(id.to_owned(), lang.to_owned()));
        find(lang).or_else(|| find(&self.languages[0]))
    }

    /// The name readers see for an author, and the last part of the address of their list.
    pub(super) fn author(&self, name: &str, lang: &str) -> (String, String) {
        match self.person(name, lang) {
            Some(person) => (word(person, "name").expect("a name"), name.to_owned()),
            None => (name.to_owned(), slug(name)),
        }
    }

    pub(super) fn claimant(&self, claim: &Claim, lang: &str) -> Option<Claimant> {
        let value = claim.front.get("claimant")?;
        let (slug, from) = match value {
            Value::Mapping(_) => (slug(&word(value, "name").expect("a name")), value),
            _ => {
                let name = scalar(value)?;
                match self.person(&name, lang) {
                    Some(person) => (name, person),
                    None => {
                        let slug = slug(&name);
                        return Some(Claimant { slug, name, kind: None, url: None, same_as: Vec::new() });
                    }
                }
            }
        };
        Some(Claimant {
            slug,
            name: word(from, "name").expect("a name"),
            kind: word(from, "type"),
            url: word(from, "url"),
            same_as: words(from, "same_as"),
        })
    }
}

impl Article {
    fn of(key: String, lang: String, name: &str, front: Value) -> Self {
        let claims = items(&front, "claims")
            .into_iter()
            .map(|front| Claim { id: word(&front, "id").expect("an id"), front })
            .collect();
        let slug = word(&front, "slug").unwrap_or_else(|| slug(name));
        Self { key, lang, slug, front, claims }
    }

    /// The day it appeared.
    pub(super) fn day(&self) -> String {
        day(&self.front, "date").expect("a date")
    }

    /// The day on which the present verdict of a claim was given: that of the last correction of a
    /// claim whose verdict changed.
    pub(super) fn judged(&self, claim: &Claim) -> String {
        if items(&claim.front, "history").is_empty() {
            return self.day();
        }
        let of_claim = |correction: &Value| word(correction, "claim").as_deref() == Some(claim.id.as_str());
        let days = items(&self.front, "corrections").into_iter().filter(of_claim);
        days.filter_map(|correction| day(&correction, "date")).max().expect("a correction")
    }

    pub(super) fn is_withdrawn(&self) -> bool {
        word(&self.front, "status").as_deref() == Some("withdrawn")
    }

    pub(super) fn title(&self) -> String {
        word(&self.front, "title").expect("a title")
    }
}

impl Claim {
    pub(super) fn words(&self) -> String {
        word(&self.front, "claim").expect("a claim")
    }

    /// The words of the article it stands on.
    pub(super) fn quote(&self) -> Option<String> {
        let quote = self.front.get("quote")?;
        scalar(quote).or_else(|| word(quote, "exact"))
    }

    pub(super) fn verdict(&self) -> String {
        word(&self.front, "verdict").expect("a verdict")
    }
}

fn is_shown(front: &Value, today: &str) -> bool {
    word(front, "status").as_deref() != Some("draft") && day(front, "date").expect("a date").as_str() <= today
}

/// A value as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        _ => None,
    }
}

pub(super) fn word(map: &Value, key: &str) -> Option<String> {
    map.get(key).and_then(scalar)
}

/// The day of a date or a moment.
pub(super) fn day(map: &Value, key: &str) -> Option<String> {
    word(map, key).map(|date| date.chars().take(10).collect())
}

pub(super) fn items(map: &Value, key: &str) -> Vec<Value> {
    map.get(key).and_then(Value::as_sequence).cloned().unwrap_or_default()
}

pub(super) fn words(map: &Value, key: &str) -> Vec<String> {
    items(map, key).iter().filter_map(scalar).collect()
}

/// The part of an address that stands for a name; enough for names in Latin letters.
pub(super) fn slug(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let parts: Vec<String> = kept
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    parts.join("-")
}

/// A text that may differ by language.
pub(super) fn in_language(value: &Value, lang: &str) -> Option<String> {
    match value {
        Value::Mapping(_) => word(value, lang),
        _ => scalar(value),
    }
}
