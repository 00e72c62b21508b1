//! What the program does on real folders, as one test crate.

mod build;
mod cases;
mod demo;
mod desk;
mod walls;
