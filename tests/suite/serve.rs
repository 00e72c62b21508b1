//! The preview as a browser and an editor meet it: the built program, real folders, real requests.
//!
//! Nothing here waits for a fixed time and hopes: what is to happen is asked for until it has
//! happened, and only if it does not within [`PATIENCE`] has the test failed.

mod errors;
mod findings;
pub mod http;
mod routes;
mod security;
pub mod server;
pub mod small;
pub mod soaking;
mod watching;

use std::time::{Duration, Instant};

/// How long something may take before it counts as never happening. Far longer than it takes:
/// machines that run many tests at once are slow.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again and again until there is something.
pub fn wait_for<T>(what: &str, mut get: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(got) = get() {
            return got;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Somewhat more than a hundred edits of every kind; `MEJA_SOAK=2000` makes them two thousand.
#[test]
fn soak() {
    let edits = std::env::var("MEJA_SOAK").ok().and_then(|number| number.parse().ok()).unwrap_or(120);
    soaking::run(edits);
}
