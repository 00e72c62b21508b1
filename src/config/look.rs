//! `theme`: what a desk's site looks like.

use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, text};

/// The settings of the theme.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) accent: Option<String>,
    pub(super) logo: Option<String>,
    pub(super) font: Option<String>,
}

/// The keys of `theme`.
pub(super) const KEYS: &[&str] = &["accent", "logo", "font"];

pub(super) fn read(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Look> {
    let fields = decoder.fields(node, at, KEYS)?;
    Some(Look {
        accent: fields.optional(decoder, "accent", colour),
        logo: fields.optional(decoder, "logo", logo),
        font: fields.optional(decoder, "font", |d, n, a| static_path(d, n, a, "fonts/name.ttf")),
    })
}

/// A picture of `static/`.
pub(super) fn logo(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    static_path(decoder, node, at, "logo.svg")
}

fn colour(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let colour = text(decoder, node, at)?;
    let digits = colour.strip_prefix('#').unwrap_or_default();
    if matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(colour);
    }
    decoder.problem(Code::UnknownValue, at, format!("`{colour}` is not a colour"), |d| {
        d.help("write it as `\"#0b5c6b\"`, in quotes, since `#` begins a comment")
    });
    None
}

/// A path under `static/` that stays there.
fn static_path(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, example: &str) -> Option<String> {
    let path = text(decoder, node, at)?;
    let safe = !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    if !safe {
        decoder.problem(Code::BadId, at, format!("`{path}` is not a path under `static/`"), |d| {
            d.help(format!("put the file into `static/` and give its path from there, such as `{example}`"))
        });
        return None;
    }
    Some(path)
}
