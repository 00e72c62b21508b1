//! `meja check --links` against servers that answer in every way.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use meja::links::{Answer, FILE, Found, Left, Memory, Options, Why, ask, asked_as};

use crate::desk::{Desk, Run};

/// A request as a server saw it.
#[derive(Debug, Clone)]
struct Request {
    method: String,
    path: String,
    name: String,
    at: Instant,
    /// How many others it was then answering.
    others: usize,
}

/// A server that answers by path, and keeps a list of what it was asked.
struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let asking = Arc::new(Mutex::new(0_usize));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, asking) = (Arc::clone(&seen), Arc::clone(&asking));
                thread::spawn(move || serve(stream, &seen, &asking));
            }
        });
        Self { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests for a path, as `HEAD`, `GET`.
    fn asked(&self, path: &str) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|request| request.path == path).map(|request| request.method.clone()).collect()
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

/// A server with a certificate that it made itself.
fn unvouched() -> SocketAddr {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("its key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a server");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let Ok(mut server) = rustls::ServerConnection::new(Arc::clone(&config)) else {
                return;
            };
            let mut tls = rustls::Stream::new(&mut server, &mut stream);
            let _ = tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    address
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, asking: &Mutex<usize>) {
    // The first byte of a TLS handshake; a server without TLS takes it for a bad request.
    if is_handshake(&stream) {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        let _ = stream.shutdown(std::net::Shutdown::Write);
        // Unread words would make the end of the connection a broken one.
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
        return;
    }
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else {
        return;
    };
    let at = Instant::now();
    let others = {
        let mut asking = asking.lock().unwrap();
        *asking += 1;
        *asking - 1
    };
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let name = headers.iter().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case("user-agent").then(|| value.to_owned())
    });
    let before = {
        let mut seen = seen.lock().unwrap();
        let before = seen.iter().filter(|request| request.path == path).count();
        let name = name.unwrap_or_default();
        seen.push(Request { method: method.clone(), path: path.clone(), name, at, others });
        before
    };
    answer(&mut stream, &method, &path, before);
    *asking.lock().unwrap() -= 1;
}

fn is_handshake(stream: &TcpStream) -> bool {
    let mut first = [0];
    stream.peek(&mut first).is_ok() && first == [0x16]
}

fn answer(stream: &mut TcpStream, method: &str, path: &str, before: usize) {
    let is_head = method == "HEAD";
    let mut say = |status: &str, more: &str| {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n");
        let _ = stream.write_all(head.as_bytes());
    };
    if let Some(to) = path.strip_prefix("/to/") {
        return say("302 Found", &format!("Location: http://{to}\r\n"));
    }
    match path {
        "/get-only" if is_head => say("405 Method Not Allowed", ""),
        "/shy" if is_head => say("404 Not Found", ""),
        "/mute" if is_head => {}
        "/moved" => say("301 Moved Permanently", "Location: /fine\r\n"),
        "/moved-far" => say("308 Permanent Redirect", "Location: /moved\r\n"),
        "/moved-home" => say("301 Moved Permanently", "Location: /\r\n"),
        "/moved-slash" => say("301 Moved Permanently", "Location: /moved-slash/\r\n"),
        "/moved-gone" => say("301 Moved Permanently", "Location: /gone\r\n"),
        "/passing" => say("302 Found", "Location: /fine\r\n"),
        "/round" => say("302 Found", "Location: /around\r\n"),
        "/around" => say("302 Found", "Location: /round\r\n"),
        "/gone" | "/gone-copy" => say("404 Not Found", ""),
        "/gone-for-good" => say("410 Gone", ""),
        "/forbidden" => say("403 Forbidden", ""),
        "/law" => say("451 Unavailable For Legal Reasons", ""),
        "/trouble" => say("500 Internal Server Error", ""),
        "/busy" if before == 0 => say("429 Too Many Requests", "Retry-After: 1\r\n"),
        "/busy-for-long" => say("429 Too Many Requests", "Retry-After: 3600\r\n"),
        path if path.starts_with("/always-busy/") => say("503 Service Unavailable", ""),
        "/slow" => thread::sleep(Duration::from_secs(5)),
        path if path.starts_with("/steady/") => {
            thread::sleep(Duration::from_millis(60));
            say("200 OK", "");
        }
        "/breaks" => {
            let _ = stream.write_all(b"HTTP/1.1 200 O");
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            // Ends when the other side has had enough.
            while !is_head && stream.write_all(&[b'a'; 4096]).is_ok() {}
        }
        _ => say("200 OK", ""),
    }
}

