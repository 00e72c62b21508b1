//! Mistakes: the last good site stays, and everyone is told in the words of the terminal.

use serde_json::Value;

use super::http::Events;
use super::server::{Server, build, without_script};
use super::{small, wait_for};
use crate::desk::Desk;

const RIVER: &str = "content/articles/2026/river.md";

fn items(told: &Value) -> &[Value] {
    told["items"].as_array().expect("a list")
}

/// The next list of problems that is empty, or is not.
fn problems(events: &Events, some: bool) -> Value {
    wait_for("a list of problems", || {
        Some(events.next("problems")).filter(|told| items(told).is_empty() != some)
    })
}

/// What `build` says of the folder as it is.
fn terminal(desk: &Desk) -> String {
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = build(desk.root(), &out.path().join("public"), &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    run.stderr
}

#[test]
fn broken_front_matter_leaves_the_old_page_and_tells_where() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let before = server.equals_cold_build();
    let events = server.follow("/articles/river/");
    assert_eq!(items(&events.next("problems")).len(), 0);

    desk.write(RIVER, small::RIVER.replace("summary: A river was followed.", "summary: [A river"));
    let told = problems(&events, true);
    let said = terminal(&desk);
    for item in items(&told) {
        let (text, at) = (item["text"].as_str().unwrap(), item["at"].as_str().unwrap());
        assert!(said.contains(text), "{text}\nis not in\n{said}");
        // The tower links to the river, which cannot be read now.
        let (file, place) = at.split_once(".md:").expect("file:line:column");
        assert!(file.ends_with("river") || file.ends_with("tower"), "{at}");
        let place: Vec<usize> = place.split(':').map(|n| n.parse().unwrap()).collect();
        assert!(place.len() == 2 && place[0] > 1, "{at}");
        assert!(text.contains(at), "{at} is where {text} says");
        let editor = item["editor"].as_str().unwrap();
        assert!(editor.starts_with("vscode://file/") && editor.ends_with(at), "{editor}");
    }
    assert!(items(&told).iter().any(|item| item["at"].as_str().unwrap().starts_with(RIVER)), "{told}");
    for (path, bytes) in &before {
        let answer = server.get(path);
        assert_eq!((answer.status, without_script(&answer.body)), (200, bytes.clone()), "{path}");
    }
    // The terminal shows the same, and calmly.
    wait_for("the terminal", || {
        let seen = server.stderr();
        items(&told).iter().all(|item| seen.contains(item["text"].as_str().unwrap())).then_some(())
    });
    assert!(server.updates().last().unwrap().ends_with("not shown"), "{:?}", server.updates());

    // Other edits do not come through while there is an error, but are not forgotten either.
    desk.write("content/articles/2026/tower.md", small::TOWER.replace("They say", "All say"));
    wait_for("an update", || server.updates().iter().any(|line| line.contains("tower.md")).then_some(()));
    assert!(!server.page("/articles/tower/").contains("All say"));

    desk.write(RIVER, small::RIVER.replace("They say", "Mended, they say"));
    problems(&events, false);
    server.shows("/articles/river/", "Mended, they say");
    server.shows("/articles/tower/", "All say");
    server.equals_cold_build();
}

#[test]
fn mending_reloads_the_page_only_if_it_has_other_bytes() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let (river, tower) = (server.follow("/articles/river/"), server.follow("/files-are-no-pages/"));
    desk.write(RIVER, "---\ntitle: [\n");
    problems(&river, true);
    desk.write(RIVER, small::RIVER);
    problems(&river, false);
    desk.write(RIVER, small::RIVER.replace("They say", "Mended, they say"));
    let names = river.names_until("reload");
    assert_eq!(names.iter().filter(|name| *name == "reload").count(), 1, "{names:?}");
    server.shows("/articles/river/", "Mended, they say");
    drop(tower);
}

#[test]
fn only_pages_with_other_bytes_reload() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let (river, about) = (server.follow("/articles/river/"), server.follow("/about/"));
    about.names_until("bar");
    desk.write(RIVER, small::RIVER.replace("They say", "Everyone says"));
    river.next("reload");
    assert!(!about.names_until("bar").contains(&"reload".to_owned()));
}

