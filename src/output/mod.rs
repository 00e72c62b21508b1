//! Writes what changed, removes only what an earlier build wrote.
//!
//! A build opens the folder, declares every file, writes them from all its threads and finishes:
//!
//! 1. [`Output::open`] locks the folder and refuses one that holds anything but our own files.
//! 2. [`Output::begin`] looks at everything first; then puts a manifest in force that lists the old
//!    files and the new ones, and makes the folders.
//! 3. [`Output::write`] compares and writes; [`Output::keep`] leaves a file that would come
//!    out the same.
//! 4. [`Output::finish`] removes what is no longer part of the site and shrinks the manifest.
//!
//! Whenever the process dies, the manifest lists every file of ours in the folder, so the next
//! build leaves it as if nothing had happened. Pages are not synced to the disk one by one: after
//! a power cut the comparison finds what is damaged.

mod error;
mod file;
mod inputs;
mod made;
mod manifest;
mod names;
mod place;
mod tree;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

pub use error::OutputError;
pub use file::Written;
pub use inputs::{Inputs, Origin, Parts};

use made::{Entry, Made};
use place::Lock;
use rayon::prelude::*;
use tree::Base;

use crate::digest::Print;

/// The folder a site is built into, locked for one build.
#[derive(Debug)]
pub struct Output {
    /// As the caller named it; for messages.
    shown: PathBuf,
    /// The real path.
    folder: PathBuf,
    /// What the manifest lists, sorted; `None` if there is none.
    listed: Option<Vec<String>>,
    /// What this build writes, sorted.
    files: Vec<String>,
    /// One for each file.
    states: Vec<State>,
    /// Whether the files have been declared; otherwise there is nothing to finish.
    begun: bool,
    /// How many old files had to go before new ones could be written.
    removed: usize,
    tally: Tally,
    /// What the files of the last build were made from.
    made: Made,
    /// What the site is made from, if the build says so.
    inputs: Option<Inputs>,
    /// Numbers the files on their way.
    serial: AtomicUsize,
    /// Held until the end.
    lock: Lock,
}

#[derive(Debug)]
struct State {
    /// Nothing stood there when the build began.
    fresh: bool,
    /// Somebody writes it or has done so.
    taken: AtomicBool,
    /// It is as it should be.
    done: AtomicBool,
    /// What it was made from, if that is known.
    made: OnceLock<Entry>,
}

impl State {
    fn new(fresh: bool) -> Self {
        Self { fresh, taken: AtomicBool::new(false), done: AtomicBool::new(false), made: OnceLock::new() }
    }
}

#[derive(Debug, Default)]
struct Tally {
    new: AtomicUsize,
    changed: AtomicUsize,
    unchanged: AtomicUsize,
    bytes: AtomicU64,
}

/// What a build did to its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that were not there before.
    pub new: usize,
    /// Files that had other content.
    pub changed: usize,
    /// Files that were left as they were.
    pub unchanged: usize,
    /// Files of earlier builds that are gone.
    pub removed: usize,
    /// The size of all files of the site in bytes, written or not.
    pub bytes: u64,
}

/// A folder with a finished site, still locked, so that no other build changes it while it is read.
#[derive(Debug)]
pub struct Finished {
    /// The real path of the folder.
    pub folder: PathBuf,
    /// The site's files, by their paths with `/`, sorted.
    pub files: Vec<String>,
    /// What the build did.
    pub summary: Summary,
    _lock: Lock,
}

impl Output {
    /// Locks the folder `dir` for one build of the site in `root`, creating it if it is missing.
    ///
    /// # Errors
    ///
    /// The folder would write over the site's own files, holds files without a manifest, is being
    /// written by another build, has a manifest that cannot be understood, or the system refuses.
    pub fn open(dir: &Path, root: &Path) -> Result<Self, OutputError> {
        let folder = place::clear_of_sources(dir, root)?;
        // Looked at before anything is made in it, so that a foreign folder stays as it is.
        place::refuse_foreign(&folder, dir)?;
        fs::create_dir_all(&folder).map_err(|error| OutputError::io("create the folder", dir, error))?;
        let lock = place::lock(&folder, dir)?;
        place::refuse_foreign(&folder, dir)?;
        let listed = manifest::read(&folder).map_err(|error| {
            let path = dir.join(manifest::NAME);
            match error.kind() {
                io::ErrorKind::InvalidData => OutputError::Manifest { path },
                _ => OutputError::io("read", path, error),
            }
        })?;
        file::clear_coming(&folder)
            .map_err(|error| OutputError::io("remove", dir.join(file::COMING), error))?;
        Ok(Self {
            shown: dir.to_owned(),
            made: Made::read(&folder),
            inputs: None,
            folder,
            listed,
            files: Vec::new(),
            states: Vec::new(),
            begun: false,
            removed: 0,
            tally: Tally::default(),
            serial: AtomicUsize::new(0),
            lock,
        })
    }

