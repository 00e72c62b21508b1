//! `profile-ifcn`: the code of principles of the International Fact-Checking Network.

use super::seen::{Seen, counted, number, of};
use super::shared::{
    complaints_at, contact, corrections_list, corrections_policy, ethics, funding, legal_entity, methodology,
    organisation, submit, team, two_sources,
};
use super::survey::Survey;
use super::{Certainty, Criterion, Profile, WEEKS};
use crate::config::Lang;
use crate::content::{Description, Party};
use crate::diagnostic::Code;
use crate::site::{ListKind, address};
use crate::yaml::Part;

pub(super) const PROFILE: Profile = Profile {
    code: Code::ProfileIfcn,
    name: "ifcn",
    title: "IFCN Code of Principles",
    document: "https://ifcncodeofprinciples.poynter.org/",
    basis: "Sections follow the criteria of the code; numbers are given only where they are known to us. \
            Compare what is marked as second-hand with the document before you rely on it.",
    criteria: CRITERIA,
};

use Certainty::{Read, SecondHand};

const CRITERIA: &[Criterion] = &[
    Criterion {
        id: "legal-entity",
        title: "Legal entity",
        asks: "The organisation is registered, and says as what.",
        source: "criterion 1.1",
        certainty: Read,
        person: Some("proof of registration, and that the team's purpose is fact-checking"),
        judge: legal_entity,
    },
    Criterion {
        id: "cadence",
        title: "Steady publishing",
        asks: "On average at least one check a week over the six months before.",
        source: "criterion 1.3",
        certainty: Read,
        person: Some(
            "whether the country has five or more signatories: then twelve months count instead of six",
        ),
        judge: cadence,
    },
    Criterion {
        id: "public-welfare",
        title: "Matters of public welfare",
        asks: "Three checks in four are about what can affect people's welfare.",
        source: "criterion 1.4",
        certainty: Read,
        person: Some("which checks are about public welfare; topics alone do not tell"),
        judge: topics,
    },
    Criterion {
        id: "state-funding",
        title: "State and political funding",
        asks: "Money from the state or from politics is stated, and does not decide what is published.",
        source: "criterion 1.6",
        certainty: Read,
        person: Some("whether the page on funding says so, and whether it is true"),
        judge: state_funding,
    },
    Criterion {
        id: "non-partisanship",
        title: "Policy on non-partisanship",
        asks: "The desk tells what its people may not do in politics.",
        source: "section 2 (non-partisanship)",
        certainty: SecondHand,
        person: Some("whether the policy covers staff, and whether the desk keeps to it"),
        judge: ethics,
    },
    Criterion {
        id: "fairness",
        title: "The same standard for all sides",
        asks: "Checks do not concentrate on one side, and the same evidence leads to the same verdict.",
        source: "section 2 (non-partisanship)",
        certainty: SecondHand,
        person: Some("a sample of checks on all sides; no count of claimants or verdicts can show it"),
        judge: work,
    },
    Criterion {
        id: "linked-sources",
        title: "Sources that can be opened",
        asks: "Readers can follow every source and repeat the work.",
        source: "section 3 (sources)",
        certainty: SecondHand,
        person: Some("sources without an address that had to be protected"),
        judge: linked_sources,
    },
    Criterion {
        id: "two-sources",
        title: "Two named sources",
        asks: "The elements of a claim are checked against more than one named source.",
        source: "section 3 (sources)",
        certainty: SecondHand,
        person: None,
        judge: two_sources,
    },
    Criterion {
        id: "primary-sources",
        title: "Primary sources",
        asks: "First-hand sources are preferred to reports about them.",
        source: "section 3 (sources)",
        certainty: SecondHand,
        person: None,
        judge: primary_sources,
    },
    Criterion {
        id: "interests",
        title: "Interests of sources",
        asks: "Where a source has an interest, readers are told.",
        source: "section 3 (sources)",
        certainty: SecondHand,
        person: Some("a sample of checks whose sources have an interest in the outcome"),
        judge: work,
    },
    Criterion {
        id: "funding",
        title: "Page on funding",
        asks: "Readers can see who pays.",
        source: "section 4 (funding and organisation)",
        certainty: Read,
        person: Some("whether every funder and amount is on the page"),
        judge: funding,
    },
    Criterion {
        id: "organisation",
        title: "Organisation",
        asks: "Readers can see how the desk is organised and who decides.",
        source: "section 4 (funding and organisation)",
        certainty: Read,
        person: Some("whether the page names owners and who has editorial control"),
        judge: organisation,
    },
    Criterion {
        id: "team",
        title: "Staff with biographies",
        asks: "Readers can see who writes, and with what background.",
        source: "section 4 (funding and organisation)",
        certainty: Read,
        person: Some("whether the biographies are true and complete"),
        judge: team,
    },
    Criterion {
        id: "contact",
        title: "A way to write to the desk",
        asks: "Readers can reach the desk easily.",
        source: "section 4 (funding and organisation)",
        certainty: Read,
        person: Some("whether somebody answers"),
        judge: contact,
    },
    Criterion {
        id: "methodology",
        title: "Methodology",
        asks: "The desk explains how it chooses, checks, writes and corrects.",
        source: "section 5 (methodology)",
        certainty: SecondHand,
        person: Some("whether the checks follow it"),
        judge: methodology,
    },
    Criterion {
        id: "choice",
        title: "Why this claim",
        asks: "Claims are chosen by reach and importance, and readers are told why where possible.",
        source: "section 5 (methodology)",
        certainty: SecondHand,
        person: Some("a sample of checks that say why the claim was chosen"),
        judge: work,
    },
    Criterion {
        id: "both-ways",
        title: "Evidence for and against",
        asks: "What supports a claim is shown as well as what undermines it.",
        source: "section 5 (methodology)",
        certainty: SecondHand,
        person: Some("whether evidence for the claim existed where none is cited"),
        judge: both_ways,
    },
    Criterion {
        id: "right-of-reply",
        title: "Right of reply",
        asks: "Those who made a claim are asked where possible, and the attempt is recorded.",
        source: "section 5 (methodology)",
        certainty: SecondHand,
        person: Some("whether the attempts were made as recorded"),
        judge: right_of_reply,
    },
    Criterion {
        id: "submit",
        title: "Readers send in claims",
        asks: "Readers are invited to send claims, and told what cannot be checked.",
        source: "section 5 (methodology)",
        certainty: SecondHand,
        person: Some("whether the page says what cannot be checked"),
        judge: submit,
    },
    Criterion {
        id: "corrections-policy",
        title: "Corrections policy",
        asks: "A page says how errors are put right, changed verdicts included.",
        source: "section 6 (corrections)",
        certainty: SecondHand,
        person: Some("whether the page covers changes of verdict, and whether the desk keeps to it"),
        judge: corrections_policy,
    },
    Criterion {
        id: "corrections-list",
        title: "One list of all corrections",
        asks: "Corrections are marked in the article, and one page lists them all.",
        source: "section 6 (corrections)",
        certainty: SecondHand,
        person: Some("whether errors that were reported led to corrections"),
        judge: corrections_list,
    },
    Criterion {
        id: "complaints",
        title: "Complaints to the IFCN",
        asks: "A signatory tells readers on its page on corrections that they can complain to the IFCN.",
        source: "section 6 (corrections)",
        certainty: SecondHand,
        person: Some("whether the desk is a signatory; name its entry as `ifcn` below `publisher` if so"),
        judge: complaints,
    },
    Criterion {
        id: "languages",
        title: "The same policies in every language",
        asks: "Language versions of a site state the same policies; assessors have flagged differences.",
        source: "section 6 (corrections)",
        certainty: SecondHand,
        person: Some("whether the versions say the same"),
        judge: languages,
    },
];

