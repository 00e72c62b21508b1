//! Charts say what the lists hold: drawing, table and desk agree; so do the links between lists.

use std::collections::BTreeMap;

use scraper::ElementRef;

use super::built::{Built, Page, css, folded, text};
use super::content::{Content, words};
use super::{demo, wants_all, wants_none};

/// Claims by period, oldest first, each with its numbers by verdict in the order of the scale.
type Periods = BTreeMap<String, Vec<usize>>;

fn number(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(usize::MAX)
}

fn share(element: ElementRef<'_>, name: &str) -> f64 {
    element.attr(name).and_then(|value| value.strip_suffix('%')?.parse().ok()).unwrap_or(f64::NAN)
}

fn below<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&css(selector)).collect()
}

/// The numbers of the rows of a table, without their headings.
fn rows(element: ElementRef<'_>, part: &str) -> Vec<Vec<usize>> {
    below(element, &format!("table {part} tr"))
        .into_iter()
        .map(|row| below(row, "td").into_iter().map(|cell| number(&text(cell))).collect())
        .collect()
}

/// Whether shares of a drawing stand to each other as numbers do.
fn fits(shares: &[f64], numbers: &[usize], exact: f64) -> bool {
    let (all, total) = (shares.iter().sum::<f64>(), numbers.iter().sum::<usize>());
    let wanted = |count: &usize| *count as f64 * all / total as f64;
    shares.len() == numbers.len()
        && shares.iter().zip(numbers).all(|(share, count)| (share - wanted(count)).abs() <= exact)
}

fn periods(content: &Content, lang: &str, verdicts: &[&str], year: Option<&str>) -> Periods {
    let mut days: Vec<(String, usize)> = Vec::new();
    for (article, claim) in content.claims(lang) {
        let day = article.judged(claim);
        if year.is_none_or(|year| day.starts_with(year)) {
            let verdict = verdicts.iter().position(|verdict| *verdict == claim.verdict());
            days.push((day, verdict.expect("a verdict")));
        }
    }
    let month = |day: &str| number(&day[..4]) * 12 + number(&day[5..7]);
    let months: Vec<usize> = days.iter().map(|(day, _)| month(day)).collect();
    let long = months.iter().max().zip(months.iter().min()).is_some_and(|(last, first)| last - first >= 24);
    let mut periods = Periods::new();
    for (day, verdict) in days {
        let period = if long { &day[..4] } else { &day[..7] };
        periods.entry(period.to_owned()).or_insert_with(|| vec![0; verdicts.len()])[verdict] += 1;
    }
    periods
}

/// Charts over time that differ from the desk or from their own tables.
fn bad_timelines(built: &Built, content: &Content, verdicts: &[&str]) -> Vec<String> {
    let mut violations = Vec::new();
    for lang in &content.languages {
        let prefix = content.prefix(lang);
        let folder = format!("{prefix}years/");
        let years = built.files.keys().filter_map(|file| {
            let year = file.strip_prefix(&folder)?.strip_suffix("/index.html")?;
            (!year.contains('/')).then(|| (file.clone(), Some(year.to_owned())))
        });
        for (file, year) in years.chain([(format!("{prefix}claims/index.html"), None)]) {
            let wanted = periods(content, lang, verdicts, year.as_deref());
            let total: usize = wanted.values().flatten().sum();
            let page = built.page(&file).expect("a page");
            match page.first("main section:has(> svg.columns)") {
                Some(chart) => violations.extend(
                    bad_timeline(&page, chart, &wanted).into_iter().map(|what| format!("{file}: {what}")),
                ),
                None if total >= 8 && wanted.len() >= 3 => violations.push(format!("{file}: no chart")),
                None => {}
            }
        }
    }
    violations
}

