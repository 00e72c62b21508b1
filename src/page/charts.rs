//! Charts of verdicts: how many there are over time, and how a list divides. Templates draw them
//! from these numbers, as shares of a box, so that nothing has to be computed in the browser.

use jiff::civil::Date;
use tera::Value;

use super::Pages;
use super::value::{Object, list};
use crate::config::Lang;
use crate::locale::fill;
use crate::site::{ClaimRef, ListKind, Term, address};

/// The fewest claims over time that are worth a drawing, and in how many months or years.
const FEWEST: (usize, usize) = (8, 3);
/// The fewest claims whose division is worth a drawing.
const FEWEST_DIVIDED: usize = 4;
/// The most columns.
const COLUMNS: usize = 24;
/// How many columns are named below, at most: as many months and years as a phone has room for.
const NAMED: (usize, usize) = (4, 6);
/// The width of a column within its place.
const FILLED: f64 = 0.78;
/// The least width of a part of the bar, in percent.
const THINNEST: f64 = 0.7;

/// What a chart over time covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// From the first claim to the last: by month, or by year where the months are too many.
    Whole,
    /// The twelve months of the year of these claims.
    Year,
}

/// A month or a year with its claims by verdict.
struct Column {
    /// Its first day.
    day: Date,
    counts: Vec<usize>,
}

impl Column {
    fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

impl Pages {
    /// How many claims of a list have each verdict; those that do not occur are left out.
    pub(super) fn verdict_counts(&self, lang: Lang, counts: &[usize]) -> Value {
        list(self.divided(lang, counts).into_iter().map(|(_, entry)| entry))
    }

    /// The same for a topic, each leading to the topic's claims with this verdict.
    pub(super) fn topic_counts(&self, lang: Lang, topic: &Term, current: Option<usize>) -> Value {
        let counts: Vec<usize> = topic.by_verdict.iter().map(Vec::len).collect();
        let config = &self.site.config;
        list(self.divided(lang, &counts).into_iter().map(|(verdict, entry)| {
            let id = &config.scale.verdicts[verdict].id;
            entry
                .set("href", self.href(&address::topic_verdict(config, lang, &topic.slug, id)))
                .set("current", current == Some(verdict))
        }))
    }

    fn divided(&self, lang: Lang, counts: &[usize]) -> Vec<(usize, Object)> {
        let words = self.words(lang);
        let total: usize = counts.iter().sum();
        let occurring: Vec<(usize, usize)> =
            counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        let drawn = total >= FEWEST_DIVIDED && occurring.len() > 1;
        let widths = widths(&occurring.iter().map(|(_, count)| *count).collect::<Vec<_>>());
        let mut left = 0.0;
        let entry = |((verdict, count), width): ((usize, usize), f64)| {
            let x = left;
            left += width;
            let tenths = (count * 1000 + total / 2) / total;
            let entry = Object::new()
                .set("verdict", self.verdict_value(verdict, lang))
                .set("count", count)
                .set("count_label", words.count("claims_count", count))
                .set("number", words.formats.count(count as u64))
                .set("share", tenths as f64 / 10.0)
                .set("share_label", words.formats.tenths(tenths as u64))
                .set("x", drawn.then(|| percent(x)))
                .set("width", drawn.then(|| percent(width)))
                .set("href", Value::none())
                .set("current", false);
            (verdict, entry)
        };
        occurring.into_iter().zip(widths).map(entry).collect()
    }

