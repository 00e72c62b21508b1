//! The time of each stage of a build: `cargo bench`, or `cargo bench -- render` for those whose name has the word.
//!
//! What pages share is made by the first of them, so that the figures say what one more page costs. Instructions,
//! which do not vary as times do, are held by `tests/suite/instructions.rs`.

#![allow(clippy::expect_used, clippy::panic, reason = "a bench fails by panicking")]

mod work;

use divan::Bencher;
use divan::counter::ItemsCount;

use work::{Stage, Work};

/// The program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A stage on a desk of so many articles, with what it did of its things in a second.
#[divan::bench(args = Stage::ALL, consts = [100, 1000], sample_count = 20, max_time = 3)]
fn stage<const ARTICLES: usize>(bencher: Bencher<'_, '_>, stage: Stage) {
    let work = Work::new(ARTICLES);
    bencher.counter(ItemsCount::new(work.run(stage))).bench_local(|| work.run(stage));
}
