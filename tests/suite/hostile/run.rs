//! Runs a row and says what is wrong.

use std::collections::BTreeSet;
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use meja::diagnostic::Code;
use serde_json::Value;

use super::row::{Row, Wanted};
use super::safe;
use crate::desk::{Desk, Run};

/// The day of every row.
const NOW: &str = "2026-01-15";

/// A run that takes longer hangs: debug builds on a busy machine need a fraction of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The addresses that a run may use, in kilobytes.
const MEMORY: u32 = 4_000_000;

/// The number of a user who owns nothing.
const NOBODY: u32 = 65_534;

/// What no run may say.
const PANICS: [&str; 6] = [
    "panicked at",
    "RUST_BACKTRACE",
    "overflowed its stack",
    "memory allocation of",
    "internal error",
    "core dumped",
];

/// A code and a file, as they are compared.
type At = (String, String);

/// What is wrong with what the program makes of a row.
pub fn judge(row: &Row) -> Vec<String> {
    let Some(desk) = row.desk() else {
        return Vec::new();
    };
    let who = Who::of(row, &desk);
    let Some(who) = who else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let build = match run(&desk, &["build", "--format", "json", "--now", NOW], who) {
        Ok(build) => build,
        Err(why) => return vec![format!("build {why}")],
    };
    let errors = said(&desk, "build", &build, &mut wrong);
    match &row.wanted {
        Wanted::Ends(code, words) => {
            if build.code != *code || !build.stderr.contains(words) {
                wrong.push(format!("ends with {} and says {}", build.code, build.stderr.trim()));
            }
        }
        Wanted::Errors(wanted) => wants(1, "error", wanted, &build, &errors, &mut wrong),
        Wanted::Built(wanted) => {
            wants(0, "warning", wanted, &build, &errors, &mut wrong);
            if build.code == 0 {
                wrong.extend(built(row, &desk));
            }
        }
    }
    let complains = matches!(row.wanted, Wanted::Ends(..));
    match run(&desk, &["check", "--format", "json", "--now", NOW], who) {
        Err(why) => wrong.push(format!("check {why}")),
        Ok(check) => {
            let found = said(&desk, "check", &check, &mut wrong);
            if !complains && !matches!(check.code, 0 | 1) {
                wrong.push(format!("check ends with {}: {}", check.code, check.stderr.trim()));
            }
            // A template is run, and the output folder looked at, by the build alone.
            let unseen = |at: &&At| !found.contains(at) && at.0 != "template-render";
            for (code, file) in errors.iter().filter(unseen) {
                wrong.push(format!("check does not say {code} of {file}"));
            }
        }
    }
    let more: [&[&str]; 2] = [&["find", "kata kata", "--format", "json"], &["schema", "article"]];
    let touches_settings = row.files.iter().any(|(path, _)| path == "site.yaml");
    for arguments in more.iter().take(1 + usize::from(touches_settings)) {
        match run(&desk, arguments, who) {
            Err(why) => wrong.push(format!("{} {why}", arguments[0])),
            Ok(run) if !(0..=3).contains(&run.code) => {
                wrong.push(format!("{} ends with {}: {}", arguments[0], run.code, run.stderr.trim()));
            }
            Ok(_) => {}
        }
    }
    wrong
}

fn wants(
    code: i32,
    kind: &str,
    wanted: &[(&str, String)],
    build: &Run,
    said: &BTreeSet<At>,
    wrong: &mut Vec<String>,
) {
    let wanted: BTreeSet<At> = wanted.iter().map(|(code, file)| ((*code).to_owned(), file.clone())).collect();
    if build.code != code || *said != wanted {
        let said = if said.is_empty() {
            build.stderr.trim().chars().take(600).collect()
        } else {
            format!("{said:?}")
        };
        wrong.push(format!("ends with {} for {code}, {kind}s {said} for {wanted:?}", build.code));
    }
}

/// What is wrong with the site.
fn built(row: &Row, desk: &Desk) -> Vec<String> {
    let out = desk.path("public");
    let mut wrong = safe::violations(&out);
    for (file, words) in &row.has {
        let text = std::fs::read_to_string(out.join(file)).unwrap_or_default();
        if !text.contains(words.as_str()) {
            wrong.push(format!("{file} has no `{words}`"));
        }
    }
    for words in &row.lacks {
        // Data is text to whoever reads it.
        for (file, bytes) in safe::files_below(&out).into_iter().filter(|(file, _)| file.ends_with(".html")) {
            if memchr::memmem::find(&bytes, words.as_bytes()).is_some() {
                wrong.push(format!("{file} has `{words}`"));
            }
        }
    }
    wrong
}

