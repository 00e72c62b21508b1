//! Turns what a page sees into bytes: the one render path of `build` and `serve`.

mod engine;
mod guide;
mod key;
mod parts;
mod pictures;
mod range;

pub use engine::Engine;
pub use guide::style_guide;

use std::borrow::Cow;

use crate::content::Looked;
use crate::diagnostic::Diagnostic;
use crate::digest::Print;
use crate::page::{How, Made, Pages};
use crate::site::Route;

/// Renders one route.
///
/// # Errors
/// One diagnostic: the template that failed, or the file that could not be read.
pub fn render<'p>(
    engine: &Engine,
    pages: &'p Pages,
    route: &'p Route,
) -> Result<Cow<'p, [u8]>, Box<Diagnostic>> {
    let made = pages.make(&route.path, &route.recipe, &Looked::unnoted());
    finish(engine, pages, route, made)
}

/// The fingerprint of everything that a page is made of; `None` for what no template makes.
pub fn key(engine: &Engine, pages: &Pages, made: &Made<'_>) -> Option<Print> {
    match made {
        Made::Page { template, values } => Some(engine.key(template, values, &pages.prints)),
        Made::Bytes(_) | Made::File { .. } => None,
    }
}

/// Renders what was made of a route.
///
/// # Errors
/// As [`render`].
pub fn finish<'p>(
    engine: &Engine,
    pages: &'p Pages,
    route: &Route,
    made: Made<'p>,
) -> Result<Cow<'p, [u8]>, Box<Diagnostic>> {
    match made {
        Made::Page { template, values } => {
            engine.render(&template, values, &route.path).map(|html| Cow::Owned(html.into_bytes()))
        }
        Made::Bytes(bytes) => Ok(bytes),
        Made::File { name, how } => {
            let location = pages.site.files.location(name).unwrap_or("".as_ref());
            match how {
                How::AsItIs => pictures::file(location, name),
                How::Bare => pictures::bare(location, name),
                How::Copy { width } => pictures::copy(location, name, width),
                How::Marked { stamp, encoding } => {
                    pictures::marked(location, name, &stamp, pages.fonts(), encoding)
                }
            }
            .map(Cow::Owned)
        }
    }
}
