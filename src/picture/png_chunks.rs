//! The chunks of a PNG file (W3C PNG, section 5).

/// What every file begins with.
const SIGNATURE: usize = 8;

/// The chunks that tell how the points are to be shown, or when, in a picture that moves.
const OF_PICTURE: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk: its name, what is in it, and all of its bytes.
struct Chunk<'b> {
    name: &'b [u8],
    content: &'b [u8],
    bytes: &'b [u8],
}

/// The chunks up to the end of the image; one that is cut off is none.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = <[u8; 4]>::try_from(rest.get(..4)?).ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let whole = rest.get(..length.checked_add(12)?)?;
        let (name, content) = whole[4..whole.len() - 4].split_at(4);
        rest = if name == b"IEND" { &[] } else { &rest[whole.len()..] };
        Some(Chunk { name, content, bytes: whole })
    })
}

/// The chunks before the points.
fn head(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(bytes).take_while(|chunk| chunk.name != b"IDAT")
}

/// The Exif of a picture, where it stands before the points.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    head(bytes).find(|chunk| chunk.name == b"eXIf").map(|chunk| chunk.content)
}

/// Whether there are several pictures in the file, to be shown one after the other.
pub(super) fn moves(bytes: &[u8]) -> bool {
    head(bytes).any(|chunk| chunk.name == b"acTL")
}

/// The picture without the chunks that tell of something else; `exif` is put in instead.
pub(super) fn without_metadata(bytes: &[u8], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(bytes.get(..SIGNATURE).unwrap_or_default());
    for chunk in chunks(bytes).filter(|chunk| OF_PICTURE.iter().any(|name| name.as_slice() == chunk.name)) {
        out.extend(chunk.bytes);
        if let Some(exif) = exif.filter(|_| chunk.name == b"IHDR") {
            let named = [b"eXIf", exif].concat();
            out.extend(u32::try_from(exif.len()).unwrap_or_default().to_be_bytes());
            out.extend(&named);
            out.extend(crc(&named).to_be_bytes());
        }
    }
    out
}

/// The check sum of a chunk's name and content (section 5.5 and annex D).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::crc;

    #[test]
    fn the_check_sum_of_an_end() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }
}
