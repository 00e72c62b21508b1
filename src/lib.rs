//! Meja: a static site generator for fact-check desks.
//!
//! The modules stand in reading order; each imports only from those above it
//! (`tests/walls.rs` holds that).

pub mod source;
pub mod diagnostic;
pub mod output;
pub mod report;
