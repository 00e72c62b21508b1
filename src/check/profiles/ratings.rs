//! Criteria on a desk's verdicts.

use super::seen::{Seen, counted};
use super::survey::Survey;
use crate::config::Lang;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Part, Spot};

pub(super) fn rating_label(survey: &Survey<'_>) -> Seen {
    let config = &survey.site().config;
    let mut seen = Seen::default();
    let mut shown = Vec::new();
    for (index, verdict) in config.scale.verdicts.iter().enumerate() {
        let in_words = |lang: Lang| verdict.label.get(lang).chars().any(char::is_alphabetic);
        if config.langs().all(in_words) {
            shown.push(verdict.label.get(Lang::MAIN));
            continue;
        }
        let path = [Part::key("ratings"), Part::Index(index), Part::key("label")];
        let span = config.yaml.find(&path, Spot::Value);
        let message = format!("the verdict `{}` has no words", verdict.id);
        seen.miss(
            Diagnostic::at(survey.code, &config.yaml.source, span, message)
                .help("give it a name that stands by itself: `label: \"Mostly false\"`"),
        );
    }
    seen.facts.push(counted(shown.join(", ")));
    seen
}

pub(super) fn rating_numbers(survey: &Survey<'_>) -> Seen {
    let config = &survey.site().config;
    let Some(best) = config.scale.best() else {
        return Seen::met([counted("no verdict has a number, and none is in the markup")]);
    };
    let mut seen = Seen::met([counted(format!("numbers from 1 (worst) to {best} (best)"))]);
    if best < 2 {
        let message = "the best number of the scale is also its worst";
        seen.miss(
            survey
                .at_setting(&[Part::key("ratings")], message)
                .help("number the verdicts from 1, the worst, upwards, or leave out every `value`"),
        );
    }
    survey.by_rule(Code::ContradictoryScale, seen)
}

/// The page on ratings has a line with the label and the number of each verdict that has one.
pub(super) fn rating_table(survey: &Survey<'_>) -> Seen {
    let config = &survey.site().config;
    let numbered = || config.scale.verdicts.iter().filter_map(|verdict| Some((verdict, verdict.value?)));
    if numbered().next().is_none() {
        return Seen::met([counted("no verdict has a number")]);
    }
    let mut seen = survey.policy("ratings");
    for page in survey.site().pages.iter().filter(|page| page.policy == Some("ratings")) {
        let says = |label: &str, number: &str| {
            page.yaml.source.text.lines().any(|line| {
                line.contains(label) && line.split(|c: char| !c.is_ascii_digit()).any(|word| word == number)
            })
        };
        // Labels may stand there in the words of any language of the site.
        let lacks: Vec<String> = numbered()
            .filter(|(verdict, value)| {
                let number = value.to_string();
                !config.langs().any(|lang| says(verdict.label.get(lang), &number))
            })
            .map(|(verdict, value)| format!("{} = {value}", verdict.label.get(page.lang)))
            .collect();
        if !lacks.is_empty() {
            let span = page.yaml.find(&[Part::key("policy")], Spot::Value);
            let message = "this page does not tell which number stands for which verdict";
            let rows: Vec<String> =
                lacks.iter().map(|row| format!("| {} |", row.replace('=', "|"))).collect();
            seen.miss(
                Diagnostic::at(survey.code, &page.yaml.source, span, message)
                    .help(format!("add these rows to a table of the page:\n{}", rows.join("\n"))),
            );
        }
    }
    seen
}
