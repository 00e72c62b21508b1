//! What stands on each page: one view or one file per recipe.

mod article;
mod body;
mod cards;
mod charts;
mod check;
mod claim;
mod claimreview;
mod corrections;
mod data;
mod embed;
mod feeds;
mod filters;
mod frame;
mod guide;
mod home;
mod json;
mod json_ld;
mod listing;
mod lookup;
mod pictures;
mod prints;
mod search;
mod share;
mod share_card;
mod sitemap;
mod terms;
pub mod value;
mod xml;

pub use check::check;
pub use prints::{Prints, address};

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tera::Value;

use crate::config::Lang;
use crate::content::Looked;
use crate::draw::Fonts;
use crate::draw::stamp::Stamp;
use crate::site::{ClaimRef, Encoding, ListKind, Plan, Recipe, Site};
use crate::theme::{STYLE_SHEET, Theme, Words};

/// What is to be made of a recipe.
#[derive(Debug)]
pub enum Made<'p> {
    /// A page: a template and the values it sees.
    Page {
        /// The template's name.
        template: Cow<'static, str>,
        /// The values by name.
        values: Vec<(&'static str, Value)>,
    },
    /// A file that is complete.
    Bytes(Cow<'p, [u8]>),
    /// What is made of a file of `content/`.
    File {
        /// Its path from there.
        name: &'p str,
        /// How.
        how: How,
    },
}

/// How a file of `content/` is published.
#[derive(Debug)]
pub enum How {
    /// Byte for byte.
    AsItIs,
    /// A picture, without what it tells beside what it shows.
    Bare,
    /// A copy of a picture for smaller screens.
    Copy {
        /// How many pixels wide.
        width: usize,
    },
    /// A picture with the verdict written across it.
    Marked {
        /// What is written.
        stamp: Stamp,
        /// How it is saved.
        encoding: Encoding,
    },
}

/// Makes the pages of one site with one theme.
#[derive(Debug)]
pub struct Pages {
    /// The site.
    pub site: Arc<Site>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What stands where.
    pub plan: Arc<Plan>,
    /// What every page of a language sees, by [`Lang`].
    shared: Vec<frame::Shared>,
    /// Cards by the claims' numbers, built when first needed.
    claim_cards: Vec<OnceLock<Value>>,
    /// Cards by article, built when first needed.
    article_cards: Vec<OnceLock<Value>>,
    /// The topics of each article, and the link to it; built when first needed.
    article_topics: Vec<OnceLock<Value>>,
    article_links: Vec<OnceLock<Value>>,
    /// The fingerprints of what pages share.
    pub prints: Prints,
    /// How many claims of a list have each verdict, by language and list.
    counts: Mutex<FxHashMap<ListName, Arc<[usize]>>>,
    /// The links from each list of claims to the others, by [`Lang`], built when first needed.
    filters: Vec<OnceLock<Value>>,
    /// The dates that were shown so far, by [`Lang`].
    dates: Vec<Mutex<FxHashMap<Date, Value>>>,
    /// How share cards look, found out when the first is made.
    look: OnceLock<Arc<share_card::Look>>,
    /// The index of the search page, made when its first file is asked for.
    lookup: OnceLock<lookup::Files>,
}

/// A list: all claims of a language, or one of the lists of a kind.
type ListName = (Lang, Option<(ListKind, usize)>);

impl Pages {
    /// Prepares what pages share.
    pub fn new(site: Arc<Site>, theme: Arc<Theme>, plan: Arc<Plan>) -> Self {
        let claim_cards = (0..site.claim_count()).map(|_| OnceLock::new()).collect();
        let of_articles = || site.articles.iter().map(|_| OnceLock::new()).collect();
        let (article_cards, article_topics, article_links) = (of_articles(), of_articles(), of_articles());
        let filters = site.config.langs().map(|_| OnceLock::new()).collect();
        let dates = site.config.langs().map(|_| Mutex::default()).collect();
        let mut pages = Self {
            site,
            theme,
            plan,
            shared: Vec::new(),
            claim_cards,
            article_cards,
            article_topics,
            article_links,
            prints: Prints::default(),
            counts: Mutex::default(),
            filters,
            dates,
            look: OnceLock::new(),
            lookup: OnceLock::new(),
        };
        pages.shared = pages.site.config.langs().map(|lang| frame::Shared::new(&pages, lang)).collect();
        pages
    }

    /// Takes from the pages before what settings and theme alone decide, if these are the same.
    #[must_use]
    pub fn after(self, before: Option<&Self>) -> Self {
        let same = |before: &&Self| {
            Arc::ptr_eq(&before.theme, &self.theme) && Arc::ptr_eq(&before.site.config, &self.site.config)
        };
        if let Some(look) = before.filter(same).and_then(|before| before.look.get()) {
            let _ = self.look.set(Arc::clone(look));
        }
        self
    }

    fn look(&self) -> &share_card::Look {
        self.look.get_or_init(|| Arc::new(share_card::Look::new(self)))
    }

    /// For what is costly to make: a digest of everything its bytes depend on. A build leaves a
    /// file alone that was made from the same.
    pub fn key(&self, recipe: &Recipe) -> Option<String> {
        self.card_key(recipe).or_else(|| self.picture_key(recipe))
    }

    /// What is to be made of a recipe. Whose texts it depends on is `looked` after.
    pub fn make<'p>(&'p self, path: &str, recipe: &'p Recipe, looked: &Looked) -> Made<'p> {
        let text = |text: String| Made::Bytes(Cow::Owned(text.into_bytes()));
        match recipe {
            Recipe::Home(lang) => self.home(path, *lang),
            Recipe::Article(index) => self.article(path, *index, looked),
            Recipe::Claim(at) => self.claim(path, *at, looked),
            Recipe::Page(index) => self.content_page(path, *index, looked),
            Recipe::Articles(lang, page) => self.all_articles(path, *lang, *page),
            Recipe::Claims(lang, page) => self.all_claims(path, *lang, *page),
            Recipe::Terms(lang, kind) => self.terms(path, *lang, *kind),
            Recipe::Term(lang, kind, term, page) => self.term(path, (*lang, *kind, *term), *page, looked),
            Recipe::TopicVerdict(lang, topic, verdict, page) => {
                self.topic_verdict(path, *lang, *topic, *verdict, *page)
            }
            Recipe::Corrections(lang, page) => self.corrections(path, *lang, *page),
            Recipe::Search(lang) => self.search(path, *lang),
            Recipe::Lookup(file) => Made::Bytes(Cow::Borrowed(self.lookup_files().get(*file).as_bytes())),
            Recipe::NotFound => self.not_found(path),
            Recipe::Redirect(to) => self.redirect(path, to),
            Recipe::ClaimCard(_) | Recipe::ArticleCard(_) | Recipe::DeskCard(_) => {
                Made::Bytes(Cow::Owned(self.card_png(recipe)))
            }
            Recipe::ClaimJson(at) => text(data::claim(self, *at)),
            Recipe::Embed(at) => self.embed(path, *at),
            Recipe::OEmbed(at) => text(embed::oembed(self, *at)),
            Recipe::Data(lang, file) => text(data::file(self, *lang, *file)),
            Recipe::Feed(lang, feed) => text(feeds::feed(self, path, *lang, *feed)),
            Recipe::Sitemap(number) => text(sitemap::part(self, *number)),
            Recipe::SitemapIndex => text(sitemap::index(self)),
            Recipe::Robots => text(sitemap::robots(self)),
            Recipe::NoJekyll => Made::Bytes(Cow::Borrowed(b"")),
            Recipe::Cname(domain) => text(format!("{domain}\n")),
            Recipe::Static(name) => match self.theme.statics.get(name) {
                Some(file) => Made::Bytes(Cow::Borrowed(&file.bytes)),
                None => Made::Bytes(Cow::Borrowed(b"")),
            },
            Recipe::File(name) => Made::File { name, how: How::AsItIs },
            Recipe::Picture(name) => Made::File { name, how: How::Bare },
            Recipe::Copy(copy) => Made::File { name: &copy.path, how: How::Copy { width: copy.width } },
            Recipe::Circulated(at, encoding) => self.marked(*at, *encoding),
        }
    }

    /// The faces that words on pictures are drawn with.
    pub fn fonts(&self) -> &Fonts {
        &self.look().fonts
    }

    /// How many of the claims of a list have each verdict, by the scale's order.
    fn counted(&self, lang: Lang, of: Option<(ListKind, usize)>, claims: &[ClaimRef]) -> Arc<[usize]> {
        let mut all = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = all.entry((lang, of)).or_insert_with(|| {
            let mut counts = vec![0; self.site.config.scale.verdicts.len()];
            for at in claims {
                if let Some(count) = counts.get_mut(self.site.verdict_of(*at)) {
                    *count += 1;
                }
            }
            counts.into()
        });
        Arc::clone(counts)
    }

    /// The address of the style sheet, for a preview that exchanges it in open pages.
    pub fn style_sheet(&self) -> Option<String> {
        self.static_href(STYLE_SHEET)
    }

    fn words(&self, lang: Lang) -> &Words {
        self.theme.words(lang)
    }

    /// The address of a path as links write it.
    fn href(&self, path: &str) -> String {
        self.site.config.base.href(path)
    }

    /// The address of a path with the host.
    fn url(&self, path: &str) -> String {
        self.site.config.base.absolute(path)
    }

    /// The address of a static file.
    fn static_href(&self, name: &str) -> Option<String> {
        self.theme.statics.get(name).map(|file| self.href(&file.path))
    }

    /// The path of a list, if there is such a list.
    fn term_path(&self, lang: Lang, kind: ListKind, slug: &str) -> Option<String> {
        let edition = self.site.edition(lang);
        edition
            .terms(kind)
            .get(slug)
            .map(|term| crate::site::address::term(&self.site.config, lang, kind, &term.slug))
    }
}
