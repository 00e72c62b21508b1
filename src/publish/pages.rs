//! Where hosts show the pages of a repository, as far as its address tells.

use std::path::Path;

use url::Url;

use crate::git::Git;

/// Forges that show pages: their host, and the end of the host of pages.
const FORGES: [(&str, &str); 3] =
    [("github.com", "github.io"), ("gitlab.com", "gitlab.io"), ("codeberg.org", "codeberg.page")];

/// Where the pages of the repository in `root` will stand, if its remote `origin` is at a forge that is known for
/// it. A domain of one's own is not known there.
pub fn pages_of(root: &Path) -> Option<String> {
    let git = Git::at(root).ok()?;
    shown_at(git.text(&["remote", "get-url", "origin"]).ok()?.trim())
}

/// Where the pages of a repository with this address stand.
fn shown_at(address: &str) -> Option<String> {
    let (host, path) = match Url::parse(address) {
        Ok(url) => (url.host_str()?.to_lowercase(), url.path().to_owned()),
        // `git@github.com:owner/repository.git`, as ssh writes it.
        Err(_) => {
            let (host, path) = address.split_once(':')?;
            (host.rsplit('@').next()?.to_lowercase(), path.to_owned())
        }
    };
    let (_, pages) = FORGES.iter().find(|(forge, _)| *forge == host)?;
    let path = path.trim_matches('/');
    let (owner, name) = path.strip_suffix(".git").unwrap_or(path).split_once('/')?;
    let is_name = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    if !is_name(owner) || !is_name(name) {
        return None;
    }
    let domain = format!("{}.{pages}", owner.to_lowercase());
    // The repository of this name is shown at the root of the domain.
    Some(if name.eq_ignore_ascii_case(&domain) {
        format!("https://{domain}/")
    } else {
        format!("https://{domain}/{name}/")
    })
}

#[cfg(test)]
mod tests {
    use super::shown_at;

    #[test]
    fn forges_show_pages_where_they_say() {
        let desk = Some("https://contoh.github.io/cek/".to_owned());
        for address in [
            "https://github.com/Contoh/cek.git",
            "https://rina:secret@github.com/contoh/cek",
            "git@github.com:contoh/cek.git",
            "ssh://git@github.com/contoh/cek/",
        ] {
            assert_eq!(shown_at(address), desk, "{address}");
        }
        let at = |address: &str| shown_at(address);
        assert_eq!(at("https://github.com/a/a.github.io"), Some("https://a.github.io/".to_owned()));
        assert_eq!(at("https://gitlab.com/a/b.git"), Some("https://a.gitlab.io/b/".to_owned()));
        assert_eq!(at("https://codeberg.org/a/b"), Some("https://a.codeberg.page/b/".to_owned()));
        for unknown in [
            "../host.git",
            "https://example.org/a/b",
            "https://github.com/a",
            "https://gitlab.com/a/b/c",
            "C:\\x",
        ] {
            assert_eq!(at(unknown), None, "{unknown}");
        }
    }
}
