//! Writes a verdict across a picture, so that no screenshot of it can be passed on without.
//!
//! Bands lie across the picture, and fainter words repeat all over it: what is cut out of it still
//! says what it is. What the picture shows can be recognised, so that readers know it when it comes
//! to them.

use resvg::tiny_skia::{
    Color, FilterQuality, Paint, Pixmap, PixmapPaint, PremultipliedColorU8, Rect, Transform,
};

use super::fit::{Space, fit, one_line};
use super::{Face, Fonts, Ink};
use crate::picture::{Closed, Pixels, Scaled};

/// Grows whenever the drawing changes, so that what was drawn before is drawn again.
pub const DESIGN: u32 = 2;

/// The largest marked copy: enough to recognise a picture by, no more.
const LARGEST: Scaled = Scaled { width: 1200, height: 2400 };

/// Narrower pictures are enlarged, so that the words on them can be read.
const NARROWEST: u32 = 480;

/// The smallest ground that the bands are laid on.
const SMALLEST: Scaled = Scaled { width: 320, height: 240 };

/// How wide the marked copy for small screens is at most.
pub const SMALL: u32 = 680;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The verdict.
    pub label: String,
    /// Whose verdict it is.
    pub desk: String,
    /// The code of the language of the verdict.
    pub language: String,
    /// The colour of the verdict.
    pub ground: Ink,
    /// What can be read on it.
    pub on: Ink,
}

/// How large the picture itself is in its marked copy.
fn inner(size: Scaled) -> Scaled {
    let size = size.within(LARGEST);
    if size.width < NARROWEST { size.to_width(NARROWEST).within(LARGEST) } else { size }
}

/// How large the marked copy of a picture of this size is.
pub fn stamped_size(size: Scaled) -> Scaled {
    let inner = inner(size);
    Scaled { width: inner.width.max(SMALLEST.width), height: inner.height.max(SMALLEST.height) }
}

/// The marked copy of a picture.
///
/// # Errors
/// If the picture is nothing to draw on.
pub fn stamp(picture: Pixels, stamp: &Stamp, fonts: &Fonts) -> Result<Pixels, Closed> {
    let ground = stamped_size(picture.size());
    let inner = inner(picture.size());
    let mut canvas = on_white(&picture.scaled(inner)?, ground).ok_or(Closed::Damaged)?;
    let (width, height) = (ground.width as f32, ground.height as f32);
    // Along the diagonal of wide pictures, but never so steep that the words are hard to read.
    let angle = -((height / width).atan().to_degrees() * 0.6).min(24.0);
    // A high picture gets several bands, a wide one the verdict several times on its band.
    let bands = (height / (1.3 * width)).ceil().max(1.0);
    let times = (width / (2.6 * height)).ceil().max(1.0);
    repeat(&mut canvas, stamp, fonts, angle);
    let part = (width / times).min(height / bands * 2.6).max(SMALLEST.width as f32);
    let band =
        band(stamp, fonts, (part, (height / bands).min(width)), ground, times).ok_or(Closed::Damaged)?;
    for number in 0..whole(bands) {
        let middle = height * (number as f32 + 0.5) / bands;
        lay(&mut canvas, &band, width / 2.0, middle, angle, 0.93);
    }
    Ok(taken(&canvas))
}

/// The whole number above a length.
#[expect(clippy::cast_sign_loss, reason = "a length is not negative")]
fn whole(length: f32) -> u32 {
    length.ceil() as u32
}

