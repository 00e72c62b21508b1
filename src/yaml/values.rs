//! Readers for the plain values of the schema: text, ids, addresses, words from a list.

use std::sync::Arc;

use url::Url;

use super::{At, Decoder, Node};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::html::is_unusable;
use crate::slug::DEVICES;
use crate::source::{Source, Span};

/// A text that is not empty. White space around it is removed.
pub fn text(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let Node::Text(raw) = node else {
        let help = match node {
            Node::Int(number) => format!("put it in quotes: `\"{number}\"`"),
            Node::Bool(word) => format!("put it in quotes: `\"{word}\"`"),
            Node::List(_) => "write one text; if it begins with `[` or `- `, put it in quotes".to_owned(),
            Node::Map(_) => "write one text; if it contains `: `, put it in quotes".to_owned(),
            Node::Null => "write the text, or remove the key".to_owned(),
            Node::Float(_) | Node::Text(_) => "put it in quotes".to_owned(),
        };
        decoder.wrong_type(at, "a text", node, &help);
        return None;
    };
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        decoder.problem(Code::MissingKey, at, "the text is empty", |d| {
            d.help("write the text, or remove the key")
        });
        return None;
    }
    if let Some(c) = trimmed.chars().find(|c| is_unusable(*c)) {
        let (message, help) = unusable(c);
        decoder.problem(Code::BadText, at, message, |d| d.help(help));
        return None;
    }
    Some(trimmed.to_owned())
}

/// What is wrong with a character that no page can carry, and how to mend it.
fn unusable(c: char) -> (String, &'static str) {
    (
        format!("the text contains the control character U+{:04X}", u32::from(c)),
        "remove it; it is invisible and often comes from copying out of another program",
    )
}

/// The problem of such a character at its place.
pub(crate) fn unusable_at(source: &Arc<Source>, place: Span, c: char) -> Diagnostic {
    let (message, help) = unusable(c);
    Diagnostic::at(Code::BadText, source, place, message).help(help)
}

/// Every item of a list that `read` accepts.
pub fn list<T>(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    mut read: impl FnMut(&mut Decoder<'_>, &Node, &At<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let Node::List(items) = node else {
        let help = match node {
            // Offered only if the one item would do: otherwise the next mistake would be ours.
            Node::Text(word)
                if word.len() < 60
                    && !word.contains(['\n', ',', '[', ']', '{', '}', '#'])
                    && read(&mut Decoder::new(decoder.yaml()), node, at).is_some() =>
            {
                format!("write it as a list: `[{word}]`")
            }
            _ => "begin each item with `- `".to_owned(),
        };
        decoder.wrong_type(at, "a list", node, &help);
        return None;
    };
    Some(items.iter().enumerate().filter_map(|(index, item)| read(decoder, item, &at.index(index))).collect())
}

/// `true` or `false`; `on` and `off` mean the same.
pub fn yes_no(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<bool> {
    match node {
        Node::Bool(value) => Some(*value),
        Node::Text(word) if word == "on" => Some(true),
        Node::Text(word) if word == "off" => Some(false),
        _ => {
            decoder.wrong_type(at, "`true` or `false`", node, "`on` and `off` mean the same");
            None
        }
    }
}

/// A whole number within `range`.
pub fn integer(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    range: std::ops::RangeInclusive<i64>,
) -> Option<i64> {
    match node {
        Node::Int(value) if range.contains(value) => Some(*value),
        Node::Int(value) => {
            decoder.problem(
                Code::BadNumber,
                at,
                format!("`{value}` is not between {} and {}", range.start(), range.end()),
                |d| d,
            );
            None
        }
        _ => {
            decoder.wrong_type(at, "a whole number", node, "");
            None
        }
    }
}

/// One of a fixed set of words.
pub fn one_of<T: Copy>(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    words: &[(&str, T)],
) -> Option<T> {
    let Node::Text(word) = node else {
        decoder.wrong_type(at, "a word", node, &allowed(words));
        return None;
    };
    let found = words.iter().find(|(name, _)| name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names = || words.iter().map(|(name, _)| *name);
        let close = did_you_mean(word, names());
        let help = curly_help(word, names()).unwrap_or_else(|| {
            close.map_or_else(|| allowed(words), |close| format!("did you mean `{close}`?"))
        });
        decoder.problem(Code::UnknownValue, at, format!("`{word}` is not known here"), |d| d.help(help));
    }
    found
}

/// Said before the word that was meant.
pub(crate) const CURLY: &str = "YAML knows only straight quotation marks; leave these out";

/// The words between typographic quotation marks, which YAML takes for letters of the text.
pub fn without_curly_quotes(word: &str) -> Option<&str> {
    let bare = word.trim_matches(|c| matches!(c, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}'));
    (bare.len() < word.len() && !bare.is_empty()).then_some(bare)
}

/// What to say of one of the known words between typographic quotation marks.
pub(crate) fn curly_help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let bare = without_curly_quotes(word)?;
    let is_known = known.into_iter().any(|name| name == bare);
    is_known.then(|| format!("{CURLY}: `{bare}`"))
}

fn allowed<T>(words: &[(&str, T)]) -> String {
    let names: Vec<_> = words.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("it can be {}", names.join(", "))
}

/// Whether `id` can be a part of an address and the name of a folder on every system.
pub fn is_safe_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
        && !DEVICES.contains(&id)
}

