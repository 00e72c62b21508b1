//! What saved pages say of themselves.

use super::tags::{Piece, pieces};

/// What a saved page says of itself.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its blocks of JSON-LD.
    pub(super) data: Vec<String>,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Its language.
    pub(super) language: Option<String>,
    /// What it says of itself in a sentence.
    pub(super) description: Option<String>,
    /// The HTML of its only `article`.
    pub(super) article: Option<String>,
}

/// Looks into a saved page.
pub(super) fn page(html: &str) -> Page {
    let mut page = Page::default();
    let (mut articles, mut start, mut end) = (0, None, None);
    for (at, piece) in pieces(html) {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Close(name) if name == "article" => {
                end = Some(at);
                continue;
            }
            _ => continue,
        };
        let is = |attribute: &str, word: &str| {
            tag.get(attribute).is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        match tag.name.as_str() {
            "html" => page.language = page.language.or(tag.get("lang")),
            "title" if page.title.is_none() => {
                page.title = tag.raw.map(str::to_owned).filter(|text| !text.trim().is_empty());
            }
            "link" if is("rel", "canonical") => page.address = tag.get("href").or(page.address),
            "meta" if is("property", "og:title") => page.title = tag.get("content").or(page.title),
            "meta" if is("property", "og:url") && page.address.is_none() => page.address = tag.get("content"),
            "meta" if is("name", "description") => page.description = tag.get("content").or(page.description),
            "script"
                if tag.get("type").is_some_and(|kind| {
                    kind.get(..19).is_some_and(|start| start.eq_ignore_ascii_case("application/ld+json"))
                }) =>
            {
                page.data.extend(tag.raw.map(str::to_owned));
            }
            "article" => {
                articles += 1;
                start = Some(at);
            }
            _ => {}
        }
    }
    if let (1, Some(start)) = (articles, start) {
        page.article =
            html.get(start..end.filter(|end| *end > start).unwrap_or(html.len())).map(str::to_owned);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn pages_tell_their_data() {
        let page = page(
            "<html lang=id><title>T</title><link rel=canonical href='https://x.example/a'>\
             <script type='application/ld+json'>{\"a\": \"<b>\"}</script><article><p>Isi</p></article>",
        );
        assert_eq!(page.data, ["{\"a\": \"<b>\"}"]);
        assert_eq!((page.title.as_deref(), page.language.as_deref()), (Some("T"), Some("id")));
        assert!(page.article.is_some_and(|html| html.contains("<p>Isi</p>")));
    }
}
