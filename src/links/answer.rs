//! What became of an address.

use jiff::Timestamp;

/// What was found at an address, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// When it was asked.
    pub asked: Timestamp,
    /// What was found.
    pub found: Found,
}

/// What was found at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    Alive,
    /// It is there, and says that it now stands at this address for good.
    Moved(String),
    /// It is not there, or this cannot be told.
    Failed(Why),
}

/// Why an address gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The server's answer, other than success.
    Status(u16),
    /// No host has this name.
    NoHost,
    /// No answer came in time.
    TimedOut,
    /// No safe connection could be made: a bad certificate, for instance.
    Tls,
    /// Nobody answers there now.
    Unreachable,
    /// The connection ended before an answer.
    Closed,
    /// It leads on and on, or where nobody can follow.
    Redirects,
    /// It stands in a private network, which is never asked.
    Private,
}

impl Why {
    /// Whether it is gone, as far as the server itself or the register of names says so. Everything
    /// else may be different for a reader.
    pub fn is_dead(self) -> bool {
        matches!(self, Why::Status(404 | 410) | Why::NoHost)
    }

    /// Its name in the file of answers.
    pub fn name(self) -> String {
        match self {
            Why::Status(status) => status.to_string(),
            Why::NoHost => "no-host".to_owned(),
            Why::TimedOut => "timed-out".to_owned(),
            Why::Tls => "tls".to_owned(),
            Why::Unreachable => "unreachable".to_owned(),
            Why::Closed => "closed".to_owned(),
            Why::Redirects => "redirects".to_owned(),
            Why::Private => "private".to_owned(),
        }
    }

    /// The reason with this name.
    pub fn named(name: &str) -> Option<Why> {
        use Why::{Closed, NoHost, Private, Redirects, Status, TimedOut, Tls, Unreachable};
        let plain = [NoHost, TimedOut, Tls, Unreachable, Closed, Redirects, Private];
        let status = || name.parse().ok().filter(|status| (100..1000).contains(status)).map(Status);
        plain.into_iter().find(|why| why.name() == name).or_else(status)
    }

    /// It as a phrase behind "it".
    pub fn words(self) -> String {
        match self {
            Why::Status(status) => format!("answers with {status}"),
            Why::NoHost => "has a host that does not exist".to_owned(),
            Why::TimedOut => "does not answer in time".to_owned(),
            Why::Tls => "allows no safe connection".to_owned(),
            Why::Unreachable => "cannot be reached".to_owned(),
            Why::Closed => "breaks the connection off".to_owned(),
            Why::Redirects => "leads on without an end".to_owned(),
            Why::Private => "stands in a private network".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Why;

    #[test]
    fn reasons_are_known_by_their_names() {
        for why in [Why::Status(404), Why::NoHost, Why::TimedOut, Why::Tls, Why::Private, Why::Redirects] {
            assert_eq!(Why::named(&why.name()), Some(why));
        }
        assert_eq!(Why::named("20"), None);
        assert_eq!(Why::named("gone"), None);
    }

    #[test]
    fn only_what_is_said_to_be_gone_is_dead() {
        assert!(Why::Status(404).is_dead() && Why::Status(410).is_dead() && Why::NoHost.is_dead());
        for why in [Why::Status(403), Why::Status(451), Why::Status(500), Why::TimedOut, Why::Tls] {
            assert!(!why.is_dead(), "{why:?}");
        }
    }
}
