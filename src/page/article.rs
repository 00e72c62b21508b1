//! The page of an article, and pages of `content/pages`.

use std::borrow::Cow;

use tera::Value;

use super::check::PAGE;
use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages, body, json_ld};
use crate::content::Looked;
use crate::content::markdown::Heading;
use crate::site::{address, is_unlisted};

impl Pages {
    pub(super) fn article(&self, path: &str, index: usize, looked: &Looked) -> Made<'_> {
        let article = &self.site.articles[index];
        let body = article.body(looked);
        let lang = article.lang;
        let words = self.words(lang);
        let mut frame = Frame::new("article", "article.html", path, lang, &article.title);
        frame.description = article.summary.as_deref();
        frame.indexed = !is_unlisted(&self.site, index);
        frame.trail = vec![
            (words.text("articles").to_owned(), address::fixed(&self.site.config, lang, "articles/")),
            (article.title.clone(), path.to_owned()),
        ];
        frame.json_ld = vec![json_ld::news_article(self, index)];
        frame.share = self.article_share(index);
        frame.picture = article.image.as_ref();
        frame.alternates = self.in_other_languages(lang, |other| self.translation(&article.key, other));
        // What is corrected last is read first.
        let corrections =
            article.corrections.iter().rev().map(|correction| self.correction(correction, article));
        let mut seen = std::collections::HashSet::new();
        let mentions = article
            .mentions
            .iter()
            .filter_map(|mention| self.site.find_claim(&mention.claim, lang))
            .filter(|at| seen.insert(*at))
            .map(|at| self.claim_card_in(at, lang));
        let scheduled = article.date.is_after(&self.site.now).then_some(article.date.date);
        let view = self
            .article_fields(index)
            .set("body", body::html(self, body, lang, looked))
            .set("passages", body::passages(self, body, lang))
            .set("tones", body::tones(self, body, lang))
            .set("toc", toc(&body.headings))
            .set("reviewers", self.people(&article.reviewers, lang))
            .set("corrections", list(corrections))
            .set("mentions", list(mentions))
            .set("share", self.share_article(index))
            .set("withdrawn", self.withdrawn(article))
            .set("scheduled_for", self.optional_date(scheduled, lang));
        self.page(frame, "article", view)
    }

    pub(super) fn content_page(&self, path: &str, index: usize, looked: &Looked) -> Made<'_> {
        let page = &self.site.pages[index];
        let template = page.template.clone().map_or(Cow::Borrowed(PAGE), Cow::Owned);
        let mut frame = Frame::new("page", template, path, page.lang, &page.title);
        frame.description = page.summary.as_deref();
        frame.indexed = true;
        frame.trail = vec![(page.title.clone(), path.to_owned())];
        frame.alternates = self.in_other_languages(page.lang, |other| self.translation(&page.key, other));
        let view = Object::new()
            .set("title", page.title.as_str())
            .set("summary", text(page.summary.as_deref()))
            .set("body", body::html(self, &page.body, page.lang, looked))
            .set("toc", toc(&page.body.headings))
            .set("updated", self.optional_date(page.updated.as_ref().map(|updated| updated.date), page.lang))
            .set("policy", page.policy);
        self.page(frame, "content", view)
    }
}

fn toc(headings: &[Heading]) -> Value {
    list(headings.iter().map(|heading| {
        Object::new()
            .set("level", u64::from(heading.level))
            .set("id", heading.id.as_str())
            .set("text", heading.text.as_str())
    }))
}
