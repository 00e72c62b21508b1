//! The search page in a real Chromium: the built demo below a sub-path, and small desks for what the
//! demo does not have.

use std::io::Write;

use fantoccini::Locator;
use fantoccini::key::Key;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::driver::Browser;
use super::{at, static_site};
use crate::desk::{Desk, repository};
use crate::serve::server::Server;
use crate::serve::small;

/// The words of the results, in order.
const HITS: &str = "return [...document.querySelectorAll('.hits > .hit')].filter(e => e.checkVisibility()).map(e => e.innerText)";

/// What stands after the address of the page.
const QUERY: &str = "return location.search";

/// The text in the box.
const BOX: &str = "return document.querySelector('main textarea').value";

/// What a screen reader was told last.
const SAID: &str = "return document.querySelector('main [role=status]').textContent";

/// The links that carry a text to the desk.
const SENDING: &str = "return [...document.querySelectorAll('main [data-fill]')].filter(e => e.checkVisibility()).map(e => e.href)";

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn first_has(value: &Value, parts: &[&str]) -> bool {
    texts(value).first().is_some_and(|first| parts.iter().all(|part| first.contains(part)))
}

async fn typed(browser: &Browser, text: &str) {
    let field = browser.client.find(Locator::Css("main textarea")).await.expect("the box");
    field.send_keys(text).await.expect("typed text");
}

async fn press(browser: &Browser, key: Key) {
    let at = browser.client.active_element().await.expect("an element");
    at.send_keys(&String::from(char::from(key))).await.expect("a pressed key");
}

