//! Sets one line of text: direction, scripts, fonts, then glyphs and their places; and paints it.

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Transform};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript as _};

use super::fonts::{Face, Fonts};

/// A line of text that was set, in ems.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shaped {
    /// How wide it is.
    pub width: f32,
    glyphs: Vec<Glyph>,
}

/// A glyph and where it stands on the line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Glyph {
    font: usize,
    id: u32,
    x: f32,
    y: f32,
}

/// Whether a text reads from right to left: what its first letter with a direction says.
pub fn is_right_to_left(text: &str) -> bool {
    BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

impl Fonts {
    /// Sets a text in one line that reads as the text itself does.
    pub fn shape(&self, text: &str, face: Face) -> Shaped {
        self.shape_line(text, face, is_right_to_left(text))
    }

    /// Sets a line of a paragraph that reads from right to left, or from left to right.
    pub fn shape_line(&self, text: &str, face: Face, right_to_left: bool) -> Shaped {
        let mut shaped = Shaped::default();
        let level = if right_to_left { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(level));
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let backwards = levels[run.start].is_rtl();
                let mut parts = parts(self, &text[run], face);
                if backwards {
                    parts.reverse();
                }
                for (font, part) in parts {
                    self.add(&mut shaped, font, part, backwards);
                }
            }
        }
        shaped
    }

    /// Adds glyphs of one font, script and direction at the end of a line.
    fn add(&self, shaped: &mut Shaped, number: usize, text: &str, backwards: bool) {
        let Some((font, tables)) = self.font(number).and_then(|font| Some((font, font.tables()?))) else {
            return;
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let output = font.shaper().shaper(&tables).build().shape(buffer, ShapeOptions::new());
        let ems = |units: i32| units as f32 / font.units;
        for (info, place) in output.glyph_infos().iter().zip(output.glyph_positions()) {
            shaped.glyphs.push(Glyph {
                font: number,
                id: info.glyph_id,
                x: shaped.width + ems(place.x_offset),
                y: ems(place.y_offset),
            });
            shaped.width += ems(place.x_advance);
        }
    }

    /// Paints a line: `x` is its left end, `baseline` where its letters stand.
    pub fn paint(&self, on: &mut Pixmap, line: &Shaped, size: f32, x: f32, baseline: f32, color: Color) {
        let mut paint = Paint::default();
        paint.set_color(color);
        for glyph in &line.glyphs {
            let Some((font, tables)) = self.font(glyph.font).and_then(|font| Some((font, font.tables()?)))
            else {
                continue;
            };
            let scale = size / font.units;
            let mut pen =
                Pen { path: PathBuilder::new(), scale, x: x + glyph.x * size, y: baseline - glyph.y * size };
            if let Some(outline) = tables.outline_glyphs().get(skrifa::GlyphId::new(glyph.id)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A broken outline is a hole in a picture, no reason to make none.
                let _ = outline.draw(settings, &mut pen);
            }
            if let Some(path) = pen.path.finish() {
                on.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
            }
        }
    }
}

/// Parts of a text that one font draws and that are of one script. Marks, spaces and punctuation
/// belong to what stands before them if its font has them.
fn parts<'t>(fonts: &Fonts, text: &'t str, face: Face) -> Vec<(usize, &'t str)> {
    let mut parts: Vec<(usize, Script, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let script = c.script();
        let is_common = is_neutral(script);
        let before = parts.last().map(|(font, ..)| *font).filter(|_| is_common);
        let font = before.filter(|font| fonts.covers(*font, c)).unwrap_or_else(|| fonts.font_for(face, c));
        match parts.last_mut() {
            Some((used, of, _, last)) if *used == font && (is_common || is_neutral(*of) || *of == script) => {
                *last = end;
                if is_neutral(*of) {
                    *of = script;
                }
            }
            _ => parts.push((font, script, at, end)),
        }
    }
    parts.into_iter().map(|(font, _, start, end)| (font, &text[start..end])).collect()
}

fn is_neutral(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited)
}

/// Takes an outline in font units, `y` up, into a path in pixels, `y` down.
struct Pen {
    path: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Face, Fonts};
    use super::is_right_to_left;
    use resvg::tiny_skia::{Color, Pixmap};

    #[test]
    fn direction_is_that_of_the_first_letter() {
        assert!(!is_right_to_left("“Klaim: السلام”"));
        assert!(is_right_to_left("“السلام Facebook”"));
    }

    #[test]
    fn a_line_of_the_other_direction_begins_at_the_other_end() {
        let fonts = Fonts::new(None).unwrap();
        let first = |rtl| fonts.shape_line("abc!", Face::Sans, rtl).glyphs[0].id;
        assert_eq!(first(false), fonts.shape("a", Face::Sans).glyphs[0].id);
        assert_eq!(first(true), fonts.shape("!", Face::Sans).glyphs[0].id);
    }

    #[test]
    fn paint_stays_near_its_place() {
        let fonts = Fonts::new(None).unwrap();
        let mut pixmap = Pixmap::new(100, 40).unwrap();
        let line = fonts.shape("Hn", Face::Serif);
        fonts.paint(&mut pixmap, &line, 20.0, 10.0, 30.0, Color::BLACK);
        let inked: Vec<(u8, u8)> = (0..=39_u8)
            .flat_map(|y| (0..=99_u8).map(move |x| (x, y)))
            .filter(|(x, y)| pixmap.pixel(u32::from(*x), u32::from(*y)).unwrap().alpha() > 0)
            .collect();
        assert!(!inked.is_empty());
        let right = 10.0 + line.width * 20.0;
        assert!(inked.iter().all(|(x, y)| *x >= 9 && f32::from(*x) <= right && (10..=31).contains(y)));
    }
}
