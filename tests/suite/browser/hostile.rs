//! A desk of hostile words in a real Chromium: every page of it, opened and used, runs nothing but the site's own scripts.
//!
//! Every field of `demo/hostile.rs` has words that would leave a mark if any of them ran, in whatever way, or open a
//! dialog. What the policy of a page had to stop is a mark as well: words must not come so far.

use std::collections::BTreeMap;

use fantoccini::Locator;
use serde_json::{Value, json};

use super::driver::Browser;
use super::{OVERLAY, at, static_site};
use crate::demo;
use crate::desk::Desk;
use crate::serve::server::Server;

/// What would leave a mark.
const HOSTILE: &str = "\"'><script>globalThis.pwned=1</script><img src=x onerror=globalThis.pwned=2><svg onload=alert(3)></svg>\
                       <a href=\"javascript:globalThis.pwned=4\">klik</a>&<!--]]>{{ 7*7 }}</script x>";

/// Set up before anything of a page: what dialogs and stopped scripts leave.
const WATCH: &str = "globalThis.stopped = [];\
    for (const name of ['alert', 'confirm', 'prompt', 'print']) globalThis[name] = () => { globalThis.pwned = name };\
    document.addEventListener('securitypolicyviolation', event => stopped.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))";

/// What was left.
const MARKS: &str = "return [globalThis.pwned ?? null, globalThis.stopped]";

/// Opens, presses and touches everything that can be, without leaving the page.
const USE: &str = "document.addEventListener('submit', event => event.preventDefault(), true);\
    document.querySelectorAll('details').forEach(e => { e.open = true });\
    document.querySelectorAll('button, summary, [popovertarget]').forEach(e => { try { e.click() } catch {} });\
    document.querySelectorAll('body *').forEach(e => {\
        for (const kind of ['mouseover', 'mouseenter', 'focus', 'pointerdown', 'toggle']) e.dispatchEvent(new Event(kind, { bubbles: true }));\
    });\
    for (const link of document.querySelectorAll('a')) if (!/^(https?|mailto|vscode):/.test(link.href)) globalThis.pwned = link.href";

/// A desk with hostile words in every field.
fn desk() -> Desk {
    let desk = demo::hostile::desk(|field| format!("{field} {HOSTILE}"));
    // Cards are pictures; a logo is shown as one, whatever is in it.
    let site = desk.read("site.yaml") + "cards: off\ntheme: {logo: logo.svg}\n";
    desk.write("site.yaml", site);
    desk.write(
        "static/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"top.pwned=5\"><script>top.pwned=6</script></svg>",
    );
    let table = json!({ "claims": format!("Klaim {HOSTILE}"), "search": format!("Cari {HOSTILE}") });
    desk.write("strings/en.yaml", table.to_string());
    let article = desk.read("content/articles/satu.md");
    desk.write(
        "content/articles/satu.md",
        article.replace("authors: [ani,", "aliases: [/lama/satu/]\nauthors: [ani,"),
    );
    desk
}

/// The files that a build of the desk writes, kept for as long as a server needs them.
fn files(desk: &Desk) -> &'static BTreeMap<String, Vec<u8>> {
    let run = desk.meja(&["build", "--now", "2026-11-22"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let out = desk.path("public");
    let below = walkdir::WalkDir::new(&out).into_iter().map(|entry| entry.expect("an entry"));
    let files = below.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path =
            entry.path().strip_prefix(&out).expect("a path inside").to_str().expect("UTF-8").to_owned();
        (path, std::fs::read(entry.path()).expect("a file"))
    });
    Box::leak(Box::new(files.collect()))
}

async fn watched() -> Browser {
    let browser = Browser::start().await;
    browser.on_every_page(WATCH).await;
    browser
}

