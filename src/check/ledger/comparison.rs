//! Two states of a desk, matched once: which claim and which article of today stands for which of then.

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::same;
use super::{Past, State};
use crate::config::{Lang, Verdict};
use crate::content::{Article, Claim, Correction, Document, Read, Status};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{ClaimRef, Position, Recipe, Site};
use crate::yaml::{Node, Part, parse};

/// Problems of reading that leave something else in the place of what the author wrote.
const STAND_INS: &[Code] = &[
    Code::YamlSyntax,
    Code::DuplicateKey,
    Code::MissingKey,
    Code::WrongType,
    Code::BadText,
    Code::BadDate,
    Code::BadUrl,
    Code::BadId,
    Code::BadNumber,
    Code::UnknownValue,
    Code::UnknownVerdict,
    Code::UnknownLanguage,
    Code::UnknownTimeZone,
    Code::BadScale,
];

/// A claim that was published then and is published now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// Where it stood.
    pub(super) old: ClaimRef,
    /// Where it stands.
    pub(super) new: ClaimRef,
}

/// A verdict as it was given.
#[derive(Debug)]
pub(super) struct Given<'g> {
    /// Its id.
    pub(super) id: String,
    /// What the scale said of it, if that can still be read.
    on_scale: Option<&'g Verdict>,
}

/// Two states of a desk.
#[derive(Debug)]
pub(super) struct Comparison<'c> {
    pub(super) past: &'c Past<'c>,
    pub(super) before: State<'c>,
    pub(super) now: State<'c>,
    /// Claims that are there in both, in the order of then.
    pub(super) pairs: Vec<Pair>,
    /// The claims of then in `pairs`.
    remaining: FxHashSet<ClaimRef>,
    /// The ids of claims that have another one today, each with that.
    renamed: FxHashSet<(&'c str, &'c str)>,
    /// By article of then: the articles of today that stand for it, the one at its address first.
    heirs: Vec<Vec<usize>>,
    /// By article of today: those of then that it stands for.
    ancestors: Vec<Vec<usize>>,
    /// Files of then that could be read only in part.
    then_in_part: FxHashSet<&'c str>,
    /// Files of today that can be read only in part. They are errors by themselves; to compare the
    /// stand-ins would only add noise.
    now_in_part: FxHashSet<&'c str>,
    /// Articles of today that are shown, by file.
    shown: FxHashMap<&'c str, usize>,
    /// Claims of today that are held back, by language and id.
    held: FxHashMap<(&'c str, &'c str), &'c Article>,
    /// Articles of today, by file, whether they are shown or not.
    by_file: FxHashMap<&'c str, &'c Article>,
    /// Articles of then, by file, whether they were shown or not.
    then_by_file: FxHashMap<&'c str, &'c Article>,
}

