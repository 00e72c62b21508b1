//! Archives that mean harm, and moments that do: what nests without end, what wants to be more than text, verdicts that
//! are none, and two imports at once.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{below, count, desk, files, import, wxr};
use crate::desk::Desk;

/// Five megabytes that parsers of HTML take longer and longer for.
#[test]
fn what_nests_without_end_is_soon_done() {
    for part in [
        "<b>",
        "<div>",
        "<b id=1><p>",
        "<table><b>",
        "<b><p></b>",
        "<i>x</i>",
        "<svg>",
        "<!--",
        "<select>",
        "<a b=",
        "<p a b c d e f ",
        "<ul><li>",
        "<blockquote>",
        "</b>",
        "<table>",
        "&amp;",
        "<script>",
        "<font size=1>x<p>",
    ] {
        let body = part.repeat(5_000_000 / part.len());
        let desk = desk();
        desk.write("blog.xml", wxr(&format!(
            "<item><title>Judul</title><link>https://desk.example/1</link><content:encoded><![CDATA[awal {body}]]></content:encoded><wp:post_id>1</wp:post_id>\
             <wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        )));
        desk.write("page.html", format!(
            "<script type=application/ld+json>{{\"@type\": \"ClaimReview\", \"claimReviewed\": \"Klaim\"}}</script><article>awal {body}"
        ));
        for arguments in [["wordpress", "blog.xml"], ["claimreview", "page.html"]] {
            let began = Instant::now();
            let run = desk.meja(&[&["import"][..], &arguments].concat());
            let took = began.elapsed();
            assert_eq!(run.code, 0, "{part}: {}", run.stderr);
            assert!(took < Duration::from_secs(60), "{part} took {took:?}");
        }
        assert!(desk.read("content/articles/judul.md").contains("awal"), "{part}");
    }
}

#[test]
fn deep_json_is_refused() {
    for part in ["[", "{\"a\":", "{\"@graph\":["] {
        let desk = desk();
        desk.write("in.json", part.repeat(5_000_000 / part.len()));
        let began = Instant::now();
        let (_, report) = import(&desk, &["claimreview", "in.json"]);
        assert_eq!(count(&report, "skipped"), 1);
        assert!(began.elapsed() < Duration::from_secs(60), "{part}");
    }
}

const TRICKS: [&str; 14] = [
    "---\ntitle: jahat\n---\n",
    "\"\nstatus: published\nx: \"",
    "a: [b, {c: &d *e !!f",
    "{{ site.title }} {% raw %} {%- include \"x\" -%}",
    "<script>jahat()</script><img src=x onerror=jahat()>",
    "../../../etc/passwd",
    "--> <script>jahat()</script> <!--",
    "# Judul\n\n```\nkode\n\n~~~\n",
    "[x](javascript:jahat()) ![y](data:text/html,jahat)",
    "CON",
    "\u{202e}terbalik\u{0}\u{1b}[31m\u{2028}",
    "~ null yes 0x1f 1e3",
    "%2e%2e%2f..\\..\\x",
    "# verdict: benar\n  verdict: benar",
];

/// What every trick leaves behind: a desk that builds, and nothing outside its folders or out of its place.
fn is_harmless(desk: &Desk, arguments: &[&str]) {
    let (_, report) = import(desk, arguments);
    assert_eq!(report["left"], json!([]), "{report}");
    for (path, _) in below(desk.root(), &["public"]) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_ours = path.contains("/content/")
            && name.strip_suffix(".md").is_some_and(|stem| {
                !stem.is_empty()
                    && stem.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
                    && stem != "con"
            });
        let known = [
            "site.yaml",
            "in.json",
            "in.csv",
            "in.xml",
            "ratings-map.yaml",
            ".meja-import.json",
            "import.lock",
        ];
        assert!(is_ours || known.contains(&name), "{path}");
    }
    let run = desk.meja(&["build", "--drafts", "--now", "2026-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (path, bytes) in below(&desk.path("public"), &["assets"]) {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with(".html") {
            for bad in [
                "<script>jahat",
                "onerror=jahat()>",
                "href=\"javascript:",
                "As it was read",
                "For the editor",
                "<img src=x",
            ] {
                assert!(!text.contains(bad), "{path} has {bad}");
            }
        }
    }
}

#[test]
fn nothing_becomes_more_than_text() {
    let reviews: Vec<_> = TRICKS.iter().enumerate().map(|(at, trick)| json!({
        "@type": "ClaimReview", "claimReviewed": format!("{trick} {at}"), "name": trick, "url": format!("https://desk.example/{trick}/{at}"), "datePublished": "2021-07-16",
        "reviewBody": format!("{trick} temuan"), "reviewRating": {"alternateName": if at % 2 == 0 { "Keliru" } else { trick }}, "author": {"name": trick}, "inLanguage": "id",
        "citation": [{"name": trick, "url": "https://b.example/"}, {"url": trick}], "itemReviewed": {"author": {"name": trick, "sameAs": [trick]}},
        trick.to_string(): trick,
    })).collect();
    let text = json!(reviews).to_string();
    let one = desk();
    one.write("in.json", &text);
    is_harmless(&one, &["claimreview", "in.json"]);

    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = TRICKS.iter().map(|trick| {
        format!(
            "{}\n",
            [
                cell(trick),
                cell(trick),
                cell("Keliru"),
                cell("2021-07-16"),
                cell(trick),
                cell("x: https://b.example/"),
                cell(trick),
                cell(trick),
                cell(trick)
            ]
            .join(",")
        )
    });
    let two = desk();
    two.write(
        "in.csv",
        format!("claim,title,rating,date,finding,sources,body,topics,authors\n{}", rows.collect::<String>()),
    );
    is_harmless(&two, &["csv", "in.csv"]);

    let fence = "<pre>```\n~~~\n</pre><pre><code>`````</code></pre><p>```</p><p>~~~</p><p>&lt;!-- </p><p>&lt;script&gt;jahat()</p><p>---</p>";
    let items = TRICKS.iter().enumerate().map(|(at, trick)| {
        let inner = trick.replace("]]>", "").replace('\0', "");
        format!("<item><title><![CDATA[{inner}]]></title><link>https://desk.example/{at}</link><content:encoded><![CDATA[{fence}{inner}]]></content:encoded><wp:post_id>{at}</wp:post_id>\
            <wp:post_name><![CDATA[{inner}]]></wp:post_name><wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>{}</wp:post_type></item>",
            if at % 2 == 0 { "post" } else { "page" })
    }).collect::<Vec<_>>().concat();
    let three = desk();
    three.write("in.xml", wxr(&items));
    is_harmless(&three, &["wordpress", "in.xml"]);
}

/// Whatever a review says, only one whose every word agrees is published with its verdict.
#[test]
fn a_wrong_verdict_is_never_published() {
    let review = |at: usize, rating: &serde_json::Value, title: &str, site: &str| {
        json!({
            "@type": "ClaimReview", "claimReviewed": format!("Klaim nomor {at}"), "name": title, "url": format!("https://{site}/{at}"), "datePublished": "2021-07-16",
            "reviewBody": "Temuan.", "reviewRating": rating, "citation": "https://b.example/", "author": {"name": "Rina"},
        })
    };
    let wrong = [
        json!({"alternateName": "Not true"}),
        json!({"alternateName": "Half true?"}),
        json!({"alternateName": "Tidak benar"}),
        json!({"alternateName": "Bukan hoaks"}),
        json!({"alternateName": "Benar", "ratingValue": 1, "bestRating": 5, "worstRating": 1}),
        json!({"alternateName": "Keliru", "ratingValue": 5, "bestRating": 5, "worstRating": 1}),
        json!({"alternateName": ["Benar", "Keliru"]}),
        json!([{"alternateName": "Benar"}, {"alternateName": "Keliru"}]),
        json!({"alternateName": "Benar", "name": "False"}),
        json!({"alternateName": "<s>Benar</s>"}),
        json!({"ratingValue": 5, "bestRating": 1, "worstRating": 5}),
        json!({"ratingValue": 5, "bestRating": 5, "worstRating": 1}),
        json!({"alternateName": "Benar, tetapi keliru"}),
        json!({"alternateName": format!("Benar. {}", "Namun keliru. ".repeat(9))}),
        json!({"alternateName": "Verdadero"}),
        json!({"alternateName": "❌ Benar"}),
        json!({"alternateName": "Benar..."}),
        json!({"alternateName": "Benar", "ratingValue": "Keliru"}),
    ];
    let mut reviews: Vec<_> =
        wrong.iter().enumerate().map(|(at, rating)| review(at, rating, "Judul", "desk.example")).collect();
    let right = json!({"alternateName": "Benar"});
    reviews.push(review(50, &right, "[KELIRU] Judul", "desk.example"));
    reviews.push(review(51, &right, "Judul", "other.example"));
    reviews.push(review(52, &right, "Judul", "desk.example"));
    reviews.push(review(52, &json!({"alternateName": "Keliru"}), "Judul", "desk.example"));
    let mut twice = review(53, &right, "Judul", "desk.example").to_string();
    twice = twice.replacen("\"alternateName\"", "\"alternateName\":\"Keliru\",\"alternateName\"", 1);
    reviews.push(review(60, &right, "Judul", "desk.example"));
    let total = reviews.len() + 1;
    let desk = desk();
    let text = json!(reviews).to_string();
    desk.write("in.json", format!("{},{twice}]", text.trim_end_matches(']')));
    let (_, report) = import(&desk, &["claimreview", "in.json"]);
    assert_eq!(report["records"].as_u64(), Some(total as u64));
    assert_eq!(count(&report, "imported"), 1, "{report}");
    assert_eq!(desk.meja(&["build", "--now", "2026-01-01"]).code, 0);
    let published: Vec<String> =
        below(&desk.path("public/articles"), &[]).into_iter().map(|(path, _)| path).collect();
    let data = desk.read("content/articles/judul-20.md");
    assert!(published.iter().filter(|path| path.contains("/judul")).count() <= 3, "{published:?}\n{data}");
}

#[test]
fn one_import_at_a_time() {
    let desk = desk();
    desk.write("in.csv", super::table(10));
    desk.meja(&["import", "csv", "in.csv"]);
    let before = files(&desk);
    let lock = std::fs::OpenOptions::new().write(true).open(desk.path(".meja/import.lock")).unwrap();
    lock.lock().unwrap();
    let run = desk.meja(&["import", "csv", "in.csv", "--column", "claim=Pernyataan"]);
    assert!(run.code == 3 || run.code == 2, "{} {}", run.code, run.stderr);
    assert!(run.stderr.contains("another import"), "{}", run.stderr);
    assert_eq!(files(&desk), before);
    assert_eq!(desk.meja(&["import", "csv", "in.csv", "--dry-run"]).code, 0, "a look disturbs nobody");
    drop(lock);
    assert_eq!(desk.meja(&["import", "csv", "in.csv"]).code, 0);
}

/// Names that differ by case or signs have one page; a second run knows that the spelling was its own.
#[test]
fn names_share_their_pages() {
    let desk = desk();
    desk.write(
        "content/articles/lama.md",
        "---\ntitle: Lama\ndate: 2020-01-01\nauthors: [Sari Dewi]\ntopics: [Kesehatan]\n---\n\nIsi.\n",
    );
    let mut table = String::from("claim,title,rating,date,finding,sources,authors,topics,claimant\n");
    for (at, (author, topic, claimant)) in [
        ("sari dewi", "kesehatan", "WhatsApp"),
        ("Rina Wijaya", "Politik", "Whatsapp"),
        ("RINA WIJAYA.", "politik!", "whatsapp"),
        ("admin", "lain", "netizen"),
    ]
    .iter()
    .enumerate()
    {
        table += &format!(
            "Klaim {at},Judul {at},Keliru,2021-07-1{at},Temuan,https://b.example/,{author},{topic},{claimant}\n"
        );
    }
    desk.write("in.csv", table);
    let (_, report) = import(&desk, &["csv", "in.csv"]);
    assert_eq!(count(&report, "imported"), 4, "{report}");
    let before = files(&desk);
    let (_, report) = import(&desk, &["csv", "in.csv"]);
    assert_eq!((count(&report, "unchanged"), files(&desk) == before), (4, true), "{report}");
    let run = desk.meja(&["build", "--now", "2026-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(desk.read("content/articles/judul-0.md").contains("- Sari Dewi\ntopics:\n  - Kesehatan\n"));
}

/// Archives hold what old programs left: the record keeps it, in a way that a text can have it.
#[test]
fn what_no_page_can_carry_keeps_no_import_back() {
    let desk = desk();
    let row = "Klaim.,Judul,\"Sa\u{ffff}lah\",2021-01-02,\"a\u{92}b\u{ffff}c\u{7f}d\"";
    desk.write("t.csv", format!("claim,title,rating,date,other\n{row}\n"));
    let (_, report) = import(&desk, &["csv", "t.csv"]);
    assert_eq!(count(&report, "drafts"), 1, "{report}");
    let run = desk.meja(&["build", "--drafts"]);
    assert!(!run.stderr.contains("bad-text") && run.code == 0, "{}", run.stderr);
    let files = files(&desk);
    let kept = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes));
    assert!(kept.into_iter().any(|text| text.contains("a\\u0092b\\uffffc\\u007fd")), "{files:?}");
}

/// The same claim once without an address and once with that of a front page: one article, whose addresses last.
#[test]
fn the_same_claim_with_no_page_of_its_own_is_one() {
    let desk = desk();
    desk.write(
        "t.csv",
        "claim,title,finding,url\nKlaim,Judul,Satu.,\nKlaim,Judul,Dua.,https://desk.example/\n",
    );
    let (_, first) = import(&desk, &["csv", "t.csv"]);
    assert_eq!((count(&first, "drafts"), count(&first, "skipped")), (1, 1), "{first}");
    let article = desk.read("content/articles/judul.md");
    assert!(article.contains("Satu.") && article.contains("another record of this claim"), "{article}");
    let (_, again) = import(&desk, &["csv", "t.csv"]);
    assert_eq!((count(&again, "updated"), count(&again, "unchanged")), (0, 1), "{again}");
    assert_eq!(desk.read("content/articles/judul.md"), article);
}

/// Exclamation marks before links make no pictures, entities bring in no characters that no page can carry.
#[test]
fn texts_of_a_blog_can_be_built() {
    let desk = desk();
    let text = "<p>Awas!<a href=\"https://x.example/a\">Baca&#1;</a></p><p>Lihat!<img src=\"https://x.example/b.png\"></p>";
    desk.write("blog.xml", wxr(&format!(
        "<item><title>Judul&amp;#2;</title><link>https://desk.example/1</link><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>1</wp:post_id>\
         <wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
    )));
    import(&desk, &["wordpress", "blog.xml"]);
    let article = desk.read("content/articles/judul.md");
    assert!(article.contains("Awas\\![Baca](<https://x.example/a>)"), "{article}");
    assert!(article.contains("Lihat\\![b.png](<https://x.example/b.png>)"), "{article}");
    let run = desk.meja(&["build", "--drafts"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// What somebody has to decide is not published: two verdicts for one claim, two texts at one address, a table that is torn.
#[test]
fn what_is_not_certain_stays_at_home() {
    let desk = desk();
    let row = |number: usize, rating: &str| {
        format!(
            "Klaim satu,{rating},Temuan.,Judul {number},2021-01-02,https://desk.example/{number},https://x.example/\n"
        )
    };
    let head = "claim,rating,finding,title,date,url,sources\n";
    desk.write("t.csv", format!("{head}{}{}", row(1, "Keliru"), row(2, "Benar")));
    let (_, report) = import(&desk, &["csv", "t.csv"]);
    assert_eq!((count(&report, "drafts"), count(&report, "imported")), (2, 0), "{report}");
    assert!(
        desk.read("content/articles/judul-1.md").contains("rated otherwise at another address (`t.csv:3`)")
    );
    assert!(
        desk.read("content/articles/judul-2.md").contains("rated otherwise at another address (`t.csv:2`)")
    );

    let desk = self::desk();
    let post = |number: usize| {
        format!(
            "<item><title>Judul {number}</title><link>https://desk.example/sama{}</link><content:encoded><![CDATA[<p>Isi yang ke-{number}.</p>]]></content:encoded>\
             <wp:post_id>{number}</wp:post_id><wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>",
            if number == 1 { "/" } else { "" }
        )
    };
    desk.write("blog.xml", wxr(&(post(1) + &post(2))));
    let (_, report) = import(&desk, &["wordpress", "blog.xml"]);
    assert_eq!(count(&report, "imported"), 0, "{report}");
    let article = desk.read("content/articles/judul-1.md");
    assert!(article.contains("Isi yang ke-1.") && article.contains("Isi yang ke-2."), "{article}");
    assert!(article.contains("another text for the same address"), "{article}");

    let desk = self::desk();
    let whole = row(2, "Benar").replacen("Klaim satu", "\"Klaim dua\"", 1);
    desk.write(
        "t.csv",
        format!("{head}\"{}{whole}{}", row(1, "Keliru"), row(3, "Keliru").replace("satu", "tiga")),
    );
    let run = desk.meja(&["import", "csv", "t.csv"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("t.csv:2: a quotation mark may not have been closed"), "{}", run.stderr);
    assert!(desk.read("content/articles/judul-3.md").contains("verdict: keliru"));
    assert!(desk.read("content/articles/judul-2.md").contains("status: draft"));
}

/// An old address that is no path of this site is no alias.
#[test]
fn odd_addresses_are_no_aliases() {
    let desk = desk();
    desk.write("t.csv", "claim,title,url\nKlaim,Judul,https://desk.example//other.example/p\n");
    import(&desk, &["csv", "t.csv"]);
    assert!(!desk.read("content/articles/judul.md").contains("aliases"));
}

/// Another desk that is named in small letters does not become one of ours by its first review.
#[test]
fn another_desk_stays_another() {
    let desk = desk();
    let review = |number: usize| {
        json!({"text": format!("Klaim {number}."), "claimReview": [{"publisher": {"name": "lain"}, "url": format!("https://lain.example/{number}"),
            "title": format!("Judul {number}"), "reviewDate": "2021-07-16T00:00:00Z", "textualRating": "Keliru"}]})
    };
    desk.write("g.json", json!({"claims": [review(1), review(2)]}).to_string());
    for _ in 0..2 {
        import(&desk, &["google", "g.json"]);
        for number in [1, 2] {
            let article = desk.read(&format!("content/articles/judul-{number}.md"));
            assert!(article.contains("it may be the check of another desk"), "{article}");
        }
    }
}
