//! Tells open pages what changed, by server-sent events
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
//!
//! A page says which bytes it shows. Only if the page would now have other bytes is it told to
//! reload; if only the style sheet's name differs, it is told to take the new one.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::Response;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::json;

use super::answer::{bytes, hash};
use super::editor;
use super::live::{Live, View};

/// How long a browser waits before it asks again after the preview was stopped, in milliseconds.
const RETRY: u32 = 400;

/// Follows one open page until its browser goes away.
pub(super) fn stream(live: &Arc<Live>, query: &str) -> Response<Body> {
    let field = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let path = field("path").unwrap_or_default();
    let mut shown = field("hash").unwrap_or_default();
    let live = Arc::clone(live);
    let mut versions = live.versions();
    let stream = async_stream::stream! {
        yield line(&format!("retry: {RETRY}\n\n"));
        let mut style: Option<String> = None;
        let mut errors = usize::MAX;
        loop {
            let _ = versions.borrow_and_update();
            let view = live.view();
            let (asked, known, old_style) = (path.clone(), shown.clone(), style.clone());
            let looked = {
                let view = Arc::clone(&view);
                tokio::task::spawn_blocking(move || look(&view, &asked, &known, old_style.as_deref())).await
            };
            if let Ok((change, now, css)) = looked {
                shown = now;
                style = css;
                match change {
                    Change::Nothing => {}
                    Change::Style(href) => yield event("style", &json!({"href": href})),
                    Change::Page => yield event("reload", &json!({})),
                }
            }
            let count = view.errors().count();
            if count != errors || count > 0 {
                errors = count;
                yield event("problems", &editor::problems(&live, view.errors()));
            }
            yield event("bar", &json!({"version": view.version}));
            if versions.changed().await.is_err() {
                return;
            }
        }
    };
    Response::builder()
        .header(CONTENT_TYPE, "text/event-stream")
        .header(CACHE_CONTROL, "no-store")
        .body(Body::from_stream(stream))
        .unwrap_or_else(|_| Response::new(Body::empty()))
}

enum Change {
    Nothing,
    Style(String),
    Page,
}

/// Compares a page with the bytes its browser shows: what changed, their hash, their style sheet.
fn look(view: &View, path: &str, known: &str, old_style: Option<&str>) -> (Change, String, Option<String>) {
    let css = view.ready.pages.style_sheet();
    let plan = view.ready.plan();
    // The overview reloads with every version, by its own script.
    if path == editor::OVERVIEW {
        return (Change::Nothing, String::new(), css);
    }
    if !view.is_good() {
        let change = if known == editor::WAITING { Change::Nothing } else { Change::Page };
        return (change, editor::WAITING.to_owned(), css);
    }
    // A folder's address without its slash leads to the folder, if there is one by now.
    let folder = format!("{path}/");
    let found = || plan.get(path).or_else(|| plan.get(&folder)).or_else(|| plan.get("/404.html"));
    let page = match (path, found()) {
        (editor::STYLE_GUIDE, _) => editor::style_guide(view),
        (_, Some(route)) => bytes(view, route),
        (_, None) => return (Change::Page, String::new(), css),
    };
    let page = match page {
        Ok(page) => page,
        Err(diagnostic) => {
            let now = editor::broken_hash(&diagnostic);
            let change = if now == known { Change::Nothing } else { Change::Page };
            return (change, now, css);
        }
    };
    let now = hash(&page);
    if now == known {
        return (Change::Nothing, now, css);
    }
    if let (Some(old), Some(new)) = (old_style, css.as_deref())
        && old != new
        && hash(&page_with(&page, new, old)) == known
    {
        return (Change::Style(new.to_owned()), now, css);
    }
    (Change::Page, now, css)
}

fn page_with(page: &[u8], new: &str, old: &str) -> Vec<u8> {
    String::from_utf8_lossy(page).replace(new, old).into_bytes()
}

#[expect(clippy::unnecessary_wraps, reason = "a stream's items are results, though these never fail")]
fn line(text: &str) -> Result<Bytes, Infallible> {
    Ok(Bytes::from(text.to_owned()))
}

/// JSON has no line feed of its own, so an event is always one line of data.
fn event(name: &str, data: &serde_json::Value) -> Result<Bytes, Infallible> {
    line(&format!("event: {name}\ndata: {data}\n\n"))
}
