//! Looks through a built site for anything that would run, load or lead where a hostile word wanted it to.

use std::collections::BTreeMap;
use std::path::Path;

use scraper::{ElementRef, Html, Node};
use serde_json::Value;
use url::Url;

/// Where the desks of all rows say that they stand.
const BASE: &str = "https://desk.example.org/";

/// The host that hostile words want to lead to.
const EVIL: &str = "evil.example";

/// What the head of a page has at least, for pages that are made to be found fault with.
pub const POLICY_FOR_TESTS: &str =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">";

/// Every file below a folder but our own, by its path from there.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(folder).expect("a path inside").to_string_lossy().into_owned();
        if !path.starts_with(".meja-") {
            files.insert(path, std::fs::read(entry.path()).expect("a readable file"));
        }
    }
    files
}

/// What is not safe in the site that stands in a folder.
pub fn violations(out: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, bytes) in files_below(out) {
        let mut found = name(&file);
        let text = String::from_utf8_lossy(&bytes);
        // What a desk lays into `static/` is its own; the theme's assets are ours.
        match file.rsplit_once('.').map_or("", |(_, end)| end) {
            "html" => found.extend(page(&text)),
            "json" => found.extend(json(&text)),
            "xml" => found.extend(xml(&text)),
            "csv" if file.starts_with("data/") || file.contains("/data/") => found.extend(csv_cells(&text)),
            _ => {}
        }
        wrong.extend(found.into_iter().map(|what| format!("{file}: {what}")));
    }
    wrong
}

/// Names that `docs/security.md` says no file of a site has.
fn name(file: &str) -> Vec<String> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let is_bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        part.is_empty()
            || part.len() > 255
            || part.ends_with(['.', ' '])
            || part.chars().any(|c| c.is_control() || ":\\".contains(c))
            || DEVICES.contains(&stem.as_str())
    };
    file.split('/')
        .filter(|part| is_bad(part))
        .map(|part| format!("no system should have `{part}`"))
        .collect()
}

fn page(text: &str) -> Vec<String> {
    let html = Html::parse_document(text);
    let mut wrong = elements(&html);
    let mut metas =
        html.tree.root().descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "meta");
    let has_policy = metas.any(|meta| {
        meta.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("content-security-policy"))
            && meta
                .attr("content")
                .is_some_and(|policy| policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    });
    if !has_policy {
        wrong.push("no policy that forbids what is not the site's own".to_owned());
    }
    wrong
}

fn elements(html: &Html) -> Vec<String> {
    let mut wrong = Vec::new();
    for node in html.tree.root().descendants() {
        let Node::Element(element) = node.value() else {
            continue;
        };
        let reference = ElementRef::wrap(node).expect("an element");
        match element.name() {
            "script" => {
                let words: String = reference.text().collect();
                let is_data = element.attr("type") == Some("application/ld+json");
                if is_data && serde_json::from_str::<Value>(&words).is_err() {
                    wrong.push(format!("structured data that does not parse: {words}"));
                } else if !is_data && (element.attr("src").is_none() || !words.trim().is_empty()) {
                    wrong.push(format!("a script `{words}`"));
                }
            }
            "style" | "base" | "object" | "embed" | "iframe" | "frame" | "applet" | "foreignobject" => {
                wrong.push(format!("an element `{}`", element.name()));
            }
            "meta" => {
                let kind = element.attr("http-equiv").unwrap_or_default().to_ascii_lowercase();
                let target = element
                    .attr("content")
                    .and_then(|content| content.split_once("url="))
                    .map(|(_, url)| url);
                match kind.as_str() {
                    "" | "content-security-policy" => {}
                    "refresh" if target.is_some_and(is_own) => {}
                    _ => wrong.push(format!("a `{kind}` to {target:?}")),
                }
            }
            _ => {}
        }
        for (name, value) in element.attrs() {
            if name.starts_with("on") || matches!(name, "style" | "srcdoc" | "formaction") {
                wrong.push(format!("{name}=`{value}`"));
            }
            let leads = matches!(name, "href" | "cite" | "xlink:href")
                && matches!(element.name(), "a" | "area" | "q" | "blockquote");
            let loads =
                matches!(name, "src" | "href" | "xlink:href" | "action" | "poster" | "data" | "background");
            if leads && !may_lead(value)
                || !leads && loads && !is_own(value) && !is_picture(element.name(), value)
            {
                wrong.push(format!("<{} {name}=`{value}`>", element.name()));
            }
            if name == "srcset"
                && !value.split(',').all(|one| is_own(one.split_whitespace().next().unwrap_or_default()))
            {
                wrong.push(format!("srcset=`{value}`"));
            }
        }
    }
    wrong
}

fn resolved(address: &str) -> Option<Url> {
    Url::parse(BASE).ok()?.join(address).ok()
}

/// Whether an address stays on the site.
fn is_own(address: &str) -> bool {
    resolved(address).is_some_and(|url| url.scheme() == "https" && url.host_str() == Some("desk.example.org"))
}

/// Whether a picture is in its address, as the theme's are.
fn is_picture(element: &str, address: &str) -> bool {
    matches!(element, "img" | "source") && address.starts_with("data:image/")
}

/// Whether a reader may be led to an address.
fn may_lead(address: &str) -> bool {
    resolved(address).is_some_and(|url| match url.scheme() {
        "http" | "https" => !url.host_str().is_some_and(|host| host.ends_with(EVIL)),
        "mailto" => true,
        _ => false,
    })
}

/// A file of data; HTML in it, as feeds have it, is looked at like a page.
fn json(text: &str) -> Vec<String> {
    fn within(value: &Value, wrong: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| within(item, wrong)),
            Value::Object(map) => {
                for (key, value) in map {
                    match value.as_str() {
                        Some(html) if matches!(key.as_str(), "content_html" | "html") => {
                            // The frame of oEmbed is what others put into their pages.
                            let html = Html::parse_fragment(html);
                            wrong.extend(elements(&html).into_iter().filter(|what| {
                                what != "an element `iframe`" && !what.starts_with("style=`border:0;")
                            }));
                        }
                        _ => within(value, wrong),
                    }
                }
            }
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    match serde_json::from_str(text) {
        Ok(value) => within(&value, &mut wrong),
        Err(error) => wrong.push(error.to_string()),
    }
    wrong
}

fn xml(text: &str) -> Vec<String> {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let mut wrong = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        if node.attribute("type") == Some("html") {
            wrong.extend(elements(&Html::parse_fragment(node.text().unwrap_or_default())));
        }
        if node.tag_name().name() == "script"
            || node.tag_name().namespace() == Some("http://www.w3.org/1999/xhtml")
                && node.attribute("href").is_none()
        {
            wrong.push(format!("an element `{}`", node.tag_name().name()));
        }
    }
    wrong
}

/// Cells that a spreadsheet would take for formulas.
fn csv_cells(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
        match row {
            Ok(row) => {
                let runs = |cell: &&str| {
                    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
                };
                wrong.extend(row.iter().filter(runs).map(|cell| format!("a formula `{cell}`")));
            }
            Err(error) => wrong.push(error.to_string()),
        }
    }
    wrong
}
