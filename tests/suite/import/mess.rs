//! A thousand records of each kind, with everything that archives have that they should not.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{LABELS, count, desk, holds, wxr};

const RECORDS: usize = 1000;

/// A claim as the wild has them; each sixth is another mess.
fn claim(id: usize) -> String {
    match id % 6 {
        0 => String::new(),
        1 => format!("\"Klaim nomor {id} dengan kutipan\""),
        2 => format!("<p>Klaim &amp;quot;nomor&amp;quot; {id} --> <!-- tipu</p>"),
        3 => format!("𝗞𝗹𝗮𝗶𝗺 h04x nomor {id}: 50% ikan\u{2028}mati: - # & * ! |"),
        4 => format!("Klaim nomor {id}: garis\nbaru \\ 'tunggal' {{{{ site }}}}"),
        _ => format!("Vаksin nomor {id} — “aman”"),
    }
}

fn date(id: usize) -> String {
    let day = 1 + id % 28;
    match id % 7 {
        0 => format!("2021-7-{day}"),
        1 => format!("{day:02}/07/2021"),
        2 => format!("2021-07-{day:02}T08:00:00Z"),
        3 => format!("{day} Juli 2021"),
        4 => "0000-00-00".to_owned(),
        5 => format!("July {day}, 2021"),
        _ => "kapan-kapan".to_owned(),
    }
}

fn rating(id: usize) -> String {
    match id % 5 {
        0 => format!("Keliru. Faktanya, {}", "panjang sekali ".repeat(12)),
        1 => format!("<b>{}</b>", LABELS[id % 8]),
        2 => String::new(),
        _ => LABELS[id % 8].to_owned(),
    }
}

fn address(id: usize) -> String {
    match id % 4 {
        0 => format!("https://desk.example/x%2520y/{id}"),
        1 => format!("https%3A%2F%2Fdesk.example%2F{id}"),
        2 => format!("https://desk.example/?p={id}&amp;utm=a b"),
        _ => "https://desk.example/".to_owned(),
    }
}

/// Each fortieth is there twice.
fn twice(number: usize) -> usize {
    if number % 40 == 39 { number - 1 } else { number }
}

#[test]
fn of_answers() {
    let desk = desk();
    for page in 0..10 {
        let claims: Vec<Value> = (0..RECORDS / 10)
            .map(|at| {
                let id = twice(page * RECORDS / 10 + at);
                let review = json!({"publisher": {"name": if id.is_multiple_of(9) { "" } else { "Meja" }, "site": "desk.example"}, "url": address(id),
                    "title": if id.is_multiple_of(11) { String::new() } else { format!("Judul &amp; {id}") }, "reviewDate": date(id), "textualRating": rating(id),
                    "languageCode": (["id", "en", "xx", ""][id % 4])});
                json!({"text": claim(id), "claimant": (["WhatsApp", "", "-", "Akun “&amp;” Co"][id % 4]), "claimDate": date(id + 3),
                    "claimReview": if id % 25 == 7 { json!([]) } else { json!([review]) }})
            })
            .collect();
        let text = json!({"claims": claims, "nextPageToken": "x"}).to_string();
        // A page in UTF-16 without its mark, one with a mark of UTF-8, one with a quotation mark that nothing escapes.
        let name = format!("in/{page}.json");
        match page {
            1 => desk.write(&name, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            2 => desk.write(&name, format!("\u{feff}{text}")),
            3 => desk.write(
                &name,
                text.replace("dengan kutipan\\\"", "dengan kutipan\"").replace("\\\"Klaim", "\"Klaim"),
            ),
            _ => desk.write(&name, text),
        }
    }
    let report = holds(&desk, &["google", "in"], RECORDS as u64);
    assert_eq!(count(&report, "imported"), 0, "nothing says a finding or a source");
    assert!(count(&report, "drafts") > 800, "{report}");
}

#[test]
fn of_a_table() {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text =
        String::from("Klaim;Putusan;Judul;Tanggal;Kesimpulan;Rujukan;Tautan;Isi;Catatan;Pengklaim\r\n");
    for number in 0..RECORDS {
        let id = twice(number);
        if number % 50 == 49 {
            text.push_str(";;;;;;;;;\r\n");
            continue;
        }
        let claim = claim(id).replace(|c: char| !c.is_ascii() && !"“”—".contains(c), "?");
        let sources =
            if id.is_multiple_of(4) { "" } else { "BPS: https://bps.example/1\nhttps://b.example/2" };
        // Some wrote a quotation mark within quotation marks.
        let claim = if id % 13 == 1 { format!("\"Ia \"berkata\" {id}\"") } else { quoted(&claim) };
        let _ = write!(
            text,
            "{claim};{};Kafé {id};{};Temuan – singkat {id};{};{};Isi <dengan> &amp; tanda {id};rahasia {id};Warga\r\n",
            quoted(&rating(id)),
            date(id),
            quoted(sources),
            quoted(&address(id)),
        );
    }
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            '—' => 0x97,
            c => c as u8,
        })
        .collect();
    let desk = desk();
    desk.write("in.csv", bytes);
    let report = holds(&desk, &["csv", "in.csv", "--dates", "dmy"], RECORDS as u64);
    assert!(count(&report, "imported") > 50 && count(&report, "drafts") > 500, "{report}");
}

#[test]
fn of_a_blog() {
    let mut items = String::from(
        "<wp:author><wp:author_login>rina</wp:author_login><wp:author_display_name>Rina &amp; Wijaya</wp:author_display_name></wp:author>",
    );
    for number in 0..RECORDS {
        let id = twice(number);
        let kind = ["post", "post", "post", "page", "attachment", "cek-fakta", "revision"][id % 7];
        let status = ["publish", "publish", "draft", "private", "trash", "future"][id % 6];
        let (claim, rating) = (claim(id), rating(id));
        let stored = format!(
            "a:1:{{i:0;a:2:{{s:13:\"claimreviewed\";s:{}:\"{claim}\";s:10:\"assessment\";s:{}:\"{rating}\";}}}}",
            claim.len(),
            rating.len(),
        );
        let stored = if id.is_multiple_of(3) { String::new() } else { stored };
        let date = if id % 7 == 4 {
            "0000-00-00 00:00:00".to_owned()
        } else {
            format!("2020-05-{:02} 10:00:00", 1 + id % 28)
        };
        let _ = write!(
            items,
            "<item><title>Judul &amp;amp; {id}</title><link>https://desk.example/{id}/</link><dc:creator>rina</dc:creator>\
             <content:encoded><![CDATA[Paragraf <b>tebal</b> {id}\n\n<ul><li>satu<li>dua</ul><img src=/a.jpg>[caption]x[/caption]\u{1}]]></content:encoded>\
             <wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>\
             <wp:postmeta><wp:meta_key>_fullfact_all_claims</wp:meta_key><wp:meta_value><![CDATA[{stored}]]></wp:meta_value></wp:postmeta></item>\n",
        );
    }
    let desk = desk();
    desk.write("blog.xml", format!("\u{feff}{}", wxr(&items)));
    let report = holds(&desk, &["wordpress", "blog.xml"], RECORDS as u64);
    assert!(count(&report, "imported") > 50 && count(&report, "drafts") > 200, "{report}");
}
