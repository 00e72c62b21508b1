//! A logo or a sign: an SVG or a PNG, read once and drawn in any size.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg;

use super::{Area, Fonts};

/// The largest side of a PNG that is read: more would only cost memory.
const LARGEST: u32 = 8192;

/// The largest number in a path that is drawn. Arcs are cut into the more parts the larger they are: one of 10^38 is
/// never done.
const FARTHEST: f64 = 1e6;

/// A picture to be drawn into others.
#[derive(Debug, Clone)]
pub enum Emblem {
    /// Drawn as lines.
    Svg(Box<usvg::Tree>),
    /// Drawn from pixels.
    Png(Pixmap),
}

impl Emblem {
    /// Reads an SVG or PNG. `None` for anything else: a card does without.
    pub fn read(bytes: &[u8], fonts: &Fonts) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG") {
            let side = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
            let fits = |side: u32| (1..=LARGEST).contains(&side);
            return (fits(side(16)?) && fits(side(20)?))
                .then(|| Pixmap::decode_png(bytes).ok())?
                .map(Self::Png);
        }
        if goes_too_far(&String::from_utf8_lossy(bytes)) {
            return None;
        }
        let tree = usvg::Tree::from_data(bytes, &fonts.svg_options()).ok()?;
        Some(Self::Svg(Box::new(tree)))
    }

    /// Width by height.
    fn size(&self) -> (f32, f32) {
        match self {
            Self::Svg(tree) => (tree.size().width(), tree.size().height()),
            Self::Png(pixmap) => (pixmap.width() as f32, pixmap.height() as f32),
        }
    }

    /// How large it is when it fills a space.
    pub fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let (own_width, own_height) = self.size();
        let scale = (width / own_width).min(height / own_height);
        (own_width * scale, own_height * scale)
    }

    /// Draws it into an area of its own proportions.
    pub(super) fn paint(&self, on: &mut Pixmap, area: Area) {
        let scale = area.width / self.size().0;
        match self {
            Self::Svg(tree) => {
                let place = Transform::from_row(scale, 0.0, 0.0, scale, area.x, area.y);
                resvg::render(tree, place, &mut on.as_mut());
            }
            Self::Png(pixmap) => {
                // Halved as often as it goes: scaling at once would leave out most pixels.
                let mut smaller = None;
                let mut scale = scale;
                while scale < 0.5 {
                    let Some(half) = halved(smaller.as_ref().unwrap_or(pixmap)) else { break };
                    smaller = Some(half);
                    scale *= 2.0;
                }
                let picture = smaller.as_ref().unwrap_or(pixmap);
                let scale = area.width / picture.width() as f32;
                let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
                let place = Transform::from_row(scale, 0.0, 0.0, scale, area.x, area.y);
                on.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
            }
        }
    }
}

/// Whether a path of an SVG has a number that no picture needs, or hides its numbers behind references.
fn goes_too_far(svg: &str) -> bool {
    // The attribute `d`, and none whose name ends in it.
    let starts = svg.match_indices('d').filter(|(at, _)| {
        svg[..*at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_whitespace() || matches!(before, '"' | '\''))
    });
    starts.filter_map(|(at, _)| svg[at + 1..].trim_start().strip_prefix('=')).any(|rest| {
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return false;
        };
        let path = rest[1..].split(quote).next().unwrap_or_default();
        let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
        path.contains('&')
            || path.split(|c| !number(c)).any(|word| {
                // Numbers may stand side by side, `1-2.5.5`: of these, only an exponent makes one large.
                let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
                let exponent = |(at, _): (usize, &str)| digits(word[at + 1..].trim_start_matches('+')) > 1;
                word.parse::<f64>().is_ok_and(|value| value.abs() > FARTHEST)
                    || word.split(['.', '-', '+', 'e', 'E']).any(|part| digits(part) > 15)
                    || word.match_indices(['e', 'E']).any(exponent)
            })
    })
}

/// A picture of half the size: each pixel the mean of four.
fn halved(picture: &Pixmap) -> Option<Pixmap> {
    let mut half = Pixmap::new(picture.width() / 2, picture.height() / 2)?;
    let (from, width) = (picture.data(), picture.width() as usize * 4);
    let row = half.width() as usize * 4;
    for (at, part) in half.data_mut().iter_mut().enumerate() {
        let start = (at / row) * 2 * width + (at % row) / 4 * 8 + at % 4;
        let sum: u16 = [0, 4, width, width + 4].iter().map(|more| u16::from(from[start + more])).sum();
        *part = u8::try_from(sum.div_ceil(4)).unwrap_or(u8::MAX);
    }
    Some(half)
}

#[cfg(test)]
mod tests {
    use super::super::Fonts;
    use super::{Emblem, goes_too_far, halved};
    use resvg::tiny_skia::{Color, Pixmap};

    #[test]
    fn svg_and_png_are_read_and_nothing_else() {
        let fonts = Fonts::new(None).unwrap();
        let svg =
            br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>"#;
        assert_eq!(Emblem::read(svg, &fonts).map(|emblem| emblem.fitted(100.0, 40.0)), Some((80.0, 40.0)));
        let png = Pixmap::new(6, 3).unwrap().encode_png().unwrap();
        assert_eq!(Emblem::read(&png, &fonts).map(|emblem| emblem.fitted(4.0, 40.0)), Some((4.0, 2.0)));
        for bytes in [&b"\xff\xd8\xff\xe0"[..], b"", b"\x89PNG", b"<svg", &png[..40]] {
            assert!(Emblem::read(bytes, &fonts).is_none());
        }
    }

    #[test]
    fn paths_to_the_end_of_the_world_are_not_drawn() {
        for path in ["M0 0A1e38 1e38 0 0 1 1e38 1e38", "M0-1E+38", "M0 0L9999999 1", "M0&#48;", "M1e9"] {
            assert!(goes_too_far(&format!("<path d=\"{path}\"/>")), "{path}");
            assert!(goes_too_far(&format!("<path d = '{path}'/>")), "{path}");
        }
        for path in ["M0 0h9v9z", "m1.5-.25.75-1e-5c-1.5.5", "M512000 40.123456789z", ""] {
            assert!(!goes_too_far(&format!("<path id=\"a1e38\" d=\"{path}\"/>")), "{path}");
        }
    }

    #[test]
    fn halving_keeps_the_colour() {
        let mut picture = Pixmap::new(5, 4).unwrap();
        picture.fill(Color::from_rgba8(40, 80, 120, 255));
        let half = halved(&picture).unwrap();
        assert_eq!((half.width(), half.height()), (2, 2));
        assert!(
            half.pixels().iter().all(|pixel| (pixel.red(), pixel.green(), pixel.blue()) == (40, 80, 120))
        );
    }
}
