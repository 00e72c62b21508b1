//! Labels of others and verdicts of this desk: `ratings-map.yaml`, which an import proposes and takes back.

use std::collections::{BTreeMap, BTreeSet};

use super::guess::{folded, guess, namesake};
use super::record::Rating;
use super::tags::{Piece, pieces};
use crate::config::{Scale, Tone, Verdict};
use crate::source::Source;
use crate::yaml::{Node, Yaml, parse, scalar};

/// The file's name.
pub const FILE: &str = "ratings-map.yaml";

/// The longest label; what is longer is a paragraph.
const LONGEST: usize = 60;

/// What the desk made of labels.
#[derive(Debug, Default)]
pub struct Map {
    /// The verdict of each folded label; nothing while an editor has not said.
    decided: BTreeMap<String, Option<String>>,
}

impl Map {
    /// Reads the file, and names what in it is not taken.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(text: &str, scale: &Scale) -> Result<(Self, Vec<String>), String> {
        let node =
            parse(&Yaml::whole(&Source::new(FILE, text))).map_err(|diagnostic| diagnostic.message.clone())?;
        let mut map = Self::default();
        let mut remarks = Vec::new();
        let items = match node {
            Node::List(items) => items,
            Node::Map(entries) if entries.is_empty() => Vec::new(),
            _ => return Err("it is a list of `label` and `verdict`".to_owned()),
        };
        for item in items {
            let Node::Map(entries) = item else {
                return Err("each entry has a `label` and a `verdict`".to_owned());
            };
            let get = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, value)| value);
            let word = |key: &str| match get(key) {
                Some(Node::Text(text)) => Some(text.clone()),
                Some(Node::Bool(truth)) => Some(truth.to_string()),
                Some(Node::Int(number)) => Some(number.to_string()),
                Some(Node::Float(number)) => Some(number.to_string()),
                _ => None,
            };
            let Some(label) = word("label") else {
                return Err("each entry has a `label`".to_owned());
            };
            // Whatever stands there but `false`: a guess that was not decided on publishes nothing.
            let is_guess = !matches!(get("guess"), None | Some(Node::Bool(false)));
            let verdict = word("verdict").filter(|verdict| {
                let is_known = scale.verdicts.iter().any(|known| known.id == *verdict);
                if !is_known {
                    remarks.push(format!("{FILE}: `{verdict}` is not a verdict of this desk"));
                }
                is_known
            });
            let verdict = verdict.filter(|_| !is_guess);
            let before = map.decided.insert(folded(&label), verdict.clone());
            if before.is_some_and(|before| before != verdict) {
                remarks.push(format!("{FILE}: `{label}` is there twice and has two verdicts; none is taken"));
                map.decided.insert(folded(&label), None);
            }
        }
        Ok((map, remarks))
    }

    /// The verdict for a label: as the map says, or the desk's verdict of that very name.
    pub(super) fn verdict(&self, label: &str, scale: &Scale) -> Option<String> {
        match self.decided.get(&folded(label)) {
            Some(decided) => decided.clone(),
            None => namesake(label, scale),
        }
    }

    /// The file with what is new in it at its end; nothing if nothing is.
    pub(super) fn proposed(
        &self,
        standing: Option<&str>,
        seen: &BTreeSet<String>,
        scale: &Scale,
    ) -> Option<String> {
        let mut known: BTreeSet<String> = self.decided.keys().cloned().collect();
        let mut new = String::new();
        for label in seen {
            if !known.insert(folded(label)) {
                continue;
            }
            new.push_str(&format!("- label: {}\n", scalar(&Node::Text(label.clone()))));
            match namesake(label, scale) {
                Some(id) => new.push_str(&format!("  verdict: {}\n", scalar(&Node::Text(id)))),
                None => match guess(label, scale) {
                    Some(id) => {
                        new.push_str(&format!("  verdict: {}\n  guess: true\n", scalar(&Node::Text(id))));
                    }
                    None => new.push_str("  verdict:\n"),
                },
            }
        }
        if new.is_empty() {
            return None;
        }
        let ids: Vec<&str> = scale.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
        let head = format!(
            "# Which verdict of this desk a label of the import means. Correct a guess and remove its line `guess: true`,\n\
             # then import again: claims whose label has no verdict here, or a guess only, stay drafts.\n\
             # A label that ends in `...` is the beginning of a longer text: look at some of those before you decide.\n\
             # Verdicts: {}\n",
            ids.join(", ")
        );
        let before = standing.map_or(head, |text| format!("{}\n", text.trim_end()));
        Some(before + &new)
    }
}

/// The verdict of a rating, its label, and what an editor has to know.
#[derive(Debug)]
pub(super) struct Decided {
    /// The verdict, if nothing speaks against it.
    pub(super) verdict: Option<String>,
    /// The label.
    pub(super) label: Option<String>,
    /// What was noticed.
    pub(super) notes: Vec<String>,
}

