//! The workflows of this repository, of the documents and of a new desk: each is YAML, keeps to the schema of workflows of
//! GitHub Actions, asks `meja` for what it knows, and may do no more than it needs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::desk::{Desk, meja_in, repository};
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

/// The workflows that `meja init` writes, in each language, with where they stand.
fn written() -> Vec<(String, String)> {
    let desk = Desk::empty();
    let mut found = Vec::new();
    for lang in ["id", "en"] {
        let run = desk.meja(&["init", lang, "--language", lang]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for name in ["check", "publish"] {
            let path = format!("{lang}/.github/workflows/{name}.yml");
            found.push((path.clone(), desk.read(&path)));
        }
    }
    found
}

/// All workflows there are, with their paths.
fn all() -> Vec<(String, String)> {
    let found = blocks().into_iter().chain(own()).chain(written());
    found.filter(|(_, text)| is_workflow(text)).collect()
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
    for (path, text) in all() {
        let workflow = workflow(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert_eq!(faults(&schema, &workflow), "", "{path}:\n{text}");
        assert!(!steps(&workflow).is_empty(), "{path}: no steps in\n{text}");
        *found.entry(path).or_default() += 1;
    }
    let least =
        [("docs/diagnostics.md", 2), ("docs/ledger.md", 1), ("docs/links.md", 1), ("docs/publishing.md", 1)];
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
    for (path, text) in all() {
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
    assert!(runs(pages, "build --format github --base-url \"$ADDRESS\""));
    let supply = &workflows[".github/workflows/supply.yml"];
    assert!(
        runs(supply, "cargo deny") && supply["on"]["schedule"][0]["cron"].is_string(),
        "advisories come unasked"
    );
    assert!(pages["on"]["schedule"][0]["cron"].is_string(), "articles of tomorrow appear");
}

/// The actions that are used, with the newest of their numbers that was known in 2026. Older ones run on a Node.js
/// that GitHub no longer has.
const ACTIONS: &[(&str, &str)] = &[
    ("actions/checkout", "v6"),
    ("actions/cache", "v5"),
    ("actions/cache/restore", "v5"),
    ("actions/configure-pages", "v6"),
    ("actions/upload-pages-artifact", "v5"),
    ("actions/deploy-pages", "v5"),
    ("github/codeql-action/upload-sarif", "v4"),
];

#[test]
fn workflows_use_actions_of_known_versions() {
    let mut found = std::collections::BTreeSet::new();
    for (path, text) in all() {
        for used in steps(&workflow(&text).expect("YAML")).iter().filter_map(|step| step["uses"].as_str()) {
            let is_known = used.split_once('@').is_some_and(|used| ACTIONS.contains(&used));
            assert!(is_known, "{path}: {used}");
            found.insert(used.to_owned());
        }
    }
    assert_eq!(found.len(), ACTIONS.len(), "{found:?}");
}

#[test]
fn nothing_from_outside_is_a_command() {
    for (path, text) in all() {
        for run in steps(&workflow(&text).expect("YAML")).iter().filter_map(|step| step["run"].as_str()) {
            // It reaches the shell by the surroundings, where it is a value and never a word of a command.
            assert!(!run.contains("${{"), "{path}: {run}");
        }
        assert!(
            !text.contains("pull_request_target"),
            "{path}: strangers' files would meet the desk's secrets"
        );
    }
}

/// What is allowed beyond reading.
fn writes(permissions: &Value) -> Vec<&str> {
    let of = |permissions: &Value| permissions.as_object().is_some();
    assert!(permissions.is_null() || of(permissions), "each permission is named: {permissions}");
    let named = permissions.as_object().into_iter().flatten();
    let mut names: Vec<&str> = named
        .filter(|(_, level)| *level != "read" && *level != "none")
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn a_workflow_may_do_no_more_than_it_does() {
    let steps = |job: &Value, word: &str| {
        let steps = job["steps"].as_array().expect("steps");
        steps.iter().filter(|step| !step[word].is_null()).count()
    };
    for (path, text) in own().into_iter().chain(written()) {
        let workflow = workflow(&text).expect("YAML");
        // What a job may do beyond reading is said at the job.
        assert_eq!(workflow["permissions"], json!({"contents": "read"}), "{path}");
        assert!(
            workflow["concurrency"]["group"].is_string(),
            "{path}: two at a time would disturb each other"
        );
        let is_deployed = text.contains("actions/deploy-pages");
        assert_eq!(workflow["concurrency"]["cancel-in-progress"], json!(!is_deployed), "{path}");
        for (name, job) in workflow["jobs"].as_object().expect("jobs") {
            let at = format!("{path}: {name}");
            assert!(job["timeout-minutes"].is_u64(), "{at}: GitHub would wait for six hours");
            match writes(&job["permissions"]).as_slice() {
                [] => {}
                // Who may write to the repository moves a tag, and runs nothing that others wrote.
                ["contents"] => {
                    assert_eq!((steps(job, "run"), steps(job, "uses")), (1, 0), "{at}");
                    let run = job["steps"][0]["run"].as_str().unwrap_or_default();
                    let (all, own) = ("refs/tags/", "refs/tags/meja-published");
                    assert_eq!(run.matches(all).count(), run.matches(own).count(), "{at}: {run}");
                    assert!(run.contains(own) && !run.contains("heads"), "{at}: {run}");
                }
                // Who may publish runs nothing but the action that does.
                more => {
                    assert_eq!(more, ["id-token", "pages"], "{at}");
                    assert_eq!((steps(job, "run"), steps(job, "uses")), (0, 1), "{at}");
                }
            }
            for step in job["steps"].as_array().expect("steps") {
                if step["uses"].as_str().is_some_and(|used| used.starts_with("actions/checkout@")) {
                    // What was built or installed later cannot push.
                    assert_eq!(step["with"]["persist-credentials"], json!(false), "{at}");
                }
                if step["uses"]
                    .as_str()
                    .is_some_and(|used| used.starts_with("actions/upload-pages-artifact@"))
                {
                    // `.well-known` goes out; the notes of the build, which stand in `public`, do not.
                    assert_eq!(step["with"], json!({"path": "site", "include-hidden-files": true}), "{at}");
                }
            }
        }
    }
    // The one that is shown for `meja publish` pushes.
    let (_, text) = blocks()
        .into_iter()
        .find(|(path, text)| path == "docs/publishing.md" && text.contains("meja publish"))
        .expect("the workflow");
    let workflow = workflow(&text).expect("YAML");
    assert_eq!(workflow["permissions"], json!({"contents": "write"}));
    assert_eq!(workflow["jobs"]["publish"]["steps"][0]["with"]["fetch-depth"], 0);
    assert!(workflow["concurrency"]["group"].is_string());
}

#[test]
fn the_workflows_of_a_new_desk_are_the_only_word_on_how_meja_is_installed() {
    let address = "cargo install --locked --git \"$MEJA_REPOSITORY\"";
    for (path, text) in all() {
        // The one other program that is installed; it looks at what Meja is made of.
        let tools = text.matches("cargo install --locked cargo-deny@").count();
        let said = text.matches("cargo install").count() - tools;
        assert_eq!(text.matches(address).count(), said, "{path}: installs from somewhere else");
    }
    for (path, text) in written() {
        assert!(text.contains(address) && text.contains("${{ vars.MEJA_REPOSITORY }}"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn the_steps_of_a_new_desk_find_the_commit_to_install() {
    let meja = Desk::with(&[("a", "a")]);
    meja.commit("One", "2026-01-10T00:00:00Z");
    let one = meja.git(&["rev-parse", "HEAD"]);
    meja.git(&["tag", "v1"]);
    meja.write("a", "b");
    meja.commit("Two", "2026-01-11T00:00:00Z");
    let two = meja.git(&["rev-parse", "HEAD"]);
    meja.git(&["tag", "--annotate", "--message", "Two", "v2"]);
    let (_, text) = written().pop().expect("a workflow");
    let workflow = workflow(&text).expect("YAML");
    let run = steps(&workflow)
        .into_iter()
        .find(|step| step["id"] == "meja")
        .and_then(|step| step["run"].as_str())
        .expect("the step");
    let address = meja.root().to_str().expect("a path");
    let cases = [
        (address, "", Some(&two)),
        (address, "v1", Some(&one)),
        (address, "v2", Some(&two)),
        (address, "v3", None),
    ];
    for (address, tag, commit) in cases {
        let out = meja.path("out");
        std::fs::write(&out, "").expect("a file");
        // As GitHub runs it.
        let output = std::process::Command::new("bash")
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", run])
            .envs([("MEJA_REPOSITORY", address), ("MEJA_TAG", tag)])
            .env("GITHUB_OUTPUT", &out)
            .output()
            .expect("a shell");
        assert_eq!(output.status.success(), commit.is_some(), "{tag}");
        let said = std::fs::read_to_string(&out).expect("a file");
        assert_eq!(said, commit.map(|commit| format!("commit={commit}\n")).unwrap_or_default(), "{tag}");
    }
}

#[cfg(unix)]
#[test]
fn a_silent_change_is_not_published_by_a_new_desk() {
    let desk = Desk::empty();
    assert_eq!(desk.meja(&["init", "."]).code, 0);
    let year = std::fs::read_dir(desk.path("content/articles")).expect("articles").next();
    let year = year.expect("a folder").expect("its name").file_name();
    let article = &format!("content/articles/{}/lightning-same-place.md", year.to_string_lossy());
    // Begun today, which is later than the commits of this test.
    let text = desk.read(article);
    let dated = text.lines().map(|line| if line.starts_with("date: ") { "date: 2026-01-09" } else { line });
    desk.write(article, dated.collect::<Vec<_>>().join("\n"));
    desk.commit("Begin", "2026-01-10T00:00:00Z");
    let (_, text) =
        written().into_iter().find(|(path, _)| path.ends_with("publish.yml")).expect("a workflow");
    let workflow = workflow(&text).expect("YAML");
    let check = workflow["jobs"]["build"]["steps"].as_array().expect("steps");
    let run = check.iter().find(|step| step["name"] == "Check").and_then(|step| step["run"].as_str());
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_meja")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let passes = || {
        let mut bash = std::process::Command::new("bash");
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", run.expect("the step")]);
        bash.current_dir(desk.root()).env("PATH", &path).output().expect("a shell").status.success()
    };
    assert!(passes(), "nothing is published yet");
    desk.git(&["tag", "meja-published"]);
    assert!(passes(), "nothing changed");
    desk.write(article, desk.read(article).replace("verdict: \"false\"", "verdict: \"true\""));
    desk.commit("Change a verdict", "2026-01-11T00:00:00Z");
    assert!(!passes(), "another verdict, and no word to readers");
    desk.git(&["tag", "--force", "meja-published"]);
    assert!(passes(), "it is what is published");
}

#[test]
fn what_goes_out_is_the_site_with_its_dot_files() {
    for (path, text) in own().into_iter().chain(written()).filter(|(_, text)| text.contains("site/.meja-")) {
        let desk = Desk::with(&[
            ("public/.well-known/security.txt", "x"),
            ("public/.meja-manifest", "x"),
            ("public/index.html", "x"),
        ]);
        let workflow = workflow(&text).expect("YAML");
        let steps = steps(&workflow);
        let run =
            steps.iter().filter_map(|step| step["run"].as_str()).find(|run| run.contains("site/.meja-"));
        let run = run.expect("the step");
        let done = std::process::Command::new("sh").args(["-e", "-c", run]).current_dir(desk.root()).status();
        assert!(done.expect("a shell").success(), "{path}");
        assert!(desk.exists("site/.well-known/security.txt") && desk.exists("site/index.html"));
        assert!(!desk.exists("site/.meja-manifest"));
    }
}

#[test]
fn the_address_of_pages_is_one_that_build_takes() {
    // As `actions/configure-pages` gives it: without a slash at its end.
    let desk = crate::desk::Desk::with(&[(
        "site.yaml",
        "title: Meja\nbase_url: https://example.org/\nlanguage: id\ntimezone: Asia/Jakarta\npublisher: {name: Meja}\n",
    )]);
    for (address, link) in [
        ("https://name.github.io/desk", "\"/desk/"),
        ("https://cek.example", "\"https://cek.example/"),
        // As long as a domain has no certificate.
        ("http://cek.example", "\"http://cek.example/"),
        ("https://name.github.io", "\"https://name.github.io/"),
        ("https://name.github.io/Desk_2.x/", "\"/Desk_2.x/"),
    ] {
        let run = desk.meja(&["build", "--format", "github", "--base-url", address]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert!(desk.read("public/index.html").contains(link), "{address}");
    }
}