/// An id that becomes part of an address: small Latin letters, digits and hyphens.
pub fn id(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let word = match node {
        Node::Text(word) => word.trim(),
        _ => return text(decoder, node, at),
    };
    if is_safe_id(word) {
        return Some(word.to_owned());
    }
    let suggestion = crate::slug::slug(word);
    decoder.problem(Code::BadId, at, format!("`{word}` cannot be part of an address"), |d| {
        if DEVICES.contains(&word) {
            d.help("Windows keeps this name for itself and can have no folder of it; choose another")
        } else if is_safe_id(&suggestion) {
            d.help(format!("use small letters a to z, digits and hyphens: `{suggestion}`"))
        } else {
            d.help("use small letters a to z, digits and hyphens, at most 100 of them")
        }
    });
    None
}

/// An absolute `http` or `https` address.
pub fn web_url(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let word = text(decoder, node, at)?;
    match absolute_url(&word) {
        Ok(()) => Some(word),
        Err(reason) => {
            let message = format!("`{}` is not an address readers can open", clip(&word));
            let bare = without_curly_quotes(&word).filter(|bare| absolute_url(bare).is_ok());
            let help = bare
                .map_or_else(|| address_help(reason).to_owned(), |bare| format!("{CURLY}: `{}`", clip(bare)));
            decoder.problem(Code::BadUrl, at, message, |d| d.label(reason).help(help));
            None
        }
    }
}

/// How to mend an address that [`absolute_url`] refused for this reason.
pub fn address_help(reason: &str) -> &'static str {
    match reason {
        SPACE => "write `%20` for a space inside an address",
        UNSAFE => {
            "write `%22` for `\"`, `%3C` for `<`, `%3E` for `>`, `%5C` for `\\` and `%60` for a backtick"
        }
        USER => "leave out what stands before the `@`: every reader would see it",
        _ => "write the whole address, beginning with `https://`",
    }
}

const SPACE: &str = "it contains white space";
const UNSAFE: &str = "it contains a character that must be percent-encoded";
const USER: &str = "it carries a user name or password";

/// Whether `word` is an absolute `http` or `https` URL with a host and without white space or a
/// password (RFC 3986 section 3; section 3.2.1 deprecates passwords in addresses).
///
/// # Errors
/// The reason, as a short phrase.
pub fn absolute_url(word: &str) -> Result<(), &'static str> {
    if plain_host(word).is_some() { Ok(()) } else { checked_url(word) }
}

fn checked_url(word: &str) -> Result<(), &'static str> {
    if word.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(SPACE);
    }
    if word.contains(['"', '<', '>', '\\', '`']) {
        return Err(UNSAFE);
    }
    let parsed = Url::parse(word).map_err(|_| "it is not an absolute URL")?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err("only http and https are allowed");
    }
    // The parser mends `http:host` and `https:///host`; a reader of the file would not.
    if !word[parsed.scheme().len()..].starts_with("://") || parsed.host_str().is_none_or(str::is_empty) {
        return Err("it has no host");
    }
    // A host is a folder in the listings of sources: RFC 1123 section 2.1 allows only these names.
    let host = parsed.host_str().unwrap_or_default().trim_end_matches('.');
    let label =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !host.starts_with('[') && (!host.split('.').all(label) || DEVICES.contains(&host)) {
        return Err("its host is not a name");
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(USER);
    }
    Ok(())
}

/// The host of an address that is laid out as nearly all are: a scheme, names of small letters and digits, and
/// nothing after them that an address may not have. What is not plain is for the parser, which takes
/// ten times as long.
pub(crate) fn plain_host(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with("xn--")
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    // A last name of digits would be a number, and a host without a dot has rules of its own.
    let last = host.rsplit_once('.').map(|(_, last)| last)?;
    let is_name = host.split('.').all(label) && last.bytes().all(|byte| byte.is_ascii_lowercase());
    let may_stand = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`');
    (is_name && path.bytes().all(may_stand)).then_some(host)
}

/// A word as a message shows it: the beginning of it, if it is long.
pub(crate) fn clip(word: &str) -> String {
    if word.chars().count() <= 60 {
        word.to_owned()
    } else {
        word.chars().take(57).chain("...".chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_address_is_what_the_parser_takes_it_for(
            word in "(http|https|ftp|HTTP)?(://|:/|:)(www\\.|xn--|-|con|[a-z0-9.-]{0,4}|A|é|_|\\[::1\\]|u@|:80){0,4}\\.?(org|example|c-m|1|0x1|)(/|\\?|#|:8/|@|)([ -~]{0,6}|\u{e9}|\\s)",
        ) {
            if let Some(host) = plain_host(&word) {
                prop_assert_eq!(checked_url(&word), Ok(()), "{}", word);
                let parsed = Url::parse(&word).ok();
                prop_assert_eq!(parsed.as_ref().and_then(Url::host_str), Some(host), "{}", word);
            }
        }
    }

    #[test]
    fn addresses_as_editors_write_them_are_plain() {
        for word in
            ["https://www.bps.go.id/id/a?b=c&d#e", "http://example.org", "https://a-1.example.org/%20"]
        {
            assert!(plain_host(word).is_some(), "{word}");
            assert_eq!(absolute_url(word), Ok(()), "{word}");
        }
        for word in [
            "https://example",
            "https://1.2.3.4/",
            "https://a.1/",
            "https://u@a.org/",
            "https://A.org/",
            "//a.org",
        ] {
            assert_eq!(plain_host(word), None, "{word}");
        }
    }
}
