//! Diagnostics as SARIF 2.1.0, the format of results of static analysis
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::markdown;
use crate::check::explain;
use crate::diagnostic::{Code, Diagnostic, Fix, Label, Place, Severity};
use crate::html::percent_encoded;
use crate::source::{Source, Span};

/// Names the folder that all addresses count from.
const BASE: &str = "%SRCROOT%";

/// One log with one run, as one line without a line end. `prefix` is the path of the desk's folder within the
/// repository, empty or ending in `/`: programs that show results want paths from the repository's root.
///
/// The rules are those that were broken, with their explanations.
pub fn sarif(diagnostics: &[Diagnostic], prefix: &str) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Value> =
        diagnostics.iter().map(|diagnostic| result(diagnostic, &codes, prefix)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "meja",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {
                "description": {"text": "The root of the repository, or the desk's folder where there is none."},
            }},
            "results": results,
        }],
    })
    .to_string()
}

fn rule(code: Code) -> Value {
    let mut rule = json!({
        "id": code.name(),
        "shortDescription": {"text": code.about()},
        "defaultConfiguration": {"level": level(code.severity())},
    });
    if let Some(explanation) = explain(code) {
        let why = explanation.section("Why").unwrap_or(code.about());
        rule["fullDescription"] = json!({"text": markdown::plain(why).trim_end()});
        rule["help"] = json!({
            "text": markdown::plain(explanation.text).trim_end(),
            "markdown": explanation.text.trim_end(),
        });
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, codes: &[Code], prefix: &str) -> Value {
    let place = match &diagnostic.place {
        Place::At(label) => physical(&label.source, &label.span, prefix),
        Place::File(path) => json!({"artifactLocation": artifact(path, prefix)}),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": {"text": message(&super::said(diagnostic))},
        "locations": [{"physicalLocation": place}],
    });
    if !diagnostic.others.is_empty() {
        let related = |(index, label): (usize, &Label)| {
            let mut location = Map::new();
            location.insert("id".to_owned(), json!(index + 1));
            location.insert("physicalLocation".to_owned(), physical(&label.source, &label.span, prefix));
            if !label.message.is_empty() {
                location.insert("message".to_owned(), json!({"text": message(&label.message)}));
            }
            Value::Object(location)
        };
        result["relatedLocations"] = diagnostic.others.iter().enumerate().map(related).collect();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([mend(fix, prefix)]);
    }
    result
}

fn mend(fix: &Fix, prefix: &str) -> Value {
    let what = if fix.text.is_empty() { "Remove it." } else { "Replace it." };
    let mut replacement = json!({"deletedRegion": region(&fix.source, &fix.span)});
    if !fix.text.is_empty() {
        replacement["insertedContent"] = json!({"text": fix.text});
    }
    json!({
        "description": {"text": what},
        "artifactChanges": [{
            "artifactLocation": artifact(&fix.source.path, prefix),
            "replacements": [replacement],
        }],
    })
}

fn physical(source: &Source, span: &Span, prefix: &str) -> Value {
    json!({"artifactLocation": artifact(&source.path, prefix), "region": region(source, span)})
}

/// Lines and columns count from 1, columns in characters, and the end is the place after the last one.
fn region(source: &Source, span: &Span) -> Value {
    let start = source.line_column(span.start);
    let end = source.line_column(span.end.max(span.start));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(path: &str, prefix: &str) -> Value {
    let uri = percent_encoded(&format!("{prefix}{path}"), b"/");
    json!({"uri": uri, "uriBaseId": BASE})
}

/// A message as SARIF has it: `[words](1)` would be a link and `{0}` an argument, so words from files that
/// look like these are kept from being read so. Other braces stay, for help that is to be pasted.
fn message(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '[' | ']' | '\\' if words.contains("](") => text.extend(['\\', c]),
            '{' if rest.peek().is_some_and(char::is_ascii_digit) => text.push_str("{{"),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
