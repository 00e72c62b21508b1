//! One file: compared with what stands there, written only if it differs.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder for files on their way, inside the output folder so that a rename can move them.
pub(super) const COMING: &str = ".meja-tmp";

/// How much of a file is compared at a time, in bytes.
const STEP: usize = 64 * 1024;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The same bytes stood there already; the file was not touched.
    Unchanged,
    /// Other bytes stood there.
    Changed,
    /// Nothing stood there.
    New,
}

/// Makes a new file. It is written in place: no page that stands leads to it yet, and should the
/// build die here, the next one finds it in the manifest and compares it.
///
/// # Errors
///
/// `AlreadyExists` if anything stands there, be it a link; whatever the system says.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

/// Makes the file at `path` hold `bytes`.
///
/// A changed file is written elsewhere and moved into place. The folder may be what a web server
/// serves or what a deployment copies by hard links, and neither must see half a page; a build
/// that changes everything pays for that once, an ordinary one changes a few files.
///
/// # Errors
///
/// `AlreadyExists` if something other than a file stands there; whatever the system says.
pub(super) fn put(
    folder: &Path,
    path: &Path,
    bytes: &[u8],
    serial: &AtomicUsize,
) -> io::Result<Written> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => Err(io::ErrorKind::AlreadyExists.into()),
        Ok(found) if found.len() == bytes.len() as u64 && same(path, bytes)? => {
            Ok(Written::Unchanged)
        }
        Ok(_) => replace(folder, path, bytes, serial).map(|()| Written::Changed),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create(path, bytes).map(|()| Written::New)
        }
        Err(error) => Err(error),
    }
}

/// Whether a file of the same size holds the same bytes. One that cannot be read does not, so that
/// it is replaced.
fn same(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut buffer = [0; STEP];
    for expected in bytes.chunks(STEP) {
        let found = &mut buffer[..expected.len()];
        match file.read_exact(found) {
            Ok(()) if found == expected => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn replace(folder: &Path, path: &Path, bytes: &[u8], serial: &AtomicUsize) -> io::Result<()> {
    let coming = folder.join(COMING);
    let number = serial.fetch_add(1, Ordering::Relaxed);
    let temporary = coming.join(number.to_string());
    match create(&temporary, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // The first changed file makes the folder; another thread may have been faster.
            match fs::create_dir(&coming) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => create(&temporary, bytes)?,
            }
        }
        other => other?,
    }
    match fs::rename(&temporary, path) {
        // A folder of the output may be a mounted disk, into which nothing can be moved.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            fs::remove_file(&temporary)?;
            fs::remove_file(path)?;
            create(path, bytes)
        }
        other => other,
    }
}

/// Removes what a build that died left half-way. Only while the folder is locked.
pub(super) fn clear_coming(folder: &Path) -> io::Result<()> {
    let coming = folder.join(COMING);
    let found = match fs::symlink_metadata(&coming) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if found.is_dir() {
        fs::remove_dir_all(coming)
    } else {
        fs::remove_file(coming)
    }
}
