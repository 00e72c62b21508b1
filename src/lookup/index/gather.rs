//! From texts to what the index keeps of them.

use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use super::lexicon::Lexicon;
use super::names::{NONE, hash};
use crate::lookup::fold::Word;
use crate::lookup::tuning::{FIELDS, IMPACTS, NEGATIONS, SATURATION};
use crate::lookup::{Folder, Text};

/// What the index keeps of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Doc {
    /// Its words by their numbers, each once.
    pub(super) words: Box<[u32]>,
    /// Its stems by their numbers.
    pub(super) terms: Box<[Term]>,
    /// The claim is turned around by an odd number of negations.
    pub(super) negated: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) stem: u32,
    pub(super) impact: u8,
    pub(super) in_claim: bool,
    pub(super) in_title: bool,
    pub(super) is_number: bool,
}

/// A word as it stands in texts of one language.
#[derive(Debug)]
struct Surface {
    lang: u32,
    word: Word,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    stop: bool,
    negation: bool,
}

/// Distinct surfaces, numbered as they came.
#[derive(Debug, Default)]
struct Surfaces {
    all: Vec<Surface>,
    table: HashTable<u32>,
}

impl Surfaces {
    fn number(&mut self, lang: u32, word: Word, kind: impl FnOnce(&str) -> Kind) -> u32 {
        let same = |surface: &Surface| surface.lang == lang && surface.word == word;
        let all = &self.all;
        let place = self.table.entry(
            hash(&word.text),
            |id| same(&all[*id as usize]),
            |id| hash(&all[*id as usize].word.text),
        );
        match place {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let id = all.len() as u32;
                place.insert(id);
                let kind = kind(&word.key);
                self.all.push(Surface { lang, word, kind });
                id
            }
        }
    }
}

/// A text as numbers of surfaces with the fields they stand in.
struct Draft {
    words: Vec<(u32, u8)>,
    negated: bool,
}

/// So many texts are folded at a time.
const PART: usize = 512;

/// Takes in texts. The lexicon is changed, and copied where it is shared, only if there are new words.
pub(super) fn docs(folder: &Folder, lexicon: &mut Arc<Lexicon>, texts: &[Text<'_>]) -> Vec<Doc> {
    let mut langs: Vec<&str> = texts.iter().map(|text| text.lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let parts: Vec<(Surfaces, Vec<Draft>)> =
        texts.par_chunks(PART).map(|texts| fold(folder, &langs, texts)).collect();
    let mut surfaces = Surfaces::default();
    let mut drafts = Vec::with_capacity(parts.len());
    for (own, part) in parts {
        let own = own.all.into_iter();
        let numbers: Vec<u32> =
            own.map(|surface| surfaces.number(surface.lang, surface.word, |_| surface.kind)).collect();
        drafts.push((numbers, part));
    }
    let words = words(folder, &langs, lexicon, &surfaces.all);
    let lexicon = &**lexicon;
    let docs = drafts.into_par_iter().flat_map_iter(|(numbers, part)| {
        let words = &words;
        part.into_iter().map(move |draft| doc(&draft, |own| words[numbers[own as usize] as usize], lexicon))
    });
    docs.collect()
}

/// Folds some texts.
fn fold(folder: &Folder, langs: &[&str], texts: &[Text<'_>]) -> (Surfaces, Vec<Draft>) {
    let mut surfaces = Surfaces::default();
    let mut drafts = Vec::with_capacity(texts.len());
    for text in texts {
        let lang = langs.binary_search(&text.lang).unwrap_or_default() as u32;
        let mut draft = Draft { words: Vec::new(), negated: false };
        let mut take = |field: u8, text: &str| {
            for word in folder.words(text) {
                let kind = |key: &str| Kind { stop: folder.is_stop(key), negation: NEGATIONS.contains(&key) };
                let number = surfaces.number(lang, word, kind);
                let kind = surfaces.all[number as usize].kind;
                draft.negated ^= field == 0 && kind.negation;
                if !kind.stop {
                    draft.words.push((number, field));
                }
            }
        };
        for (field, text) in (0..).zip([text.claim, text.title, text.finding, text.claimant]) {
            take(field, text);
        }
        for topic in text.topics {
            take(4, topic);
        }
        drafts.push(draft);
    }
    (surfaces, drafts)
}

/// The words of surfaces by their numbers.
fn words(folder: &Folder, langs: &[&str], lexicon: &mut Arc<Lexicon>, surfaces: &[Surface]) -> Vec<u32> {
    let stems: Vec<Option<String>> = surfaces
        .par_iter()
        .map(|surface| {
            let lang = langs.get(surface.lang as usize).copied().unwrap_or_default();
            (!surface.kind.stop).then(|| folder.stem(&surface.word.text, lang))
        })
        .collect();
    let number = |(surface, stem): (&Surface, &Option<String>)| {
        let Some(stem) = stem else {
            return NONE;
        };
        match lexicon.get(&surface.word.key, stem) {
            Some(word) => word,
            None => Arc::make_mut(lexicon).add(&surface.word.key, stem),
        }
    };
    surfaces.iter().zip(&stems).map(number).collect()
}

/// What the index keeps of a text, from its words.
fn doc(draft: &Draft, word: impl Fn(u32) -> u32, lexicon: &Lexicon) -> Doc {
    let mut lengths = [0_u32; FIELDS.len()];
    let mut found: Vec<(u32, u8)> = Vec::with_capacity(draft.words.len());
    let mut words: Vec<u32> = Vec::with_capacity(draft.words.len());
    for (surface, field) in &draft.words {
        let word = word(*surface);
        if let Some(known) = lexicon.words.get(word as usize) {
            words.push(word);
            found.push((known.stem, *field));
            lengths[*field as usize] += 1;
        }
    }
    words.sort_unstable();
    words.dedup();
    found.sort_unstable();
    let terms = found.chunk_by(|a, b| a.0 == b.0).map(|same| term(same, &lengths, lexicon));
    Doc { words: words.into(), terms: terms.collect(), negated: draft.negated }
}

/// A stem of a text, from all the places it stands in.
#[expect(clippy::cast_sign_loss, reason = "no weight is negative")]
fn term(same: &[(u32, u8)], lengths: &[u32; FIELDS.len()], lexicon: &Lexicon) -> Term {
    let stem = same.first().map_or(NONE, |(stem, _)| *stem);
    let mut times = [0_u32; FIELDS.len()];
    for (_, field) in same {
        times[*field as usize] += 1;
    }
    let mut weight = 0.0;
    for ((field, times), length) in FIELDS.iter().zip(times).zip(lengths) {
        let length = 1.0 - field.length + field.length * f64::from(*length) / field.usual;
        weight += field.weight * f64::from(times) / length.max(0.1);
    }
    let impact = (f64::from(IMPACTS) * weight / (SATURATION + weight)).round();
    Term {
        stem,
        impact: (impact as u8).clamp(1, IMPACTS),
        in_claim: times[0] > 0,
        in_title: times[1] > 0,
        is_number: lexicon.stems.name(stem).starts_with(char::is_numeric),
    }
}
