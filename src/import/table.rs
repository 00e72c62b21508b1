//! Tables: CSV with commas, semicolons or tabs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::heads::{Columns, Heads, folded, resolved};
use super::json::number;
use super::record::{Cited, Claimant, Found, Rating, Record};
use super::review::html_of;
use super::{bytes, dates, empty};

/// Reads a table whose first row has the heads.
pub(super) fn read(name: &str, raw: &[u8], columns: &Columns) -> Found {
    let (whole, remark) = bytes::text(raw);
    let mut found = Found::default();
    found.remarks.extend(remark.map(|remark| format!("{name}: {remark}")));
    let mark = delimiter(&whole);
    let mut reader = csv::ReaderBuilder::new().delimiter(mark).flexible(true).from_reader(whole.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => names(heads),
        Err(error) => {
            found.remarks.push(format!("{name}: {error}"));
            found.skip(name, "not readable as a table");
            return found;
        }
    };
    for missing in columns.values().filter(|head| !heads.iter().any(|other| folded(other) == folded(head))) {
        found
            .remarks
            .push(format!("{name}: there is no column `{missing}`; there are: {}", heads.join(", ")));
    }
    let torn = torn(&whole, mark);
    let known = resolved(&heads.iter().map(String::as_str).collect::<Vec<_>>(), columns);
    let unused = heads.iter().filter(|head| !known.values().any(|used| used == *head)).cloned();
    found.tables.push(Heads { file: name.to_owned(), used: known.clone(), unused: unused.collect() });
    let mut row = csv::StringRecord::new();
    loop {
        let read = reader.read_record(&mut row);
        let reader_line = reader.position().line();
        let (line, place, cells) = match read {
            Ok(false) => break,
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                let mut cells = Map::new();
                for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
                    let mut head = heads.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
                    while cells.contains_key(&head) {
                        head.push('\'');
                    }
                    cells.insert(head, Value::String(cell.to_owned()));
                }
                (line, format!("{name}:{line}"), cells)
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                found.skip(format!("{name}:{line}"), "not readable as a row");
                continue;
            }
        };
        if cells.is_empty() {
            found.skip(place, "an empty row");
            continue;
        }
        let lines = line..reader_line.max(line + 1);
        let swallowed = torn.range(lines).next().is_some()
            || cells.values().filter_map(Value::as_str).any(|cell| rows_in(cell, mark) >= 2);
        let mut record = record(place, cells, &known);
        if swallowed {
            // The rows within the cell are lost as rows: nobody may take this for a whole import.
            found.is_broken = true;
            found.remarks.push(format!(
                "{}: a quotation mark may not have been closed, and further rows stand in one cell",
                record.place
            ));
            record.notes.push(
                "a cell holds what looks like further rows: a quotation mark may not have been closed"
                    .to_owned(),
            );
            record.is_guessed = true;
        }
        found.records.push(record);
    }
    day_numbers(&mut found.records);
    found
}

/// The lines where something stands between a closing quotation mark and the end of its cell, which RFC 4180 does not allow: an
/// earlier one was not closed, and what stands between them is no cell.
fn torn(whole: &str, mark: u8) -> BTreeSet<u64> {
    let mut torn = BTreeSet::new();
    let (mut line, mut is_quoted, mut is_new) = (1, false, true);
    let mut bytes = whole.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if is_quoted && bytes.next_if_eq(&b'"').is_some() => {}
            b'"' if is_quoted => {
                is_quoted = false;
                if bytes.peek().is_some_and(|next| *next != mark && !matches!(next, b'\r' | b'\n')) {
                    torn.insert(line);
                }
            }
            b'"' if is_new => is_quoted = true,
            _ => {}
        }
        line += u64::from(byte == b'\n');
        is_new = !is_quoted && (byte == mark || matches!(byte, b'\r' | b'\n'));
    }
    torn
}

/// The heads, each another: those that are empty or there twice have a name nevertheless.
fn names(heads: &csv::StringRecord) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(heads.len());
    for (at, head) in heads.iter().enumerate() {
        let mut name = head.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            name = format!("column {}", at + 1);
        }
        while names.contains(&name) {
            name.push('\'');
        }
        names.push(name);
    }
    names
}

/// Spreadsheets count days. A column that has nothing but such numbers has days.
fn day_numbers(records: &mut [Record]) {
    type Get = fn(&mut Record) -> &mut Option<String>;
    let columns: [(&str, Get); 3] = [
        ("the date", |record| &mut record.date),
        ("the date of the change", |record| &mut record.updated),
        ("the date of the claim", |record| &mut record.claimed_on),
    ];
    for (what, get) in columns {
        let are_all = records.iter_mut().filter_map(|record| get(record).as_deref()).all(is_day_number);
        for record in records.iter_mut().filter(|_| are_all) {
            let Some(number) = get(record).take() else { continue };
            let day = dates::of_number(&number);
            record.notes.extend(
                day.as_ref()
                    .map(|day| format!("{what} was the day number of a spreadsheet: `{number}` is `{day}`")),
            );
            *get(record) = day.or(Some(number));
        }
    }
}

fn is_day_number(text: &str) -> bool {
    dates::of_number(text).is_some()
}

/// How many lines of a cell look like rows of the table: they are parted as often as rows are.
fn rows_in(cell: &str, mark: u8) -> usize {
    let parts = |line: &str| line.bytes().filter(|byte| *byte == mark).count();
    let most = cell.lines().map(parts).max().unwrap_or_default();
    if most < 3 { 0 } else { cell.lines().filter(|line| parts(line) == most).count() }
}

