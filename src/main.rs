//! The command `meja`.

mod cli;

use std::process::ExitCode;

/// Many threads make and drop many small values. This allocator gives memory of theirs back, so
/// that a preview that runs for days stays as small as on its first.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
