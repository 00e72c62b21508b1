//! A made desk and the stages of its build, each as work of its own: `benches/stages.rs` takes the time of the same
//! work whose instructions `tests/suite/instructions.rs` counts.

#[path = "../../examples/bench/corpus.rs"]
mod corpus;

use std::fmt;
use std::hint::black_box;
use std::sync::Arc;

use meja::content::markdown::{self, Anchor};
use meja::content::{self, Article, Document, File, Reading};
use meja::lookup::{Folder, Index, Text};
use meja::pipeline::{self, Desk, Ready};
use meja::render::render;
use meja::site::{self, Recipe, Showing};
use meja::source::Source;

/// One stage, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The front matter of each article, to a tree.
    FrontMatter,
    /// The text of each article, its claims' quotations left aside.
    Markdown,
    /// The same with the quotations found in it.
    Anchoring,
    /// Each article as a whole, from its text to a document.
    Document,
    /// The documents, to a site, with the index of its claims.
    Assemble,
    /// Every address.
    Plan,
    /// The pages of articles.
    Article,
    /// The pages of claims.
    Claim,
    /// The pages that list claims.
    List,
    /// The index of the claims alone.
    Index,
    /// A few share cards.
    Card,
}

/// So many share cards are drawn: each costs as much as hundreds of pages.
const CARDS: usize = 2;

impl Stage {
    /// All of them, in the order of a build.
    pub(crate) const ALL: [Self; 11] = [
        Self::FrontMatter,
        Self::Markdown,
        Self::Anchoring,
        Self::Document,
        Self::Assemble,
        Self::Plan,
        Self::Article,
        Self::Claim,
        Self::List,
        Self::Index,
        Self::Card,
    ];
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FrontMatter => "front-matter",
            Self::Markdown => "markdown",
            Self::Anchoring => "anchoring",
            Self::Document => "document",
            Self::Assemble => "assemble",
            Self::Plan => "plan",
            Self::Article => "render-article",
            Self::Claim => "render-claim",
            Self::List => "render-list",
            Self::Index => "index",
            Self::Card => "card",
        })
    }
}

/// A desk with everything that a stage needs of those before it.
pub(crate) struct Work {
    articles: Vec<Prepared>,
    desk: Desk,
    ready: Ready,
    statics: Vec<(String, String)>,
    showing: Showing,
    _folder: tempfile::TempDir,
}

struct Prepared {
    /// From `content/`.
    path: String,
    text: String,
    file: File,
    anchors: Vec<Anchor>,
}

impl Work {
    /// A desk with so many articles.
    pub(crate) fn new(articles: usize) -> Self {
        let folder = tempfile::tempdir().expect("a passing folder");
        corpus::write(folder.path(), articles, "").expect("a desk");
        let desk = pipeline::read(folder.path(), None).expect("settings");
        let now = "2026-01-15T00:00:00+07:00[Asia/Jakarta]".parse().expect("a moment");
        let showing = Showing { now, drafts: false, future: false };
        let ready = pipeline::prepare(&desk, &showing, None);
        assert!(ready.is_publishable(), "{:?}", ready.diagnostics);
        ready.site().index_for_pages();
        let articles = desk.read.iter().map(prepared_of(folder.path())).collect();
        let statics = desk.theme.static_paths();
        Self { articles, desk, ready, statics, showing, _folder: folder }
    }

    /// Does the work of a stage, and tells of how many things: articles, pages, claims or cards.
    pub(crate) fn run(&self, stage: Stage) -> usize {
        match stage {
            Stage::FrontMatter => self.each(|article| {
                let source = Source::new(&article.path, article.text.clone());
                black_box(content::front_matter(source)).is_ok()
            }),
            Stage::Markdown => self.each(|article| self.body(article, &[])),
            Stage::Anchoring => self.each(|article| self.body(article, &article.anchors)),
            Stage::Document => self.each(|article| {
                let (config, files) = (&self.desk.config, &self.desk.files);
                let read = content::read_as(&article.path, article.text.clone(), config, files);
                black_box(read).is_some_and(|read| read.document.is_some())
            }),
            Stage::Assemble => {
                let Desk { config, files, read, .. } = &self.desk;
                black_box(site::assemble(config, files, read, &self.showing, None)).0.articles.len()
            }
            Stage::Plan => {
                black_box(site::plan(self.ready.site(), &self.statics, None));
                self.articles.len()
            }
            Stage::Article => self.render(usize::MAX, |recipe| matches!(recipe, Recipe::Article(_))),
            Stage::Claim => self.render(usize::MAX, |recipe| matches!(recipe, Recipe::Claim(_))),
            Stage::List => self.render(usize::MAX, |recipe| matches!(recipe, Recipe::Claims(..))),
            Stage::Index => self.index(),
            Stage::Card => self.render(CARDS, |recipe| matches!(recipe, Recipe::ClaimCard(_))),
        }
    }

    fn each(&self, work: impl Fn(&Prepared) -> bool) -> usize {
        self.articles.iter().filter(|article| work(article)).count()
    }

    fn body(&self, article: &Prepared, anchors: &[Anchor]) -> bool {
        let reading = Reading::new(&self.desk.config, &self.desk.files, content::folder(&article.path));
        black_box(markdown::read(&article.file, anchors, &reading)).1.is_empty()
    }

    fn render(&self, most: usize, wanted: impl Fn(&Recipe) -> bool) -> usize {
        let routes = self.ready.plan().routes().filter(|route| wanted(&route.recipe)).take(most);
        routes.filter(|route| black_box(render(&self.ready.engine, &self.ready.pages, route)).is_ok()).count()
    }

    /// As it is built when a site is assembled, but for the topics.
    fn index(&self) -> usize {
        let site = self.ready.site();
        let claims = site.lookup.claims();
        let texts = claims.iter().map(|at| {
            let (article, claim) = (site.article_of(*at), site.claim(*at));
            Text {
                lang: site.config.code(article.lang),
                claim: &claim.claim,
                title: &article.title,
                finding: &claim.finding,
                claimant: site.claimant_name(*at),
                topics: &[],
            }
        });
        let texts: Vec<Text<'_>> = texts.collect();
        black_box(Index::build(&Arc::new(Folder::new(&["id"])), &texts)).len()
    }
}

/// An article taken apart, for the stages that need only a part of it.
fn prepared_of(root: &std::path::Path) -> impl Fn(&content::Read) -> Prepared {
    let content = root.join("content");
    move |read| {
        let text = std::fs::read_to_string(content.join(&read.path)).expect("the article");
        let Some(Document::Article(article)) = &read.document else { panic!("{} is no article", read.path) };
        let yaml = content::front_matter(Source::new(&read.path, text.clone())).expect("front matter");
        let start = text.find("\n---\n").expect("the end of the front matter") + "\n---\n".len();
        let file = File { yaml, body: start..text.len() };
        Prepared { path: read.path.clone(), text, file, anchors: anchors(article) }
    }
}

fn anchors(article: &Article) -> Vec<Anchor> {
    let quoted = article.claims.iter().filter_map(|claim| Some((claim, claim.quote.clone()?)));
    quoted
        .map(|(claim, quote)| Anchor { claim: claim.id.clone(), mention: false, quote, path: Vec::new() })
        .collect()
}
