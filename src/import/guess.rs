//! What a label of others probably means. A guess is only ever proposed to a person.

use crate::config::{Lang, Scale, Tone};
use crate::diagnostic::did_you_mean;

/// A label as it is compared: without case, and without what differs between editors who mean the same. All other
/// signs stay: `Benar?` is not `Benar`, and neither is a `Benar` after a cross.
pub(super) fn folded(label: &str) -> String {
    let words: Vec<String> = label
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let joined = words.join(" ");
    let bare = joined.trim_end_matches('!');
    bare.strip_suffix('.').filter(|bare| !bare.ends_with('.')).unwrap_or(bare).to_owned()
}

/// The verdict with this very name, in any language, or this id. Nothing if two verdicts have it.
pub(super) fn namesake(label: &str, scale: &Scale) -> Option<String> {
    let wanted = folded(label);
    let mut all = scale.verdicts.iter().filter(|verdict| names(verdict).any(|name| folded(&name) == wanted));
    let found = all.next()?;
    all.next().is_none().then(|| found.id.clone())
}

fn names(verdict: &crate::config::Verdict) -> impl Iterator<Item = String> {
    let labels = (0..8).map(|lang| verdict.label.get(Lang(lang)).to_owned());
    std::iter::once(verdict.id.clone()).chain(labels)
}

/// What a word of a label speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    True,
    MostlyTrue,
    Partly,
    Misleading,
    Unproven,
    Satire,
    False,
}

impl Class {
    fn tones(self) -> &'static [Tone] {
        match self {
            Class::True => &[Tone::True],
            Class::MostlyTrue => &[Tone::MostlyTrue],
            Class::Partly => &[Tone::Mixed],
            Class::Misleading => &[Tone::MostlyFalse],
            Class::Unproven => &[Tone::Unproven],
            Class::Satire => &[Tone::Satire],
            Class::False => &[Tone::False],
        }
    }
}

/// Words that labels of many desks are made of. Longer ones stand before those that they hold.
const WORDS: &[(Class, &[&str])] = &[
    (
        Class::False,
        &[
            "tidak benar",
            "tak benar",
            "bukan fakta",
            "not true",
            "not correct",
            "pants on fire",
            "is not true",
        ],
    ),
    (
        Class::Unproven,
        &["tidak terbukti", "belum terbukti", "tanpa bukti", "not proven", "no evidence", "not verified"],
    ),
    (Class::MostlyTrue, &["sebagian besar benar", "mostly true", "mostly correct"]),
    (Class::Misleading, &["mostly false", "sebagian besar salah", "missing context", "out of context"]),
    (Class::Partly, &["half", "partly", "partial", "partially", "mixed", "mixture", "sebagian", "campuran"]),
    (Class::Misleading, &["misleading", "sesat", "menyesatkan", "exaggerated"]),
    (Class::Unproven, &["unproven", "unverified", "unsubstantiated"]),
    (Class::Satire, &["satire", "satir", "parodi", "parody"]),
    (
        Class::False,
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
            "untrue",
            "disinformasi",
            "penipuan",
            "manipulated",
            "altered",
            "scam",
        ],
    ),
    (Class::True, &["true", "benar", "correct", "fakta", "accurate"]),
];

/// Words that turn what stands beside them into something else.
const TURNING: &[&str] = &[
    "not", "no", "non", "never", "isnt", "isn't", "aint", "hardly", "less", "nothing", "without", "un",
    "tidak", "tak", "bukan", "belum", "tanpa", "kurang", "hampir", "jangan", "but", "tapi", "tetapi",
    "nicht", "kein", "pas", "ne", "sin", "nao", "não", "niet", "ikke",
];

/// What a label probably means: a verdict that is spelled nearly so, or one that has the tone of its words.
pub(super) fn guess(label: &str, scale: &Scale) -> Option<String> {
    let wanted = folded(label);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '.' | '!' | ',');
    if !wanted.contains(char::is_alphabetic) || wanted.contains(" of ") || !wanted.chars().all(is_plain) {
        return None;
    }
    let all: Vec<(String, String)> = scale
        .verdicts
        .iter()
        .flat_map(|verdict| names(verdict).map(|name| (folded(&name), verdict.id.clone())))
        .collect();
    let close = did_you_mean(&wanted, all.iter().map(|(name, _)| name.as_str()));
    if let Some(close) = close.filter(|close| is_typo(&wanted, close)) {
        return all.iter().find(|(name, _)| name == close).map(|(_, id)| id.clone());
    }
    let words: Vec<&str> = wanted.split([' ', '.', ',', '!']).filter(|word| !word.is_empty()).collect();
    let mut rest = format!(" {} ", words.join(" "));
    let mut classes: Vec<Class> = Vec::new();
    for (class, words) in WORDS {
        for word in *words {
            let padded = format!(" {word} ");
            if rest.contains(&padded) {
                rest = rest.replace(&padded, "  ");
                if !classes.contains(class) {
                    classes.push(*class);
                }
            }
        }
    }
    if rest.split_whitespace().any(|word| TURNING.contains(&word)) {
        return None;
    }
    let ([class] | [class @ Class::Partly, Class::True | Class::False]) = classes[..] else { return None };
    let mut tones = class.tones().iter();
    tones
        .find_map(|tone| scale.verdicts.iter().find(|verdict| verdict.tone == *tone))
        .map(|found| found.id.clone())
}

/// Whether two names differ by a slip within a word: `in-`, `un-` and the like at the front are none.
fn is_typo(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let before = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[before..], &other[before..]);
    let after = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.len() - after, other.len() - after);
    before >= 3 && one <= 2 && other <= 2 && one.max(other) >= 1
}
