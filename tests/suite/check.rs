//! The rules of `check`: one table row, one file, one explanation and two cases each. Rules of the ledger
//! and of links have tables and folders of their own. The cases of the first compare with a commit, those
//! of the second stand in `links.rs`, where servers answer.

use meja::check::ledger::LEDGER;
use meja::check::links::LINKS;
use meja::check::{RULES, explain};
use meja::diagnostic::Code;

use crate::desk::{meja_in, repository};

/// Files of the ledger's folder that are no rules.
const SHARED: &[&str] = &["comparison.rs", "words.rs"];

#[test]
fn a_rule_is_one_row_one_file_one_explanation_and_two_cases() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code.name()).collect();
    let ledger: Vec<&str> = LEDGER.iter().map(|rule| rule.code.name()).collect();
    let codes: Vec<&str> =
        Code::RULES.iter().filter(|code| **code != Code::UnusedException).map(|code| code.name()).collect();
    let links: Vec<&str> = LINKS.iter().map(|rule| rule.code.name()).collect();
    assert_eq!(
        [&rules[..], &ledger, &links].concat(),
        codes,
        "the tables of rules and that of codes have the same order"
    );
    each_is_whole("src/check/rules", &[], &rules);
    each_is_whole("src/check/ledger", SHARED, &ledger);
    each_is_whole("src/check/links", &["addresses.rs"], &links);
    each_has_cases(&rules, "\n== check");
    each_has_cases(&ledger, "\n== check --since ");
    // What a rule of links says depends on what servers answer, which no case file can hold.
    let tests = std::fs::read_to_string(repository().join("tests/suite/links.rs")).expect("the tests");
    for name in links.iter().map(|name| name.replace('-', "_")) {
        for test in [format!("\nfn {name}_is_said"), format!("\nfn {name}_is_silent")] {
            assert!(tests.contains(&test), "tests/suite/links.rs has no{}", test.replace('\n', " "));
        }
    }
}

/// Each of these rules has its file in `folder`; no other file is there.
fn each_is_whole(folder: &str, shared: &[&str], rules: &[&str]) {
    let root = repository();
    let mut files: Vec<String> = std::fs::read_dir(root.join(folder))
        .expect("the rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "mod.rs" && !shared.contains(&name.as_str()))
        .collect();
    files.sort();
    let mut expected: Vec<String> =
        rules.iter().map(|name| format!("{}.rs", name.replace('-', "_"))).collect();
    expected.sort();
    assert_eq!(files, expected);
    for name in rules {
        let source = format!("{folder}/{}.rs", name.replace('-', "_"));
        let text = std::fs::read_to_string(root.join(&source)).expect("a rule's file");
        assert!(text.starts_with(&format!("//! `{name}`")), "{source} says what it holds");
    }
}

/// Each of these rules has two cases with `section`.
fn each_has_cases(rules: &[&str], section: &str) {
    let root = repository();
    for name in rules {
        for case in [format!("{name}.case"), format!("fine-{name}.case")] {
            let text = std::fs::read_to_string(root.join("tests/cases").join(&case));
            let text = text.unwrap_or_else(|error| panic!("tests/cases/{case}: {error}"));
            assert!(text.contains(section), "{case} does not run{}", section.replace("\n==", ""));
        }
    }
}

#[test]
fn every_rule_is_explained() {
    for code in Code::RULES {
        let explanation = explain(*code).unwrap_or_else(|| panic!("`{}` has no explanation", code.name()));
        for heading in ["## Why\n", "## Example\n", "## Mend\n", "## Source\n"] {
            assert!(explanation.text.contains(heading), "`{}` has no {heading}", code.name());
        }
    }
}

#[test]
fn the_demo_desk_is_clean() {
    // Drafts too: what is still to come is checked before it appears.
    let arguments = ["check", "--deny", "warnings", "--drafts", "--now", "2026-11-22", "--color", "never"];
    let run = meja_in(repository(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
}
