//! `contradictory-verdict`: what is true is no misinformation, and satire is no fraud.

use crate::check::{Facts, Find, Rule, at_claim};
use crate::config::{Config, Kind, Tone, Verdict};
use crate::content::{Article, Media};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Part;

pub(super) const RULE: Rule = Rule { code: Code::ContradictoryVerdict, find: Find::Article(find) };

fn find(facts: Facts<'_>, article: &Article, found: &mut Vec<Diagnostic>) {
    let config = &facts.site.config;
    for claim in article.claims.iter().filter(|claim| claim.kind.is_some() || claim.media.is_some()) {
        let Some(verdict) = config.scale.verdicts.get(claim.verdict) else {
            continue;
        };
        let kind = claim.kind.and_then(|kind| config.kinds.get(kind));
        let Some((path, message, help)) = contradiction(config, verdict, kind, claim.media.as_ref()) else {
            continue;
        };
        let path: Vec<Part> = path.iter().map(|key| Part::key(key)).collect();
        let other = claim.path(&[Part::key("verdict")]);
        found.push(
            at_claim(Code::ContradictoryVerdict, article, claim, &path, message)
                .other(&article.yaml.source, article.span(&other), "the verdict")
                .help(help),
        );
    }
}

/// The key that says it, what is wrong, and how to mend it.
type Contradiction = (&'static [&'static str], String, &'static str);

fn contradiction(
    config: &Config,
    verdict: &Verdict,
    kind: Option<&Kind>,
    media: Option<&Media>,
) -> Option<Contradiction> {
    let is_satire = verdict.tone == Tone::Satire;
    let of_media: &[&str] = media.map_or(&[], |media| &media.categories);
    if let Some(kind) = kind {
        let of_satire = is_satirical(config, kind);
        let message =
            format!("the verdict `{}` and the kind `{}` contradict each other", verdict.id, kind.id);
        if verdict.tone == Tone::True {
            return Some((&["kind"], message, "leave `kind` out: it is for claims that are not true"));
        }
        if is_satire && !of_satire {
            return Some((
                &["kind"],
                message,
                "satire is no fraud and no manipulation; one of the two is \
                wrong",
            ));
        }
        // Only where the desk has a verdict for it: many scales call satire false.
        if of_satire && !is_satire && config.scale.verdicts.iter().any(|verdict| verdict.tone == Tone::Satire)
        {
            return Some((&["kind"], message, "the desk has a verdict for satire; one of the two is wrong"));
        }
        if of_media.contains(&"SatireOrParody") && !of_satire {
            let message = format!("`SatireOrParody` and the kind `{}` contradict each other", kind.id);
            return Some((&["kind"], message, "one of the two is wrong; put it right"));
        }
    }
    if of_media.contains(&"Transformed") && verdict.tone == Tone::True {
        let message = format!(
            "the verdict `{}` and media that were `Transformed` contradict each \
            other",
            verdict.id
        );
        return Some((&["media", "categories"], message, "one of the two is wrong; put it right"));
    }
    None
}

fn is_satirical(config: &Config, kind: &Kind) -> bool {
    let labels = config.langs().map(|lang| kind.label.get(lang));
    labels.chain([kind.id.as_str()]).any(|words| {
        let words = words.to_lowercase();
        words.contains("satir") || words.contains("parod")
    })
}
