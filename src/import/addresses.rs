//! Addresses as archives have them.

use url::Url;

use crate::yaml::absolute_url;

/// An address that readers can open, mended where only one reading is possible.
pub(super) fn mended(word: &str) -> Option<String> {
    let mut word = word.trim().trim_matches(['"', '“', '”']).replace("&amp;", "&");
    // `%2520` is a `%20` that was encoded once more.
    while is_encoded_twice(&word) {
        word = word.replace("%25", "%");
    }
    if let Some(rest) = word.strip_prefix("//") {
        word = format!("https://{rest}");
    }
    if absolute_url(&word).is_ok() {
        return Some(word);
    }
    // The whole address was encoded.
    if word.to_ascii_lowercase().starts_with("http%3a") || word.to_ascii_lowercase().starts_with("https%3a") {
        word = word.replace("%3A", ":").replace("%3a", ":").replace("%2F", "/").replace("%2f", "/");
    }
    let mut safe = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            ' ' => safe.push_str("%20"),
            '"' => safe.push_str("%22"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            '`' => safe.push_str("%60"),
            c if c.is_whitespace() || c.is_control() => {}
            c => safe.push(c),
        }
    }
    absolute_url(&safe).is_ok().then_some(safe)
}

fn is_encoded_twice(word: &str) -> bool {
    word.match_indices("%25").any(|(at, _)| {
        let code = word.as_bytes().get(at + 3..at + 5);
        code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Where a link of a page at `base` leads.
pub(super) fn resolved(link: &str, base: Option<&Url>) -> Option<String> {
    if link.starts_with('#') {
        return None;
    }
    if let Some(whole) = mended(link) {
        return Some(whole);
    }
    let url = base?.join(link).ok()?;
    mended(url.as_str())
}

/// What tells two addresses of one review apart: neither the part within the page, nor the scheme, nor a last `/`.
fn key(url: &str) -> String {
    let whole = url.split('#').next().unwrap_or(url);
    let rest = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}/{path}").trim_end_matches('/').to_owned()
}

/// Whether an address is that of a whole site: it tells no article from another.
pub(super) fn is_home(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.path().trim_matches('/').is_empty() && url.query().is_none())
}

/// The [`key`] of an address, if it is that of a page of its own.
pub(super) fn own_key(url: Option<&str>) -> Option<String> {
    url.filter(|url| !is_home(url)).map(key)
}

#[cfg(test)]
mod tests {
    use super::{is_home, key, mended};

    #[test]
    fn addresses_are_mended_where_one_reading_is_possible() {
        let is = |word: &str, good: &str| assert_eq!(mended(word).as_deref(), Some(good), "{word}");
        is(" https://a.example/x%2520y ", "https://a.example/x%20y");
        is("https://a.example/?u=https%253A%252F%252Fb", "https://a.example/?u=https%3A%2F%2Fb");
        is("//a.example/x y", "https://a.example/x%20y");
        is("https%3A%2F%2Fa.example%2Fx", "https://a.example/x");
        is("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2");
        is("https://a.example/100%25", "https://a.example/100%25");
        assert_eq!(mended("javascript:alert(1)"), None);
        assert_eq!(mended("lihat Facebook"), None);
    }

    #[test]
    fn reviews_are_told_apart() {
        assert_eq!(key("http://www.A.example/x/#c"), key("https://a.example/x"));
        assert_ne!(key("https://a.example/?p=1"), key("https://a.example/?p=2"));
        assert!(is_home("https://a.example") && !is_home("https://a.example/?p=1"));
    }
}
