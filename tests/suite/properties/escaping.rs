//! What goes in as text comes out as text, wherever a page or a file has it.
//!
//! What cannot stand somewhere is changed in one way only, which [`read_by_html`], [`read_by_xml_attribute`] and
//! [`stands_in_a_table`] state. Characters that neither HTML nor XML can carry never get so far: they are refused when the
//! article is read, which [`is_refused`] states.

use std::path::Path;

use meja::config;
use meja::content::{self, Files};
use meja::diagnostic::Code;
use meja::pipeline;
use meja::site::Showing;
use meja::source::Source;
use proptest::prelude::*;
use scraper::{Html, Node, Selector};
use serde_json::Value;

use super::cases;
use crate::desk::Desk;

const SITE: &str = "base_url: https://desk.example/meja/\nlanguage: id\nratings: tempo\ncards: off\n";

/// Texts as nobody should write them.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<script>x-injected</script>", "</script>", "<!--", "-->", "]]>", "<![CDATA[", "\"", "'", "&", "&amp;", "&#60;", "&lt", "<", ">",
            "<x-injected>", "\" onload=\"x", "' onclick='x", "</title>", "</textarea>", "</p>", "<img src=x onerror=x>", "\u{2028}", "\u{2029}", "\u{85}",
            "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{a0}", "\u{ad}", "=1+1", "+1", "-1", "@SUM(A1)", "\t", "\n", "\r", "\r\n", ";=1", ",", ";", "\"\"",
            "{{ 7 * 7 }}", "{% raw %}", "{#", "${x}", "`", "\\", "\\u003c", "%3C", "javascript:x", "*a*", "[a](b)", "\u{1f642}", "e\u{301}", "\u{fffd}", "\u{fdd0}",
            "\0", "\u{1b}[31m", "\u{7f}", "\u{9b}", "\u{ffff}", "//", "0", "null",
        ]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        2 => "[a-zA-Z0-9 ]{1,8}",
        1 => "[ -~]{1,6}",
    ];
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat())
}

/// Whether the reader refuses a text: XML 1.0 (section 2.2) or the HTML standard have no way to write it.
fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A text in quotes, as YAML reads it whatever is in it.
fn quoted(text: &str) -> String {
    let sign = |c: char| {
        if c.is_ascii_alphanumeric() || c == ' ' { c.to_string() } else { format!("\\U{:08X}", u32::from(c)) }
    };
    format!("\"{}\"", text.chars().map(sign).collect::<String>())
}

/// Parsers of HTML and XML make one line feed of every line end.
fn read_by_html(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// As [`read_by_html`]; besides, white space in an attribute is a space (XML 1.0, section 3.3.3).
fn read_by_xml_attribute(text: &str) -> String {
    read_by_html(text).replace(['\n', '\t'], " ")
}

/// Whether a spreadsheet, or a program that parts cells at semicolons, tabs or line ends, could take it for a formula.
fn is_formula(cell: &str) -> bool {
    let mut parts = cell.split([';', '\t', '\r', '\n']);
    parts.any(|part| {
        part.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    })
}

/// A cell is the text; apostrophes were put in only if it could be taken for a formula, and then nothing but apostrophes.
fn stands_in_a_table(cell: &str, text: &str) {
    assert!(!is_formula(cell), "{cell:?}");
    assert!(cell == text || is_formula(text), "{cell:?} is not {text:?}");
    assert_eq!(cell.replace('\'', ""), text.replace('\'', ""));
}

/// The texts of a desk.
#[derive(Debug, Clone)]
struct Words {
    site: String,
    publisher: String,
    title: String,
    summary: String,
    author: String,
    claim: String,
    claimant: String,
    finding: String,
    source: String,
    note: String,
    topic: String,
    /// Plain words with signs that mean something to Markdown or HTML.
    body: String,
}

fn words() -> impl Strategy<Value = Words> {
    let any = || hostile();
    // Names have addresses, which need a letter or digit; small letters alone are the id of a person.
    let name = || hostile().prop_map(|text| format!("Nama {text}"));
    let body = prop::collection::vec("[a-z]{1,4}|[!-/:-@\\[-`{-~]{1,3}|[a-z][!-/:-@\\[-`{-~][a-z]", 1..12);
    (
        (any(), any(), any(), any(), name(), any()),
        (name(), any(), any(), any(), name(), body.prop_map(|words| words.join(" "))),
    )
        .prop_map(
            |(
                (site, publisher, title, summary, author, claim),
                (claimant, finding, source, note, topic, body),
            )| {
                Words {
                    site,
                    publisher,
                    title,
                    summary,
                    author,
                    claim,
                    claimant,
                    finding,
                    source,
                    note,
                    topic,
                    body,
                }
            },
        )
}

impl Words {
    fn article(&self) -> String {
        // As an editor writes what Markdown must leave alone.
        let body: String = self
            .body
            .chars()
            .map(|c| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() })
            .collect();
        format!(
            "---\ntitle: {}\ndate: 2025-01-02\nauthors: [{}]\ntopics: [{}]\nsummary: {}\nclaims:\n  - id: klaim\n    claim: {}\n    claimant: {}\n    \
             verdict: keliru\n    finding: {}\n    sources: [{{title: {}, url: \"https://a.example/\"}}]\n\
             corrections: [{{date: 2025-02-01, note: {}}}]\n---\nIsi {body} akhir.\n",
            quoted(&self.title),
            quoted(&self.author),
            quoted(&self.topic),
            quoted(&self.summary),
            quoted(&self.claim),
            quoted(&self.claimant),
            quoted(&self.finding),
            quoted(&self.source),
            quoted(&self.note),
        )
    }

    fn settings(&self) -> String {
        format!("{SITE}title: {}\npublisher: {{name: {}}}\n", quoted(&self.site), quoted(&self.publisher))
    }

    /// As they can be published: trimmed, and without what is refused. Nothing, if nothing is left of one.
    fn sound(mut self) -> Option<Self> {
        let fields = [
            &mut self.site,
            &mut self.publisher,
            &mut self.title,
            &mut self.summary,
            &mut self.author,
            &mut self.claim,
            &mut self.claimant,
            &mut self.finding,
            &mut self.source,
            &mut self.note,
            &mut self.topic,
        ];
        for field in fields {
            let kept: String = field.chars().filter(|c| !is_refused(*c)).collect();
            kept.trim().clone_into(field);
            if field.is_empty() {
                return None;
            }
        }
        Some(self)
    }
}

