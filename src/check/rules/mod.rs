//! The table of rules. One file is one rule.

use super::Rule;

macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule, in the order of the table of codes.
        pub const RULES: &[&Rule] = &[$(&$module::RULE,)*];
    };
}

rules! {
    no_archive
    social_without_archive
    archive_of_itself
    unfinished_archive
    archive_of_other
    shortened_address
    few_sources
    no_primary_source
    source_after_check
    evidence_is_appearance
    unpinned_file
    long_claim
    verdict_in_claim
    claimed_after_check
    no_claimant
    claimant_differs
    contradictory_verdict
    contradictory_scale
    unanchored_claim
    duplicate_claim_words
    possible_duplicate
    lookalike
    no_alt_text
    heading_skipped
    unfinished_text
    text_after_hash
    pasted_paragraph
    topic_typo
    lone_policy
    translation_lacks
    placeholder_address
    site_size
}
