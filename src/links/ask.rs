//! Asks many addresses at once, each once.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use url::Url;

use super::answer::{Found, Why};
use super::client::Client;
use super::is_public;
use super::queue::Queue;
use super::step::{Job, Next, Patience, step};

/// How to ask.
#[derive(Debug, Clone)]
pub struct Options {
    /// What servers are told of who asks.
    pub name: String,
    /// How many requests there are at a time.
    pub at_once: usize,
    /// How many of them go to one host.
    pub per_host: usize,
    /// How long a host is left alone after a request began.
    pub pause: Duration,
    /// How long one request may take.
    pub timeout: Duration,
    /// How long to wait before asking a busy host again, if it does not say; it doubles.
    pub back_off: Duration,
    /// A host that wants to be left alone longer is asked nothing more.
    pub longest_wait: Duration,
    /// After this time no request is begun.
    pub whole: Duration,
    /// Which machines may be asked.
    pub may_ask: fn(IpAddr) -> bool,
}

impl Options {
    /// Polite ones, for a desk that stands at this address.
    pub fn for_desk(base: &str) -> Self {
        Self {
            name: format!("meja/{} (link check for {base})", env!("CARGO_PKG_VERSION")),
            at_once: 16,
            per_host: 2,
            pause: Duration::from_millis(500),
            timeout: Duration::from_secs(20),
            back_off: Duration::from_secs(2),
            longest_wait: Duration::from_secs(30),
            whole: Duration::from_secs(15 * 60),
            may_ask: is_public,
        }
    }
}

/// Why an address has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// There was no time for it.
    Time,
    /// Its host was too busy.
    Busy,
    /// Its host seems not to exist, but nothing else could be reached either.
    Offline,
}

/// Asks each of these addresses, and tells what was found as soon as it is known. Gives back those
/// without an answer.
pub fn ask(
    addresses: &BTreeSet<String>,
    options: &Options,
    heard: &mut dyn FnMut(&str, Found),
) -> BTreeMap<String, Left> {
    let addresses: Vec<&String> = addresses.iter().collect();
    let jobs = addresses
        .iter()
        .enumerate()
        .filter_map(|(index, address)| Some(Job::new(index, Url::parse(address).ok()?)));
    let queue = Queue::new(jobs, options.per_host, options.pause, options.whole);
    let client = Client::new(&options.name, options.timeout, options.may_ask);
    let mut left: BTreeMap<String, Left> =
        addresses.iter().map(|address| ((*address).clone(), Left::Time)).collect();
    let mut tell = |index: usize, found: Found| {
        left.remove(addresses[index]);
        heard(addresses[index], found);
    };
    // Without a network no host exists. So it counts only once somebody has answered.
    let (mut is_online, mut doubtful) = (false, Vec::new());
    thread::scope(|scope| {
        let (sender, answers) = channel();
        for _ in 0..options.at_once.clamp(1, addresses.len().max(1)) {
            let (sender, queue, client) = (sender.clone(), &queue, &client);
            scope.spawn(move || {
                work(queue, client, options, |index, found| {
                    // The other end listens until all are done.
                    let _ = sender.send((index, found));
                });
            });
        }
        drop(sender);
        for (index, found) in answers {
            if found == Found::Failed(Why::NoHost) && !is_online {
                doubtful.push(index);
                continue;
            }
            if matches!(found, Found::Alive | Found::Moved(_) | Found::Failed(Why::Status(_))) {
                is_online = true;
                for index in doubtful.drain(..) {
                    tell(index, Found::Failed(Why::NoHost));
                }
            }
            tell(index, found);
        }
    });
    left.extend(queue.given_up().into_iter().map(|index| (addresses[index].clone(), Left::Busy)));
    left.extend(doubtful.into_iter().map(|index| (addresses[index].clone(), Left::Offline)));
    left
}

fn work(queue: &Queue, client: &Client, options: &Options, tell: impl Fn(usize, Found)) {
    let patience = Patience { back_off: options.back_off, longest: options.longest_wait };
    while let Some((host, job)) = queue.take() {
        let index = job.index;
        let reply = client.ask(&job);
        match step(job, &reply, patience) {
            Next::Ask(job) => queue.follow(&host, job),
            Next::Wait(job, wait) => queue.later(&host, job, wait),
            Next::Done(found) => {
                let refused = matches!(found, Found::Failed(Why::Status(429 | 503) | Why::TimedOut));
                tell(index, found);
                queue.done(&host, refused);
            }
        }
    }
}