fn cadence(survey: &Survey<'_>) -> Seen {
    let figures = survey.figures;
    let checks = figures.in_weeks();
    let mut seen = Seen::met([
        counted(format!(
            "{} in the last {WEEKS} weeks; {} without one",
            number(checks, "check"),
            number(figures.empty_weeks(), "week")
        )),
        counted(format!("{} in the last twelve months", number(figures.year, "check"))),
    ]);
    if checks < WEEKS {
        let message =
            format!("only {} in {WEEKS} weeks, where one a week is asked for", number(checks, "check"));
        let missing = WEEKS - checks;
        seen.miss(survey.at_setting(&[Part::key("publisher")], message).help(format!(
            "publish {}, or apply when the half-year before has them",
            number(missing, "more check")
        )));
    }
    seen
}

fn topics(survey: &Survey<'_>) -> Seen {
    let site = survey.site();
    let terms = site.edition(Lang::MAIN).terms(ListKind::Topic);
    let path = address::index(&site.config, Lang::MAIN, ListKind::Topic);
    let words = format!("{} in the main language", number(terms.list.len(), "topic"));
    Seen::for_a_person([survey.fact(words, &path)])
}

fn state_funding(survey: &Survey<'_>) -> Seen {
    Seen::for_a_person(survey.policy("funding").facts)
}

