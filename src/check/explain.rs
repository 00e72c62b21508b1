//! What `meja explain` says of a code: why it matters, an example, how to mend it, its source.

use include_dir::{Dir, include_dir};

use crate::diagnostic::Code;

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/check/explain");

/// The explanation of a code.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// Markdown with the headings `## Why`, `## Example`, `## Mend` and, for rules, `## Source`.
    pub text: &'static str,
}

impl Explanation {
    /// What stands below a heading.
    pub fn section(&self, heading: &str) -> Option<&'static str> {
        let mut sections = self.text.strip_prefix("## ")?.split("\n## ");
        sections.find_map(|section| section.strip_prefix(heading)?.strip_prefix('\n')).map(str::trim)
    }
}

/// The explanation of a code.
pub fn explain(code: Code) -> Option<Explanation> {
    let file = TEXTS.get_file(format!("{}.md", code.name()))?;
    Some(Explanation { code, text: file.contents_utf8()? })
}