/// A built site, read back.
struct Site<'a> {
    out: &'a Path,
}

impl Site<'_> {
    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn page(&self, path: &str) -> Html {
        Html::parse_document(&self.read(path))
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The first entry of a feed: the text of a child.
    fn entry(&self, path: &str, child: &str) -> String {
        let text = self.read(path);
        let feed =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        let entry = feed.descendants().find(|node| node.has_tag_name("entry")).expect("an entry");
        let node = entry.descendants().find(|node| node.tag_name().name() == child).expect("a child");
        node.text().unwrap_or_default().to_owned()
    }
}

fn selector(of: &str) -> Selector {
    Selector::parse(of).expect("a selector")
}

/// The text of the first element, and of a block without the white space around it.
fn shown(page: &Html, of: &str) -> String {
    let element = page.select(&selector(of)).next().unwrap_or_else(|| panic!("no {of}"));
    element.text().collect::<String>()
}

fn attribute(page: &Html, of: &str, name: &str) -> String {
    let element = page.select(&selector(of)).next().unwrap_or_else(|| panic!("no {of}"));
    element.value().attr(name).unwrap_or_default().to_owned()
}

/// The structured data of a type.
fn structured(page: &Html, kind: &str) -> Value {
    let scripts = selector("script[type='application/ld+json']");
    let mut parsed = page.select(&scripts).map(|script| {
        let text: String = script.text().collect();
        serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    });
    parsed.find(|data| data["@type"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

/// Nothing of a text became an element, an attribute or a comment.
fn is_inert(path: &str, page: &Html) {
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                assert!(element.name() != "x-injected", "{path}: <{}>", element.name());
                let acts = element.attrs().find(|(name, _)| name.starts_with("on") || *name == "srcdoc");
                assert!(acts.is_none(), "{path}: {acts:?} of <{}>", element.name());
                let leads = element.attrs().find(|(name, value)| {
                    matches!(*name, "href" | "src" | "action")
                        && value.trim().to_lowercase().starts_with("javascript:")
                });
                assert!(leads.is_none(), "{path}: {leads:?}");
                let runs = element.name() == "script" && element.attr("type") != Some("application/ld+json");
                assert!(!runs || element.attr("src").is_some(), "{path}: a script of its own");
            }
            Node::Comment(comment) => panic!("{path}: <!--{}-->", &**comment),
            _ => {}
        }
    }
}

