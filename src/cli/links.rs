//! `meja check --links`: asks what is not known yet, keeps the answers, and says how many there were.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use meja::check::links::{Address, Reports, addresses, judge};
use meja::diagnostic::Diagnostic;
use meja::links::{Answer, FILE, Found, Left, Memory, Options, ask};
use meja::site::Site;
use serde_json::{Value, json};

use super::print::{complain, say};
use super::{Common, Ended, Format};

/// So often the answers are written down while more are awaited: who interrupts loses no more.
const SAVED_EVERY: Duration = Duration::from_secs(1);

/// The check of links in one run.
pub(super) struct Links<'c> {
    common: &'c Common,
    /// How old an answer may be, in days.
    days: u32,
    now: Timestamp,
    /// What is known, once everything has been asked.
    memory: Option<Memory>,
}

impl<'c> Links<'c> {
    pub(super) fn new(common: &'c Common, days: u32) -> Self {
        // Not what `--now` says: other sites answer at this very moment.
        Self { common, days, now: Timestamp::now(), memory: None }
    }

    /// What is wrong with the addresses in the files that are wanted. The first call asks.
    pub(super) fn judge(
        &mut self,
        root: &Path,
        site: &Site,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Diagnostic>, Ended> {
        let mut all = addresses(site);
        let memory = match self.memory.take() {
            Some(memory) => memory,
            None => self.ask(root, site, &all, is_wanted)?,
        };
        all.retain(|address| is_wanted(address.file()));
        let found = judge(site, &all, &Reports { answers: &memory.answers, now: self.now });
        self.memory = Some(memory);
        Ok(found)
    }

    fn ask(
        &self,
        root: &Path,
        site: &Site,
        all: &[Address<'_>],
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Memory, Ended> {
        let mut memory = Memory::read(root)
            .map_err(|error| Ended::Machine(format!("cannot read `{FILE}`: {error}"), None))?;
        let linked: BTreeSet<&str> = all.iter().map(|address| address.asked.as_str()).collect();
        memory.forget(self.now, |address| linked.contains(address));
        let wanted: BTreeSet<&str> = all
            .iter()
            .filter(|address| is_wanted(address.file()))
            .map(|address| address.asked.as_str())
            .collect();
        let open: BTreeSet<String> = wanted
            .iter()
            .filter(|address| memory.fresh(address, self.now, self.days).is_none())
            .map(|address| (*address).to_owned())
            .collect();
        let options = Options::for_desk(&site.config.base.absolute("/"));
        let progress = self.progress(open.len());
        let mut saved = Instant::now();
        let left = ask(&open, &options, &mut |address, found| {
            memory.answers.insert(address.to_owned(), Answer { asked: self.now, found });
            progress.inc(1);
            if saved.elapsed() > SAVED_EVERY {
                // Should this fail, it fails at the end too, and is said there.
                let _ = memory.write(root);
                saved = Instant::now();
            }
        });
        progress.finish_and_clear();
        if !open.is_empty()
            && let Err(error) = memory.write(root)
        {
            complain!("cannot write `{FILE}`: {error}; every address will be asked again next time");
        }
        self.tell(&wanted, open.len(), &memory, &left);
        Ok(memory)
    }

    fn progress(&self, count: usize) -> ProgressBar {
        let is_shown = !self.common.quiet && self.common.format == Format::Text;
        if count == 0 || !is_shown || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(count as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} addresses asked") {
            bar.set_style(style);
        }
        bar
    }

    /// What cannot be judged is no warning, but nobody shall think that it was found to be well.
    fn tell(&self, wanted: &BTreeSet<&str>, asked: usize, memory: &Memory, left: &BTreeMap<String, Left>) {
        let blocked: Vec<_> = wanted
            .iter()
            .filter_map(|address| match memory.answers.get(*address) {
                Some(Answer { found: Found::Failed(why), asked }) if !why.is_dead() => {
                    Some((address, why, asked))
                }
                _ => None,
            })
            .collect();
        if self.common.format == Format::Json {
            let blocked: Vec<Value> = blocked
                .iter()
                .map(|(address, why, asked)| {
                    json!({"address": address, "why": why.name(), "asked": asked.to_string()})
                })
                .collect();
            let left: Vec<Value> =
                left.iter().map(|(address, why)| json!({"address": address, "why": name(*why)})).collect();
            let (all, asked) = (wanted.len(), asked - left.len());
            let links = json!({"addresses": all, "asked": asked, "blocked": blocked, "left": left});
            say!("{}", json!({"version": 1, "links": links}));
            return;
        }
        if self.common.quiet {
            return;
        }
        let several = |count: usize| if count == 1 { "address" } else { "addresses" };
        say!("{} {} outside, {} asked now", wanted.len(), several(wanted.len()), asked - left.len());
        if !blocked.is_empty() {
            let count = blocked.len();
            say!("{count} {} gave no answer that tells; `{FILE}` says why", several(count));
        }
        for (why, words) in [
            (Left::Time, "not asked, for there was no time left"),
            (Left::Busy, "not asked to the end, as their hosts are busy"),
            (Left::Offline, "not found, as is everything else: is there a network?"),
        ] {
            let count = left.values().filter(|left| **left == why).count();
            if count > 0 {
                say!("{count} {} {words}; run `meja check --links` again", several(count));
            }
        }
    }
}

fn name(left: Left) -> &'static str {
    match left {
        Left::Time => "time",
        Left::Busy => "busy",
        Left::Offline => "offline",
    }
}
