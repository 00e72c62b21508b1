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
    /// It names a month or a year only.
    NoDay,
    /// A number that spreadsheets have for a day, alone among dates.
    Counted,
    /// It is none.
    NoDate,
}

impl Refused {
    /// What an editor has to know.
    pub(super) fn words(self) -> &'static str {
        match self {
            Refused::Ambiguous => {
                "day and month cannot be told apart; import again with --dates dmy or --dates mdy"
            }
            Refused::NoDay => "it has no day",
            Refused::Counted => {
                "it may be the day number of a spreadsheet; make the whole column dates there and save it again"
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
        let is_time =
            |word: &str| word.contains([':', '.']) && word.starts_with(|c: char| c.is_ascii_digit());
        return match rest.first() {
            Some(word) if !is_time(word) => Err(Refused::NoDate),
            _ => day.and_then(checked).map(|day| Read { day, moment: None }),
        };
    }
    if of_number(text).is_some() {
        return Err(Refused::Counted);
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
    let c = match word.split(mark).next_back().map(str::len) {
        Some(4) => c,
        // Of `10/11/12` nobody can tell which is the year; who said the order said that, too.
        Some(2) if order.is_some() => century(c),
        Some(2) if (1..=31).contains(&a) => return Some(Err(Refused::Ambiguous)),
        _ => return Some(Err(Refused::NoDate)),
    };
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

/// A word of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Number(i16, usize),
    Month(i8),
}

/// `16 Juli 2021`, `Friday, July 16, 2021`, `2021 Juli 16`, `10 Okt 22`: one month in words with its day beside it.
fn of_words(text: &str) -> Result<Date, Refused> {
    let words: Vec<Word> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(word).collect();
    let months: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| matches!(word, Word::Month(_)))
        .map(|(at, _)| at)
        .collect();
    let is_year = |word: &Word| matches!(word, Word::Number(1000..=9000, 4));
    let [at] = months[..] else {
        let is_year = months.is_empty() && text.len() == 4 && words.iter().all(is_year);
        return Err(if is_year && !words.is_empty() { Refused::NoDay } else { Refused::NoDate });
    };
    let Word::Month(month) = words[at] else { return Err(Refused::NoDate) };
    let number = |place: Option<usize>| match place.and_then(|place| words.get(place)) {
        Some(Word::Number(number, digits)) => Some((*number, *digits)),
        _ => None,
    };
    let day = |place: Option<usize>| {
        number(place).filter(|(number, digits)| (1..=31).contains(number) && *digits <= 2).map(|(day, _)| day)
    };
    let year = |place: Option<usize>| {
        number(place)
            .filter(|(number, digits)| (1000..=9000).contains(number) && *digits == 4)
            .map(|(year, _)| year)
    };
    let (before, after) = (at.checked_sub(1), Some(at + 1));
    let short =
        number(after).filter(|(_, digits)| *digits == 2 && words.len() == 3).map(|(year, _)| century(year));
    let found = (day(before).zip(year(after)))
        .or_else(|| day(after).zip(year(Some(at + 2))))
        .or_else(|| day(after).zip(year(before)))
        .or_else(|| day(before).zip(short));
    match found.and_then(|(day, year)| Some((i8::try_from(day).ok()?, year))) {
        Some((day, year)) => Date::new(year, month, day).map_err(|_| Refused::NoDate),
        // Nothing but a month and its year.
        None if words.len() == 2 && words.iter().any(is_year) => Err(Refused::NoDay),
        None => Err(Refused::NoDate),
    }
}

/// A number or a month; names of weekdays and all other words say nothing.
fn word(word: &str) -> Option<Word> {
    let lower = word.to_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() {
        return digits.parse().ok().map(|number| Word::Number(number, digits.len()));
    }
    let named = |names: &[&str]| names.iter().any(|name| name.starts_with(&lower));
    let month = MONTHS.iter().position(|names| named(names)).filter(|_| lower.chars().count() >= 3)?;
    i8::try_from(month + 1).ok().map(Word::Month)
}

/// Whether a date of front matter is on or after another, in every time zone.
pub(super) fn is_after(later: &str, earlier: &str) -> bool {
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<Date>().ok());
    match (later.parse::<Timestamp>(), earlier.parse::<Timestamp>()) {
        (Ok(later), Ok(earlier)) => later >= earlier,
        (Err(_), Err(_)) => day(later) >= day(earlier),
        // Of a moment nobody knows here which day it is at the desk.
        _ => day(later) > day(earlier),
    }
}

