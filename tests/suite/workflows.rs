//! The workflows that the documents show can be pasted: each is YAML, keeps to the schema of workflows of
//! GitHub Actions, and asks `meja` for what it knows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::desk::{meja_in, repository};
use crate::schemas::{faults, foreign};

/// Every block of YAML in the documents, with the document's path.
fn blocks() -> Vec<(String, String)> {
    let mut paths = vec!["README.md".to_owned(), "ARCHITECTURE.md".to_owned()];
    for entry in std::fs::read_dir(repository().join("docs")).expect("the documents") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        if name.ends_with(".md") {
            paths.push(format!("docs/{name}"));
        }
    }
    paths.sort();
    let mut blocks = Vec::new();
    for path in paths {
        let page = std::fs::read_to_string(repository().join(&path)).expect("a document");
        // `yml` too, and whatever stands after the name.
        for block in page.split("\n```y").skip(1) {
            let text = block.split_once('\n').and_then(|(_, text)| text.split("\n```").next());
            blocks.push((path.clone(), text.unwrap_or_default().to_owned()));
        }
    }
    blocks
}

/// The workflows of this repository, with their paths.
fn own() -> Vec<(String, String)> {
    let folder = repository().join(".github/workflows");
    let mut found: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("the workflows")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a workflow");
            (format!(".github/workflows/{}", path.file_name().expect("a name").display()), text)
        })
        .collect();
    found.sort();
    found
}

/// Those that are workflows or steps of one, by words that nothing else has: one that cannot be read is found too.
fn is_workflow(text: &str) -> bool {
    let begins = |line: &str| {
        let line = line.trim_start();
        ["jobs:", "runs-on:", "steps:", "- uses:", "- run:", "uses: actions/"]
            .iter()
            .any(|word| line.starts_with(word))
    };
    text.lines().any(begins)
}

/// A whole workflow of a block, which may be steps only.
fn workflow(text: &str) -> Result<Value, String> {
    let value: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    Ok(match value {
        Value::Array(steps) => {
            json!({"on": "push", "jobs": {"check": {"runs-on": "ubuntu-latest", "steps": steps}}})
        }
        whole => whole,
    })
}

/// The steps of all jobs.
fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_object().into_iter().flat_map(|jobs| jobs.values());
    jobs.filter_map(|job| job["steps"].as_array()).flatten().collect()
}

#[test]
fn the_workflows_shown_keep_to_their_schema() {
    let schema = foreign("github-workflow.json");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in blocks().into_iter().chain(own()).filter(|(_, text)| is_workflow(text)) {
        let workflow = workflow(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert_eq!(faults(&schema, &workflow), "", "{path}:\n{text}");
        assert!(!steps(&workflow).is_empty(), "{path}: no steps in\n{text}");
        *found.entry(path).or_default() += 1;
    }
    let least =
        [("docs/diagnostics.md", 2), ("docs/ledger.md", 1), ("docs/links.md", 1), ("docs/publishing.md", 2)];
    assert_eq!(own().iter().filter(|(_, text)| is_workflow(text)).count(), own().len());
    for (path, number) in least {
        assert!(
            found.get(path).is_some_and(|found| *found >= number),
            "{path} has less than {number}: {found:?}"
        );
    }
}

#[test]
fn a_broken_workflow_is_refused() {
    let schema = foreign("github-workflow.json");
    let (_, text) = blocks().into_iter().find(|(path, _)| path == "docs/ledger.md").expect("the workflow");
    let breaks = [
        ("runs-on:", "runs_on:"),
        ("on: pull_request", "on: pull_requests"),
        ("jobs:", "job:"),
        ("- run:", "- runs:"),
        ("with: {fetch-depth: 0}", "with: [fetch-depth]"),
        ("with: {fetch-depth: 0}", "with: {fetch-depth: 0"),
        ("    steps:", "   steps:"),
    ];
    for (is, broken) in breaks {
        assert!(text.contains(is), "`{is}` is not in\n{text}");
        let text = text.replace(is, broken);
        assert!(is_workflow(&text));
        let refused = workflow(&text).map_or(true, |workflow| !faults(&schema, &workflow).is_empty());
        assert!(refused, "{text}");
    }
}

#[test]
fn the_workflows_shown_ask_for_what_meja_knows() {
    let mut tried = 0;
    for (path, text) in blocks().into_iter().chain(own()).filter(|(_, text)| is_workflow(text)) {
        let workflow = workflow(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        for line in steps(&workflow).iter().filter_map(|step| step["run"].as_str()).flat_map(str::lines) {
            // A word with a space in it is one word for the shell; it holds no option here.
            // What is asked of `command -v` or of cargo is none of the program's own.
            let line = line.replace("cargo run --release --locked --", "meja").replace("command -v meja", "");
            let mut words = line.split_whitespace().skip_while(|word| *word != "meja").skip(1);
            let Some(command) = words.next() else { continue };
            let help = meja_in(repository(), &[command, "--help"]);
            assert_eq!(help.code, 0, "{path}: {line}\n{}", help.stderr);
            for option in words.filter(|word| word.starts_with('-')) {
                let known = help.stdout.split_whitespace().any(|word| word.trim_end_matches(',') == option);
                assert!(known, "{path}: `meja {command}` knows no {option}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 5, "{tried} options");
}

#[test]
fn the_repository_tests_itself_and_publishes_its_desk() {
    let workflows: BTreeMap<String, Value> =
        own().into_iter().map(|(path, text)| (path, workflow(&text).expect("YAML"))).collect();
    let (ci, pages) = (&workflows[".github/workflows/ci.yml"], &workflows[".github/workflows/pages.yml"]);
    let runs = |workflow: &Value, word: &str| {
        steps(workflow).iter().filter_map(|step| step["run"].as_str()).any(|run| run.contains(word))
    };
    assert!(runs(ci, "./test") && runs(ci, "check --format github --since"));
    assert!(runs(pages, "build --format github --base-url \"${{ steps.pages.outputs.base_url }}\""));
    assert!(pages["on"]["schedule"][0]["cron"].is_string(), "articles of tomorrow appear");
    for workflow in [ci, pages] {
        // What a job may do beyond reading is said at the job.
        assert_eq!(workflow["permissions"], json!({"contents": "read"}));
        for step in steps(workflow).iter().filter_map(|step| step["uses"].as_str()) {
            assert!(step.starts_with("actions/") && step.contains("@v"), "{step}");
        }
    }
}

#[test]
fn the_address_of_pages_is_one_that_build_takes() {
    // As `actions/configure-pages` gives it: without a slash at its end.
    let desk = crate::desk::Desk::with(&[(
        "site.yaml",
        "title: Meja\nbase_url: https://example.org/\nlanguage: id\ntimezone: Asia/Jakarta\npublisher: {name: Meja}\n",
    )]);
    for (address, link) in
        [("https://name.github.io/desk", "\"/desk/"), ("https://cek.example", "https://cek.example/")]
    {
        let run = desk.meja(&["build", "--format", "github", "--base-url", address]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert!(desk.read("public/index.html").contains(link), "{address}");
    }
}