fn quick() -> Options {
    Options {
        pause: Duration::from_millis(1),
        timeout: Duration::from_millis(1500),
        back_off: Duration::from_millis(10),
        longest_wait: Duration::from_secs(2),
        whole: Duration::from_secs(60),
        may_ask: |_| true,
        ..Options::for_desk("https://example.org/")
    }
}

fn ask_all(urls: &[String], options: &Options) -> (BTreeMap<String, Found>, BTreeMap<String, Left>) {
    let urls: BTreeSet<String> = urls.iter().map(|url| asked_as(url).expect("an address")).collect();
    let mut found = BTreeMap::new();
    let left = ask(&urls, options, &mut |url, what| {
        assert!(found.insert(url.to_owned(), what).is_none(), "{url} is told of once");
    });
    (found, left)
}

#[test]
fn every_answer_is_understood() {
    let server = Server::start();
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let fine = server.url("/fine");
    let failed = |status| Found::Failed(Why::Status(status));
    let expected = [
        (server.url("/fine"), Found::Alive),
        (server.url("/get-only"), Found::Alive),
        (server.url("/shy"), Found::Alive),
        (server.url("/mute"), Found::Alive),
        (server.url("/moved"), Found::Moved(fine.clone())),
        (server.url("/moved-far"), Found::Moved(fine.clone())),
        (server.url("/moved-gone"), failed(404)),
        (server.url("/passing"), Found::Alive),
        (server.url("/round"), Found::Failed(Why::Redirects)),
        (server.url("/gone"), failed(404)),
        (server.url("/gone-for-good"), failed(410)),
        (server.url("/forbidden"), failed(403)),
        (server.url("/law"), failed(451)),
        (server.url("/trouble"), failed(500)),
        (server.url("/busy"), Found::Alive),
        (server.url("/busy-for-long"), failed(429)),
        (server.url("/slow"), Found::Failed(Why::TimedOut)),
        (server.url("/breaks"), Found::Failed(Why::Closed)),
        (server.url("/endless"), Found::Alive),
        (format!("http://{nobody}/"), Found::Failed(Why::Unreachable)),
        // A server whose certificate nobody vouches for, and one that speaks no TLS.
        (format!("https://{}/", unvouched()), Found::Failed(Why::Tls)),
        (format!("https://{}/fine", server.address), Found::Failed(Why::Tls)),
    ];
    let urls: Vec<String> = expected.iter().map(|(url, _)| url.clone()).collect();
    let (found, left) = ask_all(&urls, &quick());
    assert_eq!(left, BTreeMap::new());
    assert_eq!(found, BTreeMap::from(expected));
    assert_eq!(server.asked("/get-only"), ["HEAD", "GET"]);
    assert_eq!(server.asked("/mute"), ["HEAD", "GET"]);
    assert_eq!(server.asked("/busy"), ["HEAD", "HEAD"]);
    assert_eq!(server.asked("/busy-for-long"), ["HEAD"]);
    assert_eq!(server.asked("/slow"), ["HEAD", "GET", "GET"]);
    assert_eq!(server.asked("/gone-for-good"), ["HEAD", "GET"]);
    let busy: Vec<Instant> = server
        .requests()
        .iter()
        .filter(|request| request.path == "/busy")
        .map(|request| request.at)
        .collect();
    assert!(busy[1] - busy[0] >= Duration::from_secs(1), "it is left alone as long as it says");
    let name = format!("meja/{} (link check for https://example.org/)", env!("CARGO_PKG_VERSION"));
    assert!(server.requests().iter().all(|request| request.name == name), "it says who asks");
}

