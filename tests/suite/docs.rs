//! The documents that say what the program says: the page of all codes is made from their explanations, and
//! what `docs/diagnostics.md` shows is what is printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use meja::check::explain;
use meja::check::ledger::LEDGER;
use meja::diagnostic::{Code, Severity};
use meja::schema::{DOCUMENTS, Group, Texts, reference};
use serde_json::Value;

use crate::desk::{Desk, Run, meja_in, repository};

const CHECKS: &str = "docs/checks.md";
const FRONT_MATTER: &str = "docs/front-matter.md";

/// The page of all codes.
fn checks() -> String {
    let mut page = String::from(
        "# What Meja checks\n\n<!-- Made from src/diagnostic/codes.rs and src/check/explain/ by \
         `MEJA_BLESS=1 cargo test --test suite docs::`; do not edit. -->\n\n\
         Every code that `meja build` and `meja check` know, as `meja explain CODE` explains it. How problems are \
         written for programs stands in [diagnostics.md](diagnostics.md).\n",
    );
    let is_ledger = |code: Code| LEDGER.iter().any(|rule| rule.code == code);
    let is_rule = |code: Code| Code::rule(code.name()).is_some();
    let groups: [(&str, &str, Vec<Code>); 3] = [
        (
            "Rules of `check`",
            "Each has a level, which `checks` in `site.yaml` sets: `{no-archive: deny, long-claim: allow}`. An article is excepted \
             with `allow: {no-archive: \"why\"}` in its front matter.",
            Code::RULES.iter().copied().filter(|code| !is_ledger(*code)).collect(),
        ),
        (
            "Rules of the ledger",
            "`meja check --since REV` compares with what was published at a commit: [ledger.md](ledger.md). Levels and exceptions \
             are as for other rules.",
            Code::RULES.iter().copied().filter(|code| is_ledger(*code)).collect(),
        ),
        (
            "Problems of a build",
            "Errors keep the site from being published; none of them can be allowed.",
            Code::ALL.iter().copied().filter(|code| !is_rule(*code)).collect(),
        ),
    ];
    for (title, _, codes) in &groups {
        let links: Vec<String> = codes.iter().map(|code| format!("[{0}](#{0})", code.name())).collect();
        let _ = write!(page, "\n**{title}:** {}\n", links.join(", "));
    }
    for (title, about, codes) in &groups {
        let _ = write!(page, "\n## {title}\n\n{about}\n");
        for code in codes {
            let level = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let _ = write!(page, "\n### {}\n\n*{level}* · {}\n\n", code.name(), code.about());
            let text = explain(*code).map(|explanation| explanation.text).unwrap_or_default();
            page.push_str(&lowered(text));
        }
    }
    page
}

/// The text with its headings two levels lower; code stays as it is.
fn lowered(text: &str) -> String {
    let mut in_code = false;
    text.lines().fold(String::new(), |mut out, line| {
        in_code ^= line.starts_with("```");
        let prefix = if !in_code && line.starts_with("## ") { "##" } else { "" };
        let _ = writeln!(out, "{prefix}{line}");
        out
    })
}

#[test]
fn the_page_of_all_codes_is_up_to_date() {
    let path = repository().join(CHECKS);
    let made = checks();
    if std::env::var_os("MEJA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the page of all codes");
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(is == made, "{CHECKS} is stale: MEJA_BLESS=1 cargo test --test suite docs::");
}

/// The page of all keys: prose of its own, with a table for each group where it says so.
fn front_matter() -> String {
    let prose = std::fs::read_to_string(repository().join("assets/schema/front-matter.md")).expect("prose");
    let texts = Texts::of("en");
    let mut left: BTreeMap<&str, &Group> =
        DOCUMENTS.iter().flat_map(|(_, document)| document.all()).map(|group| (group.name, group)).collect();
    let page = prose.lines().fold(String::new(), |mut page, line| {
        match line.strip_prefix("<!-- keys: ").and_then(|rest| rest.strip_suffix(" -->")) {
            Some(name) => {
                let group = left.remove(name).unwrap_or_else(|| panic!("no group `{name}` is left"));
                let _ = write!(page, "{}\n\n{}", texts.group(group), reference(group, &texts));
            }
            None => page = page + line + "\n",
        }
        page
    });
    assert!(left.is_empty(), "not on the page: {left:?}");
    page
}

#[test]
fn the_page_of_all_keys_is_up_to_date() {
    let path = repository().join(FRONT_MATTER);
    let made = front_matter();
    if std::env::var_os("MEJA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the page of all keys");
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(is == made, "{FRONT_MATTER} is stale: MEJA_BLESS=1 cargo test --test suite docs::");
}

