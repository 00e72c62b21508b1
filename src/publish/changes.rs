//! What a publication changes: verdicts first, then files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Failed, Tree};
use crate::git::Git;

/// The name of the file that says what was found about a claim.
const CLAIM: &str = "claim.json";

/// What a publication changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Claims that have another verdict than readers see now, or none.
    pub verdicts: Vec<VerdictChange>,
    /// Files that are not there yet, by path.
    pub new: Vec<String>,
    /// Files with other content.
    pub changed: Vec<String>,
    /// Files that will be gone.
    pub gone: Vec<String>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

/// A claim of which readers will see another verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictChange {
    /// The path of the claim's page, ending in `/`.
    pub path: String,
    /// Its words, as they are published now.
    pub claim: String,
    /// What readers see now.
    pub before: Standing,
    /// What they will see.
    pub after: Standing,
}

/// What readers see of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The verdict's label.
    Verdict(String),
    /// The check was withdrawn.
    Withdrawn,
    /// There is no such page.
    Gone,
}

impl Changes {
    /// Whether nothing changes.
    pub fn are_none(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

/// Reads what `ls-tree -r -z` lists.
pub(super) fn listed(entries: &[u8]) -> Tree {
    entries
        .split(|byte| *byte == 0)
        .filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (head, path) = entry.split_once('\t')?;
            let mut words = head.split(' ');
            let (mode, id) = (words.next()?, words.nth(1)?);
            Some((path.to_owned(), (mode.to_owned(), id.to_owned())))
        })
        .collect()
}

/// What is different in `new`, whose files stand in `folder`.
pub(super) fn between(git: &Git, old: &Tree, new: &Tree, folder: &Path) -> Result<Changes, Failed> {
    let mut changes = Changes::default();
    for (path, content) in new {
        match old.get(path) {
            None => changes.new.push(path.clone()),
            Some(was) if was != content => changes.changed.push(path.clone()),
            Some(_) => changes.unchanged += 1,
        }
    }
    changes.gone = old.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
    changes.verdicts = verdicts(git, old, &changes, folder)?;
    Ok(changes)
}

fn verdicts(git: &Git, old: &Tree, changes: &Changes, folder: &Path) -> Result<Vec<VerdictChange>, Failed> {
    let touched: Vec<&str> = changes
        .changed
        .iter()
        .chain(&changes.gone)
        .map(String::as_str)
        .filter(|path| path.rsplit('/').next() == Some(CLAIM))
        .collect();
    let blobs: Vec<&str> =
        touched.iter().filter_map(|path| old.get(*path)).map(|(_, id)| id.as_str()).collect();
    let mut before: BTreeMap<&str, (String, Standing)> = BTreeMap::new();
    git.contents(&blobs, |index, content| {
        let mut text = Vec::new();
        content.read_to_end(&mut text)?;
        if let Some(found) = standing(&text) {
            before.insert(touched[index], found);
        }
        Ok(())
    })?;
    let mut verdicts = Vec::new();
    for (path, (claim, before)) in before {
        let is_gone = changes.gone.binary_search_by(|gone| gone.as_str().cmp(path)).is_ok();
        let text = if is_gone { None } else { fs::read(folder.join(path)).ok() };
        let after = text.and_then(|text| standing(&text)).map_or(Standing::Gone, |(_, after)| after);
        if before != after {
            let path = format!("/{}", path.strip_suffix(CLAIM).unwrap_or(path));
            verdicts.push(VerdictChange { path, claim, before, after });
        }
    }
    Ok(verdicts)
}

/// The words of a claim and what is said of it; nothing if the file is of another kind.
fn standing(text: &[u8]) -> Option<(String, Standing)> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let claim = value.get("text")?.as_str()?.to_owned();
    let rating = value.pointer("/claimReview/0/textualRating").and_then(Value::as_str);
    Some((claim, rating.map_or(Standing::Withdrawn, |label| Standing::Verdict(label.to_owned()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_claim_is_read() {
        let said = |text: &str| standing(text.as_bytes()).map(|(_, standing)| standing);
        let rated = r#"{"text": "a", "claimReview": [{"textualRating": "Keliru"}]}"#;
        assert_eq!(said(rated), Some(Standing::Verdict("Keliru".to_owned())));
        assert_eq!(said(r#"{"text": "a", "withdrawn": {}}"#), Some(Standing::Withdrawn));
        assert_eq!(said("[]"), None);
        assert_eq!(said("{"), None);
    }

    #[test]
    fn a_tree_is_read() {
        let tree = listed(b"100644 blob aa\tindex.html\x00120000 blob bb\ta b\x00");
        assert_eq!(tree.get("a b"), Some(&("120000".to_owned(), "bb".to_owned())));
        assert_eq!(tree.len(), 2);
    }
}
