//! Kills a run of the program at a moment, with everything that it has started.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::chance::{Chance, times};

/// How many of ten kills are of this command: a publication takes the longest.
fn share(what: &str) -> usize {
    if what == "publish" { 2 } else { 4 }
}

/// When a run is killed.
pub enum Moment<'m> {
    /// So long after its start.
    After(Duration),
    /// So long after something was seen; at its end if that never happens.
    Seen(Box<dyn Fn() -> bool + 'm>, Duration),
}

/// Runs the command and kills its whole group at the moment. Whether it was alive then.
#[cfg(unix)]
pub fn killed(mut command: Command, moment: &Moment<'_>) -> bool {
    use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};

    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("the program runs");
    match moment {
        Moment::After(time) => std::thread::sleep(time.saturating_sub(began.elapsed())),
        Moment::Seen(sign, time) => {
            while !sign() && is_alive(&mut child) {
                std::thread::sleep(Duration::from_micros(30));
            }
            std::thread::sleep(*time);
        }
    }
    // Asked before its end is looked at: until then its number belongs to nobody else.
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-9", "--", &group]).stderr(Stdio::null()).status();
    let status = child.wait().expect("ended");
    status.signal() == Some(9)
}

fn is_alive(child: &mut Child) -> bool {
    child.try_wait().expect("a state").is_none()
}

/// What the kills of a test hit.
pub struct Tally {
    what: &'static str,
    wanted: usize,
    pub chance: Chance,
    /// Runs that were alive when they were killed.
    pub hit: usize,
    /// Runs that had ended before.
    late: usize,
    phases: BTreeMap<String, usize>,
}

impl Tally {
    pub fn new(what: &'static str) -> Self {
        // So many are killed by the whole suite; `MEJA_KILLS=300` makes them three hundred.
        let wanted = (times("MEJA_KILLS", 30) * share(what)).div_ceil(10);
        Self { what, wanted, chance: Chance::new(), hit: 0, late: 0, phases: BTreeMap::new() }
    }

    /// Whether more runs are to be killed. Those that end too soon do not count, but they have an end.
    pub fn goes_on(&self) -> bool {
        self.hit < self.wanted && self.hit + self.late < 8 * self.wanted
    }

    /// What to say in the message of whatever fails.
    pub fn seed(&self) -> String {
        format!("{} {} of seed {} (MEJA_SEED)", self.what, self.hit + self.late, self.chance.seed)
    }

    /// Takes note of a kill: whether the run was alive, and where it was.
    pub fn note(&mut self, hit: bool, phase: &str) {
        if hit {
            self.hit += 1;
            *self.phases.entry(phase.to_owned()).or_default() += 1;
        } else {
            self.late += 1;
        }
    }

    /// Says what was hit, and fails if it was too little.
    pub fn end(&self) {
        println!(
            "{}: {} of {} runs were alive when they were killed: {:?}",
            self.what,
            self.hit,
            self.hit + self.late,
            self.phases
        );
        assert!(self.hit >= self.wanted, "{}: only {} runs were cut short", self.seed(), self.hit);
    }
}
