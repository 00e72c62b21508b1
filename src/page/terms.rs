//! The indexes of lists: all topics, all claimants, all sources.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list};
use super::{Made, Pages};
use crate::config::Lang;
use crate::site::{ListKind, Members, Term, address};

impl Pages {
    pub(super) fn terms(&self, path: &str, lang: Lang, kind: ListKind) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text(kind.folder()).to_owned();
        let intro_key = format!("{}_intro", kind.folder());
        let intro = words.text(&intro_key).to_owned();
        let mut frame = Frame::new("terms", "terms.html", path, lang, &title);
        frame.description = Some(&intro);
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates =
            self.in_other_languages(lang, |other| Some(address::index(&self.site.config, other, kind)));
        let mut terms: Vec<&Term> = self.site.edition(lang).terms(kind).list.iter().collect();
        if !kind.is_ordered() {
            terms.sort_by_cached_key(|term| (crate::slug::slug(&term.label), term.slug.clone()));
        }
        let items: Vec<(String, Value)> =
            terms.iter().map(|term| (letter(&term.label), self.term_item(term, lang, kind))).collect();
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        for (letter, item) in items.iter().filter(|_| !kind.is_ordered()) {
            match groups.last_mut() {
                Some((last, items)) if last == letter => items.push(item.clone()),
                _ => groups.push((letter.clone(), vec![item.clone()])),
            }
        }
        let groups =
            groups.into_iter().map(|(letter, items)| Object::new().set("letter", letter).set("items", items));
        let view = Object::new()
            .set("kind", kind.folder())
            .set("title", title.as_str())
            .set("intro", intro.as_str())
            .set("items", list(items.into_iter().map(|(_, item)| item)))
            .set("groups", list(groups));
        self.page(frame, "terms", view)
    }

    /// One list as its index names it.
    fn term_item(&self, term: &Term, lang: Lang, kind: ListKind) -> Value {
        let config = &self.site.config;
        let item = Object::new()
            .set("label", self.term_label(term, lang, kind))
            .set("href", self.href(&address::term(config, lang, kind, &term.slug)))
            .set("count", term.members.len())
            .set("count_label", self.count_label(term, lang));
        match kind {
            ListKind::Verdict => {
                let verdict = config.scale.position(&term.slug);
                item.set(
                    "verdict",
                    verdict.map_or_else(Value::none, |verdict| self.verdict_value(verdict, lang)),
                )
            }
            ListKind::Kind => item.set("definition", self.kind_definition(&term.slug, lang)),
            _ => item,
        }
        .into()
    }

    /// How much is on a list, in words. Of an author, what they wrote counts first.
    pub(super) fn count_label(&self, term: &Term, lang: Lang) -> String {
        let words = self.words(lang);
        let count = term.members.len();
        match term.members {
            Members::Claims(_) => words.count("claims_count", count),
            Members::Articles(_) if count > 0 && term.reviewed == count => {
                words.count("reviewed_count", count)
            }
            Members::Articles(_) => words.count("articles_count", count - term.reviewed),
        }
    }

    /// What readers see of a list's name. The site knows years as numbers, a language writes them.
    pub(super) fn term_label(&self, term: &Term, lang: Lang, kind: ListKind) -> String {
        let year = if kind == ListKind::Year { term.slug.parse::<i16>().ok() } else { None };
        year.and_then(|year| jiff::civil::Date::new(year, 1, 1).ok())
            .map_or_else(|| term.label.clone(), |day| self.words(lang).formats.year(day))
    }

    /// What a kind of misinformation is, as the desk defines it; empty if it does not.
    pub(super) fn kind_definition(&self, id: &str, lang: Lang) -> &str {
        let kind = self.site.config.kinds.iter().find(|kind| kind.id == id);
        kind.map_or("", |kind| kind.definition.get(lang))
    }
}

/// The first letter of a label, for the index; `#` for all that is no letter.
fn letter(label: &str) -> String {
    let slug = crate::slug::slug(label);
    match slug.chars().next().filter(|c| c.is_alphabetic()) {
        Some(first) => first.to_uppercase().collect(),
        None => "#".to_owned(),
    }
}
