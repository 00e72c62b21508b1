//! `meja build`

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use meja::config::BaseUrl;
use meja::content::Moment;
use meja::diagnostic::{Diagnostic, any_error, sort};
use meja::output::Summary;
use meja::pipeline::{self, Failed, Ready};
use meja::report;
use meja::site::{Recipe, Showing};

use super::print::say;
use super::{Common, Ended, Format, root};

/// The most a site on GitHub Pages may have, in bytes
/// (<https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>).
const PAGES_LIMIT: u64 = 1_000_000_000;

/// The heading, in the help, of what decides which articles are shown.
const SHOWN: &str = "What is shown";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where to write the site [default: public in the desk's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will stand, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// Show drafts too
    #[arg(long, help_heading = SHOWN)]
    drafts: bool,
    /// Show articles dated in the future too
    #[arg(long, help_heading = SHOWN)]
    future: bool,
    /// Build as if it were this date, or date and time with offset
    #[arg(long, value_name = "DATE", value_parser = now, help_heading = SHOWN)]
    now: Option<Now>,
}

/// A moment given on the command line. A date alone is read in the site's time zone.
#[derive(Debug, Clone)]
pub(super) enum Now {
    Date(Date),
    Instant(Timestamp),
}

pub(super) fn base_url(word: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(word)
}

pub(super) fn now(word: &str) -> Result<Now, String> {
    if let Ok(instant) = word.parse::<Timestamp>() {
        return Ok(Now::Instant(instant));
    }
    // A date with trailing letters is not a date: jiff would take a date-time without offset too.
    match word.parse::<Date>() {
        Ok(date) if word.len() == 10 => Ok(Now::Date(date)),
        _ => Err("write `2024-11-13`, or `2024-11-13T08:30:00+07:00`".to_owned()),
    }
}

pub(super) fn moment(now: Option<&Now>, zone: &TimeZone) -> Result<Zoned, Ended> {
    match now {
        None => Ok(Zoned::now()),
        Some(Now::Instant(instant)) => Ok(instant.to_zoned(zone.clone())),
        Some(Now::Date(date)) => date
            .to_zoned(zone.clone())
            .map_err(|_| Ended::Usage(format!("`{date}` is beyond the days that a clock can tell"))),
    }
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match build(common, arguments) {
        Ok(ended) | Err(ended) => ended,
    }
}

fn build(common: &Common, arguments: &Arguments) -> Result<Ended, Ended> {
    let began = Instant::now();
    let root = root::find(common)?;
    let desk = match pipeline::read(&root, arguments.base_url.as_ref()) {
        Ok(desk) => desk,
        Err(diagnostic) => {
            return Ok(refused(common, &root, &[*diagnostic]));
        }
    };
    let showing = Showing {
        now: moment(arguments.now.as_ref(), &desk.config.timezone)?,
        drafts: arguments.drafts,
        future: arguments.future,
    };
    let ready = pipeline::prepare(&desk, &showing, None);
    if !ready.is_publishable() {
        return Ok(refused(common, &root, &ready.diagnostics));
    }
    // What is one document waits for what may still be found.
    let at_once = !matches!(common.format, Format::Json | Format::Sarif);
    if at_once {
        common.report(&root, &ready.diagnostics);
    }
    let with_late = |late: Vec<Diagnostic>| {
        let before = ready.diagnostics.iter().filter(|_| !at_once).cloned();
        let mut all: Vec<Diagnostic> = before.chain(late).collect();
        sort(&mut all);
        all
    };
    let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    let progress = progress(common, ready.plan().len() as u64, began);
    let written = pipeline::write(&desk, &ready, &root, &out, &|| progress.inc(1));
    progress.finish_and_clear();
    let ended = match written {
        Ok(summary) => {
            if !at_once {
                common.report(&root, &ready.diagnostics);
            }
            tell(common, &ready, &summary, &out, began.elapsed());
            Ok(Ended::Fine)
        }
        Err(Failed::Content(diagnostics)) => Ok(refused(common, &root, &with_late(diagnostics))),
        Err(Failed::Partly(diagnostics)) => {
            let count = report::summary_line(&diagnostics);
            let ended = Ended::with_errors(&diagnostics);
            common.report(&root, &with_late(diagnostics));
            common.conclude(&format!("{count}; these pages stay as they were, and nothing was removed"));
            Ok(ended)
        }
        Err(Failed::Output(error)) => Err(Ended::Machine(error.to_string(), error.help().map(str::to_owned))),
    };
    // The program ends here: taking a large site apart piece by piece would only keep the editor waiting.
    std::mem::forget((desk, ready));
    ended
}

