//! Passages and messages of made-up articles, in the site as it is built.

use scraper::{Html, Selector};

use crate::desk::Desk;

const SITE: &str = "\
title: Meja
base_url: https://example.org/meja/
language: id
timezone: Asia/Jakarta
publisher: {name: Meja}
theme: {accent: \"#0b5c6b\"}
ratings: tempo
";

/// An article with claims that stand on these words; more lines for its front matter.
fn article(claims: &[(&str, &str, &str)], more: &str, body: &str) -> String {
    let claims = claims
        .iter()
        .map(|(claim, quote, verdict)| {
            let id = id(quote);
            format!(
                "  - {{id: {id}, claim: {claim}, quote: {quote}, verdict: {verdict}, finding: Temuan., sources: [{{title: S, url: \"https://example.org/s\"}}]}}\n"
            )
        })
        .collect::<Vec<_>>()
        .concat();
    format!(
        "---\ntitle: Judul\ndate: 2025-01-01\nauthors: [Rina]\nsummary: Ringkasan.\n{more}claims:\n{claims}---\n{body}\n"
    )
}

fn id(quote: &str) -> String {
    format!("k-{}", quote.replace(' ', "-"))
}

/// The site with that one article.
fn built(site: &str, article: &str) -> Desk {
    let desk = Desk::with(&[("site.yaml", site), ("content/articles/satu.md", article)]);
    let run = desk.meja(&["build", "--now", "2026-01-15"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    desk
}

fn page(desk: &Desk, path: &str) -> Html {
    Html::parse_document(&desk.read(&format!("public/{path}index.html")))
}

fn all(page: &Html, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    page.select(&selector).map(|element| element.html()).collect()
}

fn text(page: &Html, css: &str) -> String {
    let selector = Selector::parse(css).expect("a selector");
    page.select(&selector).next().map(|element| element.text().collect()).unwrap_or_default()
}

#[test]
fn passages_that_overlap_or_lie_in_links_are_valid() {
    let claims = [
        ("Satu.", "dua tiga empat", "benar"),
        ("Dua.", "tiga empat lima", "keliru"),
        ("Tiga.", "enam tujuh", "sesat"),
        ("Empat.", "judul kecil", "benar"),
        ("Lima.", "isi sel", "benar"),
    ];
    let body = "Satu dua tiga *empat lima* enam, [tautan enam tujuh](https://example.org/a) `x`.\n\n## Sebuah judul kecil\n\n| a |\n|---|\n| isi sel |";
    let body = body.replace("enam, ", "");
    let desk = built(SITE, &article(&claims, "", &body));
    let page = page(&desk, "articles/satu/");
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    for nested in ["label label", "a label", "label button", "a button", "button button"] {
        assert_eq!(all(&page, nested), Vec::<String>::new(), "{nested}");
    }
    // Each passage has its sign and its card, and words to tap unless they are a link's.
    for (number, (claim, quote, _)) in claims.iter().enumerate() {
        let number = number + 1;
        assert_eq!(
            all(&page, &format!("#m-sign-{number}[popovertarget=m-verdict-{number}]")).len(),
            1,
            "{quote}"
        );
        let card = text(&page, &format!("#m-verdict-{number}[popover]"));
        assert!(card.contains(claim) && card.contains("Temuan."), "{card}");
        let words = all(&page, &format!("mark label[for=m-sign-{number}]"));
        assert_eq!(words.is_empty(), *quote == "enam tujuh", "{quote}: {words:?}");
        assert_eq!(all(&page, &format!("mark#claim-{}", id(quote))).len(), 1, "{quote}");
    }
    assert_eq!(all(&page, ".sprite symbol").len(), 3, "a shape for each tone, once");
    assert_eq!(all(&page, "h2 .passage-sign, td .passage-sign").len(), 2);
    // What others read of the article is words.
    for file in ["feed.json", "feed.xml", "claims/feed.xml", "data/claims.json"] {
        assert!(!desk.read(&format!("public/{file}")).contains("passage"), "{file}");
    }
}

#[test]
fn a_withdrawn_article_gives_no_verdict() {
    let more = "status: withdrawn\nwithdrawn: {date: 2025-05-01, reason: Keliru semua.}\n";
    let desk =
        built(SITE, &article(&[("Bumi datar.", "bumi datar", "benar")], more, "Kata orang bumi datar."));
    let page = page(&desk, "articles/satu/");
    assert_eq!(all(&page, ".passage-sign.tone-neutral[data-verdict=Ditarik]").len(), 1);
    assert!(!text(&page, ".passage-card").contains("Temuan."));
    assert_eq!(text(&page, ".passage-card s"), "Benar");
    let claim = self::page(&desk, "claims/k-bumi-datar/");
    let message = text(&claim, ".share .copy-text");
    assert_eq!(
        message,
        "Pemeriksaan klaim ini ditarik pada 1 Mei 2025. Putusannya tidak berlaku lagi.\nKlaim: “Bumi datar.”\n\
         https://example.org/meja/claims/k-bumi-datar/"
    );
    assert_eq!(all(&claim, ".embed-code"), Vec::<String>::new());
    assert!(!text(&self::page(&desk, "claims/k-bumi-datar/embed/"), "main").contains("Benar"));
}

#[test]
fn a_message_is_the_same_text_whatever_is_in_it() {
    let claim = "\"Situs 😀 \\\"bansos-palsu.com/a\\\" & teman #1\\nbaris — {url} مرحبا 100%\"";
    let desk = built(SITE, &article(&[(claim, "kata itu", "keliru")], "", "Ini kata itu."));
    let claim = page(&desk, "claims/k-kata-itu/");
    let message = text(&claim, ".share .copy-text");
    assert_eq!(
        message,
        "Putusan: Keliru\nKlaim: “Situs 😀 \"bansos-palsu[.]com/a\" & teman #1 baris — {url} مرحبا 100%”\n\
         Yang kami temukan: Temuan.\nhttps://example.org/meja/claims/k-kata-itu/"
    );
    let whatsapp = all(
        &claim,
        ".share a[href^='https://wa.me/?text=Putusan%3A%20Keliru%0AKlaim%3A%20%E2%80%9CSitus%20%F0%9F%98%80%20%22bansos']",
    );
    assert_eq!(whatsapp.len(), 1);
    // An article with one claim says the same, and leads to itself.
    let article = text(&page(&desk, "articles/satu/"), ".share .copy-text");
    assert_eq!(article, message.replace("claims/k-kata-itu/", "articles/satu/"));
}

#[test]
fn an_article_says_how_its_claims_came_out() {
    let claims = [("A satu.", "satu", "keliru"), ("B dua.", "dua", "benar")];
    let message = |claims: &[(&str, &str, &str)], more: &str| {
        let desk = built(SITE, &article(claims, more, "Satu kata satu dua tiga empat."));
        text(&page(&desk, "articles/satu/"), ".share .copy-text")
    };
    let url = "https://example.org/meja/articles/satu/";
    let body = [claims[0], claims[1]]
        .map(|(claim, quote, verdict)| (claim, if quote == "satu" { "kata satu" } else { quote }, verdict));
    assert_eq!(
        message(&body, ""),
        format!("Putusan: Keliru\nKlaim: “A satu.”\n\nPutusan: Benar\nKlaim: “B dua.”\n\nRingkasan.\n{url}")
    );
    let many = [body[0], body[1], ("C.", "tiga", "keliru"), ("D.", "empat", "sesat")];
    assert_eq!(message(&many, ""), format!("Putusan: Benar (1), Sesat (1), Keliru (2)\nRingkasan.\n{url}"));
}

#[test]
fn the_accent_colour_ends_the_style_sheet() {
    let article = article(&[("A.", "kata", "benar")], "", "Sebuah kata.");
    let desk = built(SITE, &article);
    let sheet = |desk: &Desk| {
        let page = page(desk, "");
        assert_eq!(all(&page, "style"), Vec::<String>::new());
        let link = all(&page, "link[rel=stylesheet]").concat();
        let (_, name) = link.split_once("/meja/assets/").expect("a style sheet");
        name.split('"').next().unwrap_or_default().to_owned()
    };
    let name = sheet(&desk);
    assert!(desk.read(&format!("public/assets/{name}")).ends_with("\n:root { --accent: #0b5c6b }\n"));
    // Also a style sheet of the site's own; another colour is another file.
    desk.write("static/assets/style.css", "a { color: var(--accent) }");
    desk.write("site.yaml", SITE.replace("#0b5c6b", "#123456"));
    assert_eq!(desk.meja(&["build"]).code, 0);
    let own = sheet(&desk);
    assert_ne!(own, name);
    let rules = desk.read(&format!("public/assets/{own}"));
    assert_eq!(rules, "a { color: var(--accent) }\n:root { --accent: #123456 }\n");
}
