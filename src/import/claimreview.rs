//! ClaimReview: JSON-LD in files of its own, in feeds, or in saved pages.

use serde_json::{Map, Value};

use super::json::{self, items};
use super::record::{Found, Record};
use super::review::{Ids, is_a, review};
use super::{bytes, saved};

/// How deep reviews are looked for; graphs nest a few levels.
const DEEPEST: usize = 24;

/// Reads a file: a page if it looks like one, JSON otherwise.
pub(super) fn read(name: &str, raw: &[u8]) -> Found {
    let (whole, remark) = bytes::text(raw);
    let mut found = Found::default();
    found.remarks.extend(remark.map(|remark| format!("{name}: {remark}")));
    if whole.trim_start().starts_with('<') {
        saved_page(name, &whole, &mut found);
    } else {
        of_json(name, &whole, &mut found);
    }
    found
}

fn saved_page(name: &str, html: &str, found: &mut Found) {
    let page = saved::page(html);
    if page.data.is_empty() {
        found.skip(name, "the page has no JSON-LD");
        return;
    }
    let mut others = Vec::new();
    for (number, block) in page.data.iter().enumerate() {
        let place = format!("{name}, block {}", number + 1);
        match json::read(block) {
            Ok((value, was_mended)) if !collect(&place, &value, was_mended, found) => others.push(value),
            Ok(_) => {}
            Err(_) => found.skip(place, "not readable as JSON"),
        }
    }
    for record in &mut found.records {
        record.title = record.title.take().or_else(|| page.title.clone());
        record.url = record.url.take().or_else(|| page.address.clone());
        record.language = record.language.take().or_else(|| page.language.clone());
        record.summary = record.summary.take().or_else(|| page.description.clone());
        record.body = record.body.take().or_else(|| page.article.clone());
        if page.article.is_none() {
            record.notes.push(
                "the saved page has no article of its own, or several: its text was not taken".to_owned(),
            );
        }
    }
    // What else the page tells programs: articles, people, pictures.
    if let Some(first) = found.records.first_mut() {
        first.around.extend(others);
        let facts = [("title", page.title), ("address", page.address), ("description", page.description)];
        let facts: Map<String, Value> = facts
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?))))
            .collect();
        first.around.extend((!facts.is_empty()).then_some(Value::Object(facts)));
    } else if found.skipped.is_empty() {
        found.skip(name, "the page has no ClaimReview");
    }
}

fn of_json(name: &str, whole: &str, found: &mut Found) {
    let no_review = "holds no ClaimReview";
    match json::read(whole) {
        Ok((value, was_mended)) => {
            if !collect(name, &value, was_mended, found) {
                found.skip(name, no_review);
            }
        }
        // One value a line is no JSON as a whole.
        Err(_)
            if whole.lines().count() > 1
                && whole.lines().next().is_some_and(|line| json::read(line).is_ok()) =>
        {
            for (number, line) in whole.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let place = format!("{name}:{}", number + 1);
                match json::read(line) {
                    Ok((value, was_mended)) => {
                        if !collect(&place, &value, was_mended, found) {
                            found.skip(place, no_review);
                        }
                    }
                    Err(_) => found.skip(place, "not readable as JSON"),
                }
            }
        }
        Err(error) => {
            found.remarks.push(format!("{name}: {error}"));
            found.skip(name, "not readable as JSON");
        }
    }
}

/// Takes every review of a value, and says whether there was anything. What encloses it (a feed's item, an article)
/// tells what the review does not.
fn collect(name: &str, value: &Value, was_mended: bool, found: &mut Found) -> bool {
    let before = (found.records.len(), found.skipped.len());
    let mut ids = Ids::new();
    index(value, 0, &mut ids);
    Walk { name, ids, counter: 0, found }.walk(value, None, 0);
    if was_mended {
        for record in &mut found.records[before.0..] {
            record.notes.push("the JSON was broken; quotation marks or commas in it were mended".to_owned());
            // Where a text ended was guessed, and so was everything in it.
            record.is_guessed = true;
        }
    }
    (found.records.len(), found.skipped.len()) != before
}

/// The reviews of a value that was read elsewhere.
pub(super) fn of_value(place: &str, value: &Value) -> Vec<Record> {
    let mut found = Found::default();
    collect(place, value, false, &mut found);
    found.records
}

fn index<'v>(value: &'v Value, depth: usize, ids: &mut Ids<'v>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| index(value, depth + 1, ids)),
        Value::Object(object) => {
            if let Some(Value::String(id)) = object.get("@id")
                && object.len() > 1
            {
                ids.entry(id).or_insert(object);
            }
            object.values().for_each(|value| index(value, depth + 1, ids));
        }
        _ => {}
    }
}

struct Walk<'a> {
    name: &'a str,
    ids: Ids<'a>,
    counter: usize,
    found: &'a mut Found,
}

impl Walk<'_> {
    fn skip(&mut self, reason: &'static str) {
        self.counter += 1;
        self.found.skip(format!("{} #{}", self.name, self.counter), reason);
    }

    fn count(&self) -> (usize, usize) {
        (self.found.records.len(), self.found.skipped.len())
    }

    fn walk(&mut self, value: &Value, around: Option<&Map<String, Value>>, depth: usize) {
        if depth > DEEPEST {
            self.skip("nested too deeply");
            return;
        }
        let start = self.found.records.len();
        match value {
            Value::Object(object) if is_a(object, "ClaimReview") => {
                self.counter += 1;
                let place = format!("{} #{}", self.name, self.counter);
                self.found.records.push(review(&place, object, around, &self.ids));
            }
            Value::Array(values) => {
                let mut rest = Vec::new();
                for value in values {
                    let before = self.count();
                    self.walk(value, around, depth + 1);
                    rest.extend(Some(value).filter(|value| self.count() == before && has_words(value)));
                }
                if let Some(first) = self.found.records.get_mut(start) {
                    first.around.extend(rest.into_iter().cloned());
                }
            }
            Value::Object(object) => {
                let mut rest = Vec::new();
                for (key, value) in object {
                    let before = self.count();
                    let is_feed = key == "dataFeedElement" || key == "item";
                    for item in items(Some(value)) {
                        // A feed names its empty places, too.
                        let is_empty_item = key == "item" && item.as_object().is_some_and(Map::is_empty);
                        if (is_feed && item.is_null()) || is_empty_item {
                            self.skip("an empty item of a feed");
                        }
                    }
                    if key == "item" && value.is_null() {
                        self.skip("an empty item of a feed");
                    }
                    self.walk(value, Some(object), depth + 1);
                    if self.count() == before && !key.starts_with('@') && has_words(value) {
                        rest.push((key, value));
                    }
                }
                if let Some(first) = self.found.records.get_mut(start).filter(|_| !rest.is_empty()) {
                    let rest = rest.into_iter().map(|(key, value)| (key.clone(), value.clone()));
                    first.around.push(Value::Object(rest.collect()));
                }
            }
            _ => {}
        }
    }
}

/// Whether a value says anything.
fn has_words(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.iter().any(has_words),
        Value::Object(object) => object.iter().any(|(key, value)| !key.starts_with('@') && has_words(value)),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
