//! What a desk begins with: the site of `meja init`, and the files of `meja new`. Texts only; nothing here
//! touches the disk.

mod claim;
mod desk;
mod document;
mod scaffold;
mod words;

pub use claim::{NewClaim, NewSource, Refused, append};
pub use desk::{Edition, LANGUAGES, RATINGS, StarterFile, desk};
pub use document::{NewArticle, NewPage, NewPerson, free};
pub use scaffold::without_scaffold;
