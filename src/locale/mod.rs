//! What changes with the language of a page: the words of the interface, and how dates, numbers and
//! plurals are written.

mod formats;
mod merge;
mod placeholders;
mod strings;
mod tables;
#[cfg(test)]
mod tests;

pub use formats::{Formats, FormatsError, PLURAL_CATEGORIES};
pub use merge::{OWN_PREFIX, Problem, merge};
pub use placeholders::fill;
pub use strings::{Entry, Strings};
pub use tables::{BUILT_IN, built_in_layers, is_built_in};
