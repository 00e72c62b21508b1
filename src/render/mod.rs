//! Turns what a page sees into bytes: the one render path of `build` and `serve`.

mod engine;
mod guide;

pub use engine::Engine;
pub use guide::style_guide;

use std::borrow::Cow;

use crate::content::io_words;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Made, Pages};
use crate::site::Route;

/// Renders one route.
///
/// # Errors
/// One diagnostic: the template that failed, or the file that could not be read.
pub fn render<'p>(
    engine: &Engine,
    pages: &'p Pages,
    route: &Route,
) -> Result<Cow<'p, [u8]>, Box<Diagnostic>> {
    match pages.make(&route.path, &route.recipe) {
        Made::Page { template, values } => {
            engine.render(&template, values, &route.path).map(|html| Cow::Owned(html.into_bytes()))
        }
        Made::Bytes(bytes) => Ok(bytes),
        Made::Copy(location) => std::fs::read(&location).map(Cow::Owned).map_err(|error| {
            let shown = route.path.replacen("/files/", "content/", 1);
            Box::new(Diagnostic::file(
                Code::FileUnreadable,
                shown,
                format!("cannot be read: {}", io_words(&error)),
            ))
        }),
    }
}
