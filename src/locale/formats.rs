//! Dates, times, numbers and plurals as a language writes them.
//!
//! The words come from CLDR through ICU4X, so a desk can publish in a language that Meja has no
//! interface strings for. This file alone knows ICU.

use std::cell::RefCell;
use std::rc::Rc;

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{T, Y, YM, YMD, YMDE};
use icu_datetime::input::Time;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale::{Direction, Locale, LocaleDirectionality};
use icu_plurals::{PluralCategory, PluralRules};

/// The plural categories of CLDR, in its order.
pub const PLURAL_CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

type Dates<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// How one language writes dates, numbers and plurals. It is built once for each language of a site
/// and shared between threads.
///
/// Dates are Gregorian in every language: an archive is searched by the dates its sources print.
#[derive(Debug, Clone)]
pub struct Formats {
    locale: Locale,
    direction: &'static str,
}

/// Why a language has no [`Formats`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatsError {
    /// The text is not a BCP 47 language tag.
    NotATag(String),
    /// ICU's data lacks something that even its fallback should have.
    NoData(String),
}

impl Formats {
    /// The formats of the language that a BCP 47 `tag` names.
    ///
    /// A well-formed tag is never refused: a region falls back to its language, and a language ICU
    /// does not know gets dates as ISO 8601 writes them.
    pub fn new(tag: &str) -> Result<Self, FormatsError> {
        let locale = Locale::try_from_str(tag).map_err(|_| FormatsError::NotATag(tag.to_owned()))?;
        if with_formatters(&locale, |_| ()).is_none() {
            return Err(FormatsError::NoData(tag.to_owned()));
        }
        let direction = direction(&locale);
        Ok(Self { locale, direction })
    }

    /// A date with its weekday: `Senin, 11 November 2024`.
    pub fn date_long(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.long.format(day).to_string()).unwrap_or_else(|| date.to_string())
    }

    /// A date in words: `11 November 2024`.
    pub fn date_medium(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.medium.format(day).to_string()).unwrap_or_else(|| date.to_string())
    }

    /// A date where there is little room: `11 Nov 2024`.
    pub fn date_short(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.short.format(day).to_string()).unwrap_or_else(|| date.to_string())
    }

    /// A month of a year, over which listings are grouped: `November 2024`.
    pub fn month_year(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.month_year.format(day).to_string())
            .unwrap_or_else(|| date.strftime("%Y-%m").to_string())
    }

    /// A month of a year where there is little room: `Nov 2024`.
    pub fn month_short(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.month_short.format(day).to_string())
            .unwrap_or_else(|| date.strftime("%Y-%m").to_string())
    }

    /// A year: `2024`.
    pub fn year(&self, date: jiff::civil::Date) -> String {
        self.date(date, |dates, day| dates.year.format(day).to_string())
            .unwrap_or_else(|| date.strftime("%Y").to_string())
    }

    /// A time of day: `14.05` in Indonesian, `2:05 PM` in American English. The numbers are those
    /// of [`jiff::civil::Time`].
    pub fn time(&self, hour: i8, minute: i8) -> String {
        clock_time(hour, minute)
            .and_then(|time| with_formatters(&self.locale, |with| with.time.format(&time).to_string()))
            .unwrap_or_else(|| format!("{hour:02}:{minute:02}"))
    }

    /// A whole number with its thousands marked: `10.000` in Indonesian, `10,000` in English.
    pub fn number(&self, number: i64) -> String {
        let decimal = Decimal::from(number);
        with_formatters(&self.locale, |with| with.number.format(&decimal).to_string())
            .unwrap_or_else(|| number.to_string())
    }

    /// A number of things, which unlike [`Formats::number`] is never below zero.
    pub fn count(&self, count: u64) -> String {
        let decimal = Decimal::from(count);
        with_formatters(&self.locale, |with| with.number.format(&decimal).to_string())
            .unwrap_or_else(|| count.to_string())
    }

    /// A number of tenths with its decimal mark: `44,5` in Indonesian for 445.
    pub fn tenths(&self, tenths: u64) -> String {
        let mut decimal = Decimal::from(tenths);
        decimal.multiply_pow10(-1);
        with_formatters(&self.locale, |with| with.number.format(&decimal).to_string())
            .unwrap_or_else(|| format!("{}.{}", tenths / 10, tenths % 10))
    }

    /// Which of [`PLURAL_CATEGORIES`] a count of `n` things takes.
    pub fn plural_category(&self, n: u64) -> &'static str {
        match with_formatters(&self.locale, |with| with.plural.category_for(n)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }

    /// The value of HTML's `dir` attribute: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        self.direction
    }

    /// `None` if there are no words for dates in this language.
    fn date(
        &self,
        date: jiff::civil::Date,
        words: impl FnOnce(&DateFormatters, &Date<Gregorian>) -> String,
    ) -> Option<String> {
        let day = gregorian(date)?;
        with_formatters(&self.locale, |with| with.dates.as_ref().map(|dates| words(dates, &day)))?
    }
}

