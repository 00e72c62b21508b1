//! What is written for programs keeps to its schema: SARIF to that of its standard, the JSON of Meja to
//! `docs/diagnostics.schema.json`. The schemas of others stand in `tests/schemas/`.

use std::sync::Mutex;

use jsonschema::{PatternOptions, Validator};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::cases::in_every_desk;
use crate::desk::{Desk, Run, meja_in, repository};

const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
timezone: Asia/Jakarta
publisher: {name: Meja}
";
const ARTICLE: &str = "---\ntitle: Judul\ndate: 2025-01-02\nauthors: [Rina]\n---\nIsi.\n";
const CHECK: [&str; 5] = ["check", "--now", "2026-01-15", "--format", "sarif"];
/// Where the desk of [`hostile`] is within its repository.
const FOLDER: &str = "meja #1, 100% é: 😀";

/// A schema of the repository.
fn schema(path: &str) -> Value {
    let text =
        std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Formats count, one that is not known is no schema, and nothing is fetched.
pub fn validator(schema: &Value) -> Validator {
    jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("no schema: {error}"));
    jsonschema::options()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::fancy_regex())
        .offline()
        .build(schema)
        .unwrap_or_else(|error| panic!("no schema: {error}"))
}

/// A schema of others, from `tests/schemas/`.
pub fn foreign(name: &str) -> Validator {
    validator(&schema(&format!("tests/schemas/{name}")))
}

/// Everything in which a document breaks its schema, a line each; empty if it keeps to it.
pub fn faults(validator: &Validator, document: &Value) -> String {
    let faults = validator.iter_errors(document);
    let lines: Vec<String> = faults.map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    lines.join("\n")
}

