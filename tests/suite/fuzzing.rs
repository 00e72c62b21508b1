//! The package of fuzz targets, which no other test compiles, is as its page says and fuzzes what the program is made of.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::repository;

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names in a folder, without their endings.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(repository().join(folder)).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name().into_string();
    entries
        .map(|entry| name(entry).expect("UTF-8").split('.').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_target_is_built_described_and_has_seeds() {
    let targets = names("fuzz/fuzz_targets");
    assert!(targets.len() >= 8, "{targets:?}");
    let (manifest, page) = (read("fuzz/Cargo.toml"), read("docs/fuzzing.md"));
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    for target in &targets {
        let path = format!("name = \"{target}\"\npath = \"fuzz_targets/{target}.rs\"\n");
        assert!(manifest.contains(&path), "fuzz/Cargo.toml has no {target}");
        let first = |row: &&str| row.split(" | ").next().unwrap_or_default().contains(&format!("`{target}`"));
        assert_eq!(rows.iter().filter(|row| first(row)).count(), 1, "docs/fuzzing.md has no row of {target}");
    }
    assert_eq!(names("fuzz/seeds"), targets, "each target has seeds of its own");
    assert_eq!(manifest.matches("[[bin]]").count(), targets.len());
}

/// Names and versions of a lock file.
fn locked(path: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = read(path);
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in text.split("[[package]]\n").skip(1) {
        let value = |key: &str| package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        let (name, version) = (value("name").expect("a name"), value("version").expect("a version"));
        packages.entry(name.to_owned()).or_default().insert(version.to_owned());
    }
    packages
}

/// Another version of a parser would be another parser.
#[test]
fn the_packages_are_those_of_the_program() {
    let (own, fuzzed) = (locked("Cargo.lock"), locked("fuzz/Cargo.lock"));
    let shared = fuzzed.iter().filter_map(|(name, versions)| Some((name, versions, own.get(name)?)));
    let differ: Vec<String> = shared
        .clone()
        .filter(|(_, fuzzed, own)| !fuzzed.is_subset(own))
        .map(|(name, fuzzed, own)| format!("{name}: {fuzzed:?}, the program has {own:?}"))
        .collect();
    assert!(shared.count() > 100);
    assert!(differ.is_empty(), "copy Cargo.lock to fuzz/ and build the targets: {differ:#?}");
}
