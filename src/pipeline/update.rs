//! Reads again what changed on the disk, and only that.
//!
//! What a watcher says are hints: a name is looked up on the disk before anything is believed. The
//! outcome is the same desk that a fresh [`super::read`] would give.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Desk, FOLDERS, settings};
use crate::config::{self, BaseUrl};
use crate::content::{self, Files, OnDisk, Read, Stamps, is_ignored, on_disk, slashed};
use crate::diagnostic::{Code, Diagnostic};
use crate::render::Engine;
use crate::theme;

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Anything: every file is looked at.
    Everything,
    /// These files or folders, by their path from the root.
    Paths(BTreeSet<PathBuf>),
}

impl Hint {
    /// Both hints together.
    #[must_use]
    pub fn and(self, other: Hint) -> Hint {
        match (self, other) {
            (Hint::Paths(mut one), Hint::Paths(other)) => {
                one.extend(other);
                Hint::Paths(one)
            }
            _ => Hint::Everything,
        }
    }
}

/// What was read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The files that are new, changed or gone, by their path from the root.
    pub paths: BTreeSet<String>,
    /// Whether one of them has nothing in it: it may be about to be written.
    pub half_written: bool,
}

impl Desk {
    /// Brings the desk up to date. Nothing is read if nothing changed.
    pub fn update(&mut self, root: &Path, base: Option<&BaseUrl>, hint: &Hint) -> Changes {
        let mut changes = Changes::default();
        let paths = match hint {
            Hint::Everything => self.look_at_everything(root),
            Hint::Paths(paths) => {
                let paths = paths.iter().filter_map(|path| slashed(path)).collect();
                self.stamps.note(root, &paths);
                paths
            }
        };
        if paths.is_empty() {
            return changes;
        }
        let below = |folder: &str, path: &str| {
            path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let new_settings = paths.contains(config::FILE) && self.read_settings(root, base, &mut changes);
        let theme_paths: Vec<&String> = paths
            .iter()
            .filter(|path| FOLDERS[1..].iter().any(|folder| below(folder, path)))
            .filter(|path| !path.split('/').any(is_ignored))
            .collect();
        if new_settings || !theme_paths.is_empty() {
            self.stamps.note_folders(root, &FOLDERS[1..]);
            changes.paths.extend(theme_paths.into_iter().cloned());
            let (theme, problems) = theme::read(root, &self.config);
            let told = problems.iter().map(|problem| problem.path().to_owned());
            self.stamps.doubt(theme.own_paths().chain(told));
            self.theme = Arc::new(theme);
            self.problems.theme = problems;
            let (engine, problems) = Engine::new(&self.theme, &self.config.base);
            self.engine = Arc::new(engine);
            self.problems.templates = problems;
        }
        let content: Vec<&str> = paths
            .iter()
            .filter(|path| below("content", path))
            .map(|path| path.strip_prefix("content/").unwrap_or_default())
            .filter(|path| !path.split('/').any(|part| !part.is_empty() && is_ignored(part)))
            .collect();
        if new_settings {
            self.list_content(root);
            self.read = content::read(&self.config, &self.files);
            changes.paths.extend(content.iter().map(|path| in_content(path)));
        } else if !content.is_empty() {
            self.read_content(root, &content, &mut changes);
        }
        changes.half_written |= self.problems.config.iter().any(|problem| problem.code == Code::EmptyFile);
        changes
    }

    /// Compares every file with what it was when last looked at.
    fn look_at_everything(&mut self, root: &Path) -> BTreeSet<String> {
        let now = Stamps::take(root, config::FILE, &FOLDERS);
        let changed = now.changed_since(&self.stamps);
        self.stamps = now;
        changed
    }

    /// Reads the settings again; whether they are other ones now.
    fn read_settings(&mut self, root: &Path, base: Option<&BaseUrl>, changes: &mut Changes) -> bool {
        match super::read_settings(root) {
            Ok(source) => {
                let same = source.text == self.config.yaml.source.text;
                let was_unreadable = self
                    .problems
                    .config
                    .iter()
                    .any(|problem| matches!(problem.place, crate::diagnostic::Place::File(_)));
                if same && !was_unreadable {
                    return false;
                }
                let (config, problems) = settings(&source, base);
                self.config = Arc::new(config);
                self.problems.config = problems;
            }
            Err(problem) => {
                // The old settings stay, with the problem beside them.
                self.problems.config = vec![*problem];
            }
        }
        changes.paths.insert(config::FILE.to_owned());
        true
    }

    fn list_content(&mut self, root: &Path) {
        let (files, problems) = content::walk(root, "content");
        self.files = Arc::new(files);
        self.problems.files = problems;
    }

    /// Reads the documents among `paths` (from `content/`) and those that depend on them.
    fn read_content(&mut self, root: &Path, paths: &[&str], changes: &mut Changes) {
        let before = Arc::clone(&self.files);
        let mut touched: BTreeSet<String> = BTreeSet::new();
        let mut new_files: Option<Files> = None;
        let mut walk_again = !self.problems.files.is_empty();
        for path in paths {
            // The folder of the content itself came or went.
            if path.is_empty() {
                walk_again = true;
                continue;
            }
            let location = root.join("content").join(path);
            let known = before.holds(path);
            match on_disk(&location) {
                OnDisk::File => {
                    if !before.contains(path) {
                        let files = new_files.get_or_insert_with(|| (*before).clone());
                        if known {
                            files.remove(path);
                            walk_again = true;
                        }
                        files.insert((*path).to_owned(), location);
                    }
                    touched.insert((*path).to_owned());
                }
                found @ (OnDisk::Folder | OnDisk::Link) => {
                    // A folder may have come with files in it, a link may lead anywhere, and to
                    // other files of the same names than before.
                    walk_again = true;
                    if found == OnDisk::Link {
                        touched.extend(held(&before, path));
                    }
                }
                OnDisk::Nothing if known => {
                    touched.extend(held(&before, path));
                    new_files.get_or_insert_with(|| (*before).clone()).remove(path);
                }
                OnDisk::Nothing => {}
            }
        }
        if let Some(files) = new_files {
            self.files = Arc::new(files);
        }
        if walk_again {
            let problems = std::mem::take(&mut self.problems.files);
            self.list_content(root);
            // A link that leads nowhere is no file, but it is a change: there is a problem to show.
            let told = |problems: &[Diagnostic]| -> Vec<(String, String)> {
                problems.iter().map(|d| (d.path().to_owned(), d.message.clone())).collect()
            };
            if told(&self.problems.files) != told(&problems) {
                changes
                    .paths
                    .extend(paths.iter().filter(|path| !path.is_empty()).map(|path| in_content(path)));
            }
        }
        if !Arc::ptr_eq(&before, &self.files) {
            touched.extend(self.files.paths().filter(|path| !before.contains(path)).map(str::to_owned));
            touched.extend(before.paths().filter(|path| !self.files.contains(path)).map(str::to_owned));
        }
        if touched.is_empty() {
            return;
        }
        // Some of them no hint has named: what a folder brought with it.
        self.stamps.note(root, &touched.iter().map(|path| in_content(path)).collect());
        let listed = touched.iter().filter(|path| self.files.contains(path));
        self.stamps.doubt(listed.map(|path| in_content(path)));
        self.read_again(&touched, changes);
    }

    fn read_again(&mut self, touched: &BTreeSet<String>, changes: &mut Changes) {
        let depends = |read: &Read| {
            // A hint such as "did you mean" looks at a whole folder.
            let looked_around = read
                .diagnostics
                .iter()
                .any(|problem| matches!(problem.code, Code::MissingFile | Code::BrokenLink));
            looked_around || read.asked.iter().any(|path| touched.contains(path))
        };
        let again: BTreeSet<String> = touched
            .iter()
            .cloned()
            .chain(self.read.iter().filter(|read| depends(read)).map(|read| read.path.clone()))
            .collect();
        let fresh: BTreeMap<String, Option<Read>> = again
            .into_par_iter()
            .map(|path| {
                let exists = self.files.contains(&path);
                let read = exists.then(|| content::read_one(&path, &self.config, &self.files)).flatten();
                (path, read)
            })
            .collect();
        changes.half_written |= fresh
            .values()
            .flatten()
            .any(|read| read.diagnostics.iter().any(|problem: &Diagnostic| problem.code == Code::EmptyFile));
        // A file that is no document and that no document asked for changes nothing: editors leave
        // such files beside the one they save.
        let was_read = |path: &str| self.read.binary_search_by(|read| read.path.as_str().cmp(path)).is_ok();
        let is_document = |path: &&String| fresh.get(*path).is_some_and(Option::is_some) || was_read(path);
        let (mut told, others): (Vec<&String>, Vec<&String>) = touched.iter().partition(is_document);
        if !others.is_empty() {
            let reads = self.read.iter().chain(fresh.values().flatten());
            let asked: BTreeSet<&String> = reads.flat_map(|read| &read.asked).collect();
            told.extend(others.into_iter().filter(|path| asked.contains(path)));
        }
        if told.is_empty() {
            // Who looked around in vain and was read again may have other advice to give now.
            if !self.read.iter().any(|read| fresh.contains_key(&read.path)) {
                return;
            }
            told.extend(touched);
        }
        changes.paths.extend(told.into_iter().map(|path| in_content(path)));
        self.read.retain(|read| !fresh.contains_key(&read.path));
        self.read.extend(fresh.into_values().flatten());
        self.read.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// The listed file at this path, or those in the folder there.
fn held<'f>(files: &'f Files, path: &'f str) -> impl Iterator<Item = String> + 'f {
    let is_below = move |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    files.paths().filter(move |other| *other == path || is_below(other)).map(str::to_owned)
}

fn in_content(path: &str) -> String {
    format!("content/{path}")
}
