//! Claims about the same, and claims that may be the same.

use std::cell::RefCell;
use std::cmp::Reverse;

use super::gather::{Doc, Term};
use super::{Hit, Index, Posting};
use crate::lookup::tuning::{
    ALIKE, ALIKE_MOST, ALIKE_NEGATED, ALIKE_NUMBER, ALIKE_NUMBERS, RELATED_ALONE, RELATED_COMPARED,
    RELATED_FIRST, RELATED_LIST, RELATED_LOOKED, RELATED_SHARE, RELATED_STEMS, idf,
};

impl Index {
    /// The claims closest to one of them, itself not among them. Which part of the words of its claim and
    /// title theirs have is their share.
    pub fn related(&self, claim: usize, most: usize, wanted: impl Fn(usize) -> bool) -> Vec<Hit> {
        let Some(doc) = self.doc(claim) else {
            return Vec::new();
        };
        let is_core = |term: &Term| term.in_claim || term.in_title;
        let weights: Vec<u32> = doc.terms.iter().map(|term| self.idf(term.stem)).collect();
        let core = doc.terms.iter().zip(&weights).filter(|(term, _)| is_core(term));
        let all: u64 = core.map(|(_, weight)| u64::from(*weight)).sum();
        let near = self.near(claim, doc, is_core, &wanted);
        let mut hits: Vec<Hit> = near
            .into_iter()
            .filter_map(|other| {
                let (mut score, mut common, mut words) = (0, 0, 0);
                for (place, its) in shared(&doc.terms, &self.doc(other)?.terms) {
                    score += weights[place] * u32::from(its.impact);
                    // Two messages went round in the same chat: that alone relates nothing.
                    if is_core(&doc.terms[place]) && is_core(its) {
                        common += u64::from(weights[place]);
                        words += 1;
                    }
                }
                let share = (common * 100 / all.max(1)) as u32;
                let least = if words > 1 { RELATED_SHARE } else { RELATED_ALONE };
                (share >= least).then_some(Hit { claim: other, score, share: share as u8 })
            })
            .collect();
        hits.sort_unstable_by_key(|hit| (Reverse(hit.score), Reverse(hit.claim)));
        hits.truncate(most);
        hits
    }

    /// Claims that `wanted` lets through and that say nearly the same as one of them, with the likeness of their words in percent, the
    /// most alike first. The likeness is the same both ways. Languages do not matter: whoever asks knows them.
    pub fn alike(&self, claim: usize, wanted: impl Fn(usize) -> bool) -> Vec<(usize, u8)> {
        let Some(doc) = self.doc(claim) else {
            return Vec::new();
        };
        let near = self.near(claim, doc, |term| term.in_claim, wanted).into_iter();
        let mut alike: Vec<(usize, u8)> = near
            .filter_map(|other| Some((other, self.likeness(doc, self.doc(other)?))))
            .filter(|(_, likeness)| u32::from(*likeness) >= ALIKE)
            .collect();
        alike.sort_unstable_by_key(|(claim, likeness)| (Reverse(*likeness), Reverse(*claim)));
        alike.truncate(ALIKE_MOST);
        alike
    }

    /// How alike the sentences of two claims are, in percent: what both have against what each has.
    fn likeness(&self, one: &Doc, other: &Doc) -> u8 {
        let weight = |term: &Term| u64::from(if term.is_number { ALIKE_NUMBER } else { self.idf(term.stem) });
        let of = |doc: &Doc| -> (u64, usize) {
            let claim = doc.terms.iter().filter(|term| term.in_claim);
            claim.fold((0, 0), |sum, term| (sum.0 + weight(term), sum.1 + usize::from(term.is_number)))
        };
        let both = shared(&one.terms, &other.terms).map(|(place, its)| (&one.terms[place], its));
        let both = both.filter(|(own, its)| own.in_claim && its.in_claim);
        let both =
            both.fold((0, 0), |sum, (_, its)| (sum.0 + weight(its), sum.1 + usize::from(its.is_number)));
        let (one_has, other_has) = (of(one), of(other));
        let mut likeness = 200 * both.0 / (one_has.0 + other_has.0).max(1);
        let numbers_differ = one_has.1.min(other_has.1) > both.1;
        if numbers_differ {
            likeness = likeness * ALIKE_NUMBERS / 100;
        }
        if one.negated != other.negated {
            likeness = likeness * ALIKE_NEGATED / 100;
        }
        likeness as u8
    }

