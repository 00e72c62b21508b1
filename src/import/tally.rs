//! What became of every record of the input.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::heads::{FIELDS, Heads};
use super::record::Skipped;

/// What became of a record. Each has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// In a new file, ready to appear.
    Imported,
    /// A page in a new file; pages have no claims and no drafts.
    Page,
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
    pub const ALL: [Outcome; 6] = [
        Outcome::Imported,
        Outcome::Page,
        Outcome::Draft,
        Outcome::Updated,
        Outcome::Unchanged,
        Outcome::Left,
    ];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Imported => "imported",
            Outcome::Page => "pages",
            Outcome::Draft => "drafts",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Left => "left",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Outcome::Imported => "imported, ready to appear",
            Outcome::Page => "imported as pages, which are public at once",
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
    /// What the first of each thing was of, for the eye.
    pub examples: BTreeMap<String, String>,
    /// The columns of tables.
    pub tables: Vec<Heads>,
    /// Whether a part of a file was read as something that it is probably not.
    pub is_broken: bool,
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

    /// Counts a note. What differs from record to record stands in it between backticks.
    pub(super) fn note(&mut self, note: &str) {
        let parts: Vec<&str> = note.split('`').collect();
        let words =
            |at: usize, part: &&str| if at.is_multiple_of(2) { (*part).to_owned() } else { "…".to_owned() };
        let kind: String = parts.iter().enumerate().map(|(at, part)| words(at, part)).collect();
        let kind = kind.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let kind = kind.strip_suffix(": …").unwrap_or(kind).trim_end_matches(['.', ':', ';']).to_owned();
        if let Some(first) = parts.get(1).filter(|_| !self.examples.contains_key(&kind)) {
            self.examples.insert(kind.clone(), crate::yaml::clip(first));
        }
        *self.attention.entry(kind).or_default() += 1;
    }

    /// Counts notes.
    pub(super) fn note_all(&mut self, notes: &[String]) {
        for note in notes {
            self.note(note);
        }
    }

    /// Whether something became of any record, now or before.
    pub fn is_of_use(&self) -> bool {
        let is_known = |skipped: &Skipped| skipped.reason.starts_with("imported already");
        self.outcomes.values().any(|count| *count > 0) || self.skipped.iter().any(is_known)
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut out = self.columns();
        out.push_str(&format!("{} records in {} files\n", self.records, self.files));
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
                let such =
                    self.examples.get(what).map(|example| format!(" (such as `{}`)", visible(example)));
                out.push_str(&format!("{count:>7} {what}{}\n", such.unwrap_or_default()));
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

    /// Which columns were used and which not, once for all tables that have the same.
    fn columns(&self) -> String {
        let mut kinds: Vec<(&Heads, usize)> = Vec::new();
        for table in &self.tables {
            let same = |known: &&mut (&Heads, usize)| {
                (&known.0.used, &known.0.unused) == (&table.used, &table.unused)
            };
            match kinds.iter_mut().find(same) {
                Some((_, more)) => *more += 1,
                None => kinds.push((table, 0)),
            }
        }
        let mut out = String::new();
        for (table, more) in kinds {
            let file = visible(&table.file);
            let file = if more > 0 { format!("{file} and {more} more") } else { file };
            let used = table.used.iter().map(|(field, head)| format!("{field} = {}", visible(head)));
            let used = used.collect::<Vec<_>>().join(", ");
            let unused: Vec<String> = table.unused.iter().map(|head| visible(head)).collect();
            out.push_str(&format!(
                "{file}: columns used: {}\n",
                if used.is_empty() { "none" } else { &used }
            ));
            if !unused.is_empty() {
                out.push_str(&format!("{file}: columns not used: {}\n", unused.join(", ")));
            }
            if !["claim", "title", "body"].iter().any(|field| table.used.contains_key(field)) {
                let fields: Vec<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
                out.push_str(&format!(
                    "{file}: no column is known to have a claim, a headline or a text; name one, such as\n  \
                     --column \"claim={}\"\nFields: {}\n",
                    unused.first().map_or("HEAD", String::as_str),
                    fields.join(", ")
                ));
            }
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
            "columns": self.tables.iter().map(|table| {
                json!({"file": table.file, "used": table.used, "unused": table.unused})
            }).collect::<Vec<_>>(),
            "remarks": self.remarks,
        })
    }
}

/// A name of others on a terminal: nothing in it can move the cursor.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
