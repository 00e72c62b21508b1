//! `meja publish`

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use meja::check::{Facts, check};
use meja::config::BaseUrl;
use meja::diagnostic::{Code, Diagnostic, Severity, any_error, sort};
use meja::output::Finished;
use meja::pipeline::{self, Desk, Ready};
use meja::publish::{Failed, Laid, Mark, Server, Source, Tip};
use meja::report;
use meja::site::Showing;

use super::build::{self, Now, moment, now, progress, refused};
use super::check::not_compared;
use super::print::{say, say_as_is};
use super::{Common, Ended, Format, root};

/// Build the site, check it, and push it to a branch that a host shows
///
/// The branch gets one commit on top of what is there; what others committed to it is never overwritten.
/// Errors refuse, as does `check --since` the commit of which the published site was made.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The remote to push to: a name that `git remote` knows, or an address
    #[arg(long, default_value = "origin", value_name = "NAME")]
    remote: String,
    /// The branch that the host shows
    #[arg(long, default_value = "gh-pages", value_name = "NAME")]
    branch: String,
    /// The message of the commit [default: "Publish", with the desk's commit]
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// Say what would change, page by page, and push nothing
    #[arg(long)]
    dry_run: bool,
    /// Compare with this commit of the desk, instead of the one that was published
    #[arg(long, value_name = "REV", conflicts_with = "no_ledger")]
    since: Option<String>,
    /// Compare with nothing: silent changes of verdicts go out
    #[arg(long)]
    no_ledger: bool,
    /// Publish though files are not committed
    #[arg(long)]
    allow_dirty: bool,
    /// Where to write the site on its way [default: public in the desk's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will stand, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = build::base_url)]
    base_url: Option<BaseUrl>,
    /// Publish as if it were this date, or date and time with offset
    #[arg(long, value_name = "DATE", value_parser = now)]
    now: Option<Now>,
}

/// What the command line says.
#[derive(Clone, Copy)]
struct Asked<'a> {
    common: &'a Common,
    arguments: &'a Arguments,
    root: &'a Path,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match publish(common, arguments) {
        Ok(ended) | Err(ended) => ended,
    }
}

fn publish(common: &Common, arguments: &Arguments) -> Result<Ended, Ended> {
    let began = Instant::now();
    let root = root::find(common)?;
    let asked = Asked { common, arguments, root: &root };
    let asks = common.format == Format::Text && std::io::stdin().is_terminal();
    let server =
        Server::new(&root, &arguments.remote, &arguments.branch, asks).map_err(|failed| cannot(&failed))?;
    let source = server.source().map_err(|failed| cannot(&failed))?;
    if !source.changed.is_empty() && !arguments.allow_dirty && !arguments.dry_run {
        return Err(uncommitted(&source.changed));
    }
    let desk = match pipeline::read(&root, arguments.base_url.as_ref()) {
        Ok(desk) => desk,
        Err(diagnostic) => return Ok(refused(common, &root, &[*diagnostic])),
    };
    let now = moment(arguments.now.as_ref(), &desk.config.timezone)?;
    let mark = Mark::new(&source, now.timestamp());
    let ready = pipeline::prepare(&desk, &Showing { now, drafts: false, future: false }, None);
    if !ready.is_publishable() {
        return Ok(refused(common, &root, &ready.diagnostics));
    }
    // Asked before anything is written: a server that refuses should not cost a build.
    let tip = server.tip().map_err(|failed| cannot(&failed))?;
    let mut diagnostics = checked(&desk, &ready);
    diagnostics.extend(compared(asked, &server, &source, tip.as_ref(), &desk, &ready)?);
    // Links, feeds and ClaimReview carry the address: readers would be led to where nothing is.
    for placeholder in diagnostics.iter_mut().filter(|found| found.code == Code::PlaceholderAddress) {
        placeholder.severity = Severity::Error;
    }
    sort(&mut diagnostics);
    let refuses = any_error(&diagnostics);
    if refuses && !arguments.dry_run {
        return Ok(refused(common, &root, &diagnostics));
    }
    let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    let bar = progress(common, ready.plan().len() as u64, began);
    let written = pipeline::write_and_hold(&desk, &ready, &root, &out, &|| bar.inc(1));
    bar.finish_and_clear();
    let site = match written {
        Ok(site) => site,
        Err(pipeline::Failed::Content(late) | pipeline::Failed::Partly(late)) => {
            diagnostics.extend(late);
            sort(&mut diagnostics);
            return Ok(refused(common, &root, &diagnostics));
        }
        Err(pipeline::Failed::Output(error)) => {
            return Err(Ended::Machine(error.to_string(), error.help().map(str::to_owned)));
        }
    };
    common.report(&root, &diagnostics);
    let laid = server.lay(&site, tip.as_ref()).map_err(|failed| cannot(&failed))?;
    let pushed = if arguments.dry_run || laid.changes.are_none() {
        None
    } else {
        // The commit says of what the site was made; an editor may have written meanwhile.
        if server.source().map_err(|failed| cannot(&failed))? != source {
            return Err(moved());
        }
        Some(push(arguments, &server, &site, &laid, tip.as_ref(), &mark)?)
    };
    tell(common, arguments, &server, &desk, &laid, &source, pushed.as_deref());
    if refuses {
        common.conclude(&format!("{}; this would not be published", report::summary_line(&diagnostics)));
    }
    Ok(if refuses { Ended::Content } else { Ended::Fine })
}

