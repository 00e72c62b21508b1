//! Dates as editors write them: a day, or a day and time with its offset.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::diagnostic::Code;
use crate::yaml::{At, CURLY, Decoder, Node, without_curly_quotes};

/// A point in time that may be known to the day only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day in the site's time zone.
    pub date: Date,
    /// The instant, where a time was given.
    pub time: Option<Zoned>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None }
    }

    /// Whether it lies after `now`. A day without a time is reached at its beginning.
    pub fn is_after(&self, now: &Zoned) -> bool {
        match &self.time {
            Some(time) => time.timestamp() > now.timestamp(),
            None => self.date > now.date(),
        }
    }

    /// ISO 8601, as precise as it was given.
    pub fn iso(&self) -> String {
        match &self.time {
            Some(time) => time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            None => self.date.to_string(),
        }
    }

    /// RFC 3339 with a time, as Atom requires: a day is its beginning in the site's time zone.
    pub fn rfc3339(&self, zone: &TimeZone) -> String {
        let time = self.time.clone().or_else(|| self.date.to_zoned(zone.clone()).ok());
        time.map_or_else(
            || format!("{}T00:00:00Z", self.date),
            |time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        )
    }

    /// For ordering: the day, then the instant.
    pub fn sort_key(&self) -> (Date, Option<Timestamp>) {
        (self.date, self.time.as_ref().map(Zoned::timestamp))
    }
}

/// Reads a date without a time.
pub(super) fn date(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Date> {
    let text = written(decoder, node, at)?;
    let read = exact_date(&text);
    if read.is_none() {
        match text.get(..10).filter(|day| text.len() > 10 && exact_date(day).is_some()) {
            Some(day) => decoder.problem(Code::BadDate, at, format!("`{text}` is more than a date"), |d| {
                d.help(format!("only the day is kept here: `{day}`"))
            }),
            None => refuse(decoder, at, &text),
        }
    }
    read
}

/// Reads a date, or a date and time with its offset.
pub(super) fn moment(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, zone: &TimeZone) -> Option<Moment> {
    let text = written(decoder, node, at)?;
    if let Some(date) = exact_date(&text) {
        return Some(Moment::day(date));
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        let time = instant.to_zoned(zone.clone());
        return Some(Moment { date: time.date(), time: Some(time) });
    }
    if text.len() > 10 && text.get(..10).and_then(exact_date).is_some() {
        decoder.problem(Code::BadDate, at, format!("`{text}` is not a date and time with offset"), |d| {
            d.help("write the time with its offset from UTC: `2024-11-13T08:30:00+07:00`")
        });
    } else {
        refuse(decoder, at, &text);
    }
    None
}

fn written(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.trim().to_owned()),
        _ => {
            decoder.wrong_type(at, "a date", node, "write the date as `2024-11-13`");
            None
        }
    }
}

fn exact_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date: Date = if shaped { text.parse().ok()? } else { return None };
    (1000..=9999).contains(&date.year()).then_some(date)
}

/// How to write a date that ends in its year: `31-12-2024`, `12/31/2024`.
fn year_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [one, two, year] = parts.as_slice() else { return None };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_short = |part: &str| (1..=2).contains(&part.len()) && digits(part);
    if !(is_short(one) && is_short(two) && year.len() == 4 && digits(year)) {
        return None;
    }
    let [day_first, month_first] =
        [(two, one), (one, two)].map(|(month, day)| format!("{year}-{month:0>2}-{day:0>2}"));
    let help = match (exact_date(&day_first).is_some(), exact_date(&month_first).is_some()) {
        (true, true) if day_first != month_first => {
            format!("write the year first, then the month, then the day: `{day_first}` or `{month_first}`")
        }
        (true, _) => format!("write the year first: `{day_first}`"),
        (_, true) => format!("write the year first: `{month_first}`"),
        _ => format!(
            "write the year first, then the month, then the day; `{day_first}` is not in the calendar either"
        ),
    };
    Some(help)
}

fn refuse(decoder: &mut Decoder<'_>, at: &At<'_>, text: &str) {
    if let Some(bare) = without_curly_quotes(text) {
        let help = format!("{CURLY}: `{bare}`");
        return decoder.problem(Code::BadDate, at, format!("`{text}` is not a date"), |d| d.help(help));
    }
    if let Some(help) = year_first(text) {
        let message = format!("`{text}` does not begin with the year");
        return decoder.problem(Code::BadDate, at, message, |d| d.help(help));
    }
    let numbers: Vec<i16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let shaped = text.len() == 10 && numbers.len() == 3;
    let message = match numbers.as_slice() {
        [year, ..] if shaped && !(1000..=9999).contains(year) => format!("`{text}` has no such year"),
        [_, month, _] if shaped && !(1..=12).contains(month) => format!("`{text}` has no such month"),
        [.., day] if shaped && *day > 28 => format!("`{text}` is not in the calendar: that month is shorter"),
        _ if shaped => format!("`{text}` has no such day"),
        _ => format!("`{text}` is not a date"),
    };
    decoder.problem(Code::BadDate, at, message, |d| d.help("write year, month and day: `2024-11-13`"));
}
