//! Records that belong together: those of one address, and those of one claim.

use std::collections::BTreeMap;

use super::ratings;
use super::record::Record;

/// The most claims of one article; the rest stands in further files.
const MOST_CLAIMS: usize = 20;

/// The most that the claims of one article may hold, in bytes; front matter has at most 64 KB.
const MOST_BYTES: usize = 30_000;

/// Takes what a second record of the same claim says otherwise to the notes of the first.
pub(super) fn duplicate(first: &mut Record, second: &Record) -> &'static str {
    if first.raw == second.raw && first.body == second.body && first.around == second.around {
        return "a duplicate: the same record twice";
    }
    if are_rated_otherwise(first, second) {
        first.conflicts.push(format!("another record of this claim is rated otherwise (`{}`)", second.place));
    }
    first
        .notes
        .push(format!("the source has another record of this claim (`{}`); it is kept below", second.place));
    first.around.push(second.raw.clone());
    first.around.extend(second.around.iter().cloned());
    if let Some(body) = second.body.as_ref().filter(|body| first.body.as_ref() != Some(*body)) {
        first.around.push(serde_json::Value::String(body.clone()));
    }
    "a duplicate: the same claim at the same address; what differs is in the notes of the first"
}

/// The records of one address, parted where an article would have too many claims, or too long ones.
pub(super) fn parts(records: &[Record]) -> Vec<&[Record]> {
    let length = |record: &Record| {
        let texts = [&record.claim, &record.finding, &record.title, &record.summary];
        let texts: usize = texts.into_iter().flatten().map(String::len).sum();
        let sources: usize = record
            .sources
            .iter()
            .map(|source| 2 * source.url.len() + source.title.as_ref().map_or(0, String::len))
            .sum();
        500 + texts + sources + record.appearances.iter().map(|url| url.len() + 20).sum::<usize>()
    };
    let mut parts = Vec::new();
    let (mut start, mut total) = (0, 0);
    for (at, record) in records.iter().enumerate() {
        let own = length(record);
        if at > start && (at - start >= MOST_CLAIMS || total + own > MOST_BYTES) {
            parts.push(&records[start..at]);
            (start, total) = (at, 0);
        }
        total += own;
    }
    parts.push(&records[start..]);
    parts
}

/// Whether two records of one claim do not judge it alike.
fn are_rated_otherwise(one: &Record, other: &Record) -> bool {
    let label = |record: &Record| ratings::label(&record.rating).0.map(|label| label.to_lowercase());
    label(one) != label(other) || one.rating.value != other.rating.value
}

/// Adds a record to those of its address. An article has one text: what else the source has is kept in the notes, and somebody has
/// to look at it.
pub(super) fn join(records: &mut Vec<Record>, mut record: Record) {
    let first = records.iter().find(|other| other.body.is_some());
    if let (Some(first), Some(body)) = (first, &record.body)
        && first.body.as_ref() != Some(body)
    {
        record
            .notes
            .push(format!("`{}` has another text for the same address; it is kept below", record.place));
        record.around.push(serde_json::Value::String(body.clone()));
        record.unpublished = true;
    }
    records.push(record);
}

/// A claim that the desk judged otherwise at another address is for somebody to decide, wherever it stands.
pub(super) fn compare(groups: &mut [(String, Vec<Record>)], is_own: impl Fn(&Record) -> bool) {
    // What stays at home anyway keeps nothing else there.
    let is_rated = |record: &Record| {
        let is_judged = record.rating.label.is_some() || record.rating.value.is_some();
        is_judged && !record.is_plain && !record.unpublished && record.conflicts.is_empty()
    };
    let mut places: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (group, (_, records)) in groups.iter().enumerate() {
        for (number, record) in records.iter().enumerate() {
            if let Some(claim) = record.claim.as_ref().filter(|_| is_rated(record) && is_own(record)) {
                places.entry(claim.to_lowercase()).or_default().push((group, number));
            }
        }
    }
    for places in places.into_values().filter(|places| places.len() > 1) {
        let at = |(group, number): (usize, usize)| &groups[group].1[number];
        let first = at(places[0]);
        let otherwise: Vec<bool> =
            places.iter().map(|place| are_rated_otherwise(first, at(*place))).collect();
        let Some(other) = otherwise.iter().position(|is_otherwise| *is_otherwise) else { continue };
        let of = |place: &str| format!("the same claim is rated otherwise at another address (`{place}`)");
        let (to_first, to_others) = (of(&at(places[other]).place), of(&first.place));
        for ((group, number), is_otherwise) in places.into_iter().zip(otherwise) {
            let conflict = if is_otherwise { &to_others } else { &to_first };
            groups[group].1[number].conflicts.push(conflict.clone());
        }
    }
}
