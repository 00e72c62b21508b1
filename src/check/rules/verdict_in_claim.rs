//! `verdict-in-claim`: a claim is told as it was made; what the desk found stands beside it.

use crate::check::{Facts, Find, Rule, at_claim, narrowed};
use crate::content::Article;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::VerdictInClaim, find: Find::Article(find) };

/// What stands before or after a claim that carries its verdict, apart from the desk's own labels.
const MARKS: &[&str] = &[
    "benar",
    "cek fakta",
    "debunked",
    "disinformasi",
    "disinformation",
    "fact check",
    "fact-check",
    "fake",
    "fakta",
    "false",
    "hoaks",
    "hoax",
    "keliru",
    "klarifikasi",
    "menyesatkan",
    "misinformasi",
    "misinformation",
    "misleading",
    "mitos",
    "myth",
    "palsu",
    "penipuan",
    "salah",
    "satire",
    "sesat",
    "tidak benar",
    "true",
];

/// How a sentence begins that judges.
const OPENINGS: &[&str] = &[
    "cek fakta",
    "fact check",
    "fact-check",
    "false claim",
    "hoaks",
    "it is false that",
    "it is not true that",
    "klaim keliru",
    "klaim palsu",
    "klaim salah",
    "tidak benar",
];

/// What stands between a mark and the claim.
const SEPARATORS: &[&str] = &[":", "! ", "? ", " - ", " – ", " — ", " | "];

fn find(facts: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    for claim in &article.claims {
        let Some(mark) = mark(facts, &claim.claim) else {
            continue;
        };
        let path = claim.path(&[Part::key("verdict")]);
        let message = format!("`{mark}` tells the verdict, which is no part of the claim");
        let diagnostic = at_claim(Code::VerdictInClaim, article, claim, &[Part::key("claim")], message)
            .other(&article.yaml.source, article.span(&path), "the verdict stands here")
            .help("write the claim as it was made");
        found.push(narrowed(diagnostic, mark));
    }
}

/// The words of a claim that tell a verdict.
fn mark<'c>(facts: Facts<'_>, claim: &'c str) -> Option<&'c str> {
    let claim = claim.trim_end_matches(['.', '!', '?']);
    let in_brackets = claim.split(['[', '(']).skip(1).filter_map(|rest| Some(rest.split_once([']', ')'])?.0));
    let head = SEPARATORS.iter().filter_map(|sign| Some(claim.split_once(sign)?.0));
    let tail = SEPARATORS.iter().filter_map(|sign| Some(claim.rsplit_once(sign)?.1));
    let marked = in_brackets.chain(head).chain(tail).map(str::trim).find(|part| is_mark(facts, part));
    marked.or_else(|| opening(claim))
}

fn is_mark(facts: Facts<'_>, part: &str) -> bool {
    // No label is as long as a sentence.
    if part.len() > 60 {
        return false;
    }
    let config = &facts.site.config;
    let mut labels =
        config.scale.verdicts.iter().flat_map(|verdict| config.langs().map(|lang| verdict.label.get(lang)));
    MARKS.iter().any(|mark| same(part, mark)) || labels.any(|label| same(part, label))
}

fn opening(claim: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|words| {
        let start = claim.get(..words.len()).filter(|start| same(start, words))?;
        let ends_word = claim[words.len()..].starts_with(|c: char| !c.is_alphanumeric() && c != '-');
        ends_word.then_some(start)
    })
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (!one.is_ascii()
            && one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase)))
}