#[test]
fn a_host_is_asked_little_at_a_time() {
    let (one, other) = (Server::start(), Server::start());
    let urls: Vec<String> =
        (0..12).flat_map(|n| [&one, &other].map(|server| server.url(&format!("/steady/{n}")))).collect();
    let pause = Duration::from_millis(40);
    let (found, _) = ask_all(&urls, &Options { pause, ..quick() });
    assert_eq!(found.len(), 24);
    for server in [one, other] {
        let requests = server.requests();
        assert_eq!(requests.len(), 12, "each address is asked once");
        assert!(requests.iter().all(|request| request.others <= 1), "two at a time");
        let took = requests[11].at - requests[0].at;
        assert!(took >= pause * 10, "with a pause between them: {took:?}");
    }
}

#[test]
fn hosts_that_are_busy_are_left_alone() {
    let server = Server::start();
    let urls: Vec<String> = (0..40).map(|n| server.url(&format!("/always-busy/{n}"))).collect();
    let (found, left) = ask_all(&urls, &quick());
    assert!(server.requests().len() < 12, "{} requests", server.requests().len());
    assert!(left.len() > 30 && left.values().all(|left| *left == Left::Busy), "{left:?}");
    assert_eq!(found.len() + left.len(), 40);
}

#[test]
fn there_is_an_end_to_it() {
    let server = Server::start();
    let urls: Vec<String> = (0..40).map(|n| server.url(&format!("/steady/{n}"))).collect();
    let options = Options { pause: Duration::from_millis(100), whole: Duration::from_millis(350), ..quick() };
    let (found, left) = ask_all(&urls, &options);
    assert!(!found.is_empty() && found.len() < 8, "{} answers", found.len());
    assert!(left.values().all(|left| *left == Left::Time));
    assert_eq!(found.len() + left.len(), 40);
}

#[test]
fn private_networks_are_never_asked() {
    let server = Server::start();
    let home = |ip: IpAddr| ip == IpAddr::from([127, 0, 0, 1]);
    let urls = [server.url("/to/127.0.0.2:1/"), server.url("/to/[::1]:1/"), server.url("/fine")];
    let (found, _) = ask_all(&urls, &Options { may_ask: home, ..quick() });
    assert_eq!(found[&urls[0]], Found::Failed(Why::Private));
    assert_eq!(found[&urls[1]], Found::Failed(Why::Private));
    assert_eq!(found[&urls[2]], Found::Alive);
    // By default, nothing here is asked, by whatever name.
    let port = server.address.port();
    let before = server.requests().len();
    let urls = [
        server.url("/fine"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
    ];
    let (found, _) = ask_all(&urls, &Options { may_ask: meja::links::is_public, ..quick() });
    assert!(found.values().all(|found| *found == Found::Failed(Why::Private)), "{found:?}");
    assert_eq!(server.requests().len(), before);
}

#[test]
fn without_a_network_nothing_is_dead() {
    // A name longer than any can be: no register needs to be asked.
    let lost = format!("http://{}.example/", "a".repeat(64));
    let (found, left) = ask_all(std::slice::from_ref(&lost), &quick());
    assert_eq!((found.len(), left[&lost]), (0, Left::Offline));
    let server = Server::start();
    let (found, left) = ask_all(&[lost.clone(), server.url("/gone")], &quick());
    assert_eq!(left, BTreeMap::new());
    assert_eq!(found[&lost], Found::Failed(Why::NoHost));
}

/// A desk that links these addresses: as a source with a copy, as a source without one, and in the text.
fn desk(source: &str, copy: &str, bare: &str, link: &str) -> Desk {
    let desk = Desk::empty();
    desk.write(
        "site.yaml",
        "title: Meja\nbase_url: https://example.org/\nlanguage: id\npublisher: {name: Redaksi}\nratings: tempo\n",
    );
    desk.write(
        "content/articles/a.md",
        format!(
            "---\ntitle: Judul\ndate: 2025-01-02\nauthors: [Rina]\nclaims:\n  - id: air\n    \
             claim: Air itu kering.\n    quote: air itu kering\n    claimant: Budi\n    verdict: keliru\n    \
             finding: Air basah.\n    sources:\n      \
             - {{title: Satu, publisher: Badan Air, primary: true, url: \"{source}\", archived: \"{copy}\"}}\n      \
             - {{title: Dua, publisher: Lembaga, url: \"{bare}\"}}\n---\n\
             Kata Budi, air itu kering. Lihat [laporan]({link}).\n"
        ),
    );
    desk
}

/// Rules that such a desk breaks, and that are not looked at here.
const QUIET: &str = "{no-archive: allow, archive-of-other: allow, lone-policy: allow}";

/// Asks everything that the desk links, as of so many days ago, and checks the desk with the answers.
fn check(desk: &Desk, urls: &[String], days: i64, more: &[&str]) -> Run {
    let asked = Timestamp::now() - SignedDuration::from_hours(24 * days);
    let (found, _) = ask_all(urls, &quick());
    let answers = found.into_iter().map(|(url, found)| (url, Answer { asked, found })).collect();
    Memory { answers }.write(desk.root()).expect("a written file");
    let settings = desk.read("site.yaml");
    if !settings.contains("checks:") {
        desk.write("site.yaml", format!("{settings}checks: {QUIET}\n"));
    }
    let arguments = ["check", "--links", "--color", "never", "--now", "2026-01-01"];
    desk.meja(&[&arguments[..], more].concat())
}

/// A desk with these four paths on a server, checked with answers three days old.
fn checked(paths: [&str; 4], more: &[&str]) -> (Run, Server) {
    let server = Server::start();
    let urls = paths.map(|path| server.url(path));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[3]);
    let run = check(&desk, &urls, 3, more);
    (run, server)
}

