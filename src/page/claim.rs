//! The page of a claim.

use tera::Value;

use super::cards::media_name;
use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages, claimreview};
use crate::config::Lang;
use crate::content::{Article, Claim, Correction, Evidence, Looked, Media, Status, host};
use crate::locale::fill;
use crate::site::{ClaimRef, ListKind, address, is_unlisted};

impl Pages {
    pub(super) fn claim(&self, path: &str, at: ClaimRef, looked: &Looked) -> Made<'_> {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        let lang = article.lang;
        let words = self.words(lang);
        let mut frame = Frame::new("claim", "claim.html", path, lang, &claim.claim);
        let label = self.verdict(claim.verdict).map_or("", |verdict| verdict.label.get(lang));
        // A verdict that was taken back must not live on in search results and shared links.
        let description = match &article.status {
            Status::Withdrawn { date, reason } => {
                let date = words.formats.date_medium(*date);
                format!("{} {reason}", fill(words.text("claim_withdrawn_notice"), &[("date", &date)]))
            }
            _ => format!("{label}: {}", claim.finding),
        };
        frame.description = Some(&description);
        // Apps show the title of a link large, and often nothing else: it must not say the claim alone.
        let standing = match &article.status {
            Status::Withdrawn { .. } => words.text("withdrawn"),
            _ => label,
        };
        let quoted = fill(words.text("in_quotes"), &[("text", &claim.claim)]);
        frame.shared_title = Some(format!("{standing}: {quoted}"));
        frame.indexed = !is_unlisted(&self.site, at.article);
        frame.trail = vec![
            (words.text("claims").to_owned(), address::fixed(&self.site.config, lang, "claims/")),
            (claim.claim.clone(), path.to_owned()),
        ];
        frame.json_ld = claimreview::reviews(self, at).unwrap_or_default();
        frame.share = self.claim_share(at);
        frame.picture = article.image.as_ref();
        frame.alternates = self.in_other_languages(lang, |other| {
            self.site.edition(other).by_id.get(&claim.id).map(|at| self.site.claim_path(*at))
        });
        let passage = article
            .body(looked)
            .passages
            .iter()
            .find(|passage| !passage.mention && passage.claim == claim.id);
        let article_path = self.site.path_of(crate::site::Position::Article(at.article));
        let siblings = (0..article.claims.len())
            .filter(|other| *other != at.claim)
            .map(|claim| self.claim_card(ClaimRef { article: at.article, claim }));
        // What is corrected last is read first.
        let corrections = article
            .corrections
            .iter()
            .rev()
            .filter(|correction| correction.claim.as_deref() == Some(claim.id.as_str()));
        let related = self.site.related(at, self.site.config.related);
        let mentioned = self.site.edition(lang).mentioned_in.get(&claim.id).into_iter().flatten();
        let view = self
            .claim_fields(at)
            .set("correct", text(claim.correct.as_deref()))
            .set("incorrect", text(claim.incorrect.as_deref()))
            .set("appearances", self.appearances(claim, lang))
            .set(
                "sources",
                list(claim.sources.iter().enumerate().map(|(n, source)| self.evidence(n + 1, source, lang))),
            )
            .set(
                "passage",
                passage.map_or_else(Value::none, |passage| {
                    Object::new()
                        .set("before", passage.before.as_str())
                        .set("exact", passage.exact.as_str())
                        .set("after", passage.after.as_str())
                        .set("href", format!("{}#{}", self.href(&article_path), passage.id()))
                        .into()
                }),
            )
            .set("contact", self.contact(claim, lang))
            .set("history", self.history(at, lang))
            .set("corrections", list(corrections.map(|correction| self.correction(correction, article))))
            .set("siblings", list(siblings))
            .set("related", list(related.into_iter().map(|at| self.claim_card(at))))
            .set("mentioned_in", list(mentioned.map(|index| self.article_link(*index))))
            .set("media_view", claim.media.as_ref().map_or_else(Value::none, |media| self.media(at, media)))
            .set("cite", self.cite(at, path))
            .set("share", self.share_claim(at))
            .set("embed", self.site.config.embeds.then(|| self.embed_value(at)))
            .set("withdrawn", self.withdrawn(article))
            .set("reviewers", self.people(&article.reviewers, lang))
            .set("json", self.href(&format!("{path}claim.json")))
            .set("reviewed_article", self.article_card(at.article));
        self.page(frame, "claim", view)
    }

    fn appearances(&self, claim: &Claim, lang: Lang) -> Value {
        list(claim.appearances.iter().map(|appearance| {
            Object::new()
                .set("url", appearance.url.as_str())
                .set("host", host(&appearance.url))
                .set("archived", text(appearance.archived.as_deref()))
                .set("platform", text(appearance.platform.as_deref()))
                .set("date", self.optional_date(appearance.date, lang))
        }))
    }

    fn evidence(&self, number: usize, source: &Evidence, lang: Lang) -> Object {
        let host = source.host.clone();
        let host_path = host.as_deref().and_then(|host| self.term_path(lang, ListKind::Source, host));
        let stance = source.stance.map(|stance| format!("stance_{}", stance.name()));
        let file = source.file.as_ref().map_or_else(Value::none, |file| {
            Object::new()
                .set("href", self.href(&address::file(&file.path)))
                .set("name", file.path.rsplit('/').next().unwrap_or(&file.path))
                .set("sha256", file.sha256.as_str())
                .set("bytes", file.bytes)
                .into()
        });
        Object::new()
            .set("number", number)
            .set("title", source.title.as_str())
            .set("publisher", text(source.publisher.as_deref()))
            .set("url", text(source.url.as_deref()))
            .set("host", host)
            .set("host_href", host_path.map(|path| self.href(&path)))
            .set("archived", text(source.archived.as_deref()))
            .set("date", self.optional_date(source.date, lang))
            .set("stance", source.stance.map(crate::content::Stance::name))
            .set("stance_label", stance.map(|key| self.words(lang).text(&key).to_owned()))
            .set("primary", source.primary)
            .set("quote", text(source.quote.as_deref()))
            .set("file", file)
    }

    fn contact(&self, claim: &Claim, lang: Lang) -> Value {
        claim.contact.as_ref().map_or_else(Value::none, |contact| {
            let key = format!("contact_{}", contact.outcome.replace('-', "_"));
            Object::new()
                .set("date", self.optional_date(contact.date, lang))
                .set("outcome", contact.outcome)
                .set("label", self.words(lang).text(&key))
                .set("note", text(contact.note.as_deref()))
                .into()
        })
    }

    /// The verdicts in the order they were given; empty if there was only ever one.
    fn history(&self, at: ClaimRef, lang: Lang) -> Value {
        let standing = self.site.standing(at);
        let entries = standing.iter().filter(|_| standing.len() > 1).map(|standing| {
            Object::new()
                .set("date", self.optional_date(standing.date, lang))
                .set("verdict", self.verdict_value(standing.verdict, lang))
                .set("reason", text(standing.reason))
                .set("archived", text(standing.archived))
                .set("current", standing.current)
        });
        list(entries)
    }

    pub(super) fn correction(&self, correction: &Correction, article: &Article) -> Object {
        let lang = article.lang;
        let claim = correction.claim.as_ref().and_then(|id| self.site.edition(lang).by_id.get(id));
        let claim = claim.map_or_else(Value::none, |at| {
            Object::new()
                .set("claim", self.site.claim(*at).claim.as_str())
                .set("href", self.href(&self.site.claim_path(*at)))
                .into()
        });
        Object::new()
            .set("date", self.date(correction.date, lang))
            .set("note", correction.note.as_str())
            .set("claim", claim)
    }

    pub(super) fn withdrawn(&self, article: &Article) -> Value {
        match &article.status {
            Status::Withdrawn { date, reason } => Object::new()
                .set("date", self.date(*date, article.lang))
                .set("reason", reason.as_str())
                .into(),
            _ => Value::none(),
        }
    }

    fn media(&self, at: ClaimRef, media: &Media) -> Value {
        let lang = self.site.article_of(at).lang;
        let words = self.words(lang);
        let name = media_name(media.kind);
        let categories =
            media.categories.iter().map(|category| words.text(category_key(category)).to_owned());
        let original = media.original.as_ref().map_or_else(Value::none, |original| {
            let picture =
                original.file.as_deref().filter(|path| crate::content::is_picture(path)).map(|path| {
                    crate::content::Picture {
                        path: path.to_owned(),
                        alt: original.alt.as_deref().unwrap_or(words.text("media_original")).to_owned(),
                        size: original.size.clone(),
                    }
                });
            Object::new()
                .set("picture", picture.map_or_else(Value::none, |picture| self.picture(&picture)))
                .set("href", original.file.as_deref().map(|path| self.href(&address::file(path))))
                .set("url", text(original.url.as_deref()))
                .set("credit", text(original.credit.as_deref()))
                .into()
        });
        Object::new()
            .set("type", name)
            .set("label", words.text(media_key(name)))
            .set("categories", list(categories))
            .set("circulated", self.circulated(at, media.alt.as_deref()))
            .set("original", original)
            .into()
    }

    fn cite(&self, at: ClaimRef, path: &str) -> Value {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        if matches!(article.status, Status::Withdrawn { .. }) {
            return Object::new().set("text", Value::none()).set("bibtex", Value::none()).into();
        }
        let (lang, publisher) = (article.lang, self.site.config.publisher.name.as_str());
        let words = self.words(lang);
        let verdict = self.verdict(claim.verdict).map_or("", |verdict| verdict.label.get(lang));
        let (url, day) = (self.url(path), self.site.checked_on(at));
        let title = claim.claim.trim_end_matches('.');
        let date = self.date_medium(day, lang);
        let text = fill(
            words.text("cite_text"),
            &[
                ("publisher", publisher),
                ("title", title),
                ("verdict", verdict),
                ("date", date.as_str().unwrap_or_default()),
                ("url", &url),
            ],
        );
        // The claim is not ours: the title says that it was checked, and how it came out.
        let bibtex = format!(
            "@misc{{{},\n  author = {{{{{}}}}},\n  title = {{{{{} [{}]}}}},\n  year = {{{}}},\n  month = {{{}}},\n  url = {{{url}}}\n}}",
            claim.id,
            bibtex_text(publisher),
            bibtex_text(title),
            bibtex_text(verdict),
            day.year(),
            day.month(),
        );
        Object::new().set("text", text).set("bibtex", bibtex).into()
    }
}

/// Characters with a meaning to BibTeX are written as commands.
fn bibtex_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn category_key(category: &str) -> &'static str {
    match category {
        "Original" => "media_original_category",
        "EditedOrCropped" => "media_edited_or_cropped",
        "Transformed" => "media_transformed",
        "Staged" => "media_staged",
        "SatireOrParody" => "media_satire_or_parody",
        _ => "media_decontextualized",
    }
}

fn media_key(name: &str) -> &'static str {
    match name {
        "video" => "media_video",
        "audio" => "media_audio",
        _ => "media_image",
    }
}
