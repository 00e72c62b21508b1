//! What became of every record of the input.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::record::Skipped;

/// What became of a record. Each has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// In a new file, ready to appear.
    Imported,
    /// In a new file that lacks something.
    Draft,
    /// In a file that was written again, as the source or the map of ratings changed.
    Updated,
    /// In a file that stands as it would be written.
    Unchanged,
    /// In a file that an editor changed or removed; it was left.
    Left,
}

impl Outcome {
    /// All of them, in the order of the report.
    pub const ALL: [Outcome; 5] =
        [Outcome::Imported, Outcome::Draft, Outcome::Updated, Outcome::Unchanged, Outcome::Left];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Imported => "imported",
            Outcome::Draft => "drafts",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Left => "left",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Outcome::Imported => "imported, ready to appear",
            Outcome::Draft => "imported as drafts: something essential is missing",
            Outcome::Updated => "updated, as the source or the ratings changed",
            Outcome::Unchanged => "unchanged",
            Outcome::Left => "left, as an editor changed or removed the file",
        }
    }
}

/// Counts that add up.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How many records the input had.
    pub records: usize,
    /// How many became what.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// How often each thing for a person was noted.
    pub attention: BTreeMap<String, usize>,
    /// Files that an editor changed, while the import would write them otherwise.
    pub left: Vec<String>,
    /// What was noticed about whole files.
    pub remarks: Vec<String>,
    /// Labels without a verdict.
    pub unmapped: usize,
    /// Articles, pages and people.
    pub files: usize,
}

impl Tally {
    /// How many records ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// Reasons for which records were passed over.
    pub fn reasons(&self) -> BTreeMap<&'static str, Vec<&str>> {
        let mut reasons: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
        for skipped in &self.skipped {
            reasons.entry(skipped.reason).or_default().push(&skipped.place);
        }
        reasons
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut out = format!("{} records in {} files\n", self.records, self.files);
        for outcome in Outcome::ALL {
            let count = self.count(outcome);
            if count > 0 {
                out.push_str(&format!("{count:>7} {}\n", outcome.words()));
            }
        }
        for (reason, places) in self.reasons() {
            let shown: Vec<String> = places.iter().take(3).map(|place| visible(place)).collect();
            let more = if places.len() > 3 { ", ..." } else { "" };
            out.push_str(&format!("{:>7} skipped: {reason} ({}{more})\n", places.len(), shown.join(", ")));
        }
        if !self.attention.is_empty() {
            out.push_str("\nFor a person (each stands in the notes of its file):\n");
            for (what, count) in &self.attention {
                out.push_str(&format!("{count:>7} {what}\n"));
            }
        }
        if self.unmapped > 0 {
            out.push_str(&format!(
                "\n{} without a verdict: decide on them in {}, then import again\n",
                if self.unmapped == 1 {
                    "1 label is".to_owned()
                } else {
                    format!("{} labels are", self.unmapped)
                },
                super::RATINGS
            ));
        }
        for file in &self.left {
            out.push_str(&format!("left as it is: {}\n", visible(file)));
        }
        out
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let mut counts = serde_json::Map::new();
        for outcome in Outcome::ALL {
            counts.insert(outcome.name().to_owned(), json!(self.count(outcome)));
        }
        counts.insert("skipped".to_owned(), json!(self.skipped.len()));
        let skipped: Vec<Value> = self
            .skipped
            .iter()
            .map(|skipped| json!({"place": skipped.place, "reason": skipped.reason}))
            .collect();
        json!({
            "version": 1,
            "records": self.records,
            "files": self.files,
            "counts": counts,
            "skipped": skipped,
            "attention": self.attention,
            "labels_without_verdict": self.unmapped,
            "left": self.left,
            "remarks": self.remarks,
        })
    }
}

/// A name of others on a terminal: nothing in it can move the cursor.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