/// Where the whole work can be seen.
fn work(survey: &Survey<'_>) -> Seen {
    let path = address::fixed(&survey.site().config, Lang::MAIN, "claims/");
    let words =
        format!("{} in {}", number(survey.figures.claims, "claim"), number(survey.figures.checks, "check"));
    Seen::for_a_person([survey.fact(words, &path)])
}

fn linked_sources(survey: &Survey<'_>) -> Seen {
    let figures = survey.figures;
    let mut seen = Seen::met([
        counted(format!("{} with an address or a file for every source", of(figures.linked, figures.claims))),
        counted(format!("{} with a kept copy of every source", of(figures.archived, figures.claims))),
    ]);
    super::shared::unsourced(survey, &mut seen);
    for (article, claim) in survey.claims() {
        for (index, source) in claim.sources.iter().enumerate() {
            if source.url.is_none() && source.file.is_none() {
                let path = [Part::key("sources"), Part::Index(index), Part::key("title")];
                let message = "readers cannot open this source";
                seen.miss(
                    survey
                        .at_claim(article, claim, &path, message)
                        .help("add its address, `url: \"https://...\"`, or a copy, `file: evidence.pdf`"),
                );
            }
        }
    }
    seen
}

fn primary_sources(survey: &Survey<'_>) -> Seen {
    let figures = survey.figures;
    let words = format!("{} with a source that is first-hand", of(figures.primary, figures.claims));
    let mut seen = survey.by_rule(Code::NoPrimarySource, Seen::met([counted(words)]));
    super::shared::unsourced(survey, &mut seen);
    seen
}

fn both_ways(survey: &Survey<'_>) -> Seen {
    let figures = survey.figures;
    Seen::for_a_person([counted(format!(
        "{} cite both a source that supports and one that refutes",
        of(figures.both_ways, figures.claims)
    ))])
}

/// Only of a person or an organisation can it be asked whether they were heard.
fn right_of_reply(survey: &Survey<'_>) -> Seen {
    let replies = survey.figures.replies;
    let mut seen = Seen::met([counted(format!(
        "{} replied, {} did not, {} declined, {} not applicable, {} not recorded",
        replies.replied, replies.no_reply, replies.declined, replies.not_applicable, replies.unrecorded
    ))]);
    for (article, claim) in survey.claims().filter(|(_, claim)| claim.contact.is_none()) {
        let described: Option<&Description> = match &claim.claimant {
            Some(Party::Described(description)) => Some(description),
            Some(Party::Named(name)) => {
                survey.site().person(name, article.lang).map(|person| &person.description)
            }
            None => None,
        };
        if described.is_some_and(|description| description.kind.is_some()) {
            let message = "no attempt to hear who made this claim is recorded";
            seen.miss(
                survey
                    .at_claim(article, claim, &[Part::key("claimant")], message)
                    .help("add `contact: {date: 2026-01-31, outcome: no-reply}`, or another outcome"),
            );
        }
    }
    // Where not one attempt is recorded, nothing shows that the desk asks anybody.
    let attempts = replies.replied + replies.no_reply + replies.declined + replies.not_applicable;
    if attempts == 0 && seen.missing.is_empty() {
        let message = "no attempt to hear who made a claim is recorded anywhere at this desk";
        let diagnostic = match survey.claims().next() {
            Some((article, claim)) => survey.at_claim(article, claim, &[Part::key("claim")], message),
            None => survey.at_setting(&[Part::key("publisher")], message),
        };
        seen.miss(diagnostic.help(
            "add to claims `contact: {date: 2026-01-31, outcome: no-reply}`, or `outcome: not-applicable` where \
             there is nobody to ask",
        ));
    }
    seen
}

fn complaints(survey: &Survey<'_>) -> Seen {
    match &survey.site().config.publisher.ifcn {
        Some(_) => {
            complaints_at(survey, "poynter.org", "https://ifcncodeofprinciples.poynter.org/complaints-policy")
        }
        None => Seen::for_a_person([counted("`site.yaml` names no entry in the register of signatories")]),
    }
}

fn languages(survey: &Survey<'_>) -> Seen {
    let codes = survey.site().config.languages.join(", ");
    survey.by_rule(Code::LonePolicy, Seen::met([counted(format!("languages: {codes}"))]))
}
