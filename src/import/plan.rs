//! From records to files: which claims share an article, where each file stands, and what becomes of what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::article::{self, Article, Claim};
use super::memory::{Entry, Memory};
use super::ratings::{self, Map};
use super::record::{Found, Record};
use super::tally::{Outcome, Tally};
use super::{Format, Order, addresses, groups, markup, mend, pages};
use crate::config::{Config, Lang};
use crate::digest::sha256;

/// The SHA-256 of the file at a path of the desk; nothing if there is none.
pub type Standing<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What the desk has already, by the path of the file that has it.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Last parts of addresses of articles.
    pub articles: BTreeMap<String, String>,
    /// Last parts of addresses of pages.
    pub pages: BTreeMap<String, String>,
    /// Ids of claims.
    pub claims: BTreeMap<String, String>,
    /// Old addresses that lead somewhere.
    pub aliases: BTreeMap<String, String>,
    /// Ids of people, with their names.
    pub people: BTreeMap<String, String>,
    /// Names that have pages: what they are of, the name, and the file that has it.
    pub names: Vec<(Named, String, String)>,
}

/// What a name is of; each kind has pages of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Who wrote an article.
    Author,
    /// What it is about.
    Topic,
    /// Who made a claim.
    Claimant,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its path from the desk's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to be written.
    pub files: Vec<Planned>,
    /// What is to be remembered before they are.
    pub memory: Memory,
    /// The map of ratings, if something is new in it.
    pub ratings: Option<String>,
    /// What became of the records.
    pub tally: Tally,
}

/// The desk and what stands there.
pub(super) struct Desk<'a> {
    /// What the archive comes as.
    pub(super) format: Format,
    /// The settings.
    pub(super) config: &'a Config,
    /// What is there.
    pub(super) taken: Taken,
    /// What stands at a path.
    pub(super) standing: Standing<'a>,
    /// Accounts of the source, with the names of people.
    pub(super) logins: BTreeMap<String, String>,
    /// Hosts of the sites that the archive is of.
    pub(super) sites: BTreeSet<String>,
    /// How names are written, by the address of their pages.
    pub(super) spellings: BTreeMap<(Named, String), String>,
    /// What was planned so far.
    pub(super) plan: Plan,
}

