//! How a card is laid out and drawn.

use super::look::{Look, Style};
use super::{Band, Card, Chip, Front, HEIGHT, WIDTH};
use crate::draw::fit::{Fitted, Space, fit, one_line};
use crate::draw::{Area, Canvas, Face, Ink, is_right_to_left};

/// From the edge to what is written.
const MARGIN: f32 = 64.0;
const FULL: f32 = WIDTH as f32;
const INNER: f32 = FULL - 2.0 * MARGIN;

/// The band with the verdict.
const BAND: f32 = 168.0;
const SIGN: f32 = 100.0;

/// Where the foot begins.
const FOOT: f32 = 540.0;
const FOOT_LINE: f32 = 598.0;
const LOGO: f32 = 48.0;

const TEXT_SIZES: &[f32] = &[92.0, 84.0, 76.0, 69.0, 63.0, 57.0, 52.0, 47.0, 43.0, 39.0, 36.0, 33.0, 30.0];
const WORD_SIZES: &[f32] = &[92.0, 82.0, 72.0, 64.0, 57.0, 50.0, 44.0, 38.0, 32.0];
const CHIP_SIZES: [f32; 5] = [40.0, 36.0, 32.0, 28.0, 24.0];

/// The bytes of a card.
pub(super) fn png(card: &Card, look: &Look) -> Option<Vec<u8>> {
    let canvas = Canvas::new(WIDTH, HEIGHT, look.paper, &look.fonts)?;
    let mut sheet = Sheet { canvas, card, look };
    match &card.front {
        Front::Claim { band, label, claim } => sheet.claim(band, label, claim),
        Front::Article { band, label, title, chips, count } => {
            sheet.article(band.as_ref(), label, title, chips, count.as_deref());
        }
        Front::Desk { description } => sheet.desk(description.as_deref()),
    }
    sheet.canvas.png().ok()
}

/// A card that is being drawn. Places are counted from where lines begin: from the left, or from
/// the right where the language is read that way.
struct Sheet<'s> {
    canvas: Canvas<'s>,
    card: &'s Card,
    look: &'s Look,
}

