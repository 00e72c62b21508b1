//! What can be wrong with a desk's files, as data.
//!
//! An author's mistake is never an `Err`: stages return what they could make of the input and the
//! [`Diagnostic`]s they collected. Only `report` prints them.

use std::sync::Arc;

use crate::source::{Source, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while there is one.
    Error,
    /// Published all the same, but said.
    Warning,
}

macro_rules! codes {
    (
        build { $($build:ident $build_name:literal $build_severity:ident $build_about:literal;)* }
        rules { $($rule:ident $rule_name:literal $rule_severity:ident $rule_about:literal;)* }
    ) => {
        codes! {
            @all
            $($build $build_name $build_severity $build_about;)*
            $($rule $rule_name $rule_severity $rule_about;)*
        }

        impl Code {
            /// The rules of `check`, whose levels a desk sets in `site.yaml`.
            pub const RULES: &'static [Code] = &[$(Code::$rule,)*];
        }
    };
    (@all $($variant:ident $name:literal $severity:ident $about:literal;)*) => {
        /// The kind of a diagnostic: a stable name that editors can look up and tools can match.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name, as printed.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity of every diagnostic of this kind; of a rule, unless the desk sets another.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// One sentence on what the code means.
            pub fn about(self) -> &'static str {
                match self { $(Code::$variant => $about,)* }
            }
        }
    };
}

