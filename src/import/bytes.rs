//! Bytes of unknown make to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are looked at to tell what the rest is.
const SAMPLE: usize = 4096;

/// The text, and what was noticed: a byte order mark decides, then zeros where UTF-16 has them, then UTF-8 if the
/// bytes are, then what the file says of itself, then Windows-1252, in which all bytes have a meaning and which old
/// tables are saved in.
pub(super) fn text(bytes: &[u8]) -> (String, Option<String>) {
    let decoded = |encoding: &'static Encoding, bytes: &[u8], said: Option<String>| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let lossy =
            || text.contains('\u{fffd}').then(|| "some bytes have no meaning in its encoding".to_owned());
        let said = said.or_else(lossy);
        (without_zeros(text), said)
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        // A mark of UTF-8 before bytes that are none was put there by a program that did not look.
        if encoding != UTF_8 || std::str::from_utf8(&bytes[length..]).is_ok() {
            return decoded(encoding, &bytes[length..], None);
        }
        return mixed(&bytes[length..]);
    }
    if let Some(encoding) = wide(bytes) {
        let said = format!("read as {}, as every second byte is zero", encoding.name());
        return decoded(encoding, bytes, Some(said));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (without_zeros(Cow::Borrowed(text)), None);
    }
    match declared(bytes) {
        Some(encoding) => decoded(encoding, bytes, Some(format!("read as {}, as it says", encoding.name()))),
        None => mixed(bytes),
    }
}

/// What a file is that has no text, or is no table although it is called one.
pub(super) fn packed(bytes: &[u8], as_table: bool) -> Option<&'static str> {
    const SPREADSHEET: &str = "not readable: a spreadsheet; open it, save it as CSV (UTF-8) and import that";
    const PACKED: &str = "not readable: a packed file; unpack it first";
    let begins = |mark: &[u8]| bytes.starts_with(mark);
    if begins(b"PK\x03\x04") {
        return Some(if as_table { SPREADSHEET } else { PACKED });
    }
    if begins(b"\x1f\x8b") || begins(b"7z\xbc\xaf\x27\x1c") || begins(b"Rar!") {
        return Some(PACKED);
    }
    if begins(b"%PDF-") {
        return Some("not readable: a PDF");
    }
    // Old spreadsheets, and pages or XML that are called `.xls`.
    let head = bytes.iter().take(SAMPLE).map(|byte| char::from(*byte).to_ascii_lowercase());
    let head: String = head.skip_while(|c| c.is_whitespace() || "\u{ef}\u{bb}\u{bf}".contains(*c)).collect();
    let is_page =
        ["<html", "<!doctype", "<table", "<?xml", "<meta"].iter().any(|mark| head.starts_with(mark));
    (as_table && (begins(b"\xd0\xcf\x11\xe0") || is_page)).then_some(SPREADSHEET)
}

/// Stretches of UTF-8 as such, all other bytes as Windows-1252: files that were put together have both.
fn mixed(bytes: &[u8]) -> (String, Option<String>) {
    let mut text = String::with_capacity(bytes.len());
    let mut is_mixed = false;
    for chunk in bytes.utf8_chunks() {
        is_mixed |= !chunk.valid().is_ascii();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    let said = if is_mixed {
        "UTF-8 with bytes that are none; they were read as Windows-1252"
    } else {
        "not UTF-8, read as Windows-1252"
    };
    (without_zeros(Cow::Owned(text)), Some(said.to_owned()))
}

/// UTF-16 without its mark: of texts of the West, every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    if pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 2 > pairs && even * 8 < pairs => Some(UTF_16LE),
        (even, odd) if even * 2 > pairs && odd * 8 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// What a page or an export says it is written in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(SAMPLE).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let found = ["charset=", "encoding="].iter().find_map(|mark| head.split_once(mark))?.1;
    let label: String = found
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

/// Zeros are no part of any text, and end it for some programs.
fn without_zeros(text: Cow<'_, str>) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::{packed, text};

    #[test]
    fn what_is_no_text_is_known() {
        for bytes in [&b"PK\x03\x04\x14"[..], b"\xd0\xcf\x11\xe0\xa1", b"\xef\xbb\xbf <html><table>"] {
            assert!(packed(bytes, true).is_some_and(|reason| reason.contains("CSV")));
        }
        assert!(packed(b"\x1f\x8b\x08", false).is_some() && packed(b"%PDF-1.4", true).is_some());
        assert_eq!((packed(b"Klaim,Judul", true), packed(b"<html>", false)), (None, None));
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(text("\u{feff}é".as_bytes()), ("é".to_owned(), None));
        assert_eq!(text(b"\xff\xfea\0"), ("a".to_owned(), None));
        assert_eq!(text(b"\xfe\xff\0a"), ("a".to_owned(), None));
        assert_eq!(text("“é”".as_bytes()).0, "“é”");
        let (read, said) = text(b"\x93caf\xe9\x94 \x80");
        assert_eq!((read.as_str(), said.is_some()), ("“café” €", true));
    }

    #[test]
    fn wide_letters_need_no_mark() {
        let words = "{\"klaim\": \"Kafé\u{2019} dan 5 + 5\"}";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((text(&little).0.as_str(), text(&big).0.as_str()), (words, words));
    }

    #[test]
    fn what_was_put_together_keeps_both_parts() {
        let mut bytes = "Kafé “satu” ".as_bytes().to_vec();
        bytes.extend(b"caf\xe9 \x93dua\x94\0");
        assert_eq!(text(&bytes).0, "Kafé “satu” café “dua”");
        assert_eq!(text(b"\xef\xbb\xbfcaf\xe9").0, "café");
    }

    #[test]
    fn pages_say_what_they_are_written_in() {
        assert_eq!(
            text(b"<meta charset='windows-1251'>\xc4\xe0").0,
            "<meta charset='windows-1251'>\u{414}\u{430}"
        );
        assert_eq!(text(b"<?xml version='1.0' encoding=\"ISO-8859-1\"?>\xe9").0.chars().last(), Some('é'));
    }
}
