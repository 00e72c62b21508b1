//! Every list holds exactly what belongs on it, newest first; the ledger forgets nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use url::Url;

use super::built::{Built, Page, css, folded, text};
use super::content::{Content, day, in_language, items, slug, word, words};
use super::{demo, wants_all, wants_none};
use crate::desk::Desk;

/// The files of the entries of a list, by the path of the list's folder.
type Lists = BTreeMap<String, Vec<String>>;

/// What must stand on each list, read from the desk's files alone.
fn wanted_lists(content: &Content, verdicts: &[&str]) -> Lists {
    let mut lists = Lists::new();
    for lang in &content.languages {
        let prefix = content.prefix(lang);
        let mut put = |list: String, entry: &str| {
            let entries = lists.entry(format!("{prefix}{list}/")).or_default();
            // An entry stands on a list once, however often it names what the list goes by.
            if !entries.iter().any(|known| known == entry) && !entry.is_empty() {
                entries.push(entry.to_owned());
            }
        };
        // These stand even while nothing is on them.
        for list in ["articles".to_owned(), "claims".to_owned()] {
            put(list, "");
        }
        for verdict in verdicts {
            put(format!("verdicts/{verdict}"), "");
        }
        for article in content.listed(lang) {
            let entry = format!("{prefix}articles/{}/index.html", article.slug);
            put("articles".to_owned(), &entry);
            for topic in words(&article.front, "topics") {
                put(format!("topics/{}", slug(&topic)), &entry);
                for claim in &article.claims {
                    let claim_page = format!("{prefix}claims/{}/index.html", claim.id);
                    put(format!("topics/{}/{}", slug(&topic), claim.verdict()), &claim_page);
                }
            }
            for author in words(&article.front, "authors") {
                put(format!("authors/{}", content.author(&author, lang).1), &entry);
            }
        }
        // What somebody only reviewed stands after all they wrote.
        for article in content.listed(lang) {
            let entry = format!("{prefix}articles/{}/index.html", article.slug);
            for reviewer in words(&article.front, "reviewers") {
                put(format!("authors/{}", content.author(&reviewer, lang).1), &entry);
            }
        }
        for (article, claim) in content.claims(lang) {
            let entry = format!("{prefix}claims/{}/index.html", claim.id);
            put("claims".to_owned(), &entry);
            put(format!("verdicts/{}", claim.verdict()), &entry);
            put(format!("years/{}", &article.judged(claim)[..4]), &entry);
            if let Some(kind) = word(&claim.front, "kind") {
                put(format!("kinds/{kind}"), &entry);
            }
            if let Some(claimant) = content.claimant(claim, lang) {
                put(format!("claimants/{}", claimant.slug), &entry);
            }
            for host in items(&claim.front, "sources").iter().filter_map(|source| host(&word(source, "url")?))
            {
                put(format!("sources/{host}"), &entry);
            }
        }
    }
    lists
}

fn host(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_owned();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Where the headings within the main part lead: the entries of a list, in order.
fn entries(built: &Built, page: &Page) -> Vec<String> {
    let links = page.all("main :is(h2, h3) > a[href]");
    let targets = links.iter().filter_map(|link| page.url.join(link.attr("href")?).ok());
    targets.filter_map(|url| built.file_at(&url)).collect()
}

/// The pages of a list, from its first, as the files say.
fn pages_of(built: &Built, list: &str) -> Vec<Page> {
    let name = |number: usize| match number {
        1 => format!("{list}index.html"),
        number => format!("{list}page/{number}/index.html"),
    };
    (1..).map_while(|number| built.page(&name(number))).collect()
}

/// Lists that lack something, hold too much or are not in order.
fn bad_lists(built: &Built, content: &Content, verdicts: &[&str], per_page: usize) -> Vec<String> {
    let wanted = wanted_lists(content, verdicts);
    let mut violations = Vec::new();
    for (list, wanted) in &wanted {
        let pages = pages_of(built, list);
        let found: Vec<Vec<String>> = pages.iter().map(|page| entries(built, page)).collect();
        let count = wanted.len().div_ceil(per_page).max(1);
        if pages.len() != count {
            violations.push(format!("{list}: {} pages, not {count}", pages.len()));
        }
        for (number, (page, chunk)) in found.iter().zip(wanted.chunks(per_page)).enumerate() {
            if page != chunk {
                violations.push(format!("{list} page {}: holds {page:?}, not {chunk:?}", number + 1));
            }
        }
        if wanted.is_empty() && found.iter().any(|page| !page.is_empty()) {
            violations.push(format!("{list}: holds {found:?}, not nothing"));
        }
        violations.extend(bad_pager(built, list, &pages));
    }
    violations.extend(surplus(built, content, &wanted));
    violations
}

/// From each page of a list, readers come to the one before and the one after.
fn bad_pager(built: &Built, list: &str, pages: &[Page]) -> Vec<String> {
    let mut violations = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let step = |rel: &str| {
            let href = page.attributes(&format!("main a[rel~={rel}]"), "href").into_iter().next()?;
            built.file_at(&page.url.join(&href).ok()?)
        };
        let before = index.checked_sub(1).and_then(|index| pages.get(index)).map(|page| page.file.clone());
        let after = pages.get(index + 1).map(|page| page.file.clone());
        if step("prev") != before || step("next") != after {
            violations.push(format!(
                "{list} page {}: leads to {:?} and {:?}",
                index + 1,
                step("prev"),
                step("next")
            ));
        }
    }
    violations
}