fn built(desk: &Desk) {
    let now = "2026-06-01T00:00:00+00:00[UTC]".parse().expect("a moment");
    let read = pipeline::read(desk.root(), None).expect("settings");
    let ready = pipeline::prepare(&read, &Showing { drafts: false, now, future: false }, None);
    assert!(ready.is_publishable(), "{:?}", ready.diagnostics);
    pipeline::write(&read, &ready, desk.root(), &desk.path("public"), &|| {}).expect("a site");
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn texts_come_out_as_texts(words in words().prop_filter_map("nothing is left", Words::sound)) {
        let desk = Desk::with(&[("site.yaml", &words.settings()), ("content/articles/satu.md", &words.article())]);
        built(&desk);
        let out = desk.path("public");
        let site = Site { out: &out };
        let html = read_by_html;

        // Text and attributes of HTML.
        let article = site.page("articles/satu/index.html");
        prop_assert_eq!(shown(&article, "article h1"), html(&words.title));
        prop_assert_eq!(attribute(&article, "meta[property='og:title']", "content"), html(&words.title));
        prop_assert_eq!(attribute(&article, "meta[property='og:site_name']", "content"), html(&words.site));
        prop_assert_eq!(shown(&article, ".in-short p"), html(&words.summary));
        prop_assert_eq!(shown(&article, ".claim-card .card-title a"), html(&words.claim));
        prop_assert_eq!(shown(&article, ".brand a span"), html(&words.site));
        prop_assert!(shown(&article, "title").contains(&html(&words.title)));
        prop_assert!(shown(&article, ".story-head").contains(&html(&words.note)));
        let body = shown(&article, ".prose p");
        prop_assert_eq!(body, format!("Isi {} akhir.", words.body));
        let claim = site.page("claims/klaim/index.html");
        prop_assert_eq!(shown(&claim, "h1.the-claim"), html(&words.claim));
        prop_assert_eq!(shown(&claim, ".finding"), html(&words.finding));
        prop_assert_eq!(shown(&claim, ".evidence-title a"), html(&words.source));

        // Scripts with data.
        let news = structured(&article, "NewsArticle");
        prop_assert_eq!(news["headline"].as_str(), Some(words.title.as_str()));
        prop_assert_eq!(news["description"].as_str(), Some(words.summary.as_str()));
        prop_assert_eq!(news["author"][0]["name"].as_str(), Some(words.author.as_str()));
        prop_assert_eq!(news["correction"][0]["text"].as_str(), Some(words.note.as_str()));
        let review = structured(&claim, "ClaimReview");
        prop_assert_eq!(review["claimReviewed"].as_str(), Some(words.claim.as_str()));
        prop_assert_eq!(review["reviewBody"].as_str(), Some(words.finding.as_str()));
        prop_assert_eq!(review["itemReviewed"]["author"]["name"].as_str(), Some(words.claimant.as_str()));
        prop_assert_eq!(review["author"]["name"].as_str(), Some(words.publisher.as_str()));

        // JSON.
        let data = site.json("data/claims.json");
        prop_assert_eq!(data["claims"][0]["text"].as_str(), Some(words.claim.as_str()));
        prop_assert_eq!(data["claims"][0]["claimant"].as_str(), Some(words.claimant.as_str()));
        let feed = site.json("feed.json");
        prop_assert_eq!(feed["items"][0]["title"].as_str(), Some(words.title.as_str()));
        prop_assert_eq!(feed["items"][0]["content_text"].as_str(), Some(words.summary.as_str()));

        // XML. This parser keeps a carriage return before an entity, where XML 1.0 (section 2.11) has a line feed.
        prop_assert_eq!(html(&site.entry("feed.xml", "title")), html(&words.title));
        prop_assert_eq!(html(&site.entry("feed.xml", "summary")), html(&words.summary));
        prop_assert_eq!(html(&site.entry("feed.xml", "name")), html(&words.author));
        let text = site.read("feed.xml");
        let feed = roxmltree::Document::parse(&text).expect("XML");
        let term = feed.descendants().find_map(|node| node.attribute("term")).expect("a category");
        prop_assert_eq!(term, read_by_xml_attribute(&words.topic));

        // A table.
        let table = site.read("data/claims.csv");
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let heads = rows.headers().expect("heads").clone();
        let row = rows.records().next().expect("a row").expect("a readable row");
        let cell = |head: &str| row[heads.iter().position(|other| other == head).expect("a column")].to_owned();
        stands_in_a_table(&cell("claim"), &words.claim);
        stands_in_a_table(&cell("claimant"), &words.claimant);
        stands_in_a_table(&cell("finding"), &words.finding);

        for entry in walkdir::WalkDir::new(&out) {
            let entry = entry.expect("an entry");
            let path = entry.path().strip_prefix(&out).expect("a path inside").to_string_lossy().into_owned();
            let end = entry.path().extension().and_then(|end| end.to_str()).unwrap_or_default();
            match end {
                "html" => is_inert(&path, &site.page(&path)),
                "json" => { site.json(&path); }
                "xml" | "svg" => {
                    let text = site.read(&path);
                    let parsed = roxmltree::Document::parse(&text);
                    prop_assert!(parsed.is_ok(), "{}: {:?}", path, parsed.err());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn what_no_page_can_carry_is_refused(text in hostile()) {
        let (config, _) = config::read(&Source::new("site.yaml", format!("{SITE}title: Meja\npublisher: {{name: Meja}}\n")));
        let article = format!("---\ntitle: {}\ndate: 2025-01-02\nauthors: [Rina]\n---\nIsi.\n", quoted(&text));
        let read = content::read_as("articles/a.md", article, &config, &Files::default()).expect("a document");
        let refused = read.diagnostics.iter().any(|found| found.code == Code::BadText);
        prop_assert_eq!(refused, text.trim().chars().any(is_refused));
        if let Some(content::Document::Article(article)) = read.document.filter(|_| read.diagnostics.is_empty()) {
            prop_assert_eq!(article.title.as_str(), text.trim());
        }
    }
}
