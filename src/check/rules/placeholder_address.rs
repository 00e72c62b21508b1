//! `placeholder-address`: a site that says it stands where it cannot stand.

use crate::check::addresses::{host, is_below};
use crate::check::{Facts, Find, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Part, Spot};

pub(super) const RULE: Rule = Rule { code: Code::PlaceholderAddress, find: Find::Site(find) };

/// What `meja init` writes, and the names that RFC 2606 and RFC 6761 keep from everybody. Those of the second
/// level, `example.org`, lead to a page that explains them and are not meant.
const NOBODYS: &[&str] = &["example.github.io", "example", "invalid", "localhost", "test"];

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let config = &facts.site.config;
    let host = host(&config.base.origin);
    if !is_below(host, NOBODYS) {
        return;
    }
    let span = config.yaml.find(&[Part::key("base_url")], Spot::Value);
    found.push(
        Diagnostic::at(
            Code::PlaceholderAddress,
            &config.yaml.source,
            span,
            format!("`{host}` is an example, and no desk can have it"),
        )
        .help(
            "write where readers will find the site: `https://NAME.github.io/REPOSITORY/` on GitHub Pages, or an \
             address of the desk's own",
        ),
    );
}