/// Lists that nothing asks for, and indexes that name other lists than there are.
fn surplus(built: &Built, content: &Content, wanted: &Lists) -> Vec<String> {
    let mut violations = Vec::new();
    for lang in &content.languages {
        for kind in ["verdicts", "topics", "claimants", "authors", "sources", "years", "kinds"] {
            let folder = format!("{}{kind}/", content.prefix(lang));
            let lists: BTreeSet<String> = built
                .files
                .keys()
                .filter_map(|file| file.strip_prefix(&folder)?.split_once('/'))
                .map(|(term, _)| format!("{folder}{term}/"))
                .collect();
            let asked: BTreeSet<String> =
                wanted.keys().filter(|list| depth_below(list, &folder) == Some(1)).cloned().collect();
            if kind == "topics" {
                violations.extend(surplus_of_topics(built, &folder, wanted));
            }
            violations.extend(lists.difference(&asked).map(|list| format!("{list} is a list of nothing")));
            let index = built.page(&format!("{folder}index.html"));
            let named: BTreeSet<String> = index
                .map(|page| {
                    let hrefs = page.attributes("main a:not([href^='#'])", "href");
                    let urls = hrefs.iter().filter_map(|href| page.url.join(href).ok());
                    urls.filter_map(|url| built.file_at(&url))
                        .filter(|file| file.starts_with(&folder))
                        .map(|file| file.trim_end_matches("index.html").to_owned())
                        .collect()
                })
                .unwrap_or_default();
            if named != asked {
                let differing: Vec<_> = named.symmetric_difference(&asked).collect();
                violations.push(format!("{folder}: the index differs by {differing:?}"));
            }
        }
    }
    violations
}

/// How many folders deep a list stands below a folder.
fn depth_below(list: &str, folder: &str) -> Option<usize> {
    list.strip_prefix(folder).map(|rest| rest.matches('/').count())
}

/// Pages of a topic's claims with one verdict that nothing asks for.
fn surplus_of_topics(built: &Built, folder: &str, wanted: &Lists) -> Vec<String> {
    let below = built.files.keys().filter_map(|file| file.strip_prefix(folder)?.strip_suffix("index.html"));
    let parts = below.map(|path| path.trim_end_matches('/').split('/').collect::<Vec<_>>());
    let lists = parts.filter(|parts| parts.len() == 2).map(|parts| format!("{folder}{}/", parts.join("/")));
    lists
        .filter(|list| !wanted.contains_key(list))
        .map(|list| format!("{list} is a list of nothing"))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Correction,
    Verdict,
    Withdrawal,
}

/// What the ledger must hold in a language.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    /// Not before this day; exactly this day if `exact`.
    day: String,
    exact: bool,
    /// The page its heading leads to.
    target: String,
    /// What it must say.
    says: Vec<String>,
}

