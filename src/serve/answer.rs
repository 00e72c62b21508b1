//! Answers requests as GitHub Pages would answer them for the published site.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};

use super::live::{Live, View};
use super::{Told, editor, events, guard};
use crate::diagnostic::Diagnostic;
use crate::render::render;
use crate::site::{Recipe, Route, Site};

/// What an answer needs to know.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) live: Arc<Live>,
    pub(super) host: IpAddr,
    pub(super) port: u16,
}

/// Something to send.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Whether it is somebody else's file: it may run nothing and reach nothing.
    pub(super) foreign: bool,
}

/// Answers a request.
pub(super) async fn answer(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
) -> Response<Body> {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    if let Err(status) = guard::admit(&method, &headers, state.host, state.port) {
        return refuse(status);
    }
    let uri = request.uri().clone();
    if uri.path() == "/_meja/events" {
        return events::stream(&state.live, uri.query().unwrap_or_default());
    }
    // Rendering is work, not waiting.
    let live = Arc::clone(&state.live);
    let done = tokio::task::spawn_blocking(move || find(&live, &uri)).await;
    match done {
        Ok(Found::Answer(answer)) => send(answer, &method, &headers),
        Ok(Found::Moved(to)) => moved(&to),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

enum Found {
    Answer(Answer),
    Moved(String),
}

fn find(live: &Live, uri: &Uri) -> Found {
    let view = live.view();
    let Some(path) = decoded(uri.path()) else {
        return Found::Answer(plain(StatusCode::BAD_REQUEST, "this address is not UTF-8\n"));
    };
    if let Some(own) = path.strip_prefix("/_meja/") {
        let query = uri.query().unwrap_or_default();
        return Found::Answer(
            editor::answer(live, &view, own, query).unwrap_or_else(|| not_found(live, &view, "/404.html")),
        );
    }
    let base = view.ready.site().config.base.path.clone();
    let base = decoded(&base).unwrap_or(base);
    let Some(inside) = path.strip_prefix(base.trim_end_matches('/')) else {
        // The home page is what someone wants who asks for the server alone.
        return if path == "/" {
            Found::Moved(base_href(&view, "/") + &query(uri))
        } else {
            Found::Answer(not_found(live, &view, "/404.html"))
        };
    };
    let plan = view.ready.plan();
    if let Some(route) = plan.get(inside) {
        return Found::Answer(shown(live, &view, route));
    }
    if inside.is_empty() {
        return Found::Moved(base_href(&view, "/") + &query(uri));
    }
    let folder = format!("{inside}/");
    if plan.get(&folder).is_some() {
        return Found::Moved(base_href(&view, &folder) + &query(uri));
    }
    let other = inside.strip_suffix("index.html").map_or_else(|| format!("{inside}.html"), str::to_owned);
    match plan.get(&other) {
        Some(route) => Found::Answer(shown(live, &view, route)),
        None => Found::Answer(not_found(live, &view, inside)),
    }
}

fn query(uri: &Uri) -> String {
    uri.query().map(|query| format!("?{query}")).unwrap_or_default()
}

fn base_href(view: &View, path: &str) -> String {
    view.ready.site().config.base.href(path)
}

/// The bytes of a page, without what the preview adds.
pub(super) fn bytes(view: &View, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
    render(&view.ready.engine, &view.ready.pages, route).map(std::borrow::Cow::into_owned)
}

/// As [`bytes`], and what is costly to make is made once.
fn remembered(live: &Live, view: &View, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
    let key = view.ready.pages.key(&route.recipe);
    if let Some(bytes) = key.as_deref().and_then(|key| live.made.get(key)) {
        return Ok(bytes);
    }
    let bytes = bytes(view, route)?;
    if let Some(key) = key {
        live.made.put(key, &bytes);
    }
    Ok(bytes)
}

fn shown(live: &Live, view: &View, route: &Route) -> Answer {
    if leads_out(&live.options.root, view.ready.site(), &route.recipe) {
        return not_found(live, view, &route.path);
    }
    page(live, view, route, &route.path)
}

/// Whether a file that is published, or made into what is, has been replaced by a link out of the desk's folder.
/// The desk complains of such links, but what was good before goes on being served meanwhile.
fn leads_out(root: &Path, site: &Site, recipe: &Recipe) -> bool {
    let (folder, name) = match recipe {
        Recipe::Static(name) => ("static", name.as_str()),
        Recipe::File(name) | Recipe::Picture(name) => ("content", name.as_str()),
        Recipe::Copy(copy) => ("content", copy.path.as_str()),
        Recipe::Circulated(at, _) => match site.circulated_picture(*at) {
            Some((name, _)) => ("content", name),
            None => return false,
        },
        _ => return false,
    };
    crate::content::leads_out(root, &root.join(folder).join(name))
}

/// A page, for a browser that asked for `path`.
fn page(live: &Live, view: &View, route: &Route, path: &str) -> Answer {
    if !view.is_good() {
        return editor::waiting(path);
    }
    let kind = content_type(&route.file());
    // A saved page that is kept as evidence must not read the preview's drafts.
    let foreign = matches!(route.recipe, Recipe::File(_) | Recipe::Picture(_));
    match remembered(live, view, route) {
        Ok(bytes) if kind.starts_with("text/html") && !foreign => {
            let hash = hash(&bytes);
            Answer { status: StatusCode::OK, kind, bytes: with_script(bytes, path, &hash), foreign }
        }
        Ok(bytes) => Answer { status: StatusCode::OK, kind, bytes, foreign },
        Err(diagnostic) => {
            (live.options.tell)(&Told::Broken(&diagnostic));
            editor::broken(path, &diagnostic, live)
        }
    }
}

/// The page for what is not there. It follows the address that was asked for, so that whoever
/// looks at it sees the page that comes there.
fn not_found(live: &Live, view: &View, path: &str) -> Answer {
    match view.ready.plan().get("/404.html") {
        Some(route) => Answer { status: StatusCode::NOT_FOUND, ..page(live, view, route, path) },
        None => plain(StatusCode::NOT_FOUND, "there is nothing here\n"),
    }
}

fn plain(status: StatusCode, words: &str) -> Answer {
    Answer { status, kind: "text/plain; charset=utf-8", bytes: words.as_bytes().to_vec(), foreign: false }
}

/// Adds the script that follows changes: the one difference to what `build` writes. `hash` names
/// what the browser shows at `path`.
pub(super) fn with_script(mut page: Vec<u8>, path: &str, hash: &str) -> Vec<u8> {
    let path = crate::html::escape(path);
    let script =
        format!("<script src=\"/_meja/preview.js\" data-path=\"{path}\" data-hash=\"{hash}\"></script>");
    let at = memchr::memmem::rfind(&page, b"</body>").unwrap_or(page.len());
    page.splice(at..at, script.into_bytes());
    page
}

/// A name for these bytes, the same on every run.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Resolves `%41`; once, so that nothing is resolved twice.
fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let (high, low) = (bytes.next()?, bytes.next()?);
        let digit = |b: u8| char::from(b).to_digit(16);
        out.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
    }
    String::from_utf8(out).ok()
}

