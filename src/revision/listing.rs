//! What `git ls-tree` lists.

use std::path::{Component, Path};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A symbolic link; its content is where it leads.
    Link,
    /// A commit of another repository.
    Elsewhere,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is.
    pub(super) kind: Kind,
    /// The name of its content.
    pub(super) blob: String,
    /// The path from the desk's folder.
    pub(super) path: String,
}

/// Reads the entries: `<mode> <type> <id>\t<path>`, each ended by a zero byte. A name that is not UTF-8,
/// or that would leave the folder, is none of a desk's.
pub(super) fn read(listed: &[u8]) -> Vec<Entry> {
    listed
        .split(|byte| *byte == 0)
        .filter_map(|entry| {
            let (head, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
            let mut words = head.split(' ');
            let kind = match (words.next()?, words.next()?) {
                ("120000", _) => Kind::Link,
                (_, "blob") => Kind::File,
                (_, "commit") => Kind::Elsewhere,
                _ => return None,
            };
            let stays = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            let blob = words.next()?.to_owned();
            (stays && !path.is_empty()).then(|| Entry { kind, blob, path: path.to_owned() })
        })
        .collect()
}

/// The folders of a desk's content that belong to another repository.
pub(super) fn elsewhere(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .filter(|entry| entry.kind == Kind::Elsewhere && is_content(&entry.path))
        .map(|entry| entry.path.clone())
        .collect()
}

/// Whether a path is the desk's content or leads to it.
pub(super) fn is_content(path: &str) -> bool {
    path == "content" || path.starts_with("content/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stay_in_the_folder() {
        let listed =
            b"100644 blob aa\tsite.yaml\x00120000 blob bb\tcontent/a b\x00160000 commit cc\tcontent/c\x00\
                       100644 blob dd\t../x\x00100644 blob ee\t/etc/x\x00100644 blob ff\t\xff\x00";
        let entries = read(listed);
        let paths: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.path.as_str())).collect();
        assert_eq!(
            paths,
            [(Kind::File, "site.yaml"), (Kind::Link, "content/a b"), (Kind::Elsewhere, "content/c")]
        );
        assert_eq!(elsewhere(&entries), ["content/c"]);
    }
}
