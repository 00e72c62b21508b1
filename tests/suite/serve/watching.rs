//! Everything that can happen to a file while the preview runs, with the system's watches and with
//! polling. After each, the whole site must be what a fresh build makes of the folder.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::server::Server;
use super::{small, wait_for};
use crate::desk::Desk;

const TOWER: &str = "content/articles/2026/tower.md";
const RIVER: &str = "content/articles/2026/river.md";

/// Each scenario as two tests: with watches, and with polling.
macro_rules! scenarios {
    ($($name:ident)*) => {
        mod watched {
            $(#[test] fn $name() { super::run(super::$name, &["--port", "0"]); })*
        }
        mod polled {
            $(#[test] fn $name() { super::run(super::$name, &["--port", "0", "--poll"]); })*
        }
    };
}

scenarios! {
    body
    verdict
    facts_of_lists
    save_by_rename
    save_with_a_backup
    save_in_place
    saves_in_quick_succession
    files_beside_the_one_that_is_saved
    deleted_and_restored
    a_folder_with_files_moved_in
    a_folder_renamed
    a_folder_replaced_by_an_older_one
    a_file_in_a_folder_made_just_before
    a_file_becomes_a_folder
    templates
    style_sheet
    words
    title_and_pages_of_lists
    evidence
    a_picture_that_was_missed
    another_branch
    a_symbolic_link_to_a_folder
    a_symbolic_link_to_a_file
    a_link_to_nowhere
    content_removed_and_made_again
    content_moved_away_and_back
}

fn run(scenario: fn(&Desk, &Server), arguments: &[&str]) {
    let desk = small::desk();
    let server = Server::with(desk.root(), arguments);
    server.equals_cold_build();
    scenario(&desk, &server);
    server.equals_cold_build();
}

fn body(desk: &Desk, server: &Server) {
    desk.write(RIVER, small::RIVER.replace("They say", "Everyone says"));
    server.shows("/articles/river/", "Everyone says");
    wait_for("one line in the terminal", || {
        server.updates().iter().any(|line| line.starts_with(&format!("{RIVER}: "))).then_some(())
    });
}

fn verdict(desk: &Desk, server: &Server) {
    let link = "/claims/river-is-long/";
    assert!(server.page("/verdicts/keliru/").contains(link));
    assert!(!server.get("/verdicts/benar/").text().contains(link));
    desk.write(RIVER, small::RIVER.replace("verdict: keliru", "verdict: benar"));
    server.shows("/verdicts/benar/", link);
    server.hides("/verdicts/keliru/", link);
}

/// Each fact that a list is made of changes alone: only its own lists may be made again.
fn facts_of_lists(desk: &Desk, server: &Server) {
    let edits = [
        ("verdict: keliru", "verdict: keliru\n    kind: konten-palsu", "/kinds/konten-palsu/"),
        ("authors: [ann]", "authors: [ann]\nreviewers: [Bea]", "/authors/bea/"),
        ("authors: [ann]", "authors: [Cleo]", "/authors/cleo/"),
        ("topics: [towers]", "topics: [rivers]", "/topics/rivers/"),
        ("verdict: keliru", "verdict: sesat", "/topics/towers/sesat/"),
        ("verdict: keliru", "claimant: Mr River\n    verdict: keliru", "/claimants/mr-river/"),
    ];
    for (old, new, list) in edits {
        server.says(list, 404);
        desk.write(RIVER, small::RIVER.replace(old, new));
        server.says(list, 200);
        server.equals_cold_build();
        desk.write(RIVER, small::RIVER);
        server.says(list, 404);
    }
    // The year is that of the present verdict, which a correction dates.
    let old = small::RIVER.replace("date: 2026-04-02", "date: 2025-04-02");
    desk.write(RIVER, &old);
    server.says("/years/2025/", 200);
    let changed = "history: [{date: 2025-04-02, verdict: benar}]\n    verdict: keliru";
    let told = "topics: [towers]\ncorrections: [{date: 2026-01-05, note: No., claim: river-is-long}]";
    desk.write(RIVER, old.replace("verdict: keliru", changed).replace("topics: [towers]", told));
    server.says("/years/2025/", 404);
}

fn save_by_rename(desk: &Desk, server: &Server) {
    for round in ["once", "twice", "three times"] {
        desk.write("content/articles/2026/.river.md.x1", small::RIVER.replace("They say", round));
        rename(desk, "content/articles/2026/.river.md.x1", RIVER);
        server.shows("/articles/river/", round);
    }
}

fn save_with_a_backup(desk: &Desk, server: &Server) {
    rename(desk, RIVER, "content/articles/2026/river.md~");
    desk.write(RIVER, small::RIVER.replace("They say", "Once more"));
    server.shows("/articles/river/", "Once more");
}

fn save_in_place(desk: &Desk, server: &Server) {
    let text = small::RIVER.replace("They say", "In place");
    let mut file = std::fs::File::create(desk.path(RIVER)).expect("an emptied file");
    for part in text.as_bytes().chunks(100) {
        file.write_all(part).expect("a written part");
        file.flush().expect("a written part");
    }
    drop(file);
    server.shows("/articles/river/", "In place");
}

fn saves_in_quick_succession(desk: &Desk, server: &Server) {
    // Of the same length, within one tick of the clock that stamps files.
    for round in 0..50 {
        desk.write(RIVER, small::RIVER.replace("They say", &format!("Save {round:03}")));
    }
    server.shows("/articles/river/", "Save 049");
}

fn files_beside_the_one_that_is_saved(desk: &Desk, server: &Server) {
    let before = server.updates().len();
    for name in [".river.md.swp", "river.md~", "4913", "#river.md#", "river.md.tmp", ".river.md.kate-swp"] {
        desk.write(&format!("content/articles/2026/{name}"), "kept by an editor");
        desk.write(&format!("templates/{name}"), "kept by an editor");
        std::fs::remove_file(desk.path(&format!("templates/{name}"))).expect("a removed file");
    }
    std::fs::remove_file(desk.path("content/articles/2026/4913")).expect("a removed file");
    desk.write("content/articles/2026/notes.txt", "nothing refers to this");
    desk.write("public/index.html", "another build");
    desk.write(".git/index", "another program");
    desk.write(RIVER, small::RIVER.replace("They say", "Afterwards"));
    server.shows("/articles/river/", "Afterwards");
    server.equals_cold_build();
    let named = server.updates().split_off(before);
    let others: Vec<_> = named.iter().filter(|line| !line.starts_with(RIVER)).collect();
    let only_templates = others.iter().all(|line| line.starts_with("templates"));
    assert!(only_templates && !named.is_empty(), "{named:?}");
    for name in ["swp", "~", "#", ".tmp", "notes.txt", "public", ".git"] {
        assert!(!named.iter().any(|line| line.contains(name)), "{name}: {named:?}");
    }
}

fn deleted_and_restored(desk: &Desk, server: &Server) {
    // Others link to the tower; the river is linked by it.
    std::fs::remove_file(desk.path("content/articles/2026/bridge.md")).expect("a removed file");
    server.says("/articles/bridge/", 404);
    server.equals_cold_build();
    desk.write("content/articles/2026/bridge.md", small::DRAFT);
    server.says("/articles/bridge/", 200);
}

fn a_folder_with_files_moved_in(desk: &Desk, server: &Server) {
    desk.write("elsewhere/2025/deep/one.md", small::article("one", "Body."));
    desk.write("elsewhere/2025/two.md", small::article("two", "Body."));
    rename(desk, "elsewhere/2025", "content/articles/2025");
    server.says("/articles/one/", 200);
    server.says("/claims/claim-two/", 200);
    server.equals_cold_build();
    // What has come is watched as well.
    desk.write("content/articles/2025/deep/one.md", small::article("one", "Another body."));
    server.shows("/articles/one/", "Another body.");
}

fn a_folder_renamed(desk: &Desk, server: &Server) {
    rename(desk, "content/articles/2026", "content/articles/older");
    server.shows("/_meja/", "content/articles/older/bridge.md");
    server.equals_cold_build();
    desk.write("content/articles/older/river.md", small::RIVER.replace("They say", "After the move"));
    server.shows("/articles/river/", "After the move");
}

fn a_folder_replaced_by_an_older_one(desk: &Desk, server: &Server) {
    // As a copy that keeps the times of its files: `cp -a`, `rsync -t`, a restored backup.
    desk.write("content/articles/2025/one.md", small::article("one", "First."));
    server.shows("/articles/one/", "First.");
    copy_with_times(&desk.path("content/articles/2025"), &desk.path("backup"));
    desk.write("content/articles/2025/one.md", small::article("one", "Later."));
    server.shows("/articles/one/", "Later.");
    rename(desk, "content/articles/2025", "aside");
    rename(desk, "backup", "content/articles/2025");
    server.shows("/articles/one/", "First.");
}

fn a_file_in_a_folder_made_just_before(desk: &Desk, server: &Server) {
    for name in ["one", "two", "three", "four"] {
        desk.write(&format!("content/articles/{name}/a/b/{name}.md"), small::article(name, "Body."));
        server.says(&format!("/articles/{name}/"), 200);
    }
}

fn a_file_becomes_a_folder(desk: &Desk, server: &Server) {
    std::fs::remove_file(desk.path("content/articles/2026/bridge.md")).expect("a removed file");
    desk.write("content/articles/2026/bridge.md/one.md", small::article("one", "Inside."));
    server.shows("/articles/one/", "Inside.");
    server.equals_cold_build();
    std::fs::remove_dir_all(desk.path("content/articles/2026/bridge.md")).expect("a removed folder");
    desk.write("content/articles/2026/bridge.md", small::DRAFT);
    server.says("/articles/bridge/", 200);
}

fn templates(desk: &Desk, server: &Server) {
    // The first template of one's own comes with a folder that was not there.
    let lost = "{% extends \"base.html\" %}{% block content %}<p>Nothing to see.</p>{% endblock content %}\n";
    desk.write("templates/404.html", lost);
    server.shows("/404.html", "Nothing to see.");
    server.equals_cold_build();
    desk.write("templates/404.html", lost.replace("to see", "to hear"));
    server.shows("/404.html", "Nothing to hear.");
    server.equals_cold_build();
    std::fs::remove_dir_all(desk.path("templates")).expect("a removed folder");
    server.hides("/404.html", "Nothing to hear.");
    server.equals_cold_build();
    desk.write("templates/404.html", lost.replace("to see", "to smell"));
    server.shows("/404.html", "Nothing to smell.");
}

fn style_sheet(desk: &Desk, server: &Server) {
    let href = |page: &str| {
        let at = page.find("/assets/style.").expect("a style sheet");
        page[at..].split('"').next().unwrap_or_default().to_owned()
    };
    let old = href(&server.page("/"));
    desk.write("static/assets/style.css", "body { color: teal }\n");
    let new = wait_for("another name", || Some(href(&server.page("/"))).filter(|href| *href != old));
    assert_eq!(server.get(&new).text(), "body { color: teal }\n");
    server.says(&old, 404);
    desk.write("static/note.txt", "Another note.\n");
    server.shows("/note.txt", "Another note.");
}

fn words(desk: &Desk, server: &Server) {
    desk.write("strings/en.yaml", "not_found_title: Gone fishing\n");
    server.shows("/404.html", "Gone fishing");
    desk.write("strings/en.yaml", "not_found_title: Gone hunting\n");
    server.shows("/404.html", "Gone hunting");
}

fn title_and_pages_of_lists(desk: &Desk, server: &Server) {
    desk.write("site.yaml", small::SITE.replace("title: Small desk", "title: Tiny desk"));
    server.shows("/", "Tiny desk");
    server.equals_cold_build();
    desk.write(".site.yaml.new", small::SITE.replace("paginate: 10", "paginate: 1"));
    rename(desk, ".site.yaml.new", "site.yaml");
    server.says("/articles/page/2/", 200);
    server.equals_cold_build();
    // Settings that are away for a moment leave the site as it is.
    std::fs::remove_file(desk.path("site.yaml")).expect("a removed file");
    wait_for("an update", || server.updates().iter().any(|l| l.contains("not shown")).then_some(()));
    assert_eq!(server.get("/articles/page/2/").status, 200);
    desk.write("site.yaml", small::SITE);
    server.says("/articles/page/2/", 404);
}

fn evidence(desk: &Desk, server: &Server) {
    let sum = |text: &str| meja::digest::sha256(text.as_bytes());
    let (old, new) = ("year,metres\n2025,300\n", "year,metres\n2025,301\n");
    assert!(server.page("/claims/tower-is-tall/").contains(&sum(old)));
    desk.write("content/articles/2026/tower/heights.csv", new);
    server.shows("/claims/tower-is-tall/", &sum(new));
}

fn a_picture_that_was_missed(desk: &Desk, server: &Server) {
    let text = small::RIVER.replace("They say", "![The river](river.png)\n\nThey say");
    let events = server.follow("/articles/river/");
    desk.write(RIVER, &text);
    let problems = wait_for("a problem", || {
        Some(events.next("problems")).filter(|told| !told["items"].as_array().unwrap().is_empty())
    });
    assert!(problems["items"][0]["text"].as_str().unwrap().contains("river.png"), "{problems}");
    assert!(!server.page("/articles/river/").contains("<img"));
    desk.write("content/articles/2026/river.png", small::PNG);
    server.shows("/articles/river/", "/files/articles/2026/river.png");
    wait_for("no problem", || {
        Some(events.next("problems")).filter(|told| told["items"].as_array().unwrap().is_empty())
    });
}

fn another_branch(desk: &Desk, server: &Server) {
    let git = |arguments: &[&str]| {
        let run = Command::new("git")
            .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"])
            .args(["-c", "core.hooksPath=/dev/null", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(desk.root())
            .output()
            .expect("git runs");
        assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "The small desk"]);
    git(&["checkout", "-qb", "archive"]);
    for number in 0..300 {
        let (year, name) = (2000 + number % 15, format!("n{number}"));
        desk.write(&format!("content/articles/{year}/{name}.md"), small::article(&name, "From the archive."));
    }
    desk.write(RIVER, small::RIVER.replace("They say", "On the branch they say"));
    desk.write("templates/404.html", "A template of the branch.\n");
    git(&["rm", "-qr", "--cached", "content/articles/2099"]);
    std::fs::remove_dir_all(desk.path("content/articles/2099")).expect("a removed folder");
    git(&["add", "."]);
    git(&["commit", "-qm", "The archive"]);
    server.says("/articles/n299/", 200);
    server.equals_cold_build();
    for branch in ["main", "archive", "main", "archive"] {
        git(&["checkout", "-q", branch]);
        let is_archive = branch == "archive";
        server.says("/articles/n150/", if is_archive { 200 } else { 404 });
        server.equals_cold_build();
    }
}

fn a_symbolic_link_to_a_folder(desk: &Desk, server: &Server) {
    desk.write("archive/one.md", small::article("one", "Linked."));
    link(desk, "../../archive", "content/articles/archive");
    server.shows("/articles/one/", "Linked.");
    server.equals_cold_build();
    desk.write("archive/one.md", small::article("one", "Linked and changed."));
    server.shows("/articles/one/", "Linked and changed.");
    desk.write("archive/two.md", small::article("two", "Added."));
    server.shows("/articles/two/", "Added.");
    server.equals_cold_build();
    std::fs::remove_file(desk.path("content/articles/archive")).expect("a removed link");
    server.says("/articles/one/", 404);
}

fn a_symbolic_link_to_a_file(desk: &Desk, server: &Server) {
    desk.write("archive/one.md", small::article("one", "Linked."));
    link(desk, "../../archive/one.md", "content/articles/one.md");
    server.shows("/articles/one/", "Linked.");
    server.equals_cold_build();
    // The link is led elsewhere, as deployments of shared texts do.
    desk.write("archive/other.md", small::article("one", "Of another file."));
    link(desk, "../../archive/other.md", "content/articles/.one.md");
    rename(desk, "content/articles/.one.md", "content/articles/one.md");
    server.shows("/articles/one/", "Of another file.");
}

fn a_link_to_nowhere(desk: &Desk, server: &Server) {
    // As a build finds it, so must the preview, and it must forget it as well.
    let events = server.follow("/");
    let count = |told: &serde_json::Value| told["items"].as_array().unwrap().len();
    link(desk, "nowhere.png", "content/articles/gone.png");
    let told = wait_for("a problem", || Some(events.next("problems")).filter(|told| count(told) > 0));
    assert!(told["items"][0]["text"].as_str().unwrap().contains("content/articles/gone.png"), "{told}");
    std::fs::remove_file(desk.path("content/articles/gone.png")).expect("a removed link");
    wait_for("no problem", || Some(events.next("problems")).filter(|told| count(told) == 0));
}

fn content_removed_and_made_again(desk: &Desk, server: &Server) {
    std::fs::remove_dir_all(desk.path("content")).expect("a removed folder");
    server.says("/articles/tower/", 404);
    server.equals_cold_build();
    desk.write("content/people/ann.md", "---\nname: Ann\n---\n\nAnn measures things.\n");
    desk.write("content/articles/new/one.md", small::article("one", "After all."));
    server.shows("/articles/one/", "After all.");
    server.equals_cold_build();
    desk.write("content/articles/new/one.md", small::article("one", "And again."));
    server.shows("/articles/one/", "And again.");
}

fn content_moved_away_and_back(desk: &Desk, server: &Server) {
    rename(desk, "content", "aside");
    server.says("/articles/tower/", 404);
    server.equals_cold_build();
    desk.write("aside/articles/2026/river.md", small::RIVER.replace("They say", "From aside"));
    rename(desk, "aside", "content");
    server.shows("/articles/river/", "From aside");
    desk.write(RIVER, small::RIVER.replace("They say", "Back again"));
    server.shows("/articles/river/", "Back again");
    desk.write(TOWER, small::TOWER.replace("They say", "Here too"));
    server.shows("/articles/tower/", "Here too");
}

fn rename(desk: &Desk, from: &str, to: &str) {
    std::fs::rename(desk.path(from), desk.path(to)).expect("a new name");
}

fn link(desk: &Desk, to: &str, at: &str) {
    std::os::unix::fs::symlink(to, desk.path(at)).expect("a symbolic link");
}

/// Copies the files of a folder with their times of change.
fn copy_with_times(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        let copy = to.join(entry.file_name());
        std::fs::copy(entry.path(), &copy).expect("a copy");
        let modified = entry.metadata().and_then(|data| data.modified()).expect("a time");
        let file = std::fs::File::options().write(true).open(&copy).expect("the copy");
        file.set_modified(modified).expect("its time");
    }
}
