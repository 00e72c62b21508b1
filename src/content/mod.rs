//! Reads what the desk wrote: files become documents or diagnostics.

mod active;
mod article;
mod claim;
mod evidence;
mod evidence_file;
mod file;
mod looked;
pub mod markdown;
mod media;
mod moment;
mod page;
mod party;
mod picture;
mod reference;
mod stamps;
pub mod vocabulary;
mod walk;

pub use article::{Article, Correction, Exception, Mention, Status};
pub use claim::{Appearance, Claim, Contact, PastVerdict, Quote};
pub use evidence::{Evidence, EvidenceFile, Stance, host};
pub use file::{File, Name, read_own, read_text};
pub use looked::Looked;
pub use media::{Media, MediaKind, Original};
pub use moment::Moment;
pub use page::{POLICIES, Page, Person};
pub use party::{Description, Party, PartyKind};
pub use picture::{Picture, Size, is_picture};
pub use reference::{Target, folder};
pub use stamps::{OnDisk, Stamps, on_disk};
pub use walk::{Files, io_words, is_ignored, leads_out, walk};
pub(crate) use walk::{slashed, why_unreadable};

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
use crate::yaml::Yaml;

/// What reading one file may look at: the settings and which files exist.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The files below `content/`.
    pub files: &'a Files,
    /// The folder of the file being read, from `content/`.
    pub folder: &'a str,
    /// The other files it asked for: if one of them changes, it must be read again.
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Reading<'a> {
    /// Begins to read a file in `folder`.
    pub fn new(config: &'a Config, files: &'a Files, folder: &'a str) -> Self {
        Self { config, files, folder, asked: RefCell::default() }
    }

    /// Where a file is on the disk, by its path from `content/`.
    pub(crate) fn location(&self, path: &str) -> Option<&'a Path> {
        self.asked.borrow_mut().insert(path.to_owned());
        self.files.location(path)
    }
}

/// One Markdown file as it was read.
#[derive(Debug, Clone)]
pub enum Document {
    /// Below `content/articles`.
    Article(Arc<Article>),
    /// Below `content/pages`.
    Page(Arc<Page>),
    /// Below `content/people`.
    Person(Arc<Person>),
}

/// A document, if one could be made of the file, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Read {
    /// The file's path from `content/`.
    pub path: String,
    /// What could be made of it.
    pub document: Option<Document>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Other files of `content/` that it depends on, whether they exist or not.
    pub asked: BTreeSet<String>,
}

/// Reads every Markdown file in `files`, in the order of their paths.
pub fn read(config: &Config, files: &Files) -> Vec<Read> {
    let listed: Vec<_> = files.iter().collect();
    listed.into_par_iter().filter_map(|(path, _)| read_one(path, config, files)).collect()
}

/// Reads one file. `None` for a file that is not a document: pictures, evidence.
pub fn read_one(path: &str, config: &Config, files: &Files) -> Option<Read> {
    let text = |shown: &str| files.location(path).map(|location| file::read_text(location, shown));
    read_with(path, text, config, files)
}

/// Reads a text as the file that it is to become.
pub fn read_as(path: &str, text: String, config: &Config, files: &Files) -> Option<Read> {
    read_with(path, |shown| Some(Ok(Source::new(shown, text))), config, files)
}

/// The front matter of a file.
///
/// # Errors
/// One diagnostic if there is none, or it does not end, or it is too large.
pub fn front_matter(source: Arc<Source>) -> Result<Yaml, Box<Diagnostic>> {
    file::split(source).map(|file| file.yaml)
}

fn read_with(
    path: &str,
    text: impl FnOnce(&str) -> Option<Result<Arc<Source>, Box<Diagnostic>>>,
    config: &Config,
    files: &Files,
) -> Option<Read> {
    let shown = format!("content/{path}");
    let is_markdown = path.ends_with(".md");
    let kind = path.split_once('/').map_or("", |(first, _)| first);
    let reading = Reading::new(config, files, folder(path));
    let done = |document, diagnostics| {
        Some(Read { path: path.to_owned(), document, diagnostics, asked: reading.asked.take() })
    };
    if !is_markdown {
        let lower = path.to_lowercase();
        if [".md", ".markdown", ".mdx"].iter().any(|end| lower.ends_with(end)) {
            let diagnostic = Diagnostic::file(Code::MisplacedFile, shown, "this file is not read")
                .help("give it the ending `.md`, in small letters");
            return done(None, vec![diagnostic]);
        }
        return None;
    }
    if !matches!(kind, "articles" | "pages" | "people") {
        let diagnostic = Diagnostic::file(Code::MisplacedFile, shown, "this file is not read")
            .help("Markdown files belong into `content/articles`, `content/pages` or `content/people`");
        return done(None, vec![diagnostic]);
    }
    let split = text(&shown)?
        .and_then(file::split)
        .and_then(|file| file::name(path, &shown, config).map(|name| (file, name)));
    let (file, name) = match split {
        Ok(split) => split,
        Err(diagnostic) => return done(None, vec![*diagnostic]),
    };
    match kind {
        "articles" => {
            let (article, diagnostics) = article::read(&file, name, &reading);
            done(article.map(|article| Document::Article(Arc::new(article))), diagnostics)
        }
        "pages" => {
            let (page, diagnostics) = page::read_page(&file, name, &reading);
            done(page.map(|page| Document::Page(Arc::new(page))), diagnostics)
        }
        _ => {
            let (person, diagnostics) = page::read_person(&file, name, &reading);
            done(person.map(|person| Document::Person(Arc::new(person))), diagnostics)
        }
    }
}
