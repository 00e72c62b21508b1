//! Every page is well formed, says what it is, and its marked passages are the quoted words.

use std::collections::BTreeSet;

use scraper::ElementRef;

use super::built::{Built, Page, css, folded, text};
use super::content::{Content, items, word};
use super::{demo, wants_all, wants_none};

/// What is wrong with the form of a page, whatever it says.
pub(super) fn malformed(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for page in built.pages() {
        let mut say = |what: String| violations.push(format!("{}: {what}", page.file));
        for error in &page.html.errors {
            say(format!("parse error: {error}"));
        }
        frame(built, &page, &mut say);
        outline(&page, &mut say);
        references(&page, &mut say);
        for image in page.all("img") {
            picture(built, &page, image, &mut say);
        }
    }
    violations
}

/// Title, language, address, main part.
fn frame(built: &Built, page: &Page, say: &mut impl FnMut(String)) {
    for (selector, what) in [("h1", "<h1>"), ("main", "<main>"), ("title", "<title>")] {
        let selector = if selector == "title" { "head > title" } else { selector };
        let count = page.all(selector).len();
        if count != 1 {
            say(format!("{count} {what}"));
        }
    }
    for selector in ["head > title", "h1", "main", "a[href]", "button"] {
        for element in page.all(selector) {
            let named = element.attr("aria-label").is_some()
                || element.select(&css("img[alt]:not([alt=''])")).next().is_some();
            if text(element).trim().is_empty() && !named && element.attr("aria-hidden").is_none() {
                say(format!("an empty {selector}"));
            }
        }
    }
    for name in ["lang", "dir"] {
        if page.attributes("html", name).iter().all(String::is_empty) {
            say(format!("no {name}"));
        }
    }
    if page.all("meta[charset]").len() != 1 || page.all("meta[name=viewport]").len() != 1 {
        say("not one charset and one viewport".to_owned());
    }
    // A page for frames is another form of the claim's.
    let of_claim = page.is_frame().then(|| page.url.join("../").expect("an address"));
    let own = page
        .refresh()
        .and_then(|to| page.url.join(&to).ok())
        .or(of_claim)
        .unwrap_or_else(|| page.url.clone());
    let canonical = page.attributes("link[rel=canonical]", "href");
    if canonical != [own.to_string()] {
        say(format!("canonical is {canonical:?}, not {own}"));
    }
    for url in page.attributes("meta[property='og:url']", "content") {
        if url != own.as_str() {
            say(format!("og:url is {url}"));
        }
    }
    for (code, href) in alternates(page) {
        let Some(other) = page.url.join(&href).ok().and_then(|url| built.page(&built.file_at(&url)?)) else {
            say(format!("hreflang {code} leads to no page"));
            continue;
        };
        if code != "x-default" && other.lang() != code {
            say(format!("hreflang {code} leads to a page in {}", other.lang()));
        }
        if alternates(&other) != alternates(page) {
            say(format!("hreflang {code}: the other page names other versions"));
        }
        if !alternates(page).contains(&(page.lang(), page.url.to_string())) {
            say("hreflang does not name the page itself".to_owned());
        }
    }
}

fn alternates(page: &Page) -> Vec<(String, String)> {
    let links = page.all("link[rel=alternate][hreflang]");
    let attr = |link: &ElementRef<'_>, name| link.attr(name).unwrap_or_default().to_owned();
    links.iter().map(|link| (attr(link, "hreflang"), attr(link, "href"))).collect()
}

/// Headings go one level deeper at a time.
fn outline(page: &Page, say: &mut impl FnMut(String)) {
    let mut last = 0;
    for heading in page.all("h1, h2, h3, h4, h5, h6") {
        let level: u32 = heading.value().name()[1..].parse().unwrap_or(9);
        if level > last + 1 {
            say(format!("<h{level}> after <h{last}>: {}", folded(&text(heading))));
        }
        last = level;
    }
}

