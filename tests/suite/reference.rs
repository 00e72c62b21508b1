//! The documents on scales and data files say what the program says: the tables of scales are made from them, the
//! fields of data files are those that are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use meja::config::{Lang, Tone};
use serde_json::Value;

use crate::demo::files;
use crate::desk::{Desk, repository};

const SCALES: [&str; 5] = ["google", "politifact", "africa-check", "tempo", "turnbackhoax"];

/// The tables of the scales, as the program reads them.
fn scales() -> String {
    let mut page = String::new();
    for name in SCALES {
        let site = format!(
            "title: T\nbase_url: https://desk.example/\nlanguage: en\nlanguages: [en, id]\npublisher: {{name: T}}\nratings: {name}\n"
        );
        let desk = Desk::with(&[("site.yaml", &site)]);
        let read = meja::pipeline::read(desk.root(), None).expect("a desk");
        let scale = &read.config.scale;
        let _ = write!(
            page,
            "\n### {name}\n\n| id | English | Indonesian | tone | number |\n|---|---|---|---|---|\n"
        );
        for verdict in &scale.verdicts {
            let tone: Tone = verdict.tone;
            let number = match (verdict.value, scale.best()) {
                (Some(value), Some(best)) => format!("{value} of {best}"),
                _ => "none".to_owned(),
            };
            let (en, id) = (verdict.label.get(Lang::MAIN), verdict.label.get(Lang(1)));
            let _ = writeln!(page, "| `{}` | {en} | {id} | `{}` | {number} |", verdict.id, tone.name());
        }
    }
    page + "\n"
}

#[test]
fn the_page_of_scales_is_up_to_date() {
    let path = repository().join("docs/ratings.md");
    let is = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = is.split_once("<!-- scales: ").expect("where the scales begin");
    let (remark, rest) = rest.split_once("-->\n").expect("the end of the remark");
    let (_, after) = rest.split_once("<!-- end of scales -->").expect("where the scales end");
    let made = format!("{before}<!-- scales: {remark}-->\n{}<!-- end of scales -->{after}", scales());
    if std::env::var_os("MEJA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the page");
    }
    let is = std::fs::read_to_string(&path).expect("the page");
    assert!(is == made, "docs/ratings.md is stale: MEJA_BLESS=1 cargo test --test suite reference::");
}

#[test]
fn the_numbers_of_a_scale_reach_claimreview_as_documented() {
    let page = std::fs::read_to_string(repository().join("docs/ratings.md")).expect("the page");
    let own = page.split("```yaml\n").nth(2).and_then(|rest| rest.split("```").next()).expect("a scale");
    let site = format!(
        "title: T\nbase_url: https://desk.example/\nlanguage: en\npublisher: {{name: T}}\ncards: off\n{own}"
    );
    let claim = |id: &str| {
        format!(
            "  - {{id: c-{id}, claim: C {id}., verdict: {id}, finding: F., sources: [{{title: S, url: \"https://a.example/\"}}]}}\n"
        )
    };
    let article = format!(
        "---\ntitle: T\ndate: 2025-01-02\nauthors: [A]\nclaims:\n{}{}---\nText.\n",
        claim("fakta"),
        claim("belum")
    );
    let desk = Desk::with(&[("site.yaml", &site), ("content/articles/a.md", &article)]);
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let rating = |id: &str| -> Value {
        let text = desk.read(&format!("public/claims/c-{id}/claim.json"));
        serde_json::from_str::<Value>(&text).expect("JSON")["markup"][0]["reviewRating"].clone()
    };
    let fakta = serde_json::json!({"@type": "Rating", "ratingValue": 3, "bestRating": 3, "worstRating": 1, "alternateName": "Fact"});
    assert_eq!(rating("fakta"), fakta);
    assert_eq!(rating("belum"), serde_json::json!({"@type": "Rating", "alternateName": "Unproven"}));
}

/// A desk with what the demo desk does not have.
fn more() -> Desk {
    let site = "title: T\nbase_url: https://desk.example/\nlanguage: en\ncards: off\n\
                publisher: {name: T, logo: logo.svg, same_as: [\"https://www.wikidata.org/wiki/Q1\"]}\n";
    let article = "---\ntitle: T\ndate: 2025-01-02\nauthors: [A]\nclaims:\n  - id: c\n    claim: C.\n    verdict: \"false\"\n    finding: F.\n    \
                   sources: [{title: S, url: \"https://a.example/\"}]\n    media: {type: video}\n    appearances:\n      \
                   - {url: \"https://b.example/\", archived: \"https://archive.example/b\"}\n---\nText.\n";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" width=\"1\" height=\"1\"/>";
    let desk =
        Desk::with(&[("site.yaml", site), ("content/articles/a.md", article), ("static/logo.svg", logo)]);
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    desk
}

/// The places in a value where something stands, `a.b[].c`, down to `until`.
fn places(value: &Value, path: &str, until: &[&str], found: &mut BTreeSet<String>) {
    match value {
        _ if until.contains(&path) => drop(found.insert(path.to_owned())),
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                places(value, &path, until, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| places(item, &format!("{path}[]"), until, found)),
        _ => drop(found.insert(path.to_owned())),
    }
}

