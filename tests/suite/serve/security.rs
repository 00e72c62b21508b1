//! Who may ask, and what nobody gets.

use super::http::{ask, send};
use super::server::Server;
use super::small;

const SECRET: &str = "a line that is nobody's business";

fn headers_are_plain(answer: &super::http::Answer) {
    for (name, _) in &answer.headers {
        assert!(!name.starts_with("access-control"), "{name}");
    }
}

#[test]
fn only_its_own_names_are_answered() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let port = server.port;
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.2"] {
        let answer = ask(port, "GET", "/", &[("Host", &format!("{host}:{port}"))]);
        assert_eq!(answer.status, 200, "{host}");
    }
    let others = [
        format!("evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("192.168.0.1:{port}"),
        format!("0.0.0.0:{port}"),
        format!("localhost:{}", port ^ 1),
        format!("user@localhost:{port}"),
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        String::new(),
    ];
    for host in &others {
        for target in ["/", "/_meja/", "/_meja/events?path=/&hash=", "/_meja/bar.json?path=/", "/nothing"] {
            let answer = ask(port, "GET", target, &[("Host", host)]);
            assert!([400, 421].contains(&answer.status), "{host} {target}: {}", answer.status);
            assert!(!answer.text().contains("Small desk"), "{host} {target}");
            headers_are_plain(&answer);
        }
    }
    let without = send(port, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!([400, 421].contains(&without.status), "{}", without.status);
    let twice = format!(
        "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost:{port}\r\nHost: evil.example\r\n\r\n"
    );
    assert!([400, 421].contains(&send(port, &twice).status));
    // The name in the request line does not count for more than the header.
    let both = format!(
        "GET http://evil.example/ HTTP/1.1\r\nConnection: close\r\nHost: evil.example:{port}\r\n\r\n"
    );
    assert_eq!(send(port, &both).status, 421);
}

#[test]
fn other_sites_are_refused() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    let port = server.port;
    let own = format!("http://127.0.0.1:{port}");
    for target in ["/", "/claims/", "/_meja/", "/_meja/events?path=/&hash=", "/note.txt"] {
        for origin in ["http://evil.example", "null", "http://127.0.0.1", &own.replace("http", "https"), ""] {
            let answer = ask(port, "GET", target, &[("Origin", origin)]);
            assert_eq!(answer.status, 403, "{origin} {target}");
            headers_are_plain(&answer);
        }
        for site in ["cross-site", "same-site"] {
            let fetch =
                [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")];
            assert_eq!(ask(port, "GET", target, &fetch).status, 403, "{site} {target}");
        }
    }
    // A link in a mail or a chat leads here from elsewhere, and is followed.
    let link =
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(ask(port, "GET", "/", &link).status, 200);
    let same = [("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors")];
    let answer = ask(port, "GET", "/", &same);
    assert_eq!(answer.status, 200);
    headers_are_plain(&answer);
}

#[test]
fn it_can_only_be_read() {
    let desk = small::desk();
    let server = Server::start(desk.root());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        for target in ["/", "/_meja/", "/_meja/events", "/nothing"] {
            let answer = ask(server.port, method, target, &[("Content-Length", "0")]);
            assert_eq!(answer.status, 405, "{method} {target}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {target}");
            headers_are_plain(&answer);
        }
    }
}

