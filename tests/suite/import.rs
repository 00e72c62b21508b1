//! `meja import`: messy archives, counts that add up, second runs, and what the build says of the outcome.

mod fields;
mod harm;
mod interrupted;
mod mess;
mod messy;
mod report;

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::desk::{Desk, Run, repository};

const SITE: &str = "title: Meja\nbase_url: https://desk.example/\nlanguage: id\nlanguages: [id, en]\ncards: off\n\
                    ratings: tempo\npublisher: {name: Meja, url: \"https://desk.example/\"}\n";

fn desk() -> Desk {
    Desk::with(&[("site.yaml", SITE)])
}

fn import(desk: &Desk, arguments: &[&str]) -> (Run, Value) {
    let run = desk.meja(&[&["import"], arguments, &["--format", "json"]].concat());
    let report = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}{}", run.stdout, run.stderr));
    (run, report)
}

fn count(report: &Value, what: &str) -> u64 {
    report["counts"][what].as_u64().unwrap_or_else(|| panic!("no {what} in {report}"))
}

/// The counts add up to `records`, a second run changes nothing, and the desk builds without an error.
fn holds(desk: &Desk, arguments: &[&str], records: u64) -> Value {
    let (_, dry) = import(desk, &[arguments, &["--dry-run"]].concat());
    assert!(!desk.exists("content") && !desk.exists(".meja-import.json"), "a dry run writes nothing");
    let (_, first) = import(desk, arguments);
    assert_eq!((&dry["counts"], &dry["skipped"]), (&first["counts"], &first["skipped"]));
    let sum = |report: &Value| {
        report["counts"].as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>()
    };
    assert_eq!((first["records"].as_u64(), sum(&first)), (Some(records), records), "{first}");
    let before = files(desk);
    let (_, second) = import(desk, arguments);
    assert_eq!(files(desk), before, "a second run changes nothing");
    assert_eq!(sum(&second), records);
    assert_eq!(
        (count(&second, "imported"), count(&second, "drafts"), count(&second, "updated")),
        (0, 0, 0),
        "{second}"
    );
    assert_eq!(count(&second, "unchanged") + count(&second, "skipped"), records);
    for drafts in [&["build"][..], &["build", "--drafts"]] {
        let run = desk.meja(&[drafts, &["--now", "2026-01-01"]].concat());
        assert_eq!(run.code, 0, "{drafts:?}\n{}", run.stderr);
    }
    first
}

/// Every file of the desk but the site, with its bytes.
fn files(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    below(desk.root(), &["public"])
}

