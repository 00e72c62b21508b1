//! The files of a built site, and its addresses as a browser resolves them.

use std::collections::BTreeMap;
use std::path::Path;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::desk::{Desk, meja_in};

/// A built site: its files by path, without a leading slash.
pub(super) struct Built {
    pub(super) base: Url,
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// One HTML page.
pub(super) struct Page {
    /// Its file.
    pub(super) file: String,
    /// Its own address.
    pub(super) url: Url,
    pub(super) html: Html,
}

impl Built {
    /// Runs the program on a desk and reads what it wrote.
    pub(super) fn of_desk(root: &Path, base: &str, today: &str) -> Self {
        Self::of_desk_with(root, base, today, &[])
    }

    /// As [`Built::of_desk`], with more arguments.
    pub(super) fn of_desk_with(root: &Path, base: &str, today: &str, more: &[&str]) -> Self {
        let out = Desk::empty();
        let folder = out.path("out");
        let (root, folder_name) = (root.display().to_string(), folder.display().to_string());
        let arguments: Vec<&str> =
            ["build", "--root", &root, "--out", &folder_name, "--base-url", base, "--now", today]
                .into_iter()
                .chain(more.iter().copied())
                .collect();
        let run = meja_in(out.root(), &arguments);
        assert_eq!(run.code, 0, "the desk is built\n{}{}", run.stdout, run.stderr);
        Self { base: Url::parse(base).expect("a base"), files: files_below(&folder) }
    }

    /// A made-up site.
    pub(super) fn of(base: &str, files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self { base: Url::parse(base).expect("a base"), files: files.collect() }
    }

    /// The text of a file; empty if there is none.
    pub(super) fn text(&self, file: &str) -> String {
        self.files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    /// The address of a file.
    pub(super) fn url_of(&self, file: &str) -> Url {
        let path = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        self.base.join(&path.replace('%', "%25")).expect("an address")
    }

    /// Whether an address is on the site's own host.
    pub(super) fn is_own_origin(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// The file that a server of static files sends for an address, if it lies below the base.
    pub(super) fn file_at(&self, url: &Url) -> Option<String> {
        let path = url.path().strip_prefix(self.base.path())?;
        let path = percent_decoded(path);
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        self.files.contains_key(&file).then_some(file)
    }

    /// The page in a file, if there is one.
    pub(super) fn page(&self, file: &str) -> Option<Page> {
        let html = Html::parse_document(&String::from_utf8_lossy(self.files.get(file)?));
        Some(Page { file: file.to_owned(), url: self.url_of(file), html })
    }

    /// Every HTML page.
    pub(super) fn pages(&self) -> Vec<Page> {
        self.files.keys().filter(|file| file.ends_with(".html")).filter_map(|file| self.page(file)).collect()
    }
}

impl Page {
    pub(super) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&css(selector)).collect()
    }

    pub(super) fn first(&self, selector: &str) -> Option<ElementRef<'_>> {
        self.html.select(&css(selector)).next()
    }

    /// The values of an attribute of all elements that have it.
    pub(super) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).iter().filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    pub(super) fn has_id(&self, id: &str) -> bool {
        self.html.tree.values().filter_map(|node| node.as_element()).any(|element| element.id() == Some(id))
    }

    /// Where an old address leads: the target of its `refresh`.
    pub(super) fn refresh(&self) -> Option<String> {
        let content = self.attributes("meta[http-equiv=refresh i]", "content").into_iter().next()?;
        Some(content.split_once("url=")?.1.trim_matches(['\'', '"', ' ']).to_owned())
    }

    /// Whether it is made for frames on other sites.
    pub(super) fn is_frame(&self) -> bool {
        self.first("body.page-embed").is_some()
    }

    pub(super) fn is_noindex(&self) -> bool {
        self.attributes("meta[name=robots]", "content").iter().any(|content| content.contains("noindex"))
    }

    pub(super) fn lang(&self) -> String {
        self.attributes("html", "lang").into_iter().next().unwrap_or_default()
    }

    /// All structured data of the page, and what is wrong with its syntax.
    pub(super) fn json_ld(&self) -> (Vec<serde_json::Value>, Vec<String>) {
        let (mut nodes, mut broken) = (Vec::new(), Vec::new());
        for script in self.all("script[type='application/ld+json']") {
            match serde_json::from_str::<serde_json::Value>(&text(script)) {
                Ok(serde_json::Value::Array(items)) => nodes.extend(items),
                Ok(node) => nodes.push(node),
                Err(error) => broken.push(format!("{}: JSON-LD does not parse: {error}", self.file)),
            }
        }
        (nodes, broken)
    }
}

pub(super) fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// All text below an element, as it stands.
pub(super) fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// Text with white space folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Every file below a folder, by its path from there.
pub(super) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("a name in UTF-8");
            if entry.path().is_dir() {
                folders.push((entry.path(), format!("{prefix}{name}/")));
            } else {
                files.insert(format!("{prefix}{name}"), std::fs::read(entry.path()).expect("a file"));
            }
        }
    }
    files
}
