//! Writes a picture as a PNG with a palette: cards have few colours, and the steps between them that
//! smooth the edges of letters need not be exact.

use resvg::tiny_skia::Pixmap;
use rustc_hash::FxHashMap;

/// The most colours a palette has (<https://www.w3.org/TR/png-3/#11PLTE>).
const MOST: usize = 256;

/// A picture without transparency as PNG, in at most `most` bytes if that can be had by using fewer
/// colours. The same picture gives the same bytes.
///
/// # Errors
/// If it is too large for memory.
pub fn encode(picture: &Pixmap, most: usize) -> Result<Vec<u8>, String> {
    let runs = runs(picture);
    let counts = colours(&runs);
    let mut bytes = Vec::new();
    for bits in FINEST.iter().copied() {
        let palette = Palette::of(&counts, bits);
        if palette.colours.len() > MOST && bits != COARSEST {
            continue;
        }
        bytes =
            with_palette(picture, &palette.indices(&runs), &palette).map_err(|error| error.to_string())?;
        if bytes.len() <= most {
            break;
        }
    }
    Ok(bytes)
}

/// How many bits of each part of a colour tell it from others: what is tried.
const FINEST: [u32; 3] = [5, 4, COARSEST];
const COARSEST: u32 = 3;

fn with_palette(picture: &Pixmap, indices: &[u8], palette: &Palette) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(48 * 1024);
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.colours.iter().flat_map(|colour| rgb(*colour)).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indices)?;
    writer.finish()?;
    Ok(bytes)
}

/// A colour as `0x00rrggbb`.
type Colour = u32;

fn rgb(colour: Colour) -> [u8; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

/// The pixels as runs of one colour: most of a card is plain.
fn runs(picture: &Pixmap) -> Vec<(Colour, usize)> {
    let mut runs = Vec::new();
    let mut pixels =
        picture.data().chunks_exact(4).filter_map(|pixel| <[u8; 4]>::try_from(pixel).ok()).peekable();
    while let Some(first) = pixels.next() {
        let mut length = 1;
        while pixels.next_if(|next| u32::from_ne_bytes(*next) == u32::from_ne_bytes(first)).is_some() {
            length += 1;
        }
        runs.push((u32::from_be_bytes([0, first[0], first[1], first[2]]), length));
    }
    runs
}

/// Every colour and how often it is there, the most frequent first.
fn colours(runs: &[(Colour, usize)]) -> Vec<(Colour, usize)> {
    let mut counts: FxHashMap<Colour, usize> = FxHashMap::default();
    for (colour, length) in runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    counts
}

struct Palette {
    colours: Vec<Colour>,
    index: FxHashMap<Colour, usize>,
}

impl Palette {
    /// Colours that agree in the first `bits` of each part share an entry: the most frequent one of
    /// them, so that plain grounds stay exact.
    fn of(counts: &[(Colour, usize)], bits: u32) -> Self {
        let cell = |colour: Colour| {
            rgb(colour).iter().fold(0_u32, |cell, part| cell << bits | u32::from(*part) >> (8 - bits))
        };
        let mut palette = Self { colours: Vec::new(), index: FxHashMap::default() };
        let mut cells: FxHashMap<u32, usize> = FxHashMap::default();
        for (colour, _) in counts {
            let entry = *cells.entry(cell(*colour)).or_insert_with(|| {
                palette.colours.push(*colour);
                palette.colours.len() - 1
            });
            palette.index.insert(*colour, entry);
        }
        if bits == COARSEST {
            palette.thin_out();
        }
        palette
    }

    /// Keeps as many colours as a palette may have; the others become the nearest of these.
    fn thin_out(&mut self) {
        let (kept, gone) = self.colours.split_at(self.colours.len().min(MOST));
        let nearest: Vec<usize> = gone
            .iter()
            .map(|colour| (0..kept.len()).min_by_key(|entry| distance(kept[*entry], *colour)).unwrap_or(0))
            .collect();
        for entry in self.index.values_mut() {
            if let Some(place) = entry.checked_sub(kept.len()) {
                *entry = nearest[place];
            }
        }
        self.colours.truncate(MOST);
    }

    fn indices(&self, runs: &[(Colour, usize)]) -> Vec<u8> {
        let mut indices = Vec::with_capacity(runs.iter().map(|(_, length)| length).sum());
        for (colour, length) in runs {
            let index = self.index.get(colour).and_then(|entry| u8::try_from(*entry).ok()).unwrap_or(0);
            indices.resize(indices.len() + length, index);
        }
        indices
    }
}

fn distance(one: Colour, other: Colour) -> u32 {
    rgb(one).iter().zip(rgb(other)).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::{Color, Pixmap, PremultipliedColorU8};

    use super::encode;

    fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let info = reader.info();
        (info.width, info.height, info.palette.clone().unwrap().to_vec(), pixels)
    }

    #[test]
    fn flat_colours_stay_exact() {
        let mut picture = Pixmap::new(30, 20).unwrap();
        picture.fill(Color::from_rgba8(253, 252, 249, 255));
        picture.pixels_mut()[77] = PremultipliedColorU8::from_rgba(173, 31, 43, 255).unwrap();
        let (width, height, palette, pixels) = decoded(&encode(&picture, 1 << 20).unwrap());
        assert_eq!((width, height), (30, 20));
        let at = |pixel: usize| &palette[usize::from(pixels[pixel]) * 3..][..3];
        assert_eq!((at(0), at(77)), (&[253, 252, 249][..], &[173, 31, 43][..]));
    }

    #[test]
    fn many_colours_are_thinned_out() {
        let mut picture = Pixmap::new(256, 256).unwrap();
        for (at, pixel) in picture.pixels_mut().iter_mut().enumerate() {
            let (x, y) = ((at % 256) as u8, (at / 256) as u8);
            *pixel = PremultipliedColorU8::from_rgba(x, y, x ^ y, 255).unwrap();
        }
        let bytes = encode(&picture, 1 << 20).unwrap();
        let (_, _, palette, pixels) = decoded(&bytes);
        assert!(palette.len() <= 768);
        let far = pixels.iter().enumerate().filter(|(at, index)| {
            let red = i32::from(palette[usize::from(**index) * 3]);
            (red - i32::from((at % 256) as u8)).abs() > 96
        });
        assert_eq!(far.count(), 0);
        assert_eq!(bytes, encode(&picture, 1 << 20).unwrap());
    }
}
