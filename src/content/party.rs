//! People and organisations: claimants, authors, reviewers.

use crate::yaml::{At, Decoder, Node, list, one_of, text, web_url};

/// A person or organisation as an article names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// A plain name, or the id of a file in `content/people`.
    Named(String),
    /// Described in place.
    Described(Description),
}

/// What is known of a person or organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The name.
    pub name: String,
    /// Person or organisation, if known. It decides the type in the markup.
    pub kind: Option<PartyKind>,
    /// Their own site.
    pub url: Option<String>,
    /// The same one elsewhere.
    pub same_as: Vec<String>,
}

/// Person or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum PartyKind {
    Person,
    Organization,
}

/// The keys of a description in place.
pub(super) const KEYS: &[&str] = &["name", "type", "url", "same_as"];

/// The words for it in front matter.
pub(super) const KINDS: &[(&str, PartyKind)] =
    &[("person", PartyKind::Person), ("organization", PartyKind::Organization)];

/// Reads a name, an id, or a description in place.
pub(super) fn party(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Party> {
    if !matches!(node, Node::Map(_)) {
        return text(decoder, node, at).map(Party::Named);
    }
    let fields = decoder.fields(node, at, KEYS)?;
    let name =
        fields.required(decoder, "name", "name the claimant, or leave `claimant` out if unknown", text);
    Some(Party::Described(Description {
        kind: fields.optional(decoder, "type", |d, n, a| one_of(d, n, a, KINDS)),
        url: fields.optional(decoder, "url", web_url),
        same_as: fields.optional(decoder, "same_as", |d, n, a| list(d, n, a, web_url)).unwrap_or_default(),
        name: name?,
    }))
}
