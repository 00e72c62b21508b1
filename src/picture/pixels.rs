//! A picture's points: opened, turned, scaled, saved again.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits,
};

use super::{Kind, MOST_POINTS, orientation};

/// The points of a picture, row by row, with red, green, blue and how solid they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// Four bytes for each point.
    pub rgba: Vec<u8>,
}

/// Why a picture cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It says that it has more points than are opened.
    TooLarge,
    /// It is no PNG, JPEG, WebP or GIF.
    Unknown,
    /// What is in it is not what its beginning says.
    Damaged,
}

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => write!(f, "it has more than {} million points", MOST_POINTS / 1_000_000),
            Self::Unknown => f.write_str("it is no PNG, JPEG, WebP or GIF"),
            Self::Damaged => f.write_str("the file is damaged"),
        }
    }
}

/// How large a scaled picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub struct Scaled {
    pub width: u32,
    pub height: u32,
}

impl Scaled {
    /// This size, made to be `width` across; the sides keep their proportion.
    #[must_use]
    pub fn to_width(self, width: u32) -> Self {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2)
            / u64::from(self.width.max(1));
        Self { width: width.max(1), height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
    }

    /// This size, made smaller until it fits into `most`.
    #[must_use]
    pub fn within(self, most: Self) -> Self {
        let narrow = if self.width > most.width { self.to_width(most.width) } else { self };
        if narrow.height <= most.height {
            return narrow;
        }
        let turned = Self { width: self.height, height: self.width }.to_width(most.height);
        Self { width: turned.height, height: turned.width }
    }
}

/// How many points the head of a picture promises.
pub fn points(bytes: &[u8]) -> Option<u64> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    Some(u64::from(width) * u64::from(height))
}

impl Pixels {
    /// Opens a picture, turned as it is to be shown. Of one that moves, its first moment.
    ///
    /// # Errors
    /// Why not.
    pub fn open(bytes: &[u8]) -> Result<Self, Closed> {
        let decoder = decoder(bytes)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_POINTS {
            return Err(Closed::TooLarge);
        }
        let mut opened = DynamicImage::from_decoder(decoder).map_err(|error| closed(&error))?;
        opened.apply_orientation(
            Orientation::from_exif(orientation(bytes)).unwrap_or(Orientation::NoTransforms),
        );
        let points = opened.into_rgba8();
        Ok(Self { width: points.width(), height: points.height(), rgba: points.into_raw() })
    }

    /// How large the picture is.
    pub fn size(&self) -> Scaled {
        Scaled { width: self.width, height: self.height }
    }

    /// The picture in another size.
    ///
    /// # Errors
    /// If one of the sizes is none.
    pub fn scaled(self, to: Scaled) -> Result<Self, Closed> {
        if to == self.size() {
            return Ok(self);
        }
        let source = ImageRef::new(self.width, self.height, &self.rgba, PixelType::U8x4)
            .map_err(|_| Closed::Damaged)?;
        let mut target = Image::new(to.width, to.height, PixelType::U8x4);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize(&source, &mut target, Some(&options)).map_err(|_| Closed::Damaged)?;
        Ok(Self { width: to.width, height: to.height, rgba: target.into_vec() })
    }

    /// As WebP. Of photographs, with a loss that few see; drawings and charts are often smaller
    /// without any, and sharper, so with `try_lossless` the smaller of the two is taken.
    ///
    /// # Errors
    /// If the picture is too large for the format.
    pub fn webp(&self, quality: f32, try_lossless: bool) -> Result<Vec<u8>, Closed> {
        let encoder = webp::Encoder::from_rgba(&self.rgba, self.width, self.height);
        let encode = |lossless: bool| {
            let mut config = webp::WebPConfig::new().map_err(|()| Closed::TooLarge)?;
            config.lossless = i32::from(lossless);
            // Without loss this is not quality, but how long to try.
            config.quality = if lossless { 60.0 } else { quality };
            config.thread_level = 0;
            encoder.encode_advanced(&config).map(|bytes| bytes.to_vec()).map_err(|_| Closed::TooLarge)
        };
        let lossy = encode(false)?;
        if !try_lossless {
            return Ok(lossy);
        }
        let lossless = encode(true)?;
        Ok(if lossless.len() <= lossy.len() { lossless } else { lossy })
    }

    /// As [`Pixels::webp`], with the colours of the picture it was made from.
    ///
    /// # Errors
    /// If the picture is too large for the format.
    pub fn webp_of(&self, source: &[u8], quality: f32, try_lossless: bool) -> Result<Vec<u8>, Closed> {
        let plain = self.webp(quality, try_lossless)?;
        Ok(match profile(source) {
            Some(profile) => super::webp::with_profile(&plain, self.width, self.height, &profile),
            None => plain,
        })
    }

    /// As JPEG, on white where the picture can be seen through.
    ///
    /// # Errors
    /// If the picture is too large for the format.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Closed> {
        let rgb: Vec<u8> = self
            .rgba
            .chunks_exact(4)
            .flat_map(|point| {
                let solid = u16::from(point[3]);
                let on_white =
                    |value: u8| ((u16::from(value) * solid + 255 * (255 - solid) + 127) / 255) as u8;
                [on_white(point[0]), on_white(point[1]), on_white(point[2])]
            })
            .collect();
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality)
            .encode(&rgb, self.width, self.height, ExtendedColorType::Rgb8)
            .map_err(|error| closed(&error))?;
        Ok(out)
    }
}

/// The profile that says which colours the points of a picture mean, where that is not plain: a
/// telephone's red is not everybody's.
fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let profile = decoder(bytes).ok()?.icc_profile().ok()??;
    // ICC.1:2022, section 7.2: the colours it speaks of; points that are opened are always these.
    let is_rgb = profile.get(16..20) == Some(b"RGB ");
    let is_plain = profile.windows(4).any(|part| part == b"sRGB") || holds_wide_srgb(&profile);
    (is_rgb && !is_plain && profile.len() <= LONGEST_PROFILE).then_some(profile)
}

/// Whether a profile calls itself `sRGB` in UTF-16, as newer ones do.
fn holds_wide_srgb(profile: &[u8]) -> bool {
    profile.windows(8).any(|part| part == b"\0s\0R\0G\0B")
}

/// Longer profiles are those of printers and scanners, and weigh more than the picture.
const LONGEST_PROFILE: usize = 4096;

fn decoder(bytes: &[u8]) -> Result<impl image::ImageDecoder, Closed> {
    let format = match Kind::of(bytes).ok_or(Closed::Unknown)? {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    // Eight bytes for a point of 16 bits, and as much again for the decoder's own use.
    limits.max_alloc = Some(MOST_POINTS * 16);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| closed(&error))
}

fn closed(error: &ImageError) -> Closed {
    match error {
        ImageError::Limits(_) => Closed::TooLarge,
        ImageError::Unsupported(_) => Closed::Unknown,
        _ => Closed::Damaged,
    }
}
