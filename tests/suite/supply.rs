//! What the program is made of: `deny.toml` is held here as far as that takes neither the network nor `cargo deny`,
//! and `docs/dependencies.md` says how many libraries there are.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::desk::repository;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `deny.toml` says, as far as it is held here.
#[derive(Debug, Default, PartialEq)]
struct Policy {
    allowed: BTreeSet<String>,
    /// Licences by the one library that may have them.
    exceptions: BTreeMap<String, BTreeSet<String>>,
    /// Entries that let something pass, each with its line, and whether it says why.
    reasons: Vec<(String, bool)>,
}

/// The texts in quotation marks.
fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The value of a key of an inline table.
fn value(line: &str, key: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("{key} = "))?;
    quoted(rest).into_iter().next()
}

fn policy(toml: &str) -> Policy {
    let mut policy = Policy::default();
    let (mut table, mut list, mut remark) = ("", "", false);
    for line in toml.lines().map(str::trim) {
        if line.starts_with('#') {
            remark = true;
            continue;
        }
        if line.starts_with('[') {
            (table, list) = (line, "");
        } else if let Some((name, value)) = line.split_once(" = [").filter(|_| !line.starts_with('{')) {
            list = name;
            // Opened and closed on one line: what stands between would be read by nothing here.
            let is_whole = value.ends_with(']');
            assert!(!is_whole || value == "]" || name == "allow-registry", "an entry a line: {line}");
            if is_whole {
                list = "";
            }
        } else if line == "]" {
            list = "";
        } else if !line.is_empty() {
            match (table, list) {
                ("[licenses]", "allow") => policy.allowed.extend(quoted(line)),
                ("[licenses]", "exceptions") => {
                    let name = value(line, "crate").unwrap_or_else(|| panic!("no crate: {line}"));
                    let allowed = line.split_once("allow = ").map(|(_, allowed)| quoted(allowed));
                    policy.exceptions.insert(name, allowed.into_iter().flatten().collect());
                    // There is no key for a reason: a remark above it or the ones before it.
                    policy.reasons.push((line.to_owned(), remark));
                    continue;
                }
                ("[advisories]", "ignore") | ("[bans]", "skip" | "skip-tree") => {
                    let reason = value(line, "reason").unwrap_or_default();
                    policy.reasons.push((line.to_owned(), reason.len() > 15));
                }
                _ => {}
            }
        }
        remark = false;
    }
    policy
}

/// Whether a licence expression (SPDX, or with a stroke for `OR` as older packages write it) is satisfied by what is
/// allowed. `None` if it is no such expression.
fn satisfied(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut words = words.as_slice();
    let outcome = any(&mut words, is_allowed)?;
    words.is_empty().then_some(outcome)
}

fn any(words: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut outcome = all(words, is_allowed)?;
    while let Some(("OR", rest)) = words.split_first().map(|(first, rest)| (*first, rest)) {
        *words = rest;
        outcome |= all(words, is_allowed)?;
    }
    Some(outcome)
}

fn all(words: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut outcome = one(words, is_allowed)?;
    while let Some(("AND", rest)) = words.split_first().map(|(first, rest)| (*first, rest)) {
        *words = rest;
        outcome &= one(words, is_allowed)?;
    }
    Some(outcome)
}

fn one(words: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let (first, rest) = words.split_first()?;
    *words = rest;
    match (*first, rest) {
        ("(", _) => {
            let outcome = any(words, is_allowed)?;
            let (")", rest) = words.split_first().map(|(first, rest)| (*first, rest))? else { return None };
            *words = rest;
            Some(outcome)
        }
        (")" | "OR" | "AND" | "WITH", _) => None,
        (licence, ["WITH", exception, rest @ ..]) => {
            *words = rest;
            Some(is_allowed(&format!("{licence} WITH {exception}")))
        }
        (licence, _) => Some(is_allowed(licence)),
    }
}

/// What is wrong with the licence of a library.
fn licence_fault(policy: &Policy, name: &str, licence: &str) -> Option<String> {
    let own = policy.exceptions.get(name);
    let is_allowed =
        |id: &str| policy.allowed.contains(id) || own.is_some_and(|allowed| allowed.contains(id));
    match satisfied(licence, &is_allowed) {
        Some(true) => None,
        Some(false) => Some(format!("{name}: {licence}")),
        None => Some(format!("{name}: `{licence}` is no licence expression")),
    }
}

/// The packages of `Cargo.lock`: name, and where it comes from.
fn locked() -> Vec<(String, Option<String>)> {
    let lock = read("Cargo.lock");
    let packages = lock.split("[[package]]").skip(1);
    let found = packages.map(|package| (value(package, "name").expect("a name"), value(package, "source")));
    found.collect()
}