/// The problems that a run told, as code and file, each looked at: it has words, a known code and a place that exists.
fn said(desk: &Desk, command: &str, run: &Run, wrong: &mut Vec<String>) -> BTreeSet<At> {
    let mut errors = BTreeSet::new();
    let mut warnings = BTreeSet::new();
    // Without problems, nothing is said.
    let value: Value = if run.stderr.trim().is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&run.stderr).unwrap_or_default()
    };
    let complaint = value["error"].as_str().is_some_and(|error| !error.is_empty());
    if !run.stderr.trim().is_empty() && !complaint && !value["diagnostics"].is_array() {
        wrong.push(format!("{command} says what is no JSON: {}", run.stderr.trim()));
    }
    for told in value["diagnostics"].as_array().into_iter().flatten() {
        let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        let (code, file) = (text("code"), text("file"));
        if text("message").is_empty() || !Code::ALL.iter().any(|known| known.name() == code) {
            wrong.push(format!("{command}: no words or code in {told}"));
        }
        if let Some(why) = no_place(desk.root(), &file, told) {
            wrong.push(format!("{command}: {why}: {told}"));
        }
        let at = (code, file);
        let _ = if text("severity") == "error" { errors.insert(at) } else { warnings.insert(at) };
    }
    if errors.is_empty() { warnings } else { errors }
}

/// Why the place of a problem does not exist, if it does not.
fn no_place(root: &Path, file: &str, told: &Value) -> Option<String> {
    let location = root.join(file);
    let is_built_in = meja::theme::built_in_template(file.trim_start_matches("templates/")).is_some();
    if !is_built_in && std::fs::symlink_metadata(&location).is_err() && file != "templates" {
        return Some("no such file".to_owned());
    }
    let line = told["line"].as_u64()?;
    let lines = std::fs::read(&location)
        .map_or(u64::MAX, |bytes| memchr::memchr_iter(b'\n', &bytes).count() as u64 + 1);
    let column = told["column"].as_u64().unwrap_or_default();
    (line == 0 || column == 0 || line > lines).then(|| format!("no such line of {lines}"))
}

/// As whom a row is run.
#[derive(Clone, Copy)]
enum Who {
    Us,
    Nobody,
}

impl Who {
    /// `None` if a row must be kept from reading and cannot be.
    fn of(row: &Row, desk: &Desk) -> Option<Self> {
        if !row.by_nobody {
            return Some(Who::Us);
        }
        let probe = desk.path(".probe");
        std::fs::write(&probe, "x").ok()?;
        std::fs::set_permissions(&probe, std::os::unix::fs::PermissionsExt::from_mode(0o0)).ok()?;
        let is_kept = std::fs::read(&probe).is_err();
        let _ = std::fs::remove_file(&probe);
        if is_kept {
            return Some(Who::Us);
        }
        // Who may read everything runs the program as somebody who may not, if that one may run it.
        for entry in walkdir::WalkDir::new(desk.root()).into_iter().flatten() {
            std::os::unix::fs::lchown(entry.path(), Some(NOBODY), Some(NOBODY)).ok()?;
        }
        let runs = Command::new(env!("CARGO_BIN_EXE_meja")).arg("--version").uid(NOBODY).gid(NOBODY).output();
        runs.is_ok_and(|run| run.status.success()).then_some(Who::Nobody)
    }
}

/// Runs the program with bounded time and memory.
fn run(desk: &Desk, arguments: &[&str], who: Who) -> Result<Run, String> {
    let said = tempfile::tempdir().map_err(|error| error.to_string())?;
    let open = |name: &str| File::create(said.path().join(name)).expect("a file");
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_meja")])
        .args(arguments)
        .current_dir(desk.root())
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(open("stdout"))
        .stderr(open("stderr"));
    if matches!(who, Who::Nobody) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    // What was waited, not what a clock says: a machine may be stopped and go on.
    let mut waited = Duration::ZERO;
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if waited > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("hangs".to_owned());
            }
            None => {
                // Most runs end at once.
                let nap = (waited / 8).clamp(Duration::from_micros(200), Duration::from_millis(20));
                std::thread::sleep(nap);
                waited += nap;
            }
        }
    };
    let read = |name: &str| {
        String::from_utf8_lossy(&std::fs::read(said.path().join(name)).unwrap_or_default()).into_owned()
    };
    let run = Run { code: status.code().unwrap_or(-1), stdout: read("stdout"), stderr: read("stderr") };
    match PANICS.iter().find(|words| run.stderr.contains(**words)) {
        Some(_) => Err(format!("falls over: {}", run.stderr.chars().take(400).collect::<String>())),
        None if run.code < 0 => Err(format!("was ended by the system: {status}")),
        None => Ok(run),
    }
}
