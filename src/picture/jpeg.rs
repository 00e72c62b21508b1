//! The segments of a JPEG file (ITU-T T.81, annex B).

/// A segment: its marker, and all of its bytes with the marker.
struct Segment<'b> {
    marker: u8,
    bytes: &'b [u8],
}

impl<'b> Segment<'b> {
    /// What stands after the marker and the length.
    fn content(&self) -> &'b [u8] {
        self.bytes.get(4..).unwrap_or_default()
    }
}

/// The segments from the start to the end of the image. What stands behind the end belongs to no
/// picture: cameras put videos, larger pictures and their metadata there.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // Between segments there may be filling, and in damaged files anything.
        while bytes.get(at).is_some_and(|byte| *byte != 0xff) || bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        let start = at;
        let stands_alone = matches!(marker, 0x01 | 0xd0..=0xd9);
        if stands_alone {
            at += 2;
        } else {
            let length = [*bytes.get(at + 2)?, *bytes.get(at + 3)?];
            at = (at + 2 + usize::from(u16::from_be_bytes(length)).max(2)).min(bytes.len());
        }
        if marker == 0xda {
            // The points follow the head of a scan without a length: they end at the next marker
            // that is none of theirs.
            let is_end = |at: &usize| bytes[*at] == 0xff && !matches!(bytes[*at + 1], 0 | 0xd0..=0xd7 | 0xff);
            at = (at..bytes.len().saturating_sub(1)).find(is_end).unwrap_or(bytes.len());
        }
        let segment = Segment { marker, bytes: &bytes[start..at] };
        if marker == 0xd9 {
            at = bytes.len();
        }
        Some(segment)
    })
}

/// The Exif of a picture.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    segments(bytes)
        .take_while(|segment| segment.marker != 0xda)
        .filter(|segment| segment.marker == 0xe1)
        .find_map(|segment| segment.content().strip_prefix(b"Exif\0\0"))
}

/// Whether a segment tells how the points are to be shown.
fn is_of_picture(segment: &Segment<'_>) -> bool {
    match segment.marker {
        0xe0 => segment.content().starts_with(b"JFIF\0"),
        0xe2 => segment.content().starts_with(b"ICC_PROFILE\0"),
        // Says in which colours the points are kept.
        0xee => segment.content().starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The picture without the segments that tell of something else; `exif` is put in instead.
pub(super) fn without_metadata(bytes: &[u8], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for segment in segments(bytes).filter(is_of_picture) {
        match segment.content() {
            // A small picture of what this one was before it was cut.
            [head @ .., _, _] if segment.marker == 0xe0 && head.len() == 12 => out.extend(segment.bytes),
            jfif if segment.marker == 0xe0 && jfif.len() > 14 => {
                out.extend([0xff, 0xe0, 0, 16]);
                out.extend(&jfif[..12]);
                out.extend([0, 0]);
            }
            _ => out.extend(segment.bytes),
        }
        if let Some(exif) = exif.filter(|_| segment.marker == 0xd8) {
            let length = u16::try_from(exif.len() + 8).unwrap_or(u16::MAX);
            out.extend([0xff, 0xe1]);
            out.extend(length.to_be_bytes());
            out.extend(b"Exif\0\0");
            out.extend(exif);
        }
    }
    out
}
