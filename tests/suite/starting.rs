//! How a desk begins: `meja init` and `meja new`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::desk::{Desk, Run, git_in};
use crate::schemas::{faults, foreign};

const RATINGS: [&str; 5] = ["google", "politifact", "africa-check", "tempo", "turnbackhoax"];

/// A desk that `init` made.
fn begun(options: &[&str]) -> Desk {
    let desk = Desk::empty();
    let run = desk.meja(&[&["init", "."], options].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{options:?}");
    desk
}

/// The path of an example that `init` wrote: in the folder of its year.
fn example(desk: &Desk, name: &str) -> String {
    let years = std::fs::read_dir(desk.path("content/articles")).unwrap();
    let years: Vec<_> = years.map(|year| year.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(years.len(), 1, "{years:?}");
    format!("content/articles/{}/{name}.md", years[0])
}

/// What `check` finds, by rule and file.
fn findings(desk: &Desk, options: &[&str]) -> Vec<(String, String)> {
    let run = desk.meja(&[&["check", "--format", "json"], options].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stderr).unwrap();
    let all = found["diagnostics"].as_array().expect("diagnostics");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.iter().map(|one| (word(&one["code"]), word(&one["file"]))).collect()
}

#[test]
fn every_language_and_scale_begins_without_a_mistake() {
    for language in ["en", "id"] {
        for ratings in RATINGS {
            let desk = begun(&["--language", language, "--ratings", ratings]);
            let found = findings(&desk, &[]);
            let notes: Vec<_> = found.iter().filter(|(code, _)| code == "unfinished-text").collect();
            assert_eq!(notes.len(), 12, "{language} {ratings}: {found:?}");
            // The examples say that they are some, so that none goes out as if the desk had written it.
            let of_articles: Vec<_> = findings(&desk, &["content/articles"]);
            let is_note = |(code, _): &(String, String)| code == "unfinished-text";
            assert!(of_articles.len() == 2 && of_articles.iter().all(is_note), "{of_articles:?}");
            // Nobody but the desk knows where its site will stand.
            let address: Vec<_> = found.iter().filter(|(code, _)| code == "placeholder-address").collect();
            assert_eq!(address.len(), 1, "{language} {ratings}: {found:?}");
            assert_eq!(found.len(), notes.len() + address.len(), "{language} {ratings}: {found:?}");
        }
        let desk = begun(&["--language", language]);
        let built = desk.meja(&["build"]);
        assert!(built.code == 0 && built.stderr.is_empty(), "{}", built.stderr);
        assert!(desk.exists("public/index.html") && !desk.exists("public/CNAME"));
        // A page that tells how to send in a claim is no form, and no button leads to where one is.
        let (page, title) =
            if language == "id" { ("kirim-klaim", "Kirim klaim") } else { ("submit", "Send us a claim") };
        let button = format!(">{title}</a></li>");
        let home = desk.read("public/index.html");
        assert!(home.contains(&format!("href=\"/meja/{page}/\"{button}")), "{home}");
        assert!(!desk.read(&format!("public/{page}/index.html")).contains("class=\"button\""), "{title}");
        let config = desk.read("site.yaml");
        assert!(config.contains(if language == "id" { "ratings: tempo" } else { "ratings: google" }));
    }
}

#[test]
fn all_policies_of_the_codes_have_a_page() {
    for language in ["en", "id"] {
        let desk = begun(&["--language", language]);
        let mut policies: Vec<String> = std::fs::read_dir(desk.path("content/pages"))
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .filter_map(|text| Some(text.split_once("\npolicy: ")?.1.split('\n').next()?.to_owned()))
            .collect();
        policies.sort();
        let all = "about corrections ethics funding methodology privacy ratings submit team";
        assert_eq!(policies.join(" "), all, "{language}");
    }
}

#[test]
fn a_second_init_loses_nothing() {
    let desk = begun(&["--name", "First"]);
    let before = desk.read("site.yaml");
    desk.write("content/articles/own.md", "mine");
    let run = desk.meja(&["init", ".", "--name", "Second"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, "error: `.` is a desk already; nothing was changed\n"));
    assert_eq!((desk.read("site.yaml"), desk.read("content/articles/own.md")), (before, "mine".to_owned()));
}

#[test]
fn editors_and_forms_know_the_words_of_the_desk() {
    for language in ["en", "id"] {
        let desk = begun(&["--language", language, "--ratings", "turnbackhoax"]);
        assert!(!desk.exists("static/admin"));
        let schema: Value = serde_json::from_str(&desk.read(".vscode/meja.article.schema.json")).unwrap();
        assert!(schema.to_string().contains("\"salah\""), "{schema}");
        let all = [
            ".vscode/extensions.json",
            ".vscode/meja.article.schema.json",
            ".vscode/meja.code-snippets",
            ".vscode/meja.site.schema.json",
            ".vscode/settings.json",
        ];
        let before = all.map(|path| desk.read(path));
        assert_eq!(desk.meja(&["schema", "--vscode"]).code, 0);
        assert_eq!(all.map(|path| desk.read(path)), before, "{language}: made of the same facts");

        let desk = begun(&["--language", language, "--cms"]);
        let forms = desk.read("static/admin/config.yml");
        assert!(
            forms.contains("path: '{{year}}/{{slug}}'"),
            "where the examples and new articles are: {forms}"
        );
        assert!(forms.contains(if language == "id" { "value: keliru" } else { "value: 'false'" }), "{forms}");
        let built = desk.meja(&["build"]);
        assert!(built.code == 0 && built.stderr.is_empty(), "{}", built.stderr);
        assert!(desk.exists("public/admin/index.html") && !desk.exists("public/.vscode"));
        assert!(desk.meja(&["schema", "--cms"]).code == 0 && desk.read("static/admin/config.yml") == forms);
    }
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    for other in ["content/x.md", "notes.txt", "static/a.css", "templates"] {
        let desk = Desk::with(&[(other, "x")]);
        let run = desk.meja(&["init", "."]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("is not empty"), "{}", run.stderr);
        assert_eq!(std::fs::read_dir(desk.root()).unwrap().count(), 1, "{other}");
    }
    let desk = Desk::with(&[("file", "x")]);
    assert_eq!(desk.meja(&["init", "file"]).code, 2);
}

#[test]
fn a_fresh_clone_keeps_what_it_has() {
    let desk = Desk::with(&[("README.md", "# Mine\n"), ("LICENSE", "MIT\n"), (".gitignore", "/tmp\n")]);
    git_in(desk.root(), &["init", "--quiet"], "2026-01-10T00:00:00Z");
    desk.git(&["remote", "add", "origin", "git@github.com:Contoh/cek.git"]);
    let run = desk.meja(&["init", ".", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(said["kept"], serde_json::json!([".gitignore", "README.md"]));
    assert_eq!((desk.read("README.md").as_str(), desk.read(".gitignore").as_str()), ("# Mine\n", "/tmp\n"));
    assert!(desk.read("site.yaml").contains("https://contoh.github.io/cek/"), "where its pages will stand");
    assert_eq!(desk.meja(&["build"]).code, 0);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_behind_a_link() {
    let outside = Desk::empty();
    let desk = Desk::empty();
    std::os::unix::fs::symlink(outside.root(), desk.path(".github")).unwrap();
    assert_eq!(desk.meja(&["init", "."]).code, 3);
    assert_eq!(std::fs::read_dir(outside.root()).unwrap().count(), 0);
    let desk = begun(&[]);
    std::fs::remove_dir_all(desk.path("content/people")).unwrap();
    std::os::unix::fs::symlink(outside.root(), desk.path("content/people")).unwrap();
    assert_eq!(desk.meja(&["new", "person", "--name", "A"]).code, 3);
    for (folder, option) in [(".vscode", "--vscode"), ("static", "--cms")] {
        let _ = std::fs::remove_dir_all(desk.path(folder));
        std::os::unix::fs::symlink(outside.root(), desk.path(folder)).unwrap();
        let run = desk.meja(&["schema", option]);
        assert!(run.code == 3 && run.stderr.contains("behind a link out of the folder"), "{}", run.stderr);
    }
    assert_eq!(std::fs::read_dir(outside.root()).unwrap().count(), 0);
    // A file that is a link is not written through either, wherever it leads.
    let desk = begun(&[]);
    let schema = desk.path(".vscode/meja.site.schema.json");
    std::fs::remove_file(&schema).unwrap();
    std::os::unix::fs::symlink(outside.path("x"), &schema).unwrap();
    assert_eq!(desk.meja(&["schema", "--vscode"]).code, 3);
    assert!(!outside.exists("x"));
}

#[test]
fn hostile_names_are_names() {
    let names = [
        "a: b # c",
        "\"quoted\" 'twice' \\ back",
        "- [x], {y}: &a *b !c %d @e `f`",
        "<script>alert(1)</script>",
        "[TODO: x](y) @@today@@ ${{ github.token }}",
        "---\n...\ntitle: other",
        "\u{85}\u{2028}\u{feff}é\u{1f5de}",
        "true",
        "{{ title }}",
    ];
    for name in names {
        let desk = begun(&[&format!("--name={name}"), "--language", "id"]);
        let built = desk.meja(&["build"]);
        assert_eq!((built.code, built.stderr.as_str()), (0, ""), "{name:?}");
        let home = desk.read("public/index.html");
        assert!(!home.contains("<script>alert"), "{name:?}");
        if name == "true" || name.starts_with("a:") {
            assert!(home.contains(&format!("<title>{name}")) || home.contains(name), "{name:?}");
        }
    }
    for name in [" \t", "a\u{7f}b", "a\u{9b}b"] {
        let desk = Desk::empty();
        assert_eq!(
            (desk.meja(&["init", "x", "--name", name]).code, desk.exists("x")),
            (2, false),
            "{name:?}"
        );
    }
}

#[test]
fn the_workflows_keep_to_their_schema_and_ask_for_what_meja_knows() {
    let desk = begun(&[]);
    let schema = foreign("github-workflow.json");
    for name in ["check", "publish"] {
        let text = desk.read(&format!(".github/workflows/{name}.yml"));
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(faults(&schema, &workflow), "", "{name}");
        let job = workflow["jobs"].as_object().unwrap().values().next().unwrap();
        let runs = job["steps"].as_array().unwrap().iter().filter_map(|step| step["run"].as_str());
        for run in runs {
            // What comes from outside reaches the shell by its environment only.
            assert!(!run.contains("${{"), "{run}");
            let mut words = run.split_whitespace();
            if words.next() != Some("meja") {
                continue;
            }
            let help = desk.meja(&[words.next().unwrap(), "--help"]);
            for option in words.filter(|word| word.starts_with("--")) {
                assert!(help.stdout.contains(option), "{run}: {option}");
            }
        }
    }
}

#[test]
fn new_files_are_drafts_without_a_mistake() {
    let desk = begun(&[]);
    let title = "Does \"x: y\" # hold?\n---";
    let claim = "Tea: \"hot\" # or\u{2028} not";
    let run = desk.meja(&[
        "new",
        "article",
        "--title",
        title,
        "--author",
        "newsroom",
        "--author",
        "Ann, \"A\"",
        "--claim",
        claim,
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "a draft; `meja serve` shows it\n"));
    let path = run.stdout.trim().to_owned();
    assert!(path.ends_with("/does-x-y-hold.md"), "{path}");
    let text = desk.read(&path);
    assert!(text.contains("# Authors of the desk: newsroom (Fact-Check Desk)\n"), "{text}");
    assert!(text.contains("verdict:         # true (True), mostly-true (Mostly true)"), "{text}");
    assert!(text.contains("#   - id: tea-hot-or-not\n"), "{text}");
    assert_eq!(findings(&desk, &[&path]), []);
    assert_eq!(findings(&desk, &["--drafts", &path]), [("unfinished-text".to_owned(), path.clone())]);
    // The example in the comments is one: it holds once the signs are away and the gaps are filled.
    let live = text.replace("\n# claims:", "\nclaims:").replace("\n#  ", "\n ");
    let live = live.replace("verdict:  ", "verdict: \"false\"").replace("quote: \"\"", "quote: text");
    let live = live.replace("finding: \"\"", "finding: f").replace(
        "title: \"\", publisher: \"\", url: \"\", archived: \"\"",
        "title: t, url: \"https://a.org/\"",
    );
    desk.write(&path, live);
    assert_eq!(desk.meja(&["check", "--drafts"]).code, 0, "{}", desk.read(&path));
    // The same again gets a name of its own.
    let run = desk.meja(&["new", "article", "--title", title, "--author", "newsroom"]);
    assert!(run.stdout.ends_with("/does-x-y-hold-2.md\n"), "{}", run.stdout);
    let run = desk.meja(&["new", "article", "--title", "x", "--author", "a", "--slug", "does-x-y-hold"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, "error: --slug: `does-x-y-hold` is taken already\n"));
    for (what, name) in [("page", "claims"), ("page", "methodology"), ("person", "newsroom")] {
        let flag = if what == "page" { "--slug" } else { "--id" };
        let named = if what == "page" { "--title" } else { "--name" };
        let run = desk.meja(&["new", what, named, "x", flag, name]);
        assert!(run.code == 2 && run.stderr.contains("is taken already"), "{}", run.stderr);
    }
    let run = desk.meja(&["new", "page", "--title", "Money", "--policy", "funding"]);
    assert!(run.stderr.contains("`content/pages/funding.md` states that policy already"), "{}", run.stderr);
    let run = desk.meja(&["new", "person", "--name", "B: \"c\"", "--email", "no address"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(!desk.exists("content/people/b-c.md"));
}

#[test]
fn what_is_missing_is_named_at_once() {
    let desk = begun(&[]);
    let path = &example(&desk, "venus-day-and-year");
    let cases: [(&[&str], &str); 5] = [
        (&["new", "article"], "--title, --author"),
        (&["new", "page"], "--title"),
        (&["new", "person"], "--name"),
        (&["new", "claim"], "FILE, --claim, --verdict, --finding, --source-title, --source-url"),
        (&["new", "claim", path, "--finding", "f"], "--claim, --verdict, --source-title, --source-url"),
    ];
    for (arguments, missing) in cases {
        let run = desk.meja(arguments);
        let command = format!("meja new {}", arguments[1]);
        let expected = format!("error: there is no terminal to ask on; `{command}` also needs {missing}\n");
        assert_eq!((run.code, run.stderr), (2, expected));
    }
}

fn add_claim(desk: &Desk, path: &str, more: &[&str]) -> Run {
    let all = [
        "--verdict",
        "false",
        "--finding",
        "No: it is not.",
        "--source-title",
        "T",
        "--source-url",
        "https://a.org/",
    ];
    desk.meja(&[&["new", "claim", path], &all[..], more].concat())
}

#[test]
fn a_claim_is_added_byte_by_byte() {
    let desk = begun(&[]);
    let path = &example(&desk, "venus-day-and-year");
    for (mark, line_end) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let before =
            format!("{mark}{}", desk.read(&example(&desk, "lightning-same-place"))).replace('\n', line_end);
        desk.write(
            path,
            before.replace("lightning-never-twice", "other").replace("never strikes", "does not strike"),
        );
        let before = desk.read(path);
        let run = add_claim(
            &desk,
            path,
            &["--claim", "Clouds: weigh nothing.", "--quote", "easiest for the current"],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let after = desk.read(path);
        let at = before.rfind("---").unwrap();
        assert!(after.starts_with(&before[..at]) && after.ends_with(&before[at..]), "{after}");
        assert_eq!(after.matches('\n').count() == after.matches("\r\n").count(), line_end == "\r\n");
        assert_eq!(desk.meja(&["check", path]).code, 0);
    }
}

#[test]
fn a_claim_that_cannot_stand_there_is_refused() {
    let desk = begun(&[]);
    let path = &example(&desk, "venus-day-and-year");
    let before = desk.read(path);
    let claim = ["--claim", "Clouds weigh nothing."];
    let refused: [(&[&str], i32, &str); 4] = [
        (&["--quote", "words that are not there"], 1, "quote-not-found"),
        (&["--verdict", "nonsense"], 2, "the desk's verdicts are true, mostly-true"),
        (&["--source-url", "javascript:x"], 2, "--source-url: `javascript:x`"),
        (&["--id", "venus-turn-longer-than-orbit"], 2, "is taken already"),
    ];
    for (more, code, words) in refused {
        let mut all = vec!["new", "claim", path, "--finding", "f", "--source-title", "T"];
        for (flag, value) in [("--verdict", "false"), ("--source-url", "https://a.org/")] {
            if !more.contains(&flag) {
                all.extend([flag, value]);
            }
        }
        let run = desk.meja(&[&all[..], &claim, more].concat());
        assert!(run.code == code && run.stderr.contains(words), "{more:?}: {} {}", run.code, run.stderr);
        assert_eq!(desk.read(path), before);
    }
    for file in ["content/pages/about.md", "site.yaml", "../x.md", "none.md"] {
        assert_eq!(add_claim(&desk, file, &claim).code, 2, "{file}");
    }
    desk.write(path, before.replace("claims:\n", "claims: [{}]\nmentions:\n"));
    assert_eq!(add_claim(&desk, path, &claim).code, 2);
}

#[test]
fn a_translation_takes_the_id_of_its_original_and_no_other() {
    let desk = begun(&[]);
    desk.write(
        "site.yaml",
        desk.read("site.yaml").replace("\nlanguage: en\n", "\nlanguage: en\nlanguages: [en, id]\n"),
    );
    let original = example(&desk, "venus-day-and-year");
    let translation = original.replace(".md", ".id.md");
    let other = example(&desk, "lightning-same-place");
    desk.write(&translation, desk.read(&original));
    let claim = ["--claim", "Venus has no moon.", "--id", "venus-moon"];
    assert_eq!(add_claim(&desk, &original, &claim).code, 0);
    for taken in [&original, &other, &other.replace(".md", ".id.md")] {
        if !desk.exists(taken) {
            desk.write(taken, desk.read(&other));
        }
        let run = add_claim(&desk, taken, &claim);
        assert!(run.code == 2 && run.stderr.contains("is taken already"), "{taken}: {}", run.stderr);
    }
    let run = add_claim(&desk, &translation, &claim);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(add_claim(&desk, &translation, &claim).code, 2, "once in a file");
    let built = desk.meja(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(desk.exists("public/claims/venus-moon") && desk.exists("public/id/claims/venus-moon"));
}

#[test]
fn a_claim_that_was_checked_is_told_of() {
    let desk = begun(&[]);
    let run = desk.meja(&[
        "new",
        "article",
        "--title",
        "T",
        "--author",
        "newsroom",
        "--claim",
        "lightning never strikes the same place twice",
    ]);
    assert_eq!(run.code, 0);
    let expected = "This may have been checked already:\n  False: Lightning never strikes the same place twice.\n  \
                    https://example.github.io/meja/claims/lightning-never-twice/\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    let run = desk.meja(&[
        "new",
        "article",
        "--title",
        "U",
        "--author",
        "newsroom",
        "--claim",
        "Coffee cures baldness.",
    ]);
    assert!(!run.stderr.contains("checked already"), "{}", run.stderr);
}

#[test]
fn a_form_elsewhere_is_called_one() {
    let desk = begun(&[]);
    let config = desk.read("site.yaml").replace("url: /submit/", "url: \"https://form.example/?q={text}\"");
    desk.write("site.yaml", config);
    assert_eq!(desk.meja(&["build"]).code, 0);
    for page in ["index.html", "submit/index.html"] {
        let text = desk.read(&format!("public/{page}"));
        assert!(text.contains("href=\"https://form.example/?q=\">Fill in the form</a>"), "{page}: {text}");
    }
}

#[test]
fn a_person_is_introduced_once() {
    let desk = begun(&[]);
    let person = |name: &str, more: &[&str]| desk.meja(&[&["new", "person", "--name", name], more].concat());
    assert_eq!(person("Siti Rahmawati", &[]).code, 0);
    for name in ["Siti Rahmawati", "siti  RAHMAWATI", "Siti Rahmawati!"] {
        let run = person(name, &[]);
        assert!(run.code == 2 && run.stderr.contains("`content/people/siti-rahmawati.md`"), "{}", run.stderr);
    }
    assert!(!desk.exists("content/people/siti-rahmawati-2.md"));
    assert_eq!(person("Siti Rahmawati", &["--id", "siti-rahmawati-bandung"]).code, 0);
    // A name without a letter for an address says nothing of who has it.
    for name in ["北京", "上海"] {
        assert_eq!(person(name, &[]).code, 0, "{name}");
    }
    assert_eq!(person("北京", &[]).code, 2);
}

#[test]
fn the_lines_that_show_a_claim_go_when_there_is_one() {
    for (language, author) in [("en", "newsroom"), ("id", "redaksi")] {
        let desk = begun(&["--language", language, "--ratings", "google"]);
        let begin = |title| {
            let new = ["new", "article", "--title", title, "--author", author, "--claim", "Bats: blind?"];
            desk.meja(&new).stdout.trim().to_owned()
        };
        let path = begin("One");
        let before = desk.read(&path);
        assert_eq!(before.contains("take this line away"), language == "en", "{before}");
        assert_eq!(before.contains("hapus baris ini"), language == "id", "{before}");
        assert_eq!(add_claim(&desk, &path, &["--claim", "All bats are blind."]).code, 0);
        let after = desk.read(&path);
        let front = after.split("---").nth(1).unwrap();
        assert!(
            !front.lines().any(|line| line.starts_with("#  ")) && !front.contains("bats-blind"),
            "{after}"
        );
        assert!(front.contains("status: draft    # ") && front.contains("\nclaims:\n"), "{after}");
        // What somebody wrote into them is not thrown away.
        let path = begin("Two");
        desk.write(&path, desk.read(&path).replace("finding: \"\"", "finding: \"Not yet sure.\""));
        let before = desk.read(&path);
        assert_eq!(add_claim(&desk, &path, &["--claim", "No bat is blind."]).code, 0);
        assert!(desk.read(&path).starts_with(before.rsplit_once("---").unwrap().0), "{}", desk.read(&path));
    }
}

/// What the program says on a terminal on which this is typed.
#[cfg(target_os = "linux")]
fn typed(desk: &Desk, command: &str, answers: &str) -> Run {
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command"])
        .arg(format!("{} {command}", env!("CARGO_BIN_EXE_meja")))
        .arg("/dev/null")
        .current_dir(desk.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the terminal of util-linux");
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    Run::from(child.wait_with_output().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_wrong_quotation_costs_no_answers() {
    for (language, asked, yes) in [("en", "The article, by number or file", "y"), ("id", "Artikelnya", "y")] {
        let desk = begun(&["--language", language, "--ratings", "google"]);
        let draft = "content/articles/bats.md";
        let author = if language == "en" { "newsroom" } else { "redaksi" };
        desk.write(
            draft,
            format!("---\ntitle: Bats\ndate: 2025-03-04\nauthors: [{author}]\nstatus: draft\n---\nMany bats see rather well at night.\n"),
        );
        let answers = [
            "9",
            "1",
            "Bats are blind.",
            "many bats see badly at night",
            "see rather well",
            "",
            "false",
            "They see.",
            "T",
            "https://a.org/",
            "",
            "",
            "4",
            "2",
            yes,
            "",
        ];
        let run = typed(&desk, "new claim", &answers.join("\n"));
        assert_eq!(run.code, 0, "{}", run.stdout);
        assert!(run.stdout.contains(asked) && run.stdout.contains("1. Bats (dra"), "{}", run.stdout);
        assert!(
            run.stdout.contains("the words are not in the article; the nearest passage is"),
            "{}",
            run.stdout
        );
        let text = desk.read(draft);
        for line in
            ["quote: \"see rather well\"", "stance: \"refutes\"", "primary: true", "verdict: \"false\""]
        {
            assert!(text.contains(line), "{text}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks() {
    let desk = begun(&["--language", "id"]);
    let answers = "\nJudul baru\n\nPetir tidak pernah menyambar tempat yang sama dua kali\ny\n";
    let run = typed(&desk, "new article", answers);
    assert!(run.stdout.contains("Klaim yang diperiksa (boleh kosong)"), "{}", run.stdout);
    assert!(run.code == 0 && run.stdout.contains("it is empty"), "{}", run.stdout);
    assert!(run.stdout.contains("Keliru: Petir tidak pernah"), "{}", run.stdout);
    let written =
        findings(&desk, &["--drafts"]).into_iter().find(|(_, path)| path.ends_with("/judul-baru.md"));
    let text = desk.read(&written.expect("the article").1);
    assert!(text.contains("title: \"Judul baru\"") && text.contains("authors: [redaksi]"), "{text}");
}

#[test]
fn a_draft_is_in_the_preview_and_stays_at_home() {
    let desk = begun(&[]);
    let path = "content/articles/bats.md";
    desk.write(
        path,
        "---\ntitle: Bats\ndate: 2025-03-04\nauthors: [newsroom]\nstatus: draft\n---\nBats see.\n",
    );
    assert_eq!(add_claim(&desk, path, &["--claim", "Bats are blind."]).code, 0);
    assert_eq!(desk.meja(&["build"]).code, 0);
    assert!(desk.exists("public/index.html") && !desk.exists("public/claims/bats-are-blind"));
    let preview = crate::serve::server::Server::start(desk.root());
    preview.says("/meja/claims/bats-are-blind/", 200);
}