impl<'c> Comparison<'c> {
    pub(super) fn new(past: &'c Past<'c>, now: State<'c>) -> Self {
        let before = past.state;
        let mut comparison = Self {
            past,
            before,
            now,
            pairs: Vec::new(),
            remaining: FxHashSet::default(),
            renamed: FxHashSet::default(),
            heirs: Vec::new(),
            ancestors: vec![Vec::new(); now.site.articles.len()],
            then_in_part: in_part(before.read),
            now_in_part: in_part(now.read),
            shown: by_file(now.site),
            held: FxHashMap::default(),
            by_file: FxHashMap::default(),
            then_by_file: articles(before.read)
                .map(|article| (article.yaml.source.path.as_str(), article))
                .collect(),
        };
        for article in articles(now.read) {
            let path = article.yaml.source.path.as_str();
            comparison.by_file.insert(path, article);
            if !comparison.shown.contains_key(path) {
                let code = now.site.config.code(article.lang);
                let claims = article.claims.iter().map(|claim| ((code, claim.id.as_str()), article));
                comparison.held.extend(claims);
            }
        }
        for (index, article) in before.site.articles.iter().enumerate() {
            let mut heirs = Vec::new();
            let mut add = |heir: usize| {
                if !heirs.contains(&heir) {
                    heirs.push(heir);
                }
            };
            comparison
                .at_address(&before.site.path_of(Position::Article(index)))
                .into_iter()
                .for_each(&mut add);
            comparison.shown.get(article.yaml.source.path.as_str()).copied().into_iter().for_each(&mut add);
            for (claim, of_claim) in article.claims.iter().enumerate() {
                let old = ClaimRef { article: index, claim };
                // Of two claims with one id only the first was published.
                if before.site.edition(article.lang).by_id.get(&of_claim.id) != Some(&old) {
                    continue;
                }
                if let Some(new) = comparison.successor(old) {
                    add(new.article);
                    comparison.pairs.push(Pair { old, new });
                }
            }
            for heir in &heirs {
                comparison.ancestors[*heir].push(index);
            }
            comparison.heirs.push(heirs);
        }
        comparison.remaining = comparison.pairs.iter().map(|pair| pair.old).collect();
        let ids =
            |pair: &Pair| (before.site.claim(pair.old).id.as_str(), now.site.claim(pair.new).id.as_str());
        comparison.renamed = comparison.pairs.iter().map(ids).filter(|(old, new)| old != new).collect();
        comparison
    }

    /// The article of today at an address, or where a redirect there leads to.
    pub(super) fn at_address(&self, path: &str) -> Option<usize> {
        let route = self.now.plan.get(path)?;
        let route = match &route.recipe {
            Recipe::Redirect(to) => self.now.plan.get(to)?,
            _ => route,
        };
        match route.recipe {
            Recipe::Article(index) => Some(index),
            _ => None,
        }
    }

    pub(super) fn lang_now(&self, lang: Lang) -> Option<Lang> {
        self.now.site.config.lang(self.before.site.config.code(lang))
    }

    /// The pairs that can be compared: those whose file of today is whole.
    pub(super) fn whole_pairs(&self) -> impl Iterator<Item = (Pair, &'c Claim, &'c Claim)> {
        self.pairs.iter().filter_map(|pair| {
            let article: &Article = &self.now.site.articles[pair.new.article];
            let whole = self.is_whole(article);
            whole.then(|| (*pair, self.before.site.claim(pair.old), self.now.site.claim(pair.new)))
        })
    }

    /// Whether a claim of then is still there, at whatever address.
    pub(super) fn remains(&self, old: ClaimRef) -> bool {
        self.remaining.contains(&old)
    }

    /// Whether a file of today says all of what its author wrote.
    pub(super) fn is_whole(&self, article: &Article) -> bool {
        !self.now_in_part.contains(article.yaml.source.path.as_str())
    }

    /// Whether a file of then could be read only in part.
    pub(super) fn was_in_part(&self, path: &str) -> bool {
        self.then_in_part.contains(path)
    }

    /// Whether what is not found today is gone, and not just unreadable.
    pub(super) fn can_be_lost(&self) -> bool {
        !self.now.site.is_unreadable(None)
            && self.now_in_part.is_empty()
            && self.now.site.config.whole.languages
    }

    /// Whether both rating scales can be read.
    pub(super) fn has_scales(&self) -> bool {
        self.now.site.config.whole.scale
    }

    /// The articles of today that stand for one of then.
    pub(super) fn heirs(&self, old: usize) -> &[usize] {
        self.heirs.get(old).map_or(&[], Vec::as_slice)
    }

