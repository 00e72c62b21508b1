//! `meja check`

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::Zoned;
use meja::check::profiles::{self, Reports};
use meja::check::{Facts, check};
use meja::config;
use meja::diagnostic::{Code, Diagnostic, Severity, any_error, sort};
use meja::pipeline;
use meja::report;
use meja::revision::Failed;
use meja::site::{Showing, Site};

use super::build::{Now, moment, now};
use super::fix::mend_all;
use super::links::Links;
use super::print::{complain, say};
use super::{Common, Ended, Format, root};

/// The headings, in the help, of what more can be looked at, and of what comes of it.
const ALSO: &str = "Look further";
const OUTCOME: &str = "What comes of it";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Say only what concerns these files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Compare with what was published at this commit, and refuse silent changes
    #[arg(long, value_name = "REV", help_heading = ALSO)]
    since: Option<String>,
    /// Ask every outside address whether it is still there
    #[arg(long, help_heading = ALSO)]
    links: bool,
    /// Take answers that are younger than this from `.meja-links.json`; 0 asks all again
    #[arg(long, value_name = "DAYS", requires = "links", default_value_t = 7, help_heading = ALSO)]
    links_max_age: u32,
    /// Look at what a code of principles or a guideline asks; may be given several times
    #[arg(long = "profile", value_name = "NAME", value_parser = profile_names(), help_heading = ALSO)]
    profiles: Vec<String>,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"], help_heading = OUTCOME)]
    deny: Option<String>,
    /// Mend what needs nobody's judgement, then check again
    #[arg(long, help_heading = OUTCOME)]
    fix: bool,
    /// Check drafts and future articles too
    #[arg(long)]
    drafts: bool,
    /// Check as if it were this date, or date and time with offset
    #[arg(long, value_name = "DATE", value_parser = now)]
    now: Option<Now>,
}

fn profile_names() -> PossibleValuesParser {
    PossibleValuesParser::new(profiles::PROFILES.iter().map(|profile| profile.name))
}

impl Arguments {
    pub(super) fn has_profile(&self) -> bool {
        !self.profiles.is_empty()
    }
}

/// What was found, and what was seen of the profiles asked for, as it is printed.
#[derive(Debug, Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    pack: Option<String>,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match look(common, arguments) {
        Ok(ended) | Err(ended) => ended,
    }
}

fn look(common: &Common, arguments: &Arguments) -> Result<Ended, Ended> {
    let root = root::find(common)?;
    let wanted = selection(&root, &arguments.paths)?;
    let mut links = arguments.links.then(|| Links::new(common, arguments.links_max_age));
    let mut found = look_at(&root, common.format, arguments, &wanted, links.as_mut())?;
    if arguments.fix {
        // What is said of other files does not change them.
        let own = found.diagnostics.iter().filter(|diagnostic| is_wanted(diagnostic.path(), &wanted));
        let done = mend_all(&root, own);
        for reason in &done.refused {
            complain!("{reason}");
        }
        if done.made > 0 {
            found = look_at(&root, common.format, arguments, &wanted, links.as_mut())?;
        }
        if common.format == Format::Text && !common.quiet {
            say!(
                "{} mended in {}",
                report::counted(done.made, "problem"),
                report::counted(done.files, "file")
            );
            if done.left > 0 {
                let left = report::counted(done.left, "change");
                complain!("{left} left out, as they touch others; run `meja check --fix` again");
            }
        }
    }
    let Found { diagnostics, pack } = found;
    common.report(&root, &diagnostics);
    if let Some(pack) = pack.filter(|_| common.format != Format::Text || !common.quiet) {
        say!("{pack}");
    }
    if !common.quiet {
        let line = report::summary_line(&diagnostics);
        if diagnostics.is_empty() && common.format == Format::Text {
            say!("{line}");
        } else {
            common.conclude(&line);
        }
    }
    Ok(if any_error(&diagnostics) { Ended::with_errors(&diagnostics) } else { Ended::Fine })
}

