//! What can be tuned in claim lookup, in one place. What the browser needs goes out with the index
//! ([`rank`]); `docs/lookup.md` says what each number does.

use serde_json::{Value, json};

/// A field of a text: how much a word in it weighs, how much the field's length matters (0..=1), and
/// the length that is taken for usual. The usual length is constant: a new claim changes no other.
pub(super) struct Field {
    pub(super) weight: f64,
    pub(super) length: f64,
    pub(super) usual: f64,
}

/// Claim, title, finding, claimant, topics.
pub(super) const FIELDS: [Field; 5] = [
    Field { weight: 3.5, length: 0.4, usual: 9.0 },
    Field { weight: 1.6, length: 0.5, usual: 8.0 },
    Field { weight: 0.6, length: 0.4, usual: 25.0 },
    Field { weight: 3.0, length: 0.0, usual: 2.0 },
    Field { weight: 2.4, length: 0.0, usual: 3.0 },
];

/// How soon more of the same word stops to matter.
pub(super) const SATURATION: f64 = 3.5;
/// Impacts are 1 to this.
pub(super) const IMPACTS: u8 = 31;

/// How much of a text is looked at, in UTF-16 units.
pub(super) const TEXT: usize = 20_000;
/// With more distinct words a text is a message, not a question.
pub(super) const LONG: usize = 12;
/// So many words of a message are looked up.
pub(super) const KEYS: usize = 62;
/// So many of those that are known are looked for, the rarest.
pub(super) const RAREST: usize = 27;
/// What a message names more than once it is about: each time counts a quarter more, so many times at most.
pub(super) const TIMES: u32 = 3;
/// In a message unknown words of so many letters are guessed at ...
pub(super) const GUESS: usize = 6;
/// ... so many of them.
pub(super) const GUESSES: usize = 3;
/// Stems whose claims are looked at for one text.
pub(super) const STEMS: usize = 40;
/// Stems for one form or beginning.
pub(super) const WAYS: usize = 8;
/// Forms, and stems, for one word with a typing error.
pub(super) const TYPO_WAYS: usize = 4;
/// A word without affixes has at least so many letters.
pub(super) const PEELED_LEAST: usize = 4;
/// Least letters of words with one error, and with two.
pub(super) const TYPO: [usize; 2] = [5, 9];
/// Weights of ways to a stem, in 16ths: a known form, without affixes, a beginning, one error, two.
pub(super) const WEIGHTS: [u32; 5] = [16, 14, 10, 9, 6];
/// A desk with fewer claims is taken to have so many: where three claims in thirty have a word, that says
/// little about the word.
pub(super) const CLAIMS_LEAST: usize = 1000;
/// Least weight of a stem that is everywhere, in 256ths of a bit.
pub(super) const IDF_LEAST: u32 = 64;
/// Weight of a word that no claim has, for the share of a question that a claim has.
pub(super) const UNKNOWN: u32 = 1536;
/// Added to the share before it multiplies the score: for questions and messages.
pub(super) const COVER: [u32; 2] = [30, 10];
/// Least share of a hit, in percent: for questions and messages.
pub(super) const SHARE: [u32; 2] = [30, 10];
/// Hits with less of the best score, in percent, are left out.
pub(super) const CUT: u64 = 25;

/// Words that begin like these are put together by their first five letters, not three: there are many.
pub(super) const HEADS: [&str; 7] = ["ber", "mem", "men", "pem", "pen", "per", "ter"];
/// Words that end like these are put together by their last five letters, not three.
pub(super) const TAILS: [&str; 5] = ["kan", "nya", "asi", "ing", "ion"];
/// Words of at most so many letters are put together by their letters in the order of the alphabet, too.
pub(super) const SORTED: usize = 6;
/// So many forms that a word begins are looked at, the most frequent.
pub(super) const BEGUN: usize = 12;

/// A best hit is weak up to this share of a question, in percent; below this score of a message.
pub(super) const WEAK: [u32; 2] = [50, 12_500];

