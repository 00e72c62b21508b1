//! Digests: SHA-256 (FIPS 180-4) for what readers can check, and a quick one for what only Meja compares with
//! itself. The one file that knows the libraries.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use sha2::{Digest, Sha256};
use twox_hash::XxHash3_128;

/// The SHA-256 of `bytes`: 64 small hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The length in bytes and the SHA-256 of all that `from` gives.
///
/// # Errors
/// If reading fails.
pub fn sha256_of(mut from: impl Read) -> io::Result<(u64, String)> {
    let mut hasher = Sha256::new();
    let length = io::copy(&mut from, &mut hasher)?;
    Ok((length, hex(&hasher.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    write_hex(bytes, &mut out);
    out
}

fn write_hex(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// A fingerprint of 128 bits (XXH3): tells what changed since the last build. It is quick, and no proof
/// against anybody who wants two texts to have the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print(u128);

impl Print {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes))
    }

    /// Writes it as it is displayed: 32 small hexadecimal digits.
    pub fn write(self, out: &mut String) {
        write_hex(&self.0.to_be_bytes(), out);
    }

    /// Its bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

impl fmt::Display for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0.to_be_bytes()))
    }
}

impl FromStr for Print {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Print, sha256, sha256_of};

    #[test]
    fn agrees_with_the_standards_example() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(sha256_of(&b"abc"[..]).unwrap(), (3, abc.to_owned()));
    }

    #[test]
    fn a_fingerprint_is_written_and_read() {
        let print = Print::of(b"abc");
        assert_ne!(print, Print::of(b"abd"));
        assert_eq!(print.to_string().len(), 32);
        assert_eq!(print.to_string().parse(), Ok(print));
        let mut written = String::new();
        print.write(&mut written);
        assert_eq!(written, print.to_string());
    }
}
