//! `meja new person`

use clap::Args;
use meja::starter::{NewPerson, free};
use meja::yaml::absolute_url;

use super::super::init::one_line;
use super::super::{Common, Ended};
use super::ask::Questions;
use super::desk::{Place, id};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The name as readers see it (required)
    #[arg(long)]
    name: Option<String>,
    /// Whether it is a person or an organisation
    #[arg(long = "type", value_name = "TYPE", default_value = "person", value_parser = ["person", "organization"])]
    kind: String,
    /// What the person does
    #[arg(long)]
    role: Option<String>,
    /// A page about the person
    #[arg(long)]
    url: Option<String>,
    /// Where readers can write to
    #[arg(long)]
    email: Option<String>,
    /// The file's name, which articles refer to [default: after the name, unless somebody has it]
    #[arg(long)]
    id: Option<String>,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let place = Place::find(common)?;
    let words = place.words();
    let mut questions = Questions::new(arguments.name.is_some(), words);
    let text = &|word: &str| one_line(word);
    let url = &|word: &str| absolute_url(word).map(|()| word.to_owned()).map_err(str::to_owned);
    let name = questions.required("--name", words.name, arguments.name.as_deref(), None, text)?;
    questions.done("meja new person")?;
    if arguments.id.is_none()
        && let Some(known) = place.person_called(&name)
    {
        let reason =
            format!("`{known}` is there already; `--id` begins a file for somebody else of that name");
        return Err(Ended::Usage(reason));
    }
    let role = questions.optional("--role", words.role, arguments.role.as_deref(), text)?;
    let url = questions.optional("--url", words.person_url, arguments.url.as_deref(), url)?;
    let email = questions.optional("--email", words.email, arguments.email.as_deref(), text)?;
    let file = |id: &str| format!("people/{id}.md");
    let is_taken = |id: &str| place.people().any(|person| person.id == id) || place.has_file(&file(id));
    let id = match &arguments.id {
        Some(name) => id(name, is_taken).map_err(|reason| Ended::Usage(format!("--id: {reason}")))?,
        None => free(&name, "person", is_taken),
    };
    let person = NewPerson {
        name: &name,
        kind: &arguments.kind,
        role: role.as_deref(),
        url: url.as_deref(),
        email: email.as_deref(),
        language: place.language(),
    };
    let path = file(&id);
    place.create(&path, &person.text())?;
    place.conclude(&path, &id, &format!("articles name this file as `{id}`"));
    Ok(())
}
