//! Cleans a record: words without markup, dates as front matter takes them, addresses that open. What was taken
//! out or could not be read is said in its notes; the record as it was read stays with it.

use super::dates::{self, Order};
use super::record::{Cited, Record};
use super::{addresses, empty, markup, ratings};

/// The longest claim, in characters; what is longer is a text.
const LONGEST_CLAIM: usize = 2000;

/// The longest finding, in characters.
const LONGEST_FINDING: usize = 800;

/// The most entries of a list within a record.
const MOST: usize = 60;

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 1000;

/// The longest headline, name or summary, in characters: front matter has its limit.
const LONGEST_NAME: usize = 300;

/// The longest list of addresses, in bytes.
const LONGEST_LIST: usize = 8000;

/// The record, clean.
pub(super) fn mended(mut record: Record, order: Option<Order>) -> Record {
    let mut notes = std::mem::take(&mut record.notes);
    record.claim = words(record.claim).map(|claim| unquoted(&claim));
    // An address alone says nothing: it is where the claim was made.
    if let Some(url) = record.claim.take_if(|claim| is_address(claim)) {
        notes.push(format!("the claim is only an address: `{url}`"));
        record.appearances.push(url);
    }
    if record.claim.as_ref().is_some_and(|claim| claim.chars().count() > LONGEST_CLAIM) {
        notes.push("the claim is too long to be one; it is in the record below".to_owned());
        record.claim = None;
    }
    record.title = words(record.title);
    // Where there is no claim either, it is better than nothing.
    if let Some(url) = record.title.take_if(|title| record.claim.is_some() && is_address(title)) {
        notes.push(format!("the headline is only an address: `{url}`"));
    }
    record.summary = words(record.summary);
    brief("the headline", &mut record.title, LONGEST_NAME, &mut notes);
    brief("the summary", &mut record.summary, 4 * LONGEST_NAME, &mut notes);
    record.finding = words(record.finding);
    // A short text may be a dash and no more.
    record.body = record.body.filter(|body| body.len() > 60 || !empty::is_nothing(&markup::plain(body)));
    record.rating.label = record.rating.label.as_deref().and_then(ratings::words);
    for list in [&mut record.rating.also, &mut record.rating.beside] {
        *list = list.iter().filter_map(|word| ratings::words(word)).collect();
    }
    let label = record.rating.label.clone().unwrap_or_default();
    record.rating.also.retain(|word| *word != label);
    repeated(&mut record, &mut notes);
    record.claimant = record.claimant.and_then(|mut claimant| {
        let mut name = words(Some(claimant.name));
        brief("the claimant", &mut name, LONGEST_NAME, &mut notes);
        claimant.name = name?;
        if !is_name("claimant", &claimant.name, &mut notes) {
            return None;
        }
        claimant.url = claimant.url.and_then(|url| address("the claimant's address", &url, &mut notes));
        let same_as = std::mem::take(&mut claimant.same_as);
        claimant.same_as = addresses_of("another address of the claimant", same_as, &mut notes);
        Some(claimant)
    });
    record.url = record.url.and_then(|url| address("the address of the review", &url, &mut notes));
    let appearances = std::mem::take(&mut record.appearances);
    record.appearances = addresses_of("an appearance", appearances, &mut notes);
    record.media = addresses_of("a picture or recording", std::mem::take(&mut record.media), &mut notes);
    let mut sources: Vec<Cited> = Vec::new();
    for source in std::mem::take(&mut record.sources) {
        if let Some(url) = address("a source", &source.url, &mut notes)
            && !sources.iter().any(|other| other.url == url)
        {
            let mut title = words(source.title);
            brief("the title of a source", &mut title, LONGEST_NAME, &mut notes);
            sources.push(Cited { title, url });
        }
    }
    let mut length = 0;
    let whole = sources.len();
    sources.retain(|source| {
        length += source.url.len() + source.title.as_ref().map_or(source.url.len(), String::len);
        length <= LONGEST_LIST
    });
    if sources.len() < whole {
        notes.push(
            "some sources were left out, as they are too many; they are in the record below".to_owned(),
        );
    }
    capped("sources", &mut sources, &mut notes);
    record.sources = sources;
    record.language = record.language.filter(|code| !empty::is_nothing(code) && !empty::is_nobody(code));
    for (what, list) in [("author", &mut record.authors), ("topic", &mut record.topics)] {
        let clean: Vec<String> =
            std::mem::take(list).into_iter().filter_map(|name| words(Some(name))).collect();
        for name in clean {
            let mut name = is_name(what, &name, &mut notes).then_some(name);
            brief("a name", &mut name, LONGEST_NAME, &mut notes);
            if let Some(name) = name
                && !list.contains(&name)
            {
                list.push(name);
            }
        }
    }
    capped("authors", &mut record.authors, &mut notes);
    capped("topics", &mut record.topics, &mut notes);
    let mut day = |what: &str, text: Option<String>, with_time: bool| {
        let text = words(text)?;
        match dates::read(&text, order) {
            Ok(read) => Some(read.moment.filter(|_| with_time).unwrap_or_else(|| read.day.to_string())),
            Err(refused) => {
                notes.push(format!("{what} `{text}` was not taken: {}", refused.words()));
                None
            }
        }
    };
    record.date = day("the date", record.date, true);
    record.updated = day("the date of the change", record.updated, true);
    record.claimed_on = day("the date of the claim", record.claimed_on, false);
    if let (Some(claimed), Some(date)) = (&record.claimed_on, &record.date)
        && date.get(..10).is_some_and(|day| day < claimed.as_str())
    {
        notes.push(format!("the review is dated before the claim (`{claimed}`)"));
    }
    paragraphs(&mut record, &mut notes);
    record.notes = notes;
    record
}

