//! The evidence pack: what `meja check --profile` saw, for assessors and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::json::problem;
use super::visible::phrase;
use crate::check::profiles::{Certainty, Figures, Judged, Report, Reports, State, WEEKS};
use crate::config::{Config, Lang};
use crate::diagnostic::{Diagnostic, Place};
use crate::site::Site;

/// The version of the shape of [`evidence_json`]. New keys may come without a new number.
const VERSION: u32 = 1;
/// So many open places of a criterion are listed; data has them all.
const LISTED: usize = 20;

/// The pack as Markdown, with everything from the desk escaped.
pub fn evidence_markdown(site: &Site, reports: &Reports) -> String {
    let packs: Vec<String> =
        reports.profiles.iter().map(|report| pack(site, &reports.figures, report)).collect();
    packs.join("\n")
}

/// The pack as one line of JSON, without a line end. `docs/profiles.md` describes its shape.
pub fn evidence_json(site: &Site, reports: &Reports) -> String {
    let config = &site.config;
    let profiles: Vec<Value> = reports.profiles.iter().map(profile).collect();
    json!({
        "version": VERSION,
        "desk": config.publisher.name,
        "legal_name": config.publisher.legal_name,
        "address": config.base.absolute("/"),
        "date": site.now.date().to_string(),
        "figures": figures(&reports.figures),
        "profiles": profiles,
    })
    .to_string()
}

/// One line on each profile, for the terminal.
pub fn evidence_lines(reports: &Reports) -> Vec<String> {
    reports.profiles.iter().map(|report| format!("{}: {}", report.profile.name, result(report))).collect()
}

fn result(report: &Report) -> String {
    let count = |state| report.count(state);
    format!(
        "{} met, {} open, {} for a person to judge",
        count(State::Met),
        count(State::Open),
        count(State::Person)
    )
}

fn figures(figures: &Figures) -> Value {
    let replies = figures.replies;
    let weeks: Vec<Value> = figures
        .weeks
        .iter()
        .map(|week| json!({"from": week.from.to_string(), "checks": week.checks}))
        .collect();
    json!({
        "checks": figures.checks,
        "withdrawn": figures.withdrawn,
        "claims": figures.claims,
        "two_sources": figures.two_sources,
        "primary": figures.primary,
        "archived": figures.archived,
        "linked": figures.linked,
        "both_ways": figures.both_ways,
        "half_year": figures.half_year,
        "year": figures.year,
        "weeks": weeks,
        "corrections": figures.corrections,
        "changed_verdicts": figures.changed_verdicts,
        "replies": {
            "replied": replies.replied,
            "no_reply": replies.no_reply,
            "declined": replies.declined,
            "not_applicable": replies.not_applicable,
            "unrecorded": replies.unrecorded,
        },
    })
}

fn profile(report: &Report) -> Value {
    let criteria: Vec<Value> = report.criteria.iter().map(criterion).collect();
    json!({
        "name": report.profile.name,
        "title": report.profile.title,
        "document": report.profile.document,
        "basis": report.profile.basis,
        "met": report.count(State::Met),
        "open": report.count(State::Open),
        "person": report.count(State::Person),
        "criteria": criteria,
    })
}

fn criterion(judged: &Judged) -> Value {
    let criterion = judged.criterion;
    let facts: Vec<Value> =
        judged.facts.iter().map(|fact| json!({"words": fact.words, "address": fact.address})).collect();
    let excepted: Vec<Value> = judged
        .excepted
        .iter()
        .map(|excepted| json!({"file": excepted.path, "reason": excepted.reason, "times": excepted.times}))
        .collect();
    json!({
        "id": criterion.id,
        "title": criterion.title,
        "asks": criterion.asks,
        "source": criterion.source,
        "certainty": criterion.certainty.name(),
        "state": judged.state.name(),
        "facts": facts,
        "open": judged.open.iter().map(problem).collect::<Vec<_>>(),
        "excepted": excepted,
        "person": criterion.person,
    })
}

fn pack(site: &Site, figures: &Figures, report: &Report) -> String {
    let config = &site.config;
    let profile = report.profile;
    let mut out = format!("# {}: {}\n\n", inline(config.title.get(Lang::MAIN)), profile.title);
    head(&mut out, config, &site.now.date().to_string(), report);
    table(&mut out, figures);
    out.push_str("## Criteria\n");
    for (index, judged) in report.criteria.iter().enumerate() {
        one(&mut out, index + 1, judged, profile.document);
    }
    out
}

fn head(out: &mut String, config: &Config, date: &str, report: &Report) {
    let publisher = &config.publisher;
    let legal = publisher.legal_name.as_ref().map(|name| format!(" ({})", inline(name))).unwrap_or_default();
    let lines = [
        format!("Desk: {}{legal}", inline(&publisher.name)),
        format!("Site: <{}>", config.base.absolute("/")),
        format!("As of: {date}"),
        format!("Profile: `{}`", report.profile.name),
        format!("Document: <{}>", report.profile.document),
        format!("Basis: {}", report.profile.basis),
        format!("Result: {}", result(report)),
    ];
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
    out.push_str(
        "\n“Met” says that a program found what is named below. Whether it is true and enough is for an \
         assessor to judge.\n\n",
    );
}

