//! What the address of an archived copy says.

use std::borrow::Cow;

use super::addresses::{after_host, decoded, host, is_below};

/// The Wayback Machine and those with its way of writing addresses: `/web/20240101000000/ADDRESS`.
const WAYBACK: &[(&str, &str)] = &[
    ("web.archive.org", "/web/"),
    ("wayback.archive.org", "/web/"),
    ("arquivo.pt", "/wayback/"),
    ("webarchive.org.uk", "/wayback/archive/"),
];

/// All names of one archive.
pub(super) const TODAY: &[&str] =
    &["archive.today", "archive.ph", "archive.is", "archive.li", "archive.vn", "archive.md", "archive.fo"];

/// Other archives, whose addresses do not say what they hold.
const OTHERS: &[&str] =
    &["perma.cc", "ghostarchive.org", "megalodon.jp", "webcitation.org", "cybercemetery.unt.edu"];

/// Whether an address is itself one of an archived copy.
pub(super) fn is_copy(url: &str) -> bool {
    let host = host(url);
    is_below(host, TODAY) || is_below(host, OTHERS) || wayback(url).is_some()
}

/// What stands after the `/web/` of a Wayback address.
fn wayback(url: &str) -> Option<&str> {
    let host = host(url);
    let (_, start) = WAYBACK.iter().find(|(known, _)| host.eq_ignore_ascii_case(known))?;
    after_host(url).strip_prefix(start)
}

/// The address of which this is said to be a copy, where it can be read from the copy's address.
pub(super) fn original(archived: &str) -> Option<Cow<'_, str>> {
    let rest = match wayback(archived) {
        Some(rest) => {
            let (stamp, rest) = rest.split_once('/')?;
            // `20240101000000`, shorter, or with a word on how it is shown: `20240101000000if_`.
            stamp.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)?
        }
        None if is_below(host(archived), TODAY) => {
            let rest = after_host(archived).strip_prefix('/')?;
            let (first, after) = rest.split_once('/')?;
            match first {
                "newest" | "oldest" | "timegate" => after,
                "o" => after.split_once('/')?.1,
                _ if first.starts_with(|c: char| c.is_ascii_digit()) => after,
                _ => return None,
            }
        }
        None => return None,
    };
    let rest = match rest.find("://").or_else(|| rest.find(":/")) {
        Some(_) => Cow::Borrowed(rest),
        // The whole address may be encoded as one part: `https%3A%2F%2Fexample.org`.
        None => decoded(rest),
    };
    // Some programs fold two slashes into one.
    let mended = ["http:/", "https:/"]
        .iter()
        .find(|start| rest.starts_with(**start) && !rest[start.len()..].starts_with('/'))
        .map(|start| format!("{start}/{}", &rest[start.len()..]));
    let rest = mended.map_or(rest, Cow::Owned);
    let named = host(&rest);
    (named.contains('.') && !named.contains(' ')).then_some(rest)
}

/// Why an address is not that of a finished copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfinished {
    /// `archive.ph/wip/`: the copy is still being made. The part to leave out.
    InProgress(&'static str),
    /// The address that asks for a copy.
    Request,
    /// The list of all copies.
    List,
    /// Whichever copy is the newest or the oldest on the day a reader opens it.
    Moving,
    /// Whichever copy is nearest to a day, a month or a year.
    Nearest,
    /// The archive's own home page.
    Home,
}

/// How many digits the moment of a copy has: year to second.
const STAMP: usize = 14;

/// Whether the moment in a Wayback address is not that of one copy: `2024`, `20240131if_`.
fn is_vague(archived: &str) -> bool {
    let stamp = wayback(archived).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
    let is_stamp = stamp[digits..].is_empty() || stamp.ends_with('_');
    is_stamp && (1..STAMP).contains(&digits)
}

