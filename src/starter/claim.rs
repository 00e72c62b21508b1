//! A claim that is added to the front matter of an article. Every other byte stays as it is, but for an empty value
//! (`claims: []`) in the place of the claims.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::content::front_matter;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::yaml::{Node, Part, Spot, Yaml, parse, quoted};

/// A claim to be added.
#[derive(Debug, Clone)]
pub struct NewClaim<'c> {
    /// Its id.
    pub id: &'c str,
    /// The claim in one sentence.
    pub claim: &'c str,
    /// Words of the article it stands on.
    pub quote: Option<&'c str>,
    /// Who made it: an id or a name.
    pub claimant: Option<&'c str>,
    /// The id of a verdict.
    pub verdict: &'c str,
    /// What was found.
    pub finding: &'c str,
    /// What that rests on.
    pub source: NewSource<'c>,
}

/// The first source of a claim.
#[derive(Debug, Clone)]
pub struct NewSource<'c> {
    /// Its title.
    pub title: &'c str,
    /// Its address.
    pub url: &'c str,
    /// Who published it.
    pub publisher: Option<&'c str>,
    /// An archived copy.
    pub archived: Option<&'c str>,
    /// What it says of the claim.
    pub stance: Option<&'c str>,
    /// Whether it is first-hand.
    pub primary: bool,
}

/// Why a claim was not added.
#[derive(Debug)]
pub enum Refused {
    /// The front matter cannot be read.
    Unreadable(Box<Diagnostic>),
    /// `claims` is laid out so that it cannot be added to without touching the rest.
    Layout,
}

/// The text of an article with one claim more, after those it has.
///
/// # Errors
/// If the front matter cannot be read, or the claim cannot be added to it byte for byte.
pub fn append(source: &Arc<Source>, claim: &NewClaim<'_>) -> Result<String, Refused> {
    let yaml = front_matter(Arc::clone(source)).map_err(Refused::Unreadable)?;
    let before = entries(&yaml)?;
    let text = &source.text;
    let line_end = if text[..yaml.span.start].ends_with("\r\n") { "\r\n" } else { "\n" };
    let (at, indent, has_key) = place(&yaml, &before);
    let mut added = String::new();
    if !has_key {
        added.push_str("claims:\n");
    }
    claim.write(&mut added, &" ".repeat(indent));
    let empty = if has_key { empty_value(&yaml) } else { at..at };
    let added = added.replace('\n', line_end);
    let new = format!("{}{}{added}{}", &text[..empty.start], &text[empty.end..at], &text[at..]);
    // Whatever the layout is: the file must say what it said, and this claim.
    let after = front_matter(Source::new(source.path.as_str(), new.as_str()))
        .ok()
        .and_then(|yaml| entries(&yaml).ok())
        .ok_or(Refused::Layout)?;
    if without_last(after, claim.id).is_some_and(|after| after == without_empty(before)) {
        Ok(new)
    } else {
        Err(Refused::Layout)
    }
}

fn entries(yaml: &Yaml) -> Result<Vec<(String, Node)>, Refused> {
    match parse(yaml).map_err(Refused::Unreadable)? {
        Node::Map(entries) => Ok(entries),
        _ => Err(Refused::Layout),
    }
}

/// Where the claim is to stand, how far its dash is from the margin, and whether `claims:` stands there.
fn place(yaml: &Yaml, entries: &[(String, Node)]) -> (usize, usize, bool) {
    if !entries.iter().any(|(key, _)| key == "claims") {
        return (yaml.span.end, 2, false);
    }
    let text = &yaml.source.text;
    let key = yaml.find(&[Part::key("claims")], Spot::Key).start;
    let mut at = text[key..yaml.span.end].find('\n').map_or(yaml.span.end, |end| key + end + 1);
    let (mut end, mut indent) = (at, None);
    while at < yaml.span.end {
        let next = text[at..yaml.span.end].find('\n').map_or(yaml.span.end, |end| at + end + 1);
        let line = text[at..next].trim_end();
        let depth = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[depth..];
        let is_comment = rest.starts_with('#');
        match indent {
            _ if rest.is_empty() => {}
            None if is_comment => {}
            None if rest == "-" || rest.starts_with("- ") => (indent, end) = (Some(depth), next),
            None => break,
            // A line of a longer text may begin with `#`; a comment between claims stands no deeper than they do.
            Some(dash) if is_comment && depth <= dash => {}
            Some(dash) if depth > dash || (depth == dash && rest.starts_with('-')) => end = next,
            Some(_) => break,
        }
        at = next;
    }
    (end, indent.unwrap_or(2), true)
}

/// What stands behind `claims:` on its line and means that there are none; nothing else of the line.
fn empty_value(yaml: &Yaml) -> Span {
    let key = yaml.find(&[Part::key("claims")], Spot::Key).start;
    let line = yaml.source.text[key..yaml.span.end].lines().next().unwrap_or_default();
    let start = line.find(':').map_or(line.len(), |colon| colon + 1);
    let value = line[start..].trim_start();
    let word = value.split_whitespace().next().unwrap_or_default();
    let end = if ["[]", "~", "null"].contains(&word) { line.len() - value.len() + word.len() } else { start };
    key + start..key + end
}

