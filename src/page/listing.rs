//! Lists of articles and claims, the indexes of such lists, and the ledger.

use tera::Value;

use super::frame::Frame;
use super::value::{Object, list, text};
use super::{Made, Pages, body};
use crate::config::Lang;
use crate::locale::fill;
use crate::site::{Change, ClaimRef, Entry, ListKind, Members, Term, address};

/// How many pages the pager names on each side of the present one.
const NEIGHBOURS: usize = 2;

impl Pages {
    pub(super) fn all_articles(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("articles").to_owned();
        let members = Shown::Articles(&self.site.edition(lang).articles);
        let first = address::fixed(&self.site.config, lang, "articles/");
        let mut frame = Frame::new("articles", "articles.html", path, lang, &title);
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "articles/"))
        });
        let view = self
            .list_view("articles", &title, lang, members, &first, page)
            .set("feed", self.feed(lang, "feed.xml"));
        self.page(frame, "list", view)
    }

    pub(super) fn all_claims(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("claims").to_owned();
        let edition = self.site.edition(lang);
        let first = address::fixed(&self.site.config, lang, "claims/");
        let mut frame = Frame::new("claims", "claims.html", path, lang, &title);
        frame.description = Some(words.text("claims_intro"));
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "claims/"))
        });
        let members = Shown::Claims(&edition.claims);
        let view = self
            .list_view("claims", &title, lang, members, &first, page)
            .set("feed", self.feed(lang, "claims/feed.xml"))
            .set("verdict_counts", self.verdict_counts(lang, None, &edition.claims));
        self.page(frame, "list", view)
    }

    pub(super) fn term(
        &self,
        path: &str,
        lang: Lang,
        kind: ListKind,
        number: usize,
        page: usize,
    ) -> Made<'_> {
        let words = self.words(lang);
        let term = &self.site.edition(lang).terms(kind).list[number];
        let (page_kind, template) = match term.members {
            Members::Articles(_) => ("articles", "articles.html"),
            Members::Claims(_) => ("claims", "claims.html"),
        };
        let index_path = address::index(&self.site.config, lang, kind);
        let first = address::term(&self.site.config, lang, kind, &term.slug);
        let heading = fill(
            words.text(heading_key(kind)),
            &[(kind.name(), term.label.as_str()), ("name", &term.label), ("host", &term.label)],
        );
        let mut frame = Frame::new(page_kind, template, path, lang, &heading);
        frame.indexed = true;
        frame.trail =
            vec![(words.text(kind.folder()).to_owned(), index_path), (term.label.clone(), first.clone())];
        frame.alternates =
            self.first_page_alternates(lang, page, |other| self.term_path(other, kind, &term.slug));
        let members = Shown::of(&term.members);
        let counts = match members {
            Shown::Claims(claims) => self.verdict_counts(lang, Some((kind, number)), claims),
            Shown::Articles(_) => list(Vec::<Value>::new()),
        };
        let mut view = self
            .list_view(kind.name(), &term.label, lang, members, &first, page)
            .set("verdict_counts", counts);
        if kind == ListKind::Verdict
            && let Some(index) = self.site.config.scale.position(&term.slug)
        {
            view = view.set("verdict", self.verdict_value(index, lang));
        }
        if matches!(kind, ListKind::Claimant | ListKind::Author) {
            view = view.set("party", self.profile(term, lang, kind));
        }
        if kind == ListKind::Source {
            view = view.set("url", format!("https://{}/", term.slug));
        }
        self.page(frame, "list", view)
    }

    /// Who stands behind a claimant's or author's list.
    fn profile(&self, term: &Term, lang: Lang, kind: ListKind) -> Value {
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
                    .map(|person| body::html(self, &person.body, lang)),
            )
            .into()
    }

    fn list_view(
        &self,
        kind: &'static str,
        title: &str,
        lang: Lang,
        members: Shown<'_>,
        first: &str,
        page: usize,
    ) -> Object {
        let per_page = self.site.config.paginate;
        let range = (page - 1) * per_page..(page * per_page).min(members.len());
        let words = self.words(lang);
        let (cards, name, key) = match members {
            Shown::Claims(claims) => {
                (list(claims[range].iter().map(|at| self.claim_card(*at))), "claims", "claims_count")
            }
            Shown::Articles(articles) => (
                list(articles[range].iter().map(|index| self.article_card(*index))),
                "articles",
                "articles_count",
            ),
        };
        Object::new()
            .set("kind", kind)
            .set("title", title)
            .set("count", members.len())
            .set("count_label", words.count(key, members.len()))
            .set(name, cards)
            .set("pager", self.pager(lang, first, page, members.len()))
            .set("feed", Value::none())
            .set("verdict", Value::none())
            .set("party", Value::none())
            .set("url", Value::none())
            .set("verdict_counts", list(Vec::<Value>::new()))
    }

    fn feed(&self, lang: Lang, path: &str) -> Option<String> {
        self.site.config.feeds.map(|_| self.href(&address::fixed(&self.site.config, lang, path)))
    }

    /// Only the first pages of two lists say the same: the others hold what fell on them.
    fn first_page_alternates(
        &self,
        lang: Lang,
        page: usize,
        path: impl Fn(Lang) -> Option<String>,
    ) -> Vec<(Lang, String)> {
        if page == 1 { self.in_other_languages(lang, path) } else { Vec::new() }
    }

    /// How many claims of a list have each verdict. Counted once, however many pages it has.
    fn verdict_counts(&self, lang: Lang, of: Option<(ListKind, usize)>, claims: &[ClaimRef]) -> Value {
        let counts = self.counted(lang, of, claims);
        let total: usize = counts.iter().sum();
        let words = self.words(lang);
        list(counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(verdict, count)| {
            Object::new()
                .set("verdict", self.verdict_value(verdict, lang))
                .set("count", *count)
                .set("count_label", words.count("claims_count", *count))
                .set("share", (count * 1000 / total) as f64 / 10.0)
        }))
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
        let mut terms: Vec<(usize, &Term)> =
            self.site.edition(lang).terms(kind).list.iter().enumerate().collect();
        if kind != ListKind::Verdict {
            terms.sort_by_cached_key(|(_, term)| (crate::slug::slug(&term.label), term.slug.clone()));
        }
        let items: Vec<(String, Value)> = terms
            .iter()
            .map(|(index, term)| {
                let key = match term.members {
                    Members::Claims(_) => "claims_count",
                    Members::Articles(_) => "articles_count",
                };
                let mut item = Object::new()
                    .set("label", term.label.as_str())
                    .set("href", self.href(&address::term(&self.site.config, lang, kind, &term.slug)))
                    .set("count", term.members.len())
                    .set("count_label", words.count(key, term.members.len()));
                if kind == ListKind::Verdict {
                    item = item.set("verdict", self.verdict_value(*index, lang));
                }
                (letter(&term.label), item.into())
            })
            .collect();
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        for (letter, item) in items.iter().filter(|_| kind != ListKind::Verdict) {
            match groups.last_mut() {
                Some((last, items)) if last == letter => items.push(item.clone()),
                _ => groups.push((letter.clone(), vec![item.clone()])),
            }
        }
        let view = Object::new()
            .set("kind", kind.folder())
            .set("title", title.as_str())
            .set("intro", intro.as_str())
            .set("items", list(items.into_iter().map(|(_, item)| item)))
            .set(
                "groups",
                list(
                    groups
                        .into_iter()
                        .map(|(letter, items)| Object::new().set("letter", letter).set("items", items)),
                ),
            );
        self.page(frame, "terms", view)
    }

    pub(super) fn corrections(&self, path: &str, lang: Lang, page: usize) -> Made<'_> {
        let words = self.words(lang);
        let title = words.text("corrections").to_owned();
        let ledger = &self.site.edition(lang).ledger;
        let first = address::fixed(&self.site.config, lang, "corrections/");
        let per_page = self.site.config.paginate;
        let range = (page - 1) * per_page..(page * per_page).min(ledger.len());
        let mut frame = Frame::new("corrections", "corrections.html", path, lang, &title);
        frame.description = Some(words.text("corrections_intro"));
        frame.indexed = true;
        frame.trail = vec![(title.clone(), path.to_owned())];
        frame.alternates = self.first_page_alternates(lang, page, |other| {
            Some(address::fixed(&self.site.config, other, "corrections/"))
        });
        let view = Object::new()
            .set("entries", list(ledger[range].iter().map(|entry| self.entry(entry, lang))))
            .set("pager", self.pager(lang, &first, page, ledger.len()))
            .set("count", ledger.len())
            .set("feed", self.feed(lang, "corrections/feed.xml"));
        self.page(frame, "corrections", view)
    }

    fn entry(&self, entry: &Entry, lang: Lang) -> Object {
        let claim = |at: Option<ClaimRef>| at.map_or_else(Value::none, |at| self.claim_card(at));
        let base = Object::new()
            .set("date", self.date(entry.date, lang))
            .set("article", self.article_link(entry.article))
            .set("claim", claim(entry.claim));
        match &entry.change {
            Change::Correction { note } => base.set("type", "correction").set("note", note.as_str()),
            Change::Withdrawal { reason } => base.set("type", "withdrawal").set("note", reason.as_str()),
            Change::Verdict { old, new, reason } => base
                .set("type", "verdict")
                .set("note", text(reason.as_deref()))
                .set("old", self.verdict_value(*old, lang))
                .set("new", self.verdict_value(*new, lang)),
        }
    }
}

/// What is on a list, as the list itself or one term of many has it.
#[derive(Debug, Clone, Copy)]
enum Shown<'s> {
    Claims(&'s [ClaimRef]),
    Articles(&'s [usize]),
}

impl<'s> Shown<'s> {
    fn of(members: &'s Members) -> Self {
        match members {
            Members::Claims(claims) => Shown::Claims(claims),
            Members::Articles(articles) => Shown::Articles(articles),
        }
    }

    fn len(self) -> usize {
        match self {
            Shown::Claims(claims) => claims.len(),
            Shown::Articles(articles) => articles.len(),
        }
    }
}

fn heading_key(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Verdict => "claims_with_verdict",
        ListKind::Topic => "claims_about_topic",
        ListKind::Claimant => "claims_by_claimant",
        ListKind::Author => "articles_by_author",
        ListKind::Source => "claims_citing_source",
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
