//! Arguments in, one library call, a report out. One file a command.

mod build;
mod check;
mod completions;
mod examples;
mod explain;
mod find;
mod fix;
mod import;
mod init;
mod links;
mod new;
mod place;
mod print;
mod publish;
mod root;
mod schema;
mod serve;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use meja::diagnostic::{Diagnostic, any_passing};
use meja::report;
use print::{complain, complain_as_is, say, say_as_is};

/// A static site generator for fact-check desks.
///
/// Editors write Markdown and annotate the claims they checked; meja makes the site: a page for every
/// article and every claim, listings, feeds, and correct ClaimReview data. `meja COMMAND --help` says more.
#[derive(Debug, Parser)]
#[command(name = "meja", version, propagate_version = true, max_term_width = 100, after_help = examples::MEJA)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a desk: a small site that is complete, to be changed into your own
    #[command(after_help = examples::INIT)]
    Init(init::Arguments),
    /// Begin an article, a page or a person, or add a claim to an article
    #[command(after_help = examples::NEW)]
    New(new::Arguments),
    /// Show the site in the browser as it is being written
    #[command(after_help = examples::SERVE)]
    Serve(serve::Arguments),
    /// Say everything that is wrong or doubtful, without building
    #[command(after_help = examples::CHECK)]
    Check(check::Arguments),
    /// Say why a problem is one, and how to mend it
    #[command(after_help = examples::EXPLAIN)]
    Explain(explain::Arguments),
    /// Look for claims that were checked already: by a few words, or by a whole message
    #[command(after_help = examples::FIND)]
    Find(find::Arguments),
    /// Make the site: read, check, render, and write what changed
    #[command(after_help = examples::BUILD)]
    Build(build::Arguments),
    /// Make the site, check it, and push it to a branch that a host shows
    #[command(after_help = examples::PUBLISH)]
    Publish(publish::Arguments),
    /// Bring an archive in: ClaimReview, Fact Check Tools, tables, WordPress
    #[command(after_help = examples::IMPORT)]
    Import(import::Arguments),
    /// Describe front matter and settings for editors: JSON Schema, VS Code, forms of a CMS
    #[command(after_help = examples::SCHEMA)]
    Schema(schema::Arguments),
    /// Print a script with which a shell completes commands and options
    #[command(after_help = examples::COMPLETIONS)]
    Completions(completions::Arguments),
}

/// The heading, in the help, of what every command takes.
const EVERYWHERE: &str = "For every command";

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The desk's folder [default: the nearest folder upwards with a site.yaml]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How problems and results are written
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Say nothing but what is wrong
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    quiet: bool,
    /// Whether to use colours
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: problems on standard error, the result on standard output
    Json,
    /// Annotations of GitHub Actions, on standard output
    Github,
    /// SARIF 2.1.0, on standard output
    Sarif,
    /// For assessors: the evidence pack of `check --profile` on standard output
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// How a command ended. The exit codes are part of the interface.
enum Ended {
    /// All is well.
    Fine,
    /// The content has errors.
    Content,
    /// The command line cannot be carried out as it is written.
    Usage(String),
    /// The machine got in the way.
    Machine(String, Option<String>),
    /// The machine got in the way, and the problems that were reported say how.
    Told,
}

impl Ended {
    /// How a command ends that has reported these errors.
    fn with_errors(diagnostics: &[Diagnostic]) -> Self {
        if any_passing(diagnostics) { Ended::Told } else { Ended::Content }
    }
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let ended = match &cli.command {
        command if cli.common.format == Format::Markdown && !has_pack(command) => Ended::Usage(
            "`--format markdown` writes the evidence pack of `meja check --profile`; name a profile"
                .to_owned(),
        ),
        Command::Init(arguments) => init::run(&cli.common, arguments),
        Command::New(arguments) => new::run(&cli.common, arguments),
        Command::Serve(arguments) => serve::run(&cli.common, arguments),
        Command::Check(arguments) => check::run(&cli.common, arguments),
        Command::Explain(arguments) => explain::run(&cli.common, arguments),
        Command::Find(arguments) => find::run(&cli.common, arguments),
        Command::Build(arguments) => build::run(&cli.common, arguments),
        Command::Publish(arguments) => publish::run(&cli.common, arguments),
        Command::Import(arguments) => import::run(&cli.common, arguments),
        Command::Schema(arguments) => schema::run(&cli.common, arguments),
        Command::Completions(arguments) => completions::run(arguments),
    };
    match ended {
        Ended::Fine => ExitCode::SUCCESS,
        Ended::Content => ExitCode::from(1),
        Ended::Usage(message) => {
            cli.common.complain(&message, None);
            ExitCode::from(2)
        }
        Ended::Machine(message, help) => {
            cli.common.complain(&message, help.as_deref());
            ExitCode::from(3)
        }
        Ended::Told => ExitCode::from(3),
    }
}

/// Whether a command writes an evidence pack.
fn has_pack(command: &Command) -> bool {
    matches!(command, Command::Check(arguments) if arguments.has_profile())
}

impl Common {
    /// Whether problems are coloured: they go to standard error.
    fn coloured(&self) -> bool {
        self.coloured_to(std::io::stderr().is_terminal())
    }

    fn coloured_to(&self, is_terminal: bool) -> bool {
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            // https://no-color.org
            Colour::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        }
    }

    /// Prints the problems of the desk in this folder: to standard error, or where those who read the format
    /// look for it. Called once a run, as a log of results is one document.
    fn report(&self, root: &Path, diagnostics: &[Diagnostic]) {
        match self.format {
            Format::Json => complain!("{}", report::json(diagnostics)),
            Format::Github => say_as_is(&report::github(diagnostics, &root::in_repository(root))),
            Format::Sarif => say!("{}", report::sarif(diagnostics, &root::in_repository(root))),
            Format::Text | Format::Markdown => {
                complain_as_is(&report::terminal(diagnostics, self.coloured()));
            }
        }
    }

    /// Prints a line on what came of it to standard error, unless a program reads that.
    fn conclude(&self, line: &str) {
        if matches!(self.format, Format::Text | Format::Github) {
            complain!("{line}");
        }
    }

    fn complain(&self, message: &str, help: Option<&str>) {
        match self.format {
            Format::Json => {
                complain!("{}", serde_json::json!({"version": 1, "error": message, "help": help}));
            }
            Format::Github => say_as_is(&report::github_error(message, help)),
            Format::Text | Format::Sarif | Format::Markdown => {
                complain!("error: {message}");
                if let Some(help) = help {
                    complain!("  = help: {help}");
                }
            }
        }
    }
}
