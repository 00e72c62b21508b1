//! The home page.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list};
use super::{Made, Pages, json_ld};
use crate::config::Lang;
use crate::site::{ListKind, Term, address};

/// How many articles the home page shows beside the lead, and how many claims.
const ARTICLES: usize = 9;
const CLAIMS: usize = 6;
/// How many topics it names: the largest, by name.
const TOPICS: usize = 16;

impl Pages {
    pub(super) fn home(&self, path: &str, lang: Lang) -> Made<'_> {
        let config = &self.site.config;
        let mut frame = Frame::new("home", "home.html", path, lang, "");
        frame.description = config.description.as_ref().map(|description| description.get(lang));
        frame.indexed = true;
        frame.json_ld = json_ld::website(self, lang);
        frame.alternates = self.in_other_languages(lang, |other| Some(address::home(config, other)));
        let view = self.home_view(lang);
        self.page(frame, "home", view)
    }

    /// What the home page shows; the page for addresses that are not there offers the same.
    pub(super) fn home_view(&self, lang: Lang) -> Value {
        let edition = self.site.edition(lang);
        let featured = edition.articles.iter().copied().find(|index| self.site.articles[*index].featured);
        let lead = featured.or_else(|| edition.articles.first().copied());
        let articles = edition.articles.iter().copied().filter(|index| Some(*index) != lead).take(ARTICLES);
        let words = self.words(lang);
        // Those of the lead stand with it, unless there are no others.
        let elsewhere = edition.claims.iter().filter(|at| Some(at.article) != lead);
        let mut claims: Vec<_> = elsewhere.take(CLAIMS).collect();
        if claims.is_empty() {
            claims.extend(edition.claims.iter().take(CLAIMS));
        }
        let all_topics = &edition.terms(ListKind::Topic).list;
        let mut topics: Vec<&Term> = all_topics.iter().collect();
        topics.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.slug.cmp(&b.slug)));
        topics.truncate(TOPICS);
        topics.sort_by_cached_key(|term| (crate::slug::slug(&term.label), term.slug.clone()));
        let topics = topics.into_iter().map(|term| {
            Object::new()
                .set("label", term.label.as_str())
                .set("href", self.href(&address::term(&self.site.config, lang, ListKind::Topic, &term.slug)))
                .set("count_label", words.count("articles_count", term.members.len()))
        });
        Object::new()
            .set("lead", lead.map_or_else(Value::none, |index| self.article_card(index)))
            .set("articles", list(articles.map(|index| self.article_card(index))))
            .set("claims", list(claims.into_iter().map(|at| self.claim_card(*at))))
            .set("topics", list(topics))
            .set("more_topics", all_topics.len() > TOPICS)
            .set(
                "counts",
                Object::new()
                    .set("claims", words.count("claims_count", edition.claims.len()))
                    .set("articles", words.count("articles_count", edition.articles.len())),
            )
            .into()
    }
}