/// What only repeats the claim is neither a finding nor a summary: published there, the desk would say it.
fn repeated(record: &mut Record, notes: &mut Vec<String>) {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let Some(claim) = record.claim.as_deref().map(bare).filter(|claim| !claim.is_empty()) else { return };
    for (what, field) in [("what was found", &mut record.finding), ("the summary", &mut record.summary)] {
        if field.take_if(|text| bare(text) == claim).is_some() {
            notes.push(format!("{what} only repeats the claim and was left out"));
        }
    }
}

/// Puts paragraphs where paragraphs belong: a rating that is one tells what was found.
fn paragraphs(record: &mut Record, notes: &mut Vec<String>) {
    if let Some(label) = record.rating.label.as_ref().filter(|label| ratings::is_paragraph(label))
        && record.finding.is_none()
    {
        record.finding = Some(label.clone());
    }
    if let Some(finding) = record.finding.as_ref().filter(|finding| finding.chars().count() > LONGEST_FINDING)
    {
        notes.push("what was found is long; write a sentence or two as its finding".to_owned());
        if record.body.is_none() {
            record.body = Some(markup::paragraphs(finding, false));
        }
        record.finding = None;
    }
}

fn words(text: Option<String>) -> Option<String> {
    text.map(|text| markup::plain(&text)).filter(|text| !empty::is_nothing(text))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// Whether a name can have a page: it names somebody, and has letters.
fn is_name(what: &str, name: &str, notes: &mut Vec<String>) -> bool {
    let why = if empty::is_nobody(name) && what != "topic" {
        "names nobody"
    } else if crate::slug::slug(name).is_empty() {
        "has no letters"
    } else {
        return true;
    };
    notes.push(format!("the {what} `{name}` {why} and was left out"));
    false
}

/// Without quotation marks around the whole of it.
fn unquoted(text: &str) -> String {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close]) && !inner.trim().is_empty())
        {
            return inner.trim().to_owned();
        }
    }
    text.to_owned()
}

fn address(what: &str, word: &str, notes: &mut Vec<String>) -> Option<String> {
    let found = addresses::mended(word).filter(|url| url.len() <= LONGEST_ADDRESS);
    match &found {
        None if !word.trim().is_empty() => {
            notes.push(format!("{what} is no address that opens: `{}`", clip(word)));
        }
        Some(url) if url != word.trim() => notes.push(format!("{what} was mended; it was `{}`", clip(word))),
        _ => {}
    }
    found
}

fn addresses_of(what: &str, words: Vec<String>, notes: &mut Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if let Some(url) = address(what, &word, notes)
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    let mut length = 0;
    let whole = found.len();
    found.retain(|url| {
        length += url.len();
        length <= LONGEST_LIST
    });
    if found.len() < whole {
        notes.push(format!("{what}: some were left out, as they are too many; they are in the record below"));
    }
    capped(what, &mut found, notes);
    found
}

/// What is too long for its place goes into a note, whole.
fn brief(what: &str, text: &mut Option<String>, longest: usize, notes: &mut Vec<String>) {
    if let Some(long) = text.take_if(|text| text.chars().count() > longest) {
        notes.push(format!("{what} is too long: `{long}`"));
    }
}

fn capped<T>(what: &str, list: &mut Vec<T>, notes: &mut Vec<String>) {
    if list.len() > MOST {
        notes.push(format!(
            "{what}: the first {MOST} of `{}` were taken; all are in the record below",
            list.len()
        ));
        list.truncate(MOST);
    }
}

fn clip(word: &str) -> String {
    crate::yaml::clip(word.trim())
}
