//! What a commit of ours says of itself.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::Source;
use crate::git::is_id;

const SOURCE: &str = "Meja-Source: ";
const MOMENT: &str = "Meja-Moment: ";
const CHANGED: &str = " with changes";
/// The domain on the branch is the host's.
const KEPT: &str = "Meja-Kept: CNAME";

/// Of what a published site was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The commit of the desk.
    pub source: String,
    /// Whether files were otherwise than in that commit.
    pub changed: bool,
    /// The moment the site was made for.
    pub moment: Timestamp,
    /// Whether the domain on the branch stayed there though the site has none.
    pub kept: bool,
}

impl Mark {
    /// The mark of a site made of `source` for `moment`.
    pub fn new(source: &Source, moment: Timestamp) -> Self {
        Self { source: source.commit.clone(), changed: !source.changed.is_empty(), moment, kept: false }
    }

    /// Reads the last paragraph of a commit, as git stores it.
    pub(super) fn read(raw: &str) -> Option<Self> {
        let (_, message) = raw.split_once("\n\n")?;
        let last = message.trim_end().rsplit("\n\n").next()?;
        let value = |key: &str| last.lines().rev().find_map(|line| line.strip_prefix(key));
        let source = value(SOURCE)?;
        let (commit, changed) = source.strip_suffix(CHANGED).map_or((source, false), |commit| (commit, true));
        let moment = value(MOMENT)?.parse().ok()?;
        let kept = last.lines().any(|line| line == KEPT);
        is_id(commit).then(|| Self { source: commit.to_owned(), changed, moment, kept })
    }

    /// A message with the mark as its last paragraph.
    pub(super) fn message(&self, words: &str) -> String {
        let mut message = format!("{}\n\n{SOURCE}{}", words.trim(), self.source);
        if self.changed {
            message.push_str(CHANGED);
        }
        let _ = writeln!(message, "\n{MOMENT}{}", self.moment);
        if self.kept {
            let _ = writeln!(message, "{KEPT}");
        }
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back_whatever_the_message() {
        for changed in [false, true] {
            let mark =
                Mark { source: "a".repeat(40), changed, moment: Timestamp::UNIX_EPOCH, kept: !changed };
            for words in ["Publish", "a\n\nMeja-Source: 0000\n\nb", "", "Meja-Source: x"] {
                let raw = format!("tree x\nauthor y\n\n{}", mark.message(words));
                assert_eq!(Mark::read(&raw).as_ref(), Some(&mark), "{raw}");
            }
        }
        for other in
            ["", "tree x\n\nPublish\n", "tree x\n\nMeja-Source: zz\nMeja-Moment: 1970-01-01T00:00:00Z\n"]
        {
            assert_eq!(Mark::read(other), None);
        }
    }
}
