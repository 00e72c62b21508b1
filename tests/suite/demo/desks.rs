//! Other desks than the demo: an empty one, a bare one in a script from right to left, one shown with
//! drafts and what is still to come.

use super::built::Built;
use super::{TODAY, wants_none};
use crate::desk::{Desk, repository};

/// What must hold whatever a desk publishes.
fn broken(built: &Built) -> Vec<String> {
    let mut violations = super::html::malformed(built);
    violations.extend(super::html::bad_breadcrumbs(built));
    violations.extend(super::links::broken_links(built));
    violations.extend(super::links::sitemap_differences(built));
    violations.extend(super::links::unreachable(built));
    violations.extend(super::feeds::bad_service_files(built));
    violations
}

#[test]
fn an_empty_desk_is_a_whole_site() {
    let site = "title: Kosong\nbase_url: https://kosong.example/\nlanguage: en\npublisher: {name: Kosong}\nmenu: [{url: /claims/}]\n";
    let desk = Desk::with(&[("site.yaml", site)]);
    std::fs::create_dir_all(desk.path("content")).expect("a folder");
    let built = Built::of_desk(desk.root(), "https://kosong.example/", TODAY);
    assert!(built.files.contains_key("claims/index.html"));
    wants_none(&broken(&built));
}

#[test]
fn a_bare_desk_from_right_to_left_is_a_whole_site() {
    let site = "title: مكتب\nbase_url: https://maktab.example/\nlanguage: ar\npublisher: {name: مكتب}\nfeeds: false\nsearch: false\ncards: false\n";
    let article = "---\ntitle: خبر\ndate: 2024-01-01\nauthors: [كاتب]\ntopics: [صحة]\nclaims:\n  - id: dawa\n    claim: الدواء يشفي.\n    \
         quote: الدواء يشفي\n    claimant: هيئة الأرصاد\n    verdict: \"false\"\n    finding: لا.\n    sources: [{title: مصدر, url: \"https://مثال.إختبار/أ?ب=ج\"}]\n---\n\
         قيل إن الدواء يشفي الجميع.\n";
    let desk = Desk::with(&[("site.yaml", site), ("content/articles/khabar.md", article)]);
    let built = Built::of_desk(desk.root(), "https://maktab.example/x/", TODAY);
    let page = built.page("claims/dawa/index.html").expect("the claim's page");
    assert_eq!((page.lang(), page.attributes("html", "dir")), ("ar".to_owned(), vec!["rtl".to_owned()]));
    assert!(!built.files.keys().any(|file| file.contains("feed")), "feeds are off");
    wants_none(&broken(&built));
}

#[test]
fn what_is_not_yet_out_is_shown_but_not_indexed() {
    let built = Built::of_desk_with(repository(), super::BASE, TODAY, &["--drafts", "--future"]);
    for slug in ["kelelawar-buta", "contoh-embargo"] {
        let page = built.page(&format!("articles/{slug}/index.html")).expect("the article");
        assert!(page.is_noindex(), "{slug}");
    }
    wants_none(&broken(&built));
}
