//! `meja import`

mod lock;
mod taken;

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use meja::content::{io_words, is_ignored, leads_out};
use meja::diagnostic::any_error;
use meja::digest::sha256;
use meja::import::{
    self, Columns, FIELDS, Format as Archive, Found, MEMORY, Memory, Order, Plan, RATINGS, Ratings,
};
use meja::source::Source;
use meja::yaml::{Node, Yaml, parse};
use meja::{config, pipeline, report};

use super::place::prepared;
use super::print::{complain, say, say_as_is};
use super::{Common, Ended, Format, root};

/// The largest file of an archive, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What the archive comes as
    #[arg(value_enum, value_name = "FORMAT")]
    kind: Kind,
    /// Its files, or folders that hold them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Whether day or month stands first in dates such as 03/04/2021
    #[arg(long, value_enum, value_name = "ORDER")]
    dates: Option<Dates>,
    #[arg(long = "column", value_name = "FIELD=HEAD", value_parser = column, help = column_help())]
    columns: Vec<(String, String)>,
    /// A file that says so, one `claim: Klaim` a line
    #[arg(long, value_name = "FILE")]
    columns_file: Option<PathBuf>,
    /// Say what would come of it, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// JSON-LD, a DataFeed, or saved pages with JSON-LD in them
    Claimreview,
    /// Answers of `claims:search` of Google's Fact Check Tools
    Google,
    /// A table with commas, semicolons or tabs
    Csv,
    /// An export of WordPress (WXR)
    Wordpress,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dates {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

/// The help of `--column`, with the names that it takes.
fn column_help() -> String {
    let fields: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    format!(
        "Which column has what: `--column claim=Klaim`; may be given several times. For tables and for fields of posts. \
         Fields: {}",
        fields.join(", ")
    )
}

fn column(word: &str) -> Result<(String, String), String> {
    let (field, head) = word.split_once('=').ok_or("write `claim=Klaim`")?;
    known_field(field.trim())?;
    Ok((field.trim().to_owned(), head.trim().to_owned()))
}

fn known_field(field: &str) -> Result<(), String> {
    let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    if names.contains(&field) {
        return Ok(());
    }
    Err(format!("there is no field `{field}`; there are {}", names.join(", ")))
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match bring_in(common, arguments) {
        Ok(ended) | Err(ended) => ended,
    }
}

fn bring_in(common: &Common, arguments: &Arguments) -> Result<Ended, Ended> {
    let root = root::find(common)?;
    // Until the end: what is planned is planned on what stands there.
    let _lock = if arguments.dry_run { None } else { Some(lock::lock(&root)?) };
    let settings = pipeline::read_settings(&root).map_err(|diagnostic| {
        common.report(&root, &[*diagnostic]);
        Ended::Content
    })?;
    let (config, problems) = config::read(&settings);
    if any_error(&problems) {
        common.report(&root, &problems);
        common.conclude(&format!("{}; nothing was imported", report::summary_line(&problems)));
        return Ok(Ended::Content);
    }
    let format = match arguments.kind {
        Kind::Claimreview => Archive::ClaimReview,
        Kind::Google => Archive::Google,
        Kind::Csv => Archive::Csv,
        Kind::Wordpress => Archive::WordPress,
    };
    let columns = columns(arguments)?;
    let mut found = Found::default();
    let files = files(format, &arguments.paths)?;
    let size: u64 = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|about| about.len()).sum();
    let reading = progress(common, size, "bytes read", LONG_TO_READ);
    for file in files {
        let bytes = bytes_of(&file)?;
        found.append(import::read(format, &shown(&file), &bytes, &columns));
        reading.inc(bytes.len() as u64);
    }
    reading.finish_and_clear();
    if let Some(missing) = found.remarks.iter().find(|remark| remark.contains("there is no column")) {
        return Err(Ended::Usage(missing.clone()));
    }
    let standing_memory = text_of(&root.join(MEMORY))?;
    let memory = standing_memory.as_deref().map_or_else(|| Ok(Memory::default()), Memory::read);
    let memory =
        memory.map_err(|why| Ended::Machine(format!("cannot understand `{MEMORY}`: {why}"), None))?;
    let standing_map = text_of(&root.join(RATINGS))?;
    let map = match standing_map.as_deref().map(|text| Ratings::read(text, &config.scale)) {
        None => Ratings::default(),
        Some(Ok((map, remarks))) => {
            found.remarks.extend(remarks);
            map
        }
        Some(Err(why)) => {
            common.complain(&format!("cannot read `{RATINGS}`: {why}"), None);
            return Ok(Ended::Content);
        }
    };
    let order = arguments.dates.map(|order| match order {
        Dates::Dmy => Order::DayFirst,
        Dates::Mdy => Order::MonthFirst,
    });
    let standing = |path: &str| stands(&root.join(path));
    let bar = progress(common, found.records.len() as u64, "records read", MANY);
    let plan = import::plan(
        format,
        found,
        order,
        &config,
        taken::taken(&root, &config),
        memory,
        (&map, standing_map.as_deref()),
        &standing,
        &|| bar.inc(1),
    );
    bar.finish_and_clear();
    if !arguments.dry_run {
        write(common, &root, &plan, standing_memory.as_deref()).map_err(|(path, error)| {
            Ended::Machine(format!("cannot write `{path}`: {}", io_words(&error)), None)
        })?;
    }
    tell(common, &plan, arguments.dry_run);
    let unreadable = plan.tally.skipped.iter().any(|skipped| skipped.reason.starts_with("not readable"));
    if !plan.tally.is_of_use() {
        common.complain("nothing in this archive could be used", None);
    }
    Ok(if unreadable || plan.tally.is_broken || !plan.tally.is_of_use() {
        Ended::Content
    } else {
        Ended::Fine
    })
}

