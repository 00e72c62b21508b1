//! Meja: a static site generator for fact-check desks.
//!
//! The modules stand in reading order; each imports only from those above it
//! (`tests/walls.rs` holds that).

pub mod config;
pub mod content;
pub mod diagnostic;
pub mod html;
pub mod slug;
pub mod source;
pub mod yaml;