/// What names another element names one that is there, once.
fn references(page: &Page, say: &mut impl FnMut(String)) {
    let mut ids = BTreeSet::new();
    for id in page.attributes("[id]", "id") {
        if id.is_empty() || id.contains(char::is_whitespace) {
            say(format!("the id `{id}`"));
        }
        if !ids.insert(id.clone()) {
            say(format!("the id `{id}` twice"));
        }
    }
    let names = [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-owns",
        "headers",
        "list",
        "form",
        "popovertarget",
    ];
    for name in names {
        for value in page.attributes(&format!("[{name}]"), name) {
            for id in value.split_whitespace().filter(|id| !ids.contains(*id)) {
                say(format!("{name} names `{id}`, which is not there"));
            }
        }
    }
    for link in
        page.all("a a, a button, a label, button a, button button, button label, label label, label button")
    {
        say(format!("<{}> within one that can be clicked", link.value().name()));
    }
}

fn picture(built: &Built, page: &Page, image: ElementRef<'_>, say: &mut impl FnMut(String)) {
    let source = image.attr("src").unwrap_or_default().to_owned();
    if image.attr("alt").is_none() {
        say(format!("{source} has no alt"));
    }
    let file = page.url.join(&source).ok().and_then(|url| built.file_at(&url));
    let Some(bytes) = file.as_ref().and_then(|file| built.files.get(file)) else {
        return;
    };
    if source.ends_with(".svg") {
        return;
    }
    let number = |name| image.attr(name).and_then(|value| value.parse::<u32>().ok());
    match (number("width"), number("height"), size(bytes)) {
        (_, _, None) => say(format!("{source}: its size cannot be read")),
        (Some(width), Some(height), Some(size)) if (width, height) == size => {}
        (width, height, Some(size)) => {
            say(format!("{source} is said to be {width:?} x {height:?} and is {size:?}"));
        }
    }
}

/// Width and height of a PNG, GIF or JPEG, from its first bytes.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let four = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((four(16)?, four(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((two(6)?.swap_bytes() >> 16, two(8)?.swap_bytes() >> 16));
    }
    let mut at = 2;
    while bytes.starts_with(b"\xff\xd8") {
        let marker = *bytes.get(at + 1)?;
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            return Some((two(at + 7)?, two(at + 5)?));
        }
        at += 2 + usize::try_from(two(at + 2)?).ok()?;
    }
    None
}

/// Passages that are not the words their claim quotes, or are not linked both ways.
fn bad_passages(built: &Built, content: &Content) -> Vec<String> {
    let mut violations = Vec::new();
    for article in &content.articles {
        let prefix = content.prefix(&article.lang);
        let file = format!("{prefix}articles/{}/index.html", article.slug);
        let Some(page) = built.page(&file) else {
            violations.push(format!("{file} is not there"));
            continue;
        };
        let mut wanted: Vec<(&str, String, String)> = article
            .claims
            .iter()
            .filter_map(|claim| Some(("claim", claim.id.clone(), claim.quote()?)))
            .collect();
        for mention in items(&article.front, "mentions") {
            let id = word(&mention, "claim").expect("a claim's id");
            let quote = word(&mention, "quote").or_else(|| word(mention.get("quote")?, "exact"));
            wanted.push(("mention", id, quote.expect("a quote")));
        }
        let mut say = |what: String| violations.push(format!("{file}: {what}"));
        for mark in page.all("main mark[id]") {
            let id = mark.attr("id").unwrap_or_default();
            if !wanted.iter().any(|(kind, claim, _)| id == format!("{kind}-{claim}")) {
                say(format!("a passage `{id}` that nothing asks for"));
            }
        }
        for (kind, id, quote) in wanted {
            passage(&page, kind, &id, &quote, &mut say);
            let targets = opened(&page);
            let own = format!("{prefix}claims/{id}/index.html");
            let target = if built.files.contains_key(&own) { own } else { format!("claims/{id}/index.html") };
            if !targets.iter().any(|url| built.file_at(url).as_deref() == Some(target.as_str())) {
                say(format!("no passage opens a link to {target}"));
            }
            if kind == "claim" {
                let mut back = page.url.clone();
                back.set_fragment(Some(&format!("claim-{id}")));
                let claim = built.page(&target);
                if !claim.is_some_and(|claim| links_in(&claim, "main a").contains(&back)) {
                    say(format!("{target} does not lead back to {back}"));
                }
            }
        }
    }
    violations
}

