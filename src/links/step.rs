//! What to do after a reply: be content, follow, ask in another way, wait, or give up.

use std::time::Duration;

use url::Url;

use super::answer::{Found, Why};
use super::asked_as;

/// How many redirects are followed.
const HOPS: usize = 10;
/// How often an address is asked again that was busy or silent.
const AGAIN: u32 = 2;

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// For what stands there, without it.
    Head,
    /// For it. Only the beginning is taken.
    Get,
}

/// One request that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    /// Which address it is about.
    pub(super) index: usize,
    /// Where to ask, which is elsewhere after a redirect.
    pub(super) url: Url,
    /// How.
    pub(super) method: Method,
    /// The addresses it was led through.
    passed: Vec<Url>,
    /// How often it was asked again.
    again: u32,
    /// Whether all redirects so far were for good.
    for_good: bool,
    /// Where those lead.
    moved: Option<Url>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// An answer of the server.
    Status {
        /// Its number.
        code: u16,
        /// Where it leads on to.
        location: Option<String>,
        /// How long the server wants to be left alone.
        wait: Option<Duration>,
    },
    /// None.
    Failed(Why),
}

/// What to do then.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Ask this.
    Ask(Job),
    /// Ask this after a while: the host was busy or silent.
    Wait(Job, Duration),
    /// Nothing more.
    Done(Found),
}

/// How long to wait before asking again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// The first time, if the server does not say; it doubles.
    pub(super) back_off: Duration,
    /// A server that wants more is not waited for.
    pub(super) longest: Duration,
}

impl Job {
    /// The first request about an address.
    pub(super) fn new(index: usize, url: Url) -> Self {
        let (passed, moved) = (Vec::new(), None);
        Self { index, url, method: Method::Head, passed, again: 0, for_good: true, moved }
    }

    /// The host that is asked, with its port: the two make a server.
    pub(super) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        format!("{host}:{}", self.url.port_or_known_default().unwrap_or_default())
    }
}

/// What to do after a reply.
pub(super) fn step(job: Job, reply: &Reply, patience: Patience) -> Next {
    let (code, location, wait) = match reply {
        Reply::Status { code, location, wait } => (*code, location.as_deref(), *wait),
        Reply::Failed(why @ (Why::TimedOut | Why::Closed)) => {
            // Some servers do not even refuse a HEAD.
            let at_once = *why == Why::Closed && job.method == Method::Head;
            let job = Job { method: Method::Get, ..job };
            return if at_once { Next::Ask(job) } else { later(job, None, *why, patience) };
        }
        Reply::Failed(why) => return Next::Done(Found::Failed(*why)),
    };
    match code {
        200..=299 => Next::Done(match job.moved {
            Some(url) => Found::Moved(url.to_string()),
            None => Found::Alive,
        }),
        301 | 302 | 303 | 307 | 308 => follow(job, location, matches!(code, 301 | 308)),
        429 | 503 => later(job, wait, Why::Status(code), patience),
        // What is gone for HEAD may be there for readers.
        _ if job.method == Method::Head => Next::Ask(Job { method: Method::Get, ..job }),
        _ => Next::Done(Found::Failed(Why::Status(code))),
    }
}

fn follow(mut job: Job, location: Option<&str>, for_good: bool) -> Next {
    let target = location
        .and_then(|location| job.url.join(location).ok())
        .and_then(|url| asked_as(url.as_str()))
        .and_then(|url| Url::parse(&url).ok());
    let nowhere = Next::Done(Found::Failed(Why::Redirects));
    let Some(target) = target else {
        return nowhere;
    };
    if job.passed.len() == HOPS || target == job.url || job.passed.contains(&target) {
        return nowhere;
    }
    job.for_good &= for_good;
    if job.for_good {
        job.moved = Some(target.clone());
    }
    job.passed.push(std::mem::replace(&mut job.url, target));
    Next::Ask(job)
}

fn later(job: Job, wait: Option<Duration>, why: Why, patience: Patience) -> Next {
    let wait = wait.unwrap_or(patience.back_off * 2_u32.pow(job.again));
    if job.again == AGAIN || wait > patience.longest {
        return Next::Done(Found::Failed(why));
    }
    Next::Wait(Job { again: job.again + 1, ..job }, wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience =
        Patience { back_off: Duration::from_secs(1), longest: Duration::from_secs(30) };

    fn job(url: &str) -> Job {
        Job::new(0, Url::parse(url).expect("an address"))
    }

    fn status(code: u16, location: Option<&str>, wait: Option<u64>) -> Reply {
        Reply::Status { code, location: location.map(str::to_owned), wait: wait.map(Duration::from_secs) }
    }

    /// Goes on with these replies; how often it waited, and what was found.
    fn run(replies: &[Reply]) -> (Vec<u64>, Found) {
        let (mut job, mut waited) = (job("https://a.org/x"), Vec::new());
        for reply in replies {
            job = match step(job, reply, PATIENCE) {
                Next::Ask(next) => next,
                Next::Wait(next, wait) => {
                    waited.push(wait.as_secs());
                    next
                }
                Next::Done(found) => return (waited, found),
            };
        }
        panic!("no end after {replies:?}");
    }

    #[test]
    fn what_head_is_refused_is_asked_by_get() {
        for code in [400, 403, 404, 405, 410, 500, 501] {
            let refused = status(code, None, None);
            assert_eq!(run(&[refused.clone(), status(200, None, None)]), (vec![], Found::Alive));
            let failed = Found::Failed(Why::Status(code));
            assert_eq!(run(&[refused.clone(), refused]), (vec![], failed));
        }
    }

    #[test]
    fn redirects_are_moves_while_they_are_for_good() {
        let good = |to: &str| status(301, Some(to), None);
        let passing = |to: &str| status(302, Some(to), None);
        let fine = status(200, None, None);
        let moved = |to: &str| (vec![], Found::Moved(to.to_owned()));
        assert_eq!(run(&[good("/y"), fine.clone()]), moved("https://a.org/y"));
        assert_eq!(run(&[good("/y"), good("//b.org/z#q"), fine.clone()]), moved("https://b.org/z"));
        assert_eq!(run(&[good("/y"), passing("/z"), good("/w"), fine.clone()]), moved("https://a.org/y"));
        assert_eq!(run(&[passing("/y"), good("/z"), fine.clone()]), (vec![], Found::Alive));
        let nowhere = (vec![], Found::Failed(Why::Redirects));
        for to in ["/x", "ftp://a.org/", "http://", "javascript:1"] {
            assert_eq!(run(&[good(to)]), nowhere, "{to}");
        }
        assert_eq!(run(&[status(302, None, None)]), nowhere);
        let chain: Vec<Reply> = (0..11).map(|n| good(&format!("/{n}"))).collect();
        assert_eq!(run(&chain), nowhere);
    }

    #[test]
    fn the_busy_are_waited_for_within_bounds() {
        let fine = status(200, None, None);
        assert_eq!(run(&[status(429, None, Some(7)), fine.clone()]), (vec![7], Found::Alive));
        assert_eq!(
            run(&[status(503, None, None), Reply::Failed(Why::TimedOut), fine]),
            (vec![1, 2], Found::Alive)
        );
        let refused = Found::Failed(Why::Status(429));
        assert_eq!(run(&[status(429, None, Some(31))]), (vec![], refused.clone()));
        assert_eq!(run(&vec![status(429, None, None); 3]), (vec![1, 2], refused));
        assert_eq!(run(&[Reply::Failed(Why::Tls)]), (vec![], Found::Failed(Why::Tls)));
    }
}
