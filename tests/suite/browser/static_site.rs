//! A built site, served as a host of static files does.

use std::collections::BTreeMap;

use axum::Router;
use axum::http::{StatusCode, Uri, header};

use crate::demo;

/// The address below which the files of the built demo stand.
pub async fn serve() -> String {
    let (base, files) = demo::files();
    serve_files(base, files).await
}

/// The address below which these files stand, at this path.
pub async fn serve_files(base: &'static str, files: &'static BTreeMap<String, Vec<u8>>) -> String {
    let answer = move |uri: Uri| async move {
        match find(base, files, uri.path()) {
            Some((file, bytes)) => (StatusCode::OK, [(header::CONTENT_TYPE, kind(file))], bytes),
            None => (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain")], &b"nothing"[..]),
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    format!("http://{address}{base}")
}

fn find<'f>(base: &str, files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> Option<(&'f str, &'f [u8])> {
    let path = path.strip_prefix(base)?;
    let file =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    files.get_key_value(&file).map(|(file, bytes)| (file.as_str(), bytes.as_slice()))
}

fn kind(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
