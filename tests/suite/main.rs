//! What the program does on real folders, as one test crate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "a test fails by panicking, and its helpers are its own"
)]

mod again;
mod browser;
mod build;
mod cards;
mod cases;
mod check;
mod commands;
mod demo;
mod desk;
mod docs;
mod faults;
mod find;
mod fixing;
mod fuzzing;
mod hostile;
mod import;
mod instructions;
mod ledger;
mod links;
mod lookup;
mod mended;
mod passages;
mod pictures;
mod profiles;
mod properties;
mod publishing;
mod readme;
mod reference;
mod relevance;
mod sameness;
mod schema;
mod schemas;
mod serve;
mod starting;
mod styleguide;
mod supply;
mod theming;
mod walls;
mod workflows;

#[path = "../lookup/corpus.rs"]
mod corpus;
#[path = "../lookup/measure.rs"]
mod measure;
#[path = "../../benches/work/mod.rs"]
mod work;
