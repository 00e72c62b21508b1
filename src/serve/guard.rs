//! Who may ask: a preview holds drafts, and every web page can send requests to this machine.
//!
//! A page of another site could read the preview through a name that it points at this machine
//! (DNS rebinding), or ask from its own origin. So the `Host` must be one of ours (RFC 9110 section
//! 7.2), and a request that names its origin must come from the preview itself. No answer carries a
//! CORS header.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};

/// Whether a request may be answered.
///
/// # Errors
/// The status to refuse it with.
pub(super) fn admit(method: &Method, headers: &HeaderMap, host: IpAddr, port: u16) -> Result<(), StatusCode> {
    if method != Method::GET && method != Method::HEAD {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let named = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if headers.get_all(HOST).iter().count() != 1 || !is_ours(named, host, port) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    for origin in headers.get_all(ORIGIN) {
        let from = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")).unwrap_or_default();
        if from != named {
            return Err(StatusCode::FORBIDDEN);
        }
    }
    // Browsers say where a request comes from; another site gets nothing, not even an image.
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    let navigates = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    if matches!(site, Some("cross-site" | "same-site")) && !navigates {
        return Err(StatusCode::FORBIDDEN);
    }
    Ok(())
}

/// `localhost`, a loopback address, or the address that was asked for with `--host`.
fn is_ours(named: &str, host: IpAddr, port: u16) -> bool {
    let (name, named_port) = match named.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
        // Without a port a browser means 80.
        _ => (named, Some(80)),
    };
    if named_port != Some(port) {
        return false;
    }
    let name = name.trim_start_matches('[').trim_end_matches(']');
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let Ok(address) = name.parse::<IpAddr>() else {
        return false;
    };
    // Listening on all interfaces was asked for, so every address of this machine is meant; a
    // number cannot be rebound as a name can.
    address.is_loopback() || address == host || host.is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, headers: &[(&'static str, &'static str)], host: &str) -> Result<(), StatusCode> {
        let headers: Vec<_> = headers.to_vec();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, value.parse().unwrap());
        }
        admit(&method, &map, host.parse().unwrap(), 4000)
    }

    #[test]
    fn the_preview_itself_may_ask() {
        for host in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"] {
            assert_eq!(ask(Method::GET, &[("host", host)], "127.0.0.1"), Ok(()), "{host}");
        }
        let own = [
            ("host", "localhost:4000"),
            ("origin", "http://localhost:4000"),
            ("sec-fetch-site", "same-origin"),
        ];
        assert_eq!(ask(Method::HEAD, &own, "127.0.0.1"), Ok(()));
    }

    #[test]
    fn nobody_else_may() {
        for host in [
            "evil.example:4000",
            "127.0.0.1:4001",
            "127.0.0.1",
            "localhost.evil.example:4000",
            "",
            "192.168.1.2:4000",
        ] {
            assert_eq!(
                ask(Method::GET, &[("host", host)], "127.0.0.1"),
                Err(StatusCode::MISDIRECTED_REQUEST),
                "{host}"
            );
        }
        for origin in ["http://evil.example", "null", "https://localhost:4000", "http://localhost:4001"] {
            let headers = [("host", "localhost:4000"), ("origin", origin)];
            assert_eq!(ask(Method::GET, &headers, "127.0.0.1"), Err(StatusCode::FORBIDDEN), "{origin}");
        }
        let cross =
            [("host", "localhost:4000"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")];
        assert_eq!(ask(Method::GET, &cross, "127.0.0.1"), Err(StatusCode::FORBIDDEN));
        assert_eq!(
            ask(Method::POST, &[("host", "localhost:4000")], "127.0.0.1"),
            Err(StatusCode::METHOD_NOT_ALLOWED)
        );
        let twice = [("host", "localhost:4000"), ("host", "evil.example")];
        assert_eq!(ask(Method::GET, &twice, "127.0.0.1"), Err(StatusCode::MISDIRECTED_REQUEST));
    }

    #[test]
    fn asked_for_addresses_are_ours() {
        assert_eq!(ask(Method::GET, &[("host", "192.168.1.2:4000")], "192.168.1.2"), Ok(()));
        assert_eq!(ask(Method::GET, &[("host", "192.168.1.2:4000")], "0.0.0.0"), Ok(()));
        assert_eq!(
            ask(Method::GET, &[("host", "evil.example:4000")], "0.0.0.0"),
            Err(StatusCode::MISDIRECTED_REQUEST)
        );
    }
}
