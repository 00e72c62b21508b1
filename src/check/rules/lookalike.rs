//! `lookalike`: a name that only looks like another is found by no search and fools who trusts it.

use rayon::prelude::*;

use crate::check::cited::cited;
use crate::check::fix::still_yaml;
use crate::check::letters::{Trick, plain, trick, trick_of_address, without_hidden};
use crate::check::{Facts, Find, Rule, narrowed};
use crate::content::{Article, Description, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{OwnedPath, Part, Spot, Yaml};

pub(super) const RULE: Rule = Rule { code: Code::Lookalike, find: Find::Site(find) };

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    found.par_extend(facts.site.articles.par_iter().flat_map_iter(|article| in_article(article)));
    for page in &facts.site.pages {
        let mut look = Look { yaml: &page.yaml, found };
        look.at_name(&page.title, || vec![Part::key("title")]);
    }
    for person in facts.site.people() {
        let mut look = Look { yaml: &person.yaml, found };
        look.at_name(&person.description.name, || vec![Part::key("name")]);
        look.at_party(&person.description, &[]);
    }
}

fn in_article(article: &Article) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut look = Look { yaml: &article.yaml, found: &mut found };
    look.at_name(&article.title, || vec![Part::key("title")]);
    for (list, names) in
        [("authors", &article.authors), ("reviewers", &article.reviewers), ("topics", &article.topics)]
    {
        for (index, name) in names.iter().enumerate() {
            look.at_name(name, || vec![Part::key(list), Part::Index(index)]);
        }
    }
    for claim in &article.claims {
        let path = |rest: &[Part]| claim.path(rest);
        look.at_name(&claim.claim, || path(&[Part::key("claim")]));
        match &claim.claimant {
            Some(Party::Named(name)) => look.at_name(name, || path(&[Part::key("claimant")])),
            Some(Party::Described(known)) => {
                look.at_name(&known.name, || path(&[Part::key("claimant"), Part::key("name")]));
                look.at_party(known, &path(&[Part::key("claimant")]));
            }
            None => {}
        }
        for (index, source) in claim.sources.iter().enumerate() {
            let own = |key| path(&[Part::key("sources"), Part::Index(index), Part::key(key)]);
            look.at_name(&source.title, || own("title"));
            look.at_name(source.publisher.as_deref().unwrap_or_default(), || own("publisher"));
        }
        for one in cited(claim) {
            look.at_address(one.url.unwrap_or_default(), || path(&one.path("url")));
            look.at_address(one.archived.unwrap_or_default(), || path(&one.path("archived")));
        }
    }
    found
}

struct Look<'l> {
    yaml: &'l Yaml,
    found: &'l mut Vec<Diagnostic>,
}

impl Look<'_> {
    fn at_party(&mut self, party: &Description, path: &[Part]) {
        let below = |more: &[Part]| [path, more].concat();
        self.at_address(party.url.as_deref().unwrap_or_default(), || below(&[Part::key("url")]));
        for (index, url) in party.same_as.iter().enumerate() {
            self.at_address(url, || below(&[Part::key("same_as"), Part::Index(index)]));
        }
    }

    fn at_name(&mut self, name: &str, path: impl Fn() -> OwnedPath) {
        self.say(trick(name), path);
    }

    fn at_address(&mut self, url: &str, path: impl Fn() -> OwnedPath) {
        self.say(trick_of_address(url), path);
    }

    fn say(&mut self, trick: Option<Trick>, path: impl Fn() -> OwnedPath) {
        let Some(trick) = trick else {
            return;
        };
        let span = self.yaml.find(&path(), Spot::Value);
        let (message, help) = match &trick {
            Trick::Hidden(c) => (
                format!("there is a character here that nobody sees: U+{:04X}", u32::from(*c)),
                "remove it; it comes from copying, or is there to deceive".to_owned(),
            ),
            Trick::Mixed(word) => (
                format!("`{word}` is made of letters of several scripts that look alike"),
                "write the word again on your own keyboard".to_owned(),
            ),
            Trick::Disguised(word) => (
                format!("`{word}` is made of signs that only look like letters"),
                format!("write `{}`", plain(word)),
            ),
            Trick::Host(shown, reads) => (
                format!("`{shown}` is written in another script and reads like `{reads}`"),
                "see where the address really leads, and say in the text that it imitates another \
                    one"
                .to_owned(),
            ),
        };
        let raw = &self.yaml.source.text[span.clone()];
        let mended =
            matches!(trick, Trick::Hidden(_)).then(|| without_hidden(raw)).filter(|mended| mended != raw);
        let mended = mended.filter(|mended| still_yaml(self.yaml, &span, mended));
        let diagnostic = Diagnostic::at(Code::Lookalike, &self.yaml.source, span.clone(), message).help(help);
        self.found.push(match (mended, trick) {
            (Some(mended), _) => diagnostic.fix(span, mended),
            (None, Trick::Mixed(word) | Trick::Disguised(word)) => narrowed(diagnostic, &word),
            (None, Trick::Hidden(_) | Trick::Host(..)) => diagnostic,
        });
    }
}
