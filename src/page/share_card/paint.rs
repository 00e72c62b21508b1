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

/// For what says what the large words are: in one line if that can be read.
const LABEL: Space<'static> =
    Space { width: INNER, height: 31.0, sizes: &[30.0, 28.0, 26.0, SMALL_LABEL], leading: 1.3 };
const LONG_LABEL: Space<'static> = Space { height: 58.0, ..LABEL };
const SMALL_LABEL: f32 = 24.0;

const TEXT_SIZES: &[f32] = &[92.0, 84.0, 76.0, 69.0, 63.0, 57.0, 52.0, 47.0, 43.0, 39.0, 36.0, 33.0, 30.0];
const WORD_SIZES: &[f32] = &[92.0, 82.0, 72.0, 64.0, 57.0, 50.0, 44.0, 38.0, 32.0];

/// What a card may weigh, in bytes.
const LARGEST: usize = 40_000;

/// The bytes of a card.
pub(super) fn png(card: &Card, look: &Look) -> Option<Vec<u8>> {
    let canvas = Canvas::new(WIDTH, HEIGHT, look.paper, &look.fonts)?;
    let mut sheet = Sheet { canvas, card, look };
    match &card.front {
        Front::Claim { band, label, claim } => sheet.claim(band, label, claim),
        Front::Article { band, label, title, claims, chips } => {
            sheet.article(band.as_ref(), label, title, claims.as_deref(), chips);
        }
        Front::Desk { description } => sheet.desk(description.as_deref()),
    }
    sheet.canvas.png(LARGEST).ok()
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
        let label_end =
            self.lines(label, Face::SansBold, self.label_space(label), MARGIN, BAND + 32.0, self.look.ink_2);
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
        claims: Option<&str>,
        chips: &[Chip],
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
        let top =
            self.lines(label, Face::SansBold, self.label_space(label), MARGIN, top, self.look.ink_2) + 16.0;
        let rows = claims.map(|claims| Rows::of(claims, chips, self.look));
        let bottom = FOOT - rows.as_ref().map_or(28.0, |rows| 30.0 + rows.height() + 28.0);
        let space = Space { width: INNER, height: bottom - top, sizes: TEXT_SIZES, leading: 1.16 };
        self.lines(title, Face::Serif, space, MARGIN, top, self.look.ink);
        if let Some((claims, rows)) = claims.zip(rows) {
            self.verdicts(claims, chips, &rows);
        }
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
        self.set(&band.word, &fitted, Face::SansBold, space.leading, (x, top), style.on);
        style.ground
    }

    /// How many claims there are, and their verdicts side by side; above the foot, in one row or two.
    fn verdicts(&mut self, claims: &str, chips: &[Chip], rows: &Rows) {
        let (look, fonts) = (self.look, &self.look.fonts);
        let size = rows.size;
        let tall = CHIP * size;
        for (at, place) in rows.places.iter().enumerate() {
            let top = FOOT - 30.0 - rows.height() + place.row as f32 * (CHIP + GAP) * size;
            let baseline = top + tall / 2.0 + size * 0.36;
            let x = MARGIN + place.x;
            let Some(chip) = at.checked_sub(1).and_then(|chip| chips.get(chip)) else {
                self.line(claims, Face::Sans, size, x, baseline, look.ink_2);
                continue;
            };
            let Some(style) = look.tone(chip.tone) else { continue };
            let left = self.x(x, place.width);
            self.canvas.fill_round(
                Area { x: left, y: top, width: place.width, height: tall },
                8.0,
                style.ground,
            );
            if let Some(sign) = &style.sign {
                let side = 1.05 * size;
                let left = self.x(x + 0.5 * size, side);
                let area = Area { x: left, y: top + (tall - side) / 2.0, width: side, height: side };
                self.canvas.emblem(sign, area);
            }
            let room = place.width / size - AROUND;
            let label = one_line(&chip.label, room + 0.01, &|text| fonts.width(text, Face::SansBold, 1.0));
            self.line(&label, Face::SansBold, size, x + 1.9 * size, baseline, style.on);
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
        let room = FULL - MARGIN - domain_width - 32.0 - x;
        let own = fonts.width(&self.card.desk, Face::SansBold, 1.0);
        let size = (room / own.max(1.0)).clamp(24.0, 32.0).floor();
        let name = one_line(&self.card.desk, room / size, &|text| fonts.width(text, Face::SansBold, 1.0));
        self.line(&name, Face::SansBold, size, x, FOOT_LINE - 3.0, look.ink);
    }

    fn label_space(&self, label: &str) -> Space<'static> {
        let is_long = self.look.fonts.width(label, Face::SansBold, SMALL_LABEL) > INNER;
        if is_long { LONG_LABEL } else { LABEL }
    }

    /// Fits a text into a space, writes it and returns where it ends.
    fn lines(&mut self, text: &str, face: Face, space: Space<'_>, x: f32, top: f32, ink: Ink) -> f32 {
        let fitted = self.fitted(text, face, &space);
        self.set(text, &fitted, face, space.leading, (x, top), ink);
        top + height(&fitted, space.leading)
    }

    fn fitted(&self, text: &str, face: Face, space: &Space<'_>) -> Fitted {
        let (fonts, backwards) = (self.canvas.fonts(), is_right_to_left(text));
        fit(text, &self.card.language, space, &|text| fonts.shape_line(text, face, backwards).width)
    }

    fn set(&mut self, text: &str, fitted: &Fitted, face: Face, leading: f32, at: (f32, f32), ink: Ink) {
        let backwards = is_right_to_left(text);
        for (number, line) in fitted.lines.iter().enumerate() {
            let shaped = self.canvas.fonts().shape_line(line, face, backwards);
            let baseline = at.1 + fitted.size * (ASCENT + leading * number as f32);
            let left = self.x(at.0, shaped.width * fitted.size);
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

/// The height of a verdict on the card of an article, the distance to the next, and what is around
/// its word, in ems.
const CHIP: f32 = 1.75;
const GAP: f32 = 0.45;
const AROUND: f32 = 2.6;

/// Where the number of claims and their verdicts stand.
struct Rows {
    size: f32,
    /// Whether every word finds room.
    is_whole: bool,
    places: Vec<Place>,
}

struct Place {
    row: usize,
    /// From where the row begins.
    x: f32,
    width: f32,
}

impl Rows {
    /// In one row if the letters need not be small for that, else in two; in letters as large as
    /// that allows.
    fn of(claims: &str, chips: &[Chip], look: &Look) -> Self {
        let fonts = &look.fonts;
        let chips = chips.iter().map(|chip| fonts.width(&chip.label, Face::SansBold, 1.0) + AROUND);
        let widths: Vec<f32> = std::iter::once(fonts.width(claims, Face::Sans, 1.0)).chain(chips).collect();
        let sizes = [(42.0, 1), (38.0, 1), (34.0, 1), (38.0, 2), (34.0, 2), (30.0, 2), (26.0, 2)];
        let rows = sizes.iter().map(|(size, most)| (Self::at(*size, &widths), *most));
        let fitting = rows
            .into_iter()
            .find(|(rows, most)| rows.is_whole && rows.count() <= *most)
            .map(|(rows, _)| rows);
        fitting.unwrap_or_else(|| Self::at(26.0, &widths))
    }

    fn at(size: f32, widths: &[f32]) -> Self {
        let (mut row, mut x) = (0, 0.0);
        let places = widths.iter().map(|width| {
            let width = (width * size).min(INNER);
            if x > 0.0 && x + width > INNER {
                (row, x) = (row + 1, 0.0);
            }
            let place = Place { row, x, width };
            x += width + GAP * size;
            place
        });
        let is_whole = widths.iter().all(|width| width * size <= INNER);
        Self { size, is_whole, places: places.collect() }
    }

    fn count(&self) -> usize {
        self.places.last().map_or(0, |place| place.row + 1)
    }

    fn height(&self) -> f32 {
        self.size * (self.count() as f32 * (CHIP + GAP) - GAP)
    }
}

/// From the top of a line to its baseline, in ems: capital letters touch the top nearly.
const ASCENT: f32 = 0.8;

/// How high the lines are together, from the top of the first to below the last.
fn height(fitted: &Fitted, leading: f32) -> f32 {
    fitted.size * (1.0 + leading * fitted.lines.len().saturating_sub(1) as f32)
}