/// Where the links of what opens beside passages lead.
fn opened(page: &Page) -> Vec<url::Url> {
    page.attributes("button.passage-sign", "popovertarget")
        .iter()
        .flat_map(|id| links_in(page, &format!("#{id}[popover] a")))
        .collect()
}

fn links_in(page: &Page, selector: &str) -> Vec<url::Url> {
    page.attributes(selector, "href").iter().filter_map(|href| page.url.join(href).ok()).collect()
}

fn passage(page: &Page, kind: &str, id: &str, quote: &str, say: &mut impl FnMut(String)) {
    let is_kind =
        |mark: &ElementRef<'_>| mark.value().classes().any(|class| class == "mention") == (kind == "mention");
    let runs: Vec<ElementRef<'_>> = page
        .all("main mark[data-claim]")
        .into_iter()
        .filter(|mark| mark.attr("data-claim") == Some(id) && is_kind(mark))
        .collect();
    // Runs in one block follow each other; between blocks is a space.
    let mut marked = String::new();
    let mut block = None;
    for run in &runs {
        let own = run.ancestors().find(|node| {
            let name = node.value().as_element().map_or("", |element| element.name());
            ["p", "li", "td", "th", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "dt", "figcaption"]
                .contains(&name)
        });
        let own = own.map(|node| node.id());
        if block.is_some_and(|block| block != own) {
            marked.push(' ');
        }
        block = Some(own);
        marked.push_str(&text(*run));
    }
    if comparable(&marked) != comparable(quote) {
        say(format!("`{kind}-{id}` marks `{}` and quotes `{quote}`", folded(&marked)));
    }
    let ids: Vec<_> = runs.iter().map(|run| run.attr("id")).collect();
    let name = format!("{kind}-{id}");
    if ids.first() != Some(&Some(name.as_str())) || ids.iter().skip(1).any(Option::is_some) {
        say(format!("the runs of `{name}` have the ids {ids:?}"));
    }
}

