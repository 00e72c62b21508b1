//! The list of the files a build wrote, kept in the folder itself.
//!
//! A later build removes and replaces only what stands here, so at every moment the list has to
//! hold at least what is there: it grows before the first file is written and shrinks after the
//! last one is removed.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::file;

/// Its name in the folder.
pub(super) const NAME: &str = ".meja-manifest";
/// The name of a manifest that is not in force yet.
pub(super) const NEXT: &str = ".meja-manifest.new";
/// What all names of our own begin with; no page may have such a name.
pub(super) const RESERVED: &str = ".meja-";

const HEADER: &str = "meja-manifest 1";

/// The paths of the manifest in `folder`, sorted, or `None` if it has no manifest. Lines that are
/// not safe paths are left out: whoever put them there, nothing is ever removed on their account.
///
/// # Errors
///
/// The file cannot be read; `InvalidData` if it is not a manifest of this version.
pub(super) fn read(folder: &Path) -> io::Result<Option<Vec<String>>> {
    let path = folder.join(NAME);
    // A pipe or a link to a device would be read for ever.
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let text = match fs::read(path) {
        Ok(bytes) => {
            String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let lines: Vec<&str> = lines.collect();
    let mut paths: Vec<String> =
        lines.into_par_iter().filter(|line| is_safe(line)).map(str::to_owned).collect();
    paths.par_sort_unstable();
    paths.dedup();
    Ok(Some(paths))
}

/// Puts a manifest with these sorted paths in force. It is on the disk before the old one goes, so
/// there is a whole manifest after a crash or a power cut at any moment.
pub(super) fn store<'p>(folder: &Path, paths: impl Iterator<Item = &'p str>) -> io::Result<()> {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    file::put_list(folder, NEXT, NAME, &text, true)
}

/// Whether a path stays in the folder on every system: parts between single `/`, none of them
/// empty, `.` or `..`, no drive, no backslash, no control character, and no name of our own.
pub(super) fn is_safe(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let stream = cfg!(windows) && path.contains(':');
    !drive
        && !stream
        && !path.starts_with(RESERVED)
        && !path.contains(|c: char| c == '\\' || c.is_control())
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_stay_in_the_folder_are_safe() {
        for path in ["index.html", "a/b/c.html", ".nojekyll", "a/..b", "klaim/é 1.html"] {
            assert!(is_safe(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/.",
            "C:/a",
            "c:a",
            "a\\b",
            "..\\a",
            "a\nb",
            "a\0",
            ".meja-manifest",
            ".meja-tmp/x",
        ] {
            assert!(!is_safe(path), "{path}");
        }
    }

    #[test]
    fn unsafe_lines_are_left_out_and_other_versions_refused() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        assert!(read(folder.path())?.is_none());
        store(folder.path(), ["a", "b/c"].into_iter())?;
        let text = fs::read_to_string(folder.path().join(NAME))?;
        assert_eq!(text, "meja-manifest 1\na\nb/c\n");
        fs::write(folder.path().join(NAME), format!("{text}../x\n/y\n\na\n"))?;
        assert_eq!(read(folder.path())?, Some(vec!["a".into(), "b/c".into()]));
        for other in ["", "meja-manifest 2\na\n", "\u{0}"] {
            fs::write(folder.path().join(NAME), other)?;
            let error = read(folder.path()).err().map(|error| error.kind());
            assert_eq!(error, Some(io::ErrorKind::InvalidData));
        }
        Ok(())
    }
}
