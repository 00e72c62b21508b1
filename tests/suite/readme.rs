//! What the README shows is what the program does.

use crate::desk::{Desk, repository};

/// The code blocks of the README with this name.
fn blocks(name: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let opening = format!("```{name}\n");
    readme.split(&opening).skip(1).filter_map(|rest| rest.split("```").next().map(str::to_owned)).collect()
}

pub fn sample() -> Desk {
    let desk = Desk::empty();
    desk.write("site.yaml", &blocks("yaml")[0]);
    desk.write("content/articles/tembok.md", &blocks("markdown")[0]);
    desk
}

#[test]
fn the_sample_desk_builds() {
    let run = sample().meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn the_sample_message_is_what_it_says() {
    let desk = sample();
    let article = desk.read("content/articles/tembok.md");
    let (before, after) = article.split_once("quote: \"terlihat dari Bulan\"").unwrap();
    let rest = after.split_once('\n').unwrap().1;
    desk.write("content/articles/tembok.md", format!("{before}quote: \"tampak dari Bulan\"\n{rest}"));
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 1);
    let shown = blocks("").into_iter().find(|block| block.starts_with("error[quote-not-found]")).unwrap();
    assert!(run.stderr.starts_with(&shown), "the README shows\n{shown}\nthe program says\n{}", run.stderr);
    assert!(!desk.exists("public"));
}

#[test]
fn the_test_command_is_what_ci_runs() {
    assert!(blocks("sh").iter().any(|block| block.starts_with("./test ")));
    let ci = std::fs::read_to_string(repository().join(".ci/run")).unwrap();
    assert!(ci.contains("exec ./test\n"));
}
