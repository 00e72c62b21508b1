//! The site that `meja init` writes.

use include_dir::{Dir, include_dir};
use jiff::civil::Date;

use crate::yaml::quoted;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/starter");

/// The languages a site can begin in, each with the rating scale and the time zone it has if nobody says
/// otherwise.
pub const LANGUAGES: &[(&str, &str, &str)] = &[("en", "google", "UTC"), ("id", "tempo", "Asia/Jakarta")];

/// The rating scales a site can begin with, each with its verdicts on what is true and what is false.
pub const RATINGS: &[(&str, &str, &str)] = &[
    ("google", "true", "false"),
    ("politifact", "true", "false"),
    ("africa-check", "correct", "incorrect"),
    ("tempo", "benar", "keliru"),
    ("turnbackhoax", "benar", "salah"),
];

/// What a new site is to be.
#[derive(Debug, Clone)]
pub struct Edition<'e> {
    /// One of [`LANGUAGES`].
    pub language: &'e str,
    /// One of [`RATINGS`].
    pub ratings: &'e str,
    /// What the desk is called.
    pub name: &'e str,
    /// Where the site will stand.
    pub base_url: &'e str,
    /// A name of the IANA database.
    pub timezone: &'e str,
    /// The day the examples bear.
    pub today: Date,
}

/// A file of a new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFile {
    /// Its path from the site's folder.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// The files of a new site, by path; `site.yaml` comes last, as it makes a folder a desk.
pub fn desk(edition: &Edition<'_>) -> Vec<StarterFile> {
    let (_, yes, no) = RATINGS.iter().find(|(name, ..)| *name == edition.ratings).unwrap_or(&RATINGS[0]);
    let today = edition.today.to_string();
    let name = quoted(edition.name);
    let values = [
        ("@@name@@", name.as_str()),
        ("@@base_url@@", &quoted(edition.base_url)),
        ("@@timezone@@", edition.timezone),
        ("@@ratings@@", edition.ratings),
        ("@@true@@", &quoted(yes)),
        ("@@false@@", &quoted(no)),
        ("@@today@@", &today),
    ];
    let mut files = Vec::new();
    for part in ["common", edition.language] {
        let mut waiting: Vec<_> = STARTER.get_dir(part).into_iter().collect();
        while let Some(folder) = waiting.pop() {
            waiting.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let own = path.strip_prefix(&format!("{part}/")).unwrap_or(&path);
                let text = filled(file.contents_utf8().unwrap_or_default(), &values);
                files.push(StarterFile { path: by_year(&dotted(own), edition.today), text });
            }
        }
    }
    files.sort_by(|a, b| {
        (a.path == crate::config::FILE, &a.path).cmp(&(b.path == crate::config::FILE, &b.path))
    });
    files
}

/// `dot-github/x` is `.github/x`: hidden files would have an effect on the repository they are kept in.
fn dotted(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix("dot-") {
        Some(rest) => format!(".{rest}"),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Articles stand in folders by year, as those of `meja new` do: forms look for them in one place.
fn by_year(path: &str, today: Date) -> String {
    match path.strip_prefix("content/articles/") {
        Some(name) => format!("content/articles/{}/{name}", today.year()),
        None => path.to_owned(),
    }
}

/// The text with its placeholders filled in, in one pass: a value that looks like a placeholder is none.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("@@") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = values.iter().find(|(placeholder, _)| rest.starts_with(placeholder));
        let (value, taken) = known.map_or(("@@", 2), |(placeholder, value)| (*value, placeholder.len()));
        out.push_str(value);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_fill_in() {
        for (language, ratings, timezone) in LANGUAGES {
            let today = Date::constant(2026, 1, 15);
            let name = "@@today@@ \"x\": y";
            let base_url = "https://name.github.io/desk/";
            let files = desk(&Edition { language, ratings, name, base_url, timezone, today });
            assert_eq!(files.last().map(|file| file.path.as_str()), Some("site.yaml"));
            assert!(files.iter().any(|file| file.path == ".github/workflows/publish.yml"));
            for file in &files {
                assert!(!file.text.replace("@@today@@ \\\"x\\\"", "").contains("@@"), "{}", file.path);
                assert!(!file.text.is_empty() && file.text.ends_with('\n'), "{}", file.path);
            }
        }
    }
}
