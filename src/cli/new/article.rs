//! `meja new article`

use clap::Args;
use meja::starter::{NewArticle, free};

use super::super::init::one_line;
use super::super::{Common, Ended};
use super::ask::Questions;
use super::desk::{Place, id};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The headline (required)
    #[arg(long)]
    title: Option<String>,
    /// Who writes it: the id of a file in content/people, or a name; may be given several times (required)
    #[arg(long = "author", value_name = "ID")]
    authors: Vec<String>,
    /// A claim it will check; says if that was checked already
    #[arg(long)]
    claim: Option<String>,
    /// A topic; may be given several times
    #[arg(long = "topic", value_name = "TOPIC", value_parser = one_line)]
    topics: Vec<String>,
    /// The last part of its address [default: after the title]
    #[arg(long)]
    slug: Option<String>,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let place = Place::find(common)?;
    let words = place.words();
    let mut questions = Questions::new(arguments.title.is_some() && !arguments.authors.is_empty(), words);
    let text = &|word: &str| one_line(word);
    let title = questions.required("--title", words.headline, arguments.title.as_deref(), None, text)?;
    let people = place.authors();
    let suggested = people.first().map(|(id, _)| id.as_str());
    let given = (!arguments.authors.is_empty()).then(|| arguments.authors.join("\n"));
    let several = &|word: &str| {
        // Flags may name somebody with a comma; on a terminal it stands between two.
        let parts = word.split(if given.is_some() { '\n' } else { ',' });
        let authors: Result<Vec<String>, String> = parts.map(one_line).collect();
        authors.map(|authors| authors.join("\n"))
    };
    let authors = questions.required("--author", words.authors, given.as_deref(), suggested, several)?;
    questions.done("meja new article")?;
    let authors: Vec<String> = authors.split('\n').map(str::to_owned).collect();
    let claim = questions.optional("--claim", words.claim_checked, arguments.claim.as_deref(), text)?;
    if let Some(claim) = &claim
        && !place.warn(claim, &mut questions)?
    {
        return Err(Ended::Usage("nothing was written".to_owned()));
    }
    let year = place.today.year();
    let file = |slug: &str| format!("articles/{year}/{slug}.md");
    let is_taken = |slug: &str| place.has_article(slug) || place.has_file(&file(slug));
    let slug = match &arguments.slug {
        Some(slug) => id(slug, is_taken).map_err(|reason| Ended::Usage(format!("--slug: {reason}")))?,
        None => free(&title, "article", is_taken),
    };
    let claim_id = claim.as_deref().map(|claim| free(claim, "claim", |id| place.has_claim(id)));
    let article = NewArticle {
        title: &title,
        date: place.today,
        authors: &authors,
        topics: &arguments.topics,
        claim: claim_id.as_deref().zip(claim.as_deref()),
        people: &people,
        verdicts: &place.verdicts(),
        language: place.language(),
    };
    let path = file(&slug);
    place.create(&path, &article.text())?;
    place.conclude(&path, &slug, "a draft; `meja serve` shows it");
    Ok(())
}
