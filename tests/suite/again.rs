//! A second build into the same folder: whatever changed in between, and even if nothing did, it leaves what a first one would
//! have made.

use std::fs;

use crate::desk::Desk;
use crate::faults::tree::{differences, tree};
use crate::serve::small;

const NOW: &str = "2026-11-22T09:30:00Z";

fn build(desk: &Desk, out: &str, arguments: &[&str]) -> String {
    let run = desk.meja(&[&["build", "--out", out], arguments].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout + &run.stderr
}

/// What happens to a desk between two builds.
type Change = fn(&Desk);

#[test]
fn whatever_changed_the_second_build_leaves_what_a_first_one_makes() {
    let changes: &[(&str, Change)] = &[
        ("nothing", |_| {}),
        ("a verdict", |desk| {
            edit(desk, TOWER, "verdict: keliru", "verdict: sebagian-benar");
        }),
        ("a word of the text", |desk| edit(desk, TOWER, "They say", "People say")),
        ("a word beside a passage", |desk| edit(desk, TOWER, "tall and a", "tall, and a")),
        ("a heading more", |desk| add(desk, TOWER, "## Another part\n\nWords.\n")),
        ("a picture in a text", |desk| {
            desk.write("content/articles/picture.png", PIXEL);
            add(desk, "content/articles/more.md", "![A point](picture.png)\n");
        }),
        ("a file that a text links to", |desk| {
            desk.write("content/articles/words.pdf", "%PDF-1.4\n");
            add(desk, "content/articles/more.md", "[Words](words.pdf)\n");
        }),
        ("bytes of a file that a text links to", |desk| {
            desk.write("content/articles/table.csv", "metres\n302\n");
        }),
        ("texts and a verdict", |desk| {
            add(desk, "content/articles/more.md", "Words.\n");
            edit(desk, TOWER, "verdict: keliru", "verdict: sebagian-benar");
        }),
        ("the front matter of one and the text of another", |desk| {
            edit(desk, "content/articles/more.md", "title: ", "title: New ");
            add(desk, TOWER, "Words.\n");
        }),
        ("a name in a person's file", |desk| edit(desk, "content/people/ann.md", "name: Ann", "name: Anna")),
        ("settings", |desk| edit(desk, "site.yaml", "paginate: 10", "paginate: 1")),
        ("a comment in the settings", |desk| edit(desk, "site.yaml", "paginate: 10", "paginate: 10 # ten")),
        ("a template of the desk", |desk| {
            desk.write("templates/404.html", "<p>{{ t.not_found_title }}!</p>");
        }),
        ("words of the desk", |desk| desk.write("strings/en.yaml", "claims: Statements\n")),
        ("a style sheet of the desk", |desk| desk.write("static/assets/extra.css", "h1 { color: red }\n")),
        ("a static file that keeps its name", |desk| desk.write("static/robots.txt", "User-agent: *\n")),
        ("bytes of evidence", |desk| desk.write("content/articles/2026/tower/heights.csv", "metres\n301\n")),
        ("a picture of another size", |desk| desk.write("content/articles/2026/tower/picture.png", PIXEL)),
        ("a file that nobody names", |desk| desk.write("content/articles/2026/tower/notes.txt", "Notes.\n")),
        ("an article more", |desk| desk.write("content/articles/new.md", small::article("new", "Words."))),
        ("an article less", |desk| fs::remove_file(desk.path("content/articles/other.md")).expect("removed")),
        ("an article elsewhere", |desk| {
            fs::create_dir(desk.path("content/articles/2025")).expect("a folder");
            let path = |path: &str| desk.path(&format!("content/articles/{path}"));
            fs::rename(path("other.md"), path("2025/other.md")).expect("moved");
        }),
        ("lists and embeds", |desk| {
            edit(desk, "site.yaml", "paginate: 10", "lists: []\nembeds: off\ndata: off\nrelated: 0");
        }),
        ("a page that was damaged", |desk| {
            edit(desk, "public/claims/tower-is-old/index.html", "A thousand", "Two thousand");
        }),
        ("a record that was damaged", |desk| desk.write("public/claims/tower-is-old/claim.json", "{}")),
        ("a page that is gone", |desk| fs::remove_file(desk.path("public/index.html")).expect("removed")),
        ("a list of what was made that lies", |desk| {
            let list = desk.read("public/.meja-made");
            let lines = list.lines().map(|line| line.replace("tower-is-tall/index", "tower-is-old/index"));
            desk.write("public/.meja-made", lines.collect::<Vec<_>>().join("\n") + "\n");
        }),
    ];
    for (what, change) in changes {
        let desk = linked();
        build(&desk, "public", &["--now", NOW]);
        change(&desk);
        build(&desk, "public", &["--now", NOW]);
        build(&desk, "clean", &["--now", NOW]);
        let found = differences(&tree(&desk.path("public"), &[]), &tree(&desk.path("clean"), &[]));
        assert!(found.is_empty(), "{what}: {found:?}");
    }
}

const TOWER: &str = "content/articles/2026/tower.md";

/// A desk with an article that leads into the text of another, and to a file.
fn linked() -> Desk {
    let desk = small::desk();
    add(&desk, TOWER, "## A part\n\nWords.\n");
    let text = "[There](2026/tower.md#a-part), and [the table](table.csv).";
    desk.write("content/articles/more.md", small::article("more", text));
    desk.write("content/articles/table.csv", "metres\n301\n");
    desk.write("content/articles/other.md", small::article("other", "Words."));
    desk
}

#[test]
fn only_what_was_made_with_a_look_at_a_text_depends_on_it() {
    let desk = linked();
    build(&desk, "public", &["--now", NOW]);
    let list = desk.read("public/.meja-made");
    let looking: Vec<(&str, usize)> = list
        .lines()
        .skip(1)
        .filter_map(|line| {
            let [path, _, _, places, _] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
            Some((path, places.split(',').count()))
        })
        .collect();
    assert_eq!(
        looking,
        [
            ("articles/more/index.html", 2),
            ("articles/other/index.html", 1),
            ("articles/river/index.html", 1),
            ("articles/tower/index.html", 1),
            ("claims/claim-more/index.html", 1),
            ("claims/claim-other/index.html", 1),
            ("claims/river-is-long/index.html", 1),
            ("claims/tower-is-old/index.html", 1),
            ("claims/tower-is-tall/index.html", 1),
        ]
    );
    // Everything else stays as it is without a look at it.
    add(&desk, TOWER, "More words.\n");
    let said = build(&desk, "public", &["--now", NOW]);
    assert!(said.contains("0 new, 1 changed"), "{said}");
    let now = desk.read("public/.meja-made");
    let other = |(before, after): (&str, &str)| {
        (before != after).then(|| after.split('\t').next().map(str::to_owned))
    };
    let changed: Vec<_> = list.lines().zip(now.lines()).filter_map(other).flatten().collect();
    assert_eq!(
        changed,
        [
            "articles/more/index.html",
            "articles/tower/index.html",
            "claims/tower-is-old/index.html",
            "claims/tower-is-tall/index.html"
        ]
    );
}

/// A picture of one point.
const PIXEL: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 248, 15, 0, 1, 1, 1, 0, 177, 56, 246, 20, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn add(desk: &Desk, path: &str, what: &str) {
    desk.write(path, format!("{}\n{what}", desk.read(path)));
}

fn edit(desk: &Desk, path: &str, what: &str, with: &str) {
    let text = desk.read(path);
    let (lower, upper) = (what.to_lowercase(), what.to_owned());
    let found = [upper, lower].into_iter().find(|what| text.contains(what.as_str()));
    let found = found.unwrap_or_else(|| panic!("{path}: {what}"));
    desk.write(path, text.replace(&found, with));
}

#[test]
fn time_alone_brings_an_article_out() {
    let desk = small::desk();
    desk.write(
        "content/articles/new-year.md",
        small::article("new-year", "Words.").replace("date: 2026-", "date: 2027-"),
    );
    build(&desk, "public", &["--now", "2026-12-31T23:59:59Z"]);
    assert!(!desk.exists("public/articles/new-year/index.html"));
    build(&desk, "public", &["--now", "2028-01-01T00:00:00Z"]);
    assert!(desk.exists("public/articles/new-year/index.html"));
    build(&desk, "public", &["--now", "2026-12-31T23:59:59Z"]);
    assert!(!desk.exists("public/articles/new-year/index.html"));
    build(&desk, "public", &["--now", "2026-12-31T23:59:59Z", "--future"]);
    assert!(desk.exists("public/articles/new-year/index.html"));
    build(&desk, "public", &["--now", "2026-12-31T23:59:59Z", "--base-url", "https://other.example/"]);
    assert!(desk.read("public/index.html").contains("https://other.example/"));
}

/// The same moment does not count: what time lets out does.
#[test]
fn an_unchanged_desk_is_not_written_again() {
    let desk = small::desk();
    build(&desk, "public", &["--now", NOW]);
    let made = desk.read("public/.meja-made");
    let changed =
        |path: &str| fs::metadata(desk.path(path)).and_then(|found| found.modified()).expect("a time");
    let files = ["public/index.html", "public/.meja-made", "public/.meja-manifest", "public/data/claims.csv"];
    let before = files.map(changed);
    let said = build(&desk, "public", &["--now", "2026-11-23T09:30:00Z"]);
    assert!(said.contains("0 new, 0 changed"), "{said}");
    assert_eq!(files.map(changed), before);
    assert_eq!(desk.read("public/.meja-made"), made);
}
