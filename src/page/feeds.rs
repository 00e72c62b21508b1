//! Feeds: Atom (RFC 4287) and JSON Feed (<https://www.jsonfeed.org/version/1.1/>).

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Pages;
use super::xml::xml;
use crate::config::Lang;
use crate::content::Moment;
use crate::digest::sha256;
use crate::locale::fill;
use crate::site::{Change, ClaimRef, Entry, Feed, Position, address};

struct Item {
    id: String,
    url: String,
    title: String,
    summary: String,
    published: String,
    updated: String,
    authors: Vec<String>,
    tags: Vec<String>,
}

/// A feed as text.
pub(super) fn feed(pages: &Pages, path: &str, lang: Lang, feed: Feed) -> String {
    let words = pages.words(lang);
    let most = pages.site.config.feeds.unwrap_or_default();
    let edition = pages.site.edition(lang);
    let (key, home, items): (_, _, Vec<Item>) = match feed {
        Feed::Articles | Feed::Json => {
            let items = edition.articles.iter().take(most).map(|index| article(pages, *index)).collect();
            ("feed_articles", address::home(&pages.site.config, lang), items)
        }
        Feed::Claims => {
            let items = edition.claims.iter().take(most).map(|at| claim(pages, *at)).collect();
            ("feed_claims", address::fixed(&pages.site.config, lang, "claims/"), items)
        }
        Feed::Corrections => {
            let items =
                edition.ledger.iter().take(most).map(|entry| correction(pages, entry, lang)).collect();
            ("feed_corrections", address::fixed(&pages.site.config, lang, "corrections/"), items)
        }
    };
    let title = format!("{} — {}", pages.site.config.title.get(lang), words.text(key));
    let (own, home) = (pages.url(path), pages.url(&home));
    match feed {
        Feed::Json => json_feed(pages, lang, &title, &own, &home, &items),
        _ => atom(pages, lang, &title, &own, &home, &items),
    }
}

fn moment(pages: &Pages, moment: &Moment) -> String {
    moment.rfc3339(&pages.site.config.timezone)
}

fn article(pages: &Pages, index: usize) -> Item {
    let article = &pages.site.articles[index];
    let lang = article.lang;
    let url = pages.url(&pages.site.path_of(Position::Article(index)));
    Item {
        id: url.clone(),
        url,
        title: article.title.clone(),
        summary: article.summary.clone().unwrap_or_default(),
        published: moment(pages, &article.date),
        updated: moment(pages, article.updated.as_ref().unwrap_or(&article.date)),
        authors: article.authors.iter().map(|name| pages.site.named(name, lang).to_owned()).collect(),
        tags: article.topics.clone(),
    }
}

fn claim(pages: &Pages, at: ClaimRef) -> Item {
    let (article, claim) = (pages.site.article_of(at), pages.site.claim(at));
    let lang = article.lang;
    let label = pages.verdict(claim.verdict).map_or("", |verdict| verdict.label.get(lang));
    let url = pages.url(&pages.site.claim_path(at));
    Item {
        id: url.clone(),
        url,
        title: format!("[{label}] {}", claim.claim),
        summary: claim.finding.clone(),
        published: moment(pages, &article.date),
        updated: moment(pages, article.updated.as_ref().unwrap_or(&article.date)),
        authors: article.authors.iter().map(|name| pages.site.named(name, lang).to_owned()).collect(),
        tags: article.topics.clone(),
    }
}

fn correction(pages: &Pages, entry: &Entry, lang: Lang) -> Item {
    let words = pages.words(lang);
    let article = &pages.site.articles[entry.article];
    let path = match entry.claim {
        Some(at) => pages.site.claim_path(at),
        None => pages.site.path_of(Position::Article(entry.article)),
    };
    let url = pages.url(&path);
    let subject = entry.claim.map_or(article.title.as_str(), |at| pages.site.claim(at).claim.as_str());
    let (kind, summary) = match &entry.change {
        Change::Correction { note } => ("correction", note.clone()),
        Change::Withdrawal { reason } => ("withdrawal", reason.clone()),
        Change::Verdict { old, new, reason } => {
            let label = |index: usize| pages.verdict(index).map_or("", |verdict| verdict.label.get(lang));
            let key = if reason.is_some() { "verdict_changed_because" } else { "verdict_changed" };
            let reason = reason.as_deref().unwrap_or_default();
            let values = [("old", label(*old)), ("new", label(*new)), ("reason", reason)];
            ("verdict", fill(words.text(key), &values))
        }
    };
    let heading = match kind {
        "withdrawal" => "withdrawn",
        "verdict" => "verdict_history",
        _ => "correction",
    };
    // An id must stay the same for ever and be the entry's own (RFC 4287 section 4.2.6).
    let digest = sha256(format!("{kind}\n{summary}").as_bytes());
    let date = moment(pages, &Moment::day(entry.date));
    Item {
        id: format!("{url}#{kind}-{}-{}", entry.date, &digest[..12]),
        url,
        title: format!("{}: {subject}", words.text(heading)),
        summary,
        published: date.clone(),
        updated: date,
        authors: vec![pages.site.config.publisher.name.clone()],
        tags: Vec::new(),
    }
}

fn atom(pages: &Pages, lang: Lang, title: &str, own: &str, home: &str, items: &[Item]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let code = pages.site.config.code(lang);
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml(code),
        xml(title),
        xml(own),
        xml(own),
        xml(home),
    );
    // A feed without entries has never changed; the clock must not get in here.
    let updated = items.iter().map(|item| item.updated.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    let publisher = &pages.site.config.publisher.name;
    let _ = write!(out, "<updated>{updated}</updated>\n<author><name>{}</name></author>\n", xml(publisher));
    for item in items {
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n",
            xml(&item.title),
            xml(&item.id),
            xml(&item.url),
            item.published,
            item.updated,
        );
        for author in &item.authors {
            let _ = writeln!(out, "<author><name>{}</name></author>", xml(author));
        }
        for tag in &item.tags {
            let _ = writeln!(out, "<category term=\"{}\"/>", xml(tag));
        }
        if !item.summary.is_empty() {
            let _ = writeln!(out, "<summary>{}</summary>", xml(&item.summary));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn json_feed(pages: &Pages, lang: Lang, title: &str, own: &str, home: &str, items: &[Item]) -> String {
    let items: Vec<Value> = items
        .iter()
        .map(|item| {
            let authors: Vec<Value> = item.authors.iter().map(|name| json!({"name": name})).collect();
            // An item needs `content_text` or `content_html`, if only its headline.
            let content = if item.summary.is_empty() { &item.title } else { &item.summary };
            json!({
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": content,
                "date_published": item.published,
                "date_modified": item.updated,
                "authors": authors,
                "tags": item.tags,
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "language": pages.site.config.code(lang),
        "authors": [{"name": pages.site.config.publisher.name}],
        "items": items,
    });
    let mut text = feed.to_string();
    text.push('\n');
    text
}
