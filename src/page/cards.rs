//! The parts that many pages show: verdicts, dates, parties, cards.

use std::sync::PoisonError;

use jiff::civil::Date;
use tera::Value;
use tera::value::Key;

use super::Pages;
use super::value::{Object, list, text};
use crate::config::{Lang, Verdict};
use crate::content::{Article, Description, MediaKind, Party, PartyKind, Person, Status};
use crate::site::{ClaimRef, ListKind, Position, Term, address, author_slug, party_slug};
use crate::slug::slug;

impl Pages {
    /// A verdict of the scale. `None` only for an index that no scale has.
    pub(super) fn verdict(&self, index: usize) -> Option<&Verdict> {
        self.site.config.scale.verdicts.get(index)
    }

    pub(super) fn verdict_value(&self, index: usize, lang: Lang) -> Value {
        self.shared[lang.index()].verdicts.get(index).cloned().unwrap_or_else(Value::none)
    }

    pub(super) fn build_verdict(&self, index: usize, lang: Lang) -> Value {
        let scale = &self.site.config.scale;
        let Some(verdict) = scale.verdicts.get(index) else {
            return Value::none();
        };
        // Where verdicts have values, one without a value has no place between them.
        let measured = scale.best().is_some();
        let placed: Vec<usize> = (0..scale.verdicts.len())
            .filter(|index| !measured || scale.verdicts[*index].value.is_some())
            .collect();
        let position = placed.iter().position(|place| *place == index).map(|place| place + 1);
        Object::new()
            .set("id", verdict.id.as_str())
            .set("label", verdict.label.get(lang))
            .set("definition", verdict.definition.get(lang))
            .set("tone", verdict.tone.name())
            .set("value", verdict.value)
            .set("best", verdict.value.and(scale.best()))
            .set("position", position)
            .set("total", placed.len())
            .set("href", self.href(&address::term(&self.site.config, lang, ListKind::Verdict, &verdict.id)))
            .into()
    }

    /// A date, made once for all pages of a language: an archive has few days, and they are on all pages.
    pub(super) fn date(&self, date: Date, lang: Lang) -> Value {
        let known = || self.dates[lang.index()].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known().get(&date) {
            return value.clone();
        }
        let value = self.build_date(date, lang);
        // Another thread may have been faster: all are to share one.
        let value = known().entry(date).or_insert(value).clone();
        self.prints.known(value)
    }

    /// A date as [`Pages::date`] has it in words.
    pub(super) fn date_medium(&self, date: Date, lang: Lang) -> Value {
        let date = self.date(date, lang);
        date.as_map().and_then(|date| date.get(&Key::Str("medium"))).cloned().unwrap_or_else(Value::none)
    }

    fn build_date(&self, date: Date, lang: Lang) -> Value {
        let formats = &self.words(lang).formats;
        Object::new()
            .set("iso", date.to_string())
            .set("long", formats.date_long(date))
            .set("medium", formats.date_medium(date))
            .set("short", formats.date_short(date))
            .into()
    }

    pub(super) fn optional_date(&self, date: Option<Date>, lang: Lang) -> Value {
        date.map_or_else(Value::none, |date| self.date(date, lang))
    }

