//! Numbers that are others on every run, and the same again for who knows the seed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A generator of numbers (`SplitMix64`).
pub struct Chance {
    state: u64,
    pub seed: u64,
}

impl Chance {
    /// From the seed in `MEJA_SEED`, or one of this moment. Whatever fails has to say the seed.
    pub fn new() -> Self {
        let given = std::env::var("MEJA_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.subsec_nanos());
        Self::of(given.unwrap_or_else(|| u64::from(now)))
    }

    pub fn of(seed: u64) -> Self {
        Self { state: seed, seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("a small number")
    }

    /// A moment before `most`.
    pub fn moment(&mut self, most: Duration) -> Duration {
        Duration::from_nanos(self.next() % u64::try_from(most.as_nanos()).expect("a short time").max(1))
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// How many times something is done: a small number, or what an environment variable says.
pub fn times(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}