/// The code blocks of `docs/diagnostics.md` with this name.
fn blocks(name: &str) -> Vec<String> {
    let page = std::fs::read_to_string(repository().join("docs/diagnostics.md")).expect("the page");
    let opening = format!("```{name}\n");
    page.split(&opening).skip(1).filter_map(|rest| rest.split("```").next().map(str::to_owned)).collect()
}

/// The desk that the page shows.
fn desk() -> Desk {
    Desk::with(&[("site.yaml", &blocks("yaml")[0]), ("content/articles/tower.md", &blocks("markdown")[0])])
}

fn check(desk: &Desk, format: &str) -> Run {
    desk.meja(&["check", "--now", "2026-01-15", "--format", format])
}

#[test]
fn the_json_shown_is_what_is_printed() {
    let run = check(&desk(), "json");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.lines().count()), (0, "", 1), "{}", run.stderr);
    let printed: Value = serde_json::from_str(&run.stderr).expect("JSON");
    let shown: Value = serde_json::from_str(&blocks("json")[0]).expect("JSON in the page");
    assert_eq!(shown, printed);
}

#[test]
fn the_annotations_shown_are_what_is_printed() {
    let run = check(&desk(), "github");
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (blocks("text")[0].as_str(), "2 warnings\n"));
}

/// The annotations of a run, each as its properties: no value here has a comma.
fn annotations(run: &Run) -> Vec<BTreeMap<&str, &str>> {
    let heads = run.stdout.lines().filter_map(|line| line.strip_prefix("::")?.split_once("::"));
    heads
        .filter_map(|(head, _)| head.split_once(' '))
        .map(|(_, properties)| properties.split(',').filter_map(|pair| pair.split_once('=')).collect())
        .collect()
}

#[test]
fn annotations_stand_at_the_words_they_are_about() {
    let article = "content/articles/tower.md";
    let desk = desk();
    // Marks, returns and letters of several bytes do not move them.
    let text = desk.read(article).replace("claimed_on: ", "\"claimed_on\": ").replace('\n', "\r\n");
    let text = text.replace("claimant: {name: Budi", "claimant: {name: \u{1f600}é Budi");
    desk.write(article, format!("\u{feff}{text}"));
    let run = check(&desk, "github");
    let found = annotations(&run);
    let titles: Vec<&str> = found.iter().map(|found| found["title"]).collect();
    assert_eq!(titles, ["claimed-after-check", "unused-exception"], "{}", run.stdout);
    for (found, words) in found.iter().zip(["2025-01-20", "long-claim"]) {
        let number = |key: &str| found[key].parse::<usize>().expect("a number");
        assert_eq!((found["file"], found["line"]), (article, found["endLine"]));
        let line: Vec<char> = text.lines().nth(number("line") - 1).expect("a line").chars().collect();
        let marked: String = line[number("col") - 1..number("endColumn") - 1].iter().collect();
        assert_eq!(marked, words);
    }
}

#[cfg(unix)] // Elsewhere no file has such a name.
#[test]
fn names_of_files_do_not_break_annotations() {
    let desk = desk();
    let nasty = "100 %, a:b\r\n::error::x.md";
    desk.write(&format!("content/articles/{nasty}"), "---\ntitle: [\n---\n");
    let run = check(&desk, "github");
    let start = "::error file=content/articles/100 %25%2C a%3Ab%0D%0A%3A%3Aerror%3A%3Ax.md,line=";
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with(start), "{}", run.stdout);
    let rest: Vec<&str> = run.stdout.lines().skip(1).collect();
    let own = |line: &&str| line.starts_with("::warning file=content/articles/tower.md,");
    assert!(!rest.is_empty() && rest.iter().all(own), "{}", run.stdout);
}

#[test]
fn paths_count_from_the_root_of_the_repository() {
    let desk = Desk::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("our desk/site.yaml", "title: [\n"),
        ("our desk/content/articles/a.md", ""),
    ]);
    let within = desk.path("our desk");
    for (folder, arguments) in [
        (within.as_path(), &["build", "--format", "github"][..]),
        (desk.root(), &["build", "--root", "our desk", "--format", "github"][..]),
    ] {
        let run = meja_in(folder, arguments);
        assert_eq!(run.code, 1);
        assert!(run.stdout.starts_with("::error file=our desk/"), "{}", run.stdout);
        assert!(run.stderr.ends_with("nothing was published\n"), "{}", run.stderr);
    }
    let run = meja_in(&within, &["build", "--format", "sarif"]);
    assert!(run.stdout.contains("\"uri\":\"our%20desk/"), "{}", run.stdout);
    let run = meja_in(&within, &["check", "--format", "github", "nowhere.md"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.starts_with("::error title=meja::cannot find"), "{}{}", run.stdout, run.stderr);
}

