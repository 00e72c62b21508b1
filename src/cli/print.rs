//! Printing that survives a reader who has gone: `meja build | head` must not end in a panic.

use std::fmt::Arguments;
use std::io::Write;

/// Writes a line to standard output.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::print::to_stdout(format_args!($($words)*)) };
}

/// Writes a line to standard error.
macro_rules! complain {
    ($($words:tt)*) => { $crate::cli::print::to_stderr(format_args!($($words)*)) };
}

pub(super) use {complain, say};

pub(crate) fn to_stdout(words: Arguments<'_>) {
    let _ = writeln!(std::io::stdout().lock(), "{words}");
}

pub(crate) fn to_stderr(words: Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}

/// Writes text that ends its own lines to standard output.
pub(super) fn say_as_is(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

/// Writes text that ends its own lines to standard error.
pub(super) fn complain_as_is(text: &str) {
    let _ = write!(std::io::stderr().lock(), "{text}");
}
