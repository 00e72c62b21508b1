//! What is passed on from the site: messages, frames, oEmbed (<https://oembed.com/>).

use scraper::Html;
use serde_json::Value;

use super::built::{Built, Page, css, folded, percent_decoded, text};
use super::content::Content;
use super::{demo, wants_all, wants_none};

/// Claims that cannot be shown on other sites, or not as they stand.
fn bad_frames(built: &Built, content: &Content) -> Vec<String> {
    let mut violations = Vec::new();
    for article in &content.articles {
        for claim in &article.claims {
            let folder = format!("{}claims/{}/", content.prefix(&article.lang), claim.id);
            let mut say = |what: String| violations.push(format!("{folder}: {what}"));
            let (Some(frame), Some(page)) = (
                built.page(&format!("{folder}embed/index.html")),
                built.page(&format!("{folder}index.html")),
            ) else {
                say("no page for frames".to_owned());
                continue;
            };
            let shown = frame.first("main").map(|main| folded(&text(main))).unwrap_or_default();
            if !shown.contains(&folded(&claim.words())) {
                say(format!("the frame does not say the claim: {shown}"));
            }
            let badge = |page: &Page| page.first(".badge").map(|badge| folded(&text(badge)));
            if article.is_withdrawn() == badge(&frame).is_some() {
                say("a verdict in the frame that does not stand, or none that does".to_owned());
            }
            if !article.is_withdrawn() && badge(&frame) != badge(&page) {
                say("the frame has another verdict than the page".to_owned());
            }
            if !frame.is_noindex() {
                say("the frame is listed by search engines".to_owned());
            }
            for link in frame.all("a") {
                if link.attr("target") != Some("_blank") || link.attr("rel") != Some("noopener") {
                    say(format!("a link would open in the frame: {}", link.html()));
                }
            }
            if article.is_withdrawn() {
                let found = page.attributes("link[type='application/json+oembed']", "href");
                if !found.is_empty() || !built.text(&format!("{folder}oembed.json")).is_empty() {
                    say("invites others to show what was withdrawn".to_owned());
                }
            } else {
                oembed(built, &folder, &page, &mut say);
            }
            let code = page.first(".embed-code pre").map(text);
            match code {
                Some(code) if article.is_withdrawn() => say(format!("invites to show {code}")),
                Some(code) => iframe(built, &folder, &code, &mut say),
                None if article.is_withdrawn() => {}
                None => say("no code for a frame".to_owned()),
            }
        }
    }
    violations
}

fn oembed(built: &Built, folder: &str, page: &Page, say: &mut impl FnMut(String)) {
    let file = format!("{folder}oembed.json");
    let url = built.url_of(&file).to_string();
    if page.attributes("link[rel=alternate][type='application/json+oembed']", "href") != [url] {
        say("the page does not lead to its oEmbed".to_owned());
    }
    let answer: Value = match serde_json::from_str(&built.text(&file)) {
        Ok(answer) => answer,
        Err(error) => return say(format!("oembed.json: {error}")),
    };
    for (key, value) in [("version", "1.0"), ("type", "rich")] {
        if answer[key] != value {
            say(format!("oEmbed: {key} is {}", answer[key]));
        }
    }
    for key in ["title", "provider_name", "html"] {
        if answer[key].as_str().is_none_or(|text| text.trim().is_empty()) {
            say(format!("oEmbed: no {key}"));
        }
    }
    if ["width", "height", "cache_age"].iter().any(|key| answer[*key].as_u64().is_none_or(|size| size == 0)) {
        say("oEmbed: a size or an age is missing".to_owned());
    }
    if answer["provider_url"] != built.base.as_str() {
        say(format!("oEmbed: the provider is {}", answer["provider_url"]));
    }
    iframe(built, folder, answer["html"].as_str().unwrap_or_default(), say);
}

/// The code is one frame that shows the claim and has a title.
fn iframe(built: &Built, folder: &str, code: &str, say: &mut impl FnMut(String)) {
    let html = Html::parse_fragment(code);
    let frames: Vec<_> = html.select(&css("iframe")).collect();
    let [frame] = frames.as_slice() else {
        return say(format!("no frame, or several: {code}"));
    };
    if frame.attr("src") != Some(built.url_of(&format!("{folder}embed/index.html")).as_str()) {
        say(format!("the frame shows {:?}", frame.attr("src")));
    }
    if frame.attr("title").is_none_or(str::is_empty) || frame.attr("width").is_none() {
        say(format!("a frame without title or size: {code}"));
    }
}

