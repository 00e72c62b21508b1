//! Every command that README, docs and `--help` show is run, page by page and from top to bottom; every example of
//! settings and front matter is built.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use meja::schema::{ARTICLE, Group, SITE};

use crate::desk::{Desk, Run, git_in, meja_in, repository};

/// Blocks that no test can run: page, how the block begins, why. Their options are looked up in `--help`.
const NOT_RUN: &[(&str, &str, &str)] = &[
    ("README.md", "cargo run --release", "compiles the program anew, and runs until it is stopped"),
    ("README.md", "./test ", "runs the tests"),
    ("README.md", "cargo install --path .", "compiles the program anew"),
    ("README.md", "meja serve --open", "runs until it is stopped; `starting.rs` tries the preview"),
    ("docs/start.md", "meja serve --open", "runs until it is stopped; `starting.rs` tries the preview"),
    ("docs/editors.md", "npm pack @sveltia/cms", "downloads a package"),
    ("docs/links.md", "meja check --links", "asks other hosts; `links.rs` has hosts of its own"),
    (
        "docs/performance.md",
        "cargo run --release --example",
        "measures for minutes, with packages that are downloaded",
    ),
    ("docs/performance.md", "ROUNDS=3", "measures for minutes, beside another program"),
    ("docs/security.md", "cargo test", "runs the tests"),
    ("docs/robustness.md", "cargo test", "runs the tests"),
    ("docs/robustness.md", "MEJA_BUILDS=30 cargo test", "runs the tests"),
    ("docs/dependencies.md", "cargo install", "compiles for minutes, and asks for advisories"),
    ("docs/fuzzing.md", "MEJA_CASES=500", "runs the tests"),
    (
        "docs/fuzzing.md",
        "cargo install cargo-fuzz",
        "installs a package, and runs for minutes with another compiler",
    ),
    ("docs/fuzzing.md", "cargo +nightly fuzz tmin", "needs an input that fails"),
    ("meja serve --help", "", "runs until it is stopped"),
    ("meja --help", "", "its last command runs until it is stopped; docs/start.md has the same"),
];

/// Programs that talk to other hosts, or may be missing where the tests run. What stands for them does nothing.
const STAND_INS: &[&str] = &["npx", "rclone", "rsync"];

/// Pages that begin without a desk.
const FROM_NOTHING: &[&str] = &["README.md", "docs/start.md", "meja init --help"];

/// YAML that is neither settings nor front matter nor a workflow: page, how it begins, what it is.
const OTHER_YAML: &[(&str, &str, &str)] = &[
    ("docs/editors.md", "# yaml-language-server", "a remark for editors"),
    ("docs/importing.md", "claim: ", "columns of a table"),
    ("docs/importing.md", "- label: ", "a map of ratings"),
    ("docs/diagnostics.md", "      - run: ", "steps of a workflow; held by `workflows.rs`"),
    ("docs/theming.md", "all_claims: ", "words of the interface; held by `theming.rs`"),
    ("docs/checks.md", "", "examples of what is wrong; the cases have each of them both ways"),
];

/// The README and the documents, with their text.
fn pages() -> Vec<(String, String)> {
    let mut docs: Vec<String> = std::fs::read_dir(repository().join("docs"))
        .expect("docs")
        .map(|entry| format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|path| path.ends_with(".md"))
        .collect();
    docs.sort();
    docs.insert(0, "README.md".to_owned());
    let read = |path: &String| std::fs::read_to_string(repository().join(path)).expect("a page");
    docs.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// The fenced blocks of a page in this language, without the indentation of their fence.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Option<String>)> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(info)) => open = Some((indent, (info.trim() == language).then(String::new))),
            (Some(_), Some(_)) => found.extend(open.take().and_then(|(_, block)| block)),
            (Some((indent, Some(block))), None) => {
                block.push_str(line.get(*indent..).unwrap_or_default());
                block.push('\n');
            }
            _ => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// A desk as `init` makes it, in a repository with a remote, with an archive to be imported.
struct Place {
    desk: Desk,
    remote: Desk,
    tools: Desk,
}

const ARCHIVE: &str = "Pernyataan,Status,Judul,Tanggal,Kesimpulan,Sumber\n\
    Ikan bisa terbang.,Salah,Benarkah ikan bisa terbang?,13/04/2021,Ikan tidak terbang.,https://www.example.org/ikan\n";
const REVIEW: &str = r#"{"@context": "https://schema.org", "@type": "ClaimReview", "url": "https://old.example/a",
    "claimReviewed": "Fish fly.", "datePublished": "2021-07-16", "reviewRating": {"@type": "Rating", "alternateName": "False"}}"#;
