//! Rebuilds the program when the theme compiled into it changes, new files included.

fn main() {
    for folder in ["templates", "static", "strings"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
