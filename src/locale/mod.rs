//! What changes with the language of a page: the words of the interface, and how dates, numbers and
//! plurals are written.

mod formats;

pub use formats::{Formats, FormatsError, PLURAL_CATEGORIES};
