//! Share cards: the pictures that stand for a page where its address is passed on.
//!
//! A card is read without the page. So the verdict is the largest thing on the card of a claim, and
//! the claim is marked as what was checked: nobody should take a false claim for the desk's word.

mod look;
mod paint;

pub(super) use look::Look;

use tera::Value;

use super::Pages;
use super::value::Object;
use crate::config::{Lang, Tone};
use crate::content::{Article, Picture, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::sha256;
use crate::locale::fill;
use crate::site::{ClaimRef, Recipe, address};
use crate::yaml::{Part, Spot};

/// Changes whenever cards of the same words look different, so that builds make them again.
const CARD_DESIGN: u32 = 1;

/// Another version of the program may draw with other versions of its libraries.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The size of every card, in pixels.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;

/// How many verdicts the card of an article shows one by one.
const MOST_CHIPS: usize = 3;

/// What stands on a card.
#[derive(Debug)]
struct Card {
    /// The language's code, for hyphens.
    language: String,
    right_to_left: bool,
    /// The site's name.
    desk: String,
    /// Where it stands.
    domain: String,
    front: Front,
}

/// What is different from card to card.
#[derive(Debug)]
enum Front {
    Claim {
        band: Band,
        label: String,
        claim: String,
    },
    /// `claims` says that the verdicts are those of claims: under a headline, which is the desk's own
    /// word, a bare "false" would be misread.
    Article {
        band: Option<Band>,
        label: String,
        title: String,
        claims: Option<String>,
        chips: Vec<Chip>,
    },
    Desk {
        description: Option<String>,
    },
}

/// The word over everything.
#[derive(Debug)]
struct Band {
    /// `None` for a check that was withdrawn.
    tone: Option<Tone>,
    word: String,
    /// What is special: a draft.
    mark: Option<String>,
}

/// A verdict on the card of an article.
#[derive(Debug)]
struct Chip {
    tone: Tone,
    label: String,
}

/// The picture that stands for a page, as its head names it.
#[derive(Debug)]
pub(super) struct Share {
    /// Its path on the site.
    path: String,
    /// What is on it, in words.
    alt: String,
}

impl Pages {
    /// A digest of all that a card's bytes depend on. `None` for what is no card.
    pub(super) fn card_key(&self, recipe: &Recipe) -> Option<String> {
        let card = self.card_of(recipe)?;
        Some(sha256(format!("{VERSION} {CARD_DESIGN}\n{}\n{card:?}", self.look().digest).as_bytes()))
    }

    /// The bytes of a card.
    pub(super) fn card_png(&self, recipe: &Recipe) -> Vec<u8> {
        self.card_of(recipe).and_then(|card| paint::png(&card, self.look())).unwrap_or_default()
    }

    fn card_of(&self, recipe: &Recipe) -> Option<Card> {
        let (lang, front) = match recipe {
            Recipe::ClaimCard(at) => (self.site.article_of(*at).lang, self.claim_front(*at)),
            Recipe::ArticleCard(index) => (self.site.articles[*index].lang, self.article_front(*index)),
            Recipe::DeskCard(lang) => (*lang, self.desk_front(*lang)),
            _ => return None,
        };
        let config = &self.site.config;
        Some(Card {
            language: config.code(lang).to_owned(),
            right_to_left: self.words(lang).formats.direction() == "rtl",
            desk: config.title.get(lang).to_owned(),
            domain: config.base.host.strip_prefix("www.").unwrap_or(&config.base.host).to_owned(),
            front,
        })
    }

    fn claim_front(&self, at: ClaimRef) -> Front {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        let words = self.words(article.lang);
        let label = match &article.status {
            Status::Withdrawn { date, .. } => {
                let date = words.formats.date_medium(*date);
                fill(words.text("claim_withdrawn_notice"), &[("date", &date)])
            }
            _ => words.text("claim_reviewed").to_owned(),
        };
        let verdict = self.verdict(claim.verdict);
        let tone = verdict.map_or(Tone::Neutral, |verdict| verdict.tone);
        let word = verdict.map_or("", |verdict| verdict.label.get(article.lang));
        let band = self.withdrawn_band(article).unwrap_or_else(|| Band {
            tone: Some(tone),
            word: word.to_owned(),
            mark: self.notice(article).map(|notice| words.text(notice).to_owned()),
        });
        Front::Claim { band, label, claim: self.marked_as_said(&claim.claim, article.lang) }
    }

    fn article_front(&self, index: usize) -> Front {
        let article = &self.site.articles[index];
        let words = self.words(article.lang);
        let band = self.withdrawn_band(article);
        let kind = words.text(if article.claims.is_empty() { "explainer" } else { "fact_check" });
        let label = match (&article.status, self.notice(article)) {
            (Status::Withdrawn { date, .. }, _) => {
                let date = words.formats.date_medium(*date);
                fill(words.text("withdrawn_notice"), &[("date", &date)])
            }
            (_, Some(notice)) => format!("{kind} · {}", words.text(notice)),
            _ => kind.to_owned(),
        };
        let stands = band.is_none();
        let chips = article.claims.iter().filter(|_| stands && article.claims.len() <= MOST_CHIPS);
        let chips = chips
            .filter_map(|claim| self.verdict(claim.verdict))
            .map(|verdict| Chip { tone: verdict.tone, label: verdict.label.get(article.lang).to_owned() });
        let claims = match article.claims.len() {
            0 => None,
            1 => Some(words.text("claim_reviewed").to_owned()),
            many => Some(words.count("claims_count", many)),
        };
        Front::Article {
            label,
            title: article.title.clone(),
            chips: chips.collect(),
            claims: claims.filter(|_| stands),
            band,
        }
    }

    fn desk_front(&self, lang: Lang) -> Front {
        let description = self.site.config.description.as_ref();
        Front::Desk { description: description.map(|description| description.get(lang).to_owned()) }
    }

    fn withdrawn_band(&self, article: &Article) -> Option<Band> {
        matches!(article.status, Status::Withdrawn { .. }).then(|| Band {
            tone: None,
            word: self.words(article.lang).text("withdrawn").to_owned(),
            mark: None,
        })
    }

    /// A claim in the quotation marks of its language, unless it brings its own.
    fn marked_as_said(&self, claim: &str, lang: Lang) -> String {
        let has_own = claim.starts_with(['“', '"', '„', '«', '「', '”', '‘']);
        if has_own { claim.to_owned() } else { fill(self.words(lang).text("in_quotes"), &[("text", claim)]) }
    }

    /// The card of a claim, for the head of its page.
    pub(super) fn claim_share(&self, at: ClaimRef) -> Option<Share> {
        let path = address::card(&self.site.claim_path(at));
        self.share(path, &Recipe::ClaimCard(at))
    }

    /// The card of an article.
    pub(super) fn article_share(&self, index: usize) -> Option<Share> {
        let path = address::card(&self.site.path_of(crate::site::Position::Article(index)));
        self.share(path, &Recipe::ArticleCard(index))
    }

    /// The card of everything else.
    pub(super) fn desk_share(&self, lang: Lang) -> Option<Share> {
        let path = address::card(&address::home(&self.site.config, lang));
        self.share(path, &Recipe::DeskCard(lang))
    }

    fn share(&self, path: String, recipe: &Recipe) -> Option<Share> {
        if !self.site.config.cards {
            return None;
        }
        let card = self.card_of(recipe)?;
        let alt = match &card.front {
            Front::Claim { band, label, claim } => match band.tone {
                None => format!("{}. {label} {claim}", band.word),
                Some(_) => {
                    let words = self.words(match recipe {
                        Recipe::ClaimCard(at) => self.site.article_of(*at).lang,
                        _ => Lang::MAIN,
                    });
                    let verdict = fill(words.text("verdict_is"), &[("verdict", &band.word)]);
                    format!("{verdict}. {label}: {claim}")
                }
            },
            Front::Article { label, title, claims, chips, .. } => {
                let verdicts: Vec<&str> = chips.iter().map(|chip| chip.label.as_str()).collect();
                let end = match claims {
                    None => String::new(),
                    Some(claims) if verdicts.is_empty() => format!(" ({claims})"),
                    Some(claims) => format!(" ({claims}: {})", verdicts.join(", ")),
                };
                format!("{}: {title}{end}", label.trim_end_matches('.'))
            }
            Front::Desk { description } => match description {
                Some(description) => format!("{}: {description}", card.desk),
                None => card.desk.clone(),
            },
        };
        Some(Share { path, alt })
    }

    /// The picture that links to a page are shown with: its card, else the desk's; where no cards are
    /// made, its own picture.
    pub(super) fn shared_image(&self, share: Option<Share>, picture: Option<&Picture>, lang: Lang) -> Value {
        let card = share.or_else(|| self.desk_share(lang));
        match (card, picture) {
            (Some(card), _) => Object::new()
                .set("url", self.url(&card.path))
                .set("alt", card.alt)
                .set("width", WIDTH)
                .set("height", HEIGHT)
                .into(),
            (None, Some(picture)) => Object::new()
                .set("url", self.url(&address::file(&picture.path)))
                .set("alt", picture.alt.as_str())
                .set("width", picture.size.as_ref().map(|size| size.width))
                .set("height", picture.size.as_ref().map(|size| size.height))
                .into(),
            (None, None) => Value::none(),
        }
    }

    /// Verdicts that no face can write. A card or a marked picture without its verdict, or with half
    /// of it, would say something else.
    fn unwritable_verdicts(&self) -> Vec<Diagnostic> {
        let config = &self.site.config;
        if !config.cards && !self.site.has_circulated_pictures() {
            return Vec::new();
        }
        let look = self.look();
        let labels = config
            .scale
            .verdicts
            .iter()
            .flat_map(|verdict| config.langs().map(|lang| verdict.label.get(lang)));
        let unwritable = labels
            .filter(|label| !label.is_ascii())
            .find_map(|label| Some((label, look.fonts.missing(label).first().copied()?)));
        let Some((label, missing)) = unwritable else {
            return Vec::new();
        };
        let code = u32::from(missing);
        let message = format!(
            "the verdict `{label}` cannot be written on cards and pictures: no font has `{missing}` (U+{code:04X})"
        );
        let span = config.yaml.find(&[Part::key("ratings")], Spot::Value);
        let help =
            "put a font for this script into `static/` and name it here: `theme: {font: fonts/name.ttf}`";
        vec![Diagnostic::at(Code::VerdictGlyphs, &config.yaml.source, span, message).help(help)]
    }

    /// What is wrong with the site's font, and texts that no face can show.
    pub fn card_problems(&self) -> Vec<Diagnostic> {
        let config = &self.site.config;
        let mut problems = self.unwritable_verdicts();
        if !config.cards {
            return problems;
        }
        let look = self.look();
        problems.extend(look.problem(self));
        for article in &self.site.articles {
            let texts = std::iter::once((article.title.as_str(), None))
                .chain(article.claims.iter().map(|claim| (claim.claim.as_str(), Some(claim.index))));
            let missing = texts
                .filter(|(text, _)| !text.is_ascii())
                .find_map(|(text, claim)| Some((look.fonts.missing(text).first().copied()?, claim)));
            if let Some((missing, claim)) = missing {
                let span = match claim {
                    None => article.yaml.find(&[Part::key("title")], Spot::Value),
                    Some(index) => {
                        article.span(&[Part::key("claims"), Part::Index(index), Part::key("claim")])
                    }
                };
                let code = u32::from(missing);
                let message =
                    format!("the share card cannot show `{missing}` (U+{code:04X}): no font has it");
                problems.push(
                    Diagnostic::at(Code::CardGlyphs, &article.yaml.source, span, message)
                        .help("put a font for this script into `static/` and name it in `site.yaml`: `theme: {font: fonts/name.ttf}`")
                        .help("or write `cards: false` there, to make no cards"),
                );
            }
        }
        problems
    }
}