fn bad_timeline(page: &Page, chart: ElementRef<'_>, wanted: &Periods) -> Vec<String> {
    let mut violations = Vec::new();
    let count = wanted.values().next().map_or(0, Vec::len);
    let used: Vec<usize> =
        (0..count).filter(|verdict| wanted.values().any(|counts| counts[*verdict] > 0)).collect();
    let row = |counts: &Vec<usize>| -> Vec<usize> {
        used.iter().map(|verdict| counts[*verdict]).chain([counts.iter().sum()]).collect()
    };
    let wanted: Vec<Vec<usize>> = wanted.values().map(row).collect();
    let table = rows(chart, "tbody");
    if table != wanted {
        violations.push(format!("the table says {table:?}, not {wanted:?}"));
    }
    let totals: Vec<usize> = (0..=used.len()).map(|at| wanted.iter().map(|row| row[at]).sum()).collect();
    if rows(chart, "tfoot") != [totals.clone()] {
        violations.push(format!("the table's totals are not {totals:?}"));
    }
    // What is nothing is not drawn.
    let parts: Vec<ElementRef<'_>> = below(chart, "svg.columns g rect");
    let heights: Vec<f64> = parts.iter().map(|part| share(*part, "height")).collect();
    let drawn: Vec<usize> =
        wanted.iter().flat_map(|row| &row[..used.len()]).copied().filter(|count| *count > 0).collect();
    if !fits(&heights, &drawn, 0.2) {
        violations.push(format!("the columns are {heights:?} for {drawn:?}"));
    }
    let columns = below(chart, "svg.columns g");
    for column in &columns {
        let parts = below(*column, "rect");
        let mut floor = 100.0;
        for part in parts {
            floor -= share(part, "height");
            if (share(part, "y") - floor).abs() > 0.1 {
                violations.push("a part of a column floats".to_owned());
            }
        }
    }
    if columns.len() != wanted.len() {
        violations.push(format!("{} columns, not {}", columns.len(), wanted.len()));
    }
    let names = page.attributes("svg.columns", "aria-labelledby");
    if names.iter().flat_map(|names| names.split(' ')).any(|id| !page.has_id(id)) || names.is_empty() {
        violations.push("the drawing has no name".to_owned());
    }
    violations
}

/// Bars, tables and counts that differ from the lists they stand on.
fn bad_counts(built: &Built, content: &Content, verdicts: &[&str]) -> Vec<String> {
    let mut violations = Vec::new();
    for page in built.pages() {
        let Some(section) = page.first("main section[aria-labelledby=m-counts]") else {
            continue;
        };
        let mut say = |what: String| violations.push(format!("{}: {what}", page.file));
        let counts: Vec<usize> =
            below(section, "ul .num").into_iter().map(|count| number(&text(count))).collect();
        let table = rows(section, "tbody");
        let widths: Vec<f64> =
            below(section, "svg.bar rect").into_iter().map(|part| share(part, "width")).collect();
        if !widths.is_empty() && !fits(&widths, &counts, 0.8) {
            say(format!("the bar is {widths:?} for {counts:?}"));
        }
        if !table.is_empty() && table.iter().map(|row| row[0]).ne(counts.iter().copied()) {
            say(format!("the table says {table:?}, the list {counts:?}"));
        }
        if widths.is_empty() != table.is_empty() {
            say("a bar without a table".to_owned());
        }
        let lang = page.lang();
        let folder = format!("{}topics/", content.prefix(&lang));
        let slug = page.file.strip_prefix(&folder).and_then(|rest| rest.split('/').next());
        let of_topic = |slug: &str| {
            let mut counts = vec![0; verdicts.len()];
            for (article, claim) in content.claims(&lang) {
                if words(&article.front, "topics").iter().any(|topic| super::content::slug(topic) == slug) {
                    let verdict = verdicts.iter().position(|verdict| *verdict == claim.verdict());
                    counts[verdict.expect("a verdict")] += 1;
                }
            }
            counts.into_iter().filter(|count| *count > 0).collect::<Vec<_>>()
        };
        match slug {
            Some(slug) if counts != of_topic(slug) => {
                say(format!("counts {counts:?}, not {:?}", of_topic(slug)));
            }
            Some(_) => {}
            None => {
                let meta = page.first(".list-head .meta > span").map(|count| number(&text(count)));
                if meta != Some(counts.iter().sum()) {
                    say(format!("counts {counts:?} of {meta:?} claims"));
                }
            }
        }
    }
    violations
}

