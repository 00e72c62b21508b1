//! The search page.

use tera::Value;

use super::frame::Frame;
use super::share::encoded;
use super::value::{Object, list};
use super::{Made, Pages};
use crate::config::Lang;
use crate::locale::Entry;
use crate::site::address;

/// What stands in an address of the desk's form where the text of a claim belongs.
const TEXT: &str = "{text}";

impl Pages {
    /// It is nothing for search engines: without a question it has no content of its own.
    pub(super) fn search(&self, path: &str, lang: Lang) -> Made<'_> {
        let title = self.words(lang).text("search").to_owned();
        let mut frame = Frame::new("search", "search.html", path, lang, &title);
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates =
            self.in_other_languages(lang, |other| Some(address::fixed(&self.site.config, other, "search/")));
        let config = &self.site.config;
        let languages = config.langs().map(|lang| {
            let words = self.words(lang);
            Object::new().set("code", words.code.as_str()).set("name", words.text("language_name"))
        });
        let view = Object::new()
            .set("index", self.href(&address::lookup("")))
            .set("fold", self.static_href("assets/fold.js"))
            .set("lookup", self.static_href("assets/lookup.js"))
            .set("languages", list(languages))
            .set("results", self.forms("search_results", lang))
            .set("send", list(self.sending(lang)));
        self.page(frame, "search", view)
    }

    /// The address of the desk's form, with nothing filled in.
    pub(super) fn form_href(&self, lang: Lang) -> Option<String> {
        let url = self.site.config.submit.url.as_deref()?;
        Some(self.site_or_outside(url, lang).replace(TEXT, ""))
    }

    /// What the button that leads there says.
    pub(super) fn form_label(&self, lang: Lang) -> Option<&str> {
        let url = self.site.config.submit.url.as_deref()?;
        Some(self.words(lang).text(form_key(url)))
    }

    /// Every text of a message that counts, for the script that will know the number.
    fn forms(&self, key: &str, lang: Lang) -> Value {
        let forms = self.words(lang).strings.iter().find(|(of, _)| *of == key).map(|(_, entry)| entry);
        list(match forms {
            Some(Entry::Plural(forms)) => forms.iter().map(|(form, text)| counting(form, text)).collect(),
            Some(Entry::Text(text)) => vec![counting("other", text)],
            None => Vec::new(),
        })
    }

    /// The ways to send in a claim. Where a text can be handed over, `fill` is the address with
    /// `{text}` in its place.
    fn sending(&self, lang: Lang) -> Vec<Object> {
        let submit = &self.site.config.submit;
        let words = self.words(lang);
        let ask = encoded(&format!("{}\n\n", words.text("submit_ask")));
        let way = |key: &str, href: String, fill: Option<String>| {
            Object::new().set("label", words.text(key)).set("href", href).set("fill", fill)
        };
        let form = submit.url.as_deref().zip(self.form_href(lang)).map(|(url, href)| {
            let fill = url.contains(TEXT).then(|| self.site_or_outside(url, lang));
            way(form_key(url), href, fill)
        });
        let whatsapp = submit.whatsapp.as_deref().map(|number| {
            let href = format!("https://wa.me/{number}");
            let fill = format!("{href}?text={ask}{TEXT}");
            way("submit_by_whatsapp", href, Some(fill))
        });
        let email = submit.email.as_deref().map(|address| {
            let href = format!("mailto:{address}");
            let fill = format!("{href}?subject={}&body={ask}{TEXT}", encoded(words.text("submit_claim")));
            way("submit_by_email", href, Some(fill))
        });
        [form, whatsapp, email].into_iter().flatten().collect()
    }
}

/// A page of the site tells how to send in a claim; a form to fill in stands elsewhere.
fn form_key(url: &str) -> &'static str {
    if url.starts_with('/') { "submit_claim" } else { "submit_by_form" }
}

fn counting(form: &str, text: &str) -> Object {
    Object::new().set("form", form).set("text", text)
}
