//! Rebuilds the program when the theme or the explanations compiled into it change, new files included.

fn main() {
    for folder in ["templates", "static", "strings", "src/check/explain"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