/// All that a result of the log says of a text is true of it.
fn holds(result: &Value, rules: &[Value], text: &str) {
    let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("an index");
    assert_eq!(rules[rule]["id"], result["ruleId"]);
    assert!(["error", "warning"].contains(&result["level"].as_str().expect("a level")));
    assert!(!result["message"]["text"].as_str().expect("a message").is_empty());
    let related = result.get("relatedLocations").and_then(Value::as_array).into_iter().flatten();
    for location in result["locations"].as_array().expect("places").iter().chain(related) {
        let place = &location["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert_eq!(place["artifactLocation"]["uri"], "content/articles/tower.md");
        let number = |key: &str| usize::try_from(place["region"][key].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(number("startLine") - 1).expect("a line");
        assert!(number("startColumn") >= 1 && number("endLine") >= number("startLine"));
        assert!(number("startColumn") <= line.chars().count() + 1);
    }
}

/// What the schema of SARIF 2.1.0 cannot say; `schemas.rs` holds the rest.
#[test]
fn sarif_is_one_log_whose_places_are_true() {
    let desk = desk();
    let text = desk.read("content/articles/tower.md");
    for (command, code) in [("check", 0), ("build", 0)] {
        let run = desk.meja(&[command, "--now", "2026-01-15", "--format", "sarif"]);
        assert_eq!((run.code, run.stderr.as_str()), (code, ""), "nothing but the log");
        let log: Value = serde_json::from_str(&run.stdout).expect("one document");
        assert_eq!(log["version"], "2.1.0");
        let [run] = log["runs"].as_array().expect("runs").as_slice() else { panic!("one run") };
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "meja");
        let rules = driver["rules"].as_array().expect("rules");
        for rule in rules {
            for key in ["shortDescription", "fullDescription", "help"] {
                assert!(rule[key]["text"].as_str().is_some_and(|text| !text.is_empty()), "{key} of {rule}");
            }
        }
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), if command == "check" { 2 } else { 0 });
        for result in results {
            holds(result, rules, &text);
        }
    }
    let run = desk.meja(&["check", "--format", "sarif", "nowhere.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "no log of a check that was not made");
    assert!(run.stderr.starts_with("error: cannot find"), "{}", run.stderr);
}

#[test]
fn codes_are_explained_in_words_and_for_programs() {
    let desk = desk();
    let run = desk.meja(&["explain", "long-claim", "--color", "never"]);
    assert!(run.stdout.starts_with("long-claim (warn)\nA claim of more than 75 characters.\n\nWhy\n\n"));
    assert!(!run.stdout.contains("```") && run.stdout.contains("\n    "), "{}", run.stdout);
    let run = desk.meja(&["explain", "long-claim", "--color", "always"]);
    assert!(run.stdout.contains("\u{1b}[1mMend\u{1b}[0m\n"));

    // In a desk, rules have its levels; elsewhere their usual ones.
    desk.write("site.yaml", blocks("yaml")[0].clone() + "checks: {long-claim: deny, no-archive: allow}\n");
    let said = |desk: &Desk| desk.meja(&["explain"]).stdout;
    assert!(said(&desk).contains("  long-claim               deny "), "{}", said(&desk));
    assert!(said(&desk).contains("  no-archive               allow "));
    let elsewhere = Desk::empty();
    assert!(said(&elsewhere).contains("  no-archive               warn "));
    assert!(said(&elsewhere).contains("  bad-url                  error "));

    let json = |arguments: &[&str]| -> Value {
        let run = desk.meja(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let all = json(&["explain", "--format", "json"]);
    assert_eq!(all["codes"].as_array().map(Vec::len), Some(Code::ALL.len()));
    let one = json(&["explain", "long-claim", "--format", "json"]);
    assert_eq!((&one["code"]["level"], &one["code"]["group"]), (&"deny".into(), &"rule".into()));
    assert!(one["code"]["markdown"].as_str().is_some_and(|text| text.starts_with("## Why\n")));
    assert_eq!(desk.meja(&["explain", "--format", "sarif"]).code, 2);
    assert_eq!(desk.meja(&["explain", "long-clain"]).code, 2);
}
