//! From records to files: which claims share an article, where each file stands, and what becomes of what is there.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::article::{self, Article, Claim};
use super::memory::{Entry, Memory};
use super::ratings::{self, Map};
use super::record::{Found, Record};
use super::tally::{Outcome, Tally};
use super::{Format, Order, addresses, markup, mend, pages};
use crate::config::{Config, Lang};
use crate::digest::sha256;
use crate::slug::slug;
use crate::yaml::is_safe_id;

/// The most claims of one article; the rest stands in further files.
const MOST_CLAIMS: usize = 20;

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
struct Desk<'a> {
    format: Format,
    config: &'a Config,
    taken: Taken,
    standing: Standing<'a>,
    logins: BTreeMap<String, String>,
    plan: Plan,
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
    tally.skipped = found.skipped;
    let mut desk =
        Desk { format, config, taken, standing, logins, plan: Plan { memory, tally, ..Plan::default() } };
    let mut labels = BTreeSet::new();
    let mut groups: Vec<(String, Vec<Record>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for record in found.records {
        on_record();
        let record = mend::mended(record, order);
        let skip = desk.refused(&record).or_else(|| {
            let words =
                record.claim.as_deref().or(record.title.as_deref()).unwrap_or_default().to_lowercase();
            let at = record.url.as_deref().map(addresses::key).unwrap_or_default();
            (!seen.insert((at, words))).then_some("a duplicate: the same claim at the same address")
        });
        if let Some(reason) = skip {
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
        groups[place].1.push(record);
    }
    for (key, records) in &groups {
        for (number, records) in records.chunks(MOST_CLAIMS).enumerate() {
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
        let at = record.url.as_deref().filter(|url| !addresses::is_home(url)).map(addresses::key)?;
        let others = [Format::ClaimReview, Format::Google, Format::Csv, Format::WordPress];
        let is_elsewhere = others.iter().any(|other| {
            *other != self.format && self.plan.memory.entries.contains_key(&format!("{} {at}", other.name()))
        });
        is_elsewhere.then_some("imported already from an archive of another kind")
    }

    /// What names an article of the source, run after run: its address, or its words.
    fn key(&self, record: &Record) -> String {
        let at = record.url.as_deref().filter(|url| !addresses::is_home(url)).map(addresses::key);
        let at = at.unwrap_or_else(|| {
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
        let lang = self.language(first, &mut notes);
        let path = match &entry {
            Some(entry) => entry.file.clone(),
            None => self.path_of("articles", first, lang),
        };
        let mut ids: Vec<(String, String)> = Vec::new();
        let mut claims = Vec::with_capacity(records.len());
        for (number, record) in records.iter().enumerate() {
            let digest = sha256(record.claim.as_deref().unwrap_or_default().as_bytes())[..16].to_owned();
            let id = self.claim_id(record, &digest, number, entry.as_ref(), &ids, &path);
            let (label, said) =
                if record.is_plain { (None, Vec::new()) } else { ratings::label(&record.rating) };
            let verdict = label.as_deref().and_then(|label| map.verdict(label, &self.config.scale));
            self.taken.claims.insert(id.clone(), path.clone());
            ids.push((digest, id.clone()));
            claims.push(Claim { record, id, verdict, label, notes: said });
        }
        let aliases = self.aliases(first, &path);
        let authors = self.authors(records, &mut notes);
        let made = Article { claims, authors, aliases, notes };
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
        let text = pages::page(record, &aliases).unwrap_or_default();
        self.settle(key, &path, text, Vec::new(), &[Outcome::Imported]);
    }

    /// Compares a planned file with what stands there and with what was written before.
    fn settle(
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

    /// The language of the file: one of the desk's, or its main one.
    fn language(&self, record: &Record, notes: &mut Vec<String>) -> Lang {
        let Some(code) = record.language.as_deref().map(|code| code.trim().replace('_', "-").to_lowercase())
        else {
            return Lang::MAIN;
        };
        let base = code.split('-').next().unwrap_or(&code);
        let find = |wanted: &str| self.config.languages.iter().find(|known| known.to_lowercase() == wanted);
        match find(&code).or_else(|| find(base)).and_then(|known| self.config.lang(known)) {
            Some(lang) => lang,
            None => {
                notes.push(format!(
                    "the source says the language is `{}`, which the desk does not have",
                    crate::yaml::clip(&code)
                ));
                Lang::MAIN
            }
        }
    }

    /// A path that nothing else has, of the best name there is.
    fn path_of(&mut self, folder: &str, record: &Record, lang: Lang) -> String {
        let last = record.url.as_deref().and_then(|url| {
            let url = Url::parse(url).ok()?;
            url.path_segments()?.rfind(|part| !part.is_empty()).map(str::to_owned)
        });
        let names = [
            record.slug.as_ref().filter(|slug| !slug.contains('%')),
            record.title.as_ref(),
            last.as_ref(),
            record.claim.as_ref(),
        ];
        let name = names.into_iter().flatten().map(|name| slug(name)).find(|name| name.chars().count() > 2);
        let digest = sha256(self.key(record).as_bytes());
        let name = name.unwrap_or_else(|| format!("check-{}", &digest[..8]));
        let taken = if folder == "pages" { &self.taken.pages } else { &self.taken.articles };
        let file = |stem: &str| match lang {
            Lang::MAIN => format!("content/{folder}/{stem}.md"),
            lang => format!("content/{folder}/{stem}.{}.md", self.config.code(lang)),
        };
        let is_free = |stem: &str| !taken.contains_key(stem) && (self.standing)(&file(stem)).is_none();
        let free = std::iter::once(name.clone())
            .chain((2..10_000).map(|number| format!("{name}-{number}")))
            .find(|stem| is_free(stem));
        let stem = free.unwrap_or_else(|| format!("check-{}", &digest[..32]));
        let path = file(&stem);
        let taken = if folder == "pages" { &mut self.taken.pages } else { &mut self.taken.articles };
        taken.insert(stem, path.clone());
        path
    }

    /// The id of a claim: the one it had, also when its words were put right; otherwise one of its words.
    fn claim_id(
        &self,
        record: &Record,
        digest: &str,
        number: usize,
        entry: Option<&Entry>,
        given: &[(String, String)],
        path: &str,
    ) -> String {
        let before = entry.map_or(&[][..], |entry| &entry.claims);
        let is_given = |id: &str| given.iter().any(|(_, other)| other == id);
        let same_words = before.iter().find(|(other, _)| other == digest);
        let same_place = before.get(number);
        if let Some((_, id)) = same_words.or(same_place).filter(|(_, id)| is_safe_id(id) && !is_given(id)) {
            return id.clone();
        }
        let words = slug(record.claim.as_deref().or(record.title.as_deref()).unwrap_or_default());
        let ascii: String = words.chars().filter(char::is_ascii).collect();
        let mut short = ascii.trim_matches('-');
        // Long claims make long addresses; a few words tell them apart.
        while short.len() > 60 {
            short = short.rsplit_once('-').map_or(&short[..60], |(before, _)| before);
        }
        let is_readable = ascii.len() * 2 > words.len() && is_safe_id(short) && short.len() > 2;
        let name = if is_readable { short.to_owned() } else { format!("claim-{}", &digest[..8]) };
        let is_free = |id: &str| self.taken.claims.get(id).is_none_or(|owner| owner == path) && !is_given(id);
        if is_free(&name) {
            return name;
        }
        let digest = sha256(format!("{}\n{path}\n{digest}", self.key(record)).as_bytes());
        let longer = format!("{name}-{}", &digest[..8]);
        if is_free(&longer) { longer } else { format!("claim-{}", &digest[..40]) }
    }

    /// The old address, if it was one of this desk's own site.
    fn aliases(&mut self, record: &Record, path: &str) -> Vec<String> {
        let Some(url) = record.url.as_deref().and_then(|url| Url::parse(url).ok()) else { return Vec::new() };
        let host = |text: &str| crate::content::host(text);
        let own = [self.config.publisher.url.as_deref().and_then(host), Some(self.config.base.host.clone())];
        let is_own = host(url.as_str()).is_some_and(|found| own.iter().flatten().any(|own| *own == found));
        let old = url.path();
        let parts: Vec<&str> = old.trim_matches('/').split('/').collect();
        let is_safe = |part: &&str| {
            !part.is_empty()
                && !part.ends_with('.')
                && !part.starts_with('.')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+".contains(c))
        };
        // Where this site has pages of its own, an old address may be one of them.
        let sections = [
            "articles",
            "claims",
            "verdicts",
            "topics",
            "people",
            "files",
            "assets",
            "search",
            "corrections",
        ];
        let is_ours = parts.first().is_some_and(|first| {
            sections.contains(first) || self.config.languages.iter().any(|code| code == first)
        });
        let is_page = path.starts_with("content/pages/") && parts.len() == 1;
        if !is_own || url.query().is_some() || is_ours || is_page || !parts.iter().all(is_safe) {
            return Vec::new();
        }
        let owner = self.taken.aliases.entry(old.to_owned()).or_insert_with(|| path.to_owned());
        if owner == path { vec![old.to_owned()] } else { Vec::new() }
    }

    /// Ids of people of the desk, names of others; the desk itself where the source names nobody.
    fn authors(&mut self, records: &[Record], notes: &mut Vec<String>) -> Vec<String> {
        let mut authors: Vec<String> = Vec::new();
        for name in records.iter().flat_map(|record| &record.authors) {
            let shown = self.logins.get(name).cloned();
            let is_login = shown.is_some();
            let name = shown.unwrap_or_else(|| name.clone());
            let known =
                self.taken.people.iter().find(|(_, known)| known.to_lowercase() == name.to_lowercase());
            let author = match known.map(|(id, _)| id.clone()) {
                Some(id) => id,
                None if is_login => self.person(&name),
                None => name,
            };
            if !authors.contains(&author) {
                authors.push(author);
            }
        }
        if authors.is_empty() {
            notes.push("the source names no author; the desk stands for it".to_owned());
            authors.push(self.config.publisher.name.clone());
        }
        authors
    }

    /// A file for an author whom the source has an account of.
    fn person(&mut self, name: &str) -> String {
        let id = slug(name);
        if !is_safe_id(&id) || self.taken.people.contains_key(&id) {
            return name.to_owned();
        }
        self.taken.people.insert(id.clone(), name.to_owned());
        let path = format!("content/people/{id}.md");
        let key = format!("{} person {id}", self.format.name());
        self.settle(&key, &path, pages::person(name), Vec::new(), &[]);
        id
    }

    /// Counts what a person has to look at.
    fn attention(&mut self, article: &Article<'_>, is_draft: bool) {
        let mut note = |what: &str| *self.plan.tally.attention.entry(what.to_owned()).or_default() += 1;
        for claim in &article.claims {
            let record = claim.record;
            for text in record.notes.iter().chain(&claim.notes) {
                // What differs from record to record stands in quotation marks.
                note(&kind_of(text));
            }
            if tricks(record) {
                note("letters that only look like others; `meja check` says where");
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
        for text in &article.notes {
            note(&kind_of(text));
        }
    }
}

/// A note without what differs from record to record: addresses and words in backticks, numbers.
fn kind_of(note: &str) -> String {
    let words = note.split('`').step_by(2).map(str::trim).collect::<Vec<_>>().join(" ... ");
    words
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<String>()
        .trim_end_matches([' ', '.', ':', ';'])
        .to_owned()
}

/// Whether letters of a record are not what they seem.
fn tricks(record: &Record) -> bool {
    let names = record.claimant.as_ref().map(|claimant| &claimant.name);
    [record.claim.as_ref(), record.title.as_ref(), names]
        .into_iter()
        .flatten()
        .any(|text| crate::check::is_disguised(text))
}