#[test]
fn nothing_but_the_site_is_served() {
    let desk = small::desk();
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("secret.txt"), SECRET).expect("a written file");
    desk.write(".git/config", SECRET);
    desk.write(".env", SECRET);
    desk.write("notes.txt", SECRET);
    desk.write("content/articles/2026/private.txt", SECRET);
    desk.write("static/.hidden", SECRET);
    desk.write("public/old.html", SECRET);
    let server = Server::start(desk.root());
    server.equals_cold_build();
    let name = outside.path().to_str().expect("UTF-8");
    let root = desk.root().to_str().expect("UTF-8");
    let mut targets: Vec<String> = [
        "/site.yaml",
        "/content/articles/2026/tower.md",
        "/content/",
        "/.git/config",
        "/.env",
        "/notes.txt",
        "/.hidden",
        "/static/note.txt",
        "/static/.hidden",
        "/public/old.html",
        "/old.html",
        "/files/articles/2026/private.txt",
        "/files/articles/2026/tower.md",
        "/files/articles/2026/bridge.md",
        "/files/../notes.txt",
        "/files/../../notes.txt",
        "/../notes.txt",
        "/../../../../../../etc/passwd",
        "/%2e%2e/notes.txt",
        "/%2e%2e%2fnotes.txt",
        "/files/%2e%2e/%2e%2e/notes.txt",
        "/%252e%252e/notes.txt",
        "/%252e%252e%252fnotes.txt",
        "/..%5cnotes.txt",
        "/..%5c..%5c..%5cetc%5cpasswd",
        "/..\\notes.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc/passwd",
        "/%00/etc/passwd",
        "/note.txt%00.html",
        "/assets/../../notes.txt",
        "/_meja/../notes.txt",
        "/_meja/%2e%2e/notes.txt",
        "/_meja//etc/passwd",
        "/_meja/assets/preview.js",
        "/.;/notes.txt",
        "/./notes.txt",
        "/c:/notes.txt",
        "/%ff",
        "/%",
        "/%4",
        "/.meja-manifest",
        "/.meja-lock",
    ]
    .map(str::to_owned)
    .to_vec();
    targets.push(format!("/{root}/notes.txt"));
    targets.push(format!("{root}/notes.txt"));
    targets.push(format!("{name}/secret.txt"));
    for target in &targets {
        for method in ["GET", "HEAD"] {
            let answer = ask(server.port, method, target, &[]);
            assert!([400, 404].contains(&answer.status), "{method} {target}: {}", answer.status);
            assert!(!answer.text().contains(SECRET) && !answer.text().contains("root:"), "{target}");
            headers_are_plain(&answer);
        }
    }
    // Neither does a request line without a slash in front reach a file.
    for line in ["GET notes.txt HTTP/1.1", "GET file:///etc/passwd HTTP/1.1", "GET * HTTP/1.1"] {
        let host = format!("Host: localhost:{}", server.port);
        let answer = send(server.port, &format!("{line}\r\n{host}\r\nConnection: close\r\n\r\n"));
        assert!([301, 400, 404].contains(&answer.status), "{line}: {}", answer.status);
        assert!(!answer.text().contains(SECRET) && !answer.text().contains("root:"), "{line}");
    }
}

#[test]
fn a_link_that_leads_out_of_the_desk_is_not_followed() {
    let desk = small::desk();
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("secret.txt"), SECRET).expect("a written file");
    let server = Server::start(desk.root());
    let link =
        |to: &std::path::Path, at: &str| std::os::unix::fs::symlink(to, desk.path(at)).expect("a link");
    link(&outside.path().join("secret.txt"), "static/secret.txt");
    link(outside.path(), "static/folder");
    link(&outside.path().join("secret.txt"), "content/articles/2026/tower/secret.txt");
    desk.write(
        "content/articles/2026/tower.md",
        small::TOWER.replace("tower/heights.csv", "tower/secret.txt").replace("They say", "Now they say"),
    );
    super::wait_for("an update", || server.stderr().contains("leads out of").then_some(()));
    for target in ["/secret.txt", "/folder/secret.txt", "/files/articles/2026/tower/secret.txt"] {
        assert_eq!(server.get(target).status, 404, "{target}");
    }
    // The same desk from the beginning.
    let server = Server::start(desk.root());
    for target in ["/secret.txt", "/folder/secret.txt", "/files/articles/2026/tower/secret.txt"] {
        assert_eq!(server.get(target).status, 404, "{target}");
    }
    assert!(!server.get("/claims/tower-is-tall/").text().contains(SECRET));
}

#[test]
fn a_file_replaced_by_a_link_out_of_the_desk_is_not_followed() {
    let desk = small::desk();
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("secret.txt"), SECRET).expect("a written file");
    let server = Server::start(desk.root());
    let heights = "/files/articles/2026/tower/heights.csv";
    assert_eq!(server.get(heights).status, 200);
    for file in ["content/articles/2026/tower/heights.csv", "static/note.txt"] {
        std::fs::remove_file(desk.path(file)).expect("a removed file");
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), desk.path(file)).expect("a link");
    }
    super::wait_for("an update", || server.stderr().contains("leads out of").then_some(()));
    for target in [heights, "/note.txt"] {
        assert!(!server.get(target).text().contains(SECRET), "{target}");
    }
}

#[test]
fn the_network_is_warned_of() {
    let desk = small::desk();
    let server = Server::with(desk.root(), &["--port", "0", "--host", "0.0.0.0"]);
    let warning = "can be reached by others on the network";
    super::wait_for("the warning", || server.stderr().contains(warning).then_some(()));
    assert!(server.url.starts_with("http://127.0.0.1:"), "{}", server.url);
    assert_eq!(
        ask(server.port, "GET", "/", &[("Host", &format!("evil.example:{}", server.port))]).status,
        421
    );
    assert_eq!(
        ask(server.port, "GET", "/", &[("Host", &format!("192.168.0.1:{}", server.port))]).status,
        200
    );
    let quiet = Server::start(desk.root());
    assert!(!quiet.stderr().contains("network"), "{}", quiet.stderr());
}
