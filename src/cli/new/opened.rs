//! An article that takes a claim.

use std::sync::Arc;

use meja::content::read_own;
use meja::source::Source;
use meja::starter::{NewClaim, NewSource, Refused, append, without_scaffold};

use super::super::Ended;
use super::super::fix::write;
use super::desk::Place;

/// An article that takes a claim.
pub(super) struct Opened<'p> {
    place: &'p Place<'p>,
    /// Its path below `content/`.
    pub(super) path: String,
    /// As it is.
    source: Arc<Source>,
    /// Without the comments that showed how a claim looks.
    bare: Arc<Source>,
}

impl<'p> Opened<'p> {
    /// Reads the article and refuses one that no claim can be added to.
    pub(super) fn new(place: &'p Place<'p>, path: String) -> Result<Self, Ended> {
        let source = match read_own(&place.root, &format!("content/{path}")) {
            Ok(source) => source,
            Err(diagnostic) => {
                place.common.report(&place.root, &[*diagnostic]);
                return Err(Ended::Content);
            }
        };
        let bare = without_scaffold(&source, &place.verdicts());
        let opened = Self { place, path, source, bare };
        opened.with(&stand_in("", None))?;
        Ok(opened)
    }

    /// Its text with the claim.
    fn with(&self, claim: &NewClaim<'_>) -> Result<String, Ended> {
        append(&self.bare, claim).map_err(|refused| match refused {
            Refused::Unreadable(diagnostic) => {
                self.place.common.report(&self.place.root, &[*diagnostic]);
                Ended::Content
            }
            Refused::Layout => Ended::Usage(format!(
                "a claim cannot be added to `content/{}` without changing the rest; write `claims:` with each \
                 claim on lines of its own that begin with `- id:`",
                self.path
            )),
        })
    }

    /// Whether a claim can stand on these words; if not, why, and what may have been meant.
    pub(super) fn can_quote(&self, words: &str) -> Result<(), String> {
        let verdicts = self.place.verdicts();
        let verdict = verdicts.first().map(|(id, _)| id.as_str()).unwrap_or_default();
        let faults = |quote| {
            let text = append(&self.bare, &stand_in(verdict, quote)).unwrap_or_default();
            self.place.faults(&self.path, &text)
        };
        let without: Vec<String> = faults(None).into_iter().map(|fault| fault.message).collect();
        let Some(fault) = faults(Some(words)).into_iter().find(|fault| !without.contains(&fault.message))
        else {
            return Ok(());
        };
        let reason = fault.message.replace(&format!(" of claim `{STAND_IN}`"), "");
        Err(std::iter::once(reason).chain(fault.help).collect::<Vec<_>>().join("; "))
    }

    /// Writes the article with the claim, and says so.
    pub(super) fn write(&self, claim: &NewClaim<'_>) -> Result<(), Ended> {
        let text = self.with(claim)?;
        let (place, shown) = (self.place, format!("content/{}", self.path));
        place.judge(&self.path, &text)?;
        write(&place.root, &shown, &self.source.text, &text)
            .map_err(|reason| Ended::Machine(format!("`{shown}` stays as it is: {reason}"), None))?;
        let next = format!("claim `{}` added; `meja check --drafts` says what it lacks", claim.id);
        place.conclude(&self.path, claim.id, &next);
        Ok(())
    }
}

/// The id of a claim of which nothing is known yet.
const STAND_IN: &str = "meja-new-claim";

fn stand_in<'c>(verdict: &'c str, quote: Option<&'c str>) -> NewClaim<'c> {
    NewClaim {
        id: STAND_IN,
        claim: "?",
        quote,
        claimant: None,
        verdict,
        finding: "?",
        source: NewSource {
            title: "?",
            url: "https://example.org/",
            publisher: None,
            archived: None,
            stance: None,
            primary: false,
        },
    }
}
