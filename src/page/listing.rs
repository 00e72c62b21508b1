//! Lists of articles and claims, page by page.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages, body, charts};
use crate::config::Lang;
use crate::content::Looked;
use crate::locale::fill;
use crate::site::{ClaimRef, ListKind, Members, Term, address};

/// How many pages the pager names on each side of the present one.
const NEIGHBOURS: usize = 2;

impl Pages {
    pub(super) fn all_articles(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("articles").to_owned();
        let articles = &self.site.edition(lang).articles;
        let first = address::fixed(&self.site.config, lang, "articles/");
        let mut frame = Frame::new("articles", "articles.html", path, lang, &title);
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "articles/"))
        });
        let view = self
            .list_view("articles", &title, lang, (&first, page), articles.len())
            .set("count_label", words.count("articles_count", articles.len()))
            .set("articles", self.article_cards(part(&self.site.config, articles, page)))
            .set("feed", self.feed(lang, "feed.xml"));
        self.page(frame, "list", view)
    }

    pub(super) fn all_claims(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("claims").to_owned();
        let claims = &self.site.edition(lang).claims;
        let first = address::fixed(&self.site.config, lang, "claims/");
        let mut frame = Frame::new("claims", "claims.html", path, lang, &title);
        frame.description = Some(words.text("claims_intro"));
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "claims/"))
        });
        let mut view = self
            .claim_list("claims", &title, lang, (&first, page), claims)
            .set("feed", self.feed(lang, "claims/feed.xml"))
            .set("verdict_counts", self.verdict_counts(lang, &self.counted(lang, None, claims)));
        if page == 1 {
            view = view.set("timeline", self.timeline(lang, claims, charts::Span::Whole));
        }
        self.page(frame, "list", view)
    }

    pub(super) fn term(
        &self,
        path: &str,
        (lang, kind, number): (Lang, ListKind, usize),
        page: usize,
        looked: &Looked,
    ) -> Made<'_> {
        let words = self.words(lang);
        let config = &self.site.config;
        let term = &self.site.edition(lang).terms(kind).list[number];
        let label = self.term_label(term, lang, kind);
        let first = address::term(config, lang, kind, &term.slug);
        let heading = fill(words.text(heading_key(kind)), &[(kind.name(), label.as_str())]);
        let at = (first.as_str(), page);
        let (page_kind, template, view) = match &term.members {
            Members::Articles(articles) => {
                ("articles", "articles.html", self.article_list(kind, &label, lang, at, term, articles))
            }
            Members::Claims(claims) => {
                let counts = self.counted(lang, Some((kind, number)), claims);
                let view = self
                    .claim_list(kind.name(), &label, lang, at, claims)
                    .set("verdict_counts", self.verdict_counts(lang, &counts));
                ("claims", "claims.html", view)
            }
        };
        let view = self.term_details(view, term, lang, kind, at, looked);
        let about = match kind {
            ListKind::Verdict => config
                .scale
                .position(&term.slug)
                .map(|index| config.scale.verdicts[index].definition.get(lang)),
            ListKind::Kind => Some(self.kind_definition(&term.slug, lang)),
            _ => None,
        };
        let mut frame = Frame::new(page_kind, template, path, lang, &heading);
        frame.description = about.filter(|about| !about.is_empty());
        frame.indexed = true;
        frame.trail = vec![
            (words.text(kind.folder()).to_owned(), address::index(config, lang, kind)),
            (label.clone(), first.clone()),
        ];
        frame.alternates =
            self.first_page_alternates(lang, page, |other| self.term_path(other, kind, &term.slug));
        self.page(frame, "list", view)
    }

    /// What only lists of one kind show.
    fn term_details(
        &self,
        view: Object,
        term: &Term,
        lang: Lang,
        kind: ListKind,
        (_, page): (&str, usize),
        looked: &Looked,
    ) -> Object {
        match (kind, &term.members) {
            (ListKind::Verdict, _) => {
                let verdict = self.site.config.scale.position(&term.slug);
                let verdict = verdict.map_or_else(Value::none, |index| self.verdict_value(index, lang));
                view.set("verdict", verdict).set("verdict_counts", list(Vec::<Value>::new()))
            }
            (ListKind::Claimant | ListKind::Author, _) => {
                view.set("party", self.profile(term, lang, kind, looked))
            }
            (ListKind::Source, _) => view.set("url", format!("https://{}/", term.slug)),
            (ListKind::Kind, _) => view.set("definition", self.kind_definition(&term.slug, lang)),
            (ListKind::Topic, _) => view
                .set("count_also", self.words(lang).count("claims_count", term.claim_count()))
                .set("verdict_counts", self.topic_counts(lang, term, None)),
            (ListKind::Year, Members::Claims(claims)) if page == 1 => {
                view.set("timeline", self.timeline(lang, claims, charts::Span::Year))
            }
            (ListKind::Year, _) => view,
        }
    }

    /// The claims of a topic with one verdict.
    pub(super) fn topic_verdict(
        &self,
        path: &str,
        lang: Lang,
        topic: usize,
        verdict: usize,
        page: usize,
    ) -> Made<'_> {
        let words = self.words(lang);
        let config = &self.site.config;
        let term = &self.site.edition(lang).terms(ListKind::Topic).list[topic];
        let claims = &term.by_verdict[verdict];
        let id = &config.scale.verdicts[verdict].id;
        let label = config.scale.verdicts[verdict].label.get(lang);
        let of_topic = address::term(config, lang, ListKind::Topic, &term.slug);
        let first = address::topic_verdict(config, lang, &term.slug, id);
        let heading =
            fill(words.text("topic_with_verdict"), &[("topic", term.label.as_str()), ("verdict", label)]);
        let mut frame = Frame::new("claims", "claims.html", path, lang, &heading);
        frame.indexed = true;
        frame.trail = vec![
            (words.text("topics").to_owned(), address::index(config, lang, ListKind::Topic)),
            (term.label.clone(), of_topic.clone()),
            (label.to_owned(), first.clone()),
        ];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::topic_verdict(config, other, &term.slug, id))
        });
        let of_topic = Object::new()
            .set("label", term.label.as_str())
            .set("href", self.href(&of_topic))
            .set("count_label", self.count_label(term, lang));
        let view = self
            .claim_list("topic-verdict", &heading, lang, (&first, page), claims)
            .set("topic", of_topic)
            .set("verdict_counts", self.topic_counts(lang, term, Some(verdict)));
        self.page(frame, "list", view)
    }

    /// Who stands behind a claimant's or author's list.
    fn profile(&self, term: &Term, lang: Lang, kind: ListKind, looked: &Looked) -> Value {
        let person = term.person.as_deref().and_then(|id| self.site.person(id, lang));
        // A claimant without a file is described where a claim names them; the newest counts.
        let described = match &term.members {
            Members::Claims(claims) => claims.first().and_then(|at| self.site.claim(*at).claimant.as_ref()),
            Members::Articles(_) => None,
        };
        let description = person
            .map(|person| &person.description)
            .or_else(|| described.and_then(|party| self.describe(party, lang).1));
        let base = match (kind, described) {
            (ListKind::Claimant, Some(party)) => self.claimant(party, lang),
            _ => self.author(term.person.as_deref().unwrap_or(&term.label), lang),
        };
        let field = |name: &'static str| {
            base.as_map().and_then(|map| map.get(&name.into())).cloned().unwrap_or_else(Value::none)
        };
        let same_as = description.map(|description| description.same_as.clone()).unwrap_or_default();
        Object::new()
            .set("name", field("name"))
            .set("href", field("href"))
            .set("role", field("role"))
            .set("url", field("url"))
            .set("kind", field("kind"))
            .set("same_as", list(same_as))
            .set("email", text(person.and_then(|person| person.email.as_deref())))
            .set(
                "photo",
                person
                    .and_then(|person| person.photo.as_ref())
                    .map_or_else(Value::none, |photo| self.picture(photo)),
            )
            .set(
                "bio",
                person
                    .filter(|person| !person.body.html.is_empty())
                    .map(|person| body::html(self, &person.body, lang, looked)),
            )
            .into()
    }

    /// A page of articles: those somebody wrote stand before those they only reviewed.
    fn article_list(
        &self,
        kind: ListKind,
        title: &str,
        lang: Lang,
        at: (&str, usize),
        term: &Term,
        articles: &[usize],
    ) -> Object {
        let (written, reviewed) = (articles.len() - term.reviewed, term.reviewed);
        let shown = part(&self.site.config, articles, at.1);
        let before = (at.1 - 1) * self.site.config.paginate;
        let (first, rest) = shown.split_at(written.saturating_sub(before).min(shown.len()));
        let also = (written > 0 && reviewed > 0).then(|| self.words(lang).count("reviewed_count", reviewed));
        self.list_view(kind.name(), title, lang, at, articles.len())
            .set("count_label", self.count_label(term, lang))
            .set("articles", self.article_cards(first))
            .set("reviewed", self.article_cards(rest))
            .set("count_also", also)
    }

    /// A page of claims.
    fn claim_list(
        &self,
        kind: &'static str,
        title: &str,
        lang: Lang,
        at: (&str, usize),
        claims: &[ClaimRef],
    ) -> Object {
        let shown = part(&self.site.config, claims, at.1);
        self.list_view(kind, title, lang, at, claims.len())
            .set("count_label", self.words(lang).count("claims_count", claims.len()))
            .set("claims", list(shown.iter().map(|at| self.claim_card(*at))))
            .set("filters", self.filters(lang))
    }

    fn article_cards(&self, articles: &[usize]) -> Value {
        list(articles.iter().map(|index| self.article_card(*index)))
    }

    /// What all lists have; `first` is the path of their first page.
    fn list_view(
        &self,
        kind: &'static str,
        title: &str,
        lang: Lang,
        (first, page): (&str, usize),
        count: usize,
    ) -> Object {
        Object::new()
            .set("kind", kind)
            .set("title", title)
            .set("href", self.href(first))
            .set("count", count)
            .set("pager", self.pager(lang, first, page, count))
            .set("feed", Value::none())
            .set("verdict", Value::none())
            .set("definition", Value::none())
            .set("topic", Value::none())
            .set("party", Value::none())
            .set("url", Value::none())
            .set("timeline", Value::none())
            .set("reviewed", list(Vec::<Value>::new()))
            .set("count_also", Value::none())
            .set("filters", list(Vec::<Value>::new()))
            .set("verdict_counts", list(Vec::<Value>::new()))
    }

    pub(super) fn feed(&self, lang: Lang, path: &str) -> Option<String> {
        self.site.config.feeds.map(|_| self.href(&address::fixed(&self.site.config, lang, path)))
    }

    /// Only the first pages of two lists say the same: the others hold what fell on them.
    pub(super) fn first_page_alternates(
        &self,
        lang: Lang,
        page: usize,
        path: impl Fn(Lang) -> Option<String>,
    ) -> Vec<(Lang, String)> {
        if page == 1 { self.in_other_languages(lang, path) } else { Vec::new() }
    }

    pub(super) fn pager(&self, lang: Lang, first: &str, page: usize, count: usize) -> Value {
        let pages = count.div_ceil(self.site.config.paginate).max(1);
        let words = self.words(lang);
        let address = |page: usize| self.href(&address::nth(first, page));
        let label = fill(
            words.text("page_of"),
            &[
                ("page", words.formats.count(page as u64).as_str()),
                ("pages", words.formats.count(pages as u64).as_str()),
            ],
        );
        let near = page.saturating_sub(NEIGHBOURS).max(1)..=(page + NEIGHBOURS).min(pages);
        let mut links = Vec::new();
        let mut link = |page_number: usize, href: Option<String>| {
            links.push(
                Object::new().set("page", page_number).set("href", href).set("current", page_number == page),
            );
        };
        if *near.start() > 1 {
            link(1, Some(address(1)));
            if *near.start() > 2 {
                link(0, None);
            }
        }
        for number in near.clone() {
            link(number, Some(address(number)));
        }
        if *near.end() < pages {
            if *near.end() + 1 < pages {
                link(0, None);
            }
            link(pages, Some(address(pages)));
        }
        Object::new()
            .set("page", page)
            .set("pages", pages)
            .set("label", label)
            .set("newer", (page > 1).then(|| address(page - 1)))
            .set("older", (page < pages).then(|| address(page + 1)))
            .set("links", list(links))
            .into()
    }
}

/// What stands on a page of a list.
fn part<'a, T>(config: &crate::config::Config, all: &'a [T], page: usize) -> &'a [T] {
    &all[(page - 1) * config.paginate..(page * config.paginate).min(all.len())]
}

fn heading_key(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Verdict => "claims_with_verdict",
        ListKind::Topic => "claims_about_topic",
        ListKind::Claimant => "claims_by_claimant",
        ListKind::Author => "articles_by_author",
        ListKind::Source => "claims_citing_source",
        ListKind::Year => "claims_checked_in",
        ListKind::Kind => "claims_of_kind",
    }
}