struct Formatters {
    /// `None` for a language whose month names ICU does not know.
    dates: Option<DateFormatters>,
    time: NoCalendarFormatter<T>,
    number: DecimalFormatter,
    plural: PluralRules,
}

struct DateFormatters {
    long: Dates<YMDE>,
    medium: Dates<YMD>,
    short: Dates<YMD>,
    month_year: Dates<YM>,
    month_short: Dates<YM>,
    year: Dates<Y>,
}

thread_local! {
    /// ICU's formatters cannot leave their thread (without its `sync` feature), and building one
    /// costs far more than using it, so each thread keeps its own for every language it has met.
    static FORMATTERS: RefCell<Vec<(Locale, Rc<Formatters>)>> = const { RefCell::new(Vec::new()) };
}

/// A site has few languages, so looking along the list is the fastest way to the right one.
fn with_formatters<R>(locale: &Locale, f: impl FnOnce(&Formatters) -> R) -> Option<R> {
    let known = FORMATTERS.with_borrow(|all| {
        all.iter().find(|(of, _)| of == locale).map(|(_, formatters)| Rc::clone(formatters))
    });
    let formatters = if let Some(formatters) = known {
        formatters
    } else {
        let new = Rc::new(formatters(locale)?);
        FORMATTERS.with_borrow_mut(|all| all.push((locale.clone(), Rc::clone(&new))));
        new
    };
    Some(f(&formatters))
}

fn formatters(locale: &Locale) -> Option<Formatters> {
    let dates = date_formatters(locale)?;
    let root = date_formatters(&Locale::UNKNOWN)?;
    Some(Formatters {
        dates: has_month_names(&dates, &root).then_some(dates),
        time: NoCalendarFormatter::try_new(locale.into(), T::hm()).ok()?,
        number: DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()?,
        plural: PluralRules::try_new_cardinal(locale.into()).ok()?,
    })
}

fn date_formatters(locale: &Locale) -> Option<DateFormatters> {
    Some(DateFormatters {
        long: Dates::try_new(locale.into(), YMDE::long()).ok()?,
        medium: Dates::try_new(locale.into(), YMD::long()).ok()?,
        short: Dates::try_new(locale.into(), YMD::medium()).ok()?,
        month_year: Dates::try_new(locale.into(), YM::long()).ok()?,
        month_short: Dates::try_new(locale.into(), YM::medium()).ok()?,
        year: Dates::try_new(locale.into(), Y::medium()).ok()?,
    })
}

/// ICU calls the months of a language it does not know `M01` to `M12`, which no reader should meet.
/// Only such a language writes a month exactly as the root locale does.
fn has_month_names(dates: &DateFormatters, root: &DateFormatters) -> bool {
    Date::try_new_gregorian(2024, 11, 11).is_ok_and(|day| {
        dates.month_year.format(&day).to_string() != root.month_year.format(&day).to_string()
    })
}

fn clock_time(hour: i8, minute: i8) -> Option<Time> {
    let hour = u8::try_from(hour).ok()?;
    let minute = u8::try_from(minute).ok()?;
    Time::try_new(hour, minute, 0, 0).ok()
}

fn gregorian(date: jiff::civil::Date) -> Option<Date<Gregorian>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Date::try_new_gregorian(i32::from(date.year()), month, day).ok()
}

