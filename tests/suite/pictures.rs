//! Pictures as they are published: without what they tell, in several sizes, and never what
//! circulated without the verdict across it.

use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage};

use crate::desk::{Desk, Run};

const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
languages: [id, en]
timezone: Asia/Jakarta
publisher: {name: Meja Uji}
cards: off
";

/// A photograph without any flat part, so that no two runs of its bytes are alike by chance.
fn photo(width: u32, height: u32) -> DynamicImage {
    let wave = |value: u32, of: u32| u8::try_from((value * of + value * value / 97) % 251).unwrap_or(0);
    RgbImage::from_fn(width, height, |x, y| image::Rgb([wave(x, 3), wave(y, 5), wave(x + y, 2)])).into()
}

fn saved(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a saved picture");
    bytes.into_inner()
}

/// A JPEG as a telephone makes it: on its side, with the place where it was taken.
fn from_telephone(width: u32, height: u32) -> Vec<u8> {
    let plain = saved(&photo(width, height), ImageFormat::Jpeg);
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 6.2S 106.8E";
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat()
}

fn article(rest: &str, verdict: &str) -> String {
    format!(
        "---\ntitle: Judul\ndate: 2025-01-01\nauthors: [Rina]\n{rest}claims:\n  - id: banjir\n    claim: Banjir.\n    \
         verdict: {verdict}\n    finding: Temuan.\n    media: {{type: video, file: beredar.jpg, alt: Sebuah jalan yang tergenang.}}\n    \
         sources: [{{title: Sumber, url: \"https://example.org/a\"}}]\n---\nIsi.\n"
    )
}

fn build(desk: &Desk) -> Run {
    desk.meja(&["build", "--now", "2026-01-15"])
}

fn size_of(path: &Path) -> (u32, u32) {
    image::ImageReader::open(path)
        .expect("a file")
        .with_guessed_format()
        .expect("a kind")
        .into_dimensions()
        .expect("a size")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// Every file of the built site.
fn published(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    walkdir::WalkDir::new(desk.path("public"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().display().to_string(), std::fs::read(entry.path()).expect("a file")))
        .collect()
}

#[test]
fn what_circulated_is_shown_only_with_the_verdict_across_it() {
    let circulated = from_telephone(1500, 1000);
    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", &article("", "\"false\""))]);
    desk.write("content/articles/beredar.jpg", &circulated);
    let run = build(&desk);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = desk.read("public/claims/banjir/index.html");
    let shown = scraper::Html::parse_document(&page);
    let one = |selector: &str| {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        shown.select(&selector).next().unwrap_or_else(|| panic!("{page}")).value().clone()
    };
    let picture = one(".circulated img");
    assert_eq!(picture.attr("src"), Some("/claims/banjir/circulated.jpg"));
    assert_eq!(
        one(".circulated source").attr("srcset"),
        Some("/claims/banjir/circulated.small.webp 680w, /claims/banjir/circulated.webp 1000w")
    );
    assert_eq!(size_of(&desk.path("public/claims/banjir/circulated.small.webp")), (680, 1020));
    let alt = picture.attr("alt").unwrap_or_default();
    assert!(alt.contains("Salah") && alt.contains("Sebuah jalan yang tergenang."), "{alt}");
    assert!(page.contains("Rekamannya tidak kami tayangkan ulang"), "{page}");
    for name in ["circulated.jpg", "circulated.webp"] {
        let size = size_of(&desk.path(&format!("public/claims/banjir/{name}")));
        assert_eq!(size, (1000, 1500), "it lay on its side");
        let stated = (picture.attr("width"), picture.attr("height"));
        assert_eq!(stated, (Some("1000"), Some("1500")));
    }
    let files = published(&desk);
    for (path, bytes) in &files {
        assert!(
            !path.contains("beredar") && !holds(bytes, b"beredar.jpg") && !holds(bytes, b"GPS"),
            "{path}"
        );
        for part in circulated[1000..].chunks(64).step_by(50) {
            assert!(!holds(bytes, part), "{path} holds a part of it");
        }
    }
    let first = std::fs::read(desk.path("public/claims/banjir/circulated.jpg")).expect("a file");
    desk.write("content/articles/a.md", article("", "\"true\""));
    assert_eq!(build(&desk).code, 0);
    let second = std::fs::read(desk.path("public/claims/banjir/circulated.jpg")).expect("a file");
    assert_ne!(first, second, "another verdict is another mark");
    let withdrawn = "status: withdrawn\nwithdrawn: {date: 2025-02-01, reason: Keliru.}\n";
    desk.write("content/articles/a.md", article(withdrawn, "\"true\""));
    let run = build(&desk);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!desk.exists("public/claims/banjir/circulated.jpg"), "nobody stands by that verdict");
    let page = desk.read("public/claims/banjir/index.html");
    assert!(!page.contains("circulated.") && page.contains("tidak kami tayangkan ulang"), "{page}");
}

