//! `meja completions`

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::print::say_as_is;
use super::{Cli, Ended};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell that will read it
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Ended {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Cli::command(), "meja", &mut script);
    say_as_is(&String::from_utf8_lossy(&script));
    Ended::Fine
}