/// The front matter without the claim that was added, if it is the last one.
fn without_last(mut entries: Vec<(String, Node)>, id: &str) -> Option<Vec<(String, Node)>> {
    let (_, claims) = entries.iter_mut().find(|(key, _)| key == "claims")?;
    let Node::List(claims) = claims else { return None };
    let Some(Node::Map(last)) = claims.pop() else { return None };
    let is_added =
        last.first().is_some_and(|(key, value)| key == "id" && *value == Node::Text(id.to_owned()));
    is_added.then(|| without_empty(entries))
}

/// A key without a value counts as absent.
fn without_empty(mut entries: Vec<(String, Node)>) -> Vec<(String, Node)> {
    entries.retain(|(key, value)| {
        key != "claims"
            || !(matches!(value, Node::Null) || matches!(value, Node::List(items) if items.is_empty()))
    });
    entries
}

impl NewClaim<'_> {
    fn write(&self, out: &mut String, indent: &str) {
        let _ = writeln!(out, "{indent}- id: {}", quoted(self.id));
        let mut line = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = writeln!(out, "{indent}  {key}: {}", quoted(value));
            }
        };
        line("claim", Some(self.claim));
        line("quote", self.quote);
        line("claimant", self.claimant);
        line("verdict", Some(self.verdict));
        line("finding", Some(self.finding));
        let source = &self.source;
        let _ = writeln!(out, "{indent}  sources:\n{indent}    - title: {}", quoted(source.title));
        let mut line = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = writeln!(out, "{indent}      {key}: {}", quoted(value));
            }
        };
        line("url", Some(source.url));
        line("publisher", source.publisher);
        line("archived", source.archived);
        line("stance", source.stance);
        if source.primary {
            let _ = writeln!(out, "{indent}      primary: true");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> NewClaim<'static> {
        let source = NewSource {
            title: "T: \"x\"",
            url: "https://a.org/",
            publisher: None,
            archived: None,
            stance: None,
            primary: true,
        };
        NewClaim {
            id: "new",
            claim: "a\n---\nb",
            quote: None,
            claimant: None,
            verdict: "no",
            finding: "f # g",
            source,
        }
    }

    /// Adds the claim; what was there must be there, in the same order and bytes.
    fn added(text: &str) -> Option<String> {
        let new = append(&Source::new("a.md", text), &claim()).ok()?;
        let start = text.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        // The text before the place and the text after it, together, are the old text.
        assert!((0..=start).any(|at| text.is_char_boundary(at) && new.ends_with(&text[at..])), "{new}");
        Some(new)
    }

    #[test]
    fn every_plain_layout_takes_a_claim() {
        let texts = [
            "---\ntitle: a\n---\nbody\n",
            "---\ntitle: a\nclaims:\n---\nclaims:\n",
            "---\ntitle: a\nclaims:   # none yet\n# x\ntopics: [a]\n---\n",
            "---\nclaims:\n- id: a\n  claim: b\nallow:\n  x: y\n---\n- id: z\n",
            "---\nclaims:\n    - id: a\n      claim: >-\n        b\n\n        # c\n    # end\n\ntitle: x\n---\n",
            "---\nclaims:\n  -\n    id: a\n  - {id: b,\n     claim: c}\ntitle: x\n...\nbody",
            "---\nclaims:\n  - id: a\n    sources:\n    - title: \"-\n\n      two\"\n---\n",
        ];
        for text in texts {
            assert!(added(text).is_some(), "{text}");
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            let new = added(&windows);
            assert!(
                new.is_some_and(|new| new.matches('\n').count() == new.matches("\r\n").count()),
                "{text}"
            );
        }
    }

    #[test]
    fn an_empty_value_makes_room() {
        for empty in [" []", "  ~", " null"] {
            let text = format!("---\r\ntitle: a\r\nclaims:{empty} # none\r\ntopics: []\r\n---\r\n");
            let new = append(&Source::new("a.md", text.as_str()), &claim());
            let new = new.unwrap_or_else(|refused| panic!("{text}: {refused:?}"));
            let start = "---\r\ntitle: a\r\nclaims: # none\r\n  - id: \"new\"\r\n";
            assert!(new.starts_with(start) && new.ends_with("\r\ntopics: []\r\n---\r\n"), "{new}");
        }
    }

    #[test]
    fn what_cannot_be_added_to_is_refused() {
        let texts = [
            "---\n{claims: []}\n---\n",
            "---\nclaims: [\n]\n---\n",
            "---\nclaims: [{id: a}]\n---\n",
            "---\n{title: a}\n---\n",
            "---\nclaims: text\n---\n",
            "---\nclaims:\n  - |+\n    a\n\n---\n",
            "no front matter",
            "---\n- a\n---\n",
        ];
        for text in texts {
            assert!(added(text).is_none(), "{text}");
        }
    }
}
