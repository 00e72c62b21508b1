//! What can be found by machine of what keeps readers from a page: axe-core on pages that have
//! between them every element and class of the built demo, on the preview's own pages, and what a
//! keyboard and a narrow screen need.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::driver::Browser;
use super::{OVERLAY, at, serve, static_site};
use crate::demo::{self, wants_all, wants_none};
use crate::desk::repository;
use crate::serve::server::Server;
use crate::serve::small;

/// The rules that hold: those of WCAG 2.2 up to level AA, and axe-core's own advice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Pages are looked at in each of these sizes and schemes.
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 900)];
const SCHEMES: [&str; 2] = ["light", "dark"];

/// 1280 pixels at 400 % zoom, and the smallest telephone.
const NARROWEST: u32 = 320;

/// Runs axe and tells each violation in a line.
const RUN: &str = "
    const [rules, done] = arguments;
    axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll(/\\s+/g, ' ')}`))),
        (error) => done(['axe failed: ' + error]),
    );";

/// The elements that reach over the edge, if the page can be scrolled sideways.
const TOO_WIDE: &str = "
    if (document.scrollingElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
    return [document.scrollingElement.scrollWidth + ' pixels wide', ...wide.slice(0, 4).map((e) => e.tagName + '.' + e.className)];";

/// Gives each element the focus that can have it, and names those where it cannot be seen.
const UNSEEN_FOCUS: &str = "
    const able = 'a[href], button, summary, input, select, textarea, iframe, [tabindex]:not([tabindex=\"-1\"])';
    return [...document.querySelectorAll(able)].filter((element) => {
        if (!element.checkVisibility() || element.tabIndex < 0 || element.disabled) return false;
        element.focus();
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        return document.activeElement !== element || !drawn || box.width < 1 || box.height < 1;
    }).map((element) => 'the focus cannot be seen on ' + element.outerHTML.slice(0, 120));";

async fn with_axe() -> Browser {
    let script = repository().join("tests/npm/node_modules/axe-core/axe.min.js");
    let script = std::fs::read_to_string(script)
        .expect("this test needs axe-core; run `./test`, which installs it with npm");
    let browser = Browser::start().await;
    browser.on_every_page(&script).await;
    browser
}

/// What is wrong with the page that is open, in every size and scheme.
async fn violations(browser: &Browser, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (width, height) in SIZES {
        browser.sized(width, height).await;
        for scheme in SCHEMES {
            browser.scheme(scheme).await;
            let said = browser.client.execute_async(RUN, vec![json!(RULES)]).await.expect("an answer of axe");
            found.extend(lines(&said).map(|line| format!("{name} ({width}, {scheme}): {line}")));
        }
    }
    browser.sized(NARROWEST, 256).await;
    for script in [TOO_WIDE, UNSEEN_FOCUS] {
        let said = browser.run(script).await;
        found.extend(lines(&said).map(|line| format!("{name} ({NARROWEST}): {line}")));
    }
    found
}

fn lines(said: &Value) -> impl Iterator<Item = &str> {
    said.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Pages that have between them all that stands on any page of the demo: for each element, class
/// and kind of link the first page with it. Redirects are left at once and are none of them.
fn pages() -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    let (_, files) = demo::files();
    let is_page = |file: &&String| file.ends_with(".html");
    // Rich pages first, so that few are enough.
    let mut parts: Vec<(BTreeSet<String>, &String)> = files
        .keys()
        .filter(is_page)
        .map(|file| (parts_of(&String::from_utf8_lossy(&files[file])), file))
        .filter(|(parts, _)| !parts.contains("page-redirect"))
        .collect();
    parts.sort_by_key(|(parts, file)| (std::cmp::Reverse(parts.len()), *file));
    for (parts, file) in parts {
        if !parts.is_subset(&seen) {
            seen.extend(parts);
            pages.push(file.as_str());
        }
    }
    pages
}

/// The names of the elements, classes and sections of a page, and its language.
fn parts_of(html: &str) -> BTreeSet<String> {
    let document = scraper::Html::parse_document(html);
    let elements = document.tree.values().filter_map(|node| node.as_element());
    elements
        .flat_map(|element| {
            let lang = element.attr("lang").filter(|_| element.name() == "html");
            // The theme's own ids name the sections; one of many carries a number.
            let id =
                element.id().filter(|id| id.starts_with("m-") && !id.ends_with(|c: char| c.is_ascii_digit()));
            element
                .classes()
                .chain([element.name()])
                .chain(lang)
                .chain(id)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_page_can_be_read_by_everybody() {
    let site = static_site::serve().await;
    let browser = with_axe().await;
    let mut found = Vec::new();
    let pages = pages();
    for file in pages {
        browser.client.goto(&format!("{site}{file}")).await.expect("an opened page");
        found.extend(violations(&browser, file).await);
    }
    wants_none(&found);
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_can_be_used_by_everybody() {
    let site = static_site::serve().await;
    let browser = with_axe().await;
    let mut found = Vec::new();
    let hits = "return document.querySelectorAll('.hits > .hit').length";
    for (query, least) in
        [("?q=gempa", 3), ("?q=gempa&verdict=keliru", 2), ("?q=qwxz+vbnm", 0), ("?q=gempa&year=1999", 0)]
    {
        browser.client.goto(&format!("{site}search/{query}")).await.expect("the search page");
        browser.until(hits, |count| count.as_u64() >= Some(least)).await;
        browser
            .until("return document.querySelector('[data-when~=start]').hidden", |asked| *asked == true)
            .await;
        found.extend(violations(&browser, query).await);
    }
    // With the keys at a result.
    browser.client.goto(&format!("{site}search/?q=gempa")).await.expect("the search page");
    browser.until(hits, |count| count.as_u64() > Some(2)).await;
    let down = "document.querySelector('main textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' })); \
                return document.querySelectorAll('[aria-selected=true]').length";
    assert_eq!(browser.run(down).await, 1);
    found.extend(violations(&browser, "a chosen result").await);
    wants_none(&found);
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_preview_can_be_read_by_everybody() {
    let (desk, server) = serve();
    let browser = with_axe().await;
    let mut found = Vec::new();
    for path in ["/_meja/", "/_meja/styleguide/", "/articles/bridge/"] {
        browser.open(&at(&server, path)).await;
        found.extend(violations(&browser, path).await);
    }
    desk.write("content/articles/2026/river.md", small::RIVER.replace("date: 2026-04-02", "date: some day"));
    browser.until(OVERLAY, |text| text.as_str().is_some_and(|text| text.contains("some day"))).await;
    found.extend(violations(&browser, "the overlay").await);
    browser.open(&at(&server, "/_meja/")).await;
    found.extend(violations(&browser, "the overview with errors").await);
    wants_none(&found);
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_style_guide_of_the_demo_can_be_read_by_everybody() {
    let server = Server::start(repository());
    let browser = with_axe().await;
    browser.open(&at(&server, "/_meja/styleguide/")).await;
    wants_none(&violations(&browser, "the style guide").await);
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found() {
    let site = static_site::serve().await;
    let browser = with_axe().await;
    browser.client.goto(&site).await.expect("the home page");
    let spoil = "document.documentElement.removeAttribute('lang'); const link = document.querySelector('main .card-title a'); \
                 link.style.cssText = 'outline: none; display: inline-block; width: 400px; color: #999; background: #fff'";
    browser.run(spoil).await;
    let found = violations(&browser, "home").await;
    let parts =
        ["html-has-lang", "color-contrast", "(320): 4", "the focus cannot be seen on <a", "(1280, dark)"];
    wants_all(&found, &parts);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyboard_gets_to_the_text_in_one_step() {
    let site = static_site::serve().await;
    let browser = Browser::start().await;
    browser.client.goto(&site).await.expect("the home page");
    let tab = |key: char| {
        let client = browser.client.clone();
        async move { client.active_element().await.expect("an element").send_keys(&key.to_string()).await }
    };
    tab('\u{e004}').await.expect("the tabulator");
    let skip = "const link = document.activeElement; const box = link.getBoundingClientRect(); \
                return link.matches('.skip') && box.top >= 0 && box.height > 20";
    assert_eq!(browser.run(skip).await, true, "the first stop leads to the text, and is seen");
    tab('\u{e007}').await.expect("the enter key");
    browser.until("return document.activeElement.tagName", |name| name == "MAIN").await;
}
