//! `no-claimant`: a claim that nobody made is a straw man.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::content::{Article, Party};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::NoClaimant, find: Find::Article(find) };

/// What is written where a name is asked for and none is known.
const PLACEHOLDERS: &[&str] = &[
    "-",
    "--",
    "?",
    "anonim",
    "anonymous",
    "belum diketahui",
    "n/a",
    "na",
    "netizen",
    "nn",
    "no name",
    "noname",
    "none",
    "not known",
    "seseorang",
    "someone",
    "tak dikenal",
    "tak diketahui",
    "tanpa nama",
    "tba",
    "tbd",
    "tidak ada",
    "tidak dikenal",
    "tidak diketahui",
    "unknown",
    "warganet",
    "xxx",
    "…",
    "...",
    "–",
    "—",
];

fn find(_: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    const NOBODY: &str = "nobody is named who made this claim";
    const HELP: &str = "name who made it or in which form it went round: `claimant: \"Pesan berantai \
        WhatsApp\"`";
    for claim in &article.claims {
        match &claim.claimant {
            None => found
                .push(at_claim(Code::NoClaimant, article, claim, &[Part::key("claim")], NOBODY).help(HELP)),
            Some(claimant) => {
                let (name, path) = match claimant {
                    Party::Named(name) => (name, vec![Part::key("claimant")]),
                    Party::Described(known) => (&known.name, vec![Part::key("claimant"), Part::key("name")]),
                };
                if PLACEHOLDERS.contains(&name.to_lowercase().as_str()) {
                    let message = format!("`{name}` is not a name");
                    found.push(at_claim(Code::NoClaimant, article, claim, &path, message).help(HELP));
                }
            }
        }
    }
}
