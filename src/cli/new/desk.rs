//! The desk that something new is for: what it has, and how a file gets into it.

use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::civil::Date;
use meja::config::Lang;
use meja::content::{Article, Document, Person, Read, Status, read_as};
use meja::diagnostic::{Diagnostic, Severity};
use meja::pipeline::{self, Desk, Ready};
use meja::site::Showing;
use meja::slug::slug;
use meja::yaml::is_safe_id;
use serde_json::json;

use super::super::place::write_new;
use super::super::print::{complain, say};
use super::super::{Common, Ended, Format, root};
use super::ask::Questions;
use super::words::{Words, words};

/// Of how much of a claim an earlier one must have the words to be worth a look, in percent.
const ALIKE: u8 = 60;

/// A desk with all its drafts, as it is read for something new.
pub(super) struct Place<'c> {
    pub(super) common: &'c Common,
    pub(super) root: PathBuf,
    pub(super) desk: Desk,
    ready: Ready,
    /// Today, where the desk is.
    pub(super) today: Date,
    files: Vec<String>,
}

impl<'c> Place<'c> {
    pub(super) fn find(common: &'c Common) -> Result<Self, Ended> {
        let (root, desk) = root::read(common)?;
        let whole = desk.config.whole;
        if !(whole.languages && whole.scale) {
            let message = "site.yaml has errors; `meja check` says which".to_owned();
            return Err(Ended::Usage(message));
        }
        let now = Zoned::now();
        let today = now.with_time_zone(desk.config.timezone.clone()).date();
        let ready = pipeline::prepare(&desk, &Showing { now, drafts: true, future: true }, None);
        let files = ready.plan().routes().map(meja::site::Route::file).collect();
        Ok(Self { common, root, desk, ready, today, files })
    }

    /// The code of the main language.
    pub(super) fn language(&self) -> &str {
        self.desk.config.code(Lang::MAIN)
    }