#[test]
fn dead_link_is_said() {
    let (run, server) = checked(["/gone", "/fine", "/gone-for-good", "/gone?b"], &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let said = run.stderr.replace(&server.address.to_string(), "127.0.0.1:10000");
    for words in [
        "warning[dead-link]: this source is gone (asked 3 days ago), but it has an archived copy\n",
        "warning[dead-link]: this source is gone (asked 3 days ago)\n",
        "answers with 410",
        "add it with `archived:`",
    ] {
        assert!(said.contains(words), "{words}:\n{}", run.stderr);
    }
    assert!(run.stderr.contains("a.md:14:"), "{}", run.stderr);
    assert!(run.stderr.ends_with("2 warnings\n"), "{}", run.stderr);
    let (run, _) = checked(["/gone", "/gone-copy", "/fine", "/gone"], &["--deny", "warnings"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("error[dead-link]: this source is gone (asked 3 days ago), and its archived copy too")
    );
    assert!(run.stderr.contains("error[dead-link]: this archived copy is gone (asked 3 days ago)"));
    assert!(run.stderr.contains("error[dead-link]: this link is gone (asked 3 days ago)"));
    assert!(run.stderr.contains("content/articles/a.md:16:"), "{}", run.stderr);
    assert!(run.stderr.ends_with("3 errors\n"), "{}", run.stderr);
}

#[test]
fn dead_link_is_silent_on_what_may_be_there() {
    let (run, _) = checked(["/forbidden", "/trouble", "/breaks", "/fine"], &["--deny", "warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn links_in_raw_html_are_asked_too() {
    let server = Server::start();
    let urls = ["/fine", "/head", "/fine", "/gone"].map(|path| server.url(path));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[0]);
    desk.write("site.yaml", format!("{}markdown: {{html: sanitize}}\n", desk.read("site.yaml")));
    let text =
        format!("{}<p>Atau <a\nhref='{}'>di sini</a>.</p>\n", desk.read("content/articles/a.md"), urls[3]);
    desk.write("content/articles/a.md", text.replace("<p>", "\n<p>"));
    let run = check(&desk, &urls, 0, &[]);
    assert!(run.stderr.contains("warning[dead-link]: this link is gone"), "{}", run.stderr);
    assert!(run.stderr.contains("--> content/articles/a.md:19:7"), "{}", run.stderr);
}

#[test]
fn moved_link_is_said() {
    let (run, server) = checked(["/moved", "/moved-home", "/moved-far", "/fine"], &[]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stderr.matches("warning[moved-link]: this source has moved for good (asked 3 days ago)").count(),
        2
    );
    assert!(run.stderr.contains(&format!("then write `{}`", server.url("/fine"))), "{}", run.stderr);
    assert!(run.stderr.contains("this archived copy leads to a front page now (asked 3 days ago)"));
    assert!(run.stderr.ends_with("3 warnings\n"), "{}", run.stderr);
}

#[test]
fn moved_link_is_silent_on_detours() {
    let (run, _) = checked(["/passing", "/moved-slash", "/fine", "/"], &["--deny", "warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn answers_are_taken_from_the_file_while_they_are_young() {
    let server = Server::start();
    let urls = ["/gone", "/fine", "/fine", "/forbidden"].map(|path| server.url(path));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[3]);
    // What was refused is asked again after a day. The program itself asks no machine of this network.
    let run = check(&desk, &urls, 3, &[]);
    let said = "3 addresses outside, 1 asked now\n1 address gave no answer that tells; `.meja-links.json` says why\n";
    assert_eq!(run.stdout, said);
    assert!(desk.read(FILE).contains("\"why\":\"private\""), "{}", desk.read(FILE));
    let again = desk.meja(&["check", "--links", "--color", "never", "--now", "2026-01-01"]);
    assert!(again.stdout.starts_with("3 addresses outside, 0 asked now\n"), "{}", again.stdout);
    assert_eq!(again.stderr, run.stderr, "the same is said again");
    let before = desk.read(FILE);
    let old =
        desk.meja(&["check", "--links", "--links-max-age", "3", "--color", "never", "--now", "2026-01-01"]);
    assert!(old.stdout.starts_with("3 addresses outside, 2 asked now\n"), "{}", old.stdout);
    assert_ne!(desk.read(FILE), before);
    // Without `--links` nothing is asked and nothing is said.
    desk.write(FILE, &before);
    let plain = desk.meja(&["check", "--color", "never", "--now", "2026-01-01"]);
    assert_eq!((plain.code, plain.stdout.as_str()), (0, "no problems\n"));
    assert_eq!(desk.read(FILE), before);
}

#[test]
fn an_interrupted_run_keeps_what_it_learnt() {
    // Refused for standing in a private network, one after the other, with the usual pause.
    let urls = [1, 2, 3, 4].map(|n| format!("http://127.0.0.1:9/{n}"));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[3]);
    let article = desk.read("content/articles/a.md");
    let more: Vec<String> = (5..60).map(|n| format!("[x](http://127.0.0.1:9/{n})")).collect();
    desk.write("content/articles/a.md", article + "\n" + &more.join("\n"));
    let mut run = Command::new(env!("CARGO_BIN_EXE_meja"))
        .args(["check", "--links"])
        .current_dir(desk.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let began = Instant::now();
    while !desk.exists(FILE) && began.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(20));
    }
    run.kill().expect("an end");
    run.wait().expect("an end");
    let known = Memory::read(desk.root()).expect("a whole file").answers.len();
    assert!((1..59).contains(&known), "{known} answers");
}

#[test]
fn the_file_of_answers_has_one_shape() {
    let desk = Desk::empty();
    let asked: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let answers = [
        ("https://d.example/", Found::Failed(Why::TimedOut)),
        ("https://a.example/", Found::Alive),
        ("https://c.example/\"", Found::Failed(Why::Status(404))),
        ("https://b.example/", Found::Moved("https://e.example/".to_owned())),
    ];
    let answers: BTreeMap<String, Answer> =
        answers.into_iter().map(|(url, found)| (url.to_owned(), Answer { asked, found })).collect();
    let memory = Memory { answers };
    memory.write(desk.root()).unwrap();
    let expected = r#"{"version":1,"answers":{
"https://a.example/":{"asked":"2026-01-02T03:04:05Z","found":"alive"},
"https://b.example/":{"asked":"2026-01-02T03:04:05Z","found":"moved","to":"https://e.example/"},
"https://c.example/\"":{"asked":"2026-01-02T03:04:05Z","found":"dead","why":"404"},
"https://d.example/":{"asked":"2026-01-02T03:04:05Z","found":"blocked","why":"timed-out"}
}}
"#;
    assert_eq!(desk.read(FILE), expected);
    assert_eq!(Memory::read(desk.root()).unwrap(), memory);
    // Written by another version, or by hand: what is not understood is not known.
    for text in
        ["", "[]", "{\"version\":2,\"answers\":{}}", &expected.replace("\"version\":1", "\"version\":2")]
    {
        desk.write(FILE, text);
        assert_eq!(Memory::read(desk.root()).unwrap(), Memory::default(), "{text}");
    }
    desk.write(FILE, expected.replace("timed-out", "bored").replace("\"moved\"", "\"flown\""));
    assert_eq!(Memory::read(desk.root()).unwrap().answers.len(), 2);
}

