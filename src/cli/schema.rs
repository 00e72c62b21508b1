//! `meja schema`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use meja::content::io_words;
use meja::schema::{self, Facts, Made, Texts};
use meja::{config, content, pipeline};

use super::place::{renew, write_new};
use super::print::say_as_is;
use super::{Common, Ended, Format, root};

/// The language of descriptions where no desk says one.
const LANGUAGE: &str = "en";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What is described
    #[arg(value_enum, default_value_t = Document::Article)]
    document: Document,
    /// Write into this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The language of descriptions [default: the desk's main language, or en]
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Write `.vscode/` for the desk: schemas, snippets, settings. Settings that are there stay
    #[arg(long, conflicts_with_all = ["document", "out", "cms"])]
    vscode: bool,
    /// Write `static/admin/` for the desk: forms for Sveltia CMS. What is there stays
    #[arg(long, conflicts_with_all = ["document", "out"])]
    cms: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Document {
    /// Front matter of content/articles
    Article,
    /// Front matter of content/pages
    Page,
    /// Front matter of content/people
    Person,
    /// site.yaml
    Site,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match make(common, arguments) {
        Ok(()) => Ended::Fine,
        Err(ended) => ended,
    }
}

fn make(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    if matches!(common.format, Format::Github | Format::Sarif) {
        let reason = "a schema is no list of problems; leave `--format` out";
        return Err(Ended::Usage(reason.to_owned()));
    }
    let writes = arguments.vscode || arguments.cms;
    let root = match root::find(common) {
        Ok(root) => Some(root),
        Err(ended) if common.root.is_some() || writes => return Err(ended),
        Err(_) => None,
    };
    let facts = root.as_deref().map(desk).transpose()?;
    let language =
        arguments.lang.as_deref().or_else(|| facts.as_ref()?.languages.first().map(String::as_str));
    let language = language.unwrap_or(LANGUAGE).to_owned();
    let facts = facts.unwrap_or_else(|| Facts::preset(&language));
    let texts = Texts::of(&language);
    if let Some(root) = root.filter(|_| writes) {
        let files = if arguments.cms { schema::cms(&facts, &texts) } else { schema::editors(&facts, &texts) };
        return files.iter().try_for_each(|file| lay(common, &root, file));
    }
    let group = match arguments.document {
        Document::Article => &schema::ARTICLE,
        Document::Page => &schema::PAGE,
        Document::Person => &schema::PERSON,
        Document::Site => &schema::SITE,
    };
    let text = format!("{:#}\n", schema::json(group, &facts, &texts));
    match &arguments.out {
        Some(path) => write(path, &text),
        None => {
            say_as_is(&text);
            Ok(())
        }
    }
}

/// What there is to choose from on a desk. What is wrong with it is for `meja check` to say.
pub(super) fn desk(root: &Path) -> Result<Facts, Ended> {
    let source = pipeline::read_settings(root)
        .map_err(|problem| Ended::Machine(format!("`{}`: {}", config::FILE, problem.message), None))?;
    let (config, _) = config::read(&source);
    let (files, _) = content::walk(root, "content");
    Ok(Facts::of(&config, &content::read(&config, &files)))
}

/// Writes a file of the desk, unless it is the editor's own by now.
fn lay(common: &Common, root: &Path, file: &Made) -> Result<(), Ended> {
    let written = if file.renewed {
        renew(root, &file.path, &file.text).map(|()| true)
    } else {
        write_new(root, &file.path, &file.text)
    };
    match written {
        Ok(true) if common.quiet => {}
        Ok(true) => common.conclude(&format!("wrote {}", file.path)),
        Ok(false) => common.conclude(&format!("{} is there already and stays as it is", file.path)),
        Err(reason) => return Err(Ended::Machine(format!("cannot write `{}`: {reason}", file.path), None)),
    }
    Ok(())
}

fn write(place: &Path, text: &str) -> Result<(), Ended> {
    let folder = place.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(place, text)).map_err(|error| {
        Ended::Machine(format!("cannot write `{}`: {}", place.display(), io_words(&error)), None)
    })
}
