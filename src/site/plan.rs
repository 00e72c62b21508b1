//! The plan: every address of the site and what stands there.

use std::sync::Arc;

use rayon::prelude::*;

use super::copies::{Copy, Encoding};
use super::edition::ClaimRef;
use super::lists::ListKind;
use super::published::published_files;
use super::table::{Table, hash};
use super::{Position, Site, address, clashes, paths};
use crate::config::Lang;
use crate::content::{Status, is_picture};
use crate::diagnostic::Diagnostic;

/// The most addresses a sitemap may list (<https://www.sitemaps.org/protocol.html>).
pub const SITEMAP_LIMIT: usize = 50_000;

/// How many claims a file of the lookup shows at most.
pub const CLAIMS_A_FILE: usize = 32;

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is its own name; the numbers are pages of a list, from 1")]
pub enum Recipe {
    Home(Lang),
    DeskCard(Lang),
    Article(usize),
    ArticleCard(usize),
    Claim(ClaimRef),
    ClaimJson(ClaimRef),
    ClaimCard(ClaimRef),
    Embed(ClaimRef),
    OEmbed(ClaimRef),
    Page(usize),
    Articles(Lang, usize),
    Claims(Lang, usize),
    Terms(Lang, ListKind),
    Term(Lang, ListKind, usize, usize),
    /// The claims of a topic with one verdict: the topic's list, the verdict, the page.
    TopicVerdict(Lang, usize, usize, usize),
    Corrections(Lang, usize),
    /// The search page.
    Search(Lang),
    /// A file of the index that the search page reads.
    Lookup(LookupFile),
    NotFound,
    /// To another path of the site.
    Redirect(String),
    Feed(Lang, Feed),
    Data(Lang, DataFile),
    Sitemap(usize),
    SitemapIndex,
    Robots,
    NoJekyll,
    Cname(String),
    /// A static file, by its name there.
    Static(String),
    /// A file of `content/`, byte for byte.
    File(String),
    /// A picture of `content/`, without what it tells beside what it shows.
    Picture(String),
    /// A copy of a picture of `content/` for smaller screens.
    Copy(Copy),
    /// What circulated, with the verdict written across it.
    Circulated(ClaimRef, Encoding),
}

/// A feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Feed {
    Articles,
    Claims,
    Corrections,
    Json,
}

/// A file of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataFile {
    /// The shape of Google's Fact Check Tools `claims:search` response.
    Claims,
    /// A schema.org `DataFeed` of ClaimReviews.
    ClaimReview,
    /// A table.
    Csv,
}

/// A file of the lookup's index; numbers count the parts from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookupFile {
    /// What every lookup needs first.
    Index,
    /// From words to stems.
    Words(usize),
    /// From stems to claims.
    Stems(usize),
    /// From three letters to stems.
    Grams(usize),
    /// What result lists show of claims.
    Claims(usize),
    /// What claims are filtered by.
    Facets,
}

/// One address.
#[derive(Debug, Clone)]
pub struct Route {
    /// The path, from the home page on. One that ends in `/` is written as `index.html` there.
    pub path: String,
    /// What stands there.
    pub recipe: Recipe,
}

impl Route {
    /// The file it is written to, from the output folder.
    pub fn file(&self) -> String {
        let path = self.path.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}

/// Every address of the site.
#[derive(Debug, Default)]
pub struct Plan {
    /// Documents, claims and files; the larger part, which few edits change.
    fixed: Arc<Table>,
    /// Lists, feeds and data: what follows from the documents.
    lists: Table,
}

impl Plan {
    /// What stands at a path.
    pub fn get(&self, path: &str) -> Option<&Route> {
        let hash = hash(path);
        self.fixed.get(path, hash).or_else(|| self.lists.get(path, hash))
    }

    /// Every address, in the order in which they were planned.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.fixed.routes.iter().chain(&self.lists.routes)
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.fixed.routes.len() + self.lists.routes.len()
    }