/// Everything `check` says.
fn checked(desk: &Desk, ready: &Ready) -> Vec<Diagnostic> {
    let statics = desk.theme.static_sizes();
    let mut diagnostics = ready.diagnostics.clone();
    diagnostics.extend(check(Facts { site: ready.site(), plan: ready.plan(), statics: &statics }));
    diagnostics
}

/// What the ledger says, beside the commit of which the published site was made.
fn compared(
    asked: Asked<'_>,
    server: &Server,
    source: &Source,
    tip: Option<&Tip>,
    desk: &Desk,
    ready: &Ready,
) -> Result<Vec<Diagnostic>, Ended> {
    let Asked { common, arguments, root } = asked;
    let mark = tip.and_then(|tip| tip.mark.as_ref());
    if arguments.no_ledger {
        return Ok(Vec::new());
    }
    if let Some(rev) = &arguments.since {
        return pipeline::since(rev, root, desk, ready).map_err(|failed| not_compared(&failed));
    }
    let Some(mark) = mark else {
        return Ok(Vec::new());
    };
    let short = short(&mark.source);
    if !server.knows(&mark.source).map_err(|failed| cannot(&failed))? {
        let message = format!("what is published was made of the commit {short}, which is not in this clone");
        let help = "get it first: `git pull`, or `git fetch --unshallow`, or in a workflow `fetch-depth: 0`; if it is gone for \
                    good, name another with `--since`";
        return Err(Ended::Machine(message, Some(help.to_owned())));
    }
    if !server.holds(&mark.source, source).map_err(|failed| cannot(&failed))? {
        common.conclude(&format!(
            "note: what is published was made of {short}, which is not in the history of this branch"
        ));
    }
    if mark.changed {
        common.conclude(&format!(
            "note: what is published was made of {short} with changes that were never committed"
        ));
    }
    pipeline::since_published(&mark.source, mark.moment, root, desk, ready)
        .map_err(|failed| not_compared(&failed))
}

fn push(
    arguments: &Arguments,
    server: &Server,
    site: &Finished,
    laid: &Laid,
    tip: Option<&Tip>,
    mark: &Mark,
) -> Result<String, Ended> {
    let message = match &arguments.message {
        Some(words) if !words.trim().is_empty() => words.clone(),
        _ => format!("Publish {}", short(&mark.source)),
    };
    server.push(site, laid, tip, &message, mark).map_err(|failed| cannot(&failed))
}

fn tell(
    common: &Common,
    arguments: &Arguments,
    server: &Server,
    desk: &Desk,
    laid: &Laid,
    source: &Source,
    pushed: Option<&str>,
) {
    let base = &desk.config.base;
    if common.format == Format::Json {
        say!(
            "{}",
            serde_json::json!({
                "version": 1,
                "url": format!("{}{}", base.origin, base.path),
                "remote": server.remote(),
                "branch": arguments.branch,
                "source": source.commit,
                "uncommitted": source.changed,
                "dry_run": arguments.dry_run,
                "commit": pushed,
                "changes": report::changes_json(&laid.changes, base),
                "kept": laid.kept,
            })
        );
        return;
    }
    if common.quiet || common.format == Format::Sarif {
        return;
    }
    let place = format!("`{}` of `{}`", arguments.branch, server.remote());
    if laid.changes.are_none() {
        say!("nothing changed; {place} stays as it is");
        return;
    }
    let is_text = common.format == Format::Text;
    say_as_is(&report::changes(&laid.changes, is_text, arguments.dry_run));
    for file in &laid.kept {
        say!("kept {file}, which is on the branch and not in the site");
    }
    if let Some(commit) = pushed {
        say!("published {} to {place}, made of {}", short(commit), short(&source.commit));
        return;
    }
    if !source.changed.is_empty() {
        say!("not committed: {}", few(&source.changed));
    }
    say!("nothing was pushed to {place}");
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// The first few of these files.
fn few(files: &[String]) -> String {
    let shown: Vec<String> = files.iter().take(3).map(|file| format!("{file:?}")).collect();
    match files.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn uncommitted(files: &[String]) -> Ended {
    Ended::Machine(
        format!("not everything is committed: {}", few(files)),
        Some(
            "commit first, so that the ledger knows what is published; or add `--allow-dirty`, or look with `--dry-run`"
                .to_owned(),
        ),
    )
}

fn moved() -> Ended {
    Ended::Machine(
        "the desk's files changed while the site was built; nothing was published".to_owned(),
        Some("run it again".to_owned()),
    )
}

fn cannot(failed: &Failed) -> Ended {
    match (failed, failed.help()) {
        (
            Failed::NoRemote(..) | Failed::ManyAddresses(_) | Failed::BadBranch(_) | Failed::OwnBranch(_),
            Some(help),
        ) => Ended::Usage(format!("{failed}; {help}")),
        (_, help) => Ended::Machine(failed.to_string(), help),
    }
}
