//! Inputs that mean harm or only do it: one row of a table each, run through the built program in a process of its
//! own with bounded time and memory. Each yields a clear error at a place that exists, or a site in which nothing of
//! it runs.
//!
//! What is laid out, and what is wanted, stands in the row (`hostile/row.rs`); `hostile/run.rs` runs it, and
//! `hostile/safe.rs` looks through what was built. What all hostile words at once do in a real browser is in
//! `browser/hostile.rs`.

mod addresses;
mod encodings;
mod evidence;
mod markdown;
mod paths;
mod places;
mod row;
mod run;
mod safe;
mod templates;
mod words;
mod yaml;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use row::Row;

/// A row that takes longer is named.
const SLOW: Duration = Duration::from_secs(3);

/// Fewer rows than these are not enough.
const LEAST: usize = 120;

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    // What takes long comes first, so that no core is left alone with it at the end.
    for part in [
        markdown::rows,
        templates::rows,
        yaml::rows,
        encodings::rows,
        paths::rows,
        places::rows,
        evidence::rows,
        addresses::rows,
        words::rows,
    ] {
        rows.append(&mut part());
    }
    rows
}

/// Looks at every row, several at a time, and gathers what is wrong.
fn at_each(rows: &[Row], look: impl Fn(&Row) -> Vec<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from).min(8) {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let began = Instant::now();
                    let found = look(row);
                    // Seen with `--nocapture`: what makes the table slow.
                    if began.elapsed() > SLOW {
                        eprintln!("{}: {:.1} s", row.name, began.elapsed().as_secs_f32());
                    }
                    let told: Vec<String> =
                        found.into_iter().map(|what| format!("{}: {what}", row.name)).collect();
                    // At once, so that something is known should a later one never end.
                    for what in &told {
                        eprintln!("{what}");
                    }
                    wrong.lock().expect("no test panics here").extend(told);
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().expect("no test panics here");
    wrong.sort();
    wrong
}

#[test]
fn every_input_is_refused_or_made_safe() {
    let rows = rows();
    let wrong = at_each(&rows, run::judge);
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn there_are_enough_inputs_and_none_twice() {
    let rows = rows();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "a name stands twice");
    assert!(rows.len() >= LEAST, "{} rows", rows.len());
}

/// What looks through pages would find what it looks for.
#[test]
fn pages_that_are_not_safe_are_seen() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = |body: &str| {
        let head = format!("<!DOCTYPE html><html><head>{}</head><body>", safe::POLICY_FOR_TESTS);
        std::fs::write(folder.path().join("index.html"), format!("{head}{body}</body></html>"))
            .expect("a page");
        safe::violations(folder.path())
    };
    assert_eq!(
        page("<p>Fine <a href=\"https://a.example/\">a</a> <img src=\"/a.png\" alt=\"\">"),
        Vec::<String>::new()
    );
    for body in [
        "<script>1</script>",
        "<script src=\"https://evil.example/x.js\"></script>",
        "<script src=\"//evil.example/x.js\"></script>",
        "<script type=\"application/ld+json\">{</script>",
        "<p onclick=\"x\">",
        "<p style=\"color:red\">",
        "<style>p{}</style>",
        "<a href=\"javascript:x\">a</a>",
        "<a href=\" JaVa\nScript:x\">a</a>",
        "<a href=\"data:text/html,x\">a</a>",
        "<a href=\"https://evil.example/\">a</a>",
        "<img src=\"https://evil.example/x.png\">",
        "<img srcset=\"/a.png 1x, //evil.example/x.png 2x\">",
        "<iframe srcdoc=\"x\"></iframe>",
        "<base href=\"/x/\">",
        "<form action=\"https://evil.example/\"></form>",
        "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example/\">",
        "<svg><a xlink:href=\"javascript:x\"></a></svg>",
        "<object data=\"/x\"></object>",
    ] {
        assert!(!page(body).is_empty(), "{body}");
    }
    std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html><p>x").expect("a page");
    assert!(!safe::violations(folder.path()).is_empty(), "a page without a policy");
    assert!(!page(&format!("{}<script>1</script>", "<ul><li>".repeat(20_000))).is_empty(), "a deep page");
    assert!(!page("a\u{1}b").is_empty() && !page("a\u{9f}b").is_empty(), "control characters");
    for (name, text) in [
        ("a.xml", "<a>"),
        ("a.json", "{"),
        ("data/a.csv", "a,b\n=1+1,2\n"),
        ("feed.json", "{\"items\": [{\"content_html\": \"<script>1</script>\"}]}"),
        ("nul.html", ""),
        ("a:b", ""),
        ("x.", ""),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        assert!(!safe::violations(folder.path()).is_empty(), "{name}");
    }
}