fn send(answer: Answer, method: &Method, headers: &HeaderMap) -> Response<Body> {
    let tag = format!("\"{}\"", hash(&answer.bytes));
    let builder = Response::builder()
        .header(CONTENT_TYPE, answer.kind)
        .header(ETAG, &tag)
        .header(ACCEPT_RANGES, "bytes")
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(
            CONTENT_SECURITY_POLICY,
            if answer.foreign { "sandbox; frame-ancestors 'self'" } else { "frame-ancestors 'self'" },
        )
        .header(CACHE_CONTROL, "no-cache");
    let given = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_known = given(IF_NONE_MATCH).is_some_and(|tags| {
        tags.split(',').any(
            |other| matches!(other.trim().trim_start_matches("W/"), other if other == tag || other == "*"),
        )
    });
    if answer.status == StatusCode::OK && is_known {
        return finish(builder.status(StatusCode::NOT_MODIFIED), Vec::new(), true);
    }
    let length = answer.bytes.len();
    // A part is only of use to someone whose other parts are of the same bytes.
    let is_same = given(IF_RANGE).is_none_or(|other| other == tag);
    let asked = given(RANGE)
        .filter(|_| answer.status == StatusCode::OK && is_same)
        .and_then(|range| range_of(range, length));
    match asked {
        Some(Ok((first, last))) => {
            let part = answer.bytes[first..=last].to_vec();
            let builder = builder
                .status(StatusCode::PARTIAL_CONTENT)
                .header(CONTENT_RANGE, format!("bytes {first}-{last}/{length}"));
            finish(builder, part, method == Method::HEAD)
        }
        Some(Err(())) => {
            let builder = builder
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .header(CONTENT_RANGE, format!("bytes */{length}"));
            finish(builder, Vec::new(), true)
        }
        None => finish(builder.status(answer.status), answer.bytes, method == Method::HEAD),
    }
}

