//! The claims of a site as the lookup numbers them.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::plan::{CLAIMS_A_FILE, LookupFile, Recipe};
use super::{ClaimRef, Site, address};
use crate::config::Lang;
use crate::lookup::{Folder, Index, Shards, Text};
use crate::slug::slug;

/// Every claim that listings show, in all languages, with the index of their words.
#[derive(Debug, Default)]
pub struct Lookup {
    /// The index, built when it is first asked for; its positions are those of [`Lookup::claims`].
    index: OnceLock<Index>,
    /// The claims, the one that was published first at the beginning. New claims come last, so that
    /// they change few of the published files.
    claims: Arc<Vec<ClaimRef>>,
    /// The position of each claim by its number; none for those that listings do not show.
    positions: Arc<Vec<Option<u32>>>,
}

impl Lookup {
    /// Numbers the claims of a site. The index is brought up to date if the site `before` had one.
    pub(super) fn build(site: &Site, before: Option<&Site>) -> Self {
        let shared = before.filter(|_| site.kept.skeleton).map(|before| &before.lookup);
        let (claims, positions) = match shared {
            Some(lookup) => (Arc::clone(&lookup.claims), Arc::clone(&lookup.positions)),
            None => {
                let claims = in_order(site);
                let mut positions = vec![None; site.claim_count()];
                for (position, at) in claims.iter().enumerate() {
                    positions[site.claim_number(*at)] = u32::try_from(position).ok();
                }
                (Arc::new(claims), Arc::new(positions))
            }
        };
        let known = before.and_then(|before| Some((before, before.lookup.index.get()?)));
        let lookup = Self { index: OnceLock::new(), claims, positions };
        let claims = &lookup.claims;
        let index = match known {
            Some((before, index)) => {
                let known = known_positions(site, before, claims);
                let mut changed: FxHashMap<usize, Words<'_>> = FxHashMap::default();
                for (position, _) in known.iter().enumerate().filter(|(_, known)| known.is_none()) {
                    changed.insert(position, Words::of(site, claims[position]));
                }
                index.update(&known, |position| changed[&position].text())
            }
            None => return lookup,
        };
        let _ = lookup.index.set(index);
        lookup
    }

    fn indexed(&self, site: &Site) -> Index {
        let codes: Vec<&str> = site.config.langs().map(|lang| site.config.code(lang)).collect();
        let words: Vec<Words<'_>> = self.claims.iter().map(|at| Words::of(site, *at)).collect();
        let texts: Vec<Text<'_>> = words.iter().map(Words::text).collect();
        Index::build(&Arc::new(Folder::new(&codes)), &texts)
    }
}

/// What of a claim can be looked up.
struct Words<'s> {
    lang: &'s str,
    claim: &'s str,
    title: &'s str,
    finding: &'s str,
    claimant: &'s str,
    topics: Vec<&'s str>,
}

impl<'s> Words<'s> {
    fn of(site: &'s Site, at: ClaimRef) -> Self {
        let (article, claim) = (site.article_of(at), site.claim(at));
        Self {
            lang: site.config.code(article.lang),
            claim: &claim.claim,
            title: &article.title,
            finding: &claim.finding,
            claimant: site.claimant_name(at),
            topics: article.topics.iter().map(|topic| site.topic_label(topic, article.lang)).collect(),
        }
    }

    fn text(&self) -> Text<'_> {
        Text {
            lang: self.lang,
            claim: self.claim,
            title: self.title,
            finding: self.finding,
            claimant: self.claimant,
            topics: &self.topics,
        }
    }
}

/// All listed claims, the one that was published first at the beginning.
fn in_order(site: &Site) -> Vec<ClaimRef> {
    let mut claims: Vec<ClaimRef> = Vec::with_capacity(site.claim_count());
    for edition in &site.editions {
        claims.extend(edition.claims.iter().filter(|at| !edition.doubled.contains(at)));
    }
    claims.sort_by_cached_key(|at| {
        let article = site.article_of(*at);
        // Of two that fit alike the later one is shown first: the main language before its translation.
        (article.date.sort_key(), site.claim(*at).id.clone(), Reverse(article.lang))
    });
    claims
}

