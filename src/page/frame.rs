//! What every page has around its content: menu, languages, addresses, breadcrumbs.

use std::borrow::Cow;

use tera::Value;

use super::json::Node;
use super::share_card::Share;
use super::value::{Object, Once, list, text};
use super::{Made, Pages, json_ld};
use crate::config::Lang;
use crate::content::Picture;
use crate::locale::Entry;
use crate::site::{ListKind, Position, Recipe, address};

/// What every page of one language sees.
#[derive(Debug)]
pub(super) struct Shared {
    site: Value,
    lang: Value,
    words: Value,
    /// The rating scale.
    pub(super) verdicts: Vec<Value>,
    /// The breadcrumb to the home page.
    home: Value,
    /// What many pages show of claimants, authors and topics, by their names in front matter.
    pub(super) claimants: Once,
    pub(super) authors: Once,
    pub(super) teams: Once,
    pub(super) topics: Once,
}

/// What a page says of itself.
#[derive(Debug)]
pub(super) struct Frame<'f> {
    pub(super) kind: &'static str,
    pub(super) template: Cow<'static, str>,
    pub(super) path: &'f str,
    pub(super) lang: Lang,
    pub(super) title: &'f str,
    pub(super) description: Option<&'f str>,
    /// What shared links call it, if that is not its title.
    pub(super) shared_title: Option<String>,
    /// Whether search engines should list it.
    pub(super) indexed: bool,
    /// Breadcrumbs after the home page: label and path, the page itself last.
    pub(super) trail: Vec<(String, String)>,
    /// JSON-LD beside the breadcrumbs.
    pub(super) json_ld: Vec<Node>,
    /// The card of this page; without one, links to it show the desk's.
    pub(super) share: Option<Share>,
    /// Its own picture, for shared links where no cards are made.
    pub(super) picture: Option<&'f Picture>,
    /// The same page in other languages: their paths.
    pub(super) alternates: Vec<(Lang, String)>,
}

impl<'f> Frame<'f> {
    pub(super) fn new(
        kind: &'static str,
        template: impl Into<Cow<'static, str>>,
        path: &'f str,
        lang: Lang,
        title: &'f str,
    ) -> Self {
        Frame {
            kind,
            template: template.into(),
            path,
            lang,
            title,
            description: None,
            shared_title: None,
            indexed: false,
            trail: Vec::new(),
            json_ld: Vec::new(),
            share: None,
            picture: None,
            alternates: Vec::new(),
        }
    }
}

const POLICIES: [&str; 9] =
    ["methodology", "ratings", "corrections", "funding", "team", "submit", "about", "ethics", "privacy"];

impl Shared {
    pub(super) fn new(pages: &Pages, lang: Lang) -> Self {
        let words = pages.words(lang);
        let verdicts: Vec<Value> = (0..pages.site.config.scale.verdicts.len())
            .map(|index| pages.prints.known(pages.build_verdict(index, lang)))
            .collect();
        let home_path = address::home(&pages.site.config, lang);
        let table: std::collections::BTreeMap<String, Value> = words
            .strings
            .iter()
            .filter_map(|(key, entry)| match entry {
                Entry::Text(text) => Some((key.to_owned(), Value::from(text.as_str()))),
                Entry::Plural(_) => None,
            })
            .collect();
        Self {
            site: pages.prints.known(site_value(pages, lang, &verdicts)),
            lang: Object::new()
                .set("code", words.code.as_str())
                .set("dir", words.formats.direction())
                .set("name", words.text("language_name"))
                .into(),
            words: pages.prints.known(Value::from(table)),
            home: Object::new().set("label", words.text("home")).set("href", pages.href(&home_path)).into(),
            verdicts,
            claimants: Once::default(),
            authors: Once::default(),
            teams: Once::default(),
            topics: Once::default(),
        }
    }
}