/// The standard's schema. Its pattern of languages has a bracket that closes nothing: some readers of patterns
/// take it for the character, ours only if that is said.
fn sarif() -> Validator {
    let mut schema = schema("tests/schemas/sarif-2.1.0.json");
    for part in ["run", "toolComponent"] {
        let pattern = &mut schema["definitions"][part]["properties"]["language"]["pattern"];
        assert_eq!(*pattern, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *pattern = json!(r"^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}\]?$");
    }
    validator(&schema)
}

/// The schema of Meja's own JSON. It allows keys that it does not know, as there may be new ones within a
/// version; what is written today must be written in it, so here it is closed.
fn own() -> Validator {
    let mut schema = schema("docs/diagnostics.schema.json");
    for (_, definition) in schema["$defs"].as_object_mut().expect("definitions") {
        if definition["type"] == "object" {
            definition["additionalProperties"] = json!(false);
        }
    }
    validator(&schema)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The log of a check.
fn log(run: &Run) -> Value {
    assert!(run.code < 2 && run.stderr.is_empty(), "{} {}", run.code, run.stderr);
    parsed(&run.stdout)
}

/// The codes of a log's results.
fn codes(log: &Value) -> Vec<&str> {
    let results = log["runs"][0]["results"].as_array().expect("results");
    results.iter().map(|result| result["ruleId"].as_str().expect("a rule")).collect()
}

/// Every address in a document, wherever it stands.
fn uris(document: &Value) -> Vec<&str> {
    match document {
        Value::Object(keys) => {
            let own = keys.get("uri").and_then(Value::as_str);
            own.into_iter().chain(keys.values().flat_map(uris)).collect()
        }
        Value::Array(items) => items.iter().flat_map(uris).collect(),
        _ => Vec::new(),
    }
}

/// A desk with findings that have related places, mends and words that are hostile, in paths that are.
fn hostile() -> Desk {
    let hostile = r#"[sini](1) {0} \u202e% \x1b[31m\x7f\u2028\n\r\"\\ 😀"#;
    let article = format!(
        "---\ntitle: \"{hostile}\"\ndate: 2025-01-02\nauthors: [Rina]\nclaims:\n  - id: \"{hostile}\"\n    claim: Klaim.\n    \
         quote: \"{hostile}\"\n    claimant: Budi Santoso\n    claimed_on: 2025-01-20\n    verdict: \"{hostile}\"\n---\nIsi.\n"
    );
    let desk = Desk::with(&[(".git/HEAD", "ref: refs/heads/main\n")]);
    desk.write(&format!("{FOLDER}/site.yaml"), SITE);
    for name in ["a b#é%20?[x]: 😀.md", "c\"\\\n.md"] {
        desk.write(&format!("{FOLDER}/content/articles/{name}"), &article);
    }
    desk
}

#[test]
fn the_schemas_of_others_are_those_named() {
    let read = |name: &str| std::fs::read(repository().join("tests/schemas").join(name)).expect(name);
    let page = String::from_utf8(read("README.md")).expect("words");
    let mut files = 0;
    for entry in std::fs::read_dir(repository().join("tests/schemas")).expect("the folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        if name != "README.md" {
            let line = format!("{:x}  {name}\n", Sha256::digest(read(&name)));
            assert!(page.contains(&line), "README.md does not have {line}");
            files += 1;
        }
    }
    assert_eq!(files, 3);
}

#[test]
fn sarif_keeps_to_its_schema_whatever_is_found() {
    let sarif = sarif();
    let holds = |run: &Run| {
        let log = log(run);
        assert_eq!(faults(&sarif, &log), "", "{log:#}");
        log
    };

    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", ARTICLE)]);
    assert!(codes(&holds(&desk.meja(&CHECK))).is_empty(), "a desk without problems");

    desk.write("content/articles/b c é.md", b"---\ntitle: \xe9\n---\n");
    let found = holds(&desk.meja(&CHECK));
    assert_eq!(codes(&found), ["not-utf8"]);
    assert!(uris(&found).contains(&"content/articles/b%20c%20%C3%A9.md"), "{found:#}");
}

#[cfg(unix)] // Elsewhere no file has such a name.
#[test]
fn sarif_keeps_to_its_schema_whatever_names_and_words_are() {
    let log = log(&meja_in(&hostile().path(FOLDER), &CHECK));
    assert_eq!(faults(&sarif(), &log), "", "{log:#}");
    assert!(codes(&log).contains(&"bad-id"), "{log:#}");
    let folder = "meja%20%231%2C%20100%25%20%C3%A9%3A%20%F0%9F%98%80/content/articles/";
    for name in ["a%20b%23%C3%A9%2520%3F%5Bx%5D%3A%20%F0%9F%98%80.md", "c%22%5C%0A.md"] {
        assert!(uris(&log).contains(&format!("{folder}{name}").as_str()), "{log:#}");
    }
}

#[test]
fn a_broken_log_is_refused() {
    let desk =
        Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", &ARTICLE.replace("date", "dato"))]);
    let (sarif, log) = (sarif(), log(&desk.meja(&CHECK)));
    assert_eq!(faults(&sarif, &log), "");
    let result = "/runs/0/results/0";
    let place = format!("{result}/locations/0/physicalLocation");
    let breaks: [(&str, &str, Option<Value>); 9] = [
        ("", "version", Some(json!("2.0.0"))),
        ("", "runs", None),
        ("/runs/0/tool/driver", "name", None),
        ("/runs/0", "columnKind", Some(json!("bytes"))),
        (result, "level", Some(json!("fatal"))),
        (result, "message", None),
        (result, "severity", Some(json!("error"))),
        (&format!("{place}/region"), "startLine", Some(json!(0))),
        (&format!("{place}/artifactLocation"), "uri", Some(json!("content/a b.md"))),
    ];
    for (at, key, value) in breaks {
        let mut broken = log.clone();
        let object = broken.pointer_mut(at).and_then(Value::as_object_mut).expect(at);
        match value {
            Some(value) => object.insert(key.to_owned(), value),
            None => object.remove(key),
        };
        assert_ne!(faults(&sarif, &broken), "", "{key} of `{at}`");
    }
}

/// What `arguments` say on this desk in another format.
fn said(desk: &Desk, arguments: &[&str], format: &str) -> Run {
    desk.meja(&[arguments, &["--format", format]].concat())
}

#[test]
fn every_case_keeps_to_both_schemas() {
    let (sarif, own) = (sarif(), own());
    let counts = Mutex::new((0, 0, 0, 0));
    let broken = Mutex::new(String::new());
    in_every_desk(|name, desk, arguments| {
        let run = said(desk, arguments, "json");
        let report = parsed(&run.stderr);
        let mut faulty = faults(&own, &report);
        let problems = report["diagnostics"].as_array().cloned().unwrap_or_default();
        let run = said(desk, arguments, "sarif");
        let results = if run.code < 2 {
            let log = log(&run);
            faulty += &faults(&sarif, &log);
            log["runs"][0]["results"].as_array().cloned().unwrap_or_default()
        } else {
            faulty += if run.stdout.is_empty() { "" } else { "a log of a command that was not carried out" };
            Vec::new()
        };
        // Both say the same problems in the same order.
        let same = results.iter().map(|result| &result["ruleId"]);
        assert!(same.eq(problems.iter().map(|problem| &problem["code"])), "{name}: {problems:?} {results:?}");
        let files = problems.iter().map(|problem| problem["file"].as_str());
        assert!(files.is_sorted(), "{name}: {problems:?}");
        let filled = |key: &str| problems.iter().filter(|problem| problem[key].is_object()).count();
        let related = |problem: &&Value| problem["related"].as_array().is_some_and(|all| !all.is_empty());
        let mut counts = counts.lock().expect("no test panics here");
        counts.0 += 1;
        counts.1 += problems.len();
        counts.2 += problems.iter().filter(related).count();
        counts.3 += filled("fix");
        if !faulty.is_empty() {
            broken.lock().expect("no test panics here").push_str(&format!("{name}:\n{faulty}\n"));
        }
    });
    let broken = broken.into_inner().expect("no test panics here");
    assert!(broken.is_empty(), "{broken}");
    let (desks, problems, related, fixes) = counts.into_inner().expect("no test panics here");
    assert!(
        desks > 200 && problems > 300 && related > 20 && fixes > 5,
        "{desks} {problems} {related} {fixes}"
    );
}

#[test]
fn a_broken_report_is_refused() {
    let desk =
        Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", &ARTICLE.replace("date", "dato"))]);
    desk.write("content/articles/b.md", b"---\ntitle: \xe9\n---\n");
    let run = said(&desk, &["check", "--now", "2026-01-15"], "json");
    let (open, own, report) =
        (validator(&schema("docs/diagnostics.schema.json")), own(), parsed(&run.stderr));
    let places: Vec<bool> = report["diagnostics"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|problem| problem["line"].is_null())
        .collect();
    assert!(places.contains(&true) && places.contains(&false), "{report:#}");
    let refuses = |own: &Validator, change: &dyn Fn(&mut Value)| {
        let mut report = report.clone();
        change(&mut report);
        !faults(own, &report).is_empty()
    };
    assert!(!refuses(&own, &|_| ()) && !refuses(&open, &|_| ()));
    let placed = places.iter().position(|null| !null).expect("a place");
    let changes: [&dyn Fn(&mut Value); 8] = [
        &|report| report["version"] = json!(2),
        &|report| report["error"] = json!("and a complaint"),
        &|report| report["diagnostics"][0]["severity"] = json!("deny"),
        &|report| report["diagnostics"][0]["code"] = json!("Bad code"),
        &|report| report["diagnostics"][0]["fix"] = json!({"text": ""}),
        &|report| report["diagnostics"][placed]["line"] = json!(0),
        &|report| report["diagnostics"][placed]["end_column"] = Value::Null,
        &|report| {
            report["diagnostics"][0].as_object_mut().expect("a problem").remove("help");
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        assert!(refuses(&open, change), "change {index}");
    }
    // A new key breaks no program, but has to be written down.
    let new: &dyn Fn(&mut Value) = &|report| report["diagnostics"][0]["since"] = json!("2025-01-02");
    assert!(!refuses(&open, new) && refuses(&own, new));

    let complaint = parsed(&said(&desk, &["check", "nowhere.md"], "json").stderr);
    assert!(complaint["error"].is_string());
    assert_eq!(faults(&own, &complaint), "");
}
