//! The table of codes: every kind of problem, with its name, its weight and what it means.

use super::{Severity, did_you_mean};

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
        UnfinishedText "unfinished-text" Warning "A note to the newsroom, `[TODO: ...]` or `[ISI: ...]`, that readers would see.";
        TextAfterHash "text-after-hash" Warning "A text that ends where a `#` begins what YAML takes for a remark.";
        PastedParagraph "pasted-paragraph" Warning "Several paragraphs that became one for want of empty lines.";
        TopicTypo "topic-typo" Warning "A topic used once that is one letter away from one used often.";
        LonePolicy "lone-policy" Warning "A policy of the desk that is not there in every language of the site.";
        TranslationLacks "translation-lacks" Warning "A translation with other dates, sources, claims or corrections than its original.";
        PlaceholderAddress "placeholder-address" Warning "A site whose address is an example that nobody can have.";
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
