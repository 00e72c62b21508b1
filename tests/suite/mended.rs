//! Mistakes of the program that were mended, seen from outside.

use crate::desk::Desk;

const SITE: &str = "\
title: Meja
base_url: https://example.org/
language: id
timezone: Asia/Jakarta
publisher: {name: Meja}
";

/// An article with one claim that stands on these words.
fn quoting(quote: &str, body: &str) -> String {
    format!(
        "---\ntitle: Judul\ndate: 2025-01-01\nauthors: [Rina]\nclaims:\n  - id: x\n    claim: Klaim.\n    \
         quote: {quote}\n    verdict: false\n    finding: Temuan.\n    \
         sources: [{{title: Sumber, url: \"https://example.org/a\"}}]\n---\n{body}\n"
    )
}

#[track_caller]
fn page(site: &str, article: &str) -> (String, String) {
    let desk = Desk::with(&[("site.yaml", site), ("content/articles/satu.md", article)]);
    let run = desk.meja(&["build", "--now", "2026-01-15"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    (desk.read("public/articles/satu/index.html"), run.stderr)
}

#[test]
fn a_link_inside_an_attribute_cannot_become_a_script() {
    let body =
        "<div title='\n\nKata bumi itu datar [tautan](claim:x) onmouseover=alert(1) x\n\n<p '>halo</p></div>";
    let (page, said) =
        page(&format!("{SITE}markdown: {{html: sanitize}}\n"), &quoting("bumi itu datar", body));
    let shown = scraper::Html::parse_document(&page);
    for element in shown.tree.nodes().filter_map(|node| node.value().as_element()) {
        assert!(element.attrs().all(|(name, _)| !name.starts_with("on")), "{page}");
    }
    assert!(page.contains("&lt;div title=") && page.contains("<mark id=\"claim-x\""), "{page}");
    assert!(said.contains("raw-html") && said.contains("takes apart"), "{said}");
}

#[test]
fn a_korean_noun_is_marked_before_its_particle() {
    let (page, said) = page(SITE, &quoting("북한군", "어제 북한군이 왔다."));
    assert!(page.contains(">북한군</label></mark>"), "{page}");
    assert_eq!(said, "");
}

#[test]
fn words_that_begin_inside_others_are_marked() {
    let (page, said) = page(SITE, &quoting("la la", "bla la la land"));
    assert!(page.contains(">la la</label></mark>"), "{page}");
    assert_eq!(said, "");
}
