//! The one thing that is read of Exif: how the picture is turned. (CIPA DC-008, section 4.6: a TIFF
//! header, then a directory of entries of twelve bytes.)

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// How the picture is turned, 1 to 8.
pub(super) fn orientation(exif: &[u8]) -> Option<u8> {
    let is_little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = <[u8; 2]>::try_from(exif.get(at..at.checked_add(2)?)?).ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let high_and_low = |at: usize| {
        let (one, other) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if is_little { other << 16 | one } else { one << 16 | other })
    };
    let directory = high_and_low(4)?;
    let count = usize::from(short(directory)?);
    let entries = (0..count).map(|number| directory + 2 + 12 * number);
    let entry = entries.take_while(|at| at + 12 <= exif.len()).find(|at| short(*at) == Some(ORIENTATION))?;
    let value = u8::try_from(short(entry + 8)?).ok()?;
    (1..=8).contains(&value).then_some(value)
}

/// Exif that says how the picture is turned, and nothing else.
pub(super) fn only_orientation(value: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    exif.extend(ORIENTATION.to_be_bytes());
    // One short number; it stands in the first half of the four bytes for it.
    exif.extend([0, 3, 0, 0, 0, 1, 0, value, 0, 0]);
    exif.extend([0; 4]);
    exif
}

#[cfg(test)]
mod tests {
    use super::{only_orientation, orientation};

    #[test]
    fn what_is_written_is_read() {
        for value in 1..=8 {
            assert_eq!(orientation(&only_orientation(value)), Some(value));
        }
        assert_eq!(orientation(&only_orientation(9)), None);
        let little = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(orientation(little), Some(6));
    }

    #[test]
    fn what_is_cut_off_says_nothing() {
        let whole = only_orientation(6);
        for end in 0..whole.len() - 4 {
            assert_eq!(orientation(&whole[..end]), None, "{end}");
        }
        assert_eq!(orientation(b"MM\0\x2a\xff\xff\xff\xff\0\0"), None);
    }
}