const ANSWER: &str = r#"{"claims": [{"text": "Cats swim.", "claimReview": [{"publisher": {"name": "D", "site": "old.example"},
    "url": "https://old.example/b", "title": "Do cats swim?", "reviewDate": "2021-07-16T00:00:00Z", "textualRating": "True",
    "languageCode": "en"}]}]}"#;
const POSTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><link>https://old.example</link>
<item><title>Do dogs climb?</title><link>https://old.example/c/</link><dc:creator>ann</dc:creator>
<content:encoded><![CDATA[<p>They do not.</p>]]></content:encoded><wp:post_id>7</wp:post_id>
<wp:post_date>2021-07-16 08:00:00</wp:post_date><wp:post_name>dogs</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item></channel></rss>"#;

impl Place {
    fn new(page: &str) -> Self {
        let place = Self { desk: Desk::empty(), remote: Desk::empty(), tools: Desk::empty() };
        for name in STAND_INS {
            place.tools.write(name, "#!/bin/sh\n");
            place.tools.write("mode", "");
            let status = Command::new("chmod").arg("+x").arg(place.tools.path(name)).status();
            assert!(status.is_ok_and(|status| status.success()));
        }
        if FROM_NOTHING.contains(&page) {
            return place;
        }
        let desk = &place.desk;
        let run = desk.meja(&["init", ".", "--base-url", "https://name.github.io/repository/"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        desk.write("archive.csv", ARCHIVE);
        desk.write("feed.json", REVIEW);
        desk.write("answers/1.json", ANSWER);
        desk.write("blog.xml", POSTS);
        desk.write("columns.yaml", "claim: Pernyataan\nrating: Status\n");
        desk.write("message.txt", "Hati-hati! Lightning never strikes the same place twice. Sebarkan!\n");
        desk.commit("Begin", "2026-01-10T00:00:00Z");
        place.remote.git(&["init", "--quiet", "--bare", "."]);
        desk.git(&["remote", "add", "origin", &place.remote.root().to_string_lossy()]);
        desk.git(&["push", "--quiet", "--set-upstream", "origin", "main"]);
        place
    }

    /// Runs a script as a person would, in the place's folder.
    fn run(&self, shell: &str, script: &str) -> Run {
        let program = Path::new(env!("CARGO_BIN_EXE_meja")).parent().expect("a folder");
        let rest = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{}:{rest}", self.tools.root().display(), program.display());
        let output = Command::new(shell)
            .args(["-e", "-c", script])
            .current_dir(self.desk.root())
            .env("PATH", path)
            .env("HOME", self.tools.root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"].map(|name| (name, "Rina")))
            .envs(["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"].map(|name| (name, "rina@example.org")))
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        Run::from(output)
    }
}

/// Why a block of a page is not run, if it is not.
fn not_run(page: &str, block: &str) -> Option<&'static str> {
    let known = NOT_RUN.iter().find(|(of, start, _)| *of == page && block.starts_with(start));
    known.map(|(_, _, why)| *why)
}

/// What is wrong with the commands of a page, run one after the other.
fn faults_of(page: &str, blocks: &[String]) -> Vec<String> {
    let (left, script): (Vec<&String>, Vec<&String>) =
        blocks.iter().partition(|block| not_run(page, block).is_some());
    let mut faults: Vec<String> = left.iter().flat_map(|block| unknown_options(page, block)).collect();
    if script.is_empty() {
        return faults;
    }
    let place = Place::new(page);
    for (number, block) in script.iter().enumerate() {
        // A block that changes into another folder does so for those below it as well.
        let before: String = script[..number]
            .iter()
            .flat_map(|block| block.lines())
            .fold(String::new(), |all, line| if line.starts_with("cd ") { all + line + "\n" } else { all });
        let run = place.run("sh", &(before + block));
        if run.code != 0 {
            faults.push(format!("{page}: {}\n{block}{}{}", run.code, run.stdout, run.stderr));
        }
    }
    faults
}

/// Options of a block that the help of their command does not know, and what else it names that is not there.
fn unknown_options(page: &str, block: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for line in block.replace("\\\n", " ").replace("cargo run --release -- ", "meja ").lines() {
        let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
        for pair in words.windows(2) {
            let places = match pair {
                ["--example", name] => {
                    vec![format!("examples/{name}.rs"), format!("examples/{name}/main.rs")]
                }
                ["cd", folder] if folder.contains('/') => vec![(*folder).to_owned()],
                _ => continue,
            };
            if !places.iter().any(|place| repository().join(place).exists()) {
                faults.push(format!("{page}: there is no {}: `{line}`", places[0]));
            }
        }
        let Some(("meja", words)) = words.split_first().map(|(first, rest)| (*first, rest)) else { continue };
        let command: Vec<&str> =
            words.iter().copied().take_while(|word| !word.starts_with('-')).take(1).collect();
        let help = meja_in(repository(), &[&command[..], &["--help"]].concat());
        if help.code != 0 {
            faults.push(format!("{page}: there is no `{line}`"));
        }
        for option in words.iter().filter(|word| word.starts_with("--") && word.len() > 2) {
            let name = option.split('=').next().unwrap_or_default();
            if !help.stdout.contains(name) {
                faults.push(format!("{page}: `{line}` has no `{name}`"));
            }
        }
    }
    faults
}

/// Runs all of them, a few at a time.
fn faults_of_all(pages: &[(String, Vec<String>)]) -> Vec<String> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut faults = Vec::new();
        while let Some((page, blocks)) = pages.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            faults.extend(faults_of(page, blocks));
        }
        faults
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    })
}

