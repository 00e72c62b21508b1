//! The way from one list of claims to the others: links with counts, the same on all of them.

use tera::Value;

use super::Pages;
use super::value::{Object, list};
use crate::config::Lang;
use crate::site::{ListKind, Term, address};

/// How many lists of a kind are named.
const MOST: usize = 8;

/// The kinds of lists that lead from claims to claims.
const KINDS: [ListKind; 5] =
    [ListKind::Verdict, ListKind::Year, ListKind::Kind, ListKind::Topic, ListKind::Claimant];

impl Pages {
    /// The groups of links, made once for each language.
    pub(super) fn filters(&self, lang: Lang) -> Value {
        self.filters[lang.index()]
            .get_or_init(|| {
                let groups = KINDS.iter().filter_map(|kind| self.filter_group(lang, *kind));
                self.prints.known(list(groups))
            })
            .clone()
    }

    fn filter_group(&self, lang: Lang, kind: ListKind) -> Option<Object> {
        let (config, words) = (&self.site.config, self.words(lang));
        let all = &self.site.edition(lang).terms(kind).list;
        let occurring: Vec<&Term> = all.iter().filter(|term| term.claim_count() > 0).collect();
        if occurring.is_empty() {
            return None;
        }
        let items = chosen(kind, &occurring).into_iter().map(|term| {
            let verdict = config.scale.position(&term.slug).filter(|_| kind == ListKind::Verdict);
            // How often somebody was checked says nothing without the words beside it: see their page.
            let count = (kind != ListKind::Claimant).then(|| words.formats.count(term.claim_count() as u64));
            Object::new()
                .set("label", self.term_label(term, lang, kind))
                .set("href", self.href(&address::term(config, lang, kind, &term.slug)))
                .set("count", count)
                .set("verdict", verdict.map_or_else(Value::none, |verdict| self.verdict_value(verdict, lang)))
        });
        Some(
            Object::new()
                .set("kind", kind.name())
                .set("label", words.text(kind.name()))
                .set("items", list(items))
                .set("all_label", words.text(&format!("all_{}", kind.folder())))
                .set("all_href", self.href(&address::index(config, lang, kind))),
        )
    }
}

/// Which lists of a kind are named, and in which order.
fn chosen<'t>(kind: ListKind, terms: &[&'t Term]) -> Vec<&'t Term> {
    let mut chosen = terms.to_vec();
    match kind {
        // The largest topics.
        ListKind::Topic => {
            chosen.sort_by(|a, b| b.claim_count().cmp(&a.claim_count()).then_with(|| a.slug.cmp(&b.slug)));
        }
        // Those whose claims were checked last, by name: a ranking would be a verdict on them.
        ListKind::Claimant => {
            chosen.sort_by_cached_key(|term| (term.newest_claim(), term.slug.clone()));
            chosen.truncate(MOST);
            chosen.sort_by_cached_key(|term| (crate::slug::slug(&term.label), term.slug.clone()));
        }
        // A scale is short, and a part of it would mislead.
        ListKind::Verdict => return chosen,
        _ => {}
    }
    chosen.truncate(MOST);
    chosen
}