/// A band that reaches across the ground, with the verdict and the desk's name on it in each of its
/// middle parts; of each, how long it is and how much room it has.
fn band(
    stamp: &Stamp,
    fonts: &Fonts,
    (part, room): (f32, f32),
    ground: Scaled,
    times: f32,
) -> Option<Pixmap> {
    let wide = ground.width as f32;
    let length = wide.hypot(ground.height as f32);
    let on = stamp.on.color();
    let most = (room * 0.17).max(wide * 0.045).max(30.0);
    let sizes: Vec<f32> = (0..14).map(|step| most * 0.92_f32.powi(step)).collect();
    let space = Space { width: part * 0.78, height: most * 1.5, sizes: &sizes, leading: 1.1 };
    let fitted = fit(&stamp.label, &stamp.language, &space, &|text| fonts.width(text, Face::SansBold, 1.0));
    let small = (fitted.size * 0.34).clamp(11.0, most);
    let desk = one_line(&stamp.desk, part * 0.78 / small, &|text| fonts.width(text, Face::SansBold, 1.0));
    let lines = fitted.lines.len() as f32;
    let text_height = fitted.size * (0.75 + 1.1 * (lines - 1.0));
    let padding = fitted.size * 0.3;
    let height = padding * 2.0 + text_height + small * 1.45;
    let mut band = Pixmap::new(whole(length), whole(height))?;
    band.fill(stamp.ground.color());
    let mut paint = Paint::default();
    paint.set_color(on);
    let line = (fitted.size * 0.045).max(1.5);
    for top in [line, height - 2.0 * line] {
        if let Some(rule) = Rect::from_xywh(0.0, top, length, line) {
            band.fill_rect(rule, &paint, Transform::identity(), None);
        }
    }
    for number in 0..whole(times) {
        let middle = length / 2.0 + (number as f32 - (times - 1.0) / 2.0) * part;
        let mut write = |text: &str, size: f32, baseline: f32| {
            let shaped = fonts.shape(text, Face::SansBold);
            fonts.paint(&mut band, &shaped, size, middle - shaped.width * size / 2.0, baseline, on);
        };
        for (row, text) in fitted.lines.iter().enumerate() {
            write(text, fitted.size, padding + fitted.size * (0.73 + 1.1 * row as f32));
        }
        write(&desk, small, padding + text_height + small * 1.25);
    }
    Some(band)
}

/// Faint words all over the picture, light on dark and dark on light.
fn repeat(canvas: &mut Pixmap, stamp: &Stamp, fonts: &Fonts, angle: f32) {
    let (width, height) = (canvas.width() as f32, canvas.height() as f32);
    let size = (width.min(height) * 0.05).clamp(13.0, 34.0);
    let shaped = fonts.shape(&format!("{} · {}", stamp.label, stamp.desk), Face::SansBold);
    let step = shaped.width.mul_add(size, size * 2.5).min(width.hypot(height) * 2.0);
    let Some(mut words) = Pixmap::new(whole(step), whole(size * 1.6)) else {
        return;
    };
    let edge = (size / 14.0).max(1.0);
    for (x, y) in [(-edge, 0.0), (edge, 0.0), (0.0, -edge), (0.0, edge)] {
        fonts.paint(&mut words, &shaped, size, size + x, size * 1.2 + y, stamp.on.color());
    }
    fonts.paint(&mut words, &shaped, size, size, size * 1.2, stamp.ground.color());
    let reach = width.hypot(height) / 2.0;
    let rows = (reach / (size * 4.2)).ceil() as i32;
    let columns = (reach / step).ceil() as i32 + 1;
    let (sin, cos) = angle.to_radians().sin_cos();
    for row in -rows..=rows {
        for column in -columns..=columns {
            // Every other row is moved by half a step, so that no lane is free of words.
            let along = (column as f32 + if row % 2 == 0 { 0.0 } else { 0.5 }) * step;
            let across = row as f32 * size * 4.2;
            let (x, y) = (along * cos - across * sin, along * sin + across * cos);
            lay(canvas, &words, width / 2.0 + x, height / 2.0 + y, angle, 0.34);
        }
    }
}

