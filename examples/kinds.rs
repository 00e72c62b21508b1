//! Times what each kind of route costs, on one thread: `cargo run --release --example kinds -- DIR`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use meja::pipeline;
use meja::render::render;
use meja::site::Showing;

#[derive(Default)]
struct Cost {
    routes: u32,
    bytes: usize,
    make: Duration,
    whole: Duration,
}

fn main() {
    let root = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let desk = match pipeline::read(Path::new(&root), None) {
        Ok(desk) => desk,
        Err(diagnostic) => return eprintln!("{}", meja::report::terminal(&[*diagnostic], false)),
    };
    let showing = Showing { now: jiff::Zoned::now(), drafts: true, future: true };
    let ready = pipeline::prepare(&desk, &showing, None);
    let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
    for route in ready.plan().routes() {
        let kind = format!("{:?}", route.recipe);
        let kind = kind.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
        let cost = costs.entry(kind).or_default();
        let time = Instant::now();
        let made = ready.pages.make(&route.path, &route.recipe);
        cost.make += time.elapsed();
        drop(made);
        let time = Instant::now();
        let bytes = render(&ready.engine, &ready.pages, route).map_or(0, |bytes| bytes.len());
        cost.whole += time.elapsed();
        cost.bytes += bytes;
        cost.routes += 1;
    }
    println!(
        "{:<14} {:>7} {:>10} {:>12} {:>12} {:>10}",
        "kind", "routes", "kB each", "make us", "whole us", "sum ms"
    );
    for (kind, cost) in costs {
        let each = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(cost.routes);
        println!(
            "{kind:<14} {:>7} {:>10.1} {:>12.1} {:>12.1} {:>10.0}",
            cost.routes,
            cost.bytes as f64 / 1e3 / f64::from(cost.routes),
            each(cost.make),
            each(cost.whole),
            cost.whole.as_secs_f64() * 1e3
        );
    }
}
