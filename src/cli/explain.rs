//! `meja explain`

use clap::Args;
use meja::check::explain;
use meja::diagnostic::Code;

use super::print::say;
use super::{Common, Ended};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code of a problem, as it stands in brackets: `no-archive`; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(_: &Common, arguments: &Arguments) -> Ended {
    let Some(name) = &arguments.code else {
        for code in Code::ALL {
            say!("{:<28} {}", code.name(), code.about());
        }
        return Ended::Fine;
    };
    match Code::named(name) {
        Some(code) => {
            say!("{}", code.about());
            if let Some(explanation) = explain(code) {
                say!("\n{}", explanation.text.trim_end());
            }
            Ended::Fine
        }
        None => {
            let names = Code::ALL.iter().map(|code| code.name());
            let help = meja::diagnostic::did_you_mean(name, names);
            let hint = help.map(|close| format!("; did you mean `{close}`?")).unwrap_or_default();
            Ended::Usage(format!("there is no code `{name}`{hint}"))
        }
    }
}
