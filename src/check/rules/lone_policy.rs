//! `lone-policy`: readers of every language have a right to know the rules of the house.

use std::collections::BTreeMap;

use crate::check::{Facts, Find, Rule};
use crate::config::Lang;
use crate::content::Page;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Part, Spot};

pub(super) const RULE: Rule = Rule { code: Code::LonePolicy, find: Find::Site(find) };

fn find(facts: Facts<'_>, found: &mut Vec<Diagnostic>) {
    let site = facts.site;
    // A language without articles is no edition yet.
    let langs: Vec<Lang> = site
        .config
        .langs()
        .filter(|lang| site.articles.iter().any(|article| article.lang == *lang))
        .collect();
    let mut policies: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in &site.pages {
        if let Some(policy) = page.policy {
            policies.entry(policy).or_default().push(page);
        }
    }
    for (policy, mut pages) in policies {
        pages.sort_by_key(|page| page.lang);
        let name = |lang: &Lang| site.config.languages.get(lang.index()).map_or("", String::as_str);
        let missing: Vec<&str> =
            langs.iter().filter(|lang| !pages.iter().any(|page| page.lang == **lang)).map(name).collect();
        let (Some(first), Some(one)) = (pages.first(), missing.first()) else {
            continue;
        };
        let file = if *one == name(&Lang::MAIN) {
            format!("{}.md", first.key)
        } else {
            format!("{}.{one}.md", first.key)
        };
        let span = first.yaml.find(&[Part::key("policy")], Spot::Value);
        let message = format!("the policy `{policy}` is missing in `{}`", missing.join("`, `"));
        found.push(
            Diagnostic::at(Code::LonePolicy, &first.yaml.source, span, message)
                .help(format!("translate it as `content/{file}`, with `policy: {policy}`")),
        );
    }
}
