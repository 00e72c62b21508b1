//! `meja find`

use std::io::{IsTerminal, Read};

use clap::Args;
use jiff::Zoned;
use meja::diagnostic::any_error;
use meja::lookup::Hit;
use meja::pipeline::{self, Desk, Ready};
use meja::site::{ClaimRef, Showing, Site};
use meja::yaml::Part;
use serde_json::{Value, json};

use super::print::{complain, say};
use super::{Common, Ended, Format, root};

/// The most of a message that is read, in bytes: many times the longest that a chat lets through.
const LONGEST: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The words to look for, or a whole message; without them, standard input is read
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// How many claims are shown at most
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Only claims in this language
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Look among drafts and future articles too
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match look(common, arguments) {
        Ok(()) => Ended::Fine,
        Err(ended) => ended,
    }
}

fn look(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    if matches!(common.format, Format::Github | Format::Sarif) {
        let reason = "what was found is no list of problems; it is written as `text` or `json`";
        return Err(Ended::Usage(reason.to_owned()));
    }
    let text = asked(&arguments.text)?;
    let (_, desk) = root::read(common)?;
    let showing = Showing { now: Zoned::now(), drafts: arguments.drafts, future: arguments.drafts };
    let ready = pipeline::prepare(&desk, &showing, None);
    let site = ready.site();
    let lang = arguments.lang.as_deref();
    if let Some(code) = lang.filter(|code| !site.config.langs().any(|lang| site.config.code(lang) == *code)) {
        return Err(Ended::Usage(format!("the site has no language `{code}`")));
    }
    let claims = site.lookup.claims();
    let is_wanted = |position: usize| lang.is_none_or(|lang| code_of(site, claims[position]) == lang);
    let found = site.index().find(&text, usize::from(arguments.limit), is_wanted);
    if common.format == Format::Json {
        let results: Vec<Value> =
            found.hits.iter().map(|hit| as_data(site, claims[hit.claim], *hit)).collect();
        say!("{}", json!({"version": 1, "text": text, "weak": found.weak, "results": results}));
    } else {
        if found.weak {
            say!("Nothing fits well. These claims are perhaps related:");
        }
        for (place, hit) in found.hits.iter().enumerate() {
            show(&desk, &ready, place + 1, claims[hit.claim]);
        }
        if found.hits.is_empty() {
            say!("Nothing like this has been checked.");
        }
    }
    if any_error(&ready.diagnostics) && !common.quiet {
        complain!("some files have errors, and claims may be missing; `meja check` says which");
    }
    Ok(())
}

/// What is looked for: the words given, or what is written to standard input.
fn asked(words: &[String]) -> Result<String, Ended> {
    if !words.is_empty() && words != ["-"] {
        return Ok(words.join(" "));
    }
    let input = std::io::stdin();
    if words.is_empty() && input.is_terminal() {
        return Err(Ended::Usage(
            "say what to look for: `meja find WORDS`, or write a message to standard input".to_owned(),
        ));
    }
    let mut bytes = Vec::new();
    match input.lock().take(LONGEST).read_to_end(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(Ended::Machine(format!("cannot read standard input: {error}"), None)),
    }
}

fn code_of(site: &Site, at: ClaimRef) -> &str {
    site.config.code(site.article_of(at).lang)
}

/// Where a claim stands: its file and line.
fn file_of(site: &Site, at: ClaimRef) -> (&str, usize) {
    let article = site.article_of(at);
    let span = article.span(&site.claim(at).path(&[Part::key("claim")]));
    (&article.yaml.source.path, article.yaml.source.line_column(span.start).line)
}

fn show(desk: &Desk, ready: &Ready, place: usize, at: ClaimRef) {
    let site = ready.site();
    let (article, claim) = (site.article_of(at), site.claim(at));
    let words = desk.theme.words(article.lang);
    let label = verdict(site, at).map_or("", |verdict| verdict.label.get(article.lang));
    let date = words.formats.date_medium(site.checked_on(at));
    let (file, line) = file_of(site, at);
    say!("{place}. {label}: {}", claim.claim);
    match site.claimant_name(at) {
        "" => say!("   {date}"),
        name => say!("   {date} · {name}"),
    }
    say!("   {}", site.config.base.absolute(&site.claim_path(at)));
    say!("   {file}:{line}");
}

fn verdict(site: &Site, at: ClaimRef) -> Option<&meja::config::Verdict> {
    site.config.scale.verdicts.get(site.claim(at).verdict)
}

fn as_data(site: &Site, at: ClaimRef, hit: Hit) -> Value {
    let (article, claim) = (site.article_of(at), site.claim(at));
    let (file, line) = file_of(site, at);
    json!({
        "id": claim.id,
        "language": code_of(site, at),
        "claim": claim.claim,
        "verdict": verdict(site, at).map(|verdict| json!({
            "id": verdict.id,
            "label": verdict.label.get(article.lang),
        })),
        "claimant": claim.claimant.as_ref().map(|_| site.claimant_name(at)),
        "checked_on": site.checked_on(at).to_string(),
        "title": article.title,
        "url": site.config.base.absolute(&site.claim_path(at)),
        "file": file,
        "line": line,
        "score": hit.score,
        "share": hit.share,
    })
}
