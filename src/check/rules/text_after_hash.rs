//! `text-after-hash`: YAML takes a `#` after a space for the beginning of a remark, and readers lose the rest.

use crate::check::fix::changed;
use crate::check::{Facts, Find, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{Yaml, clip, parse, quoted};

pub(super) const RULE: Rule = Rule { code: Code::TextAfterHash, find: Find::Site(find) };

/// The keys whose values are sentences and names, in articles, pages, people and settings.
const PROSE: &[&str] = &[
    "alt",
    "claim",
    "claimant",
    "correct",
    "credit",
    "definition",
    "description",
    "exact",
    "finding",
    "footer",
    "incorrect",
    "label",
    "legal_name",
    "name",
    "note",
    "prefix",
    "publisher",
    "quote",
    "reason",
    "role",
    "suffix",
    "summary",
    "title",
];

/// The keys below which a text may stand in each language, or a name for each topic.
const TRANSLATED: &[&str] = &["definition", "description", "footer", "label", "title", "topics"];

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let site = facts.site;
    look(&site.config.yaml, found);
    site.articles.iter().for_each(|article| look(&article.yaml, found));
    site.pages.iter().for_each(|page| look(&page.yaml, found));
    site.people().into_iter().for_each(|person| look(&person.yaml, found));
}

/// A line that ends in what may be a remark: its key if it has one, its value, and where the `#` stands.
struct Suspect<'t> {
    key: Option<&'t str>,
    value: &'t str,
    hash: usize,
}

fn look(yaml: &Yaml, found: &mut Vec<Diagnostic>) {
    let text = yaml.text();
    if memchr::memmem::find(text.as_bytes(), b" #").is_none() {
        return;
    }
    // The keys that the present line stands below, with the columns they begin in.
    let mut above: Vec<(usize, &str)> = Vec::new();
    let mut start = yaml.span.start;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line = line.trim_end();
        let words = line.trim_start_matches([' ', '-']);
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let column = line.len() - words.len();
        above.retain(|(other, _)| *other < column);
        let key = key_of(words);
        let parent = above.last().map_or("", |(_, key)| *key);
        let is_prose = match key {
            Some(key) => PROSE.contains(&key) || TRANSLATED.contains(&parent),
            // A text goes on in this line.
            None => PROSE.contains(&parent),
        };
        if is_prose && let Some(suspect) = suspect(words, key) {
            let hash = at + column + suspect.hash;
            let remark = hash - 1..at + line.len();
            if is_remark(yaml, &remark) {
                found.push(cut(yaml, &suspect, hash..remark.end));
            }
        }
        above.extend(key.map(|key| (column, key)));
    }
}

/// The key at the beginning of a line, if it is a plain one.
fn key_of(words: &str) -> Option<&str> {
    let (key, rest) = words.split_once(':')?;
    let is_plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    (is_plain && (rest.is_empty() || rest.starts_with(' '))).then_some(key)
}

/// One space before the `#` is how a text goes on; remarks are set further apart.
fn suspect<'t>(words: &'t str, key: Option<&'t str>) -> Option<Suspect<'t>> {
    let begin = key.map_or(0, |key| key.len() + 1);
    let value = words[begin..].trim_start_matches(' ');
    // What stands in quotation marks or brackets is whole, and after it a remark is one.
    if value.is_empty() || value.starts_with(['"', '\'', '[', '{', '|', '>', '#', '&', '*', '!']) {
        return None;
    }
    let at = value.find(" #")?;
    let is_apart = value[..at].ends_with([' ', '\t']);
    (!is_apart).then_some(Suspect { key, value, hash: words.len() - value.len() + at + 1 })
}

/// Whether the YAML says the same without it: in a text of several lines a `#` is a `#`.
fn is_remark(yaml: &Yaml, span: &Span) -> bool {
    let shorter = changed(yaml, span, "").map(|shorter| parse(&shorter));
    matches!((parse(yaml), shorter), (Ok(one), Some(Ok(other))) if one == other)
}

fn cut(yaml: &Yaml, suspect: &Suspect<'_>, span: Span) -> Diagnostic {
    let whole = match suspect.key {
        Some(key) => format!(": `{key}: {}`", quoted(&clip(suspect.value))),
        None => String::new(),
    };
    let message = "what follows this `#` is left out: YAML takes it for a remark";
    // Which of the two was meant is for a person to say: a remark may be about what readers must not see.
    Diagnostic::at(Code::TextAfterHash, &yaml.source, span, message)
        .help(format!("put the whole text in quotation marks{whole}"))
        .help("if it is a remark, leave two spaces before the `#`")
}