/// What ran on the page that is open, before and after it was used; nothing if all is well.
async fn marks(browser: &Browser) -> Vec<Value> {
    let mut left = vec![browser.run(MARKS).await];
    browser.run(USE).await;
    // A turn of the page's own clock, so that what was touched can answer.
    let later = "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => done(0)), 20)";
    let _ = browser.client.execute_async(later, Vec::new()).await;
    left.push(browser.run(MARKS).await);
    left.retain(|marks| *marks != json!([null, []]));
    left
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_on_any_built_page() {
    let desk = desk();
    let files = files(&desk);
    let site = static_site::serve_files("/", files).await;
    let browser = watched().await;
    let pages: Vec<&String> = files.keys().filter(|file| file.ends_with(".html")).collect();
    for kind in [
        "index.html",
        "404.html",
        "articles/satu/index.html",
        "articles/dua/index.html",
        "claims/klaim-satu/index.html",
        "claims/klaim-satu/embed/index.html",
        "corrections/index.html",
        "search/index.html",
        "lama/satu/index.html",
        "en/claims/index.html",
    ] {
        assert!(pages.iter().any(|page| *page == kind), "no {kind} among {pages:?}");
    }
    let mut ran = Vec::new();
    for page in pages {
        browser.client.goto(&format!("{site}{page}")).await.expect("an opened page");
        let found = marks(&browser).await;
        ran.extend(found.into_iter().map(|marks| format!("{page}: {marks}")));
    }
    assert!(ran.is_empty(), "{ran:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_while_one_searches() {
    let desk = desk();
    let site = static_site::serve_files("/", files(&desk)).await;
    let browser = watched().await;
    let mut address = url::Url::parse(&format!("{site}search/")).expect("an address");
    address.query_pairs_mut().append_pair("q", &format!("klaim {HOSTILE}")).append_pair("verdict", HOSTILE);
    browser.client.goto(address.as_str()).await.expect("the search page");
    browser
        .until("return document.querySelector('main textarea').value", |text| {
            text.as_str().is_some_and(|text| text.contains("<script>"))
        })
        .await;
    assert_eq!(marks(&browser).await, Vec::<Value>::new());
    // Results whose every word is hostile.
    browser.client.goto(&format!("{site}search/")).await.expect("the search page");
    let field = browser.client.find(Locator::Css("main textarea")).await.expect("the box");
    field.send_keys("klaim <script> klaim").await.expect("typed text");
    browser
        .until(
            "return [...document.querySelectorAll('.hits > .hit')].map(e => e.innerText).join('|')",
            |hits| hits.as_str().is_some_and(|hits| hits.contains("<script>globalThis.pwned=1</script>")),
        )
        .await;
    assert_eq!(marks(&browser).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_in_the_preview() {
    let desk = desk();
    let server = Server::start(desk.root());
    let browser = watched().await;
    for path in [
        "/",
        "/articles/satu/",
        "/claims/klaim-satu/",
        "/claims/klaim-satu/embed/",
        "/search/",
        "/lama/",
        "/_meja/",
        "/_meja/styleguide/",
        "/<script>globalThis.pwned=1<%2fscript>/",
    ] {
        browser.open(&at(&server, path)).await;
        browser.run("for (const e of document.querySelector('#meja-preview').shadowRoot.querySelectorAll('details')) e.open = true").await;
        assert_eq!(marks(&browser).await, Vec::<Value>::new(), "{path}");
    }
    // All findings, each with hostile words.
    browser.open(&at(&server, "/_meja/")).await;
    browser.run("document.querySelector('#checks').open = true").await;
    browser
        .until("return document.querySelector('#checks').innerText", |text| {
            text.as_str().is_some_and(|text| text.contains("<script>"))
        })
        .await;
    assert_eq!(marks(&browser).await, Vec::<Value>::new(), "the findings");
    // A mistake in hostile words, in a file of a hostile name.
    browser.open(&at(&server, "/articles/satu/")).await;
    let name = "content/articles/\"><img src=x onerror=globalThis.pwned=7>.md";
    let word = json!(HOSTILE);
    desk.write(name, format!("---\ntitle: x\ndate: {word}\n{word}: x\nauthors: [ani]\n---\n[x](javascript:globalThis.pwned=8)\n"));
    let has = |text: &Value| {
        text.as_str()
            .is_some_and(|text| text.contains("onerror=globalThis.pwned=7") && text.contains("<script>"))
    };
    browser.until(OVERLAY, has).await;
    assert_eq!(marks(&browser).await, Vec::<Value>::new(), "the overlay");
    browser.open(&at(&server, "/_meja/")).await;
    browser.shows("onerror=globalThis.pwned=7").await;
    assert_eq!(marks(&browser).await, Vec::<Value>::new(), "the errors in the overview");
}

/// Were the words not escaped, or only the policy there to stop them, the tests above would see it.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_run_is_seen() {
    let desk = desk();
    let built = files(&desk);
    let page = String::from_utf8(built["claims/klaim-satu/index.html"].clone()).expect("UTF-8");
    let escaped = "&lt;script&gt;globalThis.pwned=1&lt;/script&gt;";
    let h1 = page.find("<h1").expect("a heading");
    assert!(page[h1..].contains(escaped), "the heading has the words");
    let raw = page[..h1].to_owned() + &page[h1..].replacen(escaped, "<script>globalThis.pwned=1</script>", 1);
    let policy = raw.find("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
    let end = policy + raw[policy..].find('>').expect("its end") + 1;
    let open = raw[..policy].to_owned() + &raw[end..];
    let touched = open
        .replacen("<h1", "<h1 onmouseover=\"globalThis.pwned=9\"", 1)
        .replace("<script>globalThis.pwned=1</script>", "");
    let dialog = touched.replace("onmouseover=\"globalThis.pwned=9\"", "onpointerdown=\"alert(1)\"");
    let mut files = built.clone();
    for (name, text) in
        [("raw.html", &raw), ("open.html", &open), ("touched.html", &touched), ("dialog.html", &dialog)]
    {
        files.insert(name.to_owned(), text.clone().into_bytes());
    }
    let site = static_site::serve_files("/", Box::leak(Box::new(files))).await;
    let browser = watched().await;
    for (name, left) in [
        ("raw.html", "script-src"),
        ("open.html", "[1,"),
        ("touched.html", "[9,"),
        ("dialog.html", "[\"alert\","),
    ] {
        browser.client.goto(&format!("{site}{name}")).await.expect("an opened page");
        let marks = marks(&browser).await;
        assert!(marks.iter().any(|marks| marks.to_string().contains(left)), "{name}: {marks:?}");
    }
    browser.client.goto(&format!("{site}claims/klaim-satu/index.html")).await.expect("an opened page");
    assert_eq!(marks(&browser).await, Vec::<Value>::new(), "the page as it is");
}
