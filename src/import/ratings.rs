//! Labels of others and verdicts of this desk: `ratings-map.yaml`, which an import proposes and takes back.

use std::collections::{BTreeMap, BTreeSet};

use super::record::Rating;
use crate::config::{Lang, Scale, Tone};
use crate::diagnostic::did_you_mean;
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
                _ => None,
            };
            let Some(label) = word("label") else {
                return Err("each entry has a `label`".to_owned());
            };
            let is_guess = matches!(get("guess"), Some(Node::Bool(true)));
            let verdict = word("verdict").filter(|verdict| {
                let is_known = scale.verdicts.iter().any(|known| known.id == *verdict);
                if !is_known {
                    remarks.push(format!("{FILE}: `{verdict}` is not a verdict of this desk"));
                }
                is_known
            });
            map.decided.insert(folded(&label), verdict.filter(|_| !is_guess));
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
             # Verdicts: {}\n",
            ids.join(", ")
        );
        let before = standing.map_or(head, |text| format!("{}\n", text.trim_end()));
        Some(before + &new)
    }
}

/// The label of a rating: its words, the beginning of a paragraph, or its numbers. Also what an editor has to know.
pub(super) fn label(rating: &Rating) -> (Option<String>, Vec<String>) {
    let mut notes = Vec::new();
    let (mut best, mut worst) = (rating.best, rating.worst);
    if let (Some(high), Some(low)) = (best, worst)
        && high < low
    {
        notes.push(format!(
            "`bestRating` {high} is less than `worstRating` {low}: they were taken the other way round"
        ));
        (best, worst) = (worst, best);
    }
    let value = rating.value.filter(|value| {
        let within = worst.is_none_or(|worst| *value >= worst) && best.is_none_or(|best| *value <= best);
        if *value <= 0.0 || !within {
            notes.push(format!("`ratingValue` {value} is on no scale and was passed over"));
            return false;
        }
        true
    });
    if let Some(words) = &rating.label {
        let words = words.trim().trim_matches(['"', '“', '”', '\'']).trim();
        if words.chars().count() <= LONGEST {
            return ((!words.is_empty()).then(|| words.to_owned()), notes);
        }
        notes.push("the rating is a whole paragraph; its beginning was taken for the label".to_owned());
        let first = words.split(['.', ':', ';', ',', '!', '–', '—', '(']).next().unwrap_or_default().trim();
        let is_label = !first.is_empty() && first.chars().count() <= LONGEST;
        return (is_label.then(|| first.to_owned()), notes);
    }
    let numbers = value.map(|value| match best {
        Some(best) => format!("{value} of {} to {best}", worst.unwrap_or(1.0)),
        None => format!("{value}"),
    });
    (numbers, notes)
}

/// Whether a rating's words are a paragraph rather than a label.
pub(super) fn is_paragraph(words: &str) -> bool {
    words.chars().count() > LONGEST
}

fn folded(label: &str) -> String {
    let words: Vec<String> = label
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// The verdict with this very name, in any language, or this id.
fn namesake(label: &str, scale: &Scale) -> Option<String> {
    let wanted = folded(label);
    scale
        .verdicts
        .iter()
        .find(|verdict| names(verdict).any(|name| folded(&name) == wanted))
        .map(|found| found.id.clone())
}

fn names(verdict: &crate::config::Verdict) -> impl Iterator<Item = String> {
    let labels = (0..8).map(|lang| verdict.label.get(Lang(lang)).to_owned());
    std::iter::once(verdict.id.clone()).chain(labels)
}

/// Words that labels of many desks are made of, and what they mean. The first that is found decides.
const WORDS: &[(&[&str], &[Tone])] = &[
    (&["sebagian besar benar", "mostly true", "mostly correct"], &[Tone::MostlyTrue, Tone::Mixed]),
    (
        &["half", "partly", "partial", "mixed", "mixture", "sebagian", "campur"],
        &[Tone::Mixed, Tone::MostlyTrue],
    ),
    (
        &["misleading", "sesat", "missing context", "konteks", "mostly false", "exaggerated"],
        &[Tone::MostlyFalse, Tone::False],
    ),
    (
        &["unproven", "belum", "tidak terbukti", "unverified", "no evidence", "unsubstantiated"],
        &[Tone::Unproven],
    ),
    (&["satire", "satir", "parodi", "parody"], &[Tone::Satire]),
    (
        &[
            "false",
            "fake",
            "hoax",
            "hoaks",
            "hoaxs",
            "salah",
            "keliru",
            "palsu",
            "bohong",
            "fabricated",
            "febricated",
            "incorrect",
            "pants on fire",
            "untrue",
            "tidak benar",
            "disinformasi",
            "penipuan",
            "manipulated",
            "altered",
            "scam",
        ],
        &[Tone::False, Tone::MostlyFalse],
    ),
    (&["true", "benar", "correct", "fakta", "accurate"], &[Tone::True, Tone::MostlyTrue]),
];

/// What a label probably means: a verdict that is spelled nearly so, or one that has the tone of its words.
fn guess(label: &str, scale: &Scale) -> Option<String> {
    let wanted = folded(label);
    if !wanted.contains(|c: char| c.is_alphabetic()) || wanted.contains(" of ") {
        return None;
    }
    let all: Vec<(String, String)> = scale
        .verdicts
        .iter()
        .flat_map(|verdict| names(verdict).map(|name| (folded(&name), verdict.id.clone())))
        .collect();
    if let Some(close) = did_you_mean(&wanted, all.iter().map(|(name, _)| name.as_str())) {
        return all.iter().find(|(name, _)| name == close).map(|(_, id)| id.clone());
    }
    let padded = format!(" {wanted} ");
    let (_, tones) =
        WORDS.iter().find(|(words, _)| words.iter().any(|word| padded.contains(&format!(" {word} "))))?;
    tones
        .iter()
        .find_map(|tone| scale.verdicts.iter().find(|verdict| verdict.tone == *tone))
        .map(|found| found.id.clone())
}
