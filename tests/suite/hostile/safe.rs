//! Looks through a built site for anything that would run, load or lead where a hostile word wanted it to.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use meja::digest::Print;
use meja::html::{has_unusable, is_unusable};
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
        // What a desk lays into `static/` is its own; the theme's assets are ours.
        let kind = match file.rsplit_once('.').map_or("", |(_, end)| end) {
            "html" => "html",
            "json" => "json",
            "xml" => "xml",
            "csv" if file.starts_with("data/") || file.contains("/data/") => "csv",
            _ => "",
        };
        if !kind.is_empty() {
            found.extend(inside(kind, &bytes));
        }
        wrong.extend(found.into_iter().map(|what| format!("{file}: {what}")));
    }
    wrong
}

/// What was not safe in files that were looked at, by their kind, length and fingerprint.
type Seen = HashMap<(&'static str, usize, [u8; 16]), Vec<String>>;

/// What is not safe in a file of a kind. Most files of two sites are the same: what was seen in one is remembered.
fn inside(kind: &'static str, bytes: &[u8]) -> Vec<String> {
    static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);
    let key = (kind, bytes.len(), Print::of(bytes).bytes());
    if let Some(found) = SEEN.lock().expect("no test panics here").get(&key) {
        return found.clone();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut found = match kind {
        "html" => page(&text),
        "json" => json(&text),
        "xml" => xml(&text),
        _ => csv_cells(&text),
    };
    if let Some(c) = text.chars().find(|c| is_unusable(*c)) {
        found.push(format!("the character {c:?}"));
    }
    SEEN.lock().expect("no test panics here").insert(key, found.clone());
    found
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

/// Elements without attributes that do nothing but nest.
const NESTING: [&str; 6] = ["<ul>", "<ol>", "<li>", "<blockquote>", "<em>", "<strong>"];

/// More of them are taken out before a page is parsed.
const DEEP: usize = 2_000;

/// A page without what only nests, if it nests out of all measure: for each element, the parser looks back at all that
/// are open, which would take minutes for lists in lists in lists. What would run is seen as well without them.
fn flattened(text: &str) -> Cow<'_, str> {
    let count: usize = NESTING.iter().map(|tag| text.matches(tag).count()).sum();
    if count <= DEEP {
        return Cow::Borrowed(text);
    }
    let tags = NESTING.iter().flat_map(|tag| [(*tag).to_owned(), tag.replace('<', "</")]);
    Cow::Owned(tags.fold(text.to_owned(), |text, tag| text.replace(&tag, " ")))
}

fn page(text: &str) -> Vec<String> {
    let html = Html::parse_document(&flattened(text));
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
                            let html = Html::parse_fragment(&flattened(html));
                            wrong.extend(elements(&html).into_iter().filter(|what| {
                                what != "an element `iframe`" && !what.starts_with("style=`border:0;")
                            }));
                        }
                        _ => within(value, wrong),
                    }
                }
            }
            Value::String(words) if has_unusable(words) => wrong.push(format!("a character in {words:?}")),
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
            wrong.extend(elements(&Html::parse_fragment(&flattened(node.text().unwrap_or_default()))));
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