/// For each claim its position in the site before, if every word of it that is looked up is the same.
fn known_positions(site: &Site, before: &Site, claims: &[ClaimRef]) -> Vec<Option<usize>> {
    if site.kept.skeleton {
        let is_same = |at: &ClaimRef| Arc::ptr_eq(site.article_of(*at), before.article_of(*at));
        return claims.iter().enumerate().map(|(position, at)| is_same(at).then_some(position)).collect();
    }
    let old: FxHashMap<*const crate::content::Article, usize> =
        before.articles.iter().enumerate().map(|(index, article)| (Arc::as_ptr(article), index)).collect();
    claims
        .iter()
        .map(|at| {
            let article = *old.get(&Arc::as_ptr(site.article_of(*at)))?;
            let then = ClaimRef { article, claim: at.claim };
            let position = before.lookup.position(before, then)?;
            // The name of a claimant stands in a file of its own.
            (site.claimant_name(*at) == before.claimant_name(then)).then_some(position)
        })
        .collect()
}

/// The index of the search page, one for all languages.
pub(super) fn files(site: &Site, add: &mut impl FnMut(&str, Recipe)) {
    if !site.config.search {
        return;
    }
    let claims = site.lookup.claims().len();
    let shards = Shards::of(claims);
    add(&address::lookup("index.json"), Recipe::Lookup(LookupFile::Index));
    add(&address::lookup("facets.json"), Recipe::Lookup(LookupFile::Facets));
    let mut parts = |folder: &str, count: usize, recipe: fn(usize) -> LookupFile| {
        for number in 0..count {
            add(&address::lookup(&format!("{folder}/{number:03}.json")), Recipe::Lookup(recipe(number)));
        }
    };
    parts("words", shards.words, LookupFile::Words);
    parts("stems", shards.stems, LookupFile::Stems);
    parts("grams", shards.grams, LookupFile::Grams);
    parts("claims", claims.div_ceil(CLAIMS_A_FILE), LookupFile::Claims);
}

impl Lookup {
    /// The position of a claim in the index, if listings show it.
    pub fn position(&self, site: &Site, at: ClaimRef) -> Option<usize> {
        self.positions.get(site.claim_number(at)).copied().flatten().map(|position| position as usize)
    }

    /// The claims in the order of the index.
    pub fn claims(&self) -> &[ClaimRef] {
        &self.claims
    }
}

impl Site {
    /// The index of claims. The first to ask waits for it; ask before threads of a pool do,
    /// since one that waits may take up work that asks again.
    pub fn index(&self) -> &Index {
        self.lookup.index.get_or_init(|| self.lookup.indexed(self))
    }

    /// Builds the index if pages show anything of it: to be called before threads of a pool make some.
    pub fn index_for_pages(&self) {
        if self.config.related > 0 || self.config.search {
            self.index();
        }
    }

    /// Who made a claim, as readers see the name; empty if nobody is named.
    pub fn claimant_name(&self, at: ClaimRef) -> &str {
        let lang = self.article_of(at).lang;
        self.claim(at).claimant.as_ref().map_or("", |party| self.name_of(party, lang))
    }

    /// What readers see of a topic.
    pub fn topic_label<'s>(&'s self, topic: &'s str, lang: Lang) -> &'s str {
        let labels = &self.config.topics;
        // Only a desk with labels of its own pays for the slug.
        let label = (!labels.is_empty()).then(|| labels.get(&slug(topic))).flatten();
        label.map_or(topic, |label| label.get(lang))
    }

    /// The claims closest to one of them, in the same language and of other articles.
    pub fn related(&self, at: ClaimRef, most: usize) -> Vec<ClaimRef> {
        let Some(position) = self.lookup.position(self, at).filter(|_| most > 0) else {
            return Vec::new();
        };
        let claims = self.lookup.claims();
        let hits = self.index().related(position, most, |other| self.is_comparable(at, claims[other]));
        hits.iter().map(|hit| claims[hit.claim]).collect()
    }

    /// Earlier claims of other articles that say nearly the same, with their likeness in percent, the most
    /// alike first.
    pub fn said_before(&self, at: ClaimRef) -> Vec<(ClaimRef, u8)> {
        let Some(position) = self.lookup.position(self, at) else {
            return Vec::new();
        };
        let claims = self.lookup.claims();
        // Later ones and translations must not take the places of earlier ones.
        let alike =
            self.index().alike(position, |other| other < position && self.is_comparable(at, claims[other]));
        alike.into_iter().map(|(other, likeness)| (claims[other], likeness)).collect()
    }

    /// Whether two claims are of one language and of different articles.
    fn is_comparable(&self, at: ClaimRef, other: ClaimRef) -> bool {
        at.article != other.article && self.article_of(at).lang == self.article_of(other).lang
    }
}