/// Links between lists whose numbers are not those of the lists, and pages that mark no place.
fn bad_filters(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    let mut seen = 0;
    for page in built.pages() {
        for item in page.all("main .filters li:has(.num)") {
            let target = below(item, "a").first().and_then(|link| page.url.join(link.attr("href")?).ok());
            let list = target.and_then(|url| built.file_at(&url)).and_then(|file| built.page(&file));
            let said = below(item, ".num").first().map(|count| number(&text(*count)));
            let counts: Vec<usize> = list.map_or_else(Vec::new, |list| {
                let spans = list.all(".list-head .meta > span");
                spans.into_iter().map(|span| number(&text(span))).collect()
            });
            // A topic says how many articles and how many claims.
            if !said.is_some_and(|said| counts.iter().take(2).any(|count| *count == said)) {
                violations.push(format!("{}: {} is said of {counts:?}", page.file, folded(&text(item))));
            }
            seen += 1;
        }
        let marked = page.all("main .filters [aria-current]").len();
        let of_kind = ["verdicts/", "years/", "kinds/", "claimants/"].iter().any(|folder| {
            let file = page.file.strip_prefix("en/").unwrap_or(&page.file);
            file.strip_prefix(folder).is_some_and(|rest| rest != "index.html")
        });
        // Where there is no claim, no link leads to the list.
        if of_kind && !page.all("main .filters").is_empty() && marked != 1 {
            violations.push(format!("{}: {marked} links are marked", page.file));
        }
    }
    if seen == 0 {
        violations.push("there are no links between lists".to_owned());
    }
    violations
}

const TEMPO: [&str; 5] = ["benar", "sebagian-benar", "tidak-terbukti", "sesat", "keliru"];

#[test]
fn charts_of_the_demo_desk_are_true() {
    let (built, content) = demo();
    assert!(built.page("claims/index.html").is_some_and(|page| page.first("svg.columns").is_some()));
    wants_none(&bad_timelines(built, content, &TEMPO));
    wants_none(&bad_counts(built, content, &TEMPO));
    wants_none(&bad_filters(built));
}

#[test]
fn no_page_has_a_style_or_a_script_of_its_own() {
    let (built, _) = demo();
    for page in built.pages().iter().filter(|page| page.first(".filters, .counts").is_some()) {
        assert!(page.first("main [style], main script").is_none(), "{}", page.file);
    }
}

#[test]
fn wrong_charts_are_found() {
    let wanted =
        Periods::from([("2024-01".to_owned(), vec![2, 0, 1]), ("2024-03".to_owned(), vec![0, 0, 4])]);
    let chart = |heights: [&str; 3], cell: &str| {
        let [a, b, c] = heights;
        let page = format!(
            "<main><section><svg class=columns aria-labelledby=gone>\
             <g><rect height={a} y=50%></rect><rect height={b} y=25%></rect></g><g><rect height={c} y=0%></rect></g></svg>\
             <table><tbody><tr><td>2<td>1<td>3<tr><td>0<td>{cell}<td>4</tbody>\
             <tfoot><tr><td>2<td>5<td>7</tfoot></table></section></main>"
        );
        let built = Built::of("https://h.example/", &[("claims/index.html", &page)]);
        let page = built.page("claims/index.html").expect("a page");
        let section = page.first("section").expect("a section");
        bad_timeline(&page, section, &wanted)
    };
    assert_eq!(chart(["50%", "25%", "100%"], "4"), ["the drawing has no name"]);
    wants_all(
        &chart(["50%", "20%", "90%"], "5"),
        &["the table says", "the columns are", "a part of a column floats"],
    );
}
