//! Names that last: where a file stands, the id of a claim, who wrote it, which old addresses lead here.

use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::Format;
use super::memory::Entry;
use super::pages;
use super::plan::Desk;
use super::record::Record;
use crate::config::Lang;
use crate::digest::sha256;
use crate::slug::{slug, unfit};
use crate::yaml::is_safe_id;

/// With letters for signs that only look like them, such as those of mathematics.
fn plain(name: &str) -> String {
    name.nfkc().collect()
}

impl Desk<'_> {
    /// The language of the file: one of the desk's, or its main one.
    pub(super) fn language(&self, record: &Record, held: &mut Vec<String>) -> Lang {
        let Some(code) = record.language.as_deref().map(|code| code.trim().replace('_', "-").to_lowercase())
        else {
            return Lang::MAIN;
        };
        let base = code.split('-').next().unwrap_or(&code);
        let find = |wanted: &str| self.config.languages.iter().find(|known| known.to_lowercase() == wanted);
        match find(&code).or_else(|| find(base)).and_then(|known| self.config.lang(known)) {
            Some(lang) => lang,
            None => {
                held.push(format!(
                    "the source says that its language is `{}`, which the desk does not have",
                    crate::yaml::clip(&code)
                ));
                Lang::MAIN
            }
        }
    }

    /// The best name that a file of a record can have, if there is one.
    fn name_of(record: &Record) -> Option<String> {
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
        // Letters that only look like others, and names of devices, are no names of files.
        let name = names.into_iter().flatten().map(|name| plain(name));
        let name = name.filter(|name| !crate::check::is_disguised(name)).map(|name| slug(&name));
        let mut name = name.filter(|name| !name.is_ascii() || is_safe_id(name));
        name.find(|name| name.chars().count() > 2)
    }

    /// Said where a file stands under another name than its own, as that one was taken.
    pub(super) fn second_choice(path: &str, record: &Record) -> Option<String> {
        let name = Self::name_of(record)?;
        let stem = path.rsplit('/').next()?.split('.').next()?;
        let number = stem.strip_prefix(&name)?.strip_prefix('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| format!("the name `{name}` was taken; it stands at `{stem}`"))
    }

    /// A path that nothing else has, of the best name there is.
    pub(super) fn path_of(&mut self, folder: &str, record: &Record, lang: Lang) -> String {
        let digest = sha256(self.key(record).as_bytes());
        let name = Self::name_of(record).unwrap_or_else(|| format!("check-{}", &digest[..8]));
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
    pub(super) fn claim_id(
        &self,
        record: &Record,
        digest: &str,
        entry: Option<&Entry>,
        given: &[(String, String)],
        path: &str,
    ) -> String {
        let before = entry.map_or(&[][..], |entry| &entry.claims);
        let is_given = |id: &str| given.iter().any(|(_, other)| other == id);
        let same_words = before.iter().find(|(other, _)| other == digest);
        let same_place = before.get(given.len());
        if let Some((_, id)) = same_words.or(same_place).filter(|(_, id)| is_safe_id(id) && !is_given(id)) {
            return id.clone();
        }
        let words = slug(&plain(record.claim.as_deref().or(record.title.as_deref()).unwrap_or_default()));
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

    /// The old address, if it was one of this desk's own site, or of the site that the export is of.
    pub(super) fn aliases(&mut self, record: &Record, path: &str) -> Vec<String> {
        let Some(url) = record.url.as_deref().and_then(|url| Url::parse(url).ok()) else { return Vec::new() };
        let host = |text: &str| crate::content::host(text);
        let own = [self.config.publisher.url.as_deref().and_then(host), Some(self.config.base.host.clone())];
        let is_own = host(url.as_str()).is_some_and(|found| {
            own.iter().flatten().any(|own| *own == found) || self.sites.contains(&found)
        });
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
        if !is_own
            || url.query().is_some()
            || old.contains("//")
            || is_ours
            || is_page
            || !parts.iter().all(is_safe)
            || unfit(old).is_some()
        {
            return Vec::new();
        }
        let owner = self.taken.aliases.entry(old.to_owned()).or_insert_with(|| path.to_owned());
        if owner == path { vec![old.to_owned()] } else { Vec::new() }
    }

    /// Ids of people of the desk, names of others; the desk itself where the source names nobody.
    pub(super) fn authors(&mut self, records: &[Record], notes: &mut Vec<String>) -> Vec<String> {
        let mut authors: Vec<String> = Vec::new();
        for name in records.iter().flat_map(|record| &record.authors) {
            let shown = self.logins.get(name).cloned();
            let is_login = shown.is_some();
            let name = shown.unwrap_or_else(|| name.clone());
            let known =
                self.taken.people.iter().find(|(_, known)| known.to_lowercase() == name.to_lowercase());
            let author = match known.map(|(id, _)| id.clone()) {
                Some(id) => id,
                // A word in small letters is an id to the desk: somebody has to have it.
                None if is_login || is_safe_id(&name) => self.person(&name),
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
        let key = key_of_person(self.format, &id);
        self.settle(&key, &path, pages::person(name), Vec::new(), &[]);
        id
    }
}

/// What names the file of a person that an import of this kind wrote.
pub(super) fn key_of_person(format: Format, id: &str) -> String {
    format!("{} person {id}", format.name())
}
