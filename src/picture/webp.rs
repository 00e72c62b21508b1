//! The chunks of a WebP file (RFC 9649, section 2).

/// The flags of an extended file that say what else is in it.
const HAS_PROFILE: u8 = 0b0010_0000;
const HAS_ALPHA: u8 = 0b0001_0000;
const HAS_EXIF: u8 = 0b0000_1000;
const HAS_XMP: u8 = 0b0000_0100;
const MOVES: u8 = 0b0000_0010;

/// The chunks that tell how the points are to be shown, or when, in a picture that moves.
const OF_PICTURE: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];

/// A chunk: its name and what is in it.
struct Chunk<'b> {
    name: &'b [u8],
    content: &'b [u8],
}

/// The chunks of a file; one that is cut off is none.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, length) = (rest.get(..4)?, <[u8; 4]>::try_from(rest.get(4..8)?).ok()?);
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        let content = rest.get(8..length.checked_add(8)?)?;
        // Chunks begin at even places.
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some(Chunk { name, content })
    })
}

/// The Exif of a picture. Some programs put the beginning that JPEG has before it.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let chunk = chunks(bytes).find(|chunk| chunk.name == b"EXIF")?;
    Some(chunk.content.strip_prefix(b"Exif\0\0").unwrap_or(chunk.content))
}

/// Whether there are several pictures in the file, to be shown one after the other.
pub(super) fn moves(bytes: &[u8]) -> bool {
    chunks(bytes)
        .any(|chunk| chunk.name == b"VP8X" && chunk.content.first().is_some_and(|flags| flags & MOVES != 0))
}

/// The picture without the chunks that tell of something else; `exif` is put in instead.
pub(super) fn without_metadata(bytes: &[u8], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(bytes.get(..12).unwrap_or_default());
    for chunk in chunks(bytes).filter(|chunk| OF_PICTURE.iter().any(|name| name.as_slice() == chunk.name)) {
        let mut content = chunk.content.to_vec();
        if let Some(flags) = content.first_mut().filter(|_| chunk.name == b"VP8X") {
            *flags &= !(HAS_EXIF | HAS_XMP);
            *flags |= if exif.is_some() { HAS_EXIF } else { 0 };
        }
        write(chunk.name, &content, &mut out);
    }
    if let Some(exif) = exif {
        write(b"EXIF", exif, &mut out);
    }
    state_size(&mut out);
    out
}

/// A picture of this size, with the profile that says which colours its points mean.
pub(super) fn with_profile(bytes: &[u8], width: u32, height: u32, profile: &[u8]) -> Vec<u8> {
    // The head that stands in an extended file already has the alpha flag; a plain one is lossless
    // and may have alpha, or lossy and has none.
    let flags = chunks(bytes).map(|chunk| match (chunk.name, chunk.content.first()) {
        (b"VP8X", Some(flags)) => *flags,
        (b"VP8L", _) => HAS_ALPHA,
        _ => 0,
    });
    let flags = flags.fold(HAS_PROFILE, |all, more| all | more);
    let mut head = vec![flags, 0, 0, 0];
    head.extend(&width.saturating_sub(1).to_le_bytes()[..3]);
    head.extend(&height.saturating_sub(1).to_le_bytes()[..3]);
    let mut out = bytes.get(..12).unwrap_or_default().to_vec();
    write(b"VP8X", &head, &mut out);
    write(b"ICCP", profile, &mut out);
    for chunk in chunks(bytes).filter(|chunk| chunk.name != b"VP8X") {
        write(chunk.name, chunk.content, &mut out);
    }
    state_size(&mut out);
    out
}

/// Writes how long the file is into its head.
fn state_size(file: &mut [u8]) {
    let size = u32::try_from(file.len().saturating_sub(8)).unwrap_or(u32::MAX);
    if let Some(place) = file.get_mut(4..8) {
        place.copy_from_slice(&size.to_le_bytes());
    }
}

fn write(name: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend(name);
    out.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}