/// What `cargo` knows of the packages that are compiled on this machine. Those of other systems need not be here.
fn compiled() -> Vec<Value> {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(repository()).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let compiler = said("rustc", &["-vV"]);
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let known: Value = serde_json::from_str(&said(env!("CARGO"), &metadata)).expect("JSON");
    known["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_licence_is_allowed() {
    let policy = policy(&read("deny.toml"));
    assert!(policy.allowed.contains("MIT"), "{policy:?}");
    let packages = compiled();
    assert!(packages.len() > 200, "{} packages", packages.len());
    let faults: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let name = package["name"].as_str().expect("a name");
            licence_fault(&policy, name, package["license"].as_str().unwrap_or("unknown"))
        })
        .collect();
    assert!(faults.is_empty(), "deny.toml does not allow:\n{}", faults.join("\n"));
}

#[test]
fn exceptions_have_reasons_and_are_needed() {
    let policy = policy(&read("deny.toml"));
    let without: Vec<&String> = policy.reasons.iter().filter(|(_, has)| !has).map(|(line, _)| line).collect();
    assert!(without.is_empty(), "deny.toml does not say why: {without:?}");
    let names: BTreeSet<String> = locked().into_iter().map(|(name, _)| name).collect();
    let stale: Vec<&String> = policy.exceptions.keys().filter(|name| !names.contains(*name)).collect();
    assert!(stale.is_empty(), "deny.toml excepts what is not there: {stale:?}");
}

#[test]
fn everything_comes_from_the_one_registry() {
    for (name, source) in locked() {
        match source {
            None => assert_eq!(name, "meja"),
            Some(source) => assert_eq!(source, REGISTRY, "{name}"),
        }
    }
}

#[test]
fn the_page_says_how_many_libraries_there_are() {
    let (mut direct, mut inside) = (0, false);
    for line in read("Cargo.toml").lines() {
        match line.strip_prefix('[') {
            Some(table) => inside = table == "dependencies]",
            None => direct += usize::from(inside && line.contains(" = ")),
        }
    }
    let said = format!("{direct} libraries directly, {} in all", locked().len() - 1);
    let page = read("docs/dependencies.md");
    assert!(page.contains(&said), "docs/dependencies.md should say `{said}`");
}

#[test]
fn licence_expressions_are_understood() {
    let outcome = |text: &str| satisfied(text, &|id| ["MIT", "ISC", "A WITH E"].contains(&id));
    for (text, expected) in [
        ("MIT", Some(true)),
        ("GPL-3.0", Some(false)),
        ("GPL-3.0 OR MIT", Some(true)),
        ("GPL-3.0 / MIT", Some(true)),
        ("GPL-3.0/MIT", Some(true)),
        ("GPL-3.0 AND MIT", Some(false)),
        ("ISC AND MIT", Some(true)),
        // `AND` binds more tightly.
        ("MIT OR GPL-3.0 AND GPL-2.0", Some(true)),
        ("GPL-3.0 AND GPL-2.0 OR MIT", Some(true)),
        ("(MIT OR GPL-3.0) AND GPL-2.0", Some(false)),
        ("(GPL-3.0 OR (ISC AND MIT))", Some(true)),
        ("A WITH E", Some(true)),
        ("A", Some(false)),
        ("MIT WITH E", Some(false)),
        ("GPL-3.0 OR A WITH E AND MIT", Some(true)),
        ("", None),
        ("MIT OR", None),
        ("(MIT", None),
        ("MIT)", None),
        ("MIT ISC", None),
        ("AND MIT", None),
        ("A WITH", None),
    ] {
        assert_eq!(outcome(text), expected, "{text}");
    }
}

#[test]
fn a_policy_is_read_line_by_line() {
    let read = policy(
        "[advisories]\nignore = [\n  { id = \"R-1\", reason = \"fenced in by the room\" },\n  \"R-2\",\n]\n\
         [licenses]\nallow = [\n  \"MIT\", # widely used\n]\nexceptions = [\n  # Data.\n  \
         { crate = \"a\", allow = [\"X\", \"Y\"] },\n  { crate = \"b\", allow = [\"Z\"] },\n]\n\
         [bans]\nskip = [\n  { crate = \"c\", reason = \"short\" },\n]\nskip-tree = []\n",
    );
    let reasons: Vec<bool> = read.reasons.iter().map(|(_, has)| *has).collect();
    assert_eq!(reasons, [true, false, true, true, false]);
    assert_eq!(read.allowed.iter().collect::<Vec<_>>(), ["MIT"]);
    assert_eq!(read.exceptions["a"].iter().collect::<Vec<_>>(), ["X", "Y"]);
    assert_eq!(licence_fault(&read, "a", "X AND MIT"), None);
    assert_eq!(licence_fault(&read, "b", "X"), Some("b: X".to_owned()));
    assert_eq!(licence_fault(&read, "b", "Z MIT"), Some("b: `Z MIT` is no licence expression".to_owned()));
}
