//! The case files: a desk and exactly what `meja build` says about it, in one file each.
//!
//! `tests/cases/<code>[-variant].case` shows how a diagnostic arises and how it reads. The name
//! begins with the code that the case yields, or with `fine-` for a desk about which nothing is
//! said. A file is a remark, then sections that begin with `== `:
//!
//! ```text
//! Why this case is here, in a line or two.
//! == content/articles/a.md
//! ---
//! title: ...
//! == content/articles/b.md latin1
//! == content/articles/c.png hex
//! 89 50 4e 47
//! == content/articles/link symlink ../../elsewhere
//! == arguments --drafts
//! == before content/articles/a.md
//! == check --deny warnings
//! == expected exit 1
//! error[bad-date]: ...
//! ```
//!
//! After the path may stand `crlf`, `bom`, `latin1`, `utf16` (how the text is written), `hex` (the
//! bytes themselves), `sparse N` (N bytes, no text), `symlink TARGET` (no text), `folder` (no text) or `unreadable` (taken away
//! from everybody; such a case is passed over for root, who reads it all the same). In any text, a
//! line `!repeat N words` stands for the words N times, a line each. A desk without `site.yaml` or
//! without anything in `content/` is given [`SITE`] or [`ARTICLE`].
//!
//! With a section `check`, `meja check` is run, with those arguments; otherwise `meja build`.
//!
//! Sections `before PATH` are the desk as it was: they are committed to a git repository, always at the
//! same moment ([`COMMITTED`]), and taken away; then the other sections are laid out, uncommitted.
//!
//! The expected part is the exit code and the whole of standard error. `MEJA_BLESS=1 cargo test
//! --test suite cases::` writes what was said into every case that differs: read the difference as
//! an editor would before it is committed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use meja::check::links::LINKS;
use meja::diagnostic::{Code, Severity};

use super::desk::{Desk, Run, repository};

/// The settings of a case that gives none.
const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
languages: [en]
timezone: Asia/Jakarta
publisher: {name: Meja}
";

/// The article of a case without content.
const ARTICLE: &str = "\
---
title: Judul
date: 2025-01-02
authors: [Rina]
---
Isi.
";

/// The day of every case, so that none of them changes overnight.
const NOW: &str = "2026-01-15";

/// When the desk as it was, was committed.
const COMMITTED: &str = "2026-01-10T00:00:00Z";

struct Case {
    path: PathBuf,
    /// What stands before the expected part.
    input: String,
    expected: String,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).expect("a case file is UTF-8");
        let at = text.find("\n== expected").map_or(text.len(), |at| at + 1);
        let (input, expected) = text.split_at(at);
        Self { path, input: input.to_owned(), expected: expected.trim_end().to_owned() }
    }

    fn name(&self) -> &str {
        self.path.file_stem().and_then(|stem| stem.to_str()).expect("a case has a plain name")
    }

    /// The codes in the expected part.
    fn codes(&self) -> BTreeSet<String> {
        self.expected
            .lines()
            .filter_map(|line| line.strip_prefix("error[").or_else(|| line.strip_prefix("warning[")))
            .filter_map(|rest| rest.split_once(']'))
            .map(|(code, _)| code.to_owned())
            .collect()
    }

    fn sections(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = self.input.split_once("== ").map_or("", |(_, sections)| sections);
        text.split("\n== ").filter(|section| !section.is_empty()).map(|section| {
            let (head, body) = section.split_once('\n').unwrap_or((section, ""));
            (head.trim_end(), body)
        })
    }

    /// Lays out the desk. `None` if the present user cannot be kept from reading.
    fn desk(&self) -> Option<(Desk, Vec<String>)> {
        let desk = Desk::empty();
        let mut arguments = vec!["build".to_owned()];
        let mut before = Vec::new();
        let mut files = Vec::new();
        for (head, body) in self.sections() {
            let (path, way) = head.split_once(' ').unwrap_or((head, ""));
            match path {
                "arguments" | "check" => {
                    if path == "check" {
                        path.clone_into(&mut arguments[0]);
                    }
                    let way = Some(way).filter(|way| !way.is_empty()).into_iter();
                    arguments.extend(way.flat_map(|way| way.split(' ')).map(str::to_owned));
                }
                "before" => before.push((way, body)),
                _ => files.push((head, body)),
            }
        }
        if !before.is_empty() {
            self.lay_out(&desk, &before)?;
            desk.commit("The desk as it was", COMMITTED);
            desk.clear();
        }
        self.lay_out(&desk, &files)?;
        Some((desk, arguments))
    }

    /// Writes files: path, way and text.
    fn lay_out(&self, desk: &Desk, files: &[(&str, &str)]) -> Option<()> {
        let mut has_site = false;
        let mut has_content = false;
        for (head, body) in files {
            let (path, way) = head.split_once(' ').unwrap_or((head, ""));
            has_site |= path == "site.yaml";
            has_content |= path.starts_with("content/");
            // The line end before the next section belongs to the text before it.
            let text = repeated(body);
            let text = if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" };
            match way.split_once(' ').unwrap_or((way, "")) {
                ("", _) => desk.write(path, text),
                ("bom", _) => desk.write(path, format!("\u{feff}{text}")),
                ("crlf", _) => desk.write(path, text.replace('\n', "\r\n")),
                ("latin1", _) => {
                    let byte = |c| u8::try_from(u32::from(c)).expect("a character of Latin-1");
                    desk.write(path, text.chars().map(byte).collect::<Vec<u8>>());
                }
                ("utf16", _) => {
                    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                    desk.write(path, units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
                }
                ("hex", _) => {
                    let byte = |word| u8::from_str_radix(word, 16).expect("two hexadecimal digits");
                    desk.write(path, text.split_whitespace().map(byte).collect::<Vec<u8>>());
                }
                ("sparse", size) => {
                    desk.write(path, "");
                    let file = std::fs::File::options().write(true).open(desk.path(path)).expect("a file");
                    file.set_len(size.parse().expect("a number")).expect("a file with a hole");
                }
                ("folder", _) => std::fs::create_dir_all(desk.path(path)).expect("a folder"),
                ("symlink", target) => link(&desk.path(path), target)?,
                ("unreadable", _) => {
                    desk.write(path, text);
                    close(&desk.path(path))?;
                }
                _ => panic!("{}: `{head}` is not a section", self.name()),
            }
        }
        if !has_site {
            desk.write("site.yaml", SITE);
        }
        if !has_content {
            desk.write("content/articles/a.md", ARTICLE);
        }
        Some(())
    }

    /// The expected part as it should be.
    fn said(&self) -> Option<String> {
        let (desk, arguments) = self.desk()?;
        let Run { code, stderr, .. } = desk.meja(&line(&arguments));
        Some(format!("== expected exit {code}\n{stderr}").trim_end().to_owned())
    }
}

