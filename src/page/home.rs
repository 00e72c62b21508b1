//! The home page.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list};
use super::{Made, Pages, json_ld};
use crate::config::Lang;
use crate::site::{ListKind, address};

/// How many articles and claims the home page shows.
const LATEST: usize = 8;

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
        let articles = edition.articles.iter().copied().filter(|index| Some(*index) != lead).take(LATEST);
        let words = self.words(lang);
        let topics = edition.terms(ListKind::Topic).list.iter().map(|term| {
            Object::new()
                .set("label", term.label.as_str())
                .set("href", self.href(&address::term(&self.site.config, lang, ListKind::Topic, &term.slug)))
                .set("count_label", words.count("articles_count", term.members.len()))
        });
        Object::new()
            .set("lead", lead.map_or_else(Value::none, |index| self.article_card(index)))
            .set("articles", list(articles.map(|index| self.article_card(index))))
            .set("claims", list(edition.claims.iter().take(LATEST).map(|at| self.claim_card(*at))))
            .set("topics", list(topics))
            .set(
                "counts",
                Object::new()
                    .set("claims", words.count("claims_count", edition.claims.len()))
                    .set("articles", words.count("articles_count", edition.articles.len())),
            )
            .into()
    }
}
