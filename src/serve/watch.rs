//! Follows the disk.
//!
//! The first sign of a change acts at once; what comes while an update runs is one more update. A
//! watcher's events are hints only: what counts is what is on the disk.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::runtime::Handle;

use super::Told;
use super::live::Live;
use crate::config::FILE;
use crate::pipeline::{FOLDERS, Hint};

/// How often files are looked at where the system cannot say what changes.
const POLL: Duration = Duration::from_millis(500);

/// After a folder appeared, files may have come into it before it was watched.
const SETTLE: Duration = Duration::from_millis(150);

/// An editor that writes in place empties the file first; its words follow within moments.
const HALF_WRITTEN: Duration = Duration::from_millis(25);

enum Sign {
    Hint(Hint),
    /// A folder came or went: look again when things have settled.
    Settle,
    /// The system has no watches left.
    Exhausted(String),
}

/// Starts following the disk in a thread of its own.
pub(super) fn start(live: Arc<Live>, runtime: Handle) {
    std::thread::spawn(move || {
        // Updates wake the streams of the runtime.
        let _entered = runtime.enter();
        follow(&live);
    });
}

fn follow(live: &Live) {
    let (signs, inbox) = channel();
    let root = live.options.root.clone();
    let mut watcher = if live.options.poll { None } else { watch(&root, &signs, live) };
    // Between reading the desk and watching it, something may have changed.
    let mut pending = Some(Hint::Everything);
    let mut settle: Option<Instant> = None;
    loop {
        let mut began = Instant::now();
        if pending.is_none() {
            match wait(&inbox, watcher.is_none(), settle) {
                Some(Sign::Hint(hint)) => pending = Some(hint),
                Some(Sign::Settle) => settle = Some(Instant::now() + SETTLE),
                Some(Sign::Exhausted(why)) => {
                    // Said once, however many folders could not be watched.
                    if watcher.take().is_some() {
                        (live.options.tell)(&Told::Polling(why));
                    }
                }
                None => {
                    settle = None;
                    pending = Some(Hint::Everything);
                    if let Some(watcher) = &mut watcher {
                        watch_folders(watcher, &root, &signs);
                    }
                }
            }
            began = Instant::now();
        }
        for sign in inbox.try_iter() {
            match sign {
                Sign::Hint(hint) => {
                    pending = Some(pending.take().map_or(hint.clone(), |other| other.and(hint)));
                }
                Sign::Settle => settle = Some(Instant::now() + SETTLE),
                Sign::Exhausted(why) => {
                    // Said once, however many folders could not be watched.
                    if watcher.take().is_some() {
                        (live.options.tell)(&Told::Polling(why));
                    }
                }
            }
        }
        if let Some(hint) = pending.take() {
            update(live, &hint, began);
        }
    }
}

/// The next sign; `None` when it is time to look at everything.
fn wait(inbox: &Receiver<Sign>, polling: bool, settle: Option<Instant>) -> Option<Sign> {
    let until_settled = settle.map(|at| at.saturating_duration_since(Instant::now()));
    let most = match (polling, until_settled) {
        (true, Some(settled)) => Some(settled.min(POLL)),
        (true, None) => Some(POLL),
        (false, settled) => settled,
    };
    match most {
        None => inbox.recv().ok(),
        Some(most) => inbox.recv_timeout(most).ok(),
    }
}

fn update(live: &Live, hint: &Hint, began: Instant) {
    let mut changes = live.look(hint);
    if changes.half_written {
        std::thread::sleep(HALF_WRITTEN);
        let again = live.look(hint);
        changes.paths.extend(again.paths);
    }
    if !changes.paths.is_empty() {
        live.show(changes, began);
    }
}

fn watch(root: &Path, signs: &Sender<Sign>, live: &Live) -> Option<RecommendedWatcher> {
    let sender = signs.clone();
    let real = root.to_path_buf();
    let handler = move |event: notify::Result<Event>| hear(event, &real, &sender);
    let made = RecommendedWatcher::new(handler, Config::default()).and_then(|mut watcher| {
        // The settings are watched by their folder: an atomic save would kill a file's own watch.
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    match made {
        Ok(mut watcher) => {
            watch_folders(&mut watcher, root, signs);
            Some(watcher)
        }
        Err(error) => {
            (live.options.tell)(&Told::Polling(words(&error)));
            None
        }
    }
}

/// Watches the folders of the desk that exist. One that is watched already stays so.
fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path, signs: &Sender<Sign>) {
    for folder in FOLDERS {
        let folder = root.join(folder);
        if !folder.is_dir() {
            continue;
        }
        if let Err(error) = watcher.watch(&folder, RecursiveMode::Recursive)
            && !matches!(error.kind, ErrorKind::PathNotFound)
        {
            let _ = signs.send(Sign::Exhausted(words(&error)));
        }
    }
}

fn words(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system has no file watches left (`fs.inotify.max_user_watches`)".to_owned()
        }
        ErrorKind::Io(io) => format!("the files cannot be watched: {}", crate::content::io_words(io)),
        _ => format!("the files cannot be watched: {error}"),
    }
}

fn hear(event: notify::Result<Event>, root: &Path, signs: &Sender<Sign>) {
    let event = match event {
        Ok(event) => event,
        Err(error) => {
            // Something was missed, or the watches ran out while a new folder was to be watched.
            let sign = match error.kind {
                ErrorKind::MaxFilesWatch => Sign::Exhausted(words(&error)),
                _ => Sign::Hint(Hint::Everything),
            };
            let _ = signs.send(sign);
            return;
        }
    };
    if event.need_rescan() {
        let _ = signs.send(Sign::Hint(Hint::Everything));
    }
    // Reading a file is an event too: to follow those would never end.
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    let mut paths = BTreeSet::new();
    let mut folders = false;
    for path in &event.paths {
        let Some(inside) = path.strip_prefix(root).ok().filter(|p| concerns(p)) else {
            continue;
        };
        folders |= path.is_dir() || (event.kind.is_remove() && inside.extension().is_none());
        paths.insert(inside.to_path_buf());
    }
    if !paths.is_empty() {
        let _ = signs.send(Sign::Hint(Hint::Paths(paths)));
    }
    if folders {
        let _ = signs.send(Sign::Settle);
    }
}

/// Whether a path can be part of the desk.
fn concerns(inside: &Path) -> bool {
    let mut parts = inside.components().filter_map(|part| part.as_os_str().to_str());
    match parts.next() {
        Some(FILE) => true,
        Some(folder) if FOLDERS.contains(&folder) => !parts.any(crate::content::is_ignored),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::concerns;

    #[test]
    fn the_desk_concerns_and_nothing_else() {
        for yes in ["site.yaml", "content/articles/a.md", "strings/id.yaml", "content"] {
            assert!(concerns(Path::new(yes)), "{yes}");
        }
        for no in
            ["public/index.html", ".git/index", "content/articles/.a.md.swp", "content/a.md~", "target/x", ""]
        {
            assert!(!concerns(Path::new(no)), "{no}");
        }
    }
}