/// Which column has what: the file's word, then that of the command line.
fn columns(arguments: &Arguments) -> Result<Columns, Ended> {
    let mut columns = Columns::new();
    if let Some(file) = &arguments.columns_file {
        let shown = file.display();
        let text = text_of(file)?.ok_or_else(|| Ended::Usage(format!("cannot find `{shown}`")))?;
        let wrong = |why: String| Ended::Usage(format!("cannot read `{shown}`: {why}"));
        let Ok(Node::Map(entries)) = parse(&Yaml::whole(&Source::new("columns", text))) else {
            return Err(wrong("it has one `claim: Klaim` a line".to_owned()));
        };
        for (field, head) in entries {
            known_field(&field).map_err(wrong)?;
            let Node::Text(head) = head else {
                return Err(wrong(format!("`{field}` needs the head of a column")));
            };
            columns.insert(field, head);
        }
    }
    columns.extend(arguments.columns.iter().cloned());
    Ok(columns)
}

/// The files of the archive: those given, and those of given folders with a fitting ending, by name.
fn files(format: Archive, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Ended> {
    let mut files = Vec::new();
    for path in paths {
        let about =
            fs::metadata(path).map_err(|_| Ended::Usage(format!("cannot find `{}`", path.display())))?;
        if !about.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        let mut waiting = vec![path.clone()];
        while let Some(folder) = waiting.pop() {
            let failed = |error: io::Error| {
                Ended::Machine(format!("cannot read `{}`: {}", folder.display(), io_words(&error)), None)
            };
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let (place, kind) = (entry.path(), entry.file_type().map_err(failed)?);
                if is_ignored(&entry.file_name().to_string_lossy()) {
                    continue;
                }
                let ending = place.extension().map(|ending| ending.to_string_lossy().to_lowercase());
                if kind.is_dir() {
                    waiting.push(place);
                } else if kind.is_file()
                    && ending.is_some_and(|ending| format.endings().contains(&ending.as_str()))
                {
                    files.push(place);
                }
            }
        }
        if files.len() == before {
            let endings = format.endings().join(", .");
            return Err(Ended::Usage(format!("`{}` holds no file that ends in .{endings}", path.display())));
        }
        files[before..].sort();
    }
    Ok(files)
}

