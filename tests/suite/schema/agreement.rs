//! The schemas and the readers, asked about the same documents: each key of a full document in turn has each
//! of many odd values, is left out, or has a stranger beside it.

use std::collections::BTreeMap;

use meja::config::{self, Config};
use meja::content::{self, Files};
use meja::diagnostic::{Diagnostic, Severity};
use meja::schema::{self, Facts, Group, Texts};
use meja::source::Source;
use meja::yaml::{Node, Yaml, parse, write};

use super::yaml;
use crate::desk::Desk;
use crate::schemas::{faults, validator};

const SITE: &str = r##"
title: {id: Meja, en: Desk}
base_url: https://example.org/
language: id
languages: [en]
timezone: Asia/Jakarta
publisher: {name: Meja, legal_name: Meja, url: "https://a.org/", logo: logo.png, same_as: ["https://a.org/"], email: a@b.id, ifcn: "https://a.org/"}
description: Uraian
footer: {id: Kaki}
ratings:
  - {id: benar, label: Benar, definition: {id: Ya}, tone: true, value: 5}
  - {id: keliru, label: {id: Keliru}, definition: Tidak, tone: false, value: 1}
kinds:
  - {id: satire, label: Satire, definition: Lucu}
topics: {cuaca: Cuaca, laut: {id: Laut, en: Sea}}
menu: [{url: /claims/, label: Klaim}, {url: "https://a.org/", label: {id: A}}]
paginate: 20
feeds: 30
cards: true
search: true
submit: {url: "https://a.org/{text}", whatsapp: "+62 812 0000 0000", email: a@b.id}
checks: {no-archive: deny}
theme: {accent: "#0b5c6b", logo: logo.png}
markdown: {smart_punctuation: true, html: refuse}
"##;

const ARTICLE: &str = r#"
title: Judul
date: 2025-01-02
authors: [rina, Budi]
updated: 2025-01-03
reviewers: [rina]
topics: [cuaca]
summary: Ringkasan
status: published
slug: a
aliases: [/lama/]
featured: true
image: {file: p.png, alt: Gambar}
claims:
  - id: satu
    claim: Satu.
    verdict: benar
    finding: Ya.
    quote: {exact: Isi, prefix: Awal., suffix: artikel}
    claimant: {name: A, type: person, url: "https://a.org/", same_as: ["https://a.org/"]}
    claimed_on: 2024-12-30
    appearances: [{url: "https://a.org/", archived: "https://b.org/", platform: X, date: 2024-12-30}]
    kind: satire
    correct: A
    incorrect: B
    sources:
      - {title: T, url: "https://a.org/", file: bukti.pdf, publisher: P, date: 2024-01-01, archived: "https://b.org/", quote: Q, stance: refutes, primary: true}
    media: {type: image, file: p.png, alt: Gambar, categories: [Transformed], original: {url: "https://a.org/", credit: C}}
    contact: {outcome: replied, date: 2024-12-31, note: N}
    history: [{date: 2025-01-02, verdict: keliru, reason: R, archived: "https://b.org/"}]
  - {id: dua, claim: Dua., verdict: keliru, finding: Tidak., quote: kata, claimant: Budi, sources: [{title: T, url: "https://a.org/"}]}
mentions: [{claim: lain, quote: teks}]
corrections: [{date: 2025-01-03, note: N, claim: satu}]
allow: {no-archive: Alasan}
"#;

const PAGE: &str = "
title: Halaman
summary: Ringkasan
policy: funding
updated: 2025-01-03
slug: halaman
aliases: [/lama/]
";

const PERSON: &str = r#"
name: Rina
type: person
role: Penulis
url: "https://a.org/"
same_as: ["https://a.org/"]
email: a@b.id
photo: {file: p.png, alt: Foto}
"#;

