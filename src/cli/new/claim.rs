//! `meja new claim`

use std::path::PathBuf;

use clap::Args;
use meja::content::read_own;
use meja::starter::{NewClaim, NewSource, Refused, append, free};
use meja::yaml::absolute_url;

use super::super::fix::write;
use super::super::init::one_line;
use super::super::{Common, Ended};
use super::ask::Questions;
use super::desk::{Place, id};

/// The heading, in the help, of what describes the source.
const SOURCE: &str = "The first source";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The article
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The claim in one sentence (required)
    #[arg(long)]
    claim: Option<String>,
    /// The id of a verdict of the desk (required)
    #[arg(long, value_name = "ID")]
    verdict: Option<String>,
    /// What was found, in a sentence or two (required)
    #[arg(long)]
    finding: Option<String>,
    /// The title of the first source (required)
    #[arg(long, help_heading = SOURCE, value_name = "TITLE")]
    source_title: Option<String>,
    /// The address of the first source (required)
    #[arg(long, help_heading = SOURCE, value_name = "URL")]
    source_url: Option<String>,
    /// Who published the source
    #[arg(long, help_heading = SOURCE, value_name = "NAME")]
    source_publisher: Option<String>,
    /// An archived copy of the source
    #[arg(long, help_heading = SOURCE, value_name = "URL")]
    source_archived: Option<String>,
    /// What the source says of the claim
    #[arg(long, help_heading = SOURCE, value_name = "STANCE", value_parser = ["supports", "refutes", "context"])]
    source_stance: Option<String>,
    /// The source is first-hand evidence
    #[arg(long, help_heading = SOURCE)]
    source_primary: bool,
    /// The exact words of the article that the claim stands on
    #[arg(long, value_name = "WORDS")]
    quote: Option<String>,
    /// Who made the claim: a name, or the id of a file in content/people
    #[arg(long, value_name = "NAME")]
    claimant: Option<String>,
    /// Its address, for ever [default: after the claim]; in a translation, that of the original
    #[arg(long)]
    id: Option<String>,
}

fn address(word: &str) -> Result<String, String> {
    let word = word.trim();
    match absolute_url(word) {
        Ok(()) => Ok(word.to_owned()),
        Err(reason) => Err(format!("`{word}` is not an address readers can open: {reason}")),
    }
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let place = Place::find(common)?;
    let path = place.inside(&arguments.file)?;
    let shown = format!("content/{path}");
    let required = [
        &arguments.claim,
        &arguments.verdict,
        &arguments.finding,
        &arguments.source_title,
        &arguments.source_url,
    ];
    let mut questions = Questions::new(required.iter().all(|given| given.is_some()));
    let text = &|word: &str| one_line(word);
    let url = &|word: &str| address(word);
    let claim = questions.required(
        "--claim",
        "The claim, in one sentence",
        arguments.claim.as_deref(),
        None,
        text,
    )?;
    if !claim.is_empty() && !place.warn(&claim, &mut questions)? {
        return Err(Ended::Usage("nothing was written".to_owned()));
    }
    let verdicts = place.verdicts();
    let known = &|word: &str| {
        let word = word.trim();
        let ids: Vec<&str> = verdicts.iter().map(|(id, _)| id.as_str()).collect();
        let numbered = word.parse::<usize>().ok().and_then(|number| ids.get(number.checked_sub(1)?));
        let found = ids.iter().find(|id| **id == word).or(numbered);
        found.map(|id| (*id).to_owned()).ok_or_else(|| format!("the desk's verdicts are {}", ids.join(", ")))
    };
    if arguments.verdict.is_none() {
        for (number, (id, label)) in verdicts.iter().enumerate() {
            questions.say(&format!("  {}. {id} ({label})\n", number + 1))?;
        }
    }
    let verdict = arguments.verdict.as_deref();
    let verdict = questions.required("--verdict", "Verdict, by number or id", verdict, None, known)?;
    let finding = arguments.finding.as_deref();
    let finding =
        questions.required("--finding", "What was found, in a sentence or two", finding, None, text)?;
    let title = arguments.source_title.as_deref();
    let title = questions.required("--source-title", "Title of the first source", title, None, text)?;
    let link = arguments.source_url.as_deref();
    let link = questions.required("--source-url", "Its address", link, None, url)?;
    questions.done("meja new claim")?;
    let mut optional = |flag, question: &str, given: &Option<String>, read| {
        questions.optional(flag, question, given.as_deref(), read)
    };
    let publisher = optional("--source-publisher", "Who published it", &arguments.source_publisher, text)?;
    let archived = optional("--source-archived", "Its archived copy", &arguments.source_archived, url)?;
    let quote = optional("--quote", "Words of the article it stands on", &arguments.quote, text)?;
    let claimant = optional("--claimant", "Who made the claim", &arguments.claimant, text)?;
    let name = match &arguments.id {
        Some(name) => id(name, |id| place.has_claim_beside(&path, id))
            .map_err(|reason| Ended::Usage(format!("--id: {reason}")))?,
        None => free(&claim, "claim", |id| place.has_claim(id)),
    };
    let source = match read_own(&place.root, &shown) {
        Ok(source) => source,
        Err(diagnostic) => {
            common.report(&place.root, &[*diagnostic]);
            return Err(Ended::Content);
        }
    };
    let new = NewClaim {
        id: &name,
        claim: &claim,
        quote: quote.as_deref(),
        claimant: claimant.as_deref(),
        verdict: &verdict,
        finding: &finding,
        source: NewSource {
            title: &title,
            url: &link,
            publisher: publisher.as_deref(),
            archived: archived.as_deref(),
            stance: arguments.source_stance.as_deref(),
            primary: arguments.source_primary,
        },
    };
    let text = match append(&source, &new) {
        Ok(text) => text,
        Err(Refused::Unreadable(diagnostic)) => {
            common.report(&place.root, &[*diagnostic]);
            return Err(Ended::Content);
        }
        Err(Refused::Layout) => {
            return Err(Ended::Usage(format!(
                "a claim cannot be added to `{shown}` without changing the rest; write `claims:` with each \
                 claim on lines of its own that begin with `- id:`"
            )));
        }
    };
    place.judge(&path, &text)?;
    write(&place.root, &shown, &source.text, &text)
        .map_err(|reason| Ended::Machine(format!("`{shown}` stays as it is: {reason}"), None))?;
    place.conclude(&path, &name, &format!("claim `{name}` added; `meja check --drafts` says what it lacks"));
    Ok(())
}
