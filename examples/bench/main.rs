//! What a build costs, stage by stage, on a desk of any size:
//! `cargo run --release --example bench -- ARTICLES|DESK [SETTING: VALUE]...`.
//!
//! A number makes a desk of so many articles in a passing folder; a folder is measured as it is. The table tells the
//! time of each stage and the most memory the process had until then, then what each kind of page costs
//! on one thread.

mod corpus;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use meja::check::{Facts, check};
use meja::pipeline::{self, Ready};
use meja::render::render;
use meja::site::Showing;

/// The most memory the process had so far, in MiB, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn stage<T>(name: &str, items: impl Fn(&T) -> usize, work: impl FnOnce() -> T) -> T {
    let time = Instant::now();
    let made = work();
    let took = time.elapsed();
    let per_second = items(&made) as f64 / took.as_secs_f64();
    println!("{name:<22} {:>9.3} s {per_second:>10.0} /s {:>8} MiB", took.as_secs_f64(), peak());
    made
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
        drop(ready.pages.make(&route.path, &route.recipe));
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
    let Some(index) = site.lookup.index() else { return };
    let claims = site.lookup.claims();
    let step = claims.len().div_ceil(100).max(1);
    let asked: Vec<&str> = claims.iter().step_by(step).map(|at| site.claim(*at).claim.as_str()).collect();
    stage(
        "find",
        |found: &usize| *found,
        || asked.iter().filter(|text| !index.find(text, 10, |_| true).hits.is_empty()).count(),
    );
    stage(
        "related",
        |found: &usize| *found,
        || claims.iter().filter(|at| site.related(**at, 4).len() < usize::MAX).count(),
    );
    stage(
        "index files",
        |files: &usize| *files,
        || {
            let published = index.publish();
            published.words.len() + published.stems.len() + published.grams.len()
        },
    );
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
    println!("{:<22} {:>11} {:>13} {:>12}", "stage", "time", "a second", "peak memory");
    let read = stage(
        "read",
        |desk: &Result<pipeline::Desk, _>| desk.as_ref().map_or(0, |desk| desk.read.len()),
        || pipeline::read(&desk, None),
    );
    let read = read.map_err(|problem| meja::report::terminal(&[*problem], false))?;
    let showing = Showing { now: jiff::Zoned::now(), drafts: true, future: true };
    let ready = stage(
        "assemble and plan",
        |ready: &Ready| ready.plan().len(),
        || pipeline::prepare(&read, &showing, None),
    );
    stage(
        "check",
        |found: &usize| *found,
        || {
            let statics = read.theme.static_sizes();
            check(Facts { site: ready.site(), plan: ready.plan(), statics: &statics }).len()
        },
    );
    lookup(&ready);
    let out = passing.path().join("public");
    for name in ["render and write", "again, unchanged"] {
        let done = stage(
            name,
            |done: &Result<_, _>| done.as_ref().map_or(0, |_| ready.plan().len()),
            || pipeline::write(&ready, &desk, &out, &|| ()),
        );
        done.map_err(|failed| format!("{failed:?}"))?;
    }
    stage(
        "prepare after an edit",
        |ready: &Ready| ready.plan().len(),
        || pipeline::prepare(&read, &showing, Some(&ready)),
    );
    kinds(&ready);
    Ok(())
}
