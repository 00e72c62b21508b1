//! What a file may refer to: files beside it, other documents, claims.

use crate::diagnostic::{Code, did_you_mean};
use crate::yaml::{At, Decoder, Node, text};

use super::Reading;
use super::active::danger;
use super::walk::Files;

/// A place on the site that a link in Markdown leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `claim:some-id`
    Claim(String),
    /// A Markdown file, by its path from `content/`, and a fragment.
    Document(String, Option<String>),
    /// Another file below `content/`, which is then published.
    File(String),
    /// A path of the site that begins with `/`, and a fragment.
    Path(String, Option<String>),
    /// `#fragment` of the same text.
    Fragment(String),
}

/// Why a relative path does not lead to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadPath {
    /// It is empty, absolute, or has a drive or a backslash.
    NotRelative,
    /// It leads out of `content/`.
    Outside,
}

/// Joins a relative path to the folder of the file that names it. Both count from `content/`.
///
/// # Errors
/// Why the path cannot be used.
pub(super) fn join(folder: &str, path: &str) -> Result<String, BadPath> {
    if path.is_empty() || path.starts_with('/') || path.contains(['\\', '\0']) || path.contains(':') {
        return Err(BadPath::NotRelative);
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(BadPath::Outside)?;
            }
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// The folder of a path, without the last `/`.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Reads the name of a file beside the article: its path from `content/`.
pub(super) fn file(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    reading: &Reading<'_>,
) -> Option<String> {
    let beside = reading.folder;
    let written = text(decoder, node, at)?;
    let path = match join(beside, &written) {
        Ok(path) => path,
        Err(reason) => {
            let message = match reason {
                BadPath::NotRelative => format!("`{written}` is not a path beside the article"),
                BadPath::Outside => format!("`{written}` leads out of `content/`"),
            };
            decoder.problem(Code::MissingFile, at, message, |d| {
                d.help("put the file beside the article and give its name")
            });
            return None;
        }
    };
    if let Some(location) = reading.location(&path) {
        if let Some(why) = danger(&path, location) {
            decoder.problem(Code::ActiveFile, at, format!("`{written}` cannot be published: {why}"), |d| {
                d.help(AS_PDF)
            });
            return None;
        }
        return Some(path);
    }
    let help = suggest(&path, beside, reading.files);
    decoder.problem(Code::MissingFile, at, format!("there is no file `content/{path}`"), |d| d.help(help));
    None
}

/// What to do with a saved page.
pub(super) const AS_PDF: &str = "keep the evidence as a PDF or a picture, or give the file the ending `.txt`";

/// A hint for a file that is not there: one of nearly the same name in the same folder.
pub(super) fn suggest(path: &str, beside: &str, files: &Files) -> String {
    let wanted = path.rsplit('/').next().unwrap_or(path);
    let parent = folder(path);
    let names: Vec<&str> = files
        .paths()
        .filter(|other| folder(other) == parent)
        .map(|other| other.rsplit('/').next().unwrap_or(other))
        .collect();
    match did_you_mean(wanted, names.iter().copied()) {
        Some(close) if close.eq_ignore_ascii_case(wanted) => {
            format!("there is `{close}`: capital and small letters must be the same")
        }
        Some(close) => format!("did you mean `{close}`?"),
        None if beside.is_empty() => "the path counts from the folder of this file".to_owned(),
        None => format!("the path counts from `content/{beside}/`"),
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPath, join};

    #[test]
    fn joins_and_never_leaves() {
        assert_eq!(join("articles/2024", "foto.png").as_deref(), Ok("articles/2024/foto.png"));
        assert_eq!(join("articles/2024", "../../pages/a.md").as_deref(), Ok("pages/a.md"));
        assert_eq!(join("articles", "../../x"), Err(BadPath::Outside));
        assert_eq!(join("articles", "/etc/passwd"), Err(BadPath::NotRelative));
        assert_eq!(join("articles", "..\\x"), Err(BadPath::NotRelative));
        assert_eq!(join("articles", "C:/x"), Err(BadPath::NotRelative));
    }
}
