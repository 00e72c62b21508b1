//! Makes pictures from pictures: without metadata, smaller, marked.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::content::why_unreadable;
use crate::diagnostic::{Code, Diagnostic};
use crate::draw::Fonts;
use crate::draw::stamp::{SMALL, Stamp, stamp};
use crate::picture::{Closed, Kind, Pixels, without_metadata};
use crate::site::Encoding;

/// Pictures with more points than this are opened one after the other: each takes hundreds of
/// megabytes while it is open, whatever the number of threads.
const LARGE: u64 = 12_000_000;

static ONE_LARGE: Mutex<()> = Mutex::new(());

/// Waits for its turn with a large picture.
fn turn(bytes: &[u8]) -> Option<MutexGuard<'static, ()>> {
    let large = crate::picture::points(bytes).is_none_or(|points| points > LARGE);
    large.then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// How much of a photograph's finer points is kept in WebP, of 100.
const WEBP: f32 = 76.0;

/// The same for a marked copy: it is there to know the picture by, and a phone pays for it.
const MARKED: f32 = 42.0;

/// The same for JPEG.
const JPEG: u8 = 80;

/// Reads a file of `content/`; `name` is its path from there.
pub(super) fn file(location: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    std::fs::read(location).map_err(|error| {
        let (message, passing) = why_unreadable("the file", &error);
        Box::new(refuse(Code::FileUnreadable, name, &message).passing(passing))
    })
}

/// A picture as it is, but for what it tells beside what it shows.
pub(super) fn bare(location: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    file(location, name).map(|bytes| without_metadata(&bytes).into_owned())
}

/// A copy of a picture, `width` pixels wide.
pub(super) fn copy(location: &Path, name: &str, width: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = file(location, name)?;
    let _turn = turn(&bytes);
    let made = || {
        let picture = Pixels::open(&bytes)?;
        let size = picture.size().to_width(u32::try_from(width).unwrap_or(u32::MAX));
        picture.scaled(size)?.webp_of(&bytes, WEBP, is_drawing(&bytes))
    };
    made().map_err(|reason| Box::new(closed(name, reason)))
}

/// A picture with a verdict written across it.
pub(super) fn marked(
    location: &Path,
    name: &str,
    words: &Stamp,
    fonts: &Fonts,
    encoding: Encoding,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = file(location, name)?;
    let _turn = turn(&bytes);
    let made = || {
        let marked = stamp(Pixels::open(&bytes)?, words, fonts)?;
        match encoding {
            Encoding::Small if marked.width > SMALL => {
                let size = marked.size().to_width(SMALL);
                marked.scaled(size)?.webp(MARKED, is_drawing(&bytes))
            }
            Encoding::Small | Encoding::WebP => marked.webp(MARKED, is_drawing(&bytes)),
            Encoding::Jpeg => marked.jpeg(JPEG),
        }
    };
    made().map_err(|reason| Box::new(closed(name, reason)))
}

/// Whether a picture is likely to have flat colours and sharp edges.
fn is_drawing(bytes: &[u8]) -> bool {
    matches!(Kind::of(bytes), Some(Kind::Png | Kind::Gif))
}

fn closed(name: &str, reason: Closed) -> Diagnostic {
    let mut diagnostic = refuse(Code::BadImage, name, &format!("no picture can be made of it: {reason}"));
    diagnostic.help.push("save the picture again, as PNG, JPEG or WebP".to_owned());
    diagnostic
}

fn refuse(code: Code, name: &str, message: &str) -> Diagnostic {
    Diagnostic::file(code, format!("content/{name}"), message)
}