fn below(folder: &std::path::Path, without: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if !without.iter().any(|name| path.ends_with(name)) {
                    waiting.push(path);
                }
            } else {
                files.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

const LABELS: [&str; 8] = [
    "Keliru",
    "benar",
    "HOAX!",
    "febricated",
    "Sesat",
    "Pants on fire",
    "Lihat penjelasan",
    "Tidak Terbukti",
];

/// A feed with everything that is wrong with feeds; each thousandth is another mess.
fn feed(records: usize) -> String {
    let mut items = Vec::new();
    for number in 0..records {
        if number % 50 == 49 {
            items.push(json!({"@type": "DataFeedItem", "item": null}));
            continue;
        }
        // Each fortieth is there twice.
        let id = if number % 40 == 39 { number - 1 } else { number };
        let day = 1 + id % 28;
        let date = match id % 5 {
            0 => format!("2021-7-{day}"),
            1 => format!("{day:02}/07/2021"),
            2 => format!("2021-07-{day:02}T08:00:00+07:00"),
            3 => format!("{day} Juli 2021"),
            _ => "kapan-kapan".to_owned(),
        };
        let language = ["id", "en-US", "xx"][id % 3];
        let claim = match id % 6 {
            0 => String::new(),
            1 => format!("\"Klaim nomor {id} dengan kutipan\""),
            2 => format!("<p>Klaim &amp;quot;nomor&amp;quot; {id} --> <!-- tipu</p>"),
            3 => format!("𝗞𝗹𝗮𝗶𝗺 nomor {id}: 50% ikan\u{0}\u{2028}mati: - # & * ! |"),
            _ => format!("Klaim nomor {id}: garis\nbaru \\ 'tunggal' {{{{ site }}}}"),
        };
        let rating = match id % 7 {
            0 => json!({"ratingValue": -1, "bestRating": -1, "worstRating": -1}),
            1 => {
                json!({"ratingValue": "1", "bestRating": 1, "worstRating": 5, "alternateName": LABELS[id % 8]})
            }
            2 => json!({"alternateName": format!("Keliru. Faktanya, {}", "panjang sekali ".repeat(12))}),
            3 => json!({"ratingValue": 2, "bestRating": 5, "worstRating": 1}),
            _ => json!({"alternateName": LABELS[id % 8], "ratingValue": ""}),
        };
        let url = match id % 4 {
            0 => json!(["https://desk.example/2021/a", format!(" b-{id}")]),
            1 => json!(format!("https://other.example/x%2520y/{id}")),
            2 => json!(format!("https://desk.example/2021/{}/", id / 20)),
            _ => json!("https://desk.example/"),
        };
        items.push(json!({"@type": "DataFeedItem", "dateCreated": date, "item": [{
            "@type": "ClaimReview", "claimReviewed": claim, "url": url, "reviewRating": rating, "name": format!("Judul: {id}"),
            "author": {"@type": "Organization", "name": "Meja"}, "reviewBody": if id % 3 == 0 { "Tidak ada bukti." } else { "" },
            "inLanguage": language,
            "citation": [{"name": "BPS", "url": format!("https://bps.example/{id}")}],
            "itemReviewed": {"@type": "Claim", "datePublished": "2021-8-1", "author": {"@type": "Person", "name": "Akun & Co", "sameAs": []},
                "appearance": [{"@type": "CreativeWork", "url": "https://fb.example/a b"}, "lihat foto"]},
            "x-rahasia": "SENTINEL-RAW"}]}));
    }
    json!({"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": items}).to_string()
}

#[test]
fn a_feed_of_a_thousand_reviews() {
    let desk = desk();
    desk.write("in/feed.json", format!("\u{feff}{}", feed(1000)));
    let report = holds(&desk, &["claimreview", "in/feed.json"], 1000);
    assert_eq!(
        report["skipped"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["reason"] == "an empty item of a feed")
            .count(),
        20
    );
    assert!(count(&report, "drafts") > 500 && count(&report, "imported") > 10, "{report}");
    for (path, bytes) in below(&desk.path("public"), &[]) {
        assert!(!String::from_utf8_lossy(&bytes).contains("SENTINEL"), "{path} publishes notes for editors");
    }
    let notes =
        files(&desk).into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("SENTINEL-RAW"));
    assert!(notes.count() > 100, "what was not used is kept");
    // The map that was proposed is taken back.
    let map = desk.read("ratings-map.yaml");
    assert!(map.contains("guess: true") && map.contains("label: \"HOAX!\""), "{map}");
    desk.write("ratings-map.yaml", map.replace("  guess: true\n", ""));
    let (_, third) = import(&desk, &["claimreview", "in/feed.json"]);
    assert!(count(&third, "updated") > 50, "{third}");
    assert_eq!(desk.meja(&["build", "--now", "2026-01-01"]).code, 0);
}