/// What parts the cells: what the first line has most of, outside quotation marks.
fn delimiter(whole: &str) -> u8 {
    let mut in_quotes = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in whole.bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' if !in_quotes => break,
            byte if !in_quotes => {
                counts.iter_mut().filter(|(mark, _)| *mark == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    let mut best = counts[0];
    for other in &counts[1..] {
        if other.1 > best.1 {
            best = *other;
        }
    }
    best.0
}

/// A record of named cells: a row, or the fields of a post.
pub(super) fn record(
    place: String,
    cells: Map<String, Value>,
    known: &BTreeMap<&'static str, String>,
) -> Record {
    let get = |field: &str| super::json::text(known.get(field).and_then(|head| cells.get(head)));
    let several = |field: &str| -> Vec<String> {
        let text = get(field).unwrap_or_default();
        let parts = text.split(['\n', '|', ';']).map(|part| part.trim().to_owned());
        parts.filter(|part| !empty::is_nothing(part)).collect()
    };
    let figure = |field: &str| number(get(field).map(Value::String).as_ref());
    Record {
        claim: get("claim"),
        claimant: get("claimant").map(|name| Claimant { name, ..Claimant::default() }),
        claimed_on: get("claimed_on"),
        appearances: get("appearances").map(|text| addresses_in(&text)).unwrap_or_default(),
        rating: Rating {
            label: get("rating"),
            value: figure("value"),
            best: figure("best"),
            worst: figure("worst"),
            ..Rating::default()
        },
        finding: get("finding"),
        sources: get("sources").map(|text| cited(&text)).unwrap_or_default(),
        url: get("url"),
        title: get("title"),
        summary: get("summary"),
        date: get("date"),
        updated: get("updated"),
        authors: several("authors"),
        language: get("language"),
        topics: several("topics")
            .iter()
            .flat_map(|part| part.split(','))
            .map(|part| part.trim().to_owned())
            .filter(|part| !empty::is_nothing(part))
            .collect(),
        body: get("body").map(|text| html_of(&text)),
        media: several("media"),
        raw: Value::Object(cells),
        place,
        ..Record::default()
    }
}

/// The addresses of a cell; anything between them parts them.
fn addresses_in(text: &str) -> Vec<String> {
    // Words without an address are one thing that opens nothing, not one each.
    if !text.contains("://") && text.trim().contains(' ') {
        return text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    }
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '"' | '<' | '>'));
    let words = words.map(|word| word.trim_matches([',', ';', '(', ')']));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Sources of a cell: one a line (or parted by `|`), each an address with or without a title before it.
fn cited(text: &str) -> Vec<Cited> {
    let mut sources = Vec::new();
    let parts = text.split(['\n', '|']).flat_map(|part| part.split("; "));
    for part in parts.map(str::trim).filter(|part| !empty::is_nothing(part)) {
        let starts: Vec<usize> = ["http://", "https://"]
            .iter()
            .flat_map(|mark| part.match_indices(mark))
            .map(|(at, _)| at)
            .collect();
        match starts.as_slice() {
            [at] => {
                let title = part[..*at].trim().trim_end_matches([':', '-', '–', '—', '(', '[']).trim();
                let url = part[*at..].split_whitespace().next().unwrap_or_default();
                let url = url.trim_end_matches([',', ';', ')', ']']);
                sources.push(Cited {
                    title: (!title.is_empty()).then(|| title.to_owned()),
                    url: url.to_owned(),
                });
            }
            [] => sources.push(Cited { title: None, url: part.to_owned() }),
            _ => {
                let urls = addresses_in(part).into_iter().filter(|url| url.contains("://"));
                sources.extend(urls.map(|url| Cited { title: None, url }));
            }
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::{cited, read};
    use crate::import::heads::Columns;

    #[test]
    fn tables_of_all_makes_are_read() {
        for text in [
            "Klaim,Judul,Tanggal\n\"Satu, \"\"dua\"\"\nbaris\",J,16/07/2021\n,,\n",
            "Klaim;Judul;Tanggal\r\n\"Satu, \"\"dua\"\"\nbaris\";J;16/07/2021\r\n;;\r\n",
            "\u{feff}Klaim\tJudul\tTanggal\n\"Satu, \"\"dua\"\"\nbaris\"\tJ\t16/07/2021\n\t\t\n",
        ] {
            let found = read("a.csv", text.as_bytes(), &Columns::new());
            assert_eq!((found.records.len(), found.skipped.len()), (1, 1), "{text}");
            assert_eq!(found.records[0].claim.as_deref(), Some("Satu, \"dua\"\nbaris"));
            assert_eq!(found.records[0].date.as_deref(), Some("16/07/2021"));
        }
        let columns = Columns::from([("claim".to_owned(), "pernyataan".to_owned())]);
        let found = read("a.csv", b"Pernyataan,Klaim\ncaf\xe9,lain\n", &columns);
        assert_eq!(found.records[0].claim.as_deref(), Some("café"));
        assert_eq!(found.remarks.len(), 1);
    }

    #[test]
    fn sources_have_titles_and_addresses() {
        let found = cited("BMKG: https://a.example/x, \nhttps://b.example https://c.example");
        assert_eq!(found[0].title.as_deref(), Some("BMKG"));
        let urls: Vec<&str> = found.iter().map(|source| source.url.as_str()).collect();
        assert_eq!(urls, ["https://a.example/x", "https://b.example", "https://c.example"]);
    }
}