    /// Whether nothing stands anywhere.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Plans the site. `statics` are the theme's files: their path on the site and their name. What of
/// the plan `before` still holds is shared with it; `site` must have been assembled with the same
/// predecessor.
///
/// Two things at one address are reported, also if they differ in capital letters only: one of
/// them would be lost on Windows and macOS.
pub fn plan(site: &Site, statics: &[(String, String)], before: Option<&Plan>) -> (Plan, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (fixed, mut doubled) =
        match before.filter(|plan| site.kept.skeleton && site.kept.files && has_statics(plan, statics)) {
            Some(plan) => (Arc::clone(&plan.fixed), Vec::new()),
            None => {
                let (table, doubled) = Table::of(fixed(site, statics));
                (Arc::new(table), doubled)
            }
        };
    // Of two things at one address, the document's stays: it has an author to tell.
    let (taken, free): (Vec<Route>, Vec<Route>) = lists(site, &fixed)
        .into_iter()
        .partition(|route| fixed.get(&route.path, hash(&route.path)).is_some());
    let (lists, more) = Table::of(free);
    doubled.extend(taken);
    doubled.extend(more);
    let plan = Plan { fixed, lists };
    for route in &doubled {
        if let Some(first) = plan.get(&route.path).filter(|first| !clashes::is_echo(first, route)) {
            let what = format!("two things would stand at `{}`", route.path);
            diagnostics.push(clashes::clash(site, first, route, what));
        }
    }
    clashes::find(site, &plan, &mut diagnostics);
    paths::check(site, &plan, &mut diagnostics);
    (plan, diagnostics)
}

/// Whether a plan was made with these static files: they come first.
fn has_statics(plan: &Plan, statics: &[(String, String)]) -> bool {
    let planned = plan.fixed.routes.iter().map_while(|route| match &route.recipe {
        Recipe::Static(name) => Some((route.path.as_str(), name.as_str())),
        _ => None,
    });
    planned.eq(statics.iter().map(|(path, name)| (path.as_str(), name.as_str())))
}

/// Static files, documents, claims, old addresses, files of `content/`.
fn fixed(site: &Site, statics: &[(String, String)]) -> Vec<Route> {
    let mut routes: Vec<Route> = statics
        .iter()
        .map(|(path, name)| Route { path: path.clone(), recipe: Recipe::Static(name.clone()) })
        .collect();
    let of_articles: Vec<Route> =
        site.articles.par_iter().enumerate().flat_map_iter(|(index, _)| article(site, index)).collect();
    routes.extend(of_articles);
    for (index, page) in site.pages.iter().enumerate() {
        let path = site.path_of(Position::Page(index));
        for alias in &page.aliases {
            routes.push(Route { path: alias_path(alias), recipe: Recipe::Redirect(path.clone()) });
        }
        routes.push(Route { path, recipe: Recipe::Page(index) });
    }
    let mut copies = Vec::new();
    for (path, published) in published_files(site) {
        for width in &published.widths {
            let sha256 = published.sha256.clone().unwrap_or_default();
            let copy = Copy { path: path.clone(), width: *width, sha256 };
            copies.push(Route { path: address::copy(&path, *width), recipe: Recipe::Copy(copy) });
        }
        let address = address::file(&path);
        // The SHA-256 of evidence is stated beside it, so nothing of it may change.
        let is_bare = is_picture(&path) && !published.is_evidence;
        let recipe = if is_bare { Recipe::Picture(path) } else { Recipe::File(path) };
        routes.push(Route { path: address, recipe });
    }
    // After the files with names of the desk's own, so that of two at one address the desk's stays.
    routes.append(&mut copies);
    routes
}

/// What follows from the documents. A desk's own static file stands for what Meja would put at the
/// same address: `robots.txt`, `CNAME`, ...
fn lists(site: &Site, fixed: &Table) -> Vec<Route> {
    let mut routes = Vec::new();
    for lang in site.config.langs() {
        edition(site, lang, &mut |path, recipe| routes.push(Route { path, recipe }));
    }
    let pages = fixed.routes.iter().chain(&routes).filter(|route| is_indexed(site, &route.recipe)).count();
    let mut add = |path: &str, recipe| {
        let own = fixed.get(path, hash(path)).is_some_and(|route| matches!(route.recipe, Recipe::Static(_)));
        if !own {
            routes.push(Route { path: path.to_owned(), recipe });
        }
    };
    for lang in site.config.langs().filter(|_| site.config.cards) {
        add(&address::card(&address::home(&site.config, lang)), Recipe::DeskCard(lang));
    }
    super::lookup::files(site, &mut add);
    add("/404.html", Recipe::NotFound);
    if pages <= SITEMAP_LIMIT {
        add("/sitemap.xml", Recipe::Sitemap(0));
    } else {
        add("/sitemap.xml", Recipe::SitemapIndex);
        for number in 0..pages.div_ceil(SITEMAP_LIMIT) {
            add(&format!("/sitemap-{}.xml", number + 1), Recipe::Sitemap(number));
        }
    }
    add("/robots.txt", Recipe::Robots);
    add("/.nojekyll", Recipe::NoJekyll);
    if let Some(domain) = site.config.base.custom_domain() {
        add("/CNAME", Recipe::Cname(domain.to_owned()));
    }
    routes
}

/// Whether search engines should list what a recipe makes.
pub fn is_indexed(site: &Site, recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Home(_)
        | Recipe::Page(_)
        | Recipe::Articles(..)
        | Recipe::Claims(..)
        | Recipe::Terms(..)
        | Recipe::Term(..)
        | Recipe::TopicVerdict(..)
        | Recipe::Corrections(..) => true,
        Recipe::Article(index) => !is_unlisted(site, *index),
        Recipe::Claim(at) => !is_unlisted(site, at.article),
        _ => false,
    }
}

