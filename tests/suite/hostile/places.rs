//! Things in a desk's folders that are no files, that lead elsewhere, or that may not be read.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::row::{A, Row, article, claim};
use crate::desk::Desk;

pub fn rows() -> Vec<Row> {
    let mut rows = no_files();
    rows.extend(links());
    rows.extend(closed());
    rows.extend(output());
    rows
}

fn make_room(desk: &Desk, path: &str) {
    let place = desk.path(path);
    std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
    let _ = std::fs::remove_file(place);
}

/// Makes a pipe, which nobody writes into.
fn pipe(desk: &Desk, path: &str) -> bool {
    make_room(desk, path);
    Command::new("mkfifo").arg(desk.path(path)).status().is_ok_and(|status| status.success())
}

/// Makes a socket, at which nobody listens.
fn socket(desk: &Desk, path: &str) -> bool {
    make_room(desk, path);
    // Its path may be longer than names of sockets can be.
    std::env::temp_dir().as_os_str().len() < 40 && UnixListener::bind(desk.path(path)).is_ok()
}

fn link(desk: &Desk, path: &str, to: &str) -> bool {
    make_room(desk, path);
    symlink(to, desk.path(path)).is_ok()
}

fn close(desk: &Desk, path: &str) -> bool {
    std::fs::set_permissions(desk.path(path), std::fs::Permissions::from_mode(0o0)).is_ok()
}

fn no_files() -> Vec<Row> {
    let piped = |name: &str, path: &'static str| {
        Row::new(name).lay(move |desk| pipe(desk, path)).says_at("file-unreadable", path)
    };
    vec![
        piped("a pipe for an article", "content/articles/b.md"),
        piped("a pipe in static", "static/b.txt"),
        piped("a pipe for words of the interface", "strings/en.yaml"),
        piped("a pipe for a template", "templates/home.html"),
        Row::new("a pipe for settings")
            .lay(|desk| pipe(desk, "site.yaml"))
            .ends(2, "there is no `site.yaml`"),
        Row::new("a pipe for evidence")
            .file(A, article(&claim("").replace("url: \"https://a.example/\"", "file: b.pdf"), "Isi."))
            .lay(|desk| pipe(desk, "content/articles/b.pdf"))
            .says_at("file-unreadable", "content/articles/b.pdf")
            .says_at("missing-file", A),
        Row::new("a socket in content")
            .lay(|desk| socket(desk, "content/articles/b.md"))
            .says_at("file-unreadable", "content/articles/b.md"),
        Row::new("a socket in static")
            .lay(|desk| socket(desk, "static/b"))
            .says_at("file-unreadable", "static/b"),
        Row::new("a device in content")
            .lay(|desk| {
                make_room(desk, "content/articles/b.md");
                let run = Command::new("mknod")
                    .arg(desk.path("content/articles/b.md"))
                    .args(["c", "1", "5"])
                    .output();
                run.is_ok_and(|run| run.status.success())
            })
            .says_at("file-unreadable", "content/articles/b.md"),
        Row::new("a folder called like an article").file("content/articles/b.md/x.txt", "x"),
        Row::new("a file in the place of content").file("content", "x").says("file-unreadable"),
        Row::new("a file in the place of static").file("static", "x").says("file-unreadable"),
        Row::new("a file in the place of templates").file("templates", "x").says("file-unreadable"),
        Row::new("a folder in the place of words of the interface")
            .file("strings/en.yaml/x", "x")
            .says_at("file-unreadable", "strings/en.yaml"),
        Row::new("a folder in the place of settings")
            .file("site.yaml/x", "x")
            .ends(2, "there is no `site.yaml`"),
    ]
}

