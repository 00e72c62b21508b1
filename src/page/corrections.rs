//! The public ledger: corrections, changed verdicts, withdrawals.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages};
use crate::config::Lang;
use crate::site::{Change, ClaimRef, Entry, address};

impl Pages {
    pub(super) fn corrections(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("corrections").to_owned();
        let ledger = &self.site.edition(lang).ledger;
        let first = address::fixed(&self.site.config, lang, "corrections/");
        let per_page = self.site.config.paginate;
        let range = (page - 1) * per_page..(page * per_page).min(ledger.len());
        let mut frame = Frame::new("corrections", "corrections.html", path, lang, &title);
        frame.description = Some(words.text("corrections_intro"));
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "corrections/"))
        });
        let view = Object::new()
            .set("entries", list(ledger[range].iter().map(|entry| self.entry(entry, lang))))
            .set("pager", self.pager(lang, &first, page, ledger.len()))
            .set("count", ledger.len())
            .set("feed", self.feed(lang, "corrections/feed.xml"));
        self.page(frame, "corrections", view)
    }

    fn entry(&self, entry: &Entry, lang: Lang) -> Object {
        let claim = |at: Option<ClaimRef>| at.map_or_else(Value::none, |at| self.claim_card(at));
        let base = Object::new()
            .set("date", self.date(entry.date, lang))
            .set("article", self.article_link(entry.article))
            .set("claim", claim(entry.claim));
        match &entry.change {
            Change::Correction { note } => base.set("type", "correction").set("note", note.as_str()),
            Change::Withdrawal { reason } => base.set("type", "withdrawal").set("note", reason.as_str()),
            Change::Verdict { old, new, reason } => base
                .set("type", "verdict")
                .set("note", text(reason.as_deref()))
                .set("old", self.verdict_value(*old, lang))
                .set("new", self.verdict_value(*new, lang)),
        }
    }
}
