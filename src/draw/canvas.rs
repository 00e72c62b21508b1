//! A picture to draw on.

use resvg::tiny_skia::{self, Color, Paint, PathBuilder, Pixmap, Rect, Transform};

use super::{Emblem, Face, Fonts, Shaped, palette};

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ink(pub [u8; 3]);

impl Ink {
    /// Reads `#rgb` and `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let wide = |digit: char| digit.to_digit(16).and_then(|value| u8::try_from(value * 17).ok());
        let mut parts = match digits.len() {
            3 => digits.chars().map(wide).collect::<Option<Vec<u8>>>()?,
            6 if digits.is_ascii() => (0..3)
                .map(|part| u8::from_str_radix(&digits[part * 2..part * 2 + 2], 16).ok())
                .collect::<Option<Vec<u8>>>()?,
            _ => return None,
        }
        .into_iter();
        Some(Self([parts.next()?, parts.next()?, parts.next()?]))
    }

    /// How well this can be read on another colour, from 1 to 21
    /// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = self.0.map(|part| {
            let part = f32::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    pub(super) fn color(self) -> Color {
        let [red, green, blue] = self.0;
        Color::from_rgba8(red, green, blue, 255)
    }
}

impl std::fmt::Display for Ink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A part of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "each is its own name")]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A picture to draw on, and the faces to write with.
#[derive(Debug)]
pub struct Canvas<'f> {
    pixmap: Pixmap,
    fonts: &'f Fonts,
}

impl<'f> Canvas<'f> {
    /// A picture of one colour. `None` for one without pixels.
    pub fn new(width: u32, height: u32, ground: Ink, fonts: &'f Fonts) -> Option<Self> {
        let mut pixmap = Pixmap::new(width, height)?;
        pixmap.fill(ground.color());
        Some(Self { pixmap, fonts })
    }

    /// The faces.
    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// Fills an area.
    pub fn fill(&mut self, area: Area, ink: Ink) {
        if let Some(rect) = Rect::from_xywh(area.x, area.y, area.width, area.height) {
            let mut paint = Paint::default();
            paint.set_color(ink.color());
            self.pixmap.fill_rect(rect, &paint, Transform::identity(), None);
        }
    }

    /// Fills an area with round corners.
    pub fn fill_round(&mut self, area: Area, radius: f32, ink: Ink) {
        let (x, y, right, bottom) = (area.x, area.y, area.x + area.width, area.y + area.height);
        let mut path = PathBuilder::new();
        path.move_to(x + radius, y);
        path.line_to(right - radius, y);
        path.quad_to(right, y, right, y + radius);
        path.line_to(right, bottom - radius);
        path.quad_to(right, bottom, right - radius, bottom);
        path.line_to(x + radius, bottom);
        path.quad_to(x, bottom, x, bottom - radius);
        path.line_to(x, y + radius);
        path.quad_to(x, y, x + radius, y);
        path.close();
        if let Some(path) = path.finish() {
            let mut paint = Paint::default();
            paint.set_color(ink.color());
            let rule = tiny_skia::FillRule::Winding;
            self.pixmap.fill_path(&path, &paint, rule, Transform::identity(), None);
        }
    }

    /// Writes a line in one face; `x` is its left end.
    pub fn write(&mut self, text: &str, face: Face, size: f32, x: f32, baseline: f32, ink: Ink) {
        let line = self.fonts.shape(text, face);
        self.write_shaped(&line, size, x, baseline, ink);
    }

    /// Writes a line that was set before.
    pub fn write_shaped(&mut self, line: &Shaped, size: f32, x: f32, baseline: f32, ink: Ink) {
        self.fonts.paint(&mut self.pixmap, line, size, x, baseline, ink.color());
    }

    /// Draws a logo or a sign into an area of its own proportions.
    pub fn emblem(&mut self, emblem: &Emblem, area: Area) {
        emblem.paint(&mut self.pixmap, area);
    }

    /// The picture as PNG, in at most `most` bytes if fewer colours can achieve that.
    ///
    /// # Errors
    /// If it is too large for memory.
    pub fn png(&self, most: usize) -> Result<Vec<u8>, String> {
        palette::encode(&self.pixmap, most)
    }
}

#[cfg(test)]
mod tests {
    use super::Ink;

    #[test]
    fn colours_are_read_and_compared() {
        assert_eq!(Ink::parse("#0b5c6b"), Some(Ink([0x0b, 0x5c, 0x6b])));
        assert_eq!(Ink::parse("#f0c"), Some(Ink([0xff, 0, 0xcc])));
        assert_eq!(Ink::parse("red"), None);
        let (black, white) = (Ink([0; 3]), Ink([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((white.contrast(Ink([0x77; 3])) - 4.48).abs() < 0.01);
    }
}
