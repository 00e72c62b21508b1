//! The keys as tables of Markdown, for `docs/front-matter.md`.

use std::fmt::Write as _;

use super::{Group, Shape, Texts};

/// The table of a group: key, what it takes, what it is. An asterisk marks what is required.
pub fn reference(group: &Group, texts: &Texts) -> String {
    let mut table = String::from("| key | takes | what it is |\n|---|---|---|\n");
    for key in group.keys {
        let star = if key.required { "\\*" } else { "" };
        let text = texts.key(group, key.name).replace('|', "\\|");
        let _ = write!(table, "| `{}`{star} | {} | {text}", key.name, takes(&key.shape));
        if !key.rule.is_empty() {
            let _ = match key.rule.split_once("://") {
                Some((_, rest)) => {
                    let host = rest.split('/').next().unwrap_or(rest);
                    write!(table, " After [{host}]({}).", key.rule)
                }
                None => write!(table, " After {}.", key.rule),
            };
        }
        table.push_str(" |\n");
    }
    table
}

/// What a shape takes, in words.
fn takes(shape: &Shape) -> String {
    let words =
        |words: Vec<&str>| words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let plain = match shape {
        Shape::Line | Shape::Prose => "text",
        Shape::Id => "id",
        Shape::ClaimId => "id of a claim",
        Shape::Date => "date",
        Shape::Moment => "date, or date and time",
        Shape::Url => "address",
        Shape::Path => "path of the site",
        Shape::Link => "path of the site or address",
        Shape::File => "file",
        Shape::Static => "path below `static/`",
        Shape::Email => "address for mail",
        Shape::Phone => "telephone number",
        Shape::Colour => "colour",
        Shape::Sha256 => "64 hexadecimal digits",
        Shape::Flag => "`true`, `false`",
        Shape::Language => "language code",
        Shape::Zone => "time zone",
        Shape::Topic => "word",
        Shape::Name => "name or id",
        Shape::Verdict => "verdict of the desk",
        Shape::Kind => "kind of the desk",
        Shape::Localised => "text, or one for each language",
        Shape::Labels => "topics with labels",
        Shape::Number(least, most) => return format!("{least} to {most}"),
        Shape::Word(known) | Shape::Tone(known) => return words(known()),
        Shape::Group(group) => return format!("[{0}](#{0})", group.name),
        Shape::List(inner, least) => {
            let least = if *least > 0 { ", not empty" } else { "" };
            return format!("list of {}{least}", takes(inner));
        }
        Shape::Either(shapes) => return shapes.iter().map(takes).collect::<Vec<_>>().join("; or "),
        Shape::Rules(inner) => return format!("rules, each with {}", takes(inner)),
    };
    plain.to_owned()
}