fn table(out: &mut String, figures: &Figures) {
    let replies = figures.replies;
    out.push_str(
        "## Figures\n\nAn article or a claim counts once, whatever the number of its translations.\n\n",
    );
    out.push_str("| | |\n|---|---:|\n");
    let rows = [
        ("Checks that stand", figures.checks),
        ("Withdrawn checks", figures.withdrawn),
        ("Claims", figures.claims),
        ("… with two independent sources", figures.two_sources),
        ("… with a primary source", figures.primary),
        ("… with a copy of every source", figures.archived),
        ("… with a link to every source", figures.linked),
        ("Checks in the last six months", figures.half_year),
        ("Checks in the last twelve months", figures.year),
        ("Corrections", figures.corrections),
        ("Changed verdicts", figures.changed_verdicts),
        ("Right of reply: replied", replies.replied),
        ("… no reply", replies.no_reply),
        ("… declined", replies.declined),
        ("… not applicable", replies.not_applicable),
        ("… not recorded", replies.unrecorded),
    ];
    for (words, count) in rows {
        let _ = writeln!(out, "| {words} | {count} |");
    }
    let (checks, empty) = (figures.in_weeks(), figures.empty_weeks());
    let _ = write!(
        out,
        "\n### Checks a week\n\n{checks} in {WEEKS} weeks; {empty} of these had none.\n\n\
         | Week from | Checks |\n|---|---:|\n"
    );
    for week in &figures.weeks {
        let _ = writeln!(out, "| {} | {} |", week.from, week.checks);
    }
    out.push('\n');
}

fn one(out: &mut String, number: usize, judged: &Judged, document: &str) {
    let criterion = judged.criterion;
    let state = match judged.state {
        State::Met => "met",
        State::Open => "open",
        State::Person => "for a person to judge",
    };
    let certainty = match criterion.certainty {
        Certainty::Read => "",
        Certainty::SecondHand => " (second-hand)",
    };
    let _ = write!(
        out,
        "\n### {number}. {} – {state}\n\n{}\n\nSource: {}{certainty}, <{document}>\n",
        criterion.title, criterion.asks, criterion.source
    );
    let facts = judged.facts.iter().map(|fact| match &fact.address {
        Some(address) => format!("{}: <{address}>", inline(&fact.words)),
        None => inline(&fact.words),
    });
    let title = if judged.state == State::Met { "What fulfils it:" } else { "What there is:" };
    items(out, title, facts.collect());
    let open = judged.open.iter().take(LISTED).map(|diagnostic| {
        let help: String = diagnostic.help.iter().map(|help| helping(help)).collect();
        format!("{}: {}{help}", place(diagnostic), inline(&diagnostic.message))
    });
    let mut open: Vec<String> = open.collect();
    if let Some(more) = judged.open.len().checked_sub(LISTED).filter(|more| *more > 0) {
        open.push(format!("and {more} more"));
    }
    items(out, "Open:", open);
    let excepted = judged.excepted.iter().map(|excepted| {
        format!("{} ({}×): {}", code(&excepted.path), excepted.times, inline(&excepted.reason))
    });
    items(out, "Open, for a reason the desk gives:", excepted.collect());
    if let Some(person) = criterion.person {
        let _ = write!(out, "\nA person judges: {person}.\n");
    }
}

fn items(out: &mut String, title: &str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "\n{title}\n\n");
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

fn place(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Place::At(label) => {
            let line = label.source.line_column(label.span.start).line;
            code(&format!("{}:{line}", label.source.path))
        }
        Place::File(path) => code(path),
    }
}

/// What mends it, below its item: what is to be pasted stands as code.
fn helping(help: &str) -> String {
    let mut lines = help.lines();
    let mut out = format!("\n  {}", inline(lines.next().unwrap_or_default()));
    let pasted: Vec<&str> = lines.collect();
    if !pasted.is_empty() {
        // No line of it can end a longer fence than any it has.
        let longest = pasted.iter().map(|line| line.chars().filter(|c| *c == '~').count()).max();
        let fence = "~".repeat(longest.unwrap_or_default().max(2) + 1);
        let _ = write!(out, "\n\n  {fence}");
        for line in pasted {
            let _ = write!(out, "\n  {}", phrase(line));
        }
        let _ = write!(out, "\n  {fence}");
    }
    out
}

/// Text as code, if it can be.
fn code(text: &str) -> String {
    if text.contains('`') { inline(text) } else { format!("`{}`", one_line(text)) }
}

/// Text in which nothing is markup but code in pairs of backticks.
fn inline(text: &str) -> String {
    let text = one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let in_pairs = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| !part.is_empty());
    if !in_pairs {
        return escaped(&text);
    }
    let parts = parts
        .iter()
        .enumerate()
        .map(|(index, part)| if index % 2 == 1 { format!("`{part}`") } else { escaped(part) });
    parts.collect()
}

fn one_line(text: &str) -> String {
    phrase(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|!&~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, helping, inline};

    #[test]
    fn nothing_from_the_desk_is_markup() {
        assert_eq!(inline("<b>[x](y)* |\n# a"), "\\<b\\>\\[x\\](y)\\* \\| \\# a");
        assert_eq!(inline("add `a_b: [c]` here_"), "add `a_b: [c]` here\\_");
        assert_eq!(inline("one ` alone"), "one \\` alone");
        assert_eq!(inline("``"), "\\`\\`");
        assert_eq!(code("a`b"), "a\\`b");
    }

    #[test]
    fn what_is_pasted_cannot_leave_its_fence() {
        let shown = helping("paste:\n~~~~\ntitle: x");
        assert_eq!(shown, "\n  paste:\n\n  ~~~~~\n  ~~~~\n  title: x\n  ~~~~~");
    }
}