fn links() -> Vec<Row> {
    let linked = |name: &str, path: &'static str, to: &'static str| {
        Row::new(name).lay(move |desk| link(desk, path, to))
    };
    let out = |name: &str, path: &'static str, to: &'static str| {
        linked(name, path, to).says_at("symlink-escape", path)
    };
    let lost = |name: &str, path: &'static str, to: &'static str| {
        linked(name, path, to).says_at("file-unreadable", path)
    };
    vec![
        out("a link to an endless device for an article", "content/articles/b.md", "/dev/zero"),
        out("a link to an endless device for words", "strings/en.yaml", "/dev/zero"),
        out("a link to all of the machine in static", "static/all", "/"),
        out("content that is a folder of the machine", "static", "/etc"),
        out("a file of the machine in static", "static/passwd.txt", "/etc/passwd"),
        lost("a link to itself", "content/articles/b.md", "b.md"),
        lost("a link to the folder above", "content/articles/b", ".."),
        lost("a link to the folder that it is in", "static/b", "."),
        lost("a link to nothing", "content/articles/b.md", "nothing.md"),
        Row::new("two links to each other")
            .lay(|desk| link(desk, "static/a", "b") && link(desk, "static/b", "a"))
            .says_at("file-unreadable", "static/a")
            .says_at("file-unreadable", "static/b"),
        linked("settings that are an endless device", "site.yaml", "/dev/zero")
            .ends(2, "there is no `site.yaml`"),
        // What is hidden is no part of the desk, though it is in its folder: `.git` may hold a password.
        Row::new("a link to the repository")
            .file(".git/config", "[remote]\nurl = https://name:password@evil.example/\n")
            .lay(|desk| link(desk, "static/g", "../.git"))
            .says_at("symlink-escape", "static/g"),
        Row::new("a link to a hidden file")
            .file(".env", "PASSWORD=x\n")
            .lay(|desk| link(desk, "content/articles/env.txt", "../../.env"))
            .says_at("symlink-escape", "content/articles/env.txt"),
        Row::new("an honest link within the desk")
            .file("content/articles/b.txt", "x")
            .lay(|desk| link(desk, "static/b.txt", "../content/articles/b.txt"))
            .has("b.txt", "x"),
    ]
}

fn closed() -> Vec<Row> {
    let closed = |name: &str, path: &'static str| {
        Row::new(name)
            .file(path, "home: x\n")
            .lay(move |desk| close(desk, path))
            .by_nobody()
            .says_at("file-unreadable", path)
    };
    vec![
        closed("an article that may not be read", "content/articles/b.md"),
        closed("a static file that may not be read", "static/b.txt"),
        closed("a template that may not be read", "templates/home.html"),
        closed("words of the interface that may not be read", "strings/en.yaml"),
        Row::new("a folder that may not be read")
            .file("content/articles/b/c.md", article("", "Isi."))
            .lay(|desk| close(desk, "content/articles/b"))
            .by_nobody()
            .says_at("file-unreadable", "content/articles/b"),
        Row::new("an output folder that may not be written")
            .file("public/x", "")
            .lay(|desk| std::fs::remove_file(desk.path("public/x")).is_ok() && close(desk, "public"))
            .by_nobody()
            .ends(3, "permission denied"),
    ]
}

/// The output folder, as somebody else left it.
fn output() -> Vec<Row> {
    vec![
        Row::new("a file in the place of the output folder").file("public", "x").ends(3, "not a directory"),
        Row::new("an output folder that leads to nothing")
            .lay(|desk| link(desk, "public", "nothing"))
            .ends(3, "cannot create the folder"),
        Row::new("an output folder that is content")
            .lay(|desk| link(desk, "public", "content"))
            .ends(3, "it would write over"),
        Row::new("an output folder of others").file("public/x", "x").ends(3, "it holds files of others"),
        Row::new("a pipe for the lock").lay(|desk| pipe(desk, "public/.meja-lock")).ends(3, "cannot write"),
        Row::new("a pipe for the manifest")
            .lay(|desk| pipe(desk, "public/.meja-manifest"))
            .ends(3, "cannot understand the manifest"),
        Row::new("a manifest that is an endless device")
            .lay(|desk| link(desk, "public/.meja-manifest", "/dev/zero"))
            .ends(3, "cannot understand the manifest"),
        Row::new("a pipe for the list of what was made").lay(|desk| pipe(desk, "public/.meja-made")),
        Row::new("a manifest of another program")
            .file("public/.meja-manifest", "meja 99\n../../x\n/etc/passwd\n")
            .ends(3, "cannot understand the manifest"),
        Row::new("a manifest that names what is not in the folder")
            .file("public/.meja-manifest", "meja-manifest 1\n../site.yaml\n/etc/passwd\n..\\site.yaml\n"),
    ]
}