codes! {
    build {
        FileUnreadable "file-unreadable" Error "A file or folder of the desk could not be read.";
        SymlinkEscape "symlink-escape" Error "A symbolic link leads out of the site's root.";
        NotUtf8 "not-utf8" Error "A text file is not UTF-8.";
        EmptyFile "empty-file" Error "A Markdown or YAML file has nothing in it.";
        FrontMatterMissing "front-matter-missing" Error "A Markdown file does not begin with front matter.";
        FrontMatterUnterminated "front-matter-unterminated" Error "The front matter has no closing `---`.";
        FrontMatterTooLarge "front-matter-too-large" Error "The front matter is larger than 64 KB.";
        YamlSyntax "yaml-syntax" Error "The YAML cannot be parsed.";
        DuplicateKey "duplicate-key" Error "A key stands twice in the same mapping.";
        UnknownKey "unknown-key" Error "A key that the schema does not have.";
        MissingKey "missing-key" Error "A required key is missing or has no value.";
        WrongType "wrong-type" Error "A value of the wrong type.";
        BadText "bad-text" Error "A text with control characters or otherwise unusable content.";
        BadDate "bad-date" Error "A value that is not a date of the calendar.";
        BadUrl "bad-url" Error "An address that is not a http, https or mailto URL.";
        BadId "bad-id" Error "An id, slug or address that is not a safe path.";
        BadNumber "bad-number" Error "A number outside its allowed range.";
        UnknownValue "unknown-value" Error "A word that is not one of the allowed values.";
        UnknownVerdict "unknown-verdict" Error "A verdict that is not on the desk's rating scale.";
        UnknownKind "unknown-kind" Error "A kind of misinformation that the desk does not have.";
        UnknownLanguage "unknown-language" Error "A language that `site.yaml` does not list.";
        UnknownTimeZone "unknown-time-zone" Error "A time zone that is not in the IANA database.";
        BadScale "bad-scale" Error "A rating scale that contradicts itself.";
        BadStrings "bad-strings" Error "A table of interface strings that is incomplete or wrong.";
        ContradictoryMedia "contradictory-media" Error "Media categories that exclude each other.";
        DuplicateClaim "duplicate-claim" Error "A claim id that is used twice in one language.";
        DuplicateAddress "duplicate-address" Error "Two things would stand at the same address.";
        UnknownClaim "unknown-claim" Error "A reference to a claim that does not exist.";
        UnknownPerson "unknown-person" Error "Something that reads like a person's id but names nobody.";
        QuoteNotFound "quote-not-found" Error "A quoted passage that is not in the article's text.";
        QuoteAmbiguous "quote-ambiguous" Error "A quoted passage that is in the article's text more than once.";
        MissingFile "missing-file" Error "A file that is referred to and does not exist.";
        UnexplainedVerdict "unexplained-verdict" Error "A verdict that changed without a correction that says when and why.";
        BadOrder "bad-order" Error "Dates that cannot follow each other.";
        TranslationDiffers "translation-differs" Error "Two language versions that contradict each other.";
        CirculatedMedia "circulated-media" Error "The circulated copy of a picture under check is shown as it is.";
        ActiveFile "active-file" Error "A file that could run a script at the desk's own address.";
        MisplacedFile "misplaced-file" Warning "A file that seems to be meant for a place where it would be read or used.";
        BadFont "bad-font" Error "The font for share cards is missing or cannot be drawn with.";
        VerdictGlyphs "verdict-glyphs" Error "A verdict that no font can write on share cards and marked pictures.";
        CardGlyphs "card-glyphs" Warning "A share card would show empty boxes: no font has these characters.";
        BadImage "bad-image" Error "An image whose size cannot be read.";
        HashMismatch "hash-mismatch" Error "An evidence file whose SHA-256 is not the one stated.";
        BrokenLink "broken-link" Error "A link to a page, file or heading of the site that does not exist.";
        UnpublishedLink "unpublished-link" Warning "A link to something that is held back for now.";
        RawHtml "raw-html" Warning "Raw HTML in Markdown, which is shown as text.";
        TemplateSyntax "template-syntax" Error "A template that cannot be parsed.";
        TemplateRender "template-render" Error "A template that failed while a page was rendered.";
        UnknownRule "unknown-rule" Error "A name that is no rule of `check`.";
    }
    rules {
        UnusedException "unused-exception" Warning "An exception to a rule in an article that has nothing to except.";
        NoArchive "no-archive" Warning "A source or an appearance without an archived copy.";
        SocialWithoutArchive "social-without-archive" Error "A post on a social network without an archived copy.";
        ArchiveOfItself "archive-of-itself" Error "An archived copy that is the very address it is to be a copy of.";
        UnfinishedArchive "unfinished-archive" Warning "The address of a copy that is not finished, or of a list of copies.";
        ArchiveOfOther "archive-of-other" Warning "An archived copy of another address than the one beside it.";
        ShortenedAddress "shortened-address" Warning "An address that hides where it leads.";
        FewSources "few-sources" Warning "A claim with fewer than two sources that are independent of each other.";
        NoPrimarySource "no-primary-source" Warning "A claim without a source that is first-hand.";
        SourceAfterCheck "source-after-check" Warning "A source that is younger than the check that cites it.";
        EvidenceIsAppearance "evidence-is-appearance" Warning "The place where a claim was made, taken as evidence for it or against it.";
        UnpinnedFile "unpinned-file" Warning "An evidence file without its SHA-256.";
        LongClaim "long-claim" Warning "A claim of more than 75 characters.";
        VerdictInClaim "verdict-in-claim" Warning "A claim whose words tell the verdict.";
        ClaimedAfterCheck "claimed-after-check" Warning "A claim that is said to have been made after it was checked.";
        NoClaimant "no-claimant" Warning "A claim without anybody who made it.";
        ClaimantDiffers "claimant-differs" Warning "One name for claimants that cannot be the same.";
        ContradictoryVerdict "contradictory-verdict" Warning "A verdict and a kind of misinformation that contradict each other.";
        ContradictoryScale "contradictory-scale" Warning "A verdict whose number contradicts its tone.";
        UnanchoredClaim "unanchored-claim" Warning "A claim that stands on no words of its article.";
        DuplicateClaimWords "duplicate-claim-words" Warning "A claim in the words of an earlier one.";
        PossibleDuplicate "possible-duplicate" Warning "A claim that says nearly the same as an earlier one.";
        Lookalike "lookalike" Warning "Letters in a name or an address that are not what they seem.";
        NoAltText "no-alt-text" Warning "A picture without words for those who cannot see it.";
        HeadingSkipped "heading-skipped" Warning "A heading that is more than one level below the one before it.";
        PastedParagraph "pasted-paragraph" Warning "Several paragraphs that became one for want of empty lines.";
        TopicTypo "topic-typo" Warning "A topic used once that is one letter away from one used often.";
        LonePolicy "lone-policy" Warning "A policy of the desk that is not there in every language of the site.";
        TranslationLacks "translation-lacks" Warning "A translation with other dates, sources, claims or corrections than its original.";
        SiteSize "site-size" Warning "A file or a site that is too large for GitHub Pages.";
        SilentVerdict "silent-verdict" Error "A published verdict that changed, and nothing tells readers.";
        LostClaim "lost-claim" Error "A published claim that is gone.";
        LostAddress "lost-address" Error "A published address that leads nowhere now.";
        AlteredHistory "altered-history" Error "An earlier verdict that was removed from a claim's history or altered.";
        AlteredCorrection "altered-correction" Error "A published correction that was removed or altered.";
        AlteredWithdrawal "altered-withdrawal" Error "A withdrawal that was undone or altered without a word.";
        RewordedClaim "reworded-claim" Error "Another claim or claimant under the id of a published claim, and no correction.";
        RewordedFinding "reworded-finding" Warning "Another finding on a published claim, and no correction.";
        LostSource "lost-source" Warning "A source of a published claim that was removed, and no correction.";
        RedefinedVerdict "redefined-verdict" Warning "A verdict of published claims that means something else now.";
        NotComparable "not-comparable" Warning "Something published that today's rules cannot read.";
        DeadLink "dead-link" Warning "An outside address where nothing is any more.";
        MovedLink "moved-link" Warning "An outside address that says that it has moved for good.";
        ProfileClaimreview "profile-claimreview" Warning "Something Google's guideline for ClaimReview asks and the desk does not show.";
        ProfileIfcn "profile-ifcn" Warning "Something the IFCN's code of principles asks and the desk does not show.";
        ProfileEfcsn "profile-efcsn" Warning "Something the European code of standards asks and the desk does not show.";
    }
}

impl Code {
    /// The code with this name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// The rule of `check` with this name.
    pub fn rule(name: &str) -> Option<Code> {
        Code::RULES.iter().copied().find(|code| code.name() == name)
    }

