//! `meja schema`: what it says of a desk is what the build accepts, editors understand it, and the forms keep to
//! the schema of their program.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use meja::source::Source;
use meja::yaml::{Node, Yaml, parse};
use serde_json::{Map, Value, json};

mod agreement;

use crate::cases::in_every_desk;
use crate::desk::{Desk, meja_in, repository};
use crate::schemas::{faults, foreign, validator};

const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
languages: [en]
publisher: {name: Meja}
ratings: tempo
topics: {vaksin: Vaksin}
";

/// A desk with a person and an article.
fn desk() -> Desk {
    let article = "---\ntitle: Judul\ndate: 2025-01-02\nauthors: [rina]\ntopics: [Cuaca Buruk]\n---\nIsi.\n";
    Desk::with(&[
        ("site.yaml", SITE),
        ("content/people/rina.md", "---\nname: Rina Dewi\n---\n"),
        ("content/articles/2025/a.md", article),
    ])
}

fn schema(folder: &Path, arguments: &[&str]) -> Value {
    let run = meja_in(folder, &[&["schema"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// YAML as JSON. `None` where it is none, or has a key twice.
fn yaml(text: &str) -> Option<Value> {
    fn json(node: Node) -> Value {
        match node {
            Node::Null => Value::Null,
            Node::Bool(value) => value.into(),
            Node::Int(value) => value.into(),
            Node::Float(value) => value.into(),
            Node::Text(value) => value.into(),
            Node::List(items) => items.into_iter().map(json).collect(),
            Node::Map(entries) => {
                entries.into_iter().map(|(key, value)| (key, json(value))).collect::<Map<_, _>>().into()
            }
        }
    }
    parse(&Yaml::whole(&Source::new("a.yaml", text))).ok().map(json)
}

/// The front matter of a file.
fn front_matter(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rest = text.strip_prefix("---\n")?;
    let lines = rest.lines().take_while(|line| !matches!(line.trim_end(), "---" | "..."));
    yaml(&lines.fold(String::new(), |text, line| text + line + "\n"))
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Everything in which the files of a desk break the schemas of that desk; and how many files were looked at.
fn broken(desk: &Path) -> (usize, String) {
    let mut said = String::new();
    let mut looked = 0;
    let mut look = |kind: &str, name: &str, document: Option<Value>| {
        let Some(document) = document else { return };
        looked += 1;
        let found = faults(&validator(&schema(desk, &[kind])), &document);
        if !found.is_empty() {
            said += &format!("{name}: {found}\n");
        }
    };
    let text = std::fs::read_to_string(desk.join("site.yaml"));
    look("site", "site.yaml", text.ok().and_then(|text| yaml(text.trim_start_matches('\u{feff}'))));
    for (folder, kind) in [("articles", "article"), ("pages", "page"), ("people", "person")] {
        let mut found = Vec::new();
        files(&desk.join("content").join(folder), &mut found);
        found.sort();
        for path in found.iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
            let text = std::fs::read_to_string(path).ok();
            look(kind, &path.display().to_string(), text.and_then(|text| front_matter(&text)));
        }
    }
    (looked, said)
}

#[test]
fn every_case_is_judged_as_the_build_judges_it() {
    let counts = Mutex::new((0, 0));
    let wrong = Mutex::new(String::new());
    in_every_desk(|name, desk, arguments| {
        let keys = ["unknown-key", "missing-key", "wrong-type"];
        let of_keys = keys.iter().any(|code| name.starts_with(code));
        let errors = desk.meja(arguments).stderr.contains("error[");
        if (!of_keys && errors) || !desk.path("site.yaml").is_file() {
            return;
        }
        let (looked, said) = broken(desk.root());
        let mut counts = counts.lock().expect("no test panics here");
        if of_keys {
            counts.1 += 1;
        } else {
            counts.0 += looked;
        }
        if of_keys == said.is_empty() {
            wrong.lock().expect("no test panics here").push_str(&format!("{name}: {said}\n"));
        }
    });
    let wrong = wrong.into_inner().expect("no test panics here");
    assert!(wrong.is_empty(), "{wrong}");
    let (fine, bad) = counts.into_inner().expect("no test panics here");
    assert!(fine > 150 && bad > 15, "{fine} {bad}");
}

#[test]
fn the_demo_keeps_to_its_schemas() {
    let (looked, said) = broken(repository());
    assert!(looked > 30 && said.is_empty(), "{looked} {said}");
}

#[test]
fn a_schema_has_the_words_of_its_desk() {
    let desk = desk();
    let article = schema(desk.root(), &[]);
    assert_eq!(article, schema(desk.root(), &["article"]), "deterministic");
    let claim = &article["$defs"]["claim"]["properties"];
    assert_eq!(
        claim["verdict"]["enum"],
        json!(["benar", "sebagian-benar", "tidak-terbukti", "sesat", "keliru"])
    );
    assert_eq!(claim["verdict"]["enumDescriptions"][1], "Sebagian Benar");
    assert_eq!(claim["verdict"]["description"], "Id dari skala penilaian.");
    assert_eq!(claim["kind"]["enum"].as_array().map(Vec::len), Some(8), "seven kinds, or none");
    assert_eq!(article["properties"]["authors"]["items"]["anyOf"][0]["enum"], json!(["rina"]));
    assert_eq!(article["properties"]["topics"]["items"]["examples"], json!(["cuaca-buruk", "vaksin"]));
    let site = schema(desk.root(), &["site", "--lang", "en"]);
    assert_eq!(site["properties"]["title"]["description"], "The site's name.");
    let versions = site["properties"]["title"]["anyOf"][1]["properties"].as_object().expect("languages");
    assert_eq!(versions.keys().collect::<Vec<_>>(), ["id", "en"]);

    // Without a desk: the scale of a site that names none. Into a file, the same text.
    let elsewhere = Desk::empty();
    let preset = schema(elsewhere.root(), &["article", "--lang", "id"]);
    assert!(
        preset["$defs"]["claim"]["properties"]["verdict"]["enum"].as_array().is_some_and(|all| all.len() > 3)
    );
    let run = elsewhere.meja(&["schema", "article", "--lang", "id", "--out", "a/b.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(serde_json::from_str::<Value>(&elsewhere.read("a/b.json")).expect("JSON"), preset);
    for kind in ["article", "page", "person", "site"] {
        validator(&schema(elsewhere.root(), &[kind]));
        validator(&schema(desk.root(), &[kind]));
    }
    assert_eq!(elsewhere.meja(&["schema", "--cms"]).code, 2);
    assert_eq!(elsewhere.meja(&["schema", "--format", "sarif"]).code, 2);
}

#[test]
fn a_language_server_completes_and_flags() {
    // Patterns of the server do not reach into hidden folders, as those of [`Desk`] are.
    let desk = tempfile::Builder::new().prefix("meja").tempdir().expect("a folder");
    std::fs::write(desk.path().join("site.yaml"), SITE).expect("settings");
    assert_eq!(meja_in(desk.path(), &["schema", "--vscode"]).code, 0);
    let claims = "title: x\ndate: 2025-01-01\nauthors: [rina]\nclaims:\n  - id: a\n    claim: b\n    finding: c\n    \
                  sources:\n      - {title: t, url: \"https://example.org/\"}\n    verdict: ";
    let questions = json!([
        {"path": "a.article.yaml", "text": format!("{claims}\n"), "line": 9, "character": 13},
        {"path": "b.article.yaml", "text": format!("{claims}keliru\n    verdct: keliru\n"), "line": 0, "character": 0},
        {"path": "site.yaml", "text": format!("{SITE}theme: {{acent: \"#fff\"}}\nkinds: \n"), "line": 8, "character": 7},
        {"path": "site.yaml", "text": SITE, "line": 0, "character": 0},
    ]);
    let mut server = Command::new("node")
        .arg(repository().join("tests/npm/language-server.mjs"))
        .arg(desk.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs; ./test installs it");
    server.stdin.take().expect("a way in").write_all(questions.to_string().as_bytes()).expect("questions");
    let output = server.wait_with_output().expect("answers");
    assert!(output.status.success(), "npm ci --prefix tests/npm installs the server");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let verdicts = ["benar", "sebagian-benar", "tidak-terbukti", "sesat", "keliru"];
    assert_eq!(answers[0]["completions"], json!(verdicts));
    let problems = |index: usize| answers[index]["problems"].as_array().expect("a list").clone();
    assert_eq!(problems(1), [json!({"message": "Property verdct is not allowed.", "line": 10})]);
    assert_eq!(problems(2), [json!({"message": "Property acent is not allowed.", "line": 7})]);
    assert!(answers[2]["completions"].as_array().is_some_and(|all| all.contains(&json!("first-draft"))));
    assert!(problems(3).is_empty(), "{answers:?}");
}

#[test]
fn what_an_editor_wrote_stays() {
    let desk = desk();
    desk.write(".vscode/settings.json", "{}");
    let run = desk.meja(&["schema", "--vscode"]);
    assert!(
        run.stderr.contains(".vscode/settings.json is there already and stays as it is"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.read(".vscode/settings.json"), "{}");
    let before = desk.read(".vscode/meja.site.schema.json");
    desk.write("site.yaml", SITE.replace("[en]", "[en, jv]"));
    assert_eq!(desk.meja(&["schema", "--vscode", "--quiet"]).code, 0);
    assert_ne!(desk.read(".vscode/meja.site.schema.json"), before, "schemas follow the desk");
    // A folder of that name may hold the forms of another program, or changes of one's own.
    desk.write("static/admin/index.html", "mine");
    desk.write("static/admin/admin.js", "mine");
    assert_eq!(desk.meja(&["schema", "--cms"]).code, 0);
    assert_eq!(
        (desk.read("static/admin/index.html").as_str(), desk.read("static/admin/admin.js").as_str()),
        ("mine", "mine")
    );
}

#[test]
fn the_forms_keep_to_the_schema_of_their_program() {
    let desk = desk();
    desk.write("site.yaml", SITE.replace("Meja\nbase", "\"<b>&\\\"\"\nbase"));
    let run = desk.meja(&["schema", "--cms"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let config = yaml(&desk.read("static/admin/config.yml")).expect("YAML");
    let schema = foreign("sveltia-cms.json");
    assert_eq!(faults(&schema, &config), "");
    assert!(!faults(&schema, &json!({"backend": {"name": "github"}})).is_empty());

    let find = |fields: &Value, name: &str| -> Value {
        let all = fields.as_array().expect("fields");
        all.iter().find(|field| field["name"] == name).unwrap_or_else(|| panic!("no field {name}")).clone()
    };
    let articles = &config["collections"][0];
    assert_eq!(
        (&articles["path"], &config["i18n"]["structure"]),
        (&json!("{{year}}/{{slug}}"), &json!("multiple_files"))
    );
    assert_eq!(find(&articles["fields"], "status")["default"], "draft");
    assert!(find(&config["collections"][1]["fields"], "title").get("default").is_none());
    let claims = find(&articles["fields"], "claims");
    assert_eq!(claims["widget"], "list");
    let verdict = find(&claims["fields"], "verdict");
    assert_eq!((&verdict["widget"], &verdict["i18n"]), (&json!("select"), &json!("duplicate")));
    assert_eq!(verdict["options"][1], json!({"label": "Sebagian Benar", "value": "sebagian-benar"}));
    let sources = find(&claims["fields"], "sources");
    assert_eq!((&sources["widget"], &sources["min"]), (&json!("list"), &json!(1)));
    assert_eq!(find(&articles["fields"], "authors")["widget"], "relation");

    // The page asks nobody but its own site and GitHub, and the build takes it along as it is.
    let page = desk.read("static/admin/index.html");
    assert!(page.contains("<title>&lt;b&gt;&amp;&quot;</title>") && !page.contains("<script>"), "{page}");
    assert!(!page.contains("unpkg") && !page.contains("jsdelivr"), "{page}");
    let run = desk.meja(&["build", "--now", "2026-01-15"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(desk.read("public/admin/index.html"), page);
    assert!(desk.exists("public/admin/config.yml") && desk.exists("public/admin/admin.js"));
}