/// The year that two digits stand for. Archives of checks reach back a few decades.
fn century(year: i16) -> i16 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// The day that a spreadsheet counts so: from 1990 to 2063, as `2023-01-01`.
pub(super) fn of_number(text: &str) -> Option<String> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !is_figure(whole) || !is_figure(part) {
        return None;
    }
    let count: i64 = whole.parse().ok().filter(|count| (32874..60000).contains(count))?;
    let first = Date::new(1899, 12, 30).ok()?;
    first.checked_add(jiff::Span::new().days(count)).ok().map(|day| day.to_string())
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
            "16-07-2021 08.00 WIB",
            "16 Jul 21",
            "16-Jul-21",
            "2021 Juli 16",
            "08.30 WIB, Jumat 16 Juli 2021",
            "10:30, 16 Jul 2021",
        ] {
            is(text, "2021-07-16");
        }
        for (text, day) in [
            ("12 Agt 2022", "2022-08-12"),
            ("12 Agu 2022", "2022-08-12"),
            ("12 Ags 2022", "2022-08-12"),
            ("10 Okt 22", "2022-10-10"),
            ("3 Mei 2022", "2022-05-03"),
            ("Sen, 5 Sept 2022", "2022-09-05"),
            ("Minggu, 6 Nop 2022", "2022-11-06"),
            ("Kamis, 1 Des 2022", "2022-12-01"),
            ("Sabtu, 1 Peb 2020", "2020-02-01"),
        ] {
            is(text, day);
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
            "16 Juli pukul 10.30 tahun 2021",
            "10 Juli 22 Agustus",
            "16/07/210",
        ] {
            assert_eq!(read(text, None), Err(Refused::NoDate), "{text}");
        }
    }

    #[test]
    fn what_is_not_whole_is_said() {
        for text in ["Mei 2022", "2022 Mei", "2022"] {
            assert_eq!(read(text, None), Err(Refused::NoDay), "{text}");
        }
        assert_eq!(read("16/07/21", None), Err(Refused::Ambiguous));
        let day = |order| read("10/11/12", Some(order)).map(|read| read.day.to_string());
        assert_eq!(day(Order::DayFirst).as_deref(), Ok("2012-11-10"));
        assert_eq!(day(Order::MonthFirst).as_deref(), Ok("2012-10-11"));
        assert_eq!(read("44927", None), Err(Refused::Counted));
        assert_eq!(super::of_number("44927").as_deref(), Some("2023-01-01"));
        assert_eq!(super::of_number("44927.5").as_deref(), Some("2023-01-01"));
        assert_eq!((super::of_number("20220101"), super::of_number("12345")), (None, None));
    }

    #[test]
    fn a_change_is_after_its_article() {
        for (later, earlier, is) in [
            ("2021-07-16", "2021-07-16", true),
            ("2021-07-15", "2021-07-16", false),
            ("2021-07-16", "2021-07-16T20:00:00Z", false),
            ("2021-07-17", "2021-07-16T20:00:00Z", true),
            ("2021-07-16T21:00:00Z", "2021-07-16T20:00:00Z", true),
            ("2021-07-16T21:00:00+07:00", "2021-07-16T20:00:00Z", false),
        ] {
            assert_eq!(super::is_after(later, earlier), is, "{later} {earlier}");
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