/// Everything that is found in the files asked for.
fn look_at(
    root: &Path,
    format: Format,
    arguments: &Arguments,
    wanted: &[String],
    links: Option<&mut Links<'_>>,
) -> Result<Found, Ended> {
    let mut pack = None;
    let mut diagnostics = match pipeline::read(root, None) {
        Ok(desk) => {
            let now: Zoned = moment(arguments.now.as_ref(), &desk.config.timezone)?;
            let showing = Showing { now, drafts: arguments.drafts, future: arguments.drafts };
            let ready = pipeline::prepare(&desk, &showing, None);
            let mut diagnostics = ready.diagnostics.clone();
            let statics = desk.theme.static_sizes();
            let facts = Facts { site: ready.site(), plan: ready.plan(), statics: &statics };
            diagnostics.extend(check(facts));
            if let Some(links) = links {
                let is_wanted = |file: &str| is_wanted(file, wanted);
                diagnostics.extend(links.judge(root, ready.site(), &is_wanted)?);
            }
            let profiles: Vec<_> =
                arguments.profiles.iter().filter_map(|name| profiles::named(name)).collect();
            if !profiles.is_empty() {
                let reports = profiles::judge(facts, &profiles);
                pack = written(ready.site(), format, &reports);
                diagnostics.extend(reports.diagnostics);
            }
            if let Some(rev) = &arguments.since {
                // A draft is not published, though it is looked at.
                let published = Showing { drafts: false, future: false, ..showing };
                let shown = arguments.drafts.then(|| pipeline::prepare(&desk, &published, None));
                let found = pipeline::since(rev, root, &desk, shown.as_ref().unwrap_or(&ready));
                diagnostics.extend(found.map_err(|failed| not_compared(&failed))?);
            }
            diagnostics
        }
        Err(diagnostic) => vec![*diagnostic],
    };
    sort(&mut diagnostics);
    if arguments.deny.is_some() {
        for diagnostic in &mut diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    // What is wrong with the settings is wrong with what is said of every file.
    diagnostics.retain(|diagnostic| {
        concerns(diagnostic, wanted)
            || (diagnostic.path() == config::FILE && !Code::RULES.contains(&diagnostic.code))
    });
    Ok(Found { diagnostics, pack })
}

/// The evidence pack, without its last line end, in the formats that have one.
fn written(site: &Site, format: Format, reports: &Reports) -> Option<String> {
    match format {
        Format::Json => Some(report::evidence_json(site, reports)),
        Format::Markdown => Some(report::evidence_markdown(site, reports).trim_end().to_owned()),
        Format::Text => Some(report::evidence_lines(reports).join("\n")),
        // One log and nothing else stands on standard output.
        Format::Github | Format::Sarif => None,
    }
}

pub(super) fn not_compared(failed: &Failed) -> Ended {
    match failed.help() {
        Some(help) if failed.is_usage() => Ended::Usage(format!("{failed}: {help}")),
        help => Ended::Machine(failed.to_string(), help),
    }
}

/// The paths asked for, from the desk's folder.
fn selection(root: &Path, paths: &[PathBuf]) -> Result<Vec<String>, Ended> {
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Ended::Usage(format!("cannot find `{}`: {error}", path.display())))
    };
    let root = real(root)?;
    paths
        .iter()
        .map(|path| {
            let found = real(path)?;
            let inside = found
                .strip_prefix(&root)
                .map_err(|_| Ended::Usage(format!("`{}` is not in the desk's folder", path.display())))?;
            Ok(inside.to_string_lossy().replace('\\', "/"))
        })
        .collect()
}

/// Whether a problem points into one of these files: two files can share a mistake, and either of them can be
/// the one to change.
fn concerns(diagnostic: &Diagnostic, wanted: &[String]) -> bool {
    let mut others = diagnostic.others.iter().map(|label| label.source.path.as_str());
    is_wanted(diagnostic.path(), wanted) || others.any(|file| is_wanted(file, wanted))
}

/// Whether a file is one of these or stands below one of them; every file is, where none is named.
fn is_wanted(file: &str, wanted: &[String]) -> bool {
    let is_below =
        |path: &str| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    wanted.is_empty() || wanted.iter().any(|path| path.is_empty() || is_below(path))
}
