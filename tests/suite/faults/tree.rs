//! Everything below a folder, to be compared: each file by the SHA-256 of its bytes, folders and links too.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// By path from the folder, a folder's with `/` at its end: the digest of a file, where a link leads, nothing for a folder.
pub type Tree = BTreeMap<String, String>;

pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Everything below `folder`, but what is at or below one of the paths in `without`.
pub fn tree(folder: &Path, without: &[&str]) -> Tree {
    let mut found = Tree::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display()));
        for entry in entries {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            if without.contains(&name.as_str()) {
                continue;
            }
            let kind = fs::symlink_metadata(&path).expect("a kind");
            if kind.is_symlink() {
                found.insert(name, format!("-> {}", fs::read_link(&path).expect("a link").display()));
            } else if kind.is_dir() {
                found.insert(name + "/", String::new());
                waiting.push(path);
            } else {
                found.insert(name, hex(&fs::read(&path).expect("a file")));
            }
        }
    }
    found
}

/// What is different, in words; nothing if it is the same.
pub fn differences(found: &Tree, wanted: &Tree) -> Vec<String> {
    let extra = found.keys().filter(|path| !wanted.contains_key(*path)).map(|path| format!("extra: {path}"));
    let lost = wanted.keys().filter(|path| !found.contains_key(*path)).map(|path| format!("lost: {path}"));
    let other = wanted.iter().filter(|(path, is)| found.get(*path).is_some_and(|found| found != *is));
    extra.chain(lost).chain(other.map(|(path, _)| format!("other: {path}"))).take(12).collect()
}

/// One number for a whole tree.
pub fn digest(tree: &Tree) -> String {
    let mut lines = String::new();
    for (path, is) in tree {
        let _ = writeln!(lines, "{path}\t{is}");
    }
    hex(lines.as_bytes())
}

#[test]
fn whatever_is_other_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    fs::write(folder.path().join("a"), "a").expect("a file");
    let before = tree(folder.path(), &[]);
    assert_eq!(before.keys().collect::<Vec<_>>(), ["a", "empty/"]);
    fs::write(folder.path().join("a"), "b").expect("a file");
    fs::write(folder.path().join("c"), "c").expect("a file");
    fs::remove_dir(folder.path().join("empty")).expect("gone");
    let after = tree(folder.path(), &[]);
    assert_eq!(differences(&after, &before), ["extra: c", "lost: empty/", "other: a"]);
    assert_ne!(digest(&after), digest(&before));
    assert_eq!(tree(folder.path(), &["c"]).len(), 1);
}