fn shown(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Ended> {
    let failed = |error: io::Error| {
        Ended::Machine(format!("cannot read `{}`: {}", path.display(), io_words(&error)), None)
    };
    if fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Err(Ended::Usage(format!("`{}` has more than 512 MB; split it", path.display())));
    }
    fs::read(path).map_err(failed)
}

/// The text of a file; nothing if there is none.
fn text_of(path: &Path) -> Result<Option<String>, Ended> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(Ended::Machine(format!("cannot read `{}`: {}", path.display(), io_words(&error)), None))
        }
    }
}

/// The SHA-256 of what stands at a path. What cannot be read is there, and is nobody's.
fn stands(path: &Path) -> Option<String> {
    match fs::read(path) {
        Ok(bytes) => Some(sha256(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => None,
        Err(_) => Some(String::new()),
    }
}

/// Writes what is planned. What is about to be written is remembered first, so that a run that was cut off can be
/// repeated and knows its files.
fn write(common: &Common, root: &Path, plan: &Plan, memory: Option<&str>) -> Result<(), (String, io::Error)> {
    let put = |path: &str, text: &str| put(root, path, text).map_err(|error| (path.to_owned(), error));
    if !plan.files.is_empty() {
        put(MEMORY, &plan.memory.text())?;
    }
    let bar = progress(common, plan.files.len() as u64, "files written", MANY);
    for file in &plan.files {
        put(&file.path, &file.text)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(map) = &plan.ratings {
        put(RATINGS, map)?;
    }
    let settled = plan.memory.clone().settled().text();
    if memory != Some(settled.as_str()) {
        put(MEMORY, &settled)?;
    }
    Ok(())
}

/// Puts a text in its place in one step.
fn put(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let place = prepared(root, path).map_err(io::Error::other)?;
    if leads_out(root, &place) {
        return Err(io::Error::other("it leads out of the desk's folder"));
    }
    let folder = place.parent().unwrap_or(root);
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Always the same name, as one import writes at a time: what a run that was killed left behind is written over.
    let coming = folder.join(format!(".{name}.tmp"));
    let moved = fs::write(&coming, text).and_then(|()| fs::rename(&coming, &place));
    if moved.is_err() {
        // Nothing half written is left behind; that it is not there is fine.
        let _ = fs::remove_file(&coming);
    }
    moved
}

/// How many records or files are worth a bar, and how many bytes.
const MANY: u64 = 200;
const LONG_TO_READ: u64 = 4 * 1024 * 1024;

/// A bar on a terminal, for what takes long.
fn progress(common: &Common, count: u64, what: &str, least: u64) -> ProgressBar {
    if count < least || !is_watched(common.quiet, common.format, io::stderr().is_terminal()) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count);
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:30}} {{human_pos}}/{{human_len}} {what}"))
    {
        bar.set_style(style);
    }
    bar
}

/// Whether somebody watches: on a terminal, who asked neither for silence nor for a document.
fn is_watched(quiet: bool, format: Format, is_terminal: bool) -> bool {
    !quiet && format == Format::Text && is_terminal
}

fn tell(common: &Common, plan: &Plan, is_dry: bool) {
    if common.format == Format::Json {
        let mut report = plan.tally.json();
        report["dry_run"] = serde_json::json!(is_dry);
        report["written"] = plan.files.iter().map(|file| file.path.as_str()).collect();
        say!("{report}");
        return;
    }
    for remark in &plan.tally.remarks {
        complain!("{}", remark.escape_debug());
    }
    if common.quiet {
        return;
    }
    say_as_is(&plan.tally.text());
    if is_dry {
        say!(
            "nothing was written; without `--dry-run`, {} would be",
            report::counted(plan.files.len(), "file")
        );
    } else if plan.ratings.is_some() {
        say!("{RATINGS} has new labels");
    }
}

#[cfg(test)]
mod tests {
    use super::is_watched;
    use crate::cli::Format;

    #[test]
    fn a_bar_is_for_who_watches() {
        assert!(is_watched(false, Format::Text, true));
        assert!(!is_watched(true, Format::Text, true));
        assert!(!is_watched(false, Format::Json, true));
        assert!(!is_watched(false, Format::Text, false));
    }
}