#[test]
fn saved_pages_and_broken_json() {
    let desk = desk();
    let page = |data: &str| {
        format!(
            "<!doctype html><html lang=en><title>Tembok</title><script type=\"application/ld+json\">{data}</script><article><h1>T</h1><p onclick=x()>Isi <b>tebal</b></p><script>jahat()</script></article>"
        )
    };
    let graph = r#"{"@graph": [{"@type": "WebPage", "url": "https://desk.example/p"}, {"@type": ["ClaimReview"], "claimReviewed": "Ia berkata "tidak", lalu pergi", "reviewRating": {"alternateName": "Keliru"}, "url": "https://desk.example/p", "datePublished": "2021-07-16"}]}"#;
    desk.write("in/a.html", page(graph));
    desk.write("in/b.html", page("{\"@type\": "));
    desk.write("in/c.html", "<p>kosong</p>");
    let report = holds(&desk, &["claimreview", "in"], 3);
    assert_eq!(count(&report, "skipped"), 2);
    let article = desk.read("content/articles/tembok.en.md");
    assert!(article.contains("Isi **tebal**") && !article.contains("jahat"), "{article}");
    assert!(article.contains("#   - id: ia-berkata-tidak-lalu-pergi\n"), "{article}");
    assert!(article.contains("aliases:\n  - \"/p\"\n"), "{article}");
    assert_eq!(desk.meja(&["import", "claimreview", "in"]).code, 1, "a block could not be read");
}

#[test]
fn answers_of_fact_check_tools() {
    let desk = desk();
    for page in 0..2 {
        let claims: Vec<Value> = (0..30).map(|at| {
            let id = page * 30 + at;
            json!({"text": if id % 9 == 0 { String::new() } else { format!("Klaim {id}") }, "claimant": "WhatsApp", "claimDate": "2021-07-01T00:00:00Z",
                "claimReview": if id % 10 == 0 { json!([]) } else { json!([{"publisher": {"name": "Meja", "site": "desk.example"}, "url": format!("https://desk.example/{id}"),
                    "title": format!("Judul {id}"), "reviewDate": "2021-07-16T00:00:00Z", "textualRating": LABELS[id % 8], "languageCode": "id"}]) }})
        }).collect();
        desk.write(&format!("in/{page}.json"), json!({"claims": claims, "nextPageToken": "x"}).to_string());
    }
    let report = holds(&desk, &["google", "in"], 60);
    assert_eq!((count(&report, "drafts"), count(&report, "skipped")), (54, 6));
}

/// A table in Windows-1252 with semicolons, quoted line ends, and dates that nobody can tell.
fn table(rows: usize) -> Vec<u8> {
    let mut text = String::from("Pernyataan;Status;Judul;Tanggal;Kesimpulan;Sumber;Tautan;Isi;Catatan\r\n");
    for row in 0..rows {
        let date = if row % 10 == 0 { "03/04/2021".to_owned() } else { format!("{}/07/2021", 13 + row % 15) };
        let sources = if row % 4 == 0 { "" } else { "\"BPS: https://bps.example/1\nhttps://b.example/2\"" };
        let _ = write!(
            text,
            "\"Klaim “{row}”; kata \"\"dia\"\"\nbaris dua\";{};Kafé {row};{date};Temuan – singkat;{sources};https://old.example/?p={row};Isi <dengan> & tanda;rahasia\r\n",
            LABELS[row % 8]
        );
    }
    text.push_str(";;;;;;;;\r\n");
    text.chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            'é' => 0xe9,
            c => c as u8,
        })
        .collect()
}

#[test]
fn a_table_of_another_time() {
    let desk = desk();
    desk.write("in.csv", table(120));
    let columns = ["csv", "in.csv", "--column", "claim=Pernyataan", "--column", "rating=Status"];
    let report = holds(&desk, &columns, 121);
    assert_eq!(
        (count(&report, "skipped"), report["attention"]["no date"].as_u64()),
        (1, Some(12)),
        "{report}"
    );
    let ready = count(&report, "imported");
    assert!(ready >= 30, "{report}");
    let article = desk.read("content/articles/kafe-1.md");
    for part in [
        "title: \"Kafé 1\"",
        "Klaim “1”; kata \\\"dia\\\" baris dua",
        "verdict: benar",
        "title: BPS",
        "rahasia",
    ] {
        assert!(article.contains(part), "{part} is not in\n{article}");
    }
    let (_, told) = import(&desk, &[&columns[..], &["--dates", "dmy"]].concat());
    assert_eq!((count(&told, "updated"), told["attention"]["no date"].as_u64()), (12, None), "{told}");
    // What an editor changed stays, whatever the source says; what an editor removed stays away.
    desk.write("content/articles/kafe-1.md", article.replace("Kafé 1", "Warung 1"));
    std::fs::remove_file(desk.path("content/articles/kafe-2.md")).unwrap();
    let (_, left) = import(&desk, &columns);
    assert_eq!((count(&left, "left"), count(&left, "updated")), (2, 12), "{left}");
    assert!(
        desk.read("content/articles/kafe-1.md").contains("Warung 1")
            && !desk.exists("content/articles/kafe-2.md")
    );
}