    /// The claims of a list over time, or none if there are too few to draw.
    pub(super) fn timeline(&self, lang: Lang, claims: &[ClaimRef], span: Span) -> Value {
        let (columns, by_year) = self.columns(claims, span);
        let total: usize = columns.iter().map(Column::total).sum();
        let filled = columns.iter().filter(|column| column.total() > 0).count();
        if total < FEWEST.0 || filled < FEWEST.1 {
            return Value::none();
        }
        let most = columns.iter().map(Column::total).max().unwrap_or(1);
        let lines = lines(most);
        let top = most as f64;
        // What the numbers of the lines need beside the columns.
        let room = 100.0 - 4.0 - 2.5 * top.log10().floor();
        let place = room / columns.len() as f64;
        let step = columns.len().div_ceil(if by_year { NAMED.1 } else { NAMED.0 });
        let formats = &self.words(lang).formats;
        let drawn = columns.iter().enumerate().map(|(index, column)| {
            let x = place * index as f64;
            let named = index % step == 0 && columns.len() - index >= step;
            let short = if by_year { formats.year(column.day) } else { formats.month_short(column.day) };
            let bar = (percent(x + place * (1.0 - FILLED) / 2.0), percent(place * FILLED));
            Object::new()
                .set("x", bar.0)
                .set("width", bar.1)
                .set("tick", named.then_some(short))
                .set("title", self.column_title(lang, column, by_year))
                .set("parts", self.parts(column, top))
        });
        let used: Vec<usize> = (0..self.site.config.scale.verdicts.len())
            .filter(|verdict| columns.iter().any(|column| column.counts[*verdict] > 0))
            .collect();
        let number = |count: usize| Value::from(formats.count(count as u64));
        let row = |column: &Column| {
            Object::new()
                .set("label", self.period(lang, column, by_year))
                .set("href", self.year_href(lang, column).filter(|_| by_year))
                .set("counts", list(used.iter().map(|verdict| number(column.counts[*verdict]))))
                .set("total", number(column.total()))
        };
        let rows = columns.iter().filter(|column| column.total() > 0).map(row);
        let totals =
            used.iter().map(|verdict| number(columns.iter().map(|column| column.counts[*verdict]).sum()));
        Object::new()
            .set("by", if by_year { "year" } else { "month" })
            .set("summary", self.summary(lang, &columns, by_year))
            .set("columns", list(drawn))
            .set(
                "lines",
                list(lines.iter().map(|line| {
                    let y = percent(100.0 - *line as f64 / top * 100.0);
                    Object::new().set("y", y).set("label", number(*line))
                })),
            )
            .set("verdicts", list(used.iter().map(|verdict| self.verdict_value(*verdict, lang))))
            .set("rows", list(rows))
            .set("totals", list(totals))
            .set("total", number(total))
            .into()
    }

    /// The parts of a column from the bottom up, in the order of the scale.
    fn parts(&self, column: &Column, top: f64) -> Value {
        let mut below = 0;
        list(column.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(verdict, count)| {
            below += count;
            Object::new()
                .set("verdict", self.verdict(verdict).map(|verdict| verdict.id.as_str()))
                .set("y", percent(100.0 - below as f64 / top * 100.0))
                .set("height", percent(*count as f64 / top * 100.0))
        }))
    }

    fn columns(&self, claims: &[ClaimRef], span: Span) -> (Vec<Column>, bool) {
        let verdicts = self.site.config.scale.verdicts.len();
        let days: Vec<(Date, usize)> =
            claims.iter().map(|at| (self.site.checked_on(*at), self.site.verdict_of(*at))).collect();
        let (Some(first), Some(last)) =
            (days.iter().map(|(day, _)| *day).min(), days.iter().map(|(day, _)| *day).max())
        else {
            return (Vec::new(), false);
        };
        let (first, last) = match span {
            Span::Whole => (month(first), month(last)),
            Span::Year => (month(first) / 12 * 12, month(first) / 12 * 12 + 11),
        };
        let by_year = last - first >= COLUMNS;
        let place = |month: usize| if by_year { month / 12 } else { month };
        let from = place(first).max((place(last) + 1).saturating_sub(COLUMNS));
        let mut columns: Vec<Column> = (from..=place(last))
            .map(|place| Column { day: first_day(place, by_year), counts: vec![0; verdicts] })
            .collect();
        for (day, verdict) in days {
            let column = place(month(day)).checked_sub(from).and_then(|place| columns.get_mut(place));
            if let Some(count) = column.and_then(|column| column.counts.get_mut(verdict)) {
                *count += 1;
            }
        }
        (columns, by_year)
    }

    fn period(&self, lang: Lang, column: &Column, by_year: bool) -> String {
        let formats = &self.words(lang).formats;
        if by_year { formats.year(column.day) } else { formats.month_year(column.day) }
    }

