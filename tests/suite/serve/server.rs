//! A running preview, and the comparison with what `build` writes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::http::{Answer, Events, ask};
use super::{PATIENCE, wait_for};
use crate::desk::{Run, meja_in};

/// `meja serve`, stopped when the value goes away.
pub struct Server {
    child: Child,
    root: PathBuf,
    pub port: u16,
    /// The address of the home page as the terminal says it.
    pub url: String,
    stdout: Arc<Mutex<Vec<String>>>,
    stderr: Arc<Mutex<String>>,
    /// Every address that any comparison saw: what is gone must be gone here too.
    known: RefCell<BTreeSet<String>>,
}

impl Server {
    /// Serves a desk at a port of the system's choice.
    pub fn start(root: &Path) -> Self {
        Self::with(root, &["--port", "0"])
    }

    pub fn with(root: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_meja"))
            .arg("serve")
            .args(arguments)
            .current_dir(root)
            .env_remove("MEJA_EDITOR")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let stdout = Arc::new(Mutex::new(Vec::new()));
        let stderr = Arc::new(Mutex::new(String::new()));
        let (own, pipe) = (Arc::clone(&stdout), child.stdout.take().expect("standard output"));
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                own.lock().expect("the lines").push(line);
            }
        });
        let (own, mut pipe) = (Arc::clone(&stderr), child.stderr.take().expect("standard error"));
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = pipe.read(&mut part) {
                own.lock().expect("the text").push_str(&String::from_utf8_lossy(&part[..length]));
            }
        });
        let url = wait_for("the address of the preview", || {
            assert!(child.try_wait().expect("a state").is_none(), "{}", stderr.lock().unwrap());
            let lines = stdout.lock().expect("the lines");
            let line = lines.iter().find(|line| line.starts_with("http://"))?;
            line.split_whitespace().next().map(str::to_owned)
        });
        let port = url::Url::parse(&url).ok().and_then(|url| url.port()).expect("a port");
        Self { child, root: root.to_owned(), port, url, stdout, stderr, known: RefCell::default() }
    }

    /// What the terminal has shown so far.
    pub fn stdout(&self) -> Vec<String> {
        self.stdout.lock().expect("the lines").clone()
    }

    pub fn stderr(&self) -> String {
        self.stderr.lock().expect("the text").clone()
    }

    /// The files that the updates named so far, one line each.
    pub fn updates(&self) -> Vec<String> {
        let is_time = |line: &str| line.len() > 9 && line.as_bytes()[2] == b':' && line.as_bytes()[5] == b':';
        self.stdout().into_iter().filter(|line| is_time(line)).map(|line| line[9..].to_owned()).collect()
    }

    pub fn get(&self, target: &str) -> Answer {
        ask(self.port, "GET", target, &[])
    }

    /// The page at this address, without what the preview adds.
    pub fn page(&self, target: &str) -> String {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        String::from_utf8(without_script(&answer.body)).expect("a page in UTF-8")
    }

    /// Waits until the page at this address has these words.
    pub fn shows(&self, target: &str, words: &str) {
        self.until(&format!("`{words}` on {target}"), || self.get(target).text().contains(words));
    }

    /// Waits until the page at this address does not have these words.
    pub fn hides(&self, target: &str, words: &str) {
        self.until(&format!("{target} without `{words}`"), || !self.get(target).text().contains(words));
    }

    /// Waits until the address is answered with this status.
    pub fn says(&self, target: &str, status: u16) {
        self.until(&format!("{status} for {target}"), || self.get(target).status == status);
    }

    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(
                began.elapsed() < PATIENCE,
                "waited in vain for {what}\n{}\n{}",
                self.stdout().join("\n"),
                self.stderr()
            );
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Follows an address as a browser that has just loaded it does.
    pub fn follow(&self, path: &str) -> Events {
        let page = self.get(path).text();
        let field = |name: &str| {
            let from = page.find(name).map(|at| at + name.len()).expect("the preview's script");
            page[from..].split('"').next().unwrap_or_default().to_owned()
        };
        Events::open(self.port, &field("data-path=\""), &field("data-hash=\""))
    }

    /// Memory that the server has in use, in kilobytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    }

    /// Ends the server and waits until it has gone.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Holds the whole served site against a fresh build, byte for byte, in both directions: all
    /// that the build wrote is served, and no address of an earlier comparison that it did not write.
    pub fn equals_cold_build(&self) -> BTreeMap<String, Vec<u8>> {
        self.equals_build(&[])
    }

    pub fn equals_build(&self, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let base = url::Url::parse(&self.url).expect("an address").path().trim_end_matches('/').to_owned();
        let built = built(&self.root, arguments);
        let differs = |path: &str, bytes: Option<&Vec<u8>>| {
            let answer = self.get(&format!("{base}{path}"));
            match bytes {
                None if answer.status == 200 => Some(format!("{path} is still served")),
                None => None,
                Some(_) if answer.status != 200 => Some(format!("{path} has the status {}", answer.status)),
                Some(bytes) if without_script(&answer.body) == *bytes => None,
                Some(bytes) => {
                    let (served, built) = (without_script(&answer.body), String::from_utf8_lossy(bytes));
                    let served = String::from_utf8_lossy(&served).into_owned();
                    let line = served.lines().zip(built.lines()).find(|(one, other)| one != other);
                    Some(format!("{path} differs (served, built): {line:#?}"))
                }
            }
        };
        let mut known = self.known.borrow_mut();
        known.extend(built.keys().cloned());
        let began = Instant::now();
        loop {
            let found = known.iter().find_map(|path| differs(path, built.get(path)));
            match found {
                None => return built,
                Some(found) if began.elapsed() > PATIENCE => {
                    panic!("{found}\n{}\n{}", self.stdout().join("\n"), self.stderr())
                }
                // What is on its way to the server gets the time it takes.
                Some(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A build of all that the preview shows, for its problems.
pub fn build(root: &Path, out: &Path, arguments: &[&str]) -> Run {
    let out = out.to_str().expect("a folder in UTF-8");
    let mut all = vec!["build", "--drafts", "--future", "--color", "never", "--out", out];
    all.extend(arguments);
    meja_in(root, &all)
}

/// What a build writes: bytes by address, as the web asks for them.
pub fn built(root: &Path, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = build(root, &folder.path().join("public"), arguments);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let out = folder.path().join("public");
    walkdir::WalkDir::new(&out)
        .into_iter()
        .map(|entry| entry.expect("a file"))
        .filter(|entry| {
            entry.file_type().is_file() && !entry.file_name().as_encoded_bytes().starts_with(b".meja")
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(&out).expect("a path inside").to_str().expect("UTF-8");
            let bytes = std::fs::read(entry.path()).expect("bytes");
            (address(path), bytes)
        })
        .collect()
}

/// The address of a file of the built site.
pub fn address(file: &str) -> String {
    let path = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => file,
    };
    let encoded: String = path
        .bytes()
        .map(|byte| match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("/{encoded}")
}

/// The bytes without the one script element that the preview adds.
pub fn without_script(bytes: &[u8]) -> Vec<u8> {
    let begin = b"<script src=\"/_meja/preview.js\"";
    let Some(from) = memchr::memmem::find(bytes, begin) else {
        return bytes.to_vec();
    };
    let length = memchr::memmem::find(&bytes[from..], b"</script>").expect("the end of the script") + 9;
    let mut rest = bytes.to_vec();
    rest.drain(from..from + length);
    assert!(memchr::memmem::find(&rest, begin).is_none(), "one script, not two");
    rest
}