/// Which verdict a rating means. All that it says has to agree: a wrong verdict is worse than none.
pub(super) fn decide(rating: &Rating, title: Option<&str>, map: &Map, scale: &Scale) -> Decided {
    let (label, mut notes) = label(rating);
    let found = label.as_deref().and_then(|label| map.verdict(label, scale));
    let found = found.and_then(|id| scale.verdicts.iter().find(|verdict| verdict.id == id));
    let Some(verdict) = found else { return Decided { verdict: None, label, notes } };
    let mut agrees = true;
    for word in &rating.also {
        if map.verdict(word, scale).as_ref() != Some(&verdict.id) {
            notes.push(format!("the rating says more than one thing, also `{}`", crate::yaml::clip(word)));
            agrees = false;
        }
    }
    for word in rating.beside.iter().map(String::as_str).chain(title.into_iter().flat_map(labels_in)) {
        if map.verdict(word, scale).is_some_and(|other| other != verdict.id) {
            notes.push(format!(
                "the source also says `{}`, which is another verdict",
                crate::yaml::clip(word)
            ));
            agrees = false;
        }
    }
    if let Some(share) = share(rating).filter(|share| contradicts(verdict, *share)) {
        notes.push(format!(
            "the number of the rating contradicts its label: it stands at {:.0}% between worst and best",
            share * 100.0
        ));
        agrees = false;
    }
    Decided { verdict: agrees.then(|| verdict.id.clone()), label, notes }
}

/// The parts of a headline that may be labels: `[SALAH] ...`, `Fact check: False, ...`.
fn labels_in(title: &str) -> impl Iterator<Item = &str> {
    let parts = title.split(['[', ']', '(', ')', ':', ',', ';', '|', '/', '!', '.', '–', '—', '"', '“', '”']);
    parts.map(str::trim).filter(|part| !part.is_empty() && part.chars().count() <= LONGEST)
}

/// Where the number stands between worst (0) and best (1), if that can be told. Left out, the scale is 1 to 5
/// (<https://schema.org/bestRating>).
fn share(rating: &Rating) -> Option<f64> {
    let (worst, best) = (rating.worst.unwrap_or(1.0), rating.best.unwrap_or(5.0));
    let value = rating.value.filter(|value| worst < best && *value >= worst && *value <= best)?;
    Some((value - worst) / (best - worst))
}

/// Whether a number says something else than a verdict. Scales differ by a step, so only more than that counts.
fn contradicts(verdict: &Verdict, share: f64) -> bool {
    match verdict.tone {
        Tone::True => share < 0.7,
        Tone::MostlyTrue => share < 0.45,
        Tone::Mixed => !(0.15..=0.85).contains(&share),
        Tone::MostlyFalse => share > 0.6,
        Tone::False => share > 0.35,
        Tone::Unproven | Tone::Satire | Tone::Neutral => false,
    }
}

/// The label of a rating: its words, the beginning of a paragraph, or its numbers. Also what an editor has to know.
pub(super) fn label(rating: &Rating) -> (Option<String>, Vec<String>) {
    let mut notes = Vec::new();
    let (best, worst) = (rating.best, rating.worst);
    let is_turned = matches!((best, worst), (Some(best), Some(worst)) if best < worst);
    if let (true, Some(high), Some(low)) = (is_turned, best, worst) {
        notes.push(format!(
            "the best number of the rating, `{high}`, is less than the worst, `{low}`: nobody can tell which end the number means"
        ));
    }
    let value = rating.value.filter(|value| {
        let (low, high) = if is_turned { (best, worst) } else { (worst, best) };
        let within = low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high);
        // Zero is a number on a scale that says so, and otherwise what forms send that nobody filled in.
        let is_empty =
            *value < 0.0 || (*value == 0.0 && (low != Some(0.0) || high.is_none_or(|high| high <= 0.0)));
        if is_empty || !within {
            notes.push(format!("the number of the rating, `{value}`, is on no scale and was passed over"));
            return false;
        }
        true
    });
    if let Some(words) = &rating.label {
        if words.chars().count() <= LONGEST {
            return (Some(words.clone()), notes);
        }
        notes.push("the rating is a whole paragraph".to_owned());
        // Only a sentence of its own is a label: `True, but ...` is none.
        let first = words.split(['.', '!']).next().unwrap_or_default().trim();
        let is_label = !first.is_empty()
            && first.split_whitespace().count() <= 4
            && first.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || c == '-');
        return (is_label.then(|| format!("{first} ...")), notes);
    }
    // As it was written: numbers of a scale that is upside down are other labels than those of one that is not.
    let numbers = value.map(|value| match best {
        Some(best) => format!("{value} of {} to {best}", worst.unwrap_or(1.0)),
        None => format!("{value}"),
    });
    (numbers, notes)
}

/// The words of a rating. What is struck through or shown by a picture has another meaning than its words: such a
/// rating stays as it was written.
pub(super) fn words(text: &str) -> Option<String> {
    const HARMLESS: [&str; 14] =
        ["p", "b", "strong", "i", "em", "span", "div", "br", "font", "u", "h1", "h2", "h3", "h4"];
    let lower = text.to_lowercase();
    // Comments, markup that was encoded, and looks that are said elsewhere.
    let hidden = ["<!--", "&lt", "&#60", "&#x3c", "&amp;lt", "&amp;#", "style="];
    let meaning = hidden.iter().any(|mark| lower.contains(mark))
        || pieces(text).any(|(_, piece)| match piece {
            Piece::Open(tag) => !HARMLESS.contains(&tag.name.as_str()) || tag.get("class").is_some(),
            Piece::Text(_) | Piece::Close(_) => false,
        });
    let words = if meaning {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        super::markup::plain(text)
    };
    (!super::empty::is_nothing(&words)).then_some(words)
}

/// Whether a rating's words are a paragraph rather than a label.
pub(super) fn is_paragraph(words: &str) -> bool {
    words.chars().count() > LONGEST
}

#[cfg(test)]
#[path = "ratings_tests.rs"]
mod tests;
