//! Folding: from text as people write it to words that can be compared.

/// Folds texts of some languages.
#[derive(Debug)]
pub struct Folder {}

impl Folder {
    /// For texts in these languages (BCP 47 tags).
    pub fn new(_langs: &[&str]) -> Self {
        Self {}
    }

    /// The words of a text, in their order.
    pub fn words(&self, text: &str) -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    }
}