    /// Positions of claims that share rare words with one of them, those that share most.
    fn near(
        &self,
        claim: usize,
        doc: &Doc,
        counts: impl Fn(&Term) -> bool,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let terms = doc.terms.iter().filter(|term| counts(term));
        let mut stems: Vec<(usize, u32)> = terms
            .map(|term| (self.having(term.stem).len(), term.stem))
            .filter(|(having, _)| *having > 1)
            .collect();
        stems.sort_unstable_by(|a, b| {
            let names = (self.lexicon.stems.name(a.1), self.lexicon.stems.name(b.1));
            a.0.cmp(&b.0).then_with(|| names.0.cmp(names.1))
        });
        stems.truncate(RELATED_STEMS);
        let mut near = self.met(&stems);
        near.retain(|(_, other)| *other != claim);
        // Nearly always the first few are enough: the others are put in order only if they are not.
        let by_weight = |(weight, other): &(u32, usize)| (Reverse(*weight), Reverse(*other));
        let few = near.len().min(4 * RELATED_COMPARED);
        if few < near.len() {
            near.select_nth_unstable_by_key(few, by_weight);
        }
        let (first, rest) = near.split_at_mut(few);
        let mut found = Vec::with_capacity(RELATED_COMPARED);
        for part in [first, rest] {
            if found.len() == RELATED_COMPARED {
                break;
            }
            part.sort_unstable_by_key(by_weight);
            let wanted = part.iter().map(|near| near.1).filter(|other| wanted(*other));
            found.extend(wanted.take(RELATED_COMPARED - found.len()));
        }
        found
    }

    /// The claims that have some of these stems, the rarest first, with the weight of those that each has; in no order.
    fn met(&self, stems: &[(usize, u32)]) -> Vec<(u32, usize)> {
        thread_local! {
            /// Weights by slot; all zero between two lookups.
            static WEIGHTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
        }
        WEIGHTS.with_borrow_mut(|weights| {
            if weights.len() < self.positions.len() {
                weights.resize(self.positions.len(), 0);
            }
            let (mut met, mut looked) = (Vec::new(), 0);
            for (nth, (having, stem)) in stems.iter().enumerate() {
                let most = if nth == 0 { RELATED_FIRST } else { RELATED_LIST };
                if *having > most || looked > RELATED_LOOKED {
                    break;
                }
                looked += having;
                let weight = idf(self.len(), *having);
                for Posting { slot, .. } in self.having(*stem) {
                    let sum = &mut weights[*slot as usize];
                    if *sum == 0 {
                        met.push(*slot);
                    }
                    *sum += weight;
                }
            }
            met.into_iter()
                .map(|slot| (std::mem::take(&mut weights[slot as usize]), self.position(slot)))
                .collect()
        })
    }

    fn idf(&self, stem: u32) -> u32 {
        idf(self.len(), self.having(stem).len())
    }
}

/// The terms that two texts share: the place of the one's, and the other's.
fn shared<'t>(one: &'t [Term], other: &'t [Term]) -> impl Iterator<Item = (usize, &'t Term)> {
    let mut rest = other;
    one.iter().enumerate().filter_map(move |(place, term)| {
        while let Some((first, more)) = rest.split_first() {
            if first.stem >= term.stem {
                break;
            }
            rest = more;
        }
        rest.first().filter(|first| first.stem == term.stem).map(|first| (place, first))
    })
}