    /// The articles of then that one of today stands for, be it only by its file.
    pub(super) fn forebears(&self, now: &Article) -> impl Iterator<Item = &'c Article> {
        let path = now.yaml.source.path.as_str();
        let site = self.before.site;
        let shown = self.shown.get(path).map_or(&[][..], |index| &self.ancestors[*index]);
        let in_file = self.then_by_file.get(path).copied().into_iter();
        in_file.chain(shown.iter().map(move |old| &*site.articles[*old]))
    }

    /// The verdict that a claim had. The word is read again where a stand-in may be in its place.
    pub(super) fn given(&self, at: ClaimRef) -> Option<Given<'c>> {
        let site = self.before.site;
        let (article, claim) = (site.article_of(at), site.claim(at));
        let scale = &site.config.scale.verdicts;
        if site.config.whole.scale && !self.was_in_part(&article.yaml.source.path) {
            let verdict = scale.get(claim.verdict)?;
            return Some(Given { id: verdict.id.clone(), on_scale: Some(verdict) });
        }
        let id = written_verdict(article, claim.index)?;
        let on_scale = scale.iter().find(|verdict| site.config.whole.scale && verdict.id == id);
        Some(Given { id, on_scale })
    }

    /// An earlier verdict in a history of then.
    pub(super) fn past_verdict(&self, verdict: usize) -> Option<Given<'c>> {
        let verdict = self.before.site.config.scale.verdicts.get(verdict)?;
        Some(Given { id: verdict.id.clone(), on_scale: Some(verdict) })
    }

    /// The id of a verdict of today.
    pub(super) fn id(&self, verdict: usize) -> &'c str {
        self.now.site.config.scale.verdicts.get(verdict).map_or("", |verdict| verdict.id.as_str())
    }

    /// The id that a verdict of then has today.
    pub(super) fn id_today<'g>(&'g self, was: &'g Given<'c>) -> &'g str {
        let count = self.now.site.config.scale.verdicts.len();
        (0..count).find(|index| self.is_same(was, *index)).map_or(&was.id, |index| self.id(index))
    }

    /// Whether a verdict of then and one of today are the same to readers: an id may be renamed.
    pub(super) fn is_same(&self, old: &Given<'c>, new: usize) -> bool {
        let Some(new) = self.now.site.config.scale.verdicts.get(new) else {
            return false;
        };
        let reads_same = |old: &Verdict| self.other_label(old, new).is_none();
        if old.id == new.id {
            // A verdict that took the words of another one was not renamed: readers see a changed verdict.
            let others = self.before.site.config.scale.verdicts.iter().filter(|other| other.id != old.id);
            return old.on_scale.is_none_or(reads_same) || !others.into_iter().any(reads_same);
        }
        old.on_scale.is_some_and(|old| reads_same(old) && (old.value, old.tone) == (new.value, new.tone))
    }

    /// The label of then that reads otherwise today, in a language that both sites have.
    pub(super) fn other_label(&self, old: &'c Verdict, new: &Verdict) -> Option<&'c str> {
        let langs = self.before.site.config.langs().filter_map(|lang| Some((lang, self.lang_now(lang)?)));
        let mut labels = langs.map(|(then, now)| (old.label.get(then), new.label.get(now)));
        labels.find(|(old, new)| old != new).map(|(old, _)| old)
    }

    /// The corrections of an article of today that readers did not have then. A note without a word,
    /// such as the three dots of a help that was pasted, tells nobody anything.
    pub(super) fn fresh(&self, now: usize) -> impl Iterator<Item = &'c Correction> + '_ {
        let ancestors: Vec<&Article> =
            self.ancestors[now].iter().map(|old| &*self.before.site.articles[*old]).collect();
        let known = move |correction: &Correction| {
            ancestors.iter().any(|old| old.corrections.iter().any(|other| self.says_same(other, correction)))
        };
        let tells = |correction: &Correction| correction.note.chars().any(char::is_alphanumeric);
        let corrections = self.now.site.articles[now].corrections.iter();
        corrections.filter(move |correction| tells(correction) && !known(correction))
    }

    /// Whether a correction of then and one of today are the same to readers.
    pub(super) fn says_same(&self, old: &Correction, new: &Correction) -> bool {
        let is_renamed = || match (&old.claim, &new.claim) {
            (Some(old), Some(new)) => self.renamed.contains(&(old.as_str(), new.as_str())),
            _ => false,
        };
        old.date == new.date && same(&old.note, &new.note) && (old.claim == new.claim || is_renamed())
    }

    /// Whether readers were told of a change to this claim since then.
    pub(super) fn is_told(&self, pair: Pair) -> bool {
        let id = &self.now.site.claim(pair.new).id;
        self.fresh(pair.new.article).any(|correction| correction.claim.as_ref() == Some(id))
    }

    /// Whether readers were told of a change to this claim or its article since then.
    pub(super) fn is_told_at_all(&self, pair: Pair) -> bool {
        let id = &self.now.site.claim(pair.new).id;
        self.fresh(pair.new.article)
            .any(|correction| correction.claim.as_ref().is_none_or(|claim| claim == id))
    }

    /// A line of `corrections` for a claim, to be pasted.
    pub(super) fn correction_to_add(&self, id: &str) -> String {
        format!(
            "tell readers, in `corrections` of the article: `- {{date: {}, claim: {id}, note: \"...\"}}`",
            self.now.site.now.date()
        )
    }

    /// A finding at a key of a claim of today.
    pub(super) fn at_claim(&self, code: Code, at: ClaimRef, rest: &[Part], message: String) -> Diagnostic {
        super::super::at_claim(code, self.now.site.article_of(at), self.now.site.claim(at), rest, message)
    }

    /// A finding on something of an article of then that is gone: where it is held back today, in what
    /// stands for the article at `key`, or in the file that was.
    pub(super) fn gone(
        &self,
        code: Code,
        old: usize,
        claim: Option<&Claim>,
        key: &str,
        message: String,
    ) -> Diagnostic {
        let article = &self.before.site.articles[old];
        let lang = self.before.site.config.code(article.lang);
        let path = article.yaml.source.path.as_str();
        let held = claim.and_then(|claim| self.held.get(&(lang, claim.id.as_str())).copied());
        let heir = self.heirs(old).first().map(|heir| &*self.now.site.articles[*heir]);
        if let (None, Some(heir)) = (held, heir) {
            let found = super::super::at(code, heir, &[Part::key(key)], message);
            return if key == "slug" { found.label("this article stands for it now") } else { found };
        }
        match held.or_else(|| self.by_file.get(path).copied()) {
            Some(article) => {
                let key = if article.status == Status::Draft { "status" } else { "date" };
                super::super::at(code, article, &[Part::key(key)], message)
            }
            None => Diagnostic::file(code, path, message),
        }
    }
}

