//! What criteria look at, and how they look.

use std::sync::Arc;

use super::seen::{Missing, Seen};
use super::{Fact, Figures};
use crate::check::{Facts, Find, RULES};
use crate::config::Lang;
use crate::content::markdown::Body;
use crate::content::{Article, Claim, Page, Status};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::site::{Site, address};
use crate::source::Source;
use crate::yaml::{Part, Spot, clip};

/// The site, what was counted, and for which profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Survey<'s> {
    pub(super) facts: Facts<'s>,
    pub(super) figures: &'s Figures,
    /// The code of everything that is missing.
    pub(super) code: Code,
}

/// The articles that readers can see at the present moment, newest first.
pub(super) fn published(site: &Site) -> impl Iterator<Item = &Article> {
    site.articles
        .iter()
        .map(Arc::as_ref)
        .filter(|article| article.status != Status::Draft && !article.date.is_after(&site.now))
}

impl<'s> Survey<'s> {
    pub(super) fn site(&self) -> &'s Site {
        self.facts.site
    }

    /// The claims of articles that stand, in every language.
    pub(super) fn claims(&self) -> impl Iterator<Item = (&'s Article, &'s Claim)> {
        published(self.facts.site)
            .filter(|article| super::figures::stands(article))
            .flat_map(|article| article.claims.iter().map(move |claim| (article, claim)))
    }

    /// Something to be seen at a path of the site, if there is such a path.
    pub(super) fn fact(&self, words: impl Into<String>, path: &str) -> Fact {
        let is_there = self.facts.plan.get(path).is_some();
        Fact { words: words.into(), address: is_there.then(|| self.site().config.base.absolute(path)) }
    }

    /// A page of the desk, as a fact.
    pub(super) fn page(&self, page: &Page) -> Fact {
        let config = &self.site().config;
        let words = format!("{} ({})", page.title, config.code(page.lang));
        self.fact(words, &address::page(config, page.lang, &page.slug))
    }

    /// The list of corrections, in the main language.
    pub(super) fn corrections_path(&self) -> String {
        address::fixed(&self.site().config, Lang::MAIN, "corrections/")
    }

    /// A value of the settings.
    pub(super) fn at_setting(&self, path: &[Part], message: impl Into<String>) -> Diagnostic {
        let yaml = &self.site().config.yaml;
        Diagnostic::at(self.code, &yaml.source, yaml.find(path, Spot::Key), message)
    }

    /// A key of a claim: `rest` is the path from the claim on.
    pub(super) fn at_claim(
        &self,
        article: &Article,
        claim: &Claim,
        rest: &[Part],
        message: impl Into<String>,
    ) -> Diagnostic {
        crate::check::at_claim(self.code, article, claim, rest, message)
    }

    /// What a rule of `check` finds, taken as missing; the desk's exceptions to the rule count here
    /// too.
    pub(super) fn by_rule(&self, code: Code, mut seen: Seen) -> Seen {
        let mut found = Vec::new();
        match RULES.iter().find(|rule| rule.code == code).map(|rule| rule.find) {
            Some(Find::Article(find)) => published(self.site())
                .filter(|article| super::figures::stands(article))
                .for_each(|article| find(self.facts, article, &mut found)),
            Some(Find::Site(find)) => find(self.facts, &mut found),
            Some(Find::Text(_)) | None => {}
        }
        seen.missing.extend(found.into_iter().map(|mut diagnostic| {
            diagnostic.code = self.code;
            diagnostic.fix = None;
            Missing { diagnostic, rule: Some(code) }
        }));
        seen
    }

    /// A note to the newsroom in a text: what it asks for is missing.
    pub(super) fn unfinished(&self, source: &Arc<Source>, body: &Body, seen: &mut Seen) {
        let rule = RULES.iter().find(|rule| rule.code == Code::UnfinishedText).map(|rule| rule.find);
        let Some(Find::Text(find)) = rule else { return };
        let mut found = Vec::new();
        find(source, body, &mut found);
        for mut diagnostic in found {
            if let Place::At(label) = &diagnostic.place {
                let note = clip(&label.source.text[label.span.clone()]);
                diagnostic.message = format!("this text is not written yet: `{note}`");
            }
            diagnostic.code = self.code;
            diagnostic.severity = self.code.severity();
            seen.missing.push(Missing { diagnostic, rule: Some(Code::UnfinishedText) });
        }
    }

    /// The pages that state a policy, and what is missing of them.
    pub(super) fn policy(&self, policy: &str) -> Seen {
        let pages = || self.site().pages.iter().filter(|page| page.policy == Some(policy));
        let mut seen = Seen::met(pages().map(|page| self.page(page)));
        for page in pages().filter(|page| page.body.words == 0) {
            let span = page.yaml.find(&[Part::key("policy")], Spot::Value);
            let message = format!("this page states the policy `{policy}` and says nothing");
            seen.miss(
                Diagnostic::at(self.code, &page.yaml.source, span, message)
                    .help("write below the front matter what holds at your desk"),
            );
        }
        for page in pages() {
            self.unfinished(&page.yaml.source, &page.body, &mut seen);
        }
        if pages().next().is_none() {
            let message = format!("no page states the policy `{policy}`");
            seen.miss(Diagnostic::file(self.code, crate::config::FILE, message).help(format!(
                "add `content/pages/{policy}.md` that begins with these lines:\n---\ntitle: \"...\"\n\
                 policy: {policy}\n---"
            )));
        }
        seen
    }
}