    /// What to say of a name that is no rule.
    pub fn no_rule(name: &str) -> (String, String) {
        let names = Code::RULES.iter().map(|code| code.name());
        let help = match did_you_mean(name, names) {
            Some(close) => format!("did you mean `{close}`?"),
            None if Code::named(name).is_some() => {
                "what keeps a site from being published cannot be allowed".to_owned()
            }
            None => "`meja explain` lists the rules".to_owned(),
        };
        (format!("there is no rule `{name}`"), help)
    }
}

/// A place in a source with a short remark on it.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that are meant. Empty for a point.
    pub span: Span,
    /// What to say there; may be empty.
    pub message: String,
}

/// Where a diagnostic stands.
#[derive(Debug, Clone)]
pub enum Place {
    /// Exact words of a file.
    At(Label),
    /// A file as a whole (it cannot be read as text), by its path from the root.
    File(String),
}

/// A change to a file's text that mends a problem without anyone's judgement.
#[derive(Debug, Clone)]
pub struct Fix {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that go.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// One problem: what, where, and how to mend it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind.
    pub code: Code,
    /// Normally [`Code::severity`]; rules with configurable levels change it.
    pub severity: Severity,
    /// A lowercase phrase, names in backticks, no full stop.
    pub message: String,
    /// The place that is to be changed.
    pub place: Place,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// How to mend it; each entry stands by itself.
    pub help: Vec<String>,
    /// What mends it, where a machine can.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at exact words of a file.
    pub fn at(code: Code, source: &Arc<Source>, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: Place::At(Label { source: Arc::clone(source), span, message: String::new() }),
            others: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// A problem with a file as a whole.
    pub fn file(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: Place::File(path.into()),
            others: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Adds a remark at the place itself.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        if let Place::At(label) = &mut self.place {
            label.message = message.into();
        }
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn other(mut self, source: &Arc<Source>, span: Span, message: impl Into<String>) -> Self {
        self.others.push(Label { source: Arc::clone(source), span, message: message.into() });
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what mends it: other words for some bytes of the file it stands in.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        if let Place::At(label) = &self.place {
            self.fix = Some(Fix { source: Arc::clone(&label.source), span, text: text.into() });
        }
        self
    }

    /// The path of the file it stands in.
    pub fn path(&self) -> &str {
        match &self.place {
            Place::At(label) => &label.source.path,
            Place::File(path) => path,
        }
    }

    /// Where in that file, as a byte offset; 0 for the file as a whole.
    pub fn offset(&self) -> usize {
        match &self.place {
            Place::At(label) => label.span.start,
            Place::File(_) => 0,
        }
    }
}

/// Puts diagnostics in reading order: by file, place, code and message, so that the order does not
/// depend on threads.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.path(), a.offset(), a.code, &a.message).cmp(&(b.path(), b.offset(), b.code, &b.message))
    });
    diagnostics.dedup_by(|a, b| {
        a.code == b.code && a.path() == b.path() && a.offset() == b.offset() && a.message == b.message
    });
}

/// Whether one of them forbids publishing.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// How many candidates are compared letter by letter: a site may have a hundred thousand of them,
/// and as many broken links.
const COMPARED: usize = 2_000;

/// The candidate closest to `word`, if one is close enough to be what was meant.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let folded = fold(word);
    let letters = letters_of(&folded);
    let length = folded.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            // A candidate that is much longer or has other letters needs no closer look.
            if candidate.len() > 4 * folded.len() + 4 || folded.len() > 4 * candidate.len() + 4 {
                return None;
            }
            let other = fold(candidate);
            let most = (length.max(other.chars().count()) / 3).max(1);
            let differing: u32 =
                letters.iter().zip(letters_of(&other)).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
            (differing as usize <= 2 * most).then_some((candidate, other, most))
        })
        .take(COMPARED)
        .map(|(candidate, other, most)| (strsim::damerau_levenshtein(&folded, &other), candidate, most))
        .filter(|(distance, _, most)| distance <= most)
        .map(|(distance, candidate, _)| (distance, candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How often each letter occurs, other characters taken together. Each edit changes at most two of
/// these numbers by one.
fn letters_of(text: &str) -> [u8; 32] {
    let mut letters = [0_u8; 32];
    for byte in text.bytes() {
        let at = usize::from(byte & 31);
        letters[at] = letters[at].saturating_add(1);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_close() {
        let keys = ["claimant", "claimed_on", "verdict"];
        assert_eq!(did_you_mean("verdikt", keys), Some("verdict"));
        assert_eq!(did_you_mean("claimed-on", keys), Some("claimed_on"));
        assert_eq!(did_you_mean("sumber", keys), None);
    }

    #[test]
    fn rules_are_found_by_their_name() {
        assert_eq!(Code::rule("no-archive"), Some(Code::NoArchive));
        assert_eq!(Code::rule("unknown-key"), None, "what keeps a site from being built has no level");
        assert_eq!(Code::named("unknown-key"), Some(Code::UnknownKey));
    }

    #[test]
    fn codes_have_distinct_names() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
