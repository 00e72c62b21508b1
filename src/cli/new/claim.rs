//! `meja new claim`

use std::path::{Path, PathBuf};

use clap::Args;
use meja::starter::{NewClaim, NewSource, free};
use meja::yaml::absolute_url;

use super::super::init::one_line;
use super::super::{Common, Ended};
use super::ask::Questions;
use super::desk::{Place, id};
use super::opened::Opened;

/// What a source can say of a claim.
const STANCES: [&str; 3] = ["supports", "refutes", "context"];

/// How many articles a list offers.
const MOST_ARTICLES: usize = 20;

/// The heading, in the help, of what describes the source.
const SOURCE: &str = "The first source";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The article (required; on a terminal, it can be chosen from a list)
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
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
    #[arg(long, help_heading = SOURCE, value_name = "STANCE", value_parser = STANCES)]
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

/// One of several, by its number or by itself.
fn chosen(word: &str, of: &[&str]) -> Option<String> {
    let word = word.trim();
    let numbered = word.parse::<usize>().ok().and_then(|number| of.get(number.checked_sub(1)?));
    of.iter().find(|one| **one == word).or(numbered).map(|one| (*one).to_owned())
}

/// The path below `content/` of the article; none if nobody says which.
fn article(
    place: &Place<'_>,
    given: Option<&Path>,
    questions: &mut Questions<'_>,
) -> Result<Option<String>, Ended> {
    if let Some(file) = given {
        return place.inside(file).map(Some);
    }
    let words = place.words();
    let listed = place.articles();
    let paths: Vec<&str> = listed.iter().map(|(article, _)| article.yaml.source.path.as_str()).collect();
    let paths = &paths[..paths.len().min(MOST_ARTICLES)];
    for (number, ((article, is_draft), path)) in listed.iter().zip(paths).enumerate() {
        let draft = if *is_draft { format!(" ({})", words.draft) } else { String::new() };
        questions.say(&format!(
            "  {}. {}{draft}\n     {path}\n",
            number + 1,
            one_line(&article.title).unwrap_or_default()
        ))?;
    }
    let known = &|word: &str| {
        let file = chosen(word, paths).unwrap_or_else(|| word.trim().to_owned());
        place.inside(Path::new(&file)).map_err(|ended| match ended {
            Ended::Usage(reason) => reason,
            _ => "it cannot be read".to_owned(),
        })
    };
    let path = questions.required("FILE", words.article, None, None, known)?;
    Ok((!path.is_empty()).then_some(path))
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let place = Place::find(common)?;
    let words = place.words();
    let required = [
        &arguments.claim,
        &arguments.verdict,
        &arguments.finding,
        &arguments.source_title,
        &arguments.source_url,
    ];
    let all_given = arguments.file.is_some() && required.iter().all(|given| given.is_some());
    let mut questions = Questions::new(all_given, words);
    let path = article(&place, arguments.file.as_deref(), &mut questions)?;
    // Opened before the first question: what cannot take a claim must not cost answers.
    let opened = path.map(|path| Opened::new(&place, path)).transpose()?;
    let text = &|word: &str| one_line(word);
    let url = &|word: &str| address(word);
    let claim = questions.required("--claim", words.claim, arguments.claim.as_deref(), None, text)?;
    if !claim.is_empty() && !place.warn(&claim, &mut questions)? {
        return Err(Ended::Usage("nothing was written".to_owned()));
    }
    let can_quote = &|word: &str| {
        let word = one_line(word)?;
        opened.as_ref().map_or(Ok(()), |opened| opened.can_quote(&word)).map(|()| word)
    };
    let quote = match &arguments.quote {
        // Words of a flag are judged with the whole, which shows the line.
        Some(quote) if !questions.on_terminal() => {
            Some(one_line(quote).map_err(|reason| Ended::Usage(format!("--quote: {reason}")))?)
        }
        given => questions.optional("--quote", words.quote, given.as_deref(), can_quote)?,
    };
    let claimant = questions.optional("--claimant", words.claimant, arguments.claimant.as_deref(), text)?;
    let verdicts = place.verdicts();
    let ids: Vec<&str> = verdicts.iter().map(|(id, _)| id.as_str()).collect();
    let known =
        &|word: &str| chosen(word, &ids).ok_or_else(|| format!("the desk's verdicts are {}", ids.join(", ")));
    if arguments.verdict.is_none() {
        for (number, (id, label)) in verdicts.iter().enumerate() {
            questions.say(&format!("  {}. {id} ({label})\n", number + 1))?;
        }
    }
    let verdict = arguments.verdict.as_deref();
    let verdict = questions.required("--verdict", words.verdict, verdict, None, known)?;
    let finding = arguments.finding.as_deref();
    let finding = questions.required("--finding", words.finding, finding, None, text)?;
    let title = arguments.source_title.as_deref();
    let title = questions.required("--source-title", words.source_title, title, None, text)?;
    let link = arguments.source_url.as_deref();
    let link = questions.required("--source-url", words.source_url, link, None, url)?;
    questions.done("meja new claim")?;
    let mut optional = |flag, question: &str, given: &Option<String>, read| {
        questions.optional(flag, question, given.as_deref(), read)
    };
    let publisher = optional("--source-publisher", words.publisher, &arguments.source_publisher, text)?;
    let archived = optional("--source-archived", words.archived, &arguments.source_archived, url)?;
    if arguments.source_stance.is_none() {
        for (number, (stance, meaning)) in STANCES.iter().zip(words.stances).enumerate() {
            questions.say(&format!("  {}. {stance} ({meaning})\n", number + 1))?;
        }
    }
    let known =
        &|word: &str| chosen(word, &STANCES).ok_or_else(|| format!("it is one of {}", STANCES.join(", ")));
    let stance =
        questions.optional("--source-stance", words.stance, arguments.source_stance.as_deref(), known)?;
    let primary = arguments.source_primary || questions.is_so(words.primary, false)?;
    // Nothing is missing, or the questions would have said so.
    let Some(opened) = opened else { return Ok(()) };
    let name = match &arguments.id {
        Some(name) => id(name, |id| place.has_claim_beside(&opened.path, id))
            .map_err(|reason| Ended::Usage(format!("--id: {reason}")))?,
        None => free(&claim, "claim", |id| place.has_claim(id)),
    };
    opened.write(&NewClaim {
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
            stance: stance.as_deref(),
            primary,
        },
    })
}
