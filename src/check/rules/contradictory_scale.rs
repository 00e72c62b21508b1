//! `contradictory-scale`: the number beside a verdict is what other programs read of it.

use crate::check::{Facts, Find, Rule};
use crate::config::Tone;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Part, Spot};

pub(super) const RULE: Rule = Rule { code: Code::ContradictoryScale, find: Find::Site(find) };

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let config = &facts.site.config;
    let best = config.scale.best();
    for (index, verdict) in config.scale.verdicts.iter().enumerate() {
        let Some(value) = verdict.value else {
            continue;
        };
        let contradicts = match verdict.tone {
            Tone::True | Tone::MostlyTrue => value == 1,
            Tone::False | Tone::MostlyFalse => Some(value) == best,
            Tone::Unproven | Tone::Satire => true,
            // Neutral is also what a verdict without a tone is.
            Tone::Mixed | Tone::Neutral => false,
        };
        if !contradicts {
            continue;
        }
        let path = |key| [Part::key("ratings"), Part::Index(index), Part::key(key)];
        let place = |key| config.yaml.find(&path(key), Spot::Value);
        let message = format!(
            "the tone of `{}` is `{}`, but its number says otherwise",
            verdict.id,
            verdict.tone.name()
        );
        let help = match verdict.tone {
            Tone::Unproven | Tone::Satire => "leave the number out: such a verdict is neither true nor false",
            _ => "1 is the worst and the highest number the best; put right the number or the tone",
        };
        found.push(
            Diagnostic::at(Code::ContradictoryScale, &config.yaml.source, place("value"), message)
                .other(&config.yaml.source, place("tone"), "the tone")
                .help(help),
        );
    }
}