#[test]
fn a_run_that_was_cut_off_can_be_repeated() {
    let desk = desk();
    desk.write("in.csv", table(20));
    let columns = ["csv", "in.csv", "--column", "claim=Pernyataan", "--column", "rating=Status"];
    import(&desk, &columns);
    let whole = files(&desk);
    // As if the power had gone after three files: the memory says what was about to be written.
    let memory = desk.read(".meja-import.json");
    let mut memory: Value = serde_json::from_str(&memory).unwrap();
    for (_, entry) in memory["files"].as_object_mut().unwrap() {
        entry["before"] = json!("");
    }
    desk.write(".meja-import.json", memory.to_string());
    for row in 3..20 {
        std::fs::remove_file(desk.path(&format!("content/articles/kafe-{row}.md"))).unwrap();
    }
    import(&desk, &columns);
    assert_eq!(files(&desk), whole);
}

fn blog() -> String {
    let claims = "a:1:{i:0;a:4:{s:13:\"claimreviewed\";s:22:\"Ikan \"ajaib\" di Cikini\";s:10:\"assessment\";s:6:\"Keliru\";s:6:\"author\";s:5:\"Warga\";s:10:\"appearance\";a:1:{s:3:\"url\";a:1:{i:0;s:20:\"https://fb.example/1\";}}}}";
    let item = |id: usize, kind: &str, status: &str, title: &str, content: &str, meta: &str| {
        format!(
            "<item><title>{title}</title><link>https://desk.example/2020/{id}-judul/</link><dc:creator><![CDATA[rina]]></dc:creator>\
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{id}</wp:post_id>\
<wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:post_date_gmt>2020-05-01 03:00:00</wp:post_date_gmt><wp:post_name>judul-{id}</wp:post_name>\
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type><category domain=\"category\" nicename=\"kesehatan\"><![CDATA[Kesehatan]]></category>\
<wp:postmeta><wp:meta_key>_fullfact_all_claims</wp:meta_key><wp:meta_value><![CDATA[{meta}]]></wp:meta_value></wp:postmeta></item>\n"
        )
    };
    let mut items = String::new();
    items += &item(
        1,
        "post",
        "publish",
        "Ikan &amp; ajaib",
        "Paragraf satu\nbaris\n\n<!-- wp:image --><figure><img src=\"/a.jpg\" alt=\"Foto\"/></figure><!-- /wp:image -->\n\n<script>jahat()</script>[caption]x[/caption]",
        claims,
    );
    items += &item(
        2,
        "post",
        "publish",
        "Kabar meja",
        "<p>Bukan cek fakta, <a href=\"/tentang\">lihat</a>.</p>",
        "",
    );
    items += &item(3, "post", "draft", "Belum", "isi", "");
    items += &item(4, "page", "publish", "Tentang kami", "<h2>Siapa</h2><p>Kami.</p>\u{1}", "");
    items += &item(5, "attachment", "inherit", "a.jpg", "", "");
    items += &item(6, "nav_menu_item", "publish", "", "", "");
    items += &item(7, "post", "trash", "Buang", "x", "");
    wxr(&format!(
        "<wp:author><wp:author_login>rina</wp:author_login><wp:author_display_name><![CDATA[Rina Wijaya]]></wp:author_display_name></wp:author>{items}"
    ))
}

/// An export with these items.
fn wxr(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Meja</title>\
{items}</channel></rss>"
    )
}