impl Sheet<'_> {
    fn claim(&mut self, band: &Band, label: &str, claim: &str) {
        let colour = self.band(band);
        let label_end = self.lines(
            label,
            Face::Sans,
            Space { width: INNER, height: 64.0, sizes: &[28.0, 26.0, 24.0], leading: 1.3 },
            MARGIN,
            BAND + 32.0,
            self.look.ink_2,
        );
        // The rule at the side says that these words are somebody else's.
        let top = label_end + 20.0;
        let height = FOOT - 28.0 - top;
        let indent = 36.0;
        let space = Space { width: INNER - indent, height, sizes: TEXT_SIZES, leading: 1.2 };
        let end = self.lines(claim, Face::Serif, space, MARGIN + indent, top, self.look.ink);
        self.fill(MARGIN, top + 2.0, 8.0, end - top, colour);
        self.foot(true);
    }

    fn article(
        &mut self,
        band: Option<&Band>,
        label: &str,
        title: &str,
        chips: &[Chip],
        count: Option<&str>,
    ) {
        let top = match band {
            Some(band) => {
                self.band(band);
                BAND + 32.0
            }
            None => {
                self.fill(0.0, 0.0, FULL, 16.0, self.look.accent);
                64.0
            }
        };
        let label_space = Space { width: INNER, height: 34.0, sizes: &[28.0, 26.0, 24.0], leading: 1.3 };
        let top = self.lines(label, Face::Sans, label_space, MARGIN, top, self.look.ink_2) + 16.0;
        let has_more = !chips.is_empty() || count.is_some();
        let bottom = if has_more { FOOT - 116.0 } else { FOOT - 28.0 };
        let space = Space { width: INNER, height: bottom - top, sizes: TEXT_SIZES, leading: 1.16 };
        let end = self.lines(title, Face::Serif, space, MARGIN, top, self.look.ink);
        let below = (end + 36.0).min(FOOT - 100.0);
        if let Some(count) = count {
            self.line(count, Face::SansBold, 40.0, MARGIN, below + 48.0, self.look.ink);
        }
        self.chips(chips, below);
        self.foot(true);
    }

    fn desk(&mut self, description: Option<&str>) {
        self.fill(0.0, 0.0, FULL, 16.0, self.look.accent);
        let mut top = 92.0;
        if let Some(logo) = &self.look.logo {
            let (width, height) = logo.fitted(INNER, 110.0);
            let x = self.x(MARGIN, width);
            self.canvas.emblem(logo, Area { x, y: top - 20.0, width, height });
            top += height + 16.0;
        }
        let name = self.card.desk.clone();
        let room = if description.is_some() { 210.0 } else { 360.0 };
        let sizes = &[128.0, 112.0, 96.0, 84.0, 72.0, 60.0, 50.0, 42.0];
        let space = Space { width: INNER, height: room, sizes, leading: 1.12 };
        top = self.lines(&name, Face::Serif, space, MARGIN, top, self.look.ink) + 28.0;
        if let Some(description) = description {
            let sizes = &[38.0, 35.0, 32.0, 29.0, 26.0];
            let space = Space { width: INNER, height: FOOT - 24.0 - top, sizes, leading: 1.36 };
            self.lines(description, Face::Sans, space, MARGIN, top, self.look.ink_2);
        }
        self.foot(false);
    }

    /// The band over the whole width: sign, word and mark. Returns its colour.
    fn band(&mut self, band: &Band) -> Ink {
        let withdrawn = Style { ground: self.look.ink, on: self.look.paper, sign: None };
        let look = self.look;
        let style = band.tone.and_then(|tone| look.tone(tone)).unwrap_or(&withdrawn);
        self.fill(0.0, 0.0, FULL, BAND, style.ground);
        let mut x = MARGIN;
        if let Some(sign) = &style.sign {
            let left = self.x(x, SIGN);
            let area = Area { x: left, y: (BAND - SIGN) / 2.0, width: SIGN, height: SIGN };
            self.canvas.emblem(sign, area);
            x += SIGN + 28.0;
        }
        let mut end = FULL - MARGIN;
        if let Some(mark) = &band.mark {
            let width = self.canvas.fonts().width(mark, Face::SansBold, 30.0);
            end -= width;
            self.line(mark, Face::SansBold, 30.0, end, BAND / 2.0 + 11.0, style.on);
            end -= 32.0;
        }
        let space = Space { width: end - x, height: BAND - 36.0, sizes: WORD_SIZES, leading: 1.08 };
        let fitted = self.fitted(&band.word, Face::SansBold, &space);
        let top = (BAND - height(&fitted, space.leading)) / 2.0;
        self.set(&band.word, &fitted, Face::SansBold, space.leading, x, top, style.on);
        style.ground
    }

    /// Verdicts side by side, in letters small enough for all; if even the smallest are too large,
    /// those that find no room are left to the page.
    fn chips(&mut self, chips: &[Chip], top: f32) {
        let gap = 16.0;
        let fonts = &self.look.fonts;
        let widths = |size: f32| -> Vec<f32> {
            chips.iter().map(|chip| fonts.width(&chip.label, Face::SansBold, size) + 2.6 * size).collect()
        };
        let total = |size: f32| widths(size).iter().sum::<f32>() + gap * chips.len().saturating_sub(1) as f32;
        let size = CHIP_SIZES.into_iter().find(|size| total(*size) <= INNER).unwrap_or(CHIP_SIZES[4]);
        let tall = size * 1.75;
        let mut x = MARGIN;
        for (chip, width) in chips.iter().zip(widths(size)) {
            let Some(style) = self.look.tone(chip.tone) else { continue };
            if x + width > FULL - MARGIN && x > MARGIN {
                break;
            }
            let width = width.min(INNER);
            let left = self.x(x, width);
            self.canvas.fill_round(Area { x: left, y: top, width, height: tall }, 8.0, style.ground);
            if let Some(sign) = &style.sign {
                let side = size * 1.05;
                let left = self.x(x + size * 0.5, side);
                self.canvas
                    .emblem(sign, Area { x: left, y: top + (tall - side) / 2.0, width: side, height: side });
            }
            let label =
                one_line(&chip.label, width / size - 2.6, &|text| fonts.width(text, Face::SansBold, 1.0));
            self.line(&label, Face::SansBold, size, x + size * 1.9, top + tall / 2.0 + size * 0.36, style.on);
            x += width + gap;
        }
    }

    /// Who says it, and where.
    fn foot(&mut self, named: bool) {
        let look = self.look;
        self.fill(0.0, FULL_HEIGHT - 8.0, FULL, 8.0, look.accent);
        self.fill(MARGIN, FOOT, INNER, 2.0, look.rule);
        let fonts = &look.fonts;
        let domain_size = 27.0;
        let domain = one_line(&self.card.domain, 20.0, &|text| fonts.width(text, Face::Sans, 1.0));
        let domain_width = fonts.width(&domain, Face::Sans, domain_size);
        if !named {
            self.line(&domain, Face::Sans, domain_size, MARGIN, FOOT_LINE - 4.0, look.ink_2);
            return;
        }
        self.line(
            &domain,
            Face::Sans,
            domain_size,
            FULL - MARGIN - domain_width,
            FOOT_LINE - 4.0,
            look.ink_2,
        );
        let mut x = MARGIN;
        if let Some(logo) = &look.logo {
            let (width, height) = logo.fitted(240.0, LOGO);
            let left = self.x(x, width);
            let middle = (FOOT + 2.0 + FULL_HEIGHT - 8.0) / 2.0;
            self.canvas.emblem(logo, Area { x: left, y: middle - height / 2.0, width, height });
            x += width + 18.0;
        }
        let size = 32.0;
        let room = FULL - MARGIN - domain_width - 32.0 - x;
        let name = one_line(&self.card.desk, room / size, &|text| fonts.width(text, Face::SansBold, 1.0));
        self.line(&name, Face::SansBold, size, x, FOOT_LINE - 3.0, look.ink);
    }

    /// Fits a text into a space, writes it and returns where it ends.
    fn lines(&mut self, text: &str, face: Face, space: Space<'_>, x: f32, top: f32, ink: Ink) -> f32 {
        let fitted = self.fitted(text, face, &space);
        self.set(text, &fitted, face, space.leading, x, top, ink);
        top + height(&fitted, space.leading)
    }

    fn fitted(&self, text: &str, face: Face, space: &Space<'_>) -> Fitted {
        let (fonts, backwards) = (self.canvas.fonts(), is_right_to_left(text));
        fit(text, &self.card.language, space, &|text| fonts.shape_line(text, face, backwards).width)
    }

    fn set(&mut self, text: &str, fitted: &Fitted, face: Face, leading: f32, x: f32, top: f32, ink: Ink) {
        let backwards = is_right_to_left(text);
        for (number, line) in fitted.lines.iter().enumerate() {
            let shaped = self.canvas.fonts().shape_line(line, face, backwards);
            let baseline = top + fitted.size * (ASCENT + leading * number as f32);
            let left = self.x(x, shaped.width * fitted.size);
            self.canvas.write_shaped(&shaped, fitted.size, left, baseline, ink);
        }
    }

    fn line(&mut self, text: &str, face: Face, size: f32, x: f32, baseline: f32, ink: Ink) {
        let shaped = self.canvas.fonts().shape(text, face);
        let left = self.x(x, shaped.width * size);
        self.canvas.write_shaped(&shaped, size, left, baseline, ink);
    }

    fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        let x = self.x(x, width);
        self.canvas.fill(Area { x, y, width, height }, ink);
    }

    /// The left end of something that begins at `x`.
    fn x(&self, x: f32, width: f32) -> f32 {
        if self.card.right_to_left { FULL - x - width } else { x }
    }
}

const FULL_HEIGHT: f32 = HEIGHT as f32;

/// From the top of a line to its baseline, in ems: capital letters touch the top nearly.
const ASCENT: f32 = 0.8;

/// How high the lines are together, from the top of the first to below the last.
fn height(fitted: &Fitted, leading: f32) -> f32 {
    fitted.size * (1.0 + leading * fitted.lines.len().saturating_sub(1) as f32)
}
