//! The style guide of the preview: each part of the theme, with what this site has to show in it.

use std::collections::BTreeMap;

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages};
use crate::config::Lang;
use crate::content::{Looked, Status};
use crate::site::{Position, address};

/// How many of the newest claims and articles are looked through.
const LOOKED_AT: usize = 200;
/// How many cards there are to choose from.
const CARDS: usize = 6;

impl Pages {
    /// The style guide. No route of the site leads to it: the preview asks for it.
    pub fn style_guide<'p>(&'p self, path: &'p str, looked: &Looked) -> Made<'p> {
        let lang = Lang::MAIN;
        let edition = self.site.edition(lang);
        let claims = edition.claims.iter().take(LOOKED_AT).filter_map(|at| {
            let path = self.site.claim_path(*at);
            shown(self.claim(&path, *at, looked), "claim")
        });
        // What was withdrawn is on no list.
        let withdrawn =
            self.site.articles.iter().position(|article| {
                article.lang == lang && matches!(article.status, Status::Withdrawn { .. })
            });
        let articles =
            edition.articles.iter().copied().take(LOOKED_AT).chain(withdrawn).filter_map(|index| {
                let path = self.site.path_of(Position::Article(index));
                shown(self.article(&path, index, looked), "article")
            });
        let first = address::fixed(&self.site.config, lang, "claims/");
        let view = Object::new()
            .set("claim_with", newest_with(claims))
            .set("article_with", newest_with(articles))
            .set("claims", list(edition.claims.iter().take(CARDS).map(|at| self.claim_card(*at))))
            .set("articles", list(edition.articles.iter().take(CARDS).map(|index| self.article_card(*index))))
            .set("list", shown(self.all_claims(&first, lang, 1), "list"))
            .set("pager", self.pager(lang, &first, 5, self.site.config.paginate.saturating_mul(9)))
            .set("tokens", self.tokens());
        let frame = Frame::new("styleguide", "styleguide.html", path, lang, "Style guide");
        self.page(frame, "guide", view)
    }

    fn tokens(&self) -> Value {
        list(self.theme.tokens().iter().map(|token| {
            Object::new()
                .set("name", token.name.as_str())
                .set("value", token.value.as_str())
                .set("dark", text(token.dark.as_deref()))
                .set("colour", token.colour)
        }))
    }
}

/// What a page shows under its name.
fn shown(made: Made<'_>, name: &str) -> Option<Value> {
    match made {
        Made::Page { values, .. } => values.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value),
        Made::Bytes(_) | Made::File { .. } => None,
    }
}

/// For each field, the first of the views that has something in it.
fn newest_with(views: impl Iterator<Item = Value>) -> Value {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for view in views {
        for (key, value) in view.as_map().into_iter().flatten() {
            if let Some(key) = key.as_str().filter(|key| value.is_truthy() && !found.contains_key(*key)) {
                found.insert(key.to_owned(), view.clone());
            }
        }
    }
    Value::from(found)
}
