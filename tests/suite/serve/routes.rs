//! Every address of the demo desk, and how addresses are answered.

use std::collections::BTreeSet;

use super::http::ask;
use super::server::{Server, without_script};
use super::small;
use crate::desk::repository;

fn content_type(path: &str) -> &'static str {
    match path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end) {
        None | Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("nojekyll") => "application/octet-stream",
        Some(other) => panic!("`{other}` is new: say here what it is served as"),
    }
}

#[test]
fn every_address_of_the_demo_is_served_as_it_is_built() {
    let server = Server::start(repository());
    assert!(server.url.ends_with("/meja/"), "{}", server.url);
    let built = server.equals_cold_build();
    assert!(built.len() > 300, "{}", built.len());
    for (path, bytes) in &built {
        let target = format!("/meja{path}");
        let answer = server.get(&target);
        assert_eq!(answer.header("content-type"), Some(content_type(path)), "{path}");
        let scripts = memchr::memmem::find_iter(&answer.body, b"/_meja/preview.js").count();
        let is_page = content_type(path).starts_with("text/html");
        assert_eq!(scripts, usize::from(is_page), "the preview's script on {path}");
        assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()), "{path}");

        let tag = answer.header("etag").expect("an ETag");
        let again = ask(server.port, "GET", &target, &[("If-None-Match", tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag), "{path}");

        let head = ask(server.port, "HEAD", &target, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        let without_date = |headers: &[(String, String)]| -> BTreeSet<(String, String)> {
            headers.iter().filter(|(name, _)| name != "date").cloned().collect()
        };
        assert_eq!(without_date(&head.headers), without_date(&answer.headers), "{path}");

        if let Some(folder) = path.strip_suffix('/') {
            let index = server.get(&format!("{target}index.html"));
            assert_eq!(without_script(&index.body), *bytes, "{path}index.html");
            let moved = server.get(&format!("/meja{folder}?q=1&r=%20"));
            assert_eq!(moved.status, 301, "{folder}");
            assert_eq!(moved.header("location"), Some(&*format!("{target}?q=1&r=%20")), "{folder}");
        } else if let Some(bare) = path.strip_suffix(".html") {
            let bare = server.get(&format!("/meja{bare}"));
            assert_eq!(without_script(&bare.body), *bytes, "{path} without its ending");
        }
    }
}

#[test]
fn an_unknown_address_has_the_page_and_the_status_404() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let built = server.equals_cold_build();
    for target in
        ["/nothing", "/nothing/", "/claims/nothing/", "/articles/tower/x.html", "/index.html/", "//"]
    {
        let answer = server.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert_eq!(without_script(&answer.body), built["/404.html"], "{target}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
    }
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let built = server.equals_cold_build();
    assert!(built.contains_key("/old/tower/"), "{:?}", built.keys());
    assert!(server.page("/old/tower/").contains("/articles/tower/"));
}

#[test]
fn parts_of_a_file() {
    let desk = small::desk();
    desk.write("static/ten.txt", "0123456789");
    let server = Server::start(desk.root());
    let part = |range: &str| ask(server.port, "GET", "/ten.txt", &[("Range", range)]);
    for (range, body, shown) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=4-", "456789", "bytes 4-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
    ] {
        let answer = part(range);
        assert_eq!((answer.status, answer.text().as_str()), (206, body), "{range}");
        assert_eq!(answer.header("content-range"), Some(shown), "{range}");
        assert_eq!(answer.header("content-length"), Some(&*body.len().to_string()), "{range}");
    }
    for range in ["bytes=10-", "bytes=99-100", "bytes=5-2"] {
        let answer = part(range);
        assert_eq!((answer.status, answer.body.len()), (416, 0), "{range}");
        assert_eq!(answer.header("content-range"), Some("bytes */10"), "{range}");
    }
    for range in ["lines=1-2", "bytes=a-b", "bytes=0-1,4-5"] {
        let answer = part(range);
        assert_eq!((answer.status, answer.text().as_str()), (200, "0123456789"), "{range}");
    }
    let whole = server.get("/ten.txt");
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    // A part of other bytes than those a player already has would be no part of them.
    let tag = whole.header("etag").expect("an ETag").to_owned();
    let same = [("Range", "bytes=0-3"), ("If-Range", tag.as_str())];
    assert_eq!(ask(server.port, "GET", "/ten.txt", &same).status, 206);
    let other = [("Range", "bytes=0-3"), ("If-Range", "\"other\"")];
    assert_eq!(ask(server.port, "GET", "/ten.txt", &other).status, 200);
}

#[test]
fn a_base_path_can_be_given() {
    let desk = small::desk();
    let server = Server::with(desk.root(), &["--port", "0", "--base-path", "/branch/one"]);
    assert!(server.url.ends_with("/branch/one/"), "{}", server.url);
    server.equals_build(&["--base-url", "https://small.example/branch/one/"]);
    assert_eq!(server.get("/articles/tower/").status, 404);
    // It stays when the settings are read again.
    desk.write("site.yaml", small::SITE.replace("Small desk", "Other desk"));
    server.shows("/branch/one/", "Other desk");
    server.equals_build(&["--base-url", "https://small.example/branch/one/"]);
}

#[test]
fn the_base_path_of_the_settings_is_followed() {
    let desk = small::desk();
    desk.write("site.yaml", small::SITE.replace("https://small.example/\n", "https://small.example/sub/\n"));
    let server = Server::start(desk.root());
    assert!(server.url.ends_with("/sub/"), "{}", server.url);
    for target in ["/", "/sub"] {
        let answer = server.get(target);
        assert_eq!((answer.status, answer.header("location")), (301, Some("/sub/")), "{target}");
    }
    for target in ["/subclaims/", "/sublime", "/claims/"] {
        assert_eq!(server.get(target).status, 404, "{target}");
    }
    server.equals_cold_build();
}

#[test]
fn a_busy_port_picks_the_next_and_says_so() {
    let desk = small::desk();
    let first = Server::start(desk.root());
    let port = first.port.to_string();
    let second = Server::with(desk.root(), &["--port", &port]);
    assert!(second.port > first.port, "{} and {}", first.port, second.port);
    assert!(second.stdout().contains(&format!("port {port} is taken")), "{:?}", second.stdout());
    second.equals_cold_build();
}

#[test]
fn drafts_and_articles_of_the_future_are_shown_and_marked() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    assert!(server.page("/articles/bridge/").contains("notice-desk"));
    assert!(server.page("/articles/later/").contains("notice-desk"));
    assert!(!server.page("/articles/tower/").contains("notice-desk"));
    let bar = |path: &str| {
        let answer = server.get(&format!("/_meja/bar.json?path={path}"));
        serde_json::from_slice::<serde_json::Value>(&answer.body).expect("JSON")
    };
    assert_eq!(bar("/articles/bridge/")["status"], "draft");
    assert!(bar("/articles/later/")["status"].as_str().unwrap().starts_with("appears 2099-01-01"));
    assert_eq!(bar("/articles/tower/")["status"], "published");
    let overview = server.get("/_meja/").text();
    for words in ["A draft about a bridge", "An article of the year 2099", "content/articles/2026/bridge.md"]
    {
        assert!(overview.contains(words), "{words}");
    }
    assert!(!overview.contains("How tall is the tower?"));
}
