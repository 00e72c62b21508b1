//! The answers between runs: a file beside `site.yaml`, one address a line, in order.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Answer, Found, Why};

/// The file's name in the desk's folder.
pub const FILE: &str = ".meja-links.json";

/// The version of its shape. A file of another version is not read, and written anew.
const VERSION: u64 = 1;

/// Answers to addresses that nothing links any more are kept so long: another branch may have them.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What could not be judged is asked again after this time, whatever the desk has set.
const UNJUDGED: SignedDuration = SignedDuration::from_hours(24);

/// What is known of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The answer of each address.
    pub answers: BTreeMap<String, Answer>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    asked: String,
    found: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Memory {
    /// Reads the file in this folder. Without one, or with one of another version, nothing is known.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match fs::read(folder.join(FILE)) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Lines that are not understood are left out: their addresses are asked again.
    fn parse(bytes: &[u8]) -> Self {
        let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let answers = match (value["version"].as_u64(), value["answers"].as_object()) {
            (Some(VERSION), Some(answers)) => answers.clone(),
            _ => return Self::default(),
        };
        let known =
            answers.into_iter().filter_map(|(address, line)| Some((address, answer(line)?))).collect();
        Self { answers: known }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = format!("{{\"version\":{VERSION},\"answers\":{{");
        let mut before = "\n";
        for (address, answer) in &self.answers {
            text.push_str(before);
            text.push_str(&serde_json::to_string(address)?);
            text.push(':');
            text.push_str(&serde_json::to_string(&line(answer))?);
            before = ",\n";
        }
        text.push_str("\n}}\n");
        let coming = folder.join(format!("{FILE}.new"));
        // A leftover could be a link to somewhere else; `create_new` follows none.
        match fs::remove_file(&coming) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::File::create_new(&coming)?;
        file.write_all(text.as_bytes())?;
        drop(file);
        fs::rename(coming, folder.join(FILE))
    }

    /// The answer of an address, if it is young enough to stand.
    pub fn fresh(&self, address: &str, now: Timestamp, days: u32) -> Option<&Answer> {
        let answer = self.answers.get(address)?;
        let wanted = SignedDuration::from_hours(i64::from(days) * 24);
        let bound = match answer.found {
            Found::Failed(why) if !why.is_dead() => wanted.min(UNJUDGED),
            _ => wanted,
        };
        // One from the future was written under a clock that was wrong.
        let age = now.duration_since(answer.asked);
        (SignedDuration::ZERO <= age && age < bound).then_some(answer)
    }

    /// Forgets what is old and `wanted` by nothing.
    pub fn forget(&mut self, now: Timestamp, wanted: impl Fn(&str) -> bool) {
        self.answers.retain(|address, answer| wanted(address) || now.duration_since(answer.asked) < KEPT);
    }
}

fn answer(line: Value) -> Option<Answer> {
    let line: Line = serde_json::from_value(line).ok()?;
    let found = match line.found.as_str() {
        "alive" => Found::Alive,
        "moved" => Found::Moved(line.to?),
        "dead" | "blocked" => Found::Failed(Why::named(&line.why?)?),
        _ => return None,
    };
    Some(Answer { asked: line.asked.parse().ok()?, found })
}

fn line(answer: &Answer) -> Line {
    let (found, to, why) = match &answer.found {
        Found::Alive => ("alive", None, None),
        Found::Moved(to) => ("moved", Some(to.clone()), None),
        Found::Failed(why) if why.is_dead() => ("dead", None, Some(why.name())),
        Found::Failed(why) => ("blocked", None, Some(why.name())),
    };
    Line { asked: answer.asked.to_string(), found: found.to_owned(), to, why }
}