/// Whether an address of an archive is not that of a finished copy.
pub(super) fn unfinished(archived: &str) -> Option<Unfinished> {
    let (host, rest) = (host(archived), after_host(archived));
    if is_below(host, TODAY) {
        return match rest {
            _ if rest.starts_with("/wip/") && rest.len() > "/wip/".len() => {
                Some(Unfinished::InProgress("wip/"))
            }
            _ if rest.starts_with("/submit") || rest.starts_with("/?") => Some(Unfinished::Request),
            _ if ["/newest/", "/oldest/", "/timegate/"].iter().any(|start| rest.starts_with(start)) => {
                Some(Unfinished::Moving)
            }
            "" | "/" => Some(Unfinished::Home),
            _ => None,
        };
    }
    if !WAYBACK.iter().any(|(known, _)| host.eq_ignore_ascii_case(known)) {
        return None;
    }
    match rest {
        _ if rest.starts_with("/save") => Some(Unfinished::Request),
        _ if rest.starts_with("/web/*/") => Some(Unfinished::List),
        _ if rest.starts_with("/web/http") => Some(Unfinished::Moving),
        _ if is_vague(archived) => Some(Unfinished::Nearest),
        "" | "/" | "/web" | "/web/" => Some(Unfinished::Home),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_is_read_where_it_can_be() {
        let read = |archived| original(archived).map(Cow::into_owned);
        let page = Some("https://example.org/a?b=1".to_owned());
        assert_eq!(read("https://web.archive.org/web/20240102030405/https://example.org/a?b=1"), page);
        assert_eq!(read("https://web.archive.org/web/2024if_/https:/example.org/a?b=1"), page);
        assert_eq!(read("http://archive.ph/2024.01.02-030405/https://example.org/a?b=1"), page);
        assert_eq!(read("https://archive.is/newest/https://example.org/a?b=1"), page);
        assert_eq!(read("https://archive.is/o/AbCdE/https://example.org/a?b=1"), page);
        assert_eq!(read("https://archive.today/2024/https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"), page);
        assert_eq!(read("https://web.archive.org/web/2024/example.org/a").as_deref(), Some("example.org/a"));
        assert_eq!(read("https://archive.ph/AbCdE"), None);
        assert_eq!(read("https://perma.cc/AB12-CD34"), None);
        assert_eq!(read("https://web.archive.org/web/2024"), None);
        assert_eq!(read("https://web.archive.org/web/*/https://example.org"), None);
    }

    #[test]
    fn unfinished_copies_are_known() {
        assert_eq!(unfinished("https://archive.ph/wip/AbC"), Some(Unfinished::InProgress("wip/")));
        assert_eq!(unfinished("https://archive.is/submit/?url=x"), Some(Unfinished::Request));
        assert_eq!(unfinished("https://web.archive.org/save/https://a.org"), Some(Unfinished::Request));
        assert_eq!(unfinished("https://web.archive.org/web/*/https://a.org"), Some(Unfinished::List));
        assert_eq!(unfinished("https://archive.ph/newest/https://a.org"), Some(Unfinished::Moving));
        assert_eq!(unfinished("https://web.archive.org/web/https://a.org"), Some(Unfinished::Moving));
        assert_eq!(unfinished("https://archive.ph/"), Some(Unfinished::Home));
        for vague in
            ["web.archive.org/web/2024/", "web.archive.org/web/20240102if_/", "arquivo.pt/wayback/2024/"]
        {
            let url = format!("https://{vague}https://a.org");
            assert_eq!(unfinished(&url), Some(Unfinished::Nearest), "{url}");
        }
        for exact in ["web.archive.org/web/20240102030405", "web.archive.org/web/20240102030405if_"] {
            assert_eq!(unfinished(&format!("https://{exact}/https://a.org")), None, "{exact}");
        }
        assert_eq!(unfinished("https://web.archive.org/web/2024-a/https://a.org"), None);
        assert_eq!(unfinished("https://archive.ph/wipAbC"), None);
        assert_eq!(unfinished("https://example.org/wip/AbC"), None);
    }

    #[test]
    fn copies_are_known_by_their_host() {
        assert!(is_copy("https://archive.md/AbC") && is_copy("https://perma.cc/AB12-CD34"));
        assert!(is_copy("https://web.archive.org/web/2024/https://example.org/"));
        assert!(!is_copy("https://archive.org/details/x") && !is_copy("https://example.org/web/2024/"));
    }
}
