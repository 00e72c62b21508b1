//! Rebuilds the program when what is compiled into it changes, new files included, and tells it what it is
//! made of: a page that an earlier program built is only as good as a page of this one if both are the same.

use std::fs;
use std::path::{Path, PathBuf};

/// What is compiled in without being a source file: the theme, the explanations, the site that `meja init` writes.
const FOLDERS: [&str; 4] = ["templates", "static", "strings", "assets"];

fn main() {
    for folder in FOLDERS.iter().chain(&["src"]) {
        println!("cargo:rerun-if-changed={folder}");
    }
    let mut files = vec![PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml")];
    for folder in FOLDERS.iter().chain(&["src"]) {
        list(Path::new(folder), &mut files);
    }
    files.sort();
    let mut digest = Digest(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        digest.add(file.to_string_lossy().as_bytes());
        digest.add(&fs::read(&file).unwrap_or_default());
    }
    println!("cargo:rustc-env=MEJA_PROGRAM={:032x}", digest.0);
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

/// FNV-1a of 128 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): nothing here wants to deceive.
struct Digest(u128);

impl Digest {
    /// Adds a text and its length, so that no two lists of texts are alike.
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&bytes.len().to_le_bytes()) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
