//! What imports wrote before: `.meja-import.json`, so that a second run knows its own files from an editor's.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The file's name.
pub const FILE: &str = ".meja-import.json";

/// What was written of each article of the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// By format and article.
    pub(super) entries: BTreeMap<String, Entry>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    /// Its path from the desk's folder.
    pub(super) file: String,
    /// The SHA-256 of what was written.
    pub(super) sha256: String,
    /// While it is being written: what may still stand there. Empty for a file that was not there.
    pub(super) before: Option<String>,
    /// The digest and the id of each claim, in order: ids are addresses and last.
    pub(super) claims: Vec<(String, String)>,
}

impl Entry {
    /// Each claim's id, with the file that has it.
    pub(super) fn ids(&self) -> Vec<(String, String)> {
        self.claims.iter().map(|(_, id)| (id.clone(), self.file.clone())).collect()
    }
}

impl Memory {
    /// Reads it.
    ///
    /// # Errors
    /// If it is not what an import wrote.
    pub fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if value.get("version") != Some(&json!(1)) {
            return Err("it is of another version".to_owned());
        }
        let files = value.get("files").and_then(Value::as_object).ok_or("it has no `files`")?;
        let mut memory = Self::default();
        for (key, value) in files {
            let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
            let claims = value.get("claims").and_then(Value::as_object).cloned().unwrap_or_default();
            let file = text("file")
                .filter(|file| is_ours(file))
                .ok_or_else(|| format!("`{key}` has no file of a desk"))?;
            memory.entries.insert(
                key.clone(),
                Entry {
                    file,
                    sha256: text("sha256").unwrap_or_default(),
                    before: text("before"),
                    claims: claims
                        .into_iter()
                        .filter_map(|(digest, id)| Some((digest, id.as_str()?.to_owned())))
                        .collect(),
                },
            );
        }
        Ok(memory)
    }

    /// Its text.
    pub fn text(&self) -> String {
        let mut files = Map::new();
        for (key, entry) in &self.entries {
            let claims: Map<String, Value> =
                entry.claims.iter().map(|(digest, id)| (digest.clone(), json!(id))).collect();
            let mut value = json!({"file": entry.file, "sha256": entry.sha256, "claims": claims});
            if let Some(before) = &entry.before {
                value["before"] = json!(before);
            }
            files.insert(key.clone(), value);
        }
        let text = serde_json::to_string_pretty(&json!({"version": 1, "files": files})).unwrap_or_default();
        text + "\n"
    }

    /// Once all files are written.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.entries.values_mut().for_each(|entry| entry.before = None);
        self
    }
}

/// Whether a path is one that an import writes: the memory is a file like others, and may be forged.
fn is_ours(file: &str) -> bool {
    let rest = ["content/articles/", "content/pages/", "content/people/"]
        .iter()
        .find_map(|start| file.strip_prefix(start));
    rest.is_some_and(|name| {
        name.ends_with(".md") && !name.contains(['/', '\\', ':']) && !name.starts_with('.')
    })
}