#[test]
fn pictures_tell_nothing_and_come_in_several_sizes() {
    let evidence = from_telephone(400, 300);
    let text = "---\ntitle: Judul\ndate: 2025-01-01\nauthors: [Rina]\nimage: {file: foto.jpg, alt: Foto}\nclaims:\n  - id: x\n    \
         claim: Klaim.\n    verdict: \"false\"\n    finding: Temuan.\n    sources: [{title: Sumber, file: bukti.jpg}]\n---\n\
         ![Bagan & tabel](bagan.png \"Judul <b>\")\n\nKata ![kecil](kecil.png) ![gerak](gerak.gif)\n";
    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", text)]);
    desk.write("content/articles/foto.jpg", from_telephone(1200, 2400));
    desk.write("content/articles/bukti.jpg", &evidence);
    desk.write("content/articles/bagan.png", saved(&photo(600, 300), ImageFormat::Png));
    desk.write("content/articles/kecil.png", saved(&photo(40, 30), ImageFormat::Png));
    desk.write("content/articles/gerak.gif", saved(&photo(300, 30), ImageFormat::Gif));
    let run = build(&desk);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = desk.read("public/articles/a/index.html");
    let shown = scraper::Html::parse_document(&page);
    let mut seen = Vec::new();
    for source in shown.select(&scraper::Selector::parse("source[type='image/webp']").expect("a selector")) {
        let sizes = source.value().attr("sizes").unwrap_or_default();
        assert!(sizes.contains("vw"), "{page}");
        for copy in source.value().attr("srcset").unwrap_or_default().split(", ") {
            let (address, width) = copy.split_once(' ').expect("an address and a width");
            let (real, _) = size_of(&desk.path(&format!("public{address}")));
            assert_eq!(width, format!("{real}w"));
            seen.push((address.rsplit('/').next().unwrap_or_default().to_owned(), real));
        }
    }
    let seen: Vec<(&str, u32)> = seen.iter().map(|(name, width)| (name.as_str(), *width)).collect();
    assert_eq!(
        seen,
        [
            ("foto.jpg.480w.webp", 480),
            ("foto.jpg.960w.webp", 960),
            ("foto.jpg.1600w.webp", 1600),
            ("bagan.png.480w.webp", 480),
            ("bagan.png.600w.webp", 600),
        ]
    );
    assert!(page.contains("width=\"2400\" height=\"1200\""), "the telephone lay on its side: {page}");
    assert!(
        page.contains("alt=\"Bagan &amp; tabel\"") && page.contains("<figcaption>Judul &lt;b&gt;"),
        "{page}"
    );
    let foto = std::fs::read(desk.path("public/files/articles/foto.jpg")).expect("a file");
    assert!(!holds(&foto, b"GPS") && foto.len() > 10_000);
    let bukti = std::fs::read(desk.path("public/files/articles/bukti.jpg")).expect("a file");
    assert_eq!(bukti, evidence, "its SHA-256 is stated");
}

#[test]
fn what_cannot_be_opened_is_published_as_it_is_or_said() {
    let text = "---\ntitle: Judul\ndate: 2025-01-01\nauthors: [Rina]\nimage: {file: besar.png, alt: Foto}\nclaims: []\n---\nIsi.\n";
    let desk = Desk::with(&[("site.yaml", SITE), ("content/articles/a.md", text)]);
    // A head that promises four thousand million points.
    let mut huge = saved(&photo(8, 8), ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    desk.write("content/articles/besar.png", &huge);
    let run = build(&desk);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(std::fs::read(desk.path("public/files/articles/besar.png")).expect("a file"), huge);
    assert!(!desk.read("public/articles/a/index.html").contains("srcset"));

    let mut damaged = saved(&photo(300, 300), ImageFormat::Png);
    damaged.truncate(200);
    desk.write("content/articles/besar.png", &damaged);
    let run = build(&desk);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("bad-image") && run.stderr.contains("content/articles/besar.png"),
        "{}",
        run.stderr
    );
}
