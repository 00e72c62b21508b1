//! Meja: a static site generator for fact-check desks.
//!
//! The modules stand in reading order; each imports only from those above it
//! (`tests/suite/walls.rs` holds that).

pub mod source;

pub mod slug;

pub mod html;

pub mod digest;

pub mod picture;

pub mod diagnostic;

pub mod locale;

pub mod yaml;

pub mod config;

pub mod content;

pub mod schema;

pub mod git;

pub mod revision;

pub mod lookup;

pub mod site;

pub mod links;

pub mod check;

pub mod import;

pub mod theme;

pub mod draw;

pub mod page;

pub mod render;

pub mod output;

pub mod publish;

pub mod pipeline;

pub mod report;

pub mod starter;

pub mod serve;
