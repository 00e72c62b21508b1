//! Where links and pictures of a text lead.

use std::collections::HashSet;

use pulldown_cmark::LinkType;
use url::Url;

use super::Body;
use crate::content::Reading;
use crate::content::active::danger;
use crate::content::file::File;
use crate::content::reference::{AS_PDF, BadPath, Target, join, suggest};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{absolute_url, address_help, clip};

/// A link to another part of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Where it stands in the file, in bytes.
    pub span: Span,
}

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The address, as it is written into the page.
    pub address: String,
    /// Where it stands in the file, in bytes.
    pub span: Span,
}

/// What a link's address turned out to be.
#[derive(Debug)]
pub(super) enum Destination {
    /// An outside address, to be written as it is.
    Outside(Outside),
    /// A part of the site.
    Inside(Link),
    /// Nothing usable; it was reported.
    Bad,
}

/// Reads the address of a link.
pub(super) fn destination(
    kind: LinkType,
    written: &str,
    span: &Span,
    file: &File,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Destination {
    let place = place_of(written, span, file);
    let written = written.trim();
    let outside = |address| Destination::Outside(Outside { address, span: place.clone() });
    let mut refuse = |code, message: String, help: &str| {
        diagnostics.push(Diagnostic::at(code, file.source(), place.clone(), message).help(help));
        Destination::Bad
    };
    if written.is_empty() {
        return refuse(
            Code::BrokenLink,
            "this link leads nowhere".to_owned(),
            "put an address between the parentheses",
        );
    }
    if kind == LinkType::Email {
        return outside(format!("mailto:{written}"));
    }
    let inside = |target| Destination::Inside(Link { target, span: place.clone() });
    if let Some(fragment) = written.strip_prefix('#') {
        return inside(Target::Fragment(decoded(fragment)));
    }
    if let Some(id) = written.strip_prefix("claim:") {
        return inside(Target::Claim(id.to_owned()));
    }
    if let Some((scheme, _)) = written.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
        let allowed = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => absolute_url(written),
            "mailto" => Url::parse(written).map(|_| ()).map_err(|_| "it is not a mail address"),
            _ => Err("only http, https and mailto are allowed"),
        };
        return match allowed {
            Ok(()) => outside(written.to_owned()),
            Err(reason) => refuse(
                Code::BadUrl,
                format!("`{}` cannot be linked: {reason}", clip(written)),
                address_help(reason),
            ),
        };
    }
    if written.starts_with("//") {
        return refuse(
            Code::BadUrl,
            format!("`{}` has no scheme", clip(written)),
            "begin the address with `https://`",
        );
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (written, None),
    };
    let path = decoded(path);
    if path.starts_with('/') {
        return inside(Target::Path(path, fragment));
    }
    let joined = match join(reading.folder, &path) {
        Ok(joined) => joined,
        Err(BadPath::NotRelative) => {
            return refuse(
                Code::BrokenLink,
                format!("`{}` is not a path of this site", clip(written)),
                "use `/` between folders",
            );
        }
        Err(BadPath::Outside) => {
            return refuse(
                Code::BrokenLink,
                format!("`{}` leads out of `content/`", clip(written)),
                "link to a file below `content/`",
            );
        }
    };
    let Some(location) = reading.location(&joined) else {
        let help = suggest(&joined, reading.folder, reading.files);
        return refuse(Code::BrokenLink, format!("there is no file `content/{joined}`"), &help);
    };
    if joined.ends_with(".md") {
        return inside(Target::Document(joined, fragment));
    }
    if let Some(why) = danger(&joined, location) {
        return refuse(Code::ActiveFile, format!("`{}` cannot be published: {why}", clip(written)), AS_PDF);
    }
    inside(Target::File(joined))
}

/// Adds the links of raw HTML, which lead to other sites or within the page, to those of Markdown.
pub(super) fn of_html(led: Vec<String>, body: &mut Body, file: &File) {
    let mut known: HashSet<String> = body.outside.iter().map(|link| link.address.clone()).collect();
    // Our own markup leads to our own ids.
    known.extend(body.ids.iter().map(|id| format!("#{id}")));
    let mut places = Places { text: file.body_text(), from: 0, left: MOST_LOOKED_AT };
    for address in led {
        if known.contains(&address) {
            continue;
        }
        let place = places.next(&address);
        let span = file.body.start + place.start..file.body.start + place.end;
        if let Some(fragment) = address.strip_prefix('#').filter(|fragment| !fragment.is_empty()) {
            body.links.push(Link { target: Target::Fragment(decoded(fragment)), span });
        } else if absolute_url(&address).is_ok() {
            body.outside.push(Outside { address: address.clone(), span });
        }
        known.insert(address);
    }
}

/// How many bytes of a text are looked through at most for addresses that do not stand after the one before.
const MOST_LOOKED_AT: usize = 1 << 30;

/// Where a text has the addresses of its raw HTML, which come in the order of the text.
struct Places<'t> {
    text: &'t str,
    /// Behind the last that was found.
    from: usize,
    /// How many bytes may still be looked through in vain.
    left: usize,
}

impl Places<'_> {
    /// The place of an address, as it is or with its `&` escaped; otherwise the text's beginning.
    fn next(&mut self, address: &str) -> Span {
        let escaped = address.replace('&', "&amp;");
        let found = [self.from, 0]
            .into_iter()
            .find_map(|from| [address, &escaped].into_iter().find_map(|words| self.find(from, words, true)));
        let Some(place) = found.or_else(|| self.find(0, address, false)) else {
            return 0..0;
        };
        self.from = place.end;
        place
    }

    /// Where words stand from a place on, in quotation marks or anywhere.
    fn find(&mut self, from: usize, words: &str, quoted: bool) -> Option<Span> {
        if self.left == 0 {
            return None;
        }
        let bytes = self.text.as_bytes();
        let is_quoted = |place: &Span| {
            let before = place.start.checked_sub(1).and_then(|at| bytes.get(at));
            before == bytes.get(place.end) && matches!(before, Some(b'"' | b'\''))
        };
        let places = memchr::memmem::find_iter(&bytes[from..], words);
        let found =
            places.map(|at| from + at..from + at + words.len()).find(|place| !quoted || is_quoted(place));
        // What is found behind the one before is looked at only once.
        if found.is_none() || from < self.from {
            let end = found.as_ref().map_or(bytes.len(), |place| place.end);
            self.left = self.left.saturating_sub(end - from);
        }
        found
    }
}

/// The address itself inside the link, if it stands there as it is.
fn place_of(written: &str, span: &Span, file: &File) -> Span {
    let start = file.body.start + span.start;
    let text = &file.source().text[start..file.body.start + span.end];
    match text.rfind(written).filter(|_| !written.is_empty()) {
        Some(at) => start + at..start + at + written.len(),
        None => start..start + text.lines().next().map_or(0, str::len),
    }
}

/// RFC 3986 section 3.1.
fn is_scheme(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// `%20` and the like resolved; anything that is not UTF-8 then stays as it was.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
