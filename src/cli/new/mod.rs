//! `meja new`

mod article;
mod ask;
mod claim;
mod desk;
mod opened;
mod page;
mod person;
mod words;

use clap::{Args, Subcommand};

use super::{Common, Ended, Format, examples};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// Asks on a terminal for what the flags leave out. If they have all that is required, nothing is asked.
#[derive(Debug, Subcommand)]
enum What {
    /// Begin an article, as a draft
    #[command(after_help = examples::NEW_ARTICLE)]
    Article(article::Arguments),
    /// Add a claim with its verdict to an article; all else in the file stays as it is
    #[command(after_help = examples::NEW_CLAIM)]
    Claim(claim::Arguments),
    /// Begin a page, such as one of the policies that codes of principles ask for
    #[command(after_help = examples::NEW_PAGE)]
    Page(page::Arguments),
    /// Introduce an author or a claimant
    #[command(after_help = examples::NEW_PERSON)]
    Person(person::Arguments),
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    if matches!(common.format, Format::Sarif) {
        let reason = "what was written is no list of problems; it is written as `text` or `json`";
        return Ended::Usage(reason.to_owned());
    }
    let ended = match &arguments.what {
        What::Article(arguments) => article::run(common, arguments),
        What::Claim(arguments) => claim::run(common, arguments),
        What::Page(arguments) => page::run(common, arguments),
        What::Person(arguments) => person::run(common, arguments),
    };
    match ended {
        Ok(()) => Ended::Fine,
        Err(ended) => ended,
    }
}