/// The search page of the demo, with a question in its address.
async fn demo(query: &str) -> (Browser, String) {
    let site = static_site::serve().await;
    let browser = Browser::start().await;
    let page = format!("{site}search/");
    browser.client.goto(&format!("{page}{query}")).await.expect("the search page");
    (browser, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn results_come_while_one_types() {
    let (browser, page) = demo("").await;
    typed(&browser, "awan tanda gem").await;
    browser.until(HITS, |hits| first_has(hits, &["Keliru", "Awan berbentuk garis"])).await;
    let verdict = "const hit = document.querySelector('.hit'); const badge = hit.querySelector('.badge'); \
                   return [hit.getAttribute('href'), hit.getAttribute('role'), badge.textContent.trim(), hit.textContent.indexOf('Putusan: Keliru') \
                   < hit.textContent.indexOf('Awan'), badge.querySelector('svg.icon') !== null, hit.className.includes('tone-false')]";
    let seen = browser.run(verdict).await;
    let href = "/sub/path/claims/awan-tanda-gempa/";
    assert_eq!(
        seen,
        json!([href, "option", "Putusan: Keliru", true, true, true]),
        "the verdict is said before the claim"
    );
    let marks = browser
        .run("return [...document.querySelectorAll('.hit:first-child mark')].map(e => e.textContent)")
        .await;
    assert!(texts(&marks).contains(&"Awan") && texts(&marks).contains(&"gempa"), "{marks}");
    browser.until(SAID, |said| said.as_str().is_some_and(|said| said.ends_with(" hasil"))).await;
    browser.until(QUERY, |query| query == "?q=awan+tanda+gem").await;
    let asked = browser.run("return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin + '/sub/path/'))").await;
    assert_eq!(asked, json!([]), "nothing is asked of another place");
    let first = browser
        .run("return performance.getEntriesByType('resource').filter(e => e.name.includes('facets')).length")
        .await;
    assert_eq!(first, 0, "what filters need is not loaded before");
    // The browser's own way back leads out of the page at once: typing left no traces.
    browser.client.goto(&page).await.expect("the search page");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_enough() {
    let (browser, _) = demo("").await;
    typed(&browser, "gempa").await;
    browser.until(HITS, |hits| texts(hits).len() > 2).await;
    let active = "const box = document.querySelector('main textarea'); const at = box.getAttribute('aria-activedescendant'); \
                  const chosen = [...document.querySelectorAll('[role=option][aria-selected=true]')].map(e => e.id); \
                  return [at, chosen, document.activeElement === box]";
    let last = browser.run("return document.querySelector('.hits').lastElementChild.id").await;
    for (key, at) in [
        (Key::Down, json!("m-hit-0")),
        (Key::Down, json!("m-hit-1")),
        (Key::Up, json!("m-hit-0")),
        (Key::End, last),
        (Key::Home, json!("m-hit-0")),
    ] {
        press(&browser, key).await;
        assert_eq!(browser.run(active).await, json!([at, [at], true]));
    }
    press(&browser, Key::Escape).await;
    assert_eq!(browser.run(active).await, json!(["", [], true]), "back in the text");
    assert_eq!(browser.run(BOX).await, "gempa");
    press(&browser, Key::Escape).await;
    assert_eq!(browser.run(BOX).await, "", "and the text is gone");
    browser.until(HITS, |hits| texts(hits).is_empty()).await;
    browser.shows("Telusuri yang sudah kami periksa").await;

    typed(&browser, "awan gempa").await;
    browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    press(&browser, Key::Down).await;
    press(&browser, Key::Enter).await;
    browser.until("return location.pathname", |path| path == "/sub/path/claims/awan-tanda-gempa/").await;
    browser.client.back().await.expect("the way back");
    browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    assert_eq!(browser.run(BOX).await, "awan gempa");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_count_what_they_would_leave() {
    let (browser, _) = demo("?q=gempa").await;
    let before = browser.until(HITS, |hits| texts(hits).len() > 2).await;
    browser.run("document.querySelector('.narrow').open = true").await;
    let options = "return [...document.querySelector('[data-filter=verdict]').options].map(o => [o.value, +(o.text.match(/\\((\\d+)\\)/)?.[1] ?? 0)])";
    let offered = browser.until(options, |options| options.as_array().is_some_and(|all| all.len() > 2)).await;
    let sum: u64 = offered.as_array().unwrap().iter().filter_map(|option| option[1].as_u64()).sum();
    let count = "return +document.querySelector('.count').textContent.match(/\\d+/)[0]";
    assert_eq!(browser.run(count).await, sum, "every result has one verdict: {offered}");
    let wrong = offered.as_array().unwrap().iter().find(|option| option[0] == "keliru").expect("false ones")
        [1]
    .clone();
    let choose = "const list = document.querySelector('[data-filter=verdict]'); list.value = 'keliru'; list.dispatchEvent(new Event('change'))";
    browser.run(choose).await;
    browser.until(count, |now| *now == wrong).await;
    browser.until(HITS, |hits| texts(hits).iter().all(|hit| hit.starts_with("Putusan:\nKeliru"))).await;
    assert_eq!(browser.run(QUERY).await, "?q=gempa&verdict=keliru");
    assert_eq!(browser.run(options).await, offered, "the filter itself still offers the others");
    // A filter that is active is a button, by its name.
    let chip = "const chip = document.querySelector('.chips button'); return chip && [chip.getAttribute('aria-label'), chip.innerText.trim().slice(0, 6)]";
    assert_eq!(browser.run(chip).await, json!(["Hapus saringan Keliru", "Keliru"]));
    // The way back leads to the state before; forward again; and the button takes the filter off.
    browser.client.back().await.expect("the way back");
    browser.until(HITS, |hits| *hits == before).await;
    browser.client.forward().await.expect("the way forward");
    browser.until(count, |now| *now == wrong).await;
    browser.run("document.querySelector('.chips button').focus()").await;
    press(&browser, Key::Enter).await;
    browser.until(HITS, |hits| *hits == before).await;
    assert_eq!(browser.run(QUERY).await, "?q=gempa");
    assert_eq!(
        browser.run("return document.activeElement.tagName").await,
        "TEXTAREA",
        "the focus is not lost"
    );
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_can_be_shared() {
    let (browser, page) = demo("?q=gempa&verdict=tidak-terbukti").await;
    browser.until(HITS, |hits| first_has(hits, &["Tidak Terbukti"])).await;
    assert_eq!(
        browser.run("return document.querySelector('[data-filter=verdict]').value").await,
        "tidak-terbukti"
    );
    // What nobody has leaves nothing, and says so beside the sign that takes it off.
    browser.client.goto(&format!("{page}?q=gempa&verdict=__proto__&topic=%3Cimg%3E")).await.expect("a page");
    browser.shows("Dengan saringan ini tidak ada yang tersisa.").await;
    assert_eq!(browser.run("return [...document.querySelectorAll('.chips button span:first-child')].map(e => e.textContent)").await, json!(["__proto__", "<img>"]));
    // Without a question, filters go through all claims, the newest first.
    browser.client.goto(&format!("{page}?verdict=benar")).await.expect("a page");
    browser.until(HITS, |hits| texts(hits).len() == 10).await;
    browser.run("document.querySelector('[data-do=more]').click()").await;
    browser.until(HITS, |hits| texts(hits).len() > 10).await;
    browser.until("return document.activeElement.id", |id| id == "m-hit-10").await;
    // A question is asked with every word of a long message; the address has its beginning.
    let message = format!("awan berbentuk garis menandakan gempa {}", "selamat pagi semua teman ".repeat(60));
    browser.client.goto(&page).await.expect("a page");
    let paste = format!(
        "const box = document.querySelector('main textarea'); box.value = {message:?}; box.dispatchEvent(new Event('input'))"
    );
    browser.run(&paste).await;
    browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    assert_eq!(browser.run("return new URLSearchParams(location.search).get('q').length").await, 500);
    browser.client.refresh().await.expect("a page loaded again");
    browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    assert_eq!(browser.run(BOX).await, message.trim(), "this browser still has all of it");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_leads_through_the_questions() {
    let (browser, _) = demo("").await;
    for (question, part) in [("awan gempa", "Awan"), ("borobudur", "Borobudur")] {
        browser.run("document.querySelector('main textarea').value = ''").await;
        typed(&browser, question).await;
        press(&browser, Key::Enter).await;
        browser.until(HITS, |hits| first_has(hits, &[part])).await;
    }
    browser.client.back().await.expect("the way back");
    browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    assert_eq!(browser.run(BOX).await, "awan gempa");
    browser.client.forward().await.expect("the way forward");
    browser.until(HITS, |hits| first_has(hits, &["Borobudur"])).await;
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_leads_to_the_search() {
    let site = static_site::serve().await;
    let browser = Browser::start().await;
    for path in ["", "articles/jumlah-pulau-indonesia/", "claims/", "404.html"] {
        browser.client.goto(&format!("{site}{path}")).await.expect("a page");
        let field = browser.client.find(Locator::Css("form[role=search] [name=q]")).await.expect("a box");
        field.send_keys("awan gempa\u{e007}").await.expect("a question");
        browser.until("return location.pathname", |path| path == "/sub/path/search/").await;
        browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
        assert_eq!(browser.run(BOX).await, "awan gempa", "from /{path}");
    }
    // A message that is too long for an address comes along all the same.
    let message = format!("{} borobudur", "teman ".repeat(200));
    browser.client.goto(&site).await.expect("the home page");
    let send = format!(
        "const form = document.querySelector('.ask form'); form.elements.q.value = {message:?}; form.requestSubmit()"
    );
    browser.run(&send).await;
    browser.until("return location.pathname", |path| path == "/sub/path/search/").await;
    browser.until(BOX, |text| text == message.trim()).await;
    browser.until(HITS, |hits| first_has(hits, &["Borobudur"])).await;
    browser.narrow(360).await;
    browser.client.goto(&format!("{site}claims/")).await.expect("a page");
    let link = "const link = document.querySelector('.seek-link'); const at = link.getBoundingClientRect(); \
                return [link.textContent.trim(), at.width >= 44 && at.height >= 44 && at.right <= innerWidth]";
    assert_eq!(browser.run(link).await, json!(["Cari", true]));
    browser.is_content().await;
}

/// A desk where a claim cannot be answered, with every way to send one in.
fn hostile() -> Desk {
    let desk = small::desk();
    let submit = "submit:\n  url: https://form.example/?usp=pp_url&entry.1={text}&entry.2={text}\n  whatsapp: \"+62 812 0000 0000\"\n  email: desk@small.example\n";
    desk.write("site.yaml", format!("{}{submit}", small::SITE));
    let claim = |id: &str, claim: &str| {
        format!(
            "  - id: {id}\n    claim: {}\n    claimant: {}\n    verdict: keliru\n    finding: It is not.\n    sources:\n      - {{title: A, url: https://a.example/, stance: refutes}}\n",
            json!(claim),
            json!("<b onclick=alert(1)>Mallory</b>"),
        )
    };
    let claims = [
        claim(
            "image",
            "The picture <img src=x onerror=\"window.pwned=1\"> shows a zebra & a <script>window.pwned=1</script>.",
        ),
        claim("proto", "The word __proto__ and constructor are magic words."),
        claim("rtl", "الجسر انهار في المدينة"),
    ];
    desk.write(
        "content/articles/2026/hostile.md",
        format!(
            "---\ntitle: Hostile\ndate: 2026-05-01\nauthors: [ann]\nclaims:\n{}---\n\nText.\n",
            claims.concat()
        ),
    );
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_claim_stays_text() {
    let desk = hostile();
    let server = Server::start(desk.root());
    let browser = Browser::start().await;
    for (question, words) in [
        (
            "zebra",
            "The picture <img src=x onerror=\"window.pwned=1\"> shows a zebra & a <script>window.pwned=1</script>.",
        ),
        ("<img src=x onerror=alert(1)>", "The picture <img"),
        ("__proto__", "The word __proto__"),
        ("constructor", "The word __proto__"),
        ("الجسر", "الجسر انهار في المدينة"),
    ] {
        let address = url::form_urlencoded::Serializer::new(String::from("/search/?"))
            .append_pair("q", question)
            .finish();
        browser.open(&at(&server, &address)).await;
        browser
            .until(HITS, |hits| {
                first_has(hits, &["False", words, "<b onclick=alert(1)>Mallory</b>"])
                    || first_has(hits, &["Keliru", words, "<b onclick=alert(1)>Mallory</b>"])
            })
            .await;
        assert_eq!(browser.run(BOX).await, question);
        let made = "return [window.pwned ?? null, document.querySelectorAll('.hits img, .hits script, .hits b').length]";
        assert_eq!(browser.run(made).await, json!([null, 0]));
    }
    let rtl = "return getComputedStyle(document.querySelector('.hit .card-title')).direction";
    assert_eq!(browser.run(rtl).await, "rtl");
    browser.is_content().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_an_answer_can_be_sent() {
    let desk = hostile();
    let server = Server::start(desk.root());
    let browser = Browser::start().await;
    browser.open(&at(&server, "/search/?q=qwxz+%26+50%25+%24%26+vbnm")).await;
    let links = browser.until(SENDING, |links| texts(links).len() == 3).await;
    let text = "qwxz%20%26%2050%25%20%24%26%20vbnm";
    let ask = "Is%20this%20true%3F%0A%0A";
    assert_eq!(
        links,
        json!([
            format!("https://form.example/?usp=pp_url&entry.1={text}&entry.2={text}"),
            format!("https://wa.me/6281200000000?text={ask}{text}"),
            format!("mailto:desk@small.example?subject=Send%20us%20a%20claim&body={ask}{text}"),
        ])
    );
    browser.shows("We found no check of this.").await;
    browser.until(SAID, |said| said == "We found no check of this.").await;
    let all = "return [...document.querySelectorAll('main a')].some(a => a.checkVisibility() && a.pathname === '/claims/')";
    assert_eq!(browser.run(all).await, true);
    assert_eq!(browser.run(HITS).await, json!([]));
    browser.is_content().await;
    let page = server.page("/");
    assert!(
        page.contains("href=\"https://form.example/?usp=pp_url&amp;entry.1=&amp;entry.2=\""),
        "elsewhere nothing is filled in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_cannot_be_read_is_said_aloud() {
    let (browser, page) = demo("").await;
    browser.tell("Network.enable", json!({})).await;
    for part in ["*data/lookup/index.json*", "*data/lookup/stems/*", "*assets/fold*"] {
        browser.tell("Network.setBlockedURLs", json!({ "urls": [part] })).await;
        browser.client.goto(&format!("{page}?q=awan+gempa")).await.expect("a page");
        browser.shows("Pencarian gagal dimuat.").await;
        let link = "const links = [...document.querySelectorAll('.search a')].filter(a => a.checkVisibility()); return links.map(a => a.pathname)";
        assert_eq!(browser.run(link).await, json!(["/sub/path/claims/"]), "{part}");
        browser
            .until(SAID, |said| said.as_str().is_some_and(|said| said.starts_with("Pencarian gagal")))
            .await;
        browser.tell("Network.setBlockedURLs", json!({ "urls": [] })).await;
        browser.run("document.querySelector('[data-do=retry]').click()").await;
        browser.until(HITS, |hits| first_has(hits, &["Awan"])).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_the_page_says_what_can_be_done() {
    let (browser, page) = demo("").await;
    browser.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.client.goto(&format!("{page}?q=awan")).await.expect("a page");
    let main =
        browser.client.find(Locator::Css("main")).await.expect("the page").text().await.expect("its words");
    for words in [
        "Pencarian membutuhkan JavaScript",
        "Telusuri yang sudah kami periksa",
        "Semua klaim",
        "Topik",
        "Tahun",
        "Keliru",
        "Kirim klaim",
        "Kirim lewat surel",
    ] {
        assert!(main.contains(words), "{words} in {main}");
    }
    assert!(!main.contains("Coba lagi") && !main.contains("Saring"), "{main}");
    let field = browser.client.find(Locator::Css("main textarea")).await.expect("the box");
    field.send_keys("gempa").await.expect("a question");
    browser
        .client
        .find(Locator::Css("main form button"))
        .await
        .expect("a button")
        .click()
        .await
        .expect("a click");
    // The box is a plain form.
    let asked = url::Url::parse(&format!("{page}?q=gempa")).expect("an address");
    browser.client.wait().for_url(&asked).await.expect("the page that the form leads to");
}

#[test]
fn a_desk_without_search_has_no_trace_of_it() {
    let desk = small::desk();
    desk.write("site.yaml", format!("{}search: false\n", small::SITE));
    assert_eq!(desk.meja(&["build"]).code, 0);
    for page in ["index.html", "404.html", "claims/index.html"] {
        let html = desk.read(&format!("public/{page}"));
        assert!(!html.contains("/search/") && !html.contains("role=\"search\""), "{page}");
    }
    assert!(!desk.exists("public/search") && !desk.exists("public/data/lookup"));
}

#[test]
fn the_script_is_small() {
    let sizes = ["fold", "lookup", "search"].map(|name| {
        let script = std::fs::read(repository().join(format!("static/assets/{name}.js"))).expect("a script");
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&script).expect("room");
        packed.finish().expect("room").len()
    });
    assert!(sizes.iter().sum::<usize>() <= 12 * 1024, "gzipped: {sizes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_folds_as_the_vectors_say() {
    let (browser, _) = demo("").await;
    let vectors = std::fs::read_to_string(repository().join("tests/lookup/folding.json")).expect("vectors");
    let vectors: Vec<Value> = serde_json::from_str(&vectors).expect("JSON");
    assert!(vectors.len() >= 150);
    let all: std::collections::BTreeSet<Vec<&str>> =
        vectors.iter().map(|vector| texts(&vector["langs"])).collect();
    for langs in all {
        let rules = meja::lookup::Folder::new(&langs).rules();
        let of: Vec<&Value> = vectors.iter().filter(|vector| texts(&vector["langs"]) == langs).collect();
        let (asked, keys): (Vec<&Value>, Vec<&Value>) =
            of.iter().map(|vector| (&vector["text"], &vector["keys"])).unzip();
        let script = format!(
            "const folder = new (await import(document.querySelector('[data-fold]').dataset.fold)).Folder({rules});
             return {}.map((text) => folder.words(text).map(({{ key }}) => key));",
            json!(asked)
        );
        let folded = browser.run(&format!("return (async () => {{ {script} }})()")).await;
        for ((text, keys), folded) in asked.iter().zip(keys).zip(folded.as_array().expect("a list")) {
            assert_eq!(folded, keys, "{text}");
        }
    }
}
