//! The rules of `check`: one table row, one file, one explanation and two cases each. Rules of the ledger
//! have their own table and folder, and their cases compare with a commit.

use meja::check::ledger::LEDGER;
use meja::check::profiles::PROFILES;
use meja::check::{RULES, explain};
use meja::diagnostic::Code;

use crate::desk::{meja_in, repository};

/// Files of the ledger's folder that are no rules.
const SHARED: &[&str] = &["comparison.rs", "words.rs"];
/// Files of the profiles' folder that are no profiles.
const SHARED_BY_PROFILES: &[&str] = &["figures.rs", "ratings.rs", "seen.rs", "shared.rs", "survey.rs"];

#[test]
fn a_rule_is_one_row_one_file_one_explanation_and_two_cases() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code.name()).collect();
    let ledger: Vec<&str> = LEDGER.iter().map(|rule| rule.code.name()).collect();
    let profiles: Vec<&str> = PROFILES.iter().map(|profile| profile.code.name()).collect();
    let codes: Vec<&str> =
        Code::RULES.iter().filter(|code| **code != Code::UnusedException).map(|code| code.name()).collect();
    assert_eq!(
        [&rules[..], &ledger, &profiles].concat(),
        codes,
        "the tables of rules and that of codes have the same order"
    );
    each_is_whole("src/check/rules", &[], &rules, "\n== check");
    each_is_whole("src/check/ledger", SHARED, &ledger, "\n== check --since ");
    each_is_whole("src/check/profiles", SHARED_BY_PROFILES, &profiles, "\n== check --profile ");
    for profile in PROFILES {
        assert_eq!(profile.code.name(), format!("profile-{}", profile.name));
    }
}

/// Each of these rules has its file in `folder`, and cases with `section`; no other file is there.
fn each_is_whole(folder: &str, shared: &[&str], rules: &[&str], section: &str) {
    let root = repository();
    let mut files: Vec<String> = std::fs::read_dir(root.join(folder))
        .expect("the rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "mod.rs" && !shared.contains(&name.as_str()))
        .collect();
    files.sort();
    // The folder says already that a file is a profile.
    let file = |name: &str| format!("{}.rs", name.trim_start_matches("profile-").replace('-', "_"));
    let mut expected: Vec<String> = rules.iter().map(|name| file(name)).collect();
    expected.sort();
    assert_eq!(files, expected);
    for name in rules {
        let source = format!("{folder}/{}", file(name));
        let text = std::fs::read_to_string(root.join(&source)).expect("a rule's file");
        assert!(text.starts_with(&format!("//! `{name}`")), "{source} says what it holds");
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