/// Values for any key, as YAML.
const ODD: &str = r##"
- null
- true
- false
- "true"
- "on"
- "off"
- "yes"
- 0
- 1
- 7
- 100
- 101
- 1001
- -1
- 2024
- 1.5
- ""
- " "
- " a "
- "a\n"
- "A b"
- é
- "a-"
- "-a"
- con
- "\u2028"
- "a\u0007b"
- "\u00a0"
- "\ufeff"
- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
- 2024-11-13
- " 2024-11-13 "
- 2024-02-30
- 2024-1-2
- 20241113
- 2024-W46-3
- "2024-11-13T08:30:00+07:00"
- "2024-11-13T08:30+07:00"
- "2024-11-13t08:30:00z"
- "2024-11-13 08:30"
- "2024-11-13 08:30:00+07:00"
- "2024-11-13T08:30:00Z"
- "2024-11-13T08:30"
- "2024-11-13T083000Z"
- "2024-11-13T08Z"
- "2024-11-13T25:00:00Z"
- "2024-11-13T08:30:00+07:00[Asia/Jakarta]"
- "-002024-11-13"
- "https://a.org/"
- " https://a.org/ "
- "HTTPS://A.ORG"
- "https://"
- "https:/a.org"
- "https:a.org"
- "https://a b"
- "https://a.org/é"
- "https://a.org/\"x"
- "https://user:pw@a.org/"
- "//a.org"
- /
- /a
- "/a/b/"
- "/a//b"
- "//a/"
- "/a b"
- "/a?b"
- "/a#b"
- "/../x"
- "/a\\b"
- "a/b"
- "ftp://a.org"
- "x@y.z"
- " x@y.z "
- "x@y"
- "x y@z.id"
- "a@.id"
- "+62 812 0000 0000"
- 6281200000000
- "0812"
- "#fff"
- "#FFF "
- "#ffff"
- "fff"
- "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
- " 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef "
- "0123456789abcdef"
- []
- [a]
- [a, a]
- [null]
- [""]
- [1]
- [[a]]
- {}
- {a: b}
- {id: x}
- {en: x}
- {id: x, en: y}
- {id: null}
- {id: ""}
- {xx: y}
- {exact: Isi}
- {exact: Isi, prefix: null}
- {name: A}
- {name: A, type: organization}
- {no-archive: x}
- {no-archive: null}
- {no-archive: allow}
- {date: 2025-01-01, reason: x}
- {title: T, file: bukti.pdf}
- {title: T, sha256: null, url: "https://a.org/"}
- [{title: T, url: null, file: bukti.pdf}]
- id
- en
- "EN"
- "en-US"
- "id-"
- jv
- Asia/Jakarta
- Mars/One
- UTC
- published
- draft
- " draft "
- Draft
- withdrawn
- person
- organization
- video
- audio
- no-reply
- supports
- Original
- benar
- " benar "
- keliru
- satire
- tempo
- google
- first-draft
- none
- funding
- allow
- warn
- positive
- sanitize
- bukti.pdf
- p.png
- ./p.png
- ../a/p.png
- /p.png
- logo.png
- /logo.png
- rina
- satu
"##;

/// What the readers take and schemas want tidier: white space in quotes around a date or a verdict, and a text of
/// nothing but a byte order mark, which is white space to JavaScript.
const UNTIDY: [&str; 3] = [" benar ", " 2024-11-13 ", "\u{feff}"];

/// What no schema has to say, as it depends on files, other keys, the calendar or lists of others.
const BEYOND: [&str; 11] = [
    "bad-date",
    "bad-id",
    "bad-image",
    "bad-number",
    "bad-scale",
    "bad-text",
    "bad-url",
    "missing-file",
    "quote-not-found",
    "unknown-language",
    "unknown-time-zone",
];

/// A step down a tree.
#[derive(Clone)]
enum Step {
    Key(String),
    At(usize),
}

/// The tree with a key that nobody knows in each of its groups in turn.
fn with_strangers(node: &Node) -> Vec<Node> {
    match node {
        Node::Map(entries) => {
            let stranger =
                [entries.as_slice(), &[("stranger".to_owned(), Node::Text("x".to_owned()))]].concat();
            let below = entries.iter().enumerate().flat_map(|(at, (key, value))| {
                with_strangers(value).into_iter().map(move |value| {
                    let mut entries = entries.clone();
                    entries[at] = (key.clone(), value);
                    Node::Map(entries)
                })
            });
            std::iter::once(Node::Map(stranger)).chain(below).collect()
        }
        Node::List(items) => {
            let below = items.iter().enumerate().flat_map(|(at, item)| {
                with_strangers(item).into_iter().map(move |item| {
                    let mut items = items.clone();
                    items[at] = item;
                    Node::List(items)
                })
            });
            below.collect()
        }
        _ => Vec::new(),
    }
}

