//! `meja new page`

use clap::Args;
use meja::content::POLICIES;
use meja::starter::{NewPage, free};

use super::super::init::one_line;
use super::super::{Common, Ended};
use super::ask::Questions;
use super::desk::{Place, id};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The headline (required)
    #[arg(long)]
    title: Option<String>,
    /// The policy it states: methodology, ratings, corrections, funding, team, submit, about, ethics or privacy
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// Its address [default: after the title]
    #[arg(long)]
    slug: Option<String>,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let place = Place::find(common)?;
    let words = place.words();
    let mut questions = Questions::new(arguments.title.is_some(), words);
    let text = &|word: &str| one_line(word);
    let title = questions.required("--title", words.headline, arguments.title.as_deref(), None, text)?;
    questions.done("meja new page")?;
    let known = &|word: &str| {
        let names: Vec<&str> = POLICIES.iter().map(|(name, _)| *name).collect();
        if !names.contains(&word) {
            return Err(format!("the policies are {}", names.join(", ")));
        }
        match place.page_with(word) {
            Some(file) => Err(format!("`{file}` states that policy already")),
            None => Ok(word.to_owned()),
        }
    };
    let policy = questions.optional("--policy", words.policy, arguments.policy.as_deref(), known)?;
    let file = |slug: &str| format!("pages/{slug}.md");
    let is_taken = |slug: &str| place.has_address(slug) || place.has_file(&file(slug));
    let slug = match &arguments.slug {
        Some(slug) => id(slug, is_taken).map_err(|reason| Ended::Usage(format!("--slug: {reason}")))?,
        None => free(&title, "page", is_taken),
    };
    let page = NewPage { title: &title, policy: policy.as_deref(), language: place.language() };
    let path = file(&slug);
    place.create(&path, &page.text())?;
    place.conclude(&path, &slug, "fill it in before you publish: a page is never a draft");
    Ok(())
}
