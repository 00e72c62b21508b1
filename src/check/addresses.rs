//! Addresses as rules compare them: which host, which page.

use std::borrow::Cow;

/// Services that hide where an address leads, and can stop leading there any day.
const SHORTENERS: &[&str] = &[
    "adf.ly",
    "aka.ms",
    "amzn.to",
    "bit.do",
    "bit.ly",
    "bitly.com",
    "buff.ly",
    "cutt.ly",
    "dlvr.it",
    "fb.me",
    "ff.im",
    "goo.gl",
    "gg.gg",
    "hubs.ly",
    "ift.tt",
    "is.gd",
    "j.mp",
    "kutt.it",
    "lnkd.in",
    "msh.gd",
    "n9.cl",
    "nyti.ms",
    "ow.ly",
    "pin.it",
    "po.st",
    "qr.ae",
    "rb.gy",
    "rebrand.ly",
    "reut.rs",
    "s.id",
    "shorturl.at",
    "snip.ly",
    "soo.gd",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "tr.im",
    "trib.al",
    "u.to",
    "v.gd",
    "vm.tiktok.com",
    "vt.tiktok.com",
    "wapo.st",
    "x.gd",
];

/// Where anyone may post, and posts go as fast as they come.
const SOCIAL: &[&str] = &[
    "bsky.app",
    "facebook.com",
    "fb.watch",
    "gettr.com",
    "instagram.com",
    "kwai.com",
    "likee.video",
    "linkedin.com",
    "ok.ru",
    "pinterest.com",
    "reddit.com",
    "rumble.com",
    "snackvideo.com",
    "snapchat.com",
    "t.me",
    "telegram.me",
    "threads.com",
    "threads.net",
    "tiktok.com",
    "truthsocial.com",
    "twitter.com",
    "vk.com",
    "weibo.com",
    "whatsapp.com",
    "x.com",
    "youtu.be",
    "youtube.com",
];

/// Registries whose lasting addresses lead to wherever the document stands at present.
const RESOLVERS: &[&str] = &["doi.org", "hdl.handle.net", "n2t.net", "purl.org", "w3id.org"];

/// Parts of a query that say how a reader came, not what is read.
const TRACKING: &[&str] = &["fbclid", "gclid", "igsh", "igshid", "mibextid"];

/// The host of an absolute address as it is written, without `www.` and port.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    let host = host.strip_suffix('.').unwrap_or(host);
    match host.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    }
}

/// What stands after the host.
pub(super) fn after_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    &rest[rest.find(['/', '?', '#']).unwrap_or(rest.len())..]
}

/// Whether the address is that of a known shortener.
pub(super) fn is_shortened(url: &str) -> bool {
    let host = host(url);
    // The bare domain is the service itself.
    let leads_on = after_host(url).trim_matches('/').len() > 1;
    leads_on && (is_one_of(host, SHORTENERS) || is_below(host, &["goo.gl"]))
}

/// Whether the page stands at another address, which this one does not tell.
pub(super) fn leads_elsewhere(url: &str) -> bool {
    is_shortened(url) || is_below(host(url), RESOLVERS)
}

/// Whether anyone may post at the address.
pub(super) fn is_social(url: &str) -> bool {
    is_below(host(url), SOCIAL)
}

fn is_one_of(host: &str, known: &[&str]) -> bool {
    known.iter().any(|known| host.eq_ignore_ascii_case(known))
}

/// Whether the host is one of these or stands below it.
pub(super) fn is_below(host: &str, known: &[&str]) -> bool {
    known.iter().any(|known| {
        let Some(start) = host.len().checked_sub(known.len()) else {
            return false;
        };
        host.as_bytes()[start..].eq_ignore_ascii_case(known.as_bytes())
            && (start == 0 || host.as_bytes()[start - 1] == b'.')
    })
}

/// Whether two addresses mean the same page, as far as can be told without asking.
pub(super) fn same_page(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// An address without what does not change the page: scheme, `www.`, default port, a slash at the
/// end, the fragment, tracking, and the way letters are encoded (RFC 3986 section 6.2).
pub(super) fn key(url: &str) -> String {
    let host = host(url).to_ascii_lowercase();
    let host = host.strip_prefix("m.").or_else(|| host.strip_prefix("mobile.")).unwrap_or(&host);
    // One network, two names.
    let host = if host == "twitter.com" { "x.com" } else { host };
    let port = port(url).map(|port| format!(":{port}")).unwrap_or_default();
    let rest = after_host(url);
    let rest = &rest[..rest.find('#').unwrap_or(rest.len())];
    let (path, query) = rest.split_once('?').map_or((rest, ""), |(path, query)| (path, query));
    if let Some(video) = video(host, path, query) {
        return format!("youtube.com/watch?v={video}");
    }
    let path = decoded(path);
    let mut key = format!("{host}{port}{}", path.trim_end_matches('/'));
    let mut before = '?';
    for part in query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)) {
        key.push(before);
        key.push_str(&decoded(part));
        before = '&';
    }
    key
}

/// The video that an address of `YouTube` shows: its pages have two names, and keys that say how a
/// reader came.
fn video<'u>(host: &str, path: &'u str, query: &'u str) -> Option<&'u str> {
    let id = match host {
        "youtu.be" => path.trim_matches('/'),
        "youtube.com" if path.trim_end_matches('/') == "/watch" => {
            query.split('&').find_map(|part| part.strip_prefix("v="))?
        }
        _ => return None,
    };
    Some(id).filter(|id| !id.is_empty() && !id.contains('/'))
}

fn port(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let (_, port) = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))?;
    Some(port).filter(|port| !matches!(*port, "" | "80" | "443"))
}

fn is_tracking(part: &str) -> bool {
    // Many newsrooms show an article on one page in this way.
    if matches!(part, "page=all" | "single=1") {
        return true;
    }
    let name = part.split('=').next().unwrap_or(part);
    name.starts_with("utm_") || TRACKING.contains(&name)
}

/// `%20` and the like resolved; what is not UTF-8 then stays as it was.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = hex
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_without_parsing() {
        assert_eq!(host("https://WWW.Example.org:8080/a?b#c"), "Example.org");
        assert_eq!(host("http://[::1]/x"), "[::1]");
        assert_eq!(host("https://example.org?x=1"), "example.org");
        assert!(is_social("https://m.facebook.com/1") && !is_social("https://notfacebook.com/1"));
        assert!(is_shortened("https://bit.ly/3xYz") && !is_shortened("https://bit.ly/"));
        assert!(!is_shortened("https://example.org/bit.ly/3"));
    }

    #[test]
    fn the_same_page_is_known_in_other_dress() {
        for (one, other) in [
            ("http://www.example.org/a/", "https://example.org/a"),
            ("https://example.org/a#b", "https://EXAMPLE.org:443/a"),
            ("https://example.org/a%20b?x=1&utm_source=y", "https://example.org/a b?x=1"),
            ("https://twitter.com/a/status/1", "https://mobile.x.com/a/status/1?fbclid=2"),
            ("https://example.org/%2", "https://example.org/%2"),
            ("https://example.org/a?page=all", "https://example.org/a"),
            ("https://youtu.be/aB1?si=x", "https://www.youtube.com/watch?v=aB1&feature=youtu.be"),
        ] {
            assert!(same_page(one, other), "{one} {other}");
        }
        assert!(!same_page("https://youtu.be/aB1", "https://www.youtube.com/watch?v=ab1"));
        assert!(!same_page("https://example.org/a?x=1", "https://example.org/a?x=2"));
        assert!(!same_page("https://example.org:8080/a", "https://example.org/a"));
    }
}