pub(super) fn refused(common: &Common, root: &Path, diagnostics: &[Diagnostic]) -> Ended {
    debug_assert!(any_error(diagnostics));
    common.report(root, diagnostics);
    common.conclude(&format!("{}; nothing was published", report::summary_line(diagnostics)));
    Ended::with_errors(diagnostics)
}

/// A bar that shows itself only on a terminal, and only when the build takes longer than a second.
pub(super) fn progress(common: &Common, pages: u64, began: Instant) -> ProgressBar {
    let wanted = !common.quiet && common.format == Format::Text && std::io::stderr().is_terminal();
    if !wanted || (began.elapsed() < Duration::from_millis(300) && pages < 2_000) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(pages);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}

fn tell(common: &Common, ready: &Ready, summary: &Summary, out: &Path, took: Duration) {
    // A log of results is the whole of what a program reads.
    if common.quiet || common.format == Format::Sarif {
        return;
    }
    let site = ready.site();
    let here = std::env::current_dir().unwrap_or_default();
    let shown = out.strip_prefix(&here).unwrap_or(out);
    let pages = ready.plan().routes().filter(|route| route.path.ends_with('/')).count();
    let claims: BTreeSet<&str> = ready
        .plan()
        .routes()
        .filter_map(|route| match route.recipe {
            Recipe::Claim(at) => Some(ready.site().claim(at).id.as_str()),
            _ => None,
        })
        .collect();
    let claims = claims.len();
    let (_, warnings) = report::counts(&ready.diagnostics);
    let until = |moment: &Moment| match &moment.time {
        Some(time) => time.strftime("%Y-%m-%d %H:%M %Z").to_string(),
        None => moment.date.to_string(),
    };
    if common.format == Format::Json {
        let held: Vec<_> = site
            .held
            .iter()
            .map(|held| serde_json::json!({"file": held.path, "title": held.title, "until": held.until.as_ref().map(Moment::iso)}))
            .collect();
        say!(
            "{}",
            serde_json::json!({
                "version": 1,
                "out": out.display().to_string(),
                "pages": pages,
                "articles": site.articles.len(),
                "claims": claims,
                "files": {"new": summary.new, "changed": summary.changed, "unchanged": summary.unchanged, "removed": summary.removed},
                "bytes": summary.bytes,
                "held": held,
                "warnings": warnings,
                "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            })
        );
        return;
    }
    say!(
        "{} with {} in `{}`: {} new, {} changed, {} unchanged, {} removed",
        counted(pages, "page"),
        counted(claims, "claim"),
        shown.display(),
        summary.new,
        summary.changed,
        summary.unchanged,
        summary.removed
    );
    // Titles stay out of a log in which GitHub looks for commands.
    for held in site.held.iter().filter(|_| common.format == Format::Text) {
        match &held.until {
            Some(moment) => say!("held back until {}: {} ({})", until(moment), held.title, held.path),
            None => say!("held back as a draft: {} ({})", held.title, held.path),
        }
    }
    say!(
        "{}, {:.1} MB ({:.1} % of what GitHub Pages allows), {:.2} s",
        counted(warnings, "warning"),
        summary.bytes as f64 / 1e6,
        summary.bytes as f64 * 100.0 / PAGES_LIMIT as f64,
        took.as_secs_f64()
    );
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
