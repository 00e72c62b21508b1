//! `profile-efcsn`: the European Code of Standards for Independent Fact-Checking Organisations.

use super::seen::{Seen, counted, number};
use super::shared::{
    complaints_at, contact, corrections_list, corrections_policy, ethics, funding, legal_entity, methodology,
    organisation, team, two_sources,
};
use super::survey::Survey;
use super::{Certainty, Criterion, Profile};
use crate::diagnostic::Code;
use crate::yaml::{Part, Spot};

pub(super) const PROFILE: Profile = Profile {
    code: Code::ProfileEfcsn,
    name: "efcsn",
    title: "European Code of Standards for Independent Fact-Checking Organisations (EFCSN)",
    document: "https://efcsn.com/code-of-standards",
    basis: "The code's introduction was read; its criteria are known to us from others and are given \
            without numbers. Compare them with the document before you rely on them.",
    criteria: CRITERIA,
};

use Certainty::{Read, SecondHand};

/// So many checks a month are asked for.
const A_MONTH: usize = 4;
/// So many months are looked back on.
const MONTHS: usize = 6;

const CRITERIA: &[Criterion] = &[
    Criterion {
        id: "country",
        title: "A focus on Europe",
        asks: "The work is to a substantial part about a country of the Council of Europe, Kosovo, Belarus or \
               Russia.",
        source: "introduction",
        certainty: Read,
        person: Some("which countries the checks are about"),
        judge: languages,
    },
    Criterion {
        id: "public-interest",
        title: "Public interest, without bias",
        asks: "The work is about matters of public interest and free of bias.",
        source: "introduction",
        certainty: Read,
        person: Some("a sample of checks; nothing that can be counted shows it"),
        judge: languages,
    },
    Criterion {
        id: "legal-entity",
        title: "Legal entity",
        asks: "Readers can see who answers for the desk.",
        source: "criteria on transparency",
        certainty: SecondHand,
        person: Some("proof of registration"),
        judge: legal_entity,
    },
    Criterion {
        id: "cadence",
        title: "Steady publishing",
        asks: "Four or more checks a month.",
        source: "criteria on publishing",
        certainty: SecondHand,
        person: Some("over which months assessors count"),
        judge: cadence,
    },
    Criterion {
        id: "two-sources",
        title: "Two sources a check",
        asks: "A check stands on two or more sources.",
        source: "criteria on methodology",
        certainty: SecondHand,
        person: None,
        judge: two_sources,
    },
    Criterion {
        id: "methodology",
        title: "Methodology",
        asks: "The desk explains how it works.",
        source: "criteria on methodology",
        certainty: SecondHand,
        person: Some("whether the checks follow it"),
        judge: methodology,
    },
    Criterion {
        id: "ratings",
        title: "Ratings with definitions",
        asks: "Readers can see what each rating means.",
        source: "criteria on methodology",
        certainty: SecondHand,
        person: None,
        judge: ratings,
    },
    Criterion {
        id: "ethics",
        title: "Ethics and independence",
        asks: "The desk tells what keeps it independent.",
        source: "criteria on ethics",
        certainty: SecondHand,
        person: Some("whether the desk keeps to it"),
        judge: ethics,
    },
    Criterion {
        id: "funders",
        title: "Funders",
        asks: "Funders of more than 1% of the income or more than EUR 5,000 are named.",
        source: "criteria on transparency",
        certainty: SecondHand,
        person: Some("accounts that show that the list is complete"),
        judge: funding,
    },
    Criterion {
        id: "organisation",
        title: "Organisation",
        asks: "Readers can see how the desk is organised.",
        source: "criteria on transparency",
        certainty: SecondHand,
        person: Some("whether the page names owners and who has editorial control"),
        judge: organisation,
    },
    Criterion {
        id: "team",
        title: "Staff",
        asks: "Readers can see who writes.",
        source: "criteria on transparency",
        certainty: SecondHand,
        person: Some("whether the biographies are true and complete"),
        judge: team,
    },
    Criterion {
        id: "contact",
        title: "A way to write to the desk",
        asks: "Readers can reach the desk.",
        source: "criteria on transparency",
        certainty: SecondHand,
        person: Some("whether somebody answers"),
        judge: contact,
    },
    Criterion {
        id: "corrections-policy",
        title: "Corrections policy",
        asks: "A page says how errors are put right.",
        source: "criteria on corrections",
        certainty: SecondHand,
        person: Some("whether the desk keeps to it"),
        judge: corrections_policy,
    },
    Criterion {
        id: "corrections-list",
        title: "Public log of corrections",
        asks: "All corrections can be seen in one place.",
        source: "criteria on corrections",
        certainty: SecondHand,
        person: Some("whether errors that were reported led to corrections"),
        judge: corrections_list,
    },
    Criterion {
        id: "complaints",
        title: "Complaints that go further",
        asks: "Readers are told where a complaint can be taken when the desk does not settle it.",
        source: "criteria on corrections",
        certainty: SecondHand,
        person: Some("whether the network takes complaints about this desk: it does about its members"),
        judge: complaints,
    },
];

fn languages(survey: &Survey<'_>) -> Seen {
    let words = format!(
        "{} in {}",
        number(survey.figures.checks, "check"),
        number(survey.site().config.languages.len(), "language")
    );
    Seen::for_a_person([survey.fact(words, "/")])
}

fn cadence(survey: &Survey<'_>) -> Seen {
    let checks = survey.figures.half_year;
    let mut seen = Seen::met([counted(format!("{} in the last {MONTHS} months", number(checks, "check")))]);
    if checks < A_MONTH * MONTHS {
        let message = format!(
            "only {} in {MONTHS} months, where {A_MONTH} a month are asked for",
            number(checks, "check")
        );
        seen.miss(survey.at_setting(&[Part::key("publisher")], message).help(format!(
            "{} checks are wanted in {MONTHS} months; apply when the desk has them",
            A_MONTH * MONTHS
        )));
    }
    seen
}

fn ratings(survey: &Survey<'_>) -> Seen {
    let config = &survey.site().config;
    let mut seen = survey.policy("ratings");
    let defined = |index: usize| {
        config.scale.verdicts.get(index).is_some_and(|verdict| {
            config.langs().all(|lang| {
                let definition = verdict.definition.get(lang);
                !definition.is_empty() && definition != verdict.label.get(lang)
            })
        })
    };
    for (index, verdict) in config.scale.verdicts.iter().enumerate().filter(|(index, _)| !defined(*index)) {
        let path = [Part::key("ratings"), Part::Index(index), Part::key("definition")];
        let message = format!("readers are not told what the verdict `{}` means", verdict.id);
        let span = config.yaml.find(&path, Spot::Value);
        seen.miss(
            crate::diagnostic::Diagnostic::at(survey.code, &config.yaml.source, span, message)
                .help("say when it is given: `definition: \"The evidence contradicts the claim.\"`"),
        );
    }
    seen
}

fn complaints(survey: &Survey<'_>) -> Seen {
    complaints_at(survey, "efcsn.com", "https://efcsn.com/")
}
