//! Files of pages and people, which have no claims.

use url::Url;

use super::article::{Claim, remarks};
use super::markup;
use super::record::Record;
use crate::yaml::{Node, write};

/// A page of the old site. Nothing if it has no headline.
pub(super) fn page(record: &Record, aliases: &[String], said: &[String]) -> Option<String> {
    let text = |text: &str| Node::Text(text.to_owned());
    let mut head = vec![("title".to_owned(), text(record.title.as_deref()?))];
    head.extend(record.summary.as_deref().map(|summary| ("summary".to_owned(), text(summary))));
    if !aliases.is_empty() {
        head.push(("aliases".to_owned(), Node::List(aliases.iter().map(|alias| text(alias)).collect())));
    }
    let base = record.url.as_deref().and_then(|url| Url::parse(url).ok());
    let (body, mut notes) =
        record.body.as_deref().map(|body| markup::markdown(body, base.as_ref())).unwrap_or_default();
    notes.splice(0..0, said.iter().cloned());
    // A page has no place for these.
    notes.extend(record.date.iter().map(|date| format!("published: `{date}`")));
    notes.extend(record.authors.iter().map(|author| format!("author: `{author}`")));
    notes.extend(record.topics.iter().map(|topic| format!("topic: `{topic}`")));
    let mut out = format!("---\n{}---\n\n", write(&Node::Map(head)));
    remarks(&mut out, std::slice::from_ref(&Claim::of_page(record)), &notes);
    if !body.is_empty() {
        out.push_str(&format!("\n{body}\n"));
    }
    Some(out)
}

/// An author with a file of their own.
pub(super) fn person(name: &str) -> String {
    let head = vec![
        ("name".to_owned(), Node::Text(name.to_owned())),
        ("type".to_owned(), Node::Text("person".to_owned())),
    ];
    format!("---\n{}---\n", write(&Node::Map(head)))
}
