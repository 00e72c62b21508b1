//! Dates as archives write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;

/// Which of `03/04/2021` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The first number: 3 April.
    DayFirst,
    /// The second: 4 March.
    MonthFirst,
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The day.
    pub(super) day: Date,
    /// The moment with its offset, as front matter takes it.
    pub(super) moment: Option<String>,
}

/// Why a date was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Day and month cannot be told apart.
    Ambiguous,
    /// It is none.
    NoDate,
}

impl Refused {
    /// What an editor has to know.
    pub(super) fn words(self) -> &'static str {
        match self {
            Refused::Ambiguous => {
                "day and month cannot be told apart; import again with `--dates dmy` or `--dates mdy`"
            }
            Refused::NoDate => "this is not a date",
        }
    }
}

/// Reads a date in one of the ways that archives use.
pub(super) fn read(text: &str, order: Option<Order>) -> Result<Read, Refused> {
    let text = text.trim();
    let moment = |instant: Timestamp, text: &str| {
        let day = text.get(..10).and_then(|day| day.parse().ok());
        let day = day.unwrap_or_else(|| instant.to_zoned(jiff::tz::TimeZone::UTC).date());
        checked(day).map(|day| Read { day, moment: Some(text.to_owned()) })
    };
    if let Ok(instant) = text.parse::<Timestamp>() {
        // The offset stays as written: `2021-07-16T08:00:00+07:00`.
        return moment(instant, &text.replacen(' ', "T", 1));
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        return moment(zoned.timestamp(), &zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | 'T'))
        .filter(|word| !word.is_empty())
        .collect();
    let first = words.first().copied().unwrap_or_default();
    if let Some(day) = of_numbers(first, order) {
        let rest = &words[1..];
        let is_time = |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
        return match rest.first() {
            Some(word) if !is_time(word) => Err(Refused::NoDate),
            _ => day.and_then(checked).map(|day| Read { day, moment: None }),
        };
    }
    of_words(text).and_then(checked).map(|day| Read { day, moment: None })
}

fn checked(day: Date) -> Result<Date, Refused> {
    // What programs write where there is no date.
    let is_zero = (day.year(), day.month(), day.day()) == (1970, 1, 1);
    if (1000..=9000).contains(&day.year()) && !is_zero { Ok(day) } else { Err(Refused::NoDate) }
}

/// Three numbers with one kind of mark between them; nothing if it is anything else.
fn of_numbers(word: &str, order: Option<Order>) -> Option<Result<Date, Refused>> {
    let mark = ['-', '/', '.'].into_iter().find(|mark| word.matches(*mark).count() == 2)?;
    let parts: Vec<i16> = word.split(mark).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let date = |year: i16, month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok(), i8::try_from(day).ok());
        month.zip(day).and_then(|(month, day)| Date::new(year, month, day).ok()).ok_or(Refused::NoDate)
    };
    if word.split(mark).next().is_some_and(|year| year.len() == 4) {
        return Some(date(a, b, c));
    }
    if word.split(mark).next_back().is_none_or(|year| year.len() != 4) {
        return Some(Err(Refused::NoDate));
    }
    Some(match (a > 12, b > 12, order) {
        (true, _, _) => date(c, b, a),
        (false, true, _) => date(c, a, b),
        _ if a == b => date(c, a, b),
        // With points the day stands first, everywhere that uses them.
        (.., Some(Order::DayFirst)) => date(c, b, a),
        (.., Some(Order::MonthFirst)) => date(c, a, b),
        (.., None) if mark == '.' => date(c, b, a),
        (.., None) => Err(Refused::Ambiguous),
    })
}

/// The months in English, Indonesian and Malay; three letters or more of them will do.
const MONTHS: [&[&str]; 12] = [
    &["january", "januari"],
    &["february", "februari", "pebruari"],
    &["march", "maret", "mac"],
    &["april"],
    &["may", "mei"],
    &["june", "juni", "jun"],
    &["july", "juli", "julai"],
    &["august", "agustus", "ogos", "agt", "ags"],
    &["september"],
    &["october", "oktober"],
    &["november", "nopember"],
    &["december", "desember", "disember"],
];

/// `16 Juli 2021`, `Friday, July 16, 2021`: one month in words, one day, one year.
fn of_words(text: &str) -> Result<Date, Refused> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(number) = digits.parse::<i16>() {
            match number {
                1..=31 if day.is_none() => day = Some(number as i8),
                1000..=9000 if year.is_none() => year = Some(number),
                _ => {}
            }
        } else if let Some(found) =
            MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&lower)))
            && lower.len() >= 3
        {
            if month.is_some_and(|month| month != found as i8 + 1) {
                return Err(Refused::NoDate);
            }
            month = Some(found as i8 + 1);
        }
    }
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(Refused::NoDate) };
    Date::new(year, month, day).map_err(|_| Refused::NoDate)
}

#[cfg(test)]
mod tests {
    use super::{Order, Refused, read};

    #[test]
    fn dates_of_archives_are_read() {
        let is = |text: &str, day: &str| {
            assert_eq!(read(text, None).map(|read| read.day.to_string()), Ok(day.to_owned()), "{text}");
        };
        for text in [
            "2021-7-16",
            "2021/07/16",
            "16/07/2021",
            "07/16/2021",
            "16.7.2021",
            "16 Juli 2021",
            "July 16, 2021",
            "Jumat, 16 Jul 2021",
            "2021-07-16 10:00:00",
            "2021-07-16T10:00:00+07:00",
            "Fri, 16 Jul 2021 10:00:00 +0000",
            "July 16th, 2021",
            "16 juli 2021 oleh Marie",
            "16 Jul. 2021",
            "16-07-2021 08:00",
        ] {
            is(text, "2021-07-16");
        }
        is("05.04.2021", "2021-04-05");
        is("04/04/2021", "2021-04-04");
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        assert_eq!(read("03/04/2021", None), Err(Refused::Ambiguous));
        let day = |order| read("03/04/2021", Some(order)).map(|read| read.day.to_string());
        assert_eq!(day(Order::DayFirst).as_deref(), Ok("2021-04-03"));
        assert_eq!(day(Order::MonthFirst).as_deref(), Ok("2021-03-04"));
        for text in [
            "",
            "kemarin",
            "0000-00-00",
            "1970-01-01",
            "5 Juni, kata Marie, 2021 Juli",
            "2021-13-40",
            "31/02/2021",
            "16/07/21",
            "Juli 2021",
        ] {
            assert_eq!(read(text, None), Err(Refused::NoDate), "{text}");
        }
    }

    #[test]
    fn moments_keep_their_offset() {
        let moment = |text| read(text, None).ok().and_then(|read| read.moment);
        assert_eq!(moment("2021-07-16T01:00:00+07:00").as_deref(), Some("2021-07-16T01:00:00+07:00"));
        assert_eq!(moment("2021-07-16T01:00:00.000Z").as_deref(), Some("2021-07-16T01:00:00.000Z"));
        assert_eq!(moment("2021-07-16"), None);
    }
}