fn finish(builder: axum::http::response::Builder, bytes: Vec<u8>, without_body: bool) -> Response<Body> {
    let builder =
        if without_body && bytes.is_empty() { builder } else { builder.header(CONTENT_LENGTH, bytes.len()) };
    let body = if without_body { Body::empty() } else { Body::from(bytes) };
    builder.body(body).unwrap_or_else(|_| Response::new(Body::empty()))
}

/// The bytes a `Range` header asks for (RFC 9110 section 14.2). Several ranges at once may be
/// answered with the whole; nothing a site of pages needs.
fn range_of(range: &str, length: usize) -> Option<Result<(usize, usize), ()>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    if last.contains(',') {
        return None;
    }
    let (first, last) = match (first.trim(), last.trim()) {
        ("", count) => (length.saturating_sub(count.parse().ok()?), length.checked_sub(1)),
        (first, "") => (first.parse().ok()?, length.checked_sub(1)),
        (first, last) => {
            (first.parse().ok()?, last.parse::<usize>().ok().map(|last| last.min(length.saturating_sub(1))))
        }
    };
    Some(match last {
        Some(last) if first <= last && first < length => Ok((first, last)),
        _ => Err(()),
    })
}

fn moved(to: &str) -> Response<Body> {
    let builder = Response::builder()
        .status(StatusCode::MOVED_PERMANENTLY)
        .header(LOCATION, to)
        .header(CACHE_CONTROL, "no-cache");
    builder.body(Body::empty()).unwrap_or_else(|_| Response::new(Body::empty()))
}

fn refuse(status: StatusCode) -> Response<Body> {
    let words = match status {
        StatusCode::METHOD_NOT_ALLOWED => "the preview can only be read\n",
        StatusCode::MISDIRECTED_REQUEST => "this preview answers only under its own address\n",
        StatusCode::FORBIDDEN => "this preview is not for other sites\n",
        _ => "the preview failed; see the terminal\n",
    };
    let builder = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(ALLOW, "GET, HEAD");
    builder.body(Body::from(words)).unwrap_or_else(|_| Response::new(Body::empty()))
}

/// The type of a file by its ending.
fn content_type(file: &str) -> &'static str {
    let end = file.rsplit('/').next().unwrap_or(file).rsplit_once('.').map_or("", |(_, end)| end);
    match end.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{content_type, decoded, range_of};

    #[test]
    fn addresses_are_decoded_once() {
        assert_eq!(decoded("/a%20b/").as_deref(), Some("/a b/"));
        assert_eq!(decoded("/%252e%252e/").as_deref(), Some("/%2e%2e/"));
        assert_eq!(decoded("/%ff"), None);
        assert_eq!(decoded("/%4"), None);
    }

    #[test]
    fn ranges() {
        assert_eq!(range_of("bytes=0-3", 10), Some(Ok((0, 3))));
        assert_eq!(range_of("bytes=7-", 10), Some(Ok((7, 9))));
        assert_eq!(range_of("bytes=-3", 10), Some(Ok((7, 9))));
        assert_eq!(range_of("bytes=4-99", 10), Some(Ok((4, 9))));
        assert_eq!(range_of("bytes=10-", 10), Some(Err(())));
        assert_eq!(range_of("bytes=0-", 0), Some(Err(())));
        assert_eq!(range_of("bytes=0-1,4-5", 10), None);
        assert_eq!(range_of("lines=1-2", 10), None);
    }

    #[test]
    fn types() {
        assert_eq!(content_type("claims/x/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("CNAME"), "application/octet-stream");
    }
}
