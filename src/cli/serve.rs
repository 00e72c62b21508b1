//! `meja serve`

use std::net::IpAddr;

use clap::Args;
use jiff::Zoned;
use meja::diagnostic::Severity;
use meja::report;
use meja::serve::{self, Failed, Options, Told};

use super::print::{complain, complain_as_is, say};
use super::{Common, Ended, root};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The port to listen on; the next free one if it is taken
    #[arg(long, value_name = "PORT", default_value_t = 4040)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// The path the site stands at, instead of that of `base_url` in site.yaml
    #[arg(long, value_name = "PATH")]
    base_path: Option<String>,
    /// Look at every file twice a second, where the system cannot tell what changes (network drives, WSL)
    #[arg(long)]
    poll: bool,
    /// The address that opens a file in your editor, with {file}, {line} and {column} to be filled in
    #[arg(
        long,
        value_name = "URL",
        env = "MEJA_EDITOR",
        default_value = "vscode://file{file}:{line}:{column}"
    )]
    editor: String,
}

pub(super) fn run(common: &Common, arguments: &Arguments) -> Ended {
    let root = match root::find(common) {
        Ok(root) => root,
        Err(ended) => return ended,
    };
    let root = match root.canonicalize() {
        Ok(root) => root,
        Err(error) => return Ended::Machine(format!("cannot open `{}`: {error}", root.display()), None),
    };
    let desk = root.clone();
    let options = Options {
        root,
        host: arguments.host,
        port: arguments.port,
        base_path: arguments.base_path.clone(),
        poll: arguments.poll,
        editor: arguments.editor.clone(),
        clock: Zoned::now,
        tell: match (common.quiet, arguments.open) {
            (true, _) => tell_nothing,
            (false, true) => tell_and_open,
            (false, false) => tell,
        },
    };
    match serve::run(options) {
        Ok(()) => Ended::Fine,
        Err(Failed::Content(diagnostic)) => {
            common.report(&desk, &[*diagnostic]);
            Ended::Content
        }
        Err(Failed::BasePath(reason)) => Ended::Usage(format!("the base path cannot be used: {reason}")),
        Err(Failed::Port(port, error)) => Ended::Machine(
            format!("cannot listen on port {port}: {error}"),
            Some("choose another port with `--port`".to_owned()),
        ),
        Err(Failed::Machine(error)) => Ended::Machine(format!("the preview stopped: {error}"), None),
    }
}

fn tell_nothing(_: &Told<'_>) {}

fn tell_and_open(told: &Told<'_>) {
    tell(told);
    if let Told::Ready { url, .. } = told {
        // Without a browser the address is still there to be copied.
        let _ = open::that_detached(url);
    }
}

/// One calm line per event.
fn tell(told: &Told<'_>) {
    match told {
        Told::Ready { url, pages, taken } => {
            if let Some(port) = taken {
                say!("port {port} is taken");
            }
            say!("{url}  ({pages} pages; drafts are shown; stop with Ctrl-C)");
        }
        Told::Updated(update) => {
            let what = match update.paths.as_slice() {
                [one] => one.clone(),
                [one, rest @ ..] => format!("{one} and {} more", rest.len()),
                [] => "nothing".to_owned(),
            };
            let state = if update.errors > 0 { ", not shown" } else { "" };
            say!("{} {what}: {} ms{state}", update.at.strftime("%H:%M:%S"), update.took.as_millis());
            if update.diagnostics.iter().any(|d| d.severity == Severity::Error)
                || !update.diagnostics.is_empty()
            {
                complain_as_is(&report::terminal(&update.diagnostics, false));
            }
        }
        Told::Broken(diagnostic) => {
            complain_as_is(&report::terminal(std::slice::from_ref(*diagnostic), false));
        }
        Told::Polling(why) => complain!("{why}; every file is looked at twice a second instead"),
        Told::Exposed(host) => {
            complain!("warning: {host} can be reached by others on the network: they can read drafts");
        }
    }
}