#[test]
fn the_commands_of_all_pages_work_from_top_to_bottom() {
    let pages: Vec<(String, Vec<String>)> =
        pages().into_iter().map(|(page, text)| (page, blocks(&text, "sh"))).collect();
    let faults = faults_of_all(&pages);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (page, start, _) in NOT_RUN.iter().filter(|(page, ..)| !page.ends_with("--help")) {
        let found =
            pages.iter().any(|(of, blocks)| of == page && blocks.iter().any(|b| b.starts_with(start)));
        assert!(found, "no block of {page} begins with `{start}`: take it off the list");
    }
}

/// The commands below the one named, as its help lists them.
fn commands_of(help: &str) -> Vec<String> {
    let listed =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The examples of a help, without their indentation.
fn examples_of(help: &str) -> Option<String> {
    let start = ["Examples:\n", "Begin here:\n"].iter().find_map(|head| help.split(head).nth(1))?;
    let lines = start.split("\n\n").next()?.lines();
    Some(lines.map(|line| line.trim_start().to_owned() + "\n").collect())
}

#[test]
fn the_examples_of_every_help_work() {
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    while let Some(command) = waiting.pop() {
        let asked: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let run = meja_in(repository(), &asked);
        assert_eq!(run.code, 0, "{command:?}");
        let name = format!("meja {}", asked.join(" "));
        let examples = examples_of(&run.stdout).unwrap_or_else(|| panic!("`{name}` has no examples"));
        assert!(examples.lines().count() >= 2, "{name}");
        let starts = format!("meja {}", command.join(" "));
        assert!(examples.starts_with(starts.trim_end()), "{name}: {examples}");
        // A terminal of the usual width shows them as they can be pasted.
        assert!(examples.lines().all(|line| line.chars().count() <= 76), "{name}");
        assert!(!examples.contains("../"), "{name} reaches out of the folder it is tried in");
        waiting.extend(commands_of(&run.stdout).into_iter().map(|name| {
            let mut below = command.clone();
            below.push(name);
            below
        }));
        found.push((name, vec![examples]));
    }
    assert!(found.len() >= 16, "{found:?}");
    let faults = faults_of_all(&found);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The lines of a YAML text by their key at the margin; remarks before the first key are left out.
fn by_key(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let key = line.split_once(':').map(|(key, _)| key);
        let is_key = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        match (key.filter(is_key), parts.last_mut()) {
            (Some(key), _) => parts.push((key.to_owned(), format!("{line}\n"))),
            (None, Some((_, part))) => *part = format!("{part}{line}\n"),
            (None, None) => {}
        }
    }
    parts
}

/// A text with the keys of another one laid over it.
fn laid_over(text: &str, over: &str) -> String {
    let new: BTreeSet<String> = by_key(over).into_iter().map(|(key, _)| key).collect();
    let kept = by_key(text).into_iter().filter(|(key, _)| !new.contains(key)).map(|(_, part)| part);
    kept.collect::<String>() + over
}

/// Whether all keys of a block are those of a group.
fn is_of(group: &Group, block: &str) -> bool {
    let keys = by_key(block);
    !keys.is_empty() && keys.iter().all(|(key, _)| group.keys.iter().any(|known| known.name == key))
}

/// A desk to try settings in: its ratings may be others, so it has no claims.
fn with_settings(block: &str) -> Desk {
    let desk = Desk::empty();
    assert_eq!(desk.meja(&["init", "."]).code, 0);
    std::fs::remove_dir_all(desk.path("content/articles")).expect("examples");
    desk.write(
        "static/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" width=\"1\" height=\"1\"/>",
    );
    desk.write(
        "static/fonts/desk.ttf",
        std::fs::read(repository().join("assets/fonts/NotoSans-Regular.ttf")).expect("a font"),
    );
    desk.write("site.yaml", laid_over(&desk.read("site.yaml"), block));
    desk
}

const ARTICLE_BEFORE: &str = "title: Does lightning strike twice?\ndate: 2025-03-04\nauthors: [newsroom]\n";

fn with_front_matter(block: &str) -> Desk {
    let desk = Desk::empty();
    assert_eq!(desk.meja(&["init", "."]).code, 0);
    let matter = laid_over(ARTICLE_BEFORE, block);
    desk.write(
        "content/articles/try.md",
        format!("---\n{matter}---\nLightning often strikes the same place.\n"),
    );
    desk
}

#[test]
fn the_settings_and_front_matter_shown_can_be_built() {
    let mut faults = Vec::new();
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for (page, text) in pages() {
        for block in blocks(&text, "yaml") {
            let is_workflow = block.contains("\njobs:\n");
            let is_other = OTHER_YAML.iter().any(|(of, start, _)| *of == page && block.starts_with(start));
            if is_workflow || is_other {
                continue; // Workflows are held by `workflows.rs`.
            }
            let desk = if is_of(&SITE, &block) {
                with_settings(&block)
            } else if is_of(&ARTICLE, &block) {
                with_front_matter(&block)
            } else {
                faults.push(format!("{page}: what is this?\n{block}"));
                continue;
            };
            *tried.entry(page.clone()).or_default() += 1;
            let run = desk.meja(&["build"]);
            if run.code != 0 {
                faults.push(format!("{page}:\n{block}{}", run.stderr));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried["docs/settings.md"] >= 8 && tried["docs/ratings.md"] >= 2, "{tried:?}");
}

/// Languages of blocks that are no commands.
const NO_COMMANDS: &[&str] = &["", "css", "html", "js", "json", "markdown", "svg", "text", "yaml"];

#[test]
fn commands_stand_in_blocks_that_are_run() {
    for (page, text) in pages() {
        let fences = text.lines().filter_map(|line| line.trim_start().strip_prefix("```"));
        for language in fences.map(str::trim) {
            assert!(
                language == "sh" || NO_COMMANDS.contains(&language),
                "{page}: `{language}` is no language of ours"
            );
        }
        for block in ["", "text"].iter().flat_map(|language| blocks(&text, language)) {
            let is_command = |line: &str| {
                ["meja ", "$ ", "git ", "cargo ", "npm ", "npx "].iter().any(|s| line.starts_with(s))
            };
            // Explanations and messages quote commands, but none begins with one.
            assert!(!block.lines().next().is_some_and(is_command), "{page}: is this not `sh`?\n{block}");
        }
    }
}

#[test]
fn what_is_wrong_in_a_page_is_seen() {
    let page = "a\n```sh\nmeja check --nowhere\n```\n1. b\n\n   ```sh\n   meja serve --opne\n   ```\n```text\nno\n```\n";
    let found = blocks(page, "sh");
    assert_eq!(found, ["meja check --nowhere\n", "meja serve --opne\n"]);
    assert_eq!(faults_of("docs/x.md", &found[..1]).len(), 1);
    assert_eq!(unknown_options("docs/x.md", &found[1]), ["docs/x.md: `meja serve --opne` has no `--opne`"]);
    assert_eq!(laid_over("a: 1\nb:\n  c: 2\n", "b: 3\n"), "a: 1\nb: 3\n");
    assert_eq!(with_settings("paginate: no\n").meja(&["build"]).code, 1);
    assert_eq!(with_front_matter("slug: A B\n").meja(&["build"]).code, 1);
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let mut faults = Vec::new();
    for (page, text) in pages() {
        let folder = if page == "README.md" { "" } else { "docs/" };
        for link in prose(&text).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://")
                || link.contains(' ')
                || link.starts_with('/')
                || link.starts_with("mailto:")
            {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = if file.is_empty() { page.clone() } else { format!("{folder}{file}") };
            let target = repository().join(&path);
            if !target.exists() {
                faults.push(format!("{page}: {link}"));
            } else if !anchor.is_empty() {
                let text = std::fs::read_to_string(&target).unwrap_or_default();
                if !headings(&text).contains(anchor) {
                    faults.push(format!("{page}: {link}: no such heading"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A page without its code.
fn prose(text: &str) -> String {
    let mut in_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    });
    let text: String = lines.map(|line| line.to_owned() + "\n").collect();
    text.split('`').step_by(2).collect()
}

/// The names that GitHub gives the headings of a page.
fn headings(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let kept = line.trim_start_matches('#').trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    };
    text.lines().filter(|line| line.starts_with('#')).map(name).collect()
}

#[test]
fn every_document_is_in_the_index() {
    let index = std::fs::read_to_string(repository().join("docs/README.md")).expect("the index");
    for (page, _) in pages() {
        let Some(name) = page.strip_prefix("docs/").filter(|name| *name != "README.md") else { continue };
        assert!(index.contains(&format!("({name})")), "docs/README.md does not name {name}");
    }
}

#[test]
fn a_shell_completes_commands_and_options() {
    let place = Place::new("meja init --help");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = place.desk.meja(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        assert!(run.stdout.contains("completions") && run.stdout.contains("base-url"), "{shell}");
        place.desk.write(&format!("meja.{shell}"), &run.stdout);
    }
    let syntax = Command::new("bash").arg("-n").arg(place.desk.path("meja.bash")).status();
    assert!(syntax.is_ok_and(|status| status.success()));
    let completed = |words: &str, number: usize| {
        let script = format!(
            "source meja.bash; COMP_WORDS=({words}); COMP_CWORD={number}; \
             _meja meja \"${{COMP_WORDS[{number}]}}\" \"${{COMP_WORDS[{}]}}\"; echo \"${{COMPREPLY[@]}}\"",
            number - 1
        );
        let run = place.run("bash", &script);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert_eq!(completed("meja che", 1), "check\n");
    assert_eq!(completed("meja check --sin", 2), "--since\n");
    assert_eq!(completed("meja new ar", 2), "article\n");
    assert_eq!(place.desk.meja(&["completions", "csh"]).code, 2);
}

/// The crate has what it is compiled from and what its readers want, and none of the demo desk, tests and pictures.
#[test]
fn the_crate_is_small() {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(repository())
        .output()
        .expect("cargo");
    let run = Run::from(output);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let listed: BTreeSet<&str> = run.stdout.lines().collect();
    let names = [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "Cargo.toml.orig",
        ".cargo_vcs_info.json",
    ];
    let folders = ["src/", "templates/", "static/", "strings/", "assets/"];
    for file in &listed {
        assert!(names.contains(file) || folders.iter().any(|folder| file.starts_with(folder)), "{file}");
    }
    let tracked = git_in(repository(), &["ls-files"], "2026-01-10T00:00:00Z");
    for file in
        tracked.lines().filter(|file| names.contains(file) || folders.iter().any(|f| file.starts_with(f)))
    {
        assert!(listed.contains(file), "{file} is not in the crate");
    }
}