/// Plans an import. `standing_ratings` is the map as it stands; `on_record` hears of each record.
#[expect(clippy::too_many_arguments, reason = "each is a fact of its own, and there is one caller")]
pub fn plan(
    format: Format,
    found: Found,
    order: Option<Order>,
    config: &Config,
    taken: Taken,
    memory: Memory,
    (map, standing_ratings): (&Map, Option<&str>),
    standing: Standing<'_>,
    on_record: &dyn Fn(),
) -> Plan {
    let logins =
        found.people.iter().map(|person| (person.login.clone(), markup::plain(&person.name))).collect();
    let mut tally = Tally { records: found.records.len() + found.skipped.len(), ..Tally::default() };
    tally.remarks = found.remarks;
    tally.tables = found.tables;
    tally.is_broken = found.is_broken;
    // Old addresses lead here only once the old name does.
    let base = &config.base.host;
    tally.remarks.extend(found.sites.iter().filter(|site| *site != base).map(|site| {
        format!("the export is of {site}, this desk is {base}: old links arrive once {site} leads here (see base_url in site.yaml)")
    }));
    tally.skipped = found.skipped;
    let mut desk = Desk {
        format,
        config,
        taken,
        standing,
        logins,
        sites: found.sites,
        spellings: BTreeMap::new(),
        plan: Plan { memory, tally, ..Plan::default() },
    };
    desk.learn();
    // Claims that are not whole have ids, too, which no reader of the desk sees.
    let entries: Vec<(String, String)> = desk.plan.memory.entries.values().flat_map(Entry::ids).collect();
    desk.taken.claims.extend(entries);
    let mut labels = BTreeSet::new();
    let mut groups: Vec<(String, Vec<Record>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for record in found.records {
        on_record();
        let mut record = mend::mended(record, order);
        desk.attribute(&mut record);
        desk.spell(&mut record);
        if let Some(reason) = desk.refused(&record) {
            desk.plan.tally.skipped.push(super::Skipped { place: record.place, reason });
            continue;
        }
        let words = record.claim.as_deref().or(record.title.as_deref()).unwrap_or_default().to_lowercase();
        // As with articles: the front page of a site is the address of no check.
        let at = addresses::own_key(record.url.as_deref()).unwrap_or_default();
        if let Some((group, number)) = seen.get(&(at.clone(), words.clone())) {
            let reason = groups::duplicate(&mut groups[*group].1[*number], &record);
            desk.plan.tally.skipped.push(super::Skipped { place: record.place, reason });
            continue;
        }
        if !record.is_plain {
            labels.extend(ratings::label(&record.rating).0);
        }
        let key = desk.key(&record);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        seen.insert((at, words), (place, groups[place].1.len()));
        groups::join(&mut groups[place].1, record);
    }
    groups::compare(&mut groups, |record| desk.foreign(record).is_none());
    for (key, records) in &groups {
        for (number, records) in groups::parts(records).into_iter().enumerate() {
            let key = if number == 0 { key.clone() } else { format!("{key}#{}", number + 1) };
            if records[0].is_page { desk.page(&key, &records[0]) } else { desk.article(&key, records, map) }
        }
    }
    desk.plan.tally.unmapped =
        labels.iter().filter(|label| map.verdict(label, &config.scale).is_none()).count();
    desk.plan.ratings = map.proposed(standing_ratings, &labels, &config.scale);
    desk.plan
}

impl Desk<'_> {
    /// Why nothing can be made of a record.
    fn refused(&self, record: &Record) -> Option<&'static str> {
        if record.claim.is_none() && record.title.is_none() && record.body.is_none() {
            return Some("neither a claim nor a headline nor a text");
        }
        if record.is_page && record.title.is_none() {
            return Some("a page without a headline");
        }
        let at = addresses::own_key(record.url.as_deref())?;
        let others = [Format::ClaimReview, Format::Google, Format::Csv, Format::WordPress];
        let is_elsewhere = others.iter().any(|other| {
            *other != self.format && self.plan.memory.entries.contains_key(&format!("{} {at}", other.name()))
        });
        is_elsewhere.then_some("imported already from an archive of another kind")
    }

    /// What names an article of the source, run after run: its address, or its words.
    pub(super) fn key(&self, record: &Record) -> String {
        let at = addresses::own_key(record.url.as_deref()).unwrap_or_else(|| {
            let words =
                [&record.title, &record.claim].map(|text| text.as_deref().unwrap_or_default()).join("\n");
            format!("sha256:{}", &sha256(words.as_bytes())[..24])
        });
        format!("{} {at}", self.format.name())
    }

    fn article(&mut self, key: &str, records: &[Record], map: &Map) {
        let entry = self.plan.memory.entries.get(key).cloned();
        let first = &records[0];
        let mut notes = Vec::new();
        let mut held = Vec::new();
        let lang = self.language(first, &mut held);
        let path = match &entry {
            Some(entry) => entry.file.clone(),
            None => self.path_of("articles", first, lang),
        };
        let mut ids: Vec<(String, String)> = Vec::new();
        let mut claims = Vec::with_capacity(records.len());
        for record in records {
            // Only a claim with words has an address.
            let id = match &record.claim {
                Some(claim) => {
                    let digest = sha256(claim.as_bytes())[..16].to_owned();
                    let id = self.claim_id(record, &digest, entry.as_ref(), &ids, &path);
                    self.taken.claims.insert(id.clone(), path.clone());
                    ids.push((digest, id.clone()));
                    id
                }
                None => String::new(),
            };
            let mut claim = Claim { record, id, verdict: None, label: None, notes: Vec::new() };
            if !record.is_plain {
                let title = record.title.as_deref();
                let decided = ratings::decide(&record.rating, title, map, &self.config.scale);
                // Where two things are said of one claim, neither is published.
                claim.verdict = decided.verdict.filter(|_| record.conflicts.is_empty());
                (claim.label, claim.notes) = (decided.label, decided.notes);
            }
            claim.notes.extend(record.conflicts.iter().cloned());
            if record.is_guessed {
                held.push("the source could not be read with certainty".to_owned());
            }
            held.extend(self.foreign(record));
            claims.push(claim);
        }
        notes.extend(Self::second_choice(&path, first));
        let aliases = self.aliases(first, &path);
        let authors = self.authors(records, &mut notes);
        held.dedup();
        let made = Article { claims, authors, aliases, notes, held };
        let (text, is_draft) = article::text(&made, self.format.name(), self.config);
        self.attention(&made, is_draft);
        let outcomes: Vec<Outcome> =
            records.iter().map(|_| if is_draft { Outcome::Draft } else { Outcome::Imported }).collect();
        self.settle(key, &path, text, ids, &outcomes);
    }

    fn page(&mut self, key: &str, record: &Record) {
        let path = match self.plan.memory.entries.get(key) {
            Some(entry) => entry.file.clone(),
            None => self.path_of("pages", record, Lang::MAIN),
        };
        let aliases = self.aliases(record, &path);
        let mut notes: Vec<String> = Self::second_choice(&path, record).into_iter().collect();
        let text = pages::page(record, &aliases, &notes).unwrap_or_default();
        notes.extend(record.notes.iter().cloned());
        self.plan.tally.note_all(&notes);
        self.settle(key, &path, text, Vec::new(), &[Outcome::Page]);
    }

    /// Compares a planned file with what stands there and with what was written before.
    pub(super) fn settle(
        &mut self,
        key: &str,
        path: &str,
        text: String,
        claims: Vec<(String, String)>,
        new: &[Outcome],
    ) {
        let wanted = sha256(text.as_bytes());
        let stands = (self.standing)(path);
        let entry = self.plan.memory.entries.get(key);
        let is_ours = match (&stands, entry) {
            (Some(stands), _) if *stands == wanted => true,
            (None, None) => true,
            // Only a run that did not end leaves a file unwritten; otherwise an editor removed it.
            (None, Some(entry)) => entry.before.is_some(),
            (Some(stands), Some(entry)) => *stands == entry.sha256 || entry.before.as_ref() == Some(stands),
            (Some(_), None) => false,
        };
        let tally = &mut self.plan.tally;
        tally.files += 1;
        let mut count =
            |outcome: Outcome, records: usize| *tally.outcomes.entry(outcome).or_default() += records;
        if !is_ours {
            count(Outcome::Left, new.len());
            tally.left.push(path.to_owned());
            return;
        }
        let entry = |before| Entry { file: path.to_owned(), sha256: wanted.clone(), before, claims };
        if stands.as_ref() == Some(&wanted) {
            count(Outcome::Unchanged, new.len());
            self.plan.memory.entries.insert(key.to_owned(), entry(None));
            return;
        }
        match &stands {
            Some(_) => count(Outcome::Updated, new.len()),
            None => new.iter().for_each(|outcome| count(*outcome, 1)),
        }
        self.plan.memory.entries.insert(key.to_owned(), entry(Some(stands.unwrap_or_default())));
        self.plan.files.push(Planned { path: path.to_owned(), text });
    }

    /// Counts what a person has to look at.
    fn attention(&mut self, article: &Article<'_>, is_draft: bool) {
        let tally = &mut self.plan.tally;
        let mut note = |what: &str| tally.note(what);
        for claim in &article.claims {
            let record = claim.record;
            for text in record.notes.iter().chain(&claim.notes) {
                // What differs from record to record stands in quotation marks.
                note(text);
            }
            if tricks(record) {
                note("letters that only look like others; meja check says where");
            }
            if record.is_plain || !is_draft {
                continue;
            }
            for (is_missing, what) in [
                (record.claim.is_none(), "no claim"),
                (record.claim.is_some() && claim.label.is_none(), "no rating"),
                (claim.label.is_some() && claim.verdict.is_none(), "a rating without a verdict of this desk"),
                (record.finding.is_none(), "no finding"),
                (record.sources.is_empty(), "no source"),
                (record.title.is_none(), "no headline"),
                (record.date.is_none(), "no date"),
                (record.unpublished, "not published in the source"),
            ] {
                if is_missing {
                    note(what);
                }
            }
        }
        for text in article.notes.iter().chain(&article.held) {
            note(text);
        }
    }
}

/// Whether letters of a record are not what they seem.
fn tricks(record: &Record) -> bool {
    let names = record.claimant.as_ref().map(|claimant| &claimant.name);
    [record.claim.as_ref(), record.title.as_ref(), names]
        .into_iter()
        .flatten()
        .any(|text| crate::check::is_disguised(text))
}
