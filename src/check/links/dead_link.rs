//! `dead-link`: a reader who follows it finds nothing.

use super::{Address, LinkRule, Reports};
use crate::diagnostic::{Code, Diagnostic};
use crate::links::Found;

pub(super) const RULE: LinkRule = LinkRule { code: Code::DeadLink, find };

fn find(address: &Address<'_>, reports: &Reports<'_>) -> Option<Diagnostic> {
    let answer = reports.of(address)?;
    let Found::Failed(why) = answer.found else {
        return None;
    };
    if !why.is_dead() {
        return None;
    }
    let (what, age) = (address.what, reports.age(answer));
    let diagnostic = |message| address.diagnostic(Code::DeadLink, message).label(why.words());
    let Some(copy) = address.archived else {
        let help = match address.what {
            "archived copy" => "make another copy; if the page is gone too, look for one in other archives",
            _ if address.may_have_copy => {
                "look for a copy in the archives and add it with `archived:`, and leave the address as it is"
            }
            _ => "look where it stands now, or link to an archived copy",
        };
        return Some(diagnostic(format!("this {what} is gone (asked {age})")).help(help));
    };
    if !reports.is_there(copy) {
        let message = format!("this {what} is gone (asked {age}), and its archived copy too");
        return Some(diagnostic(message).help("look for another copy, and tell readers if there is none"));
    }
    let message = format!("this {what} is gone (asked {age}), but it has an archived copy");
    let help = "readers have the copy; if that is enough, say so: `allow: {dead-link: \"...\"}`";
    Some(diagnostic(message).help(help))
}
