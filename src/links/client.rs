//! The requests themselves.

use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;

use jiff::fmt::rfc2822;
use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::answer::Why;
use super::step::{Job, Method, Reply};

/// Asks one address after the other.
pub(super) struct Client {
    agent: Agent,
}

impl Client {
    /// One that names itself, and asks only machines that it may.
    pub(super) fn new(name: &str, timeout: Duration, may_ask: fn(IpAddr) -> bool) -> Self {
        let config = Config::builder()
            .user_agent(name)
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            // Each address on the way is looked at before it is asked.
            .max_redirects(0)
            // A proxy would look up names itself, where nobody sees what network they lead to.
            .proxy(None)
            .build();
        let resolver = Guarded { plain: DefaultResolver::default(), may_ask };
        Self { agent: Agent::with_parts(config, DefaultConnector::new(), resolver) }
    }

    /// Makes one request. Nothing of the body is read.
    pub(super) fn ask(&self, job: &Job) -> Reply {
        let url = job.url.as_str();
        let made = match job.method {
            Method::Head => self.agent.head(url).call(),
            Method::Get => self.agent.get(url).call(),
        };
        match made {
            Ok(response) => {
                let headers = response.headers();
                let location = text(headers, "location").map(str::to_owned);
                let wait = text(headers, "retry-after").and_then(|said| wait(said, text(headers, "date")));
                Reply::Status { code: response.status().as_u16(), location, wait }
            }
            Err(error) => Reply::Failed(why(&error, job.url.scheme() == "https")),
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// How long a server wants to be left alone: in seconds, or until a moment by its own clock (RFC 9110
/// section 10.2.3).
fn wait(said: &str, date: Option<&str>) -> Option<Duration> {
    if let Ok(seconds) = said.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text: &str| rfc2822::parse(text.trim()).ok();
    let wait = moment(said)?.duration_since(&moment(date?)?);
    Some(Duration::try_from(wait).unwrap_or_default())
}

fn why(error: &Error, is_safe: bool) -> Why {
    match error {
        Error::Timeout(_) => Why::TimedOut,
        Error::HostNotFound => Why::NoHost,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => Why::Tls,
        Error::ConnectionFailed => Why::Unreachable,
        Error::Other(inner) if inner.is::<NotPublic>() => Why::Private,
        Error::Other(_) => Why::Unreachable,
        Error::Io(inner) => match inner.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Why::TimedOut,
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => Why::Closed,
            ErrorKind::InvalidData if is_safe => Why::Tls,
            _ => Why::Unreachable,
        },
        _ => Why::Closed,
    }
}

/// Looks up names, and lets only machines through that may be asked. As the connection is made to
/// just what was looked up, no second look-up can lead elsewhere.
#[derive(Debug)]
struct Guarded {
    plain: DefaultResolver,
    may_ask: fn(IpAddr) -> bool,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.plain.resolve(uri, config, timeout).map_err(|error| match error {
            // There is no better sign that the register could not be asked at all.
            Error::Io(error) if error.to_string().contains("emporary") => Error::ConnectionFailed,
            Error::Io(_) => Error::HostNotFound,
            other => other,
        })?;
        let mut allowed = self.empty();
        for address in found.iter().filter(|address| (self.may_ask)(address.ip())) {
            allowed.push(*address);
        }
        if allowed.is_empty() { Err(Error::Other(Box::new(NotPublic))) } else { Ok(allowed) }
    }
}

/// A name that leads into a private network.
#[derive(Debug)]
struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host stands in a private network")
    }
}

impl std::error::Error for NotPublic {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_say_in_two_ways_how_long() {
        let now = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |wait: Option<Duration>| wait.map(|wait| wait.as_secs());
        assert_eq!(seconds(wait("120", now)), Some(120));
        assert_eq!(seconds(wait("Sun, 06 Nov 1994 08:50:07 GMT", now)), Some(30));
        assert_eq!(seconds(wait("Sun, 06 Nov 1994 08:00:00 GMT", now)), Some(0));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:07 GMT", None), None);
        assert_eq!(wait("soon", now), None);
    }
}
