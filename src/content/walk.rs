//! Lists what is in the desk's folders. Nothing else looks into `content/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic};

/// The files below `content/`, by their path from there, with `/` between the parts.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: BTreeMap<String, PathBuf>,
}

impl Files {
    /// Whether this file exists, in exactly this spelling.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Where the file is on the disk.
    pub fn location(&self, path: &str) -> Option<&Path> {
        self.files.get(path).map(PathBuf::as_path)
    }

    /// The size of a file in bytes, as it is now.
    pub fn bytes(&self, path: &str) -> Option<u64> {
        Some(self.location(path)?.metadata().ok()?.len())
    }

    /// Adds a file, or takes note of where it is now.
    pub(crate) fn insert(&mut self, path: String, location: PathBuf) {
        self.files.insert(path, location);
    }

    /// Takes a file away, or everything in a folder.
    pub(crate) fn remove(&mut self, path: &str) {
        let folder = format!("{path}/");
        self.files.retain(|other, _| other != path && !other.starts_with(&folder));
    }

    /// Whether this is a listed file, or a folder with listed files in it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.contains(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(other, _)| other.starts_with(&folder))
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every path with where it is, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.files.iter().map(|(path, location)| (path.as_str(), location.as_path()))
    }
}

/// What is wrong with a link that leaves the desk.
pub(super) const LEADS_OUT: &str = "this symbolic link leads out of the site's folder";

/// What is wrong with a pipe, a socket or a device, and with a folder in the place of a file.
pub(super) const NO_FILE: &str = "this is not a file, but something else of that name";

/// Lists `folder` (below `root`). Hidden files and the backup files of editors are passed over;
/// everything else is either listed or reported.
pub fn walk(root: &Path, folder: &str) -> (Files, Vec<Diagnostic>) {
    let top = root.join(folder);
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    match top.metadata() {
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            let message = "this is not a folder, but something else of that name";
            return (files, vec![Diagnostic::file(Code::FileUnreadable, folder, message)]);
        }
        // A link to nowhere, or what may not be looked at, is told of by the walk.
        Err(_) if top.is_symlink() || top.try_exists().is_err() => {}
        Err(_) => return (files, diagnostics),
    }
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut walker = WalkDir::new(&top)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy()));
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // The lock of an editor is a link to nowhere.
            Err(error)
                if error
                    .path()
                    .and_then(Path::file_name)
                    .is_some_and(|name| is_ignored(&name.to_string_lossy())) =>
            {
                continue;
            }
            Err(error) => {
                let path = error.path().map_or_else(|| folder.to_owned(), |path| relative(root, path));
                let (message, passing) = if error.loop_ancestor().is_some() {
                    ("this symbolic link leads back to a folder above it".to_owned(), false)
                } else {
                    match error.io_error() {
                        Some(io) if is_gone(io) && error.path().is_some_and(std::path::Path::is_symlink) => {
                            ("this symbolic link leads to nothing".to_owned(), false)
                        }
                        Some(io) if is_gone(io) => (VANISHED.to_owned(), true),
                        Some(io) => (format!("this cannot be read: {}", io_words(io)), false),
                        None => ("this cannot be read".to_owned(), false),
                    }
                };
                diagnostics.push(Diagnostic::file(Code::FileUnreadable, path, message).passing(passing));
                continue;
            }
        };
        let shown = relative(root, entry.path());
        if let Some(wrong) = entry.path_is_symlink().then(|| strays(entry.path(), &real_root)).flatten() {
            diagnostics.push(
                Diagnostic::file(Code::SymlinkEscape, shown, wrong)
                    .help("copy the file into the site, so that everyone who builds it has it"),
            );
            // What is in such a folder is no link itself and would be taken for the desk's own.
            if entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() {
            continue;
        }
        if !entry.file_type().is_file() {
            diagnostics.push(
                Diagnostic::file(Code::FileUnreadable, shown, NO_FILE)
                    .help("pipes, sockets and devices have no place in a desk: remove it"),
            );
            continue;
        }
        let Some(path) = entry.path().strip_prefix(&top).ok().and_then(slashed) else {
            diagnostics.push(
                Diagnostic::file(Code::FileUnreadable, shown, "the name of this file is not UTF-8")
                    .help("rename the file"),
            );
            continue;
        };
        // What a link leads to may have been passed over by the walk as a folder of its own.
        files.files.insert(path, entry.into_path());
    }
    (files, diagnostics)
}

/// What is said of a file or folder that was listed and is gone when it is to be read.
const VANISHED: &str = "this was there a moment ago and is gone: something removes files while they are read";

/// Whether nothing stands at a path any more.
fn is_gone(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Why a file that was listed cannot be read, and whether that passes by itself.
pub(crate) fn why_unreadable(what: &str, error: &std::io::Error) -> (String, bool) {
    if is_gone(error) {
        return (format!("{what} {}", VANISHED.trim_start_matches("this ")), true);
    }
    (format!("{what} cannot be read: {}", io_words(error)), false)
}

/// What an `io::Error` means, without the operating system's number.
pub fn io_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// What is wrong with where a link leads. Hidden folders are no part of a desk: `.git` may hold a password.
fn strays(path: &Path, real_root: &Path) -> Option<&'static str> {
    let real = path.canonicalize().ok();
    let Some(inside) = real.as_deref().and_then(|real| real.strip_prefix(real_root).ok()) else {
        return Some(LEADS_OUT);
    };
    let hidden = inside.components().any(|part| is_ignored(&part.as_os_str().to_string_lossy()));
    hidden.then_some("this symbolic link leads to something hidden")
}

/// Whether a file is a link out of `root`, or stands in a folder that is one. A file that is not
/// there leads nowhere.
pub fn leads_out(root: &Path, file: &Path) -> bool {
    match (file.canonicalize(), root.canonicalize()) {
        (Ok(file), Ok(root)) => !file.starts_with(root),
        _ => false,
    }
}

/// Hidden files, and what editors leave beside the file they save.
pub fn is_ignored(name: &str) -> bool {
    // RFC 8615: what other programs look for at a fixed place.
    (name.starts_with('.') && name != ".well-known")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".bak", ".orig", ".tmp"].iter().any(|end| name.ends_with(end))
        || name == "Thumbs.db"
        || name == "desktop.ini"
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A path with `/` between its parts; `None` if it is not UTF-8.
pub(crate) fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
