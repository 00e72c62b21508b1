//! Who answers for the site, and how readers reach them.

use crate::diagnostic::Code;
use crate::yaml::{At, Decoder, Node, list, text, web_url};

/// The organisation behind the desk: the `author` of every ClaimReview.
#[derive(Debug, Clone, Default)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// The legal entity, as codes of principles ask.
    pub legal_name: Option<String>,
    /// Its own site; the base address if left out.
    pub url: Option<String>,
    /// A logo, a path under `static/`.
    pub logo: Option<String>,
    /// The same organisation elsewhere: Wikidata, social media.
    pub same_as: Vec<String>,
    /// Where readers write.
    pub email: Option<String>,
    /// Its page in the register of the IFCN code of principles.
    pub ifcn: Option<String>,
}

/// How readers send in claims.
#[derive(Debug, Clone, Default)]
pub struct Submit {
    /// A form.
    pub url: Option<String>,
    /// A WhatsApp number with country code, digits only.
    pub whatsapp: Option<String>,
    /// An address for mail.
    pub email: Option<String>,
}

/// The keys of `publisher`, and of `submit`.
pub(super) const PUBLISHER: &[&str] = &["name", "legal_name", "url", "logo", "same_as", "email", "ifcn"];
pub(super) const SUBMIT: &[&str] = &["url", "whatsapp", "email"];

pub(super) fn read(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Publisher> {
    let fields = decoder.fields(node, at, PUBLISHER)?;
    Some(Publisher {
        name: fields
            .required(decoder, "name", "name the organisation that answers for the checks", text)
            .unwrap_or_default(),
        legal_name: fields.optional(decoder, "legal_name", text),
        url: fields.optional(decoder, "url", web_url),
        logo: fields.optional(decoder, "logo", super::look::logo),
        same_as: fields.optional(decoder, "same_as", |d, n, a| list(d, n, a, web_url)).unwrap_or_default(),
        email: fields.optional(decoder, "email", email),
        ifcn: fields.optional(decoder, "ifcn", web_url),
    })
}

pub(super) fn read_submit(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<Submit> {
    let fields = decoder.fields(node, at, SUBMIT)?;
    Some(Submit {
        // A form may stand on a page of the site itself.
        url: fields.optional(decoder, "url", super::path_or_url),
        whatsapp: fields.optional(decoder, "whatsapp", whatsapp),
        email: fields.optional(decoder, "email", email),
    })
}

fn whatsapp(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let written = match node {
        Node::Int(number) => number.to_string(),
        _ => text(decoder, node, at)?,
    };
    let digits: String =
        written.chars().filter(|c| !matches!(c, ' ' | '-' | '+' | '(' | ')' | '.')).collect();
    // ITU-T E.164: at most fifteen digits, the country code first.
    if (7..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
    {
        return Some(digits);
    }
    decoder.problem(Code::BadNumber, at, format!("`{written}` is not a number with country code"), |d| {
        d.help("write it as `\"+62 812 0000 0000\"`")
    });
    None
}

/// A plain address for mail.
pub(crate) fn email(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>) -> Option<String> {
    let address = text(decoder, node, at)?;
    let fits = address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && address.chars().all(|c| c.is_alphanumeric() || "@.-_+".contains(c))
            && !host.contains('@')
    });
    if !fits {
        decoder.problem(Code::BadUrl, at, format!("`{address}` is not an e-mail address"), |d| {
            d.help("write it as `redaksi@example.org`")
        });
        return None;
    }
    Some(address)
}
