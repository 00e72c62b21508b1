//! The site as it is served: the last good one, and what is wrong with the present one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::Zoned;
use tokio::sync::watch;

use super::found::Found;
use super::made::Made;
use super::{Options, Told};
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Changes, Desk, Hint, Ready};
use crate::site::Showing;

/// How many updates the editor's page remembers.
const REMEMBERED: usize = 30;

/// What is served at this moment. It never changes; an update puts another in its place.
#[derive(Debug)]
pub struct View {
    /// Counts up with every update.
    pub version: u64,
    /// The last site without errors; the first one, whatever its errors, until there is a good one.
    pub ready: Arc<Ready>,
    /// Every problem of the files as they are now.
    pub diagnostics: Arc<Vec<Diagnostic>>,
}

impl View {
    /// Whether there has been a site without errors since the preview began.
    pub fn is_good(&self) -> bool {
        self.ready.is_publishable()
    }

    /// The errors that keep the present files from being shown.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// One update, as the terminal and the editor's page tell it.
#[derive(Debug, Clone)]
pub struct Update {
    /// When it was made.
    pub at: Zoned,
    /// The files that changed.
    pub paths: Vec<String>,
    /// How long it took from the first sign of a change.
    pub took: Duration,
    /// Problems that are new with it, or all that there are if it cannot be shown.
    pub diagnostics: Vec<Diagnostic>,
    /// Errors that keep it from being shown.
    pub errors: usize,
}

/// The site being served.
#[derive(Debug)]
pub struct Live {
    /// How the preview runs.
    pub options: Options,
    base: Option<BaseUrl>,
    desk: Mutex<Desk>,
    view: RwLock<Arc<View>>,
    versions: watch::Sender<u64>,
    log: Mutex<VecDeque<Update>>,
    /// Pictures that were made.
    pub(super) made: Made,
    /// What `check` found in the whole site.
    pub(super) found: Found,
}

impl Live {
    /// Prepares what was read.
    pub fn new(desk: Desk, base: Option<BaseUrl>, options: Options) -> Self {
        let ready = Arc::new(prepared(&desk, &options, None));
        let diagnostics = Arc::new(ready.diagnostics.clone());
        let view = View { version: 0, ready, diagnostics };
        Self {
            options,
            base,
            desk: Mutex::new(desk),
            view: RwLock::new(Arc::new(view)),
            versions: watch::Sender::new(0),
            log: Mutex::default(),
            made: Made::default(),
            found: Found::default(),
        }
    }

    /// What is served now.
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Is woken with the number of each new view.
    pub fn versions(&self) -> watch::Receiver<u64> {
        self.versions.subscribe()
    }

    /// The path of the home page on the server.
    pub fn base_path(&self) -> String {
        self.view().ready.site().config.base.path.clone()
    }

    /// How many pages the site has.
    pub fn pages(&self) -> usize {
        self.view().ready.plan().routes().filter(|route| route.path.ends_with('/')).count()
    }

    /// The latest updates, newest first.
    pub fn log(&self) -> Vec<Update> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// Reads what the hint names, without showing it yet.
    pub(super) fn look(&self, hint: &Hint) -> Changes {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.update(&self.options.root, self.base.as_ref(), hint)
    }

    /// Shows the desk as it was last read. If it has errors, the last good site stays and the
    /// errors are shown over it.
    pub(super) fn show(&self, changes: Changes, began: Instant) {
        let old = self.view();
        let ready = {
            let desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            prepared(&desk, &self.options, Some(&old.ready))
        };
        let diagnostics = Arc::new(ready.diagnostics.clone());
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let ready = if errors > 0 && old.is_good() { Arc::clone(&old.ready) } else { Arc::new(ready) };
        let version = old.version + 1;
        let known = Arc::clone(&old.diagnostics);
        let view = Arc::new(View { version, ready, diagnostics: Arc::clone(&diagnostics) });
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        let took = began.elapsed();
        self.versions.send_replace(version);
        let is_new = |diagnostic: &&Diagnostic| {
            !known.iter().any(|other| {
                other.code == diagnostic.code
                    && other.message == diagnostic.message
                    && other.path() == diagnostic.path()
            })
        };
        let update = Update {
            at: (self.options.clock)(),
            paths: changes.paths.into_iter().collect(),
            took,
            diagnostics: diagnostics.iter().filter(|d| errors > 0 || is_new(d)).cloned().collect(),
            errors,
        };
        (self.options.tell)(&Told::Updated(&update));
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push_back(update);
        while log.len() > REMEMBERED {
            log.pop_front();
        }
        drop(log);
        // The old site goes away here, after everyone has been told of the new one.
        drop(old);
    }
}

/// A site whose pages need not wait for the index of words.
fn prepared(desk: &Desk, options: &Options, before: Option<&Ready>) -> Ready {
    let ready = pipeline::prepare(desk, &showing(options), before);
    ready.site().index_for_pages();
    ready
}

/// Editors see everything, each thing marked as what it is.
fn showing(options: &Options) -> Showing {
    Showing { now: (options.clock)(), drafts: true, future: true }
}