    /// What is known of a party: its file's description, or the one given in place.
    pub(super) fn describe<'a>(&'a self, party: &'a Party, lang: Lang) -> (&'a str, Option<&'a Description>) {
        match party {
            Party::Described(description) => (&description.name, Some(description)),
            Party::Named(name) => match self.site.person(name, lang) {
                Some(person) => (&person.description.name, Some(&person.description)),
                None => (name, None),
            },
        }
    }

    pub(super) fn claimant(&self, party: &Party, lang: Lang) -> Value {
        match party {
            Party::Named(name) => {
                let known = &self.shared[lang.index()].claimants;
                self.prints.known(known.of(name, || self.build_claimant(party, lang)))
            }
            Party::Described(_) => self.build_claimant(party, lang),
        }
    }

    fn build_claimant(&self, party: &Party, lang: Lang) -> Value {
        let (name, description) = self.describe(party, lang);
        let slug = party_slug(&self.site, party, lang);
        let person = match party {
            Party::Named(id) => self.site.person(id, lang),
            Party::Described(_) => None,
        };
        let href = self.term_path(lang, ListKind::Claimant, &slug);
        self.party(name, description, person.map(AsRef::as_ref), href)
    }

    pub(super) fn author(&self, name: &str, lang: Lang) -> Value {
        self.prints.known(self.shared[lang.index()].authors.of(name, || self.build_author(name, lang)))
    }

    /// The authors or reviewers of an article: few teams write many.
    pub(super) fn people(&self, names: &[String], lang: Lang) -> Value {
        let build = || list(names.iter().map(|name| self.author(name, lang)));
        // A name may have anything in it but a control character that no page can show.
        self.prints.known(self.shared[lang.index()].teams.of(&names.join("\0"), build))
    }

    fn build_author(&self, name: &str, lang: Lang) -> Value {
        let person = self.site.person(name, lang);
        let slug = author_slug(&self.site, name, lang);
        let href = self.term_path(lang, ListKind::Author, &slug);
        let shown = person.map_or(name, |person| person.description.name.as_str());
        self.party(shown, person.map(|person| &person.description), person.map(AsRef::as_ref), href)
    }

    fn party(
        &self,
        name: &str,
        description: Option<&Description>,
        person: Option<&Person>,
        path: Option<String>,
    ) -> Value {
        let kind = description.and_then(|description| description.kind).map(|kind| match kind {
            PartyKind::Person => "person",
            PartyKind::Organization => "organization",
        });
        Object::new()
            .set("name", name)
            .set("href", path.map(|path| self.href(&path)))
            .set("role", text(person.and_then(|person| person.role.as_deref())))
            .set("url", text(description.and_then(|description| description.url.as_deref())))
            .set("kind", kind)
            .into()
    }

    /// The topics of an article: the same for it and for all its claims.
    pub(super) fn topics(&self, index: usize) -> Value {
        let topics = || {
            let article = &self.site.articles[index];
            let known = &self.shared[article.lang.index()].topics;
            list(article.topics.iter().map(|topic| known.of(topic, || self.build_topic(topic, article.lang))))
        };
        self.article_topics[index].get_or_init(|| self.prints.known(topics())).clone()
    }

    fn build_topic(&self, topic: &str, lang: Lang) -> Value {
        let term = self.site.edition(lang).terms(ListKind::Topic).get(&slug(topic));
        let href =
            |term: &Term| self.href(&address::term(&self.site.config, lang, ListKind::Topic, &term.slug));
        Object::new()
            .set("label", term.map_or(topic, |term| term.label.as_str()))
            .set("href", term.map(href))
            .into()
    }

    /// What is special about an article's state.
    pub(super) fn notice(&self, article: &Article) -> Option<&'static str> {
        match article.status {
            Status::Withdrawn { .. } => Some("withdrawn"),
            Status::Draft => Some("draft"),
            Status::Published if article.date.is_after(&self.site.now) => Some("scheduled"),
            Status::Published => None,
        }
    }

    /// A *claim card*.
    pub(super) fn claim_card(&self, at: ClaimRef) -> Value {
        self.claim_cards[self.site.claim_number(at)]
            .get_or_init(|| self.prints.known(self.claim_fields_in(at, self.site.article_of(at).lang).into()))
            .clone()
    }

    /// A *claim card* for a page in another language than the claim's, where there is no
    /// translation: the verdict and the dates are in the page's language.
    pub(super) fn claim_card_in(&self, at: ClaimRef, lang: Lang) -> Value {
        if self.site.article_of(at).lang == lang {
            self.claim_card(at)
        } else {
            self.claim_fields_in(at, lang).into()
        }
    }

    /// The fields of a *claim card*, to which the claim's own page adds.
    pub(super) fn claim_fields(&self, at: ClaimRef) -> Object {
        Object::of(&self.claim_card(at))
    }

    fn claim_fields_in(&self, at: ClaimRef, lang: Lang) -> Object {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        let corrected = !claim.history.is_empty()
            || article
                .corrections
                .iter()
                .any(|correction| correction.claim.as_deref() == Some(claim.id.as_str()));
        let changed = (!claim.history.is_empty()).then(|| self.site.checked_on(at));
        Object::new()
            .set("id", claim.id.as_str())
            .set("claim", claim.claim.as_str())
            .set("lang", self.site.config.code(article.lang))
            .set("href", self.href(&self.site.claim_path(at)))
            .set("verdict", self.verdict_value(claim.verdict, lang))
            .set("kind", self.kind(claim.kind, lang))
            .set(
                "claimant",
                claim.claimant.as_ref().map_or_else(Value::none, |party| self.claimant(party, lang)),
            )
            .set("claimed_on", self.optional_date(claim.claimed_on, lang))
            .set("checked_on", self.date(self.site.checked_on(at), lang))
            .set("verdict_since", self.optional_date(changed, lang))
            .set("notice", self.notice(article))
            .set("finding", claim.finding.as_str())
            .set("media", claim.media.as_ref().map(|media| media_name(media.kind)))
            .set("article", self.article_link(at.article))
            .set("topics", self.topics(at.article))
            .set("corrected", corrected)
    }

    fn kind(&self, kind: Option<usize>, lang: Lang) -> Value {
        let kind = kind.and_then(|kind| self.site.config.kinds.get(kind));
        kind.map_or_else(Value::none, |kind| {
            let href = self.term_path(lang, ListKind::Kind, &kind.id).map(|path| self.href(&path));
            Object::new()
                .set("label", kind.label.get(lang))
                .set("definition", kind.definition.get(lang))
                .set("href", href)
                .into()
        })
    }

    /// `title` and `href` of an article.
    pub(super) fn article_link(&self, index: usize) -> Value {
        let link = || {
            Object::new()
                .set("title", self.site.articles[index].title.as_str())
                .set("href", self.href(&self.site.path_of(Position::Article(index))))
                .into()
        };
        self.article_links[index].get_or_init(|| self.prints.known(link())).clone()
    }

    /// An *article card*.
    pub(super) fn article_card(&self, index: usize) -> Value {
        self.article_cards[index].get_or_init(|| self.prints.known(self.article_fields(index).into())).clone()
    }

    /// The fields of an *article card*, to which the article's own page adds.
    pub(super) fn article_fields(&self, index: usize) -> Object {
        let article = &self.site.articles[index];
        let lang = article.lang;
        let claims =
            (0..article.claims.len()).map(|claim| self.claim_card(ClaimRef { article: index, claim }));
        Object::new()
            .set("title", article.title.as_str())
            .set("href", self.href(&self.site.path_of(Position::Article(index))))
            .set("date", self.date(article.date.date, lang))
            .set("updated", self.optional_date(article.updated.as_ref().map(|updated| updated.date), lang))
            .set("summary", text(article.summary.as_deref()))
            .set("authors", self.people(&article.authors, lang))
            .set("topics", self.topics(index))
            .set("image", article.image.as_ref().map_or_else(Value::none, |image| self.picture(image)))
            .set("claims", list(claims))
            .set("notice", self.notice(article))
    }
}

/// The name of a kind of media in templates and keys.
pub(super) fn media_name(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
    }
}
