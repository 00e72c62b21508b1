//! Draws: typefaces, text that is fitted into a box, pictures as PNG. Knows nothing of claims.

mod canvas;
mod emblem;
pub mod fit;
mod fonts;
mod hyphens;
mod palette;
mod shape;
pub mod stamp;

pub use canvas::{Area, Canvas, Ink};
pub use emblem::Emblem;
pub use fonts::{Face, FontError, Fonts};
pub use palette::encode;
pub use resvg::{tiny_skia, usvg};
pub use shape::{Shaped, is_right_to_left};
