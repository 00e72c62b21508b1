//! `meja check --profile`: each criterion met on a whole desk and open on one that lacks just that.

use std::collections::{BTreeMap, BTreeSet};

use meja::check::profiles::PROFILES;
use serde_json::Value;

use crate::desk::{Desk, Run, meja_in, repository};

const NOW: &str = "2026-01-15";

/// The files of the desk on which every criterion is met.
fn whole() -> BTreeMap<String, String> {
    let case = repository().join("tests/cases/fine-profile-ifcn.case");
    let text = std::fs::read_to_string(case).expect("the case of a whole desk");
    let (_, sections) = text.split_once("== ").expect("sections");
    sections
        .split("\n== ")
        .filter_map(|section| section.split_once('\n'))
        .filter(|(path, _)| path.contains('.'))
        .map(|(path, body)| (path.to_owned(), format!("{body}\n")))
        .collect()
}

fn desk(files: &BTreeMap<String, String>) -> Desk {
    let desk = Desk::empty();
    for (path, text) in files {
        desk.write(path, text);
    }
    desk
}

fn run(desk: &Desk, more: &[&str]) -> Run {
    let all = ["check", "--profile", "claimreview", "--profile", "ifcn", "--profile", "efcsn", "--now", NOW];
    desk.meja(&[&all, more].concat())
}

/// The state of each criterion, by `profile/criterion`.
fn states(run: &Run) -> BTreeMap<String, String> {
    let pack: Value = serde_json::from_str(&run.stdout).expect("a pack");
    assert_eq!(pack["version"], 1);
    let profiles = pack["profiles"].as_array().expect("profiles");
    let of = |profile: &Value| {
        let name = profile["name"].as_str().unwrap_or_default().to_owned();
        let criteria = profile["criteria"].as_array().cloned().unwrap_or_default();
        criteria.into_iter().map(move |criterion| {
            let key = format!("{name}/{}", criterion["id"].as_str().unwrap_or_default());
            (key, criterion["state"].as_str().unwrap_or_default().to_owned())
        })
    };
    profiles.iter().flat_map(of).collect()
}

/// What is taken from the whole desk (a file, or words of a file and others for them), and what is
/// open then.
type Lack = (&'static [(&'static str, &'static str, &'static str)], &'static [&'static str]);

const SITE: &str = "site.yaml";
const A1: &str = "content/articles/a01.md";

