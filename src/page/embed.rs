//! A claim on other sites: a page for frames, and what tells programs of it
//! (<https://oembed.com/>).

use serde_json::json;
use tera::Value;

use super::frame::Frame;
use super::value::Object;
use super::{Made, Pages};
use crate::config::Lang;
use crate::content::Status;
use crate::html::escape;
use crate::locale::fill;
use crate::site::{ClaimRef, address};

/// The size of the frame, in CSS pixels: enough for a long claim on a narrow column. Whoever reads
/// oEmbed cannot be asked how much room there is.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 420;

/// How long others may keep what they were told, in seconds: a day. The frame itself always shows
/// the present verdict.
const CACHE_AGE: u32 = 86_400;

impl Pages {
    /// The page that stands in the frame.
    pub(super) fn embed(&self, path: &str, at: ClaimRef) -> Made<'_> {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        let frame = Frame::new("embed", "embed.html", path, article.lang, &claim.claim);
        let view = self
            .claim_fields(at)
            .set("url", self.url(&self.site.claim_path(at)))
            .set("withdrawn", self.withdrawn(article));
        self.page(frame, "claim", view)
    }

    /// What the claim's own page says of the frame. Nobody is invited to show a check that was taken
    /// back; frames that are there already say so.
    pub(super) fn embed_value(&self, at: ClaimRef) -> Value {
        let path = self.site.claim_path(at);
        let withdrawn = matches!(self.site.article_of(at).status, Status::Withdrawn { .. });
        Object::new()
            .set("href", self.href(&address::embed(&path)))
            .set("title", title(self, at))
            .set("oembed", (!withdrawn).then(|| self.url(&address::oembed(&path))))
            .set("code", (!withdrawn).then(|| iframe(self, at)))
            .into()
    }
}

/// What the frame is called, for those who do not see it.
fn title(pages: &Pages, at: ClaimRef) -> String {
    let lang = pages.site.article_of(at).lang;
    let publisher = pages.site.config.publisher.name.as_str();
    fill(
        pages.words(lang).text("embed_title"),
        &[("publisher", publisher), ("claim", &pages.site.claim(at).claim)],
    )
}

/// The HTML to put into another site.
fn iframe(pages: &Pages, at: ClaimRef) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" loading=\"lazy\" \
         style=\"border:0;max-width:100%\"></iframe>",
        escape(&pages.url(&address::embed(&pages.site.claim_path(at)))),
        escape(&title(pages, at)),
    )
}

/// The answer of an oEmbed provider to a question about the claim's page.
pub(super) fn oembed(pages: &Pages, at: ClaimRef) -> String {
    let config = &pages.site.config;
    let answer = json!({
        "version": "1.0",
        "type": "rich",
        "title": title(pages, at),
        "provider_name": config.publisher.name,
        "provider_url": pages.url(&address::home(config, Lang::MAIN)),
        "cache_age": CACHE_AGE,
        "html": iframe(pages, at),
        "width": WIDTH,
        "height": HEIGHT,
    });
    format!("{answer}\n")
}
