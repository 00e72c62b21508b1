//! Writes a picture as a PNG with a palette: cards have few colours, and the steps between them that
//! smooth the edges of letters need not be exact.

use resvg::tiny_skia::Pixmap;
use rustc_hash::FxHashMap;

/// The most colours a palette has (<https://www.w3.org/TR/png-3/#11PLTE>).
const MOST: usize = 256;

/// A picture without transparency as PNG. The same picture gives the same bytes.
///
/// # Errors
/// If it is too large for memory.
pub fn encode(picture: &Pixmap) -> Result<Vec<u8>, String> {
    let counts = colours(picture);
    let palette = Palette::of(&counts);
    let indices = palette.indices(picture);
    let mut bytes = Vec::with_capacity(48 * 1024);
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.colours.iter().flat_map(|colour| rgb(*colour)).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(&indices).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A colour as `0x00rrggbb`.
type Colour = u32;

fn rgb(colour: Colour) -> [u8; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

/// The pixels as runs of one colour.
fn runs(picture: &Pixmap) -> impl Iterator<Item = (Colour, usize)> + '_ {
    let mut pixels =
        picture.data().chunks_exact(4).map(|p| u32::from_be_bytes([0, p[0], p[1], p[2]])).peekable();
    std::iter::from_fn(move || {
        let colour = pixels.next()?;
        let mut length = 1;
        while pixels.next_if_eq(&colour).is_some() {
            length += 1;
        }
        Some((colour, length))
    })
}

/// Every colour and how often it is there, the most frequent first.
fn colours(picture: &Pixmap) -> Vec<(Colour, usize)> {
    let mut counts: FxHashMap<Colour, usize> = FxHashMap::default();
    for (colour, length) in runs(picture) {
        *counts.entry(colour).or_default() += length;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    counts
}

struct Palette {
    colours: Vec<Colour>,
    index: FxHashMap<Colour, u8>,
}

impl Palette {
    /// Colours that are near each other share an entry: the most frequent one of them. How near is
    /// near depends on how many there are.
    fn of(counts: &[(Colour, usize)]) -> Self {
        let cell = |colour: Colour, bits: u32| {
            rgb(colour).iter().fold(0_u32, |cell, part| cell << bits | u32::from(*part) >> (8 - bits))
        };
        let mut colours = Vec::new();
        let mut cells: FxHashMap<u32, u8> = FxHashMap::default();
        let mut bits = 4;
        for tried in [5, 4] {
            bits = tried;
            colours.clear();
            cells.clear();
            for (colour, _) in counts {
                if let std::collections::hash_map::Entry::Vacant(entry) = cells.entry(cell(*colour, bits)) {
                    entry.insert(u8::try_from(colours.len()).unwrap_or(u8::MAX));
                    colours.push(*colour);
                }
            }
            if colours.len() <= MOST {
                break;
            }
        }
        colours.truncate(MOST);
        let nearest = |colour: Colour| {
            let distance = |other: &Colour| {
                rgb(colour)
                    .iter()
                    .zip(rgb(*other))
                    .map(|(a, b)| i32::from(*a) - i32::from(b))
                    .map(|d| d * d)
                    .sum::<i32>()
            };
            (0..colours.len()).min_by_key(|entry| distance(&colours[*entry])).unwrap_or(0)
        };
        let index = counts
            .iter()
            .map(|(colour, _)| {
                let entry = cells.get(&cell(*colour, bits)).map_or(usize::MAX, |entry| usize::from(*entry));
                let is_own =
                    colours.get(entry).is_some_and(|other| cell(*other, bits) == cell(*colour, bits));
                let entry = if is_own { entry } else { nearest(*colour) };
                (*colour, u8::try_from(entry).unwrap_or(u8::MAX))
            })
            .collect();
        Self { colours, index }
    }

    fn indices(&self, picture: &Pixmap) -> Vec<u8> {
        let mut indices = Vec::with_capacity(picture.pixels().len());
        for (colour, length) in runs(picture) {
            let index = self.index.get(&colour).copied().unwrap_or(0);
            indices.resize(indices.len() + length, index);
        }
        indices
    }
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
        let (width, height, palette, pixels) = decoded(&encode(&picture).unwrap());
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
        let bytes = encode(&picture).unwrap();
        let (_, _, palette, pixels) = decoded(&bytes);
        assert_eq!(palette.len(), 768);
        let far = pixels.iter().enumerate().filter(|(at, index)| {
            let red = i32::from(palette[usize::from(**index) * 3]);
            (red - (at % 256) as i32).abs() > 64
        });
        assert_eq!(far.count(), 0);
        assert_eq!(bytes, encode(&picture).unwrap());
    }
}
