//! Times each stage of a build: `cargo run --release --example stages -- DIR [ROUNDS]`.

use std::path::Path;
use std::time::Instant;

use meja::check::{Facts, check};
use meja::pipeline;
use meja::site::{self, Showing};

/// Times what claim lookup does after the index stands: assembling has built it.
fn lookup(site: &site::Site) {
    let Some(index) = site.lookup.index() else {
        return;
    };
    let claims = site.lookup.claims();
    let asked: Vec<&str> = claims
        .iter()
        .step_by(claims.len().div_ceil(100).max(1))
        .map(|at| site.claim(*at).claim.as_str())
        .collect();
    let time = Instant::now();
    let hits: usize = asked.iter().map(|text| index.find(text, 10, |_| true).hits.len()).sum();
    println!("find {:?} each, {hits} hits of {}", time.elapsed() / asked.len().max(1) as u32, asked.len());
    let message = asked.join(" ");
    let time = Instant::now();
    let hits = index.find(&message, 10, |_| true).hits.len();
    println!("find {:?} for a message of {} words, {hits} hits", time.elapsed(), message.split(' ').count());
    let time = Instant::now();
    let related: usize = claims.iter().map(|at| site.related(*at, 4).len()).sum();
    println!("related {:?} for all, {related} found", time.elapsed());
    let time = Instant::now();
    let published = index.publish();
    println!(
        "publish {:?}, {} files",
        time.elapsed(),
        published.words.len() + published.stems.len() + published.grams.len()
    );
}

fn main() {
    let root = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let root = Path::new(&root);
    let rounds: usize = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(3);
    let time = Instant::now();
    let desk = match pipeline::read(root, None) {
        Ok(desk) => desk,
        Err(diagnostic) => return eprintln!("{}", meja::report::terminal(&[*diagnostic], false)),
    };
    println!("read {:?}", time.elapsed());
    let showing = Showing { now: jiff::Zoned::now(), drafts: true, future: true };
    for _ in 0..rounds {
        let time = Instant::now();
        let (site, _) = site::assemble(&desk.config, &desk.files, &desk.read, &showing, None);
        println!("assemble {:?}", time.elapsed());
        let time = Instant::now();
        let (plan, _) = site::plan(&site, &desk.theme.static_paths(), None);
        println!("plan {:?} ({} routes)", time.elapsed(), plan.len());
        let statics = desk.theme.static_sizes();
        let facts = Facts { site: &site, plan: &plan, statics: &statics };
        let time = Instant::now();
        let found = check(facts);
        println!("check {:?} ({} found)", time.elapsed(), found.len());
        lookup(&site);
        let time = Instant::now();
        let ready = pipeline::prepare(&desk, &showing, None);
        println!("prepare {:?} in all", time.elapsed());
        let time = Instant::now();
        let again = pipeline::prepare(&desk, &showing, Some(&ready));
        println!("prepare {:?} again", time.elapsed());
        drop(again);
        let time = Instant::now();
        let drop_me = (site, plan, ready);
        drop(drop_me);
        println!("drop {:?}", time.elapsed());
    }
}
