//! JSON-LD, feeds and saved pages, to the files that would be written, to what the desk says of them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meja::import::Format;

fuzz_target!(|data: &[u8]| meja_fuzz::archive::holds(Format::ClaimReview, data));