    /// Whether the last build that came to its end in the folder `dir` was made from the same `inputs`, but for parts that only some
    /// files depend on.
    pub fn is_made_from(dir: &Path, inputs: &Inputs) -> bool {
        Made::common_of(dir) == Some(inputs.common)
    }

    /// Says what the site is made from: all that decides the files that are then asked for with [`Output::keep_same`].
    #[must_use]
    pub fn made_from(mut self, inputs: Inputs) -> Self {
        self.inputs = Some(inputs);
        self
    }

    /// Declares all files of the build, by their paths with `/` in the folder, and makes their
    /// folders. To be called once, before the first [`Output::write`].
    ///
    /// # Errors
    ///
    /// A path is unsafe, two of them fall together, something that no build wrote stands in the
    /// way (nothing has been changed then), or the system refuses.
    pub fn begin(&mut self, paths: impl IntoIterator<Item: Into<String>>) -> Result<(), OutputError> {
        let files = names::sorted(paths)?;
        let listed = self.listed.as_deref().unwrap_or_default();
        let survey = tree::survey(self.base(), &files, listed)?;

        let new = tree::minus(&files, listed);
        let mut union: Vec<&str> = listed.iter().map(String::as_str).chain(new.iter().copied()).collect();
        union.par_sort_unstable();
        if self.listed.is_none() || !new.is_empty() {
            self.store_manifest(union.iter().copied())?;
        }
        self.removed = tree::remove(self.base(), &survey.obsolete)?;
        if survey.obsolete.is_empty() {
            tree::make_folders(self.base(), &survey.missing)?;
        } else {
            // What was removed may have taken folders with it that are wanted again.
            tree::make_folders(self.base(), &names::folders(&files))?;
        }
        self.states = survey.fresh.into_iter().map(State::new).collect();
        let union: Vec<String> = union.into_iter().map(str::to_owned).collect();
        self.listed = Some(union);
        self.files = files;
        self.begun = true;
        Ok(())
    }

    /// Makes the declared file `path` hold `bytes`. Any thread may call it; each file is written
    /// once.
    ///
    /// # Errors
    ///
    /// The file was not declared or is written a second time, something other than a file has come
    /// to stand there, or the system refuses.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Written, OutputError> {
        let state = self
            .state(path)
            .filter(|state| !state.taken.swap(true, Ordering::Relaxed))
            .ok_or_else(|| OutputError::Undeclared { path: path.to_owned() })?;
        let target = self.folder.join(path);
        let written = if state.fresh {
            file::create(&target, bytes).map(|()| Written::New)
        } else {
            file::put(&self.folder, &target, bytes, &self.serial)
        };
        let written = written.map_err(|error| {
            let path = self.shown.join(path);
            match error.kind() {
                io::ErrorKind::AlreadyExists => OutputError::InTheWay { path },
                _ => OutputError::io("write", path, error),
            }
        })?;
        state.done.store(true, Ordering::Relaxed);
        let counter = match written {
            Written::New => &self.tally.new,
            Written::Changed => &self.tally.changed,
            Written::Unchanged => &self.tally.unchanged,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        self.tally.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(written)
    }

    /// Leaves the declared file `path` as an earlier build made it, if that was from the same key
    /// and its bytes are still the same; otherwise it is to be made and given to
    /// [`Output::write_made`].
    pub fn keep(&self, path: &str, origin: &Origin) -> bool {
        self.keep_if(path, |entry| {
            // The parts may be others by now, though the same came of them.
            (entry.origin.key == origin.key).then(|| Entry { origin: origin.clone(), ..entry.clone() })
        })
    }

    /// As [`Output::keep`], for a file that the inputs of the site decide: it stays if those that it was made from are as they were.
    pub fn keep_same(&self, path: &str) -> bool {
        let inputs = self.inputs.as_ref().filter(|inputs| self.made.has(inputs));
        inputs.is_some_and(|inputs| self.keep_if(path, |entry| entry.has(inputs).then(|| entry.clone())))
    }

