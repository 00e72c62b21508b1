//! How many instructions each stage takes, counted by callgrind: times are noisy, these are nearly the same on every
//! run. Held are that four times as many articles take hardly more for each, and that no stage takes a quarter
//! more than `tests/instructions.txt` says.
//!
//! The tests count a build for tests: its debug assertions are in the figures, and what is inlined in a release is
//! not. The figures are for comparing a change with what was before, and for nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::desk::repository;
use crate::work::{Stage, Work};

/// So many articles have the small desk and the large one.
const ARTICLES: [usize; 2] = [10, 40];

/// An article of the large desk may take so much more than one of the small, in percent.
const GROWTH: u64 = 15;

/// A stage may take so much more than is written down, in percent.
const MARGIN: u64 = 25;

/// Where it is written down.
const FIGURES: &str = "tests/instructions.txt";

/// Tells the run under callgrind how large its desk is.
const COUNTED: &str = "MEJA_COUNTED";

const TEST: &str = "instructions::no_stage_takes_more_instructions";

/// Callgrind counts what happens in here.
#[inline(never)]
fn callgrind_counts_this(work: &Work, stage: Stage) -> usize {
    std::hint::black_box(work.run(stage))
}

/// Before this is run it writes down what it counted.
#[inline(never)]
fn callgrind_writes_it_down(done: usize) {
    println!("\ndone {done}");
}

/// What runs under callgrind: each stage once, on one thread.
fn be_counted(articles: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("the first pool");
    let work = Work::new(articles);
    for stage in Stage::ALL {
        let done = callgrind_counts_this(&work, stage);
        assert!(done > 0, "{stage} did nothing");
        callgrind_writes_it_down(done);
    }
}

/// The instructions of each stage for one of its things, on a desk of so many articles.
fn count(articles: usize) -> BTreeMap<String, u64> {
    let folder = tempfile::tempdir().expect("a passing folder");
    let program = std::env::current_exe().expect("this program");
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*callgrind_counts_this*"])
        .args(["--dump-before=*callgrind_writes_it_down*", "--callgrind-out-file=counts"])
        .arg(program)
        .args(["--exact", TEST, "--nocapture", "--test-threads=1"])
        .env(COUNTED, articles.to_string())
        .current_dir(folder.path())
        .output()
        .expect("valgrind");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    let done: Vec<u64> = said
        .lines()
        .filter_map(|line| line.strip_prefix("done "))
        .map(|count| count.parse().expect("a number"))
        .collect();
    assert_eq!(done.len(), Stage::ALL.len(), "{said}");
    let each = |(number, stage): (usize, Stage)| {
        let all = instructions(&folder.path().join(format!("counts.{}", number + 1)));
        (stage.to_string(), all / done[number])
    };
    Stage::ALL.into_iter().enumerate().map(each).collect()
}

/// The sum of a file that callgrind wrote.
fn instructions(counts: &Path) -> u64 {
    let text =
        std::fs::read_to_string(counts).unwrap_or_else(|error| panic!("{}: {error}", counts.display()));
    let sum = text.lines().find_map(|line| line.strip_prefix("summary: "));
    sum.and_then(|sum| sum.trim().parse().ok()).unwrap_or_else(|| panic!("no sum in {text}"))
}

/// The compiler and the kind of machine that figures hold for.
fn compiler() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let run = Command::new(rustc).arg("-V").output().expect("the compiler");
    let version = String::from_utf8(run.stdout).expect("text");
    format!("{}, {} {}", version.trim(), std::env::consts::OS, std::env::consts::ARCH)
}

/// The file of figures.
fn page(figures: &BTreeMap<String, u64>) -> String {
    let articles = ARTICLES[1];
    let mut page = format!(
        "# Instructions for each article, page, claim or card on a desk of {articles} articles, in a build for tests.\n\
         # A stage may take {MARGIN} % more. Written by: MEJA_RENEW=1 cargo test --locked --test suite instructions::\n\
         compiler: {}\n",
        compiler()
    );
    for stage in Stage::ALL {
        let name = stage.to_string();
        let _ = writeln!(page, "{name}: {}", figures[&name]);
    }
    page
}

/// Stages that take more than they may, by what is written down.
fn risen(page: &str, found: &BTreeMap<String, u64>) -> Vec<String> {
    let written = |name: &str| -> Option<u64> {
        page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")?.parse().ok())
    };
    let risen = found.iter().filter_map(|(name, now)| match written(name) {
        None => Some(format!("{name}: {FIGURES} does not know it")),
        Some(before) => {
            let most: u64 = before * (100 + MARGIN) / 100;
            (*now > most).then(|| format!("{name}: {now}, and {before} before"))
        }
    });
    risen.collect()
}

/// Stages of which one thing takes more on the large desk than on the small one.
fn grown(small: &BTreeMap<String, u64>, large: &BTreeMap<String, u64>) -> Vec<String> {
    let grown = large.iter().filter(|(name, now)| **now * 100 > small[*name] * (100 + GROWTH));
    grown
        .map(|(name, now)| {
            format!("{name}: {} on {} articles, {now} on {}", small[name], ARTICLES[0], ARTICLES[1])
        })
        .collect()
}

#[test]
fn no_stage_takes_more_instructions() {
    if let Ok(articles) = std::env::var(COUNTED) {
        return be_counted(articles.parse().expect("a number"));
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        // There is none for the Macs and none for Windows.
        assert_ne!(std::env::consts::OS, "linux", "install valgrind, as ./test does");
        println!("not counted: callgrind is not to be had for this system");
        return;
    }
    let [small, large] = ARTICLES.map(count);
    let grown = grown(&small, &large);
    assert!(grown.is_empty(), "more work for each on a larger desk:\n{}", grown.join("\n"));
    let path = repository().join(FIGURES);
    if std::env::var_os("MEJA_RENEW").is_some() {
        std::fs::write(&path, page(&large)).expect("the figures");
    }
    let page = std::fs::read_to_string(&path).expect(FIGURES);
    if !page.lines().any(|line| line == format!("compiler: {}", compiler())) {
        println!("{FIGURES} is of another compiler than {}: only growth is held", compiler());
        return;
    }
    let risen = risen(&page, &large);
    assert!(risen.is_empty(), "if they must, renew {FIGURES} as it says:\n{}", risen.join("\n"));
}

#[test]
fn more_instructions_are_noticed() {
    let figures =
        |numbers: [u64; 2]| BTreeMap::from([("a".to_owned(), numbers[0]), ("b".to_owned(), numbers[1])]);
    assert_eq!(grown(&figures([100, 100]), &figures([115, 116])), ["b: 100 on 10 articles, 116 on 40"]);
    let written = "# Remarks\ncompiler: rustc\na: 100\nb: 1000\n";
    assert!(risen(written, &figures([125, 1250])).is_empty());
    assert_eq!(risen(written, &figures([126, 1])), ["a: 126, and 100 before"]);
    assert_eq!(risen("a: 9\n", &figures([9, 9])), ["b: tests/instructions.txt does not know it"]);
}
