//! Pictures: which file, how large, what they show.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::Reading;
use super::reference::file;
use crate::diagnostic::Code;
use crate::digest::sha256;
use crate::picture::{Kind, MOST_POINTS, is_sideways, is_still};
use crate::yaml::{At, Decoder, Node, text};

/// A picture beside an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path from `content/`.
    pub path: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Width and height in pixels.
    pub size: Option<Size>,
}

/// What was found in the file of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Pixels across, as it is shown.
    pub width: usize,
    /// Pixels down, as it is shown.
    pub height: usize,
    /// The SHA-256 of the file: what is made of the picture is made again when this changes.
    pub sha256: String,
    /// Whether its points can be read: a PNG, JPEG, WebP or GIF of a bearable size.
    pub opens: bool,
    /// Whether a copy that does not move shows the same.
    pub still: bool,
}

/// The widths that copies for smaller screens have.
const WIDTHS: [usize; 3] = [480, 960, 1600];

/// Narrower pictures are small enough as they are.
const NARROWEST: usize = 160;

impl Size {
    /// How wide the copies are that are published beside the picture, the smallest first. None is
    /// wider than the picture.
    pub fn widths(&self) -> Vec<usize> {
        if !self.opens || !self.still || self.width < NARROWEST {
            return Vec::new();
        }
        let widest = self.width.min(WIDTHS[WIDTHS.len() - 1]);
        // One that is hardly smaller than the next saves nothing.
        WIDTHS.into_iter().filter(|width| width * 5 <= widest * 4).chain([widest]).collect()
    }
}

/// Whether a path names a picture by its ending.
pub fn is_picture(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&end.as_str())
}

/// The largest picture that is opened, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The size of a picture. An SVG has none of its own.
///
/// # Errors
/// Why it could not be read.
pub(super) fn size(location: &Path) -> Result<Option<Size>, String> {
    if location.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        return Ok(None);
    }
    let words = |error: std::io::Error| super::walk::io_words(&error);
    let file = File::open(location).map_err(words)?;
    let mut bytes = Vec::new();
    (&file).take(LARGEST).read_to_end(&mut bytes).map_err(words)?;
    let whole = file.metadata().map_err(words)?.len() <= LARGEST;
    match imagesize::blob_size(&bytes) {
        Ok(found) if found.width > 0 && found.height > 0 => {
            let (mut width, mut height) = (found.width, found.height);
            if is_sideways(&bytes) {
                std::mem::swap(&mut width, &mut height);
            }
            let points = (width as u64).saturating_mul(height as u64);
            Ok(Some(Size {
                width,
                height,
                sha256: sha256(&bytes),
                opens: whole && points <= MOST_POINTS && Kind::of(&bytes).is_some(),
                still: is_still(&bytes),
            }))
        }
        Ok(_) => Err("it says that it is 0 pixels large".to_owned()),
        // The words of the library speak of buffers.
        Err(_) => Err("the file is damaged, or of another kind than its name says".to_owned()),
    }
}

/// The keys of a picture.
pub(super) const KEYS: &[&str] = &["file", "alt"];

/// Reads `{file, alt}`.
pub(super) fn picture(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    reading: &Reading<'_>,
) -> Option<Picture> {
    let fields = decoder.fields(node, at, KEYS)?;
    let path =
        fields.required(decoder, "file", "name a picture beside this file", |d, n, a| file(d, n, a, reading));
    let alt =
        fields.required(decoder, "alt", "say what the picture shows, for those who cannot see it", text);
    let path = path?;
    let measured = match reading.location(&path) {
        Some(location) if is_picture(&path) => size(location),
        _ => Ok(None),
    };
    let size = match measured {
        Ok(size) if is_picture(&path) => size,
        Ok(_) => {
            decoder.problem(
                Code::BadImage,
                &at.key("file"),
                format!("`content/{path}` is not a picture"),
                |d| d.help("use a PNG, JPEG, WebP, AVIF, GIF or SVG file"),
            );
            None
        }
        Err(reason) => {
            decoder.problem(
                Code::BadImage,
                &at.key("file"),
                format!("`content/{path}` cannot be read as a picture: {reason}"),
                |d| d.help("save the picture again, as PNG, JPEG, WebP, AVIF or GIF"),
            );
            None
        }
    };
    Some(Picture { path, alt: alt?, size })
}
