//! What the report says: which columns were used, what was not understood, and nothing mutilated.

use super::{count, desk, import, wxr};

#[test]
fn columns_are_named_and_heads_of_desks_are_known() {
    let desk = desk();
    desk.write(
        "in.csv",
        "No,Isi Klaim,Judul Artikel,Tgl Terbit,Hasil Cek,Penjelasan,Rujukan,Catatan editor\n\
         1,Klaim,Judul,12 Agt 2022,Keliru,Temuan.,BPS: https://b.example/,rahasia\n",
    );
    let run = desk.meja(&["import", "csv", "in.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for part in [
        "claim = Isi Klaim",
        "title = Judul Artikel",
        "date = Tgl Terbit",
        "rating = Hasil Cek",
        "columns not used: No, Catatan editor",
        "1 imported, ready to appear",
    ] {
        assert!(run.stdout.contains(part), "{part} is not in\n{}", run.stdout);
    }
    assert!(desk.read("content/articles/judul.md").contains("date: 2022-08-12\n"));
}

#[test]
fn a_table_that_nobody_understands_is_a_failure() {
    let desk = desk();
    desk.write("in.csv", "Kolom A,Kolom B\nx,y\n");
    let run = desk.meja(&["import", "csv", "in.csv"]);
    assert_eq!(run.code, 1);
    for part in ["columns not used: Kolom A, Kolom B", "--column \"claim=Kolom A\"", "claimed_on"] {
        assert!(run.stdout.contains(part), "{part} is not in\n{}", run.stdout);
    }
    assert!(run.stderr.contains("nothing in this archive could be used"), "{}", run.stderr);
    for (name, bytes) in [
        ("a.csv", &b"PK\x03\x04\x14\0\x06\0"[..]),
        ("b.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("c.csv", b""),
    ] {
        desk.write(name, bytes);
        let run = desk.meja(&["import", "csv", name]);
        assert_eq!(run.code, 1, "{name}");
        assert!(name == "c.csv" || run.stdout.contains("save it as CSV"), "{}", run.stdout);
    }
    // A quotation mark that nothing closes takes rows with it.
    let mut table = String::from("claim,title,rating,date\n\"Klaim,Judul,Keliru,2021-07-16\n");
    for row in 0..30 {
        table += &format!("Klaim {row},Judul {row},Keliru,2021-07-16\n");
    }
    desk.write("d.csv", table);
    let run = desk.meja(&["import", "csv", "d.csv"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stderr.contains("d.csv:2: a quotation mark may not have been closed"), "{}", run.stderr);
    assert!(desk.meja(&["import", "--help"]).stdout.contains("appearances, rating, value"));
}

#[test]
fn days_are_read_where_they_are_certain() {
    let desk = desk();
    let rows = |dates: &[&str]| {
        let rows = dates.iter().enumerate().map(|(at, date)| format!("Klaim {at},Judul {at},{date}\n"));
        format!("claim,title,date\n{}", rows.collect::<String>())
    };
    desk.write("a.csv", rows(&["44927", "44928", "-"]));
    desk.meja(&["import", "csv", "a.csv"]);
    let article = desk.read("content/articles/judul-0.md");
    assert!(
        article.contains("date: 2023-01-01\n") && article.contains("`44927` is `2023-01-01`"),
        "{article}"
    );
    let desk = super::desk();
    desk.write("b.csv", rows(&["44927", "Mei 2022", "10 Okt 22", "03/04/2021"]));
    let run = desk.meja(&["import", "csv", "b.csv"]);
    for part in [
        "the date … was not taken: it has no day (such as `Mei 2022`)",
        "day number of a spreadsheet",
        "import again with --dates dmy or --dates mdy (such as `03/04/2021`)",
    ] {
        assert!(run.stdout.contains(part), "{part} is not in\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("..."), "{}", run.stdout);
    let article = desk.read("content/articles/judul-3.md");
    assert!(
        article.contains("with --dates dmy or --dates mdy\n") && article.contains("status: draft"),
        "{article}"
    );
    assert!(desk.read("content/articles/judul-2.md").contains("date: 2022-10-10\n"));
}

#[test]
fn an_export_tells_its_own_site() {
    let desk = desk();
    desk.write("content/pages/tentang.md", "---\ntitle: Contoh\n---\n\nContoh.\n");
    let item = |id: usize, kind: &str, title: &str, link: &str, content: &str| {
        format!(
            "<item><title>{title}</title><link>{link}</link><content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )
    };
    let text = "Awal\n\n[embed]https://youtu.be/abc[/embed]\n\n[gallery ids=\"9\"]\n\n[caption id=\"x\"]<img src=\"/a.jpg\" alt=\"Foto\"/> Kata foto[/caption]\n\n[contact-form-7 id=\"1\"]";
    let picture = item(9, "attachment", "Gambar", "https://lama.example/g", "").replace(
        "<wp:post_id>",
        "<wp:attachment_url>https://lama.example/g.jpg</wp:attachment_url><wp:post_id>",
    );
    let items = item(1, "post", "Satu", "https://lama.example/2020/05/satu/", text)
        + &item(2, "page", "Tentang", "https://lama.example/tentang/", "Kami.")
        + &item(3, "post", "Dua", "https://lain.example/dua/", "Isi.")
        + &picture;
    let site = "<channel><link>https://www.lama.example</link><wp:base_blog_url>https://lama.example</wp:base_blog_url>";
    desk.write("blog.xml", wxr(&items).replace("<channel>", site));
    let run = desk.meja(&["import", "wordpress", "blog.xml"]);
    let article = desk.read("content/articles/satu.md");
    for part in [
        "aliases:\n  - \"/2020/05/satu/\"\n",
        "[https://youtu.be/abc](<https://youtu.be/abc>)",
        "[Gambar](<https://lama.example/g.jpg>)",
        "Kata foto",
        "what may be a shortcode stands as it was written: `[contact-form-7]`",
    ] {
        assert!(article.contains(part), "{part} is not in\n{article}");
    }
    assert!(!article.contains("\\[embed") && !article.contains("\\[caption"), "{article}");
    assert!(!desk.read("content/articles/dua.md").contains("aliases"), "another site's address");
    for part in [
        "2 imported, ready to appear",
        "1 imported as pages",
        "the name … was taken; it stands at … (such as `tentang`)",
    ] {
        assert!(run.stdout.contains(part), "{part} is not in\n{}", run.stdout);
    }
    assert!(
        run.stderr.contains("the export is of lama.example, this desk is desk.example"),
        "{}",
        run.stderr
    );
    let (_, second) = import(&desk, &["wordpress", "blog.xml"]);
    assert_eq!((count(&second, "unchanged"), count(&second, "updated")), (3, 0), "{second}");
    let run = desk.meja(&["build", "--now", "2026-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}
