//! Pictures, videos and recordings under check.

use super::Reading;
use super::evidence_file::file_digest;
use super::picture::{Size, is_picture, size};
use super::reference::file;
use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, one_of, text, web_url};

/// A picture, video or recording under check.
#[derive(Debug, Clone)]
pub struct Media {
    /// `image`, `video` or `audio`.
    pub kind: MediaKind,
    /// The copy that circulated, by its path from `content/`.
    pub file: Option<String>,
    /// That copy's SHA-256.
    pub sha256: Option<String>,
    /// That copy, if it is a picture that can be marked: of a video, a frame.
    pub picture: Option<Size>,
    /// What the circulated picture shows, for those who cannot see it.
    pub alt: Option<String>,
    /// Google's media authenticity categories.
    pub categories: Vec<&'static str>,
    /// The untouched original.
    pub original: Option<Original>,
}

/// The kind of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum MediaKind {
    Image,
    Video,
    Audio,
}

/// The untouched original of a picture, video or recording.
#[derive(Debug, Clone)]
pub struct Original {
    /// A copy, by its path from `content/`.
    pub file: Option<String>,
    /// The copy's SHA-256.
    pub sha256: Option<String>,
    /// The copy's size, if it is a picture.
    pub size: Option<Size>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
}

/// The values of `mediaAuthenticityCategory`, <https://schema.org/MediaManipulationRatingEnumeration>.
pub(super) const CATEGORIES: &[(&str, &str)] = &[
    ("Original", "Original"),
    ("EditedOrCropped", "EditedOrCropped"),
    ("Transformed", "Transformed"),
    ("Staged", "Staged"),
    ("SatireOrParody", "SatireOrParody"),
    ("Decontextualized", "Decontextualized"),
];

/// Categories that exclude each other: what is original was not changed, what was staged is shown
/// as it was recorded.
const CONTRADICTIONS: &[(&str, &str)] =
    &[("Original", "Transformed"), ("Original", "EditedOrCropped"), ("EditedOrCropped", "Staged")];

/// The keys of `media` and of its `original`.
pub(super) const KEYS: &[&str] = &["type", "file", "alt", "categories", "original"];
pub(super) const ORIGINAL: &[&str] = &["file", "alt", "url", "credit"];

pub(super) const KINDS: &[(&str, MediaKind)] =
    &[("image", MediaKind::Image), ("video", MediaKind::Video), ("audio", MediaKind::Audio)];

/// Reads `media`.
pub(super) fn media(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    reading: &Reading<'_>,
) -> Option<Media> {
    let fields = decoder.fields(node, at, KEYS)?;
    let kind = fields.required(decoder, "type", "say what it is: `image`, `video` or `audio`", |d, n, a| {
        one_of(d, n, a, KINDS)
    });
    let circulated = fields.optional(decoder, "file", |d, n, a| file(d, n, a, reading));
    let picture = circulated.as_deref().and_then(|path| markable(decoder, path, &at.key("file"), reading));
    let alt = fields.optional(decoder, "alt", text);
    let categories = fields.list(decoder, "categories", |d, n, a| one_of(d, n, a, CATEGORIES));
    for (one, other) in CONTRADICTIONS {
        if categories.contains(one) && categories.contains(other) {
            decoder.problem(
                Code::ContradictoryMedia,
                &at.key("categories"),
                format!("`{one}` and `{other}` exclude each other"),
                |d| d.help("keep the one that describes what circulated"),
            );
        }
    }
    let original = fields.optional(decoder, "original", |d, n, a| original(d, n, a, reading));
    let sha256 = digest(circulated.as_deref(), picture.as_ref(), reading);
    Some(Media { kind: kind?, file: circulated, sha256, picture, alt, categories, original })
}

/// The SHA-256 of a copy, whatever it is.
fn digest(path: Option<&str>, picture: Option<&Size>, reading: &Reading<'_>) -> Option<String> {
    let known = picture.map(|picture| picture.sha256.clone());
    known.or_else(|| file_digest(reading.location(path?)?))
}

/// What circulated, if it is a picture: it is shown with the verdict across it, so it must open.
fn markable(decoder: &mut Decoder<'_>, path: &str, at: &At<'_>, reading: &Reading<'_>) -> Option<Size> {
    let message = match reading.location(path).filter(|_| is_picture(path)).map(size)? {
        Ok(Some(size)) if size.opens => return Some(size),
        Ok(_) => "the verdict cannot be written across this picture".to_owned(),
        Err(reason) => format!("the picture cannot be read: {reason}"),
    };
    decoder.problem(Code::BadImage, at, message, |d| {
        d.help("save it as PNG, JPEG, WebP or GIF with at most 50 million pixels, or leave `file` out")
    });
    None
}

/// What is in a file, if it is a picture by its name.
fn picture(decoder: &mut Decoder<'_>, path: &str, at: &At<'_>, reading: &Reading<'_>) -> Option<Size> {
    match reading.location(path).filter(|_| is_picture(path)).map(size)? {
        Ok(size) => size,
        Err(reason) => {
            let message = format!("the picture cannot be read: {reason}");
            decoder.problem(Code::BadImage, at, message, |d| {
                d.help("save the picture again, as PNG, JPEG, WebP, AVIF or GIF")
            });
            None
        }
    }
}

fn original(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, reading: &Reading<'_>) -> Option<Original> {
    let fields = decoder.fields(node, at, ORIGINAL)?;
    let file = fields.optional(decoder, "file", |d, n, a| file(d, n, a, reading));
    let size = file.as_deref().and_then(|path| picture(decoder, path, &at.key("file"), reading));
    let sha256 = digest(file.as_deref(), size.as_ref(), reading);
    Some(Original {
        size,
        sha256,
        alt: fields.optional(decoder, "alt", text),
        url: fields.optional(decoder, "url", web_url),
        credit: fields.optional(decoder, "credit", text),
        file,
    })
}
