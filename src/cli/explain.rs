//! `meja explain`

use std::io::IsTerminal;

use clap::Args;
use meja::check::{explain, level_on};
use meja::config::{Config, Level};
use meja::diagnostic::{Code, Severity, did_you_mean};
use meja::{config, pipeline, report};
use serde_json::{Value, json};

use super::print::{say, say_as_is};
use super::{Common, Ended, Format, root};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code of a problem, as it stands in brackets: `no-archive`; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    match look(common, arguments) {
        Ok(()) => Ended::Fine,
        Err(ended) => ended,
    }
}

fn look(common: &Common, arguments: &Arguments) -> Result<(), Ended> {
    let is_json = match common.format {
        Format::Text | Format::Markdown => false,
        Format::Json => true,
        Format::Github | Format::Sarif => {
            let reason = "an explanation is no list of problems; it is written as `text` or `json`";
            return Err(Ended::Usage(reason.to_owned()));
        }
    };
    let config = settings(common)?;
    let config = config.as_ref();
    let wanted = arguments.code.as_deref().map(named).transpose()?;
    match wanted {
        Some(code) if is_json => say!("{}", json!({"version": 1, "code": facts(code, config, true)})),
        Some(code) => one(code, config, common.coloured_to(std::io::stdout().is_terminal())),
        None if is_json => {
            let codes: Vec<Value> = Code::ALL.iter().map(|code| facts(*code, config, false)).collect();
            say!("{}", json!({"version": 1, "codes": codes}));
        }
        None => all(config),
    }
    Ok(())
}

/// The settings of the desk one stands in, if one does: rules have their levels there.
fn settings(common: &Common) -> Result<Option<Config>, Ended> {
    let root = match root::find(common) {
        Ok(root) => root,
        Err(ended) if common.root.is_some() => return Err(ended),
        Err(_) => return Ok(None),
    };
    // Settings that cannot be read are for `meja check` to complain of.
    let source = pipeline::read_settings(&root).ok();
    Ok(source.map(|source| config::read(&source).0))
}

fn named(name: &str) -> Result<Code, Ended> {
    Code::named(name).ok_or_else(|| {
        let help = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
        let hint = help.map(|close| format!("; did you mean `{close}`?")).unwrap_or_default();
        Ended::Usage(format!("there is no code `{name}`{hint}"))
    })
}

fn one(code: Code, config: Option<&Config>, colour: bool) {
    say!("{} ({})", code.name(), weight(code, config));
    say!("{}", code.about());
    if let Some(explanation) = explain(code) {
        say!("");
        say_as_is(&report::explanation(explanation.text, colour));
    }
}

fn all(config: Option<&Config>) {
    let list = |codes: &mut dyn Iterator<Item = Code>| {
        for code in codes {
            say!("  {:<24} {:<8} {}", code.name(), weight(code, config), code.about());
        }
    };
    say!("Problems of a build:");
    list(&mut Code::ALL.iter().copied().filter(|code| !is_rule(*code)));
    let levels = if config.is_some() { "the levels of this desk" } else { "their usual levels" };
    say!("\nRules of `meja check`, with {levels}:");
    list(&mut Code::RULES.iter().copied());
    say!("\n`meja explain CODE` says why, with an example and the way to mend it.");
}

fn is_rule(code: Code) -> bool {
    Code::rule(code.name()).is_some()
}

/// How much a code weighs: its level if it is a rule, otherwise its severity.
fn weight(code: Code, config: Option<&Config>) -> &'static str {
    match config.filter(|_| is_rule(code)).map(|config| level_on(config, code)) {
        Some(Level::Allow) => "allow",
        Some(Level::Warn) => "warn",
        Some(Level::Deny) => "deny",
        None if is_rule(code) => match code.severity() {
            Severity::Error => "deny",
            Severity::Warning => "warn",
        },
        None => match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
    }
}

/// What a program may want to know. `level` is a rule's on this desk, or its usual one.
fn facts(code: Code, config: Option<&Config>, with_text: bool) -> Value {
    let mut facts = json!({
        "name": code.name(),
        "group": if is_rule(code) { "rule" } else { "build" },
        "level": weight(code, config),
        "about": code.about(),
    });
    if with_text {
        facts["markdown"] = explain(code).map(|explanation| explanation.text).into();
    }
    facts
}
