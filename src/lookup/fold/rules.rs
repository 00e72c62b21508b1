//! What folding goes by: the files of `assets/lookup`, read once. Browsers get the same.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::squeeze;

const LETTERS: &str = include_str!("../../../assets/lookup/letters.json");
const LANGUAGES: &[(&str, &str)] = &[
    ("id", include_str!("../../../assets/lookup/id.json")),
    ("en", include_str!("../../../assets/lookup/en.json")),
];

/// A part in a spelled-out number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// `a` in "a thousand": one, where a multiple follows.
    Article,
    /// `satu`: one, but too common to be a number alone.
    One,
    Unit(u64),
    /// `belas`: ten more.
    Teen,
    /// `puluh`, `ratus`.
    Times(u64),
    /// `ribu`, by its power of ten.
    Scale(u32),
    /// `k`: a scale only right behind digits.
    Short(u32),
    /// `seribu`: one of a scale.
    OneScale(u32),
    Half,
    And,
}

impl Numeral {
    fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_at_checked(1)?;
        let number = || rest.parse::<u64>().ok();
        let power = || rest.parse::<u32>().ok();
        match kind {
            "a" => Some(Self::Article),
            "1" => Some(Self::One),
            "u" => number().map(Self::Unit),
            "b" => Some(Self::Teen),
            "m" => number().map(Self::Times),
            "s" => power().map(Self::Scale),
            "k" => power().map(Self::Short),
            "e" => power().map(Self::OneScale),
            "h" => Some(Self::Half),
            "&" => Some(Self::And),
            _ => None,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Letters {
    hidden: String,
    marks: String,
    spaceless: String,
    zeros: String,
    rows: String,
    styled: BTreeMap<String, String>,
    apostrophes: String,
    leet: String,
    signs: BTreeMap<char, char>,
    alike: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Language {
    stop: String,
    chat: String,
    numbers: String,
    twice: String,
    whole: String,
    roots: String,
}

/// Characters as ranges, in ascending order.
#[derive(Debug, Default)]
struct Class(Vec<(u32, u32)>);

impl Class {
    fn read(text: &str) -> Self {
        let number = |text: &str| u32::from_str_radix(text, 16).unwrap_or(0);
        let range = |text: &str| match text.split_once('-') {
            Some((from, to)) => (number(from), number(to)),
            None => (number(text), number(text)),
        };
        Self(text.split(' ').map(range).collect())
    }

    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.0.partition_point(|(from, _)| *from <= c);
        after > 0 && self.0[after - 1].1 >= c
    }
}

/// What all languages share.
#[derive(Debug)]
pub(super) struct Script {
    hidden: Class,
    marks: Class,
    spaceless: Class,
    zeros: Vec<u32>,
    alike: FxHashMap<char, String>,
    styled: FxHashMap<char, String>,
    apostrophes: String,
    leet: Vec<char>,
    signs: BTreeMap<char, char>,
    published: Map<String, Value>,
}

/// The tables that do not depend on a language.
pub(super) static SCRIPT: LazyLock<Script> = LazyLock::new(|| {
    let letters: Letters = serde_json::from_str(LETTERS).unwrap_or_default();
    let turned = |table: &BTreeMap<String, String>| -> FxHashMap<char, String> {
        table.iter().flat_map(|(to, from)| from.chars().map(move |c| (c, to.clone()))).collect()
    };
    let mut alike = turned(&letters.alike);
    for first in letters.rows.chars() {
        for (nth, to) in ('a'..='z').enumerate() {
            alike.extend(char::from_u32(u32::from(first) + nth as u32).map(|c| (c, to.to_string())));
        }
    }
    let published = match serde_json::from_str(LETTERS) {
        Ok(Value::Object(letters)) => letters,
        _ => Map::new(),
    };
    Script {
        hidden: Class::read(&letters.hidden),
        marks: Class::read(&letters.marks),
        spaceless: Class::read(&letters.spaceless),
        zeros: letters.zeros.chars().map(u32::from).collect(),
        alike,
        styled: turned(&letters.styled),
        apostrophes: letters.apostrophes,
        leet: letters.leet.chars().collect(),
        signs: letters.signs,
        published,
    }
});

impl Script {
    /// Whether nobody sees it, or it is a mark that is not written in all texts.
    pub(super) fn is_dropped(&self, c: char) -> bool {
        !c.is_ascii() && (self.hidden.has(c) || self.marks.has(c))
    }

    /// The digit, or the sign in a number, of another script as everybody's.
    pub(super) fn digit(&self, c: char) -> char {
        match c {
            _ if c.is_ascii() => return c,
            '٫' => return '.',
            '٬' => return ',',
            _ => {}
        }
        let after = self.zeros.partition_point(|zero| *zero <= u32::from(c));
        let value = after.checked_sub(1).map(|at| u32::from(c) - self.zeros[at]);
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    }

    pub(super) fn is_word(&self, c: char) -> bool {
        if c.is_ascii() {
            return c.is_ascii_alphanumeric();
        }
        c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || self.alike.contains_key(&c)
    }

    pub(super) fn is_spaceless(&self, c: char) -> bool {
        !c.is_ascii() && self.spaceless.has(c)
    }

    /// The Latin letters that it looks like.
    pub(super) fn alike(&self, c: char) -> Option<&str> {
        self.alike.get(&c).map(String::as_str)
    }

    /// The same for letters that only a style takes for Latin ones.
    pub(super) fn styled(&self, c: char) -> Option<&str> {
        self.styled.get(&c).map(String::as_str)
    }

    /// The letter that a digit or a sign stands for.
    pub(super) fn leet(&self, c: char) -> Option<char> {
        match c.to_digit(10) {
            Some(digit) => self.leet.get(digit as usize).copied(),
            None => self.signs.get(&c).copied(),
        }
    }

    pub(super) fn is_apostrophe(&self, c: char) -> bool {
        (!c.is_ascii() || c.is_ascii_punctuation()) && self.apostrophes.contains(c)
    }

    /// Whether it can be a letter in disguise without being one or a digit.
    pub(super) fn is_sign(&self, c: char) -> bool {
        self.signs.contains_key(&c)
    }
}

/// What depends on the languages.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) stop: FxHashSet<String>,
    pub(super) chat: FxHashMap<String, String>,
    pub(super) numbers: FxHashMap<String, Numeral>,
    /// Endings after the 2 of a reduplication (`anak2nya`); none if no language writes it.
    pub(super) twice: Vec<String>,
    /// Indonesian words that end like loan words, but are other words without the ending.
    pub(super) whole: FxHashSet<String>,
    /// Roots whose first letter a prefix swallows, or that begin like a prefix.
    pub(super) roots: FxHashSet<String>,
    published: Map<String, Value>,
}

/// The tables of these languages together; those without a file have none.
pub(super) fn words(langs: &[&str]) -> Words {
    let mut words = Words::default();
    let mut texts = [const { String::new() }; 4];
    for (_, table) in LANGUAGES.iter().filter(|(code, _)| langs.iter().any(|lang| primary(lang) == *code)) {
        let table: Language = serde_json::from_str(table).unwrap_or_default();
        words.stop.extend(table.stop.split_whitespace().map(squeeze));
        words.chat.extend(pairs(&table.chat).map(|(from, to)| (squeeze(from), to.to_owned())));
        let numerals =
            pairs(&table.numbers).filter_map(|(word, kind)| Some((squeeze(word), Numeral::read(kind)?)));
        words.numbers.extend(numerals);
        words.twice.extend(table.twice.split_whitespace().map(str::to_owned));
        words.whole.extend(table.whole.split_whitespace().map(str::to_owned));
        words.roots.extend(table.roots.split_whitespace().map(str::to_owned));
        let keys = |text: &str| text.split_whitespace().map(squeeze).collect::<Vec<_>>().join(" ");
        let odd = |text: &str| {
            let all: Vec<String> = pairs(text).map(|(key, to)| format!("{} {to}", squeeze(key))).collect();
            all.join(" ")
        };
        let own = [keys(&table.stop), odd(&table.chat), odd(&table.numbers), table.twice];
        for (all, own) in texts.iter_mut().zip(own).filter(|(_, own)| !own.is_empty()) {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(&own);
        }
    }
    words.published.clone_from(&SCRIPT.published);
    for (name, text) in ["stop", "chat", "numbers", "twice"].into_iter().zip(texts) {
        words.published.insert(name.to_owned(), text.into());
    }
    words
}

impl Words {
    /// All tables for the browser.
    pub(super) fn published(&self) -> Value {
        Value::Object(self.published.clone())
    }
}

/// The language of a tag, without script and region.
pub(super) fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

/// The words of a text by twos.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut words = text.split_whitespace();
    std::iter::from_fn(move || Some((words.next()?, words.next()?)))
}
