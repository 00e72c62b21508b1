//! What a publication changes, as text and as data.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::counted;
use super::visible::phrase;
use crate::config::BaseUrl;
use crate::publish::{Changes, Standing, VerdictChange};

/// The lines that say what changes, each verdict before all files. `with_words` says whether claims are quoted:
/// a log in which GitHub looks for commands has none of them.
pub fn changes(changes: &Changes, with_words: bool, with_pages: bool) -> String {
    let mut text = String::new();
    for change in &changes.verdicts {
        let VerdictChange { path, claim, before, after } = change;
        let words = if with_words { format!(" ({})", phrase(claim)) } else { String::new() };
        let _ = writeln!(text, "verdict  {}{words}: {} -> {}", phrase(path), said(before), said(after));
    }
    let pages = |files: &[String]| -> Vec<String> { files.iter().filter_map(|file| page(file)).collect() };
    let kinds = [("new", &changes.new), ("changed", &changes.changed), ("gone", &changes.gone)];
    if with_pages {
        for (word, files) in kinds {
            for page in pages(files) {
                let _ = writeln!(text, "{word:<8} {}", phrase(&page));
            }
        }
    }
    let count = |files: &[String]| pages(files).len();
    let others: usize = kinds.iter().map(|(_, files)| files.len() - count(files)).sum();
    let _ = writeln!(
        text,
        "{}; pages: {} new, {} changed, {} gone; {}; {} unchanged",
        counted(changes.verdicts.len(), "changed verdict"),
        count(&changes.new),
        count(&changes.changed),
        count(&changes.gone),
        counted(others, "other file"),
        counted(changes.unchanged, "file"),
    );
    text
}

/// What changes, for programs. Every file is named by its address.
pub fn changes_json(changes: &Changes, base: &BaseUrl) -> Value {
    let address = |path: &str| base.absolute(path);
    let addresses = |files: &[String]| -> Vec<String> {
        files.iter().map(|file| address(&page(file).unwrap_or_else(|| file.clone()))).collect()
    };
    let label = |standing: &Standing| match standing {
        Standing::Verdict(label) => json!({"verdict": label}),
        Standing::Withdrawn => json!({"withdrawn": true}),
        Standing::Gone => Value::Null,
    };
    let verdicts: Vec<Value> = changes
        .verdicts
        .iter()
        .map(|change| {
            json!({
                "url": address(&change.path),
                "claim": change.claim,
                "before": label(&change.before),
                "after": label(&change.after),
            })
        })
        .collect();
    json!({
        "verdicts": verdicts,
        "new": addresses(&changes.new),
        "changed": addresses(&changes.changed),
        "gone": addresses(&changes.gone),
        "unchanged": changes.unchanged,
    })
}

fn said(standing: &Standing) -> String {
    match standing {
        Standing::Verdict(label) => phrase(label).into_owned(),
        Standing::Withdrawn => "withdrawn".to_owned(),
        Standing::Gone => "gone".to_owned(),
    }
}

/// The path of a page, if the file is one.
fn page(file: &str) -> Option<String> {
    let folder = file.strip_suffix("index.html")?;
    (folder.is_empty() || folder.ends_with('/')).then(|| format!("/{folder}"))
}
