//! Whatever was edited, and however often it was built in between: the output folder is that of a clean build.

use std::collections::BTreeMap;
use std::path::Path;

use meja::pipeline;
use meja::site::Showing;
use proptest::prelude::*;

use super::cases;
use crate::desk::Desk;
use crate::serve::soaking::{Editor, KINDS};

/// Builds into the folder. `false` if something is wrong with the desk, and nothing was written.
fn build(desk: &Desk, out: &Path) -> bool {
    let now = "2026-06-01T00:00:00+00:00[UTC]".parse().expect("a moment");
    let Ok(read) = pipeline::read(desk.root(), None) else { return false };
    let ready = pipeline::prepare(&read, &Showing { drafts: false, now, future: false }, None);
    ready.is_publishable() && pipeline::write(&read, &ready, desk.root(), out, &|| {}).is_ok()
}

/// Every file and folder with its bytes, the notes of the build among them.
fn tree(folder: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("a path inside").to_string_lossy().into_owned();
        (path, entry.file_type().is_file().then(|| std::fs::read(entry.path()).expect("bytes")))
    });
    named.collect()
}

/// Kinds of edits, in bursts that each end with a build.
fn bursts() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0..KINDS, 0..10), 1..5)
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn any_edits_then_a_build_equal_a_clean_build(seed in any::<u64>(), bursts in bursts()) {
        let mut editor = Editor::new(seed);
        let used = tempfile::tempdir().expect("a temporary folder");
        let out = used.path().join("public");
        prop_assert!(build(&editor.desk, &out), "the small desk is built");
        for burst in bursts {
            for kind in burst {
                editor.edit(kind);
            }
            let before = tree(&out);
            if !build(&editor.desk, &out) {
                prop_assert!(tree(&out) == before, "a desk with errors leaves what is published as it was");
                editor.mend();
                prop_assert!(build(&editor.desk, &out), "a mended desk is built");
            }
            let clean = tempfile::tempdir().expect("a temporary folder");
            let anew = clean.path().join("public");
            prop_assert!(build(&editor.desk, &anew));
            let (used, anew) = (tree(&out), tree(&anew));
            let differ: Vec<&String> =
                used.keys().chain(anew.keys()).filter(|path| used.get(*path) != anew.get(*path)).collect();
            prop_assert!(differ.is_empty(), "{:?} differ", differ);
        }
    }
}
