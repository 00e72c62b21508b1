//! The search page.

use super::frame::Frame;
use super::value::Object;
use super::{Made, Pages};
use crate::config::Lang;
use crate::site::address;

impl Pages {
    pub(super) fn search(&self, path: &str, lang: Lang) -> Made<'_> {
        let title = self.words(lang).text("search").to_owned();
        let mut frame = Frame::new("search", "search.html", path, lang, &title);
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates =
            self.in_other_languages(lang, |other| Some(address::fixed(&self.site.config, other, "search/")));
        let view = Object::new()
            .set("index", self.href(&address::lookup("")))
            .set("fold", self.static_href("assets/fold.js"))
            .set("lookup", self.static_href("assets/lookup.js"));
        self.page(frame, "search", view)
    }
}
