//! Folding: from text as people write it to words that can be compared. `docs/lookup.md` has the rules.

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What words are compared by: folded, with every repeated letter once.
    pub key: String,
    /// What the stemmer sees: folded, with no letter more than twice in a row.
    pub text: String,
}

/// Folds texts of some languages.
#[derive(Debug)]
pub struct Folder {}

impl Folder {
    /// For texts in these languages (BCP 47 tags).
    pub fn new(_langs: &[&str]) -> Self {
        Self {}
    }

    /// The words of a text, in their order.
    pub fn words(&self, text: &str) -> Vec<Word> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .map(|text| Word { key: text.clone(), text })
            .collect()
    }

    /// The stem of a word (its [`Word::text`]) in a language, as a key. The key of the word if there is no
    /// stemmer for the language.
    pub fn stem(&self, word: &str, _lang: &str) -> String {
        word.to_owned()
    }

    /// Whether a key is of a word that says nothing about what a text is about.
    pub fn is_stop(&self, _key: &str) -> bool {
        false
    }

    /// All that the browser needs to fold the same way.
    pub fn rules(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}
