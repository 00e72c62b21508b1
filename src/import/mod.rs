//! Brings an archive in: what other systems keep of checks becomes files of this desk.
//!
//! One way: bytes are read into records, records are mended, mapped to verdicts and grouped by article, and files
//! are planned from them. Nothing here touches the disk: what stands there is asked through [`Standing`].

mod addresses;
mod article;
mod bytes;
mod claimreview;
mod dates;
mod empty;
mod google;
mod groups;
mod guess;
mod heads;
mod json;
mod marks;
mod markup;
mod memory;
mod mend;
mod naming;
mod pages;
mod php;
mod plan;
mod plugins;
mod ratings;
mod record;
mod review;
mod saved;
mod shortcodes;
mod table;
mod tags;
mod tally;
mod tame;
mod whose;
mod wordpress;

pub use dates::Order;
pub use heads::{Columns, FIELDS, Heads};
pub use memory::{FILE as MEMORY, Memory};
pub use plan::{Named, Plan, Planned, Standing, Taken, plan};
pub use ratings::{FILE as RATINGS, Map as Ratings};
pub use record::{Found, Record, Skipped};

pub use tally::{Outcome, Tally};

/// What an archive comes as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON-LD, feeds, saved pages.
    ClaimReview,
    /// Answers of `claims:search`.
    Google,
    /// Tables.
    Csv,
    /// Exports of WordPress.
    WordPress,
}

impl Format {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::ClaimReview => "claimreview",
            Format::Google => "google",
            Format::Csv => "csv",
            Format::WordPress => "wordpress",
        }
    }

    /// The endings of its files, when a folder is given.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Format::ClaimReview => &["json", "jsonld", "jsonl", "ndjson", "html", "htm"],
            Format::Google => &["json"],
            Format::Csv => &["csv", "tsv", "txt"],
            Format::WordPress => &["xml", "wxr"],
        }
    }
}

/// Reads one file of an archive.
pub fn read(format: Format, name: &str, bytes: &[u8], columns: &Columns) -> Found {
    if let Some(reason) = bytes::packed(bytes, format == Format::Csv) {
        let mut found = Found::default();
        found.skip(name, reason);
        return found;
    }
    match format {
        Format::ClaimReview => claimreview::read(name, bytes),
        Format::Google => google::read(name, bytes),
        Format::Csv => table::read(name, bytes, columns),
        Format::WordPress => wordpress::read(name, bytes, columns),
    }
}