/// Every place of a tree, the deepest last.
fn places(node: &Node, way: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match node {
        Node::Map(entries) => {
            for (key, value) in entries {
                way.push(Step::Key(key.clone()));
                found.push(way.clone());
                places(value, way, found);
                way.pop();
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push(Step::At(index));
                found.push(way.clone());
                places(item, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

/// The tree with another value at a place, or without that place.
fn changed(node: &Node, way: &[Step], value: Option<&Node>) -> Node {
    let Some((step, rest)) = way.split_first() else { return value.cloned().unwrap_or(Node::Null) };
    let gone = rest.is_empty() && value.is_none();
    match (node, step) {
        (Node::Map(entries), Step::Key(name)) => {
            let kept = entries.iter().filter(|(key, _)| !(gone && key == name));
            Node::Map(
                kept.map(|(key, old)| {
                    (key.clone(), if key == name { changed(old, rest, value) } else { old.clone() })
                })
                .collect(),
            )
        }
        (Node::List(items), Step::At(at)) => {
            let kept = items.iter().enumerate().filter(|(index, _)| !(gone && index == at));
            Node::List(
                kept.map(|(index, old)| if index == *at { changed(old, rest, value) } else { old.clone() })
                    .collect(),
            )
        }
        _ => node.clone(),
    }
}

fn shown(way: &[Step]) -> String {
    let parts = way.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::At(index) => index.to_string(),
    });
    parts.collect::<Vec<_>>().join(".")
}

fn tree(text: &str) -> Node {
    parse(&Yaml::whole(&Source::new("a.yaml", text))).expect("YAML")
}

fn errors(found: Vec<Diagnostic>) -> Vec<String> {
    let errors = found.into_iter().filter(|found| found.severity == Severity::Error);
    errors.map(|error| format!("{}: {}", error.code.name(), error.message)).collect()
}

struct Bench {
    desk: Desk,
    config: Config,
    files: Files,
}

impl Bench {
    fn new() -> Self {
        let desk = Desk::with(&[
            ("site.yaml", SITE),
            ("content/people/rina.md", "---\nname: Rina\n---\n"),
            ("content/articles/bukti.pdf", "%PDF"),
        ]);
        for folder in ["content/articles", "content/people", "static"] {
            let _ = std::fs::create_dir_all(desk.path(folder));
            let name = if folder == "static" { "logo.png" } else { "p.png" };
            std::fs::write(desk.path(&format!("{folder}/{name}")), PICTURE).expect("a picture");
        }
        let (config, found) = config::read(&Source::new("site.yaml", SITE));
        assert!(errors(found).is_empty());
        let (files, _) = content::walk(desk.root(), "content");
        Self { desk, config, files }
    }

    /// What the reader says of a document.
    fn read(&self, path: &str, text: &str) -> Vec<String> {
        if path == "site.yaml" {
            return errors(config::read(&Source::new(path, text)).1);
        }
        let file = format!("---\n{text}---\nAwal. Isi artikel, kata dan teks.\n");
        errors(
            content::read_as(path, file, &self.config, &self.files)
                .map(|read| read.diagnostics)
                .unwrap_or_default(),
        )
    }
}

/// One point, as PNG.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63,
    0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0, 4, 0x85, 1, 0x80, 0x84, 0xa9, 0x8c, 0x21, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

#[test]
fn schemas_and_readers_agree() {
    let bench = Bench::new();
    let Node::List(odd) = tree(ODD) else { panic!("a list") };
    let facts = Facts::of(&bench.config, &content::read(&bench.config, &bench.files));
    let documents: [(&str, &'static Group, &str); 4] = [
        ("articles/a.md", &schema::ARTICLE, ARTICLE),
        ("pages/a.md", &schema::PAGE, PAGE),
        ("people/rina.md", &schema::PERSON, PERSON),
        ("site.yaml", &schema::SITE, SITE),
    ];
    let mut strict = Vec::new();
    let mut counts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    let mut lax: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, group, text) in documents {
        let checker = validator(&schema::json(group, &facts, &Texts::of("en")));
        let whole = tree(text);
        assert_eq!(bench.read(path, &write(&whole)), Vec::<String>::new(), "{path}");
        let mut ways = Vec::new();
        places(&whole, &mut Vec::new(), &mut ways);
        let mut judge = |name: String, node: &Node, is_untidy: bool| {
            let text = write(node);
            let said = bench.read(path, &text);
            let Some(document) = yaml(&text) else { return };
            let faults = faults(&checker, &document);
            *counts.entry((said.is_empty(), faults.is_empty())).or_default() += 1;
            if said.is_empty() && !faults.is_empty() && !is_untidy {
                strict.push(format!("{path} {name}: {faults}"));
            }
            let beyond = |said: &String| BEYOND.iter().any(|code| said.starts_with(&format!("{code}:")));
            // What else is wrong follows from that.
            if !said.is_empty() && faults.is_empty() && !said.iter().any(beyond) {
                lax.entry(format!("{path} {}", said[0])).or_default().push(name);
            }
        };
        judge("whole".to_owned(), &whole, false);
        for (number, stranger) in with_strangers(&whole).iter().enumerate() {
            judge(format!("stranger {number}"), stranger, false);
        }
        for way in &ways {
            judge(format!("{} gone", shown(way)), &changed(&whole, way, None), false);
            for value in &odd {
                let is_untidy = matches!(value, Node::Text(text) if UNTIDY.contains(&text.as_str()));
                judge(format!("{} {value:?}", shown(way)), &changed(&whole, way, Some(value)), is_untidy);
            }
        }
    }
    let lax: Vec<String> = lax.iter().map(|(said, names)| format!("{said}: {}", names.join(" | "))).collect();
    assert!(strict.is_empty() && lax.is_empty(), "REFUSED\n{}\nTAKEN\n{}", strict.join("\n"), lax.join("\n"));
    // Both say yes to thousands, and no to thousands.
    assert!([true, false].iter().all(|both| counts[&(*both, *both)] > 2_000), "{counts:?}");
}