    /// What is asked, in that language.
    pub(super) fn words(&self) -> &'static Words {
        words(self.language())
    }

    fn documents(&self) -> impl Iterator<Item = &Document> {
        self.desk.read.iter().filter_map(|read| read.document.as_ref())
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.documents().filter_map(|document| match document {
            Document::Person(person) => Some(&**person),
            _ => None,
        })
    }

    /// The file of whoever has this name, or the id that it would get.
    pub(super) fn person_called(&self, name: &str) -> Option<String> {
        let (wanted, id) = (name.to_lowercase(), slug(name));
        let same = |person: &&Person| person.id == id || person.description.name.to_lowercase() == wanted;
        let file = format!("people/{id}.md");
        let unread = || self.has_file(&file).then(|| format!("content/{file}"));
        self.people().find(same).map(|person| person.yaml.source.path.clone()).or_else(unread)
    }

    /// The articles with the draft state of each: drafts first, then the newest, by path.
    pub(super) fn articles(&self) -> Vec<(&Article, bool)> {
        let mut articles: Vec<(&Article, bool)> = self
            .documents()
            .filter_map(|document| match document {
                Document::Article(article) => Some((&**article, article.status == Status::Draft)),
                _ => None,
            })
            .collect();
        articles.sort_by(|(a, a_draft), (b, b_draft)| {
            let newest = b.date.date.cmp(&a.date.date);
            b_draft.cmp(a_draft).then(newest).then_with(|| a.yaml.source.path.cmp(&b.yaml.source.path))
        });
        articles
    }

    /// Who has written for the desk, by id and name, the most frequent first.
    pub(super) fn authors(&self) -> Vec<(String, String)> {
        let mut authors: Vec<(usize, &str)> = Vec::new();
        for document in self.documents() {
            let Document::Article(article) = document else { continue };
            for author in &article.authors {
                match authors.iter_mut().find(|(_, known)| known == author) {
                    Some((times, _)) => *times += 1,
                    None => authors.push((1, author)),
                }
            }
        }
        authors.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let name = |id: &str| {
            let person = self.people().find(|person| person.id == id);
            person.map_or_else(|| id.to_owned(), |person| person.description.name.clone())
        };
        authors.into_iter().map(|(_, id)| (id.to_owned(), name(id))).collect()
    }

    /// The desk's verdicts by id and label.
    pub(super) fn verdicts(&self) -> Vec<(String, String)> {
        let verdicts = self.desk.config.scale.verdicts.iter();
        verdicts.map(|verdict| (verdict.id.clone(), verdict.label.get(Lang::MAIN).to_owned())).collect()
    }

    /// Whether an address of the main language is in use, by any page, draft or redirect.
    pub(super) fn has_address(&self, path: &str) -> bool {
        let file = format!("{path}/index.html");
        self.files.iter().any(|other| other.eq_ignore_ascii_case(&file))
    }

    /// Whether an article has this slug, or one that could not be read may have it.
    pub(super) fn has_article(&self, slug: &str) -> bool {
        self.has_address(&format!("articles/{slug}"))
            || self
                .documents()
                .any(|document| matches!(document, Document::Article(article) if article.slug == slug))
    }

    /// Whether a claim of any article has this id.
    pub(super) fn has_claim(&self, id: &str) -> bool {
        self.has_address(&format!("claims/{id}"))
            || self.documents().any(|document| match document {
                Document::Article(article) => article.claims.iter().any(|claim| claim.id == id),
                _ => false,
            })
    }

    /// Whether a claim of an article cannot have this id. A translation of the article may have the claim already:
    /// then that is the id to have.
    pub(super) fn has_claim_beside(&self, path: &str, id: &str) -> bool {
        let articles = || {
            self.documents().filter_map(|document| match document {
                Document::Article(article) => Some(&**article),
                _ => None,
            })
        };
        let Some(own) = articles().find(|article| article.yaml.source.path == format!("content/{path}"))
        else {
            return self.has_claim(id);
        };
        let mut having =
            articles().filter(|article| article.claims.iter().any(|claim| claim.id == id)).peekable();
        if having.peek().is_none() {
            return self.has_claim(id);
        }
        having.any(|article| article.key != own.key || article.lang == own.lang)
    }

    /// Whether there is a file or a folder at a path below `content/`.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.root.join("content").join(path).symlink_metadata().is_ok()
    }

    /// The file of the page that states a policy in the main language.
    pub(super) fn page_with(&self, policy: &str) -> Option<&str> {
        self.documents().find_map(|document| match document {
            Document::Page(page) if page.policy == Some(policy) && page.lang == Lang::MAIN => {
                Some(page.yaml.source.path.as_str())
            }
            _ => None,
        })
    }

    /// Tells of claims that say nearly the same. Whether to go on.
    pub(super) fn warn(&self, claim: &str, questions: &mut Questions<'_>) -> Result<bool, Ended> {
        let site = self.ready.site();
        let found = site.index().find(claim, 3, |_| true);
        let alike: Vec<_> = found.hits.iter().filter(|hit| !found.weak && hit.share >= ALIKE).collect();
        if alike.is_empty() {
            return Ok(true);
        }
        if self.common.format != Format::Json {
            complain!("This may have been checked already:");
        }
        let mut listed = Vec::new();
        for hit in alike {
            let at = site.lookup.claims()[hit.claim];
            let (article, other) = (site.article_of(at), site.claim(at));
            let verdict = site.config.scale.verdicts.get(other.verdict);
            let label = verdict.map_or("", |verdict| verdict.label.get(article.lang));
            let url = site.config.base.absolute(&site.claim_path(at));
            if self.common.format == Format::Json {
                listed.push(json!({"id": other.id, "claim": other.claim, "verdict": label, "url": url}));
            } else {
                complain!("  {label}: {}\n  {url}\n  {}", other.claim, article.yaml.source.path);
            }
        }
        if !listed.is_empty() {
            complain!("{}", json!({"version": 1, "checked_already": listed}));
        }
        questions.is_so(self.words().all_the_same, true)
    }

    /// What is wrong with a text as the file it is to become, and was not wrong before.
    pub(super) fn faults(&self, path: &str, text: &str) -> Vec<Diagnostic> {
        let read = read_as(path, text.to_owned(), &self.desk.config, &self.desk.files);
        let before = self.desk.read.iter().find(|read| read.path == path);
        let was = |error: &Diagnostic| {
            let same = |other: &Diagnostic| other.code == error.code && other.message == error.message;
            before.is_some_and(|before| before.diagnostics.iter().any(same))
        };
        let mut errors = read.map(|Read { diagnostics, .. }| diagnostics).unwrap_or_default();
        errors.retain(|error| error.severity == Severity::Error && !was(error));
        errors
    }

    /// Refuses a text with such faults.
    pub(super) fn judge(&self, path: &str, text: &str) -> Result<(), Ended> {
        let errors = self.faults(path, text);
        if errors.is_empty() {
            return Ok(());
        }
        self.common.report(&self.root, &errors);
        self.common.conclude("nothing was written");
        Err(Ended::Content)
    }

    /// Writes a file that is not there yet, below `content/`.
    pub(super) fn create(&self, path: &str, text: &str) -> Result<(), Ended> {
        self.judge(path, text)?;
        match write_new(&self.root, &format!("content/{path}"), text) {
            Ok(true) => Ok(()),
            Ok(false) => {
                Err(Ended::Usage(format!("`content/{path}` is there already; it was left as it is")))
            }
            Err(reason) => Err(Ended::Machine(format!("cannot write `content/{path}`: {reason}"), None)),
        }
    }

    /// Says what was written, with an id if that is what others refer to.
    pub(super) fn conclude(&self, path: &str, id: &str, next: &str) {
        if self.common.format == Format::Json {
            say!("{}", json!({"version": 1, "file": format!("content/{path}"), "id": id}));
        } else if !self.common.quiet {
            say!("content/{path}");
            self.common.conclude(next);
        }
    }

    /// The path below `content/` of a file that the command line names: from here, or from the desk's folder.
    pub(super) fn inside(&self, named: &Path) -> Result<String, Ended> {
        let unknown = |reason: &str| Ended::Usage(format!("`{}` {reason}", named.display()));
        let found = [named.to_path_buf(), self.root.join(named)].into_iter().find(|path| path.is_file());
        let found = found.ok_or_else(|| unknown("is no file"))?;
        let content = self.root.join("content").canonicalize().map_err(|_| unknown("is no article"))?;
        let real = found.canonicalize().map_err(|_| unknown("cannot be opened"))?;
        let inside =
            real.strip_prefix(&content).map_err(|_| unknown("is not below content/ of this desk"))?;
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        if path.starts_with("articles/") && path.ends_with(".md") {
            Ok(path)
        } else {
            Err(unknown("is no article"))
        }
    }
}

/// A name that can be part of an address and that nothing else has.
pub(super) fn id(word: &str, is_taken: impl Fn(&str) -> bool) -> Result<String, String> {
    if !is_safe_id(word) {
        return Err(format!(
            "`{word}` cannot be part of an address; use small letters a to z, digits and hyphens"
        ));
    }
    if is_taken(word) { Err(format!("`{word}` is taken already")) } else { Ok(word.to_owned()) }
}
