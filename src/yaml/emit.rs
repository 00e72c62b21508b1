//! Writes YAML: block style, texts in quotes where they would be read as something else.

use serde_json::Value;

/// A value as YAML.
pub fn emit(value: &Value) -> String {
    // A JSON value has nothing that YAML could not carry.
    serde_yaml::to_string(value).unwrap_or_default()
}
