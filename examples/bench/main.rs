//! What a build costs, stage by stage, on a desk of any size:
//! `cargo run --release --example bench -- ARTICLES|DESK [SETTING: VALUE]...`.
//!
//! A number makes a desk of so many articles in a passing folder (`TMPDIR` says where); a folder is measured as it is.
//! The first table tells of each stage its time, that of all processors together, and the most memory the process had
//! meanwhile, what earlier stages left there included. The first three are a build from nothing: `whole`. Then follows
//! what each kind of page costs on one thread.

mod corpus;
mod machine;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use meja::check::{Facts, check};
use meja::content::Looked;
use meja::pipeline::{self, Ready};
use meja::render::render;
use meja::site::{self, Showing};

/// The program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a stage took.
#[derive(Clone, Copy, Default)]
struct Took {
    time: Duration,
    processors: Duration,
    /// In bytes.
    peak: u64,
}

impl Took {
    /// Two stages, one after the other.
    fn and(self, next: Self) -> Self {
        Self {
            time: self.time + next.time,
            processors: self.processors + next.processors,
            peak: self.peak.max(next.peak),
        }
    }

    fn print(self, name: &str, items: usize, of: &str) {
        let seconds = self.time.as_secs_f64();
        println!(
            "{name:<22} {seconds:>9.3} s {:>9.2} s {:>9.0} {of:<8} {:>7} MiB",
            self.processors.as_secs_f64(),
            items as f64 / seconds,
            self.peak >> 20
        );
    }
}

fn measured<T>(work: impl FnOnce() -> T) -> (T, Took) {
    machine::forget_peak();
    let (time, processors) = (Instant::now(), machine::processors());
    let made = work();
    let took = Took {
        time: time.elapsed(),
        processors: machine::processors().saturating_sub(processors),
        peak: machine::peak(),
    };
    (made, took)
}

/// Measures and prints a stage; `items` counts what it made.
fn stage<T>(name: &str, of: &str, items: impl Fn(&T) -> usize, work: impl FnOnce() -> T) -> (T, Took) {
    let (made, took) = measured(work);
    took.print(name, items(&made), of);
    (made, took)
}

#[derive(Default)]
struct Cost {
    routes: u32,
    bytes: usize,
    make: Duration,
    whole: Duration,
}

/// What each kind of route costs.
fn kinds(ready: &Ready) {
    let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
    for route in ready.plan().routes() {
        let kind = format!("{:?}", route.recipe);
        let kind = kind.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
        let cost = costs.entry(kind).or_default();
        let time = Instant::now();
        drop(ready.pages.make(&route.path, &route.recipe, &Looked::unnoted()));
        cost.make += time.elapsed();
        let time = Instant::now();
        cost.bytes += render(&ready.engine, &ready.pages, route).map_or(0, |bytes| bytes.len());
        cost.whole += time.elapsed();
        cost.routes += 1;
    }
    println!(
        "\n{:<14} {:>7} {:>9} {:>11} {:>11} {:>9}",
        "kind", "files", "kB each", "values us", "all us", "sum ms"
    );
    for (kind, cost) in costs {
        let each = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(cost.routes);
        let size = cost.bytes as f64 / 1e3 / f64::from(cost.routes);
        let sum = cost.whole.as_secs_f64() * 1e3;
        println!(
            "{kind:<14} {:>7} {size:>9.1} {:>11.1} {:>11.1} {sum:>9.0}",
            cost.routes,
            each(cost.make),
            each(cost.whole)
        );
    }
}

/// What claim lookup costs once the index stands: assembling has built it.
fn lookup(ready: &Ready) {
    let site = ready.site();
    let index = site.index();
    let claims = site.lookup.claims();
    let step = claims.len().div_ceil(100).max(1);
    let asked: Vec<&str> = claims.iter().step_by(step).map(|at| site.claim(*at).claim.as_str()).collect();
    stage(
        "find",
        "claims",
        |found: &usize| *found,
        || asked.iter().filter(|text| !index.find(text, 10, |_| true).hits.is_empty()).count(),
    );
    stage(
        "related",
        "claims",
        |found: &usize| *found,
        || claims.iter().filter(|at| site.related(**at, 4).len() < usize::MAX).count(),
    );
    stage(
        "index files",
        "files",
        |files: &usize| *files,
        || {
            let published = index.publish();
            published.words.len() + published.stems.len() + published.grams.len()
        },
    );
}

/// How many files a folder has, and how many bytes they are, without the notes of the build.
fn size(folder: &Path) -> (usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| {
        entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with(".meja-")
    });
    files
        .filter_map(|entry| entry.metadata().ok())
        .fold((0, 0), |(files, bytes), file| (files + 1, bytes + file.len()))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "1000".to_owned());
    let settings: String = arguments.map(|setting| setting + "\n").collect();
    let passing = tempfile::tempdir()?;
    let desk: PathBuf = match what.parse() {
        Ok(articles) => {
            let desk = passing.path().join("desk");
            corpus::write(&desk, articles, &settings)?;
            desk
        }
        Err(_) => Path::new(&what).to_owned(),
    };
    println!("{}\n", machine::line());
    println!("{:<22} {:>11} {:>11} {:>18} {:>11}", "stage", "time", "processors", "a second", "peak memory");
    let documents = |desk: &Result<pipeline::Desk, _>| desk.as_ref().map_or(0, |desk| desk.read.len());
    let (read, reading) = stage("read", "files", documents, || pipeline::read(&desk, None));
    let read = read.map_err(|problem| meja::report::terminal(&[*problem], false))?;
    let showing = Showing { now: jiff::Zoned::now(), drafts: true, future: true };
    let prepare = |before| pipeline::prepare(&read, &showing, before);
    let routes = |ready: &Ready| ready.plan().len();
    let (ready, preparing) = stage("assemble and plan", "pages", routes, || prepare(None));
    let out = passing.path().join("public");
    let write =
        || pipeline::write(&read, &ready, &desk, &out, &|| ()).map_err(|failed| format!("{failed:?}"));
    let pages = |_: &Result<_, String>| ready.plan().len();
    let (done, writing) = stage("render and write", "pages", pages, write);
    done?;
    reading.and(preparing).and(writing).print("whole", ready.plan().len(), "pages");
    stage("again, unchanged", "pages", pages, write).0?;
    stage("prepare after an edit", "pages", routes, || prepare(Some(&ready)));
    stage(
        "assemble alone",
        "articles",
        |(site, _): &(site::Site, _)| site.articles.len(),
        || site::assemble(&read.config, &read.files, &read.read, &showing, None),
    );
    stage(
        "plan alone",
        "pages",
        |(plan, _): &(site::Plan, _)| plan.len(),
        || site::plan(ready.site(), &read.theme.static_paths(), None),
    );
    stage(
        "check",
        "findings",
        |found: &usize| *found,
        || {
            let statics = read.theme.static_sizes();
            check(Facts { site: ready.site(), plan: ready.plan(), statics: &statics }).len()
        },
    );
    lookup(&ready);
    let (files, bytes) = size(&out);
    println!("\n{files} files, {:.1} MB", bytes as f64 / 1e6);
    kinds(&ready);
    Ok(())
}