/// Withdrawn articles, and drafts and future ones that are shown on demand.
pub fn is_unlisted(site: &Site, article: usize) -> bool {
    let article = &site.articles[article];
    article.status != Status::Published || article.date.is_after(&site.now)
}

/// An article, its claims, and its old addresses.
fn article(site: &Site, index: usize) -> Vec<Route> {
    let article = &site.articles[index];
    let path = site.path_of(Position::Article(index));
    let cards = site.config.cards;
    let mut routes = Vec::with_capacity(2 + 5 * article.claims.len() + article.aliases.len());
    if cards {
        routes.push(Route { path: address::card(&path), recipe: Recipe::ArticleCard(index) });
    }
    routes.push(Route { path: path.clone(), recipe: Recipe::Article(index) });
    let doubled = &site.edition(article.lang).doubled;
    for claim in 0..article.claims.len() {
        let at = ClaimRef { article: index, claim };
        // A second claim of the same id was reported; it has no page of its own.
        if doubled.is_empty() || !doubled.contains(&at) {
            let path = site.claim_path(at);
            routes.push(Route { path: format!("{path}claim.json"), recipe: Recipe::ClaimJson(at) });
            for encoding in Encoding::ALL.into_iter().filter(|_| site.circulated_picture(at).is_some()) {
                let path = address::circulated(&site.config, article.lang, &site.claim(at).id, encoding);
                routes.push(Route { path, recipe: Recipe::Circulated(at, encoding) });
            }
            if cards {
                routes.push(Route { path: address::card(&path), recipe: Recipe::ClaimCard(at) });
            }
            if site.config.embeds {
                routes.push(Route { path: address::embed(&path), recipe: Recipe::Embed(at) });
            }
            if site.config.embeds && !matches!(article.status, Status::Withdrawn { .. }) {
                routes.push(Route { path: address::oembed(&path), recipe: Recipe::OEmbed(at) });
            }
            routes.push(Route { path, recipe: Recipe::Claim(at) });
        }
    }
    // Last, so that of two things at one address the alias is the one to change.
    for alias in &article.aliases {
        routes.push(Route { path: alias_path(alias), recipe: Recipe::Redirect(path.clone()) });
    }
    routes
}

fn edition(site: &Site, lang: Lang, add: &mut impl FnMut(String, Recipe)) {
    let config = &site.config;
    let edition = site.edition(lang);
    let per_page = config.paginate;
    let pages = |count: usize| 1..=count.div_ceil(per_page).max(1);
    add(address::home(config, lang), Recipe::Home(lang));
    let fixed = |path: &str| address::fixed(config, lang, path);
    for page in pages(edition.articles.len()) {
        add(address::nth(&fixed("articles/"), page), Recipe::Articles(lang, page));
    }
    for page in pages(edition.claims.len()) {
        add(address::nth(&fixed("claims/"), page), Recipe::Claims(lang, page));
    }
    for page in pages(edition.ledger.len()) {
        add(address::nth(&fixed("corrections/"), page), Recipe::Corrections(lang, page));
    }
    for kind in ListKind::ALL.into_iter().filter(|kind| edition.has_index(*kind)) {
        add(address::index(config, lang, kind), Recipe::Terms(lang, kind));
        for (index, term) in edition.terms(kind).list.iter().enumerate() {
            let first = address::term(config, lang, kind, &term.slug);
            for page in pages(term.members.len()) {
                add(address::nth(&first, page), Recipe::Term(lang, kind, index, page));
            }
        }
    }
    for (index, topic) in edition.terms(ListKind::Topic).list.iter().enumerate() {
        let lists = config.scale.verdicts.iter().zip(&topic.by_verdict).enumerate();
        for (place, (verdict, claims)) in lists.filter(|(_, (_, claims))| !claims.is_empty()) {
            let first = address::topic_verdict(config, lang, &topic.slug, &verdict.id);
            for page in pages(claims.len()) {
                add(address::nth(&first, page), Recipe::TopicVerdict(lang, index, place, page));
            }
        }
    }
    if config.search {
        add(fixed("search/"), Recipe::Search(lang));
    }
    if config.feeds.is_some() {
        add(fixed("feed.xml"), Recipe::Feed(lang, Feed::Articles));
        add(fixed("claims/feed.xml"), Recipe::Feed(lang, Feed::Claims));
        add(fixed("corrections/feed.xml"), Recipe::Feed(lang, Feed::Corrections));
        add(fixed("feed.json"), Recipe::Feed(lang, Feed::Json));
    }
    if config.data {
        add(fixed("data/claims.json"), Recipe::Data(lang, DataFile::Claims));
        add(fixed("data/claimreview.json"), Recipe::Data(lang, DataFile::ClaimReview));
        add(fixed("data/claims.csv"), Recipe::Data(lang, DataFile::Csv));
    }
}

/// An old address without ending was a folder.
pub(super) fn alias_path(alias: &str) -> String {
    let last = alias.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.contains('.') { alias.to_owned() } else { format!("{alias}/") }
}
