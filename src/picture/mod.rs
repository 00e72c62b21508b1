//! Pictures as bytes: how they are turned, whether they move, what they tell beside what they show,
//! and their points, to be scaled and saved again.
//!
//! Everything here is pure. A picture comes from outside the desk more often than not, so nothing
//! it says of itself is believed: sizes are checked before memory is taken.

mod exif;
mod jpeg;
mod pixels;
mod png_chunks;
mod webp;

use std::borrow::Cow;

pub use pixels::{Closed, Pixels, Scaled, points};

/// The most points a picture may have to be opened: beyond the cameras of newsrooms, and 200 MB in
/// memory.
pub const MOST_POINTS: u64 = 50_000_000;

/// The kinds of pictures that can be opened, known by how their bytes begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
}

impl Kind {
    /// The kind of a picture, whatever the name of its file says.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }
}

/// How a picture is turned and mirrored before it is shown: the value of the Exif tag
/// `Orientation`, 1 to 8, where 1 is as it is.
pub fn orientation(bytes: &[u8]) -> u8 {
    let exif = match Kind::of(bytes) {
        Some(Kind::Jpeg) => jpeg::exif(bytes),
        Some(Kind::Png) => png_chunks::exif(bytes),
        Some(Kind::WebP) => webp::exif(bytes),
        _ => None,
    };
    exif.and_then(exif::orientation).unwrap_or(1)
}

/// Whether a picture lies on its side until it is turned: then its width is shown as its height.
pub fn is_sideways(bytes: &[u8]) -> bool {
    orientation(bytes) >= 5
}

/// Whether a smaller copy shows what the picture shows: a GIF may move, and what moves would stand
/// still.
pub fn is_still(bytes: &[u8]) -> bool {
    match Kind::of(bytes) {
        Some(Kind::Jpeg) => true,
        Some(Kind::Png) => !png_chunks::moves(bytes),
        Some(Kind::WebP) => !webp::moves(bytes),
        _ => false,
    }
}

/// The picture without what it tells beside what it shows: where and when it was taken, with what
/// camera, by whom, with which program. Its points and colours stay as they are, and so does how
/// it is turned.
///
/// What is no JPEG, PNG or WebP is given back as it is.
pub fn without_metadata(bytes: &[u8]) -> Cow<'_, [u8]> {
    let turned = Some(orientation(bytes)).filter(|turned| *turned != 1).map(exif::only_orientation);
    let turned = turned.as_deref();
    match Kind::of(bytes) {
        Some(Kind::Jpeg) => Cow::Owned(jpeg::without_metadata(bytes, turned)),
        Some(Kind::Png) => Cow::Owned(png_chunks::without_metadata(bytes, turned)),
        Some(Kind::WebP) => Cow::Owned(webp::without_metadata(bytes, turned)),
        Some(Kind::Gif) | None => Cow::Borrowed(bytes),
    }
}

#[cfg(test)]
mod tests;
