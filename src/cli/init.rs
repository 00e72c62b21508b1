//! `meja init`

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::Zoned;
use jiff::tz::TimeZone;
use meja::config::{BaseUrl, FILE};
use meja::content::io_words;
use meja::publish::pages_of;
use meja::schema::{self, Texts};
use meja::starter::{Edition, LANGUAGES, RATINGS, desk};
use serde_json::json;

use super::place::write_new;
use super::print::say;
use super::schema::desk as desk_facts;
use super::{Common, Ended, Format};

/// Where a site is said to stand until somebody knows better. Not a domain of its own: for that one, a build
/// writes a `CNAME`.
const ADDRESS: &str = "https://example.github.io/meja/";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to begin in: a new one, an empty one, or a fresh clone of a repository
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The language of the site and of its texts
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = names(LANGUAGES))]
    language: String,
    /// The rating scale [default: google in English, tempo in Indonesian]
    #[arg(long, value_name = "NAME", value_parser = names(RATINGS))]
    ratings: Option<String>,
    /// What the desk is called [default: a name to be changed]
    #[arg(long, value_name = "NAME", value_parser = one_line)]
    name: Option<String>,
    /// Where the site will stand [default: the pages of the repository, if the folder is a clone of one at GitHub,
    /// GitLab or Codeberg; else a placeholder]
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,
    /// Decides what "today" is [default: UTC in English, Asia/Jakarta in Indonesian]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<String>,
    /// Write forms for a browser editor, too: Sveltia CMS, in `static/admin/`
    #[arg(long)]
    cms: bool,
}

fn names(table: &'static [(&str, &str, &str)]) -> PossibleValuesParser {
    PossibleValuesParser::new(table.iter().map(|(name, ..)| *name))
}

/// A text on one line, without white space around it.
pub(super) fn one_line(word: &str) -> Result<String, String> {
    let text = word.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(control) = text.chars().find(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return Err(format!("it contains the control character U+{:04X}", u32::from(control)));
    }
    if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(text) }
}

fn address(word: &str) -> Result<String, String> {
    BaseUrl::parse(word).map(|base| base.absolute("/"))
}

fn zone(word: &str) -> Result<String, String> {
    let found = TimeZone::get(word).ok();
    let name = found.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
    name.ok_or_else(|| "use a name of the IANA database, such as `Asia/Jakarta`".to_owned())
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match begin(common, arguments) {
        Ok(()) => Ended::Fine,
        Err(ended) => ended,
    }
}

fn begin(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    if matches!(common.format, Format::Github | Format::Sarif) {
        let reason = "what was written is no list of problems; it is written as `text` or `json`";
        return Err(Ended::Usage(reason.to_owned()));
    }
    if common.root.is_some() {
        let reason = "`--root` names a desk that is there; say where to begin one: `meja init DIR`";
        return Err(Ended::Usage(reason.to_owned()));
    }
    let folder = arguments.folder.as_path();
    may_begin_in(folder)?;
    let language = arguments.language.as_str();
    let (_, ratings, timezone) =
        *LANGUAGES.iter().find(|(code, ..)| *code == language).unwrap_or(&LANGUAGES[0]);
    let timezone = arguments.timezone.as_deref().unwrap_or(timezone);
    let today = Zoned::now().with_time_zone(TimeZone::get(timezone).unwrap_or(TimeZone::UTC)).date();
    let name = if language == "id" { "Kanal Cek Fakta" } else { "Fact-Check Desk" };
    let known = arguments.base_url.clone().or_else(|| pages_of(folder));
    let base_url = known.clone().unwrap_or_else(|| ADDRESS.to_owned());
    let files = desk(&Edition {
        language,
        ratings: arguments.ratings.as_deref().unwrap_or(ratings),
        name: arguments.name.as_deref().unwrap_or(name),
        base_url: &base_url,
        timezone,
        today,
    });
    let (mut written, mut kept) = (Vec::new(), Vec::new());
    let mut lay = |path: String, text: &str| {
        let made = write_new(folder, &path, text).map_err(|reason| {
            let message = format!("cannot write `{path}`: {reason}");
            Ended::Machine(message, Some("what was written before it was left where it is".to_owned()))
        })?;
        (if made { &mut written } else { &mut kept }).push(path);
        Ok(())
    };
    for file in files {
        lay(file.path, &file.text)?;
    }
    // Made of the desk as it now lies there, as `meja schema` does when it has grown.
    let facts = desk_facts(folder)?;
    let texts = Texts::of(language);
    let forms = if arguments.cms { schema::cms(&facts, &texts) } else { Vec::new() };
    for file in schema::editors(&facts, &texts).into_iter().chain(forms) {
        lay(file.path, &file.text)?;
    }
    if common.format == Format::Json {
        say!(
            "{}",
            json!({"version": 1, "folder": folder.to_string_lossy(), "written": written, "kept": kept})
        );
    } else if !common.quiet {
        say!("{} files written to `{}`", written.len(), folder.display());
        for path in &kept {
            say!("`{path}` was there already and stays as it was");
        }
        match known {
            Some(known) => say!("The site will stand at {known}: `base_url` in site.yaml"),
            None => say!("Say where the site will stand: `base_url` in site.yaml is a placeholder"),
        }
        if arguments.cms {
            say!("The forms need the name of your repository and their script: README.md there says where");
        }
        say!("Next: `cd` to that folder, then `meja serve --open`; README.md there says the rest");
    }
    Ok(())
}

/// Refuses a folder that holds more than what a fresh repository has: whatever else lies there would be
/// mixed up with the site.
fn may_begin_in(folder: &Path) -> Result<(), Ended> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Ended::Usage(format!("`{}` is no folder", folder.display())));
        }
        Err(error) => {
            let message = format!("cannot look into `{}`: {}", folder.display(), io_words(&error));
            return Err(Ended::Machine(message, None));
        }
    };
    let mut others: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !is_of_a_fresh_repository(name))
        .collect();
    others.sort();
    if others.is_empty() {
        return Ok(());
    }
    if others.iter().any(|name| name == FILE) {
        let message = format!("`{}` is a desk already; nothing was changed", folder.display());
        return Err(Ended::Usage(message));
    }
    let most = 5;
    let shown: Vec<String> = others.iter().take(most).map(|name| format!("`{name}`")).collect();
    let more = if others.len() > most { format!(" and {} more", others.len() - most) } else { String::new() };
    Err(Ended::Usage(format!(
        "`{}` is not empty: it has {}{more}; choose a new folder. Nothing was changed",
        folder.display(),
        shown.join(", ")
    )))
}

/// What a forge or a system puts into a folder that is otherwise empty.
fn is_of_a_fresh_repository(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.') || ["readme", "license", "licence"].iter().any(|word| lower.starts_with(word))
}
