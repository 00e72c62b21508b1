//! `no-alt-text`: a picture without words says nothing to those who cannot see it.

use std::sync::Arc;

use crate::check::{Find, Rule};
use crate::content::markdown::Body;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

pub(super) const RULE: Rule = Rule { code: Code::NoAltText, find: Find::Text(find) };

fn find(source: &Arc<Source>, body: &Body, found: &mut Vec<Diagnostic>) {
    for span in &body.mute_images {
        found.push(
            Diagnostic::at(
                Code::NoAltText,
                source,
                span.clone(),
                "this picture has no words for those \
                who cannot see it",
            )
            .help("say between the brackets what it shows: `![A bar chart: ...](chart.png)`"),
        );
    }
}