#[test]
fn a_style_sheet_is_no_reason_to_reload() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let about = server.follow("/about/");
    about.names_until("bar");
    desk.write("static/assets/style.css", "body { color: teal }\n");
    let names = about.names_until("style");
    assert!(!names.contains(&"reload".to_owned()), "{names:?}");
}

#[test]
fn a_page_that_was_missing_comes_when_it_is_there() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let (bridge, other) = (server.follow("/articles/bridge/"), server.follow("/articles/other/"));
    std::fs::remove_file(desk.path("content/articles/2026/bridge.md")).expect("a removed file");
    bridge.next("reload");
    server.says("/articles/bridge/", 404);
    // What the browser shows now is the page for what is not there, and it still waits.
    let bridge = server.follow("/articles/bridge/");
    desk.write("content/articles/2026/bridge.md", small::DRAFT);
    bridge.next("reload");
    desk.write("content/articles/other.md", small::article("other", "Body."));
    other.next("reload");
    server.equals_cold_build();
}

#[test]
fn a_template_that_cannot_be_parsed_leaves_the_old_site() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let events = server.follow("/articles/river/");
    desk.write(
        "templates/article.html",
        "{% extends \"base.html\" %}{% block content %}{% if %}{% endblock %}",
    );
    let told = problems(&events, true);
    assert!(items(&told)[0]["at"].as_str().unwrap().starts_with("templates/article.html:1:"), "{told}");
    assert_eq!(server.get("/articles/river/").status, 200);
    std::fs::remove_file(desk.path("templates/article.html")).expect("a removed file");
    problems(&events, false);
    server.equals_cold_build();
}

#[test]
fn a_template_that_fails_on_a_page_is_told_on_that_page_alone() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let before = server.equals_cold_build();
    let broken = |words: &str| {
        format!("{{% extends \"base.html\" %}}{{% block content %}}{words}{{% endblock content %}}\n")
    };
    desk.write("templates/article.html", broken("{{ article.nothing.at.all }}"));
    server.says("/articles/river/", 500);
    let answer = server.get("/articles/river/");
    let said = terminal(&desk);
    let first = said.lines().next().unwrap();
    assert!(answer.text().contains("templates/article.html:1:"), "{}", answer.text());
    assert!(answer.text().contains(&first[..first.find(':').unwrap()]), "{first}\n{}", answer.text());
    assert_eq!(server.get("/articles/tower/").status, 500);
    for path in ["/", "/claims/river-is-long/", "/about/", "/404.html"] {
        let answer = server.get(path);
        assert_eq!((answer.status, without_script(&answer.body)), (200, before[path].clone()), "{path}");
    }
    // Another mistake is another page: whoever looks at the first must see the second.
    let events = server.follow("/articles/river/");
    events.names_until("bar");
    desk.write("static/note.txt", "Another note.\n");
    assert!(!events.names_until("bar").contains(&"reload".to_owned()), "the same mistake is the same page");
    desk.write("templates/article.html", broken("{{ article.something.else }}"));
    events.next("reload");
    let events = server.follow("/articles/river/");
    std::fs::remove_file(desk.path("templates/article.html")).expect("a removed file");
    events.next("reload");
    server.equals_cold_build();
}

#[test]
fn a_desk_that_begins_with_an_error_shows_no_page_until_it_is_mended() {
    let desk = small::desk();
    desk.write(RIVER, small::RIVER.replace("title: How long", "titel: How long"));
    let server = Server::start(desk.root());
    let events = server.follow("/");
    assert!(!items(&problems(&events, true)).is_empty());
    // A verdict that could not be read has a stand-in: nobody may see it.
    for path in ["/", "/articles/tower/", "/claims/", "/data/claims.json", "/feed.xml"] {
        assert_eq!(server.get(path).status, 503, "{path}");
    }
    assert_eq!(server.get("/_meja/").status, 200);
    desk.write(RIVER, small::RIVER);
    problems(&events, false);
    assert_eq!(server.get("/articles/tower/").status, 200);
    server.equals_cold_build();
}

#[test]
fn without_settings_there_is_nothing_to_serve() {
    let desk = Desk::empty();
    let run = desk.meja(&["serve", "--port", "0"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    desk.write("site.yaml", small::SITE);
    let run = desk.meja(&["serve", "--port", "0", "--base-path", "a b?c"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}