fn wanted_ledger(content: &Content, lang: &str, label: &dyn Fn(&str) -> String) -> Vec<Entry> {
    let prefix = content.prefix(lang);
    let mut entries = Vec::new();
    for article in content.articles.iter().filter(|article| article.lang == lang) {
        let own = format!("{prefix}articles/{}/index.html", article.slug);
        let page_of = |claim: &str| format!("{prefix}claims/{claim}/index.html");
        for correction in items(&article.front, "corrections") {
            let target = word(&correction, "claim").map_or_else(|| own.clone(), |claim| page_of(&claim));
            let says = vec![word(&correction, "note").expect("a note")];
            entries.push(Entry {
                kind: Kind::Correction,
                day: day(&correction, "date").expect("a date"),
                exact: true,
                target,
                says,
            });
        }
        for claim in &article.claims {
            let mut past: Vec<(String, String)> = items(&claim.front, "history")
                .iter()
                .map(|past| (day(past, "date").expect("a date"), word(past, "verdict").expect("a verdict")))
                .collect();
            past.sort();
            let Some(last) = past.last().cloned() else {
                continue;
            };
            let changes =
                past.windows(2).map(|pair| (pair[1].0.clone(), true, &pair[0].1, pair[1].1.clone()));
            let present = std::iter::once((last.0.clone(), false, &last.1, claim.verdict()));
            for (day, exact, old, new) in changes.chain(present).filter(|(.., old, new)| *old != new) {
                let says = vec![label(old), label(&new)];
                entries.push(Entry { kind: Kind::Verdict, day, exact, target: page_of(&claim.id), says });
            }
        }
        if let Some(withdrawn) = article.front.get("withdrawn") {
            let says = vec![word(withdrawn, "reason").expect("a reason")];
            let day = day(withdrawn, "date").expect("a date");
            entries.push(Entry { kind: Kind::Withdrawal, day, exact: true, target: own, says });
        }
    }
    entries
}

/// What the pages of corrections lack or say out of order.
fn bad_ledger(
    built: &Built,
    content: &Content,
    per_page: usize,
    label: &dyn Fn(&str, &str) -> String,
) -> Vec<String> {
    let mut violations = Vec::new();
    for lang in &content.languages {
        let list = format!("{}corrections/", content.prefix(lang));
        let wanted = wanted_ledger(content, lang, &|verdict| label(verdict, lang));
        let pages = pages_of(built, &list);
        let mut found: Vec<(String, String, String)> = Vec::new();
        for page in &pages {
            for item in
                page.all("main li").into_iter().filter(|item| item.select(&css("h2")).next().is_some())
            {
                let day = item.select(&css("time")).next().and_then(|time| time.attr("datetime"));
                let href = item.select(&css("h2 a")).next().and_then(|link| link.attr("href"));
                let target = href.and_then(|href| built.file_at(&page.url.join(href).ok()?));
                found.push((
                    day.unwrap_or_default().to_owned(),
                    target.unwrap_or_default(),
                    folded(&text(item)),
                ));
            }
        }
        let full = pages.split_last().map_or(0, |(_, before)| before.len() * per_page);
        if pages.is_empty() || (found.len() <= full && full > 0) || found.len() > full + per_page {
            violations.push(format!("{list}: {} entries on {} pages", found.len(), pages.len()));
        }
        if !found.is_sorted_by(|a, b| a.0 >= b.0) {
            let days: Vec<_> = found.iter().map(|entry| &entry.0).collect();
            violations.push(format!("{list}: not newest first: {days:?}"));
        }
        // The correction that gives the reason for a change of verdict may stand with that change.
        let mut told: Vec<BTreeSet<Kind>> = vec![BTreeSet::new(); found.len()];
        for entry in &wanted {
            let fits = |(number, (day, target, said)): &(usize, &(String, String, String))| {
                (if entry.exact { *day == entry.day } else { *day >= entry.day })
                    && *target == entry.target
                    && entry.says.iter().all(|words| said.contains(&folded(words)))
                    && !told[*number].contains(&entry.kind)
            };
            match found.iter().enumerate().find(fits).map(|(number, _)| number) {
                Some(number) => drop(told[number].insert(entry.kind)),
                None => violations.push(format!("{list} lacks {entry:?}")),
            }
        }
        let unasked = found.iter().zip(&told).filter(|(_, told)| told.is_empty());
        violations.extend(unasked.map(|(entry, _)| format!("{list} has {entry:?}, which nobody wrote")));
    }
    violations
}

const TEMPO: [&str; 5] = ["benar", "sebagian-benar", "tidak-terbukti", "sesat", "keliru"];

fn tempo(verdict: &str, lang: &str) -> String {
    let words = match verdict {
        "benar" => ("Benar", "True"),
        "sebagian-benar" => ("Sebagian Benar", "Partly true"),
        "tidak-terbukti" => ("Tidak Terbukti", "Unproven"),
        "sesat" => ("Sesat", "Misleading"),
        _ => ("Keliru", "False"),
    };
    (if lang == "en" { words.1 } else { words.0 }).to_owned()
}

