//! Pictures: which file, how large, what they show.

use std::path::Path;

use super::Reading;
use super::reference::file;
use crate::diagnostic::Code;
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

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
}

/// Whether a path names a picture by its ending.
pub fn is_picture(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&end.as_str())
}

/// The size of a picture. An SVG has none of its own.
///
/// # Errors
/// Why it could not be read.
pub(super) fn size(location: &Path) -> Result<Option<Size>, String> {
    if location.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        return Ok(None);
    }
    match imagesize::size(location) {
        Ok(size) if size.width > 0 && size.height > 0 => {
            Ok(Some(Size { width: size.width, height: size.height }))
        }
        Ok(_) => Err("it says that it is 0 pixels large".to_owned()),
        Err(imagesize::ImageError::IoError(error)) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            Err(super::walk::io_words(&error))
        }
        // The words of the library speak of buffers.
        Err(_) => Err("the file is damaged, or of another kind than its name says".to_owned()),
    }
}

/// Reads `{file, alt}`.
pub(super) fn picture(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    reading: &Reading<'_>,
) -> Option<Picture> {
    let fields = decoder.fields(node, at, &["file", "alt"])?;
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
