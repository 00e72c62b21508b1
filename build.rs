//! Rebuilds the program when what is compiled into it changes, new files included: the theme, the
//! explanations, the site that `meja init` writes.

fn main() {
    for folder in ["templates", "static", "strings", "src/check/explain", "assets/starter"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
