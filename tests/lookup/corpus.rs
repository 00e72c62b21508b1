//! Ten thousand claims to look things up in: `corpus.txt` has the frames and the words, this puts them
//! together. The same everywhere: whole numbers only, no clock, no order of a hash map.

use std::collections::{BTreeMap, BTreeSet};

/// A claim of the corpus.
#[derive(Debug, Clone)]
pub struct Checked {
    pub lang: &'static str,
    pub claim: String,
    pub title: String,
    pub finding: String,
    pub claimant: String,
    pub topics: Vec<String>,
}

struct Frame {
    lang: &'static str,
    topics: Vec<String>,
    lines: [&'static str; 3],
}

type Lists = BTreeMap<&'static str, Vec<&'static str>>;
type Choice = BTreeMap<&'static str, usize>;

const WORDS: &str = include_str!("corpus.txt");
/// How many claims there are, and of them in Indonesian; the others are in English.
const ALL: usize = 10_000;
const INDONESIAN: usize = 8_000;

/// Who spreads claims when no person does.
const SPREADERS: [(&str, [&str; 8]); 2] = [
    (
        "id",
        [
            "Pesan berantai WhatsApp",
            "Pesan berantai WhatsApp",
            "Unggahan Facebook",
            "Video TikTok",
            "Akun @kabarkilat",
            "Akun @warung_info",
            "Kanal Suara Malam",
            "",
        ],
    ),
    (
        "en",
        [
            "WhatsApp chain message",
            "WhatsApp chain message",
            "Facebook post",
            "TikTok video",
            "Account @quicknews",
            "Account @daily_alert",
            "Night Voice channel",
            "",
        ],
    ),
];

/// All claims, oldest first.
pub fn corpus() -> Vec<Checked> {
    let (lists, frames) = read();
    let mut dice = Dice(0x6d65_6a61);
    let mut claims = Vec::with_capacity(ALL);
    for (lang, wanted) in [("id", INDONESIAN), ("en", ALL - INDONESIAN)] {
        let frames: Vec<&Frame> = frames.iter().filter(|frame| frame.lang == lang).collect();
        let mut seen = BTreeSet::new();
        let mut made = 0;
        for round in 0.. {
            if made == wanted {
                break;
            }
            let frame = frames[round % frames.len()];
            // A claim, and often some that differ from it in one thing only.
            let mut choice = choose(frame, &lists, &mut dice);
            for _ in 0..=dice.below(4) {
                let claim = write(frame, &choice, &lists, &mut dice);
                // What an alternative word changes is no other claim.
                let plain = fill(&without_alternatives(frame.lines[0]), &choice, &lists, &mut dice);
                if made < wanted && seen.insert(plain) {
                    claims.push(claim);
                    made += 1;
                }
                change_one(frame, &lists, &mut choice, &mut dice);
            }
        }
    }
    // Languages and subjects mixed, as desks publish them.
    for last in (1..claims.len()).rev() {
        claims.swap(last, dice.below(last + 1));
    }
    claims
}

fn read() -> (Lists, Vec<Frame>) {
    let (mut lists, mut frames, mut lang) = (Lists::new(), Vec::new(), "id");
    let mut lines = WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    while let Some(line) = lines.next() {
        if let Some(other) = line.strip_prefix("! ") {
            lang = other;
        } else if let Some(topics) = line.strip_prefix("@ ") {
            let topics = topics.split(", ").map(str::to_owned).collect();
            let mut next = || lines.next().expect("a frame has three lines");
            frames.push(Frame { lang, topics, lines: [next(), next(), next()] });
        } else {
            let (name, items) = line.split_once(" = ").expect("a list has a name");
            lists.insert(name, items.split(" | ").collect());
        }
    }
    (lists, frames)
}

/// The slots of a line.
fn slots(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(slot, _)| slot)
}

/// The list a slot takes its word from.
fn list<'l>(slot: &str, lists: &'l Lists) -> &'l [&'static str] {
    lists.get(slot.trim_end_matches('2')).unwrap_or_else(|| panic!("no list for {{{slot}}}"))
}

fn choose(frame: &Frame, lists: &Lists, dice: &mut Dice) -> Choice {
    let mut choice = Choice::new();
    for slot in frame.lines.iter().flat_map(|line| slots(line)) {
        if !choice.contains_key(slot) {
            choice.insert(slot, dice.below(list(slot, lists).len()));
        }
    }
    keep_apart(&mut choice, lists);
    choice
}

/// Takes another word for one slot of the claim.
fn change_one(frame: &Frame, lists: &Lists, choice: &mut Choice, dice: &mut Dice) {
    let all: Vec<&str> = slots(frame.lines[0]).collect();
    let slot = all[dice.below(all.len())];
    choice.insert(slot, dice.below(list(slot, lists).len()));
    keep_apart(choice, lists);
}

/// `{kota2}` is never the same as `{kota}`.
fn keep_apart(choice: &mut Choice, lists: &Lists) {
    let pairs: Vec<&str> = choice.keys().filter(|slot| slot.ends_with('2')).copied().collect();
    for second in pairs {
        let first = choice.get(second.trim_end_matches('2')).copied();
        if first == Some(choice[second]) {
            choice.insert(second, (choice[second] + 1) % list(second, lists).len());
        }
    }
}

fn write(frame: &Frame, choice: &Choice, lists: &Lists, dice: &mut Dice) -> Checked {
    let [claim, title, finding] = frame.lines.map(|line| fill(line, choice, lists, dice));
    let spreaders = SPREADERS.iter().find(|(lang, _)| *lang == frame.lang).expect("a language").1;
    let people = &lists["orang"];
    let claimant = match dice.below(4) {
        0 => people[dice.below(people.len())],
        _ => spreaders[dice.below(spreaders.len())],
    };
    Checked {
        lang: frame.lang,
        claim,
        title,
        finding,
        claimant: claimant.to_owned(),
        topics: frame.topics.clone(),
    }
}

fn without_alternatives(line: &'static str) -> String {
    let mut plain = String::new();
    for part in line.split('[') {
        plain.push_str(part.rsplit(']').next().unwrap_or(part));
    }
    plain
}

/// A line with its words, beginning with a capital.
fn fill(line: &str, choice: &Choice, lists: &Lists, dice: &mut Dice) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(at) = rest.find(['{', '[']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { ']' };
        let (inner, after) = rest[at + 1..].split_once(close).expect("what opens closes");
        if close == '}' {
            out.push_str(list(inner, lists)[choice[inner]]);
        } else {
            let words: Vec<&str> = inner.split('|').collect();
            out.push_str(words[dice.below(words.len())]);
        }
        rest = after;
    }
    out.push_str(rest);
    let first = out.chars().next().map(char::to_uppercase).into_iter().flatten();
    first.chain(out.chars().skip(1)).collect()
}

/// Numbers that look thrown, and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % sides as u64) as usize
    }
}
