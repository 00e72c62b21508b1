//! The preview in a real Chromium: what an editor sees without touching the browser.

mod axe;
mod driver;
mod hostile;
mod reading;
mod search;
mod static_site;

use serde_json::json;

use crate::desk::{Desk, repository};
use crate::serve::server::Server;
use crate::serve::small;
use driver::Browser;

const RIVER: &str = "content/articles/2026/river.md";

/// The words of the overlay, or nothing while it is hidden.
const OVERLAY: &str = "const box = document.querySelector('#meja-preview').shadowRoot.querySelector('.overlay'); \
                       return box.hidden ? '' : box.innerText";

const BAR: &str = "return document.querySelector('#meja-preview').shadowRoot.querySelector('.bar').innerText";

fn serve() -> (Desk, Server) {
    let desk = small::desk();
    let server = Server::start(desk.root());
    (desk, server)
}

fn at(server: &Server, path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", server.port)
}

/// An article that is many screens long.
fn long(words: &str) -> String {
    small::RIVER.replace("They say", words) + &"\nThe river goes on and on.\n".repeat(300)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_on_the_disk_is_seen_in_the_browser() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    for words in ["Everyone says", "Nobody says"] {
        desk.write(RIVER, small::RIVER.replace("They say", words));
        browser.shows(words).await;
    }
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_lies_over_the_page_until_it_is_mended() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.run("window.untouched = true").await;
    desk.write(RIVER, small::RIVER.replace("date: 2026-04-02", "date: some day"));
    let overlay = browser.until(OVERLAY, |text| text.as_str().is_some_and(|text| !text.is_empty())).await;
    let overlay = overlay.as_str().unwrap();
    assert!(overlay.contains(&format!("{RIVER}:3:7")), "{overlay}");
    assert!(overlay.contains("date: some day"), "the line itself: {overlay}");
    let seen = browser
        .run(
            "const box = document.querySelector('#meja-preview').shadowRoot.querySelector('.overlay'); \
             const at = box.getBoundingClientRect(); \
             return box.checkVisibility() && at.height > 40 && at.width > 300 && at.top >= 0",
        )
        .await;
    assert_eq!(seen, true, "the overlay can be seen");
    browser.shows("They say").await;
    desk.write(RIVER, small::RIVER);
    browser.until(OVERLAY, |text| text == "").await;
    assert_eq!(browser.run("return window.untouched").await, true, "the same bytes are no reason to reload");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_are_in_the_bar_and_on_demand_in_the_overview() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.run("window.untouched = true").await;
    let has = |text: &serde_json::Value, words: &str| text.as_str().is_some_and(|text| text.contains(words));
    browser.until(BAR, |text| has(text, "findings here")).await;
    browser
        .run("document.querySelector('#meja-preview').shadowRoot.querySelector('.bar details').open = true")
        .await;
    browser.until(BAR, |text| has(text, "warning[no-archive]") && has(text, RIVER)).await;
    // A good form is silent, and the page need not be loaded again for that: its bytes are the same.
    let excepted = "\nallow: {no-archive: a, few-sources: b, no-primary-source: c, no-claimant: d}\nclaims:";
    desk.write(RIVER, small::RIVER.replace("\nclaims:", excepted));
    browser.until(BAR, |text| has(text, "river.md") && !has(text, "finding")).await;
    assert_eq!(browser.run("return window.untouched").await, true);

    browser.open(&at(&server, "/_meja/")).await;
    let list = "return document.querySelector('#checks').innerText";
    assert!(!has(&browser.run(list).await, "findings"), "nothing is looked for unasked");
    browser.run("document.querySelector('#checks').open = true").await;
    let all = browser.until(list, |text| has(text, "findings.")).await;
    assert!(has(&all, "content/articles/2026/tower.md:") && has(&all, "help: "), "{all}");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_stays_where_the_reader_was() {
    let (desk, server) = serve();
    desk.write(RIVER, long("They say"));
    server.shows("/articles/river/", "on and on");
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.run("window.scrollTo({ top: 4321, behavior: 'instant' })").await;
    desk.write(RIVER, long("Everyone says"));
    browser.shows("Everyone says").await;
    browser.until("return document.readyState + Math.round(scrollY)", |at| at == "complete4321").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_sheet_is_taken_without_a_reload() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.run("window.untouched = true").await;
    browser.until(BAR, |text| text.as_str().is_some_and(|text| text.contains("river.md"))).await;
    let colour = "return getComputedStyle(document.body).backgroundColor";
    for (name, shown) in [("teal", "rgb(0, 128, 128)"), ("navy", "rgb(0, 0, 128)")] {
        desk.write("static/assets/style.css", format!("body {{ background: {name} }}\n"));
        browser.until(colour, |now| now == shown).await;
    }
    assert_eq!(browser.run("return window.untouched").await, true);
    browser
        .until(
            "return document.querySelectorAll('link[rel=stylesheet][href*=\"/assets/style.\"]').length",
            |n| *n == 1,
        )
        .await;
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_comes_back_with_the_server() {
    let (desk, mut server) = serve();
    let port = server.port.to_string();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.until(BAR, |text| text.as_str().is_some_and(|text| text.contains("river.md"))).await;
    browser.run("window.untouched = true").await;
    server.stop();
    // What changed meanwhile is seen at once when it is back,
    desk.write(RIVER, small::RIVER.replace("They say", "Meanwhile they said"));
    let server = Server::with(desk.root(), &["--port", &port]);
    assert_eq!(server.port.to_string(), port);
    browser.shows("Meanwhile they said").await;
    // and what changes later as ever.
    desk.write(RIVER, small::RIVER.replace("They say", "Later they said"));
    browser.shows("Later they said").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_pages_that_changed_reload() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    browser.run("window.untouched = true").await;
    let first = browser.client.window().await.expect("a window");
    let second = browser.client.new_window(false).await.expect("a second window");
    browser.client.switch_to_window(second.handle).await.expect("the second window");
    browser.open(&at(&server, "/about/")).await;
    browser.run("window.untouched = true").await;
    browser.client.switch_to_window(first.clone()).await.expect("the first window");
    desk.write(RIVER, small::RIVER.replace("They say", "Everyone says"));
    browser.shows("Everyone says").await;
    assert_eq!(browser.run("return window.untouched === undefined").await, true);
    let windows = browser.client.windows().await.expect("windows");
    let second = windows.into_iter().find(|window| *window != first).expect("the second window");
    browser.client.switch_to_window(second).await.expect("the second window");
    browser.until(BAR, |text| text.as_str().is_some_and(|text| text.contains("about.md"))).await;
    assert_eq!(browser.run("return window.untouched").await, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_open_pages_do_not_block_the_next() {
    // A browser keeps at most six connections to a server; each page that follows it takes one.
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/articles/river/")).await;
    for _ in 0..8 {
        let next = browser.client.new_window(true).await.expect("another tab");
        browser.client.switch_to_window(next.handle).await.expect("the tab");
        browser.open(&at(&server, "/articles/river/")).await;
    }
    desk.write(RIVER, small::RIVER.replace("They say", "Everyone says"));
    browser.shows("Everyone says").await;
    // Whoever comes back to a tab finds it as it should be.
    let windows = browser.client.windows().await.expect("windows");
    browser.client.switch_to_window(windows[0].clone()).await.expect("the first tab");
    browser.shows("Everyone says").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_tells_the_file_and_its_status() {
    let (_desk, server) = serve();
    let browser = Browser::start().await;
    for (path, file, status) in [
        ("/articles/bridge/", "content/articles/2026/bridge.md", "draft"),
        ("/articles/later/", "content/articles/2099/later.md", "appears 2099-01-01"),
        ("/articles/tower/", "content/articles/2026/tower.md", "published"),
        ("/claims/tower-is-tall/", "content/articles/2026/tower.md", "published"),
    ] {
        browser.open(&at(&server, path)).await;
        let has =
            |text: &serde_json::Value| text.as_str().is_some_and(|t| t.contains(file) && t.contains(status));
        browser.until(BAR, has).await;
    }
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_lists_what_the_desk_is_working_on() {
    let (desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/_meja/")).await;
    for words in ["A draft about a bridge", "An article of the year 2099", "No warnings.", "No errors."] {
        browser.shows(words).await;
    }
    // It stays as it is while nothing happens, and follows what happens.
    let version = "return document.querySelector('#meja-preview') !== null && window.performance.timeOrigin";
    let loaded = browser.run(version).await;
    desk.write(
        "content/articles/2026/second.md",
        small::DRAFT.replace("about a bridge", "about a second bridge"),
    );
    browser.shows("about a second bridge").await;
    browser.shows("content/articles/2026/second.md").await;
    let again = browser.run(version).await;
    assert_ne!(loaded, again);
    // A claim without words in the text is a warning.
    desk.write(RIVER, small::RIVER.replace("They say the river is endless.", "They say it."));
    browser.shows(&format!("{RIVER}:")).await;
    browser.shows("Latest changes").await;
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_is_not_loaded_again_and_again() {
    let (_desk, server) = serve();
    let browser = Browser::start().await;
    browser.open(&at(&server, "/_meja/")).await;
    browser.run("window.untouched = true; window.events = 0; new EventSource('/_meja/events?path=/_meja/&hash=').addEventListener('bar', () => window.events += 1)").await;
    browser.until("return window.events", |events| *events == 1).await;
    assert_eq!(browser.run("return window.untouched").await, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_fits_a_small_screen() {
    let server = Server::start(repository());
    let browser = Browser::start().await;
    browser.client.set_window_rect(0, 0, 360, 740).await.expect("a small window");
    browser.narrow(360).await;
    for path in
        ["/meja/", "/meja/articles/jumlah-pulau-indonesia/", "/meja/claims/jumlah-pulau-17508/", "/_meja/"]
    {
        browser.open(&at(&server, path)).await;
        browser.until("return document.readyState", |state| state == "complete").await;
        let width = browser.run("return [innerWidth, document.documentElement.scrollWidth]").await;
        assert_eq!(width, json!([360, 360]), "{path}: {}", browser.run(WIDE).await);
    }
    browser.is_content().await;
}

/// The elements that reach over the edge, to name them when there are any.
const WIDE: &str = "return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)\
                    .slice(0, 5).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 60))";

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_leads_to_its_words_in_the_article() {
    let server = Server::start(repository());
    let browser = Browser::start().await;
    browser.open(&at(&server, "/meja/claims/jumlah-pulau-17508/")).await;
    let script = "const link = [...document.querySelectorAll('main a[href*=\"/articles/\"][href*=\"#\"]')][0]; \
                  if (!link) return null; link.click(); return link.getAttribute('href')";
    let href = browser.run(script).await;
    assert!(href.as_str().is_some_and(|href| href.contains('#')), "a link to the place: {href}");
    browser
        .until(
            "const mark = document.querySelector('mark:target'); if (!mark) return false; \
             const at = mark.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight && at.height > 0",
            |seen| *seen == true,
        )
        .await;
    browser.is_content().await;
}