#[test]
fn lists_of_the_demo_desk_are_exact() {
    let (built, content) = demo();
    wants_none(&bad_lists(built, content, &TEMPO, 20));
}

#[test]
fn the_order_of_lists_is_that_of_the_indexes() {
    let (built, _) = demo();
    let years = built.page("years/index.html").expect("years");
    let years: Vec<String> = years.all("main li > a").into_iter().map(text).collect();
    assert!(years.len() > 1 && years.is_sorted_by(|a, b| a > b), "the newest first: {years:?}");
    let claimants = built.page("claimants/index.html").expect("claimants");
    let names: Vec<String> =
        claimants.all("main section li > a").into_iter().map(|name| text(name).to_lowercase()).collect();
    assert!(names.len() > 3 && names.is_sorted(), "no ranking: {names:?}");
}

#[test]
fn the_ledger_of_the_demo_desk_is_complete() {
    let (built, content) = demo();
    assert!(
        wanted_ledger(content, "id", &|verdict| tempo(verdict, "id")).len() > 4,
        "there is something to say"
    );
    wants_none(&bad_ledger(built, content, 20, &tempo));
}

/// A desk of seven articles in two languages, with two entries to a page.
fn small_pages() -> Desk {
    let desk = Desk::empty();
    desk.write(
        "site.yaml",
        "title: Kecil\nbase_url: https://kecil.example/\nlanguage: id\nlanguages: [id, en]\ntimezone: Asia/Jakarta\n\
         publisher: {name: Kecil}\nratings: [{id: ya, label: {id: Ya, en: Yes it is}, definition: d, value: 2}, \
         {id: tidak, label: {id: Bukan, en: It is not}, definition: d, value: 1}, {id: entah, label: Entah, definition: d}]\n\
         paginate: 2\ncards: false\nsearch: false\n",
    );
    desk.write("content/people/ani.md", "---\nname: Ani Besar\ntype: person\n---\nSeorang penulis.\n");
    desk.write("content/people/bank.md", "---\nname: Bank Kata\ntype: organization\n---\nSebuah bank.\n");
    let claimants = ["bank", "Pak Lurah", "{name: \"Pak Lurah\", type: person}"];
    let verdicts = ["ya", "tidak"];
    let hosts = ["www.satu.example", "satu.example", "dua.example", "tiga.example:8080"];
    // File names run against the dates, two articles share a day, and one has a time.
    for number in 1..=7_usize {
        for lang in ["", ".en"] {
            if lang == ".en" && number > 5 {
                continue;
            }
            let day = match number {
                3 | 4 => "2024-03-03".to_owned(),
                5 => "2024-05-05T23:30:00+07:00".to_owned(),
                number => format!("2024-0{number}-0{number}"),
            };
            let mut front = format!(
                "title: Artikel {number}\ndate: {day}\nauthors: [{}]\ntopics: [{}]\n",
                if number % 2 == 0 { "ani, Tamu Satu" } else { "Tamu Satu" },
                if number % 3 == 0 { "Air Laut, air-laut" } else { "Tanah" },
            );
            // Who wrote half of the articles reviewed the others; one person only reviewed.
            if number % 2 == 1 {
                front += "reviewers: [ani, Tamu Satu, Bu Dua]\n";
            }
            if number == 2 {
                front += "status: withdrawn\nwithdrawn: {date: 2024-08-08, reason: Sumbernya palsu.}\n";
            }
            front += "claims:\n";
            for part in 0..2_usize {
                let verdict = verdicts[(number + part) % 2];
                let _ = write!(
                    front,
                    "  - id: klaim-{number}-{part}\n    claim: Klaim {number} {part}.\n    verdict: {verdict}\n    finding: Temuan.\n    claimant: {}\n    sources:\n      - {{title: S, url: \"https://{}/a\"}}\n      - {{title: T, url: \"https://{}/b\"}}\n",
                    claimants[(number + part) % 3],
                    hosts[number % 3],
                    hosts[(number + part) % 3],
                );
                if number % 3 == part {
                    front += "    kind: konten-palsu\n";
                }
                if number == 4 && part == 0 {
                    front += "    history: [{date: 2024-04-10, verdict: tidak, reason: Kedua.}, {date: 2024-03-03, verdict: entah}]\n";
                }
            }
            if number == 4 || number == 6 {
                let _ = write!(
                    front,
                    "updated: 2024-09-1{number}\ncorrections:\n  - {{date: 2024-07-0{number}, note: Angka di artikel {number} salah.}}\n  - {{date: 2024-09-1{number}, note: Putusan diganti {number}., claim: klaim-{number}-0}}\n"
                );
            }
            let name = char::from(b'z' - u8::try_from(number).expect("a small number"));
            desk.write(&format!("content/articles/{name}{lang}.md"), format!("---\n{front}---\nIsi.\n"));
        }
    }
    desk.write(
        "content/articles/konsep.md",
        "---\ntitle: Konsep\ndate: 2024-01-01\nstatus: draft\nauthors: [Hantu]\ntopics: [Hantu]\n---\nx\n",
    );
    desk.write(
        "content/articles/nanti.md",
        "---\ntitle: Nanti\ndate: 2030-01-01\nauthors: [Hantu]\ntopics: [Hantu]\n---\nx\n",
    );
    desk
}

