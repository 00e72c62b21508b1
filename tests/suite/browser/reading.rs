//! A reader's pages in a real Chromium: what opens beside passages, what is copied, what the policy
//! of each page lets through.

use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::driver::Browser;
use super::{RIVER, at, serve};
use crate::desk::{Desk, repository};
use crate::serve::server::Server;
use crate::serve::small;

/// The words of the cards that are open.
const OPEN: &str = "return [...document.querySelectorAll('.passage-card:popover-open')].map(card => card.innerText).join('|')";
const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";

/// An article about a river, whose passage has a link in it.
fn river() -> (Desk, Server) {
    let (desk, server) = serve();
    let text = small::RIVER
        .replace("They say the river is endless.", "They say the [river](tower.md) is *endless*.");
    desk.write(RIVER, text);
    server.shows("/articles/river/", "<em>");
    (desk, server)
}

/// The first such element, in the middle of the window: the page scrolls smoothly, and the preview's
/// bar lies over its end.
async fn find(browser: &Browser, css: &str) -> Element {
    let scroll =
        format!("document.querySelector('{css}').scrollIntoView({{ block: 'center', behavior: 'instant' }})");
    browser.run(&scroll).await;
    browser.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
}

async fn click(browser: &Browser, css: &str) {
    find(browser, css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
}

async fn press(browser: &Browser, key: &str) {
    let focused = browser.client.active_element().await.expect("an element with the focus");
    focused.send_keys(key).await.expect("a pressed key");
}

async fn is_open(browser: &Browser) {
    let card = browser.until(OPEN, |open| open != "").await;
    let card = card.as_str().unwrap_or_default();
    for words in ["The river is endless.", "It ends in the sea."] {
        assert!(card.contains(words), "{card}");
    }
}

async fn is_closed(browser: &Browser) {
    browser.until(OPEN, |open| open == "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passage_opens_its_verdict_without_script() {
    let (_desk, server) = river();
    let browser = Browser::start().await;
    browser.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.client.goto(&at(&server, "/articles/river/")).await.expect("the article");
    assert_eq!(
        browser.run("return document.querySelector('#meja-preview')").await,
        Value::Null,
        "no script ran"
    );
    is_closed(&browser).await;
    for place in [".passage-sign", "em mark.passage label"] {
        click(&browser, place).await;
        is_open(&browser).await;
        press(&browser, ESCAPE).await;
        is_closed(&browser).await;
    }
    // From the keyboard: onto the sign, into the card, and out again.
    press(&browser, ENTER).await;
    is_open(&browser).await;
    click(&browser, ".passage-card .passage-close").await;
    is_closed(&browser).await;
    // Words of a link are the link's.
    click(&browser, "a mark.passage").await;
    browser.until("return location.pathname", |path| path == "/articles/tower/").await;
    // What only a script can do is not offered; the message can be read and selected.
    browser.client.goto(&at(&server, "/claims/river-is-long/")).await.expect("the claim");
    assert_eq!(browser.run("return document.querySelector('.share button').checkVisibility()").await, false);
    click(&browser, ".share summary").await;
    browser
        .until("return document.querySelector('.share .copy-text').checkVisibility()", |seen| *seen == true)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passage_says_its_verdict_to_the_pointer_and_to_the_focus() {
    let (_desk, server) = river();
    let browser = Browser::start().await;
    browser.client.set_window_rect(0, 0, 1400, 900).await.expect("a wide window");
    browser.open(&at(&server, "/articles/river/")).await;
    let said = "return getComputedStyle(document.querySelector('.passage-sign'), '::after').content";
    let verdict =
        |said: &Value| said.as_str().is_some_and(|said| said.contains("False") || said.contains("Keliru"));
    browser.until(said, |said| *said == "none").await;
    let words = find(&browser, "em mark.passage label").await;
    let onto = PointerAction::MoveToElement { element: words, duration: None, x: 0., y: 0. };
    let hover = MouseActions::new("mouse".to_owned()).then(onto);
    browser.client.perform_actions(hover).await.expect("a moved pointer");
    browser.until(said, verdict).await;
    // Escape takes it away, until the pointer comes again.
    press(&browser, ESCAPE).await;
    browser.until(said, |said| *said == "none").await;
    browser.run("document.querySelector('.passage-sign').focus({ focusVisible: true })").await;
    let away = PointerAction::MoveTo { duration: None, x: 2., y: 2. };
    browser
        .client
        .perform_actions(MouseActions::new("mouse".to_owned()).then(away))
        .await
        .expect("a moved pointer");
    browser.until(said, verdict).await;
    // The sign is large enough for a finger (WCAG 2.2, 2.5.8), and its name says what it opens.
    let sign = browser.run("const sign = document.querySelector('.passage-sign'), box = sign.getBoundingClientRect(); \
                            return [box.width >= 24, box.height >= 24, sign.ariaLabel.includes('The river is endless.')]").await;
    assert_eq!(sign, json!([true, true, true]));
    // A link to the passage still leads to its words.
    browser.open(&at(&server, "/articles/river/#claim-river-is-long")).await;
    browser
        .until("return document.querySelector('mark:target')?.textContent", |words| *words == "the ")
        .await;
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_copies_the_message() {
    let (_desk, server) = river();
    let browser = Browser::start().await;
    let read = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    browser.tell("Browser.grantPermissions", read).await;
    browser.open(&at(&server, "/claims/river-is-long/")).await;
    let said = "return document.querySelector('.share [role=status]').textContent";
    browser
        .until("return document.querySelector('.share button').checkVisibility()", |seen| *seen == true)
        .await;
    assert_eq!(browser.run(said).await, "");
    click(&browser, ".share [data-do=copy]").await;
    browser.until(said, |said| *said == "Copied").await;
    let copied = browser.run("return navigator.clipboard.readText()").await;
    let copied = copied.as_str().unwrap_or_default();
    assert!(copied.starts_with("Verdict: "), "{copied}");
    assert!(
        copied.contains("\nClaim: “The river is endless.”\nWhat we found: It ends in the sea.\n"),
        "{copied}"
    );
    assert!(copied.ends_with("\nhttps://small.example/claims/river-is-long/"), "{copied}");
    click(&browser, ".embed-code [data-do=copy]").await;
    let frame = |code: &Value| {
        code.as_str().is_some_and(|code| code.starts_with("<iframe src=\"https://small.example/"))
    };
    browser.until("return navigator.clipboard.readText()", frame).await;
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_accent_colour_is_taken_without_a_reload() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.until(super::BAR, |text| text.as_str().is_some_and(|text| text.contains("river.md"))).await;
    browser.run("window.untouched = true").await;
    for colour in ["#123456", "#654321"] {
        desk.write("site.yaml", format!("{}theme: {{accent: \"{colour}\"}}\n", small::SITE));
        let accent = "return getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
        browser.until(accent, |now| now == colour).await;
    }
    assert_eq!(browser.run("return window.untouched").await, true);
    browser.is_content().await;
}

/// One page of each kind of the demo.
const KINDS: [&str; 17] = [
    "/meja/",
    "/meja/en/",
    "/meja/articles/",
    "/meja/articles/jumlah-pulau-indonesia/",
    "/meja/claims/",
    "/meja/claims/jumlah-pulau-17508/",
    "/meja/claims/otak-sepuluh-persen/",
    "/meja/claims/jumlah-pulau-17508/embed/",
    "/meja/claims/otak-sepuluh-persen/embed/",
    "/meja/verdicts/",
    "/meja/verdicts/keliru/",
    "/meja/topics/",
    "/meja/claimants/",
    "/meja/authors/",
    "/meja/sources/",
    "/meja/corrections/",
    "/meja/tentang/",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_any_kind_breaks_its_own_policy() {
    let server = Server::start(repository());
    let browser = Browser::start().await;
    let mut paths: Vec<&str> = KINDS.to_vec();
    paths.extend(["/meja/nowhere/", "/_meja/"]);
    for path in paths {
        browser.open(&at(&server, path)).await;
        browser.until("return document.readyState", |state| state == "complete").await;
        // The bar of counts is to be drawn in another way.
        let has_bar =
            browser.run("return document.querySelector('.counts .bar > i[style]') !== null").await == true;
        let broken: Vec<String> =
            browser.errors().await.into_iter().filter(|error| is_breach(error)).collect();
        assert!(
            broken.is_empty() || has_bar && broken.iter().all(|error| error.contains("style")),
            "{path}: {broken:#?}"
        );
        let strangers = browser
            .run("return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => new URL(name).origin !== location.origin)")
            .await;
        assert_eq!(strangers, json!([]), "{path} asks somebody else");
    }
    // An old address leads on.
    browser.client.goto(&at(&server, "/meja/2024/11/pakta-korut-rusia/")).await.expect("an old address");
    browser.until("return location.pathname", |path| path == "/meja/articles/pakta-korut-rusia/").await;
    assert!(!browser.errors().await.iter().any(|error| is_breach(error)));
    // What breaks it is seen.
    browser.open(&at(&server, "/meja/")).await;
    browser.run("document.body.append(Object.assign(document.createElement('script'), { text: 'window.broken = true' }))").await;
    assert_eq!(browser.run("return window.broken === undefined").await, true);
    assert!(browser.errors().await.iter().any(|error| is_breach(error)), "the console tells of breaches");
}

fn is_breach(error: &str) -> bool {
    error.contains("Content Security Policy")
}
