//! Asks other sites whether what is linked is still there: the one room that opens connections.
//!
//! It knows addresses and answers, nothing of the desk. What to do after each reply is decided in
//! `step`, without any connection; `queue` says whose turn it is, `client` asks, `memory` keeps the
//! answers between runs. `check/links` says what an answer means for a desk.

mod answer;
mod ask;
mod client;
mod memory;
mod public;
mod queue;
mod step;

pub use answer::{Answer, Found, Why};
pub use ask::{Left, Options, ask};
pub use memory::{FILE, Memory};
pub use public::is_public;

use url::Url;

/// An address as it is asked and remembered: without its fragment, which no server sees. `None` for
/// one that is no web address.
pub fn asked_as(written: &str) -> Option<String> {
    let mut url = Url::parse(written).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    url.has_host().then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::asked_as;

    #[test]
    fn one_page_is_asked_once() {
        assert_eq!(asked_as("HTTPS://Example.org:443/a#b").as_deref(), Some("https://example.org/a"));
        assert_eq!(asked_as("https://bücher.example").as_deref(), Some("https://xn--bcher-kva.example/"));
        assert_eq!(asked_as("mailto:a@example.org"), None);
        assert_eq!(asked_as("/claims/"), None);
    }
}
