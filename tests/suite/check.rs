//! The rules of `check`: one table row, one file, one explanation and two cases each. Rules of the ledger
//! and of links have tables and folders of their own. The cases of the first compare with a commit, those
//! of the second stand in `links.rs`, where servers answer.

use meja::check::ledger::LEDGER;
use meja::check::links::LINKS;
use meja::check::profiles::PROFILES;
use meja::check::{RULES, explain};
use meja::diagnostic::Code;

use crate::desk::{Desk, meja_in, repository};

/// Files of the ledger's folder that are no rules.
const SHARED: &[&str] = &["comparison.rs", "excepted.rs", "successor.rs", "words.rs"];
/// Files of the profiles' folder that are no profiles.
const SHARED_BY_PROFILES: &[&str] = &["figures.rs", "ratings.rs", "seen.rs", "shared.rs", "survey.rs"];

#[test]
fn a_rule_is_one_row_one_file_one_explanation_and_two_cases() {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code.name()).collect();
    let ledger: Vec<&str> = LEDGER.iter().map(|rule| rule.code.name()).collect();
    let profiles: Vec<&str> = PROFILES.iter().map(|profile| profile.code.name()).collect();
    let codes: Vec<&str> =
        Code::RULES.iter().filter(|code| **code != Code::UnusedException).map(|code| code.name()).collect();
    let links: Vec<&str> = LINKS.iter().map(|rule| rule.code.name()).collect();
    assert_eq!(
        [&rules[..], &ledger, &links, &profiles].concat(),
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
    each_is_whole("src/check/profiles", SHARED_BY_PROFILES, &profiles);
    each_has_cases(&profiles, "\n== check --profile ");
    for profile in PROFILES {
        assert_eq!(profile.code.name(), format!("profile-{}", profile.name));
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
    // The folder says already that a file is a profile.
    let file = |name: &str| format!("{}.rs", name.trim_start_matches("profile-").replace('-', "_"));
    let mut expected: Vec<String> = rules.iter().map(|name| file(name)).collect();
    expected.sort();
    assert_eq!(files, expected);
    for name in rules {
        let source = format!("{folder}/{}", file(name));
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
fn every_code_is_explained() {
    for code in Code::ALL {
        let name = code.name();
        let explanation = explain(*code).unwrap_or_else(|| panic!("`{name}` has no explanation"));
        for heading in ["Why", "Example", "Mend"] {
            let section = explanation.section(heading);
            assert!(section.is_some_and(|text| !text.is_empty()), "`{name}` has no {heading}");
        }
        // A rule is a demand on editors, and says whose.
        let source = explanation.section("Source");
        assert!(source.is_some() || Code::rule(name).is_none(), "`{name}` has no Source");
    }
    let explained = std::fs::read_dir(repository().join("src/check/explain")).expect("explanations").count();
    assert_eq!(explained, Code::ALL.len(), "an explanation of no code");
}

#[test]
fn explanations_differ() {
    for heading in ["Why", "Mend"] {
        let mut texts: Vec<&str> =
            Code::ALL.iter().filter_map(|code| explain(*code)?.section(heading)).collect();
        texts.sort_unstable();
        let repeated: Vec<_> = texts.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
    }
}

/// The settings and the front matter that an example is laid over, and an article's text.
const SITE: &str = "title: Meja\nbase_url: https://example.org/\nlanguage: id\ntimezone: Asia/Jakarta\npublisher: {name: Meja}\n";
const FRONT: &str = "title: Judul\ndate: 2025-01-02\nauthors: [Rina]\n";
const BODY: &str = "They say that it is so.\n";

/// Lays an example over what a desk has: keys it names are not there otherwise.
fn over(base: &str, example: &str) -> String {
    let is_key = |line: &&str| !example.lines().any(|own| own.split(':').next() == line.split(':').next());
    let rest: Vec<&str> = base.lines().filter(is_key).collect();
    rest.join("\n") + "\n" + example
}

/// An example as a desk: front matter, a whole article, or the file that its first line names. `None` for
/// one in words.
fn desk_of(example: &str) -> Option<Desk> {
    let (language, text) = example.strip_prefix("```")?.split_once('\n')?;
    let text = text.split("\n```").next()?.to_owned() + "\n";
    let article = "content/articles/a.md";
    let named = text.lines().next()?.trim_start_matches(['{', '#', ' ']).trim_end_matches([' ', '#', '}']);
    let (path, text) = match language {
        "yaml" if named == "site.yaml" => (named, over(SITE, &text)),
        "yaml" if named.starts_with("strings/") => (named, text.clone()),
        "html" => (named, text.clone()),
        "yaml" => (article, format!("---\n{}---\n\n{BODY}", over(FRONT, &text))),
        "markdown" => (article, text.clone()),
        _ => return None,
    };
    let desk = Desk::with(&[("site.yaml", SITE), (article, &format!("---\n{FRONT}---\n\n{BODY}"))]);
    desk.write(path, text);
    Some(desk)
}

#[test]
fn examples_yield_the_code_they_explain() {
    let mut tried = 0;
    for code in Code::ALL.iter().filter(|code| Code::rule(code.name()).is_none()) {
        let example =
            explain(*code).and_then(|explanation| explanation.section("Example")).unwrap_or_default();
        let Some(desk) = desk_of(example) else {
            continue;
        };
        let run = desk.meja(&["build", "--color", "never", "--now", "2026-01-15"]);
        assert!(run.stderr.contains(&format!("[{}]", code.name())), "{}: {}", code.name(), run.stderr);
        let others = run.stderr.matches("error[").count() + run.stderr.matches("warning[").count();
        assert_eq!(others, 1, "{} and more: {}", code.name(), run.stderr);
        tried += 1;
    }
    assert!(tried > 25, "{tried} examples could be tried");
}

#[test]
fn the_demo_desk_is_clean() {
    // Drafts too: what is still to come is checked before it appears.
    let arguments = ["check", "--deny", "warnings", "--drafts", "--now", "2026-11-22", "--color", "never"];
    let run = meja_in(repository(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn what_points_into_a_file_concerns_it() {
    let article = |body: &str| {
        format!(
            "---\n{FRONT}claims:\n  - {{id: a, claim: Air itu kering., quote: it is so, verdict: \"false\", finding: \
             Tidak., sources: [{{title: Satu, url: \"https://example.org/1\"}}]}}\n---\n\n{body}"
        )
    };
    let desk = Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/a.md", &article(BODY)),
        ("content/articles/b.md", &article(BODY)),
        ("content/articles/c.md", &format!("---\n{FRONT}---\n\n{BODY}")),
    ]);
    for (file, code) in [("a", 1), ("b", 1), ("c", 0)] {
        let path = format!("content/articles/{file}.md");
        let run = desk.meja(&["check", "--color", "never", "--now", "2026-01-15", &path]);
        assert_eq!(run.code, code, "{file}: {}", run.stderr);
        assert_eq!(run.stderr.contains("error[duplicate-claim]"), code == 1, "{file}: {}", run.stderr);
    }
}
