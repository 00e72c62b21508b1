//! A page says that only the site's own files may be loaded and run, and keeps to it.

use super::built::Built;
use super::{demo, wants_all, wants_none};

/// What a page must say: nothing but what is named, and nothing by default.
const WANTED: [&str; 5] =
    ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "object-src 'none'"];

/// Pages without a strict policy, and what such a policy forbids.
fn breaches(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for page in built.pages() {
        let mut say = |what: String| violations.push(format!("{}: {what}", page.file));
        let first = page.first("head > :first-child");
        let policy = first
            .filter(|meta| meta.attr("http-equiv").is_some_and(|name| name == "Content-Security-Policy"))
            .and_then(|meta| meta.attr("content"))
            .unwrap_or_default();
        for part in WANTED.iter().filter(|part| !policy.split("; ").any(|own| own == **part)) {
            say(format!("no `{part}` first in its head"));
        }
        if ["unsafe", "http:", "https:", "*"].iter().any(|loose| policy.contains(loose)) {
            say(format!("a policy with a hole: {policy}"));
        }
        // The bar of counts is to be drawn in another way.
        let inline =
            "style, [style]:not(.counts .bar > i), script:not([src]):not([type='application/ld+json'])";
        for inline in page.all(inline) {
            say(format!("a style or script of its own: {}", inline.html()));
        }
        for node in page.html.tree.values().filter_map(|node| node.as_element()) {
            for (name, value) in node.attrs().filter(|(name, _)| name.starts_with("on")) {
                say(format!("a handler: {name}={value}"));
            }
        }
    }
    violations
}

#[test]
fn pages_forbid_what_is_not_the_sites() {
    wants_none(&breaches(&demo().0));
}

#[test]
fn loose_pages_are_found() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' 'unsafe-inline'\">";
    let loose = format!(
        "<head>{policy}<style>a {{}}</style><script>x</script></head><p style=\"color: red\" onclick=\"x\">a</p>"
    );
    let files = [("a.html", loose.as_str()), ("b.html", &format!("<head><title>x</title>{policy}</head>"))];
    wants_all(
        &breaches(&Built::of("https://h.example/", &files)),
        &[
            "a.html: no `script-src 'self'`",
            "a.html: a policy with a hole",
            "a.html: a style or script of its own: <style>",
            "a.html: a style or script of its own: <script>",
            "a.html: a style or script of its own: <p",
            "a.html: a handler: onclick=x",
            "b.html: no `default-src 'none'`",
        ],
    );
}
