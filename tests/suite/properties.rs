//! What holds of every input, tried with inputs made by chance.
//!
//! A few of each by default; `MEJA_CASES=500 cargo test --test suite properties::` tries so many of each.

mod anchoring;
mod editing;
mod escaping;

use proptest::prelude::ProptestConfig;

/// As many cases as asked for, or `few`. A case that fails is shrunk and shown; it is to become a test.
fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("MEJA_CASES").ok().and_then(|number| number.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(few), failure_persistence: None, ..ProptestConfig::default() }
}