/// Beginnings that are taken off, and what may have stood there before.
pub(super) const BEFORE: [(&str, &str); 33] = [
    ("memper", ""),
    ("diper", ""),
    ("keter", ""),
    ("kese", ""),
    ("meny", "s"),
    ("peny", "s"),
    ("meng", ""),
    ("meng", "k"),
    ("peng", ""),
    ("peng", "k"),
    ("menge", ""),
    ("mem", ""),
    ("mem", "p"),
    ("pem", ""),
    ("pem", "p"),
    ("men", ""),
    ("men", "t"),
    ("pen", ""),
    ("pen", "t"),
    ("ber", ""),
    ("bel", ""),
    ("ter", ""),
    ("per", ""),
    ("pel", ""),
    ("me", ""),
    ("pe", ""),
    ("di", ""),
    ("ke", ""),
    ("se", ""),
    ("be", ""),
    ("re", ""),
    ("un", ""),
    ("anti", ""),
];

/// Endings that are taken off. A doubled letter is folded to one: `lilinnya` ends in `ya` behind `lilin`.
pub(super) const AFTER: [&str; 27] = [
    "isasi", "kanya", "anya", "kan", "nya", "ya", "lah", "kah", "pun", "an", "ku", "mu", "asi", "i", "ing",
    "ed", "es", "s", "ly", "er", "ers", "ion", "ions", "ate", "ated", "al", "e",
];

/// Keys of words that turn a sentence around. A claim with one of them is unlike one without.
pub(super) const NEGATIONS: [&str; 40] = [
    "tidak", "bukan", "tak", "belum", "tanpa", "jangan", "gak", "ga", "gk", "nggak", "ngak", "enggak",
    "engak", "tdk", "bkn", "blm", "ora", "henteu", "teu", "no", "not", "never", "without", "none", "cannot",
    "canot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "nicht", "kein",
    "keine", "nunca", "jamais",
];

/// Rarest stems of a claim that lead to related ones.
pub(super) const RELATED_STEMS: usize = 8;
/// Longest list of claims that is walked for one of them ...
pub(super) const RELATED_LIST: usize = 400;
/// ... and for the rarest of them.
pub(super) const RELATED_FIRST: usize = 2048;
/// Claims looked at for one claim; the last list may go beyond it.
pub(super) const RELATED_LOOKED: usize = 400;
/// Of those, so many are compared wholly.
pub(super) const RELATED_COMPARED: usize = 16;
/// Least share of the claim's own words, in percent ...
pub(super) const RELATED_SHARE: u32 = 18;
/// ... and with only one word in common.
pub(super) const RELATED_ALONE: u32 = 34;

/// From this likeness on two claims may be the same, in percent.
pub(super) const ALIKE: u32 = 60;
/// Weight of a number in the comparison of claims, in 256ths of a bit.
pub(super) const ALIKE_NUMBER: u32 = 2048;
/// What stays of a likeness, in percent, if the numbers of two claims differ.
pub(super) const ALIKE_NUMBERS: u64 = 60;
/// What stays of a likeness, in percent, if only one of two claims is negated.
pub(super) const ALIKE_NEGATED: u64 = 50;
/// Claims that are returned as alike at most.
pub(super) const ALIKE_MOST: usize = 5;

/// The weight of a stem that `having` of `claims` claims have, in 256ths of a bit: the logarithm of their
/// proportion, between two powers of two by a straight line. Whole numbers only, so that all
/// machines agree.
pub(super) fn idf(claims: usize, having: usize) -> u32 {
    let proportion = (256 * (claims.max(CLAIMS_LEAST) as u64 + 1) / (having as u64 + 1)).max(256);
    let power = proportion.ilog2();
    // `power` is at least 8.
    let log = (power << 8) + ((proportion >> (power - 8)) & 255) as u32;
    (log - 2048).max(IDF_LEAST)
}

/// What the browser needs of these.
pub(super) fn rank() -> Value {
    json!({
        "text": TEXT, "long": LONG, "keys": KEYS, "rarest": RAREST, "times": TIMES, "guess": GUESS, "guesses": GUESSES,
        "stems": STEMS, "ways": WAYS, "typoWays": TYPO_WAYS, "least": PEELED_LEAST, "typo": TYPO,
        "weights": WEIGHTS, "claims": CLAIMS_LEAST, "idf": IDF_LEAST, "unknown": UNKNOWN, "cover": COVER, "share": SHARE, "cut": CUT, "weak": WEAK,
        "heads": HEADS, "tails": TAILS, "sorted": SORTED, "begun": BEGUN, "before": BEFORE.as_slice(), "after": AFTER.as_slice(),
    })
}
