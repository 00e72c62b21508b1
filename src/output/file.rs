//! One file: compared with what stands there, written only if it differs.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{made, manifest};

/// The folder for files on their way, inside the output folder so that a rename can move them.
pub(super) const COMING: &str = ".meja-tmp";

/// How much of a file is compared at a time, in bytes.
const STEP: usize = 16 * 1024;

/// How many changed files of a build are moved into place whatever their size.
const PATIENCE: usize = 500;

/// Files up to this size, in bytes, are written in one go; larger ones are always moved into place.
const SMALL: usize = 64 * 1024;

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
    let written = File::create_new(path)?.write_all(bytes);
    if written.is_err() {
        // The disk is full: half a page helps nobody, and takes what room there is.
        let _ = fs::remove_file(path);
    }
    written
}

/// Makes the file at `path` hold `bytes`; `serial` counts the changed files of this build.
///
/// The folder may be what a web server serves, so a changed file is written elsewhere and moved
/// into place: no reader sees half a page. On some disks a move costs forty times the writing,
/// though, and a build that changes everything would take seconds for nothing, as its pages do not
/// fit the old ones anyway. So after the first [`PATIENCE`] files, small ones are written over in
/// place. Should the build die there, the next one compares and repairs.
///
/// # Errors
///
/// `AlreadyExists` if something other than a file stands there; whatever the system says.
pub(super) fn put(folder: &Path, path: &Path, bytes: &[u8], serial: &AtomicUsize) -> io::Result<Written> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return create(path, bytes).map(|()| Written::New);
        }
        Err(error) => return Err(error),
    };
    if !found.is_file() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    if found.len() == bytes.len() as u64 && same(path, bytes)? {
        return Ok(Written::Unchanged);
    }
    let number = serial.fetch_add(1, Ordering::Relaxed);
    if number >= PATIENCE && bytes.len() <= SMALL && has_one_name(&found) {
        match write_over(path, bytes, found.len()) {
            // A file that may not be written can still be replaced.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
            done => return done.map(|()| Written::Changed),
        }
    }
    replace(folder, path, bytes, number).map(|()| Written::Changed)
}

/// Whether a file is known to have no other name, behind which a copy may be kept as it was.
#[cfg(unix)]
fn has_one_name(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) == 1
}

/// Whether a file is known to have no other name: elsewhere, that cannot be known.
#[cfg(not(unix))]
fn has_one_name(_: &Metadata) -> bool {
    false
}

fn write_over(path: &Path, bytes: &[u8], old_size: u64) -> io::Result<()> {
    // Not truncated first: giving the blocks back and taking them again is what costs.
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    if old_size > bytes.len() as u64 {
        file.set_len(bytes.len() as u64)?;
    }
    Ok(())
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

fn replace(folder: &Path, path: &Path, bytes: &[u8], number: usize) -> io::Result<()> {
    let coming = folder.join(COMING);
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
    for name in [COMING, manifest::NEXT, made::NEXT] {
        let coming = folder.join(name);
        match fs::symlink_metadata(&coming) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(coming)?,
            Ok(_) => fs::remove_file(coming)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Puts a list of our own in force in one step: written beside the old one, then moved over it. `sync` has it on the disk
/// before the old one goes, so that a power cut leaves one or the other.
pub(super) fn put_list(folder: &Path, next: &str, name: &str, text: &str, sync: bool) -> io::Result<()> {
    let next = folder.join(next);
    // A leftover could be a link to somewhere else; `create_new` follows none.
    match fs::remove_file(&next) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = File::create_new(&next).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        if sync { file.sync_all() } else { Ok(()) }
    });
    if let Err(error) = written.and_then(|()| fs::rename(&next, folder.join(name))) {
        let _ = fs::remove_file(&next);
        return Err(error);
    }
    // Without this, the rename itself may be lost. Folders can be synced on Unix only.
    if sync && cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