/// The data on rare languages is linked too: a page set in the wrong direction cannot be read.
fn direction(locale: &Locale) -> &'static str {
    match LocaleDirectionality::new_extended().get(&locale.id) {
        Some(Direction::RightToLeft) => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use std::thread::ScopedJoinHandle;

    use super::*;

    const DAY: jiff::civil::Date = jiff::civil::date(2024, 11, 11);

    fn formats(tag: &str) -> Formats {
        let Ok(formats) = Formats::new(tag) else { unreachable!("`{tag}` has formats") };
        formats
    }

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        let id = formats("id");
        assert_eq!(id.date_long(DAY), "Senin, 11 November 2024");
        assert_eq!(id.date_medium(DAY), "11 November 2024");
        assert_eq!(id.date_short(DAY), "11 Nov 2024");
        assert_eq!(id.month_year(DAY), "November 2024");
        assert_eq!(id.month_short(DAY), "Nov 2024");
        assert_eq!(id.year(DAY), "2024");
        let en = formats("en");
        assert_eq!(en.date_long(DAY), "Monday, November 11, 2024");
        assert_eq!(en.date_medium(DAY), "November 11, 2024");
        assert_eq!(en.date_short(DAY), "Nov 11, 2024");
        assert_eq!(formats("en-GB").date_long(DAY), "Monday, 11 November 2024");
        assert_eq!(formats("su").date_medium(DAY), "11 Nopémber 2024");
    }

    #[test]
    fn times_and_numbers_are_written_as_the_language_writes_them() {
        let id = formats("id");
        assert_eq!(id.time(14, 5), "14.05");
        assert_eq!(id.number(10_000), "10.000");
        assert_eq!(
            (id.tenths(445).as_str(), id.tenths(1000).as_str(), id.tenths(3).as_str()),
            ("44,5", "100,0", "0,3")
        );
        assert_eq!(id.number(-1_234_567), "-1.234.567");
        assert_eq!(id.count(u64::MAX), "18.446.744.073.709.551.615");
        let en = formats("en");
        assert_eq!(en.time(14, 5), "2:05\u{202f}PM");
        assert_eq!(en.number(10_000), "10,000");
        assert_eq!(en.number(999), "999");
    }

    #[test]
    fn what_is_not_a_time_is_shown_as_it_came() {
        assert_eq!(formats("id").time(24, 0), "24:00");
        assert_eq!(formats("id").time(-1, 5), "-1:05");
    }

    #[test]
    fn plural_categories_follow_the_language() {
        let categories = |tag: &str, counts: &[u64]| -> Vec<&'static str> {
            let formats = formats(tag);
            counts.iter().map(|n| formats.plural_category(*n)).collect()
        };
        assert_eq!(categories("id", &[0, 1, 2]), ["other", "other", "other"]);
        assert_eq!(categories("en", &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(categories("ar", &[0, 1, 2, 3, 11, 100]), PLURAL_CATEGORIES);
    }

    #[test]
    fn the_direction_is_that_of_the_script() {
        for (tag, direction) in [
            ("id", "ltr"),
            ("ar", "rtl"),
            ("ckb", "rtl"),
            ("dv", "rtl"),
            ("bal", "rtl"),
            ("ms-Arab", "rtl"),
            ("xx", "ltr"),
        ] {
            assert_eq!(formats(tag).direction(), direction, "{tag}");
        }
    }

    #[test]
    fn an_unknown_language_gets_plain_dates_and_an_unknown_region_those_of_its_language() {
        let balinese = formats("ban");
        assert_eq!(balinese.date_long(DAY), "2024-11-11");
        assert_eq!(balinese.month_year(DAY), "2024-11");
        assert_eq!(balinese.month_short(DAY), "2024-11");
        assert_eq!(balinese.year(DAY), "2024");
        assert_eq!(balinese.time(9, 5), "09:05");
        assert_eq!(balinese.plural_category(1), "other");
        assert_eq!(formats("id-NL").date_long(DAY), "Senin, 11 November 2024");
    }

    #[test]
    fn what_is_not_a_tag_is_refused() {
        for tag in ["", "i", "bahasa indonesia", "id-", "english-language-tag-too-long"] {
            assert_eq!(Formats::new(tag).err(), Some(FormatsError::NotATag(tag.to_owned())));
        }
    }

    #[test]
    fn dates_stay_gregorian_where_another_calendar_is_usual() {
        assert!(formats("th").date_medium(DAY).contains("2024"));
        assert!(formats("th-u-ca-buddhist").date_medium(DAY).contains("2024"));
    }

    #[test]
    fn one_value_serves_every_thread() {
        let id = formats("id");
        let dates: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| id.date_long(DAY))).collect();
            threads.into_iter().flat_map(ScopedJoinHandle::join).collect()
        });
        assert_eq!(dates, ["Senin, 11 November 2024"; 4]);
    }
}