/// Messages that do not say what the page says, verdict first, and apps that are given others.
fn bad_messages(built: &Built, content: &Content) -> Vec<String> {
    let mut violations = Vec::new();
    for article in &content.articles {
        let prefix = content.prefix(&article.lang);
        for claim in &article.claims {
            let file = format!("{prefix}claims/{}/index.html", claim.id);
            let Some(page) = built.page(&file) else {
                continue;
            };
            let mut say = |what: String| violations.push(format!("{file}: {what}"));
            let message = message(&page, &mut say);
            let (Some(said), Some(badge)) = (message.find(&claim.words()), page.first(".ruling .badge"))
            else {
                say(format!("the message does not say the claim: {message}"));
                continue;
            };
            let badge = folded(&text(badge));
            let starts_with = message.starts_with(&badge);
            if starts_with == article.is_withdrawn() || said == 0 {
                say(format!("the message does not begin with `{badge}`: {message}"));
            }
        }
        let file = format!("{prefix}articles/{}/index.html", article.slug);
        if let Some(page) = built.page(&file) {
            message(&page, &mut |what| violations.push(format!("{file}: {what}")));
        }
    }
    violations
}

/// The message of a page, the same in each app and with the page's address at its end.
fn message(page: &Page, say: &mut impl FnMut(String)) -> String {
    let Some(message) = page.first(".share .copy-text").map(text) else {
        say("nothing to pass on".to_owned());
        return String::new();
    };
    let Some(words) = message.strip_suffix(&format!("\n{}", page.url)) else {
        say(format!("the message does not end with the address: {message}"));
        return message;
    };
    let given = page.attributes(".share a", "href");
    let [whatsapp, telegram] = given.as_slice() else {
        say(format!("{} apps", given.len()));
        return message;
    };
    if whatsapp.strip_prefix("https://wa.me/?text=").map(percent_decoded).as_deref() != Some(&message) {
        say(format!("WhatsApp is given {whatsapp}"));
    }
    let parts =
        telegram.strip_prefix("https://t.me/share/url?url=").and_then(|rest| rest.split_once("&text="));
    let parts = parts.map(|(url, text)| (percent_decoded(url), percent_decoded(text)));
    if parts != Some((page.url.to_string(), words.to_owned())) {
        say(format!("Telegram is given {telegram}"));
    }
    if [whatsapp, telegram].iter().any(|href| href.contains([' ', '\n', '#', '"', '+'])) {
        say("an address with raw text in it".to_owned());
    }
    message
}

#[test]
fn claims_can_be_shown_on_other_sites() {
    let (built, content) = demo();
    wants_none(&bad_frames(built, content));
}

#[test]
fn messages_say_the_verdict_first() {
    let (built, content) = demo();
    wants_none(&bad_messages(built, content));
}

#[test]
fn bad_frames_and_messages_are_found() {
    let desk = crate::desk::Desk::with(&[
        ("site.yaml", "{title: T, language: id}"),
        (
            "content/articles/x.md",
            "---\n{title: T, date: 2024-01-01, claims: [{id: a, claim: Bumi datar, verdict: benar}, {id: b, claim: C, verdict: benar}]}\n---\n",
        ),
    ]);
    let page = "<p class=ruling><b class=badge>Salah</b></p><section class=share><p class=copy-text>Bumi datar Salah\nhttps://h.example/claims/a/</p>\
                <a href='https://wa.me/?text=Lain'></a><a href='https://t.me/share/url?url=x&text=y+z'></a></section>\
                <div class=embed-code><pre>&lt;iframe src=x>&lt;/iframe></pre></div>";
    let files = [
        ("claims/a/index.html", page),
        ("claims/a/embed/index.html", "<main><b class=badge>Benar</b> <a href=/>x</a></main>"),
        ("claims/a/oembed.json", r#"{"version": "2.0", "type": "rich", "html": ""}"#),
    ];
    let (built, content) =
        (Built::of("https://h.example/", &files), Content::read(desk.root(), "2026-01-01"));
    wants_all(
        &bad_frames(&built, &content),
        &[
            "claims/a/: the frame does not say the claim",
            "claims/a/: the frame has another verdict",
            "claims/a/: the frame is listed",
            "claims/a/: a link would open in the frame",
            "claims/a/: the page does not lead to its oEmbed",
            "oEmbed: version is",
            "oEmbed: no title",
            "a size or an age",
            "oEmbed: the provider",
            "no frame, or several",
            "the frame shows Some(\"x\")",
            "a frame without title",
            "claims/b/: no page for frames",
        ],
    );
    wants_all(
        &bad_messages(&built, &content),
        &["does not begin with `Salah`", "WhatsApp is given", "Telegram is given", "raw text in it"],
    );
}

#[test]
fn a_shared_link_never_says_a_claim_alone() {
    let (built, content) = demo();
    let mut seen = 0;
    for article in &content.articles {
        for claim in &article.claims {
            let file = format!("{}claims/{}/index.html", content.prefix(&article.lang), claim.id);
            let Some(page) = built.page(&file) else { continue };
            let titles = page.attributes("meta[property='og:title']", "content");
            let badge = page.first(".ruling .badge").map(text).unwrap_or_default();
            let said = titles.first().cloned().unwrap_or_default();
            let (before, _) = said.split_once(": ").unwrap_or_default();
            assert!(!before.is_empty() && badge.contains(before) || article.is_withdrawn(), "{file}: {said}");
            assert!(said.find(&claim.words()).is_some_and(|at| at > 0), "{file}: {said}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen} claims");
}
