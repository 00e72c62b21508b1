//! What may stand in front matter and in `site.yaml`, as one table: [`DOCUMENTS`]. Everything that describes the
//! keys is made of it: JSON Schema, what editors complete, the forms of a CMS, the reference.
//!
//! The readers in `content` and `config` decide; a test holds the table to their lists of keys.

mod cms;
mod editors;
mod facts;
mod json;
mod reference;
mod settings;
mod table;
mod texts;

pub use cms::cms;
pub use editors::editors;
pub use facts::{Choice, Facts};
pub use json::json;
pub use reference::reference;
pub use settings::SITE;
pub use table::{ARTICLE, PAGE, PERSON};
pub use texts::Texts;

/// A file that is made for a desk: its path from the desk's folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
    /// Whether it is wholly Meja's, so that it may be written again when the desk changes.
    pub renewed: bool,
}

/// A mapping with a fixed set of keys.
#[derive(Debug)]
pub struct Group {
    /// Its name; its texts stand under it.
    pub name: &'static str,
    /// Its keys, the most important first.
    pub keys: &'static [Key],
}

/// A key of a group.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What may stand behind it.
    pub shape: Shape,
    /// Whose rule it is, if not Meja's: a standard or a guideline.
    pub rule: &'static str,
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text of a few words.
    Line,
    /// A text of some sentences.
    Prose,
    /// Small letters, digits, hyphens.
    Id,
    /// An id of a claim.
    ClaimId,
    /// A day.
    Date,
    /// A day, or a day and time with offset.
    Moment,
    /// An absolute address.
    Url,
    /// A path of the site.
    Path,
    /// A path of the site, or an absolute address.
    Link,
    /// A file beside the text.
    File,
    /// A file below `static/`.
    Static,
    /// An address for mail.
    Email,
    /// A telephone number with country code.
    Phone,
    /// `#rrggbb`.
    Colour,
    /// 64 hexadecimal digits.
    Sha256,
    /// `true` or `false`.
    Flag,
    /// A whole number between two.
    Number(i64, i64),
    /// A language code.
    Language,
    /// A name of the IANA time zone database.
    Zone,
    /// A topic.
    Topic,
    /// A name, or the id of a person.
    Name,
    /// A verdict of the desk.
    Verdict,
    /// A kind of misinformation of the desk.
    Kind,
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// As [`Shape::Word`], where YAML reads two of the words as `true` and `false`.
    Tone(fn() -> Vec<&'static str>),
    /// A text, or one for each language.
    Localised,
    /// A mapping.
    Group(&'static Group),
    /// A list with at least so many items.
    List(&'static Shape, usize),
    /// One of several.
    Either(&'static [Shape]),
    /// Rules of `check`, and something for each.
    Rules(&'static Shape),
    /// Topics with their labels.
    Labels,
}

/// The four documents, by the name under which `meja schema` knows them.
pub const DOCUMENTS: [(&str, &Group); 4] =
    [("article", &ARTICLE), ("page", &PAGE), ("person", &PERSON), ("site", &SITE)];

impl Shape {
    /// The groups that it leads to, itself only.
    fn groups(&self) -> Vec<&'static Group> {
        match self {
            Shape::Group(group) => vec![*group],
            Shape::List(inner, _) | Shape::Rules(inner) => inner.groups(),
            Shape::Either(shapes) => shapes.iter().flat_map(Shape::groups).collect(),
            _ => Vec::new(),
        }
    }
}

impl Group {
    /// This group and all below it, each once, in reading order.
    pub fn all(&'static self) -> Vec<&'static Group> {
        let mut found: Vec<&'static Group> = vec![self];
        let mut next = 0;
        while let Some(group) = found.get(next).copied() {
            for below in group.keys.iter().flat_map(|key| key.shape.groups()) {
                if !found.iter().any(|known| known.name == below.name) {
                    found.push(below);
                }
            }
            next += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests;
