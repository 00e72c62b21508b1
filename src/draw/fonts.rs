//! Typefaces: the built-in ones, and one that a site may bring for other scripts.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use harfrust::ShaperData;
use resvg::usvg::{self, fontdb};
use skrifa::{FontRef, MetadataProvider as _};

use crate::digest::sha256;

/// A face for a part of a picture. What it lacks comes from the site's own font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// A bold serif, a little narrow: claims, headlines.
    Serif,
    /// A plain sans serif: labels.
    Sans,
    /// A bold sans serif: verdicts, names.
    SansBold,
}

const SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerif-SemiCondensedBold.ttf");
const SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
const SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// In the order of [`Face`].
const BUILT_IN: [&[u8]; 3] = [SERIF, SANS, SANS_BOLD];

/// Why a site's font cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontError {
    /// It is packed for the web (WOFF).
    Packed,
    /// It is no font, or one without outlines.
    NoFont,
}

/// The faces, ready to be measured and drawn.
pub struct Fonts {
    /// In the order of [`Face`], then the site's.
    faces: Vec<Arc<Loaded>>,
    database: Arc<fontdb::Database>,
}

/// A font that was looked into once.
pub(super) struct Loaded {
    bytes: Cow<'static, [u8]>,
    /// What the shaper wants to know of its tables.
    shaper: ShaperData,
    /// The characters it has: first and last of each run, in order.
    covered: Vec<(u32, u32)>,
    /// Units of an em.
    pub(super) units: f32,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.faces.len()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// Loads the built-in faces and the site's own.
    ///
    /// # Errors
    /// If the site's font cannot be used.
    pub fn new(site_font: Option<&[u8]>) -> Result<Self, FontError> {
        let mut fonts = Self::built_in();
        if let Some(bytes) = site_font {
            fonts.faces.push(Arc::new(Loaded::new(Cow::Owned(bytes.to_vec()))?));
            let database = Arc::make_mut(&mut fonts.database);
            database.load_font_source(fontdb::Source::Binary(Arc::new(bytes.to_vec())));
        }
        Ok(fonts)
    }

    /// The built-in faces alone. They are looked into once.
    pub fn built_in() -> Self {
        static LOADED: OnceLock<(Vec<Arc<Loaded>>, Arc<fontdb::Database>)> = OnceLock::new();
        let (faces, database) = LOADED.get_or_init(|| {
            let mut database = fontdb::Database::new();
            for bytes in BUILT_IN {
                database.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
            }
            let faces = BUILT_IN.iter().filter_map(|bytes| Loaded::new(Cow::Borrowed(*bytes)).ok());
            (faces.map(Arc::new).collect(), Arc::new(database))
        });
        Self { faces: faces.clone(), database: Arc::clone(database) }
    }

    /// A digest of the built-in faces.
    pub fn digest() -> &'static str {
        static DIGEST: OnceLock<String> = OnceLock::new();
        DIGEST.get_or_init(|| sha256(&BUILT_IN.concat()))
    }

    /// Options to read an SVG with, so that text in it is drawn with these faces and nothing is
    /// fetched from anywhere.
    pub fn svg_options(&self) -> usvg::Options<'static> {
        let nothing = usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        };
        usvg::Options {
            fontdb: Arc::clone(&self.database),
            font_family: "Noto Sans".to_owned(),
            image_href_resolver: nothing,
            ..usvg::Options::default()
        }
    }

    /// Whether some face has a character.
    pub fn has(&self, c: char) -> bool {
        is_invisible(c) || [Face::Serif as usize, SITE].iter().any(|face| self.covers(*face, c))
    }

    /// The first characters of a text that no face has, each once.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = Vec::new();
        for c in text.chars() {
            if !self.has(c) && !missing.contains(&c) {
                missing.push(c);
            }
        }
        missing
    }

    /// How wide a text is when set in one line, in pixels.
    pub fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        self.shape(text, face).width * size
    }

    /// The number of the font that draws `c` where `face` is wanted.
    pub(super) fn font_for(&self, face: Face, c: char) -> usize {
        if !self.covers(face as usize, c) && self.covers(SITE, c) { SITE } else { face as usize }
    }

    /// A font by its number.
    pub(super) fn font(&self, number: usize) -> Option<&Loaded> {
        self.faces.get(number).map(Arc::as_ref)
    }

    /// Whether a font has a character.
    pub(super) fn covers(&self, number: usize, c: char) -> bool {
        self.faces.get(number).is_some_and(|face| face.covers(c))
    }
}

/// The number of the site's own font, after the built-in ones.
const SITE: usize = 3;

impl Loaded {
    fn new(bytes: Cow<'static, [u8]>) -> Result<Self, FontError> {
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err(FontError::Packed);
        }
        let font = FontRef::new(&bytes).map_err(|_| FontError::NoFont)?;
        let mut chars: Vec<u32> = font.charmap().mappings().map(|(c, _)| c).collect();
        chars.sort_unstable();
        chars.dedup();
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for c in chars {
            match covered.last_mut() {
                Some((_, last)) if *last + 1 == c => *last = c,
                _ => covered.push((c, c)),
            }
        }
        if covered.is_empty() || font.outline_glyphs().format().is_none() {
            return Err(FontError::NoFont);
        }
        let units = skrifa::raw::TableProvider::head(&font).map_err(|_| FontError::NoFont)?.units_per_em();
        let shaper = ShaperData::new(&font);
        Ok(Self { shaper, covered, units: f32::from(units.max(1)), bytes })
    }

    fn covers(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.covered.partition_point(|(first, _)| *first <= c);
        after.checked_sub(1).is_some_and(|run| c <= self.covered[run].1)
    }

    /// The font's tables; they could be read when it was loaded.
    pub(super) fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.bytes).ok()
    }

    pub(super) fn shaper(&self) -> &ShaperData {
        &self.shaper
    }
}

/// Characters without ink, which no face needs to have: controls, joiners, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::{Face, FontError, Fonts};

    #[test]
    fn latin_is_whole() {
        let fonts = Fonts::new(None).unwrap();
        let words = "Cek fakta “keliru” – naïve Œuvre Łódź Ştefan ğ ß ð þ Việt Nam: ượng ễ, Rp 5 €, …";
        assert_eq!(fonts.missing(words), Vec::<char>::new());
        assert_eq!(fonts.missing("ก ก漢"), ['ก', '漢']);
    }

    #[test]
    fn width_grows_with_text_and_size_and_knows_kerning() {
        let fonts = Fonts::new(None).unwrap();
        let width = |text| fonts.width(text, Face::Sans, 100.0);
        assert!(width("AV") < width("A") + width("V"));
        assert!(
            (fonts.width("Klaim", Face::Serif, 20.0) * 2.0 - fonts.width("Klaim", Face::Serif, 40.0)).abs()
                < 0.01
        );
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(Fonts::new(Some(b"wOF2....")).unwrap_err(), FontError::Packed);
        assert_eq!(Fonts::new(Some(b"<svg/>")).unwrap_err(), FontError::NoFont);
        let own = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");
        assert!(Fonts::new(Some(own)).is_ok());
        for cut in [4, 100, 1000, 40_000] {
            assert!(
                Fonts::new(Some(&own[..cut])).is_ok_and(|fonts| fonts.width("abc", Face::Sans, 9.0) > 0.0)
                    || cut < 50_000
            );
        }
    }
}
