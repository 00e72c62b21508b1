//! HTTP as plain as it gets: the tests say every byte of a request and see every byte of an answer.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::wait_for;

/// An answer, as it came.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request and reads the answer to its end. `Host` is the server's unless `headers` has one.
pub fn ask(port: u16, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    let has_host = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = if has_host { String::new() } else { format!("Host: 127.0.0.1:{port}\r\n") };
    let others: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n{host}{}", others.concat());
    send(port, &(head + "\r\n"))
}

/// Sends these very bytes and reads until the server closes the connection.
pub fn send(port: u16, request: &str) -> Answer {
    let mut stream = connect(port);
    stream.write_all(request.as_bytes()).expect("a sent request");
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap_or_else(|error| panic!("{request}: {error}"));
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of the headers");
    let head = String::from_utf8(all[..end].to_vec()).expect("headers in UTF-8");
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Answer { status, headers, body: all[end + 4..].to_vec() }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
    stream
}

/// The events the server sends to one open page.
pub struct Events {
    got: Arc<Mutex<VecDeque<(String, serde_json::Value)>>>,
    stream: TcpStream,
}

impl Events {
    /// Follows the page at this path, which shows bytes of this hash.
    pub fn open(port: u16, path: &str, hash: &str) -> Self {
        let stream = connect(port);
        stream.set_read_timeout(None).expect("no time limit");
        // HTTP/1.0 knows no chunks, so the body is the events and nothing else.
        write!(
            &stream,
            "GET /_meja/events?path={path}&hash={hash} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )
        .expect("a sent request");
        let got = Arc::new(Mutex::new(VecDeque::new()));
        let (own, reading) = (Arc::clone(&got), stream.try_clone().expect("a second handle"));
        std::thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(reading).lines().map_while(Result::ok) {
                if let Some(given) = line.strip_prefix("event: ") {
                    given.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    let data = serde_json::from_str(data).expect("data in JSON");
                    own.lock().expect("the events").push_back((name.clone(), data));
                }
            }
        });
        Self { got, stream }
    }

    /// The next event of this name; others before it are passed over.
    pub fn next(&self, name: &str) -> serde_json::Value {
        wait_for(&format!("an event `{name}`"), || {
            let mut got = self.got.lock().expect("the events");
            while let Some((other, data)) = got.pop_front() {
                if other == name {
                    return Some(data);
                }
            }
            None
        })
    }

    /// The names of the events up to and with the next one of this name.
    pub fn names_until(&self, last: &str) -> Vec<String> {
        let mut names = Vec::new();
        wait_for(&format!("an event `{last}`"), || {
            let mut got = self.got.lock().expect("the events");
            while let Some((name, _)) = got.pop_front() {
                names.push(name.clone());
                if name == last {
                    return Some(names.clone());
                }
            }
            None
        })
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