    fn keep_if(&self, path: &str, holds: impl FnOnce(&Entry) -> Option<Entry>) -> bool {
        let Some(state) = self.state(path).filter(|state| !state.fresh) else {
            return false;
        };
        let Some(entry) = self.made.entry(path).and_then(holds) else {
            return false;
        };
        let Some(length) = entry.stands_at(&self.folder.join(path)) else {
            return false;
        };
        if state.taken.swap(true, Ordering::Relaxed) {
            return false;
        }
        state.done.store(true, Ordering::Relaxed);
        self.tally.unchanged.fetch_add(1, Ordering::Relaxed);
        self.tally.bytes.fetch_add(length, Ordering::Relaxed);
        let _ = state.made.set(entry);
        true
    }

    /// As [`Output::write`], for a file of which is known what it was made from.
    ///
    /// # Errors
    ///
    /// As [`Output::write`].
    pub fn write_made(&self, path: &str, origin: Origin, bytes: &[u8]) -> Result<Written, OutputError> {
        let written = self.write(path, bytes)?;
        if let Some(state) = self.state(path) {
            let _ = state.made.set(Entry { origin, bytes: Print::of(bytes) });
        }
        Ok(written)
    }

    /// Takes away what an earlier build left at the declared file `path`, since it cannot be made
    /// again and would be wrong by now.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub fn discard(&self, path: &str) -> Result<(), OutputError> {
        if self.state(path).is_some_and(|state| !state.fresh) {
            tree::remove(self.base(), &[path])?;
        }
        Ok(())
    }

    /// Removes the files of earlier builds that this one did not declare and the folders that
    /// become empty by that, and releases the folder. A build that fails drops the output instead:
    /// then nothing is removed.
    ///
    /// # Errors
    ///
    /// A declared file was not written (nothing is removed then), or the system refuses.
    pub fn finish(self) -> Result<Summary, OutputError> {
        self.finish_and_hold().map(|finished| finished.summary)
    }

    /// As [`Output::finish`], but the folder stays locked until the answer is dropped.
    ///
    /// # Errors
    ///
    /// As [`Output::finish`].
    pub fn finish_and_hold(self) -> Result<Finished, OutputError> {
        if !self.begun {
            let (folder, files, summary) = (self.folder, Vec::new(), Summary::default());
            return Ok(Finished { folder, files, summary, _lock: self.lock });
        }
        let mut states = self.files.iter().zip(&self.states);
        if let Some((path, _)) = states.find(|(_, state)| !state.done.load(Ordering::Relaxed)) {
            return Err(OutputError::Unwritten { path: path.clone() });
        }
        let listed = self.listed.as_deref().unwrap_or_default();
        let stale = tree::minus(listed, &self.files);
        // Where case does not count, an old spelling is the new file; `begin` has seen to those.
        let twins = names::twins(&stale, &self.files);
        let gone: Vec<&str> = stale.iter().filter(|path| !twins.contains(path)).copied().collect();
        let removed = self.removed + tree::remove(self.base(), &gone)?;
        if !stale.is_empty() {
            self.store_manifest(self.files.iter().map(String::as_str))?;
        }
        file::clear_coming(&self.folder)
            .map_err(|error| OutputError::io("remove", self.shown.join(file::COMING), error))?;
        let files = self.files.iter().zip(&self.states);
        let made = files.filter_map(|(path, state)| Some((path.as_str(), state.made.get()?)));
        self.made
            .replace(self.inputs.as_ref().map(|inputs| inputs.common), made, &self.folder)
            .map_err(|error| OutputError::io("write", self.shown.join(made::NAME), error))?;
        let Tally { new, changed, unchanged, bytes } = self.tally;
        let summary = Summary {
            new: new.into_inner(),
            changed: changed.into_inner(),
            unchanged: unchanged.into_inner(),
            removed,
            bytes: bytes.into_inner(),
        };
        Ok(Finished { folder: self.folder, files: self.files, summary, _lock: self.lock })
    }

    /// The state of a declared file.
    fn state(&self, path: &str) -> Option<&State> {
        let at = self.files.binary_search_by(|file| file.as_str().cmp(path)).ok()?;
        Some(&self.states[at])
    }

    fn base(&self) -> Base<'_> {
        Base { real: &self.folder, shown: &self.shown }
    }

    fn store_manifest<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<(), OutputError> {
        manifest::store(&self.folder, paths)
            .map_err(|error| OutputError::io("write", self.shown.join(manifest::NAME), error))
    }
}

#[cfg(test)]
mod tests;