fn site_value(pages: &Pages, lang: Lang, verdicts: &[Value]) -> Value {
    let config = &pages.site.config;
    let publisher = &config.publisher;
    let fixed = |path: &str| pages.href(&address::fixed(config, lang, path));
    let policies: std::collections::BTreeMap<String, Value> = POLICIES
        .iter()
        .filter_map(|policy| {
            let page = pages.site.policy(policy, lang)?;
            let href = pages.href(&address::page(config, page.lang, &page.slug));
            Some((
                (*policy).to_owned(),
                Object::new()
                    .set("title", page.title.as_str())
                    .set("href", href)
                    .set("lang", (page.lang != lang).then(|| config.code(page.lang)))
                    .into(),
            ))
        })
        .collect();
    let feeds = config.feeds.map_or_else(Value::none, |_| {
        Object::new()
            .set("articles", fixed("feed.xml"))
            .set("claims", fixed("claims/feed.xml"))
            .set("corrections", fixed("corrections/feed.xml"))
            .set("json", fixed("feed.json"))
            .into()
    });
    let data = |path: &str| config.data.then(|| fixed(path));
    let lists = ListKind::ALL
        .iter()
        .fold(Object::new(), |lists, kind| {
            let index = pages.site.edition(lang).has_index(*kind);
            lists.set(kind.folder(), index.then(|| pages.href(&address::index(config, lang, *kind))))
        })
        .set("articles", fixed("articles/"))
        .set("claims", fixed("claims/"))
        .set("corrections", fixed("corrections/"))
        .set("data", data("data/claims.json"))
        .set("claimreview", data("data/claimreview.json"))
        .set("csv", data("data/claims.csv"));
    let submit = &config.submit;
    let has_submit = submit.url.is_some() || submit.whatsapp.is_some() || submit.email.is_some();
    let submit = Object::new()
        .set("url", pages.form_href(lang))
        .set("label", pages.form_label(lang))
        .set("whatsapp", submit.whatsapp.as_deref().map(|number| format!("https://wa.me/{number}")))
        .set("email", text(submit.email.as_deref()));
    let menu = config.menu.iter().map(|item| {
        let href = pages.site_or_outside(&item.url, lang);
        let label = item
            .label
            .as_ref()
            .map_or_else(|| pages.label_of(&item.url, lang), |label| label.get(lang).to_owned());
        // A page that is not translated keeps its own language, and so does its title as a label.
        let other = pages.language_at(&item.url, lang).filter(|other| *other != lang);
        let other = other.map(|other| config.code(other));
        Object::new()
            .set("label", label)
            .set("href", href)
            .set("hreflang", other)
            .set("lang", other.filter(|_| item.label.is_none()))
    });
    Object::new()
        .set("title", config.title.get(lang))
        .set("description", config.description.as_ref().map(|description| description.get(lang).to_owned()))
        .set("home", pages.href(&address::home(config, lang)))
        .set("home_url", pages.url(&address::home(config, lang)))
        .set(
            "publisher",
            Object::new()
                .set("name", publisher.name.as_str())
                .set("legal_name", text(publisher.legal_name.as_deref()))
                .set("url", text(publisher.url.as_deref()))
                .set("email", text(publisher.email.as_deref()))
                .set("logo", publisher.logo.as_deref().and_then(|logo| pages.static_href(logo)))
                .set("ifcn", text(publisher.ifcn.as_deref())),
        )
        .set("menu", list(menu))
        .set("policies", Value::from(policies))
        .set("verdicts", list(verdicts.iter().cloned()))
        .set("footer", config.footer.as_ref().map(|footer| footer.get(lang).to_owned()))
        .set("accent", text(config.accent.as_deref()))
        .set("logo", config.logo.as_deref().and_then(|logo| pages.static_href(logo)))
        .set("search", config.search.then(|| fixed("search/")))
        .set("submit", if has_submit { Value::from(submit) } else { Value::none() })
        .set("feeds", feeds)
        .set("extra_css", pages.theme.extra_style_sheet().and_then(|name| pages.static_href(name)))
        .set("lists", lists)
        .set("css", pages.style_sheet())
        .into()
}

