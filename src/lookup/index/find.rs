//! From what a text asks for to the claims that have it.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::ask::{Question, ask};
use super::expand::Way;
use super::{Found, Hit, Index};
use crate::lookup::tuning::{COVER, CUT, GUESS, GUESSES, RAREST, SHARE, STEMS, TIMES, UNKNOWN, WEAK, idf};

/// A word that was asked for, with the stems it may mean.
struct Sought {
    /// Its place in the question.
    place: usize,
    ways: Vec<Way>,
    /// What it counts for the share of a claim.
    weight: u32,
}

/// A word with the stems that are looked at.
struct Selected {
    weight: u32,
    /// How much it counts by how often it was said, in quarters.
    quarters: u32,
    ways: Vec<Way>,
}

/// What a claim has of what was asked for.
#[derive(Clone, Copy, Default)]
struct Sum {
    score: u64,
    weight: u64,
    /// The best of the word that is being counted.
    best: u64,
}

impl Index {
    /// The claims that a text, from a single word to a long message, is about. At most `most`, of those
    /// that `wanted` lets through.
    pub fn find(&self, text: &str, most: usize, wanted: impl Fn(usize) -> bool) -> Found {
        self.find_typed(text, false, most, wanted)
    }

    /// As [`Self::find`]; while it is being typed, the last word of a text may be the beginning of one.
    pub fn find_typed(&self, text: &str, typing: bool, most: usize, wanted: impl Fn(usize) -> bool) -> Found {
        let question = ask(&self.folder, text, typing);
        let (sought, words) = self.sought(&question);
        let all: u64 = sought.iter().map(|sought| u64::from(sought.weight)).sum();
        let known = sought.iter().filter(|sought| !sought.ways.is_empty());
        let known: u64 = known.map(|sought| u64::from(sought.weight)).sum();
        let understood = percent(known, all) as u8;
        let hits = self.hits(&select(&sought, &question), all, usize::from(question.long), most, wanted);
        let weak = hits.first().is_some_and(|best| is_weak(*best, question.long));
        Found { hits, words, understood, weak }
    }

    /// What is sought for a question, and those of its words that are understood.
    fn sought(&self, question: &Question) -> (Vec<Sought>, Vec<String>) {
        let mut guesses = 0;
        let mut all: Vec<Vec<Way>> = Vec::with_capacity(question.words.len());
        for (place, word) in question.words.iter().enumerate() {
            let mut ways = self.exact(&word.key);
            let open = question.open == Some(place);
            if open && !ways.is_empty() {
                ways.extend(self.prefixed(&word.key));
            } else if ways.is_empty() && (!question.long || (word.letters >= GUESS && guesses < GUESSES)) {
                guesses += 1;
                ways = self.guessed(&word.key, question.long, open);
            }
            all.push(ways);
        }
        let understood = question.words.iter().zip(&all).filter(|(_, ways)| !ways.is_empty());
        let words = understood.map(|(word, _)| word.key.clone()).collect();
        let mut sought = self.each_once(all, question.long);
        if question.long {
            let having = |sought: &Sought| sought.ways.first().map_or(0, |way| self.having(way.stem).len());
            let times = |sought: &Sought| Reverse(question.words[sought.place].times);
            sought.sort_by_key(|sought| (having(sought), times(sought), sought.place));
            sought.truncate(RAREST);
            sought.sort_by_key(|sought| sought.place);
        }
        (sought, words)
    }

    /// Leaves each stem to the word that means it most surely. A word whose stems all went to others was
    /// said already. What a message has besides is no matter.
    fn each_once(&self, all: Vec<Vec<Way>>, long: bool) -> Vec<Sought> {
        let mut owners: FxHashMap<u32, (u32, usize)> = FxHashMap::default();
        for (place, ways) in all.iter().enumerate() {
            for way in ways {
                let owner = owners.entry(way.stem).or_insert((way.weight, place));
                if owner.0 < way.weight {
                    *owner = (way.weight, place);
                }
            }
        }
        let mut sought = Vec::with_capacity(all.len());
        for (place, mut ways) in all.into_iter().enumerate() {
            let nothing = ways.is_empty();
            ways.retain(|way| owners.get(&way.stem).is_some_and(|owner| *owner == (way.weight, place)));
            if nothing && !long {
                sought.push(Sought { place, ways, weight: UNKNOWN });
            } else if let Some(first) = ways.first() {
                let weight = idf(self.len(), self.having(first.stem).len());
                sought.push(Sought { place, ways, weight });
            }
        }
        sought
    }

    fn hits(
        &self,
        sought: &[Selected],
        all: u64,
        kind: usize,
        most: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<Hit> {
        let mut sums = vec![Sum::default(); self.positions.len()];
        let mut found: Vec<u32> = Vec::new();
        let mut touched: Vec<u32> = Vec::new();
        for one in sought {
            for way in &one.ways {
                let having = self.having(way.stem);
                let value = u64::from(idf(self.len(), having.len()) * way.weight * one.quarters);
                for posting in having {
                    let sum = &mut sums[posting.slot as usize];
                    if sum.best == 0 {
                        touched.push(posting.slot);
                    }
                    sum.best = sum.best.max(value * u64::from(posting.impact));
                }
            }
            for slot in touched.drain(..) {
                let sum = &mut sums[slot as usize];
                if sum.score == 0 {
                    found.push(slot);
                }
                sum.score += sum.best;
                sum.weight += u64::from(one.weight);
                sum.best = 0;
            }
        }
        let mut hits: Vec<Hit> = found
            .into_iter()
            .filter_map(|slot| {
                let sum = sums[slot as usize];
                let share = percent(sum.weight, all);
                let score = (sum.score * (u64::from(COVER[kind]) + share) / 16_384) as u32;
                let claim = self.position(slot);
                let enough = share >= u64::from(SHARE[kind]) && wanted(claim);
                enough.then_some(Hit { claim, score, share: share as u8 })
            })
            .collect();
        let best = hits.iter().map(|hit| hit.score).max().unwrap_or_default();
        hits.retain(|hit| u64::from(hit.score) * 100 >= u64::from(best) * CUT);
        hits.sort_unstable_by_key(|hit| (Reverse(hit.score), Reverse(hit.claim)));
        hits.truncate(most);
        hits
    }
}

/// Whether a best hit is no answer. What part of a message its claim has says little: most of a message is
/// talk. Its score says how much of the claim is in the message.
fn is_weak(best: Hit, long: bool) -> bool {
    let [share, score] = WEAK;
    if long { best.score < score } else { u32::from(best.share) <= share }
}

/// As many stems as are looked at: the surest, of equals the first.
fn select(sought: &[Sought], question: &Question) -> Vec<Selected> {
    let mut order: Vec<(Reverse<u32>, usize, usize)> = Vec::new();
    for (place, sought) in sought.iter().enumerate() {
        order.extend(sought.ways.iter().enumerate().map(|(nth, way)| (Reverse(way.weight), place, nth)));
    }
    order.sort_unstable();
    let quarters = |place: usize| if question.long { 3 + question.words[place].times.min(TIMES) } else { 4 };
    let none = |sought: &Sought| Selected {
        weight: sought.weight,
        quarters: quarters(sought.place),
        ways: Vec::new(),
    };
    let mut selected: Vec<Selected> = sought.iter().map(none).collect();
    for (_, place, nth) in order.into_iter().take(STEMS) {
        selected[place].ways.push(sought[place].ways[nth]);
    }
    selected
}

/// A part in whole percent, rounded down.
fn percent(part: u64, all: u64) -> u64 {
    (part * 100).checked_div(all).unwrap_or_default()
}
