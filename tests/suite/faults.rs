//! What happens to a desk when the machine does not: kills at any moment, full disks, folders that cannot be written or
//! are taken away, files that vanish, clocks that jump. `docs/robustness.md` says what is promised.

mod building;
pub mod chance;
mod clock;
pub mod disk;
mod gone;
pub mod kill;
mod listed;
pub mod mount;
mod readonly;
pub mod tree;
mod vanishing;
pub mod world;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One of these tests at a time: where many programs run at once, the moment at which one is killed says little, and a
/// disk of two megabytes is nobody else's.
pub fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