#[test]
fn a_blog() {
    let desk = desk();
    desk.write("blog.xml", blog());
    let report = holds(&desk, &["wordpress", "blog.xml"], 7);
    assert_eq!(
        (
            count(&report, "imported") + count(&report, "pages"),
            count(&report, "drafts"),
            count(&report, "skipped")
        ),
        (2, 2, 3),
        "{report}"
    );
    let article = desk.read("content/articles/judul-1.md");
    for part in [
        "title: \"Ikan & ajaib\"",
        "- rina-wijaya",
        "- Kesehatan",
        "date: \"2020-05-01T03:00:00Z\"",
        "[Foto](<https://desk.example/a.jpg>)",
        "#     verdict: keliru",
        "- \"/2020/1-judul/\"",
    ] {
        assert!(article.contains(part), "{part} is not in\n{article}");
    }
    assert!(
        !article.contains("jahat")
            && desk.exists("content/people/rina-wijaya.md")
            && desk.exists("content/pages/judul-4.md")
    );
    assert!(desk.read("content/articles/judul-2.md").contains("[lihat](<https://desk.example/tentang>)"));
}

#[test]
fn bombs_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><rss>&b;&c;</rss>";
    for (name, format, text) in [
        ("a.xml", "wordpress", bomb.to_owned()),
        ("b.xml", "wordpress", "<a>".repeat(200_000)),
        ("c.json", "claimreview", "[".repeat(500_000)),
        ("d.html", "claimreview", "<div>".repeat(5_000)),
        ("e.json", "google", "{\"claims\":".repeat(100_000)),
    ] {
        let desk = desk();
        desk.write(name, text);
        let (run, report) = import(&desk, &[format, name]);
        assert_eq!((report["records"].as_u64(), count(&report, "skipped")), (Some(1), 1), "{name}: {report}");
        assert!((0..=1).contains(&run.code) && !desk.exists("content"), "{name} ends with {}", run.code);
    }
}

#[test]
fn wrong_words_are_said() {
    let desk = desk();
    desk.write("in.csv", "a,b\n1,2\n");
    for arguments in [
        &["csv", "nowhere.csv"][..],
        &["csv", "in.csv", "--column", "clam=a"],
        &["csv", "in.csv", "--column", "claim=zzz"],
        &["xls", "in.csv"],
    ] {
        let run = desk.meja(&[&["import"], arguments].concat());
        assert_eq!((run.code, desk.exists("content")), (2, false), "{arguments:?} {}", run.stderr);
    }
}

/// Every command of the page runs, one after the other, on the files that it speaks of.
#[test]
fn the_commands_of_the_page_run() {
    let page = std::fs::read_to_string(repository().join("docs/importing.md")).unwrap();
    let blocks = |name: &str| -> Vec<String> {
        let opening = format!("```{name}\n");
        page.split(&opening).skip(1).filter_map(|rest| rest.split("```").next().map(str::to_owned)).collect()
    };
    let commands: Vec<String> = blocks("sh").concat().lines().map(str::to_owned).collect();
    assert!(commands.len() >= 8);
    for command in commands {
        let desk = desk();
        desk.write("archive.csv", table(12));
        desk.write("feed.json", feed(20));
        desk.write(
            "answers/1.json",
            "{\"claims\": [{\"text\": \"Klaim\", \"claimReview\": [{\"title\": \"Judul\"}]}]}",
        );
        desk.write("blog.xml", blog());
        desk.write("columns.yaml", &blocks("yaml")[0]);
        desk.write("ratings-map.yaml", &blocks("yaml")[1]);
        let words: Vec<&str> = command.split_whitespace().collect();
        let run = desk.meja(words.strip_prefix(&["meja"]).expect("a command of ours"));
        assert_eq!(run.code, 0, "{command}\n{}{}", run.stdout, run.stderr);
        assert_eq!(desk.meja(&["build", "--now", "2026-01-01"]).code, 0, "{command}");
    }
}
