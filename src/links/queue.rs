//! Whose turn it is: few requests to one host at a time, with a pause between them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::step::Job;

/// A host that was busy this often in a row is asked nothing more in this run.
const REFUSALS: u32 = 6;

/// The requests that are still to be made.
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    per_host: usize,
    pause: Duration,
    end: Instant,
}

struct State {
    hosts: BTreeMap<String, Host>,
    /// How many addresses have no answer yet and are not given up.
    open: usize,
    given_up: Vec<usize>,
}

struct Host {
    jobs: VecDeque<Job>,
    /// How many are asking it now.
    asking: usize,
    /// When it may be asked next.
    from: Instant,
    /// How often in a row it was busy.
    refusals: u32,
}

impl Queue {
    /// A queue that ends by itself after `whole`.
    pub(super) fn new(
        jobs: impl Iterator<Item = Job>,
        per_host: usize,
        pause: Duration,
        whole: Duration,
    ) -> Self {
        let now = Instant::now();
        let mut state = State { hosts: BTreeMap::new(), open: 0, given_up: Vec::new() };
        for job in jobs {
            state.open += 1;
            state.host(job.host(), now).jobs.push_back(job);
        }
        let per_host = per_host.max(1);
        Self { state: Mutex::new(state), changed: Condvar::new(), per_host, pause, end: now + whole }
    }

    /// The next request and the host it goes to; waits for its turn. `None` when all is done or the
    /// time is over.
    pub(super) fn take(&self) -> Option<(String, Job)> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            if state.open == 0 || now >= self.end {
                return None;
            }
            let mut wake = self.end;
            for (name, host) in &mut state.hosts {
                if host.asking == self.per_host || host.jobs.is_empty() {
                    continue;
                }
                if host.from <= now
                    && let Some(job) = host.jobs.pop_front()
                {
                    host.asking += 1;
                    host.from = now + self.pause;
                    return Some((name.clone(), job));
                }
                wake = wake.min(host.from);
            }
            let waited = self.changed.wait_timeout(state, wake.saturating_duration_since(now));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Says that a request to this host led to another one.
    pub(super) fn follow(&self, host: &str, job: Job) {
        let mut state = self.lock();
        state.leave(host, false);
        state.put(job);
        self.changed.notify_all();
    }

    /// Says that a host was busy or silent: the request is to be made again, and the host left alone so
    /// long.
    pub(super) fn later(&self, host: &str, job: Job, wait: Duration) {
        let mut state = self.lock();
        state.leave(host, true);
        let known = state.host(host.to_owned(), Instant::now());
        known.from = known.from.max(Instant::now() + wait);
        state.put(job);
        self.changed.notify_all();
    }

    /// Says that an address has its answer; whether the host was busy to the end.
    pub(super) fn done(&self, host: &str, refused: bool) {
        let mut state = self.lock();
        state.leave(host, refused);
        state.open -= 1;
        self.changed.notify_all();
    }

    /// The addresses whose hosts want to be left alone.
    pub(super) fn given_up(&self) -> Vec<usize> {
        self.lock().given_up.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn host(&mut self, name: String, now: Instant) -> &mut Host {
        let new = || Host { jobs: VecDeque::new(), asking: 0, from: now, refusals: 0 };
        self.hosts.entry(name).or_insert_with(new)
    }

    fn put(&mut self, job: Job) {
        let host = self.host(job.host(), Instant::now());
        if host.refusals < REFUSALS {
            host.jobs.push_front(job);
        } else {
            self.given_up.push(job.index);
            self.open -= 1;
        }
    }

    fn leave(&mut self, name: &str, refused: bool) {
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        host.asking -= 1;
        host.refusals = if refused { host.refusals + 1 } else { 0 };
        if host.refusals >= REFUSALS {
            self.open -= host.jobs.len();
            self.given_up.extend(host.jobs.drain(..).map(|job| job.index));
        }
    }
}
