//! The walk of `docs/theming.md`, done as it is written.

use crate::desk::{Desk, repository};
use crate::readme;
use crate::serve::server::Server;

/// What the page asks for.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Write,
    Add,
    See,
}

/// Each block of code, with what is to be done with it and the file that stands before it.
fn steps(text: &str) -> Vec<(Step, String, String)> {
    let mut steps = Vec::new();
    let mut parts = text.split("\n```");
    let mut before = parts.next().unwrap_or_default();
    while let (Some(block), Some(after)) = (parts.next(), parts.next()) {
        let (_, code) = block.split_once('\n').expect("a block has lines");
        let paragraph = before.trim_end().rsplit("\n\n").next().unwrap_or_default();
        let said = paragraph.rsplit(". ").next().unwrap_or_default();
        let file = said.split("**`").nth(1).and_then(|rest| rest.split("`**:").next());
        let file = file.unwrap_or_else(|| panic!("which file? {paragraph}"));
        let step = match said.trim_start() {
            said if said.starts_with("Write ") => Step::Write,
            said if said.starts_with("Add to ") => Step::Add,
            said if said.starts_with("See it in ") => Step::See,
            other => panic!("what is to be done? {other}"),
        };
        steps.push((step, file.to_owned(), format!("{code}\n")));
        before = after;
    }
    steps
}

#[test]
fn the_walk_does_what_it_says() {
    let text = std::fs::read_to_string(repository().join("docs/theming.md")).unwrap();
    let steps = steps(&text);
    assert!(steps.len() > 15, "{steps:?}");
    let desk = readme::sample();
    desk.write("static/fonts/desk.woff2", "a font");
    for (step, file, code) in steps {
        match step {
            Step::Write => desk.write(&file, code),
            Step::Add => desk.write(&file, desk.read(&file) + &code),
            Step::See => {
                // What is seen now was not there before the step.
                let run = desk.meja(&["build"]);
                assert_eq!(run.code, 0, "before {code}\n{}", run.stderr);
                assert!(!run.stderr.contains("warning"), "{}", run.stderr);
                let page = desk.read(&file);
                let mut rest = page.as_str();
                for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    let at = rest.find(line).unwrap_or_else(|| panic!("{file} has no {line}\n{page}"));
                    rest = &rest[at..];
                }
            }
        }
    }
    colour_and_guide(&desk);
    what_is_wrong_is_told(&desk);
}

/// What the page says in its text alone.
fn colour_and_guide(desk: &Desk) {
    let sheets: Vec<String> = std::fs::read_dir(desk.path("public/assets"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.starts_with("style.") && name.ends_with(".css"))
        .collect();
    assert_eq!(sheets.len(), 1, "{sheets:?}");
    assert!(desk.read(&format!("public/assets/{}", sheets[0])).contains("--accent: #7a1f3d"));
    let server = Server::start(desk.root());
    let guide = server.page("/_meja/styleguide/");
    for words in
        ["A number that matters", "<strong>12</strong> Klaim", "class=\"motto\"", "Selasa, 4 Maret 2025"]
    {
        assert!(guide.contains(words), "{words}");
    }
}

fn what_is_wrong_is_told(desk: &Desk) {
    desk.write("static/extra.css", "");
    let run = desk.meja(&["build"]);
    assert!(run.code == 0 && run.stderr.contains("warning[misplaced-file]"), "{}", run.stderr);
    desk.write("content/pages/mulai.md", desk.read("content/pages/mulai.md").replace("landing", "landin"));
    let run = desk.meja(&["build"]);
    assert!(run.code == 1 && run.stderr.contains("did you mean `landing.html`?"), "{}", run.stderr);
}

/// Parts are kept and shown again: two calls that differ in anything must not be taken for one.
#[test]
fn parts_are_known_by_all_that_they_are_given() {
    let desk = Desk::with(&[
        (
            "site.yaml",
            "title: Meja\nbase_url: https://example.org/\nlanguage: id\ntimezone: UTC\npublisher: {name: Meja}\n",
        ),
        ("content/articles/a.md", "---\ntitle: Judul\ndate: 2025-01-02\nauthors: [Rina]\n---\nIsi.\n"),
        (
            "templates/components/two.html",
            "{% component two(a = none, b = none, x: string = \"\", y: string = \"\") -%}\n\
             ({% if a %}{{ a.title }}{% else %}-{% endif %} {% if b %}{{ b.title }}{% else %}-{% endif %} {{ x }} {{ y }})\n\
             {%- endcomponent two %}\n",
        ),
        (
            "templates/404.html",
            "{{ part(name=\"two\", a=site) }}\n{{ part(name=\"two\", b=site) }}\n\
             {{ part(name=\"two\", a=site, x=\"<i>\" | safe) }}\n{{ part(name=\"two\", a=site, x=\"<i>\") }}\n\
             {{ part(name=\"two\", a=site, x=\"1\", y=\"2\") }}\n{{ part(name=\"two\", a=site, x='1\")\ny=String(\"2') }}\n\
             {{ part(name=\"two\", a=site, b=site) }}\n",
        ),
    ]);
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        desk.read("public/404.html"),
        "(Meja -  )\n(- Meja  )\n(Meja - <i> )\n(Meja - &lt;i&gt; )\n(Meja - 1 2)\n\
         (Meja - 1&quot;)\ny=String(&quot;2 )\n(Meja Meja  )\n"
    );
}
