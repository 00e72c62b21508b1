//! Pictures: their addresses in every size, and what is written across those under check.

use tera::Value;

use super::value::Object;
use super::{How, Made, Pages};
use crate::config::Tone;
use crate::content::Picture;
use crate::digest::sha256;
use crate::draw::Ink;
use crate::draw::stamp::{DESIGN, SMALL, Stamp, stamped_size};
use crate::locale::fill;
use crate::picture::Scaled;
use crate::site::{ClaimRef, Copy, Encoding, Recipe, address};

/// Grows whenever copies are made in another way, so that those made before are made again.
const COPYING: u32 = 1;

/// Another version of the program may draw with other versions of its libraries.
const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Pages {
    /// A picture as templates see it.
    pub(super) fn picture(&self, picture: &Picture) -> Value {
        let size = picture.size.as_ref();
        Object::new()
            .set("href", self.href(&address::file(&picture.path)))
            .set("alt", picture.alt.as_str())
            .set("width", size.map(|size| size.width))
            .set("height", size.map(|size| size.height))
            .set("srcset", self.srcset(picture))
            .into()
    }

    /// The copies of a picture, as the attribute `srcset` lists them.
    pub(super) fn srcset(&self, picture: &Picture) -> Option<String> {
        let widths = picture.size.as_ref().map(crate::content::Size::widths).unwrap_or_default();
        let copies: Vec<String> = widths
            .into_iter()
            .map(|width| format!("{} {width}w", self.href(&address::copy(&picture.path, width))))
            .collect();
        (!copies.is_empty()).then(|| copies.join(", "))
    }

    /// The marked copy of what circulated, as templates see it. `shows` says what it shows.
    pub(super) fn circulated(&self, at: ClaimRef, shows: Option<&str>) -> Value {
        let Some((_, size)) = self.site.circulated_picture(at) else {
            return Value::none();
        };
        let lang = self.site.article_of(at).lang;
        let (words, label) = (self.words(lang), self.verdict_label(at));
        let alt = fill(words.text("media_circulated_alt"), &[("verdict", label)]);
        let alt = shows.map_or_else(|| alt.clone(), |shows| format!("{alt}. {shows}"));
        let size = stamped_size(scaled(size));
        let href = |encoding| {
            self.href(&address::circulated(&self.site.config, lang, &self.site.claim(at).id, encoding))
        };
        let mut srcset = format!("{} {}w", href(Encoding::WebP), size.width);
        if size.width > SMALL {
            srcset = format!("{} {SMALL}w, {srcset}", href(Encoding::Small));
        }
        Object::new()
            .set("href", href(Encoding::Jpeg))
            .set("srcset", srcset)
            .set("alt", alt)
            .set("width", u64::from(size.width))
            .set("height", u64::from(size.height))
            .into()
    }

    fn verdict_label(&self, at: ClaimRef) -> &str {
        let lang = self.site.article_of(at).lang;
        self.verdict(self.site.claim(at).verdict).map_or("", |verdict| verdict.label.get(lang))
    }

    /// What is written across what circulated.
    fn stamp(&self, at: ClaimRef) -> Stamp {
        let lang = self.site.article_of(at).lang;
        let tone = self.verdict(self.site.claim(at).verdict).map_or(Tone::Neutral, |verdict| verdict.tone);
        let style = self.look().tone(tone);
        Stamp {
            label: self.verdict_label(at).to_owned(),
            desk: self.site.config.publisher.name.clone(),
            language: self.words(lang).code.clone(),
            ground: style.map_or(Ink([0; 3]), |style| style.ground),
            on: style.map_or(Ink([255; 3]), |style| style.on),
        }
    }

    /// The marked copy of what circulated.
    pub(super) fn marked(&self, at: ClaimRef, encoding: Encoding) -> Made<'_> {
        let Some((path, _)) = self.site.circulated_picture(at) else {
            return Made::Bytes(std::borrow::Cow::Borrowed(b""));
        };
        Made::File { name: path, how: How::Marked { stamp: self.stamp(at), encoding } }
    }

    /// What a picture is made of, in one word: as long as it stays the same, so does the picture.
    pub(super) fn picture_key(&self, recipe: &Recipe) -> Option<String> {
        let parts = match recipe {
            Recipe::Copy(Copy { width, sha256, .. }) => format!("copy {VERSION} {COPYING} {sha256} {width}"),
            Recipe::Circulated(at, encoding) => {
                let (_, size) = self.site.circulated_picture(*at)?;
                let (name, look, stamp) = (encoding.name(), &self.look().digest, self.stamp(*at));
                format!("marked {VERSION} {DESIGN} {name} {} {look} {stamp:?}", size.sha256)
            }
            _ => return None,
        };
        Some(sha256(parts.as_bytes()))
    }
}

fn scaled(size: &crate::content::Size) -> Scaled {
    let points = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Scaled { width: points(size.width), height: points(size.height) }
}