/// The elements of an Atom feed that have no others in them, by their place below the root.
fn elements(text: &str, found: &mut BTreeSet<String>) {
    let document = roxmltree::Document::parse(text).expect("XML");
    for node in
        document.descendants().filter(|node| node.is_element() && !node.children().any(|c| c.is_element()))
    {
        let mut names: Vec<&str> =
            node.ancestors().filter(roxmltree::Node::is_element).map(|n| n.tag_name().name()).collect();
        names.pop(); // The root.
        names.reverse();
        found.insert(names.join("."));
    }
}

/// What is written, by the name of its table.
fn written() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut tables: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let more = more();
    let own = |path: &str| (path.to_owned(), more.read(&format!("public/{path}")));
    let own =
        ["claims/c/claim.json", "claims/c/oembed.json", "data/claims.json", "data/claimreview.json"].map(own);
    let demo = files().1.iter().filter(|(path, _)| !path.starts_with("files/"));
    let demo = demo.map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()));
    for (path, text) in demo.chain(own) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let json = || serde_json::from_str::<Value>(&text).expect("JSON");
        let mut add = |table: &'static str, value: &Value, until: &[&str]| {
            places(value, "", until, tables.entry(table).or_default());
        };
        let mut reviews = Vec::new();
        match name {
            "claims.json" => json()["claims"]
                .as_array()
                .expect("claims")
                .iter()
                .for_each(|claim| add("claims", claim, &[])),
            "claim.json" => {
                let mut claim = json();
                let all = claim.as_object_mut().expect("a claim");
                let (markup, withdrawn) = (all.remove("markup"), all.remove("withdrawn"));
                reviews.extend(markup.iter().filter_map(Value::as_array).flatten().cloned());
                add("claims", &claim, &[]);
                add("claim", &serde_json::json!({"markup": markup.unwrap_or_default()}), &["markup[]"]);
                if let Some(withdrawn) = withdrawn {
                    add("claim", &serde_json::json!({"withdrawn": withdrawn}), &[]);
                }
            }
            "claimreview.json" => {
                let feed = json();
                let items = feed["dataFeedElement"].as_array().expect("elements").iter();
                reviews.extend(items.filter_map(|element| element["item"].as_array()).flatten().cloned());
                add("datafeed", &feed, &["dataFeedElement[].item[]"]);
            }
            "oembed.json" => add("oembed", &json(), &[]),
            "feed.json" => add("jsonfeed", &json(), &[]),
            "feed.xml" => elements(&text, tables.entry("atom").or_default()),
            "claims.csv" => {
                let head = text
                    .lines()
                    .next()
                    .expect("a head")
                    .split(',')
                    .map(|cell| cell.trim_matches('"').to_owned());
                tables.entry("csv").or_default().extend(head);
            }
            _ => {}
        }
        for review in reviews {
            let table = if review["@type"] == "ClaimReview" { "review" } else { "media" };
            places(&review, "", &[], tables.entry(table).or_default());
        }
    }
    // A withdrawn claim has no markup, which is no field.
    tables.entry("claim").or_default().remove("markup");
    tables
}

/// What `docs/data.md` says is written: the code in the first column of each table with a name.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(repository().join("docs/data.md")).expect("the page");
    let tables = page.split("<!-- fields: ").skip(1).filter_map(|rest| rest.split_once(" -->\n"));
    tables
        .map(|(name, rest)| {
            let rows =
                rest.lines().skip_while(|line| line.is_empty()).take_while(|line| line.starts_with('|'));
            let firsts = rows.filter_map(|row| row.split('|').nth(1));
            let fields =
                firsts.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect();
            (name.to_owned(), fields)
        })
        .collect()
}

#[test]
fn the_data_files_have_the_fields_that_are_documented() {
    let documented = documented();
    let written = written();
    let names: Vec<&str> = documented.keys().map(String::as_str).collect();
    assert_eq!(names, written.keys().copied().collect::<Vec<_>>());
    for (name, fields) in &written {
        let said = &documented[*name];
        let missing: Vec<_> = fields.difference(said).collect();
        let invented: Vec<_> = said.difference(fields).collect();
        assert!(
            missing.is_empty() && invented.is_empty(),
            "{name}: not documented {missing:?}, not written {invented:?}"
        );
    }
}

#[test]
fn every_data_file_of_the_demo_desk_has_its_address_documented() {
    let page = std::fs::read_to_string(repository().join("docs/data.md")).expect("the page");
    let lookup = std::fs::read_to_string(repository().join("docs/lookup.md")).expect("the page");
    let is_data = |path: &&String| [".json", ".csv", ".xml", ".txt"].iter().any(|end| path.ends_with(end));
    for path in files().1.keys().filter(is_data).filter(|path| !path.starts_with("files/")) {
        let path = path.strip_prefix("en/").unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        let shown = match parts.as_slice() {
            ["data", "lookup", name] => {
                assert!(lookup.contains(&format!("`{name}`")), "{path}");
                continue;
            }
            ["data", "lookup", folder, _] => {
                assert!(lookup.contains(&format!("`{folder}/NNN.json`")), "{path}");
                continue;
            }
            ["claims", _, name] => format!("`/claims/<id>/{name}`"),
            _ => format!("`/{path}`"),
        };
        assert!(page.contains(&shown), "{path} is not in docs/data.md");
    }
}