const LACKS: &[Lack] = &[
    (&[(SITE, "  legal_name: Perkumpulan Meja\n", "")], &["efcsn/legal-entity", "ifcn/legal-entity"]),
    (&[(SITE, "  email: redaksi@example.org\n", "")], &["efcsn/contact", "ifcn/contact"]),
    (
        &[(SITE, "  - url: /corrections/\n", "  - url: /claims/\n")],
        &["efcsn/corrections-list", "ifcn/corrections-list"],
    ),
    (&[(SITE, "submit: {email: lapor@example.org}\n", "")], &["ifcn/submit"]),
    (&[(SITE, "https://example.org/\nlanguage", "http://localhost/\nlanguage")], &["claimreview/page-url"]),
    (&[(SITE, "  name: Meja\n", "")], &["claimreview/publisher"]),
    (
        &[(
            SITE,
            "menu:",
            "ratings:\n  - {id: \"true\", label: Benar, definition: Sesuai., tone: \"true\", value: 5}\n  - \
             {id: \"false\", label: \"1\", definition: Tidak sesuai., tone: \"false\", value: 1}\nmenu:",
        )],
        &["claimreview/rating-label"],
    ),
    (
        &[(
            SITE,
            "menu:",
            "ratings:\n  - {id: \"true\", label: Benar, definition: Sesuai., tone: \"true\", value: 1}\n  - \
             {id: \"false\", label: Salah, definition: Tidak sesuai., tone: \"false\", value: 5}\nmenu:",
        )],
        &["claimreview/rating-numbers", "claimreview/rating-table"],
    ),
    (
        &[
            ("content/articles/a01.md", "", ""),
            ("content/articles/a02.md", "", ""),
            ("content/articles/a03.md", "", ""),
        ],
        &["efcsn/cadence", "ifcn/cadence"],
    ),
    (&[("content/pages/etik.md", "", "")], &["efcsn/ethics", "ifcn/non-partisanship"]),
    (&[("content/pages/dana.md", "", "")], &["efcsn/funders", "ifcn/funding"]),
    (&[("content/pages/tentang.md", "", "")], &["efcsn/organisation", "ifcn/organisation"]),
    (&[("content/pages/tim.md", "", "")], &["efcsn/team", "ifcn/team"]),
    (&[("content/people/rina.md", "Menulis tentang air sejak 2010.", "")], &["efcsn/team", "ifcn/team"]),
    (&[("content/pages/metodologi.md", "", "")], &["efcsn/methodology", "ifcn/methodology"]),
    (
        &[("content/pages/metodologi.md", "Kami memeriksa klaim yang beredar luas.", "")],
        &["efcsn/methodology", "ifcn/methodology"],
    ),
    (
        &[("content/pages/metodologi.md", "Kami memeriksa", "[ISI: cara kerja] Kami memeriksa")],
        &["efcsn/methodology", "ifcn/methodology"],
    ),
    (
        &[("content/people/rina.md", "Menulis tentang", "[TODO: sejak kapan?] Menulis tentang")],
        &["efcsn/team", "ifcn/team"],
    ),
    (&[("content/pages/kirim.md", "", "")], &["ifcn/submit"]),
    (&[("content/pages/skala.md", "", "")], &["claimreview/rating-table", "efcsn/ratings"]),
    (&[("content/pages/skala.md", "| Salah | 1 |", "")], &["claimreview/rating-table"]),
    (
        &[("content/pages/koreksi.md", "", "")],
        &[
            "claimreview/corrections",
            "efcsn/complaints",
            "efcsn/corrections-policy",
            "ifcn/complaints",
            "ifcn/corrections-policy",
        ],
    ),
    (&[("content/pages/koreksi.md", "efcsn.com", "example.com")], &["efcsn/complaints"]),
    (&[("content/pages/koreksi.md", "poynter.org", "example.com")], &["ifcn/complaints"]),
    (&[(A1, "Lembaga Kering", "Badan Air")], &["efcsn/two-sources", "ifcn/two-sources"]),
    (&[(A1, ", primary: true", "")], &["ifcn/primary-sources"]),
    (
        &[
            (A1, "    sources:\n", "    history: []\n"),
            (A1, "      - {title: Satu", "#"),
            (A1, "      - {title: Dua", "#"),
        ],
        &[
            "claimreview/sources",
            "efcsn/two-sources",
            "ifcn/linked-sources",
            "ifcn/primary-sources",
            "ifcn/two-sources",
        ],
    ),
    (&[(A1, "    contact: {date: 2025-07-01, outcome: no-reply}\n", "")], &["ifcn/right-of-reply"]),
    (&[(A1, "    claimant: dinas\n", "")], &["claimreview/claim-author"]),
    (&[(A1, "    claimant: dinas\n", "    claimant: Meja\n")], &["claimreview/outside-claims"]),
    (&[(A1, "    claimed_on: 2025-01-01\n", "")], &["claimreview/claim-date"]),
    (&[(A1, "    appearances: [", "    #")], &["claimreview/claim-appearance"]),
    (
        &[(A1, "claim: Air di sumur 01 itu kering.", "claim: \"[SALAH] Air di sumur 01 itu kering.\"")],
        &["claimreview/claim-words"],
    ),
    (
        &[(
            A1,
            "claim: Air di sumur 01 itu kering.",
            "claim: Air di sumur 01 itu kering sejak musim kemarau yang lalu dan belum juga terisi lagi.",
        )],
        &["claimreview/claim-reviewed"],
    ),
    (
        &[(A1, "claim: Air di sumur 01 itu kering.", "claim: Air di sumur 02 itu kering.")],
        &["claimreview/one-review"],
    ),
    (
        &[("content/people/dinas.md", "same_as: [\"https://www.wikidata.org/wiki/Q1\"]\n", "")],
        &["claimreview/claim-author-elsewhere"],
    ),
    (
        &[
            (SITE, "language: id\n", "language: id\nlanguages: [en]\n"),
            (
                "content/articles/b.en.md",
                "",
                "---\ntitle: B\ndate: 2025-08-01\nauthors: [rina]\n---\nText.\n",
            ),
        ],
        &["ifcn/languages"],
    ),
];

