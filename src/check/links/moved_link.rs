//! `moved-link`: redirects are kept up for some years, and then they go.

use super::{Address, LinkRule, Reports};
use crate::check::addresses::{after_host, same_page};
use crate::diagnostic::{Code, Diagnostic};
use crate::links::Found;

pub(super) const RULE: LinkRule = LinkRule { code: Code::MovedLink, find };

fn find(address: &Address<'_>, reports: &Reports<'_>) -> Option<Diagnostic> {
    let answer = reports.of(address)?;
    let Found::Moved(to) = &answer.found else {
        return None;
    };
    // From http to https, or to a host without `www.`: every reader gets there.
    if same_page(&address.asked, to) {
        return None;
    }
    let (what, age) = (address.what, reports.age(answer));
    let is_front = |url: &str| after_host(url).trim_matches('/').is_empty();
    if is_front(to) && !is_front(&address.asked) {
        let message = format!("this {what} leads to a front page now (asked {age})");
        let help = "the page itself is probably gone: look for it there, or for a copy in the archives";
        return Some(address.diagnostic(Code::MovedLink, message).label(format!("leads to {to}")).help(help));
    }
    let message = format!("this {what} has moved for good (asked {age})");
    let help = format!("see whether it is still the same page, then write `{to}`");
    Some(address.diagnostic(Code::MovedLink, message).help(help))
}