/// A text as quotations are compared: one kind of white space, quotation mark and dash.
fn comparable(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | '‚' | '`' => '\'',
            '–' | '—' | '‑' | '‐' | '−' => '-',
            '…' => {
                out.push_str("...");
                continue;
            }
            '\u{ad}' | '\u{200b}' => continue,
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if !(matches!(c, ' ' | '-') && out.ends_with(c)) {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Pages whose visible trail differs from the one they state for machines.
pub(super) fn bad_breadcrumbs(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for page in built.pages() {
        let lists: Vec<_> =
            page.json_ld().0.into_iter().filter(|node| node["@type"] == "BreadcrumbList").collect();
        let is_home =
            page.first("h1").is_some_and(|h1| h1.select(&css("a[aria-current=page]")).next().is_some());
        let wanted =
            usize::from(!(is_home || page.file == "404.html" || page.refresh().is_some() || page.is_frame()));
        if lists.len() != wanted {
            violations.push(format!("{}: {} BreadcrumbList, not {wanted}", page.file, lists.len()));
        }
        for list in lists {
            let mut say = |what: String| violations.push(format!("{}: {what}", page.file));
            let entries = list["itemListElement"].as_array().cloned().unwrap_or_default();
            let visible: Vec<String> = page.all("nav ol li").iter().map(|li| folded(&text(*li))).collect();
            let named: Vec<String> =
                entries.iter().map(|entry| folded(entry["name"].as_str().unwrap_or_default())).collect();
            if !visible.starts_with(&named) {
                say(format!("the trail {named:?} is shown as {visible:?}"));
            }
            for (index, entry) in entries.iter().enumerate() {
                if entry["position"] != index + 1 || entry["@type"] != "ListItem" {
                    say(format!("the item {entry} at {index}"));
                }
                let url = entry["item"].as_str().and_then(|item| url::Url::parse(item).ok());
                if url.and_then(|url| built.file_at(&url)).is_none() {
                    say(format!("the item {} is no page", entry["item"]));
                }
            }
            if entries.len() < 2 {
                say("a trail of less than two".to_owned());
            }
        }
    }
    violations
}

#[test]
fn every_page_is_well_formed() {
    wants_none(&malformed(&demo().0));
}

#[test]
fn marked_passages_are_the_quoted_words() {
    let (built, content) = demo();
    let quotes =
        content.articles.iter().flat_map(|article| &article.claims).filter_map(super::content::Claim::quote);
    assert!(quotes.count() > 40, "the demo desk quotes");
    wants_none(&bad_passages(built, content));
}

#[test]
fn breadcrumbs_are_true() {
    wants_none(&bad_breadcrumbs(&demo().0));
}

#[test]
fn malformed_pages_are_found() {
    let page = r##"<!doctype html><html lang="id"><head><title></title><link rel="canonical" href="https://h.example/b/">
        <link rel="alternate" hreflang="en" href="https://h.example/en/"></head><body><h1>a</h1><h1>b</h1><h3>c</h3>
        <p id="x"></p><p id="x"></p><div aria-labelledby="y"></div><label for="z">l</label><a href="#x"></a>
        <a href="#x">p<a href="#x">q</a></a><img src="a.png"><img src="a.png" alt="" width="3" height="2"></body></html>"##;
    let mut built = Built::of("https://h.example/", &[("index.html", page), ("en/index.html", "<p>")]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0, 0, 0, 2, 0, 0, 0, 3]);
    built.files.insert("a.png".to_owned(), png);
    wants_all(
        &malformed(&built),
        &[
            "index.html: parse error",
            "index.html: 2 <h1>",
            "index.html: 0 <main>",
            "an empty head > title",
            "no dir",
            "canonical is",
            "hreflang en leads to a page in ",
            "hreflang en: the other page",
            "hreflang does not name the page itself",
            "<h3> after <h1>: c",
            "the id `x` twice",
            "aria-labelledby names `y`",
            "for names `z`",
            "an empty a[href]",
            "a.png has no alt",
            "a.png is said to be Some(3) x Some(2) and is (2, 3)",
        ],
    );
}

#[test]
fn wrong_passages_are_found() {
    let article = r#"<main><p>Ada <mark id="claim-a" data-claim="a">kata</mark> <mark data-claim="a">lain</mark>
        <mark class="mention" id="mention-b" data-claim="b">x</mark><button class="passage-sign" popovertarget="v"></button><p id="v"><a href="/claims/a/">y</a></p></main>"#;
    let files = [
        ("articles/x/index.html", article),
        ("claims/a/index.html", "<main><a href=/articles/x/>y</a></main>"),
    ];
    let desk = crate::desk::Desk::with(&[
        ("site.yaml", "{title: T, language: id}"),
        (
            "content/articles/x.md",
            "---\n{title: T, date: 2024-01-01, claims: [{id: a, claim: C, verdict: benar, quote: kata itu}]}\n---\n",
        ),
    ]);
    let content = Content::read(desk.root(), "2026-01-01");
    wants_all(
        &bad_passages(&Built::of("https://h.example/", &files), &content),
        &[
            "`claim-a` marks `katalain` and quotes `kata itu`",
            "a passage `mention-b` that nothing asks for",
            "no passage opens a link to claims/a/index.html",
            "does not lead back to https://h.example/articles/x/#claim-a",
        ],
    );
    assert_eq!(comparable("“Satu–dua”\n  kata…"), "\"Satu-dua\" kata...");
}

#[test]
fn wrong_breadcrumbs_are_found() {
    let trail = r#"<nav><ol><li>A<li>C</ol></nav><script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement":
        [{"@type": "ListItem", "position": 1, "name": "A", "item": "/"}, {"@type": "ListItem", "position": 3, "name": "B", "item": "https://h.example/"}]}</script>"#;
    let built = Built::of("https://h.example/", &[("index.html", "<h1>x</h1>"), ("a/index.html", trail)]);
    wants_all(
        &bad_breadcrumbs(&built),
        &["index.html: 0 BreadcrumbList", "is shown as", "at 1", "the item \"/\" is no page"],
    );
}