/// The first problem that put something else in the place of what was written.
pub(super) fn stand_in<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Option<&'d Diagnostic> {
    diagnostics
        .into_iter()
        .find(|problem| problem.severity == Severity::Error && STAND_INS.contains(&problem.code))
}

fn in_part(read: &[Read]) -> FxHashSet<&str> {
    read.iter()
        .filter(|read| stand_in(&read.diagnostics).is_some())
        .filter_map(|read| match read.document.as_ref()? {
            Document::Article(article) => Some(article.yaml.source.path.as_str()),
            Document::Page(page) => Some(page.yaml.source.path.as_str()),
            Document::Person(_) => None,
        })
        .collect()
}

/// The articles that are shown, by file.
fn by_file(site: &Site) -> FxHashMap<&str, usize> {
    let articles = site.articles.iter().enumerate();
    articles.map(|(index, article)| (article.yaml.source.path.as_str(), index)).collect()
}

/// The articles among documents, those that are held back too.
pub(super) fn articles(read: &[Read]) -> impl Iterator<Item = &Article> {
    read.iter().filter_map(|read| match read.document.as_ref()? {
        Document::Article(article) => Some(&**article),
        _ => None,
    })
}

/// The verdict of a claim as it is written.
fn written_verdict(article: &Article, claim: usize) -> Option<String> {
    let node = parse(&article.yaml).ok()?;
    let Node::List(claims) = value(&node, "claims")? else {
        return None;
    };
    match value(claims.get(claim)?, "verdict")? {
        Node::Bool(word) => Some(word.to_string()),
        Node::Text(word) => Some(word.trim().to_owned()),
        _ => None,
    }
}

fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match node {
        Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}