#[test]
fn levels_and_exceptions_hold_for_links() {
    let server = Server::start();
    let urls = ["/gone", "/fine", "/moved", "/fine"].map(|path| server.url(path));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[3]);
    let settings = desk.read("site.yaml");
    let levels = QUIET.replacen('{', "{dead-link: deny, moved-link: allow, ", 1);
    desk.write("site.yaml", format!("{settings}checks: {levels}\n"));
    let run = check(&desk, &urls, 0, &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[dead-link]: this source is gone (asked today)"), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 error\n"));
    let article = desk.read("content/articles/a.md");
    desk.write(
        "content/articles/a.md",
        article.replacen("authors:", "allow: {dead-link: \"Ada salinan.\"}\nauthors:", 1),
    );
    let run = check(&desk, &urls, 0, &["--deny", "warnings"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    // Without answers nobody knows whether it has an effect.
    let plain = desk.meja(&["check", "--color", "never", "--now", "2026-01-01"]);
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""));
    // Nor while one of its addresses cannot be judged; once all answer, it is said to have none.
    let excepted = desk.read("content/articles/a.md");
    for (path, expected) in [("/forbidden", ""), ("/fine", "warning[unused-exception]")] {
        desk.write("content/articles/a.md", excepted.replacen(&urls[0], &server.url(path), 1));
        let known = [path, "/fine", "/moved", "/fine"].map(|path| server.url(path));
        let run = check(&desk, &known, 0, &[]);
        let said = run.stderr.split(':').next().unwrap_or_default();
        assert_eq!(said, expected, "{path}: {}", run.stderr);
    }
}

#[test]
fn programs_learn_what_could_not_be_judged() {
    let server = Server::start();
    let urls = ["/fine", "/copy", "/forbidden", "/gone"].map(|path| server.url(path));
    let desk = desk(&urls[0], &urls[1], &urls[2], &urls[3]);
    let run = check(&desk, &urls, 0, &["--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(said["version"], 1);
    assert_eq!(said["links"]["addresses"], 4);
    assert_eq!(said["links"]["asked"], 0);
    assert_eq!(said["links"]["blocked"][0]["address"], urls[2].as_str());
    assert_eq!(said["links"]["blocked"][0]["why"], "403");
    assert_eq!(said["links"]["left"], serde_json::json!([]));
    let problems: serde_json::Value = serde_json::from_str(&run.stderr).expect("JSON");
    assert_eq!(problems["diagnostics"][0]["code"], "dead-link");
    // The order does not depend on who answers first.
    let again = check(&desk, &urls, 0, &["--format", "json"]);
    assert_eq!(again.stderr, run.stderr);
}
