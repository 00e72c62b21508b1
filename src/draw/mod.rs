//! Draws: typefaces, text that is fitted into a box, pictures as PNG. Knows nothing of claims.

pub mod fit;
mod fonts;
mod hyphens;
mod shape;

pub use fonts::{Face, FontError, Fonts};
pub use resvg::{tiny_skia, usvg};
pub use shape::{Shaped, is_right_to_left};