/// Lays a strip on the canvas, turned around its middle, which comes to stand at `x` and `y`.
fn lay(canvas: &mut Pixmap, strip: &Pixmap, x: f32, y: f32, angle: f32, opacity: f32) {
    let paint = PixmapPaint { opacity, quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    let (width, height) = (strip.width() as f32, strip.height() as f32);
    let place = Transform::from_translate(x, y).pre_rotate(angle).pre_translate(-width / 2.0, -height / 2.0);
    canvas.draw_pixmap(0, 0, strip.as_ref(), &paint, place, None);
}

/// The picture in the middle of a white ground.
fn on_white(picture: &Pixels, ground: Scaled) -> Option<Pixmap> {
    let mut own = Pixmap::new(picture.width, picture.height)?;
    for (to, from) in own.pixels_mut().iter_mut().zip(picture.rgba.chunks_exact(4)) {
        let solid = u16::from(from[3]);
        let over = |value: u8| ((u16::from(value) * solid + 255 * (255 - solid) + 127) / 255) as u8;
        if let Some(color) = PremultipliedColorU8::from_rgba(over(from[0]), over(from[1]), over(from[2]), 255)
        {
            *to = color;
        }
    }
    let mut canvas = Pixmap::new(ground.width, ground.height)?;
    canvas.fill(Color::WHITE);
    let left = i32::try_from((ground.width - picture.width) / 2).ok()?;
    let top = i32::try_from((ground.height - picture.height) / 2).ok()?;
    let paint = PixmapPaint::default();
    canvas.draw_pixmap(left, top, own.as_ref(), &paint, Transform::identity(), None);
    Some(canvas)
}

/// What was drawn. Nothing of it can be seen through.
fn taken(canvas: &Pixmap) -> Pixels {
    Pixels { width: canvas.width(), height: canvas.height(), rgba: canvas.data().to_vec() }
}

#[cfg(test)]
mod tests {
    use super::{Stamp, stamp, stamped_size};
    use crate::draw::{Fonts, Ink};
    use crate::picture::{Pixels, Scaled};

    fn plain(width: u32, height: u32, shade: u8) -> Pixels {
        Pixels { width, height, rgba: [shade, shade, shade, 255].repeat((width * height) as usize) }
    }

    fn words(label: &str) -> Stamp {
        let (label, desk) = (label.to_owned(), "Meja Fakta".to_owned());
        Stamp { label, desk, language: "id".to_owned(), ground: Ink([173, 31, 43]), on: Ink([255; 3]) }
    }

    /// How many of a hundred points are not as they were.
    fn changed(pixels: &Pixels, shade: u8, lines: std::ops::Range<u32>) -> usize {
        let row = pixels.width as usize * 4;
        let part = &pixels.rgba[lines.start as usize * row..lines.end as usize * row];
        let all = part.len() / 4;
        part.chunks_exact(4).filter(|point| point[..3].iter().any(|value| value.abs_diff(shade) > 24)).count()
            * 100
            / all
    }

    #[test]
    fn every_part_is_marked_and_most_can_be_seen() {
        let fonts = Fonts::built_in();
        for (width, height) in [(1600, 900), (700, 700), (540, 2400), (1500, 300), (300, 200)] {
            for shade in [0, 255] {
                let made = stamp(plain(width, height, shade), &words("Keliru"), &fonts).unwrap();
                let all = changed(&made, shade, 0..made.height);
                assert!((10..70).contains(&all), "{width}x{height} {shade}: {all}");
                for part in 0..5 {
                    let lines = made.height * part / 5..made.height * (part + 1) / 5;
                    assert!(changed(&made, shade, lines) > 1, "{width}x{height} {shade}: {part}");
                }
            }
        }
    }

    #[test]
    fn another_verdict_is_another_picture_and_the_same_is_the_same() {
        let fonts = Fonts::built_in();
        let make = |label: &str| stamp(plain(600, 400, 90), &words(label), &fonts).unwrap();
        assert_eq!(make("Keliru"), make("Keliru"));
        assert_ne!(make("Keliru"), make("Benar"));
        let long = "Sebagian benar, tetapi angkanya dilepaskan dari tahun dan definisinya";
        assert!(changed(&make(long), 90, 0..400) < 80);
    }

    #[test]
    fn odd_sizes_are_drawn_on() {
        let fonts = Fonts::built_in();
        for (width, height) in [(1, 1), (4000, 3), (3, 4000), (2000, 1600)] {
            let made = stamp(plain(width, height, 128), &words("Keliru"), &fonts).unwrap();
            assert_eq!(made.size(), stamped_size(Scaled { width, height }), "{width}x{height}");
            assert!(made.width >= 320 && made.height >= 240 && made.width <= 1200 && made.height <= 2400);
        }
    }
}