    fn column_title(&self, lang: Lang, column: &Column, by_year: bool) -> String {
        let count = self.words(lang).count("claims_count", column.total());
        format!("{}: {count}", self.period(lang, column, by_year))
    }

    fn year_href(&self, lang: Lang, column: &Column) -> Option<String> {
        let path = self.term_path(lang, ListKind::Year, &column.day.year().to_string())?;
        Some(self.href(&path))
    }

    /// The chart in a sentence, for those who do not see it.
    fn summary(&self, lang: Lang, columns: &[Column], by_year: bool) -> String {
        let words = self.words(lang);
        let total = columns.iter().map(Column::total).sum();
        let period =
            |column: Option<&Column>| column.map_or_else(String::new, |c| self.period(lang, c, by_year));
        // Of several, the latest.
        let peak = columns.iter().max_by_key(|column| column.total());
        fill(
            words.text("chart_summary"),
            &[
                ("claims", words.count("claims_count", total).as_str()),
                ("first", &period(columns.first())),
                ("last", &period(columns.last())),
                ("peak", &period(peak)),
                ("count", &words.formats.count(peak.map_or(0, Column::total) as u64)),
            ],
        )
    }
}

/// The months since the beginning of our era.
fn month(day: Date) -> usize {
    usize::try_from(i32::from(day.year()) * 12 + i32::from(day.month()) - 1).unwrap_or(0)
}

/// The first day of a month or a year, by its number.
fn first_day(place: usize, by_year: bool) -> Date {
    let (year, month) = if by_year { (place, 0) } else { (place / 12, place % 12) };
    let month = i8::try_from(month + 1).unwrap_or(1);
    i16::try_from(year).ok().and_then(|year| Date::new(year, month, 1).ok()).unwrap_or_default()
}

/// Round numbers up to `most`; at most four.
fn lines(most: usize) -> Vec<usize> {
    let mut step = 1;
    let mut factors = [2, 5, 10].into_iter().cycle();
    let mut power = 1;
    while most > step * 4 {
        let factor = factors.next().unwrap_or(10);
        step = power * factor;
        if factor == 10 {
            power *= 10;
        }
    }
    (1..=most / step).map(|line| line * step).collect()
}

/// The widths of the parts of a bar in percent. None is so thin that it cannot be seen; the
/// widest gives what that takes.
fn widths(counts: &[usize]) -> Vec<f64> {
    let total: usize = counts.iter().sum();
    let mut widths: Vec<f64> =
        counts.iter().map(|count| (*count as f64 * 100.0 / total as f64).max(THINNEST)).collect();
    let surplus = widths.iter().sum::<f64>() - 100.0;
    let widest = (0..counts.len()).max_by_key(|place| counts[*place]);
    if let Some(widest) = widest.and_then(|place| widths.get_mut(place)) {
        *widest -= surplus;
    }
    widths
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_round_and_few() {
        assert_eq!(lines(1), [1]);
        assert_eq!(lines(3), [1, 2, 3]);
        assert_eq!(lines(5), [2, 4]);
        assert_eq!(lines(17), [5, 10, 15]);
        assert_eq!(lines(40), [10, 20, 30, 40]);
        assert_eq!(lines(41), [20, 40]);
        assert_eq!(lines(999), [500]);
        for most in 1..3000 {
            let lines = lines(most);
            assert!(
                (1..=4).contains(&lines.len()) && lines.iter().all(|line| *line <= most),
                "{most}: {lines:?}"
            );
        }
    }

    #[test]
    fn every_part_of_a_bar_can_be_seen_and_all_fill_it() {
        for counts in [&[1, 999, 1][..], &[4, 4], &[1], &[10_000, 1, 1, 1, 1]] {
            let widths = widths(counts);
            assert!((widths.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{widths:?}");
            assert!(widths.iter().all(|width| *width >= THINNEST), "{widths:?}");
        }
    }

    #[test]
    fn months_and_years_are_found_again() {
        let day = jiff::civil::date(2024, 11, 13);
        assert_eq!(first_day(month(day), false), jiff::civil::date(2024, 11, 1));
        assert_eq!(first_day(month(day) / 12, true), jiff::civil::date(2024, 1, 1));
    }
}
