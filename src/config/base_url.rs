//! Where the site will stand.

use url::Url;

use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, absolute_url, text};

/// The address of the home page: an origin and a path that ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host and port: `https://name.github.io`.
    pub origin: String,
    /// `/`, or a sub-path such as `/repo/`, percent-encoded.
    pub path: String,
    /// The host alone.
    pub host: String,
}

impl BaseUrl {
    /// Parses an address given on the command line or in `site.yaml`.
    ///
    /// # Errors
    /// The reason, as a phrase.
    pub fn parse(word: &str) -> Result<Self, String> {
        absolute_url(word).map_err(str::to_owned)?;
        let url = Url::parse(word).map_err(|e| e.to_string())?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("it must not carry a `?` or `#` part".to_owned());
        }
        let mut path = url.path().to_owned();
        if !path.ends_with('/') {
            path.push('/');
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Ok(Self { origin: url.origin().ascii_serialization(), path, host })
    }

    /// The absolute address of a path of the site (`/claims/x/`).
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.href(path))
    }

    /// The address of a path of the site as links write it: with the sub-path, without the host.
    pub fn href(&self, path: &str) -> String {
        let mut href = String::with_capacity(self.path.len() + path.len());
        href.push_str(&self.path);
        encode_into(&mut href, path.strip_prefix('/').unwrap_or(path));
        href
    }

    /// The domain for GitHub Pages' `CNAME` file: only for a site at the root of a domain of the
    /// desk's own.
    pub fn custom_domain(&self) -> Option<&str> {
        let is_name = self.host.contains('.') && self.host.parse::<std::net::IpAddr>().is_err();
        let own = !self.host.ends_with(".github.io") && is_name && !self.host.starts_with('[');
        (own && self.path == "/").then_some(self.host.as_str())
    }
}

/// Percent-encodes what may not stand in the path of a URL (RFC 3986 section 3.3).
fn encode_into(out: &mut String, path: &str) {
    crate::html::percent_encode_into(out, path, b"/!$&'()*+,;=:@");
}

pub(super) fn read(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<BaseUrl> {
    let word = text(decoder, node, at)?;
    match BaseUrl::parse(&word) {
        Ok(base) => Some(base),
        Err(reason) => {
            decoder.problem(Code::BadUrl, at, format!("`{word}` cannot be the site's address"), |d| {
                d.label(reason).help("write the whole address: `https://name.github.io/repository/`")
            });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn keeps_the_sub_path_and_encodes() {
        let base = BaseUrl::parse("https://nama.github.io/repo").unwrap();
        assert_eq!(base.href("/claims/x/"), "/repo/claims/x/");
        assert_eq!(base.absolute("/topics/café 1/"), "https://nama.github.io/repo/topics/caf%C3%A9%201/");
        assert_eq!(base.custom_domain(), None);
    }

    #[test]
    fn knows_a_domain_of_ones_own() {
        let domain = |url: &str| BaseUrl::parse(url).unwrap().custom_domain().map(str::to_owned);
        assert_eq!(domain("https://cek.example.org/").as_deref(), Some("cek.example.org"));
        assert_eq!(domain("https://example.org/sub/"), None);
        assert_eq!(domain("http://127.0.0.1:8000/"), None);
        assert_eq!(domain("http://localhost:8000/"), None);
    }

    #[test]
    fn refuses_what_is_no_home() {
        for bad in
            ["example.org", "ftp://example.org", "https://a.b/?q", "https://u:p@a.b/", "javascript:alert(1)"]
        {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
