//! Bytes of unknown make to text.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text, and what was noticed: a byte order mark decides, then UTF-8 if the bytes are, then Windows-1252,
/// in which all bytes have a meaning and which old tables are saved in.
pub(super) fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        let lossy = text.contains('\u{fffd}').then_some("some bytes have no meaning in its encoding");
        return (text.into_owned(), lossy);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            (text.into_owned(), Some("not UTF-8, read as Windows-1252"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(text("\u{feff}é".as_bytes()), ("é".to_owned(), None));
        assert_eq!(text(b"\xff\xfea\0"), ("a".to_owned(), None));
        assert_eq!(text("“é”".as_bytes()).0, "“é”");
        let (read, said) = text(b"\x93caf\xe9\x94 \x80");
        assert_eq!((read.as_str(), said.is_some()), ("“café” €", true));
    }
}