impl Pages {
    /// Puts a page together.
    pub(super) fn page(&self, frame: Frame<'_>, name: &'static str, content: impl Into<Value>) -> Made<'_> {
        let shared = &self.shared[frame.lang.index()];
        let mut trail = vec![shared.home.clone()];
        trail.extend(frame.trail.iter().map(|(label, path)| {
            Value::from(Object::new().set("label", label.as_str()).set("href", self.href(path)))
        }));
        let mut json_ld = frame.json_ld;
        if !frame.trail.is_empty() {
            json_ld.push(json_ld::breadcrumbs(self, frame.lang, &frame.trail));
        }
        let image = self.shared_image(frame.share, frame.picture, frame.lang);
        let page = Object::new()
            .set("kind", frame.kind)
            .set("title", frame.title)
            .set("description", text(frame.description))
            .set("share_title", text(frame.shared_title.as_deref()))
            .set("href", self.href(frame.path))
            .set("url", self.url(frame.path))
            .set("noindex", !frame.indexed)
            .set("alternates", self.alternates(frame.lang, frame.path, &frame.alternates))
            .set("breadcrumbs", if frame.trail.is_empty() { list(Vec::<Value>::new()) } else { list(trail) })
            .set("json_ld", list(json_ld.into_iter().map(Node::for_script)))
            .set("image", image);
        let values = vec![
            ("site", shared.site.clone()),
            ("lang", shared.lang.clone()),
            ("t", shared.words.clone()),
            ("page", page.into()),
            (name, content.into()),
        ];
        Made::Page { template: frame.template, values }
    }

    /// Every language version of a page, this one too; none if there is only one. The links must
    /// be mutual (Google's guideline on `hreflang`), so each version lists the same set.
    fn alternates(&self, lang: Lang, path: &str, others: &[(Lang, String)]) -> Value {
        if others.is_empty() {
            return list(Vec::<Value>::new());
        }
        let mut versions: Vec<(Lang, &str)> =
            others.iter().map(|(lang, path)| (*lang, path.as_str())).collect();
        versions.push((lang, path));
        versions.sort_unstable();
        list(versions.into_iter().map(|(version, path)| {
            let words = self.words(version);
            Object::new()
                .set("code", words.code.as_str())
                .set("name", words.text("language_name"))
                .set("href", self.href(path))
                .set("url", self.url(path))
                .set("current", version == lang)
        }))
    }

    /// The versions of a path that is built the same way in every language.
    pub(super) fn in_other_languages(
        &self,
        lang: Lang,
        path: impl Fn(Lang) -> Option<String>,
    ) -> Vec<(Lang, String)> {
        self.site
            .config
            .langs()
            .filter(|other| *other != lang)
            .filter_map(|other| Some((other, path(other)?)))
            .filter(|(_, path)| self.plan.get(path).is_some())
            .collect()
    }

    /// An address of `site.yaml`: an outside one as it is, a path of the site in this language.
    pub(super) fn site_or_outside(&self, url: &str, lang: Lang) -> String {
        if url.starts_with('/') { self.href(&self.localised(url, lang)) } else { url.to_owned() }
    }

    /// The language of the document that an address of `site.yaml` leads to from pages in `lang`.
    fn language_at(&self, url: &str, lang: Lang) -> Option<Lang> {
        match self.plan.get(&self.localised(url, lang)).map(|route| &route.recipe) {
            Some(Recipe::Page(index)) => Some(self.site.pages[*index].lang),
            Some(Recipe::Article(index)) => Some(self.site.articles[*index].lang),
            _ => None,
        }
    }

    /// The path in `lang` of what stands at a path of the main language.
    fn localised(&self, path: &str, lang: Lang) -> String {
        let translated = match self.plan.get(path).map(|route| &route.recipe) {
            Some(Recipe::Page(index)) => self.translation(&self.site.pages[*index].key, lang),
            Some(Recipe::Article(index)) => self.translation(&self.site.articles[*index].key, lang),
            _ => {
                let prefixed = format!("{}{path}", address::prefix(&self.site.config, lang));
                self.plan.get(&prefixed).map(|_| prefixed)
            }
        };
        translated.unwrap_or_else(|| path.to_owned())
    }

    /// The path of a document in `lang`.
    pub(super) fn translation(&self, key: &str, lang: Lang) -> Option<String> {
        self.site.document(key, lang).map(|position| self.site.path_of(position))
    }

    /// What a menu entry without a label is called: the title of the page it leads to.
    fn label_of(&self, url: &str, lang: Lang) -> String {
        let words = self.words(lang);
        let key = match self.plan.get(url).map(|route| &route.recipe) {
            Some(Recipe::Page(index)) => {
                let key = &self.site.pages[*index].key;
                let position = self.site.document(key, lang).unwrap_or(Position::Page(*index));
                return match position {
                    Position::Page(index) => self.site.pages[index].title.clone(),
                    Position::Article(index) => self.site.articles[index].title.clone(),
                };
            }
            Some(Recipe::Article(index)) => return self.site.articles[*index].title.clone(),
            Some(Recipe::Articles(..)) => "articles",
            Some(Recipe::Claims(..)) => "claims",
            Some(Recipe::Corrections(..)) => "corrections",
            Some(Recipe::Terms(_, kind)) => kind.folder(),
            Some(Recipe::Term(_, kind, term, _)) => {
                return self.site.edition(Lang::MAIN).terms(*kind).list[*term].label.clone();
            }
            Some(Recipe::TopicVerdict(_, topic, ..)) => {
                return self.site.edition(Lang::MAIN).terms(ListKind::Topic).list[*topic].label.clone();
            }
            Some(Recipe::Home(_)) => "home",
            _ => return url.to_owned(),
        };
        words.text(key).to_owned()
    }

    /// The page for addresses that are not there. GitHub Pages has one for the whole site.
    pub(super) fn not_found(&self, path: &str) -> Made<'_> {
        let title = self.words(Lang::MAIN).text("not_found_title").to_owned();
        let frame = Frame::new("not-found", "404.html", path, Lang::MAIN, &title);
        self.page(frame, "home", self.home_view(Lang::MAIN))
    }

    /// The page at an old address.
    pub(super) fn redirect(&self, path: &str, to: &str) -> Made<'_> {
        let recipe = self.plan.get(to).map(|route| &route.recipe);
        let lang = match recipe {
            Some(Recipe::Article(index)) => self.site.articles[*index].lang,
            Some(Recipe::Page(index)) => self.site.pages[*index].lang,
            _ => Lang::MAIN,
        };
        let title = self.words(lang).text("moved_title").to_owned();
        let frame = Frame::new("redirect", "redirect.html", path, lang, &title);
        let to = Object::new().set("href", self.href(to)).set("url", self.url(to));
        self.page(frame, "to", to)
    }
}