fn changed(edits: &[(&str, &str, &str)]) -> BTreeMap<String, String> {
    let mut files = whole();
    for (path, from, to) in edits {
        if from.is_empty() && to.is_empty() {
            assert!(files.remove(*path).is_some(), "{path}");
        } else if from.is_empty() {
            files.insert((*path).to_owned(), (*to).to_owned());
        } else {
            let text = files.get_mut(*path).expect("a file of the whole desk");
            assert!(text.contains(from), "{path}: {from}");
            *text = text.replacen(from, to, 1);
        }
    }
    files
}

#[test]
fn every_criterion_can_be_met_and_open() {
    let states_of = |files: &BTreeMap<String, String>| states(&run(&desk(files), &["--format", "json"]));
    let met = states_of(&whole());
    let open: Vec<&String> = met.iter().filter(|(_, state)| *state == "open").map(|(key, _)| key).collect();
    assert!(open.is_empty(), "open on the whole desk: {open:?}");
    let mut opened: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    // One check alone is lacking in too many ways for the table.
    let mut alone = whole();
    alone.retain(|path, _| !path.starts_with("content/articles/") || path == A1);
    let mut lacks: Vec<_> =
        LACKS.iter().map(|(edits, expected)| (changed(edits), expected.to_vec())).collect();
    lacks.push((alone, vec!["claimreview/several-checks", "efcsn/cadence", "ifcn/cadence"]));
    for (index, (files, expected)) in lacks.iter().enumerate() {
        let states = states_of(files);
        let open: Vec<&str> =
            states.iter().filter(|(_, state)| *state == "open").map(|(key, _)| key.as_str()).collect();
        if open != *expected {
            wrong.push(format!("{index}: expected {expected:?}, open {open:?}"));
        }
        opened.extend(open.into_iter().map(str::to_owned));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let never: Vec<&String> = met
        .iter()
        .filter(|(key, state)| *state == "met" && !opened.contains(*key))
        .map(|(key, _)| key)
        .collect();
    assert!(never.is_empty(), "never open: {never:?}");
}

#[test]
fn every_criterion_says_what_it_asks_and_where_that_stands() {
    for profile in PROFILES {
        let ids: BTreeSet<&str> = profile.criteria.iter().map(|criterion| criterion.id).collect();
        assert_eq!(ids.len(), profile.criteria.len(), "{}", profile.name);
        for criterion in profile.criteria {
            let texts = [criterion.title, criterion.asks, criterion.source];
            assert!(texts.iter().all(|text| !text.is_empty()), "{}", criterion.id);
        }
    }
}

#[test]
fn what_a_machine_cannot_know_is_for_a_person() {
    let states = states(&run(&desk(&whole()), &["--format", "json"]));
    for key in ["ifcn/fairness", "ifcn/public-welfare", "ifcn/interests", "efcsn/country"] {
        assert_eq!(states[key], "person", "{key}");
    }
}

#[test]
fn the_pack_is_the_same_twice_and_holds_absolute_addresses() {
    let mut files = whole();
    let page = files.get_mut("content/pages/dana.md").expect("the page on funding");
    *page = page.replace("title: Pendanaan", "title: \"<b>Dana</b> | [x](https://evil.example) *\"");
    let (one, other) = (desk(&files), desk(&files));
    let first = run(&one, &["--format", "markdown"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert_eq!(first.stdout, run(&other, &["--format", "markdown"]).stdout);
    for words in [
        "# Meja: IFCN Code of Principles\n",
        "- Desk: Meja (Perkumpulan Meja)\n",
        "- As of: 2026-01-15\n",
        "<https://example.org/metodologi/>",
        "<https://example.org/corrections/>",
        "26 in 26 weeks; 0 of these had none.",
        "| Claims | 26 |",
        "| … no reply | 26 |",
        "\\<b\\>Dana\\</b\\> \\| \\[x\\](https://evil.example) \\* (id): <https://example.org/dana/>",
    ] {
        assert!(first.stdout.contains(words), "{words}\n{}", first.stdout);
    }
}

#[test]
fn a_pack_needs_a_profile() {
    let desk = desk(&whole());
    for arguments in [&["check", "--format", "markdown"][..], &["build", "--format", "markdown"]] {
        let run = desk.meja(arguments);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("name a profile"), "{}", run.stderr);
    }
    assert_eq!(desk.meja(&["check", "--profile", "nobody"]).code, 2);
}

#[test]
fn the_demo_desk_says_what_it_lacks() {
    let arguments = [
        "check",
        "--now",
        "2026-11-22",
        "--profile",
        "claimreview",
        "--profile",
        "ifcn",
        "--profile",
        "efcsn",
        "--format",
        "json",
    ];
    let run = meja_in(repository(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stderr).expect("problems");
    let said: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| {
            format!("{} {}", found["code"].as_str().unwrap_or(""), found["file"].as_str().unwrap_or(""))
        })
        .collect();
    // A demonstration desk does not publish every week, and an unsigned text is nowhere else. All
    // else that it lacks has a reason in the article.
    let expected = [
        "profile-claimreview content/people/naskah-berita.md",
        "profile-ifcn site.yaml",
        "profile-efcsn site.yaml",
    ];
    assert_eq!(said.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(expected));
    assert_eq!(said.len(), expected.len());
    // One of its articles excepts both a rule and a profile: each reason stands where it belongs.
    let pack: Value = serde_json::from_str(&run.stdout).expect("a pack");
    let reasons = pack.pointer("/profiles/1/criteria").and_then(Value::as_array).expect("criteria");
    let primary = reasons.iter().find(|one| one["title"] == "Primary sources").expect("the criterion");
    let primary = primary["excepted"].to_string();
    assert!(primary.contains("dibaca melalui kantor berita") && !primary.contains("hak jawab"), "{primary}");
}

#[test]
fn a_desk_that_init_made_has_all_its_pages_to_write() {
    for (language, mark) in [("en", "`[TODO: "), ("id", "`[ISI: ")] {
        let desk = Desk::empty();
        desk.meja(&["init", ".", "--language", language]);
        let run = run(&desk, &["--format", "json"]);
        let states = states(&run);
        for criterion in [
            "efcsn/corrections-policy",
            "efcsn/ethics",
            "efcsn/funders",
            "efcsn/methodology",
            "efcsn/organisation",
            "efcsn/team",
            "ifcn/corrections-policy",
            "ifcn/funding",
            "ifcn/methodology",
            "ifcn/non-partisanship",
            "ifcn/organisation",
            "ifcn/right-of-reply",
            "ifcn/submit",
            "ifcn/team",
        ] {
            assert_eq!(states[criterion], "open", "{language}: {criterion}");
        }
        assert!(run.stdout.contains(&format!("this text is not written yet: {mark}")), "{}", run.stdout);
    }
}

#[test]
fn the_right_of_reply_is_open_where_nothing_is_recorded() {
    let recorded = "    contact: {date: 2025-07-01, outcome: no-reply}\n";
    let mut files = whole();
    for (path, text) in &mut files {
        // Nobody is described, so that no claim by itself asks for an attempt.
        if path.starts_with("content/articles/") {
            *text = text.replace(recorded, "").replace("claimant: dinas", "claimant: Orang ramai");
        }
    }
    assert_eq!(states(&run(&desk(&files), &["--format", "json"]))["ifcn/right-of-reply"], "open");
    // One that is recorded shows that the desk asks.
    let one = files.get_mut(A1).expect("the first article");
    *one = one.replace("    claimant: Orang ramai\n", &format!("    claimant: Orang ramai\n{recorded}"));
    assert_eq!(states(&run(&desk(&files), &["--format", "json"]))["ifcn/right-of-reply"], "met");
}
