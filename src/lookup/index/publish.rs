//! The index as files for browsers.

use rayon::prelude::*;
use serde_json::json;

use super::Index;
use super::names::Names;
use crate::lookup::tuning::rank;
use crate::lookup::{Published, Shards};

impl Index {
    /// The index as files.
    pub fn publish(&self) -> Published {
        let shards = Shards::of(self.len());
        Published {
            rules: json!({"fold": self.folder.rules(), "rank": rank()}).to_string(),
            words: self.publish_words(shards.words),
            stems: self.publish_stems(shards.stems),
            grams: self.publish_grams(shards.grams),
        }
    }

    /// Forms by their stems, cut by the hashes of the forms. A stem is not named among its forms.
    fn publish_words(&self, shards: usize) -> Vec<String> {
        let (forms, stems) = (&self.lexicon.forms, &self.lexicon.stems);
        let mut cut: Vec<Vec<(&str, &str, usize)>> = vec![Vec::new(); shards];
        for (id, word) in (0..).zip(&self.lexicon.words) {
            if self.is_live(id) {
                let form = forms.name(word.form);
                let shown = if word.own { "" } else { form };
                cut[shard(form, shards)].push((stems.name(word.stem), shown, self.having(word.stem).len()));
            }
        }
        let file = |mut words: Vec<(&str, &str, usize)>| {
            words.sort_unstable();
            let entries = words.chunk_by(|a, b| a.0 == b.0).map(|same| {
                let forms: Vec<&str> =
                    same.iter().map(|word| word.1).filter(|form| !form.is_empty()).collect();
                let having = same[0].2;
                let value = if forms.is_empty() {
                    format!("[{having}]")
                } else {
                    format!("[{having},{}]", text(&forms.join(" ")))
                };
                (same[0].0, value)
            });
            object(entries)
        };
        cut.into_par_iter().map(file).collect()
    }

    /// Claims by stems.
    fn publish_stems(&self, shards: usize) -> Vec<String> {
        let live = (0..self.lexicon.stems.len() as u32).filter(|stem| !self.having(*stem).is_empty());
        let cut = cut(&self.lexicon.stems, live, shards);
        let file = |stems: Vec<u32>| {
            object(stems.into_iter().map(|stem| {
                let mut having: Vec<(usize, u8)> = self
                    .having(stem)
                    .iter()
                    .map(|posting| (self.position(posting.slot), posting.impact))
                    .collect();
                having.sort_unstable();
                (self.lexicon.stems.name(stem), text(&postings(&having)))
            }))
        };
        cut.into_par_iter().map(file).collect()
    }

    /// Forms by what they are put together by.
    fn publish_grams(&self, shards: usize) -> Vec<String> {
        let cut = cut(&self.lexicon.grams, 0..self.lexicon.grams.len() as u32, shards);
        let file = |grams: Vec<u32>| {
            let entries = grams.into_iter().filter_map(|gram| {
                let forms = self.frequent(self.lexicon.members(gram).collect(), usize::MAX);
                let forms: Vec<&str> = forms.into_iter().map(|form| self.lexicon.forms.name(form)).collect();
                (!forms.is_empty()).then(|| (self.lexicon.grams.name(gram), text(&forms.join(" "))))
            });
            object(entries)
        };
        cut.into_par_iter().map(file).collect()
    }
}

/// Names, given by their numbers, cut by their hashes, each part by the alphabet.
fn cut(names: &Names, ids: impl Iterator<Item = u32>, shards: usize) -> Vec<Vec<u32>> {
    let mut cut = vec![Vec::new(); shards];
    for id in ids {
        cut[shard(names.name(id), shards)].push(id);
    }
    cut.par_iter_mut().for_each(|part| part.sort_unstable_by_key(|id| names.name(*id)));
    cut
}

/// In which of the files a key is: FNV-1a of its UTF-16 units.
fn shard(key: &str, shards: usize) -> usize {
    let hash = key
        .encode_utf16()
        .fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    hash as usize % shards.max(1)
}

/// Positions with impacts: a letter for the impact, then how far the position is from the last one, if
/// it does not follow it.
fn postings(having: &[(usize, u8)]) -> String {
    let mut out = String::with_capacity(having.len() * 3);
    let mut next = 0;
    for (position, impact) in having {
        let letter = if *impact <= 26 { b'A' + impact - 1 } else { b'a' + impact - 27 };
        out.push(char::from(letter));
        let beyond = position - next + 1;
        if beyond > 1 {
            out.push_str(&beyond.to_string());
        }
        next = position + 1;
    }
    out
}

/// A JSON object of values that are JSON.
fn object<'k>(entries: impl Iterator<Item = (&'k str, String)>) -> String {
    let mut out = String::from("{");
    for (key, value) in entries {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&text(key));
        out.push(':');
        out.push_str(&value);
    }
    out.push('}');
    out
}

/// A JSON text.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