/// The whole command line of a case with these arguments.
fn line(arguments: &[String]) -> Vec<&str> {
    let own = arguments.iter().map(String::as_str);
    own.chain(["--color", "never", "--now", NOW]).collect()
}

/// Writes out the lines `!repeat N words`.
fn repeated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("!repeat ").and_then(|rest| rest.split_once(' ')) {
            Some((times, words)) => out.push_str(&words.repeat(times.parse().expect("a number"))),
            None => out.push_str(line),
        }
    }
    out
}

#[cfg(unix)]
fn link(path: &Path, target: &str) -> Option<()> {
    std::fs::create_dir_all(path.parent()?).expect("a folder");
    std::os::unix::fs::symlink(target, path).expect("a symbolic link");
    Some(())
}

#[cfg(not(unix))]
fn link(_: &Path, _: &str) -> Option<()> {
    None
}

/// Takes a file away from everybody. `None` where that does not keep us from reading it.
#[cfg(unix)]
fn close(path: &Path) -> Option<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o0)).expect("our own file");
    std::fs::read(path).is_err().then_some(())
}

#[cfg(not(unix))]
fn close(_: &Path) -> Option<()> {
    None
}

fn cases() -> Vec<Case> {
    let folder = repository().join("tests/cases");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "case"))
        .collect();
    paths.sort();
    paths.into_iter().map(Case::read).collect()
}

/// Looks at every case, several at a time.
fn at_each(cases: &[Case], look: impl Fn(&Case) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from).min(8) {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    look(case);
                }
            });
        }
    });
}

/// Lays out every desk of the cases and looks at it: with the name of its case and what is run there.
pub fn in_every_desk(look: impl Fn(&str, &Desk, &[&str]) + Sync) {
    at_each(&cases(), |case| {
        if let Some((desk, arguments)) = case.desk() {
            look(case.name(), &desk, &line(&arguments));
        }
    });
}

#[test]
fn every_case_is_said_exactly() {
    let bless = std::env::var_os("MEJA_BLESS").is_some();
    let differ = Mutex::new(Vec::new());
    at_each(&cases(), |case| {
        let Some(said) = case.said().filter(|said| *said != case.expected) else {
            return;
        };
        if bless {
            std::fs::write(&case.path, format!("{}{said}\n", case.input)).expect("a case");
        } else {
            let report =
                format!("---- {} ----\nexpected:\n{}\n\nsaid:\n{said}\n", case.name(), case.expected);
            differ.lock().expect("no test panics here").push(report);
        }
    });
    let mut differ = differ.into_inner().expect("no test panics here");
    differ.sort();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let seen: BTreeSet<String> = cases().iter().flat_map(Case::codes).collect();
    // Those of links need servers that answer: `check.rs` holds that each has its tests.
    let of_links = |code: Code| LINKS.iter().any(|rule| rule.code == code);
    let codes = Code::ALL.iter().filter(|code| !of_links(**code));
    let missing: Vec<&str> = codes.map(|code| code.name()).filter(|name| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "without a case: {missing:?}");
}

#[test]
fn every_case_keeps_what_its_name_promises() {
    for case in cases() {
        let (name, codes) = (case.name(), case.codes());
        for code in &codes {
            assert!(Code::ALL.iter().any(|known| known.name() == code), "{name}: no code `{code}`");
        }
        // A code's name may begin with another one's (`bad-...`): the longest is meant.
        let promised = Code::ALL
            .iter()
            .filter(|code| {
                name.strip_prefix(code.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
            .max_by_key(|code| code.name().len());
        match promised {
            Some(code) => assert!(codes.contains(code.name()), "{name} does not yield its code"),
            None if name.starts_with("fine-") => assert!(codes.is_empty(), "{name} yields {codes:?}"),
            None => assert!(name.starts_with("several-"), "{name} begins with no code"),
        }
        let errors = codes.iter().any(|name| {
            Code::ALL.iter().any(|code| code.name() == name && code.severity() == Severity::Error)
        });
        let exit = case.expected.lines().next().unwrap_or_default();
        let unless_softened = exit.ends_with('1') || !case.expected.contains("\nerror[");
        assert!(!errors || unless_softened, "{name}: {exit} with errors");
    }
}
