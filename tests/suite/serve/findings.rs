//! What `check` finds, as editors see it in the preview.

use std::collections::BTreeSet;

use serde_json::Value;

use super::server::Server;
use super::{small, wait_for};
use crate::desk::Desk;

const RIVER: &str = "content/articles/2026/river.md";

fn ask(server: &Server, target: &str) -> Value {
    serde_json::from_str(&server.get(target).text()).expect("JSON")
}

fn findings(server: &Server, page: &str) -> Vec<Value> {
    let facts = ask(server, &format!("/_meja/bar.json?path={page}"));
    facts["findings"].as_array().cloned().unwrap_or_default()
}

/// The code and the place of a finding.
fn brief(item: &Value) -> (String, String) {
    let text = item["text"].as_str().expect("a text");
    let code = text.split(['[', ']']).nth(1).expect("a code");
    (code.to_owned(), item["at"].as_str().expect("a place").to_owned())
}

/// What the terminal finds in these files.
fn terminal(desk: &Desk, paths: &[&str]) -> BTreeSet<(String, String)> {
    let run = desk.meja(&[&["check", "--drafts", "--format", "json"], paths].concat());
    let report: Value = serde_json::from_str(&run.stderr).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    let place = |d: &Value| {
        format!(
            "{}:{}:{}",
            d["file"].as_str().unwrap(),
            d["line"].as_u64().unwrap_or(1),
            d["column"].as_u64().unwrap_or(1)
        )
    };
    diagnostics.iter().map(|d| (d["code"].as_str().unwrap().to_owned(), place(d))).collect()
}

#[test]
fn the_bar_has_what_check_finds_in_the_article() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let found = findings(&server, "/articles/river/");
    let briefs: BTreeSet<_> = found.iter().map(brief).collect();
    assert_eq!(briefs, terminal(&desk, &[RIVER]), "as the terminal says it");
    assert!(briefs.iter().any(|(code, _)| code == "no-archive"));
    for item in &found {
        let (at, text) = (item["at"].as_str().unwrap(), item["text"].as_str().unwrap());
        assert!(at.starts_with(RIVER) && text.contains(at) && text.starts_with("warning["), "{text}");
        let editor = item["editor"].as_str().unwrap();
        assert!(editor.starts_with("vscode://file/") && editor.ends_with(at), "{editor}");
        assert_eq!(item["error"], false);
    }
    assert!(found.iter().any(|item| item["text"].as_str().unwrap().contains("= help: ")));
    // The page of a claim is of its article; a page that is no article has nothing of the kind.
    assert_eq!(findings(&server, "/claims/river-is-long/"), found);
    assert!(findings(&server, "/about/").is_empty() && findings(&server, "/").is_empty());
}

#[test]
fn levels_and_exceptions_hold_and_no_page_is_kept_back() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let has = |code: &str, error: bool| {
        findings(&server, "/articles/river/")
            .iter()
            .any(|item| brief(item).0 == code && item["error"] == error)
    };
    assert!(has("few-sources", false) && has("no-archive", false));
    desk.write("site.yaml", format!("{}checks: {{no-archive: deny, few-sources: allow}}\n", small::SITE));
    wait_for("the levels", || has("no-archive", true).then_some(()));
    assert!(!has("few-sources", false));
    desk.write(
        RIVER,
        small::RIVER.replace("\nclaims:", "\nallow: {no-archive: \"the map is ours\"}\nclaims:"),
    );
    wait_for("the exception", || (!has("no-archive", true)).then_some(()));
    server.equals_cold_build();
}

/// A claim of the river again, in other words; the words can be exchanged.
const AGAIN: &str = "---\ntitle: Rivers again\ndate: 2026-05-02\nauthors: [ann]\ntopics: [towers]\nclaims:\n  - id: endless-again\n    \
    claim: CLAIM\n    verdict: keliru\n    finding: It ends in the sea.\n    sources:\n      - title: The map\n        \
    url: https://map.example/river\n---\n\nText.\n";

#[test]
fn a_claim_that_was_checked_before_is_known_while_it_is_written() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let again = "content/articles/2026/again.md";
    let is_duplicate = || {
        findings(&server, "/articles/again/").iter().any(|item| {
            brief(item).0 == "possible-duplicate"
                && item["text"].as_str().unwrap().contains("`river-is-long`")
        })
    };
    let relates = |page: &str, to: &str| {
        let answer = server.get(page);
        answer.status == 200 && answer.text().contains(&format!("href=\"/claims/{to}/\""))
    };
    desk.write(again, AGAIN.replace("CLAIM", "An endless river is what this river is."));
    wait_for("the duplicate", || is_duplicate().then_some(()));
    assert!(relates("/claims/river-is-long/", "endless-again"), "what is written is related at once");
    desk.write(again, AGAIN.replace("CLAIM", "Bicycles were invented by bakers."));
    wait_for("another claim", || (!is_duplicate()).then_some(()));
    assert!(!relates("/claims/river-is-long/", "endless-again"), "and no longer when it is not");
    server.equals_cold_build();
}

#[test]
fn the_overview_has_those_of_the_whole_site() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let listed = || -> BTreeSet<_> {
        let all = ask(&server, "/_meja/checks.json");
        let items = all["items"].as_array().expect("a list").clone();
        assert_eq!(all["count"].as_u64(), u64::try_from(items.len()).ok());
        items.iter().map(brief).collect()
    };
    let built: BTreeSet<_> = ["unpublished-link", "misplaced-file"].into();
    let expected = |desk: &Desk| -> BTreeSet<_> {
        terminal(desk, &[]).into_iter().filter(|(code, _)| !built.contains(code.as_str())).collect()
    };
    assert_eq!(listed(), expected(&desk));
    assert!(server.get("/_meja/").text().contains("<details id=\"checks\">"));
    // Another version is looked through anew.
    desk.write(RIVER, small::RIVER.replace("url: https://map.example/river", "url: https://bit.ly/river"));
    wait_for("what is new", || listed().iter().any(|(code, _)| code == "shortened-address").then_some(()));
    assert_eq!(listed(), expected(&desk));
}

#[test]
fn a_desk_that_was_never_whole_has_no_findings() {
    let desk = small::desk();
    desk.write(RIVER, "---\ntitle: [\n");
    let server = Server::start(desk.root());
    assert_eq!(ask(&server, "/_meja/checks.json")["count"], 0);
    assert!(findings(&server, "/articles/tower/").is_empty());
}