#[test]
fn lists_in_small_pages_are_exact() {
    let desk = small_pages();
    let built = Built::of_desk(desk.root(), "https://kecil.example/", "2026-11-22");
    let content = Content::read(desk.root(), "2026-11-22");
    let claims = pages_of(&built, "claims/");
    assert_eq!(claims.len(), 6, "twelve claims of six articles");
    let mut violations = bad_lists(&built, &content, &["ya", "tidak", "entah"], 2);
    violations.extend(bad_ledger(&built, &content, 2, &|verdict, lang| {
        let site = items(&content.site, "ratings");
        let label = site.iter().find(|rating| word(rating, "id").as_deref() == Some(verdict));
        label.and_then(|rating| in_language(rating.get("label")?, lang)).expect("a label")
    }));
    // Pages after the first are pages like all others.
    violations.extend(super::html::malformed(&built));
    violations.extend(super::html::bad_breadcrumbs(&built));
    violations.extend(super::links::broken_links(&built));
    violations.extend(super::links::sitemap_differences(&built));
    violations.extend(super::links::unreachable(&built));
    violations.extend(super::feeds::bad_atom(&built));
    violations.extend(super::feeds::bad_json_feeds(&built));
    wants_none(&violations);
}

#[test]
fn wrong_lists_are_found() {
    let desk = Desk::with(&[
        ("site.yaml", "{title: T, language: id}"),
        ("content/articles/a.md", "---\n{title: A, date: 2024-01-01, authors: [Satu], topics: [x]}\n---\n"),
        ("content/articles/b.md", "---\n{title: B, date: 2024-01-02, authors: [Satu]}\n---\n"),
        (
            "content/articles/c.md",
            "---\n{title: C, date: 2024-01-03, status: withdrawn, withdrawn: {date: 2024-02-01, reason: Salah}}\n---\n",
        ),
    ]);
    let content = Content::read(desk.root(), "2026-01-01");
    let link = |slug: &str| format!("<h2><a href=/articles/{slug}/>x</a></h2>");
    let wrong = format!("<main>{}{}<a rel=next href=/gone/>n</a></main>", link("a"), link("b"));
    let ledger = "<main><li><time datetime=2024-01-05></time><h2><a href=/articles/a/>x</a></h2>\
                  <li><time datetime=2024-01-06></time><h2><a href=/articles/b/>x</a></h2></main>";
    let files = [
        ("articles/a/index.html", ""),
        ("articles/b/index.html", ""),
        ("articles/index.html", wrong.as_str()),
        ("articles/page/2/index.html", ""),
        ("authors/dua/index.html", ""),
        ("authors/index.html", "<main><a href=/authors/dua/>d</a></main>"),
        ("topics/x/index.html", "<main></main>"),
        ("topics/x/benar/index.html", "<main></main>"),
        ("corrections/index.html", ledger),
        ("corrections/page/2/index.html", ""),
    ];
    let built = Built::of("https://h.example/", &files);
    let lists = bad_lists(&built, &content, &["benar"], 20);
    wants_all(
        &lists,
        &[
            "articles/: 2 pages, not 1",
            "topics/x/benar/ is a list of nothing",
            "articles/ page 1: holds [\"articles/a/index.html\", \"articles/b/index.html\"], not [\"articles/b",
            "articles/ page 1: leads to",
            "authors/satu/: 0 pages",
            "authors/dua/ is a list of nothing",
            "authors/: the index differs",
            "topics/x/ page 1: holds []",
            "verdicts/benar/: 0 pages",
        ],
    );
    wants_all(
        &bad_ledger(&built, &content, 20, &tempo),
        &[
            "corrections/: 2 entries on 2 pages",
            "not newest first",
            "corrections/ lacks",
            "which nobody wrote",
        ],
    );
}
